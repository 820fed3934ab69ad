/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Remembers how far files are on their way. Who moves them, and what becomes of them, is
 * not its matter. */

#include "config.h"

#include "uc-file-transfers-private.h"

/* Four times a second is often enough for a bar that grows. */
#define INTERVAL_MS 250

typedef struct {
  gint64        done_bytes;
  gint64        total_bytes;
  gint64        told_at_ms;
  GCancellable *cancellable; /* (owned) (nullable) */
  gboolean      is_stopped;
} Transfer;

struct _UcFileTransfers {
  GObject parent_instance;

  UcClock    *clock;     /* (owned) */
  GHashTable *transfers; /* (owned) file id to Transfer */
};

enum {
  CHANGED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (UcFileTransfers, uc_file_transfers, G_TYPE_OBJECT)

static void
transfer_free (gpointer data)
{
  Transfer *transfer = data;

  g_clear_object (&transfer->cancellable);
  g_free (transfer);
}

static void
uc_file_transfers_dispose (GObject *object)
{
  g_clear_object (&UC_FILE_TRANSFERS (object)->clock);

  G_OBJECT_CLASS (uc_file_transfers_parent_class)->dispose (object);
}

static void
uc_file_transfers_finalize (GObject *object)
{
  g_hash_table_unref (UC_FILE_TRANSFERS (object)->transfers);

  G_OBJECT_CLASS (uc_file_transfers_parent_class)->finalize (object);
}

static void
uc_file_transfers_class_init (UcFileTransfersClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = uc_file_transfers_dispose;
  object_class->finalize = uc_file_transfers_finalize;

  signals[CHANGED] = g_signal_new ("changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                   NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
}

static void
uc_file_transfers_init (UcFileTransfers *self)
{
  self->transfers = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, transfer_free);
}

UcFileTransfers *
_uc_file_transfers_new (UcClock *clock)
{
  UcFileTransfers *self = g_object_new (UC_TYPE_FILE_TRANSFERS, NULL);

  self->clock = g_object_ref (clock);
  return self;
}

void
_uc_file_transfers_begin (UcFileTransfers *self,
                          const char      *file_id,
                          gint64           total_bytes,
                          GCancellable    *cancellable)
{
  Transfer *transfer = g_new0 (Transfer, 1);

  transfer->total_bytes = total_bytes;
  transfer->told_at_ms = uc_clock_get_uptime_ms (self->clock);
  g_set_object (&transfer->cancellable, cancellable);
  g_hash_table_replace (self->transfers, g_strdup (file_id), transfer);
  g_signal_emit (self, signals[CHANGED], 0, file_id);
}

void
_uc_file_transfers_step (UcFileTransfers *self,
                         const char      *file_id,
                         gint64           done_bytes,
                         gint64           total_bytes)
{
  Transfer *transfer = g_hash_table_lookup (self->transfers, file_id);
  gint64    now_ms = uc_clock_get_uptime_ms (self->clock);

  if (transfer == NULL)
    return;
  transfer->done_bytes = done_bytes;
  if (total_bytes > 0)
    transfer->total_bytes = total_bytes;
  if (now_ms - transfer->told_at_ms < INTERVAL_MS)
    return;
  transfer->told_at_ms = now_ms;
  g_signal_emit (self, signals[CHANGED], 0, file_id);
}

void
_uc_file_transfers_end (UcFileTransfers *self, const char *file_id)
{
  if (g_hash_table_remove (self->transfers, file_id))
    g_signal_emit (self, signals[CHANGED], 0, file_id);
}

gboolean
_uc_file_transfers_get (UcFileTransfers *self,
                        const char      *file_id,
                        gint64          *done_bytes,
                        gint64          *total_bytes)
{
  Transfer *transfer = g_hash_table_lookup (self->transfers, file_id);

  if (transfer == NULL)
    return FALSE;
  *done_bytes = transfer->done_bytes;
  *total_bytes = transfer->total_bytes;
  return TRUE;
}

gboolean
_uc_file_transfers_stop (UcFileTransfers *self, const char *file_id)
{
  Transfer *transfer = g_hash_table_lookup (self->transfers, file_id);
  g_autoptr (GCancellable) cancellable = NULL;

  if (transfer == NULL || transfer->cancellable == NULL)
    return FALSE;
  transfer->is_stopped = TRUE;
  /* What is cancelled ends the transfer before this returns, as it may. */
  cancellable = g_object_ref (transfer->cancellable);
  g_cancellable_cancel (cancellable);
  return TRUE;
}

gboolean
_uc_file_transfers_is_stopped (UcFileTransfers *self, const char *file_id)
{
  Transfer *transfer = g_hash_table_lookup (self->transfers, file_id);

  return transfer != NULL && transfer->is_stopped;
}
