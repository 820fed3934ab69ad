/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "uc-query-private.h"
#include "uc-search-narrow-private.h"
#include "uc-store-test.h"
#include "uc-test.h"

/* Ten by Anna, of which one is pinned and three have a reaction. */
static UcDb *
open_store (void)
{
  g_autoptr (UcTestStore) test = uc_test_store_new ();
  g_autoptr (GError) error = NULL;
  UcBatch *batch = uc_batch_new ();
  UcDb    *db;

  for (int i = 0; i < 10; i++) {
    g_autofree char *name = g_strdup_printf ("p%dx", i);
    g_autoptr (UcPost) post = uc_test_post (name, TEST_ANNA, i, "text");

    post->is_pinned = i == 4;
    post->has_metadata = FALSE;
    post->has_reactions = i < 3;
    uc_batch_put_post (batch, post);
  }
  uc_test_store_apply (test, batch);
  db = uc_db_open (test->path, UC_DB_READ_ONLY, &error);
  g_assert_no_error (error);
  return db;
}

static void
assert_narrowest (UcDb *db, const char *text, gint64 hi_seq, UcSearchBy by, gint64 n)
{
  g_autoptr (GTimeZone) zone = g_time_zone_new_utc ();
  g_autoptr (GError) error = NULL;
  g_autoptr (UcQuery) query = _uc_query_parse (text, zone, TEST_NOW_MS, NULL, &error);
  g_autoptr (UcSearchNames) names = NULL;
  UcSearchNarrow narrow;

  g_assert_no_error (error);
  names = _uc_search_names_resolve (db, query, TEST_ME, &error);
  g_assert_no_error (error);
  _uc_search_find_narrowest (db, query, names, 0, hi_seq, &narrow, &error);
  g_assert_no_error (error);
  if (narrow.by != by || narrow.n != n)
    g_error ("%s: by %d, %d of them, not by %d, %d", text, narrow.by, (int) narrow.n, by, (int) n);
}

static void
test_narrowest (void)
{
  g_autoptr (UcDb) db = open_store ();
  const gint64 end = G_MAXINT64;

  assert_narrowest (db, "text", end, UC_SEARCH_BY_NOTHING, end);
  assert_narrowest (db, "is:thread -from:ben", end, UC_SEARCH_BY_NOTHING, end);
  assert_narrowest (db, "from:anna.ek", end, UC_SEARCH_BY_USER, 10);
  assert_narrowest (db, "from:ben has:reaction", end, UC_SEARCH_BY_USER, 0);
  assert_narrowest (db, "from:anna.ek has:reaction", end, UC_SEARCH_BY_REACTION, 3);
  assert_narrowest (db, "has:reaction is:pinned", end, UC_SEARCH_BY_PINNED, 1);
  assert_narrowest (db, "in:station-3 has:file", end, UC_SEARCH_BY_FILE, 0);
  assert_narrowest (db, "in:station-3 has:link", end, UC_SEARCH_BY_CHANNEL, 10);
  assert_narrowest (db, "has:link", end, UC_SEARCH_BY_LINK, UC_SEARCH_MANY);
  assert_narrowest (db, "is:saved is:pinned", end, UC_SEARCH_BY_SAVED, 0);
  /* Of two persons there is no index. */
  assert_narrowest (db, "from:anna.ek from:ben", end, UC_SEARCH_BY_NOTHING, end);
  /* Before the pinned one. */
  assert_narrowest (db, "has:reaction is:pinned", (TEST_NOW_MS + 2) << 12, UC_SEARCH_BY_PINNED, 0);
  assert_narrowest (db, "has:reaction", (TEST_NOW_MS + 2) << 12, UC_SEARCH_BY_REACTION, 2);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add_func ("/store/search-narrow/narrowest", test_narrowest);
  return g_test_run ();
}
