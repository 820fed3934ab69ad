/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Recent searches stay over a restart, and are gone when they are cleared. */

#include "config.h"

#include "uc-search-recent.h"

#include "uc-test.h"
#include "uc-view-test.h"

static void
assert_recent (UcSearchRecent *recent, const char *expected)
{
  g_autofree char *all = g_strjoinv ("|", (char **) uc_search_recent_get (recent));

  g_assert_cmpstr (all, ==, expected);
}

/* Behind every write that was asked for before. */
static void
settle (UcViewTest *account)
{
  UcBatch *batch = uc_batch_new ();

  uc_batch_put_fact (batch, "test", "behind");
  uc_test_store_apply (account->store, batch);
  uc_view_test_settle (account);
}

static void
test_order (void)
{
  g_autoptr (UcViewTest) account = uc_view_test_new ();
  UcSearchRecent *recent = uc_search_recent_new (account->session);

  settle (account);
  assert_recent (recent, "");
  uc_search_recent_add (recent, "  ");
  uc_search_recent_add (recent, "bed");
  uc_search_recent_add (recent, " from:anna\npump ");
  assert_recent (recent, "from:anna pump|bed");
  /* The same once more comes first; what went on is the same search. */
  uc_search_recent_add (recent, "bed");
  uc_search_recent_add (recent, "bed 7");
  assert_recent (recent, "bed 7|from:anna pump");
  for (int i = 0; i < 9; i++) {
    g_autofree char *query = g_strdup_printf ("%d", i);

    uc_search_recent_add (recent, query);
  }
  assert_recent (recent, "8|7|6|5|4|3");
  settle (account);
  g_assert_finalize_object (recent);
}

static void
test_kept (void)
{
  g_autoptr (UcViewTest) account = uc_view_test_new ();
  UcSearchRecent *recent = uc_search_recent_new (account->session);

  settle (account);
  uc_search_recent_add (recent, "one");
  uc_search_recent_add (recent, "two");
  settle (account);
  g_assert_finalize_object (recent);

  recent = uc_search_recent_new (account->session);
  settle (account);
  assert_recent (recent, "two|one");
  uc_search_recent_clear (recent);
  uc_search_recent_clear (recent);
  settle (account);
  g_assert_finalize_object (recent);

  recent = uc_search_recent_new (account->session);
  settle (account);
  assert_recent (recent, "");
  g_assert_finalize_object (recent);
}

/* What is typed into a search is nobody's business: a reading that fails says so without
 * it, and letting go while it reads says nothing. */
static void
test_let_go (void)
{
  g_autoptr (UcViewTest) account = uc_view_test_new ();
  UcSearchRecent *recent = uc_search_recent_new (account->session);

  g_object_run_dispose (G_OBJECT (recent));
  settle (account);
  g_assert_finalize_object (recent);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add_func ("/view/search-recent/order", test_order);
  g_test_add_func ("/view/search-recent/kept", test_kept);
  g_test_add_func ("/view/search-recent/let-go", test_let_go);
  return g_test_run ();
}
