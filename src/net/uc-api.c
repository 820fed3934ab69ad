/* SPDX-License-Identifier: GPL-3.0-or-later */

/* One server: its site, the token in memory, the HTTP session that all calls share and
 * what the last answers told about the server's clock and patience. How a call goes
 * its way stands in uc-call.c. */

#include "config.h"

#include "uc-api-private.h"

#include "uc-call-private.h"
#include "uc-error.h"
#include "uc-token-private.h"

#include <glib/gi18n-lib.h>

#include <string.h>

/* Big files may be under way on all of them. */
#define QUEUE_LIMIT_MS         120000
#define CONNECT_LIMIT_MS       10000
#define PROGRESS_LIMIT_MS      30000
#define CONNECTIONS_PER_SERVER 6
#define KEEP_IDLE_S            60

struct _UcApi {
  GObject parent_instance;

  char        *site;    /* (owned) */
  char        *token;   /* (owned) (nullable) wiped when it goes */
  SoupSession *session; /* (owned) */
  UcCallLimits limits;
  gint64       server_offset_ms;
  int          retry_after_s;
};

G_DEFINE_FINAL_TYPE (UcApi, uc_api, G_TYPE_OBJECT)

static void sent_cb (GObject *source, GAsyncResult *result, gpointer user_data);
static void login_cb (GObject *source, GAsyncResult *result, gpointer user_data);

static void
uc_api_dispose (GObject *object)
{
  UcApi *self = UC_API (object);

  if (self->session != NULL)
    soup_session_abort (self->session);
  g_clear_object (&self->session);

  G_OBJECT_CLASS (uc_api_parent_class)->dispose (object);
}

static void
uc_api_finalize (GObject *object)
{
  UcApi *self = UC_API (object);

  g_clear_pointer (&self->token, _uc_token_free);
  g_free (self->site);

  G_OBJECT_CLASS (uc_api_parent_class)->finalize (object);
}

static void
uc_api_class_init (UcApiClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = uc_api_dispose;
  object_class->finalize = uc_api_finalize;
}

static void
uc_api_init (UcApi *self)
{
  self->limits.queue_ms = QUEUE_LIMIT_MS;
  self->limits.connect_ms = CONNECT_LIMIT_MS;
  self->limits.progress_ms = PROGRESS_LIMIT_MS;
  self->retry_after_s = 1;

  /* No cookies, no cache, no sniffer, no logger, and nothing that answers a server
   * that asks for a password: a token in the header is all the sign-in there is. */
  self->session = soup_session_new_with_options (
      "user-agent", "UnifiedChat/" UC_VERSION " (X11; Linux)", "accept-language-auto", TRUE,
      "max-conns-per-host", CONNECTIONS_PER_SERVER, "idle-timeout", KEEP_IDLE_S, NULL);
  soup_session_remove_feature_by_type (self->session, SOUP_TYPE_AUTH_MANAGER);
}

/**
 * uc_api_new:
 * @site: a site URL as uc_api_check_site() gives it
 *
 * Returns: (transfer full): a server to talk to, without a token yet
 */
UcApi *
uc_api_new (const char *site)
{
  UcApi *self;

  g_return_val_if_fail (site != NULL, NULL);

  self = g_object_new (UC_TYPE_API, NULL);
  self->site = g_strdup (site);
  return self;
}

void
_uc_api_set_limits (UcApi *self, guint connect_ms, guint progress_ms)
{
  self->limits.connect_ms = connect_ms;
  self->limits.progress_ms = progress_ms;
}

/**
 * uc_api_get_site:
 * @self: an api
 *
 * Returns: (transfer none): the site URL, without a slash at the end
 */
const char *
uc_api_get_site (UcApi *self)
{
  g_return_val_if_fail (UC_IS_API (self), NULL);

  return self->site;
}

/**
 * uc_api_set_token:
 * @self: an api
 * @token: (nullable): of a session or a personal access token; NULL forgets
 *
 * Calls under way go on with the token they began with.
 */
void
uc_api_set_token (UcApi *self, const char *token)
{
  g_return_if_fail (UC_IS_API (self));

  if (token == self->token)
    return;
  g_clear_pointer (&self->token, _uc_token_free);
  self->token = g_strdup (token);
}

/**
 * uc_api_get_token:
 * @self: an api
 *
 * Returns: (transfer none) (nullable): the token in use
 */
const char *
uc_api_get_token (UcApi *self)
{
  g_return_val_if_fail (UC_IS_API (self), NULL);

  return self->token;
}

/**
 * uc_api_get_server_offset_ms:
 * @self: an api
 *
 * Returns: the server's clock minus ours, in ms, good to about a second; 0 before the
 *   first answer
 */
gint64
uc_api_get_server_offset_ms (UcApi *self)
{
  g_return_val_if_fail (UC_IS_API (self), 0);

  return self->server_offset_ms;
}

/**
 * uc_api_get_retry_after_s:
 * @self: an api
 *
 * Returns: how long the server asked to wait with the last RATE_LIMITED, 1 to 300 s
 */
int
uc_api_get_retry_after_s (UcApi *self)
{
  g_return_val_if_fail (UC_IS_API (self), 1);

  return self->retry_after_s;
}

