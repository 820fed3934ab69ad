/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The calls about the server, people, presence, preferences, teams and flags. */

#include "config.h"

#include "uc-request-private.h"

#include "uc-error.h"

#include <libsoup/soup.h>

/* A success without a value; a failure has set @error. */
static gpointer
parse_ping (GBytes *body, GError **error)
{
  (void) uc_wire_parse_ping (body, error);
  return NULL;
}

/* The flags document is kept as text: who reads it, sync and flags, want it whole. */
static gpointer
parse_document (GBytes *body, GError **error)
{
  gsize       length;
  const char *text = g_bytes_get_data (body, &length);

  if (text == NULL || !g_utf8_validate_len (text, length, NULL)) {
    g_set_error_literal (error, UC_ERROR, UC_ERROR_PROTOCOL, "the document is not UTF-8 text");
    return NULL;
  }
  return g_strndup (text, length);
}

static UcRequest *
users_request (UcRequest *self)
{
  _uc_request_set_result (self, (UcParseFunc) uc_wire_parse_users,
                          (GDestroyNotify) g_ptr_array_unref);
  return self;
}

/**
 * uc_request_ping:
 *
 * Is a living server there? No sign-in needed.
 */
UcRequest *
uc_request_ping (void)
{
  UcRequest *self = _uc_request_new (SOUP_METHOD_GET, "/system/ping", NULL);

  _uc_request_set_result (self, parse_ping, NULL);
  return self;
}

/**
 * uc_request_config:
 *
 * The client's part of the server's configuration; more of it after the sign-in.
 */
UcRequest *
uc_request_config (void)
{
  /* Servers before version 11 answer 501 without the format. */
  UcRequest *self = _uc_request_new (SOUP_METHOD_GET, "/config/client?format=old", NULL);

  _uc_request_set_result (self, (UcParseFunc) uc_wire_parse_config,
                          (GDestroyNotify) uc_server_config_free);
  return self;
}

/**
 * uc_request_login:
 *
 * Opens a session. Use uc_api_login_async(), which also keeps the token.
 */
UcRequest *
uc_request_login (const char *login_id, const char *password, const char *mfa_code)
{
  UcRequest *self = _uc_request_new (SOUP_METHOD_POST, "/users/login", NULL);

  self->is_login = TRUE;
  _uc_request_take_body (self, uc_wire_build_login (login_id, password, mfa_code));
  _uc_request_set_result (self, (UcParseFunc) uc_wire_parse_user, (GDestroyNotify) uc_user_unref);
  return self;
}

/**
 * uc_request_logout:
 *
 * Ends the session of the token.
 */
UcRequest *
uc_request_logout (void)
{
  return _uc_request_new (SOUP_METHOD_POST, "/users/logout", NULL);
}

/**
 * uc_request_me:
 *
 * One's own record. A refusal (401) of this call means that the token is dead.
 */
UcRequest *
uc_request_me (void)
{
  UcRequest *self = _uc_request_new (SOUP_METHOD_GET, "/users/me", NULL);

  self->is_me = TRUE;
  _uc_request_set_result (self, (UcParseFunc) uc_wire_parse_user, (GDestroyNotify) uc_user_unref);
  return self;
}

/**
 * uc_request_logins:
 *
 * One's own sessions.
 */
UcRequest *
uc_request_logins (void)
{
  UcRequest *self = _uc_request_new (SOUP_METHOD_GET, "/users/me/sessions", NULL);

  _uc_request_set_result (self, (UcParseFunc) uc_wire_parse_logins,
                          (GDestroyNotify) g_ptr_array_unref);
  return self;
}

/**
 * uc_request_revoke_login:
 * @login_id: of one of one's own sessions
 *
 * Ends that session.
 */
UcRequest *
uc_request_revoke_login (const char *login_id)
{
  UcRequest *self = _uc_request_new (SOUP_METHOD_POST, "/users/me/sessions/revoke", NULL);

  _uc_request_take_body (self, uc_wire_build_session_id (login_id));
  return self;
}

/**
 * uc_request_users_by_ids:
 * @ids: (array zero-terminated=1): at least one; unknown ones are left out of the answer
 */
UcRequest *
uc_request_users_by_ids (const char *const *ids)
{
  UcRequest *self = _uc_request_new (SOUP_METHOD_POST, "/users/ids", NULL);

  _uc_request_take_body (self, uc_wire_build_ids (ids));
  return users_request (self);
}

/**
 * uc_request_users_by_names:
 * @names: (array zero-terminated=1): exact user names, lower case
 */
UcRequest *
uc_request_users_by_names (const char *const *names)
{
  UcRequest *self = _uc_request_new (SOUP_METHOD_POST, "/users/usernames", NULL);

  _uc_request_take_body (self, uc_wire_build_ids (names));
  return users_request (self);
}

/**
 * uc_request_users_in_channel:
 *
 * Members of a channel, by user name.
 */
UcRequest *
uc_request_users_in_channel (const char *channel_id, int page, int per_page)
{
  UcRequest *self = _uc_request_new (SOUP_METHOD_GET, "/users?in_channel={id}", channel_id, NULL);

  _uc_request_add_paging (self, page, per_page);
  return users_request (self);
}

/**
 * uc_request_users_in_team:
 *
 * Members of a team, by user name.
 */
