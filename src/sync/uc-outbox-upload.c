/* SPDX-License-Identifier: GPL-3.0-or-later */

/* One file on its way to the server, step by step. What is remembered between two tries
 * lies in the store; what the server has of it, only the server is asked. */

#include "config.h"

#include "uc-outbox-upload-private.h"

#include "uc-error.h"
#include "uc-file-digest-private.h"
#include "uc-file-transfers-private.h"
#include "uc-request-queue-private.h"

#include <glib/gi18n-lib.h>

/* Sooner sent again than asked about. */
#define RESUMABLE_FROM_BYTES (1024 * 1024)
/* Times a new upload is begun because the server does not go on with one. */
#define MAX_BEGINNINGS 3

typedef struct {
  /* input */
  UcContext *context;    /* (owned) */
  char      *channel_id; /* (owned) */
  UcFile    *file;       /* (owned) */
  char      *key;        /* (owned) of what is remembered */
  char      *shown_id;   /* (owned) by which the screen knows it */
  char      *digest;     /* (owned) (nullable) */

  /* in progress */
  UcUploadMemory memory;
  gint64         offset_bytes;
  gint64         sent_bytes; /* of the piece under way */
  guint          n_beginnings;

  /* result */
  char *error_id; /* (owned) */
} Job;

static void checked_cb (GObject *source, GAsyncResult *result, gpointer user_data);
static void send_simple (GTask *task);
static void simple_cb (GObject *source, GAsyncResult *result, gpointer user_data);
static void recalled_cb (GObject *source, GAsyncResult *result, gpointer user_data);
static void begin (GTask *task);
static void begun_cb (GObject *source, GAsyncResult *result, gpointer user_data);
static void ask_state (GTask *task);
static void state_cb (GObject *source, GAsyncResult *result, gpointer user_data);
static void look_for_file (GTask *task);
static void found_cb (GObject *source, GAsyncResult *result, gpointer user_data);
static void remember (GTask *task);
static void remembered_cb (GObject *source, GAsyncResult *result, gpointer user_data);
static void piece_cb (GObject *source, GAsyncResult *result, gpointer user_data);
static void compared_cb (GObject *source, GAsyncResult *result, gpointer user_data);

static void
job_free (gpointer data)
{
  Job *job = data;

  g_object_unref (job->context);
  uc_file_unref (job->file);
  _uc_upload_memory_clear (&job->memory);
  g_free (job->channel_id);
  g_free (job->key);
  g_free (job->shown_id);
  g_free (job->digest);
  g_free (job->error_id);
  g_free (job);
}

/* -- The end -------------------------------------------------------------------------- */

/* Takes @error. */
static void
fail (GTask *task, GError *error)
{
  Job           *job = g_task_get_task_data (task);
  const gboolean is_stopped =
      _uc_file_transfers_is_stopped (job->context->transfers, job->shown_id);

  _uc_file_transfers_end (job->context->transfers, job->shown_id);
  if (is_stopped && g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED)) {
    g_error_free (error);
    error = g_error_new_literal (UC_ERROR, UC_ERROR_DISABLED, _ ("You stopped it."));
  }
  g_task_return_error (task, error);
}

static void
fail_request (GTask *task, GAsyncResult *result, GError *error)
{
  Job *job = g_task_get_task_data (task);

  g_set_str (&job->error_id, _uc_request_queue_get_error_id (result));
  fail (task, error);
}

static void
succeed (GTask *task, const char *file_id)
{
  Job *job = g_task_get_task_data (task);

  _uc_file_transfers_end (job->context->transfers, job->shown_id);
  g_task_return_pointer (task, g_strdup (file_id), g_free);
}

/* The request may be made again as it is, later. */
static gboolean
may_try_later (const GError *error, GAsyncResult *result)
{
  return uc_error_is_transient (error) || error->domain != UC_ERROR ||
         g_error_matches (error, UC_ERROR, UC_ERROR_PROTOCOL) ||
         _uc_request_is_session_end (error, _uc_request_queue_get_error_id (result)) ||
         g_error_matches (error, UC_ERROR, UC_ERROR_AUTH) ||
         g_error_matches (error, UC_ERROR, UC_ERROR_STORAGE);
}

/* -- Step by step ----------------------------------------------------------------------- */

static void
ask (GTask *task, UcRequest *request, GAsyncReadyCallback callback)
{
  Job *job = g_task_get_task_data (task);

  _uc_request_queue_send_async (job->context->requests, UC_LANE_OUTBOX, request,
                                g_task_get_cancellable (task), callback, g_object_ref (task));
}

