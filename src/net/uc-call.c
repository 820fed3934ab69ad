/* SPDX-License-Identifier: GPL-3.0-or-later */

/* One request on its way: sent with the token, redirected within the origin, watched
 * for signs of life, its answer streamed under a limit and parsed on a GIO thread.
 * It knows the library's traps (safety.md 1.2) and no policy: nothing is retried. */

#include "config.h"

#include "uc-call-private.h"

#include "uc-answer-private.h"
#include "uc-error.h"
#include "uc-limits.h"
#include "uc-message-private.h"
#include "uc-redirect-private.h"
#include "uc-resume-private.h"
#include "uc-sink-private.h"
#include "uc-token-private.h"
#include "uc-upload-private.h"
#include "uc-watch-private.h"

#include <string.h>

#define MAX_REDIRECTS 3

struct _UcCall {
  /* input */
  SoupSession *session; /* (owned) */
  char        *site;    /* (owned) */
  char        *token;   /* (owned) (nullable) wiped when freed */
  UcRequest   *request; /* (owned) */
  UcCallLimits limits;

  /* in progress */
  UcWatch      *watch;   /* (owned) */
  GUri         *uri;     /* (owned) */
  SoupMessage  *message; /* (owned) (nullable) */
  GInputStream *upload;  /* (owned) (nullable) */
  gint64        upload_bytes;
  gint64        sent_bytes;
  gint64        total_bytes;  /* of a download; 0: not known */
  gint64        resume_bytes; /* of it, there from before */
  UcSink       *sink;         /* (owned) (nullable) */
  guint         n_redirects;
  gboolean      is_sent;      /* the request's head went out */
  gboolean      is_abandoned; /* libsoup was not waited for any more */

  /* result */
  UcCallTrace trace;
};

static void opened_cb (GObject *source, GAsyncResult *result, gpointer user_data);
static void send_message (GTask *task);
static void sent_cb (GObject *source, GAsyncResult *result, gpointer user_data);
static void body_cb (GObject *source, GAsyncResult *result, gpointer user_data);
static void parsed_cb (GObject *source, GAsyncResult *result, gpointer user_data);

static void
drop_message (UcCall *self)
{
  if (self->message != NULL)
    g_signal_handlers_disconnect_by_data (self->message, self);
  g_clear_object (&self->message);
}

static void
call_free (gpointer data)
{
  UcCall *self = data;

  drop_message (self);
  g_clear_pointer (&self->watch, _uc_watch_free);
  g_clear_pointer (&self->sink, _uc_sink_free);
  g_clear_object (&self->upload);
  g_clear_pointer (&self->uri, g_uri_unref);
  g_clear_pointer (&self->request, uc_request_free);
  _uc_token_free (self->token);
  _uc_token_free (self->trace.new_token);
  g_free (self->trace.error_id);
  g_free (self->site);
  g_clear_object (&self->session);
  g_free (self);
}

/* -- Signs of life ---------------------------------------------------------------- */

static void
network_event_cb (SoupMessage       *message,
                  GSocketClientEvent event,
                  GIOStream         *connection,
                  UcCall            *self)
{
  if (event == G_SOCKET_CLIENT_RESOLVING)
    _uc_watch_arm (self->watch, self->limits.connect_ms);
}

static void
starting_cb (SoupMessage *message, UcCall *self)
{
  _uc_watch_arm (self->watch, self->limits.progress_ms);
}

static void
wrote_headers_cb (SoupMessage *message, UcCall *self)
{
  self->is_sent = TRUE;
  _uc_watch_arm (self->watch, self->limits.progress_ms);
}

static void
wrote_body_data_cb (SoupMessage *message, guint chunk_bytes, UcCall *self)
{
  UcRequest *request = self->request;

  _uc_watch_arm (self->watch, self->limits.progress_ms);
  self->sent_bytes += chunk_bytes;
  if (request->upload_path != NULL && request->progress != NULL)
    request->progress (self->sent_bytes, self->upload_bytes, request->progress_data);
}

static void
received_cb (gint64 n_bytes, gpointer user_data)
{
  UcCall    *self = user_data;
  UcRequest *request = self->request;

  _uc_watch_arm (self->watch, self->limits.progress_ms);
  if (request->download_path != NULL && request->progress != NULL)
    request->progress (n_bytes, self->total_bytes, request->progress_data);
}

/* -- The end ------------------------------------------------------------------------ */

/* Takes @error. */
static void
return_error (GTask *task, GError *error)
{
  UcCall *self = g_task_get_task_data (task);

  _uc_watch_stop (self->watch);
  g_task_return_error (task, error);
}

static void
return_transport_error (GTask *task, const GError *cause)
{
  UcCall *self = g_task_get_task_data (task);
  UcPhase phase = UC_PHASE_CONNECTING;

  if (self->is_sent)
    phase =
        strcmp (self->request->method, SOUP_METHOD_GET) == 0 ? UC_PHASE_READING : UC_PHASE_IN_DOUBT;
  if (g_error_matches (cause, G_TLS_ERROR, G_TLS_ERROR_BAD_CERTIFICATE)) {
    return_error (task, _uc_answer_new_unproven (
                            soup_message_get_tls_peer_certificate_errors (self->message)));
    return;
  }
  return_error (task,
                _uc_answer_dup_transport (cause, phase, _uc_watch_is_timed_out (self->watch)));
}

