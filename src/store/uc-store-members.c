/* SPDX-License-Identifier: GPL-3.0-or-later */

/* One's own memberships: how far each channel is read. The server's snapshot and
 * what happens here (reading, own posts, pushed mentions) meet by the time of the
 * membership's last change, which both move. */

#include "config.h"

#include "uc-store-members-private.h"

#include "uc-keys-private.h"
#include "uc-message.h"
#include "uc-row-private.h"
#include "uc-store-outbox-private.h"

static const char *READ_SQL = "SELECT " UC_MEMBER_COLUMNS "  FROM members mb"
                              " WHERE mb.channel = :channel";
static const char *PUT_SQL =
    "INSERT INTO members (channel, user_id, roles, notify_desktop, notify_push, notify_email,"
    "                     ignore_channel_mentions, is_muted, last_viewed_at_ms, last_update_at_ms,"
    "                     read_msg_count, read_msg_count_root, mention_count, mention_count_root)"
    " VALUES (:channel, :user_id, :roles, :desktop, :push, :email, :ignore, :is_muted,"
    "         :last_viewed, :last_update, :read, :read_root, :mentions, :mentions_root)"
    " ON CONFLICT (channel) DO UPDATE"
    "   SET user_id = excluded.user_id,"
    "       roles = excluded.roles,"
    "       notify_desktop = excluded.notify_desktop,"
    "       notify_push = excluded.notify_push,"
    "       notify_email = excluded.notify_email,"
    "       ignore_channel_mentions = excluded.ignore_channel_mentions,"
    "       is_muted = excluded.is_muted,"
    "       last_viewed_at_ms = excluded.last_viewed_at_ms,"
    "       last_update_at_ms = excluded.last_update_at_ms,"
    "       read_msg_count = excluded.read_msg_count,"
    "       read_msg_count_root = excluded.read_msg_count_root,"
    "       mention_count = excluded.mention_count,"
    "       mention_count_root = excluded.mention_count_root"
    " WHERE (user_id, roles, notify_desktop, notify_push, notify_email, ignore_channel_mentions,"
    "        is_muted, last_viewed_at_ms, last_update_at_ms, read_msg_count, read_msg_count_root,"
    "        mention_count, mention_count_root)"
    "    IS NOT (excluded.user_id, excluded.roles, excluded.notify_desktop, excluded.notify_push,"
    "            excluded.notify_email, excluded.ignore_channel_mentions, excluded.is_muted,"
    "            excluded.last_viewed_at_ms, excluded.last_update_at_ms, excluded.read_msg_count,"
    "            excluded.read_msg_count_root, excluded.mention_count, "
    "excluded.mention_count_root)";
static const char *REMOVE_SQL = "DELETE FROM members WHERE channel = :channel";
/* VIEW and SET_UNREAD that the server has not heard of yet, failed ones apart. */
static const char *IS_PENDING_SQL =
    "SELECT EXISTS (SELECT 1 FROM outbox"
    "                WHERE channel_id = :id AND kind IN (9, 10) AND state <> 5)";
/* Also of what was deleted since: that lowers no count of the server. */
static const char *MENTIONS_SINCE_SQL =
    "SELECT count (*), count (*) FILTER (WHERE root_id = '')"
    "  FROM messages"
    " WHERE channel = :channel AND seq > :seq AND mentions_me = 1";
/* Of those that the channel's total has in it: not what waits to be sent, however long. */
#define LATER                                                                                      \
  "(SELECT count (*) AS n, count (*) FILTER (WHERE m.root_id = '') AS n_root,"                     \
  "        count (*) FILTER (WHERE m.mentions_me = 1) AS n_mentions,"                              \
  "        count (*) FILTER (WHERE m.mentions_me = 1 AND m.root_id = '') AS n_mentions_root"       \
  "   FROM messages m"                                                                             \
  "   JOIN channels c USING (channel)"                                                             \
  "  WHERE m.channel = :channel AND m.seq > :seen AND m.is_counted = 1"                            \
  "    AND (m.in_total = 1"                                                                        \
  "         OR (m.create_at_ms <= c.counted_at_ms AND m.id NOT LIKE 'local:%'))) AS later"
