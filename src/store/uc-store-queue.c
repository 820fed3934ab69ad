/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Puts operations into the outbox. What still waits is changed in place instead of
 * being followed by its own correction; what is under way is left alone, and the
 * correction waits for it. */

#include "config.h"

#include "uc-store-queue-private.h"

#include "uc-keys-private.h"
#include "uc-row-private.h"
#include "uc-store-members-private.h"
#include "uc-store-messages-private.h"
#include "uc-store-outbox-private.h"
#include "uc-store-posts-private.h"
#include "uc-store-reactions-private.h"

#include <string.h>

static const char *ADD_SQL =
    "INSERT INTO outbox (op_id, kind, state, user_id, channel_id, root_id, post_id, post_key,"
    "                    waits_for, message, props, emoji_name, last_known_id, tries,"
    "                    queued_at_ms, first_try_ms, next_try_ms)"
    " VALUES (:op_id, :kind, 1, :user_id, :channel_id, :root_id, :post_id, :post_key, :waits_for,"
    "         :message, :props, :emoji_name, '', 0, :now, 0, 0)"
    " ON CONFLICT (op_id) DO NOTHING";
static const char *ADD_FILE_SQL =
    "INSERT INTO outbox_files (op_id, position, file_id, local_path, name, extension, mime_type,"
    "                          size_bytes, width, height)"
    " VALUES (:op_id, :position, :file_id, :local_path, :name, :extension, :mime_type, :size,"
    "         :width, :height)";
static const char *TARGET_SQL =
    "SELECT m.id, m.op_id, m.is_local, c.id, o.state,"
    "       coalesce ((SELECT e.message FROM outbox e"
    "                   WHERE e.post_key = CASE WHEN m.is_local THEN m.op_id ELSE m.id END"
    "                     AND e.kind = 1 AND e.state IN (2, 3)"
    "                   ORDER BY e.number DESC LIMIT 1), m.message)"
    "  FROM messages m"
    "  JOIN channels c USING (channel)"
    "  LEFT JOIN outbox o ON o.op_id = m.op_id AND m.is_local = 1 AND o.kind = 0"
    " WHERE m.seq = :seq AND m.delete_at_ms = 0";
/* A queued operation on that message, of one of two kinds. */
static const char *QUEUED_SQL =
    "SELECT op_id, kind FROM outbox"
    " WHERE post_key = :key AND kind IN (:kind, :other) AND emoji_name = :emoji AND state = 1"
    " ORDER BY number DESC LIMIT 1";
static const char *PENDING_DELETE_SQL =
    "SELECT count (*) FROM outbox WHERE post_key = :key AND kind = 2 AND state <> 5";
static const char *QUEUED_READING_SQL =
    "SELECT op_id FROM outbox WHERE channel_id = :channel_id AND kind IN (9, 10) AND state = 1"
    " ORDER BY number";
static const char *IS_PINNED_SQL = "SELECT is_pinned FROM messages WHERE id = :id";
static const char *IS_SAVED_SQL =
    "SELECT value = 'true' FROM preferences WHERE category = 'flagged_post' AND name = :id";

/* The message that an operation works on. */
typedef struct {
  gint64      seq; /* 0: it is gone, and the operation with it */
  char       *id;
  char       *key;
  char       *channel_id;
  char       *text;  /* as the server has it, or is about to have it */
  UcSendState state; /* of the message itself; NONE when the server has it */
} Target;

static void
target_clear (Target *target)
{
  g_free (target->id);
  g_free (target->key);
  g_free (target->channel_id);
  g_free (target->text);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Target, target_clear)

static gboolean
find_target (UcDb *db, const char *key, Target *target, GError **error)
{
  UcStmt  *stmt;
  gboolean has_row;
  gint64   seq;

  if (!_uc_message_find (db, key, &seq, error) ||
      (stmt = uc_db_prepare (db, TARGET_SQL, error)) == NULL)
    return FALSE;
  uc_stmt_bind_int64 (stmt, ":seq", seq);
  if (!uc_stmt_step (stmt, &has_row, error))
    return FALSE;
  if (has_row) {
    target->seq = seq;
    target->id = uc_stmt_dup_text (stmt, 0);
    target->key = uc_stmt_dup_text (stmt, uc_stmt_get_int64 (stmt, 2) != 0 ? 1 : 0);
    target->channel_id = uc_stmt_dup_text (stmt, 3);
    target->state = (UcSendState) uc_stmt_get_int64 (stmt, 4);
    target->text = uc_stmt_dup_text (stmt, 5);
  }
  uc_stmt_reset (stmt);
  return TRUE;
}

