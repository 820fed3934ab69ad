/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Brings channels up to date, a few side by side and the most urgent first. Which of
 * them need it, others find out. */

#include "config.h"

#include "uc-channel-sync-private.h"

#include "uc-backoff.h"
#include "uc-error.h"

#define MAX_ACTIVE    4
#define RETRY_BASE_MS 3000
#define RETRY_MAX_MS  60000

typedef struct {
  UcChannelSync *self; /* (owned) while active */
  char          *channel_id;
  UcLane         lane;
  UcReadDepth    depth;
  UcBackoff      backoff;
  gint64         not_before_us;

  GCancellable *cancellable; /* (owned) (nullable) while active */
  gboolean      is_again;    /* asked for again meanwhile */
} Job;

struct _UcChannelSync {
  GObject parent_instance;

  UcContext    *context;    /* (owned) */
  UcPeople     *people;     /* (owned) */
  UcWatermarks *watermarks; /* (owned) */
  UcIngest     *ingest;     /* (owned) */

  GPtrArray *waiting; /* (owned) (element-type Job) in order of asking */
  GPtrArray *active;  /* (owned) (element-type Job); freed by their last step */
  guint      retry_id;
  gboolean   is_announcing;
};

enum {
  PROGRESS,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (UcChannelSync, uc_channel_sync, G_TYPE_OBJECT)

static void read_cb (GObject *source, GAsyncResult *result, gpointer user_data);
static void pump (UcChannelSync *self);

static void
job_free (gpointer data)
{
  Job *job = data;

  g_clear_object (&job->self);
  g_clear_object (&job->cancellable);
  g_free (job->channel_id);
  g_free (job);
}

static Job *
find (GPtrArray *jobs, const char *channel_id)
{
  for (guint i = 0; i < jobs->len; i++) {
    Job *job = g_ptr_array_index (jobs, i);

    if (g_str_equal (job->channel_id, channel_id))
      return job;
  }
  return NULL;
}

/* -- One channel ------------------------------------------------------------------------------- */

static void
begin (Job *job)
{
  UcChannelSync *self = job->self;
  UcReadEnv      env = {
         .context = self->context,
         .people = self->people,
         .watermarks = self->watermarks,
         .announce = self->is_announcing ? self->ingest : NULL,
  };

  job->cancellable = g_cancellable_new ();
  _uc_channel_read_async (&env, job->channel_id, job->lane, job->depth, job->cancellable, read_cb,
                          job);
}

/* Takes @job off the active ones; TRUE when nobody gave it up meanwhile. */
static gboolean
leave (Job *job)
{
  gboolean is_wanted = !g_cancellable_is_cancelled (job->cancellable);

  g_ptr_array_remove_fast (job->self->active, job);
  g_clear_object (&job->cancellable);
  return is_wanted;
}

static void
finish (Job *job)
{
  g_autoptr (UcChannelSync) self = g_object_ref (job->self);
  gboolean is_again = leave (job) && job->is_again;

  if (is_again)
    _uc_channel_sync_add (self, job->channel_id, job->lane, UC_READ_NEW_TOO);
  job_free (job);
  g_signal_emit (self, signals[PROGRESS], 0);
  pump (self);
}

static void
fail (Job *job, GError *error)
{
  g_autoptr (UcChannelSync) self = g_object_ref (job->self);
  g_autoptr (GError) taken = error;

  /* What does not speak as a server does, a portal say, passes too. */
  gboolean passes =
      uc_error_is_transient (error) || g_error_matches (error, UC_ERROR, UC_ERROR_PROTOCOL);

  if (leave (job) && passes) {
    job->not_before_us = g_get_monotonic_time () + (gint64) uc_backoff_next (&job->backoff) * 1000;
    g_clear_object (&job->self);
    g_ptr_array_add (self->waiting, job);
  } else {
    if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
      g_message ("A channel was not read: %s", error->message);
    if (g_error_matches (error, UC_ERROR, UC_ERROR_STORAGE))
      g_signal_emit_by_name (self->context, "trouble", error);
    job_free (job);
  }
  g_signal_emit (self, signals[PROGRESS], 0);
  pump (self);
}

static void
read_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Job    *job = user_data;
  GError *error = NULL;

  if (_uc_channel_read_finish (UC_CONTEXT (source), result, &error))
    finish (job);
  else
    fail (job, error);
}

/* -- The queue ---------------------------------------------------------------------------- */

/* The most urgent that may begin; of equals the one that was asked for first. */
static guint
find_next (UcChannelSync *self, gint64 now_us, gint64 *earliest_us)
{
  guint best = G_MAXUINT;

  for (guint i = 0; i < self->waiting->len; i++) {
    Job *job = g_ptr_array_index (self->waiting, i);

    if (job->not_before_us > now_us)
      *earliest_us = MIN (*earliest_us, job->not_before_us);
    else if (find (self->active, job->channel_id) == NULL &&
             (best == G_MAXUINT ||
              job->lane < ((Job *) g_ptr_array_index (self->waiting, best))->lane))
      best = i;
  }
  return best;
}

