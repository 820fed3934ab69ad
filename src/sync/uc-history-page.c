/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Reads one page before a place in a channel: finds a post there that the server
 * knows, asks, writes. Where to go on is its callers' matter. */

#include "config.h"

#include "uc-history-page-private.h"

#include "uc-error.h"
#include "uc-id.h"
#include "uc-page-put-private.h"

/* How many rows beside the place are looked at for one the server still has. */
#define ANCHOR_ROWS 20

typedef struct {
  /* input */
  UcContext *context; /* (owned) */
  UcPeople  *people;  /* (owned) */
  UcLane     lane;
  char      *channel_id;
  int        per_page;

  /* in progress */
  char       *anchor_id;
  UcPostPage *page; /* (owned) (nullable) an empty one that is being checked */
} Job;

static void window_cb (GObject *source, GAsyncResult *result, gpointer user_data);
static void page_cb (GObject *source, GAsyncResult *result, gpointer user_data);
static void anchor_cb (GObject *source, GAsyncResult *result, gpointer user_data);
static void applied_cb (GObject *source, GAsyncResult *result, gpointer user_data);

static void
job_free (gpointer data)
{
  Job *job = data;

  g_object_unref (job->context);
  g_object_unref (job->people);
  g_free (job->channel_id);
  g_free (job->anchor_id);
  g_clear_pointer (&job->page, uc_post_page_free);
  g_free (job);
}

void
_uc_history_page_async (UcContext          *context,
                        UcPeople           *people,
                        UcLane              lane,
                        const char         *channel_id,
                        gint64              before_seq,
                        int                 per_page,
                        GCancellable       *cancellable,
                        GAsyncReadyCallback callback,
                        gpointer            user_data)
{
  GTask *task = g_task_new (context, cancellable, callback, user_data);
  Job   *job = g_new0 (Job, 1);

  g_task_set_source_tag (task, _uc_history_page_async);
  job->context = g_object_ref (context);
  job->people = g_object_ref (people);
  job->lane = lane;
  job->channel_id = g_strdup (channel_id);
  job->per_page = per_page;
  g_task_set_task_data (task, job, job_free);

  /* From the row itself on: it may be one that the server does not know. */
  uc_store_load_window_async (context->store, channel_id, "", UC_WINDOW_AFTER, before_seq - 1,
                              ANCHOR_ROWS, cancellable, window_cb, task);
}

/* The oldest that is there still; a deleted one only when there is no other, since
 * the server does not let us check it. */
static const char *
choose_anchor (GPtrArray *messages)
{
  const char *deleted_id = NULL;

  for (guint i = 0; i < messages->len; i++) {
    UcMessage *message = g_ptr_array_index (messages, i);

    if (!uc_id_is_valid (message->post->id))
      continue;
    if (message->post->delete_at_ms == 0)
      return message->post->id;
    if (deleted_id == NULL)
      deleted_id = message->post->id;
  }
  return deleted_id;
}

static void
window_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Job    *job = g_task_get_task_data (task);
  GError *error = NULL;
  g_autoptr (UcWindow) window = uc_store_load_window_finish (UC_STORE (source), result, &error);
  UcRequest *request;

  if (window == NULL) {
    g_task_return_error (task, error);
    return;
  }

  job->anchor_id = g_strdup (choose_anchor (window->messages));
  request = job->anchor_id != NULL
                ? uc_request_posts_before (job->channel_id, job->anchor_id, job->per_page)
                : uc_request_posts_latest (job->channel_id, job->per_page);
  _uc_request_queue_send_async (job->context->requests, job->lane, request,
                                g_task_get_cancellable (task), page_cb, g_object_ref (task));
}

static void
write_page (GTask *task, UcPostPage *page)
{
  Job     *job = g_task_get_task_data (task);
  UcBatch *batch = uc_batch_new ();

  _uc_page_put_history (job->people, batch, job->channel_id, page,
                        job->anchor_id != NULL ? UC_PAGE_BEFORE : UC_PAGE_LATEST, job->anchor_id);
  uc_store_apply_async (job->context->store, batch, applied_cb, g_object_ref (task));
}

static void
page_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Job    *job = g_task_get_task_data (task);
  GError *error = NULL;
  g_autoptr (UcPostPage) page =
      _uc_request_queue_send_finish (UC_REQUEST_QUEUE (source), result, &error);

  if (page == NULL) {
    g_task_return_error (task, error);
    return;
  }
  if (job->anchor_id == NULL || page->n_raw > 0) {
    write_page (task, page);
    return;
  }
  /* Nothing before a post is the start of the channel; nothing before an id that the
   * server has never heard of, or has purged, looks just the same. */
  job->page = g_steal_pointer (&page);
  _uc_request_queue_send_async (job->context->requests, job->lane, uc_request_post (job->anchor_id),
                                g_task_get_cancellable (task), anchor_cb, g_object_ref (task));
}

static void
anchor_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Job    *job = g_task_get_task_data (task);
  GError *error = NULL;
  g_autoptr (UcPost) post =
      _uc_request_queue_send_finish (UC_REQUEST_QUEUE (source), result, &error);

  if (post == NULL)
    g_task_return_error (task, error);
  else
    write_page (task, job->page);
}

static void
applied_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;

  if (!uc_store_apply_finish (UC_STORE (source), result, &error))
    g_task_return_error (task, error);
  else
    g_task_return_boolean (task, TRUE);
}

gboolean
_uc_history_page_finish (UcContext *context, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, context), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}
