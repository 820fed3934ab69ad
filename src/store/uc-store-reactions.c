/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The reactions of messages, as the server has them. What was queued here and not
 * sent yet lies over them when a message is read (uc-store-outbox.c). */

#include "config.h"

#include "uc-store-reactions-private.h"

#include "uc-keys-private.h"
#include "uc-row-private.h"
#include "uc-store-messages-private.h"
#include "uc-store-outbox-private.h"

static const char *READ_SQL = "SELECT u.id, r.emoji_name, r.create_at_ms"
                              "  FROM reactions r"
                              " CROSS JOIN users u ON u.user = r.user"
                              " WHERE r.seq = :seq"
                              " ORDER BY r.create_at_ms, r.emoji_name, r.user";
static const char *HAS_SQL =
    "SELECT 1 FROM reactions WHERE seq = :seq AND user = :user AND emoji_name = :emoji";
static const char *ADD_SQL = "INSERT INTO reactions (seq, user, emoji_name, create_at_ms)"
                             " VALUES (:seq, :user, :emoji, :at)"
                             " ON CONFLICT DO NOTHING";
static const char *REMOVE_SQL =
    "DELETE FROM reactions WHERE seq = :seq AND user = :user AND emoji_name = :emoji";
static const char *CLEAR_SQL = "DELETE FROM reactions WHERE seq = :seq";
static const char *MARK_SQL =
    "UPDATE messages"
    "   SET has_reactions = EXISTS (SELECT 1 FROM reactions r WHERE r.seq = messages.seq)"
    " WHERE seq = :seq";

/* The server moves the post's own time with each of its reactions: what it tells of the
 * post from before then is older than what is known here. It says when one was added;
 * of a removal only that it was later than all before. */
static const char *ADDED_SQL =
    "UPDATE messages SET update_at_ms = :at WHERE seq = :seq AND update_at_ms < :at";
static const char *REMOVED_SQL =
    "UPDATE messages SET update_at_ms = update_at_ms + 1 WHERE seq = :seq";

gboolean
_uc_reactions_read (UcDb *db, UcMessage *message, GError **error)
{
  UcStmt  *stmt = uc_db_prepare (db, READ_SQL, error);
  gboolean has_row;

  if (stmt == NULL)
    return FALSE;
  uc_stmt_bind_int64 (stmt, ":seq", message->seq);
  do {
    UcReaction *reaction;

    if (!uc_stmt_step (stmt, &has_row, error))
      return FALSE;
    if (!has_row)
      continue;
    reaction = uc_reaction_new ();
    _uc_row_take_text (stmt, 0, &reaction->user_id);
    _uc_row_take_text (stmt, 1, &reaction->emoji_name);
    reaction->create_at_ms = uc_stmt_get_int64 (stmt, 2);
    g_free (reaction->post_id);
    reaction->post_id = g_strdup (message->post->id);
    g_ptr_array_add (message->post->reactions, reaction);
  } while (has_row);
  return TRUE;
}

void
_uc_reactions_overlay (UcMessage  *message,
                       const char *user_id,
                       const char *emoji_name,
                       gint64      at_ms,
                       gboolean    add)
{
  GPtrArray  *reactions = message->post->reactions;
  UcReaction *reaction;

  for (guint i = 0; i < reactions->len; i++) {
    reaction = g_ptr_array_index (reactions, i);
    if (!g_str_equal (reaction->user_id, user_id) ||
        !g_str_equal (reaction->emoji_name, emoji_name))
      continue;
    if (!add)
      g_ptr_array_remove_index (reactions, i);
    message->post->has_reactions = reactions->len > 0;
    return;
  }
  if (!add)
    return;
  reaction = uc_reaction_new ();
  g_free (reaction->user_id);
  g_free (reaction->post_id);
  g_free (reaction->emoji_name);
  reaction->user_id = g_strdup (user_id);
  reaction->post_id = g_strdup (message->post->id);
  reaction->emoji_name = g_strdup (emoji_name);
  reaction->create_at_ms = at_ms;
  g_ptr_array_add (reactions, reaction);
  message->post->has_reactions = TRUE;
}

static gboolean
write_reaction (UcWrite *write, gint64 seq, UcReaction *reaction, gboolean is_on, GError **error)
{
  gint64  user;
  UcStmt *stmt;

  if (!_uc_key_of_user (write->db, reaction->user_id, &user, error))
    return FALSE;
  stmt = uc_db_prepare (write->db, is_on ? ADD_SQL : REMOVE_SQL, error);
  if (stmt == NULL)
    return FALSE;
  uc_stmt_bind_int64 (stmt, ":seq", seq);
  uc_stmt_bind_int64 (stmt, ":user", user);
  uc_stmt_bind_text (stmt, ":emoji", reaction->emoji_name);
  if (is_on)
    uc_stmt_bind_int64 (stmt, ":at", reaction->create_at_ms);
  return uc_stmt_run (stmt, error);
}

