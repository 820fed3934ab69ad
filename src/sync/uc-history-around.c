/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Reads a post and the page on either side of it, to jump to a place that is not
 * stored yet. */

#include "config.h"

#include "uc-history-around-private.h"

#include "uc-error.h"
#include "uc-id.h"
#include "uc-page-put-private.h"
#include "uc-request-queue-private.h"

#define PER_PAGE 40

typedef struct {
  /* input */
  UcContext *context; /* (owned) */
  UcPeople  *people;  /* (owned) */
  char      *post_id;

  /* in progress */
  UcMessage *stored; /* (owned) (nullable) */
  UcPost    *post;   /* (owned) */
  UcBatch   *batch;  /* (owned) */
} Job;

static void stored_cb (GObject *source, GAsyncResult *result, gpointer user_data);
static void spans_cb (GObject *source, GAsyncResult *result, gpointer user_data);
static void post_cb (GObject *source, GAsyncResult *result, gpointer user_data);
static void before_cb (GObject *source, GAsyncResult *result, gpointer user_data);
static void after_cb (GObject *source, GAsyncResult *result, gpointer user_data);
static void applied_cb (GObject *source, GAsyncResult *result, gpointer user_data);
static void loaded_cb (GObject *source, GAsyncResult *result, gpointer user_data);

static void
job_free (gpointer data)
{
  Job *job = data;

  g_object_unref (job->context);
  g_object_unref (job->people);
  g_free (job->post_id);
  g_clear_pointer (&job->stored, uc_message_unref);
  g_clear_pointer (&job->post, uc_post_unref);
  g_clear_pointer (&job->batch, uc_batch_free);
  g_free (job);
}

gboolean
_uc_history_is_covered (GArray *spans, gint64 seq)
{
  for (guint i = 0; i < spans->len; i++) {
    const UcSpan *span = &g_array_index (spans, UcSpan, i);

    if ((seq > span->lo_seq || (seq == span->lo_seq && span->reaches_start)) &&
        (seq < span->hi_seq || (seq == span->hi_seq && span->reaches_tip)))
      return TRUE;
  }
  return FALSE;
}

void
_uc_history_around_async (UcContext          *context,
                          UcPeople           *people,
                          const char         *post_id,
                          GCancellable       *cancellable,
                          GAsyncReadyCallback callback,
                          gpointer            user_data)
{
  GTask *task = g_task_new (context, cancellable, callback, user_data);
  Job   *job = g_new0 (Job, 1);

  g_task_set_source_tag (task, _uc_history_around_async);
  job->context = g_object_ref (context);
  job->people = g_object_ref (people);
  job->post_id = g_strdup (post_id);
  g_task_set_task_data (task, job, job_free);
  uc_store_load_message_async (context->store, post_id, cancellable, stored_cb, task);
}

static void
return_stored (GTask *task)
{
  Job *job = g_task_get_task_data (task);

  g_task_return_pointer (task, g_steal_pointer (&job->stored), (GDestroyNotify) uc_message_unref);
}

/* What is stored is worth showing even without its surroundings. */
static void
give_up (GTask *task, GError *error)
{
  Job *job = g_task_get_task_data (task);

  if (job->stored == NULL || g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED)) {
    g_task_return_error (task, error);
    return;
  }
  g_clear_error (&error);
  return_stored (task);
}

static void
ask (GTask *task, UcRequest *request, GAsyncReadyCallback callback)
{
  Job *job = g_task_get_task_data (task);

  _uc_request_queue_send_async (job->context->requests, UC_LANE_COMMAND, request,
                                g_task_get_cancellable (task), callback, g_object_ref (task));
}

static void
stored_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Job *job = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;

  job->stored = uc_store_load_message_finish (UC_STORE (source), result, &error);
  if (job->stored != NULL && !uc_id_is_valid (job->stored->post->id))
    return_stored (task);
  else if (job->stored != NULL)
    uc_store_load_spans_async (UC_STORE (source), job->stored->post->channel_id,
                               g_task_get_cancellable (task), spans_cb, g_object_ref (task));
  else if (g_error_matches (error, UC_ERROR, UC_ERROR_NOT_FOUND) && uc_id_is_valid (job->post_id))
    ask (task, uc_request_post (job->post_id), post_cb);
  else
    g_task_return_error (task, g_steal_pointer (&error));
}

static void
spans_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Job    *job = g_task_get_task_data (task);
  GError *error = NULL;
  g_autoptr (GArray) spans = uc_store_load_spans_finish (UC_STORE (source), result, &error);

  if (spans == NULL) {
    give_up (task, error);
  } else if (_uc_history_is_covered (spans, job->stored->seq)) {
    return_stored (task);
  } else {
    /* It may have been named by its key, of which the server knows nothing. */
    g_set_str (&job->post_id, job->stored->post->id);
    ask (task, uc_request_post (job->post_id), post_cb);
  }
}

static void
post_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Job    *job = g_task_get_task_data (task);
  GError *error = NULL;

  job->post = _uc_request_queue_send_finish (UC_REQUEST_QUEUE (source), result, &error);
  if (job->post == NULL) {
    give_up (task, error);
    return;
  }
  /* Before the pages, which name it as their neighbour. */
  job->batch = uc_batch_new ();
  uc_batch_put_post (job->batch, job->post);
  _uc_people_want_of (job->people, job->post);
  ask (task, uc_request_posts_before (job->post->channel_id, job->post->id, PER_PAGE), before_cb);
}

static gboolean
take_page (GTask *task, GAsyncResult *result, UcPageKind kind)
{
  Job    *job = g_task_get_task_data (task);
  GError *error = NULL;
  g_autoptr (UcPostPage) page =
      _uc_request_queue_send_finish (job->context->requests, result, &error);

  if (page == NULL) {
    give_up (task, error);
    return FALSE;
  }
  _uc_page_put_history (job->people, job->batch, job->post->channel_id, page, kind, job->post->id);
  return TRUE;
}

static void
before_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Job *job = g_task_get_task_data (task);

  if (take_page (task, result, UC_PAGE_BEFORE))
    ask (task, uc_request_posts_after (job->post->channel_id, job->post->id, PER_PAGE), after_cb);
}

static void
after_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Job *job = g_task_get_task_data (task);

  if (take_page (task, result, UC_PAGE_AFTER))
    uc_store_apply_async (job->context->store, g_steal_pointer (&job->batch), applied_cb,
                          g_object_ref (task));
}

static void
applied_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Job    *job = g_task_get_task_data (task);
  GError *error = NULL;

  if (!uc_store_apply_finish (UC_STORE (source), result, &error)) {
    give_up (task, error);
    return;
  }
  uc_store_load_message_async (UC_STORE (source), job->post_id, g_task_get_cancellable (task),
                               loaded_cb, g_object_ref (task));
}

static void
loaded_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  GError    *error = NULL;
  UcMessage *message = uc_store_load_message_finish (UC_STORE (source), result, &error);

  if (message == NULL)
    g_task_return_error (task, error);
  else
    g_task_return_pointer (task, message, (GDestroyNotify) uc_message_unref);
}

UcMessage *
_uc_history_around_finish (UcContext *context, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, context), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}
