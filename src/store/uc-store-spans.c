/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Which stretches of a channel's history are complete. Spans grow by evidence alone:
 * a page that the server cut out of the whole channel, or a message that was pushed
 * while nothing could be missed. A message that came alone proves nothing. */

#include "config.h"

#include "uc-store-spans-private.h"

#include "uc-keys-private.h"

static const char *LOAD_SQL = "SELECT lo_seq, hi_seq, reaches_start, reaches_tip"
                              "  FROM spans"
                              " WHERE channel = :channel AND hi_seq >= :lo AND lo_seq <= :hi"
                              " ORDER BY lo_seq";
static const char *REMOVE_SQL =
    "DELETE FROM spans WHERE channel = :channel AND hi_seq >= :lo AND lo_seq <= :hi";
static const char *ADD_SQL =
    "INSERT INTO spans (channel, lo_seq, hi_seq, reaches_start, reaches_tip)"
    " VALUES (:channel, :lo, :hi, :start, :tip)";
/* Only the ends of a history can reach its start and its tip. They are looked for
 * first: an UPDATE of several rows makes the full-text index write itself out. */
static const char *UNTIDY_SQL =
    "SELECT EXISTS (SELECT 1 FROM spans s"
    "                WHERE s.channel = :channel"
    "                  AND ((s.reaches_start = 1"
    "                        AND s.lo_seq > (SELECT min (lo_seq) FROM spans WHERE channel = "
    ":channel))"
    "                       OR (s.reaches_tip = 1"
    "                           AND s.lo_seq < (SELECT max (lo_seq) FROM spans"
    "                                            WHERE channel = :channel))))";
static const char *TIDY_SQL =
    "UPDATE spans"
    "   SET reaches_start = reaches_start"
    "                       AND lo_seq = (SELECT min (lo_seq) FROM spans WHERE channel = :channel),"
    "       reaches_tip = reaches_tip"
    "                     AND lo_seq = (SELECT max (lo_seq) FROM spans WHERE channel = :channel)"
    " WHERE channel = :channel";
static const char *PUSH_SQL = "UPDATE spans"
                              "   SET hi_seq = :seq"
                              " WHERE channel = :channel AND reaches_tip = 1 AND hi_seq < :seq";
static const char *CLEAR_TIP_SQL =
    "UPDATE spans SET reaches_tip = 0 WHERE channel = :channel AND reaches_tip = 1";
/* Twelve bits of a key are not time, see UC_SEQ_BITS. */
static const char *CLAIM_TIP_SQL =
    "UPDATE spans"
    "   SET reaches_tip = 1"
    " WHERE channel = :channel AND reaches_tip = 0"
    "   AND lo_seq = (SELECT max (lo_seq) FROM spans WHERE channel = :channel)"
    "   AND hi_seq >= (SELECT last_post_at_ms << 12 FROM channels WHERE channel = :channel)";
static const char *TIPS_SQL = "SELECT c.id"
                              "  FROM spans s"
                              "  JOIN channels c USING (channel)"
                              " WHERE s.reaches_tip = 1"
                              " ORDER BY s.channel";
static const char *CLEAR_TIPS_SQL = "UPDATE spans SET reaches_tip = 0 WHERE reaches_tip = 1";

GArray *
_uc_spans_load_in (UcDb *db, gint64 channel, gint64 lo_seq, gint64 hi_seq, GError **error)
{
  g_autoptr (GArray) spans = g_array_new (FALSE, FALSE, sizeof (UcSpan));
  UcStmt  *stmt = uc_db_prepare (db, LOAD_SQL, error);
  gboolean has_row;

  if (stmt == NULL)
    return NULL;
  uc_stmt_bind_int64 (stmt, ":channel", channel);
  uc_stmt_bind_int64 (stmt, ":lo", lo_seq);
  uc_stmt_bind_int64 (stmt, ":hi", hi_seq);
  do {
    if (!uc_stmt_step (stmt, &has_row, error))
      return NULL;
    if (has_row) {
      UcSpan span = { uc_stmt_get_int64 (stmt, 0), uc_stmt_get_int64 (stmt, 1),
                      uc_stmt_get_int64 (stmt, 2) != 0, uc_stmt_get_int64 (stmt, 3) != 0 };

      g_array_append_val (spans, span);
    }
  } while (has_row);
  return g_steal_pointer (&spans);
}

GArray *
_uc_spans_load (UcDb *db, const char *channel_id, gint64 lo_seq, gint64 hi_seq, GError **error)
{
  gint64 channel;

  if (!_uc_key_find_channel (db, channel_id, &channel, error))
    return NULL;
  return _uc_spans_load_in (db, channel, lo_seq, hi_seq, error);
}

static gboolean
run_in_channel (UcDb *db, const char *sql, gint64 channel, GError **error)
{
  UcStmt *stmt = uc_db_prepare (db, sql, error);

  if (stmt == NULL)
    return FALSE;
  uc_stmt_bind_int64 (stmt, ":channel", channel);
  return uc_stmt_run (stmt, error);
}