/* It has not left yet, or never will: it can still be changed here. */
static gboolean
is_at_home (const Target *target)
{
  return target->state == UC_SEND_QUEUED || target->state == UC_SEND_FAILED;
}

static gboolean
add (UcWrite      *write,
     const UcOp   *op,
     UcOpKind      kind,
     const Target *target,
     const char   *user_id,
     GError      **error)
{
  gboolean         is_sent = target->state == UC_SEND_NONE;
  g_autofree char *my_id = user_id == NULL ? _uc_key_dup_my_id (write->db, error) : NULL;
  UcStmt          *stmt;

  if ((user_id == NULL && my_id == NULL) ||
      (stmt = uc_db_prepare (write->db, ADD_SQL, error)) == NULL)
    return FALSE;
  uc_stmt_bind_text (stmt, ":op_id", op->op_id);
  uc_stmt_bind_int64 (stmt, ":kind", kind);
  uc_stmt_bind_text (stmt, ":user_id", user_id != NULL ? user_id : my_id);
  uc_stmt_bind_text (stmt, ":channel_id", target->channel_id);
  uc_stmt_bind_text (stmt, ":root_id", "");
  uc_stmt_bind_text (stmt, ":post_id", is_sent && target->id != NULL ? target->id : "");
  uc_stmt_bind_text (stmt, ":post_key", target->key != NULL ? target->key : "");
  _uc_row_bind_nullable (stmt, ":waits_for", is_sent ? NULL : target->key);
  uc_stmt_bind_text (stmt, ":message", op->text != NULL && kind == UC_OP_EDIT ? op->text : "");
  uc_stmt_bind_text (stmt, ":props", kind == UC_OP_EDIT ? target->text : "");
  uc_stmt_bind_text (stmt, ":emoji_name",
                     kind == UC_OP_REACT || kind == UC_OP_UNREACT ? op->text : "");
  uc_stmt_bind_int64 (stmt, ":now", write->now_ms);
  return uc_stmt_run (stmt, error) && _uc_outbox_record (write, op->op_id, TRUE, error);
}

/* -- Messages ------------------------------------------------------------------------ */

static gboolean
add_file (UcWrite *write, const char *op_id, int position, UcFile *file, GError **error)
{
  UcStmt *stmt = uc_db_prepare (write->db, ADD_FILE_SQL, error);

  if (stmt == NULL)
    return FALSE;
  uc_stmt_bind_text (stmt, ":op_id", op_id);
  uc_stmt_bind_int64 (stmt, ":position", position);
  uc_stmt_bind_text (stmt, ":file_id", file->id);
  uc_stmt_bind_text (stmt, ":local_path", file->local_path != NULL ? file->local_path : "");
  uc_stmt_bind_text (stmt, ":name", file->name);
  uc_stmt_bind_text (stmt, ":extension", file->extension);
  uc_stmt_bind_text (stmt, ":mime_type", file->mime_type);
  uc_stmt_bind_int64 (stmt, ":size", file->size_bytes);
  uc_stmt_bind_int64 (stmt, ":width", file->width);
  uc_stmt_bind_int64 (stmt, ":height", file->height);
  return uc_stmt_run (stmt, error);
}

/* The post as it lies in the store: its files by ids of their own, and complete as
 * far as there is anything to know. */
static UcPost *
make_local (UcPost *provisional, const char *root_id)
{
  UcPost *post = uc_post_copy (provisional);

  g_free (post->id);
  post->id = g_strconcat (UC_LOCAL_PREFIX, post->op_id, NULL);
  g_free (post->root_id);
  post->root_id = g_strdup (root_id);
  post->has_metadata = TRUE;
  g_strfreev (post->file_ids);
  post->file_ids = g_new0 (char *, post->files->len + 1);
  for (guint i = 0; i < post->files->len; i++) {
    UcFile *file = uc_file_copy (g_ptr_array_index (post->files, i));

    g_free (file->id);
    file->id = g_strdup_printf (UC_LOCAL_PREFIX "%s:%u", post->op_id, i);
    post->file_ids[i] = g_strdup (file->id);
    uc_file_unref (g_ptr_array_index (post->files, i));
    g_ptr_array_index (post->files, i) = file;
  }
  return post;
}

