/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What happens to operations of the outbox on their way: tried, refused, discarded,
 * acknowledged. The acknowledgement of a message may come twice, by the answer and
 * by the stream, in either order; the second finds nothing left to do. */

#include "config.h"

#include "uc-store-outbox-private.h"

#include "uc-row-private.h"
#include "uc-store-channels-private.h"
#include "uc-store-drafts-private.h"
#include "uc-store-files-private.h"
#include "uc-store-messages-private.h"
#include "uc-store-posts-private.h"
#include "uc-store-preferences-private.h"
#include "uc-store-reactions-private.h"

#include <string.h>

static const char *MINE_SQL =
    "SELECT 1 FROM outbox"
    " WHERE op_id = :op_id AND kind = 0 AND channel_id = :channel_id AND user_id = :user_id";
static const char *FIND_SQL =
    "SELECT kind, state, user_id, post_key, message, emoji_name FROM outbox WHERE op_id = :op_id";
static const char *SET_SQL =
    "UPDATE outbox"
    "   SET state = :state, reason = :reason, next_try_ms = :next_try,"
    "       tries = tries + (:state = 2),"
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
static const char *UPLOAD_SQL =
    "UPDATE outbox_files SET file_id = :file_id WHERE op_id = :op_id AND position = :position";
static const char *UPLOADED_SQL =
    "SELECT file_id FROM outbox_files WHERE op_id = :op_id ORDER BY position";
static const char *CHILD_MESSAGES_SQL =
    "SELECT seq FROM messages WHERE root_id = :old AND root_id <> '' ORDER BY seq";
static const char *MOVE_MESSAGES_SQL =
    "UPDATE messages SET root_id = :new WHERE root_id = :old AND root_id <> ''";
static const char *CHILD_OPS_SQL =
    "SELECT op_id FROM outbox WHERE waits_for = :op_id OR post_key = :op_id ORDER BY number";
static const char *MOVE_ROOTS_SQL =
    "UPDATE outbox SET root_id = :new WHERE waits_for = :op_id AND kind = 0";
static const char *MOVE_POSTS_SQL =
    "UPDATE outbox SET post_id = :new WHERE post_key = :op_id AND op_id <> :op_id";
static const char *RELEASE_SQL = "UPDATE outbox SET waits_for = NULL WHERE waits_for = :op_id";

typedef struct {
  gboolean    exists;
  UcOpKind    kind;
  UcSendState state;
  char       *user_id;
  char       *post_key;
  char       *message;
  char       *emoji_name;
} Row;

static void
row_clear (Row *row)
{
  g_free (row->user_id);
  g_free (row->post_key);
  g_free (row->message);
  g_free (row->emoji_name);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Row, row_clear)

static gboolean
find (UcDb *db, const char *op_id, Row *row, GError **error)
{
  UcStmt *stmt = uc_db_prepare (db, FIND_SQL, error);

  if (stmt == NULL)
    return FALSE;
  uc_stmt_bind_text (stmt, ":op_id", op_id);
  if (!uc_stmt_step (stmt, &row->exists, error))
    return FALSE;
  if (row->exists) {
    row->kind = (UcOpKind) uc_stmt_get_int64 (stmt, 0);
    row->state = (UcSendState) uc_stmt_get_int64 (stmt, 1);
    row->user_id = uc_stmt_dup_text (stmt, 2);
    row->post_key = uc_stmt_dup_text (stmt, 3);
    row->message = uc_stmt_dup_text (stmt, 4);
    row->emoji_name = uc_stmt_dup_text (stmt, 5);
  }
  uc_stmt_reset (stmt);
  return TRUE;
}

/* -- Acknowledging a message -------------------------------------------------------- */

/* @sql has the parameters :op_id, :old and :new or some of them. */
static gboolean
run_move (UcDb       *db,
          const char *sql,
          const char *op_id,
          const char *old_id,
          const char *new_id,
          GError    **error)
{
  UcStmt *stmt = uc_db_prepare (db, sql, error);

  if (stmt == NULL)
    return FALSE;
  if (op_id != NULL)
    uc_stmt_bind_text (stmt, ":op_id", op_id);
  if (old_id != NULL)
    uc_stmt_bind_text (stmt, ":old", old_id);
  if (new_id != NULL)
    uc_stmt_bind_text (stmt, ":new", new_id);
  return uc_stmt_run (stmt, error);
}

