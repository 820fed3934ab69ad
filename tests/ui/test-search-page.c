/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The search page: hints, results, nothing, a query that cannot be read. */

#include "config.h"

#include "uc-search-page.h"

#include "uc-account-fixture.h"
#include "uc-action-probe.h"
#include "uc-display.h"
#include "uc-test.h"

typedef struct {
  UcAccountFixture *account;
  GtkWidget        *window;
  UcSearchPage     *page;
  UcActionProbe    *probe;
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer data)
{
  GtkWidget *view = adw_navigation_view_new ();

  fixture->account = uc_account_fixture_new ();
  fixture->window = adw_window_new ();
  fixture->page = g_object_new (UC_TYPE_SEARCH_PAGE, NULL);
  adw_navigation_view_push (ADW_NAVIGATION_VIEW (view), ADW_NAVIGATION_PAGE (fixture->page));
  adw_window_set_content (ADW_WINDOW (fixture->window), view);
  gtk_window_set_default_size (GTK_WINDOW (fixture->window), 360, 600);
  fixture->probe = uc_action_probe_new (fixture->window);
  uc_search_page_set_account (fixture->page, fixture->account->account);
  gtk_window_present (GTK_WINDOW (fixture->window));
  uc_display_settle (fixture->window);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  gtk_window_destroy (GTK_WINDOW (fixture->window));
  uc_action_probe_free (fixture->probe);
  uc_account_fixture_free (fixture->account);
}

static const char *
get_shown (Fixture *fixture)
{
  GtkWidget *stack = uc_action_probe_find (GTK_WIDGET (fixture->page), GTK_TYPE_STACK);

  return gtk_stack_get_visible_child_name (GTK_STACK (stack));
}

static gboolean
has_results (gpointer user_data)
{
  return g_strcmp0 (get_shown (user_data), "results") == 0;
}

static gboolean
is_empty (gpointer user_data)
{
  return g_strcmp0 (get_shown (user_data), "empty") == 0;
}

static void
test_results (Fixture *fixture, gconstpointer data)
{
  GtkWidget *entry = uc_action_probe_find (GTK_WIDGET (fixture->page), GTK_TYPE_SEARCH_ENTRY);

  g_assert_cmpstr (get_shown (fixture), ==, "hints");
  uc_display_shot (fixture->window, "search-hints");
  uc_search_page_begin (fixture->page, "pump");
  uc_test_wait_until (has_results, fixture, 5000);
  uc_display_settle (fixture->window);
  uc_display_shot (fixture->window, "search-results");

  /* Enter opens the newest. */
  g_signal_emit_by_name (entry, "activate");
  g_assert_true (g_str_has_prefix (fixture->probe->last, "open-found ('" UC_FIXTURE_TOWN "', '"));

  uc_search_page_begin (fixture->page, "");
  g_assert_cmpstr (get_shown (fixture), ==, "hints");
}

static void
test_nothing (Fixture *fixture, gconstpointer data)
{
  uc_search_page_begin (fixture->page, "zeppelin");
  uc_test_wait_until (is_empty, fixture, 5000);
  uc_display_shot (fixture->window, "search-empty");
}

static gboolean
has_error (gpointer user_data)
{
  Fixture   *fixture = user_data;
  GtkWidget *entry = uc_action_probe_find (GTK_WIDGET (fixture->page), GTK_TYPE_SEARCH_ENTRY);

  return g_strcmp0 (get_shown (fixture), "nothing") == 0 &&
         gtk_test_accessible_has_state (GTK_ACCESSIBLE (entry), GTK_ACCESSIBLE_STATE_INVALID);
}

static void
test_error (Fixture *fixture, gconstpointer data)
{
  uc_search_page_begin (fixture->page, "before:yesterweek");
  uc_test_wait_until (has_error, fixture, 5000);
  uc_display_settle (fixture->window);
  uc_display_shot (fixture->window, "search-error");
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

  add ("/ui/search-page/results", test_results);
  add ("/ui/search-page/nothing", test_nothing);
  add ("/ui/search-page/error", test_error);

  return g_test_run ();
}
