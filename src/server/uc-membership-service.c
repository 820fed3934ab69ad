/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Who is in a channel: coming, going, and what they have read. */

#include "config.h"

#include "uc-membership-private.h"

#include "uc-json.h"
#include "uc-post-service.h"
#include "uc-refusal.h"
#include "uc-team-table.h"
#include "uc-thread-service.h"
#include "uc-user-table.h"

#define DEFAULT_NOTIFY_PROPS                                                                       \
  "{\"desktop\":\"default\",\"email\":\"default\",\"ignore_channel_mentions\":\"default\","        \
  "\"mark_unread\":\"all\",\"push\":\"default\"}"

gboolean
_uc_membership_put (UcTxn      *txn,
                    const char *channel_id,
                    const char *user_id,
                    gboolean    is_admin,
                    GError    **error)
{
  const UcChannelMember member = {
    .channel_id = (char *) channel_id,
    .user_id = (char *) user_id,
    .notify_props = (char *) DEFAULT_NOTIFY_PROPS,
    .is_scheme_user = TRUE,
    .is_scheme_admin = is_admin,
    .last_update_at_ms = txn->now_ms,
  };

  return uc_member_table_put (txn->db, &member, error);
}

/* The line that says who came, in the words of who brought them. */
gboolean
_uc_membership_post_join (UcTxn         *txn,
                          const UcActor *actor,
                          UcChannel     *channel,
                          const char    *user_id,
                          const char    *username,
                          GError       **error)
{
  gboolean         is_self = g_str_equal (actor->user_id, user_id);
  g_autofree char *message =
      is_self ? g_strdup_printf ("%s joined the channel.", username)
              : g_strdup_printf ("%s added to the channel by %s.", username, actor->username);
  JsonObject *props = json_object_new ();

  if (is_self) {
    json_object_set_string_member (props, "username", username);
  } else {
    json_object_set_string_member (props, "userId", actor->user_id);
    json_object_set_string_member (props, "username", actor->username);
    json_object_set_string_member (props, "addedUserId", user_id);
    json_object_set_string_member (props, "addedUsername", username);
  }
  return uc_post_service_create_system (txn, actor->user_id, channel,
                                        is_self ? "system_join_channel" : "system_add_to_channel",
                                        message, props, error);
}

gboolean
_uc_membership_push_direct (UcTxn         *txn,
                            const UcActor *actor,
                            UcChannel     *channel,
                            const char    *other_id,
                            GError       **error)
{
  JsonObject *data = json_object_new ();

  json_object_set_string_member (data, "creator_id", actor->user_id);
  json_object_set_string_member (data, "teammate_id", other_id);
  return uc_txn_push_to_channel (txn, channel->id, NULL, "direct_added", data, error);
}

gboolean
_uc_membership_push_group (UcTxn *txn, UcChannel *channel, GPtrArray *accounts, GError **error)
{
  g_autoptr (JsonArray) ids = json_array_new ();
  g_autofree char *text = NULL;
  JsonObject      *data = json_object_new ();

  for (guint i = 0; i < accounts->len; i++) {
    UcAccount *account = g_ptr_array_index (accounts, i);

    json_array_add_string_element (ids, account->user->id);
  }
  text = uc_json_array_to_text (ids);
  json_object_set_string_member (data, "teammate_ids", text);
  return uc_txn_push_to_channel (txn, channel->id, NULL, "group_added", data, error);
}

/* Only people of the team come into its channels. */
static gboolean
need_team_member (UcTxn *txn, UcChannel *channel, const char *user_id, GError **error)
{
  g_autoptr (UcTeamMember) member = NULL;

  if (!uc_team_table_find_member (txn->db, channel->team_id, user_id, &member, error))
    return FALSE;
  if (member != NULL && member->delete_at_ms == 0)
    return TRUE;
  uc_refuse (error, UC_REFUSAL_TEAM_MEMBER_UNKNOWN);
  return FALSE;
}

/**
 * uc_channel_service_add:
 * @actor: who adds; the same person when somebody joins
 *
 * Again is no error: the membership comes back as it is.
 *
 * Returns: (transfer full) (nullable): the membership
 */
UcChannelMember *
uc_channel_service_add (UcTxn         *txn,
                        const UcActor *actor,
                        UcChannel     *channel,
                        const char    *user_id,
                        GError       **error)
{
  g_autoptr (UcAccount) account = NULL;
  g_autoptr (UcChannelMember) member = NULL;
  JsonObject *data;

  if (channel->type == UC_CHANNEL_DIRECT || channel->type == UC_CHANNEL_GROUP) {
    uc_refuse (error, UC_REFUSAL_CHANNEL_ADD_TYPE);
    return NULL;
  }
  if (channel->delete_at_ms > 0) {
    uc_refuse (error, UC_REFUSAL_CHANNEL_ARCHIVED);
    return NULL;
  }
  account = uc_user_table_find (txn->db, user_id, error);
  if (account == NULL || !need_team_member (txn, channel, user_id, error) ||
      !uc_member_table_find (txn->db, channel->id, user_id, &member, error))
    return NULL;
  if (member != NULL)
    return g_steal_pointer (&member);

  data = json_object_new ();
  json_object_set_string_member (data, "user_id", user_id);
  json_object_set_string_member (data, "team_id", channel->team_id);
  if (!_uc_membership_put (txn, channel->id, user_id, FALSE, error)) {
    json_object_unref (data);
    return NULL;
  }
  if (!uc_txn_push_to_channel (txn, channel->id, NULL, "user_added", data, error) ||
      !_uc_membership_post_join (txn, actor, channel, user_id, account->user->username, error) ||
      !uc_member_table_find (txn->db, channel->id, user_id, &member, error))
    return NULL;
  return g_steal_pointer (&member);
}