void
_uc_outbox_upload_async (UcContext          *context,
                         const UcOutboxRow  *row,
                         guint               index,
                         GCancellable       *cancellable,
                         GAsyncReadyCallback callback,
                         gpointer            user_data)
{
  g_autoptr (GTask) task = g_task_new (context, cancellable, callback, user_data);
  Job *job = g_new0 (Job, 1);

  g_task_set_source_tag (task, _uc_outbox_upload_async);
  g_task_set_check_cancellable (task, FALSE);
  job->context = g_object_ref (context);
  job->channel_id = g_strdup (row->channel_id);
  job->file = uc_file_ref (g_ptr_array_index (row->files, index));
  job->key = _uc_outbox_upload_dup_fact_key (row->op_id, index);
  job->shown_id = g_strdup_printf ("local:%s:%u", row->op_id, index);
  job->error_id = g_strdup ("");
  job->memory.begun_bytes = -1;
  job->digest = _uc_file_digest_dup_expected (job->file->local_path);
  g_task_set_task_data (task, job, job_free);

  _uc_file_transfers_begin (context->transfers, job->shown_id, job->file->size_bytes, cancellable);
  _uc_file_digest_check_async (job->file->local_path, job->file->size_bytes, job->digest,
                               cancellable, checked_cb, g_object_ref (task));
}

static void
checked_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Job    *job = g_task_get_task_data (task);
  GError *error = NULL;

  if (!_uc_file_digest_check_finish (result, &error)) {
    g_prefix_error (&error, "“%s”: ", job->file->name);
    fail (task, error);
  } else if (job->file->size_bytes < RESUMABLE_FROM_BYTES) {
    send_simple (task);
  } else {
    uc_store_load_fact_async (job->context->store, job->key, NULL, recalled_cb,
                              g_object_ref (task));
  }
}

static void
progress_cb (gint64 done_bytes, gint64 total_bytes, gpointer user_data)
{
  Job *job = user_data;

  job->sent_bytes = done_bytes;
  _uc_file_transfers_step (job->context->transfers, job->shown_id, job->offset_bytes + done_bytes,
                           job->file->size_bytes);
}

/* -- At once ---------------------------------------------------------------------------- */

static void
send_simple (GTask *task)
{
  Job       *job = g_task_get_task_data (task);
  UcRequest *request =
      uc_request_upload_file (job->channel_id, job->file->name, job->file->local_path);

  job->offset_bytes = 0;
  uc_request_set_progress (request, progress_cb, job);
  ask (task, request, simple_cb);
}

static void
simple_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;
  g_autoptr (GPtrArray) files =
      _uc_request_queue_send_finish (UC_REQUEST_QUEUE (source), result, &error);

  if (files != NULL && files->len == 0)
    g_set_error_literal (&error, UC_ERROR, UC_ERROR_PROTOCOL,
                         _ ("The server did not keep the file."));
  if (error != NULL)
    fail_request (task, result, error);
  else
    succeed (task, ((UcFile *) g_ptr_array_index (files, 0))->id);
}

/* -- In pieces ---------------------------------------------------------------------------- */

static void
recalled_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Job             *job = g_task_get_task_data (task);
  g_autofree char *text = uc_store_load_fact_finish (UC_STORE (source), result, NULL);

  if (_uc_upload_memory_parse (&job->memory, text))
    ask_state (task);
  else
    begin (task);
}

static void
begin (GTask *task)
{
  Job *job = g_task_get_task_data (task);

  _uc_upload_memory_clear (&job->memory);
  if (job->n_beginnings++ >= MAX_BEGINNINGS) {
    fail (task, g_error_new_literal (UC_ERROR, UC_ERROR_SERVER,
                                     _ ("The server does not go on with the file.")));
    return;
  }
  ask (task, uc_request_create_upload (job->channel_id, job->file->name, job->file->size_bytes),
       begun_cb);
}

static void
begun_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Job    *job = g_task_get_task_data (task);
  GError *error = NULL;
  g_autoptr (UcUploadState) state =
      _uc_request_queue_send_finish (UC_REQUEST_QUEUE (source), result, &error);

  if (state != NULL) {
    g_set_str (&job->memory.upload_id, state->id);
    job->offset_bytes = state->offset_bytes;
    remember (task);
  } else if (g_error_matches (error, UC_ERROR, UC_ERROR_NOT_FOUND) ||
             g_error_matches (error, UC_ERROR, UC_ERROR_DISABLED)) {
    /* A server from before there was such a thing, or one where it is off. */
    g_error_free (error);
    send_simple (task);
  } else {
    fail_request (task, result, error);
  }
}

static void
ask_state (GTask *task)
{
  Job *job = g_task_get_task_data (task);

  ask (task, uc_request_upload_state (job->memory.upload_id), state_cb);
}

