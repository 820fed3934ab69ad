/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What the screen asks of files: their bytes, how far they are on their way, how much
 * room they take. */

#include "config.h"

#include "uc-session-private.h"

#include "uc-file-transfers-private.h"
#include "uc-thread.h"

#define LIMIT_FACT "max_file_bytes"

/* -- The server's limit ---------------------------------------------------------------- */

void
_uc_session_take_limits (UcSession *self)
{
  g_autofree char *text = NULL;
  UcBatch         *batch;

  if (self->config->max_file_bytes == self->max_file_bytes)
    return;
  self->max_file_bytes = self->config->max_file_bytes;
  text = g_strdup_printf ("%" G_GINT64_FORMAT, self->max_file_bytes);
  batch = uc_batch_new ();
  uc_batch_put_fact (batch, LIMIT_FACT, text);
  _uc_context_apply (self->context, batch);
}

static void
limit_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (UcSession) self = user_data;
  g_autofree char *text = uc_store_load_fact_finish (UC_STORE (source), result, NULL);

  /* The server's present word counts more. */
  if (text != NULL && self->max_file_bytes == 0)
    g_ascii_string_to_signed (text, 10, 0, G_MAXINT64, &self->max_file_bytes, NULL);
}

/**
 * uc_session_get_max_file_bytes:
 * @self: a session
 *
 * Returns: what the server takes at most of one file, 0 when it never said
 */
gint64
uc_session_get_max_file_bytes (UcSession *self)
{
  g_return_val_if_fail (UC_IS_SESSION (self), 0);

  return self->max_file_bytes;
}

/* -- The parts --------------------------------------------------------------------------------- */

static void
transfer_changed_cb (UcFileTransfers *transfers, const char *file_id, UcSession *self)
{
  g_signal_emit_by_name (self, "transfer-changed", file_id);
}

/* What nobody has asked for is not fetched where it is paid by volume. */
static void
allow_ahead (UcSession *self)
{
  UcSyncState state;

  if (self->engine == NULL)
    return;
  state = _uc_engine_get_state (self->engine);

  _uc_file_ahead_set_allowed (
      self->ahead, (state == UC_SYNC_LIVE || state == UC_SYNC_POLLING) &&
                       !g_network_monitor_get_network_metered (g_network_monitor_get_default ()));
}

static void
posted_cb (UcReader *reader, gpointer message, gboolean mentions_me, UcSession *self)
{
  if (self->ahead != NULL)
    _uc_file_ahead_take_message (self->ahead, message);
}

/* After the engine. */
void
_uc_session_watch_files (UcSession *self)
{
  self->files = _uc_file_cache_new (self->context);
  self->ahead = _uc_file_ahead_new (self->context, self->files);
  uc_store_load_fact_async (self->context->store, LIMIT_FACT, self->cancellable, limit_cb,
                            g_object_ref (self));
  g_signal_connect_object (self->context->transfers, "changed", G_CALLBACK (transfer_changed_cb),
                           self, 0);
  g_signal_connect_object (g_network_monitor_get_default (), "notify::network-metered",
                           G_CALLBACK (allow_ahead), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->engine, "state-changed", G_CALLBACK (allow_ahead), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (_uc_engine_get_reader (self->engine), "posted", G_CALLBACK (posted_cb),
                           self, 0);
}

/* -- Bytes --------------------------------------------------------------------------------- */

static void
file_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;
  char   *path = _uc_file_cache_fetch_finish (UC_FILE_CACHE (source), result, &error);

  if (path == NULL)
    g_task_return_error (task, error);
  else
    g_task_return_pointer (task, path, g_free);
}

/**
 * uc_session_fetch_file_async:
 * @self: a session
 * @file_id: the server's id of a file
 * @variant: "", "thumbnail" or "preview"
 * @cancellable: (nullable): what has come by then stays, and the next one goes on there
 * @callback: called on the main thread
 * @user_data: for @callback
 *
 * From the cache folder, else fetched into it. How far a whole file is, #UcSession
 * tells by ::transfer-changed. Errors: as of the server, STORAGE.
 */
