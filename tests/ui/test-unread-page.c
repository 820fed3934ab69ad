/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The list of everything unread, as somebody walks over it. */

#include "config.h"

#include "uc-unread-page.h"

#include "uc-account-fixture.h"
#include "uc-action-probe.h"
#include "uc-display.h"
#include "uc-test.h"

typedef struct {
  UcAccountFixture *account;
  GListStore       *accounts;
  GtkWidget        *window;
  UcUnreadPage     *page;
  UcActionProbe    *probe;
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer data)
{
  GtkWidget *view = adw_navigation_view_new ();

  fixture->account = uc_account_fixture_new ();
  fixture->accounts = g_list_store_new (UC_TYPE_WINDOW_ACCOUNT);
  fixture->window = adw_window_new ();
  fixture->page = g_object_new (UC_TYPE_UNREAD_PAGE, NULL);
  uc_unread_page_set_accounts (fixture->page, G_LIST_MODEL (fixture->accounts));
  adw_navigation_view_push (ADW_NAVIGATION_VIEW (view), ADW_NAVIGATION_PAGE (fixture->page));
  adw_window_set_content (ADW_WINDOW (fixture->window), view);
  gtk_window_set_default_size (GTK_WINDOW (fixture->window), 360, 600);
  fixture->probe = uc_action_probe_new (fixture->window);
  gtk_window_present (GTK_WINDOW (fixture->window));
  uc_display_settle (fixture->window);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  g_list_store_remove_all (fixture->accounts);
  gtk_window_destroy (GTK_WINDOW (fixture->window));
  uc_action_probe_free (fixture->probe);
  g_object_unref (fixture->accounts);
  uc_account_fixture_free (fixture->account);
}

static gboolean
has_list (gpointer user_data)
{
  Fixture   *fixture = user_data;
  GtkWidget *list = uc_action_probe_find (GTK_WIDGET (fixture->page), GTK_TYPE_LIST_VIEW);

  return list != NULL && gtk_widget_get_mapped (list);
}

static gboolean
has_no_list (gpointer user_data)
{
  return !has_list (user_data);
}

static void
test_open (Fixture *fixture, gconstpointer data)
{
  GtkWidget *list;

  g_assert_false (has_list (fixture));
  uc_display_shot (fixture->window, "unread-empty");
  g_list_store_append (fixture->accounts, fixture->account->account);
  uc_test_wait_until (has_list, fixture, 5000);
  uc_display_settle (fixture->window);
  uc_display_shot (fixture->window, "unread");

  /* What mentions me or is for me alone comes first. */
  list = uc_action_probe_find (GTK_WIDGET (fixture->page), GTK_TYPE_LIST_VIEW);
  g_signal_emit_by_name (list, "activate", 0);
  g_assert_true (g_str_has_prefix (fixture->probe->last, "open-message ('fixture', "));
  g_assert_null (strstr (fixture->probe->last, UC_FIXTURE_LAB));
  g_assert_true (g_str_has_suffix (fixture->probe->last, "'')"));

  g_list_store_remove_all (fixture->accounts);
  uc_test_wait_until (has_no_list, fixture, 5000);
}

int
main (int argc, char **argv)
{
  uc_display_init (&argc, &argv);

  g_test_add ("/ui/unread-page/open", Fixture, NULL, set_up, test_open, tear_down);

  return g_test_run ();
}
