/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The first half of catching up: the lists. Teams and preferences, then for each
 * team the channels and memberships, all written in one batch, so that a failure
 * half way leaves the store as it was. Which channels then need reading is found by
 * comparing with what was stored before. */

#include "config.h"

#include "uc-catch-up-private.h"

#include "uc-error.h"
#include "uc-join.h"
#include "uc-request-queue-private.h"
#include "uc-views-private.h"

typedef struct {
  /* input */
  UcContext    *context;    /* (owned) */
  UcWatermarks *watermarks; /* (owned) */

  /* in progress */
  GHashTable *stored;      /* (owned) channel id to UcChannelState */
  GHashTable *by_id;       /* (owned) channel id to UcChannel in lists->channels */
  GPtrArray  *preferences; /* (owned) */
  gint64      asked_us;    /* when the memberships were asked for */

  /* result */
  UcLists *lists; /* (owned) */
} Job;

typedef struct {
  UcChannel *channel; /* (owned) */
  UcMember  *member;  /* (owned) */
  gint64     asked_us;
} OneChannel;

static void first_lists_cb (GObject *source, GAsyncResult *result, gpointer user_data);
static void team_lists_cb (GObject *source, GAsyncResult *result, gpointer user_data);
static void marks_cb (GObject *source, GAsyncResult *result, gpointer user_data);
static void lists_written_cb (GObject *source, GAsyncResult *result, gpointer user_data);

static void
job_free (gpointer data)
{
  Job *job = data;

  g_object_unref (job->context);
  g_object_unref (job->watermarks);
  g_clear_pointer (&job->stored, g_hash_table_unref);
  g_clear_pointer (&job->by_id, g_hash_table_unref);
  g_clear_pointer (&job->preferences, g_ptr_array_unref);
  g_clear_pointer (&job->lists, uc_lists_free);
  g_free (job);
}

static void
one_channel_free (gpointer data)
{
  OneChannel *one = data;

  g_clear_pointer (&one->channel, uc_channel_unref);
  g_clear_pointer (&one->member, uc_member_unref);
  g_free (one);
}

static UcLists *
lists_new (void)
{
  UcLists *lists = g_new0 (UcLists, 1);

  lists->channels = g_ptr_array_new_with_free_func ((GDestroyNotify) uc_channel_unref);
  lists->members =
      g_hash_table_new_full (g_str_hash, g_str_equal, NULL, (GDestroyNotify) uc_member_unref);
  lists->dirty = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  lists->partner_ids = g_ptr_array_new_with_free_func (g_free);
  return lists;
}

void
uc_lists_free (UcLists *lists)
{
  g_clear_pointer (&lists->teams, g_ptr_array_unref);
  g_ptr_array_unref (lists->channels);
  g_hash_table_unref (lists->members);
  g_hash_table_unref (lists->dirty);
  g_ptr_array_unref (lists->partner_ids);
  g_free (lists);
}

/**
 * _uc_catch_up_judge:
 * @stored: (nullable): the channel as it was stored before the lists were read
 * @now: the channel as the server has it
 * @mark_ms: up to when the channel is known; 0: never read
 *
 * Returns: whether its newest posts must be read
 */
UcChannelDirt
_uc_catch_up_judge (const UcChannelState *stored, const UcChannel *now, gint64 mark_ms)
{
  if (stored == NULL || mark_ms == 0)
    return UC_CHANNEL_DIRTY;
  if (now->last_post_at_ms > mark_ms)
    return UC_CHANNEL_DIRTY;
  /* The same newest post and another count: something between was missed. */
  if (now->total_msg_count != stored->channel->total_msg_count)
    return UC_CHANNEL_DIRTY;
  return UC_CHANNEL_CLEAN;
}

/* -- The lists, step by step --------------------------------------------------------- */

static void
stored_channels_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  UcJoin *join = user_data;
  Job    *job = g_task_get_task_data (uc_join_get_task (join));
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) states = uc_store_load_channels_finish (UC_STORE (source), result, &error);

  job->stored =
      g_hash_table_new_full (g_str_hash, g_str_equal, NULL, (GDestroyNotify) uc_channel_state_free);
  while (states != NULL && states->len > 0) {
    UcChannelState *state = g_ptr_array_steal_index_fast (states, states->len - 1);

    g_hash_table_insert (job->stored, state->channel->id, state);
  }
  uc_join_done (join, g_steal_pointer (&error));
}

static void
teams_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  UcJoin *join = user_data;
  Job    *job = g_task_get_task_data (uc_join_get_task (join));
  GError *error = NULL;

  job->lists->teams = _uc_request_queue_send_finish (UC_REQUEST_QUEUE (source), result, &error);
  uc_join_done (join, error);
}

static void
preferences_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  UcJoin *join = user_data;
  Job    *job = g_task_get_task_data (uc_join_get_task (join));
  GError *error = NULL;

  job->preferences = _uc_request_queue_send_finish (UC_REQUEST_QUEUE (source), result, &error);
  uc_join_done (join, error);
}

