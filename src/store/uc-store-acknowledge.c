/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A message of ours arrived. The acknowledgement may come twice, by the answer and by
 * the stream, in either order, and by a page too; the second finds nothing left to
 * do. What was queued for the unsent message goes on with the sent one. */

#include "config.h"

#include "uc-store-outbox-private.h"

#include "uc-row-private.h"
#include "uc-store-channels-private.h"
#include "uc-store-drafts-private.h"
#include "uc-store-files-private.h"
#include "uc-store-messages-private.h"
#include "uc-store-posts-private.h"

#include <string.h>

static const char *FIND_SQL = "SELECT kind, state, user_id, post_key, message, props, emoji_name,"
                              "       number"
                              "  FROM outbox WHERE op_id = :op_id";
static const char *RELEASE_SQL = "UPDATE outbox SET waits_for = NULL WHERE waits_for = :op_id";
static const char *MINE_SQL =
    "SELECT 1 FROM outbox"
    " WHERE op_id = :op_id AND kind = 0 AND channel_id = :channel_id AND user_id = :user_id";
static const char *CARRY_SQL =
    "UPDATE messages SET is_pushed = :is_pushed, in_total = :in_total WHERE seq = :seq";
/* Queued after that operation in its channel, and not sent yet. */
static const char *LATER_SQL =
    "SELECT m.seq FROM outbox o"
    "  JOIN messages m ON m.op_id = o.op_id AND m.is_local = 1"
    " WHERE o.kind = 0 AND o.channel_id = :channel_id AND o.number > :number AND m.seq < :seq"
    " ORDER BY o.number";
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
/* 2 is SENDING, 3 IN_DOUBT. */
static const char *CHANGE_SQL =
    "SELECT op_id FROM outbox"
    " WHERE post_id = :post_id AND kind = :kind AND emoji_name = :emoji AND state IN (2, 3)"
    "   AND (:user_id = '' OR user_id = :user_id)"
    " ORDER BY number";
static const char *VIEW_SQL =
    "SELECT op_id FROM outbox WHERE channel_id = :channel_id AND kind = 9 AND state IN (2, 3)"
    " ORDER BY number";
static const char *MOVE_POSTS_SQL =
    "UPDATE outbox SET post_id = :new WHERE post_key = :op_id AND op_id <> :op_id";

void
_uc_op_row_clear (UcOpRow *row)
{
  g_free (row->user_id);
  g_free (row->post_key);
  g_free (row->message);
  g_free (row->props);
  g_free (row->emoji_name);
}

gboolean
_uc_op_row_find (UcDb *db, const char *op_id, UcOpRow *row, GError **error)
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
    row->props = uc_stmt_dup_text (stmt, 5);
    row->emoji_name = uc_stmt_dup_text (stmt, 6);
    row->number = uc_stmt_get_int64 (stmt, 7);
  }
  uc_stmt_reset (stmt);
  return TRUE;
}

gboolean
_uc_outbox_release (UcWrite *write, const char *op_id, GError **error)
{
  return _uc_row_run (write->db, RELEASE_SQL, ":op_id", op_id, error);
}

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
         _uc_outbox_release (write, op_id, error) &&
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
  UcStmt   *stmt;

  if (!_uc_post_find (write->db, post_id, &twin, error))
    return FALSE;
  if (twin.seq == 0 || twin.seq == seq)
    return TRUE;
  if (!_uc_post_erase (write, twin.seq, error) ||
      (stmt = uc_db_prepare (write->db, CARRY_SQL, error)) == NULL)
    return FALSE;
  uc_stmt_bind_int64 (stmt, ":seq", seq);
  uc_stmt_bind_int64 (stmt, ":is_pushed", twin.is_pushed);
  uc_stmt_bind_int64 (stmt, ":in_total", twin.in_total);
  return uc_stmt_run (stmt, error);
}

