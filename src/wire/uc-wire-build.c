/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What is sent: bodies of requests and frames to the socket. */

#include "config.h"

#include "uc-wire-event.h"
#include "uc-wire-private.h"

#include "uc-json.h"

/**
 * uc_wire_build_login:
 * @login_id: user name or e-mail
 * @password: the password
 * @mfa_code: (nullable): six digits, once the server has asked for them
 *
 * Returns: (transfer full): the body; it holds the password, so clear it after use
 */
char *
uc_wire_build_login (const char *login_id, const char *password, const char *mfa_code)
{
  g_autoptr (JsonObject) object = json_object_new ();

  json_object_set_string_member (object, "login_id", login_id);
  json_object_set_string_member (object, "password", password);
  if (mfa_code != NULL && *mfa_code != '\0')
    json_object_set_string_member (object, "token", mfa_code);
  return uc_json_object_to_text (object);
}

static JsonArray *
make_strings (const char *const *strings)
{
  JsonArray *array = json_array_new ();

  for (guint i = 0; strings[i] != NULL; i++)
    json_array_add_string_element (array, strings[i]);
  return array;
}

/**
 * uc_wire_build_post:
 * @post: what to send
 *
 * The server sets id, author and times. The op id goes into the props, where it is
 * found again after any time; annotations are the server's to make.
 *
 * Returns: (transfer full): the body
 */
char *
uc_wire_build_post (const UcPost *post)
{
  g_autoptr (JsonObject) object = json_object_new ();
  JsonObject *props = _uc_wire_make_props (post, FALSE);

  json_object_set_string_member (object, "channel_id", post->channel_id);
  json_object_set_string_member (object, "message", post->message);
  if (*post->root_id != '\0')
    json_object_set_string_member (object, "root_id", post->root_id);
  if (post->file_ids[0] != NULL)
    json_object_set_array_member (object, "file_ids",
                                  make_strings ((const char *const *) post->file_ids));
  if (*post->type != '\0')
    json_object_set_string_member (object, "type", post->type);
  json_object_set_object_member (object, "props", props);
  json_object_set_string_member (object, "pending_post_id", post->pending_post_id);
  return uc_json_object_to_text (object);
}

/**
 * uc_wire_build_patch:
 * @message: the new text
 *
 * Returns: (transfer full): the body that changes a post's text and nothing else
 */
char *
uc_wire_build_patch (const char *message)
{
  g_autoptr (JsonObject) object = json_object_new ();

  json_object_set_string_member (object, "message", message);
  return uc_json_object_to_text (object);
}

/**
 * uc_wire_build_reaction:
 * @reaction: what to add
 *
 * Returns: (transfer full): the body
 */
char *
uc_wire_build_reaction (const UcReaction *reaction)
{
  g_autoptr (JsonObject) object = json_object_new ();

  json_object_set_string_member (object, "user_id", reaction->user_id);
  json_object_set_string_member (object, "post_id", reaction->post_id);
  json_object_set_string_member (object, "emoji_name", reaction->emoji_name);
  return uc_json_object_to_text (object);
}

/**
 * uc_wire_build_view:
 * @channel_id: (nullable): what is on screen now
 * @previous_channel_id: (nullable): what was before
 *
 * Returns: (transfer full): the body that marks both read
 */
char *
uc_wire_build_view (const char *channel_id, const char *previous_channel_id)
{
  g_autoptr (JsonObject) object = json_object_new ();

  json_object_set_string_member (object, "channel_id", channel_id != NULL ? channel_id : "");
  json_object_set_string_member (object, "prev_channel_id",
                                 previous_channel_id != NULL ? previous_channel_id : "");
  json_object_set_boolean_member (object, "collapsed_threads_supported", FALSE);
  return uc_json_object_to_text (object);
}

/**
 * uc_wire_build_mute:
 * @is_muted: whether only mentions are to count
 *
 * Returns: (transfer full): the notify_props that mute a channel, or not
 */
