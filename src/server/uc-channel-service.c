/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Channels: made, changed, archived. Their members are in uc-membership-service.c. */

#include "config.h"

#include "uc-channel-service.h"

#include "uc-id.h"
#include "uc-json.h"
#include "uc-membership-private.h"
#include "uc-post-service.h"
#include "uc-refusal.h"
#include "uc-text.h"
#include "uc-user-table.h"
#include "uc-wire-json.h"

#include <string.h>

#define MAX_DISPLAY_NAME 64
#define MAX_PURPOSE      250
#define MAX_HEADER       1024
#define MIN_GROUP        3
#define MAX_GROUP        8

static gboolean
check_texts (const UcChannel *channel, GError **error)
{
  UcRefusal refusal;

  if (!uc_text_fits (channel->display_name, MAX_DISPLAY_NAME) && channel->type != UC_CHANNEL_GROUP)
    refusal = UC_REFUSAL_CHANNEL_DISPLAY_NAME;
  else if (!uc_text_fits (channel->header, MAX_HEADER))
    refusal = UC_REFUSAL_CHANNEL_HEADER;
  else if (!uc_text_fits (channel->purpose, MAX_PURPOSE))
    refusal = UC_REFUSAL_CHANNEL_PURPOSE;
  else
    return TRUE;
  uc_refuse (error, refusal);
  return FALSE;
}

static gboolean
check_name (const char *name, GError **error)
{
  if (!uc_text_is_name (name)) {
    uc_refuse (error, UC_REFUSAL_CHANNEL_NAME);
    return FALSE;
  }
  if (uc_text_is_direct_name (name)) {
    uc_refuse (error, UC_REFUSAL_CHANNEL_NAME_IDS);
    return FALSE;
  }
  return TRUE;
}

static UcChannel *
new_channel (UcTxn *txn, UcChannelType type, const char *name, const char *creator_id)
{
  UcChannel *channel = uc_channel_new ();

  g_free (channel->id);
  channel->id = uc_id_new ();
  channel->type = type;
  g_set_str (&channel->name, name);
  g_set_str (&channel->creator_id, creator_id);
  channel->create_at_ms = txn->now_ms;
  channel->update_at_ms = txn->now_ms;
  return channel;
}

static const char *
or_empty (const char *text)
{
  return text != NULL ? text : "";
}

/**
 * uc_channel_service_create:
 *
 * The creator becomes the channel's administrator.
 *
 * Returns: (transfer full) (nullable): the new channel
 */
UcChannel *
uc_channel_service_create (UcTxn              *txn,
                           const UcActor      *actor,
                           const UcNewChannel *fields,
                           GError            **error)
{
  g_autoptr (UcChannel) channel = new_channel (txn, fields->type, fields->name, actor->user_id);
  JsonObject *data;

  g_set_str (&channel->team_id, fields->team_id);
  g_set_str (&channel->display_name, or_empty (fields->display_name));
  g_set_str (&channel->purpose, or_empty (fields->purpose));
  g_set_str (&channel->header, or_empty (fields->header));
  if (!check_name (channel->name, error) || !check_texts (channel, error) ||
      !uc_channel_table_insert (txn->db, channel, error) ||
      !_uc_membership_put (txn, channel->id, actor->user_id, TRUE, error) ||
      !_uc_membership_post_join (txn, actor, channel, actor->user_id, actor->username, error))
    return NULL;

  data = json_object_new ();
  json_object_set_string_member (data, "channel_id", channel->id);
  json_object_set_string_member (data, "team_id", channel->team_id);
  uc_txn_push_to_user (txn, actor->user_id, "channel_created", data);
  return g_steal_pointer (&channel);
}

/**
 * uc_channel_service_create_default:
 *
 * Returns: (transfer full) (nullable): a channel of a new team, without members
 */
UcChannel *
uc_channel_service_create_default (UcTxn      *txn,
                                   const char *team_id,
                                   const char *name,
                                   const char *display_name,
                                   GError    **error)
{
  g_autoptr (UcChannel) channel = new_channel (txn, UC_CHANNEL_OPEN, name, "");

  g_set_str (&channel->team_id, team_id);
  g_set_str (&channel->display_name, display_name);
  return uc_channel_table_insert (txn->db, channel, error) ? g_steal_pointer (&channel) : NULL;
}

/* NULL without an error when there is no such channel yet. */
static gboolean
find_people_channel (UcTxn *txn, const char *name, UcChannel **channel, GError **error)
{
  g_autoptr (GError) local = NULL;

  *channel = uc_channel_table_find_name (txn->db, "", name, &local);
  if (*channel != NULL || g_error_matches (local, UC_REFUSAL, UC_REFUSAL_CHANNEL_NAME_UNKNOWN))
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&local));
  return FALSE;
}

