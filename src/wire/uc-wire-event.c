/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Frames of the WebSocket. An event is taken apart in two layers: records travel as
 * JSON texts inside the JSON of the frame. A frame of a kind this version does not
 * know is an event too, because its number counts. */

#include "config.h"

#include "uc-wire-event.h"

#include "uc-error.h"
#include "uc-id.h"
#include "uc-json.h"
#include "uc-wire-private.h"

#include <string.h>

/* What an event must carry beside its kind. */
typedef enum {
  NEED_NOTHING = 0,
  NEED_CHANNEL_ID = 1 << 0,
  NEED_USER_ID = 1 << 1,
  NEED_TEAM_ID = 1 << 2,
  NEED_POST = 1 << 3,
  NEED_REACTION = 1 << 4,
  NEED_MEMBER = 1 << 5,
  NEED_USER = 1 << 6,
  NEED_TEAM = 1 << 7,
  NEED_STATUS = 1 << 8,
  NEED_PREFERENCES = 1 << 9,
  NEED_CONNECTION_ID = 1 << 10,
  NEED_POST_ID = 1 << 11,
  NEED_CHANNEL = 1 << 12, /* the record, or at least its id */
} Needs;

static const struct {
  const char *name;
  UcEventKind kind;
  Needs       needs;
} kinds[] = {
  { "hello", UC_EVENT_HELLO, NEED_CONNECTION_ID },
  { "posted", UC_EVENT_POSTED, NEED_POST },
  { "post_edited", UC_EVENT_POST_EDITED, NEED_POST },
  { "post_deleted", UC_EVENT_POST_DELETED, NEED_POST },
  { "post_unread", UC_EVENT_POST_UNREAD, NEED_CHANNEL_ID | NEED_POST_ID },
  { "ephemeral_message", UC_EVENT_EPHEMERAL_MESSAGE, NEED_POST },
  { "reaction_added", UC_EVENT_REACTION_ADDED, NEED_REACTION },
  { "reaction_removed", UC_EVENT_REACTION_REMOVED, NEED_REACTION },
  { "typing", UC_EVENT_TYPING, NEED_CHANNEL_ID | NEED_USER_ID },
  { "channel_viewed", UC_EVENT_CHANNEL_VIEWED, NEED_NOTHING },
  { "multiple_channels_viewed", UC_EVENT_CHANNEL_VIEWED, NEED_NOTHING },
  { "channel_created", UC_EVENT_CHANNEL_CREATED, NEED_CHANNEL_ID },
  { "channel_updated", UC_EVENT_CHANNEL_UPDATED, NEED_CHANNEL },
  { "channel_converted", UC_EVENT_CHANNEL_CONVERTED, NEED_CHANNEL_ID },
  { "channel_deleted", UC_EVENT_CHANNEL_DELETED, NEED_CHANNEL_ID },
  { "channel_restored", UC_EVENT_CHANNEL_RESTORED, NEED_CHANNEL_ID },
  { "channel_member_updated", UC_EVENT_CHANNEL_MEMBER_UPDATED, NEED_MEMBER },
  { "direct_added", UC_EVENT_DIRECT_ADDED, NEED_CHANNEL_ID },
  { "group_added", UC_EVENT_GROUP_ADDED, NEED_CHANNEL_ID },
  { "user_added", UC_EVENT_USER_ADDED, NEED_CHANNEL_ID | NEED_USER_ID },
  { "user_removed", UC_EVENT_USER_REMOVED, NEED_CHANNEL_ID | NEED_USER_ID },
  { "added_to_team", UC_EVENT_ADDED_TO_TEAM, NEED_TEAM_ID | NEED_USER_ID },
  { "leave_team", UC_EVENT_LEAVE_TEAM, NEED_TEAM_ID | NEED_USER_ID },
  { "update_team", UC_EVENT_UPDATE_TEAM, NEED_TEAM },
  { "delete_team", UC_EVENT_UPDATE_TEAM, NEED_TEAM },
  { "restore_team", UC_EVENT_UPDATE_TEAM, NEED_TEAM },
  { "new_user", UC_EVENT_NEW_USER, NEED_USER_ID },
  { "user_updated", UC_EVENT_USER_UPDATED, NEED_USER },
  { "user_role_updated", UC_EVENT_USER_ROLE_UPDATED, NEED_USER_ID },
  { "status_change", UC_EVENT_STATUS_CHANGE, NEED_STATUS },
  { "preference_changed", UC_EVENT_PREFERENCES_CHANGED, NEED_PREFERENCES },
  { "preferences_changed", UC_EVENT_PREFERENCES_CHANGED, NEED_PREFERENCES },
  { "preferences_deleted", UC_EVENT_PREFERENCES_DELETED, NEED_PREFERENCES },
  { "config_changed", UC_EVENT_CONFIG_CHANGED, NEED_NOTHING },
  { "custom_com.example.unifiedchat_flags_changed", UC_EVENT_FLAGS_CHANGED, NEED_NOTHING },
};

