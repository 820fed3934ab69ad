/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Writes messages. The same post arrives by many ways and in any order (page, push,
 * answer, search): the newest update_at wins, and the same news twice writes
 * nothing. */

#include "config.h"

#include "uc-store-posts-private.h"

#include "uc-keys-private.h"
#include "uc-row-private.h"
#include "uc-store-annotations-private.h"
#include "uc-store-files-private.h"
#include "uc-store-messages-private.h"
#include "uc-store-outbox-private.h"
#include "uc-store-reactions-private.h"

static const char *FIND_SQL =
    "SELECT seq, channel, user, create_at_ms, update_at_ms, delete_at_ms, last_reply_at_ms,"
    "       reply_count, has_metadata, is_pushed, in_total, is_pinned"
    "  FROM messages WHERE id = :id";
/* Some servers say of a root on their newest page that it has no replies. */
#define AT_LEAST_LIVING                                                                            \
  "max (:reply_count, (SELECT count (*) FROM messages r"                                           \
  "                     WHERE r.root_id = :id AND r.root_id <> '' AND r.delete_at_ms = 0"          \
  "                       AND r.id NOT LIKE 'local:%'))"
static const char *INSERT_SQL =
    "INSERT INTO messages (seq, id, channel, user, root_id, type, message, props, hashtags,"
    "                      file_ids, override_name, create_at_ms, update_at_ms, edit_at_ms,"
    "                      delete_at_ms, last_reply_at_ms, reply_count, is_pinned, has_reactions,"
    "                      is_from_bot, has_metadata, op_id, is_local, is_counted)"
    " VALUES (:seq, :id, :channel, :user, :root_id, :type, :message, :props, :hashtags,"
    "         :file_ids, :override_name, :create_at, :update_at, :edit_at, 0, :last_reply_at,"
    "         " AT_LEAST_LIVING ", :is_pinned, :has_reactions, :is_from_bot, :has_metadata, :op_id,"
    "         :is_local, :is_counted)";
/* Changes and removals are seen to by triggers (0003-full-text.sql). */
static const char *INDEX_SQL = "INSERT INTO message_words (rowid, message) VALUES (:seq, :message)";
/* The operation's id of a message that was written here is never replaced. */
static const char *UPDATE_SQL =
    "UPDATE messages"
    "   SET seq = :seq, id = :id, channel = :channel, user = :user, root_id = :root_id,"
    "       type = :type, message = :message, props = :props, hashtags = :hashtags,"
    "       file_ids = :file_ids, override_name = :override_name, create_at_ms = :create_at,"
    "       update_at_ms = :update_at, edit_at_ms = :edit_at, delete_at_ms = 0,"
    "       last_reply_at_ms = :last_reply_at, reply_count = " AT_LEAST_LIVING ","
    "       is_pinned = :is_pinned, has_reactions = :has_reactions, is_from_bot = :is_from_bot,"
    "       has_metadata = :has_metadata,"
    "       op_id = CASE WHEN is_local = 1 THEN op_id ELSE :op_id END"
    " WHERE seq = :old_seq";
static const char *NEWEST_SQL =
    "SELECT max (seq) FROM messages WHERE channel = :channel AND delete_at_ms = 0";

gboolean
_uc_post_find (UcDb *db, const char *id, UcPostRow *row, GError **error)
{
  UcStmt  *stmt = uc_db_prepare (db, FIND_SQL, error);
  gboolean has_row;

  *row = (UcPostRow){ 0 };
  if (stmt == NULL)
    return FALSE;
  uc_stmt_bind_text (stmt, ":id", id);
  if (!uc_stmt_step (stmt, &has_row, error))
    return FALSE;
  if (has_row) {
    row->seq = uc_stmt_get_int64 (stmt, 0);
    row->channel = uc_stmt_get_int64 (stmt, 1);
    row->user = uc_stmt_get_int64 (stmt, 2);
    row->create_at_ms = uc_stmt_get_int64 (stmt, 3);
    row->update_at_ms = uc_stmt_get_int64 (stmt, 4);
    row->delete_at_ms = uc_stmt_get_int64 (stmt, 5);
    row->last_reply_at_ms = uc_stmt_get_int64 (stmt, 6);
    row->reply_count = (int) uc_stmt_get_int64 (stmt, 7);
    row->has_metadata = uc_stmt_get_int64 (stmt, 8) != 0;
    row->is_pushed = uc_stmt_get_int64 (stmt, 9) != 0;
    row->in_total = uc_stmt_get_int64 (stmt, 10) != 0;
    row->is_pinned = uc_stmt_get_int64 (stmt, 11) != 0;
  }
  uc_stmt_reset (stmt);
  return TRUE;
}

