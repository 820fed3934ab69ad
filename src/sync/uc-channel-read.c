/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Brings one channel up to date. The order of the steps matters: new posts first, since
 * somebody waits for them; the watermark last, since it vouches for all of them. */

#include "config.h"

#include "uc-channel-read-private.h"

#include "uc-page-put-private.h"

#define NEWEST_PER_PAGE 60
#define GAP_PER_PAGE    200
/* Beyond this many a gap stays a hole that fills itself when somebody looks at it. */
#define MAX_GAP_PAGES 5
/* An answer to `since` is cut at 1,000 rows; what was cut off is read page by page. */
#define SINCE_LIMIT      1000
#define MAX_REREAD_PAGES 50
/* The nodes of a cluster do not agree about the time to the millisecond. */
#define SINCE_SLACK_MS 5000

/* What a page of history was asked for. */
typedef enum {
  STEP_NEWEST,
  STEP_GAP,    /* between the newest page and what was known */
  STEP_REREAD, /* again, since changes may have been cut off */
} Step;

typedef struct {
  /* input */
  UcContext    *context;    /* (owned) */
  UcPeople     *people;     /* (owned) */
  UcWatermarks *watermarks; /* (owned) */
  UcIngest     *announce;   /* (owned) (nullable) */
  char         *channel_id;
  UcLane        lane;
  UcReadDepth   depth;

  /* in progress */
  gint64      mark_ms;   /* known up to here when it began */
  gint64      seen_ms;   /* the latest change that was seen */
  gint64      oldest_ms; /* of what is stored, for reading again */
  gboolean    is_cut;    /* the answer about changes was */
  int         n_pages;
  Step        step;
  char       *anchor_id; /* of the page under way */
  UcPostPage *page;      /* (owned) (nullable) being written */
} Job;

static void mark_cb (GObject *source, GAsyncResult *result, gpointer user_data);
static void ask_newest (GTask *task);
static void page_cb (GObject *source, GAsyncResult *result, gpointer user_data);
static void page_written_cb (GObject *source, GAsyncResult *result, gpointer user_data);
static void ask_changes (GTask *task);
static void verify (GTask *task);
static void changes_cb (GObject *source, GAsyncResult *result, gpointer user_data);
static void changes_written_cb (GObject *source, GAsyncResult *result, gpointer user_data);
static void claimed_cb (GObject *source, GAsyncResult *result, gpointer user_data);
static void spans_cb (GObject *source, GAsyncResult *result, gpointer user_data);
static void verified_cb (GObject *source, GAsyncResult *result, gpointer user_data);

static void
job_free (gpointer data)
{
  Job *job = data;

  g_object_unref (job->context);
  g_object_unref (job->people);
  g_object_unref (job->watermarks);
  g_clear_object (&job->announce);
  g_free (job->channel_id);
  g_free (job->anchor_id);
  g_clear_pointer (&job->page, uc_post_page_free);
  g_free (job);
}

gboolean
_uc_channel_read_is_joined (const UcPostPage *page, gint64 mark_ms)
{
  if (*page->prev_post_id == '\0' || page->posts->len == 0)
    return TRUE;
  return ((UcPost *) g_ptr_array_index (page->posts, 0))->create_at_ms <= mark_ms;
}

void
_uc_channel_read_async (const UcReadEnv    *env,
                        const char         *channel_id,
                        UcLane              lane,
                        UcReadDepth         depth,
                        GCancellable       *cancellable,
                        GAsyncReadyCallback callback,
                        gpointer            user_data)
{
  g_autoptr (GTask) task = g_task_new (env->context, cancellable, callback, user_data);
  g_autoptr (GPtrArray) ids = g_ptr_array_new ();
  Job *job = g_new0 (Job, 1);

  g_task_set_source_tag (task, _uc_channel_read_async);
  job->context = g_object_ref (env->context);
  job->people = g_object_ref (env->people);
  job->watermarks = g_object_ref (env->watermarks);
  g_set_object (&job->announce, env->announce);
  job->channel_id = g_strdup (channel_id);
  job->lane = lane;
  job->depth = depth;
  g_task_set_task_data (task, job, job_free);

  /* One that was left in an earlier run is known, but not in memory. */
  g_ptr_array_add (ids, job->channel_id);
  _uc_watermarks_load_async (job->watermarks, ids, cancellable, mark_cb, g_object_ref (task));
}

