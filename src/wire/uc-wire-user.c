/* SPDX-License-Identifier: GPL-3.0-or-later */

/* People: users with their custom status (a JSON text inside the props), whether they
 * are there, and preferences. */

#include "config.h"

#include "uc-wire-private.h"

#include "uc-json.h"

#include <string.h>

/* How the server writes "no expiry". */
#define NO_TIME "0001-01-01T00:00:00Z"

#define DEFAULT_TIMEZONE                                                                           \
  "{\"automaticTimezone\":\"\",\"manualTimezone\":\"\",\"useAutomaticTimezone\":\"true\"}"
#define DEFAULT_NOTIFY_PROPS                                                                       \
  "{\"channel\":\"true\",\"comments\":\"never\",\"desktop\":\"mention\","                          \
  "\"desktop_sound\":\"true\",\"email\":\"true\",\"first_name\":\"false\","                        \
  "\"mention_keys\":\"\",\"push\":\"mention\",\"push_status\":\"away\"}"

/* A text that is empty, or not what it should be, means no status. */
static void
read_custom_status (UcUser *user, const char *text)
{
  g_autoptr (JsonNode) root = *text != '\0' ? uc_json_parse_mended (text, -1, NULL) : NULL;
  g_autoptr (GDateTime) expires = NULL;
  g_autofree char *emoji = NULL;
  JsonObject      *status;
  gsize            length;

  if (root == NULL || !JSON_NODE_HOLDS_OBJECT (root))
    return;
  status = json_node_get_object (root);
  _uc_wire_set_text (status, "text", &user->custom_status_text);

  emoji = g_strdup (uc_json_get_string (status, "emoji", ""));
  length = strlen (emoji);
  if (length > 2 && emoji[0] == ':' && emoji[length - 1] == ':') {
    emoji[length - 1] = '\0';
    g_set_str (&user->custom_status_emoji, emoji + 1);
  } else {
    g_set_str (&user->custom_status_emoji, emoji);
  }

  expires = g_date_time_new_from_iso8601 (uc_json_get_string (status, "expires_at", ""), NULL);
  if (expires != NULL && g_date_time_get_year (expires) > 1970)
    user->custom_status_expires_ms = g_date_time_to_unix_usec (expires) / 1000;
}

static char *
dup_custom_status (const UcUser *user)
{
  g_autoptr (JsonObject) status = json_object_new ();
  g_autoptr (GDateTime) expires = NULL;
  g_autofree char *time = NULL;

  if (user->custom_status_expires_ms > 0) {
    expires = g_date_time_new_from_unix_utc (user->custom_status_expires_ms / 1000);
    time = expires != NULL ? g_date_time_format (expires, "%Y-%m-%dT%H:%M:%SZ") : NULL;
  }
  json_object_set_string_member (status, "emoji", user->custom_status_emoji);
  json_object_set_string_member (status, "text", user->custom_status_text);
  json_object_set_string_member (status, "duration", time != NULL ? "date_and_time" : "");
  json_object_set_string_member (status, "expires_at", time != NULL ? time : NO_TIME);
  return uc_json_object_to_text (status);
}

/**
 * uc_wire_user_from_json:
 * @node: (nullable): a user record
 * @path: what errors call it
 *
 * Any thread.
 *
 * Errors: %UC_ERROR_PROTOCOL
 *
 * Returns: (transfer full): the user
 */
UcUser *
uc_wire_user_from_json (JsonNode *node, const char *path, GError **error)
{
  JsonObject *object = uc_json_as_object (node, path, error);
  g_autoptr (UcUser) user = NULL;

  if (object == NULL)
    return NULL;
  user = uc_user_new ();
  if (!_uc_wire_need_id (object, path, "id", &user->id, error) ||
      !_uc_wire_need_text (object, path, "username", &user->username, error))
    return NULL;

  _uc_wire_set_text (object, "first_name", &user->first_name);
  _uc_wire_set_text (object, "last_name", &user->last_name);
  _uc_wire_set_text (object, "nickname", &user->nickname);
  _uc_wire_set_text (object, "position", &user->position);
  _uc_wire_set_text (object, "email", &user->email);
  _uc_wire_set_text (object, "roles", &user->roles);
  _uc_wire_set_text (object, "locale", &user->locale);
  _uc_wire_set_text (object, "bot_description", &user->bot_description);
  user->notify_props = _uc_wire_dup_json (object, "notify_props");
  user->timezone = _uc_wire_dup_json (object, "timezone");
  user->create_at_ms = _uc_wire_get_time (object, "create_at");
  user->update_at_ms = _uc_wire_get_time (object, "update_at");
  user->delete_at_ms = _uc_wire_get_time (object, "delete_at");
  user->last_picture_update_ms = _uc_wire_get_time (object, "last_picture_update");
  user->last_password_update_ms = _uc_wire_get_time (object, "last_password_update");
  user->is_bot = uc_json_get_boolean (object, "is_bot", FALSE);
  user->is_mfa_active = uc_json_get_boolean (object, "mfa_active", FALSE);
  read_custom_status (
      user, uc_json_get_string (uc_json_get_object (object, "props"), "customStatus", ""));
  return g_steal_pointer (&user);
}

