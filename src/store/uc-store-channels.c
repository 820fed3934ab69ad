/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Channels as the sidebar needs them, and how many posts they have. The server's
 * total belongs to the time of its record's last post; what was pushed after that is
 * counted here, each post once, so that neither order of arrival shows a wrong
 * number. */

#include "config.h"

#include "uc-store-channels-private.h"

#include "uc-keys-private.h"
#include "uc-message.h"
#include "uc-row-private.h"
#include "uc-store-members-private.h"
#include "uc-store-spans-private.h"

#define CHANNEL_COLUMNS                                                                            \
  "c.id, c.team_id, c.name, c.display_name, c.header, c.purpose, c.creator_id, c.type, "           \
  "c.create_at_ms, c.update_at_ms, c.delete_at_ms, c.last_post_at_ms, c.total_msg_count, "         \
  "c.total_msg_count_root"
#define N_CHANNEL_COLUMNS 14
#define N_MEMBER_COLUMNS  13

/* The newest message is one seek for each channel, never a GROUP BY over all. */
#define STATE_COLUMNS                                                                              \
  CHANNEL_COLUMNS                                                                                  \
  ", " UC_MEMBER_COLUMNS ", "                                                                      \
  "(SELECT max (m.seq) FROM messages m WHERE m.channel = c.channel AND m.delete_at_ms = 0), "      \
  "EXISTS (SELECT 1 FROM preferences p"                                                            \
  "         WHERE p.category = 'favorite_channel' AND p.name = c.id AND p.value = 'true'), "       \
  "EXISTS (SELECT 1 FROM preferences p"                                                            \
  "         WHERE p.category = 'group_channel_show' AND p.name = c.id AND p.value = 'false'"       \
  "           AND c.type = 4), "                                                                   \
  "EXISTS (SELECT 1 FROM drafts d WHERE d.channel_id = c.id), "                                    \
  "(SELECT count (*) FROM outbox o WHERE o.channel_id = c.id AND o.state = 5)"

static const char *ALL_SQL = "SELECT " STATE_COLUMNS "  FROM channels c"
                             "  LEFT JOIN members mb ON mb.channel = c.channel"
                             " WHERE c.is_joined = 1 AND c.delete_at_ms = 0"
                             " ORDER BY c.channel";
static const char *ONE_SQL = "SELECT " STATE_COLUMNS "  FROM channels c"
                             "  LEFT JOIN members mb ON mb.channel = c.channel"
                             " WHERE c.id = :id AND c.is_joined = 1 AND c.delete_at_ms = 0";
static const char *STORED_SQL = "SELECT " CHANNEL_COLUMNS "  FROM channels c"
                                " WHERE :id = '' OR c.id = :id ORDER BY c.channel";
static const char *DIRECT_HIDDEN_SQL = "SELECT value = 'false' FROM preferences"
                                       " WHERE category = 'direct_channel_show' AND name = :id";
/* An older snapshot of the counters than the one we have tells nothing. */
static const char *PUT_SQL =
    "INSERT INTO channels (id, is_joined, team_id, name, display_name, header, purpose, creator_id,"
    "                      type, create_at_ms, update_at_ms, delete_at_ms, last_post_at_ms,"
    "                      total_msg_count, total_msg_count_root, counted_at_ms)"
    " VALUES (:id, 1, :team_id, :name, :display_name, :header, :purpose, :creator_id, :type,"
    "         :create_at, :update_at, :delete_at, :last_post_at, :total, :total_root, :counted_at)"
    " ON CONFLICT (id) DO UPDATE"
    "   SET is_joined = 1,"
    "       team_id = excluded.team_id,"
    "       name = excluded.name,"
    "       display_name = excluded.display_name,"
    "       header = excluded.header,"
    "       purpose = excluded.purpose,"
    "       creator_id = excluded.creator_id,"
    "       type = excluded.type,"
    "       create_at_ms = excluded.create_at_ms,"
    "       update_at_ms = excluded.update_at_ms,"
    "       delete_at_ms = excluded.delete_at_ms,"
    "       last_post_at_ms = excluded.last_post_at_ms,"
    "       total_msg_count = excluded.total_msg_count,"
    "       total_msg_count_root = excluded.total_msg_count_root,"
    "       counted_at_ms = excluded.counted_at_ms"
    " WHERE (is_joined, team_id, name, display_name, header, purpose, creator_id, type,"
    "        create_at_ms, update_at_ms, delete_at_ms, last_post_at_ms, total_msg_count,"
    "        total_msg_count_root, counted_at_ms)"
    "    IS NOT (1, excluded.team_id, excluded.name, excluded.display_name, excluded.header,"
    "            excluded.purpose, excluded.creator_id, excluded.type, excluded.create_at_ms,"
    "            excluded.update_at_ms, excluded.delete_at_ms, excluded.last_post_at_ms,"
    "            excluded.total_msg_count, excluded.total_msg_count_root, excluded.counted_at_ms)";
