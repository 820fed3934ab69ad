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
  _uc_search_set_delays (fixture->search, 0, 0);
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

/* A query waits for the next letter; only the last of them is read. */
static void
test_waits (Fixture *fixture, gconstpointer data)
{
  _uc_search_set_delays (fixture->search, G_MAXINT, 0);
  uc_search_set_query (fixture->search, "r");
  uc_search_set_query (fixture->search, "report");
  uc_view_test_settle (fixture->account);
  g_assert_false (is_done (fixture->search));
  g_assert_false (uc_search_is_settled (fixture->search));
  g_assert_cmpuint (get_n_items (fixture), ==, 0);
  /* Enter does not. */
  uc_search_hurry (fixture->search);
  wait_for_results (fixture);
  g_assert_cmpuint (get_n_items (fixture), ==, 10);
  g_assert_true (uc_search_is_settled (fixture->search));
  /* There is nothing to hurry for. */
  uc_search_hurry (fixture->search);
  g_assert_true (is_done (fixture->search));

  /* What waits goes with the search. */
  uc_search_set_query (fixture->search, "word");
  uc_search_set_query (fixture->search, "");
  g_assert_true (is_done (fixture->search));
}

static void
test_error (Fixture *fixture, gconstpointer data)
{
  gsize start, end;

  query (fixture, "report");
  g_assert_false (uc_search_get_error_place (fixture->search, &start, &end));
  query (fixture, "report before:notadate");
  g_assert_nonnull (uc_search_get_error (fixture->search));
  g_assert_true (uc_search_get_error_place (fixture->search, &start, &end));
  g_assert_cmpuint (start, >=, strlen ("report "));
  g_assert_cmpuint (end, ==, strlen ("report before:notadate"));
  g_assert_false (uc_search_is_settled (fixture->search));
  /* What was found stays while the next query is being typed, but does not go on. */
  g_assert_cmpuint (get_n_items (fixture), ==, 10);
  uc_search_load_more (fixture->search);
  g_assert_true (is_done (fixture->search));
  query (fixture, "report");
  g_assert_null (uc_search_get_error (fixture->search));
  query (fixture, "before:notadate");
  query (fixture, "");
  g_assert_null (uc_search_get_error (fixture->search));
  g_assert_true (uc_search_is_settled (fixture->search));
}

/* The last word may go on; behind a space it is whole. */
static void
test_last_word (Fixture *fixture, gconstpointer data)
{
  query (fixture, "repo");
  g_assert_cmpuint (get_n_items (fixture), ==, 10);
  query (fixture, "repo number ");
  /* Whole words that stand nowhere are looked for inside of others. */
  query (fixture, "numb here ");
  g_assert_cmpstr (uc_search_get_query (fixture->search), ==, "numb here ");
}

static void
test_relevant (Fixture *fixture, gconstpointer data)
{
  uc_search_set_order (fixture->search, UC_SEARCH_RELEVANT);
  query (fixture, "number");
  g_assert_cmpuint (get_n_items (fixture), ==, 100);
  /* One page, which has no further. */
  g_assert_false (uc_search_has_more (fixture->search));
  uc_search_set_order (fixture->search, UC_SEARCH_NEWEST);
  wait_for_results (fixture);
  g_assert_cmpuint (get_n_items (fixture), ==, 40);

  /* Without the flag there is one order. */
  uc_search_set_order (fixture->search, UC_SEARCH_RELEVANT);
  uc_flags_set_override (fixture->account->flags, UC_FLAG_advanced_search, 0);
  wait_for_results (fixture);
  g_assert_cmpint (uc_search_get_order (fixture->search), ==, UC_SEARCH_NEWEST);
  uc_search_set_order (fixture->search, UC_SEARCH_RELEVANT);
  g_assert_cmpint (uc_search_get_order (fixture->search), ==, UC_SEARCH_NEWEST);
}

/* -- The server's part ------------------------------------------------------------------ */

/* Nobody is signed in: what is stored is all there is, and that is said. */
static void
test_offline (Fixture *fixture, gconstpointer data)
{
  query (fixture, "report");
  g_assert_cmpint (uc_search_get_server (fixture->search), ==, UC_SEARCH_SERVER_OFFLINE);
  uc_search_retry_server (fixture->search);
  g_assert_cmpint (uc_search_get_server (fixture->search), ==, UC_SEARCH_SERVER_OFFLINE);
  query (fixture, "");
  g_assert_cmpint (uc_search_get_server (fixture->search), ==, UC_SEARCH_SERVER_NONE);
  query (fixture, "report before:notadate");
  g_assert_cmpint (uc_search_get_server (fixture->search), ==, UC_SEARCH_SERVER_NONE);

  uc_flags_set_override (fixture->account->flags, UC_FLAG_advanced_search, 0);
  query (fixture, "report");
  g_assert_cmpint (uc_search_get_server (fixture->search), ==, UC_SEARCH_SERVER_NONE);
}

