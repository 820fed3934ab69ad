/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Carries flags documents between server, store and the flags themselves. What they
 * mean is not known here. */

#include "config.h"

#include "uc-flag-sync-private.h"

#include "uc-error.h"
#include "uc-request-queue-private.h"

struct _UcFlagSync {
  GObject parent_instance;

  UcContext    *context;     /* (owned) */
  GCancellable *cancellable; /* (owned) */
  gboolean      has_extension;
};

enum {
  EXTENSION_CHANGED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (UcFlagSync, uc_flag_sync, G_TYPE_OBJECT)

static void
set_has_extension (UcFlagSync *self, gboolean has_extension)
{
  if (has_extension == self->has_extension)
    return;
  self->has_extension = has_extension;
  g_signal_emit (self, signals[EXTENSION_CHANGED], 0);
}

/* FALSE when @document is none; the last good one then stays. */
static gboolean
take (UcFlagSync *self, const char *document, UcFlagSource source)
{
  UcFlags         *flags = self->context->flags;
  gboolean         is_newer = FALSE;
  UcBatch         *batch;
  g_autofree char *accepted = NULL;
  g_autoptr (GError) error = NULL;

  if (!uc_flags_take_document (flags, document, source, uc_clock_get_now_ms (self->context->clock),
                               &is_newer, &error)) {
    g_message ("A flags document was not taken: %s", error->message);
    return FALSE;
  }
  if (!is_newer || source != UC_FLAG_FROM_SERVER)
    return TRUE;

  accepted = uc_flags_dup_document (flags);
  batch = uc_batch_new ();
  uc_batch_put_flags (batch, uc_flags_get_revision (flags), accepted);
  _uc_context_apply (self->context, batch);
  return TRUE;
}

static void
fetched_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (UcFlagSync) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autofree char *document =
      _uc_request_queue_send_finish (UC_REQUEST_QUEUE (source), result, &error);

  if (document != NULL)
    take (self, document, UC_FLAG_FROM_SERVER);
  else if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    g_message ("The flags were not fetched: %s", error->message);
}

static void
manifest_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (UcFlagSync) self = user_data;
  g_autoptr (GError) error = NULL;
  g_auto (GStrv) capabilities =
      _uc_request_queue_send_finish (UC_REQUEST_QUEUE (source), result, &error);

  if (capabilities != NULL) {
    set_has_extension (self, TRUE);
    if (g_strv_contains ((const char *const *) capabilities, "flags"))
      _uc_request_queue_send_async (self->context->requests, UC_LANE_CATCH_UP, uc_request_flags (),
                                    self->cancellable, fetched_cb, g_object_ref (self));
  } else if (!uc_error_is_transient (error) &&
             !g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED)) {
    /* A stock server, or one that sends a page of its own for every address. */
    set_has_extension (self, FALSE);
  }
}

static void
uc_flag_sync_dispose (GObject *object)
{
  UcFlagSync *self = UC_FLAG_SYNC (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->context);

  G_OBJECT_CLASS (uc_flag_sync_parent_class)->dispose (object);
}

static void
uc_flag_sync_finalize (GObject *object)
{
  UcFlagSync *self = UC_FLAG_SYNC (object);

  g_object_unref (self->cancellable);

  G_OBJECT_CLASS (uc_flag_sync_parent_class)->finalize (object);
}

static void
uc_flag_sync_class_init (UcFlagSyncClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = uc_flag_sync_dispose;
  object_class->finalize = uc_flag_sync_finalize;

  signals[EXTENSION_CHANGED] =
      g_signal_new ("extension-changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                    NULL, NULL, G_TYPE_NONE, 0);
}

static void
uc_flag_sync_init (UcFlagSync *self)
{
  self->cancellable = g_cancellable_new ();
}

UcFlagSync *
_uc_flag_sync_new (UcContext *context)
{
  UcFlagSync *self = g_object_new (UC_TYPE_FLAG_SYNC, NULL);

  self->context = g_object_ref (context);
  return self;
}

static void
loaded_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  UcFlagSync *self = g_task_get_source_object (task);
  gint64      revision = 0;
  g_autoptr (GError) error = NULL;
  g_autofree char *document =
      uc_store_load_flags_finish (UC_STORE (source), result, &revision, &error);

  if (error != NULL)
    g_message ("The last known flags cannot be read: %s", error->message);
  if (document != NULL && self->context != NULL)
    take (self, document, UC_FLAG_FROM_CACHE);
  g_task_return_boolean (task, TRUE);
}

void
_uc_flag_sync_load_async (UcFlagSync *self, GAsyncReadyCallback callback, gpointer user_data)
{
  GTask *task = g_task_new (self, NULL, callback, user_data);

  g_task_set_source_tag (task, _uc_flag_sync_load_async);
  uc_store_load_flags_async (self->context->store, self->cancellable, loaded_cb, task);
}

void
_uc_flag_sync_load_finish (UcFlagSync *self, GAsyncResult *result)
{
  g_return_if_fail (g_task_is_valid (result, self));

  g_task_propagate_boolean (G_TASK (result), NULL);
}

void
_uc_flag_sync_fetch (UcFlagSync *self)
{
  _uc_request_queue_send_async (self->context->requests, UC_LANE_CATCH_UP, uc_request_manifest (),
                                self->cancellable, manifest_cb, g_object_ref (self));
}

void
_uc_flag_sync_take (UcFlagSync *self, const char *document)
{
  if (document != NULL && take (self, document, UC_FLAG_FROM_SERVER))
    set_has_extension (self, TRUE);
}

gboolean
_uc_flag_sync_has_extension (UcFlagSync *self)
{
  return self->has_extension;
}
