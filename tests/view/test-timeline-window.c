/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The stretch of messages: pages put together, changes applied in any order and twice. */

#include "config.h"

#include "uc-timeline-window-private.h"

#include <string.h>

#define CHANNEL "channel"

static UcMessage *
new_message (const char *key, gint64 seq, const char *text)
{
  UcMessage *message = uc_message_new ();

  g_free (message->key);
  message->key = g_strdup (key);
  message->seq = seq;
  if (message->post == NULL)
    message->post = uc_post_new ();
  g_free (message->post->id);
  message->post->id = g_strdup (key);
  g_free (message->post->message);
  message->post->message = g_strdup (text);
  return message;
}

/* "a1 b2": messages by key and place. */
static UcWindow *
new_page (const char *text, gboolean has_older, gboolean has_newer)
{
  UcWindow *page = g_new0 (UcWindow, 1);
  g_auto (GStrv) words = g_strsplit (text, " ", -1);

  page->messages = g_ptr_array_new_with_free_func ((GDestroyNotify) uc_message_unref);
  page->spans = g_array_new (FALSE, FALSE, sizeof (UcSpan));
  page->has_older = has_older;
  page->has_newer = has_newer;
  for (guint i = 0; words[i] != NULL && *words[i] != '\0'; i++) {
    char key[2] = { words[i][0], '\0' };

    g_ptr_array_add (page->messages,
                     new_message (key, g_ascii_strtoll (words[i] + 1, NULL, 10), words[i]));
  }
  return page;
}

static gboolean
apply (UcTimelineWindow *window, UcMessageChangeKind kind, const char *channel, const char *word)
{
  char            key[2] = { word[0], '\0' };
  UcMessageChange change = { .kind = kind, .channel_id = (char *) channel };
  gboolean        shows;

  change.message = new_message (key, g_ascii_strtoll (word + 1, NULL, 10), word);
  shows = _uc_timeline_window_apply (window, &change);
  uc_message_unref (change.message);
  return shows;
}

static void
assert_window (const UcTimelineWindow *window, const char *expected)
{
  g_autoptr (GString) text = g_string_new (NULL);

  if (_uc_timeline_window_has_older (window))
    g_string_append (text, "< ");
  for (guint i = 0; i < window->messages->len; i++) {
    const UcMessage *message = window->messages->pdata[i];

    g_string_append_printf (text, "%s%" G_GINT64_FORMAT " ", message->key, message->seq);
    g_assert_true (g_hash_table_lookup (window->by_key, message->key) == message);
  }
  if (_uc_timeline_window_has_newer (window))
    g_string_append (text, ">");
  g_assert_cmpstr (g_strchomp (text->str), ==, expected);
  g_assert_cmpuint (g_hash_table_size (window->by_key), ==, window->messages->len);
}

static void
test_pages (void)
{
  g_autoptr (UcTimelineWindow) window = _uc_timeline_window_new (CHANNEL, "");
  g_autoptr (UcWindow) middle = new_page ("d40 e50", TRUE, TRUE);
  g_autoptr (UcWindow) older = new_page ("b20 c30", TRUE, TRUE);
  g_autoptr (UcWindow) oldest = new_page ("a10", FALSE, TRUE);
  g_autoptr (UcWindow) newer = new_page ("f60", TRUE, FALSE);
  g_autoptr (UcWindow) nothing = new_page ("", FALSE, FALSE);

  assert_window (window, "");
  _uc_timeline_window_replace (window, middle);
  assert_window (window, "< d40 e50 >");
  _uc_timeline_window_extend_older (window, older);
  assert_window (window, "< b20 c30 d40 e50 >");
  _uc_timeline_window_extend_newer (window, newer);
  assert_window (window, "< b20 c30 d40 e50 f60");
  _uc_timeline_window_extend_older (window, oldest);
  assert_window (window, "a10 b20 c30 d40 e50 f60");
  _uc_timeline_window_trim_older (window, 2);
  assert_window (window, "< c30 d40 e50 f60");
  _uc_timeline_window_trim_newer (window, 1);
  assert_window (window, "< c30 d40 e50 >");
  /* Never the last one. */
  _uc_timeline_window_trim_newer (window, 3);
  assert_window (window, "< c30 d40 e50 >");
  _uc_timeline_window_replace (window, nothing);
  assert_window (window, "");
}