/* The server's clock may be ahead of ours: what was written later stays below. */
static gboolean
keep_order (UcWrite *write, const UcOpRow *row, const char *channel_id, gint64 seq, GError **error)
{
  g_autoptr (GArray) later = g_array_new (FALSE, FALSE, sizeof (gint64));
  UcStmt  *stmt = uc_db_prepare (write->db, LATER_SQL, error);
  gboolean has_row;

  if (stmt == NULL)
    return FALSE;
  uc_stmt_bind_text (stmt, ":channel_id", channel_id);
  uc_stmt_bind_int64 (stmt, ":number", row->number);
  uc_stmt_bind_int64 (stmt, ":seq", seq);
  do {
    if (!uc_stmt_step (stmt, &has_row, error))
      return FALSE;
    if (has_row) {
      gint64 other = uc_stmt_get_int64 (stmt, 0);

      g_array_append_val (later, other);
    }
  } while (has_row);
  for (guint i = 0; i < later->len; i++) {
    if (!_uc_post_move_behind (write, g_array_index (later, gint64, i), seq, error))
      return FALSE;
  }
  return TRUE;
}

gboolean
_uc_outbox_acknowledge_op (UcWrite    *write,
                           const char *op_id,
                           UcPost     *post,
                           gint64     *seq,
                           GError    **error)
{
  g_autofree char *local_id = g_strconcat (UC_LOCAL_PREFIX, op_id, NULL);
  g_auto (UcOpRow) row = { 0 };
  gint64 old_seq;

  if (!_uc_op_row_find (write->db, op_id, &row, error) ||
      !_uc_message_find (write->db, local_id, &old_seq, error))
    return FALSE;
  if (!adopt_files (write, op_id, error) || !move_children (write, op_id, post->id, error) ||
      !_uc_outbox_remove (write, op_id, error))
    return FALSE;
  if (old_seq == 0)
    return _uc_post_put (write, post, seq, error);
  if (!remove_twin (write, post->id, old_seq, error) ||
      !_uc_post_rekey (write, old_seq, post, seq, error) ||
      !keep_order (write, &row, post->channel_id, *seq, error) ||
      !_uc_channel_count_own (write, post, *seq, error))
    return FALSE;
  /* Sent, and deleted on another device before the answer came. */
  return post->delete_at_ms == 0 ||
         _uc_post_bury (write, *seq,
                        &(UcBurial){ post->delete_at_ms, post->update_at_ms, post->delete_at_ms },
                        error);
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
  return !*is_acknowledged || _uc_outbox_acknowledge_op (write, op_id, post, seq, error);
}

/* The operations that @stmt finds are done. */
static gboolean
finish_found (UcWrite *write, UcStmt *stmt, GError **error)
{
  g_autoptr (GPtrArray) op_ids = g_ptr_array_new_with_free_func (g_free);
  gboolean has_row;

  do {
    if (!uc_stmt_step (stmt, &has_row, error))
      return FALSE;
    if (has_row)
      g_ptr_array_add (op_ids, uc_stmt_dup_text (stmt, 0));
  } while (has_row);
  for (guint i = 0; i < op_ids->len; i++) {
    const char *op_id = g_ptr_array_index (op_ids, i);

    if (!_uc_outbox_remove (write, op_id, error) || !_uc_outbox_release (write, op_id, error))
      return FALSE;
  }
  return TRUE;
}

gboolean
_uc_outbox_acknowledge_change (UcWrite    *write,
                               const char *post_id,
                               UcOpKind    kind,
                               UcReaction *reaction,
                               GError    **error)
{
  UcStmt *stmt = uc_db_prepare (write->db, CHANGE_SQL, error);

  if (stmt == NULL)
    return FALSE;
  uc_stmt_bind_text (stmt, ":post_id", post_id);
  uc_stmt_bind_int64 (stmt, ":kind", kind);
  uc_stmt_bind_text (stmt, ":emoji", reaction != NULL ? reaction->emoji_name : "");
  uc_stmt_bind_text (stmt, ":user_id", reaction != NULL ? reaction->user_id : "");
  return finish_found (write, stmt, error);
}

gboolean
_uc_outbox_acknowledge_view (UcWrite *write, const char *channel_id, GError **error)
{
  UcStmt *stmt = uc_db_prepare (write->db, VIEW_SQL, error);

  if (stmt == NULL)
    return FALSE;
  uc_stmt_bind_text (stmt, ":channel_id", channel_id);
  return finish_found (write, stmt, error);
}
