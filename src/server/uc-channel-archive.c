/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The larger turns in the life of a channel: private or public, archived, restored. */

#include "config.h"

#include "uc-channel-service.h"

#include "uc-post-service.h"
#include "uc-refusal.h"

static UcChannel *
write_changed (UcTxn *txn, UcChannel *changed, GError **error)
{
  changed->update_at_ms = MAX (changed->update_at_ms + 1, txn->now_ms);
  return uc_channel_table_update (txn->db, changed, error) ? uc_channel_ref (changed) : NULL;
}

static gboolean
push_to_team (UcTxn      *txn,
              UcChannel  *channel,
              const char *event,
              gint64      delete_at_ms,
              GError    **error)
{
  JsonObject *data = json_object_new ();

  json_object_set_string_member (data, "channel_id", channel->id);
  if (delete_at_ms > 0)
    json_object_set_int_member (data, "delete_at", delete_at_ms);
  return uc_txn_push_to_team (txn, channel->team_id, event, data, error);
}

static gboolean
post_turn (UcTxn         *txn,
           const UcActor *actor,
           UcChannel     *channel,
           const char    *type,
           const char    *message,
           GError       **error)
{
  JsonObject *props = json_object_new ();

  json_object_set_string_member (props, "username", actor->username);
  return uc_post_service_create_system (txn, actor->user_id, channel, type, message, props, error);
}

/**
 * uc_channel_service_set_privacy:
 * @type: open or private
 *
 * Returns: (transfer full) (nullable): the channel as it is now
 */
UcChannel *
uc_channel_service_set_privacy (UcTxn         *txn,
                                const UcActor *actor,
                                UcChannel     *channel,
                                UcChannelType  type,
                                GError       **error)
{
  g_autoptr (UcChannel) changed = uc_channel_copy (channel);
  g_autoptr (UcChannel) written = NULL;
  const char *message =
      type == UC_CHANNEL_OPEN
          ? "This channel has been converted to a Public Channel and can be joined by any team "
            "member."
          : "This channel has been converted to a Private Channel.";

  if (type == UC_CHANNEL_PRIVATE && g_str_equal (channel->name, UC_DEFAULT_CHANNEL)) {
    uc_refuse (error, UC_REFUSAL_CHANNEL_PRIVACY_DEFAULT);
    return NULL;
  }
  if (channel->type == UC_CHANNEL_DIRECT || channel->type == UC_CHANNEL_GROUP) {
    uc_refuse (error, UC_REFUSAL_CHANNEL_TYPE);
    return NULL;
  }
  if (channel->type == type)
    return g_steal_pointer (&changed);

  changed->type = type;
  written = write_changed (txn, changed, error);
  if (written == NULL ||
      !post_turn (txn, actor, channel, "system_change_chan_privacy", message, error) ||
      !push_to_team (txn, channel, "channel_converted", 0, error))
    return NULL;
  return g_steal_pointer (&written);
}

/**
 * uc_channel_service_archive:
 *
 * Errors: UC_REFUSAL_CHANNEL_ARCHIVED, _CHANNEL_ARCHIVE_TYPE, _CHANNEL_ARCHIVE_DEFAULT
 */
gboolean
uc_channel_service_archive (UcTxn *txn, const UcActor *actor, UcChannel *channel, GError **error)
{
  g_autoptr (UcChannel) changed = uc_channel_copy (channel);
  g_autoptr (UcChannel) written = NULL;
  g_autofree char *message = g_strdup_printf ("%s archived the channel.", actor->username);

  if (channel->type == UC_CHANNEL_DIRECT || channel->type == UC_CHANNEL_GROUP) {
    uc_refuse (error, UC_REFUSAL_CHANNEL_ARCHIVE_TYPE);
    return FALSE;
  }
  if (channel->delete_at_ms > 0) {
    uc_refuse (error, UC_REFUSAL_CHANNEL_ARCHIVED);
    return FALSE;
  }
  if (g_str_equal (channel->name, UC_DEFAULT_CHANNEL)) {
    uc_refuse_named (error, UC_REFUSAL_CHANNEL_ARCHIVE_DEFAULT, UC_DEFAULT_CHANNEL);
    return FALSE;
  }
  if (!post_turn (txn, actor, channel, "system_channel_deleted", message, error))
    return FALSE;
  changed->delete_at_ms = txn->now_ms;
  written = write_changed (txn, changed, error);
  return written != NULL && push_to_team (txn, channel, "channel_deleted", txn->now_ms, error);
}

/**
 * uc_channel_service_restore:
 *
 * Errors: UC_REFUSAL_CHANNEL_NOT_ARCHIVED
 *
 * Returns: (transfer full) (nullable): the channel as it is now
 */
UcChannel *
uc_channel_service_restore (UcTxn *txn, const UcActor *actor, UcChannel *channel, GError **error)
{
  g_autoptr (UcChannel) changed = uc_channel_copy (channel);
  g_autoptr (UcChannel) written = NULL;
  g_autofree char *message = g_strdup_printf ("%s unarchived the channel.", actor->username);

  if (channel->delete_at_ms == 0) {
    uc_refuse (error, UC_REFUSAL_CHANNEL_NOT_ARCHIVED);
    return NULL;
  }
  changed->delete_at_ms = 0;
  written = write_changed (txn, changed, error);
  if (written == NULL || !push_to_team (txn, channel, "channel_restored", 0, error) ||
      !post_turn (txn, actor, written, "system_channel_restored", message, error))
    return NULL;
  return g_steal_pointer (&written);
}
