/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A timeline in either of its lists: a flag that changes, a window that slides. */

#include "config.h"

#include "uc-conversation-list.h"

#include "uc-conversation-fixture.h"
#include "uc-display.h"
#include "uc-row-message.h"
#include "uc-test.h"
#include "uc-timeline-plain.h"
#include "uc-timeline-view.h"

#define LIMIT_MS 10000

typedef struct {
  UcAccountFixture   *account;
  UcRowContext       *context;
  UcTimeline         *timeline;
  GtkWidget          *window;
  UcConversationList *list;
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer n_plain)
{
  UcDirectory *directory;
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  fixture->account = uc_account_fixture_new ();
  uc_conversation_fixture_fill (fixture->account, GPOINTER_TO_UINT (n_plain));
  directory = uc_window_account_get_directory (fixture->account->account);
  fixture->context = uc_row_context_new (fixture->account->session, directory, FALSE);
  fixture->timeline =
      uc_timeline_new (fixture->account->session, directory, UC_FIXTURE_SURGERY, "");
  uc_timeline_open_async (fixture->timeline, NULL, uc_test_result_cb, &result);
  uc_test_wait_result (&result);
  uc_timeline_open_finish (fixture->timeline, result, NULL, &error);
  g_assert_no_error (error);
  fixture->window = gtk_window_new ();
  fixture->list = UC_CONVERSATION_LIST (uc_conversation_list_new (fixture->context));
  gtk_window_set_child (GTK_WINDOW (fixture->window), GTK_WIDGET (fixture->list));
  gtk_window_set_default_size (GTK_WINDOW (fixture->window), 600, 500);
  gtk_window_present (GTK_WINDOW (fixture->window));
  uc_conversation_list_set_timeline (fixture->list, fixture->timeline, -1);
  uc_display_settle (fixture->window);
}

static void
tear_down (Fixture *fixture, gconstpointer n_plain)
{
  g_object_ref (fixture->list);
  gtk_window_destroy (GTK_WINDOW (fixture->window));
  g_assert_finalize_object (fixture->list);
  g_object_unref (fixture->context);
  g_object_unref (fixture->timeline);
  uc_account_fixture_free (fixture->account);
}

static guint
get_n (Fixture *fixture)
{
  return g_list_model_get_n_items (G_LIST_MODEL (fixture->timeline));
}

static UcTimelineView *
get_view (Fixture *fixture)
{
  return UC_TIMELINE_VIEW (
      uc_conversation_fixture_find (GTK_WIDGET (fixture->list), UC_TYPE_TIMELINE_VIEW));
}

/* The message in the middle of what is seen, and where it stands. */
static UcTimelineItem *
get_middle (Fixture *fixture, double *y)
{
  UcTimelineView *view = get_view (fixture);

  for (guint i = 0; i < get_n (fixture); i++) {
    GtkWidget *row = uc_timeline_view_get_row (view, i, y, NULL);

    if (row != NULL && UC_IS_ROW_MESSAGE (row) && *y > 150)
      return g_list_model_get_item (G_LIST_MODEL (fixture->timeline), i);
  }
  g_assert_not_reached ();
}

/* Through the whole history: the window slides under the rows, and what is seen stays. */
static void
test_history (Fixture *fixture, gconstpointer n_plain)
{
  UcTimelineView *view = get_view (fixture);
  GtkAdjustment  *adjustment = gtk_scrollable_get_vadjustment (GTK_SCROLLABLE (view));
  guint           n_most = 0;

  for (int i = 0; i < 400; i++) {
    g_autoptr (UcTimelineItem) middle = NULL;
    double before, after;
    int    position;

    middle = get_middle (fixture, &before);
    gtk_adjustment_set_value (adjustment, gtk_adjustment_get_value (adjustment) - 100);
    uc_display_settle (fixture->window);
    n_most = MAX (n_most, get_n (fixture));
    position = uc_timeline_find (fixture->timeline, uc_timeline_item_get_message (middle)->key);
    g_assert_cmpint (position, >=, 0);
    g_assert_nonnull (uc_timeline_view_get_row (view, position, &after, NULL));
    if (after == before)
      break;
    g_assert_cmpfloat_with_epsilon (after, before + 100, 101);
    g_assert_cmpfloat (after, >=, before);
  }
  /* Come to the beginning, without having it all in memory. */
  {
    g_autoptr (UcTimelineItem) first = g_list_model_get_item (G_LIST_MODEL (fixture->timeline), 0);

    g_assert_cmpint (uc_timeline_item_get_kind (first), ==, UC_ITEM_START);
  }
  g_assert_cmpuint (n_most, <, GPOINTER_TO_UINT (n_plain));
  g_assert_false (uc_conversation_list_is_at_end (fixture->list));
}

static gboolean
is_at_end (gpointer user_data)
{
  return uc_conversation_list_is_at_end (((Fixture *) user_data)->list);
}

