/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Changes to parts of stored messages, and how they go: deleted ones leave a
 * tombstone, never sent ones nothing. */

#include "config.h"

#include "uc-store-posts-private.h"

#include "uc-keys-private.h"
#include "uc-row-private.h"
#include "uc-store-annotations-private.h"
#include "uc-store-files-private.h"
#include "uc-store-messages-private.h"
#include "uc-store-outbox-private.h"
#include "uc-store-reactions-private.h"

static const char *MOVE_SQL = "UPDATE messages SET seq = :seq WHERE seq = :old_seq";
static const char *TEXT_SQL =
    "UPDATE messages SET message = :message, edit_at_ms = max (edit_at_ms, :edit_at)"
    " WHERE seq = :seq AND message <> :message";
static const char *PIN_SQL = "UPDATE messages SET is_pinned = :is_pinned"
                             " WHERE seq = :seq AND is_pinned <> :is_pinned AND delete_at_ms = 0";
/* Of a deletion the server told, whenever that was by our clock: what it says of the
 * post from before must not bring it back. What was only inferred (0) is taken back. */
static const char *BURY_SQL =
    "UPDATE messages"
    "   SET message = '', props = '', hashtags = '', file_ids = '', has_reactions = 0,"
    "       is_pinned = 0, has_metadata = 0, delete_at_ms = :delete_at,"
    "       update_at_ms = max (update_at_ms + (:update_at > 0), :update_at)"
    " WHERE seq = :seq";
/* The server deletes replies together with their root and says nothing of them. */
static const char *REPLIES_OF_SQL = "SELECT seq FROM messages"
                                    " WHERE root_id = :id AND root_id <> '' AND delete_at_ms = 0"
                                    "   AND id NOT LIKE 'local:%'"
                                    " ORDER BY seq";
static const char *ERASE_SQL = "DELETE FROM messages WHERE seq = :seq";

gboolean
_uc_post_move_behind (UcWrite *write, gint64 seq, gint64 after_seq, GError **error)
{
  gint64  new_seq;
  UcStmt *stmt;

  if (!_uc_key_for_message (write->db, UC_SEQ_TO_MS (after_seq), &new_seq, error) ||
      (stmt = uc_db_prepare (write->db, MOVE_SQL, error)) == NULL)
    return FALSE;
  uc_stmt_bind_int64 (stmt, ":old_seq", seq);
  uc_stmt_bind_int64 (stmt, ":seq", new_seq);
  _uc_recorder_message_moved (write->recorder, seq, new_seq);
  return uc_stmt_run (stmt, error);
}

/* -- Parts of messages ---------------------------------------------------------------- */

static gboolean
run_and_record (UcWrite *write, UcStmt *stmt, gint64 seq, GError **error)
{
  if (!uc_stmt_run (stmt, error))
    return FALSE;
  if (uc_db_get_changes (write->db) > 0)
    _uc_recorder_message_changed (write->recorder, seq);
  return TRUE;
}

gboolean
_uc_post_set_text (UcWrite    *write,
                   gint64      seq,
                   const char *message,
                   gint64      edit_at_ms,
                   GError    **error)
{
  UcStmt *stmt = uc_db_prepare (write->db, TEXT_SQL, error);

  if (stmt == NULL)
    return FALSE;
  uc_stmt_bind_int64 (stmt, ":seq", seq);
  uc_stmt_bind_text (stmt, ":message", message);
  uc_stmt_bind_int64 (stmt, ":edit_at", edit_at_ms);
  return run_and_record (write, stmt, seq, error);
}

gboolean
_uc_post_set_pinned (UcWrite *write, gint64 seq, gboolean is_pinned, GError **error)
{
  UcStmt *stmt = uc_db_prepare (write->db, PIN_SQL, error);

  if (stmt == NULL)
    return FALSE;
  uc_stmt_bind_int64 (stmt, ":seq", seq);
  uc_stmt_bind_int64 (stmt, ":is_pinned", is_pinned);
  return run_and_record (write, stmt, seq, error);
}