/**
 * uc_channel_service_open_direct:
 * @other_id: the partner; oneself for notes
 *
 * Returns: (transfer full) (nullable): the channel of these two, new or known
 */
UcChannel *
uc_channel_service_open_direct (UcTxn         *txn,
                                const UcActor *actor,
                                const char    *other_id,
                                GError       **error)
{
  g_autoptr (UcAccount) other = uc_user_table_find (txn->db, other_id, error);
  g_autoptr (UcChannel) channel = NULL;
  g_autofree char *name = NULL;
  gboolean         is_first;

  if (other == NULL)
    return NULL;
  is_first = strcmp (actor->user_id, other_id) <= 0;
  name = g_strconcat (is_first ? actor->user_id : other_id, "__",
                      is_first ? other_id : actor->user_id, NULL);
  if (!find_people_channel (txn, name, &channel, error))
    return NULL;
  if (channel != NULL)
    return g_steal_pointer (&channel);

  channel = new_channel (txn, UC_CHANNEL_DIRECT, name, actor->user_id);
  if (!uc_channel_table_insert (txn->db, channel, error) ||
      !_uc_membership_put (txn, channel->id, actor->user_id, FALSE, error) ||
      (!g_str_equal (actor->user_id, other_id) &&
       !_uc_membership_put (txn, channel->id, other_id, FALSE, error)) ||
      !_uc_membership_push_direct (txn, actor, channel, other_id, error))
    return NULL;
  return g_steal_pointer (&channel);
}

static int
compare_names (gconstpointer a, gconstpointer b)
{
  UcAccount *const *first = a;
  UcAccount *const *second = b;

  return strcmp ((*first)->user->username, (*second)->user->username);
}

static int
compare_ids (gconstpointer a, gconstpointer b)
{
  UcAccount *const *first = a;
  UcAccount *const *second = b;

  return strcmp ((*first)->user->id, (*second)->user->id);
}

/* The name of a group is made of its people, so that it exists once. */
static char *
dup_group_name (GPtrArray *accounts)
{
  g_autoptr (GString) ids = g_string_new (NULL);

  g_ptr_array_sort (accounts, compare_ids);
  for (guint i = 0; i < accounts->len; i++) {
    UcAccount *account = g_ptr_array_index (accounts, i);

    g_string_append (ids, account->user->id);
  }
  return g_compute_checksum_for_string (G_CHECKSUM_SHA1, ids->str, -1);
}

static char *
dup_group_display_name (GPtrArray *accounts)
{
  g_autoptr (GString) names = g_string_new (NULL);

  g_ptr_array_sort (accounts, compare_names);
  for (guint i = 0; i < accounts->len; i++) {
    UcAccount *account = g_ptr_array_index (accounts, i);

    g_string_append_printf (names, "%s%s", i > 0 ? ", " : "", account->user->username);
  }
  return g_string_free (g_steal_pointer (&names), FALSE);
}

/**
 * uc_channel_service_open_group:
 * @user_ids: (element-type utf8): the people; oneself may be left out
 *
 * Returns: (transfer full) (nullable): the channel of these people, new or known
 */
UcChannel *
uc_channel_service_open_group (UcTxn         *txn,
                               const UcActor *actor,
                               GPtrArray     *user_ids,
                               GError       **error)
{
  g_autoptr (GPtrArray) ids = g_ptr_array_copy (user_ids, NULL, NULL);
  g_autoptr (GPtrArray) accounts = NULL;
  g_autoptr (UcChannel) channel = NULL;
  g_autofree char *name = NULL;

  if (!g_ptr_array_find_with_equal_func (ids, actor->user_id, g_str_equal, NULL))
    g_ptr_array_add (ids, (gpointer) actor->user_id);
  if (ids->len < MIN_GROUP || ids->len > MAX_GROUP) {
    uc_refuse (error, UC_REFUSAL_CHANNEL_GROUP_SIZE);
    return NULL;
  }
  accounts = uc_user_table_list_ids (txn->db, ids, 0, error);
  if (accounts == NULL)
    return NULL;
  if (accounts->len != ids->len) {
    uc_refuse (error, UC_REFUSAL_CHANNEL_GROUP_USER);
    return NULL;
  }
  name = dup_group_name (accounts);
  if (!find_people_channel (txn, name, &channel, error))
    return NULL;
  if (channel != NULL)
    return g_steal_pointer (&channel);

  channel = new_channel (txn, UC_CHANNEL_GROUP, name, "");
  g_free (channel->display_name);
  channel->display_name = dup_group_display_name (accounts);
  if (!uc_channel_table_insert (txn->db, channel, error))
    return NULL;
  for (guint i = 0; i < accounts->len; i++) {
    UcAccount *account = g_ptr_array_index (accounts, i);

    if (!_uc_membership_put (txn, channel->id, account->user->id, FALSE, error))
      return NULL;
  }
  if (!_uc_membership_push_group (txn, channel, accounts, error))
    return NULL;
  return g_steal_pointer (&channel);
}