static void
test_changes (void)
{
  g_autoptr (UcTimelineWindow) window = _uc_timeline_window_new (CHANNEL, "");
  g_autoptr (UcWindow) page = new_page ("c30 e50", TRUE, FALSE);

  _uc_timeline_window_replace (window, page);
  g_assert_true (apply (window, UC_MESSAGE_ADDED, CHANNEL, "d40"));
  assert_window (window, "< c30 d40 e50");
  /* Twice is once. */
  g_assert_true (apply (window, UC_MESSAGE_ADDED, CHANNEL, "d40"));
  assert_window (window, "< c30 d40 e50");
  /* Below the window, of another channel. */
  g_assert_false (apply (window, UC_MESSAGE_ADDED, CHANNEL, "b20"));
  g_assert_false (apply (window, UC_MESSAGE_ADDED, "other", "x45"));
  assert_window (window, "< c30 d40 e50");
  /* The end is open. */
  g_assert_true (apply (window, UC_MESSAGE_ADDED, CHANNEL, "f60"));
  /* The server's time puts it elsewhere. */
  g_assert_true (apply (window, UC_MESSAGE_CHANGED, CHANNEL, "f45"));
  assert_window (window, "< c30 d40 f45 e50");
  g_assert_true (apply (window, UC_MESSAGE_CHANGED, CHANNEL, "f10"));
  assert_window (window, "< c30 d40 e50");
  g_assert_true (apply (window, UC_MESSAGE_REMOVED, CHANNEL, "d40"));
  g_assert_false (apply (window, UC_MESSAGE_REMOVED, CHANNEL, "d40"));
  assert_window (window, "< c30 e50");
  /* Two swap their places one after the other. */
  g_assert_true (apply (window, UC_MESSAGE_CHANGED, CHANNEL, "e30"));
  g_assert_true (apply (window, UC_MESSAGE_CHANGED, CHANNEL, "c50"));
  assert_window (window, "< e30 c50");
}

static void
test_find (void)
{
  g_autoptr (UcTimelineWindow) window = _uc_timeline_window_new (CHANNEL, "");
  g_autoptr (UcWindow) page = new_page ("a10 b20 c30", FALSE, FALSE);
  g_autoptr (GArray) spans = g_array_new (FALSE, FALSE, sizeof (UcSpan));
  UcSpan span = { .lo_seq = 15, .hi_seq = 20 };

  _uc_timeline_window_replace (window, page);
  g_assert_cmpuint (_uc_timeline_window_find (window, 0), ==, 0);
  g_assert_cmpuint (_uc_timeline_window_find (window, 20), ==, 1);
  g_assert_cmpuint (_uc_timeline_window_find (window, 21), ==, 2);
  g_assert_cmpuint (_uc_timeline_window_find (window, 99), ==, 3);

  g_assert_false (_uc_timeline_window_is_covered (window, 20));
  g_array_append_val (spans, span);
  _uc_timeline_window_set_spans (window, spans);
  g_assert_true (_uc_timeline_window_is_covered (window, 20));
  g_assert_true (_uc_timeline_window_is_covered (window, 15));
  g_assert_false (_uc_timeline_window_is_covered (window, 21));
}

static void
test_thread (void)
{
  g_autoptr (UcTimelineWindow) window = _uc_timeline_window_new (CHANNEL, "r");
  UcMessageChange change = { .kind = UC_MESSAGE_ADDED, .channel_id = (char *) CHANNEL };
  g_autoptr (UcMessage) reply = new_message ("x", 20, "x");

  /* The root itself, a reply, nothing else. */
  g_assert_true (apply (window, UC_MESSAGE_ADDED, CHANNEL, "r10"));
  g_assert_false (apply (window, UC_MESSAGE_ADDED, CHANNEL, "q15"));
  g_free (reply->post->root_id);
  reply->post->root_id = g_strdup ("r");
  change.message = reply;
  g_assert_true (_uc_timeline_window_apply (window, &change));
  assert_window (window, "r10 x20");
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add_func ("/view/timeline-window/pages", test_pages);
  g_test_add_func ("/view/timeline-window/changes", test_changes);
  g_test_add_func ("/view/timeline-window/find", test_find);
  g_test_add_func ("/view/timeline-window/thread", test_thread);
  return g_test_run ();
}
