/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What a client says over its socket: who it is, that it types, that it is there
 * (protocol.md 18.4). Whatever needs the database goes through the dispatch. */

#include "config.h"

#include "uc-hub-private.h"

#include "uc-access.h"
#include "uc-json.h"
#include "uc-refusal.h"
#include "uc-server-auth.h"
#include "uc-status-service.h"
#include "uc-text.h"

#include <string.h>

#define MAX_STATUS_IDS 1000
#define MAX_ACTIONS    16

/* One action on its way through the worker. */
typedef struct {
  UcHubMember     *member; /* (owned) */
  char            *user_id;
  char            *username;
  char            *roles;
  gint64           seq;
  char            *token;        /* (nullable) input of a challenge or a header */
  JsonNode        *message;      /* (nullable) input: the whole of it */
  gboolean         is_connected; /* input of presence */
  UcServerSession *session;      /* (nullable) result of a token */
  JsonObject      *answer;       /* (nullable) result */
} Action;

/* @message is (transfer full) (nullable): one thread at a time touches it. */
static Action *
action_new (UcHubMember *member, gint64 seq, JsonNode *message)
{
  Action *action = g_new0 (Action, 1);

  action->member = _uc_hub_member_ref (member);
  action->seq = seq;
  if (member->session != NULL) {
    action->user_id = g_strdup (member->session->user_id);
    action->username = g_strdup (member->session->username);
    action->roles = g_strdup (member->session->roles);
  }
  action->message = message;
  return action;
}

static void
action_free (gpointer data)
{
  Action *action = data;

  g_clear_pointer (&action->member, _uc_hub_member_unref);
  g_free (action->user_id);
  g_free (action->username);
  g_free (action->roles);
  if (action->token != NULL)
    explicit_bzero (action->token, strlen (action->token));
  g_free (action->token);
  g_clear_pointer (&action->message, json_node_unref);
  g_clear_pointer (&action->session, uc_server_session_free);
  g_clear_pointer (&action->answer, json_object_unref);
  g_free (action);
}

static JsonObject *
get_data (Action *action)
{
  return action->message != NULL
             ? uc_json_get_object (json_node_get_object (action->message), "data")
             : NULL;
}

/* -- Answers ----------------------------------------------------------------------- */

static void
send_object (UcHubMember *member, JsonObject *object)
{
  g_autofree char *text = NULL;
  g_autoptr (GBytes) bytes = NULL;

  if (member->peer != NULL) {
    text = uc_json_object_to_text (object);
    bytes = g_bytes_new (text, strlen (text));
    uc_ws_peer_send (member->peer, bytes, "\n");
  }
  json_object_unref (object);
}

/* @data is (transfer full) (nullable). */
static void
answer_ok (UcHubMember *member, gint64 seq, JsonObject *data)
{
  JsonObject *answer = json_object_new ();

  json_object_set_string_member (answer, "status", "OK");
  if (data != NULL)
    json_object_set_object_member (answer, "data", data);
  json_object_set_int_member (answer, "seq_reply", seq);
  send_object (member, answer);
}

static void
answer_fail (UcHubMember *member, gint64 seq, const char *id, const char *text, int status)
{
  JsonObject *answer = json_object_new ();
  JsonObject *error = json_object_new ();

  json_object_set_string_member (error, "id", id);
  json_object_set_string_member (error, "message", text);
  json_object_set_string_member (error, "detailed_error", "");
  json_object_set_int_member (error, "status_code", status);
  json_object_set_string_member (answer, "status", "FAIL");
  json_object_set_object_member (answer, "error", error);
  if (seq > 0)
    json_object_set_int_member (answer, "seq_reply", seq);
  send_object (member, answer);
}

static void
answer_bad_param (UcHubMember *member, gint64 seq, const char *param)
{
  g_autofree char *text = g_strdup_printf ("Invalid %s parameter.", param);

  answer_fail (member, seq, "api.websocket_handler.invalid_param.app_error", text, 400);
}

/* While so many are under way nothing more is listened to: until it is known who
 * speaks, until the worker keeps up. */
static void
begin_action (UcHubMember *member, guint max_actions)
{
  member->n_actions++;
  if (member->n_actions >= max_actions)
    uc_ws_peer_hold (member->peer, TRUE);
}

static void
finish_action (UcHubMember *member)
{
  member->n_actions--;
  if (member->peer != NULL)
    uc_ws_peer_hold (member->peer, FALSE);
}

