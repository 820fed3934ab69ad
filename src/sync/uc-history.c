/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Reads history on demand. Being up to date is not its matter. */

#include "config.h"

#include "uc-history-private.h"

#include "uc-error.h"
#include "uc-history-page-private.h"
#include "uc-id.h"
#include "uc-page-put-private.h"

#define HOLE_PER_PAGE 60

struct _UcHistory {
  GObject parent_instance;

  UcContext    *context;     /* (owned) */
  UcPeople     *people;      /* (owned) */
  GCancellable *cancellable; /* (owned) */
  GHashTable   *filling;     /* (owned) channel id to the seq (gint64) under way */
  GHashTable   *unfilled;    /* (owned) channel id to the seq (gint64) to try again */
};

typedef struct {
  UcHistory *self; /* (owned) */
  char      *channel_id;
  gint64     seq;
} Hole;

G_DEFINE_FINAL_TYPE (UcHistory, uc_history, G_TYPE_OBJECT)

static void
filled_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Hole *hole = user_data;
  g_autoptr (UcHistory) self = hole->self;
  g_autoptr (GError) error = NULL;
  gint64 *under_way = g_hash_table_lookup (self->filling, hole->channel_id);

  if (under_way != NULL && *under_way == hole->seq)
    g_hash_table_remove (self->filling, hole->channel_id);

  if (!_uc_history_page_finish (UC_CONTEXT (source), result, &error)) {
    g_debug ("A hole was not filled: %s", error->message);
    if (uc_error_is_transient (error) || g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
      g_hash_table_replace (self->unfilled, g_strdup (hole->channel_id),
                            g_memdup2 (&hole->seq, sizeof hole->seq));
  }
  g_free (hole->channel_id);
  g_free (hole);
}

static void
thread_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (UcHistory) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (UcPostPage) page =
      _uc_request_queue_send_finish (UC_REQUEST_QUEUE (source), result, &error);
  UcBatch *batch;

  if (page == NULL) {
    g_debug ("A thread was not read: %s", error->message);
    return;
  }
  batch = uc_batch_new ();
  _uc_page_put_loose (self->people, batch, page);
  _uc_context_apply (self->context, batch);
}

static void
uc_history_dispose (GObject *object)
{
  UcHistory *self = UC_HISTORY (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->people);
  g_clear_object (&self->context);

  G_OBJECT_CLASS (uc_history_parent_class)->dispose (object);
}

static void
uc_history_finalize (GObject *object)
{
  UcHistory *self = UC_HISTORY (object);

  g_object_unref (self->cancellable);
  g_hash_table_unref (self->filling);
  g_hash_table_unref (self->unfilled);

  G_OBJECT_CLASS (uc_history_parent_class)->finalize (object);
}

static void
uc_history_class_init (UcHistoryClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = uc_history_dispose;
  object_class->finalize = uc_history_finalize;
}

static GHashTable *
new_holes (void)
{
  return g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
}

static void
uc_history_init (UcHistory *self)
{
  self->cancellable = g_cancellable_new ();
  self->filling = new_holes ();
  self->unfilled = new_holes ();
}

UcHistory *
_uc_history_new (UcContext *context, UcPeople *people)
{
  UcHistory *self = g_object_new (UC_TYPE_HISTORY, NULL);

  self->context = g_object_ref (context);
  self->people = g_object_ref (people);
  return self;
}

void
_uc_history_fill_hole (UcHistory *self, const char *channel_id, gint64 before_seq)
{
  gint64 *under_way = g_hash_table_lookup (self->filling, channel_id);
  Hole   *hole;

  if (under_way != NULL && *under_way == before_seq)
    return;
  g_hash_table_remove (self->unfilled, channel_id);
  g_hash_table_replace (self->filling, g_strdup (channel_id),
                        g_memdup2 (&before_seq, sizeof before_seq));

  hole = g_new0 (Hole, 1);
  hole->self = g_object_ref (self);
  hole->channel_id = g_strdup (channel_id);
  hole->seq = before_seq;
  _uc_history_page_async (self->context, self->people, UC_LANE_VISIBLE, channel_id, before_seq,
                          HOLE_PER_PAGE, self->cancellable, filled_cb, hole);
}

void
_uc_history_retry (UcHistory *self)
{
  g_autoptr (GHashTable) holes = g_steal_pointer (&self->unfilled);
  GHashTableIter iter;
  const char    *channel_id;
  gint64        *seq;

  self->unfilled = new_holes ();
  g_hash_table_iter_init (&iter, holes);
  while (g_hash_table_iter_next (&iter, (gpointer *) &channel_id, (gpointer *) &seq))
    _uc_history_fill_hole (self, channel_id, *seq);
}

void
_uc_history_stop (UcHistory *self)
{
  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  self->cancellable = g_cancellable_new ();
}

void
_uc_history_load_thread (UcHistory *self, const char *root_id)
{
  if (!uc_id_is_valid (root_id))
    return;
  _uc_request_queue_send_async (self->context->requests, UC_LANE_VISIBLE,
                                uc_request_thread (root_id), self->cancellable, thread_cb,
                                g_object_ref (self));
}