static gboolean
post_leave (UcTxn         *txn,
            const UcActor *actor,
            UcChannel     *channel,
            UcAccount     *account,
            GError       **error)
{
  const char      *username = account->user->username;
  gboolean         is_self = g_str_equal (actor->user_id, account->user->id);
  g_autofree char *message = g_strdup_printf (
      is_self ? "@%s left the channel." : "@%s removed from the channel.", username);
  JsonObject *props = json_object_new ();

  if (is_self) {
    json_object_set_string_member (props, "username", username);
  } else {
    json_object_set_string_member (props, "removedUserId", account->user->id);
    json_object_set_string_member (props, "removedUsername", username);
  }
  return uc_post_service_create_system (
      txn, actor->user_id, channel, is_self ? "system_leave_channel" : "system_remove_from_channel",
      message, props, error);
}

/**
 * uc_channel_service_remove:
 * @actor: who removes; the same person when somebody leaves
 */
gboolean
uc_channel_service_remove (UcTxn         *txn,
                           const UcActor *actor,
                           UcChannel     *channel,
                           const char    *user_id,
                           GError       **error)
{
  g_autoptr (UcAccount) account = NULL;
  g_autoptr (UcChannelMember) member = NULL;
  JsonObject *to_others;
  JsonObject *to_them;

  if (channel->type == UC_CHANNEL_DIRECT || channel->type == UC_CHANNEL_GROUP) {
    uc_refuse (error, UC_REFUSAL_CHANNEL_REMOVE_TYPE);
    return FALSE;
  }
  if (g_str_equal (channel->name, UC_DEFAULT_CHANNEL)) {
    uc_refuse_named (error, UC_REFUSAL_CHANNEL_REMOVE_DEFAULT, UC_DEFAULT_CHANNEL);
    return FALSE;
  }
  account = uc_user_table_find (txn->db, user_id, error);
  if (account == NULL || !uc_member_table_find (txn->db, channel->id, user_id, &member, error))
    return FALSE;
  if (member == NULL) {
    uc_refuse (error, UC_REFUSAL_CHANNEL_MEMBER_UNKNOWN);
    return FALSE;
  }
  if (!uc_member_table_delete (txn->db, channel->id, user_id, error))
    return FALSE;

  to_them = json_object_new ();
  json_object_set_string_member (to_them, "channel_id", channel->id);
  json_object_set_string_member (to_them, "remover_id", actor->user_id);
  uc_txn_push_to_user (txn, user_id, "user_removed", to_them);
  to_others = json_object_new ();
  json_object_set_string_member (to_others, "user_id", user_id);
  json_object_set_string_member (to_others, "remover_id", actor->user_id);
  return uc_txn_push_to_channel (txn, channel->id, NULL, "user_removed", to_others, error) &&
         post_leave (txn, actor, channel, account, error);
}

/**
 * uc_channel_service_view:
 * @knows_threads: the client can show threads apart from the channel
 * @last_viewed_at_ms: (out): the time of the channel's newest post; 0 when the user
 *   is not in it, which is not said otherwise
 */
gboolean
uc_channel_service_view (UcTxn      *txn,
                         const char *user_id,
                         const char *channel_id,
                         gboolean    knows_threads,
                         gint64     *last_viewed_at_ms,
                         GError    **error)
{
  g_autoptr (UcChannelMember) member = NULL;
  g_autoptr (UcChannel) channel = NULL;
  JsonObject *data;

  *last_viewed_at_ms = 0;
  if (!uc_member_table_find (txn->db, channel_id, user_id, &member, error))
    return FALSE;
  if (member == NULL)
    return TRUE;
  channel = uc_channel_table_find (txn->db, channel_id, error);
  if (channel == NULL || !uc_member_table_view (txn->db, channel_id, user_id, txn->now_ms, error) ||
      !uc_thread_service_view_channel (txn, user_id, channel_id, knows_threads, error))
    return FALSE;

  *last_viewed_at_ms = MAX (channel->last_post_at_ms, member->last_viewed_at_ms);
  data = json_object_new ();
  json_object_set_string_member (data, "channel_id", channel_id);
  uc_txn_push_to_user (txn, user_id, "channel_viewed", data);
  return TRUE;
}
