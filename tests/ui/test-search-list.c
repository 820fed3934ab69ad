/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The list of results: names above messages, few rows for many, what is opened. */

#include "config.h"

#include "uc-search-list.h"
#include "uc-search-row.h"

#include "uc-account-fixture.h"
#include "uc-action-probe.h"
#include "uc-display.h"
#include "uc-test.h"

#include <adwaita.h>

#define N_POSTS 300

typedef struct {
  UcAccountFixture *account;
  GtkWidget        *window;
  UcSearch         *search;
  UcSearchList     *list;
  UcActionProbe    *probe;
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer data)
{
  fixture->account = uc_account_fixture_new ();
  for (int i = 0; i < N_POSTS; i++) {
    g_autofree char *text = g_strdup_printf ("bread number %d", i);

    uc_account_fixture_post (fixture->account, UC_FIXTURE_WARD, UC_FIXTURE_BEN, text, FALSE);
  }
  fixture->window = adw_window_new ();
  fixture->list = g_object_new (UC_TYPE_SEARCH_LIST, NULL);
  fixture->search = uc_search_new (fixture->account->session);
  adw_window_set_content (ADW_WINDOW (fixture->window), GTK_WIDGET (fixture->list));
  gtk_window_set_default_size (GTK_WINDOW (fixture->window), 360, 600);
  fixture->probe = uc_action_probe_new (fixture->window);
  uc_search_list_set_search (fixture->list, fixture->account->account, fixture->search);
  gtk_window_present (GTK_WINDOW (fixture->window));
  uc_display_settle (fixture->window);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  gtk_window_destroy (GTK_WINDOW (fixture->window));
  uc_search_set_query (fixture->search, "");
  g_assert_finalize_object (fixture->search);
  uc_action_probe_free (fixture->probe);
  uc_account_fixture_free (fixture->account);
}

static gboolean
is_settled (gpointer user_data)
{
  return uc_search_is_settled (user_data);
}

static void
query (Fixture *fixture, const char *text)
{
  uc_search_set_query (fixture->search, text);
  uc_search_hurry (fixture->search);
  uc_test_wait_until (is_settled, fixture->search, 5000);
  uc_display_settle (fixture->window);
}

static guint
count_rows (GtkWidget *root)
{
  guint n = UC_IS_SEARCH_ROW (root) ? 1 : 0;

  for (GtkWidget *child = gtk_widget_get_first_child (root); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    n += count_rows (child);

  return n;
}

static gboolean
has_all (gpointer user_data)
{
  Fixture       *fixture = user_data;
  GtkWidget     *scrolled = gtk_widget_get_first_child (GTK_WIDGET (fixture->list));
  GtkAdjustment *adjustment = gtk_scrolled_window_get_vadjustment (GTK_SCROLLED_WINDOW (scrolled));

  gtk_adjustment_set_value (adjustment, gtk_adjustment_get_upper (adjustment));

  return g_list_model_get_n_items (G_LIST_MODEL (fixture->search)) == N_POSTS;
}

/* As the end is neared it goes on; rows are made for what is seen. */
static void
test_many (Fixture *fixture, gconstpointer data)
{
  query (fixture, "bread");
  g_assert_false (uc_search_list_is_empty (fixture->list));
  uc_test_wait_until (has_all, fixture, 20000);
  uc_display_settle (fixture->window);
  g_assert_false (uc_search_has_more (fixture->search));
  g_assert_cmpuint (count_rows (GTK_WIDGET (fixture->list)), <, N_POSTS);
  uc_display_shot (fixture->window, "search-list-end");
}

static void
test_next (Fixture *fixture, gconstpointer data)
{
  g_autofree char *first = NULL;

  g_assert_false (uc_search_list_open_next (fixture->list, 1));
  query (fixture, "pump");
  g_assert_true (uc_search_list_open_next (fixture->list, 1));
  g_assert_true (g_str_has_prefix (fixture->probe->last, "preview-found"));
  first = g_strdup (fixture->probe->last);
  g_assert_true (uc_search_list_open_next (fixture->list, 1));
  g_assert_cmpstr (fixture->probe->last, !=, first);
  g_assert_false (uc_search_list_open_next (fixture->list, 1));
  g_assert_true (uc_search_list_open_next (fixture->list, -1));
  g_assert_cmpstr (fixture->probe->last, ==, first);
  g_assert_false (uc_search_list_open_next (fixture->list, -1));
}

/* Enter opens the newest message, or a name when there is nothing else. */
static void
test_names (Fixture *fixture, gconstpointer data)
{
  query (fixture, "ward");
  g_assert_true (uc_search_list_is_empty (fixture->list));
  uc_search_list_set_names (fixture->list, "ward");
  uc_display_settle (fixture->window);
  g_assert_false (uc_search_list_is_empty (fixture->list));
  uc_display_shot (fixture->window, "search-list-names");
  uc_search_list_open_first (fixture->list);
  g_assert_cmpstr (fixture->probe->last, ==, "open-channel '" UC_FIXTURE_WARD "'");

  query (fixture, "pump");
  uc_display_shot (fixture->window, "search-list-both");
  uc_search_list_open_first (fixture->list);
  g_assert_true (g_str_has_prefix (fixture->probe->last, "open-found"));
  uc_search_list_set_names (fixture->list, "");
  uc_search_list_open_first (fixture->list);
  g_assert_true (g_str_has_prefix (fixture->probe->last, "open-found"));
}

static void
test_focus (Fixture *fixture, gconstpointer data)
{
  g_assert_false (uc_search_list_focus (fixture->list));
  query (fixture, "pump");
  g_assert_true (uc_search_list_focus (fixture->list));
  g_assert_true (gtk_widget_is_ancestor (gtk_root_get_focus (GTK_ROOT (fixture->window)),
                                         GTK_WIDGET (fixture->list)));
}

static void
add (const char *path, void (*test) (Fixture *, gconstpointer))
{
  g_test_add (path, Fixture, NULL, set_up, test, tear_down);
}

int
main (int argc, char **argv)
{
  uc_display_init (&argc, &argv);

  add ("/ui/search-list/many", test_many);
  add ("/ui/search-list/next", test_next);
  add ("/ui/search-list/names", test_names);
  add ("/ui/search-list/focus", test_focus);

  return g_test_run ();
}
