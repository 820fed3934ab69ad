/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "uc-session.h"

G_BEGIN_DECLS

/**
 * UcPreferencesFiles:
 *
 * How much room fetched files may take, how much they do, and a button that makes it
 * none.
 */
#define UC_TYPE_PREFERENCES_FILES (uc_preferences_files_get_type ())
G_DECLARE_FINAL_TYPE (UcPreferencesFiles,
                      uc_preferences_files,
                      UC,
                      PREFERENCES_FILES,
                      AdwPreferencesGroup)

AdwPreferencesGroup *uc_preferences_files_new (UcSession *session,
                                               GSettings *settings) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
