/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The table `channel_members`: who is where, what they have read and what calls
 * them. A post costs one row here only for those it mentions. */

#include "config.h"

#include "uc-member-table.h"

#include "uc-json.h"
#include "uc-query.h"

#define COLUMNS                                                                                    \
  "m.channel_id, m.user_id, m.notify_props, m.scheme_user, m.scheme_admin, m.last_viewed_at, "     \
  "m.msg_count, m.msg_count_root, m.mention_count, m.mention_count_root, m.last_update_at"

#define SQL_FIND                                                                                   \
  "SELECT " COLUMNS " FROM channel_members m "                                                     \
  "WHERE m.channel_id = :channel_id AND m.user_id = :user_id"
#define SQL_LIST                                                                                   \
  "SELECT " COLUMNS " FROM channel_members m WHERE m.channel_id = :channel_id "                    \
  "ORDER BY m.user_id LIMIT :limit OFFSET :offset"
#define SQL_LIST_USER                                                                              \
  "SELECT " COLUMNS " FROM channel_members m JOIN channels c ON c.id = m.channel_id "              \
  "WHERE m.user_id = :user_id AND (:team_id = '' OR c.team_id IN ('', :team_id)) "                 \
  "AND c.delete_at = 0 ORDER BY m.channel_id"
#define SQL_LIST_IDS                                                                               \
  "SELECT user_id FROM channel_members WHERE channel_id = :channel_id ORDER BY user_id"
#define SQL_LIST_ZONES                                                                             \
  "SELECT DISTINCT CASE json_extract (u.timezone, '$.useAutomaticTimezone') WHEN 'true' "          \
  "  THEN json_extract (u.timezone, '$.automaticTimezone') "                                       \
  "  ELSE json_extract (u.timezone, '$.manualTimezone') END AS zone "                              \
  "FROM channel_members m JOIN users u ON u.id = m.user_id "                                       \
  "WHERE m.channel_id = :channel_id AND zone <> '' ORDER BY zone"
#define LISTENER_COLUMNS                                                                           \
  "u.id, u.username, u.first_name, u.notify_props, m.notify_props, "                               \
  "coalesce (s.status, 'offline') = 'online'"
#define SQL_LIST_LISTENERS                                                                         \
  "SELECT " LISTENER_COLUMNS " FROM channel_members m JOIN users u ON u.id = m.user_id "           \
  "LEFT JOIN statuses s ON s.user_id = m.user_id "                                                 \
  "WHERE m.channel_id = :channel_id AND u.delete_at = 0 ORDER BY m.user_id"
/* Begins at the few who have words of their own, however large the channel is. */
#define SQL_LIST_KEYWORDS                                                                          \
  "SELECT " LISTENER_COLUMNS " FROM users u CROSS JOIN channel_members m "                         \
  "  ON m.channel_id = :channel_id AND m.user_id = u.id "                                          \
  "LEFT JOIN statuses s ON s.user_id = u.id "                                                      \
  "WHERE u.has_keywords = 1 AND u.delete_at = 0 ORDER BY u.id"
#define SQL_FIND_LISTENER                                                                          \
  "SELECT " LISTENER_COLUMNS " FROM users u CROSS JOIN channel_members m "                         \
  "  ON m.channel_id = :channel_id AND m.user_id = u.id "                                          \
  "LEFT JOIN statuses s ON s.user_id = u.id "                                                      \
  "WHERE u.username = :username AND u.delete_at = 0"
#define SQL_COUNT                                                                                  \
  "SELECT count (*) FROM channel_members m JOIN users u ON u.id = m.user_id "                      \
  "WHERE m.channel_id = :channel_id AND u.delete_at = 0"
/* A muted channel has nothing unread, but its mentions count. */
#define SQL_LIST_UNREAD                                                                            \
  "SELECT c.team_id, "                                                                             \
  "  sum (CASE json_extract (m.notify_props, '$.mark_unread') WHEN 'mention' THEN 0 "              \
  "    ELSE max (0, c.total_msg_count - m.msg_count) END), "                                       \
  "  sum (CASE json_extract (m.notify_props, '$.mark_unread') WHEN 'mention' THEN 0 "              \
  "    ELSE max (0, c.total_msg_count_root - m.msg_count_root) END), "                             \
  "  sum (m.mention_count), sum (m.mention_count_root) "                                           \
  "FROM channel_members m JOIN channels c ON c.id = m.channel_id "                                 \
  "WHERE m.user_id = :user_id AND (:channel_id = '' OR c.id = :channel_id) "                       \
  "AND (c.delete_at = 0 OR :channel_id <> '') GROUP BY c.team_id ORDER BY c.team_id"
