/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Takes a message: checks it, copies its files, and writes it with its outbox row in
 * one transaction. From then on it is safe, whatever happens. */

#include "config.h"

#include "uc-session-private.h"

#include "uc-error.h"
#include "uc-file-intake-private.h"
#include "uc-id.h"
#include "uc-limits.h"
#include "uc-thread.h"

#include <glib/gi18n-lib.h>

typedef struct {
  UcPost *post; /* (owned) being filled */
} Job;

static void taken_in_cb (GObject *source, GAsyncResult *result, gpointer user_data);
static void queue (GTask *task);
static void queued_cb (GObject *source, GAsyncResult *result, gpointer user_data);

static void
job_free (gpointer data)
{
  Job *job = data;

  uc_post_unref (job->post);
  g_free (job);
}

static gboolean
is_blank (const char *text)
{
  for (const char *c = text; *c != '\0'; c = g_utf8_next_char (c))
    if (!g_unichar_isspace (g_utf8_get_char (c)))
      return FALSE;
  return TRUE;
}

/* A server takes empty messages and refuses long ones; neither should get that far. */
static gboolean
check (UcSession *self, const char *text, gboolean has_files, GError **error)
{
  glong max_chars = self->config != NULL && self->config->max_post_chars > 0
                        ? self->config->max_post_chars
                        : UC_LIMIT_POST_CHARS;

  if (!g_utf8_validate (text, -1, NULL)) {
    g_set_error_literal (error, UC_ERROR, UC_ERROR_INVALID, _ ("The message is not text."));
    return FALSE;
  }
  if (!has_files && is_blank (text)) {
    g_set_error_literal (error, UC_ERROR, UC_ERROR_INVALID, _ ("The message is empty."));
    return FALSE;
  }
  if (g_utf8_strlen (text, -1) > max_chars) {
    g_set_error (error, UC_ERROR, UC_ERROR_INVALID,
                 _ ("The message is longer than %ld characters."), max_chars);
    return FALSE;
  }
  return TRUE;
}

static UcPost *
new_post (UcSession  *self,
          const char *channel_id,
          const char *root_key,
          const char *text,
          const char *props)
{
  UcPost          *post = uc_post_new ();
  g_autofree char *op_id = uc_id_new ();

  /* By the server's clock, so that it stands where it will stand; and never two of
   * one moment, so that they keep their order. */
  self->last_send_ms = MAX (self->last_send_ms + 1, _uc_context_get_server_now_ms (self->context));

  g_free (post->id);
  post->id = g_strconcat ("local:", op_id, NULL);
  g_free (post->pending_post_id);
  post->pending_post_id = g_strconcat (self->context->my_user_id, ":", op_id, NULL);
  g_set_str (&post->op_id, op_id);
  g_set_str (&post->channel_id, channel_id);
  g_set_str (&post->user_id, self->context->my_user_id);
  g_set_str (&post->root_id, root_key != NULL ? root_key : "");
  g_set_str (&post->message, text);
  g_set_str (&post->props, props);
  post->create_at_ms = self->last_send_ms;
  post->update_at_ms = self->last_send_ms;
  post->has_metadata = TRUE;
  return post;
}

/**
 * uc_session_send_async:
 * @self: a session
 * @channel_id: where to
 * @root_key: (nullable): the key of the message it answers
 * @text: what
 * @paths: (nullable): local files that go with it
 * @cancellable: (nullable): too late once the files are copied
 * @callback: called on the main thread
 * @user_data: for @callback
 *
 * Errors: INVALID for what no server would take, STORAGE when the disk refuses. The
 * text is then still the caller's.
 */
void
uc_session_send_async (UcSession          *self,
                       const char         *channel_id,
                       const char         *root_key,
                       const char         *text,
                       const char *const  *paths,
                       GCancellable       *cancellable,
                       GAsyncReadyCallback callback,
                       gpointer            user_data)
{
  g_autoptr (GTask) task = NULL;
  gboolean has_files = paths != NULL && paths[0] != NULL;
  GError  *error = NULL;
  Job     *job;

  UC_ASSERT_MAIN_THREAD ();
  g_return_if_fail (UC_IS_SESSION (self) && channel_id != NULL && text != NULL);

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, uc_session_send_async);
  g_task_set_check_cancellable (task, FALSE);
  if (!check (self, text, has_files, &error)) {
    g_task_return_error (task, error);
    return;
  }
  job = g_new0 (Job, 1);
  job->post = new_post (self, channel_id, root_key, text, "");
  g_task_set_task_data (task, job, job_free);

  if (has_files)
    _uc_file_intake_async (self->context, job->post->op_id, paths, self->max_file_bytes,
                           cancellable, taken_in_cb, g_object_ref (task));
  else
    queue (task);
}

static void
taken_in_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Job       *job = g_task_get_task_data (task);
  GError    *error = NULL;
  GPtrArray *files = _uc_file_intake_finish (result, &error);

  if (files == NULL) {
    g_task_return_error (task, error);
    return;
  }
  g_clear_pointer (&job->post->files, g_ptr_array_unref);
  job->post->files = files;
  queue (task);
}

static void
queue (GTask *task)
{
  UcSession *self = g_task_get_source_object (task);
  Job       *job = g_task_get_task_data (task);
  UcBatch   *batch = uc_batch_new ();

  uc_batch_queue_post (batch, job->post);
  uc_store_apply_async (self->context->store, batch, queued_cb, g_object_ref (task));
}

static void
queued_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;

  if (!uc_store_apply_finish (UC_STORE (source), result, &error))
    g_task_return_error (task, error);
  else
    g_task_return_boolean (task, TRUE);
}

gboolean
uc_session_send_finish (UcSession *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}

/**
 * uc_session_send_now_async:
 * @self: a session
 * @channel_id: where to
 * @text: what
 * @props: what goes with it, a JSON object or ""
 * @cancellable: (nullable): too late once it is written
 * @callback: called on the main thread
 * @user_data: for @callback
 *
 * Sends what would be of no use later, as the call to a meeting: with no connection it is
 * not taken. Errors: OFFLINE, INVALID, STORAGE.
 */
void
uc_session_send_now_async (UcSession          *self,
                           const char         *channel_id,
                           const char         *text,
                           const char         *props,
                           GCancellable       *cancellable,
                           GAsyncReadyCallback callback,
                           gpointer            user_data)
{
  g_autoptr (GTask) task = NULL;
  UcSyncState state;
  GError     *error = NULL;
  Job        *job;

  UC_ASSERT_MAIN_THREAD ();
  g_return_if_fail (UC_IS_SESSION (self) && channel_id != NULL && text != NULL && props != NULL);

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, uc_session_send_now_async);
  g_task_set_check_cancellable (task, FALSE);
  state = uc_session_get_state (self);
  if (state != UC_SYNC_LIVE && state != UC_SYNC_POLLING) {
    g_task_return_new_error (task, UC_ERROR, UC_ERROR_OFFLINE, "%s",
                             _ ("This needs the server, which cannot be reached now."));
    return;
  }
  if (!check (self, text, FALSE, &error)) {
    g_task_return_error (task, error);
    return;
  }
  job = g_new0 (Job, 1);
  job->post = new_post (self, channel_id, NULL, text, props);
  g_task_set_task_data (task, job, job_free);
  queue (task);
}

gboolean
uc_session_send_now_finish (UcSession *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}