char *
uc_wire_build_mute (gboolean is_muted)
{
  g_autoptr (JsonObject) object = json_object_new ();

  json_object_set_string_member (object, "mark_unread", is_muted ? "mention" : "all");
  return uc_json_object_to_text (object);
}

/**
 * uc_wire_build_ids:
 * @ids: (array zero-terminated=1): ids or names
 *
 * Returns: (transfer full): a list
 */
char *
uc_wire_build_ids (const char *const *ids)
{
  g_autoptr (JsonArray) array = make_strings (ids);

  return uc_json_array_to_text (array);
}

/**
 * uc_wire_build_preferences:
 * @preferences: (element-type UcPreference): rows to set or to delete
 *
 * Returns: (transfer full): a list
 */
char *
uc_wire_build_preferences (GPtrArray *preferences)
{
  g_autoptr (JsonArray) array = json_array_new ();

  for (guint i = 0; i < preferences->len; i++)
    json_array_add_element (array, uc_wire_preference_to_json (preferences->pdata[i]));
  return uc_json_array_to_text (array);
}

/**
 * uc_wire_build_status:
 * @user_id: one's own
 * @presence: what to show from now on
 *
 * Returns: (transfer full): the body
 */
char *
uc_wire_build_status (const char *user_id, UcPresence presence)
{
  g_autoptr (JsonObject) object = json_object_new ();

  json_object_set_string_member (object, "user_id", user_id);
  json_object_set_string_member (object, "status", uc_presence_to_string (presence));
  return uc_json_object_to_text (object);
}

/**
 * uc_wire_build_search:
 * @terms: in the server's syntax
 * @any_word: whether one word is enough
 * @zone_offset_s: of the local time, for days
 * @page: from 0
 * @per_page: how many
 *
 * Returns: (transfer full): the body
 */
char *
uc_wire_build_search (const char *terms,
                      gboolean    any_word,
                      int         zone_offset_s,
                      int         page,
                      int         per_page)
{
  g_autoptr (JsonObject) object = json_object_new ();

  json_object_set_string_member (object, "terms", terms);
  json_object_set_boolean_member (object, "is_or_search", any_word);
  json_object_set_int_member (object, "time_zone_offset", zone_offset_s);
  json_object_set_boolean_member (object, "include_deleted_channels", FALSE);
  json_object_set_int_member (object, "page", page);
  json_object_set_int_member (object, "per_page", per_page);
  return uc_json_object_to_text (object);
}

/**
 * uc_wire_build_channel:
 * @channel: a new public or private channel
 *
 * Returns: (transfer full): the body that creates it
 */
char *
uc_wire_build_channel (const UcChannel *channel)
{
  g_autoptr (JsonObject) object = json_object_new ();

  json_object_set_string_member (object, "team_id", channel->team_id);
  json_object_set_string_member (object, "name", channel->name);
  json_object_set_string_member (object, "display_name", channel->display_name);
  json_object_set_string_member (object, "type", uc_channel_type_to_string (channel->type));
  json_object_set_string_member (object, "purpose", channel->purpose);
  json_object_set_string_member (object, "header", channel->header);
  return uc_json_object_to_text (object);
}

/**
 * uc_wire_build_set_unread:
 *
 * Returns: (transfer full): the body that goes with it
 */
char *
uc_wire_build_set_unread (void)
{
  return g_strdup ("{\"collapsed_threads_supported\":false}");
}

/**
 * uc_wire_build_custom_status:
 * @emoji: a short name without colons
 * @text: what to show beside it
 * @expires_ms: when it ends, 0 when it stays
 *
 * Returns: (transfer full): the body
 */