/* A member of `data` that may be a JSON text or, as some servers and events have it,
 * the thing itself. */
static JsonNode *
open_inner (JsonObject *data, const char *member, GError **error)
{
  const char *text = uc_json_get_string (data, member, NULL);
  JsonNode   *node = data != NULL ? json_object_get_member (data, member) : NULL;

  if (text != NULL) {
    node = uc_json_parse_mended (text, -1, error);
    if (node == NULL)
      g_prefix_error (error, "data.%s: ", member);
    return node;
  }
  if (node != NULL)
    return json_node_copy (node);
  g_set_error (error, UC_ERROR, UC_ERROR_PROTOCOL, "data.%s: not there", member);
  return NULL;
}

static gpointer
read_inner (JsonObject *data, const char *member, UcWireReader read, GError **error)
{
  g_autoptr (JsonNode) node = open_inner (data, member, error);
  g_autofree char *path = g_strconcat ("data.", member, NULL);

  return node != NULL ? read (node, path, error) : NULL;
}

/* An id of `data` or else of `broadcast`, when it is one. */
static char *
dup_id (JsonObject *data, JsonObject *broadcast, const char *member)
{
  const char *id = uc_json_get_string (data, member, NULL);

  if (!uc_id_is_valid (id))
    id = uc_json_get_string (broadcast, member, NULL);
  return uc_id_is_valid (id) ? g_strdup (id) : NULL;
}

static gboolean
read_preferences (UcEvent *event, JsonObject *data, GError **error)
{
  gboolean is_one = strcmp (event->name, "preference_changed") == 0;
  g_autoptr (JsonNode) node = open_inner (data, is_one ? "preference" : "preferences", error);
  JsonArray *array;

  if (node == NULL)
    return FALSE;
  event->preferences = g_ptr_array_new_with_free_func ((GDestroyNotify) uc_preference_unref);
  if (is_one) {
    UcPreference *preference = _uc_wire_preference_from_json (node, "data.preference", error);

    if (preference != NULL)
      g_ptr_array_add (event->preferences, preference);
    return preference != NULL;
  }
  array = uc_json_as_array (node, "data.preferences", error);
  if (array != NULL)
    _uc_wire_read_members (event->preferences, array, "data.preferences",
                           (UcWireReader) _uc_wire_preference_from_json);
  return array != NULL;
}

/* The records the kind must carry; FALSE when one is not there or broken. */
static gboolean
read_records (UcEvent *event, Needs needs, JsonObject *data, GError **error)
{
  g_autoptr (JsonNode) node = NULL;

  if (needs & NEED_POST) {
    event->post = read_inner (data, "post", (UcWireReader) uc_wire_post_from_json, error);
    return event->post != NULL;
  }
  if (needs & NEED_REACTION) {
    event->reaction =
        read_inner (data, "reaction", (UcWireReader) uc_wire_reaction_from_json, error);
    return event->reaction != NULL;
  }
  if (needs & NEED_MEMBER) {
    event->member =
        read_inner (data, "channelMember", (UcWireReader) uc_wire_member_from_json, error);
    return event->member != NULL;
  }
  if (needs & NEED_USER) {
    event->user = read_inner (data, "user", (UcWireReader) uc_wire_user_from_json, error);
    return event->user != NULL;
  }
  if (needs & NEED_TEAM) {
    event->team = read_inner (data, "team", (UcWireReader) uc_wire_team_from_json, error);
    return event->team != NULL;
  }
  if (needs & NEED_PREFERENCES)
    return read_preferences (event, data, error);
  if ((needs & NEED_CHANNEL) && json_object_has_member (data, "channel")) {
    event->channel = read_inner (data, "channel", (UcWireReader) uc_wire_channel_from_json, error);
    return event->channel != NULL;
  }
  if (needs & NEED_STATUS) {
    node = json_node_init_object (json_node_alloc (), data);
    event->status = uc_wire_status_from_json (node, "data", error);
    return event->status != NULL;
  }
  return TRUE;
}

static gboolean
need (const char *id, const char *member, GError **error)
{
  if (id != NULL)
    return TRUE;
  g_set_error (error, UC_ERROR, UC_ERROR_PROTOCOL, "data.%s: not an id", member);
  return FALSE;
}

