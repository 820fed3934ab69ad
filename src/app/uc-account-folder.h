/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Where accounts lie: <user data>/unified-chat/accounts/<id>/store.db, a folder an
 * account. */

char *uc_account_folder_dup_root (void) G_GNUC_WARN_UNUSED_RESULT;
/* The ids of the folders that hold a store, sorted. */
GStrv uc_account_folder_list (const char *root) G_GNUC_WARN_UNUSED_RESULT;
/* The id of the folder of one user of one server; always the same. */
char *uc_account_folder_dup_id (const char *site, const char *user_id) G_GNUC_WARN_UNUSED_RESULT;
/* Makes the folder, readable by its owner alone. */
gboolean uc_account_folder_make (const char *folder, GError **error);
/* The folder and all that is in it; links are removed, never followed. */
gboolean uc_account_folder_remove (const char *folder, GError **error);

G_END_DECLS
