/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What the root of a thread knows of its replies: how many there are, and that it keeps
 * its place when it is deleted while it has some: a grave. That it is one is noted in
 * is_pinned, which means nothing else of a deleted message and whose index finds the few
 * there are. */

#include "config.h"

#include "uc-store-posts-private.h"

#include "uc-store-messages-private.h"

#define LIVING "WHERE r.root_id = :id AND r.root_id <> '' AND r.delete_at_ms = 0"

static const char *LIVING_SQL =
    "SELECT (SELECT count (*) FROM messages r " LIVING " AND r.id NOT LIKE 'local:%'),"
    "       EXISTS (SELECT 1 FROM messages r " LIVING ")";
/* The server moves the root's own time with a reply: a page from before is older. When one
 * goes it says no more than that it was later. */
static const char *COUNT_SQL =
    "UPDATE messages"
    "   SET reply_count = :count, last_reply_at_ms = max (last_reply_at_ms, :at),"
    "       update_at_ms = max (update_at_ms + (:count < reply_count), :at)"
    " WHERE seq = :seq AND (reply_count <> :count OR last_reply_at_ms < :at)";
static const char *KEEP_SQL = "UPDATE messages SET is_pinned = :is_kept WHERE seq = :seq";

/* Replies that are stored and live, those still to be sent only in *@has_any. */
static gboolean
count_living (UcDb *db, const char *root_id, int *count, gboolean *has_any, GError **error)
{
  UcStmt  *stmt = uc_db_prepare (db, LIVING_SQL, error);
  gboolean has_row;

  if (stmt == NULL)
    return FALSE;
  uc_stmt_bind_text (stmt, ":id", root_id);
  if (!uc_stmt_step (stmt, &has_row, error))
    return FALSE;
  *count = (int) uc_stmt_get_int64 (stmt, 0);
  *has_any = uc_stmt_get_int64 (stmt, 1) != 0;
  uc_stmt_reset (stmt);
  return TRUE;
}

/* Tells of it when it is another count. */
static gboolean
set_count (UcWrite *write, gint64 seq, int count, gint64 at_ms, GError **error)
{
  UcStmt *stmt = uc_db_prepare (write->db, COUNT_SQL, error);

  if (stmt == NULL)
    return FALSE;
  uc_stmt_bind_int64 (stmt, ":seq", seq);
  uc_stmt_bind_int64 (stmt, ":count", count);
  uc_stmt_bind_int64 (stmt, ":at", at_ms);
  if (!uc_stmt_run (stmt, error))
    return FALSE;
  if (uc_db_get_changes (write->db) > 0)
    _uc_recorder_message_changed (write->recorder, seq);
  return TRUE;
}

/* @root has seq 0 when there is none whose replies are counted. */
static gboolean
find_root (UcDb *db, const char *root_id, UcPostRow *root, GError **error)
{
  *root = (UcPostRow){ 0 };
  if (*root_id != '\0' && !_uc_post_find (db, root_id, root, error))
    return FALSE;
  if (root->delete_at_ms > 0)
    root->seq = 0;
  return TRUE;
}

/* Not one that is deleted. */
static gboolean
is_unknown (const UcPostRow *root, const char *root_id)
{
  return root->seq == 0 && root->delete_at_ms == 0 && *root_id != '\0';
}

gboolean
_uc_post_count_reply (UcWrite *write, UcPost *reply, GError **error)
{
  UcPostRow root;
  int       count;

  if (!find_root (write->db, reply->root_id, &root, error))
    return FALSE;
  if (is_unknown (&root, reply->root_id) && reply->reply_count > 0)
    _uc_early_note_replies (write->early, reply->root_id, reply->reply_count, reply->create_at_ms);
  /* The count that a reply carries is its thread's; an older server sends none. */
  count =
      reply->reply_count > 0 ? MAX (root.reply_count, reply->reply_count) : root.reply_count + 1;
  return root.seq == 0 || set_count (write, root.seq, count, reply->create_at_ms, error);
}

/* The server moves the root's time when a reply goes: one that is as new as that knows
 * it already. */
gboolean
_uc_post_discount_reply (UcWrite *write, UcPost *reply, gint64 since_ms, GError **error)
{
  UcPostRow root;
  int       living;
  gboolean  has_any;

  if (!find_root (write->db, reply->root_id, &root, error))
    return FALSE;
  if (root.seq == 0 || (since_ms > 0 && root.update_at_ms >= since_ms))
    return TRUE;
  if (!count_living (write->db, reply->root_id, &living, &has_any, error))
    return FALSE;
  /* One that counts no more than are here has been told by a page already, and perhaps of
   * others that are gone and still here. */
  return root.reply_count <= living || set_count (write, root.seq, root.reply_count - 1, 0, error);
}

gboolean
_uc_op_set_reply_count (UcWrite *write, const UcOp *op, GError **error)
{
  UcPostRow root;

  if (!find_root (write->db, op->key, &root, error))
    return FALSE;
  if (is_unknown (&root, op->key))
    _uc_early_note_replies (write->early, op->key, (int) op->number, 0);
  return root.seq == 0 || set_count (write, root.seq, (int) op->number, 0, error);
}

gboolean
_uc_post_take_replies (UcWrite *write, gint64 seq, const UcEarlyNews *news, GError **error)
{
  return set_count (write, seq, news->count, news->at_ms, error);
}

static gboolean
set_kept (UcWrite *write, gint64 seq, gboolean is_kept, GError **error)
{
  g_autoptr (UcMessage) last_form = is_kept ? NULL : _uc_message_load (write->db, seq, error);
  UcStmt *stmt = uc_db_prepare (write->db, KEEP_SQL, error);

  if (stmt == NULL || (!is_kept && last_form == NULL))
    return FALSE;
  uc_stmt_bind_int64 (stmt, ":seq", seq);
  uc_stmt_bind_int64 (stmt, ":is_kept", is_kept);
  if (!uc_stmt_run (stmt, error))
    return FALSE;
  if (is_kept)
    _uc_recorder_message_added (write->recorder, seq);
  else
    _uc_recorder_message_removed (write->recorder, g_steal_pointer (&last_form));
  return TRUE;
}

gboolean
_uc_post_settle_grave (UcWrite *write, const char *root_id, GError **error)
{
  UcPostRow root;
  int       count;
  gboolean  has_any;

  if (*root_id == '\0')
    return TRUE;
  if (!_uc_post_find (write->db, root_id, &root, error))
    return FALSE;
  if (root.seq == 0 || root.delete_at_ms == 0)
    return TRUE;
  if (!count_living (write->db, root_id, &count, &has_any, error) ||
      (has_any != root.is_pinned && !set_kept (write, root.seq, has_any, error)))
    return FALSE;
  return !has_any || set_count (write, root.seq, count, 0, error);
}
