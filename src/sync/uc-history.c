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
  GHashTable   *holes;       /* (owned) set of Hole: being filled, or tried in vain */
  GHashTable   *threads;     /* (owned) set of root ids to read once there is a connection */
};

typedef struct {
  char       *channel_id;
  gint64      seq;
  UcHoleState state;
  char       *reason;       /* (nullable) */
  gboolean    is_transient; /* worth another try once there is a connection */
} Hole;

typedef struct {
  UcHistory *self; /* (owned) */
  char      *channel_id;
  gint64     seq;
} Filling;

typedef struct {
  UcHistory *self; /* (owned) */
  char      *root_id;
} Reading;

G_DEFINE_FINAL_TYPE (UcHistory, uc_history, G_TYPE_OBJECT)

enum {
  HOLE_CHANGED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

static guint
hole_hash (gconstpointer key)
{
  const Hole *hole = key;

  return g_str_hash (hole->channel_id) ^ g_int64_hash (&hole->seq);
}

static gboolean
hole_equal (gconstpointer a, gconstpointer b)
{
  const Hole *hole_a = a, *hole_b = b;

  return hole_a->seq == hole_b->seq && g_str_equal (hole_a->channel_id, hole_b->channel_id);
}

static void
hole_free (gpointer data)
{
  Hole *hole = data;

  g_free (hole->channel_id);
  g_free (hole->reason);
  g_free (hole);
}

static Hole *
find_hole (UcHistory *self, const char *channel_id, gint64 seq)
{
  const Hole key = { .channel_id = (char *) channel_id, .seq = seq };

  return g_hash_table_lookup (self->holes, &key);
}

/* What is idle is not kept. Takes @error (nullable). */
static void
set_hole (UcHistory *self, const char *channel_id, gint64 seq, UcHoleState state, GError *error)
{
  Hole *hole = find_hole (self, channel_id, seq);

  if (hole == NULL) {
    hole = g_new0 (Hole, 1);
    hole->channel_id = g_strdup (channel_id);
    hole->seq = seq;
    g_hash_table_add (self->holes, hole);
  }
  hole->state = state;
  g_set_str (&hole->reason, error != NULL ? error->message : NULL);
  hole->is_transient = error != NULL && (uc_error_is_transient (error) ||
                                         g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED));
  g_clear_error (&error);
  if (state == UC_HOLE_IDLE)
    g_hash_table_remove (self->holes, hole);
  g_signal_emit (self, signals[HOLE_CHANGED], 0, channel_id, seq);
}

static void
filled_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Filling *filling = user_data;
  g_autoptr (UcHistory) self = filling->self;
  GError     *error = NULL;
  UcHoleState state = UC_HOLE_IDLE;

  if (!_uc_history_page_finish (UC_CONTEXT (source), result, &error)) {
    g_debug ("A hole was not filled: %s", error->message);
    state = g_error_matches (error, UC_ERROR, UC_ERROR_OFFLINE) ||
                    g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED)
                ? UC_HOLE_WAITING
                : UC_HOLE_FAILED;
  }
  set_hole (self, filling->channel_id, filling->seq, state, error);
  g_free (filling->channel_id);
  g_free (filling);
}

static void
thread_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Reading *reading = user_data;
  g_autoptr (UcHistory) self = reading->self;
  g_autofree char *root_id = reading->root_id;
  g_autoptr (GError) error = NULL;
  g_autoptr (UcPostPage) page =
      _uc_request_queue_send_finish (UC_REQUEST_QUEUE (source), result, &error);
  UcBatch *batch;

  g_free (reading);
  if (page == NULL) {
    g_debug ("A thread was not read: %s", error->message);
    if (uc_error_is_transient (error) || g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
      g_hash_table_add (self->threads, g_steal_pointer (&root_id));
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
  g_hash_table_unref (self->holes);
  g_hash_table_unref (self->threads);

  G_OBJECT_CLASS (uc_history_parent_class)->finalize (object);
}

static void
uc_history_class_init (UcHistoryClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = uc_history_dispose;
  object_class->finalize = uc_history_finalize;

  signals[HOLE_CHANGED] =
      g_signal_new ("hole-changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                    NULL, G_TYPE_NONE, 2, G_TYPE_STRING, G_TYPE_INT64);
}

static void
uc_history_init (UcHistory *self)
{
  self->cancellable = g_cancellable_new ();
  self->holes = g_hash_table_new_full (hole_hash, hole_equal, hole_free, NULL);
  self->threads = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
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
  const Hole *hole = find_hole (self, channel_id, before_seq);
  Filling    *filling;

  if (hole != NULL && hole->state == UC_HOLE_FILLING)
    return;

  filling = g_new0 (Filling, 1);
  filling->self = g_object_ref (self);
  filling->channel_id = g_strdup (channel_id);
  filling->seq = before_seq;
  set_hole (self, filling->channel_id, before_seq, UC_HOLE_FILLING, NULL);
  _uc_history_page_async (self->context, self->people, UC_LANE_VISIBLE, filling->channel_id,
                          before_seq, HOLE_PER_PAGE, self->cancellable, filled_cb, filling);
}

UcHoleState
_uc_history_get_hole (UcHistory   *self,
                      const char  *channel_id,
                      gint64       before_seq,
                      const char **reason)
{
  const Hole *hole = find_hole (self, channel_id, before_seq);

  if (reason != NULL)
    *reason = hole != NULL ? hole->reason : NULL;
  return hole != NULL ? hole->state : UC_HOLE_IDLE;
}

void
_uc_history_retry (UcHistory *self)
{
  g_autoptr (GPtrArray) holes = g_hash_table_get_keys_as_ptr_array (self->holes);

  g_autoptr (GHashTable) threads = g_steal_pointer (&self->threads);
  GHashTableIter iter;
  gpointer       root_id;

  self->threads = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  for (guint i = 0; i < holes->len; i++) {
    const Hole *hole = holes->pdata[i];

    if (hole->is_transient)
      _uc_history_fill_hole (self, hole->channel_id, hole->seq);
  }
  g_hash_table_iter_init (&iter, threads);
  while (g_hash_table_iter_next (&iter, &root_id, NULL))
    _uc_history_load_thread (self, root_id);
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
  Reading *reading;

  if (!uc_id_is_valid (root_id))
    return;
  reading = g_new0 (Reading, 1);
  reading->self = g_object_ref (self);
  reading->root_id = g_strdup (root_id);
  _uc_request_queue_send_async (self->context->requests, UC_LANE_VISIBLE,
                                uc_request_thread (root_id), self->cancellable, thread_cb, reading);
}
