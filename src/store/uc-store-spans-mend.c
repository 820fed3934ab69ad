/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Mends spans after messages went by other ways than deletion, or when a check found
 * them wrong. Spans are evidence that cannot be made again from messages, so mending
 * only ever takes claims back: what is not claimed any more is read again when somebody
 * looks at it. */

#include "config.h"

#include "uc-store-spans-private.h"

static const char *CHANNELS_SQL = "SELECT DISTINCT channel FROM spans ORDER BY channel";
/* Tombstones count: they say that nothing is missing there. */
static const char *FIRST_SQL = "SELECT seq FROM messages NOT INDEXED"
                               " WHERE channel = :channel AND seq BETWEEN :lo AND :hi"
                               " ORDER BY seq ASC LIMIT 1";
static const char *LAST_SQL = "SELECT seq FROM messages NOT INDEXED"
                              " WHERE channel = :channel AND seq BETWEEN :lo AND :hi"
                              " ORDER BY seq DESC LIMIT 1";
static const char *REMOVE_SQL = "DELETE FROM spans WHERE channel = :channel";
static const char *ADD_SQL =
    "INSERT INTO spans (channel, lo_seq, hi_seq, reaches_start, reaches_tip)"
    " VALUES (:channel, :lo, :hi, :start, :tip)";

static gboolean
find_message (UcDb         *db,
              const char   *sql,
              gint64        channel,
              const UcSpan *span,
              gint64       *seq,
              GError      **error)
{
  UcStmt  *stmt = uc_db_prepare (db, sql, error);
  gboolean has_row;

  if (stmt == NULL)
    return FALSE;
  uc_stmt_bind_int64 (stmt, ":channel", channel);
  uc_stmt_bind_int64 (stmt, ":lo", span->lo_seq);
  uc_stmt_bind_int64 (stmt, ":hi", span->hi_seq);
  if (!uc_stmt_step (stmt, &has_row, error))
    return FALSE;
  *seq = has_row ? uc_stmt_get_int64 (stmt, 0) : 0;
  uc_stmt_reset (stmt);
  return TRUE;
}

/* The ends move inwards to messages; what an end reached beyond its message is not
 * known any more. @is_left is FALSE when nothing lies inside. A span that says of a
 * channel that it is empty has no messages (0, 0), one that was written on from there
 * none at its low end. */
static gboolean
shrink (UcDb *db, gint64 channel, UcSpan *span, gboolean *is_left, GError **error)
{
  gint64 first;
  gint64 last;

  *is_left = TRUE;
  if (span->hi_seq == 0)
    return TRUE;
  if (!find_message (db, FIRST_SQL, channel, span, &first, error) ||
      !find_message (db, LAST_SQL, channel, span, &last, error))
    return FALSE;
  *is_left = first != 0;
  if (span->lo_seq != 0 && first != span->lo_seq) {
    span->lo_seq = first;
    span->reaches_start = FALSE;
  }
  if (last != span->hi_seq) {
    span->hi_seq = last;
    span->reaches_tip = FALSE;
  }
  return TRUE;
}

static int
compare_spans (gconstpointer a, gconstpointer b)
{
  gint64 left = ((const UcSpan *) a)->lo_seq;
  gint64 right = ((const UcSpan *) b)->lo_seq;

  return (left > right) - (left < right);
}

/* What overlaps is one; only the outermost ends reach further. */
static void
tidy (GArray *spans)
{
  g_array_sort (spans, compare_spans);
  for (guint i = 0; i + 1 < spans->len;) {
    UcSpan       *span = &g_array_index (spans, UcSpan, i);
    const UcSpan *next = &g_array_index (spans, UcSpan, i + 1);

    if (next->lo_seq > span->hi_seq) {
      i++;
      continue;
    }
    span->hi_seq = MAX (span->hi_seq, next->hi_seq);
    span->reaches_start |= next->reaches_start;
    span->reaches_tip |= next->reaches_tip;
    g_array_remove_index (spans, i + 1);
  }
  for (guint i = 0; i < spans->len; i++) {
    UcSpan *span = &g_array_index (spans, UcSpan, i);

    span->reaches_start &= i == 0;
    span->reaches_tip &= i + 1 == spans->len;
  }
}

static gboolean
write_all (UcDb *db, gint64 channel, GArray *spans, GError **error)
{
  UcStmt *stmt = uc_db_prepare (db, REMOVE_SQL, error);

  if (stmt == NULL)
    return FALSE;
  uc_stmt_bind_int64 (stmt, ":channel", channel);
  if (!uc_stmt_run (stmt, error))
    return FALSE;
  for (guint i = 0; i < spans->len; i++) {
    const UcSpan *span = &g_array_index (spans, UcSpan, i);

    stmt = uc_db_prepare (db, ADD_SQL, error);
    if (stmt == NULL)
      return FALSE;
    uc_stmt_bind_int64 (stmt, ":channel", channel);
    uc_stmt_bind_int64 (stmt, ":lo", span->lo_seq);
    uc_stmt_bind_int64 (stmt, ":hi", span->hi_seq);
    uc_stmt_bind_int64 (stmt, ":start", span->reaches_start);
    uc_stmt_bind_int64 (stmt, ":tip", span->reaches_tip);
    if (!uc_stmt_run (stmt, error))
      return FALSE;
  }
  return TRUE;
}

gboolean
_uc_spans_mend_all (UcDb *db, GError **error)
{
  g_autoptr (GArray) channels = g_array_new (FALSE, FALSE, sizeof (gint64));
  UcStmt  *stmt = uc_db_prepare (db, CHANNELS_SQL, error);
  gboolean has_row;

  if (stmt == NULL)
    return FALSE;
  do {
    gint64 channel;

    if (!uc_stmt_step (stmt, &has_row, error))
      return FALSE;
    channel = uc_stmt_get_int64 (stmt, 0);
    if (has_row)
      g_array_append_val (channels, channel);
  } while (has_row);

  for (guint i = 0; i < channels->len; i++) {
    gint64 channel = g_array_index (channels, gint64, i);
    g_autoptr (GArray) spans = _uc_spans_load_in (db, channel, 0, G_MAXINT64, error);

    for (guint j = spans != NULL ? spans->len : 0; j > 0; j--) {
      gboolean is_left;

      if (!shrink (db, channel, &g_array_index (spans, UcSpan, j - 1), &is_left, error))
        return FALSE;
      if (!is_left)
        g_array_remove_index (spans, j - 1);
    }
    if (spans == NULL)
      return FALSE;
    tidy (spans);
    if (!write_all (db, channel, spans, error))
      return FALSE;
  }
  return TRUE;
}

gboolean
_uc_spans_cut (UcDb *db, gint64 channel, gint64 floor_seq, gint64 *cut_seq, GError **error)
{
  g_autoptr (GArray) spans = _uc_spans_load_in (db, channel, 0, G_MAXINT64, error);

  *cut_seq = floor_seq;
  if (spans == NULL)
    return FALSE;
  for (guint i = spans->len; i > 0; i--) {
    UcSpan  *span = &g_array_index (spans, UcSpan, i - 1);
    gboolean is_left = span->hi_seq >= floor_seq;

    /* A channel that never had anything still has nothing. */
    if (span->lo_seq >= floor_seq || span->hi_seq == 0)
      continue;
    span->lo_seq = floor_seq;
    span->reaches_start = FALSE;
    if (is_left && !shrink (db, channel, span, &is_left, error))
      return FALSE;
    if (is_left)
      *cut_seq = span->lo_seq;
    else
      g_array_remove_index (spans, i - 1);
  }
  tidy (spans);
  return write_all (db, channel, spans, error);
}
