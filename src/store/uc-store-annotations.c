/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What messages are about: one row for each, a placeholder until somebody knows. */

#include "config.h"

#include "uc-store-annotations-private.h"

#include "uc-row-private.h"

#define BATCH_ROWS 1000

static const char *HOLD_SQL = "INSERT INTO annotations (seq) VALUES (:seq) ON CONFLICT DO NOTHING";
static const char *PUT_SQL =
    "INSERT INTO annotations (seq, category, priority, source, confidence, model, actions, at_ms)"
    " SELECT seq, :category, :priority, :source, :confidence, :model, :actions, :at"
    "   FROM messages WHERE seq = :seq AND delete_at_ms = 0"
    " ON CONFLICT (seq) DO UPDATE"
    "   SET category = excluded.category,"
    "       priority = excluded.priority,"
    "       source = excluded.source,"
    "       confidence = excluded.confidence,"
    "       model = excluded.model,"
    "       actions = excluded.actions,"
    "       at_ms = excluded.at_ms"
    " WHERE excluded.source > source OR (excluded.source = source AND excluded.at_ms > at_ms)";
static const char *CLEAR_SQL = "DELETE FROM annotations WHERE seq = :seq";
static const char *NEXT_SQL =
    "SELECT seq FROM messages WHERE seq > :after ORDER BY seq LIMIT :limit";
/* Up to a key, so that one statement does the whole batch. */
static const char *BATCH_SQL = "INSERT INTO annotations (seq)"
                               " SELECT seq FROM messages"
                               "  WHERE seq > :after AND seq <= :last AND delete_at_ms = 0 AND "
                               "type NOT LIKE 'system\\_%' ESCAPE '\\'"
                               " ON CONFLICT DO NOTHING";

gboolean
_uc_annotation_hold_place (UcWrite *write, gint64 seq, GError **error)
{
  return _uc_row_run_int64 (write->db, HOLD_SQL, ":seq", seq, error);
}

gboolean
_uc_annotation_put (UcWrite *write, gint64 seq, UcAnnotation *annotation, GError **error)
{
  UcStmt *stmt = uc_db_prepare (write->db, PUT_SQL, error);

  if (stmt == NULL)
    return FALSE;
  uc_stmt_bind_int64 (stmt, ":seq", seq);
  uc_stmt_bind_int64 (stmt, ":category", annotation->category);
  uc_stmt_bind_int64 (stmt, ":priority", annotation->priority);
  uc_stmt_bind_int64 (stmt, ":source", annotation->source);
  uc_stmt_bind_double (stmt, ":confidence", annotation->confidence);
  uc_stmt_bind_text (stmt, ":model", annotation->model);
  uc_stmt_bind_text (stmt, ":actions", annotation->actions);
  uc_stmt_bind_int64 (stmt, ":at", annotation->at_ms);
  if (!uc_stmt_run (stmt, error))
    return FALSE;
  if (uc_db_get_changes (write->db) > 0)
    _uc_recorder_message_changed (write->recorder, seq);
  return TRUE;
}

gboolean
_uc_annotation_clear (UcWrite *write, gint64 seq, GError **error)
{
  return _uc_row_run_int64 (write->db, CLEAR_SQL, ":seq", seq, error);
}

/* The key of the last message of the next batch; that of the last one of all when
 * fewer are left, 0 when none is. */
static gboolean
find_end (UcDb *db, gint64 after, gint64 *last, guint *n_rows, GError **error)
{
  UcStmt  *stmt = uc_db_prepare (db, NEXT_SQL, error);
  gboolean has_row;

  if (stmt == NULL)
    return FALSE;
  uc_stmt_bind_int64 (stmt, ":after", after);
  uc_stmt_bind_int64 (stmt, ":limit", BATCH_ROWS);
  *last = 0;
  *n_rows = 0;
  do {
    if (!uc_stmt_step (stmt, &has_row, error))
      return FALSE;
    if (has_row) {
      *last = uc_stmt_get_int64 (stmt, 0);
      *n_rows += 1;
    }
  } while (has_row);
  return TRUE;
}

gboolean
_uc_annotation_step (UcDb *db, gint64 *cursor, gboolean *done, GError **error)
{
  gint64  last;
  guint   n_rows;
  UcStmt *stmt;

  if (!find_end (db, *cursor, &last, &n_rows, error))
    return FALSE;
  *done = n_rows < BATCH_ROWS;
  if (n_rows == 0)
    return TRUE;
  stmt = uc_db_prepare (db, BATCH_SQL, error);
  if (stmt == NULL)
    return FALSE;
  uc_stmt_bind_int64 (stmt, ":after", *cursor);
  uc_stmt_bind_int64 (stmt, ":last", last);
  *cursor = last;
  return uc_stmt_run (stmt, error);
}

gboolean
_uc_op_put_annotation (UcWrite *write, const UcOp *op, GError **error)
{
  return _uc_annotation_put (write, op->number, op->record, error);
}