/**
 * uc_api_send_async:
 * @self: an api
 * @request: (transfer full): what to send
 * @cancellable: (nullable): when it is cancelled after the request went out, the
 *   effect on the server may still have happened
 * @callback: called on the main thread
 * @user_data: for @callback
 *
 * Sends one request. Two minutes until a connection is free, ten seconds to connect,
 * thirty without a sign of life, a limit on what comes back.
 *
 * Errors: OFFLINE (nothing was sent, or a read broke), TIMEOUT (it may have
 * happened), RATE_LIMITED, SERVER, AUTH, FORBIDDEN, NOT_FOUND, CONFLICT, INVALID,
 * PROTOCOL, DISABLED; STORAGE for a file that cannot be read or written.
 */
void
uc_api_send_async (UcApi              *self,
                   UcRequest          *request,
                   GCancellable       *cancellable,
                   GAsyncReadyCallback callback,
                   gpointer            user_data)
{
  g_autoptr (GTask) task = NULL;

  g_return_if_fail (UC_IS_API (self));
  g_return_if_fail (request != NULL);

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, uc_api_send_async);
  _uc_call_send_async (self->session, self->site, self->token, request, &self->limits, cancellable,
                       sent_cb, g_steal_pointer (&task));
}

static void
note_trace (UcApi *self, UcCallTrace *trace)
{
  if (trace->server_time_ms != 0)
    self->server_offset_ms = trace->server_time_ms - g_get_real_time () / 1000;
  if (trace->wait_s != 0)
    self->retry_after_s = trace->wait_s;
}

static void
sent_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  UcCallTrace *trace = _uc_call_get_trace (result);
  GError      *error = NULL;
  gpointer     value;

  note_trace (g_task_get_source_object (task), trace);
  g_task_set_task_data (task, g_strdup (trace->error_id), g_free);
  value = _uc_call_send_finish (result, &error);
  if (error != NULL)
    g_task_return_error (task, error);
  else
    g_task_return_pointer (task, value, _uc_call_get_free_result (result));
}

/**
 * uc_api_send_finish:
 * @self: an api
 * @result: of the callback
 * @error: set when the call failed, and only then
 *
 * Returns: (transfer full) (nullable): what the request's comment says
 */
gpointer
uc_api_send_finish (UcApi *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

/**
 * uc_api_get_error_id:
 * @result: of a uc_api_send_async() or uc_api_login_async() that failed
 *
 * Returns: (transfer none): the server's id of the refusal, or ""
 */
const char *
uc_api_get_error_id (GAsyncResult *result)
{
  const char *error_id;

  g_return_val_if_fail (G_IS_TASK (result), "");

  error_id = g_task_get_task_data (G_TASK (result));
  return error_id != NULL ? error_id : "";
}

/**
 * uc_api_login_async:
 * @self: an api
 * @login_id: user name or e-mail
 * @password: not kept
 * @mfa_code: (nullable): six digits, or ""
 * @cancellable: (nullable)
 * @callback: called on the main thread
 * @user_data: for @callback
 *
 * Signs in; on success @self has the token of the new session.
 */
void
uc_api_login_async (UcApi              *self,
                    const char         *login_id,
                    const char         *password,
                    const char         *mfa_code,
                    GCancellable       *cancellable,
                    GAsyncReadyCallback callback,
                    gpointer            user_data)
{
  g_autoptr (GTask) task = NULL;

  g_return_if_fail (UC_IS_API (self));
  g_return_if_fail (login_id != NULL);
  g_return_if_fail (password != NULL);

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, uc_api_login_async);
  _uc_call_send_async (self->session, self->site, NULL,
                       uc_request_login (login_id, password, mfa_code != NULL ? mfa_code : ""),
                       &self->limits, cancellable, login_cb, g_steal_pointer (&task));
}

static void
login_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  UcApi       *self = g_task_get_source_object (task);
  UcCallTrace *trace = _uc_call_get_trace (result);
  GError      *error = NULL;
  g_autoptr (UcUser) user = NULL;

  note_trace (self, trace);
  g_task_set_task_data (task, g_strdup (trace->error_id), g_free);
  user = _uc_call_send_finish (result, &error);
  if (user == NULL) {
    g_task_return_error (task, error);
    return;
  }
  if (trace->new_token == NULL || *trace->new_token == '\0') {
    g_task_return_new_error (task, UC_ERROR, UC_ERROR_PROTOCOL,
                             _ ("The server took the sign-in but gave no token."));
    return;
  }
  uc_api_set_token (self, trace->new_token);
  g_task_return_pointer (task, g_steal_pointer (&user), (GDestroyNotify) uc_user_unref);
}

/**
 * uc_api_login_finish:
 * @self: an api
 * @result: of the callback
 * @is_mfa_needed: (out) (optional): with UC_ERROR_AUTH: ask for a code (the one given
 *   was missing or wrong) and call again
 * @error: AUTH with the server's words, or as uc_api_send_async()
 *
 * Returns: (transfer full): one's own record
 */
UcUser *
uc_api_login_finish (UcApi *self, GAsyncResult *result, gboolean *is_mfa_needed, GError **error)
{
  const char *error_id;

  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  error_id = uc_api_get_error_id (result);
  if (is_mfa_needed != NULL)
    *is_mfa_needed = strcmp (error_id, "mfa.validate_token.authenticate.app_error") == 0 ||
                     strcmp (error_id, "api.user.check_user_mfa.bad_code.app_error") == 0;
  return g_task_propagate_pointer (G_TASK (result), error);
}
