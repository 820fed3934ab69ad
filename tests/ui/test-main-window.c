/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The window with an account in it: what opens, what is remembered, what is let go. */

#include "config.h"

#include "uc-main-window.h"
#include "uc-search-field.h"
#include "uc-search-row.h"

#include "uc-account-fixture.h"
#include "uc-action-probe.h"
#include "uc-display.h"
#include "uc-test.h"

/* One a process: it is exported on the bus. */
static AdwApplication *application;

typedef struct {
  GSettings        *settings;
  UcMainWindow     *window;
  UcAccountFixture *account;
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer data)
{
  fixture->settings = g_settings_new ("com.example.UnifiedChat");
  g_settings_reset (fixture->settings, "last-channels");
  g_settings_reset (fixture->settings, "last-teams");
  g_settings_reset (fixture->settings, "window-width");
  fixture->window = uc_main_window_new (application, fixture->settings);
  fixture->account = uc_account_fixture_new ();
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  gtk_window_destroy (GTK_WINDOW (fixture->window));
  uc_account_fixture_free (fixture->account);
  g_object_unref (fixture->settings);
}

static void
show (Fixture *fixture)
{
  uc_main_window_show_account (fixture->window, fixture->account->account);
  gtk_window_present (GTK_WINDOW (fixture->window));
  uc_display_settle (GTK_WIDGET (fixture->window));
}

static void
activate (Fixture *fixture, const char *action)
{
  g_assert_true (gtk_widget_activate_action (GTK_WIDGET (fixture->window), action, NULL));
}

static void
test_opens_first (Fixture *fixture, gconstpointer data)
{
  show (fixture);
  uc_display_shot (GTK_WIDGET (fixture->window), "window");
  /* Favourites come first. */
  g_assert_cmpstr (uc_main_window_get_channel_id (fixture->window), ==, UC_FIXTURE_WARD);
}

static void
test_remembers (Fixture *fixture, gconstpointer data)
{
  show (fixture);
  uc_main_window_open_channel (fixture->window, UC_FIXTURE_LAB);
  g_assert_cmpstr (uc_main_window_get_channel_id (fixture->window), ==, UC_FIXTURE_LAB);
  /* It belongs to the other team, which came with it. */
  g_assert_cmpstr (
      uc_sidebar_get_team_id (uc_window_account_get_sidebar (fixture->account->account)), ==,
      UC_FIXTURE_RESEARCH);

  uc_main_window_forget_account (fixture->window);
  g_assert_cmpstr (uc_main_window_get_channel_id (fixture->window), ==, "");
  g_assert_null (uc_main_window_get_account (fixture->window));
  uc_main_window_show_account (fixture->window, fixture->account->account);
  g_assert_cmpstr (uc_main_window_get_channel_id (fixture->window), ==, UC_FIXTURE_LAB);
}

static void
test_neighbours (Fixture *fixture, gconstpointer data)
{
  show (fixture);
  uc_main_window_open_channel (fixture->window, UC_FIXTURE_WARD);
  /* Surgery, Town Square, Ben, and round to Ward 3 again. */
  activate (fixture, "win.next-conversation");
  g_assert_cmpstr (uc_main_window_get_channel_id (fixture->window), ==, UC_FIXTURE_SURGERY);
  activate (fixture, "win.previous-conversation");
  g_assert_cmpstr (uc_main_window_get_channel_id (fixture->window), ==, UC_FIXTURE_WARD);
  activate (fixture, "win.previous-conversation");
  g_assert_cmpstr (uc_main_window_get_channel_id (fixture->window), ==, UC_FIXTURE_DIRECT);
  activate (fixture, "win.next-unread");
  g_assert_cmpstr (uc_main_window_get_channel_id (fixture->window), ==, UC_FIXTURE_TOWN);
}

static void
test_actions_need_account (Fixture *fixture, gconstpointer data)
{
  g_assert_false (
      g_action_group_get_action_enabled (G_ACTION_GROUP (fixture->window), "show-switcher"));
  show (fixture);
  g_assert_true (
      g_action_group_get_action_enabled (G_ACTION_GROUP (fixture->window), "show-switcher"));
  /* Nobody would hear of it. */
  g_assert_false (
      g_action_group_get_action_enabled (G_ACTION_GROUP (fixture->window), "set-presence"));
  uc_main_window_forget_account (fixture->window);
  g_assert_false (
      g_action_group_get_action_enabled (G_ACTION_GROUP (fixture->window), "show-switcher"));
}

