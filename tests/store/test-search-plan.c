/* SPDX-License-Identifier: GPL-3.0-or-later */

/* How SQLite goes about what the store asks: no list may be made by reading all messages. */

#include "config.h"

#include "uc-db-private.h"
#include "uc-search-run-private.h"
#include "uc-store-channels-private.h"
#include "uc-store-members-private.h"
#include "uc-store-messages-private.h"
#include "uc-store-test.h"
#include "uc-test.h"

/* Each is answered by an index. */
static const char *const narrow_queries[] = {
  "sensor",
  "\"sensor two\"",
  "sensor -three",
  "from:anna.ek",
  "from:ben",
  "has:file",
  "has:reaction",
  "has:link",
  "is:pinned",
  "is:saved",
  "in:station-3",
  "category:incident",
  "priority:high",
  "from:anna.ek sensor",
  "from:anna.ek has:file is:pinned in:station-3 before:2026-11-30",
};
/* What most messages have, or what only the texts tell: newest first until a page is full. */
static const char *const wide_queries[] = {
  "sen*", "-has:link", "*nsor", "is:thread", "is:unread", "before:2026-11-30", "-from:anna.ek",
};

static UcDb *
open_store (void)
{
  g_autoptr (UcTestStore) test = uc_test_store_new ();
  g_autoptr (GError) error = NULL;
  UcBatch *batch = uc_batch_new ();
  UcDb    *db;

  for (int i = 0; i < 20; i++) {
    g_autofree char *name = g_strdup_printf ("p%dx", i);
    g_autoptr (UcPost) post = uc_test_post (name, TEST_ANNA, i, "sensor two");

    uc_batch_put_post (batch, post);
  }
  uc_test_store_apply (test, batch);
  db = uc_db_open (test->path, UC_DB_READ_WRITE, &error);
  g_assert_no_error (error);
  return db;
}

/* What SQLite says of @sql, a line for each step. */
static char *
explain (UcDb *db, const char *sql)
{
  g_autofree char *question = g_strconcat ("EXPLAIN QUERY PLAN ", sql, NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (UcStmt) stmt = _uc_stmt_new (db, question, &error);
  g_autoptr (GString) plan = g_string_new (NULL);
  gboolean has_row;

  g_assert_no_error (error);
  do {
    g_assert_true (uc_stmt_step (stmt, &has_row, &error));
    if (has_row)
      g_string_append_printf (plan, "%s\n", uc_stmt_get_text (stmt, 3));
  } while (has_row);
  return g_string_free (g_steal_pointer (&plan), FALSE);
}

/* A walk over messages by nothing but their keys, or over the whole of an index. */
#define WALKS_ALL                                                                                  \
  "^(SCAN (m|r|messages)\\b|SEARCH (m|r|messages) USING (INTEGER PRIMARY KEY|.*INDEX \\w+) "       \
  "\\(rowid[<>])"

/* Every statement that @db was asked by now. */
static void
assert_plans (UcDb *db, const char *what, gboolean may_walk)
{
  GHashTableIter iter;
  gpointer       sql;

  g_hash_table_iter_init (&iter, db->stmts);
  while (g_hash_table_iter_next (&iter, &sql, NULL)) {
    g_autofree char *plan = explain (db, sql);

    if (!may_walk && g_regex_match_simple (WALKS_ALL, plan, G_REGEX_MULTILINE, 0))
      g_error ("%s reads all messages:\n%s\n%s", what, (char *) sql, plan);
    /* Those that are saved are few and lie in no order of time, as are those of a thread. */
    if (strstr (sql, " messages m ") != NULL && strstr (plan, "TEMP B-TREE FOR ORDER BY") != NULL &&
        strstr (plan, "SEARCH s ") == NULL && strstr (sql, ":place OR ") == NULL)
      g_error ("%s sorts:\n%s\n%s", what, (char *) sql, plan);
  }
  g_hash_table_remove_all (db->stmts);
}

static void
test_searches (void)
{
  g_autoptr (UcDb) db = open_store ();
  const char *const *const lists[] = { narrow_queries, wide_queries };
  const gsize lengths[] = { G_N_ELEMENTS (narrow_queries), G_N_ELEMENTS (wide_queries) };

  for (int is_wide = 0; is_wide < 2; is_wide++) {
    for (gsize i = 0; i < lengths[is_wide]; i++) {
      for (UcSearchOrder order = UC_SEARCH_NEWEST; order <= UC_SEARCH_RELEVANT; order++) {
        const char *query = lists[is_wide][i];
        g_autoptr (GError) error = NULL;
        g_autoptr (GPtrArray) hits =
            _uc_search_run (db, query, TEST_ME, order, 0, 50, NULL, &error);

        g_assert_no_error (error);
        g_assert_nonnull (hits);
        assert_plans (db, query, is_wide != 0);
      }
    }
  }
}

static void
test_windows (void)
{
  g_autoptr (UcDb) db = open_store ();
  g_autofree char *root = uc_test_id ("p1x");
  const char      *roots[] = { "", root };

  for (gsize i = 0; i < G_N_ELEMENTS (roots); i++) {
    for (UcWindowKind kind = UC_WINDOW_NEWEST; kind <= UC_WINDOW_AROUND; kind++) {
      g_autoptr (GError) error = NULL;
      g_autoptr (UcWindow) window =
          _uc_message_load_window (db, TEST_CHANNEL, roots[i], kind, TEST_NOW_MS << 12, 10, &error);

      g_assert_no_error (error);
      g_assert_nonnull (window);
    }
    assert_plans (db, *roots[i] != '\0' ? "a thread" : "a conversation", FALSE);
  }
}

/* What a list of channels and memberships is completed with. */
static void
test_lists (void)
{
  g_autoptr (UcDb) db = open_store ();
  g_autoptr (UcRecorder) recorder = _uc_recorder_new ();
  UcWrite write = { .db = db, .recorder = recorder, .now_ms = TEST_NOW_MS };
  g_autoptr (UcChannel) channel = uc_test_channel (TEST_CHANNEL, "station-3", UC_CHANNEL_OPEN);
  g_autoptr (UcMember) member = uc_test_member (TEST_CHANNEL);
  g_autoptr (GError) error = NULL;

  g_assert_true (_uc_op_put_channel (&write, &(UcOp){ .record = channel }, &error));
  g_assert_no_error (error);
  g_assert_true (_uc_op_put_member (&write, &(UcOp){ .record = member }, &error));
  g_assert_no_error (error);
  assert_plans (db, "a list", FALSE);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add_func ("/store/search-plan/searches", test_searches);
  g_test_add_func ("/store/search-plan/windows", test_windows);
  g_test_add_func ("/store/search-plan/lists", test_lists);
  return g_test_run ();
}
