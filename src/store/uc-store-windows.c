/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Reads stretches of a conversation: its living messages in their order, and among them
 * the graves of roots that have replies (uc-store-replies.c). */

#include "config.h"

#include "uc-row-private.h"
#include "uc-store-messages-private.h"
#include "uc-store-spans-private.h"

#define IN_CHANNEL                                                                                 \
  " WHERE m.channel = (SELECT channel FROM channels WHERE id = :place) AND m.delete_at_ms = 0"
/* Both arms have an index; is_pinned of a deleted one: it is a grave. */
#define IN_THREAD                                                                                  \
  " WHERE (m.id = :place OR (m.root_id = :place AND m.root_id <> ''))"                             \
  " AND (m.delete_at_ms = 0 OR (m.id = :place AND m.is_pinned = 1))"
#define OLDER " AND m.seq < :seq ORDER BY m.seq DESC LIMIT :limit"
#define NEWER " AND m.seq > :seq ORDER BY m.seq ASC LIMIT :limit"

static const char *GRAVES_SQL =
    "SELECT " UC_MESSAGE_COLUMNS " FROM messages m INDEXED BY messages_graves"
    " CROSS JOIN channels c ON c.channel = m.channel"
    " CROSS JOIN users u ON u.user = m.user"
    " LEFT JOIN annotations a ON a.seq = m.seq AND a.source > 0"
    " LEFT JOIN preferences p ON p.category = 'flagged_post' AND p.name = m.id"
    " WHERE m.is_pinned = 1 AND m.seq > :lo AND m.seq < :hi AND m.delete_at_ms > 0"
    "   AND m.channel = (SELECT channel FROM channels WHERE id = :place)"
    " ORDER BY m.seq";
/* By Direction. */
static const char *CHANNEL_SQL[] = {
  "SELECT " UC_MESSAGE_COLUMNS UC_MESSAGE_TABLES IN_CHANNEL OLDER,
  "SELECT " UC_MESSAGE_COLUMNS UC_MESSAGE_TABLES IN_CHANNEL NEWER,
};
static const char *THREAD_SQL[] = {
  "SELECT " UC_MESSAGE_COLUMNS UC_MESSAGE_TABLES IN_THREAD OLDER,
  "SELECT " UC_MESSAGE_COLUMNS UC_MESSAGE_TABLES IN_THREAD NEWER,
};

typedef enum {
  DIRECTION_OLDER,
  DIRECTION_NEWER,
} Direction;

static int
compare_seq (gconstpointer a, gconstpointer b)
{
  const UcMessage *message_a = a, *message_b = b;

  return (message_a->seq > message_b->seq) - (message_a->seq < message_b->seq);
}

/* To @messages, oldest first, the graves between @lo_seq and @hi_seq; they are few and
 * count for no limit. */
static gboolean
add_graves (UcDb       *db,
            const char *channel_id,
            gint64      lo_seq,
            gint64      hi_seq,
            GPtrArray  *messages,
            GError    **error)
{
  UcStmt *stmt = uc_db_prepare (db, GRAVES_SQL, error);
  g_autoptr (GPtrArray) graves = NULL;

  if (stmt == NULL)
    return FALSE;
  uc_stmt_bind_text (stmt, ":place", channel_id);
  uc_stmt_bind_int64 (stmt, ":lo", lo_seq);
  uc_stmt_bind_int64 (stmt, ":hi", hi_seq);
  graves = _uc_message_read_all (db, stmt, error);
  if (graves == NULL)
    return FALSE;
  if (graves->len > 0) {
    g_ptr_array_extend_and_steal (messages, g_steal_pointer (&graves));
    g_ptr_array_sort_values (messages, compare_seq);
  }
  return TRUE;
}

/* From @seq, excluded, to the last of @messages or to the end. */
static gboolean
add_graves_on_way (UcDb       *db,
                   const char *channel_id,
                   Direction   direction,
                   gint64      seq,
                   gboolean    has_more,
                   GPtrArray  *messages,
                   GError    **error)
{
  const guint n = messages->len;

  if (has_more && n == 0)
    return TRUE;
  if (direction == DIRECTION_OLDER)
    return add_graves (db, channel_id,
                       has_more ? ((UcMessage *) messages->pdata[0])->seq : G_MININT64, seq,
                       messages, error);
  return add_graves (db, channel_id, seq,
                     has_more ? ((UcMessage *) messages->pdata[n - 1])->seq : G_MAXINT64, messages,
                     error);
}