/* The answer of an action that the worker has done. */
static void
action_done (gpointer job, const GError *error)
{
  Action      *action = job;
  UcHubMember *member = action->member;

  finish_action (member);
  if (member->hub == NULL)
    return;
  if (error == NULL)
    answer_ok (member, action->seq, g_steal_pointer (&action->answer));
  else
    answer_fail (member, action->seq, uc_refusal_get_id (error), uc_refusal_get_text (error),
                 (int) uc_refusal_get_status (error));
}

static void
run_action (Action *action, UcTxnFunc run)
{
  begin_action (action->member, MAX_ACTIONS);
  uc_dispatch_push (_uc_hub_get_dispatch (action->member->hub), run, action_done, action,
                    action_free);
}

/* -- Who it is --------------------------------------------------------------------- */

static gboolean
find_session (UcTxn *txn, gpointer job, GError **error)
{
  Action *action = job;

  return uc_server_auth_find (txn, action->token, &action->session, error);
}

static void
session_found (gpointer job, const GError *error)
{
  Action      *action = job;
  UcHubMember *member = action->member;

  finish_action (member);
  if (member->hub == NULL || member->session != NULL)
    return;
  if (action->session == NULL) {
    /* A wrong challenge ends it; after a wrong header another may still come. */
    if (action->seq > 0)
      _uc_hub_member_drop (member);
    return;
  }
  _uc_hub_member_welcome (member, g_steal_pointer (&action->session), action->seq == 0);
  if (action->seq > 0 && member->hub != NULL)
    answer_ok (member, action->seq, NULL);
}

/* @challenge_seq is 0 for the token of the header. */
void
_uc_hub_check_token (UcHubMember *self, const char *token, gint64 challenge_seq)
{
  Action *action = action_new (self, challenge_seq, NULL);

  begin_action (self, 1);
  action->token = g_strdup (token);
  uc_dispatch_push (_uc_hub_get_dispatch (self->hub), find_session, session_found, action,
                    action_free);
}

/* -- Presence ---------------------------------------------------------------------- */

static gboolean
write_presence (UcTxn *txn, gpointer job, GError **error)
{
  Action *action = job;

  return uc_status_service_connect (txn, action->user_id, action->is_connected, error);
}

static void
presence_done (gpointer job, const GError *error)
{
  if (error != NULL)
    g_warning ("A presence was not written: %s", error->message);
}

static void
presence_free (gpointer data)
{
  Action *action = data;

  g_free (action->user_id);
  g_free (action);
}

void
_uc_hub_note_presence (UcHub *hub, const char *user_id, gboolean is_connected)
{
  Action *action = g_new0 (Action, 1);

  action->user_id = g_strdup (user_id);
  action->is_connected = is_connected;
  uc_dispatch_push (_uc_hub_get_dispatch (hub), write_presence, presence_done, action,
                    presence_free);
}

static gboolean
run_active (UcTxn *txn, gpointer job, GError **error)
{
  Action     *action = job;
  JsonObject *data = get_data (action);

  if (uc_json_get_boolean (data, "user_is_active", TRUE))
    return uc_status_service_be_active (txn, action->user_id, error);
  return uc_status_service_go_away (txn, action->user_id,
                                    uc_json_get_boolean (data, "manual", FALSE), error);
}

/* -- The other actions ------------------------------------------------------------- */

static gboolean
run_typing (UcTxn *txn, gpointer job, GError **error)
{
  Action       *action = job;
  JsonObject   *data = get_data (action);
  const char   *channel_id = uc_json_get_string (data, "channel_id", "");
  const UcActor actor = { .user_id = action->user_id,
                          .username = action->username,
                          .roles = action->roles };
  gboolean      may = FALSE;
  JsonObject   *event;

  if (!uc_access_may_channel (txn, &actor, channel_id, "create_post", &may, error))
    return FALSE;
  if (!may) {
    uc_refuse_named (error, UC_REFUSAL_SOCKET_PARAM, "channel_id");
    return FALSE;
  }
  event = json_object_new ();
  json_object_set_string_member (event, "parent_id", uc_json_get_string (data, "parent_id", ""));
  json_object_set_string_member (event, "user_id", action->user_id);
  return uc_txn_push_to_channel (txn, channel_id, action->user_id, "typing", event, error);
}

static gboolean
add_status (UcTxn *txn, Action *action, const char *user_id, GError **error)
{
  g_autoptr (UcStatus) status = uc_status_table_find (txn->db, user_id, error);

  if (status == NULL)
    return FALSE;
  json_object_set_string_member (action->answer, user_id, uc_presence_to_string (status->presence));
  return TRUE;
}