#define SQL_PUT                                                                                    \
  "INSERT INTO channel_members (channel_id, user_id, scheme_user, scheme_admin, last_viewed_at, "  \
  "  msg_count, msg_count_root, mention_count, mention_count_root, notify_props, last_update_at) " \
  "VALUES (:channel_id, :user_id, :scheme_user, :scheme_admin, :last_viewed_at, :msg_count, "      \
  "  :msg_count_root, :mention_count, :mention_count_root, :notify_props, :last_update_at) "       \
  "ON CONFLICT (channel_id, user_id) DO UPDATE SET scheme_user = :scheme_user, "                   \
  "  scheme_admin = :scheme_admin, last_viewed_at = :last_viewed_at, msg_count = :msg_count, "     \
  "  msg_count_root = :msg_count_root, mention_count = :mention_count, "                           \
  "  mention_count_root = :mention_count_root, notify_props = :notify_props, "                     \
  "  last_update_at = :last_update_at"
#define SQL_DELETE                                                                                 \
  "DELETE FROM channel_members WHERE channel_id = :channel_id AND user_id = :user_id"
#define SQL_VIEW                                                                                   \
  "UPDATE channel_members AS m SET msg_count = c.total_msg_count, "                                \
  "  msg_count_root = c.total_msg_count_root, mention_count = 0, mention_count_root = 0, "         \
  "  last_viewed_at = max (m.last_viewed_at, c.last_post_at), last_update_at = :now "              \
  "FROM channels c WHERE c.id = m.channel_id AND m.channel_id = :channel_id "                      \
  "AND m.user_id = :user_id"
#define SQL_MENTION                                                                                \
  "UPDATE channel_members SET mention_count = mention_count + 1, "                                 \
  "  mention_count_root = mention_count_root + :root, last_update_at = :now "                      \
  "WHERE channel_id = :channel_id AND user_id = :user_id"

/**
 * uc_channel_member_free:
 * @self: (transfer full):
 */
void
uc_channel_member_free (UcChannelMember *self)
{
  g_free (self->channel_id);
  g_free (self->user_id);
  g_free (self->notify_props);
  g_free (self);
}

/**
 * uc_channel_member_get_roles:
 *
 * Returns: (transfer none): the role names, space separated
 */
const char *
uc_channel_member_get_roles (const UcChannelMember *self)
{
  if (self->is_scheme_admin)
    return self->is_scheme_user ? "channel_user channel_admin" : "channel_admin";
  return self->is_scheme_user ? "channel_user" : "";
}

/**
 * uc_channel_member_to_json:
 *
 * Returns: (transfer full): the record of protocol.md 6.1
 */
JsonObject *
uc_channel_member_to_json (const UcChannelMember *self)
{
  g_autoptr (JsonNode) props = uc_json_parse (self->notify_props, -1, NULL);
  JsonObject *object = json_object_new ();

  json_object_set_string_member (object, "channel_id", self->channel_id);
  json_object_set_string_member (object, "user_id", self->user_id);
  json_object_set_string_member (object, "roles", uc_channel_member_get_roles (self));
  json_object_set_int_member (object, "last_viewed_at", self->last_viewed_at_ms);
  json_object_set_int_member (object, "msg_count", self->msg_count);
  json_object_set_int_member (object, "mention_count", self->mention_count);
  json_object_set_int_member (object, "mention_count_root", self->mention_count_root);
  json_object_set_int_member (object, "msg_count_root", self->msg_count_root);
  if (props != NULL)
    json_object_set_member (object, "notify_props", g_steal_pointer (&props));
  json_object_set_int_member (object, "last_update_at", self->last_update_at_ms);
  json_object_set_boolean_member (object, "scheme_guest", FALSE);
  json_object_set_boolean_member (object, "scheme_user", self->is_scheme_user);
  json_object_set_boolean_member (object, "scheme_admin", self->is_scheme_admin);
  json_object_set_string_member (object, "explicit_roles", "");
  return object;
}

/**
 * uc_unread_free:
 * @self: (transfer full):
 */
void
uc_unread_free (UcUnread *self)
{
  g_free (self->team_id);
  g_free (self);
}

/**
 * uc_listener_free:
 * @self: (transfer full):
 */
void
uc_listener_free (UcListener *self)
{
  g_free (self->user_id);
  g_free (self->username);
  g_free (self->first_name);
  g_free (self->notify_props);
  g_free (self->member_notify_props);
  g_free (self);
}