/* As the server's answer comes: posts by id, from the store. */
static void
put_from_server (Fixture *fixture, const char *const *names)
{
  g_autoptr (GPtrArray) ids = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GPtrArray) hits = NULL;
  g_autoptr (GError) error = NULL;

  for (guint i = 0; names[i] != NULL; i++) {
    UcPost *post = uc_test_post (names[i], TEST_ANNA, 0, "");

    g_ptr_array_add (ids, g_strdup (post->id));
    uc_post_unref (post);
  }
  g_ptr_array_add (ids, NULL);
  uc_store_load_hits_async (fixture->account->store->store, "other",
                            (const char *const *) ids->pdata, NULL, uc_test_result_cb, &result);
  uc_test_wait_result (&result);
  hits = uc_store_load_hits_finish (fixture->account->store->store, result, &error);
  g_assert_no_error (error);
  _uc_search_put_from_server (fixture->search, hits);
}

/* Where the ones that only the server had stand. */
static char *
dup_places (Fixture *fixture)
{
  GString *places = g_string_new (NULL);
  gint64   seq = G_MAXINT64;

  for (guint i = 0; i < get_n_items (fixture); i++) {
    g_autoptr (UcSearchItem) item = g_list_model_get_item (G_LIST_MODEL (fixture->search), i);

    if (uc_search_item_is_from_server (item))
      g_string_append_printf (places, "%u ", i);
    if (uc_search_get_order (fixture->search) == UC_SEARCH_NEWEST) {
      g_assert_cmpint (uc_search_item_get_message (item)->seq, <, seq);
      seq = uc_search_item_get_message (item)->seq;
    }
  }
  return g_strchomp (g_string_free_and_steal (places));
}

static void
assert_places (Fixture *fixture, const char *expected)
{
  g_autofree char *places = dup_places (fixture);

  g_assert_cmpstr (places, ==, expected);
}

static void
put_others (Fixture *fixture)
{
  uc_view_test_put (fixture->account, uc_test_post ("t95x", TEST_BEN, 95500, "other text"));
  uc_view_test_put (fixture->account, uc_test_post ("t61x", TEST_BEN, 61500, "other text"));
  uc_view_test_put (fixture->account, uc_test_post ("t50x", TEST_BEN, 50500, "other text"));
  uc_view_test_put (fixture->account, uc_test_post ("t1x", TEST_BEN, 1500, "other text"));
}

/* Put where they belong in time; older ones wait for their page. */
static void
test_merge (Fixture *fixture, gconstpointer data)
{
  put_others (fixture);
  query (fixture, "number");
  put_from_server (fixture, (const char *const[]){ "t50x", "t95x", "t1x", "t61x", "s99x", NULL });
  /* 99, 98, 97, 96, the other one; 99 was found here as well. */
  g_assert_cmpuint (get_n_items (fixture), ==, 42);
  assert_places (fixture, "4 39");
  g_assert_cmpuint (uc_search_get_n_from_server (fixture->search), ==, 2);
  uc_search_load_more (fixture->search);
  wait_for_results (fixture);
  assert_places (fixture, "4 39 51");
  uc_search_load_more (fixture->search);
  wait_for_results (fixture);
  assert_places (fixture, "4 39 51 101");
  g_assert_cmpuint (get_n_items (fixture), ==, 104);
  /* The same answer again adds nothing. */
  put_from_server (fixture, (const char *const[]){ "t50x", "t95x", "t1x", "t61x", NULL });
  g_assert_cmpuint (get_n_items (fixture), ==, 104);

  query (fixture, "report");
  assert_places (fixture, "");
  g_assert_cmpuint (uc_search_get_n_from_server (fixture->search), ==, 0);
}

/* What the server had is stored by then: a later page finds it as well. */
static void
test_merge_page (Fixture *fixture, gconstpointer data)
{
  query (fixture, "number");
  put_from_server (fixture, (const char *const[]){ "s30x", "s59x", NULL });
  g_assert_cmpuint (get_n_items (fixture), ==, 40);
  uc_search_load_more (fixture->search);
  wait_for_results (fixture);
  g_assert_cmpuint (get_n_items (fixture), ==, 80);
  assert_places (fixture, "40 69");
  uc_search_load_more (fixture->search);
  wait_for_results (fixture);
  g_assert_cmpuint (get_n_items (fixture), ==, 100);
}

static void
test_merge_relevant (Fixture *fixture, gconstpointer data)
{
  put_others (fixture);
  uc_search_set_order (fixture->search, UC_SEARCH_RELEVANT);
  query (fixture, "report");
  put_from_server (fixture, (const char *const[]){ "t50x", "s90x", NULL });
  g_assert_cmpuint (get_n_items (fixture), ==, 11);
  assert_places (fixture, "10");
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
  ADD ("waits", test_waits);
  ADD ("error", test_error);
  ADD ("last-word", test_last_word);
  ADD ("relevant", test_relevant);
  ADD ("offline", test_offline);
  ADD ("merge", test_merge);
  ADD ("merge-page", test_merge_page);
  ADD ("merge-relevant", test_merge_relevant);
  ADD ("operators", test_operators);
#undef ADD
  g_test_add_func ("/view/search/plain", test_plain);
  return g_test_run ();
}