UcRequest *
uc_request_users_in_team (const char *team_id, int page, int per_page)
{
  UcRequest *self = _uc_request_new (SOUP_METHOD_GET, "/users?in_team={id}", team_id, NULL);

  _uc_request_add_paging (self, page, per_page);
  return users_request (self);
}

/**
 * uc_request_search_users:
 * @term: the beginning of a user, first, last or nick name
 * @team_id: (nullable): "" or NULL searches everybody
 */
UcRequest *
uc_request_search_users (const char *term, const char *team_id)
{
  UcRequest *self = _uc_request_new (SOUP_METHOD_POST, "/users/search", NULL);

  _uc_request_take_body (self, uc_wire_build_term (term, team_id));
  return users_request (self);
}

/**
 * uc_request_statuses:
 * @ids: (array zero-terminated=1): at least one
 */
UcRequest *
uc_request_statuses (const char *const *ids)
{
  UcRequest *self = _uc_request_new (SOUP_METHOD_POST, "/users/status/ids", NULL);

  _uc_request_take_body (self, uc_wire_build_ids (ids));
  _uc_request_set_result (self, (UcParseFunc) uc_wire_parse_statuses,
                          (GDestroyNotify) g_ptr_array_unref);
  return self;
}

/**
 * uc_request_set_status:
 *
 * Sets one's own presence by hand; ONLINE goes back to the automatic one.
 */
UcRequest *
uc_request_set_status (const char *user_id, UcPresence presence)
{
  UcRequest *self = _uc_request_new (SOUP_METHOD_PUT, "/users/{id}/status", user_id, NULL);

  _uc_request_take_body (self, uc_wire_build_status (user_id, presence));
  return self;
}

/**
 * uc_request_set_custom_status:
 * @emoji: a short name without colons, or ""
 * @text: or ""; with both empty the status is taken away
 * @expires_ms: 0 when it stays
 */
UcRequest *
uc_request_set_custom_status (const char *emoji, const char *text, gint64 expires_ms)
{
  gboolean   is_empty = *emoji == '\0' && *text == '\0';
  UcRequest *self = _uc_request_new (is_empty ? SOUP_METHOD_DELETE : SOUP_METHOD_PUT,
                                     "/users/me/status/custom", NULL);

  if (!is_empty)
    _uc_request_take_body (self, uc_wire_build_custom_status (emoji, text, expires_ms));
  return self;
}

/**
 * uc_request_preferences:
 *
 * All of one's own preferences.
 */
UcRequest *
uc_request_preferences (void)
{
  UcRequest *self = _uc_request_new (SOUP_METHOD_GET, "/users/me/preferences", NULL);

  _uc_request_set_result (self, (UcParseFunc) uc_wire_parse_preferences,
                          (GDestroyNotify) g_ptr_array_unref);
  return self;
}

/**
 * uc_request_put_preferences:
 * @preferences: (element-type UcPreference): each with the own user id
 */
UcRequest *
uc_request_put_preferences (const char *user_id, GPtrArray *preferences)
{
  UcRequest *self = _uc_request_new (SOUP_METHOD_PUT, "/users/{id}/preferences", user_id, NULL);

  _uc_request_take_body (self, uc_wire_build_preferences (preferences));
  return self;
}

/**
 * uc_request_delete_preferences:
 * @preferences: (element-type UcPreference): each with the own user id
 */
UcRequest *
uc_request_delete_preferences (const char *user_id, GPtrArray *preferences)
{
  UcRequest *self =
      _uc_request_new (SOUP_METHOD_POST, "/users/{id}/preferences/delete", user_id, NULL);

  _uc_request_take_body (self, uc_wire_build_preferences (preferences));
  return self;
}

/**
 * uc_request_my_teams:
 *
 * The teams I am in, in no order.
 */
UcRequest *
uc_request_my_teams (void)
{
  UcRequest *self = _uc_request_new (SOUP_METHOD_GET, "/users/me/teams", NULL);

  _uc_request_set_result (self, (UcParseFunc) uc_wire_parse_teams,
                          (GDestroyNotify) g_ptr_array_unref);
  return self;
}

/**
 * uc_request_manifest:
 *
 * What a server with the extension can do; UC_ERROR_NOT_FOUND on a stock one.
 */
UcRequest *
uc_request_manifest (void)
{
  UcRequest *self =
      _uc_request_new (SOUP_METHOD_GET, "/plugins/com.example.unifiedchat/api/v1/manifest", NULL);

  _uc_request_set_result (self, (UcParseFunc) uc_wire_parse_manifest, (GDestroyNotify) g_strfreev);
  return self;
}

/**
 * uc_request_flags:
 *
 * The flags document of a server with the extension; UC_ERROR_NOT_FOUND on a stock one.
 */
UcRequest *
uc_request_flags (void)
{
  UcRequest *self =
      _uc_request_new (SOUP_METHOD_GET, "/plugins/com.example.unifiedchat/api/v1/flags", NULL);

  _uc_request_set_result (self, parse_document, g_free);
  return self;
}

/**
 * uc_request_put_flag:
 * @partial_json: a JSON object with the fields to change
 *
 * Changes a flag for everybody; for a system_admin.
 */
UcRequest *
uc_request_put_flag (const char *name, const char *partial_json)
{
  UcRequest *self = _uc_request_new (
      SOUP_METHOD_PUT, "/plugins/com.example.unifiedchat/api/v1/flags/{}", name, NULL);

  _uc_request_take_body (self, g_strdup (partial_json));
  return self;
}