static gboolean
check_ids (const UcEvent *event, Needs needs, GError **error)
{
  if ((needs & NEED_CHANNEL_ID) && !need (event->channel_id, "channel_id", error))
    return FALSE;
  if ((needs & NEED_CHANNEL) && !need (event->channel_id, "channel_id", error))
    return FALSE;
  if ((needs & NEED_USER_ID) && !need (event->user_id, "user_id", error))
    return FALSE;
  if ((needs & NEED_TEAM_ID) && !need (event->team_id, "team_id", error))
    return FALSE;
  if ((needs & NEED_POST_ID) && !need (event->post_id, "post_id", error))
    return FALSE;
  return !(needs & NEED_CONNECTION_ID) || need (event->connection_id, "connection_id", error);
}

/* Of POSTED: a list of ids in a text; absent when nobody is mentioned. */
static char **
dup_mentions (JsonObject *data)
{
  g_autoptr (JsonNode) node = open_inner (data, "mentions", NULL);

  return uc_json_array_dup_strings (
      node != NULL && JSON_NODE_HOLDS_ARRAY (node) ? json_node_get_array (node) : NULL);
}

/* Old servers name one channel, newer ones several with times. */
static char **
dup_viewed (const UcEvent *event, JsonObject *data)
{
  g_autoptr (GStrvBuilder) ids = g_strv_builder_new ();
  JsonObject    *times = uc_json_get_object (data, "channel_times");
  JsonObjectIter iter;
  const char    *id;

  if (times != NULL) {
    json_object_iter_init_ordered (&iter, times);
    while (json_object_iter_next_ordered (&iter, &id, NULL)) {
      if (uc_id_is_valid (id))
        g_strv_builder_add (ids, id);
    }
  } else if (event->channel_id != NULL) {
    g_strv_builder_add (ids, event->channel_id);
  }
  return g_strv_builder_end (ids);
}

static void
read_details (UcEvent *event, JsonObject *data)
{
  switch (event->kind) {
  case UC_EVENT_HELLO:
    event->server_version = g_strdup (uc_json_get_string (data, "server_version", ""));
    break;
  case UC_EVENT_POSTED:
    event->mentions = dup_mentions (data);
    break;
  case UC_EVENT_TYPING:
    event->root_id = g_strdup (uc_json_get_string (data, "parent_id", ""));
    break;
  case UC_EVENT_CHANNEL_VIEWED:
    event->channel_ids = dup_viewed (event, data);
    break;
  case UC_EVENT_POST_UNREAD:
    event->msg_count = _uc_wire_get_count (data, "msg_count");
    event->mention_count = _uc_wire_get_count (data, "mention_count");
    event->last_viewed_at_ms = _uc_wire_get_time (data, "last_viewed_at");
    break;
  case UC_EVENT_USER_ROLE_UPDATED:
    event->text = g_strdup (uc_json_get_string (data, "roles", ""));
    break;
  case UC_EVENT_FLAGS_CHANGED:
    event->text = g_strdup (uc_json_get_string (data, "flags", ""));
    break;
  case UC_EVENT_POST_EDITED:
  case UC_EVENT_POST_DELETED:
  case UC_EVENT_EPHEMERAL_MESSAGE:
  case UC_EVENT_REACTION_ADDED:
  case UC_EVENT_REACTION_REMOVED:
  case UC_EVENT_CHANNEL_CREATED:
  case UC_EVENT_CHANNEL_UPDATED:
  case UC_EVENT_CHANNEL_CONVERTED:
  case UC_EVENT_CHANNEL_DELETED:
  case UC_EVENT_CHANNEL_RESTORED:
  case UC_EVENT_CHANNEL_MEMBER_UPDATED:
  case UC_EVENT_DIRECT_ADDED:
  case UC_EVENT_GROUP_ADDED:
  case UC_EVENT_USER_ADDED:
  case UC_EVENT_USER_REMOVED:
  case UC_EVENT_ADDED_TO_TEAM:
  case UC_EVENT_LEAVE_TEAM:
  case UC_EVENT_UPDATE_TEAM:
  case UC_EVENT_NEW_USER:
  case UC_EVENT_USER_UPDATED:
  case UC_EVENT_STATUS_CHANGE:
  case UC_EVENT_PREFERENCES_CHANGED:
  case UC_EVENT_PREFERENCES_DELETED:
  case UC_EVENT_CONFIG_CHANGED:
  case UC_EVENT_UNKNOWN:
  case UC_EVENT_REPLY:
  default:
    break;
  }
}

/* Ids that are only in the record stand in the event too. */
static void
copy_ids (UcEvent *event)
{
  if (event->post != NULL) {
    g_set_str (&event->channel_id, event->post->channel_id);
    g_set_str (&event->post_id, event->post->id);
    g_set_str (&event->user_id, *event->post->user_id != '\0' ? event->post->user_id : NULL);
  } else if (event->reaction != NULL) {
    g_set_str (&event->post_id, event->reaction->post_id);
    g_set_str (&event->user_id, event->reaction->user_id);
  } else if (event->member != NULL) {
    g_set_str (&event->channel_id, event->member->channel_id);
    g_set_str (&event->user_id, event->member->user_id);
  } else if (event->user != NULL) {
    g_set_str (&event->user_id, event->user->id);
  } else if (event->team != NULL) {
    g_set_str (&event->team_id, event->team->id);
  } else if (event->channel != NULL) {
    g_set_str (&event->channel_id, event->channel->id);
  }
}