void
uc_session_fetch_file_async (UcSession          *self,
                             const char         *file_id,
                             const char         *variant,
                             GCancellable       *cancellable,
                             GAsyncReadyCallback callback,
                             gpointer            user_data)
{
  GTask *task;
  UcLane lane;

  UC_ASSERT_MAIN_THREAD ();
  g_return_if_fail (UC_IS_SESSION (self) && file_id != NULL);
  g_return_if_fail (g_strcmp0 (variant, "") == 0 || g_strcmp0 (variant, "thumbnail") == 0 ||
                    g_strcmp0 (variant, "preview") == 0);

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, uc_session_fetch_file_async);
  /* Small pictures queue with what else is on screen; a file somebody asked for does
   * not, since it could hold the others up for minutes. */
  lane = *variant == '\0' ? UC_LANE_COMMAND : UC_LANE_VISIBLE;
  _uc_file_cache_fetch_async (self->files, file_id, variant, lane, cancellable, file_cb, task);
}

/**
 * uc_session_fetch_file_finish:
 *
 * Returns: (transfer full): a local path, which is not to be written to
 */
char *
uc_session_fetch_file_finish (UcSession *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

/**
 * uc_session_dup_opened_folder:
 *
 * Files that another program is given lie here, each in a folder of its own, and go
 * after a day.
 *
 * Returns: (transfer full): a folder, which may not be there yet
 */
char *
uc_session_dup_opened_folder (void)
{
  return _uc_file_cache_dup_opened_folder ();
}

/* -- On the way ------------------------------------------------------------------------------ */

/**
 * uc_session_get_transfer:
 * @self: a session
 * @file_id: as in the message: also of one that is being sent
 * @done_bytes: (out): how much of it has gone or come
 * @total_bytes: (out): of how much; 0 when that is not known
 *
 * Returns: whether it moves at this moment
 */
gboolean
uc_session_get_transfer (UcSession  *self,
                         const char *file_id,
                         gint64     *done_bytes,
                         gint64     *total_bytes)
{
  g_return_val_if_fail (UC_IS_SESSION (self) && file_id != NULL, FALSE);

  return _uc_file_transfers_get (self->context->transfers, file_id, done_bytes, total_bytes);
}

/**
 * uc_session_stop_upload:
 * @self: a session
 * @file_id: of a file that is being sent
 *
 * Its message is kept, as one that was not sent: uc_session_retry() goes on with it,
 * uc_session_discard() takes it away.
 */
void
uc_session_stop_upload (UcSession *self, const char *file_id)
{
  UC_ASSERT_MAIN_THREAD ();
  g_return_if_fail (UC_IS_SESSION (self) && file_id != NULL);

  _uc_file_transfers_stop (self->context->transfers, file_id);
}

/* -- Room ------------------------------------------------------------------------------------ */

/**
 * uc_session_set_cache_limit:
 * @self: a session
 * @max_bytes: what fetched files may take
 *
 * What was used longest ago goes first. Files that wait to be sent are no part of it.
 */
void
uc_session_set_cache_limit (UcSession *self, guint64 max_bytes)
{
  UC_ASSERT_MAIN_THREAD ();
  g_return_if_fail (UC_IS_SESSION (self));

  _uc_file_cache_set_limit (self->files, max_bytes);
}

static void
measured_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  UcSession *self = g_task_get_source_object (task);

  g_task_return_int (task, (gssize) _uc_file_cache_measure_finish (self->files, result));
}

/**
 * uc_session_measure_cache_async:
 * @self: a session
 * @do_clear: whether everything that was fetched goes first
 * @cancellable: (nullable)
 * @callback: called on the main thread
 * @user_data: for @callback
 */
void
uc_session_measure_cache_async (UcSession          *self,
                                gboolean            do_clear,
                                GCancellable       *cancellable,
                                GAsyncReadyCallback callback,
                                gpointer            user_data)
{
  GTask *task;

  UC_ASSERT_MAIN_THREAD ();
  g_return_if_fail (UC_IS_SESSION (self));

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, uc_session_measure_cache_async);
  _uc_file_cache_measure_async (self->files, do_clear, NULL, measured_cb, task);
}

/**
 * uc_session_measure_cache_finish:
 *
 * Returns: what fetched files take, in bytes; -1 with @error when it was cancelled
 */
gint64
uc_session_measure_cache_finish (UcSession *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), -1);

  return g_task_propagate_int (G_TASK (result), error);
}
