/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A conversation as it is used: opened from the store, looked at in every light and width,
 * switched, jumped in, written in. */

#include "config.h"

#include "uc-conversation-page.h"

#include "uc-composer.h"
#include "uc-conversation-fixture.h"
#include "uc-conversation-list.h"
#include "uc-display.h"
#include "uc-row-message.h"
#include "uc-row-note.h"
#include "uc-test.h"
#include "uc-timeline-plain.h"
#include "uc-timeline-view.h"

#define LIMIT_MS 10000

typedef struct {
  UcAccountFixture   *account;
  GtkWidget          *window;
  UcConversationPage *page;
  char               *notice;
} Fixture;

static void
notice_cb (UcConversationPage *page, const char *text, Fixture *fixture)
{
  g_set_str (&fixture->notice, text);
}

static void
set_up (Fixture *fixture, gconstpointer n_plain)
{
  GtkWidget *view = adw_navigation_view_new ();

  fixture->account = uc_account_fixture_new ();
  uc_conversation_fixture_fill (fixture->account, GPOINTER_TO_UINT (n_plain));
  fixture->window = adw_window_new ();
  fixture->page = uc_conversation_page_new (
      fixture->account->session, uc_window_account_get_directory (fixture->account->account),
      uc_window_account_get_sidebar (fixture->account->account));
  g_signal_connect (fixture->page, "notice", G_CALLBACK (notice_cb), fixture);
  adw_navigation_view_push (ADW_NAVIGATION_VIEW (view), ADW_NAVIGATION_PAGE (fixture->page));
  adw_window_set_content (ADW_WINDOW (fixture->window), view);
  gtk_window_set_default_size (GTK_WINDOW (fixture->window), 900, 800);
  gtk_window_present (GTK_WINDOW (fixture->window));
  uc_display_settle (fixture->window);
}

static void
tear_down (Fixture *fixture, gconstpointer n_plain)
{
  g_object_ref (fixture->page);
  gtk_window_destroy (GTK_WINDOW (fixture->window));
  g_assert_finalize_object (fixture->page);
  uc_account_fixture_free (fixture->account);
  g_free (fixture->notice);
}

static GtkWidget *
find (Fixture *fixture, GType type)
{
  return uc_conversation_fixture_find (fixture->window, type);
}

static gboolean
has_rows (gpointer user_data)
{
  return find (user_data, UC_TYPE_ROW_MESSAGE) != NULL;
}

static void
open_surgery (Fixture *fixture)
{
  uc_conversation_page_open (fixture->page, UC_FIXTURE_SURGERY);
  uc_test_wait_until (has_rows, fixture, LIMIT_MS);
  uc_display_settle (fixture->window);
}

static UcTimelineView *
get_view (Fixture *fixture)
{
  return UC_TIMELINE_VIEW (find (fixture, UC_TYPE_TIMELINE_VIEW));
}

static void
test_look (Fixture *fixture, gconstpointer n_plain)
{
  AdwStyleManager *manager = adw_style_manager_get_default ();

  uc_display_shot (fixture->window, "conversation-empty");
  open_surgery (fixture);
  g_assert_true (uc_timeline_view_is_at_end (get_view (fixture)));
  uc_display_shot (fixture->window, "conversation-light");
  g_object_set (fixture->page, "show-flags", TRUE, NULL);
  uc_display_settle (fixture->window);
  uc_display_shot (fixture->window, "conversation-flags");
  adw_style_manager_set_color_scheme (manager, ADW_COLOR_SCHEME_FORCE_DARK);
  uc_display_settle (fixture->window);
  uc_display_shot (fixture->window, "conversation-dark");
  adw_style_manager_set_color_scheme (manager, ADW_COLOR_SCHEME_DEFAULT);
  uc_conversation_fixture_resize (fixture->window, 360, 720);
  uc_display_shot (fixture->window, "conversation-360");
  /* Still at the end, whatever the width. */
  g_assert_true (uc_timeline_view_is_at_end (get_view (fixture)));
  gtk_widget_set_direction (fixture->window, GTK_TEXT_DIR_RTL);
  gtk_widget_set_default_direction (GTK_TEXT_DIR_RTL);
  uc_conversation_fixture_resize (fixture->window, 900, 800);
  uc_display_shot (fixture->window, "conversation-rtl");
  gtk_widget_set_default_direction (GTK_TEXT_DIR_LTR);
}

int
main (int argc, char **argv)
{
  uc_display_init (&argc, &argv);

  g_test_add ("/ui/conversation-page/look", Fixture, GUINT_TO_POINTER (40), set_up, test_look,
              tear_down);

  return g_test_run ();
}