/* Every team's answer repeats the direct and group channels. */
static void
channels_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  UcJoin *join = user_data;
  Job    *job = g_task_get_task_data (uc_join_get_task (join));
  GError *error = NULL;
  g_autoptr (GPtrArray) channels =
      _uc_request_queue_send_finish (UC_REQUEST_QUEUE (source), result, &error);

  for (guint i = 0; channels != NULL && i < channels->len; i++) {
    UcChannel *channel = g_ptr_array_index (channels, i);

    if (channel->delete_at_ms == 0 && g_hash_table_insert (job->by_id, channel->id, channel))
      g_ptr_array_add (job->lists->channels, uc_channel_ref (channel));
  }
  uc_join_done (join, error);
}

static void
members_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  UcJoin *join = user_data;
  Job    *job = g_task_get_task_data (uc_join_get_task (join));
  GError *error = NULL;
  g_autoptr (GPtrArray) members =
      _uc_request_queue_send_finish (UC_REQUEST_QUEUE (source), result, &error);

  for (guint i = 0; members != NULL && i < members->len; i++) {
    UcMember *member = g_ptr_array_index (members, i);

    g_hash_table_replace (job->lists->members, member->channel_id, uc_member_ref (member));
  }
  uc_join_done (join, error);
}

static void
ask (Job *job, UcJoin *join, UcRequest *request, GAsyncReadyCallback callback)
{
  _uc_request_queue_send_async (job->context->requests, UC_LANE_CATCH_UP, request,
                                g_task_get_cancellable (uc_join_get_task (join)), callback,
                                uc_join_part (join));
}

static UcJoin *
join_step (GTask *task, GAsyncReadyCallback callback)
{
  Job   *job = g_task_get_task_data (task);
  GTask *step =
      g_task_new (job->context, g_task_get_cancellable (task), callback, g_object_ref (task));

  g_task_set_source_tag (step, join_step);
  /* The parts find the job through their step's task. */
  g_task_set_task_data (step, job, NULL);
  return uc_join_new (step);
}

void
_uc_catch_up_lists_async (UcContext          *context,
                          UcWatermarks       *watermarks,
                          GCancellable       *cancellable,
                          GAsyncReadyCallback callback,
                          gpointer            user_data)
{
  g_autoptr (GTask) task = g_task_new (context, cancellable, callback, user_data);
  Job    *job = g_new0 (Job, 1);
  UcJoin *join;

  g_task_set_source_tag (task, _uc_catch_up_lists_async);
  job->context = g_object_ref (context);
  job->watermarks = g_object_ref (watermarks);
  job->by_id = g_hash_table_new (g_str_hash, g_str_equal);
  job->lists = lists_new ();
  g_task_set_task_data (task, job, job_free);

  join = join_step (task, first_lists_cb);
  uc_store_load_channels_async (context->store, NULL, cancellable, stored_channels_cb,
                                uc_join_part (join));
  ask (job, join, uc_request_my_teams (), teams_cb);
  ask (job, join, uc_request_preferences (), preferences_cb);
  uc_join_release (join);
}

static void
first_lists_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Job    *job = g_task_get_task_data (task);
  GError *error = NULL;
  UcJoin *join;

  if (!g_task_propagate_boolean (G_TASK (result), &error)) {
    g_task_return_error (task, error);
    return;
  }

  job->asked_us = g_get_monotonic_time ();
  join = join_step (task, team_lists_cb);
  for (guint i = 0; i < job->lists->teams->len; i++) {
    UcTeam *team = g_ptr_array_index (job->lists->teams, i);

    ask (job, join, uc_request_my_channels (team->id), channels_cb);
    ask (job, join, uc_request_my_members (team->id), members_cb);
  }
  uc_join_release (join);
}

static void
team_lists_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Job    *job = g_task_get_task_data (task);
  GError *error = NULL;
  g_autoptr (GPtrArray) ids = NULL;

  if (!g_task_propagate_boolean (G_TASK (result), &error)) {
    g_task_return_error (task, error);
    return;
  }

  ids = g_ptr_array_new ();
  for (guint i = 0; i < job->lists->channels->len; i++)
    g_ptr_array_add (ids, ((UcChannel *) g_ptr_array_index (job->lists->channels, i))->id);
  _uc_watermarks_load_async (job->watermarks, ids, g_task_get_cancellable (task), marks_cb,
                             g_object_ref (task));
}

static int
compare_by_last_post (gconstpointer a, gconstpointer b)
{
  const UcChannel *left = *(UcChannel *const *) a;
  const UcChannel *right = *(UcChannel *const *) b;

  return (right->last_post_at_ms > left->last_post_at_ms) -
         (right->last_post_at_ms < left->last_post_at_ms);
}

