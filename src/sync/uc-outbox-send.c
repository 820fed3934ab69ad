/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Sends one operation of the outbox and records that it arrived. When it is tried,
 * and what a failure leads to, the runner decides. */

#include "config.h"

#include "uc-outbox-send-private.h"

#include "uc-error.h"
#include "uc-file-cache-private.h"
#include "uc-outbox-upload-private.h"
#include "uc-request-queue-private.h"
#include "uc-views-private.h"

#include <glib/gi18n-lib.h>

#define SAVED_CATEGORY "flagged_post"

typedef struct {
  /* input */
  UcContext         *context; /* (owned) */
  const UcOutboxRow *row;     /* (unowned) lives as long as the task */

  /* in progress */
  GPtrArray *file_ids; /* (owned) (element-type utf8) of the files so far */

  /* result */
  UcOutboxOutcome outcome;
} Job;

static void send_files (GTask *task);
static void still_there_cb (GObject *source, GAsyncResult *result, gpointer user_data);
static void upload (GTask *task);
static void uploaded_cb (GObject *source, GAsyncResult *result, gpointer user_data);
static void upload_recorded_cb (GObject *source, GAsyncResult *result, gpointer user_data);
static void send_operation (GTask *task);
static void looked_cb (GObject *source, GAsyncResult *result, gpointer user_data);
static void rebased_cb (GObject *source, GAsyncResult *result, gpointer user_data);
static void posted_cb (GObject *source, GAsyncResult *result, gpointer user_data);
static void changed_cb (GObject *source, GAsyncResult *result, gpointer user_data);
static void deleted_cb (GObject *source, GAsyncResult *result, gpointer user_data);
static void recorded_cb (GObject *source, GAsyncResult *result, gpointer user_data);

static void
job_free (gpointer data)
{
  Job *job = data;

  g_object_unref (job->context);
  g_ptr_array_unref (job->file_ids);
  g_free (job);
}

void
_uc_outbox_send_async (UcContext          *context,
                       const UcOutboxRow  *row,
                       GCancellable       *cancellable,
                       GAsyncReadyCallback callback,
                       gpointer            user_data)
{
  g_autoptr (GTask) task = g_task_new (context, cancellable, callback, user_data);
  Job *job = g_new0 (Job, 1);

  g_task_set_source_tag (task, _uc_outbox_send_async);
  /* What arrived has arrived, whoever lost interest meanwhile. */
  g_task_set_check_cancellable (task, FALSE);
  job->context = g_object_ref (context);
  job->row = row;
  job->file_ids = g_ptr_array_new_with_free_func (g_free);
  g_task_set_task_data (task, job, job_free);

  send_files (task);
}

static void
fail (GTask *task, UcOutboxOutcome outcome, GError *error)
{
  Job *job = g_task_get_task_data (task);

  job->outcome = outcome;
  g_task_return_error (task, error);
}

static void
ask (GTask *task, UcRequest *request, GAsyncReadyCallback callback)
{
  Job *job = g_task_get_task_data (task);

  _uc_request_queue_send_async (job->context->requests, UC_LANE_OUTBOX, request,
                                g_task_get_cancellable (task), callback, g_object_ref (task));
}

/* One after the other. Of those that were sent in an earlier try it is asked whether the
 * server has them still: a post names only what it knows, without a word. */
static void
send_files (GTask *task)
{
  Job *job = g_task_get_task_data (task);

  if (job->row->files != NULL && job->file_ids->len < job->row->files->len) {
    UcFile *file = g_ptr_array_index (job->row->files, job->file_ids->len);

    if (*file->id == '\0')
      upload (task);
    else
      ask (task, uc_request_file (file->id), still_there_cb);
    return;
  }
  send_operation (task);
}

static void
still_there_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Job    *job = g_task_get_task_data (task);
  GError *error = NULL;
  g_autoptr (UcFile) file =
      _uc_request_queue_send_finish (UC_REQUEST_QUEUE (source), result, &error);

  if (file != NULL) {
    g_ptr_array_add (job->file_ids, g_strdup (file->id));
    send_files (task);
  } else if (g_error_matches (error, UC_ERROR, UC_ERROR_NOT_FOUND) ||
             g_error_matches (error, UC_ERROR, UC_ERROR_FORBIDDEN) ||
             g_error_matches (error, UC_ERROR, UC_ERROR_INVALID)) {
    g_error_free (error);
    upload (task);
  } else {
    UcOutboxOutcome outcome =
        _uc_outbox_judge (UC_OP_EDIT, error, _uc_request_queue_get_error_id (result));

    fail (task, outcome, error);
  }
}

static void
upload (GTask *task)
{
  Job *job = g_task_get_task_data (task);

  _uc_outbox_upload_async (job->context, job->row, job->file_ids->len,
                           g_task_get_cancellable (task), uploaded_cb, g_object_ref (task));
}

