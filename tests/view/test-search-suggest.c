/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What may follow an operator, by what is typed of it. */

#include "config.h"

#include "uc-search-suggest.h"

#include "uc-test.h"
#include "uc-view-test.h"

typedef struct {
  UcViewTest      *account;
  UcSidebar       *sidebar;
  UcSearchSuggest *suggest;
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer data)
{
  fixture->account = uc_view_test_new ();
  fixture->sidebar = uc_sidebar_new (fixture->account->session, fixture->account->directory);
  fixture->suggest = uc_search_suggest_new (fixture->account->session, fixture->account->directory,
                                            fixture->sidebar);
  uc_directory_get_user (fixture->account->directory, TEST_ANNA);
  uc_view_test_settle (fixture->account);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  uc_view_test_settle (fixture->account);
  g_assert_finalize_object (fixture->suggest);
  g_assert_finalize_object (fixture->sidebar);
  uc_view_test_free (fixture->account);
}

/* The values, with spaces between. */
static char *
suggest (Fixture *fixture, const char *name, const char *typed)
{
  GString *values = g_string_new (NULL);
  guint    n_items;

  uc_search_suggest_set (fixture->suggest, name, typed);
  uc_view_test_settle (fixture->account);
  n_items = g_list_model_get_n_items (G_LIST_MODEL (fixture->suggest));
  for (guint i = 0; i < n_items; i++) {
    g_autoptr (UcSearchSuggestion) item =
        g_list_model_get_item (G_LIST_MODEL (fixture->suggest), i);

    g_assert_cmpstr (uc_search_suggestion_get_title (item), !=, "");
    g_string_append_printf (values, "%s%s", i > 0 ? " " : "",
                            uc_search_suggestion_get_value (item));
  }
  return g_string_free_and_steal (values);
}

static void
assert_suggested (Fixture *fixture, const char *name, const char *typed, const char *expected)
{
  g_autofree char *values = suggest (fixture, name, typed);

  g_assert_cmpstr (values, ==, expected);
}

static void
test_words (Fixture *fixture, gconstpointer data)
{
  assert_suggested (fixture, "has", "", "file link reaction");
  assert_suggested (fixture, "has", "li", "link");
  assert_suggested (fixture, "is", "p", "pinned");
  assert_suggested (fixture, "is", "nonsense", "");
  assert_suggested (fixture, "priority", "", "critical high normal low");
  assert_suggested (fixture, "category", "Quest", "question");
  assert_suggested (fixture, "before", "yes", "yesterday");
  assert_suggested (fixture, "before", "", "today yesterday ");
  assert_suggested (fixture, "before", "2026-0", "");
  assert_suggested (fixture, "", "", "");
}

static void
test_people (Fixture *fixture, gconstpointer data)
{
  const UcUser    *anna;
  g_autofree char *all = suggest (fixture, "from", "");

  anna = uc_directory_get_user (fixture->account->directory, TEST_ANNA);
  g_assert_true (g_str_has_prefix (all, "me "));
  g_assert_nonnull (strstr (all, anna->username));
  assert_suggested (fixture, "from", anna->username, anna->username);
  assert_suggested (fixture, "from", "nobody at all", "");
  /* What was found for the letters before is gone at once. */
  uc_search_suggest_set (fixture->suggest, "from", "");
  uc_view_test_settle (fixture->account);
  uc_search_suggest_set (fixture->suggest, "from", "zz");
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (fixture->suggest)), ==, 0);
}

static void
test_conversations (Fixture *fixture, gconstpointer data)
{
  UcSidebarItem   *item = uc_sidebar_find_named (fixture->sidebar, TEST_CHANNEL);
  g_autofree char *values = suggest (fixture, "in", uc_sidebar_item_get_title (item));

  g_assert_true (uc_sidebar_find_named (fixture->sidebar, values) == item);
  assert_suggested (fixture, "in", "no such conversation", "");
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add ("/view/search-suggest/words", Fixture, NULL, set_up, test_words, tear_down);
  g_test_add ("/view/search-suggest/people", Fixture, NULL, set_up, test_people, tear_down);
  g_test_add ("/view/search-suggest/conversations", Fixture, NULL, set_up, test_conversations,
              tear_down);
  return g_test_run ();
}