char *
uc_wire_build_custom_status (const char *emoji, const char *text, gint64 expires_ms)
{
  g_autoptr (JsonObject) object = json_object_new ();
  g_autoptr (GDateTime) expires =
      expires_ms > 0 ? g_date_time_new_from_unix_utc (expires_ms / 1000) : NULL;
  g_autofree char *time =
      expires != NULL ? g_date_time_format (expires, "%Y-%m-%dT%H:%M:%SZ") : NULL;

  json_object_set_string_member (object, "emoji", emoji);
  json_object_set_string_member (object, "text", text);
  json_object_set_string_member (object, "duration", time != NULL ? "date_and_time" : "");
  if (time != NULL)
    json_object_set_string_member (object, "expires_at", time);
  return uc_json_object_to_text (object);
}

/**
 * uc_wire_build_user_id:
 * @user_id: who is to be added
 *
 * Returns: (transfer full): the body
 */
char *
uc_wire_build_user_id (const char *user_id)
{
  g_autoptr (JsonObject) object = json_object_new ();

  json_object_set_string_member (object, "user_id", user_id);
  return uc_json_object_to_text (object);
}

/**
 * uc_wire_build_session_id:
 * @session_id: which session is to end
 *
 * Returns: (transfer full): the body
 */
char *
uc_wire_build_session_id (const char *session_id)
{
  g_autoptr (JsonObject) object = json_object_new ();

  json_object_set_string_member (object, "session_id", session_id);
  return uc_json_object_to_text (object);
}

/**
 * uc_wire_build_term:
 * @term: what people or channels are looked for by
 * @team_id: (nullable): where; "" and %NULL look everywhere
 *
 * Returns: (transfer full): the body
 */
char *
uc_wire_build_term (const char *term, const char *team_id)
{
  g_autoptr (JsonObject) object = json_object_new ();

  json_object_set_string_member (object, "term", term);
  if (team_id != NULL && *team_id != '\0')
    json_object_set_string_member (object, "team_id", team_id);
  return uc_json_object_to_text (object);
}

/* (transfer full) @data */
static char *
build_frame (gint64 seq, const char *action, JsonObject *data)
{
  g_autoptr (JsonObject) object = json_object_new ();

  json_object_set_int_member (object, "seq", seq);
  json_object_set_string_member (object, "action", action);
  if (data != NULL)
    json_object_set_object_member (object, "data", data);
  return uc_json_object_to_text (object);
}

/**
 * uc_wire_build_ping:
 * @seq: a number above 0, which the reply names
 *
 * Returns: (transfer full): the frame
 */
char *
uc_wire_build_ping (gint64 seq)
{
  return build_frame (seq, "ping", NULL);
}

/**
 * uc_wire_build_typing:
 * @seq: a number above 0, which the reply names
 * @channel_id: where one types
 * @root_id: (nullable): in which thread
 *
 * Returns: (transfer full): the frame
 */
char *
uc_wire_build_typing (gint64 seq, const char *channel_id, const char *root_id)
{
  JsonObject *data = json_object_new ();

  json_object_set_string_member (data, "channel_id", channel_id);
  json_object_set_string_member (data, "parent_id", root_id != NULL ? root_id : "");
  return build_frame (seq, "user_typing", data);
}

/**
 * uc_wire_build_challenge:
 * @seq: a number above 0, which the reply names
 * @token: the session's token
 *
 * Returns: (transfer full): the frame; it holds the token
 */
char *
uc_wire_build_challenge (gint64 seq, const char *token)
{
  JsonObject *data = json_object_new ();

  json_object_set_string_member (data, "token", token);
  return build_frame (seq, "authentication_challenge", data);
}

/**
 * uc_wire_build_active:
 * @seq: a number above 0, which the reply names
 * @is_active: whether somebody sits in front of it
 *
 * Returns: (transfer full): the frame
 */
char *
uc_wire_build_active (gint64 seq, gboolean is_active)
{
  JsonObject *data = json_object_new ();

  json_object_set_boolean_member (data, "user_is_active", is_active);
  json_object_set_boolean_member (data, "manual", FALSE);
  return build_frame (seq, "user_update_active_status", data);
}
