/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Holds what the parts of the room share, and writes batches whose outcome nobody
 * waits for. */

#include "config.h"

#include "uc-context-private.h"

#include "uc-file-transfers-private.h"
#include "uc-request-queue-private.h"
#include "uc-views-private.h"

enum { STORE_FAILED, TROUBLE, N_SIGNALS };

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (UcContext, uc_context, G_TYPE_OBJECT)

static void
uc_context_dispose (GObject *object)
{
  UcContext *self = UC_CONTEXT (object);

  g_clear_object (&self->requests);
  g_clear_object (&self->transfers);
  g_clear_object (&self->store);
  g_clear_object (&self->api);
  g_clear_object (&self->flags);
  g_clear_object (&self->clock);

  G_OBJECT_CLASS (uc_context_parent_class)->dispose (object);
}

static void
uc_context_finalize (GObject *object)
{
  UcContext *self = UC_CONTEXT (object);

  _uc_views_free (self->views);
  g_free (self->my_user_id);

  G_OBJECT_CLASS (uc_context_parent_class)->finalize (object);
}

static void
uc_context_class_init (UcContextClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = uc_context_dispose;
  object_class->finalize = uc_context_finalize;

  signals[STORE_FAILED] =
      g_signal_new ("store-failed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                    NULL, G_TYPE_NONE, 1, G_TYPE_ERROR);
  signals[TROUBLE] = g_signal_new ("trouble", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                   NULL, NULL, G_TYPE_NONE, 1, G_TYPE_ERROR);
}

static void
uc_context_init (UcContext *self)
{
  self->views = _uc_views_new ();
}

UcContext *
_uc_context_new (UcStore *store, UcApi *api, UcFlags *flags, UcClock *clock, const char *my_user_id)
{
  UcContext *self = g_object_new (UC_TYPE_CONTEXT, NULL);

  self->store = g_object_ref (store);
  self->api = g_object_ref (api);
  self->flags = g_object_ref (flags);
  self->clock = g_object_ref (clock);
  self->my_user_id = g_strdup (my_user_id);
  self->requests = _uc_request_queue_new (api);
  self->transfers = _uc_file_transfers_new (clock);
  return self;
}

gint64
_uc_context_get_server_now_ms (UcContext *self)
{
  return uc_clock_get_now_ms (self->clock) + uc_api_get_server_offset_ms (self->api);
}

static void
applied_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (UcContext) self = user_data;
  g_autoptr (GError) error = NULL;

  if (uc_store_apply_finish (UC_STORE (source), result, &error))
    return;

  g_message ("A batch was not written: %s", error->message);
  g_signal_emit (self, signals[STORE_FAILED], 0, error);
}

void
_uc_context_apply (UcContext *self, UcBatch *batch)
{
  if (uc_batch_is_empty (batch)) {
    uc_batch_free (batch);
    return;
  }
  uc_store_apply_async (self->store, batch, applied_cb, g_object_ref (self));
}
