/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "uc-session.h"

G_BEGIN_DECLS

/**
 * UcDirectory:
 *
 * The people the screen has met: a bounded cache of users over the store, so that
 * a row can name its author at once. Asking for somebody unknown starts a load
 * (store first, then, once, the server through the session) and answers later by
 * ::user-changed. Main thread.
 *
 * Signals: "user-changed" (UcDirectory *, const char *user_id)
 */
#define UC_TYPE_DIRECTORY (uc_directory_get_type ())
G_DECLARE_FINAL_TYPE (UcDirectory, uc_directory, UC, DIRECTORY, GObject)

UcDirectory *uc_directory_new              (UcSession   *session) G_GNUC_WARN_UNUSED_RESULT;

/* (nullable) (transfer none) */
UcUser      *uc_directory_get_user         (UcDirectory *self,
                                            const char  *user_id);
UcUser      *uc_directory_get_by_username  (UcDirectory *self,
                                            const char  *username);
/* Never NULL: the display name by the user's preference, "Someone" while unknown. */
char        *uc_directory_dup_name         (UcDirectory *self,
                                            const char  *user_id) G_GNUC_WARN_UNUSED_RESULT;
/* "AB" and a hue in [0,360) that stays with the person: for the drawn avatar. */
char        *uc_directory_dup_initials     (UcDirectory *self,
                                            const char  *user_id) G_GNUC_WARN_UNUSED_RESULT;
guint        uc_directory_get_hue          (const char  *user_id);
/* What a channel is called: its name, the partner's, or the names of a group. */
char        *uc_directory_dup_channel_name (UcDirectory *self,
                                            UcChannel   *channel) G_GNUC_WARN_UNUSED_RESULT;
UcNameFormat uc_directory_get_name_format  (UcDirectory *self);

G_END_DECLS