static gboolean
tidy (UcDb *db, gint64 channel, GError **error)
{
  UcStmt  *stmt = uc_db_prepare (db, UNTIDY_SQL, error);
  gboolean has_row;
  gboolean is_untidy;

  if (stmt == NULL)
    return FALSE;
  uc_stmt_bind_int64 (stmt, ":channel", channel);
  if (!uc_stmt_step (stmt, &has_row, error))
    return FALSE;
  is_untidy = uc_stmt_get_int64 (stmt, 0) != 0;
  uc_stmt_reset (stmt);
  return !is_untidy || run_in_channel (db, TIDY_SQL, channel, error);
}

static gboolean
replace (UcDb *db, gint64 channel, const UcSpan *span, GError **error)
{
  UcStmt *stmt = uc_db_prepare (db, REMOVE_SQL, error);

  if (stmt == NULL)
    return FALSE;
  uc_stmt_bind_int64 (stmt, ":channel", channel);
  uc_stmt_bind_int64 (stmt, ":lo", span->lo_seq);
  uc_stmt_bind_int64 (stmt, ":hi", span->hi_seq);
  if (!uc_stmt_run (stmt, error) || (stmt = uc_db_prepare (db, ADD_SQL, error)) == NULL)
    return FALSE;
  uc_stmt_bind_int64 (stmt, ":channel", channel);
  uc_stmt_bind_int64 (stmt, ":lo", span->lo_seq);
  uc_stmt_bind_int64 (stmt, ":hi", span->hi_seq);
  uc_stmt_bind_int64 (stmt, ":start", span->reaches_start);
  uc_stmt_bind_int64 (stmt, ":tip", span->reaches_tip);
  return uc_stmt_run (stmt, error) && tidy (db, channel, error);
}

static gboolean
is_same (const UcSpan *a, const UcSpan *b)
{
  return a->lo_seq == b->lo_seq && a->hi_seq == b->hi_seq && a->reaches_start == b->reaches_start &&
         a->reaches_tip == b->reaches_tip;
}

gboolean
_uc_spans_merge (UcWrite      *write,
                 const char   *channel_id,
                 gint64        channel,
                 const UcSpan *span,
                 GError      **error)
{
  UcSpan merged = *span;
  g_autoptr (GArray) touched = NULL;

  /* Where the server says there is nothing beyond, no hole can be either. */
  touched = _uc_spans_load_in (write->db, channel, span->reaches_start ? G_MININT64 : span->lo_seq,
                               span->reaches_tip ? G_MAXINT64 : span->hi_seq, error);
  if (touched == NULL)
    return FALSE;
  for (guint i = 0; i < touched->len; i++) {
    const UcSpan *other = &g_array_index (touched, UcSpan, i);

    merged.lo_seq = MIN (merged.lo_seq, other->lo_seq);
    merged.hi_seq = MAX (merged.hi_seq, other->hi_seq);
    merged.reaches_start |= other->reaches_start;
    merged.reaches_tip |= other->reaches_tip;
  }
  if (touched->len == 1 && is_same (&merged, &g_array_index (touched, UcSpan, 0)))
    return TRUE;
  _uc_recorder_span (write->recorder, channel_id);
  return replace (write->db, channel, &merged, error);
}

gboolean
_uc_spans_push (UcWrite *write, const char *channel_id, gint64 channel, gint64 seq, GError **error)
{
  UcStmt *stmt = uc_db_prepare (write->db, PUSH_SQL, error);

  if (stmt == NULL)
    return FALSE;
  uc_stmt_bind_int64 (stmt, ":channel", channel);
  uc_stmt_bind_int64 (stmt, ":seq", seq);
  if (!uc_stmt_run (stmt, error))
    return FALSE;
  if (uc_db_get_changes (write->db) > 0)
    _uc_recorder_span (write->recorder, channel_id);
  return TRUE;
}

gboolean
_uc_spans_clear_tip (UcWrite *write, const char *channel_id, gint64 channel, GError **error)
{
  if (!run_in_channel (write->db, CLEAR_TIP_SQL, channel, error))
    return FALSE;
  if (uc_db_get_changes (write->db) > 0)
    _uc_recorder_span (write->recorder, channel_id);
  return TRUE;
}

gboolean
_uc_op_clear_tips (UcWrite *write, const UcOp *op, GError **error)
{
  UcStmt  *stmt = uc_db_prepare (write->db, TIPS_SQL, error);
  gboolean has_row;

  if (stmt == NULL)
    return FALSE;
  do {
    if (!uc_stmt_step (stmt, &has_row, error))
      return FALSE;
    if (has_row)
      _uc_recorder_span (write->recorder, uc_stmt_get_text (stmt, 0));
  } while (has_row);
  /* What was told before the gap may have been taken back in it. */
  _uc_early_clear (write->early);
  return uc_db_exec (write->db, CLEAR_TIPS_SQL, error);
}

gboolean
_uc_op_claim_tip (UcWrite *write, const UcOp *op, GError **error)
{
  gint64 channel;

  if (!_uc_key_find_channel (write->db, op->channel_id, &channel, error) ||
      !run_in_channel (write->db, CLAIM_TIP_SQL, channel, error))
    return FALSE;
  if (uc_db_get_changes (write->db) > 0)
    _uc_recorder_span (write->recorder, op->channel_id);
  return TRUE;
}