static void
test_narrow (Fixture *fixture, gconstpointer data)
{
  gtk_window_set_default_size (GTK_WINDOW (fixture->window), 360, 640);
  show (fixture);
  uc_display_shot (GTK_WIDGET (fixture->window), "window-narrow-sidebar");
  g_assert_cmpint (gtk_widget_get_width (GTK_WIDGET (fixture->window)), <=, 360);
  /* First the list: nothing is opened, or read, unasked. */
  g_assert_cmpstr (uc_main_window_get_channel_id (fixture->window), ==, "");
  uc_main_window_open_channel (fixture->window, UC_FIXTURE_TOWN);
  uc_display_settle (GTK_WIDGET (fixture->window));
  uc_display_shot (GTK_WIDGET (fixture->window), "window-narrow-content");
  g_assert_cmpint (gtk_widget_get_width (GTK_WIDGET (fixture->window)), <=, 360);
}

static void
test_right_to_left (Fixture *fixture, gconstpointer data)
{
  graphene_rect_t sidebar = GRAPHENE_RECT_INIT (0, 0, 0, 0);
  GtkWidget      *list;

  gtk_widget_set_default_direction (GTK_TEXT_DIR_RTL);
  show (fixture);
  uc_main_window_open_channel (fixture->window, UC_FIXTURE_TOWN);
  uc_display_settle (GTK_WIDGET (fixture->window));
  uc_display_shot (GTK_WIDGET (fixture->window), "window-rtl");
  /* The list of conversations stands on the right. */
  list = uc_action_probe_find (GTK_WIDGET (fixture->window), GTK_TYPE_LIST_VIEW);
  g_assert_true (gtk_widget_compute_bounds (list, GTK_WIDGET (fixture->window), &sidebar));
  g_assert_cmpfloat (sidebar.origin.x, >, gtk_widget_get_width (GTK_WIDGET (fixture->window)) / 2);
  gtk_widget_set_default_direction (GTK_TEXT_DIR_LTR);
}

static void
test_faces (Fixture *fixture, gconstpointer data)
{
  gtk_window_present (GTK_WINDOW (fixture->window));
  uc_main_window_show_welcome (fixture->window);
  uc_display_settle (GTK_WIDGET (fixture->window));
  uc_display_shot (GTK_WIDGET (fixture->window), "welcome");
  uc_main_window_show_sign_in (fixture->window, NULL, "anna");
  uc_display_settle (GTK_WIDGET (fixture->window));
  uc_display_shot (GTK_WIDGET (fixture->window), "sign-in");
  uc_main_window_show_progress (fixture->window, "Working…", 0.5);
  uc_display_settle (GTK_WIDGET (fixture->window));
  uc_main_window_show_upgrade (fixture->window, "Building the search index", 0.4);
  uc_display_settle (GTK_WIDGET (fixture->window));
  uc_display_shot (GTK_WIDGET (fixture->window), "upgrade");
  uc_main_window_show_fault (fixture->window, "Fault", "With <b>no</b> markup & so on");
  uc_display_settle (GTK_WIDGET (fixture->window));
  uc_display_shot (GTK_WIDGET (fixture->window), "fault");
}

static gboolean
has_search (gpointer user_data)
{
  GtkWidget *field = uc_action_probe_find (GTK_WIDGET (user_data), UC_TYPE_SEARCH_FIELD);

  return field != NULL && gtk_widget_get_mapped (field);
}

static void
assert_query (Fixture *fixture, const char *expected)
{
  GtkWidget *field = uc_action_probe_find (GTK_WIDGET (fixture->window), UC_TYPE_SEARCH_FIELD);
  g_autofree char *query = uc_search_field_dup_query (UC_SEARCH_FIELD (field));

  g_assert_cmpstr (query, ==, expected);
}

static gboolean
has_found (gpointer user_data)
{
  return uc_action_probe_find (GTK_WIDGET (user_data), UC_TYPE_SEARCH_ROW) != NULL;
}