static const char *COUNTS_SQL =
    "SELECT channel, update_at_ms, last_post_at_ms, total_msg_count, total_msg_count_root,"
    "       counted_at_ms"
    "  FROM channels WHERE id = :id";
/* Also of what was deleted since: that lowers no count of the server. */
static const char *COUNTED_SINCE_SQL =
    "SELECT count (*), count (*) FILTER (WHERE root_id = ''), coalesce (max (create_at_ms), 0)"
    "  FROM messages"
    " WHERE channel = :channel AND seq > :seq AND in_total = 1";
static const char *LEAVE_SQL = "UPDATE channels SET is_joined = 0 WHERE id = :id AND is_joined = 1";
static const char *JOINED_SQL = "SELECT id FROM channels WHERE is_joined = 1 ORDER BY channel";
static const char *COUNT_MESSAGE_SQL =
    "UPDATE messages SET in_total = 1 WHERE seq = :seq AND in_total = 0";
static const char *MENTION_MESSAGE_SQL =
    "UPDATE messages SET mentions_me = 1 WHERE seq = :seq AND mentions_me = 0";
static const char *RAISE_SQL =
    "UPDATE channels"
    "   SET total_msg_count = total_msg_count + (:at > counted_at_ms) * :is_counted,"
    "       total_msg_count_root = total_msg_count_root + (:at > counted_at_ms) * :is_counted_root,"
    "       last_post_at_ms = max (last_post_at_ms, :at)"
    " WHERE channel = :channel";

/* -- Reading ------------------------------------------------------------------------ */

static UcChannel *
read_channel (UcStmt *stmt)
{
  UcChannel *channel = uc_channel_new ();

  _uc_row_take_text (stmt, 0, &channel->id);
  _uc_row_take_text (stmt, 1, &channel->team_id);
  _uc_row_take_text (stmt, 2, &channel->name);
  _uc_row_take_text (stmt, 3, &channel->display_name);
  _uc_row_take_text (stmt, 4, &channel->header);
  _uc_row_take_text (stmt, 5, &channel->purpose);
  _uc_row_take_text (stmt, 6, &channel->creator_id);
  channel->type = (UcChannelType) uc_stmt_get_int64 (stmt, 7);
  channel->create_at_ms = uc_stmt_get_int64 (stmt, 8);
  channel->update_at_ms = uc_stmt_get_int64 (stmt, 9);
  channel->delete_at_ms = uc_stmt_get_int64 (stmt, 10);
  channel->last_post_at_ms = uc_stmt_get_int64 (stmt, 11);
  channel->total_msg_count = uc_stmt_get_int64 (stmt, 12);
  channel->total_msg_count_root = uc_stmt_get_int64 (stmt, 13);
  return channel;
}