static void
mark_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Job    *job = g_task_get_task_data (task);
  GError *error = NULL;

  if (!_uc_watermarks_load_finish (job->watermarks, result, &error)) {
    g_task_return_error (task, error);
    return;
  }
  job->mark_ms = _uc_watermarks_get (job->watermarks, job->channel_id);
  if (job->depth == UC_READ_CHANGES && job->mark_ms > 0)
    ask_changes (task);
  else
    ask_newest (task);
}

static void
ask (GTask *task, UcRequest *request, GAsyncReadyCallback callback)
{
  Job *job = g_task_get_task_data (task);

  _uc_request_queue_send_async (job->context->requests, job->lane, request,
                                g_task_get_cancellable (task), callback, g_object_ref (task));
}

/* -- The newest page, and down to what was known --------------------------------------------- */

static void
ask_page (GTask *task, Step step, UcRequest *request)
{
  Job *job = g_task_get_task_data (task);

  job->step = step;
  ask (task, request, page_cb);
}

static void
ask_newest (GTask *task)
{
  Job *job = g_task_get_task_data (task);

  job->depth = UC_READ_NEW_TOO;
  ask_page (task, STEP_NEWEST, uc_request_posts_latest (job->channel_id, NEWEST_PER_PAGE));
}

/* The page before @anchor_id. */
static void
ask_older (GTask *task, Step step, const char *anchor_id)
{
  Job *job = g_task_get_task_data (task);

  job->n_pages++;
  g_set_str (&job->anchor_id, anchor_id);
  ask_page (task, step, uc_request_posts_before (job->channel_id, job->anchor_id, GAP_PER_PAGE));
}

/* Without a stream this is how one hears of messages. */
static void
announce (Job *job, const UcPostPage *page)
{
  for (guint i = 0; i < page->posts->len; i++) {
    UcPost *post = g_ptr_array_index (page->posts, i);

    if (post->create_at_ms > job->mark_ms)
      _uc_ingest_expect (job->announce, post);
  }
}

static UcPageKind
choose_kind (Job *job)
{
  if (job->step != STEP_NEWEST)
    return UC_PAGE_BEFORE;
  return job->lane == UC_LANE_VISIBLE ? UC_PAGE_LATEST : UC_PAGE_NEWS;
}

static void
page_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Job     *job = g_task_get_task_data (task);
  gboolean is_newest = job->step == STEP_NEWEST;
  GError  *error = NULL;
  UcBatch *batch;
  gint64   seen_ms;

  g_clear_pointer (&job->page, uc_post_page_free);
  job->page = _uc_request_queue_send_finish (UC_REQUEST_QUEUE (source), result, &error);
  if (job->page == NULL) {
    g_task_return_error (task, error);
    return;
  }

  if (job->announce != NULL && job->mark_ms > 0)
    announce (job, job->page);
  batch = uc_batch_new ();
  seen_ms = _uc_page_put_history (job->people, batch, job->channel_id, job->page, choose_kind (job),
                                  is_newest ? NULL : job->anchor_id);
  job->seen_ms = MAX (job->seen_ms, seen_ms);
  /* Also when this is broken off here: the next one must ask what changed in it. */
  if (job->mark_ms == 0 && is_newest)
    _uc_watermarks_begin (job->channel_id, MAX (seen_ms, 1), batch);
  uc_store_apply_async (job->context->store, batch, page_written_cb, g_object_ref (task));
}

/* How far down pages of this kind are wanted: a moment, and a number of them. */
static gboolean
is_far_enough (Job *job)
{
  switch (job->step) {
  case STEP_NEWEST:
    return job->mark_ms == 0 || _uc_channel_read_is_joined (job->page, job->mark_ms);
  case STEP_GAP:
    return job->n_pages >= MAX_GAP_PAGES || _uc_channel_read_is_joined (job->page, job->mark_ms);
  case STEP_REREAD:
  default:
    return job->n_pages >= MAX_REREAD_PAGES ||
           _uc_channel_read_is_joined (job->page, job->oldest_ms);
  }
}

static void
page_written_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Job    *job = g_task_get_task_data (task);
  GError *error = NULL;

  /* A page that cannot be written is this channel's trouble; its mark stays. */
  if (!uc_store_apply_finish (UC_STORE (source), result, &error)) {
    g_task_return_error (task, error);
    return;
  }
  if (!is_far_enough (job))
    ask_older (task, job->step == STEP_REREAD ? STEP_REREAD : STEP_GAP,
               ((UcPost *) g_ptr_array_index (job->page->posts, 0))->id);
  else if (job->step == STEP_REREAD)
    verify (task);
  else
    ask_changes (task);
}

/* -- What changed ------------------------------------------------------------------------------ */