/* Here, everywhere, to what was found and back to where it was begun. */
static void
test_search (Fixture *fixture, gconstpointer data)
{
  GtkWidget *field;

  show (fixture);
  uc_main_window_open_channel (fixture->window, UC_FIXTURE_WARD);
  /* Without a search there is no next result. */
  activate (fixture, "win.next-result");
  activate (fixture, "win.search-here");
  uc_test_wait_until (has_search, fixture->window, 5000);
  assert_query (fixture, "in:ward-3");
  activate (fixture, "win.search");
  assert_query (fixture, "");
  field = uc_action_probe_find (GTK_WIDGET (fixture->window), UC_TYPE_SEARCH_FIELD);
  uc_search_field_set_query (UC_SEARCH_FIELD (field), "pump");
  uc_test_wait_until (has_found, fixture->window, 5000);

  activate (fixture, "win.next-result");
  g_assert_cmpstr (uc_main_window_get_channel_id (fixture->window), ==, UC_FIXTURE_TOWN);
  g_assert_true (has_search (fixture->window));
  uc_display_settle (GTK_WIDGET (fixture->window));
  uc_display_shot (GTK_WIDGET (fixture->window), "window-search");
  activate (fixture, "win.focus-results");
  activate (fixture, "win.leave-search");
  g_assert_cmpstr (uc_main_window_get_channel_id (fixture->window), ==, UC_FIXTURE_WARD);
}

/* Narrow, results and conversation take turns; going back finds the results as they were. */
static void
test_search_narrow (Fixture *fixture, gconstpointer data)
{
  GtkWidget *field;

  gtk_window_set_default_size (GTK_WINDOW (fixture->window), 360, 640);
  show (fixture);
  uc_main_window_open_channel (fixture->window, UC_FIXTURE_WARD);
  activate (fixture, "win.search");
  uc_test_wait_until (has_search, fixture->window, 5000);
  field = uc_action_probe_find (GTK_WIDGET (fixture->window), UC_TYPE_SEARCH_FIELD);
  uc_search_field_set_query (UC_SEARCH_FIELD (field), "pump");
  uc_test_wait_until (has_found, fixture->window, 5000);
  uc_display_settle (GTK_WIDGET (fixture->window));
  uc_display_shot (GTK_WIDGET (fixture->window), "window-narrow-search");
  g_assert_cmpint (gtk_widget_get_width (GTK_WIDGET (fixture->window)), <=, 360);
  activate (fixture, "win.next-result");
  uc_display_settle (GTK_WIDGET (fixture->window));
  g_assert_cmpstr (uc_main_window_get_channel_id (fixture->window), ==, UC_FIXTURE_TOWN);
  activate (fixture, "win.focus-results");
  uc_test_wait_until (has_search, fixture->window, 5000);
  assert_query (fixture, "pump");
  /* To the conversation that was on screen. */
  activate (fixture, "win.leave-search");
  g_assert_cmpstr (uc_main_window_get_channel_id (fixture->window), ==, UC_FIXTURE_WARD);
}

static void
add (const char *path, void (*test) (Fixture *, gconstpointer))
{
  g_test_add (path, Fixture, NULL, set_up, test, tear_down);
}

int
main (int argc, char **argv)
{
  int status;

  /* GTK's accessibility for tests has no function for announcements, and calls it. */
  g_setenv ("GTK_A11Y", "none", TRUE);
  uc_display_init (&argc, &argv);
  application = ADW_APPLICATION (adw_application_new (NULL, G_APPLICATION_NON_UNIQUE));
  g_assert_true (g_application_register (G_APPLICATION (application), NULL, NULL));

  add ("/ui/main-window/opens-first", test_opens_first);
  add ("/ui/main-window/remembers", test_remembers);
  add ("/ui/main-window/neighbours", test_neighbours);
  add ("/ui/main-window/actions-need-account", test_actions_need_account);
  add ("/ui/main-window/narrow", test_narrow);
  add ("/ui/main-window/right-to-left", test_right_to_left);
  add ("/ui/main-window/faces", test_faces);
  add ("/ui/main-window/search", test_search);
  add ("/ui/main-window/search-narrow", test_search_narrow);

  status = g_test_run ();
  g_object_unref (application);

  return status;
}