/* The root may be unsent, or may have been sent since the reply was begun. */
static gboolean
add_post (UcWrite *write, UcPost *post, const Target *root, GError **error)
{
  gboolean is_waiting = root->seq != 0 && root->state != UC_SEND_NONE;
  UcStmt  *stmt = uc_db_prepare (write->db, ADD_SQL, error);

  if (stmt == NULL)
    return FALSE;
  uc_stmt_bind_text (stmt, ":op_id", post->op_id);
  uc_stmt_bind_int64 (stmt, ":kind", UC_OP_POST);
  uc_stmt_bind_text (stmt, ":user_id", post->user_id);
  uc_stmt_bind_text (stmt, ":channel_id", post->channel_id);
  uc_stmt_bind_text (stmt, ":root_id", is_waiting ? "" : post->root_id);
  uc_stmt_bind_text (stmt, ":post_id", "");
  uc_stmt_bind_text (stmt, ":post_key", post->op_id);
  _uc_row_bind_nullable (stmt, ":waits_for", is_waiting ? root->key : NULL);
  uc_stmt_bind_text (stmt, ":message", post->message);
  uc_stmt_bind_text (stmt, ":props", post->props);
  uc_stmt_bind_text (stmt, ":emoji_name", "");
  uc_stmt_bind_int64 (stmt, ":now", write->now_ms);
  return uc_stmt_run (stmt, error);
}

gboolean
_uc_op_queue_post (UcWrite *write, const UcOp *op, GError **error)
{
  UcPost *provisional = op->record;
  g_autoptr (UcPost) post = NULL;
  g_auto (Target) root = { 0 };
  gint64 seq;

  if (*provisional->root_id != '\0' && !find_target (write->db, provisional->root_id, &root, error))
    return FALSE;
  post = make_local (provisional, root.seq != 0 ? root.id : provisional->root_id);
  /* Queued already: the same batch was given twice. */
  if (!_uc_message_find (write->db, post->id, &seq, error))
    return FALSE;
  if (seq != 0)
    return TRUE;
  if (!add_post (write, post, &root, error))
    return FALSE;
  for (guint i = 0; i < provisional->files->len; i++) {
    if (!add_file (write, post->op_id, i, g_ptr_array_index (provisional->files, i), error))
      return FALSE;
  }
  _uc_recorder_op (write->recorder, post->op_id, TRUE);
  _uc_recorder_channel (write->recorder, post->channel_id);
  return _uc_post_add_local (write, post, &seq, error);
}

/* *@op_id is NULL when nothing of these kinds is queued for the message. */
static gboolean
find_queued (UcDb         *db,
             const Target *target,
             UcOpKind      kind,
             UcOpKind      other,
             const char   *emoji_name,
             char        **op_id,
             UcOpKind     *found,
             GError      **error)
{
  UcStmt  *stmt = uc_db_prepare (db, QUEUED_SQL, error);
  gboolean has_row;

  *op_id = NULL;
  if (stmt == NULL)
    return FALSE;
  uc_stmt_bind_text (stmt, ":key", target->key);
  uc_stmt_bind_int64 (stmt, ":kind", kind);
  uc_stmt_bind_int64 (stmt, ":other", other);
  uc_stmt_bind_text (stmt, ":emoji", emoji_name);
  if (!uc_stmt_step (stmt, &has_row, error))
    return FALSE;
  if (has_row) {
    *op_id = uc_stmt_dup_text (stmt, 0);
    *found = (UcOpKind) uc_stmt_get_int64 (stmt, 1);
  }
  uc_stmt_reset (stmt);
  return TRUE;
}

gboolean
_uc_op_queue_edit (UcWrite *write, const UcOp *op, GError **error)
{
  g_auto (Target) target = { 0 };
  g_autofree char *queued = NULL;
  UcOpKind         found;

  if (!find_target (write->db, op->key, &target, error))
    return FALSE;
  if (target.seq == 0)
    return TRUE;
  if (is_at_home (&target))
    return _uc_outbox_set_text (write, target.key, op->text, error) &&
           _uc_post_set_text (write, target.seq, op->text, 0, error);
  if (!find_queued (write->db, &target, UC_OP_EDIT, UC_OP_EDIT, "", &queued, &found, error))
    return FALSE;
  if (queued != NULL)
    return _uc_outbox_set_text (write, queued, op->text, error);
  return add (write, op, UC_OP_EDIT, &target, NULL, error);
}

gboolean
_uc_op_queue_delete (UcWrite *write, const UcOp *op, GError **error)
{
  g_auto (Target) target = { 0 };
  g_autofree char *queued_edit = NULL;
  UcOpKind         found;
  gint64           n_pending;

  if (!find_target (write->db, op->key, &target, error))
    return FALSE;
  if (target.seq == 0)
    return TRUE;
  if (is_at_home (&target))
    return _uc_outbox_remove (write, target.key, error) &&
           _uc_outbox_orphan (write, target.key, error) &&
           _uc_post_erase (write, target.seq, error);
  if (!_uc_row_find (write->db, PENDING_DELETE_SQL, ":key", target.key, &n_pending, error))
    return FALSE;
  if (n_pending > 0)
    return TRUE;
  /* An edit of what goes anyway need not go first. */
  if (!find_queued (write->db, &target, UC_OP_EDIT, UC_OP_EDIT, "", &queued_edit, &found, error) ||
      (queued_edit != NULL && !_uc_outbox_remove (write, queued_edit, error)))
    return FALSE;
  return add (write, op, UC_OP_DELETE, &target, NULL, error);
}

