/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Finds out whether a message that was sent without a usable answer has arrived: reads
 * the channel from the last post that was known before the first try, and looks for
 * the operation in the props. A server forgets pending ids after 30 s and does not
 * store them, so asking by them would double what is older. */

#include "config.h"

#include "uc-outbox-send-private.h"

#include "uc-error.h"
#include "uc-request-queue-private.h"

#include <glib/gi18n-lib.h>

#define PER_PAGE 200
/* Ten thousand posts since the first try; what is further back is not looked for. */
#define MAX_PAGES 50
/* The nodes of a cluster do not agree about the time to the millisecond: one's own post
 * may stand a little before what was known when it was sent. */
#define SKEW_PER_PAGE 20

typedef struct {
  /* input */
  UcContext         *context; /* (owned) */
  const UcOutboxRow *row;     /* (unowned) lives as long as the task */

  /* in progress */
  gboolean is_backwards; /* from the newest, down to the time of the first try */
  gboolean is_last;      /* there is nothing more to be asked */
  int      n_pages;

  /* result */
  gboolean was_found;
} Job;

static void ask (GTask *task, UcRequest *request);
static void page_cb (GObject *source, GAsyncResult *result, gpointer user_data);
static void recorded_cb (GObject *source, GAsyncResult *result, gpointer user_data);

static void
job_free (gpointer data)
{
  Job *job = data;

  g_object_unref (job->context);
  g_free (job);
}

static void
begin_backwards (GTask *task)
{
  Job *job = g_task_get_task_data (task);

  job->is_backwards = TRUE;
  ask (task, uc_request_posts_latest (job->row->channel_id, PER_PAGE));
}

void
_uc_outbox_settle_async (UcContext          *context,
                         const UcOutboxRow  *row,
                         GCancellable       *cancellable,
                         GAsyncReadyCallback callback,
                         gpointer            user_data)
{
  g_autoptr (GTask) task = g_task_new (context, cancellable, callback, user_data);
  Job *job = g_new0 (Job, 1);

  g_task_set_source_tag (task, _uc_outbox_settle_async);
  g_task_set_check_cancellable (task, FALSE);
  job->context = g_object_ref (context);
  job->row = row;
  g_task_set_task_data (task, job, job_free);

  if (row->last_known_id != NULL && *row->last_known_id != '\0')
    ask (task, uc_request_posts_after (row->channel_id, row->last_known_id, PER_PAGE));
  else
    begin_backwards (task);
}

static void
ask (GTask *task, UcRequest *request)
{
  Job *job = g_task_get_task_data (task);

  job->n_pages++;
  _uc_request_queue_send_async (job->context->requests, UC_LANE_OUTBOX, request,
                                g_task_get_cancellable (task), page_cb, g_object_ref (task));
}

/* By the operation in the props, which the server stores; what was posted just now
 * has its pending id still. */
static UcPost *
find (Job *job, GPtrArray *posts)
{
  g_autofree char *pending = g_strconcat (job->context->my_user_id, ":", job->row->op_id, NULL);

  for (guint i = 0; i < posts->len; i++) {
    UcPost *post = g_ptr_array_index (posts, i);

    if (g_str_equal (post->user_id, job->context->my_user_id) &&
        (g_str_equal (post->op_id, job->row->op_id) ||
         g_str_equal (post->pending_post_id, pending)))
      return post;
  }
  return NULL;
}

/* Far enough down: posts older than the first try, by a generous measure of how wrong
 * our clock may have been, cannot be it. */
static gboolean
is_before_first_try (Job *job, const UcPost *post)
{
  const gint64 slack_ms = 24 * 60 * 60 * 1000;

  return job->row->first_try_ms > 0 && post->create_at_ms < job->row->first_try_ms - slack_ms;
}

static gboolean
has_last_known (Job *job, GPtrArray *posts)
{
  for (guint i = 0; i < posts->len; i++)
    if (g_strcmp0 (((UcPost *) g_ptr_array_index (posts, i))->id, job->row->last_known_id) == 0)
      return TRUE;
  return FALSE;
}

static void
ask_before_last_known (GTask *task)
{
  Job *job = g_task_get_task_data (task);

  job->is_last = TRUE;
  ask (task,
       uc_request_posts_before (job->row->channel_id, job->row->last_known_id, SKEW_PER_PAGE));
}

static void
go_on (GTask *task, UcPostPage *page)
{
  Job    *job = g_task_get_task_data (task);
  UcPost *oldest = page->posts->len > 0 ? g_ptr_array_index (page->posts, 0) : NULL;
  UcPost *newest =
      page->posts->len > 0 ? g_ptr_array_index (page->posts, page->posts->len - 1) : NULL;

  if (job->n_pages >= MAX_PAGES) {
    g_task_return_new_error (task, UC_ERROR, UC_ERROR_CONFLICT,
                             _ ("It is not certain whether this message has arrived."));
    return;
  }
  /* Nothing behind the post we knew: true, or the server does not know that post any
   * more, which looks just the same. Reading down to that post tells. */
  if (job->is_last || (job->is_backwards && has_last_known (job, page->posts)))
    g_task_return_boolean (task, TRUE);
  else if (!job->is_backwards && newest == NULL)
    begin_backwards (task);
  else if (!job->is_backwards && *page->next_post_id != '\0')
    ask (task, uc_request_posts_after (job->row->channel_id, newest->id, PER_PAGE));
  else if (!job->is_backwards)
    ask_before_last_known (task);
  else if (oldest != NULL && *page->prev_post_id != '\0' && !is_before_first_try (job, oldest))
    ask (task, uc_request_posts_before (job->row->channel_id, oldest->id, PER_PAGE));
  else
    g_task_return_boolean (task, TRUE);
}

static void
page_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Job     *job = g_task_get_task_data (task);
  GError  *error = NULL;
  UcPost  *post;
  UcBatch *batch;
  g_autoptr (UcPostPage) page =
      _uc_request_queue_send_finish (UC_REQUEST_QUEUE (source), result, &error);

  if (page == NULL) {
    g_task_return_error (task, error);
    return;
  }
  post = find (job, page->posts);
  if (post == NULL)
    post = find (job, page->others);
  if (post == NULL) {
    go_on (task, page);
    return;
  }

  job->was_found = TRUE;
  batch = uc_batch_new ();
  uc_batch_outbox_done (batch, job->row->op_id, post);
  uc_store_apply_async (job->context->store, batch, recorded_cb, g_object_ref (task));
}

static void
recorded_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;

  if (!uc_store_apply_finish (UC_STORE (source), result, &error))
    g_task_return_error (task, error);
  else
    g_task_return_boolean (task, TRUE);
}

gboolean
_uc_outbox_settle_finish (UcContext    *context,
                          GAsyncResult *result,
                          gboolean     *was_found,
                          GError      **error)
{
  Job *job = g_task_get_task_data (G_TASK (result));

  g_return_val_if_fail (g_task_is_valid (result, context), FALSE);

  *was_found = job->was_found;
  return g_task_propagate_boolean (G_TASK (result), error);
}