static void
verify (GTask *task)
{
  Job     *job = g_task_get_task_data (task);
  UcBatch *batch;

  /* Whoever gives up doubts all marks, and this one would vouch for what was not read. */
  if (g_task_return_error_if_cancelled (task))
    return;
  batch = uc_batch_new ();
  /* A channel without a single post has no moment of its own; 1 says "was read". */
  _uc_watermarks_verify (job->watermarks, job->channel_id, MAX (job->seen_ms, 1), batch);
  /* Also when it is empty: whoever waits finds everything before it written. */
  uc_store_apply_async (job->context->store, batch, verified_cb, g_object_ref (task));
}

static void
verified_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;

  if (!uc_store_apply_finish (UC_STORE (source), result, &error))
    g_task_return_error (task, error);
  else
    g_task_return_boolean (task, TRUE);
}

static void
ask_changes (GTask *task)
{
  Job   *job = g_task_get_task_data (task);
  gint64 since_ms = MAX (job->mark_ms - SINCE_SLACK_MS, 1);

  /* Nothing was known before, so nothing can have changed. */
  if (job->mark_ms == 0)
    verify (task);
  else
    ask (task, uc_request_posts_since (job->channel_id, since_ms), changes_cb);
}

/* A post written after what is known: it belongs to the history, and `since` proves
 * nothing about what lies between. */
static gboolean
has_new_post (const UcPostPage *page, gint64 mark_ms)
{
  for (guint i = 0; i < page->posts->len; i++) {
    UcPost *post = g_ptr_array_index (page->posts, i);

    if (post->create_at_ms > mark_ms && post->delete_at_ms == 0)
      return TRUE;
  }
  return FALSE;
}

static void
changes_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Job    *job = g_task_get_task_data (task);
  GError *error = NULL;
  g_autoptr (UcPostPage) page =
      _uc_request_queue_send_finish (UC_REQUEST_QUEUE (source), result, &error);
  UcBatch *batch;
  gint64   seen_ms;

  if (page == NULL) {
    g_task_return_error (task, error);
    return;
  }
  if (job->depth == UC_READ_CHANGES && has_new_post (page, job->mark_ms)) {
    ask_newest (task);
    return;
  }

  batch = uc_batch_new ();
  seen_ms = _uc_page_put_loose (job->people, batch, page);
  job->seen_ms = MAX (job->seen_ms, seen_ms);
  job->is_cut = page->n_raw >= SINCE_LIMIT && page->posts->len > 0;
  if (job->is_cut)
    g_set_str (&job->anchor_id, ((UcPost *) g_ptr_array_index (page->posts, 0))->id);
  else if (job->depth == UC_READ_CHANGES)
    uc_batch_claim_tip (batch, job->channel_id);
  uc_store_apply_async (job->context->store, batch, changes_written_cb, g_object_ref (task));
}

static void
changes_written_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Job    *job = g_task_get_task_data (task);
  GError *error = NULL;

  if (!uc_store_apply_finish (UC_STORE (source), result, &error))
    g_task_return_error (task, error);
  else if (!job->is_cut && job->depth == UC_READ_CHANGES)
    uc_store_load_spans_async (UC_STORE (source), job->channel_id, g_task_get_cancellable (task),
                               claimed_cb, g_object_ref (task));
  else if (!job->is_cut)
    verify (task);
  else
    /* The newest 1,000 rows came: changes of older posts may have been cut off. */
    uc_store_load_spans_async (UC_STORE (source), job->channel_id, g_task_get_cancellable (task),
                               spans_cb, g_object_ref (task));
}

/* Nothing new was written. Where that does not join what is stored to the present, only
 * the newest page can. */
static void
claimed_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;
  g_autoptr (GArray) spans = uc_store_load_spans_finish (UC_STORE (source), result, &error);

  if (spans == NULL)
    g_task_return_error (task, error);
  else if (spans->len > 0 && g_array_index (spans, UcSpan, spans->len - 1).reaches_tip)
    verify (task);
  else
    ask_newest (task);
}

static void
spans_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Job    *job = g_task_get_task_data (task);
  GError *error = NULL;
  g_autoptr (GArray) spans = uc_store_load_spans_finish (UC_STORE (source), result, &error);

  if (spans == NULL) {
    g_task_return_error (task, error);
    return;
  }
  job->oldest_ms =
      spans->len > 0 ? UC_SEQ_TO_MS (g_array_index (spans, UcSpan, 0).lo_seq) : G_MAXINT64;
  job->n_pages = 0;
  ask_older (task, STEP_REREAD, job->anchor_id);
}

gboolean
_uc_channel_read_finish (UcContext *context, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, context), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}