static gboolean
read_event (UcEvent *event, JsonObject *frame, GError **error)
{
  JsonObject *data = uc_json_get_object (frame, "data");
  JsonObject *broadcast = uc_json_get_object (frame, "broadcast");
  g_autoptr (JsonObject) nothing = json_object_new ();
  Needs needs = NEED_NOTHING;

  if (data == NULL)
    data = nothing;
  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++) {
    if (strcmp (event->name, kinds[i].name) == 0) {
      event->kind = kinds[i].kind;
      needs = kinds[i].needs;
    }
  }

  event->channel_id = dup_id (data, broadcast, "channel_id");
  event->user_id = dup_id (data, broadcast, "user_id");
  event->team_id = dup_id (data, broadcast, "team_id");
  event->post_id = dup_id (data, NULL, "post_id");
  event->connection_id = dup_id (data, NULL, "connection_id");
  if (!read_records (event, needs, data, error))
    return FALSE;
  copy_ids (event);
  if (!check_ids (event, needs, error))
    return FALSE;
  read_details (event, data);
  return TRUE;
}

static void
read_reply (UcEvent *event, JsonObject *frame)
{
  event->kind = UC_EVENT_REPLY;
  event->name = g_strdup ("");
  event->seq = -1;
  event->seq_reply = uc_json_get_int (frame, "seq_reply", 0);
  event->is_ok = strcmp (uc_json_get_string (frame, "status", ""), "OK") == 0;
  if (!event->is_ok)
    event->error =
        g_strdup (uc_json_get_string (uc_json_get_object (frame, "error"), "message", "refused"));
}

/**
 * uc_wire_parse_event:
 * @frame: one message from the socket
 * @seq: (out) (optional): the number of the event, also when it cannot be read; -1
 *   when the frame has none
 *
 * Any thread.
 *
 * Errors: %UC_ERROR_PROTOCOL
 *
 * Returns: (transfer full): the event
 */
UcEvent *
uc_wire_parse_event (GBytes *frame, gint64 *seq, GError **error)
{
  g_autoptr (JsonNode) root = _uc_wire_read_body (frame, error);
  JsonObject *object = root != NULL ? uc_json_as_object (root, "frame", error) : NULL;
  g_autoptr (UcEvent) event = NULL;
  const char *name;

  if (seq != NULL)
    *seq = -1;
  if (object == NULL)
    return NULL;

  event = g_new0 (UcEvent, 1);
  name = uc_json_get_string (object, "event", NULL);
  if (name == NULL && uc_json_get_string (object, "status", NULL) != NULL) {
    read_reply (event, object);
    return g_steal_pointer (&event);
  }
  if (name == NULL) {
    g_set_error (error, UC_ERROR, UC_ERROR_PROTOCOL, "frame.event: not a text");
    return NULL;
  }
  event->name = g_strdup (name);
  if (!uc_json_need_int (object, "seq", &event->seq, error) || event->seq < 0) {
    if (error != NULL && *error == NULL)
      g_set_error (error, UC_ERROR, UC_ERROR_PROTOCOL, "seq: negative");
    g_prefix_error (error, "%s: frame.", name);
    return NULL;
  }
  if (seq != NULL)
    *seq = event->seq;
  if (!read_event (event, object, error)) {
    g_prefix_error (error, "%s: ", name);
    return NULL;
  }
  return g_steal_pointer (&event);
}

/**
 * uc_event_free:
 * @self: (transfer full) (nullable): an event
 */
void
uc_event_free (UcEvent *self)
{
  if (self == NULL)
    return;
  g_free (self->name);
  g_free (self->error);
  g_free (self->connection_id);
  g_free (self->server_version);
  g_free (self->channel_id);
  g_free (self->user_id);
  g_free (self->team_id);
  g_free (self->post_id);
  g_free (self->root_id);
  g_free (self->text);
  g_clear_pointer (&self->post, uc_post_unref);
  g_clear_pointer (&self->reaction, uc_reaction_unref);
  g_clear_pointer (&self->channel, uc_channel_unref);
  g_clear_pointer (&self->member, uc_member_unref);
  g_clear_pointer (&self->user, uc_user_unref);
  g_clear_pointer (&self->team, uc_team_unref);
  g_clear_pointer (&self->status, uc_status_unref);
  g_clear_pointer (&self->preferences, g_ptr_array_unref);
  g_strfreev (self->mentions);
  g_strfreev (self->channel_ids);
  g_free (self);
}