static gboolean
run_statuses_by_ids (UcTxn *txn, gpointer job, GError **error)
{
  Action *action = job;
  g_auto (GStrv) ids = uc_json_dup_strings (get_data (action), "user_ids");

  if (ids[0] == NULL) {
    uc_refuse_named (error, UC_REFUSAL_SOCKET_PARAM, "user_ids");
    return FALSE;
  }
  action->answer = json_object_new ();
  for (guint i = 0; ids[i] != NULL && i < MAX_STATUS_IDS; i++) {
    if (!add_status (txn, action, ids[i], error))
      return FALSE;
  }
  return TRUE;
}

static gboolean
run_statuses (UcTxn *txn, gpointer job, GError **error)
{
  Action *action = job;
  g_autoptr (GPtrArray) ids = uc_status_table_list_present (txn->db, error);

  if (ids == NULL)
    return FALSE;
  action->answer = json_object_new ();
  for (guint i = 0; i < ids->len; i++) {
    if (!add_status (txn, action, g_ptr_array_index (ids, i), error))
      return FALSE;
  }
  return TRUE;
}

static JsonObject *
make_pong (UcHubMember *member)
{
  const UcSite *site = _uc_hub_get_site (member->hub);
  JsonObject   *data = json_object_new ();

  json_object_set_string_member (data, "text", "pong");
  json_object_set_string_member (data, "version", UC_SITE_API_VERSION);
  json_object_set_int_member (data, "server_time", uc_clock_get_now_ms (site->clock));
  json_object_set_string_member (data, "node_id", "");
  return data;
}

static void
take_action (UcHubMember *self, JsonNode **message)
{
  static const struct {
    const char *name;
    UcTxnFunc   run;
  } actions[] = {
    { "user_typing", run_typing },
    { "get_statuses", run_statuses },
    { "get_statuses_by_ids", run_statuses_by_ids },
    { "user_update_active_status", run_active },
  };
  JsonObject *object = json_node_get_object (*message);
  JsonObject *data = uc_json_get_object (object, "data");
  const char *name = uc_json_get_string (object, "action", "");
  gint64      seq = uc_json_get_int (object, "seq", 0);

  if (g_str_equal (name, "ping")) {
    answer_ok (self, seq, make_pong (self));
    return;
  }
  /* What is on screen narrows nothing here: every socket gets all of its events. */
  if (g_str_equal (name, "presence")) {
    answer_ok (self, seq, NULL);
    return;
  }
  if (g_str_equal (name, "user_update_active_status") &&
      (data == NULL || !json_object_has_member (data, "user_is_active") ||
       json_node_get_value_type (json_object_get_member (data, "user_is_active")) !=
           G_TYPE_BOOLEAN)) {
    answer_bad_param (self, seq, "user_is_active");
    return;
  }
  for (guint i = 0; i < G_N_ELEMENTS (actions); i++) {
    if (g_str_equal (name, actions[i].name)) {
      run_action (action_new (self, seq, g_steal_pointer (message)), actions[i].run);
      return;
    }
  }
  answer_fail (self, seq, "api.web_socket_router.bad_action.app_error", "Unknown WebSocket action.",
               500);
}

/* Malformed JSON ends the connection. */
void
_uc_hub_take_message (UcHubMember *self, const guint8 *bytes, gsize length)
{
  g_autoptr (GBytes) body = g_bytes_new (bytes, length);
  g_autoptr (JsonNode) node = uc_text_parse_body (body);
  JsonObject *message;
  JsonObject *data;
  const char *name;
  gint64      seq;

  if (node == NULL || !JSON_NODE_HOLDS_OBJECT (node)) {
    _uc_hub_member_drop (self);
    return;
  }
  message = json_node_get_object (node);
  data = uc_json_get_object (message, "data");
  name = uc_json_get_string (message, "action", "");
  seq = uc_json_get_int (message, "seq", 0);

  if (self->session == NULL) {
    const char *token = uc_json_get_string (data, "token", "");

    if (g_str_equal (name, "authentication_challenge"))
      _uc_hub_check_token (self, token, MAX (seq, 1));
    return;
  }
  if (g_str_equal (name, "authentication_challenge"))
    return;
  if (*name == '\0')
    answer_fail (self, seq, "api.web_socket_router.no_action.app_error", "No websocket action.",
                 400);
  else if (seq <= 0)
    answer_fail (self, seq, "api.web_socket_router.bad_seq.app_error",
                 "Invalid sequence for WebSocket message.", 400);
  else
    take_action (self, &node);
}