static void
retry_cb (gpointer user_data)
{
  UcChannelSync *self = user_data;

  self->retry_id = 0;
  pump (self);
}

static void
pump (UcChannelSync *self)
{
  gint64 now_us = g_get_monotonic_time ();
  gint64 earliest_us = G_MAXINT64;
  guint  next;

  while (self->active->len < MAX_ACTIVE &&
         (next = find_next (self, now_us, &earliest_us)) != G_MAXUINT) {
    Job *job = g_ptr_array_steal_index (self->waiting, next);

    job->self = g_object_ref (self);
    g_ptr_array_add (self->active, job);
    begin (job);
  }

  g_clear_handle_id (&self->retry_id, g_source_remove);
  if (earliest_us != G_MAXINT64)
    self->retry_id =
        g_timeout_add_once ((guint) ((earliest_us - now_us) / 1000 + 1), retry_cb, self);
}

static void
uc_channel_sync_dispose (GObject *object)
{
  UcChannelSync *self = UC_CHANNEL_SYNC (object);

  g_clear_handle_id (&self->retry_id, g_source_remove);
  g_clear_object (&self->people);
  g_clear_object (&self->watermarks);
  g_clear_object (&self->ingest);
  g_clear_object (&self->context);

  G_OBJECT_CLASS (uc_channel_sync_parent_class)->dispose (object);
}

static void
uc_channel_sync_finalize (GObject *object)
{
  UcChannelSync *self = UC_CHANNEL_SYNC (object);

  g_ptr_array_unref (self->waiting);
  g_ptr_array_unref (self->active);

  G_OBJECT_CLASS (uc_channel_sync_parent_class)->finalize (object);
}

static void
uc_channel_sync_class_init (UcChannelSyncClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = uc_channel_sync_dispose;
  object_class->finalize = uc_channel_sync_finalize;

  signals[PROGRESS] = g_signal_new ("progress", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0,
                                    NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
uc_channel_sync_init (UcChannelSync *self)
{
  self->waiting = g_ptr_array_new_with_free_func (job_free);
  self->active = g_ptr_array_new ();
}

UcChannelSync *
_uc_channel_sync_new (UcContext    *context,
                      UcPeople     *people,
                      UcWatermarks *watermarks,
                      UcIngest     *ingest)
{
  UcChannelSync *self = g_object_new (UC_TYPE_CHANNEL_SYNC, NULL);

  self->context = g_object_ref (context);
  self->people = g_object_ref (people);
  self->watermarks = g_object_ref (watermarks);
  self->ingest = g_object_ref (ingest);
  return self;
}

void
_uc_channel_sync_set_announcing (UcChannelSync *self, gboolean is_announcing)
{
  self->is_announcing = is_announcing;
}

void
_uc_channel_sync_add (UcChannelSync *self, const char *channel_id, UcLane lane, UcReadDepth depth)
{
  Job *active = find (self->active, channel_id);
  Job *job = find (self->waiting, channel_id);

  if (active != NULL && !g_cancellable_is_cancelled (active->cancellable)) {
    active->is_again = active->is_again || depth == UC_READ_NEW_TOO;
    return;
  }
  if (job == NULL) {
    job = g_new0 (Job, 1);
    job->channel_id = g_strdup (channel_id);
    job->lane = lane;
    job->depth = depth;
    uc_backoff_init (&job->backoff, RETRY_BASE_MS, RETRY_MAX_MS, NULL);
    g_ptr_array_add (self->waiting, job);
  } else {
    /* Whoever asks again has a reason to. */
    job->not_before_us = 0;
    job->lane = MIN (job->lane, lane);
    job->depth = MAX (job->depth, depth);
  }
  pump (self);
}

void
_uc_channel_sync_remove (UcChannelSync *self, const char *channel_id)
{
  Job *active = find (self->active, channel_id);
  Job *waiting = find (self->waiting, channel_id);

  if (active != NULL)
    g_cancellable_cancel (active->cancellable);
  if (waiting != NULL)
    g_ptr_array_remove (self->waiting, waiting);
}

void
_uc_channel_sync_clear (UcChannelSync *self)
{
  g_clear_handle_id (&self->retry_id, g_source_remove);
  g_ptr_array_set_size (self->waiting, 0);
  for (guint i = 0; i < self->active->len; i++)
    g_cancellable_cancel (((Job *) g_ptr_array_index (self->active, i))->cancellable);
}

void
_uc_channel_sync_retry_now (UcChannelSync *self)
{
  for (guint i = 0; i < self->waiting->len; i++)
    ((Job *) g_ptr_array_index (self->waiting, i))->not_before_us = 0;
  pump (self);
}

gboolean
_uc_channel_sync_is_done (UcChannelSync *self, UcLane lane)
{
  gint64 now_us = g_get_monotonic_time ();

  for (guint i = 0; i < self->waiting->len; i++) {
    Job *job = g_ptr_array_index (self->waiting, i);

    if (job->lane <= lane && job->not_before_us <= now_us)
      return FALSE;
  }
  for (guint i = 0; i < self->active->len; i++)
    if (((Job *) g_ptr_array_index (self->active, i))->lane <= lane)
      return FALSE;
  return TRUE;
}