/* Oldest first. One more than @limit is asked for, to see whether there are more. */
static GPtrArray *
read_direction (UcDb       *db,
                gboolean    is_thread,
                const char *place,
                Direction   direction,
                gint64      seq,
                guint       limit,
                gboolean   *has_more,
                GError    **error)
{
  UcStmt *stmt =
      uc_db_prepare (db, is_thread ? THREAD_SQL[direction] : CHANNEL_SQL[direction], error);
  g_autoptr (GPtrArray) messages = NULL;

  if (stmt == NULL)
    return NULL;
  uc_stmt_bind_text (stmt, ":place", place);
  uc_stmt_bind_int64 (stmt, ":seq", seq);
  uc_stmt_bind_int64 (stmt, ":limit", (gint64) limit + 1);
  messages = _uc_message_read_all (db, stmt, error);
  if (messages == NULL)
    return NULL;
  *has_more = messages->len > limit;
  if (*has_more)
    g_ptr_array_remove_index (messages, limit);
  if (direction == DIRECTION_OLDER) {
    for (guint i = 0, j = messages->len; i + 1 < j--; i++) {
      gpointer other = messages->pdata[i];

      messages->pdata[i] = messages->pdata[j];
      messages->pdata[j] = other;
    }
  }
  return is_thread || add_graves_on_way (db, place, direction, seq, *has_more, messages, error)
             ? g_steal_pointer (&messages)
             : NULL;
}

static gboolean
has_any (UcDb       *db,
         gboolean    is_thread,
         const char *place,
         Direction   direction,
         gint64      seq,
         gboolean   *answer,
         GError    **error)
{
  g_autoptr (GPtrArray) none =
      read_direction (db, is_thread, place, direction, seq, 0, answer, error);

  return none != NULL;
}

static gboolean
fill_window (UcDb        *db,
             UcWindow    *window,
             gboolean     is_thread,
             const char  *place,
             UcWindowKind kind,
             gint64       seq,
             guint        limit,
             GError     **error)
{
  g_autoptr (GPtrArray) newer = NULL;

  switch (kind) {
  case UC_WINDOW_NEWEST:
    window->messages = read_direction (db, is_thread, place, DIRECTION_OLDER, G_MAXINT64, limit,
                                       &window->has_older, error);
    return window->messages != NULL;
  case UC_WINDOW_BEFORE:
    window->messages = read_direction (db, is_thread, place, DIRECTION_OLDER, seq, limit,
                                       &window->has_older, error);
    return window->messages != NULL &&
           has_any (db, is_thread, place, DIRECTION_NEWER, seq - 1, &window->has_newer, error);
  case UC_WINDOW_AFTER:
    window->messages = read_direction (db, is_thread, place, DIRECTION_NEWER, seq, limit,
                                       &window->has_newer, error);
    return window->messages != NULL &&
           has_any (db, is_thread, place, DIRECTION_OLDER, seq + 1, &window->has_older, error);
  case UC_WINDOW_AROUND:
    window->messages = read_direction (db, is_thread, place, DIRECTION_OLDER, seq + 1, limit + 1,
                                       &window->has_older, error);
    newer = window->messages != NULL ? read_direction (db, is_thread, place, DIRECTION_NEWER, seq,
                                                       limit, &window->has_newer, error)
                                     : NULL;
    if (newer == NULL)
      return FALSE;
    g_ptr_array_extend_and_steal (window->messages, g_steal_pointer (&newer));
    return TRUE;
  default:
    g_assert_not_reached ();
  }
}

/* A thread may be asked for by the id its root had before it was sent, or by its key. */
static char *
dup_root_id (UcDb *db, const char *root_id, GError **error)
{
  gint64 seq;
  char  *id = NULL;

  if (!_uc_message_find (db, root_id, &seq, error) || !_uc_message_dup_id (db, seq, &id, error))
    return NULL;
  return id != NULL ? id : g_strdup (root_id);
}

static gboolean
load_spans (UcDb *db, UcWindow *window, const char *channel_id, GError **error)
{
  guint  n = window->messages->len;
  gint64 lo_seq = G_MININT64;
  gint64 hi_seq = G_MAXINT64;

  if (n > 0 && window->has_older)
    lo_seq = ((UcMessage *) g_ptr_array_index (window->messages, 0))->seq;
  if (n > 0 && window->has_newer)
    hi_seq = ((UcMessage *) g_ptr_array_index (window->messages, n - 1))->seq;
  window->spans = _uc_spans_load (db, channel_id, lo_seq, hi_seq, error);
  return window->spans != NULL;
}

UcWindow *
_uc_message_load_window (UcDb        *db,
                         const char  *channel_id,
                         const char  *root_id,
                         UcWindowKind kind,
                         gint64       seq,
                         guint        limit,
                         GError     **error)
{
  g_autoptr (UcWindow) window = g_new0 (UcWindow, 1);
  gboolean         is_thread = *root_id != '\0';
  g_autofree char *place = is_thread ? dup_root_id (db, root_id, error) : g_strdup (channel_id);

  if (place == NULL || !fill_window (db, window, is_thread, place, kind, seq, limit, error))
    return NULL;
  if (is_thread)
    window->spans = g_array_new (FALSE, FALSE, sizeof (UcSpan));
  else if (!load_spans (db, window, channel_id, error))
    return NULL;
  return g_steal_pointer (&window);
}
