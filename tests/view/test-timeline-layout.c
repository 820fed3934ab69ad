/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Which rows a stretch makes: days, groups, the divider, holes, the beginning. The zone
 * is UTC. */

#include "config.h"

#include "uc-timeline-layout-private.h"

#include <string.h>

/* 2026-11-20 00:00 UTC */
#define MIDNIGHT_MS G_GINT64_CONSTANT (1795132800000)
#define MINUTE      (60 * 1000)
#define DAY         (24 * 60 * MINUTE)

typedef struct {
  UcTimelineWindow *window;
  UcTimelineLayout  layout;
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer data)
{
  fixture->window = _uc_timeline_window_new ("channel", data != NULL ? data : "");
  fixture->layout.my_user_id = "me";
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  _uc_timeline_window_free (fixture->window);
}

static void
set (char **field, const char *value)
{
  g_free (*field);
  *field = g_strdup (value);
}

static UcPost *
add (Fixture *fixture, const char *key, const char *user_id, gint64 at_ms)
{
  UcMessageChange change = { .kind = UC_MESSAGE_ADDED, .channel_id = fixture->window->channel_id };
  g_autoptr (UcMessage) message = uc_message_new ();

  if (message->post == NULL)
    message->post = uc_post_new ();
  set (&message->key, key);
  set (&message->post->id, key);
  set (&message->post->user_id, user_id);
  set (&message->post->root_id, fixture->window->root_id);
  message->post->create_at_ms = MIDNIGHT_MS + at_ms;
  message->seq = UC_SEQ_FROM_MS (MIDNIGHT_MS + at_ms);
  change.message = message;
  g_assert_true (_uc_timeline_window_apply (fixture->window, &change));
  return message->post;
}

static void
add_span (Fixture *fixture, gint64 lo_ms, gint64 hi_ms, gboolean reaches_start)
{
  UcSpan span = { .lo_seq = UC_SEQ_FROM_MS (MIDNIGHT_MS + lo_ms),
                  .hi_seq = UC_SEQ_FROM_MS (MIDNIGHT_MS + hi_ms),
                  .reaches_start = reaches_start };

  g_array_append_val (fixture->window->spans, span);
}

/* Messages by key, with + when grouped, ! of the system; D day, U unread, ^ beginning,
 * # hole with the minutes of what is below it. */
static void
assert_rows (Fixture *fixture, const char *expected)
{
  g_autoptr (GArray) rows = _uc_timeline_layout_rows (fixture->window, &fixture->layout);
  g_autoptr (GString) text = g_string_new (NULL);
  g_autoptr (GHashTable) keys = g_hash_table_new (g_str_hash, g_str_equal);

  for (guint i = 0; i < rows->len; i++) {
    const UcTimelineRow *row = &g_array_index (rows, UcTimelineRow, i);

    g_assert_true (g_hash_table_add (keys, row->key));
    g_string_append_c (text, i > 0 ? ' ' : '|');
    switch (row->kind) {
    case UC_ITEM_MESSAGE:
      g_string_append_printf (text, "%s%s", row->key, row->is_grouped ? "+" : "");
      break;
    case UC_ITEM_SYSTEM:
      g_string_append_printf (text, "%s!", row->key);
      break;
    case UC_ITEM_DAY:
      g_string_append_printf (text, "D%d", (int) ((row->time_ms - MIDNIGHT_MS) / DAY));
      break;
    case UC_ITEM_UNREAD:
      g_string_append_c (text, 'U');
      break;
    case UC_ITEM_START:
      g_string_append_c (text, '^');
      break;
    case UC_ITEM_HOLE:
    default:
      g_string_append_printf (
          text, "#%d",
          row->before_seq == 0 ? -1
                               : (int) ((UC_SEQ_TO_MS (row->before_seq) - MIDNIGHT_MS) / MINUTE));
      break;
    }
  }
  g_assert_cmpstr (text->str + (text->len > 0 ? 1 : 0), ==, expected);
}

static void
test_groups (Fixture *fixture, gconstpointer data)
{
  UcPost *post;

  add_span (fixture, 0, DAY, TRUE);
  add (fixture, "a", "anna", 1 * MINUTE);
  add (fixture, "b", "anna", 3 * MINUTE);
  add (fixture, "c", "anna", 8 * MINUTE);
  add (fixture, "d", "ben", 9 * MINUTE);
  post = add (fixture, "e", "ben", 10 * MINUTE);
  set (&post->type, "system_join_channel");
  add (fixture, "f", "ben", 11 * MINUTE);
  post = add (fixture, "g", "ben", 12 * MINUTE);
  set (&post->root_id, "a");
  post = add (fixture, "h", "ben", 13 * MINUTE);
  set (&post->root_id, "a");
  post = add (fixture, "i", "ben", 14 * MINUTE);
  post->override_name = g_strdup ("Robot");
  assert_rows (fixture, "^ D0 a b+ c d e! f g h+ i");
}

static void
test_days (Fixture *fixture, gconstpointer data)
{
  add_span (fixture, 0, 4 * DAY, TRUE);
  add (fixture, "a", "anna", DAY - MINUTE);
  add (fixture, "b", "anna", DAY);
  add (fixture, "c", "anna", DAY + MINUTE);
  add (fixture, "d", "anna", 3 * DAY);
  /* Midnight parts a group. */
  assert_rows (fixture, "^ D0 a D1 b c+ D3 d");
}