/* What referred to the unsent message now refers to the sent one. */
static gboolean
move_children (UcWrite *write, const char *op_id, const char *post_id, GError **error)
{
  g_autofree char *local_id = g_strconcat (UC_LOCAL_PREFIX, op_id, NULL);
  g_autoptr (GPtrArray) messages =
      _uc_row_list (write->db, CHILD_MESSAGES_SQL, ":old", local_id, error);
  g_autoptr (GPtrArray) ops = NULL;

  if (messages == NULL)
    return FALSE;
  ops = _uc_row_list (write->db, CHILD_OPS_SQL, ":op_id", op_id, error);
  if (ops == NULL)
    return FALSE;
  for (guint i = 0; i < messages->len; i++)
    _uc_recorder_message_changed (write->recorder,
                                  g_ascii_strtoll (g_ptr_array_index (messages, i), NULL, 10));
  for (guint i = 0; i < ops->len; i++) {
    if (!g_str_equal (g_ptr_array_index (ops, i), op_id) &&
        !_uc_outbox_record (write, g_ptr_array_index (ops, i), TRUE, error))
      return FALSE;
  }
  return run_move (write->db, MOVE_MESSAGES_SQL, NULL, local_id, post_id, error) &&
         run_move (write->db, MOVE_ROOTS_SQL, op_id, NULL, post_id, error) &&
         run_move (write->db, MOVE_POSTS_SQL, op_id, NULL, post_id, error) &&
         run_move (write->db, RELEASE_SQL, op_id, NULL, NULL, error) &&
         _uc_drafts_move (write, local_id, post_id, error);
}

/* An answer without metadata says nothing of the files that were sent: they are
 * known here. */
static gboolean
adopt_files (UcWrite *write, const char *op_id, GError **error)
{
  g_autoptr (GPtrArray) ids = _uc_row_list (write->db, UPLOADED_SQL, ":op_id", op_id, error);

  if (ids == NULL)
    return FALSE;
  for (guint i = 0; i < ids->len; i++) {
    const char      *file_id = g_ptr_array_index (ids, i);
    g_autofree char *local_id = g_strdup_printf (UC_LOCAL_PREFIX "%s:%u", op_id, i);

    if (*file_id != '\0' && !_uc_files_adopt (write, local_id, file_id, error))
      return FALSE;
  }
  return TRUE;
}

/* The same post may have been stored by itself, from a page that came without the
 * operation's id. The row on the screen is the one that was written here. */
static gboolean
remove_twin (UcWrite *write, const char *post_id, gint64 seq, GError **error)
{
  UcPostRow twin;

  if (!_uc_post_find (write->db, post_id, &twin, error))
    return FALSE;
  return twin.seq == 0 || twin.seq == seq || _uc_post_erase (write, twin.seq, error);
}

static gboolean
acknowledge (UcWrite *write, const char *op_id, UcPost *post, gint64 *seq, GError **error)
{
  g_autofree char *local_id = g_strconcat (UC_LOCAL_PREFIX, op_id, NULL);
  gint64           old_seq;

  if (!_uc_message_find (write->db, local_id, &old_seq, error))
    return FALSE;
  if (!adopt_files (write, op_id, error) || !move_children (write, op_id, post->id, error) ||
      !_uc_outbox_remove (write, op_id, error))
    return FALSE;
  if (old_seq == 0)
    return _uc_post_put (write, post, seq, error);
  return remove_twin (write, post->id, old_seq, error) &&
         _uc_post_rekey (write, old_seq, post, seq, error) &&
         _uc_channel_count_post (write, post, *seq, FALSE, error);
}

static const char *
get_op_id (UcPost *post)
{
  const char *colon = strchr (post->pending_post_id, ':');

  if (*post->op_id != '\0')
    return post->op_id;
  return colon != NULL && colon[1] != '\0' ? colon + 1 : NULL;
}