/* @text as JSON when it is an object, else @fallback. */
static JsonNode *
parse_or (const char *text, const char *fallback)
{
  g_autoptr (JsonNode) node = text != NULL ? uc_json_parse (text, -1, NULL) : NULL;

  if (node != NULL && JSON_NODE_HOLDS_OBJECT (node))
    return g_steal_pointer (&node);
  return uc_json_parse (fallback, -1, NULL);
}

/**
 * uc_wire_user_to_json:
 * @user: a user
 * @for_self: whether it goes to @user itself
 *
 * Any thread.
 *
 * Returns: (transfer full): the record as a server answers it
 */
JsonNode *
uc_wire_user_to_json (const UcUser *user, gboolean for_self)
{
  JsonObject *object = json_object_new ();
  JsonNode   *node = json_node_new (JSON_NODE_OBJECT);

  json_object_set_string_member (object, "id", user->id);
  json_object_set_int_member (object, "create_at", user->create_at_ms);
  json_object_set_int_member (object, "update_at", user->update_at_ms);
  json_object_set_int_member (object, "delete_at", user->delete_at_ms);
  json_object_set_string_member (object, "username", user->username);
  json_object_set_string_member (object, "auth_data", "");
  json_object_set_string_member (object, "auth_service", "");
  json_object_set_string_member (object, "email", user->email);
  json_object_set_string_member (object, "nickname", user->nickname);
  json_object_set_string_member (object, "first_name", user->first_name);
  json_object_set_string_member (object, "last_name", user->last_name);
  json_object_set_string_member (object, "position", user->position);
  json_object_set_string_member (object, "roles", user->roles);
  if (*user->custom_status_emoji != '\0' || *user->custom_status_text != '\0') {
    JsonObject      *props = json_object_new ();
    g_autofree char *status = dup_custom_status (user);

    json_object_set_string_member (props, "customStatus", status);
    json_object_set_object_member (object, "props", props);
  }
  if (for_self) {
    json_object_set_member (object, "notify_props",
                            parse_or (user->notify_props, DEFAULT_NOTIFY_PROPS));
    json_object_set_int_member (object, "last_password_update", user->last_password_update_ms);
  }
  if (user->last_picture_update_ms > 0)
    json_object_set_int_member (object, "last_picture_update", user->last_picture_update_ms);
  json_object_set_string_member (object, "locale", user->locale);
  json_object_set_member (object, "timezone", parse_or (user->timezone, DEFAULT_TIMEZONE));
  if (user->is_bot) {
    json_object_set_boolean_member (object, "is_bot", TRUE);
    json_object_set_string_member (object, "bot_description", user->bot_description);
  }
  if (user->is_mfa_active)
    json_object_set_boolean_member (object, "mfa_active", TRUE);
  json_object_set_boolean_member (object, "disable_welcome_email", FALSE);

  json_node_take_object (node, object);
  return node;
}

/**
 * uc_wire_status_from_json:
 * @node: (nullable): a status record, or the data of a status_change event
 * @path: what errors call it
 *
 * Any thread.
 *
 * Errors: %UC_ERROR_PROTOCOL
 *
 * Returns: (transfer full): the status
 */
UcStatus *
uc_wire_status_from_json (JsonNode *node, const char *path, GError **error)
{
  JsonObject *object = uc_json_as_object (node, path, error);
  g_autoptr (UcStatus) status = NULL;
  g_autofree char *word = NULL;

  if (object == NULL)
    return NULL;
  status = uc_status_new ();
  if (!_uc_wire_need_id (object, path, "user_id", &status->user_id, error) ||
      !_uc_wire_need_text (object, path, "status", &word, error))
    return NULL;

  status->presence = uc_presence_from_string (word);
  status->is_manual = uc_json_get_boolean (object, "manual", FALSE);
  status->last_activity_at_ms = _uc_wire_get_time (object, "last_activity_at");
  return g_steal_pointer (&status);
}

/**
 * uc_wire_status_to_json:
 * @status: a status
 *
 * Any thread.
 *
 * Returns: (transfer full): the record as a server answers it
 */
JsonNode *
uc_wire_status_to_json (const UcStatus *status)
{
  JsonObject *object = json_object_new ();
  JsonNode   *node = json_node_new (JSON_NODE_OBJECT);

  json_object_set_string_member (object, "user_id", status->user_id);
  json_object_set_string_member (object, "status", uc_presence_to_string (status->presence));
  json_object_set_boolean_member (object, "manual", status->is_manual);
  json_object_set_int_member (object, "last_activity_at", status->last_activity_at_ms);
  json_object_set_int_member (object, "dnd_end_time", 0);

  json_node_take_object (node, object);
  return node;
}

