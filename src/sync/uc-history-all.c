/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Reads channels back to their first post, hole by hole. What is stored already is
 * stepped over, so it can be broken off and begun again at no cost. What retention took
 * away is not fetched back. */

#include "config.h"

#include "uc-history-all-private.h"

#include "uc-error.h"
#include "uc-history-page-private.h"
#include "uc-store-retention.h"

#define PER_PAGE 200

typedef struct {
  /* input */
  UcContext *context;     /* (owned) */
  UcPeople  *people;      /* (owned) */
  GPtrArray *channel_ids; /* (owned) (element-type utf8) */

  /* in progress */
  guint  next;          /* the channel being read */
  gint64 last_seq;      /* where its last page was asked from; 0: none yet */
  gint64 kept_from_seq; /* what lies before it is not wanted; 0: no such place */
} Job;

static void begin_channel (GTask *task);
static void read_on (GTask *task);
static void kept_from_cb (GObject *source, GAsyncResult *result, gpointer user_data);
static void spans_cb (GObject *source, GAsyncResult *result, gpointer user_data);
static void page_cb (GObject *source, GAsyncResult *result, gpointer user_data);

static void
job_free (gpointer data)
{
  Job *job = data;

  g_object_unref (job->context);
  g_object_unref (job->people);
  g_ptr_array_unref (job->channel_ids);
  g_free (job);
}

const UcSpan *
_uc_history_next_span (GArray *spans, gint64 kept_from_seq)
{
  const UcSpan *newest;

  if (spans->len == 0)
    return NULL;
  newest = &g_array_index (spans, UcSpan, spans->len - 1);
  return newest->reaches_start || newest->lo_seq <= kept_from_seq ? NULL : newest;
}

void
_uc_history_all_async (UcContext          *context,
                       UcPeople           *people,
                       GPtrArray          *channel_ids,
                       GCancellable       *cancellable,
                       GAsyncReadyCallback callback,
                       gpointer            user_data)
{
  g_autoptr (GTask) task = g_task_new (context, cancellable, callback, user_data);
  Job *job = g_new0 (Job, 1);

  g_task_set_source_tag (task, _uc_history_all_async);
  job->context = g_object_ref (context);
  job->people = g_object_ref (people);
  job->channel_ids = g_ptr_array_ref (channel_ids);
  g_task_set_task_data (task, job, job_free);
  begin_channel (task);
}

static const char *
get_channel_id (Job *job)
{
  return g_ptr_array_index (job->channel_ids, job->next);
}

static void
begin_channel (GTask *task)
{
  Job             *job = g_task_get_task_data (task);
  g_autofree char *key = NULL;

  if (job->next >= job->channel_ids->len) {
    g_task_return_boolean (task, TRUE);
    return;
  }
  key = g_strconcat (UC_FACT_KEPT_FROM, get_channel_id (job), NULL);
  uc_store_load_fact_async (job->context->store, key, g_task_get_cancellable (task), kept_from_cb,
                            g_object_ref (task));
}

static void
kept_from_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Job             *job = g_task_get_task_data (task);
  GError          *error = NULL;
  g_autofree char *seq = uc_store_load_fact_finish (UC_STORE (source), result, &error);

  if (error != NULL) {
    g_task_return_error (task, error);
    return;
  }
  job->kept_from_seq = seq != NULL ? g_ascii_strtoll (seq, NULL, 10) : 0;
  read_on (task);
}

static void
read_on (GTask *task)
{
  Job *job = g_task_get_task_data (task);

  uc_store_load_spans_async (job->context->store, get_channel_id (job),
                             g_task_get_cancellable (task), spans_cb, g_object_ref (task));
}

static void
next_channel (GTask *task)
{
  Job *job = g_task_get_task_data (task);

  job->next++;
  job->last_seq = 0;
  begin_channel (task);
}

static void
spans_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Job          *job = g_task_get_task_data (task);
  GError       *error = NULL;
  const UcSpan *span;
  g_autoptr (GArray) spans = uc_store_load_spans_finish (UC_STORE (source), result, &error);

  if (spans == NULL) {
    g_task_return_error (task, error);
    return;
  }
  /* A span that does not grow would be asked for for ever. */
  span = _uc_history_next_span (spans, job->kept_from_seq);
  if (span == NULL || span->lo_seq == job->last_seq) {
    next_channel (task);
    return;
  }
  job->last_seq = span->lo_seq;
  _uc_history_page_async (job->context, job->people, UC_LANE_BACKGROUND, get_channel_id (job),
                          span->lo_seq, PER_PAGE, g_task_get_cancellable (task), page_cb,
                          g_object_ref (task));
}

static void
page_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Job    *job = g_task_get_task_data (task);
  GError *error = NULL;

  if (_uc_history_page_finish (job->context, result, &error)) {
    read_on (task);
  } else if (g_error_matches (error, UC_ERROR, UC_ERROR_FORBIDDEN) ||
             g_error_matches (error, UC_ERROR, UC_ERROR_NOT_FOUND)) {
    g_message ("A channel's history may not be read: %s", error->message);
    g_clear_error (&error);
    next_channel (task);
  } else {
    g_task_return_error (task, error);
  }
}

gboolean
_uc_history_all_finish (UcContext *context, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, context), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}
