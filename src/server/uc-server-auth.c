/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Sessions: opened at sign-in, prolonged by use, ended by the user, by an
 * administrator or by time; with them their sockets end. Passwords are checked
 * elsewhere (uc-password.c), before anything here is called. */

#include "config.h"

#include "uc-server-auth.h"

#include "uc-id.h"
#include "uc-token-table.h"

#define DAY_MS     G_GINT64_CONSTANT (86400000)
#define SESSION_MS (30 * DAY_MS)
#define ACCESS_MS  (36500 * DAY_MS)
/* A session's use is written down at most this often. */
#define TOUCH_MS       60000
#define MAX_USER_AGENT 200

/**
 * uc_server_auth_new_token:
 *
 * Returns: (transfer full): a secret of 256 random bits
 */
char *
uc_server_auth_new_token (void)
{
  g_autofree char *first = uc_id_new ();
  g_autofree char *second = uc_id_new ();
  char            *token = g_strconcat (first, second, NULL);

  explicit_bzero (first, strlen (first));
  explicit_bzero (second, strlen (second));
  return token;
}

/* A personal access token that is used for the first time becomes a session. */
static gboolean
open_by_access_token (UcTxn *txn, const char *token, UcServerSession **session, GError **error)
{
  g_autoptr (UcAccessToken) access = NULL;
  g_autoptr (UcServerSession) fresh = NULL;

  if (!uc_token_table_find (txn->db, token, &access, error))
    return FALSE;
  if (access == NULL || !access->is_active)
    return TRUE;

  fresh = uc_server_session_new ();
  fresh->id = uc_id_new ();
  fresh->csrf = uc_id_new ();
  fresh->user_id = g_strdup (access->user_id);
  fresh->device_id = g_strdup ("");
  fresh->user_agent = g_strdup ("");
  fresh->access_token_id = g_strdup (access->id);
  fresh->create_at_ms = txn->now_ms;
  fresh->last_activity_at_ms = txn->now_ms;
  fresh->expires_at_ms = txn->now_ms + ACCESS_MS;
  return uc_session_table_insert (txn->db, fresh, token, error) &&
         uc_session_table_find (txn->db, token, txn->now_ms, session, error);
}

/**
 * uc_server_auth_find:
 * @session: (out) (transfer full) (nullable): %NULL when the token is not alive
 */
gboolean
uc_server_auth_find (UcTxn *txn, const char *token, UcServerSession **session, GError **error)
{
  g_autoptr (UcServerSession) found = NULL;

  *session = NULL;
  if (!uc_session_table_find (txn->db, token, txn->now_ms, &found, error))
    return FALSE;
  if (found == NULL && !open_by_access_token (txn, token, &found, error))
    return FALSE;
  if (found == NULL || found->user_delete_at_ms > 0)
    return TRUE;

  if (txn->now_ms - found->last_activity_at_ms > TOUCH_MS) {
    gint64 end_ms =
        *found->access_token_id != '\0' ? found->expires_at_ms : txn->now_ms + SESSION_MS;

    if (!uc_session_table_touch (txn->db, found->id, txn->now_ms, end_ms, error))
      return FALSE;
  }
  *session = g_steal_pointer (&found);
  return TRUE;
}

/* A cookie is sent by browsers on their own: what changes something has to prove
 * that a page of ours asked for it. */
static gboolean
is_forged (UcCall *call, UcServerSession *session)
{
  return call->is_cookie && !g_str_equal (call->method, "GET") && !call->is_browser &&
         g_strcmp0 (call->csrf, session->csrf) != 0;
}

/**
 * uc_server_auth_load:
 *
 * A token that is not alive is no error here: the route says whether it needs one.
 */
gboolean
uc_server_auth_load (UcTxn *txn, UcCall *call, GError **error)
{
  UcServerSession *session = NULL;

  if (!uc_server_auth_find (txn, call->token, &session, error))
    return FALSE;
  if (session == NULL || is_forged (call, session)) {
    g_clear_pointer (&session, uc_server_session_free);
    return TRUE;
  }
  call->session = session;
  call->actor.user_id = session->user_id;
  call->actor.username = session->username;
  call->actor.roles = session->roles;
  call->actor.is_bot = session->is_bot;
  return TRUE;
}

/**
 * uc_server_auth_open:
 * @token: (out) (transfer full): the secret
 *
 * Returns: (transfer full) (nullable): the new session
 */
UcServerSession *
uc_server_auth_open (UcTxn      *txn,
                     UcAccount  *account,
                     const char *device_id,
                     const char *user_agent,
                     char      **token,
                     GError    **error)
{
  g_autoptr (UcServerSession) session = uc_server_session_new ();
  g_autofree char *secret = uc_server_auth_new_token ();

  session->id = uc_id_new ();
  session->csrf = uc_id_new ();
  session->user_id = g_strdup (account->user->id);
  session->username = g_strdup (account->user->username);
  session->roles = g_strdup (account->user->roles);
  session->device_id = g_strdup (device_id);
  session->user_agent =
      g_utf8_substring (user_agent, 0, MIN (g_utf8_strlen (user_agent, -1), MAX_USER_AGENT));
  session->access_token_id = g_strdup ("");
  session->create_at_ms = txn->now_ms;
  session->last_activity_at_ms = txn->now_ms;
  session->expires_at_ms = txn->now_ms + SESSION_MS;
  if (!uc_session_table_insert (txn->db, session, secret, error))
    return NULL;
  *token = g_steal_pointer (&secret);
  return g_steal_pointer (&session);
}

/**
 * uc_server_auth_end:
 * @user_id: whose session it must be
 * @existed: (out): whether there was one
 */
gboolean
uc_server_auth_end (UcTxn      *txn,
                    const char *session_id,
                    const char *user_id,
                    gboolean   *existed,
                    GError    **error)
{
  if (!uc_session_table_delete (txn->db, session_id, user_id, existed, error))
    return FALSE;
  if (*existed)
    uc_txn_close_session (txn, session_id);
  return TRUE;
}

/**
 * uc_server_auth_end_all:
 *
 * Ends every session of a user.
 */
gboolean
uc_server_auth_end_all (UcTxn *txn, const char *user_id, GError **error)
{
  if (!uc_session_table_delete_user (txn->db, user_id, error))
    return FALSE;
  uc_txn_close_user (txn, user_id);
  return TRUE;
}

/**
 * uc_server_auth_end_access_token:
 *
 * Ends what a personal access token has opened.
 */
gboolean
uc_server_auth_end_access_token (UcTxn *txn, const char *access_token_id, GError **error)
{
  g_autoptr (GPtrArray) ids = uc_session_table_list_access_token (txn->db, access_token_id, error);
  g_autoptr (UcAccessToken) access = NULL;
  gboolean existed = FALSE;

  if (ids == NULL || !uc_token_table_find_id (txn->db, access_token_id, &access, error))
    return FALSE;
  for (guint i = 0; access != NULL && i < ids->len; i++) {
    if (!uc_server_auth_end (txn, g_ptr_array_index (ids, i), access->user_id, &existed, error))
      return FALSE;
  }
  return TRUE;
}
