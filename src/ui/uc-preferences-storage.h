/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "uc-window-account.h"

#include <adwaita.h>

G_BEGIN_DECLS

/**
 * UcPreferencesStorage:
 *
 * What the account takes up on this computer, and one's own data to take along. It
 * measures each time it is shown. Closing the preferences ends an export under way.
 */
#define UC_TYPE_PREFERENCES_STORAGE (uc_preferences_storage_get_type ())
G_DECLARE_FINAL_TYPE (UcPreferencesStorage,
                      uc_preferences_storage,
                      UC,
                      PREFERENCES_STORAGE,
                      AdwPreferencesPage)

AdwPreferencesPage *uc_preferences_storage_new    (UcSession            *session);
/* Exports to a new folder in @parent; what the button does once a folder is chosen. */
void                uc_preferences_storage_export (UcPreferencesStorage *self,
                                                   GFile                *parent);

G_END_DECLS