/* -- Rows --------------------------------------------------------------------------- */

static void
bind_post (UcStmt *stmt, UcPost *post, gint64 channel, gint64 user, gint64 seq)
{
  g_autofree char *file_ids = g_strjoinv (" ", post->file_ids);

  uc_stmt_bind_int64 (stmt, ":seq", seq);
  uc_stmt_bind_text (stmt, ":id", post->id);
  uc_stmt_bind_int64 (stmt, ":channel", channel);
  uc_stmt_bind_int64 (stmt, ":user", user);
  uc_stmt_bind_text (stmt, ":root_id", post->root_id);
  uc_stmt_bind_text (stmt, ":type", post->type);
  uc_stmt_bind_text (stmt, ":message", post->message);
  uc_stmt_bind_text (stmt, ":props", post->props);
  uc_stmt_bind_text (stmt, ":hashtags", post->hashtags);
  uc_stmt_bind_text (stmt, ":file_ids", file_ids);
  _uc_row_bind_nullable (stmt, ":override_name", post->override_name);
  uc_stmt_bind_int64 (stmt, ":create_at", post->create_at_ms);
  uc_stmt_bind_int64 (stmt, ":update_at", post->update_at_ms);
  uc_stmt_bind_int64 (stmt, ":edit_at", post->edit_at_ms);
  uc_stmt_bind_int64 (stmt, ":last_reply_at", post->last_reply_at_ms);
  uc_stmt_bind_int64 (stmt, ":reply_count", post->reply_count);
  uc_stmt_bind_int64 (stmt, ":is_pinned", post->is_pinned);
  uc_stmt_bind_int64 (stmt, ":has_reactions",
                      post->has_metadata ? post->reactions->len > 0 : post->has_reactions);
  uc_stmt_bind_int64 (stmt, ":is_from_bot", post->is_from_bot);
  uc_stmt_bind_int64 (stmt, ":has_metadata", post->has_metadata);
  uc_stmt_bind_text (stmt, ":op_id", post->op_id);
}

/* What the server tells with the post. Without metadata nothing is known of it, and
 * what is stored stays. */
static gboolean
write_parts (UcWrite *write, gint64 seq, UcPost *post, gboolean is_new, GError **error)
{
  if (post->has_metadata && (!is_new || post->reactions->len > 0) &&
      !_uc_reactions_replace (write, seq, post, error))
    return FALSE;
  if (post->has_metadata && (!is_new || post->files->len > 0) &&
      !_uc_files_replace (write, seq, post, error))
    return FALSE;
  if (is_new && !uc_post_is_system (post) && !_uc_annotation_hold_place (write, seq, error))
    return FALSE;
  return post->annotation == NULL || _uc_annotation_put (write, seq, post->annotation, error);
}

static gboolean
index_text (UcWrite *write, gint64 seq, const char *message, GError **error)
{
  UcStmt *stmt;

  if (*message == '\0')
    return TRUE;
  stmt = uc_db_prepare (write->db, INDEX_SQL, error);
  if (stmt == NULL)
    return FALSE;
  uc_stmt_bind_int64 (stmt, ":seq", seq);
  uc_stmt_bind_text (stmt, ":message", message);
  return uc_stmt_run (stmt, error);
}

static gboolean
insert (UcWrite *write, UcPost *post, gint64 seq, gboolean is_local, GError **error)
{
  gint64  channel;
  gint64  user;
  UcStmt *stmt;

  if (!_uc_key_of_channel (write->db, post->channel_id, &channel, error) ||
      !_uc_key_of_user (write->db, post->user_id, &user, error) ||
      (stmt = uc_db_prepare (write->db, INSERT_SQL, error)) == NULL)
    return FALSE;
  bind_post (stmt, post, channel, user, seq);
  uc_stmt_bind_int64 (stmt, ":is_local", is_local);
  uc_stmt_bind_int64 (stmt, ":is_counted", uc_post_is_counted (post));
  if (!uc_stmt_run (stmt, error) || !index_text (write, seq, post->message, error))
    return FALSE;
  _uc_recorder_message_added (write->recorder, seq);
  return write_parts (write, seq, post, TRUE, error);
}

