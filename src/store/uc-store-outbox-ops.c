/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What happens to operations of the outbox on their way: tried, refused, discarded,
 * done. */

#include "config.h"

#include "uc-store-outbox-private.h"

#include "uc-row-private.h"
#include "uc-store-messages-private.h"
#include "uc-store-posts-private.h"
#include "uc-store-preferences-private.h"
#include "uc-store-reactions-private.h"

/* 1 is QUEUED: an orphan stays what it is. A reaction or a pin (3 to 6) that leaves takes
 * along what time the message is of: settle() compares. */
static const char *SET_SQL =
    "UPDATE outbox"
    "   SET state = CASE WHEN :state = 1 AND " UC_OUTBOX_IS_ORPHAN " THEN state ELSE :state END,"
    "       reason = CASE WHEN :state = 1 AND " UC_OUTBOX_IS_ORPHAN " THEN reason ELSE :reason END,"
    "       next_try_ms = :next_try,"
    "       tries = tries + (:state = 2),"
    "       props = CASE WHEN :state = 2 AND kind BETWEEN 3 AND 6"
    "                    THEN coalesce ((SELECT m.update_at_ms FROM messages m"
    "                                     WHERE m.id = outbox.post_id), '')"
    "                    ELSE props END,"
    "       first_try_ms = CASE WHEN :state = 2 AND first_try_ms = 0 THEN :now"
    "                           ELSE first_try_ms END,"
    "       last_known_id = CASE WHEN :state = 2 AND first_try_ms = 0 THEN :last_known"
    "                            ELSE last_known_id END"
    " WHERE op_id = :op_id";
/* The newest that the server surely has: what is found after it was sent later. */
static const char *LAST_KNOWN_SQL =
    "SELECT m.id FROM messages m"
    " WHERE m.channel = (SELECT c.channel FROM channels c JOIN outbox o ON o.channel_id = c.id"
    "                     WHERE o.op_id = :op_id)"
    "   AND m.delete_at_ms = 0 AND m.id NOT LIKE 'local:%' AND m.type <> 'system_ephemeral'"
    " ORDER BY m.seq DESC LIMIT 1";
static const char *REBASE_SQL = "UPDATE outbox SET props = :text WHERE op_id = :op_id AND kind = 1";
static const char *UPLOAD_SQL =
    "UPDATE outbox_files SET file_id = :file_id WHERE op_id = :op_id AND position = :position";

/* -- Other operations done ------------------------------------------------------------ */

/* Told of the message while the operation was on its way: that is newer than the operation,
 * or is followed by what tells of it too. Its answer, which has no time, must not undo it. */
static gboolean
is_overtaken (UcDb *db, const UcOpRow *row, const char *post_id, gboolean *result, GError **error)
{
  UcPostRow post;

  *result = FALSE;
  if (row->kind < UC_OP_REACT || row->kind > UC_OP_UNPIN || *row->props == '\0')
    return TRUE;
  if (!_uc_post_find (db, post_id, &post, error))
    return FALSE;
  *result = post.update_at_ms != g_ascii_strtoll (row->props, NULL, 10);
  return TRUE;
}

/* The server said yes and sent no post: the effect is written as its word. */
static gboolean
settle (UcWrite *write, const UcOpRow *row, gint64 seq, const char *post_id, GError **error)
{
  g_autoptr (UcReaction) reaction = NULL;
  g_autoptr (UcPreference) preference = NULL;

  switch (row->kind) {
  case UC_OP_EDIT:
    return _uc_post_set_text (write, seq, row->message, write->now_ms, error);
  case UC_OP_DELETE:
    return _uc_post_bury (write, seq, &(UcBurial){ write->now_ms, write->now_ms, 0 }, error);
  case UC_OP_PIN:
  case UC_OP_UNPIN:
    return _uc_post_set_pinned (write, seq, row->kind == UC_OP_PIN, error);
  case UC_OP_REACT:
  case UC_OP_UNREACT:
    reaction = uc_reaction_new ();
    g_free (reaction->user_id);
    g_free (reaction->emoji_name);
    reaction->user_id = g_strdup (row->user_id);
    reaction->emoji_name = g_strdup (row->emoji_name);
    reaction->create_at_ms = write->now_ms;
    return _uc_reaction_set (write, seq, reaction, row->kind == UC_OP_REACT, error);
  case UC_OP_SAVE:
  case UC_OP_UNSAVE:
    preference = uc_preference_new (row->user_id, "flagged_post", post_id, "true");
    return row->kind == UC_OP_SAVE ? _uc_preference_put (write, preference, error)
                                   : _uc_preference_remove (write, preference, error);
  case UC_OP_POST:
  case UC_OP_VIEW:
  case UC_OP_SET_UNREAD:
  default:
    return TRUE;
  }
}

static gboolean
finish (UcWrite *write, const char *op_id, const UcOpRow *row, UcPost *post, GError **error)
{
  g_autofree char *post_id = NULL;
  gint64           seq = 0;
  gint64           put_seq;
  gboolean         has_news = FALSE;

  if (!_uc_outbox_remove (write, op_id, error) || !_uc_outbox_release (write, op_id, error))
    return FALSE;
  if (post != NULL && !_uc_post_put (write, post, &put_seq, error))
    return FALSE;
  if (post != NULL || *row->post_key == '\0')
    return TRUE;
  if (!_uc_message_find (write->db, row->post_key, &seq, error) ||
      !_uc_message_dup_id (write->db, seq, &post_id, error) ||
      (post_id != NULL && !is_overtaken (write->db, row, post_id, &has_news, error)))
    return FALSE;
  return post_id == NULL || has_news || settle (write, row, seq, post_id, error);
}