/* Up to :seen. What is later may be here already when the stream tells of it; a total that
 * knows of more than is here says nothing of that moment. Reading makes nothing unread. What
 * one wrote (:at) before the last reading that is known of is read as it is. */
static const char *MARK_READ_SQL =
    "UPDATE members"
    "   SET read_msg_count = c.total_msg_count - later.n,"
    "       read_msg_count_root = c.total_msg_count_root - later.n_root,"
    "       mention_count = later.n_mentions,"
    "       mention_count_root = later.n_mentions_root,"
    "       last_viewed_at_ms = max (last_viewed_at_ms, :at,"
    "                                iif (later.n > 0, :seen_ms, c.last_post_at_ms)),"
    "       last_update_at_ms = CASE WHEN :is_told = 0 THEN last_update_at_ms"
    "                                WHEN later.n > 0 THEN :seen_ms"
    "                                WHEN :behind_ms > 0 THEN :behind_ms"
    "                                ELSE max (last_update_at_ms, c.last_post_at_ms, :at) END"
    "  FROM channels c, " LATER " WHERE c.channel = members.channel AND members.channel = :channel"
    "   AND c.total_msg_count - later.n >= read_msg_count"
    "   AND (:at = 0 OR :at > last_viewed_at_ms)"
    "   AND (:seen_ms = 0 OR c.counted_at_ms <= :seen_ms"
    "        OR EXISTS (SELECT 1 FROM messages m WHERE m.channel = :channel AND m.seq > :seen))"
    "   AND (read_msg_count <> c.total_msg_count - later.n OR mention_count <> later.n_mentions"
    "        OR last_viewed_at_ms < c.last_post_at_ms)";
static const char *LEAVE_UNREAD_SQL =
    "UPDATE members"
    "   SET last_update_at_ms = min (last_update_at_ms, :from_ms - 1),"
    "       read_msg_count = min (read_msg_count, max (0, c.total_msg_count - later.n)),"
    "       read_msg_count_root = min (read_msg_count_root,"
    "                                  max (0, c.total_msg_count_root - later.n_root))"
    "  FROM channels c, " LATER " WHERE c.channel = members.channel AND members.channel = :channel";
/* When the stream was last heard of in the channel, where posts from after that are here
 * already: their events are still to come, and to be counted. */
static const char *BEHIND_SQL = "SELECT max (m.create_at_ms)"
                                "  FROM messages m"
                                "  JOIN channels c USING (channel)"
                                " WHERE c.id = :id AND m.is_pushed = 1"
                                " HAVING max (m.create_at_ms) < max (c.last_post_at_ms)";
/* In the same millisecond as the mention, and the stream told of it first. */
#define WROTE_BEFORE                                                                               \
  "EXISTS (SELECT 1 FROM messages m WHERE m.channel = :channel AND m.user = :me"                   \
  "           AND m.is_pushed = 1 AND m.create_at_ms = :at AND m.seq < :seq)"
static const char *ADD_MENTION_SQL = "UPDATE members"
                                     "   SET mention_count = mention_count + 1,"
                                     "       mention_count_root = mention_count_root + :root"
                                     " WHERE channel = :channel"
                                     "   AND (:at > last_update_at_ms"
                                     "        OR (:at = last_update_at_ms AND " WROTE_BEFORE "))";
static const char *SET_UNREAD_SQL =
    "UPDATE members"
    "   SET last_viewed_at_ms = :last_viewed, read_msg_count = :read, mention_count = :mentions"
    " WHERE channel = :channel"
    "   AND (last_viewed_at_ms, read_msg_count, mention_count)"
    "    IS NOT (:last_viewed, :read, :mentions)";
