/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "uc-flags.h"

#include <adwaita.h>

G_BEGIN_DECLS

/**
 * UcPreferencesFeatures:
 *
 * Each feature flag: whether it is on, who decided so and why, and a row to decide
 * otherwise on this computer. It writes the setting "flag-overrides" alone.
 */
#define UC_TYPE_PREFERENCES_FEATURES (uc_preferences_features_get_type ())
G_DECLARE_FINAL_TYPE (UcPreferencesFeatures,
                      uc_preferences_features,
                      UC,
                      PREFERENCES_FEATURES,
                      AdwPreferencesPage)

AdwPreferencesPage *uc_preferences_features_new (UcFlags *flags, GSettings *settings);

/* The setting "flag-overrides", 1, 0, or -1 for a flag that it does not name. */
int  uc_preferences_features_get_override (GSettings *settings, const char *flag_name);
void uc_preferences_features_set_override (GSettings *settings, const char *flag_name, int value);

G_END_DECLS
