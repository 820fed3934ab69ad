/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Finds the place of a time in a channel. A Mattermost server has no such request:
 * `since` is about changes and cuts at 1,000, a search by date gives the newest hits, is
 * shifted by time zones and knows no names of group conversations. But it counts pages
 * from the newest post, so that the place is found by looking at single posts, closer
 * each time; the pages around the one that is found are asked for by its id, and what
 * was posted meanwhile does no harm. */

#include "config.h"

#include "uc-history-date-private.h"

#include "uc-error.h"
#include "uc-history-around-private.h"
#include "uc-request-queue-private.h"

#include <glib/gi18n-lib.h>

/* Far more than halving any channel takes. */
#define MAX_ASKED 64

typedef struct {
  /* input */
  UcContext *context; /* (owned) */
  UcPeople  *people;  /* (owned) */
  char      *channel_id;
  gint64     time_ms;

  /* in progress */
  UcMessage   *nearest; /* (owned) (nullable) of what is stored */
  UcDateSearch search;
  gint64       place; /* looked at now */
  char        *found_id;
  gboolean     is_fetched;
} Job;

static void load_nearest (GTask *task);
static void nearest_cb (GObject *source, GAsyncResult *result, gpointer user_data);
static void newest_cb (GObject *source, GAsyncResult *result, gpointer user_data);
static void spans_cb (GObject *source, GAsyncResult *result, gpointer user_data);
static void channel_cb (GObject *source, GAsyncResult *result, gpointer user_data);
static void page_cb (GObject *source, GAsyncResult *result, gpointer user_data);
static void around_cb (GObject *source, GAsyncResult *result, gpointer user_data);

static void
job_free (gpointer data)
{
  Job *job = data;

  g_object_unref (job->context);
  g_object_unref (job->people);
  g_free (job->channel_id);
  g_free (job->found_id);
  g_clear_pointer (&job->nearest, uc_message_unref);
  g_free (job);
}

/* -- The search ----------------------------------------------------------------------- */

void
_uc_date_search_init (UcDateSearch *self, gint64 time_ms, gint64 guess)
{
  *self = (UcDateSearch){ .time_ms = time_ms, .guess = MAX (guess, 1), .newer = -1, .older = -1 };
}

gint64
_uc_date_search_next (const UcDateSearch *self)
{
  const gint64 width = self->older - self->newer;

  if (self->n_asked == 0)
    return 0;
  if (self->older < 0)
    return MAX (self->guess - 1, 2 * self->newer + 1);
  if (width <= 1)
    return -1;
  /* People write as much on one day as on another, roughly; where that is wrong halving
   * still comes to an end. */
  if (self->n_asked % 2 == 0 && self->newer >= 0 && self->older_ms > 0 &&
      self->newer_ms > self->older_ms) {
    const double part =
        (double) (self->newer_ms - self->time_ms) / (self->newer_ms - self->older_ms);

    return CLAMP (self->newer + (gint64) (part * width), self->newer + 1, self->older - 1);
  }
  return self->newer + width / 2;
}

void
_uc_date_search_take (UcDateSearch *self, gint64 place, gint64 at_ms)
{
  self->n_asked++;
  if (at_ms != 0 && at_ms >= self->time_ms) {
    self->newer = place;
    self->newer_ms = at_ms;
  } else {
    self->older = place;
    self->older_ms = at_ms;
  }
}

/* -- What is stored -------------------------------------------------------------------- */

void
_uc_history_date_async (UcContext          *context,
                        UcPeople           *people,
                        const char         *channel_id,
                        gint64              time_ms,
                        GCancellable       *cancellable,
                        GAsyncReadyCallback callback,
                        gpointer            user_data)
{
  g_autoptr (GTask) task = g_task_new (context, cancellable, callback, user_data);
  Job *job = g_new0 (Job, 1);

  g_task_set_source_tag (task, _uc_history_date_async);
  job->context = g_object_ref (context);
  job->people = g_object_ref (people);
  job->channel_id = g_strdup (channel_id);
  job->time_ms = time_ms;
  g_task_set_task_data (task, job, job_free);
  load_nearest (task);
}

static void
load_nearest (GTask *task)
{
  Job *job = g_task_get_task_data (task);

  uc_store_load_window_async (job->context->store, job->channel_id, "", UC_WINDOW_AFTER,
                              UC_SEQ_FROM_MS (job->time_ms) - 1, 1, g_task_get_cancellable (task),
                              nearest_cb, g_object_ref (task));
}

static void
return_nearest (GTask *task)
{
  Job *job = g_task_get_task_data (task);

  if (job->nearest != NULL)
    g_task_return_pointer (task, g_steal_pointer (&job->nearest),
                           (GDestroyNotify) uc_message_unref);
  else
    g_task_return_new_error_literal (task, UC_ERROR, UC_ERROR_NOT_FOUND,
                                     _ ("There are no messages here"));
}

/* What is stored is better than nothing. Takes @error. */
static void
give_up (GTask *task, GError *error)
{
  Job *job = g_task_get_task_data (task);

  if (job->nearest == NULL || g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED)) {
    g_task_return_error (task, error);
    return;
  }
  g_debug ("The place of a day was not found: %s", error->message);
  g_error_free (error);
  return_nearest (task);
}