static void
test_divider (Fixture *fixture, gconstpointer data)
{
  add_span (fixture, 0, DAY, TRUE);
  add (fixture, "a", "anna", 1 * MINUTE);
  add (fixture, "b", "me", 2 * MINUTE);
  add (fixture, "c", "anna", 3 * MINUTE);
  add (fixture, "d", "anna", 4 * MINUTE);
  assert_rows (fixture, "^ D0 a b c d+");
  fixture->layout.divider_ms = MIDNIGHT_MS + 1 * MINUTE;
  /* Not before one's own; it parts a group. */
  assert_rows (fixture, "^ D0 a b U c d+");
  fixture->layout.divider_ms = MIDNIGHT_MS + 3 * MINUTE;
  assert_rows (fixture, "^ D0 a b c U d");
  fixture->layout.divider_ms = MIDNIGHT_MS + 4 * MINUTE;
  assert_rows (fixture, "^ D0 a b c d+");
  /* All unread. */
  fixture->layout.divider_ms = 1;
  assert_rows (fixture, "^ D0 U a b c d+");
  /* What comes before the first is not here: the first unread one may be there. */
  _uc_timeline_window_trim_older (fixture->window, 1);
  assert_rows (fixture, "D0 b U c d+");
  _uc_timeline_window_trim_older (fixture->window, 1);
  assert_rows (fixture, "D0 c d+");
}

static void
test_holes (Fixture *fixture, gconstpointer data)
{
  /* Nothing is known: one hole above all, also when there is nothing. */
  assert_rows (fixture, "#-1");
  add (fixture, "c", "anna", 30 * MINUTE);
  assert_rows (fixture, "#30 D0 c");
  add (fixture, "d", "ben", 40 * MINUTE);
  add (fixture, "g", "anna", 70 * MINUTE);
  add (fixture, "h", "ben", 80 * MINUTE);
  add_span (fixture, 30 * MINUTE, 40 * MINUTE, FALSE);
  add_span (fixture, 70 * MINUTE, 80 * MINUTE, FALSE);
  assert_rows (fixture, "#30 D0 c d #70 g h");
  /* Known alone, inside a hole: the hole stands below. */
  add (fixture, "f", "anna", 60 * MINUTE);
  add (fixture, "a", "anna", 10 * MINUTE);
  assert_rows (fixture, "D0 a #30 c d f #70 g h");
  g_array_index (fixture->window->spans, UcSpan, 0).reaches_start = TRUE;
  assert_rows (fixture, "^ D0 a c d f #70 g h");
}

static void
test_holes_of_a_part (Fixture *fixture, gconstpointer data)
{
  add (fixture, "c", "anna", 30 * MINUTE);
  add (fixture, "d", "ben", 40 * MINUTE);
  add (fixture, "g", "anna", 70 * MINUTE);
  add (fixture, "h", "ben", 80 * MINUTE);
  add_span (fixture, 30 * MINUTE, 40 * MINUTE, TRUE);
  add_span (fixture, 70 * MINUTE, 80 * MINUTE, FALSE);
  _uc_timeline_window_trim_older (fixture->window, 1);
  assert_rows (fixture, "D0 d #70 g h");
  /* The window begins at a hole's lower edge. */
  _uc_timeline_window_trim_older (fixture->window, 1);
  assert_rows (fixture, "#70 D0 g h");
  _uc_timeline_window_trim_older (fixture->window, 1);
  assert_rows (fixture, "D0 h");
}

static void
test_holes_of_deleted (Fixture *fixture, gconstpointer data)
{
  /* The first of the newest span is gone, then all of it. */
  add (fixture, "a", "anna", 10 * MINUTE);
  add (fixture, "g", "anna", 70 * MINUTE);
  add_span (fixture, 10 * MINUTE, 10 * MINUTE, TRUE);
  add_span (fixture, 60 * MINUTE, 70 * MINUTE, FALSE);
  assert_rows (fixture, "^ D0 a #60 g");
  _uc_timeline_window_trim_newer (fixture->window, 1);
  assert_rows (fixture, "^ D0 a");
  fixture->window->hi_seq = G_MAXINT64;
  assert_rows (fixture, "^ D0 a #60");
}

static void
test_thread (Fixture *fixture, gconstpointer data)
{
  add_span (fixture, 0, 10 * MINUTE, FALSE);
  add (fixture, "a", "anna", 1 * MINUTE);
  add (fixture, "b", "anna", 2 * MINUTE);
  assert_rows (fixture, "D0 a b+");
}

/* Times that no calendar has: still one key a row. */
static void
test_absurd_times (Fixture *fixture, gconstpointer data)
{
  add_span (fixture, 0, DAY, TRUE);
  add (fixture, "a", "anna", 1 * MINUTE);
  add (fixture, "b", "anna", G_GINT64_CONSTANT (1000000000000000));
  add (fixture, "c", "anna", G_GINT64_CONSTANT (1100000000000000));
  assert_rows (fixture, "^ D0 a D11574074 b c");
}

int
main (int argc, char *argv[])
{
  g_setenv ("TZ", "UTC", TRUE);
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
#define ADD(path, root, func)                                                                      \
  g_test_add ("/view/timeline-layout/" path, Fixture, root, set_up, func, tear_down)
  ADD ("groups", NULL, test_groups);
  ADD ("days", NULL, test_days);
  ADD ("divider", NULL, test_divider);
  ADD ("holes", NULL, test_holes);
  ADD ("holes-of-a-part", NULL, test_holes_of_a_part);
  ADD ("holes-of-deleted", NULL, test_holes_of_deleted);
  ADD ("thread", "root", test_thread);
  ADD ("absurd-times", NULL, test_absurd_times);
#undef ADD
  return g_test_run ();
}