static void
state_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Job    *job = g_task_get_task_data (task);
  GError *error = NULL;
  g_autoptr (UcUploadState) state =
      _uc_request_queue_send_finish (UC_REQUEST_QUEUE (source), result, &error);

  if (state != NULL && state->size_bytes == job->file->size_bytes &&
      state->offset_bytes < state->size_bytes) {
    _uc_upload_memory_resume (&job->memory, state->offset_bytes);
    job->offset_bytes = state->offset_bytes;
    remember (task);
  } else if (error != NULL && may_try_later (error, result)) {
    fail_request (task, result, error);
  } else {
    g_clear_error (&error);
    look_for_file (task);
  }
}

/* The upload is over when its answer was lost behind the last piece. Our server gives
 * the file the upload's id; elsewhere nothing tells its name, and it is sent again:
 * what nobody has posted, nobody sees. */
static void
look_for_file (GTask *task)
{
  Job *job = g_task_get_task_data (task);

  ask (task, uc_request_file (job->memory.upload_id), found_cb);
}

static void
found_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Job    *job = g_task_get_task_data (task);
  GError *error = NULL;
  g_autoptr (UcFile) file =
      _uc_request_queue_send_finish (UC_REQUEST_QUEUE (source), result, &error);

  if (file != NULL && file->size_bytes == job->file->size_bytes) {
    succeed (task, file->id);
  } else if (error != NULL && may_try_later (error, result)) {
    fail_request (task, result, error);
  } else {
    g_clear_error (&error);
    begin (task);
  }
}

/* Before a piece goes out it is noted that it did. */
static void
remember (GTask *task)
{
  Job             *job = g_task_get_task_data (task);
  UcBatch         *batch = uc_batch_new ();
  g_autofree char *text = NULL;

  job->memory.begun_bytes = job->offset_bytes;
  text = _uc_upload_memory_to_text (&job->memory);
  uc_batch_put_fact (batch, job->key, text);
  uc_store_apply_async (job->context->store, batch, remembered_cb, g_object_ref (task));
}

static void
remembered_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Job       *job = g_task_get_task_data (task);
  GError    *error = NULL;
  UcRequest *request;

  if (!uc_store_apply_finish (UC_STORE (source), result, &error)) {
    fail (task, error);
    return;
  }
  job->sent_bytes = 0;
  request =
      uc_request_upload_piece (job->memory.upload_id, job->file->local_path, job->offset_bytes,
                               _uc_upload_get_piece (job->offset_bytes, job->file->size_bytes));
  uc_request_set_progress (request, progress_cb, job);
  ask (task, request, piece_cb);
}

/* Nothing of the piece went out: the server has no more than it says. */
static void
note_untouched (Job *job)
{
  UcBatch         *batch;
  g_autofree char *text = NULL;

  if (job->sent_bytes > 0)
    return;
  job->memory.begun_bytes = -1;
  text = _uc_upload_memory_to_text (&job->memory);
  batch = uc_batch_new ();
  uc_batch_put_fact (batch, job->key, text);
  _uc_context_apply (job->context, batch);
}

static void
piece_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Job    *job = g_task_get_task_data (task);
  GError *error = NULL;
  g_autoptr (UcFile) file =
      _uc_request_queue_send_finish (UC_REQUEST_QUEUE (source), result, &error);

  if (error != NULL) {
    note_untouched (job);
    if (may_try_later (error, result) || g_error_matches (error, UC_ERROR, UC_ERROR_FORBIDDEN)) {
      fail_request (task, result, error);
    } else {
      /* It does not go on from there, or not at all. */
      g_error_free (error);
      begin (task);
    }
    return;
  }
  if (file == NULL) {
    job->offset_bytes += _uc_upload_get_piece (job->offset_bytes, job->file->size_bytes);
    if (job->offset_bytes < job->file->size_bytes)
      remember (task);
    else
      ask_state (task);
    return;
  }
  if (!job->memory.is_suspect) {
    succeed (task, file->id);
    return;
  }
  _uc_outbox_upload_compare_async (job->context, file->id, job->file, job->digest,
                                   g_task_get_cancellable (task), compared_cb, g_object_ref (task));
}

static void
compared_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  GError          *error = NULL;
  gboolean         is_same = FALSE;
  g_autofree char *file_id = _uc_outbox_upload_compare_finish (result, &is_same, &error);

  if (error != NULL)
    fail (task, error);
  else if (is_same)
    succeed (task, file_id);
  else
    begin (task);
}

char *
_uc_outbox_upload_finish (UcContext    *context,
                          GAsyncResult *result,
                          const char  **error_id,
                          GError      **error)
{
  Job *job = g_task_get_task_data (G_TASK (result));

  g_return_val_if_fail (g_task_is_valid (result, context), NULL);

  *error_id = job->error_id;
  return g_task_propagate_pointer (G_TASK (result), error);
}
