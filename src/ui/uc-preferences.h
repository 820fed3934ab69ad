/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "uc-window-account.h"

#include <adwaita.h>

G_BEGIN_DECLS

/**
 * UcPreferences:
 *
 * The preferences: account, appearance, notifications; AI and privacy; features; devices;
 * storage; and for a system_admin of a server with the extension the rollouts. Everything
 * takes effect at once. Signing out is asked of the window, `win.sign-out`.
 */
#define UC_TYPE_PREFERENCES (uc_preferences_get_type ())
G_DECLARE_FINAL_TYPE (UcPreferences, uc_preferences, UC, PREFERENCES, AdwPreferencesDialog)

AdwDialog *uc_preferences_new (UcWindowAccount *account, GSettings *settings);

G_END_DECLS