/* Anybody can write the id of an operation into a post: it must be in our channel
 * and under our name. */
gboolean
_uc_outbox_acknowledge (UcWrite  *write,
                        UcPost   *post,
                        gboolean *is_acknowledged,
                        gint64   *seq,
                        GError  **error)
{
  const char *op_id = get_op_id (post);
  UcStmt     *stmt;

  *is_acknowledged = FALSE;
  if (op_id == NULL)
    return TRUE;
  stmt = uc_db_prepare (write->db, MINE_SQL, error);
  if (stmt == NULL)
    return FALSE;
  uc_stmt_bind_text (stmt, ":op_id", op_id);
  uc_stmt_bind_text (stmt, ":channel_id", post->channel_id);
  uc_stmt_bind_text (stmt, ":user_id", post->user_id);
  if (!uc_stmt_step (stmt, is_acknowledged, error))
    return FALSE;
  uc_stmt_reset (stmt);
  return !*is_acknowledged || acknowledge (write, op_id, post, seq, error);
}

/* -- Other operations done ------------------------------------------------------------ */

/* The server said yes and sent no post: the effect is written as its word. */
static gboolean
settle (UcWrite *write, const Row *row, gint64 seq, const char *post_id, GError **error)
{
  g_autoptr (UcReaction) reaction = NULL;
  g_autoptr (UcPreference) preference = NULL;

  switch (row->kind) {
  case UC_OP_EDIT:
    return _uc_post_set_text (write, seq, row->message, write->now_ms, error);
  case UC_OP_DELETE:
    return _uc_post_bury (write, seq, write->now_ms, write->now_ms, error);
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
finish (UcWrite *write, const char *op_id, const Row *row, UcPost *post, GError **error)
{
  g_autofree char *post_id = NULL;
  gint64           seq = 0;
  gint64           put_seq;

  if (!_uc_outbox_remove (write, op_id, error) ||
      !run_move (write->db, RELEASE_SQL, op_id, NULL, NULL, error))
    return FALSE;
  if (post != NULL && !_uc_post_put (write, post, &put_seq, error))
    return FALSE;
  if (post != NULL || *row->post_key == '\0')
    return TRUE;
  if (!_uc_message_find (write->db, row->post_key, &seq, error) ||
      !_uc_message_dup_id (write->db, seq, &post_id, error))
    return FALSE;
  return post_id == NULL || settle (write, row, seq, post_id, error);
}

gboolean
_uc_op_outbox_done (UcWrite *write, const UcOp *op, GError **error)
{
  g_auto (Row) row = { 0 };
  UcPost *post = op->record;
  gint64  seq;

  if (!find (write->db, op->op_id, &row, error))
    return FALSE;
  if (!row.exists)
    return post == NULL || _uc_post_put (write, post, &seq, error);
  if (row.kind != UC_OP_POST)
    return finish (write, op->op_id, &row, post, error);
  if (post != NULL)
    return acknowledge (write, op->op_id, post, &seq, error);
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
_uc_op_outbox_discard (UcWrite *write, const UcOp *op, GError **error)
{
  g_auto (Row) row = { 0 };
  g_autofree char *local_id = g_strconcat (UC_LOCAL_PREFIX, op->op_id, NULL);
  gint64           seq = 0;

  if (!find (write->db, op->op_id, &row, error))
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
  g_auto (Row) row = { 0 };
  gint64 seq = 0;

  if (!find (write->db, op->op_id, &row, error))
    return FALSE;
  if (!row.exists || (row.state != UC_SEND_QUEUED && row.state != UC_SEND_FAILED))
    return TRUE;
  if (!_uc_outbox_set_text (write, op->op_id, op->text, error))
    return FALSE;
  if (row.kind != UC_OP_POST || !_uc_message_find (write->db, op->op_id, &seq, error))
    return row.kind != UC_OP_POST;
  return seq == 0 || _uc_post_set_text (write, seq, op->text, 0, error);
}
