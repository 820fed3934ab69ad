/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Any text in the search field: it is found by, or refused as not to be read; it never
 * becomes SQL or an expression that SQLite does not take. Its parts and mistakes have places
 * inside of it, and an operator is read as it is written. */

#include "config.h"

#include "uc-fuzz-run.h"

#include "uc-error.h"
#include "uc-query-scan.h"
#include "uc-search-hits-private.h"
#include "uc-search-judge-private.h"
#include "uc-search-resolve-private.h"
#include "uc-search-run-private.h"
#include "uc-store-migrations-private.h"

#include <glib/gstdio.h>
#include <string.h>

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

/* What the scanner says of places, and that an operator is read as it was written. */
static void
check_scan (const char *text)
{
  g_autoptr (GPtrArray) tokens = uc_query_scan (text);
  gsize length = strlen (text);
  gsize end = 0;

  for (guint i = 0; i < tokens->len; i++) {
    UcQueryToken    *token = g_ptr_array_index (tokens, i);
    g_autofree char *written = NULL;
    g_autoptr (GPtrArray) read = NULL;
    UcQueryToken *again;

    g_assert_true (token->start >= end && token->start < token->end && token->end <= length);
    g_assert_true (token->value_start >= token->start && token->value_start <= token->end);
    g_assert_true (g_utf8_validate (token->value, -1, NULL));
    end = token->end;
    if (token->kind != UC_QUERY_OPERATOR)
      continue;
    written = uc_query_format_operator (token->name, token->value, token->is_negated);
    read = uc_query_scan (written);
    g_assert_cmpuint (read->len, ==, 1);
    again = g_ptr_array_index (read, 0);
    g_assert_cmpint (again->kind, ==, UC_QUERY_OPERATOR);
    g_assert_cmpstr (again->name, ==, token->name);
    g_assert_cmpint (again->is_negated, ==, token->is_negated);
    g_assert_cmpuint (again->end, ==, strlen (written));
    if (strchr (token->value, '"') == NULL)
      g_assert_cmpstr (again->value, ==, token->value);
  }
}

static gboolean
check_place (const char *text)
{
  g_autoptr (GError) error = NULL;
  gsize    start = G_MAXSIZE;
  gsize    end = 0;
  gboolean is_good = uc_query_check (text, &start, &end, &error);

  g_assert_true (start <= end && end <= strlen (text));
  g_assert_cmpint (is_good, ==, error == NULL);
  return is_good;
}

static void
run (UcDb *db, const char *text, UcSearchOrder order, gboolean is_good)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) hits = _uc_search_run (db, text, "u", order, 0, 10, NULL, &error);

  g_assert_cmpint (hits != NULL, ==, is_good);
  if (hits == NULL)
    g_assert_error (error, UC_ERROR, UC_ERROR_INVALID);
  for (guint i = 0; hits != NULL && i < hits->len; i++) {
    UcSearchHit *hit = g_ptr_array_index (hits, i);

    g_assert_nonnull (hit->message);
    g_assert_true (g_utf8_validate (hit->snippet, -1, NULL));
  }
}

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  static const char *const ids[] = { "m", "n", NULL };
  static UcDb             *db;
  g_autofree char         *text = g_strndup (size > 0 ? (const char *) data : "", size);
  g_autofree char         *typed = uc_query_dup_typed (text);
  g_autoptr (GPtrArray) hits = NULL;
  g_autoptr (GArray) verdicts = NULL;
  g_autoptr (GPtrArray) names = NULL;
  g_autoptr (GError) error = NULL;
  gboolean is_good;

  if (db == NULL)
    db = open_store ();
  check_scan (text);
  is_good = check_place (text);
  run (db, text, UC_SEARCH_NEWEST, is_good);
  run (db, text, UC_SEARCH_RELEVANT, is_good);
  run (db, typed, UC_SEARCH_NEWEST, is_good);
  /* What is found by a text stands for every text. */
  hits = _uc_search_load_hits (db, text, ids, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (hits->len, ==, 1);
  names = _uc_search_resolve (db, text, "u", &error);
  g_assert_no_error (error);
  verdicts = _uc_search_judge (db, text, "u", ids, &error);
  g_assert_cmpint (verdicts != NULL, ==, is_good);
  return 0;
}