/**
 * uc_channel_service_to_json:
 *
 * Returns: (transfer full): the channel as the API has it
 */
JsonNode *
uc_channel_service_to_json (const UcChannel *channel)
{
  JsonNode *node = uc_wire_channel_to_json (channel);

  /* Only direct channels are ever told that nobody shares them. */
  if (channel->type != UC_CHANNEL_DIRECT)
    json_object_set_null_member (json_node_get_object (node), "shared");
  return node;
}

static gboolean
push_channel (UcTxn *txn, const UcChannel *channel, GError **error)
{
  g_autoptr (JsonNode) node = uc_channel_service_to_json (channel);
  g_autofree char *text = uc_json_to_text (node);
  JsonObject      *data = json_object_new ();

  json_object_set_string_member (data, "channel", text);
  return uc_txn_push_to_channel (txn, channel->id, NULL, "channel_updated", data, error);
}

/* A change that people see as a line in the channel. */
static gboolean
post_change (UcTxn           *txn,
             const UcActor   *actor,
             const UcChannel *channel,
             const char      *what,
             const char      *key,
             const char      *old_value,
             const char      *new_value,
             GError         **error)
{
  g_autofree char *type = g_strdup_printf ("system_%s_change", key);
  g_autofree char *old_key = g_strdup_printf ("old_%s", key);
  g_autofree char *new_key = g_strdup_printf ("new_%s", key);
  g_autofree char *message = NULL;
  JsonObject      *props;

  if (g_str_equal (old_value, new_value))
    return TRUE;
  if (*old_value == '\0')
    message =
        g_strdup_printf ("%s updated the channel %s to: %s", actor->username, what, new_value);
  else if (*new_value == '\0')
    message =
        g_strdup_printf ("%s removed the channel %s (was: %s)", actor->username, what, old_value);
  else
    message = g_strdup_printf ("%s updated the channel %s from: %s to: %s", actor->username, what,
                               old_value, new_value);
  props = json_object_new ();
  json_object_set_string_member (props, "username", actor->username);
  json_object_set_string_member (props, old_key, old_value);
  json_object_set_string_member (props, new_key, new_value);
  return uc_post_service_create_system (txn, actor->user_id, channel, type, message, props, error);
}

/**
 * uc_channel_service_change:
 * @patch: the members to change
 *
 * Returns: (transfer full) (nullable): the channel as it is now
 */
UcChannel *
uc_channel_service_change (UcTxn         *txn,
                           const UcActor *actor,
                           UcChannel     *channel,
                           JsonObject    *patch,
                           GError       **error)
{
  g_autoptr (UcChannel) changed = uc_channel_copy (channel);
  gboolean is_people = channel->type == UC_CHANNEL_DIRECT || channel->type == UC_CHANNEL_GROUP;

  if (channel->delete_at_ms > 0) {
    uc_refuse (error, UC_REFUSAL_CHANNEL_ARCHIVED);
    return NULL;
  }
  g_set_str (&changed->header, uc_json_get_string (patch, "header", channel->header));
  if (!is_people) {
    g_set_str (&changed->name, uc_json_get_string (patch, "name", channel->name));
    g_set_str (&changed->purpose, uc_json_get_string (patch, "purpose", channel->purpose));
    g_set_str (&changed->display_name,
               uc_json_get_string (patch, "display_name", channel->display_name));
  }
  if (!g_str_equal (changed->name, channel->name)) {
    if (g_str_equal (channel->name, UC_DEFAULT_CHANNEL)) {
      uc_refuse_named (error, UC_REFUSAL_CHANNEL_RENAME_DEFAULT, UC_DEFAULT_CHANNEL);
      return NULL;
    }
    if (!check_name (changed->name, error))
      return NULL;
  }
  changed->update_at_ms = MAX (channel->update_at_ms + 1, txn->now_ms);
  if (!check_texts (changed, error) || !uc_channel_table_update (txn->db, changed, error) ||
      !post_change (txn, actor, channel, "display name", "displayname", channel->display_name,
                    changed->display_name, error) ||
      !post_change (txn, actor, channel, "header", "header", channel->header, changed->header,
                    error) ||
      !post_change (txn, actor, channel, "purpose", "purpose", channel->purpose, changed->purpose,
                    error))
    return NULL;

  g_clear_pointer (&changed, uc_channel_unref);
  changed = uc_channel_table_find (txn->db, channel->id, error);
  if (changed == NULL || !push_channel (txn, changed, error))
    return NULL;
  return g_steal_pointer (&changed);
}