static void
uploaded_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Job             *job = g_task_get_task_data (task);
  GError          *error = NULL;
  const char      *error_id = "";
  g_autofree char *file_id =
      _uc_outbox_upload_finish (UC_CONTEXT (source), result, &error_id, &error);
  g_autofree char *key = _uc_outbox_upload_dup_fact_key (job->row->op_id, job->file_ids->len);
  UcBatch         *batch;

  if (file_id == NULL) {
    /* An upload is nobody's message yet: judged like a change, it may be repeated. */
    fail (task, _uc_outbox_judge (UC_OP_EDIT, error, error_id), error);
    return;
  }

  batch = uc_batch_new ();
  uc_batch_outbox_upload_done (batch, job->row->op_id, (int) job->file_ids->len, file_id);
  uc_batch_put_fact (batch, key, NULL);
  g_ptr_array_add (job->file_ids, g_steal_pointer (&file_id));
  uc_store_apply_async (job->context->store, batch, upload_recorded_cb, g_steal_pointer (&task));
}

static void
upload_recorded_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;

  if (!uc_store_apply_finish (UC_STORE (source), result, &error))
    fail (task, UC_OUTBOX_PAUSE, error);
  else
    send_files (task);
}

static UcRequest *
new_post_request (Job *job)
{
  const UcOutboxRow *row = job->row;
  g_autoptr (UcPost) post = uc_post_new ();
  g_autoptr (GStrvBuilder) file_ids = g_strv_builder_new ();

  for (guint i = 0; i < job->file_ids->len; i++)
    g_strv_builder_add (file_ids, g_ptr_array_index (job->file_ids, i));

  g_set_str (&post->channel_id, row->channel_id);
  g_set_str (&post->user_id, job->context->my_user_id);
  g_set_str (&post->root_id, row->root_id);
  g_set_str (&post->message, row->message);
  g_set_str (&post->props, row->props);
  g_set_str (&post->op_id, row->op_id);
  g_strfreev (post->file_ids);
  post->file_ids = g_strv_builder_end (file_ids);
  /* The same over all tries: a server remembers it for a while, and then the op in
   * the props still tells. */
  g_free (post->pending_post_id);
  post->pending_post_id = g_strconcat (job->context->my_user_id, ":", row->op_id, NULL);
  return uc_request_create_post (post);
}

static UcRequest *
new_reaction_request (Job *job, gboolean add)
{
  g_autoptr (UcReaction) reaction = uc_reaction_new ();

  g_set_str (&reaction->user_id, job->context->my_user_id);
  g_set_str (&reaction->post_id, job->row->post_id);
  g_set_str (&reaction->emoji_name, job->row->emoji_name);
  return add ? uc_request_add_reaction (reaction) : uc_request_remove_reaction (reaction);
}

static UcRequest *
new_save_request (Job *job, gboolean save)
{
  const char *me = job->context->my_user_id;
  g_autoptr (GPtrArray) preferences =
      g_ptr_array_new_with_free_func ((GDestroyNotify) uc_preference_unref);

  g_ptr_array_add (preferences, uc_preference_new (me, SAVED_CATEGORY, job->row->post_id, "true"));
  return save ? uc_request_put_preferences (me, preferences)
              : uc_request_delete_preferences (me, preferences);
}

static void
send_operation (GTask *task)
{
  Job               *job = g_task_get_task_data (task);
  const UcOutboxRow *row = job->row;

  switch (row->kind) {
  case UC_OP_POST:
    ask (task, new_post_request (job), posted_cb);
    break;
  case UC_OP_EDIT:
    /* A server takes the last edit whatever it was made from: that is looked at first. */
    ask (task, uc_request_post (row->post_id), looked_cb);
    break;
  case UC_OP_DELETE:
    ask (task, uc_request_delete_post (row->post_id), changed_cb);
    break;
  case UC_OP_REACT:
  case UC_OP_UNREACT:
    ask (task, new_reaction_request (job, row->kind == UC_OP_REACT), changed_cb);
    break;
  case UC_OP_PIN:
  case UC_OP_UNPIN:
    ask (task, uc_request_pin_post (row->post_id, row->kind == UC_OP_PIN), changed_cb);
    break;
  case UC_OP_SAVE:
  case UC_OP_UNSAVE:
    ask (task, new_save_request (job, row->kind == UC_OP_SAVE), changed_cb);
    break;
  case UC_OP_VIEW:
    ask (task, uc_request_view_channel (row->channel_id, ""), changed_cb);
    break;
  case UC_OP_SET_UNREAD:
    ask (task, uc_request_set_unread (row->post_id), changed_cb);
    break;
  default:
    g_assert_not_reached ();
  }
}

static void
record (GTask *task, UcOutboxOutcome outcome, UcPost *post)
{
  Job     *job = g_task_get_task_data (task);
  UcBatch *batch = uc_batch_new ();

  job->outcome = outcome;
  if (job->row->kind == UC_OP_VIEW || job->row->kind == UC_OP_SET_UNREAD)
    _uc_views_note (job->context->views, job->row->channel_id);
  uc_batch_outbox_done (batch, job->row->op_id, post);
  uc_store_apply_async (job->context->store, batch, recorded_cb, g_object_ref (task));
}

/* Edited elsewhere meanwhile: neither text may go without a person having seen both. The
 * one from there is shown with the refusal; a retry is then made from it. */
