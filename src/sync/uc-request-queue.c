/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Lets requests through by urgency and number, and holds all of them back while the
 * server asked for rest. What an answer means, its caller decides. */

#include "config.h"

#include "uc-request-queue-private.h"

#include "uc-error.h"

#include <glib/gi18n-lib.h>

#define MAX_READING 4

typedef struct {
  /* input */
  UcLane     lane;
  UcRequest *request; /* (owned) until it is sent */

  /* in progress */
  guint token_hash; /* of the token it was sent with */

  /* result */
  char *error_id; /* (owned) (nullable) */
} Job;

struct _UcRequestQueue {
  GObject parent_instance;

  UcApi   *api;                 /* (owned) */
  GQueue   waiting[UC_N_LANES]; /* (owned) of GTask */
  guint    n_reading;
  gint64   paused_until_us; /* monotonic; 0: not paused */
  guint    resume_id;
  gboolean is_waiting; /* for a token that is being looked up */
};

enum {
  SESSION_ENDED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (UcRequestQueue, uc_request_queue, G_TYPE_OBJECT)

static void pump (UcRequestQueue *self);

static void
job_free (gpointer data)
{
  Job *job = data;

  g_clear_pointer (&job->request, uc_request_free);
  g_free (job->error_id);
  g_free (job);
}

static gboolean
is_reading (UcLane lane)
{
  return lane >= UC_LANE_CATCH_UP;
}

static void
resume_cb (gpointer user_data)
{
  UcRequestQueue *self = user_data;

  self->resume_id = 0;
  self->paused_until_us = 0;
  pump (self);
}

static void
pause_for (UcRequestQueue *self, gint64 wait_ms)
{
  gint64 until_us = g_get_monotonic_time () + wait_ms * 1000;

  if (until_us <= self->paused_until_us)
    return;

  self->paused_until_us = until_us;
  g_clear_handle_id (&self->resume_id, g_source_remove);
  self->resume_id = g_timeout_add_once ((guint) wait_ms, resume_cb, self);
}

/* 0: there is none. */
static guint
hash_token (UcRequestQueue *self)
{
  const char *token = uc_api_get_token (self->api);

  return token != NULL ? MAX (g_str_hash (token), 1) : 0;
}

static void
sent_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  g_autoptr (UcRequestQueue) self = g_object_ref (g_task_get_source_object (task));
  g_autoptr (GError) error = NULL;
  Job     *job = g_task_get_task_data (task);
  gpointer answer = uc_api_send_finish (UC_API (source), result, &error);
  gboolean has_ended = FALSE;

  if (is_reading (job->lane))
    self->n_reading--;

  if (error != NULL) {
    job->error_id = g_strdup (uc_api_get_error_id (result));
    /* What an earlier token brought says nothing of the present one. */
    has_ended =
        _uc_request_is_session_end (error, job->error_id) && job->token_hash == hash_token (self);
    if (g_error_matches (error, UC_ERROR, UC_ERROR_RATE_LIMITED))
      pause_for (self, uc_api_get_retry_after_s (self->api) * (gint64) 1000);
    g_task_return_error (task, g_steal_pointer (&error));
  } else {
    g_task_return_pointer (task, answer, NULL);
  }

  if (has_ended)
    g_signal_emit (self, signals[SESSION_ENDED], 0);
  pump (self);
}

static void
start (UcRequestQueue *self, GTask *task)
{
  Job *job = g_task_get_task_data (task);

  job->token_hash = hash_token (self);
  if (job->token_hash == 0) {
    /* The server would say no more, and that nobody is signed in is known here. */
    g_task_return_new_error (task, UC_ERROR, UC_ERROR_AUTH, _ ("Sign in first."));
    g_object_unref (task);
    return;
  }
  if (is_reading (job->lane))
    self->n_reading++;
  uc_api_send_async (self->api, g_steal_pointer (&job->request), g_task_get_cancellable (task),
                     sent_cb, task);
}

