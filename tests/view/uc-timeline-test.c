/* SPDX-License-Identifier: GPL-3.0-or-later */
/* See uc-timeline-test.h. */

#include "config.h"

#include "uc-timeline-test.h"

#include <string.h>

static int
open_timeline (UcTimeline *timeline)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  int position = G_MAXINT;

  uc_timeline_open_async (timeline, NULL, uc_test_result_cb, &result);
  uc_test_wait_result (&result);
  uc_timeline_open_finish (timeline, result, &position, &error);
  g_assert_no_error (error);
  return position;
}

void
uc_timeline_test_set_up_bare (Fixture *fixture, gconstpointer data)
{
  fixture->account = uc_view_test_new ();
}

void
uc_timeline_test_open (Fixture *fixture, const char *root_id)
{
  fixture->timeline = uc_timeline_new (fixture->account->session, fixture->account->directory,
                                       TEST_CHANNEL, root_id);
  fixture->watched = uc_test_model_watch (G_LIST_MODEL (fixture->timeline));
  fixture->open_position = open_timeline (fixture->timeline);
  uc_view_test_settle (fixture->account);
}

void
uc_timeline_test_set_up (Fixture *fixture, gconstpointer data)
{
  uc_timeline_test_set_up_bare (fixture, data);
  /* p0 … p499, a minute apart, the whole history. */
  uc_view_test_page (fixture->account, 0, 500, TEST_MINUTE, UC_PAGE_LATEST, 0, TRUE, TRUE);
  uc_timeline_test_open (fixture, "");
}

void
uc_timeline_test_tear_down (Fixture *fixture, gconstpointer data)
{
  uc_view_test_settle (fixture->account);
  uc_test_model_check (fixture->watched);
  uc_test_model_free (fixture->watched);
  g_assert_finalize_object (fixture->timeline);
  uc_view_test_free (fixture->account);
}

char *
uc_timeline_test_dup_rows (Fixture *fixture, guint first, guint n)
{
  GString *text = g_string_new (NULL);

  for (guint i = first; i < first + n; i++) {
    g_autoptr (UcTimelineItem) item = g_list_model_get_item (G_LIST_MODEL (fixture->timeline), i);
    static const char *const marks[] = { "", "", "D", "U", "#", "^" };
    UcMessage               *message;

    if (item == NULL)
      break;
    message = uc_timeline_item_get_message (item);
    g_string_append_printf (text, "%s%s", text->len > 0 ? " " : "",
                            message != NULL ? message->post->message
                                            : marks[uc_timeline_item_get_kind (item)]);
  }
  return g_string_free_and_steal (text);
}

void
uc_timeline_test_assert_rows (Fixture *fixture, const char *expected)
{
  g_autofree char *rows = NULL;

  uc_view_test_settle (fixture->account);
  uc_test_model_check (fixture->watched);
  rows = uc_timeline_test_dup_rows (fixture, 0, G_MAXINT);
  g_assert_cmpstr (rows, ==, expected);
}

guint
uc_timeline_test_count (Fixture *fixture)
{
  return g_list_model_get_n_items (G_LIST_MODEL (fixture->timeline));
}

UcTimelineItem *
uc_timeline_test_get_item (Fixture *fixture, const char *post_id_or_key)
{
  int position = uc_timeline_find (fixture->timeline, post_id_or_key);

  g_assert_cmpint (position, >=, 0);
  return g_list_model_get_item (G_LIST_MODEL (fixture->timeline), (guint) position);
}

