/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Where the files of an account are kept, for those that look after them without a
 * session. */

#include "config.h"

#include "uc-cache-folder.h"

/* One folder for each account: what one server calls a file must never be taken for
 * another's. */
char *
uc_cache_folder_dup (const char *site, const char *user_id)
{
  g_autofree char *account = g_strconcat (site, "\n", user_id, NULL);
  g_autofree char *digest = g_compute_checksum_for_string (G_CHECKSUM_SHA256, account, -1);

  digest[32] = '\0';
  return g_build_filename (g_get_user_cache_dir (), "unified-chat", digest, NULL);
}
