/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * uc_cache_folder_dup:
 * @site: the server's address
 * @user_id: the user's id there
 *
 * Returns: (transfer full): the folder in which the files of posts are kept, each under
 *   its id, or its id, "-" and "thumbnail" or "preview"; need not exist
 */
char *uc_cache_folder_dup (const char *site,
                           const char *user_id) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