/* Rows as they would be had the timeline been opened just now on the same stretch. */
static void
check_rebuilt (Fixture *fixture, UcWindow *all)
{
  UcTimeline      *timeline = fixture->timeline;
  UcTimelineLayout layout = { .my_user_id = uc_session_get_user_id (fixture->account->session),
                              .divider_ms = timeline->divider_ms };
  g_autoptr (UcTimelineWindow) fresh =
      _uc_timeline_window_new (timeline->channel_id, timeline->root_id);
  g_autoptr (UcWindow) stretch = g_new0 (UcWindow, 1);
  g_autoptr (GArray) spans = uc_test_store_spans (fixture->account->store, TEST_CHANNEL);
  g_autoptr (GArray) rows = NULL;

  stretch->messages = g_ptr_array_new_with_free_func ((GDestroyNotify) uc_message_unref);
  stretch->spans = g_array_new (FALSE, FALSE, sizeof (UcSpan));
  stretch->has_older = _uc_timeline_window_has_older (timeline->window);
  stretch->has_newer = _uc_timeline_window_has_newer (timeline->window);
  for (guint i = 0; i < all->messages->len; i++) {
    UcMessage *message = all->messages->pdata[i];

    if (message->seq >= timeline->window->lo_seq && message->seq <= timeline->window->hi_seq)
      g_ptr_array_add (stretch->messages, uc_message_ref (message));
  }
  _uc_timeline_window_replace (fresh, stretch);
  /* The first message of the stretch may be gone since; its bounds hold. */
  fresh->lo_seq = timeline->window->lo_seq;
  fresh->hi_seq = timeline->window->hi_seq;
  _uc_timeline_window_set_spans (fresh, spans);
  rows = _uc_timeline_layout_rows (fresh, &layout);
  g_assert_cmpuint (uc_timeline_test_count (fixture), ==, rows->len);
  for (guint i = 0; i < rows->len; i++) {
    const UcTimelineRow *row = &g_array_index (rows, UcTimelineRow, i);
    g_autoptr (UcTimelineItem) item = g_list_model_get_item (G_LIST_MODEL (timeline), i);

    g_assert_cmpint (uc_timeline_item_get_kind (item), ==, row->kind);
    g_assert_cmpstr (uc_timeline_item_get_key (item), ==, row->key);
    g_assert_cmpint (uc_timeline_item_get_time_ms (item), ==, row->time_ms);
    g_assert_cmpint (_uc_timeline_item_get_before_seq (item), ==, row->before_seq);
    g_assert_cmpint (uc_timeline_item_is_grouped (item), ==, row->is_grouped);
    if (row->message != NULL) {
      g_assert_cmpint (uc_timeline_item_get_message (item)->post->reply_count, ==,
                       row->message->post->reply_count);
      g_assert_cmpint (uc_timeline_item_get_message (item)->post->delete_at_ms, ==,
                       row->message->post->delete_at_ms);
    }
  }
}

void
uc_timeline_test_check (Fixture *fixture)
{
  UcTimelineWindow *window = fixture->timeline->window;
  g_autoptr (UcWindow) all =
      uc_test_store_window_at (fixture->account->store, TEST_CHANNEL, UC_WINDOW_NEWEST, 0, 100000);
  guint first = 0;
  guint at;

  uc_test_model_check (fixture->watched);
  g_assert_cmpuint (window->messages->len, <=, 500);
  if (window->messages->len > 0) {
    const UcMessage *oldest = window->messages->pdata[0];

    while (first < all->messages->len &&
           ((UcMessage *) all->messages->pdata[first])->seq < oldest->seq)
      first++;
  }
  if (!_uc_timeline_window_has_older (window))
    g_assert_cmpuint (first, ==, 0);
  at = first;
  for (guint i = 0; i < uc_timeline_test_count (fixture); i++) {
    g_autoptr (UcTimelineItem) item = g_list_model_get_item (G_LIST_MODEL (fixture->timeline), i);
    UcMessage *shown = uc_timeline_item_get_message (item);
    UcMessage *stored;

    if (shown == NULL)
      continue;
    g_assert_cmpuint (at, <, all->messages->len);
    stored = all->messages->pdata[at++];
    g_assert_cmpint (shown->seq, ==, stored->seq);
    g_assert_cmpstr (shown->key, ==, stored->key);
    g_assert_cmpstr (shown->post->id, ==, stored->post->id);
    g_assert_cmpstr (shown->post->message, ==, stored->post->message);
    g_assert_cmpint (shown->send_state, ==, stored->send_state);
    g_assert_cmpstr (shown->edit_text, ==, stored->edit_text);
    g_assert_cmpstr (uc_timeline_item_get_key (item), ==, shown->key);
  }
  g_assert_cmpuint (at - first, ==, window->messages->len);
  if (!_uc_timeline_window_has_newer (window))
    g_assert_cmpuint (at, ==, all->messages->len);
  check_rebuilt (fixture, all);
}

static void
changed_cb (UcTimelineItem *item, Watch *watch)
{
  g_assert_cmpuint (uc_timeline_item_get_revision (item), >, watch->revision);
  watch->revision = uc_timeline_item_get_revision (item);
  watch->n_changed++;
}

void
uc_timeline_test_watch (UcTimelineItem *item, Watch *watch)
{
  watch->revision = uc_timeline_item_get_revision (item);
  g_signal_connect (item, "changed", G_CALLBACK (changed_cb), watch);
}