/* -- Going --------------------------------------------------------------------------- */

static gboolean
bury_one (UcWrite *write, gint64 seq, const UcBurial *burial, GError **error)
{
  g_autoptr (UcMessage) last_form = _uc_message_load (write->db, seq, error);
  UcStmt *stmt;

  /* The answer and the event tell the same. */
  if (last_form != NULL && last_form->post->delete_at_ms > 0)
    return TRUE;
  if (last_form == NULL || !_uc_files_clear (write, seq, error) ||
      !_uc_reactions_clear (write, seq, error) || !_uc_annotation_clear (write, seq, error) ||
      !_uc_outbox_forget_message (write, last_form, error) ||
      (stmt = uc_db_prepare (write->db, BURY_SQL, error)) == NULL)
    return FALSE;
  uc_stmt_bind_int64 (stmt, ":seq", seq);
  uc_stmt_bind_int64 (stmt, ":delete_at", burial->delete_at_ms);
  uc_stmt_bind_int64 (stmt, ":update_at", burial->update_at_ms);
  if (!uc_stmt_run (stmt, error) ||
      !_uc_post_discount_reply (write, last_form->post, burial->counted_at_ms, error))
    return FALSE;
  _uc_recorder_channel (write->recorder, last_form->post->channel_id);
  _uc_recorder_message_removed (write->recorder, g_steal_pointer (&last_form));
  return TRUE;
}

/* Where a root went by itself, or a reply, a grave may begin or end. */
static gboolean
settle_graves (UcWrite *write, const UcMessage *gone, GError **error)
{
  return _uc_post_settle_grave (write, gone->post->id, error) &&
         _uc_post_settle_grave (write, gone->post->root_id, error);
}

gboolean
_uc_post_bury_alone (UcWrite *write, gint64 seq, const UcBurial *burial, GError **error)
{
  g_autoptr (UcMessage) gone = _uc_message_load (write->db, seq, error);

  return gone != NULL && bury_one (write, seq, burial, error) && settle_graves (write, gone, error);
}

gboolean
_uc_post_bury (UcWrite *write, gint64 seq, const UcBurial *burial, GError **error)
{
  g_autoptr (UcMessage) gone = _uc_message_load (write->db, seq, error);
  g_autoptr (GPtrArray) replies = NULL;

  if (gone == NULL || !bury_one (write, seq, burial, error))
    return FALSE;
  replies = _uc_row_list (write->db, REPLIES_OF_SQL, ":id", gone->post->id, error);
  if (replies == NULL)
    return FALSE;
  for (guint i = 0; i < replies->len; i++) {
    gint64 reply = g_ascii_strtoll (g_ptr_array_index (replies, i), NULL, 10);

    if (!bury_one (write, reply, burial, error))
      return FALSE;
  }
  return settle_graves (write, gone, error);
}

gboolean
_uc_post_erase (UcWrite *write, gint64 seq, GError **error)
{
  g_autoptr (UcMessage) last_form = _uc_message_load (write->db, seq, error);
  g_autofree char *root_id = NULL;

  if (last_form == NULL || !_uc_files_clear (write, seq, error) ||
      !_uc_row_run_int64 (write->db, ERASE_SQL, ":seq", seq, error))
    return FALSE;
  root_id = g_strdup (last_form->post->root_id);
  _uc_recorder_channel (write->recorder, last_form->post->channel_id);
  _uc_recorder_message_removed (write->recorder, g_steal_pointer (&last_form));
  return _uc_post_settle_grave (write, root_id, error);
}

gboolean
_uc_op_remove_post (UcWrite *write, const UcOp *op, GError **error)
{
  UcPostRow row;

  if (!_uc_post_find (write->db, op->key, &row, error))
    return FALSE;
  if (row.seq == 0)
    _uc_early_note_removal (write->early, op->key);
  return row.seq == 0 || row.delete_at_ms > 0 ||
         _uc_post_bury (write, row.seq, &(UcBurial){ op->time_ms, op->time_ms, 0 }, error);
}