static void
test_newest (Fixture *fixture, gconstpointer n_plain)
{
  GtkAdjustment *adjustment;

  g_assert_true (is_at_end (fixture));
  adjustment = gtk_scrollable_get_vadjustment (GTK_SCROLLABLE (get_view (fixture)));
  for (int i = 0; i < 150 && uc_timeline_is_at_newest (fixture->timeline); i++) {
    gtk_adjustment_set_value (adjustment, gtk_adjustment_get_value (adjustment) - 400);
    uc_display_settle (fixture->window);
  }
  g_assert_false (uc_timeline_is_at_newest (fixture->timeline));
  g_assert_false (is_at_end (fixture));
  uc_conversation_list_show_newest (fixture->list);
  uc_test_wait_until (is_at_end, fixture, LIMIT_MS);
  uc_display_settle (fixture->window);
  g_assert_true (is_at_end (fixture));
  g_assert_nonnull (uc_timeline_view_get_row (get_view (fixture), get_n (fixture) - 1, NULL, NULL));
}

/* A flag of another name changes nothing; this one does, and back, wherever one is. */
static void
test_flag (Fixture *fixture, gconstpointer n_plain)
{
  UcFlags *flags = uc_session_get_flags (fixture->account->session);

  g_assert_false (uc_conversation_list_is_plain (fixture->list));
  uc_flags_set_override (flags, UC_FLAG_realtime_features, FALSE);
  g_assert_false (uc_conversation_list_is_plain (fixture->list));
  for (int i = 0; i < 4; i++) {
    uc_flags_set_override (flags, UC_FLAG_virtual_scrolling, i % 2 == 1);
    g_assert_true (uc_conversation_list_is_plain (fixture->list) == (i % 2 == 0));
    uc_display_settle (fixture->window);
    uc_test_wait_until (is_at_end, fixture, LIMIT_MS);
    g_assert_nonnull (
        uc_conversation_fixture_find (GTK_WIDGET (fixture->list), UC_TYPE_ROW_MESSAGE));
  }
  /* Tripped by the guard it is as if switched off. */
  uc_flags_set_override (flags, UC_FLAG_virtual_scrolling, -1);
  uc_flags_trip (flags, UC_FLAG_virtual_scrolling, "a test");
  g_assert_true (uc_conversation_list_is_plain (fixture->list));
}

static gboolean
has_first_block (gpointer user_data)
{
  Fixture *fixture = user_data;

  uc_display_settle (fixture->window);

  return get_n (fixture) >= 200;
}

static gboolean
has_second_block (gpointer user_data)
{
  Fixture *fixture = user_data;

  uc_display_settle (fixture->window);

  return get_n (fixture) >= 300;
}

/* The plain list fills its first block by itself and the next one when it is told. */
static void
test_plain (Fixture *fixture, gconstpointer n_plain)
{
  GtkWidget *button, *plain;
  guint      n_before;

  uc_flags_set_override (uc_session_get_flags (fixture->account->session),
                         UC_FLAG_virtual_scrolling, FALSE);
  uc_test_wait_until (has_first_block, fixture, LIMIT_MS);
  n_before = get_n (fixture);
  g_assert_cmpuint (n_before, <, 300);
  button = uc_conversation_fixture_find (GTK_WIDGET (fixture->list), GTK_TYPE_BUTTON);
  g_signal_emit_by_name (button, "clicked");
  uc_test_wait_until (has_second_block, fixture, LIMIT_MS);

  /* The keyboard comes into it, and from row to row. */
  gtk_widget_grab_focus (button);
  g_assert_true (gtk_widget_child_focus (GTK_WIDGET (fixture->list), GTK_DIR_TAB_FORWARD));
  plain = uc_conversation_fixture_find (GTK_WIDGET (fixture->list), UC_TYPE_TIMELINE_PLAIN);
  for (int i = 0; i < 4; i++) {
    GtkWidget *before = gtk_root_get_focus (GTK_ROOT (fixture->window));

    g_assert_true (UC_IS_ROW_MESSAGE (before));
    g_assert_true (uc_conversation_fixture_press (plain, GDK_KEY_Up, 0));
    g_assert_true (gtk_root_get_focus (GTK_ROOT (fixture->window)) != before);
  }
}

static void
add (const char *path, guint n_plain, void (*test) (Fixture *, gconstpointer))
{
  g_test_add (path, Fixture, GUINT_TO_POINTER (n_plain), set_up, test, tear_down);
}

int
main (int argc, char **argv)
{
  uc_display_init (&argc, &argv);

  add ("/ui/conversation-list/history", 600, test_history);
  add ("/ui/conversation-list/newest", 900, test_newest);
  add ("/ui/conversation-list/flag", 50, test_flag);
  add ("/ui/conversation-list/plain", 700, test_plain);

  return g_test_run ();
}
