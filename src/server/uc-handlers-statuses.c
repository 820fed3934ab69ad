/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Presence and custom statuses (protocol.md 13). */

#include "config.h"

#include "uc-handlers.h"

#include "uc-id.h"
#include "uc-json.h"
#include "uc-recent-status.h"
#include "uc-refusal.h"
#include "uc-status-service.h"
#include "uc-text.h"
#include "uc-user-service.h"
#include "uc-wire-json.h"

#define MAX_STATUS_TEXT 100
#define NO_EXPIRY       "0001-01-01T00:00:00Z"

gboolean
uc_statuses_get (UcCall *call, UcTxn *txn, GError **error)
{
  g_autoptr (UcStatus) status =
      uc_status_table_find (txn->db, uc_call_get_param (call, "user_id"), error);

  if (status == NULL)
    return FALSE;
  uc_call_answer_node (call, 200, uc_wire_status_to_json (status));
  return TRUE;
}

gboolean
uc_statuses_list (UcCall *call, UcTxn *txn, GError **error)
{
  g_autoptr (GPtrArray) ids = uc_call_need_strings (call, "user_ids", error);
  g_autoptr (JsonArray) array = json_array_new ();

  if (ids == NULL)
    return FALSE;
  for (guint i = 0; i < ids->len; i++) {
    const char *user_id = g_ptr_array_index (ids, i);
    g_autoptr (UcStatus) status = NULL;

    if (!uc_id_is_valid (user_id)) {
      uc_refuse_body (error, "user_ids");
      return FALSE;
    }
    status = uc_status_table_find (txn->db, user_id, error);
    if (status == NULL)
      return FALSE;
    json_array_add_element (array, uc_wire_status_to_json (status));
  }
  uc_call_answer_array (call, 200, g_steal_pointer (&array));
  return TRUE;
}

gboolean
uc_statuses_set (UcCall *call, UcTxn *txn, GError **error)
{
  static const char *const words[] = { "online", "away", "dnd", "offline", NULL };
  JsonObject              *body = uc_call_need_object (call, "status", error);
  const char              *user_id = uc_call_get_param (call, "user_id");
  const char              *word = uc_json_get_string (body, "status", "");

  if (body == NULL)
    return FALSE;
  if (!g_str_equal (uc_json_get_string (body, "user_id", ""), user_id)) {
    uc_refuse_body (error, "user_id");
    return FALSE;
  }
  if (!g_strv_contains (words, word)) {
    uc_refuse_body (error, "status");
    return FALSE;
  }
  if (!uc_status_service_set (txn, user_id, uc_presence_from_string (word), error))
    return FALSE;
  return uc_statuses_get (call, txn, error);
}

/* The custom status is a text of JSON inside the props of the account. */
static gboolean
write_custom (UcCall *call, UcTxn *txn, const char *status, GError **error)
{
  g_autoptr (UcAccount) account =
      uc_user_table_find (txn->db, uc_call_get_param (call, "user_id"), error);
  g_autoptr (JsonNode) props = NULL;

  if (account == NULL)
    return FALSE;
  props = uc_json_parse (account->props, -1, error);
  if (props == NULL)
    return FALSE;
  json_object_set_string_member (json_node_get_object (props), "customStatus", status);
  g_free (account->props);
  account->props = uc_json_to_text (props);
  if (!uc_user_service_update (txn, account, error))
    return FALSE;
  uc_call_answer_ok (call);
  return TRUE;
}

/* FALSE for a time that has passed, or is none. */
static gboolean
check_expiry (UcTxn *txn, const char *expires_at)
{
  g_autoptr (GTimeZone) utc = g_time_zone_new_utc ();
  g_autoptr (GDateTime) time = NULL;

  if (*expires_at == '\0' || g_str_has_prefix (expires_at, "0001-"))
    return TRUE;
  time = g_date_time_new_from_iso8601 (expires_at, utc);
  return time != NULL && g_date_time_to_unix (time) * 1000 > txn->now_ms;
}

static char *
dup_cut (const char *text, glong max_chars)
{
  return uc_text_fits (text, max_chars) ? g_strdup (text) : g_utf8_substring (text, 0, max_chars);
}

gboolean
uc_statuses_set_custom (UcCall *call, UcTxn *txn, GError **error)
{
  JsonObject      *body = uc_call_need_object (call, "custom_status", error);
  const char      *emoji = uc_json_get_string (body, "emoji", "");
  const char      *expires_at = uc_json_get_string (body, "expires_at", "");
  g_autofree char *text = dup_cut (uc_json_get_string (body, "text", ""), MAX_STATUS_TEXT);
  g_autofree char *short_emoji = dup_cut (emoji, MAX_STATUS_TEXT);
  g_autoptr (JsonObject) status = NULL;
  g_autofree char *json = NULL;

  if (body == NULL)
    return FALSE;
  if ((*emoji == '\0' && *text == '\0') || !check_expiry (txn, expires_at)) {
    uc_refuse_body (error, "custom_status");
    return FALSE;
  }
  status = json_object_new ();
  json_object_set_string_member (status, "emoji", *emoji != '\0' ? short_emoji : "speech_balloon");
  json_object_set_string_member (status, "text", text);
  json_object_set_string_member (status, "duration", uc_json_get_string (body, "duration", ""));
  json_object_set_string_member (status, "expires_at",
                                 *expires_at != '\0' ? expires_at : NO_EXPIRY);
  json = uc_json_object_to_text (status);
  return write_custom (call, txn, json, error) &&
         uc_recent_status_add (txn, uc_call_get_param (call, "user_id"), status, error);
}

gboolean
uc_statuses_clear_custom (UcCall *call, UcTxn *txn, GError **error)
{
  return write_custom (call, txn, "", error);
}

gboolean
uc_statuses_forget_custom (UcCall *call, UcTxn *txn, GError **error)
{
  JsonObject *body = uc_call_need_object (call, "recent_custom_status", error);

  if (body == NULL ||
      !uc_recent_status_remove (txn, uc_call_get_param (call, "user_id"), body, error))
    return FALSE;
  uc_call_answer_ok (call);
  return TRUE;
}

/* Typing without a socket; the socket has an action for it. */
gboolean
uc_statuses_note_typing (UcCall *call, UcTxn *txn, GError **error)
{
  JsonObject *body = uc_call_need_object (call, "typing", error);
  const char *channel_id = uc_json_get_string (body, "channel_id", "");
  JsonObject *data;

  if (body == NULL || !uc_access_need_channel (txn, &call->actor, channel_id, "create_post", error))
    return FALSE;
  data = json_object_new ();
  json_object_set_string_member (data, "parent_id", uc_json_get_string (body, "parent_id", ""));
  json_object_set_string_member (data, "user_id", call->actor.user_id);
  if (!uc_txn_push_to_channel (txn, channel_id, call->actor.user_id, "typing", data, error))
    return FALSE;
  uc_call_answer_ok (call);
  return TRUE;
}
