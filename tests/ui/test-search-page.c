/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The search page: hints, results, nothing, a query that cannot be read. */

#include "config.h"

#include "uc-search-field.h"
#include "uc-search-page.h"
#include "uc-search-pill.h"

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

/* The menu button has one of its own. */
static GtkWidget *
find_stack (GtkWidget *root)
{
  if (GTK_IS_STACK (root) && gtk_stack_get_child_by_name (GTK_STACK (root), "hints") != NULL)
    return root;
  for (GtkWidget *child = gtk_widget_get_first_child (root); child != NULL;
       child = gtk_widget_get_next_sibling (child)) {
    GtkWidget *found = find_stack (child);

    if (found != NULL)
      return found;
  }

  return NULL;
}

static const char *
get_shown (Fixture *fixture)
{
  return gtk_stack_get_visible_child_name (GTK_STACK (find_stack (GTK_WIDGET (fixture->page))));
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

static gboolean
has_opened (gpointer user_data)
{
  return ((Fixture *) user_data)->probe->last != NULL;
}

static void
test_results (Fixture *fixture, gconstpointer data)
{
  GtkWidget *field = uc_action_probe_find (GTK_WIDGET (fixture->page), UC_TYPE_SEARCH_FIELD);

  g_assert_cmpstr (get_shown (fixture), ==, "hints");
  uc_display_shot (fixture->window, "search-hints");
  uc_search_page_begin (fixture->page, "pump");
  uc_test_wait_until (has_results, fixture, 5000);
  uc_display_settle (fixture->window);
  uc_display_shot (fixture->window, "search-results");

  /* Enter opens the newest. */
  g_signal_emit_by_name (field, "activate");
  g_assert_true (g_str_has_prefix (fixture->probe->last, "open-found ('" UC_FIXTURE_TOWN "', '"));
  /* Pressed before there is an answer, it opens what that begins with. */
  g_clear_pointer (&fixture->probe->last, g_free);
  uc_search_field_set_query (UC_SEARCH_FIELD (field), "meeting");
  g_signal_emit_by_name (field, "activate");
  g_assert_null (fixture->probe->last);
  uc_test_wait_until (has_opened, fixture, 5000);

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
  GtkWidget *pill = uc_action_probe_find (GTK_WIDGET (fixture->page), UC_TYPE_SEARCH_PILL);

  return g_strcmp0 (get_shown (fixture), "nothing") == 0 && pill != NULL &&
         gtk_widget_has_css_class (pill, "wrong");
}

static void
test_error (Fixture *fixture, gconstpointer data)
{
  uc_search_page_begin (fixture->page, "before:yesterweek");
  uc_test_wait_until (has_error, fixture, 5000);
  uc_display_settle (fixture->window);
  uc_display_shot (fixture->window, "search-error");
}

static UcSearchField *
get_field (Fixture *fixture)
{
  return UC_SEARCH_FIELD (uc_action_probe_find (GTK_WIDGET (fixture->page), UC_TYPE_SEARCH_FIELD));
}

static void
assert_query (Fixture *fixture, const char *expected)
{
  g_autofree char *query = uc_search_field_dup_query (get_field (fixture));

  g_assert_cmpstr (query, ==, expected);
}

/* Here, then everywhere: the words stay. */
static void
test_scope (Fixture *fixture, gconstpointer data)
{
  uc_search_page_begin (fixture->page, "pump");
  uc_search_page_begin_in (fixture->page, UC_FIXTURE_TOWN);
  assert_query (fixture, "in:town-square pump");
  uc_test_wait_until (has_results, fixture, 5000);
  uc_display_settle (fixture->window);
  uc_display_shot (fixture->window, "search-here");
  uc_search_page_begin_in (fixture->page, UC_FIXTURE_DIRECT);
  assert_query (fixture, "in:@ben.moser pump");
  uc_test_wait_until (is_empty, fixture, 5000);
  uc_display_shot (fixture->window, "search-empty-with-filter");
  uc_search_page_begin_in (fixture->page, "");
  assert_query (fixture, "pump");
}

/* What may help is one press away. */
static void
test_advice (Fixture *fixture, gconstpointer data)
{
  uc_search_page_begin (fixture->page, "from:me pump");
  uc_test_wait_until (is_empty, fixture, 5000);
  g_assert_true (gtk_widget_activate_action (GTK_WIDGET (fixture->page), "search.remove", "u", 0));
  assert_query (fixture, "pump");
  uc_test_wait_until (has_results, fixture, 5000);
  g_assert_true (
      gtk_widget_activate_action (GTK_WIDGET (fixture->page), "search.add", "(ss)", "is", "saved"));
  assert_query (fixture, "is:saved pump");
}

/* The flag takes effect at once, both ways; what was typed stays. */
static void
test_plain (Fixture *fixture, gconstpointer data)
{
  UcFlags *flags = uc_session_get_flags (fixture->account->session);

  uc_search_page_begin (fixture->page, "from:ben.moser pump");
  uc_test_wait_until (has_results, fixture, 5000);
  g_assert_cmpuint (uc_search_field_get_chips (get_field (fixture))->len, ==, 1);
  uc_flags_set_override (flags, UC_FLAG_advanced_search, 0);
  uc_test_wait_until (is_empty, fixture, 5000);
  g_assert_cmpuint (uc_search_field_get_chips (get_field (fixture))->len, ==, 0);
  assert_query (fixture, "from:ben.moser pump");
  g_assert_null (uc_action_probe_find (GTK_WIDGET (fixture->page), ADW_TYPE_TOGGLE_GROUP));
  uc_search_page_begin_in (fixture->page, UC_FIXTURE_TOWN);
  assert_query (fixture, "from:ben.moser pump");
  uc_search_page_begin (fixture->page, "pump");
  uc_test_wait_until (has_results, fixture, 5000);
  uc_display_settle (fixture->window);
  uc_display_shot (fixture->window, "search-plain");
  uc_search_page_begin (fixture->page, "from:ben.moser pump");
  uc_flags_set_override (flags, UC_FLAG_advanced_search, -1);
  g_assert_cmpuint (uc_search_field_get_chips (get_field (fixture))->len, ==, 1);
}

/* Right to left, with names that do not end. */
static void
test_right_to_left (Fixture *fixture, gconstpointer data)
{
  GtkWidget      *button;
  graphene_rect_t place = GRAPHENE_RECT_INIT (0, 0, 0, 0);

  gtk_widget_set_direction (fixture->window, GTK_TEXT_DIR_RTL);
  gtk_widget_set_default_direction (GTK_TEXT_DIR_RTL);
  uc_account_fixture_post (fixture->account, UC_FIXTURE_TOWN, UC_FIXTURE_BEN,
                           "مضخة جديدة في الغرفة 12: pump pump "
                           "averylongwordthatdoesnotendaveryllongwordthatdoesnotend",
                           FALSE);
  uc_search_page_begin (fixture->page,
                        "pump in:\"a conversation with a name that goes on and on and on\" "
                        "from:ben.moser has:file");
  uc_test_wait_until (is_empty, fixture, 5000);
  uc_display_settle (fixture->window);
  uc_display_shot (fixture->window, "search-rtl-empty");
  uc_search_page_begin (fixture->page, "pump");
  uc_test_wait_until (has_results, fixture, 5000);
  uc_display_settle (fixture->window);
  uc_display_shot (fixture->window, "search-rtl");
  g_assert_cmpint (gtk_widget_get_width (fixture->window), <=, 360);
  button = uc_action_probe_find (GTK_WIDGET (fixture->page), GTK_TYPE_MENU_BUTTON);
  g_assert_true (gtk_widget_compute_bounds (button, fixture->window, &place));
  g_assert_cmpfloat (place.origin.x, <, 180);
  gtk_widget_set_default_direction (GTK_TEXT_DIR_LTR);
}

static void
add (const char *path, void (*test) (Fixture *, gconstpointer))
{
  g_test_add (path, Fixture, NULL, set_up, test, tear_down);
}

int
main (int argc, char **argv)
{
  /* GTK's accessibility for tests has no function for announcements, and calls it. */
  g_setenv ("GTK_A11Y", "none", TRUE);
  uc_display_init (&argc, &argv);

  add ("/ui/search-page/results", test_results);
  add ("/ui/search-page/nothing", test_nothing);
  add ("/ui/search-page/error", test_error);
  add ("/ui/search-page/scope", test_scope);
  add ("/ui/search-page/advice", test_advice);
  add ("/ui/search-page/plain", test_plain);
  add ("/ui/search-page/right-to-left", test_right_to_left);

  return g_test_run ();
}
