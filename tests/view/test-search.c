/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The search over a real store. */

#include "config.h"

#include "uc-search.h"

#include "uc-search-private.h"
#include "uc-test-model.h"
#include "uc-test.h"
#include "uc-view-test.h"

typedef struct {
  UcViewTest  *account;
  UcSearch    *search;
  UcTestModel *watched;
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer data)
{
  fixture->account = uc_view_test_new ();
  fixture->search = uc_search_new (fixture->account->session);
  fixture->watched = uc_test_model_watch (G_LIST_MODEL (fixture->search));
  for (int i = 0; i < 100; i++) {
    g_autofree char *name = g_strdup_printf ("s%dx", i);
    g_autofree char *text =
        g_strdup_printf ("%s number %d from: here", i % 10 == 0 ? "Report" : "word", i);

    uc_view_test_put (fixture->account,
                      uc_test_post (name, i % 2 == 0 ? TEST_ANNA : TEST_BEN, i * 1000, text));
  }
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  uc_view_test_settle (fixture->account);
  uc_test_model_check (fixture->watched);
  uc_test_model_free (fixture->watched);
  g_assert_finalize_object (fixture->search);
  uc_view_test_free (fixture->account);
}

static gboolean
is_done (gpointer user_data)
{
  gboolean is_searching;

  g_object_get (user_data, "searching", &is_searching, NULL);
  return !is_searching;
}

static void
wait_for_results (Fixture *fixture)
{
  uc_test_wait_until (is_done, fixture->search, 20000);
}

static void
query (Fixture *fixture, const char *text)
{
  uc_search_set_query (fixture->search, text);
  wait_for_results (fixture);
}

static guint
get_n_items (Fixture *fixture)
{
  return g_list_model_get_n_items (G_LIST_MODEL (fixture->search));
}

static void
test_pages (Fixture *fixture, gconstpointer data)
{
  gint64 seq = G_MAXINT64;

  query (fixture, "number");
  g_assert_cmpstr (uc_search_get_error (fixture->search), ==, NULL);
  g_assert_cmpuint (get_n_items (fixture), ==, 40);
  g_assert_true (uc_search_has_more (fixture->search));
  uc_search_load_more (fixture->search);
  /* One at a time. */
  uc_search_load_more (fixture->search);
  wait_for_results (fixture);
  g_assert_cmpuint (get_n_items (fixture), ==, 80);
  uc_search_load_more (fixture->search);
  wait_for_results (fixture);
  g_assert_cmpuint (get_n_items (fixture), ==, 100);
  g_assert_false (uc_search_has_more (fixture->search));
  uc_search_load_more (fixture->search);
  wait_for_results (fixture);
  g_assert_cmpuint (get_n_items (fixture), ==, 100);

  for (guint i = 0; i < 100; i++) {
    g_autoptr (UcSearchItem) item = g_list_model_get_item (G_LIST_MODEL (fixture->search), i);

    g_assert_cmpint (uc_search_item_get_message (item)->seq, <, seq);
    seq = uc_search_item_get_message (item)->seq;
  }
}

static void
test_snippet (Fixture *fixture, gconstpointer data)
{
  g_autoptr (UcSearchItem) item = NULL;

  query (fixture, "report 90");
  g_assert_cmpuint (get_n_items (fixture), ==, 1);
  item = g_list_model_get_item (G_LIST_MODEL (fixture->search), 0);
  g_assert_cmpstr (uc_search_item_get_snippet (item), ==,
                   "\002Report\003 number \00290\003 from: here");
}

static void
searching_cb (GObject *object, GParamSpec *pspec, GString *log)
{
  gboolean is_searching;

  g_object_get (object, "searching", &is_searching, NULL);
  g_string_append (log, is_searching ? "(" : ")");
}

/* Typing: the results of a query stay until the next are there, and only the last
 * counts. */
static void
test_typing (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GString) log = g_string_new (NULL);

  query (fixture, "report");
  g_assert_cmpuint (get_n_items (fixture), ==, 10);
  uc_test_model_count (fixture->watched);
  g_signal_connect (fixture->search, "notify::searching", G_CALLBACK (searching_cb), log);
  uc_search_set_query (fixture->search, "w");
  uc_search_set_query (fixture->search, "wo");
  uc_search_set_query (fixture->search, "report 9");
  g_assert_cmpuint (get_n_items (fixture), ==, 10);
  wait_for_results (fixture);
  g_assert_cmpstr (log->str, ==, "()");
  g_assert_cmpuint (uc_test_model_count (fixture->watched), ==, 1);
  g_assert_cmpuint (get_n_items (fixture), >=, 1);
  g_assert_cmpuint (get_n_items (fixture), <, 10);

  query (fixture, "  ");
  g_assert_cmpuint (get_n_items (fixture), ==, 0);
  g_assert_false (uc_search_has_more (fixture->search));
}

static void
test_error (Fixture *fixture, gconstpointer data)
{
  query (fixture, "report");
  query (fixture, "before:notadate");
  g_assert_nonnull (uc_search_get_error (fixture->search));
  /* What was found stays while the next query is being typed. */
  g_assert_cmpuint (get_n_items (fixture), ==, 10);
  query (fixture, "report");
  g_assert_null (uc_search_get_error (fixture->search));
  query (fixture, "before:notadate");
  query (fixture, "");
  g_assert_null (uc_search_get_error (fixture->search));
}

static void
test_operators (Fixture *fixture, gconstpointer data)
{
  query (fixture, "report from:anna.ek");
  g_assert_cmpuint (get_n_items (fixture), ==, 10);
  query (fixture, "word from:ben");
  g_assert_cmpuint (get_n_items (fixture), >, 10);

  /* Without the flag they are words; at once. */
  query (fixture, "report from:anna.ek");
  uc_flags_set_override (fixture->account->flags, UC_FLAG_advanced_search, 0);
  wait_for_results (fixture);
  g_assert_cmpuint (get_n_items (fixture), ==, 0);
  uc_flags_set_override (fixture->account->flags, UC_FLAG_advanced_search, -1);
  wait_for_results (fixture);
  g_assert_cmpuint (get_n_items (fixture), ==, 10);
}

static void
assert_plain (const char *query_text, const char *expected)
{
  g_autofree char *plain = _uc_search_dup_plain (query_text);

  g_assert_cmpstr (plain, ==, expected);
}

static void
test_plain (void)
{
  assert_plain ("a  b", "a b");
  assert_plain ("from:x a -b", "\"from:x\" a \"-b\"");
  assert_plain ("\"from:x a\" in:y", "\"from:x a\" \"in:y\"");
  assert_plain ("", "");
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
#define ADD(path, func) g_test_add ("/view/search/" path, Fixture, NULL, set_up, func, tear_down)
  ADD ("pages", test_pages);
  ADD ("snippet", test_snippet);
  ADD ("typing", test_typing);
  ADD ("error", test_error);
  ADD ("operators", test_operators);
#undef ADD
  g_test_add_func ("/view/search/plain", test_plain);
  return g_test_run ();
}