static gpointer
read_row (UcStmt *stmt)
{
  UcChannelMember *self = g_new0 (UcChannelMember, 1);

  self->channel_id = uc_stmt_dup_text (stmt, 0);
  self->user_id = uc_stmt_dup_text (stmt, 1);
  self->notify_props = uc_stmt_dup_text (stmt, 2);
  self->is_scheme_user = uc_stmt_get_int64 (stmt, 3) != 0;
  self->is_scheme_admin = uc_stmt_get_int64 (stmt, 4) != 0;
  self->last_viewed_at_ms = uc_stmt_get_int64 (stmt, 5);
  self->msg_count = uc_stmt_get_int64 (stmt, 6);
  self->msg_count_root = uc_stmt_get_int64 (stmt, 7);
  self->mention_count = uc_stmt_get_int64 (stmt, 8);
  self->mention_count_root = uc_stmt_get_int64 (stmt, 9);
  self->last_update_at_ms = uc_stmt_get_int64 (stmt, 10);
  return self;
}

static gpointer
read_unread (UcStmt *stmt)
{
  UcUnread *self = g_new0 (UcUnread, 1);

  self->team_id = uc_stmt_dup_text (stmt, 0);
  self->msg_count = uc_stmt_get_int64 (stmt, 1);
  self->msg_count_root = uc_stmt_get_int64 (stmt, 2);
  self->mention_count = uc_stmt_get_int64 (stmt, 3);
  self->mention_count_root = uc_stmt_get_int64 (stmt, 4);
  return self;
}

static gpointer
read_listener (UcStmt *stmt)
{
  UcListener *self = g_new0 (UcListener, 1);

  self->user_id = uc_stmt_dup_text (stmt, 0);
  self->username = uc_stmt_dup_text (stmt, 1);
  self->first_name = uc_stmt_dup_text (stmt, 2);
  self->notify_props = uc_stmt_dup_text (stmt, 3);
  self->member_notify_props = uc_stmt_dup_text (stmt, 4);
  self->is_online = uc_stmt_get_int64 (stmt, 5) != 0;
  return self;
}

/**
 * uc_member_table_find:
 * @member: (out) (transfer full) (nullable): %NULL when the user is not in it
 */
gboolean
uc_member_table_find (UcDb             *db,
                      const char       *channel_id,
                      const char       *user_id,
                      UcChannelMember **member,
                      GError          **error)
{
  return uc_query_one (
      db, SQL_FIND, UC_BINDS (UC_TEXT (":channel_id", channel_id), UC_TEXT (":user_id", user_id)),
      read_row, (gpointer *) member, error);
}

/**
 * uc_member_table_list:
 *
 * Returns: (transfer full) (element-type UcChannelMember) (nullable): by user id
 */
GPtrArray *
uc_member_table_list (UcDb *db, const char *channel_id, int offset, int limit, GError **error)
{
  return uc_query_rows (db, SQL_LIST,
                        UC_BINDS (UC_TEXT (":channel_id", channel_id), UC_INT (":limit", limit),
                                  UC_INT (":offset", offset)),
                        read_row, (GDestroyNotify) uc_channel_member_free, error);
}

/**
 * uc_member_table_list_user:
 * @team_id: a team, or empty for all
 *
 * Returns: (transfer full) (element-type UcChannelMember) (nullable): by channel id
 */
GPtrArray *
uc_member_table_list_user (UcDb *db, const char *user_id, const char *team_id, GError **error)
{
  return uc_query_rows (db, SQL_LIST_USER,
                        UC_BINDS (UC_TEXT (":user_id", user_id), UC_TEXT (":team_id", team_id)),
                        read_row, (GDestroyNotify) uc_channel_member_free, error);
}

/**
 * uc_member_table_list_ids:
 *
 * Returns: (transfer full) (element-type utf8) (nullable): user ids
 */
GPtrArray *
uc_member_table_list_ids (UcDb *db, const char *channel_id, GError **error)
{
  return uc_query_texts (db, SQL_LIST_IDS, UC_BINDS (UC_TEXT (":channel_id", channel_id)), error);
}

/**
 * uc_member_table_list_zones:
 *
 * Returns: (transfer full) (element-type utf8) (nullable): time zones of the members
 */
GPtrArray *
uc_member_table_list_zones (UcDb *db, const char *channel_id, GError **error)
{
  return uc_query_texts (db, SQL_LIST_ZONES, UC_BINDS (UC_TEXT (":channel_id", channel_id)), error);
}