static UcChannelState *
read_state (UcStmt *stmt)
{
  UcChannelState *state = g_new0 (UcChannelState, 1);
  int             column = N_CHANNEL_COLUMNS + N_MEMBER_COLUMNS;

  state->channel = read_channel (stmt);
  state->member = _uc_member_read (stmt, N_CHANNEL_COLUMNS, state->channel->id);
  state->newest_seq = uc_stmt_get_int64 (stmt, column);
  state->is_favourite = uc_stmt_get_int64 (stmt, column + 1) != 0;
  state->is_hidden = uc_stmt_get_int64 (stmt, column + 2) != 0;
  state->has_draft = uc_stmt_get_int64 (stmt, column + 3) != 0;
  state->n_failed = (int) uc_stmt_get_int64 (stmt, column + 4);
  if (state->member != NULL) {
    state->mentions = MAX (0, state->member->mention_count);
    state->unread = MAX (0, state->channel->total_msg_count - state->member->read_msg_count);
    if (state->member->is_muted && state->mentions == 0)
      state->unread = 0;
  }
  return state;
}

/* The preference names the partner, whom only the channel's name tells. */
static gboolean
read_hidden (UcDb *db, UcChannelState *state, const char *my_id, GError **error)
{
  g_autofree char *partner_id = uc_channel_dup_partner_id (state->channel, my_id);
  gint64           is_hidden = 0;

  if (partner_id == NULL)
    return TRUE;
  if (!_uc_row_find (db, DIRECT_HIDDEN_SQL, ":id", partner_id, &is_hidden, error))
    return FALSE;
  state->is_hidden = is_hidden != 0;
  return TRUE;
}

GPtrArray *
_uc_channels_load (UcDb *db, const char *channel_id, GError **error)
{
  g_autoptr (GPtrArray) states =
      g_ptr_array_new_with_free_func ((GDestroyNotify) uc_channel_state_free);
  g_autofree char *my_id = _uc_key_dup_my_id (db, error);
  UcStmt          *stmt;
  gboolean         has_row;

  if (my_id == NULL || (stmt = uc_db_prepare (db, channel_id ? ONE_SQL : ALL_SQL, error)) == NULL)
    return NULL;
  if (channel_id != NULL)
    uc_stmt_bind_text (stmt, ":id", channel_id);
  do {
    if (!uc_stmt_step (stmt, &has_row, error))
      return NULL;
    if (has_row)
      g_ptr_array_add (states, read_state (stmt));
  } while (has_row);
  for (guint i = 0; i < states->len; i++) {
    if (!read_hidden (db, g_ptr_array_index (states, i), my_id, error))
      return NULL;
  }
  return g_steal_pointer (&states);
}

GPtrArray *
_uc_channels_load_stored (UcDb *db, const char *channel_id, GError **error)
{
  g_autoptr (GPtrArray) channels =
      g_ptr_array_new_with_free_func ((GDestroyNotify) uc_channel_unref);
  UcStmt  *stmt = uc_db_prepare (db, STORED_SQL, error);
  gboolean has_row;

  if (stmt == NULL)
    return NULL;
  uc_stmt_bind_text (stmt, ":id", channel_id != NULL ? channel_id : "");
  do {
    if (!uc_stmt_step (stmt, &has_row, error))
      return NULL;
    if (has_row)
      g_ptr_array_add (channels, read_channel (stmt));
  } while (has_row);
  return g_steal_pointer (&channels);
}

/* -- Counting ----------------------------------------------------------------------- */

typedef struct {
  gint64 channel; /* 0: not known */
  gint64 update_at_ms;
  gint64 last_post_at_ms;
  gint64 total;
  gint64 total_root;
  gint64 counted_at_ms;
} Counts;

static gboolean
read_counts (UcDb *db, const char *id, Counts *counts, GError **error)
{
  UcStmt  *stmt = uc_db_prepare (db, COUNTS_SQL, error);
  gboolean has_row;

  *counts = (Counts){ 0 };
  if (stmt == NULL)
    return FALSE;
  uc_stmt_bind_text (stmt, ":id", id);
  if (!uc_stmt_step (stmt, &has_row, error))
    return FALSE;
  if (has_row) {
    counts->channel = uc_stmt_get_int64 (stmt, 0);
    counts->update_at_ms = uc_stmt_get_int64 (stmt, 1);
    counts->last_post_at_ms = uc_stmt_get_int64 (stmt, 2);
    counts->total = uc_stmt_get_int64 (stmt, 3);
    counts->total_root = uc_stmt_get_int64 (stmt, 4);
    counts->counted_at_ms = uc_stmt_get_int64 (stmt, 5);
  }
  uc_stmt_reset (stmt);
  return TRUE;
}