static gboolean
may_start (UcRequestQueue *self, UcLane lane)
{
  if (self->is_waiting && hash_token (self) == 0)
    return FALSE;
  return self->paused_until_us == 0 && (!is_reading (lane) || self->n_reading < MAX_READING);
}

/* What was cancelled while it waited returns here too, through the API's own check. */
static void
pump (UcRequestQueue *self)
{
  for (UcLane lane = 0; lane < UC_N_LANES; lane++)
    while (may_start (self, lane) && !g_queue_is_empty (&self->waiting[lane]))
      start (self, g_queue_pop_head (&self->waiting[lane]));
}

static void
uc_request_queue_dispose (GObject *object)
{
  UcRequestQueue *self = UC_REQUEST_QUEUE (object);

  g_clear_handle_id (&self->resume_id, g_source_remove);
  g_clear_object (&self->api);

  G_OBJECT_CLASS (uc_request_queue_parent_class)->dispose (object);
}

static void
uc_request_queue_class_init (UcRequestQueueClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = uc_request_queue_dispose;

  signals[SESSION_ENDED] = g_signal_new ("session-ended", G_TYPE_FROM_CLASS (klass),
                                         G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

/* A waiting task holds a reference on the queue, so it is never disposed of with
 * somebody still in it. */
static void
uc_request_queue_init (UcRequestQueue *self)
{
  for (UcLane lane = 0; lane < UC_N_LANES; lane++)
    g_queue_init (&self->waiting[lane]);
}

UcRequestQueue *
_uc_request_queue_new (UcApi *api)
{
  UcRequestQueue *self = g_object_new (UC_TYPE_REQUEST_QUEUE, NULL);

  self->api = g_object_ref (api);
  return self;
}

void
_uc_request_queue_send_async (UcRequestQueue     *self,
                              UcLane              lane,
                              UcRequest          *request,
                              GCancellable       *cancellable,
                              GAsyncReadyCallback callback,
                              gpointer            user_data)
{
  g_autoptr (GTask) task = NULL;
  Job *job;

  g_return_if_fail (UC_IS_REQUEST_QUEUE (self));
  g_return_if_fail (lane < UC_N_LANES && request != NULL);

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, _uc_request_queue_send_async);
  /* Once the server has answered, the answer is the truth. */
  g_task_set_check_cancellable (task, FALSE);
  job = g_new0 (Job, 1);
  job->lane = lane;
  job->request = request;
  g_task_set_task_data (task, job, job_free);

  g_queue_push_tail (&self->waiting[lane], g_steal_pointer (&task));
  pump (self);
}

gpointer
_uc_request_queue_send_finish (UcRequestQueue *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

const char *
_uc_request_queue_get_error_id (GAsyncResult *result)
{
  Job *job = g_task_get_task_data (G_TASK (result));

  return job->error_id != NULL ? job->error_id : "";
}

gint64
_uc_request_queue_get_pause_ms (UcRequestQueue *self)
{
  if (self->paused_until_us == 0)
    return 0;
  return MAX (0, self->paused_until_us - g_get_monotonic_time ()) / 1000;
}

void
_uc_request_queue_resume (UcRequestQueue *self)
{
  g_clear_handle_id (&self->resume_id, g_source_remove);
  self->paused_until_us = 0;
  pump (self);
}

void
_uc_request_queue_set_waiting (UcRequestQueue *self, gboolean is_waiting)
{
  self->is_waiting = is_waiting;
  pump (self);
}

gboolean
_uc_request_is_session_end (const GError *error, const char *error_id)
{
  return g_error_matches (error, UC_ERROR, UC_ERROR_AUTH) &&
         (g_strcmp0 (error_id, "api.context.session_expired.app_error") == 0 ||
          g_strcmp0 (error_id, "api.context.invalid_token.error") == 0);
}