/**
 * uc_member_table_list_listeners:
 * @everybody: all members, not only those with words of their own
 *
 * Returns: (transfer full) (element-type UcListener) (nullable): active members
 */
GPtrArray *
uc_member_table_list_listeners (UcDb       *db,
                                const char *channel_id,
                                gboolean    everybody,
                                GError    **error)
{
  return uc_query_rows (db, everybody ? SQL_LIST_LISTENERS : SQL_LIST_KEYWORDS,
                        UC_BINDS (UC_TEXT (":channel_id", channel_id)), read_listener,
                        (GDestroyNotify) uc_listener_free, error);
}

/**
 * uc_member_table_find_listener:
 * @listener: (out) (transfer full) (nullable): the active member of that name
 */
gboolean
uc_member_table_find_listener (UcDb        *db,
                               const char  *channel_id,
                               const char  *username,
                               UcListener **listener,
                               GError     **error)
{
  return uc_query_one (
      db, SQL_FIND_LISTENER,
      UC_BINDS (UC_TEXT (":channel_id", channel_id), UC_TEXT (":username", username)),
      read_listener, (gpointer *) listener, error);
}

/**
 * uc_member_table_count:
 * @count: (out): how many active people are in the channel
 */
gboolean
uc_member_table_count (UcDb *db, const char *channel_id, gint64 *count, GError **error)
{
  return uc_query_number (db, SQL_COUNT, UC_BINDS (UC_TEXT (":channel_id", channel_id)), count,
                          error);
}

/**
 * uc_member_table_list_unread:
 * @channel_id: (nullable): only this channel
 *
 * Returns: (transfer full) (element-type UcUnread) (nullable): by team
 */
GPtrArray *
uc_member_table_list_unread (UcDb *db, const char *user_id, const char *channel_id, GError **error)
{
  return uc_query_rows (db, SQL_LIST_UNREAD,
                        UC_BINDS (UC_TEXT (":user_id", user_id),
                                  UC_TEXT (":channel_id", channel_id != NULL ? channel_id : "")),
                        read_unread, (GDestroyNotify) uc_unread_free, error);
}

/**
 * uc_member_table_put:
 *
 * Writes a membership, new or known.
 */
gboolean
uc_member_table_put (UcDb *db, const UcChannelMember *member, GError **error)
{
  const UcBind binds[] = {
    UC_TEXT (":channel_id", member->channel_id),
    UC_TEXT (":user_id", member->user_id),
    UC_INT (":scheme_user", member->is_scheme_user),
    UC_INT (":scheme_admin", member->is_scheme_admin),
    UC_INT (":last_viewed_at", member->last_viewed_at_ms),
    UC_INT (":msg_count", member->msg_count),
    UC_INT (":msg_count_root", member->msg_count_root),
    UC_INT (":mention_count", member->mention_count),
    UC_INT (":mention_count_root", member->mention_count_root),
    UC_TEXT (":notify_props", member->notify_props),
    UC_INT (":last_update_at", member->last_update_at_ms),
    { .name = NULL },
  };

  return uc_query_run (db, SQL_PUT, binds, error);
}

/**
 * uc_member_table_delete:
 */
gboolean
uc_member_table_delete (UcDb *db, const char *channel_id, const char *user_id, GError **error)
{
  return uc_query_run (
      db, SQL_DELETE, UC_BINDS (UC_TEXT (":channel_id", channel_id), UC_TEXT (":user_id", user_id)),
      error);
}

/**
 * uc_member_table_view:
 *
 * Somebody has read a channel up to its newest post.
 */
gboolean
uc_member_table_view (UcDb       *db,
                      const char *channel_id,
                      const char *user_id,
                      gint64      now_ms,
                      GError    **error)
{
  return uc_query_run (db, SQL_VIEW,
                       UC_BINDS (UC_TEXT (":channel_id", channel_id), UC_TEXT (":user_id", user_id),
                                 UC_INT (":now", now_ms)),
                       error);
}

/**
 * uc_member_table_mention:
 *
 * One more mention for somebody.
 */
gboolean
uc_member_table_mention (UcDb       *db,
                         const char *channel_id,
                         const char *user_id,
                         gboolean    is_root,
                         gint64      now_ms,
                         GError    **error)
{
  return uc_query_run (db, SQL_MENTION,
                       UC_BINDS (UC_TEXT (":channel_id", channel_id), UC_TEXT (":user_id", user_id),
                                 UC_INT (":root", is_root), UC_INT (":now", now_ms)),
                       error);
}
