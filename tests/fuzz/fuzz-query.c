/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Any text in the search field: it is found by, or refused as not to be read; it never
 * becomes SQL or an expression that SQLite does not take. */

#include "config.h"

#include "uc-fuzz-run.h"

#include "uc-error.h"
#include "uc-store-migrations-private.h"
#include "uc-search-run-private.h"

#include <glib/gstdio.h>

static char *path;

/* The connection stays open until the end; its files need not. */
static void
remove_files (void)
{
  static const char *const suffixes[] = { "", "-wal", "-shm" };
  g_autofree char         *folder = g_path_get_dirname (path);

  for (gsize i = 0; i < G_N_ELEMENTS (suffixes); i++) {
    g_autofree char *name = g_strconcat (path, suffixes[i], NULL);

    g_unlink (name);
  }
  g_rmdir (folder);
}

static UcDb *
open_store (void)
{
  g_autoptr (GError) error = NULL;
  g_autofree char   *folder = g_dir_make_tmp ("uc-fuzz-XXXXXX", &error);
  guint              n_migrations;
  const UcMigration *migrations = _uc_store_get_migrations (&n_migrations);
  UcDb              *db;

  g_assert_no_error (error);
  path = g_build_filename (folder, "store.db", NULL);
  db = uc_db_open (path, UC_DB_CREATE, &error);
  g_assert_no_error (error);
  uc_migrate (db, migrations, n_migrations, NULL, &error);
  g_assert_no_error (error);
  uc_db_exec (db,
              "INSERT INTO users (user, id, is_known, username) VALUES (1, 'u', 1, 'anna');"
              "INSERT INTO channels (channel, id, is_joined, name) VALUES (1, 'c', 1, 'square');"
              "INSERT INTO messages (seq, id, channel, user, root_id, type, message, props,"
              "  hashtags, file_ids, create_at_ms, update_at_ms, edit_at_ms, delete_at_ms,"
              "  last_reply_at_ms, reply_count, is_pinned, has_reactions, is_from_bot,"
              "  has_metadata)"
              " VALUES (4096, 'm', 1, 1, '', '', 'some words ü 检验 👍 a_b', '', '', '', 1, 1, 0, 0,"
              "         0, 0, 0, 0, 0, 1);"
              "INSERT INTO message_words (message_words) VALUES ('rebuild')",
              &error);
  g_assert_no_error (error);
  atexit (remove_files);
  return db;
}

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  static UcDb     *db;
  g_autofree char *text = g_strndup (size > 0 ? (const char *) data : "", size);
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) hits = NULL;

  if (db == NULL)
    db = open_store ();
  hits = _uc_search_run (db, text, "u", UC_SEARCH_NEWEST, 0, 10, NULL, &error);
  if (hits == NULL)
    g_assert_error (error, UC_ERROR, UC_ERROR_INVALID);
  for (guint i = 0; hits != NULL && i < hits->len; i++) {
    UcSearchHit *hit = g_ptr_array_index (hits, i);

    g_assert_nonnull (hit->message);
    g_assert_true (g_utf8_validate (hit->snippet, -1, NULL));
  }
  return 0;
}
