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

static gboolean
is_jump_shown (gpointer user_data)
{
  GtkWidget *revealer = find (user_data, GTK_TYPE_REVEALER);

  return revealer != NULL && gtk_revealer_get_child_revealed (GTK_REVEALER (revealer));
}

static gboolean
is_jump_hidden (gpointer user_data)
{
  return !is_jump_shown (user_data);
}

static gboolean
has_divider (gpointer user_data)
{
  UcTimelineView *view = get_view (user_data);
  GListModel     *model = uc_timeline_view_get_model (view);

  for (guint i = 0; i < g_list_model_get_n_items (model); i++) {
    g_autoptr (UcTimelineItem) item = g_list_model_get_item (model, i);
    double y;

    if (uc_timeline_item_get_kind (item) == UC_ITEM_UNREAD)
      return uc_timeline_view_get_row (view, i, &y, NULL) != NULL && y >= 0;
  }

  return FALSE;
}

/* From the first unread message on; the line says where. */
static void
test_unread (Fixture *fixture, gconstpointer n_plain)
{
  UcBatch *batch = uc_batch_new ();

  uc_batch_set_unread (batch, UC_FIXTURE_SURGERY, UC_CONVERSATION_FIXTURE_MIDDLE_MS, 20, 0);
  uc_conversation_fixture_apply (fixture->account, batch);
  open_surgery (fixture);
  uc_display_settle (fixture->window);
  uc_display_shot (fixture->window, "conversation-unread");
  uc_test_wait_until (has_divider, fixture, LIMIT_MS);
  g_assert_false (uc_timeline_view_is_at_end (get_view (fixture)));
  uc_test_wait_until (is_jump_shown, fixture, LIMIT_MS);
}

static gboolean
is_title_direct (gpointer user_data)
{
  Fixture *fixture = user_data;

  return g_str_equal (adw_navigation_page_get_title (ADW_NAVIGATION_PAGE (fixture->page)),
                      "Ben Moser");
}

static gboolean
has_no_rows (gpointer user_data)
{
  return !has_rows (user_data);
}

static void
test_switch (Fixture *fixture, gconstpointer n_plain)
{
  open_surgery (fixture);
  uc_conversation_page_open (fixture->page, UC_FIXTURE_DIRECT);
  g_assert_cmpstr (uc_conversation_page_get_channel_id (fixture->page), ==, UC_FIXTURE_DIRECT);
  uc_test_wait_until (is_title_direct, fixture, LIMIT_MS);
  uc_test_wait_until (has_no_rows, fixture, LIMIT_MS);
  open_surgery (fixture);
  g_assert_true (uc_timeline_view_is_at_end (get_view (fixture)));
  uc_conversation_page_open (fixture->page, NULL);
  g_assert_cmpstr (uc_conversation_page_get_channel_id (fixture->page), ==, "");
  uc_test_wait_until (has_no_rows, fixture, LIMIT_MS);
  /* As quick as hands can be. */
  for (int i = 0; i < 20; i++) {
    uc_conversation_page_open (fixture->page, i % 2 == 0 ? UC_FIXTURE_TOWN : UC_FIXTURE_SURGERY);
    if (i % 3 == 0)
      uc_conversation_page_open (fixture->page, NULL);
  }
  uc_test_wait_until (has_rows, fixture, LIMIT_MS);
  g_assert_null (fixture->notice);
}

/* A message far back in its place, and the way home. */
static void
test_jump (Fixture *fixture, gconstpointer n_plain)
{
  g_autoptr (UcTimelineItem) item = NULL;
  g_autofree char *post_id = NULL;
  UcTimelineView  *view;
  GtkWidget       *row;

  open_surgery (fixture);
  g_assert_false (is_jump_shown (fixture));
  view = get_view (fixture);
  for (guint i = 2; item == NULL; i++) {
    g_autoptr (UcTimelineItem) candidate =
        g_list_model_get_item (uc_timeline_view_get_model (view), i);

    if (uc_timeline_item_get_kind (candidate) == UC_ITEM_MESSAGE)
      item = g_steal_pointer (&candidate);
  }
  post_id = g_strdup (uc_timeline_item_get_message (item)->post->id);
  uc_conversation_page_open_message (fixture->page, UC_FIXTURE_SURGERY, post_id);
  uc_test_wait_until (is_jump_shown, fixture, LIMIT_MS);
  uc_display_settle (fixture->window);
  g_assert_false (uc_timeline_view_is_at_end (view));
  row = find (fixture, UC_TYPE_ROW_MESSAGE);
  g_assert_nonnull (row);
  uc_display_shot (fixture->window, "conversation-jump");

  g_signal_emit_by_name (
      find (fixture, GTK_TYPE_REVEALER) == NULL
          ? NULL
          : uc_conversation_fixture_find (find (fixture, GTK_TYPE_REVEALER), GTK_TYPE_BUTTON),
      "clicked");
  uc_test_wait_until (is_jump_hidden, fixture, LIMIT_MS);
  g_assert_true (uc_timeline_view_is_at_end (view));

  /* One that is nowhere is said so, and nothing breaks. */
  uc_conversation_page_open_message (fixture->page, UC_FIXTURE_SURGERY,
                                     "nosuchmessageyyyyyyyyyyyyyy");
}