static void
return_result (GTask *task, gpointer value, GDestroyNotify free_value)
{
  UcCall *self = g_task_get_task_data (task);

  _uc_watch_stop (self->watch);
  g_task_return_pointer (task, value, free_value);
}

/* -- The chain ---------------------------------------------------------------------- */

/* Takes @request; @token is (nullable). finish gives what the request parses into. */
void
_uc_call_send_async (SoupSession        *session,
                     const char         *site,
                     const char         *token,
                     UcRequest          *request,
                     const UcCallLimits *limits,
                     GCancellable       *cancellable,
                     GAsyncReadyCallback callback,
                     gpointer            user_data)
{
  g_autoptr (GTask) task = g_task_new (NULL, cancellable, callback, user_data);
  UcCall          *self = g_new0 (UcCall, 1);
  GError          *error = NULL;
  g_autofree char *address = NULL;

  g_task_set_source_tag (task, _uc_call_send_async);
  g_task_set_task_data (task, self, call_free);
  self->session = g_object_ref (session);
  self->site = g_strdup (site);
  self->token = g_strdup (token);
  self->request = request;
  self->limits = *limits;
  self->watch = _uc_watch_new (cancellable);
  self->trace.error_id = g_strdup ("");

  if (!_uc_request_check (request, token, &error)) {
    return_error (task, error);
    return;
  }
  address = g_strconcat (site, request->is_extension ? "" : "/api/v4", request->path->str, NULL);
  self->uri = g_uri_parse (address, SOUP_HTTP_URI_FLAGS, &error);
  if (self->uri == NULL) {
    return_error (task, g_error_new (UC_ERROR, UC_ERROR_INVALID, "%s", error->message));
    g_error_free (error);
    return;
  }

  if (request->may_resume)
    self->resume_bytes = _uc_resume_get_offset (request->download_path);
  if (request->upload_path != NULL)
    _uc_upload_open_async (request->upload_path, request->upload_offset, request->upload_length,
                           _uc_watch_get_cancellable (self->watch), opened_cb,
                           g_steal_pointer (&task));
  else
    send_message (g_steal_pointer (&task));
}

static void
opened_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  UcCall *self = g_task_get_task_data (task);
  GError *error = NULL;

  self->upload = _uc_upload_open_finish (result, &self->upload_bytes, &error);
  if (self->upload == NULL)
    return_error (task, error);
  else
    send_message (g_steal_pointer (&task));
}

/* Libsoup lost sight of a message when connections broke. It may find it again. */
static void
stuck_cb (gpointer user_data)
{
  GTask  *task = user_data;
  UcCall *self = g_task_get_task_data (task);
  g_autoptr (GError) cause = g_error_new_literal (G_IO_ERROR, G_IO_ERROR_CANCELLED, "Stuck");

  self->is_abandoned = TRUE;
  self->is_sent = TRUE;
  return_transport_error (task, cause);
}

/* Takes @task. */
static void
send_message (GTask *task)
{
  UcCall *self = g_task_get_task_data (task);

  drop_message (self);
  self->message = _uc_message_new (self->request, self->uri, self->token, self->upload,
                                   self->upload_bytes, self->resume_bytes);
  g_signal_connect (self->message, "network-event", G_CALLBACK (network_event_cb), self);
  g_signal_connect (self->message, "starting", G_CALLBACK (starting_cb), self);
  g_signal_connect (self->message, "wrote-headers", G_CALLBACK (wrote_headers_cb), self);
  g_signal_connect (self->message, "wrote-body-data", G_CALLBACK (wrote_body_data_cb), self);

  _uc_watch_set_stuck (self->watch, stuck_cb, task);
  _uc_watch_arm (self->watch, self->limits.queue_ms);
  soup_session_send_async (self->session, self->message, G_PRIORITY_DEFAULT,
                           _uc_watch_get_cancellable (self->watch), sent_cb, task);
}

static void
note_headers (UcCall *self)
{
  SoupMessageHeaders *headers = soup_message_get_response_headers (self->message);

  self->trace.server_time_ms = _uc_message_get_server_time_ms (self->message);
  if (self->request->is_login)
    self->trace.new_token = g_strdup (soup_message_headers_get_one (headers, "Token"));
  if (self->request->download_path != NULL &&
      soup_message_headers_get_one (headers, "Content-Encoding") == NULL)
    self->total_bytes = soup_message_headers_get_content_length (headers);
}