UcPreference *
_uc_wire_preference_from_json (JsonNode *node, const char *path, GError **error)
{
  JsonObject      *object = uc_json_as_object (node, path, error);
  g_autofree char *user_id = NULL;
  g_autofree char *category = NULL;

  if (object == NULL || !_uc_wire_need_id (object, path, "user_id", &user_id, error) ||
      !_uc_wire_need_text (object, path, "category", &category, error))
    return NULL;
  return uc_preference_new (user_id, category, uc_json_get_string (object, "name", ""),
                            uc_json_get_string (object, "value", ""));
}

/**
 * uc_wire_preference_to_json:
 * @preference: a preference
 *
 * Any thread.
 *
 * Returns: (transfer full): the row as a server answers it
 */
JsonNode *
uc_wire_preference_to_json (const UcPreference *preference)
{
  JsonObject *object = json_object_new ();
  JsonNode   *node = json_node_new (JSON_NODE_OBJECT);

  json_object_set_string_member (object, "user_id", preference->user_id);
  json_object_set_string_member (object, "category", preference->category);
  json_object_set_string_member (object, "name", preference->name);
  json_object_set_string_member (object, "value", preference->value);

  json_node_take_object (node, object);
  return node;
}

/**
 * uc_wire_parse_user:
 * @body: an answer with one user
 *
 * Returns: (transfer full): the user
 */
UcUser *
uc_wire_parse_user (GBytes *body, GError **error)
{
  return _uc_wire_read_one (body, "user", (UcWireReader) uc_wire_user_from_json, error);
}

/* An object of lists: the two of autocompletion, or those of several channels. */
static gboolean
read_user_lists (GPtrArray *users, JsonObject *object, GError **error)
{
  JsonObjectIter iter;
  const char    *name;
  JsonNode      *node;

  json_object_iter_init (&iter, object);
  while (json_object_iter_next (&iter, &name, &node)) {
    JsonArray *array;

    if (JSON_NODE_HOLDS_NULL (node))
      continue;
    array = uc_json_as_array (node, "users", error);
    if (array == NULL)
      return FALSE;
    _uc_wire_read_members (users, array, "users", (UcWireReader) uc_wire_user_from_json);
  }
  return TRUE;
}

/**
 * uc_wire_parse_users:
 * @body: a list of users, or an object of such lists (autocompletion, group channels)
 *
 * Returns: (transfer full) (element-type UcUser): all of them
 */
GPtrArray *
uc_wire_parse_users (GBytes *body, GError **error)
{
  g_autoptr (JsonNode) root = _uc_wire_read_body (body, error);
  g_autoptr (GPtrArray) users = g_ptr_array_new_with_free_func ((GDestroyNotify) uc_user_unref);
  JsonArray *array;

  if (root == NULL)
    return NULL;
  if (JSON_NODE_HOLDS_OBJECT (root)) {
    if (!read_user_lists (users, json_node_get_object (root), error))
      return NULL;
  } else if (!JSON_NODE_HOLDS_NULL (root)) {
    array = uc_json_as_array (root, "users", error);
    if (array == NULL)
      return NULL;
    _uc_wire_read_members (users, array, "users", (UcWireReader) uc_wire_user_from_json);
  }
  return g_steal_pointer (&users);
}

/* @body holds one record or a list of them. */
static GPtrArray *
read_one_or_more (GBytes        *body,
                  const char    *path,
                  UcWireReader   read,
                  GDestroyNotify free_func,
                  GError       **error)
{
  g_autoptr (JsonNode) root = _uc_wire_read_body (body, error);
  g_autoptr (GPtrArray) list = g_ptr_array_new_with_free_func (free_func);

  if (root == NULL)
    return NULL;
  if (JSON_NODE_HOLDS_OBJECT (root)) {
    gpointer record = read (root, path, error);

    if (record == NULL)
      return NULL;
    g_ptr_array_add (list, record);
  } else if (!JSON_NODE_HOLDS_NULL (root)) {
    JsonArray *array = uc_json_as_array (root, path, error);

    if (array == NULL)
      return NULL;
    _uc_wire_read_members (list, array, path, read);
  }
  return g_steal_pointer (&list);
}

/**
 * uc_wire_parse_preferences:
 * @body: a list of preferences, or one
 *
 * Returns: (transfer full) (element-type UcPreference): all of them
 */
GPtrArray *
uc_wire_parse_preferences (GBytes *body, GError **error)
{
  return read_one_or_more (body, "preferences", (UcWireReader) _uc_wire_preference_from_json,
                           (GDestroyNotify) uc_preference_unref, error);
}

/**
 * uc_wire_parse_statuses:
 * @body: a list of statuses, or one
 *
 * Returns: (transfer full) (element-type UcStatus): all of them
 */
GPtrArray *
uc_wire_parse_statuses (GBytes *body, GError **error)
{
  return read_one_or_more (body, "statuses", (UcWireReader) uc_wire_status_from_json,
                           (GDestroyNotify) uc_status_unref, error);
}
