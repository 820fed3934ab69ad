/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "uc-session.h"

#include <adwaita.h>

G_BEGIN_DECLS

/**
 * UcPreferencesRollouts:
 *
 * For a system_admin: for whom each feature is on, on a server with the extension. A
 * change is sent when it is applied; what the server answers is what is shown. The
 * server checks the right to do so; this page only shows.
 */
#define UC_TYPE_PREFERENCES_ROLLOUTS (uc_preferences_rollouts_get_type ())
G_DECLARE_FINAL_TYPE (UcPreferencesRollouts,
                      uc_preferences_rollouts,
                      UC,
                      PREFERENCES_ROLLOUTS,
                      AdwPreferencesPage)

AdwPreferencesPage *uc_preferences_rollouts_new (UcSession *session);

/* {"enabled":true,"rollout_percentage":12.5}; pure. */
char *uc_preferences_rollouts_dup_json (gboolean is_enabled,
                                        double   percentage) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