/* -- Marks --------------------------------------------------------------------------- */

/* On and off cancel each other while they wait. @is_stored: how the server has it. */
static gboolean
queue_mark (UcWrite      *write,
            const UcOp   *op,
            UcOpKind      on_kind,
            UcOpKind      off_kind,
            const Target *target,
            gboolean      is_stored,
            GError      **error)
{
  UcOpKind         kind = op->is_on ? on_kind : off_kind;
  const char      *emoji_name = on_kind == UC_OP_REACT ? op->text : "";
  g_autofree char *queued = NULL;
  UcOpKind         found = kind;

  if (!find_queued (write->db, target, on_kind, off_kind, emoji_name, &queued, &found, error))
    return FALSE;
  if (queued != NULL && found == kind)
    return TRUE;
  if (queued != NULL && !_uc_outbox_remove (write, queued, error))
    return FALSE;
  if (queued != NULL && is_stored == op->is_on)
    return TRUE;
  return add (write, op, kind, target, op->user_id, error);
}

gboolean
_uc_op_queue_reaction (UcWrite *write, const UcOp *op, GError **error)
{
  g_auto (Target) target = { 0 };
  gboolean is_stored;

  if (!find_target (write->db, op->key, &target, error))
    return FALSE;
  if (target.seq == 0)
    return TRUE;
  return _uc_reaction_is_stored (write->db, target.seq, op->user_id, op->text, &is_stored, error) &&
         queue_mark (write, op, UC_OP_REACT, UC_OP_UNREACT, &target, is_stored, error);
}

gboolean
_uc_op_queue_pin (UcWrite *write, const UcOp *op, GError **error)
{
  g_auto (Target) target = { 0 };
  gint64 is_pinned;

  if (!find_target (write->db, op->key, &target, error))
    return FALSE;
  if (target.seq == 0)
    return TRUE;
  return _uc_row_find (write->db, IS_PINNED_SQL, ":id", target.id, &is_pinned, error) &&
         queue_mark (write, op, UC_OP_PIN, UC_OP_UNPIN, &target, is_pinned != 0, error);
}

gboolean
_uc_op_queue_save (UcWrite *write, const UcOp *op, GError **error)
{
  g_auto (Target) target = { 0 };
  gint64 is_saved;

  if (!find_target (write->db, op->key, &target, error))
    return FALSE;
  if (target.seq == 0)
    return TRUE;
  return _uc_row_find (write->db, IS_SAVED_SQL, ":id", target.id, &is_saved, error) &&
         queue_mark (write, op, UC_OP_SAVE, UC_OP_UNSAVE, &target, is_saved != 0, error);
}

/* -- Reading --------------------------------------------------------------------------- */

/* Only the last word on how far a channel is read counts. */
static gboolean
remove_queued_reading (UcWrite *write, const char *channel_id, GError **error)
{
  g_autoptr (GPtrArray) ops =
      _uc_row_list (write->db, QUEUED_READING_SQL, ":channel_id", channel_id, error);

  if (ops == NULL)
    return FALSE;
  for (guint i = 0; i < ops->len; i++) {
    if (!_uc_outbox_remove (write, g_ptr_array_index (ops, i), error))
      return FALSE;
  }
  return TRUE;
}

gboolean
_uc_op_queue_view (UcWrite *write, const UcOp *op, GError **error)
{
  g_auto (Target) channel = { 0 };

  channel.channel_id = g_strdup (op->channel_id);
  return remove_queued_reading (write, op->channel_id, error) &&
         add (write, op, UC_OP_VIEW, &channel, NULL, error) &&
         _uc_member_mark_read (write, op->channel_id, 0, 0, FALSE, error);
}

gboolean
_uc_op_queue_set_unread (UcWrite *write, const UcOp *op, GError **error)
{
  g_auto (Target) target = { 0 };

  if (!find_target (write->db, op->key, &target, error))
    return FALSE;
  /* What the server does not have it cannot call unread. */
  if (target.seq == 0 || target.state != UC_SEND_NONE)
    return TRUE;
  return remove_queued_reading (write, target.channel_id, error) &&
         add (write, op, UC_OP_SET_UNREAD, &target, NULL, error) &&
         _uc_member_unread_from (write, target.channel_id, target.seq, error);
}