static gboolean
update (UcWrite *write, UcPost *post, gint64 old_seq, gint64 seq, GError **error)
{
  gint64  channel;
  gint64  user;
  UcStmt *stmt;

  if (!_uc_key_of_channel (write->db, post->channel_id, &channel, error) ||
      !_uc_key_of_user (write->db, post->user_id, &user, error) ||
      (stmt = uc_db_prepare (write->db, UPDATE_SQL, error)) == NULL)
    return FALSE;
  bind_post (stmt, post, channel, user, seq);
  uc_stmt_bind_int64 (stmt, ":old_seq", old_seq);
  return uc_stmt_run (stmt, error) && write_parts (write, seq, post, FALSE, error);
}

static gboolean
add (UcWrite *write, UcPost *post, gint64 *seq, GError **error)
{
  gboolean has_key =
      write->before_seq != 0
          ? _uc_key_before_message (write->db, post->create_at_ms, write->before_seq, seq, error)
          : _uc_key_for_message (write->db, post->create_at_ms, seq, error);

  return has_key && insert (write, post, *seq, FALSE, error) &&
         _uc_post_settle_grave (write, post->root_id, error);
}

static gboolean
take_news (UcWrite *write, gint64 seq, const UcEarlyNews *news, GError **error)
{
  return news->kind == UC_EARLY_REPLIES ? _uc_post_take_replies (write, seq, news, error)
                                        : _uc_reaction_take (write, seq, news->reaction,
                                                             news->kind == UC_EARLY_REACTED, error);
}

/* What the stream told of the post before it came, unless it shows that already. */
static gboolean
catch_up (UcWrite *write, UcPost *post, gint64 seq, GError **error)
{
  g_autoptr (GPtrArray) all = _uc_early_take (write->early, post->id);

  for (guint i = 0; all != NULL && i < all->len; i++) {
    const UcEarlyNews *news = g_ptr_array_index (all, i);

    if ((news->at_ms == 0 || news->at_ms > post->update_at_ms) &&
        !take_news (write, seq, news, error))
      return FALSE;
  }
  return TRUE;
}

/* A page from before the deletion, that of a root takes its replies along. */
static gboolean
is_removed (UcWrite *write, UcPost *post)
{
  return _uc_early_is_removed (write->early, post->id) ||
         (*post->root_id != '\0' && _uc_early_is_removed (write->early, post->root_id));
}

static gboolean
has_reaction (GPtrArray *reactions, const UcReaction *wanted)
{
  for (guint i = 0; i < reactions->len; i++) {
    const UcReaction *reaction = g_ptr_array_index (reactions, i);

    if (g_str_equal (reaction->user_id, wanted->user_id) &&
        g_str_equal (reaction->emoji_name, wanted->emoji_name))
      return TRUE;
  }
  return FALSE;
}

static gboolean
has_same_reactions (UcPost *stored, UcPost *post)
{
  for (guint i = 0; i < post->reactions->len; i++) {
    if (!has_reaction (stored->reactions, g_ptr_array_index (post->reactions, i)))
      return FALSE;
  }
  return stored->reactions->len == post->reactions->len;
}

static gboolean
tells_more (UcPost *stored, UcPost *post)
{
  return !g_str_equal (stored->message, post->message) || stored->edit_at_ms != post->edit_at_ms ||
         stored->is_pinned != post->is_pinned || stored->reply_count != post->reply_count ||
         (post->has_metadata && (!stored->has_metadata || !has_same_reactions (stored, post)));
}

/* A reaction that was added in the very millisecond, and which the post does not have: the
 * answer to an edit, say, that was made in the same one. */
static gboolean
is_from_before (UcPost *stored, UcPost *post)
{
  for (guint i = 0; post->has_metadata && i < stored->reactions->len; i++) {
    const UcReaction *reaction = g_ptr_array_index (stored->reactions, i);

    if (reaction->create_at_ms == post->update_at_ms && !has_reaction (post->reactions, reaction))
      return TRUE;
  }
  return FALSE;
}

/* Of the same time as what is stored. A reply or a reaction that was pushed has moved
 * that time, perhaps past changes that are not known here: what the server shows at
 * that time is the truth. */
static gboolean
compare (UcWrite *write, UcPost *post, const UcPostRow *row, GError **error)
{
  g_autoptr (UcMessage) stored = _uc_message_load (write->db, row->seq, error);

  if (stored == NULL)
    return FALSE;
  if (!tells_more (stored->post, post) || is_from_before (stored->post, post))
    return TRUE;
  _uc_recorder_message_changed (write->recorder, row->seq);
  return update (write, post, row->seq, row->seq, error);
}