static gboolean
take_nearest (GTask *task, GAsyncResult *result)
{
  Job    *job = g_task_get_task_data (task);
  GError *error = NULL;
  g_autoptr (UcWindow) window = uc_store_load_window_finish (job->context->store, result, &error);

  if (window == NULL) {
    give_up (task, error);
    return FALSE;
  }
  for (guint i = 0; i < window->messages->len && job->nearest == NULL; i++) {
    const UcMessage *message = window->messages->pdata[i];

    if (message->post->delete_at_ms == 0)
      job->nearest = uc_message_ref (message);
  }
  return TRUE;
}

static void
nearest_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Job *job = g_task_get_task_data (task);

  g_clear_pointer (&job->nearest, uc_message_unref);
  if (!take_nearest (task, result))
    return;
  if (job->nearest == NULL)
    uc_store_load_window_async (job->context->store, job->channel_id, "", UC_WINDOW_NEWEST, 0, 1,
                                g_task_get_cancellable (task), newest_cb, g_object_ref (task));
  else if (job->is_fetched)
    return_nearest (task);
  else
    uc_store_load_spans_async (job->context->store, job->channel_id, g_task_get_cancellable (task),
                               spans_cb, g_object_ref (task));
}

static void
newest_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Job *job = g_task_get_task_data (task);

  if (!take_nearest (task, result))
    return;
  if (job->is_fetched)
    return_nearest (task);
  else
    uc_store_load_spans_async (job->context->store, job->channel_id, g_task_get_cancellable (task),
                               spans_cb, g_object_ref (task));
}

/* Whether what is stored tells all about @seq. */
static gboolean
is_known (GArray *spans, gint64 seq)
{
  for (guint i = 0; i < spans->len; i++) {
    const UcSpan *span = &g_array_index (spans, UcSpan, i);

    if ((seq >= span->lo_seq || span->reaches_start) && (seq <= span->hi_seq || span->reaches_tip))
      return TRUE;
  }
  return FALSE;
}

static void
spans_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Job    *job = g_task_get_task_data (task);
  GError *error = NULL;
  g_autoptr (GArray) spans = uc_store_load_spans_finish (UC_STORE (source), result, &error);

  if (spans == NULL)
    give_up (task, error);
  else if (is_known (spans, UC_SEQ_FROM_MS (job->time_ms)))
    return_nearest (task);
  else
    uc_store_load_channels_async (job->context->store, job->channel_id,
                                  g_task_get_cancellable (task), channel_cb, g_object_ref (task));
}

/* -- What the server has ------------------------------------------------------------------ */

static void
look (GTask *task)
{
  Job *job = g_task_get_task_data (task);

  job->place = _uc_date_search_next (&job->search);
  if (job->place >= 0 && job->search.n_asked < MAX_ASKED) {
    _uc_request_queue_send_async (
        job->context->requests, UC_LANE_COMMAND,
        uc_request_posts_at (job->channel_id, (int) MIN (job->place, G_MAXINT), 1),
        g_task_get_cancellable (task), page_cb, g_object_ref (task));
  } else if (job->found_id != NULL) {
    _uc_history_around_async (job->context, job->people, job->found_id,
                              g_task_get_cancellable (task), around_cb, g_object_ref (task));
  } else {
    return_nearest (task);
  }
}

static void
channel_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Job    *job = g_task_get_task_data (task);
  GError *error = NULL;
  g_autoptr (GPtrArray) states = uc_store_load_channels_finish (UC_STORE (source), result, &error);
  const UcChannelState *state;

  if (states == NULL) {
    give_up (task, error);
    return;
  }
  state = states->len > 0 ? states->pdata[0] : NULL;
  _uc_date_search_init (&job->search, job->time_ms,
                        state != NULL ? state->channel->total_msg_count : 0);
  look (task);
}

static void
page_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Job    *job = g_task_get_task_data (task);
  GError *error = NULL;
  g_autoptr (UcPostPage) page =
      _uc_request_queue_send_finish (UC_REQUEST_QUEUE (source), result, &error);
  const UcPost *post;

  if (page == NULL) {
    give_up (task, error);
    return;
  }
  post = page->posts->len > 0 ? page->posts->pdata[page->posts->len - 1] : NULL;
  _uc_date_search_take (&job->search, job->place, post != NULL ? post->create_at_ms : 0);
  /* Without anything as new the newest is the nearest: the first one looked at. */
  if (post != NULL && (job->search.newer == job->place || job->found_id == NULL))
    g_set_str (&job->found_id, post->id);
  look (task);
}

static void
around_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Job    *job = g_task_get_task_data (task);
  GError *error = NULL;
  g_autoptr (UcMessage) message = _uc_history_around_finish (UC_CONTEXT (source), result, &error);

  if (message == NULL) {
    give_up (task, error);
    return;
  }
  /* Who posts meanwhile moves the places by one or two; the store knows now. */
  job->is_fetched = TRUE;
  load_nearest (task);
}

UcMessage *
_uc_history_date_finish (UcContext *context, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, context), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}