gboolean
_uc_op_outbox_done (UcWrite *write, const UcOp *op, GError **error)
{
  g_auto (UcOpRow) row = { 0 };
  UcPost *post = op->record;
  gint64  seq;

  if (!_uc_op_row_find (write->db, op->op_id, &row, error))
    return FALSE;
  if (!row.exists)
    return post == NULL || _uc_post_put (write, post, &seq, error);
  if (row.kind != UC_OP_POST)
    return finish (write, op->op_id, &row, post, error);
  if (post != NULL)
    return _uc_outbox_acknowledge_op (write, op->op_id, post, &seq, error);
  g_warning ("A message was acknowledged without a post");
  return TRUE;
}

/* -- On the way ----------------------------------------------------------------------- */

static gboolean
dup_last_known (UcDb *db, const char *op_id, char **id, GError **error)
{
  UcStmt  *stmt = uc_db_prepare (db, LAST_KNOWN_SQL, error);
  gboolean has_row;

  if (stmt == NULL)
    return FALSE;
  uc_stmt_bind_text (stmt, ":op_id", op_id);
  if (!uc_stmt_step (stmt, &has_row, error))
    return FALSE;
  *id = has_row ? uc_stmt_dup_text (stmt, 0) : g_strdup ("");
  uc_stmt_reset (stmt);
  return TRUE;
}

gboolean
_uc_op_outbox_set (UcWrite *write, const UcOp *op, GError **error)
{
  g_autofree char *last_known = NULL;
  UcStmt          *stmt;

  if (!dup_last_known (write->db, op->op_id, &last_known, error) ||
      (stmt = uc_db_prepare (write->db, SET_SQL, error)) == NULL)
    return FALSE;
  uc_stmt_bind_text (stmt, ":op_id", op->op_id);
  uc_stmt_bind_int64 (stmt, ":state", op->kind);
  _uc_row_bind_nullable (stmt, ":reason", op->text);
  uc_stmt_bind_int64 (stmt, ":next_try", op->time_ms);
  uc_stmt_bind_int64 (stmt, ":now", write->now_ms);
  uc_stmt_bind_text (stmt, ":last_known", last_known);
  return uc_stmt_run (stmt, error) &&
         (uc_db_get_changes (write->db) == 0 || _uc_outbox_record (write, op->op_id, FALSE, error));
}

gboolean
_uc_op_outbox_upload_done (UcWrite *write, const UcOp *op, GError **error)
{
  UcStmt *stmt = uc_db_prepare (write->db, UPLOAD_SQL, error);

  if (stmt == NULL)
    return FALSE;
  uc_stmt_bind_text (stmt, ":op_id", op->op_id);
  uc_stmt_bind_int64 (stmt, ":position", op->position);
  uc_stmt_bind_text (stmt, ":file_id", op->text);
  return uc_stmt_run (stmt, error) && _uc_outbox_record (write, op->op_id, FALSE, error);
}

gboolean
_uc_op_outbox_rebase (UcWrite *write, const UcOp *op, GError **error)
{
  UcStmt *stmt = uc_db_prepare (write->db, REBASE_SQL, error);

  if (stmt == NULL)
    return FALSE;
  uc_stmt_bind_text (stmt, ":op_id", op->op_id);
  uc_stmt_bind_text (stmt, ":text", op->text);
  return uc_stmt_run (stmt, error) && _uc_outbox_record (write, op->op_id, FALSE, error);
}

gboolean
_uc_op_outbox_discard (UcWrite *write, const UcOp *op, GError **error)
{
  g_auto (UcOpRow) row = { 0 };
  g_autofree char *local_id = g_strconcat (UC_LOCAL_PREFIX, op->op_id, NULL);
  gint64           seq = 0;

  if (!_uc_op_row_find (write->db, op->op_id, &row, error))
    return FALSE;
  if (!row.exists)
    return TRUE;
  if (!_uc_outbox_remove (write, op->op_id, error) || !_uc_outbox_orphan (write, op->op_id, error))
    return FALSE;
  if (row.kind != UC_OP_POST)
    return TRUE;
  return _uc_message_find (write->db, local_id, &seq, error) &&
         (seq == 0 || _uc_post_erase (write, seq, error));
}

gboolean
_uc_op_outbox_rewrite (UcWrite *write, const UcOp *op, GError **error)
{
  g_auto (UcOpRow) row = { 0 };
  gint64 seq = 0;

  if (!_uc_op_row_find (write->db, op->op_id, &row, error))
    return FALSE;
  if (!row.exists || (row.state != UC_SEND_QUEUED && row.state != UC_SEND_FAILED))
    return TRUE;
  if (!_uc_outbox_set_text (write, op->op_id, op->text, error))
    return FALSE;
  if (row.kind != UC_OP_POST || !_uc_message_find (write->db, op->op_id, &seq, error))
    return row.kind != UC_OP_POST;
  return seq == 0 || _uc_post_set_text (write, seq, op->text, 0, error);
}