static void
judge_all (Job *job)
{
  UcLists *lists = job->lists;

  g_ptr_array_sort (lists->channels, compare_by_last_post);
  for (guint i = 0; i < lists->channels->len; i++) {
    UcChannel *channel = g_ptr_array_index (lists->channels, i);
    gint64     mark_ms = _uc_watermarks_get (job->watermarks, channel->id);
    char      *partner_id;

    if (_uc_catch_up_judge (g_hash_table_lookup (job->stored, channel->id), channel, mark_ms) ==
        UC_CHANNEL_DIRTY)
      g_hash_table_add (lists->dirty, g_strdup (channel->id));

    partner_id = uc_channel_dup_partner_id (channel, job->context->my_user_id);
    if (partner_id != NULL)
      g_ptr_array_add (lists->partner_ids, partner_id);
  }
}

static void
marks_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Job     *job = g_task_get_task_data (task);
  GError  *error = NULL;
  UcBatch *batch;

  if (!_uc_watermarks_load_finish (job->watermarks, result, &error)) {
    g_task_return_error (task, error);
    return;
  }
  judge_all (job);

  batch = uc_batch_new ();
  uc_batch_replace_teams (batch, job->lists->teams);
  uc_batch_replace_preferences (batch, job->preferences);
  uc_batch_replace_channels (batch, job->lists->channels);
  for (guint i = 0; i < job->lists->channels->len; i++) {
    UcChannel *channel = g_ptr_array_index (job->lists->channels, i);
    UcMember  *member = g_hash_table_lookup (job->lists->members, channel->id);

    if (member == NULL)
      continue;
    if (_uc_views_has_since (job->context->views, channel->id, job->asked_us))
      job->lists->is_overtaken = TRUE;
    else
      uc_batch_put_member (batch, member);
  }
  uc_store_apply_async (job->context->store, batch, lists_written_cb, g_steal_pointer (&task));
}

static void
lists_written_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Job    *job = g_task_get_task_data (task);
  GError *error = NULL;

  if (!uc_store_apply_finish (UC_STORE (source), result, &error))
    g_task_return_error (task, error);
  else
    g_task_return_pointer (task, g_steal_pointer (&job->lists), (GDestroyNotify) uc_lists_free);
}

UcLists *
_uc_catch_up_lists_finish (UcContext *context, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, context), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

/* -- One channel ---------------------------------------------------------------------- */

static void
channel_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  UcJoin     *join = user_data;
  OneChannel *one = g_task_get_task_data (uc_join_get_task (join));
  GError     *error = NULL;

  one->channel = _uc_request_queue_send_finish (UC_REQUEST_QUEUE (source), result, &error);
  uc_join_done (join, error);
}

static void
member_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  UcJoin     *join = user_data;
  OneChannel *one = g_task_get_task_data (uc_join_get_task (join));
  GError     *error = NULL;

  one->member = _uc_request_queue_send_finish (UC_REQUEST_QUEUE (source), result, &error);
  uc_join_done (join, error);
}

void
_uc_catch_up_channel_async (UcContext          *context,
                            const char         *channel_id,
                            GCancellable       *cancellable,
                            GAsyncReadyCallback callback,
                            gpointer            user_data)
{
  GTask      *task = g_task_new (context, cancellable, callback, user_data);
  OneChannel *one = g_new0 (OneChannel, 1);
  UcJoin     *join;

  g_task_set_source_tag (task, _uc_catch_up_channel_async);
  one->asked_us = g_get_monotonic_time ();
  g_task_set_task_data (task, one, one_channel_free);
  join = uc_join_new (task);
  _uc_request_queue_send_async (context->requests, UC_LANE_CATCH_UP,
                                uc_request_channel (channel_id), cancellable, channel_cb,
                                uc_join_part (join));
  _uc_request_queue_send_async (context->requests, UC_LANE_CATCH_UP,
                                uc_request_my_member (channel_id), cancellable, member_cb,
                                uc_join_part (join));
  uc_join_release (join);
}

/**
 * _uc_catch_up_channel_finish:
 *
 * Gives the batch with both records to the store before it returns, so that what is
 * applied afterwards finds the channel there.
 *
 * Errors: CONFLICT when it was read or marked as unread meanwhile, so that the
 * membership may be older than what is stored, and all the others of a request
 *
 * Returns: (transfer full): the channel
 */
UcChannel *
_uc_catch_up_channel_finish (UcContext *context, GAsyncResult *result, GError **error)
{
  OneChannel *one = g_task_get_task_data (G_TASK (result));
  UcBatch    *batch;

  g_return_val_if_fail (g_task_is_valid (result, context), NULL);

  if (!g_task_propagate_boolean (G_TASK (result), error))
    return NULL;

  if (_uc_views_has_since (context->views, one->channel->id, one->asked_us)) {
    g_set_error_literal (error, UC_ERROR, UC_ERROR_CONFLICT, "Read meanwhile");
    return NULL;
  }
  batch = uc_batch_new ();
  uc_batch_put_channel (batch, one->channel);
  uc_batch_put_member (batch, one->member);
  _uc_context_apply (context, batch);
  return g_steal_pointer (&one->channel);
}