/* What comes while one reads further up is counted, and moves nothing. */
static void
test_missed (Fixture *fixture, gconstpointer n_plain)
{
  UcTimelineView  *view;
  GtkAdjustment   *adjustment;
  g_autofree char *id = NULL;
  double           before, after;
  GtkWidget       *row;
  guint            position;

  open_surgery (fixture);
  view = get_view (fixture);
  adjustment = gtk_scrollable_get_vadjustment (GTK_SCROLLABLE (view));
  gtk_adjustment_set_value (adjustment, gtk_adjustment_get_value (adjustment) - 400);
  uc_display_settle (fixture->window);
  for (position = 0; uc_timeline_view_get_row (view, position, &before, NULL) == NULL; position++)
    ;
  row = uc_timeline_view_get_row (view, position, NULL, NULL);
  id = uc_conversation_fixture_post (fixture->account, UC_FIXTURE_BEN, "", "And one more thing.");
  uc_display_settle (fixture->window);
  uc_test_wait_until (is_jump_shown, fixture, LIMIT_MS);
  g_assert_true (uc_timeline_view_get_row (view, position, &after, NULL) == row);
  g_assert_cmpfloat_with_epsilon (before, after, 1);
}

static gboolean
is_plain_filled (gpointer user_data)
{
  GtkWidget *plain = find (user_data, UC_TYPE_TIMELINE_PLAIN);

  return plain != NULL && uc_conversation_fixture_find (plain, UC_TYPE_ROW_MESSAGE) != NULL;
}

static gboolean
is_view_filled (gpointer user_data)
{
  GtkWidget *view = find (user_data, UC_TYPE_TIMELINE_VIEW);

  return view != NULL && uc_conversation_fixture_find (view, UC_TYPE_ROW_MESSAGE) != NULL;
}

/* The flag works at once, both ways, and both lists follow what comes. */
static void
test_flag (Fixture *fixture, gconstpointer n_plain)
{
  UcFlags *flags = uc_session_get_flags (fixture->account->session);

  open_surgery (fixture);
  uc_flags_set_override (flags, UC_FLAG_virtual_scrolling, FALSE);
  g_assert_null (find (fixture, UC_TYPE_TIMELINE_VIEW));
  uc_test_wait_until (is_plain_filled, fixture, LIMIT_MS);
  uc_display_settle (fixture->window);
  uc_display_shot (fixture->window, "conversation-plain");
  g_assert_true (
      uc_timeline_plain_is_at_end (UC_TIMELINE_PLAIN (find (fixture, UC_TYPE_TIMELINE_PLAIN))));
  g_free (uc_conversation_fixture_post (fixture->account, UC_FIXTURE_BEN, "", "Still here?"));
  uc_display_settle (fixture->window);
  g_assert_true (
      uc_timeline_plain_is_at_end (UC_TIMELINE_PLAIN (find (fixture, UC_TYPE_TIMELINE_PLAIN))));

  uc_flags_set_override (flags, UC_FLAG_virtual_scrolling, TRUE);
  g_assert_null (find (fixture, UC_TYPE_TIMELINE_PLAIN));
  uc_test_wait_until (is_view_filled, fixture, LIMIT_MS);
  uc_display_settle (fixture->window);
  g_assert_true (uc_timeline_view_is_at_end (get_view (fixture)));
}

static gboolean
is_text (GtkWidget *window, const char *text)
{
  GtkTextView     *view = GTK_TEXT_VIEW (uc_conversation_fixture_find (window, GTK_TYPE_TEXT_VIEW));
  GtkTextBuffer   *buffer = gtk_text_view_get_buffer (view);
  g_autofree char *now = NULL;

  g_object_get (buffer, "text", &now, NULL);

  return g_str_equal (now, text);
}

static gboolean
is_composer_empty (gpointer user_data)
{
  Fixture *fixture = user_data;

  return is_text (fixture->window, "");
}