static void
refuse_edit (GTask *task, UcPost *post)
{
  Job     *job = g_task_get_task_data (task);
  UcBatch *batch = uc_batch_new ();

  uc_batch_put_post (batch, post);
  uc_batch_outbox_rebase (batch, job->row->op_id, post->message);
  uc_store_apply_async (job->context->store, batch, rebased_cb, g_object_ref (task));
}

static void
rebased_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;

  if (uc_store_apply_finish (UC_STORE (source), result, &error))
    fail (task, UC_OUTBOX_REFUSED,
          g_error_new_literal (UC_ERROR, UC_ERROR_CONFLICT,
                               _ ("The message was edited elsewhere meanwhile. Retry puts your "
                                  "text in its place.")));
  else
    fail (task, UC_OUTBOX_RETRY, error);
}

static void
looked_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Job               *job = g_task_get_task_data (task);
  const UcOutboxRow *row = job->row;
  GError            *error = NULL;
  g_autoptr (UcPost) post =
      _uc_request_queue_send_finish (UC_REQUEST_QUEUE (source), result, &error);

  if (post == NULL)
    fail (task, _uc_outbox_judge (UC_OP_EDIT, error, _uc_request_queue_get_error_id (result)),
          error);
  /* An earlier try arrived, and its answer did not. */
  else if (g_str_equal (post->message, row->message))
    record (task, UC_OUTBOX_DONE, post);
  else if (*row->props != '\0' && !g_str_equal (post->message, row->props))
    refuse_edit (task, post);
  else
    ask (task, uc_request_patch_post (row->post_id, row->message), posted_cb);
}

static void
posted_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Job    *job = g_task_get_task_data (task);
  GError *error = NULL;
  g_autoptr (UcPost) post =
      _uc_request_queue_send_finish (UC_REQUEST_QUEUE (source), result, &error);

  if (post == NULL) {
    UcOutboxOutcome outcome =
        _uc_outbox_judge (job->row->kind, error, _uc_request_queue_get_error_id (result));

    fail (task, outcome, error);
    return;
  }
  /* Files that are unknown to it a server drops without a word. */
  if (g_strv_length (post->file_ids) < job->file_ids->len) {
    error = g_error_new (UC_ERROR, UC_ERROR_PROTOCOL,
                         _ ("The server kept %u of %u files of a message."),
                         g_strv_length (post->file_ids), job->file_ids->len);
    g_signal_emit_by_name (job->context, "trouble", error);
    g_clear_error (&error);
  }
  record (task, UC_OUTBOX_DONE, post);
}

static void
changed_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Job     *job = g_task_get_task_data (task);
  GError  *error = NULL;
  gpointer answer = _uc_request_queue_send_finish (UC_REQUEST_QUEUE (source), result, &error);
  UcOutboxOutcome outcome =
      _uc_outbox_judge (job->row->kind, error, _uc_request_queue_get_error_id (result));

  if (job->row->kind == UC_OP_SET_UNREAD)
    g_clear_pointer ((UcMember **) &answer, uc_member_unref);

  if (outcome == UC_OUTBOX_DONE || outcome == UC_OUTBOX_GONE) {
    g_clear_error (&error);
    record (task, outcome, NULL);
  } else if (outcome == UC_OUTBOX_CHECK_DELETED) {
    g_clear_error (&error);
    ask (task, uc_request_post (job->row->post_id), deleted_cb);
  } else {
    fail (task, outcome, error);
  }
}

static void
deleted_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (UcPost) post =
      _uc_request_queue_send_finish (UC_REQUEST_QUEUE (source), result, &error);

  if (g_error_matches (error, UC_ERROR, UC_ERROR_NOT_FOUND))
    record (task, UC_OUTBOX_GONE, NULL);
  else
    fail (task, UC_OUTBOX_REFUSED,
          g_error_new_literal (UC_ERROR, UC_ERROR_FORBIDDEN,
                               _ ("You are not allowed to delete this message.")));
}

/* The copies of the files are the first thing the cache has of them. */
static void
adopt_files (Job *job)
{
  for (guint i = 0; i < job->file_ids->len; i++) {
    UcFile *file = g_ptr_array_index (job->row->files, i);

    if (file->local_path != NULL)
      _uc_file_cache_adopt (job->context, g_ptr_array_index (job->file_ids, i), file->local_path);
  }
}

static void
recorded_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Job    *job = g_task_get_task_data (task);
  GError *error = NULL;

  /* Arrived, and not written down: it stays open and is looked for at the next start. */
  if (!uc_store_apply_finish (UC_STORE (source), result, &error)) {
    fail (task, UC_OUTBOX_PAUSE, error);
    return;
  }
  adopt_files (job);
  g_task_return_boolean (task, TRUE);
}

UcOutboxOutcome
_uc_outbox_send_finish (UcContext *context, GAsyncResult *result, GError **error)
{
  Job *job = g_task_get_task_data (G_TASK (result));

  g_return_val_if_fail (g_task_is_valid (result, context), UC_OUTBOX_REFUSED);

  g_task_propagate_boolean (G_TASK (result), error);
  return job->outcome;
}