/* Also what was deleted, as in the total; what was not sent is not in it. */
static const char *FROM_SQL =
    "SELECT (SELECT total_msg_count FROM channels WHERE channel = :channel) - count (*),"
    "       count (*) FILTER (WHERE mentions_me = 1)"
    "  FROM messages"
    " WHERE channel = :channel AND seq >= :seq AND is_counted = 1 AND id NOT LIKE 'local:%'";

UcMember *
_uc_member_read (UcStmt *stmt, int column, const char *channel_id)
{
  UcMember *member;

  if (uc_stmt_is_null (stmt, column))
    return NULL;
  member = uc_member_new ();
  g_free (member->channel_id);
  member->channel_id = g_strdup (channel_id);
  _uc_row_take_text (stmt, column, &member->user_id);
  _uc_row_take_text (stmt, column + 1, &member->roles);
  _uc_row_take_text (stmt, column + 2, &member->notify_desktop);
  _uc_row_take_text (stmt, column + 3, &member->notify_push);
  _uc_row_take_text (stmt, column + 4, &member->notify_email);
  _uc_row_take_text (stmt, column + 5, &member->ignore_channel_mentions);
  member->is_muted = uc_stmt_get_int64 (stmt, column + 6) != 0;
  member->last_viewed_at_ms = uc_stmt_get_int64 (stmt, column + 7);
  member->last_update_at_ms = uc_stmt_get_int64 (stmt, column + 8);
  member->read_msg_count = uc_stmt_get_int64 (stmt, column + 9);
  member->read_msg_count_root = uc_stmt_get_int64 (stmt, column + 10);
  member->mention_count = uc_stmt_get_int64 (stmt, column + 11);
  member->mention_count_root = uc_stmt_get_int64 (stmt, column + 12);
  return member;
}

/* *@member is NULL when there is none. */
static gboolean
load (UcDb *db, gint64 channel, const char *channel_id, UcMember **member, GError **error)
{
  UcStmt  *stmt = uc_db_prepare (db, READ_SQL, error);
  gboolean has_row;

  *member = NULL;
  if (stmt == NULL)
    return FALSE;
  uc_stmt_bind_int64 (stmt, ":channel", channel);
  if (!uc_stmt_step (stmt, &has_row, error))
    return FALSE;
  if (has_row)
    *member = _uc_member_read (stmt, 0, channel_id);
  uc_stmt_reset (stmt);
  return TRUE;
}

static gboolean
record_if_changed (UcWrite *write, const char *channel_id)
{
  if (uc_db_get_changes (write->db) > 0)
    _uc_recorder_channel (write->recorder, channel_id);
  return TRUE;
}

static gboolean
write_member (UcWrite *write, gint64 channel, const UcMember *member, GError **error)
{
  UcStmt *stmt = uc_db_prepare (write->db, PUT_SQL, error);

  if (stmt == NULL)
    return FALSE;
  uc_stmt_bind_int64 (stmt, ":channel", channel);
  uc_stmt_bind_text (stmt, ":user_id", member->user_id);
  uc_stmt_bind_text (stmt, ":roles", member->roles);
  uc_stmt_bind_text (stmt, ":desktop", member->notify_desktop);
  uc_stmt_bind_text (stmt, ":push", member->notify_push);
  uc_stmt_bind_text (stmt, ":email", member->notify_email);
  uc_stmt_bind_text (stmt, ":ignore", member->ignore_channel_mentions);
  uc_stmt_bind_int64 (stmt, ":is_muted", member->is_muted);
  uc_stmt_bind_int64 (stmt, ":last_viewed", member->last_viewed_at_ms);
  uc_stmt_bind_int64 (stmt, ":last_update", member->last_update_at_ms);
  uc_stmt_bind_int64 (stmt, ":read", member->read_msg_count);
  uc_stmt_bind_int64 (stmt, ":read_root", member->read_msg_count_root);
  uc_stmt_bind_int64 (stmt, ":mentions", member->mention_count);
  uc_stmt_bind_int64 (stmt, ":mentions_root", member->mention_count_root);
  return uc_stmt_run (stmt, error) && record_if_changed (write, member->channel_id);
}