/* The record's counters and what was pushed after them. */
static gboolean
take_counts (UcDb *db, const UcChannel *record, Counts *counts, GError **error)
{
  UcStmt  *stmt;
  gboolean has_row;

  if (counts->channel != 0 && record->last_post_at_ms < counts->counted_at_ms)
    return TRUE;
  stmt = uc_db_prepare (db, COUNTED_SINCE_SQL, error);
  if (stmt == NULL)
    return FALSE;
  uc_stmt_bind_int64 (stmt, ":channel", counts->channel);
  uc_stmt_bind_int64 (stmt, ":seq", _uc_key_last_of_ms (record->last_post_at_ms));
  if (!uc_stmt_step (stmt, &has_row, error))
    return FALSE;
  counts->counted_at_ms = record->last_post_at_ms;
  counts->total = record->total_msg_count + uc_stmt_get_int64 (stmt, 0);
  counts->total_root = record->total_msg_count_root + uc_stmt_get_int64 (stmt, 1);
  counts->last_post_at_ms = MAX (record->last_post_at_ms, uc_stmt_get_int64 (stmt, 2));
  uc_stmt_reset (stmt);
  return TRUE;
}

static gboolean
raise_total (UcWrite *write, UcPost *post, gint64 channel, gint64 seq, GError **error)
{
  gboolean is_counted = uc_post_is_counted (post);
  UcStmt  *stmt;

  if (is_counted) {
    if (!_uc_row_run_int64 (write->db, COUNT_MESSAGE_SQL, ":seq", seq, error))
      return FALSE;
    is_counted = uc_db_get_changes (write->db) > 0;
  }
  stmt = uc_db_prepare (write->db, RAISE_SQL, error);
  if (stmt == NULL)
    return FALSE;
  uc_stmt_bind_int64 (stmt, ":channel", channel);
  uc_stmt_bind_int64 (stmt, ":at", post->create_at_ms);
  uc_stmt_bind_int64 (stmt, ":is_counted", is_counted);
  uc_stmt_bind_int64 (stmt, ":is_counted_root", is_counted && *post->root_id == '\0');
  return uc_stmt_run (stmt, error);
}

gboolean
_uc_channel_count_own (UcWrite *write, UcPost *post, gint64 seq, GError **error)
{
  Counts counts;

  if (!read_counts (write->db, post->channel_id, &counts, error) ||
      !raise_total (write, post, counts.channel, seq, error))
    return FALSE;
  _uc_recorder_channel (write->recorder, post->channel_id);
  return post->create_at_ms <= counts.counted_at_ms ||
         _uc_member_mark_read (write, post->channel_id, post->create_at_ms, seq, TRUE, error);
}

gboolean
_uc_channel_count_post (UcWrite *write,
                        UcPost  *post,
                        gint64   seq,
                        gboolean mentions_me,
                        GError **error)
{
  g_autofree char *my_id = _uc_key_dup_my_id (write->db, error);
  gint64           channel;
  gint64           me;

  if (my_id == NULL || !_uc_key_of_channel (write->db, post->channel_id, &channel, error) ||
      !_uc_key_of_user (write->db, my_id, &me, error) ||
      !raise_total (write, post, channel, seq, error))
    return FALSE;
  _uc_recorder_channel (write->recorder, post->channel_id);
  /* Who writes has read; not who joins, or changes the header. */
  if (g_str_equal (post->user_id, my_id))
    return uc_post_is_system (post) ||
           _uc_member_mark_read (write, post->channel_id, post->create_at_ms, seq, TRUE, error);
  if (!mentions_me)
    return TRUE;
  if (!_uc_row_run_int64 (write->db, MENTION_MESSAGE_SQL, ":seq", seq, error))
    return FALSE;
  return uc_db_get_changes (write->db) == 0 ||
         _uc_member_add_mention (write, post, channel, seq, me, error);
}