/* Points the call to where the server sends it; FALSE when it must not go there. */
static gboolean
follow_redirect (UcCall *self, GError **error)
{
  SoupMessageHeaders *headers = soup_message_get_response_headers (self->message);
  GUri               *next;

  /* A file that streamed out is at its end and not sent twice. */
  if (self->upload != NULL || self->n_redirects >= MAX_REDIRECTS) {
    g_propagate_error (error, _uc_redirect_new_error (soup_message_get_status (self->message)));
    return FALSE;
  }
  next = _uc_redirect_dup_target (self->uri, self->request->method,
                                  soup_message_get_status (self->message),
                                  soup_message_headers_get_one (headers, "Location"), error);
  if (next == NULL)
    return FALSE;

  self->n_redirects++;
  g_uri_unref (self->uri);
  self->uri = next;
  return TRUE;
}

/* FALSE: what is there is not the beginning of the file, it is asked for whole. */
static gboolean
check_resumed (UcCall *self, guint status)
{
  SoupMessageHeaders *headers = soup_message_get_response_headers (self->message);

  return _uc_resume_check (self->request->download_path, status,
                           soup_message_headers_get_one (headers, "Content-Range"),
                           &self->resume_bytes, &self->total_bytes);
}

static void
sent_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  UcCall *self = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;
  g_autoptr (GInputStream) stream =
      soup_session_send_finish (SOUP_SESSION (source), result, &error);
  guint    status = soup_message_get_status (self->message);
  gboolean is_good = SOUP_STATUS_IS_SUCCESSFUL (status);
  gboolean is_file = is_good && self->request->download_path != NULL;
  gint64   asked_behind = self->resume_bytes;

  if (self->is_abandoned)
    return;
  _uc_watch_set_stuck (self->watch, NULL, NULL);
  if (stream == NULL) {
    return_transport_error (task, error);
    return;
  }

  note_headers (self);
  if (_uc_redirect_is_one (status)) {
    if (!follow_redirect (self, &error))
      return_error (task, g_steal_pointer (&error));
    else
      send_message (g_steal_pointer (&task));
    return;
  }

  if (self->request->may_resume && !check_resumed (self, status)) {
    if (asked_behind == 0)
      return_error (task, _uc_redirect_new_error (status));
    else
      send_message (g_steal_pointer (&task));
    return;
  }
  if (is_file && _uc_message_is_page (self->message)) {
    return_error (task, _uc_answer_new_login_page ());
    return;
  }

  _uc_watch_arm (self->watch, self->limits.progress_ms);
  self->sink = _uc_sink_new (is_good ? self->request->limit_bytes : UC_LIMIT_HTTP_ERROR_BYTES,
                             !is_good, is_file ? self->request->download_path : NULL);
  if (is_file && self->request->may_resume)
    _uc_sink_set_resumed (self->sink, self->resume_bytes);
  _uc_sink_read_async (self->sink, stream, received_cb, self,
                       _uc_watch_get_cancellable (self->watch), body_cb, g_steal_pointer (&task));
}

static void
body_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  UcCall    *self = g_task_get_task_data (task);
  UcRequest *request = self->request;
  GError    *error = NULL;
  g_autoptr (GBytes) body = _uc_sink_read_finish (self->sink, result, &error);
  UcAnswer answer;

  if (body == NULL) {
    if (error->domain == UC_ERROR) {
      return_error (task, error);
    } else {
      return_transport_error (task, error);
      g_error_free (error);
    }
    return;
  }

  answer = _uc_message_get_answer (self->message, request, body, self->token != NULL);
  if (!SOUP_STATUS_IS_SUCCESSFUL (answer.status)) {
    g_clear_pointer (&self->trace.error_id, g_free);
    error = _uc_answer_dup_refusal (&answer, &self->trace.error_id);
    if (g_error_matches (error, UC_ERROR, UC_ERROR_RATE_LIMITED))
      self->trace.wait_s =
          _uc_answer_get_wait_s (answer.retry_after, g_get_real_time () / G_USEC_PER_SEC);
    return_error (task, error);
    return;
  }
  if (request->download_path != NULL) {
    return_result (task, NULL, NULL);
    return;
  }
  if (!_uc_answer_check_good (&answer, &error)) {
    return_error (task, error);
    return;
  }
  if (request->parse == NULL) {
    return_result (task, NULL, NULL);
    return;
  }

  _uc_watch_stop (self->watch);
  _uc_request_parse_async (request, body, parsed_cb, g_steal_pointer (&task));
}

static void
parsed_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  UcCall  *self = g_task_get_task_data (task);
  GError  *error = NULL;
  gpointer value = _uc_request_parse_finish (self->request, result, &error);

  if (error != NULL)
    return_error (task, error);
  else
    return_result (task, value, self->request->free_result);
}

gpointer
_uc_call_send_finish (GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

/* (transfer none): belongs to @result. */
UcCallTrace *
_uc_call_get_trace (GAsyncResult *result)
{
  UcCall *self = g_task_get_task_data (G_TASK (result));

  return &self->trace;
}

/* How to free what finish gave, for who hands it on. */
GDestroyNotify
_uc_call_get_free_result (GAsyncResult *result)
{
  UcCall *self = g_task_get_task_data (G_TASK (result));

  return self->request->free_result;
}
