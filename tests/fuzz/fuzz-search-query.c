/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Any text as what somebody searches for: the index always understands what comes of
 * it. */

#include "config.h"

#include "uc-fuzz-run.h"

#include "uc-query.h"
#include "uc-search-query.h"
#include "uc-server-schema.h"

#include <glib/gstdio.h>

static UcDb *db;

/* It has no name any more when it is open, and so leaves nothing behind. */
static UcDb *
open_empty (void)
{
  g_autoptr (GError) error = NULL;
  g_autofree char         *folder = g_dir_make_tmp ("uc-fuzz-XXXXXX", &error);
  g_autofree char         *path = g_build_filename (folder, "server.db", NULL);
  UcDb                    *empty = uc_server_schema_open (path, &error);
  static const char *const suffixes[] = { "", "-wal", "-shm" };

  g_assert_no_error (error);
  for (guint i = 0; i < G_N_ELEMENTS (suffixes); i++) {
    g_autofree char *name = g_strconcat (path, suffixes[i], NULL);

    g_unlink (name);
  }
  g_rmdir (folder);
  return empty;
}

static void
check (UcSearchQuery *query)
{
  g_autoptr (GError) error = NULL;
  gint64 n = 0;

  g_assert_true (g_utf8_validate (query->match, -1, NULL));
  if (*query->match == '\0')
    return;
  uc_query_number (db, "SELECT count (*) FROM posts_text WHERE posts_text MATCH :match",
                   UC_BINDS (UC_TEXT (":match", query->match)), &n, &error);
  g_assert_no_error (error);
}

int
LLVMFuzzerTestOneInput (const uint8_t *bytes, size_t size)
{
  g_autofree char *cut = size > 0 ? g_strndup ((const char *) bytes, size) : g_strdup ("");
  g_autofree char *text = g_utf8_make_valid (cut, -1);
  g_autoptr (UcSearchQuery) all = NULL;
  g_autoptr (UcSearchQuery) any = NULL;

  if (db == NULL)
    db = open_empty ();
  all = uc_search_query_new (text, FALSE, 3600);
  any = uc_search_query_new (text, TRUE, -7200);
  check (all);
  check (any);
  return 0;
}