static UcMessage *
get_last_message (UcTimelineView *view)
{
  GListModel *model = uc_timeline_view_get_model (view);
  g_autoptr (UcTimelineItem) item =
      g_list_model_get_item (model, g_list_model_get_n_items (model) - 1);

  return uc_timeline_item_get_message (item);
}

/* What is written shows at once, though there is no server. */
static void
test_send (Fixture *fixture, gconstpointer n_plain)
{
  GtkWidget     *entry;
  GtkTextBuffer *buffer;

  open_surgery (fixture);
  uc_conversation_page_focus_composer (fixture->page);
  entry = find (fixture, GTK_TYPE_TEXT_VIEW);
  buffer = gtk_text_view_get_buffer (GTK_TEXT_VIEW (entry));
  gtk_text_buffer_set_text (buffer, "I am on my way to **room 12**", -1);
  g_assert_true (uc_conversation_fixture_press (entry, GDK_KEY_Return, 0));
  uc_test_wait_until (is_composer_empty, fixture, LIMIT_MS);
  uc_display_settle (fixture->window);
  g_assert_cmpstr (get_last_message (get_view (fixture))->post->message, ==,
                   "I am on my way to **room 12**");
  g_assert_cmpint (get_last_message (get_view (fixture))->send_state, ==, UC_SEND_QUEUED);
  g_assert_true (uc_timeline_view_is_at_end (get_view (fixture)));
  uc_display_shot (fixture->window, "conversation-sent");
}

static gboolean
is_failed (gpointer user_data)
{
  return get_last_message (get_view (user_data))->send_state == UC_SEND_FAILED;
}

static gboolean
is_gone (gpointer user_data)
{
  UcMessage *message = get_last_message (get_view (user_data));

  return message == NULL || !g_str_equal (message->post->message, "Refused");
}

/* What the server refuses says why, and can be thrown away. */
static void
test_failed (Fixture *fixture, gconstpointer n_plain)
{
  GtkWidget *entry, *row;
  UcBatch   *batch = uc_batch_new ();

  open_surgery (fixture);
  entry = find (fixture, GTK_TYPE_TEXT_VIEW);
  gtk_text_buffer_set_text (gtk_text_view_get_buffer (GTK_TEXT_VIEW (entry)), "Refused", -1);
  uc_conversation_fixture_press (entry, GDK_KEY_Return, 0);
  uc_test_wait_until (is_composer_empty, fixture, LIMIT_MS);
  uc_display_settle (fixture->window);
  uc_batch_outbox_set (batch, get_last_message (get_view (fixture))->key, UC_SEND_FAILED,
                       "The channel has been archived", 0);
  uc_conversation_fixture_apply (fixture->account, batch);
  uc_test_wait_until (is_failed, fixture, LIMIT_MS);
  uc_display_settle (fixture->window);
  uc_display_shot (fixture->window, "conversation-failed");
  row = uc_timeline_view_get_row (
      get_view (fixture),
      g_list_model_get_n_items (uc_timeline_view_get_model (get_view (fixture))) - 1, NULL, NULL);
  g_assert_true (gtk_widget_activate_action (row, "message.discard", NULL));
  uc_test_wait_until (is_gone, fixture, LIMIT_MS);
}

static GtkWidget *
get_sidebar (Fixture *fixture)
{
  return adw_overlay_split_view_get_sidebar (
      ADW_OVERLAY_SPLIT_VIEW (find (fixture, ADW_TYPE_OVERLAY_SPLIT_VIEW)));
}

static gboolean
has_thread (gpointer user_data)
{
  return uc_conversation_fixture_find (get_sidebar (user_data), UC_TYPE_ROW_MESSAGE) != NULL;
}

static gboolean
has_answer (gpointer user_data)
{
  GtkWidget *view = uc_conversation_fixture_find (get_sidebar (user_data), UC_TYPE_TIMELINE_VIEW);
  UcMessage *message = get_last_message (UC_TIMELINE_VIEW (view));

  return message != NULL && g_str_equal (message->post->message, "Agreed.");
}

static gboolean
has_no_thread (gpointer user_data)
{
  return !has_thread (user_data);
}