/* -- Operations ----------------------------------------------------------------------- */

static gboolean
put (UcWrite *write, UcChannel *channel, GError **error)
{
  Counts  counts;
  UcStmt *stmt;

  if (!read_counts (write->db, channel->id, &counts, error))
    return FALSE;
  /* An old record of a channel that was left must not bring it back either. */
  if (counts.channel != 0 && channel->update_at_ms < counts.update_at_ms)
    return TRUE;
  if (!take_counts (write->db, channel, &counts, error) ||
      (stmt = uc_db_prepare (write->db, PUT_SQL, error)) == NULL)
    return FALSE;
  uc_stmt_bind_text (stmt, ":id", channel->id);
  uc_stmt_bind_text (stmt, ":team_id", channel->team_id);
  uc_stmt_bind_text (stmt, ":name", channel->name);
  uc_stmt_bind_text (stmt, ":display_name", channel->display_name);
  uc_stmt_bind_text (stmt, ":header", channel->header);
  uc_stmt_bind_text (stmt, ":purpose", channel->purpose);
  uc_stmt_bind_text (stmt, ":creator_id", channel->creator_id);
  uc_stmt_bind_int64 (stmt, ":type", channel->type);
  uc_stmt_bind_int64 (stmt, ":create_at", channel->create_at_ms);
  uc_stmt_bind_int64 (stmt, ":update_at", channel->update_at_ms);
  uc_stmt_bind_int64 (stmt, ":delete_at", channel->delete_at_ms);
  uc_stmt_bind_int64 (stmt, ":last_post_at", counts.last_post_at_ms);
  uc_stmt_bind_int64 (stmt, ":total", counts.total);
  uc_stmt_bind_int64 (stmt, ":total_root", counts.total_root);
  uc_stmt_bind_int64 (stmt, ":counted_at", counts.counted_at_ms);
  if (!uc_stmt_run (stmt, error))
    return FALSE;
  if (uc_db_get_changes (write->db) > 0)
    _uc_recorder_channel (write->recorder, channel->id);
  return TRUE;
}

static gboolean
leave (UcWrite *write, const char *id, GError **error)
{
  gint64 channel;

  if (!_uc_key_find_channel (write->db, id, &channel, error))
    return FALSE;
  if (channel == 0)
    return TRUE;
  if (!_uc_row_run (write->db, LEAVE_SQL, ":id", id, error))
    return FALSE;
  if (uc_db_get_changes (write->db) == 0)
    return TRUE;
  _uc_recorder_channel (write->recorder, id);
  /* Nothing is pushed from it any more. */
  return _uc_spans_clear_tip (write, id, channel, error) &&
         _uc_member_remove (write, channel, error);
}

gboolean
_uc_op_put_channel (UcWrite *write, const UcOp *op, GError **error)
{
  return put (write, op->record, error);
}

gboolean
_uc_op_remove_channel (UcWrite *write, const UcOp *op, GError **error)
{
  return leave (write, op->channel_id, error);
}

gboolean
_uc_op_replace_channels (UcWrite *write, const UcOp *op, GError **error)
{
  GPtrArray *channels = op->record;
  g_autoptr (GPtrArray) old_ids = _uc_row_list (write->db, JOINED_SQL, NULL, NULL, error);
  g_autoptr (GHashTable) kept = g_hash_table_new (g_str_hash, g_str_equal);

  if (old_ids == NULL)
    return FALSE;
  for (guint i = 0; i < channels->len; i++) {
    UcChannel *channel = g_ptr_array_index (channels, i);

    if (!put (write, channel, error))
      return FALSE;
    g_hash_table_add (kept, channel->id);
  }
  for (guint i = 0; i < old_ids->len; i++) {
    const char *id = g_ptr_array_index (old_ids, i);

    if (!g_hash_table_contains (kept, id) && !leave (write, id, error))
      return FALSE;
  }
  return TRUE;
}