static gboolean
bring_up_to_date (UcWrite *write, UcPost *post, const UcPostRow *row, GError **error)
{
  /* A deletion that was only inferred is taken back by the post itself. */
  gboolean is_revived = row->delete_at_ms > 0 && post->update_at_ms >= row->update_at_ms;

  if (post->update_at_ms < row->update_at_ms)
    return TRUE;
  if (!is_revived && post->update_at_ms == row->update_at_ms)
    return compare (write, post, row, error);
  if (!update (write, post, row->seq, row->seq, error) ||
      !_uc_outbox_acknowledge_change (write, post->id, post->is_pinned ? UC_OP_PIN : UC_OP_UNPIN,
                                      NULL, error))
    return FALSE;
  if (!is_revived) {
    _uc_recorder_message_changed (write->recorder, row->seq);
    return TRUE;
  }
  _uc_recorder_message_added (write->recorder, row->seq);
  return _uc_post_settle_grave (write, post->root_id, error) &&
         (uc_post_is_system (post) || _uc_annotation_hold_place (write, row->seq, error));
}

/* The server deletes replies with their root, and says so of the root alone: a page from
 * before that may still show one. Where the root was only missed, or the reply changed
 * since, the reply lives. */
static gboolean
follow_root (UcWrite *write, UcPost *post, gint64 seq, GError **error)
{
  UcPostRow root;

  if (*post->root_id == '\0')
    return TRUE;
  if (!_uc_post_find (write->db, post->root_id, &root, error))
    return FALSE;
  return root.delete_at_ms == 0 || root.update_at_ms < root.delete_at_ms ||
         post->update_at_ms > root.update_at_ms ||
         _uc_post_bury (write, seq, &(UcBurial){ root.delete_at_ms, 0, 0 }, error);
}

gboolean
_uc_post_put (UcWrite *write, UcPost *post, gint64 *seq, GError **error)
{
  UcPostRow row;
  gboolean  is_acknowledged;

  *seq = 0;
  /* A revision of another post, which an edit leaves behind on the server. */
  if (*post->original_id != '\0')
    return TRUE;
  if (post->delete_at_ms == 0) {
    if (!_uc_outbox_acknowledge (write, post, &is_acknowledged, seq, error))
      return FALSE;
    if (is_acknowledged)
      return TRUE;
  }
  if (!_uc_post_find (write->db, post->id, &row, error))
    return FALSE;
  *seq = row.seq;
  if (post->delete_at_ms > 0) {
    /* Its events may still be to come. */
    if (row.seq == 0)
      _uc_early_note_removal (write->early, post->id);
    return row.seq == 0 || row.delete_at_ms > 0 ||
           _uc_post_bury (write, row.seq,
                          &(UcBurial){ post->delete_at_ms, post->update_at_ms, post->delete_at_ms },
                          error);
  }
  if (row.seq == 0 && is_removed (write, post))
    return TRUE;
  if (row.seq == 0 ? !add (write, post, seq, error) || !catch_up (write, post, *seq, error)
                   : !bring_up_to_date (write, post, &row, error))
    return FALSE;
  return follow_root (write, post, *seq, error);
}

gboolean
_uc_post_add_local (UcWrite *write, UcPost *post, gint64 *seq, GError **error)
{
  gint64   channel;
  UcStmt  *stmt;
  gboolean has_row;
  gint64   newest_ms;

  if (!_uc_key_of_channel (write->db, post->channel_id, &channel, error) ||
      (stmt = uc_db_prepare (write->db, NEWEST_SQL, error)) == NULL)
    return FALSE;
  uc_stmt_bind_int64 (stmt, ":channel", channel);
  if (!uc_stmt_step (stmt, &has_row, error))
    return FALSE;
  /* One's own clock may be behind the server's: what was just written still stands
   * last, until the server says when it was. */
  newest_ms = UC_SEQ_TO_MS (uc_stmt_get_int64 (stmt, 0));
  uc_stmt_reset (stmt);
  return _uc_key_for_message (write->db, MAX (post->create_at_ms, newest_ms), seq, error) &&
         insert (write, post, *seq, TRUE, error) &&
         _uc_post_settle_grave (write, post->root_id, error);
}

gboolean
_uc_post_rekey (UcWrite *write, gint64 old_seq, UcPost *post, gint64 *seq, GError **error)
{
  if (!_uc_key_for_message (write->db, post->create_at_ms, seq, error))
    return FALSE;
  _uc_recorder_message_moved (write->recorder, old_seq, *seq);
  return update (write, post, old_seq, *seq, error);
}

gboolean
_uc_op_put_post (UcWrite *write, const UcOp *op, GError **error)
{
  gint64 seq;

  return _uc_post_put (write, op->record, &seq, error);
}