static void
take_counters (UcMember *to, const UcMember *from)
{
  to->last_viewed_at_ms = from->last_viewed_at_ms;
  to->last_update_at_ms = from->last_update_at_ms;
  to->read_msg_count = from->read_msg_count;
  to->read_msg_count_root = from->read_msg_count_root;
  to->mention_count = from->mention_count;
  to->mention_count_root = from->mention_count_root;
}

/* Mentions that were pushed after the snapshot was taken. */
static gboolean
add_later_mentions (UcDb *db, gint64 channel, UcMember *member, GError **error)
{
  UcStmt  *stmt = uc_db_prepare (db, MENTIONS_SINCE_SQL, error);
  gboolean has_row;

  if (stmt == NULL)
    return FALSE;
  uc_stmt_bind_int64 (stmt, ":channel", channel);
  uc_stmt_bind_int64 (stmt, ":seq", _uc_key_last_of_ms (member->last_update_at_ms));
  if (!uc_stmt_step (stmt, &has_row, error))
    return FALSE;
  member->mention_count += uc_stmt_get_int64 (stmt, 0);
  member->mention_count_root += uc_stmt_get_int64 (stmt, 1);
  uc_stmt_reset (stmt);
  return TRUE;
}

gboolean
_uc_op_put_member (UcWrite *write, const UcOp *op, GError **error)
{
  g_autoptr (UcMember) member = uc_member_copy (op->record);
  g_autoptr (UcMember) stored = NULL;
  gint64 channel;
  gint64 is_pending;

  if (!_uc_key_of_channel (write->db, member->channel_id, &channel, error) ||
      !load (write->db, channel, member->channel_id, &stored, error) ||
      !_uc_row_find (write->db, IS_PENDING_SQL, ":id", member->channel_id, &is_pending, error))
    return FALSE;
  if (stored != NULL && (is_pending != 0 || member->last_update_at_ms < stored->last_update_at_ms))
    take_counters (member, stored);
  else if (!add_later_mentions (write->db, channel, member, error))
    return FALSE;
  return write_member (write, channel, member, error);
}

gboolean
_uc_member_mark_read (UcWrite    *write,
                      const char *channel_id,
                      gint64      at_ms,
                      gint64      seen_seq,
                      gboolean    is_told,
                      GError    **error)
{
  gint64  channel;
  gint64  behind_ms = 0;
  UcStmt *stmt;

  if (!_uc_key_of_channel (write->db, channel_id, &channel, error) ||
      (is_told && at_ms == 0 &&
       !_uc_row_find (write->db, BEHIND_SQL, ":id", channel_id, &behind_ms, error)) ||
      (stmt = uc_db_prepare (write->db, MARK_READ_SQL, error)) == NULL)
    return FALSE;
  uc_stmt_bind_int64 (stmt, ":channel", channel);
  uc_stmt_bind_int64 (stmt, ":at", at_ms);
  uc_stmt_bind_int64 (stmt, ":is_told", is_told);
  uc_stmt_bind_int64 (stmt, ":behind_ms", behind_ms);
  uc_stmt_bind_int64 (stmt, ":seen_ms", UC_SEQ_TO_MS (seen_seq));
  uc_stmt_bind_int64 (stmt, ":seen", seen_seq > 0 ? seen_seq : G_MAXINT64);
  return uc_stmt_run (stmt, error) && record_if_changed (write, channel_id);
}