gboolean
_uc_reactions_clear (UcWrite *write, gint64 seq, GError **error)
{
  return _uc_row_run_int64 (write->db, CLEAR_SQL, ":seq", seq, error);
}

gboolean
_uc_reactions_replace (UcWrite *write, gint64 seq, UcPost *post, GError **error)
{
  if (!_uc_reactions_clear (write, seq, error))
    return FALSE;
  for (guint i = 0; i < post->reactions->len; i++) {
    if (!write_reaction (write, seq, g_ptr_array_index (post->reactions, i), TRUE, error))
      return FALSE;
  }
  return TRUE;
}

gboolean
_uc_reaction_is_stored (UcDb       *db,
                        gint64      seq,
                        const char *user_id,
                        const char *emoji_name,
                        gboolean   *is_stored,
                        GError    **error)
{
  gint64  user;
  UcStmt *stmt;

  if (!_uc_key_of_user (db, user_id, &user, error) ||
      (stmt = uc_db_prepare (db, HAS_SQL, error)) == NULL)
    return FALSE;
  uc_stmt_bind_int64 (stmt, ":seq", seq);
  uc_stmt_bind_int64 (stmt, ":user", user);
  uc_stmt_bind_text (stmt, ":emoji", emoji_name);
  if (!uc_stmt_step (stmt, is_stored, error))
    return FALSE;
  uc_stmt_reset (stmt);
  return TRUE;
}

gboolean
_uc_reaction_set (UcWrite *write, gint64 seq, UcReaction *reaction, gboolean is_on, GError **error)
{
  if (!write_reaction (write, seq, reaction, is_on, error))
    return FALSE;
  if (uc_db_get_changes (write->db) == 0)
    return TRUE;
  _uc_recorder_message_changed (write->recorder, seq);
  return _uc_row_run_int64 (write->db, MARK_SQL, ":seq", seq, error);
}

static gboolean
take_added (UcWrite *write, gint64 seq, UcReaction *reaction, GError **error)
{
  UcStmt *stmt;

  if (!_uc_reaction_set (write, seq, reaction, TRUE, error) ||
      (stmt = uc_db_prepare (write->db, ADDED_SQL, error)) == NULL)
    return FALSE;
  uc_stmt_bind_int64 (stmt, ":seq", seq);
  uc_stmt_bind_int64 (stmt, ":at", reaction->create_at_ms);
  return uc_stmt_run (stmt, error);
}

static gboolean
take_removed (UcWrite *write, gint64 seq, UcReaction *reaction, GError **error)
{
  gboolean is_stored;

  if (!_uc_reaction_is_stored (write->db, seq, reaction->user_id, reaction->emoji_name, &is_stored,
                               error))
    return FALSE;
  return !is_stored || (_uc_reaction_set (write, seq, reaction, FALSE, error) &&
                        _uc_row_run_int64 (write->db, REMOVED_SQL, ":seq", seq, error));
}

gboolean
_uc_reaction_take (UcWrite *write, gint64 seq, UcReaction *reaction, gboolean is_on, GError **error)
{
  return is_on ? take_added (write, seq, reaction, error)
               : take_removed (write, seq, reaction, error);
}

gboolean
_uc_op_put_reaction (UcWrite *write, const UcOp *op, GError **error)
{
  UcReaction *reaction = op->record;
  gint64      seq;

  if (!_uc_message_find (write->db, reaction->post_id, &seq, error))
    return FALSE;
  if (seq == 0) {
    _uc_early_note_reaction (write->early, reaction, TRUE);
    return TRUE;
  }
  return take_added (write, seq, reaction, error) &&
         _uc_outbox_acknowledge_change (write, reaction->post_id, UC_OP_REACT, reaction, error);
}

gboolean
_uc_op_remove_reaction (UcWrite *write, const UcOp *op, GError **error)
{
  UcReaction *reaction = op->record;
  gint64      seq;

  if (!_uc_message_find (write->db, reaction->post_id, &seq, error))
    return FALSE;
  if (seq == 0) {
    _uc_early_note_reaction (write->early, reaction, FALSE);
    return TRUE;
  }
  return take_removed (write, seq, reaction, error) &&
         _uc_outbox_acknowledge_change (write, reaction->post_id, UC_OP_UNREACT, reaction, error);
}