static void
test_thread (Fixture *fixture, gconstpointer n_plain)
{
  g_autofree char *root = NULL;
  g_autofree char *first = NULL;
  GtkWidget       *entry;

  open_surgery (fixture);
  root = uc_conversation_fixture_post (fixture->account, UC_FIXTURE_BEN, "",
                                       "Who takes the night shift on Friday?");
  first = uc_conversation_fixture_post (fixture->account, UC_FIXTURE_CARLA, root, "I can.");
  g_free (uc_conversation_fixture_post (fixture->account, UC_FIXTURE_BEN, root,
                                        "Thank you! Then I take Saturday."));
  uc_display_settle (fixture->window);
  uc_conversation_page_open_thread (fixture->page, root);
  uc_test_wait_until (has_thread, fixture, LIMIT_MS);
  for (int i = 0; i < 20; i++)
    uc_display_settle (fixture->window);
  uc_display_shot (fixture->window, "conversation-thread");
  /* An answer stands there as soon as it is written. */
  entry = uc_conversation_fixture_find (get_sidebar (fixture), GTK_TYPE_TEXT_VIEW);
  gtk_text_buffer_set_text (gtk_text_view_get_buffer (GTK_TEXT_VIEW (entry)), "Agreed.", -1);
  g_assert_true (uc_conversation_fixture_press (entry, GDK_KEY_Return, 0));
  uc_test_wait_until (has_answer, fixture, LIMIT_MS);

  uc_conversation_fixture_resize (fixture->window, 360, 720);
  for (int i = 0; i < 20; i++)
    uc_display_settle (fixture->window);
  uc_display_shot (fixture->window, "conversation-thread-360");

  /* Escape in the thread's composer closes it. */
  entry = uc_conversation_fixture_find (get_sidebar (fixture), GTK_TYPE_TEXT_VIEW);
  g_assert_true (uc_conversation_fixture_press (entry, GDK_KEY_Escape, 0));
  uc_test_wait_until (has_no_thread, fixture, LIMIT_MS);
}

/* With the keyboard alone: from the composer into the messages and back. */
static void
test_keyboard (Fixture *fixture, gconstpointer n_plain)
{
  GtkWidget *view, *row, *composer;

  open_surgery (fixture);
  view = GTK_WIDGET (get_view (fixture));
  uc_conversation_page_focus_composer (fixture->page);
  composer = gtk_root_get_focus (GTK_ROOT (fixture->window));
  g_assert_true (GTK_IS_TEXT_VIEW (composer));
  g_assert_true (gtk_widget_child_focus (fixture->window, GTK_DIR_TAB_BACKWARD));
  g_assert_true (GTK_IS_BUTTON (gtk_root_get_focus (GTK_ROOT (fixture->window))));
  for (int i = 0; i < 3 && gtk_widget_get_focus_child (view) == NULL; i++)
    g_assert_true (gtk_widget_child_focus (fixture->window, GTK_DIR_TAB_BACKWARD));
  row = gtk_root_get_focus (GTK_ROOT (fixture->window));
  g_assert_true (UC_IS_ROW_MESSAGE (row));
  uc_display_settle (fixture->window);
  uc_display_shot (fixture->window, "conversation-focus");
  g_assert_true (uc_conversation_fixture_press (view, GDK_KEY_Up, 0));
  g_assert_true (gtk_root_get_focus (GTK_ROOT (fixture->window)) != row);
  g_assert_true (uc_conversation_fixture_press (view, GDK_KEY_Down, 0));
  g_assert_true (gtk_root_get_focus (GTK_ROOT (fixture->window)) == row);
  /* Below the last row comes the composer. */
  for (int i = 0; i < 5 && gtk_root_get_focus (GTK_ROOT (fixture->window)) != composer; i++)
    uc_conversation_fixture_press (view, GDK_KEY_Down, 0);
  g_assert_true (gtk_root_get_focus (GTK_ROOT (fixture->window)) == composer);
}

static void
add (const char *path, guint n_plain, void (*test) (Fixture *, gconstpointer))
{
  g_test_add (path, Fixture, GUINT_TO_POINTER (n_plain), set_up, test, tear_down);
}

int
main (int argc, char **argv)
{
  /* GTK's accessibility for tests has no function for announcements, and calls it. */
  g_setenv ("GTK_A11Y", "none", TRUE);
  uc_display_init (&argc, &argv);

  add ("/ui/conversation-page/look", 40, test_look);
  add ("/ui/conversation-page/unread", 0, test_unread);
  add ("/ui/conversation-page/switch", 40, test_switch);
  add ("/ui/conversation-page/jump", 150, test_jump);
  add ("/ui/conversation-page/missed", 60, test_missed);
  add ("/ui/conversation-page/flag", 80, test_flag);
  add ("/ui/conversation-page/send", 10, test_send);
  add ("/ui/conversation-page/failed", 10, test_failed);
  add ("/ui/conversation-page/thread", 10, test_thread);
  add ("/ui/conversation-page/keyboard", 40, test_keyboard);

  return g_test_run ();
}