gboolean
_uc_member_add_mention (UcWrite      *write,
                        const UcPost *post,
                        gint64        channel,
                        gint64        seq,
                        gint64        me,
                        GError      **error)
{
  UcStmt *stmt = uc_db_prepare (write->db, ADD_MENTION_SQL, error);

  if (stmt == NULL)
    return FALSE;
  uc_stmt_bind_int64 (stmt, ":channel", channel);
  uc_stmt_bind_int64 (stmt, ":root", *post->root_id == '\0');
  uc_stmt_bind_int64 (stmt, ":at", post->create_at_ms);
  uc_stmt_bind_int64 (stmt, ":seq", seq);
  uc_stmt_bind_int64 (stmt, ":me", me);
  return uc_stmt_run (stmt, error);
}

gboolean
_uc_member_set_unread (UcWrite    *write,
                       const char *channel_id,
                       gint64      last_viewed_at_ms,
                       gint64      read_msg_count,
                       gint64      mention_count,
                       GError    **error)
{
  gint64  channel;
  UcStmt *stmt;

  if (!_uc_key_of_channel (write->db, channel_id, &channel, error) ||
      (stmt = uc_db_prepare (write->db, SET_UNREAD_SQL, error)) == NULL)
    return FALSE;
  uc_stmt_bind_int64 (stmt, ":channel", channel);
  uc_stmt_bind_int64 (stmt, ":last_viewed", last_viewed_at_ms);
  uc_stmt_bind_int64 (stmt, ":read", read_msg_count);
  uc_stmt_bind_int64 (stmt, ":mentions", mention_count);
  return uc_stmt_run (stmt, error) && record_if_changed (write, channel_id);
}

gboolean
_uc_member_unread_from (UcWrite *write, const char *channel_id, gint64 seq, GError **error)
{
  gint64   channel;
  UcStmt  *stmt;
  gboolean has_row;
  gint64   read_msg_count;
  gint64   mention_count;

  if (!_uc_key_of_channel (write->db, channel_id, &channel, error) ||
      (stmt = uc_db_prepare (write->db, FROM_SQL, error)) == NULL)
    return FALSE;
  uc_stmt_bind_int64 (stmt, ":channel", channel);
  uc_stmt_bind_int64 (stmt, ":seq", seq);
  if (!uc_stmt_step (stmt, &has_row, error))
    return FALSE;
  read_msg_count = MAX (0, uc_stmt_get_int64 (stmt, 0));
  mention_count = uc_stmt_get_int64 (stmt, 1);
  uc_stmt_reset (stmt);
  return _uc_member_set_unread (write, channel_id, UC_SEQ_TO_MS (seq) - 1, read_msg_count,
                                mention_count, error);
}

gboolean
_uc_member_remove (UcWrite *write, gint64 channel, GError **error)
{
  return _uc_row_run_int64 (write->db, REMOVE_SQL, ":channel", channel, error);
}

gboolean
_uc_op_mark_read (UcWrite *write, const UcOp *op, GError **error)
{
  gint64 seen_seq = op->time_ms > 0 ? _uc_key_last_of_ms (op->time_ms) : 0;

  return _uc_member_mark_read (write, op->channel_id, 0, seen_seq, TRUE, error) &&
         _uc_outbox_acknowledge_view (write, op->channel_id, error);
}

gboolean
_uc_op_set_unread (UcWrite *write, const UcOp *op, GError **error)
{
  return _uc_member_set_unread (write, op->channel_id, op->time_ms, op->number, op->mentions,
                                error);
}

gboolean
_uc_op_leave_unread (UcWrite *write, const UcOp *op, GError **error)
{
  gint64  channel;
  UcStmt *stmt;

  if (!_uc_key_of_channel (write->db, op->channel_id, &channel, error) ||
      (stmt = uc_db_prepare (write->db, LEAVE_UNREAD_SQL, error)) == NULL)
    return FALSE;
  uc_stmt_bind_int64 (stmt, ":channel", channel);
  uc_stmt_bind_int64 (stmt, ":from_ms", op->time_ms);
  uc_stmt_bind_int64 (stmt, ":seen", _uc_key_of_ms (op->time_ms) - 1);
  return uc_stmt_run (stmt, error) && record_if_changed (write, op->channel_id);
}
