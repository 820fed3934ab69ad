/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Fetches channels that are new here. What is in them others read. */

#include "config.h"

#include "uc-arrivals-private.h"

#include "uc-catch-up-private.h"
#include "uc-error.h"

/* Beyond that the lists have to do. */
#define MAX_TRIES 3

struct _UcArrivals {
  GObject parent_instance;

  UcContext    *context;     /* (owned) */
  GCancellable *cancellable; /* (owned) */
  GHashTable   *under_way;   /* (owned) set of channel ids */
};

typedef struct {
  UcArrivals *self; /* (owned) */
  char       *channel_id;
  guint       n_tries;
} Fetch;

static void ask (Fetch *fetch);

enum { ARRIVED, MISSED, REFUSED, PROGRESS, N_SIGNALS };

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (UcArrivals, uc_arrivals, G_TYPE_OBJECT)

static void
fetch_free (Fetch *fetch)
{
  g_object_unref (fetch->self);
  g_free (fetch->channel_id);
  g_free (fetch);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Fetch, fetch_free)

static gboolean
is_passing (const GError *error)
{
  return uc_error_is_transient (error) || g_error_matches (error, UC_ERROR, UC_ERROR_PROTOCOL) ||
         g_error_matches (error, UC_ERROR, UC_ERROR_CONFLICT);
}

static void
fetched_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (Fetch) fetch = user_data;
  UcArrivals *self = fetch->self;
  g_autoptr (GError) error = NULL;
  g_autoptr (UcChannel) channel = _uc_catch_up_channel_finish (UC_CONTEXT (source), result, &error);

  /* Read or marked as unread meanwhile. */
  if (g_error_matches (error, UC_ERROR, UC_ERROR_CONFLICT) && fetch->n_tries < MAX_TRIES) {
    ask (g_steal_pointer (&fetch));
    return;
  }
  g_hash_table_remove (self->under_way, fetch->channel_id);
  if (channel != NULL) {
    g_signal_emit (self, signals[ARRIVED], 0, channel);
  } else if (is_passing (error)) {
    g_signal_emit (self, signals[MISSED], 0);
  } else {
    g_debug ("A channel was not fetched: %s", error->message);
    g_signal_emit (self, signals[REFUSED], 0, fetch->channel_id);
  }
  g_signal_emit (self, signals[PROGRESS], 0);
}

/* Takes @fetch. */
static void
ask (Fetch *fetch)
{
  UcArrivals *self = fetch->self;

  fetch->n_tries++;
  _uc_catch_up_channel_async (self->context, fetch->channel_id, self->cancellable, fetched_cb,
                              fetch);
}

static void
uc_arrivals_dispose (GObject *object)
{
  UcArrivals *self = UC_ARRIVALS (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->context);

  G_OBJECT_CLASS (uc_arrivals_parent_class)->dispose (object);
}

static void
uc_arrivals_finalize (GObject *object)
{
  UcArrivals *self = UC_ARRIVALS (object);

  g_object_unref (self->cancellable);
  g_hash_table_unref (self->under_way);

  G_OBJECT_CLASS (uc_arrivals_parent_class)->finalize (object);
}

static void
uc_arrivals_class_init (UcArrivalsClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GType         type = G_TYPE_FROM_CLASS (klass);

  object_class->dispose = uc_arrivals_dispose;
  object_class->finalize = uc_arrivals_finalize;

  signals[ARRIVED] = g_signal_new ("arrived", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                   G_TYPE_NONE, 1, G_TYPE_POINTER);
  signals[MISSED] =
      g_signal_new ("missed", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[REFUSED] = g_signal_new ("refused", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                   G_TYPE_NONE, 1, G_TYPE_STRING);
  signals[PROGRESS] =
      g_signal_new ("progress", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
uc_arrivals_init (UcArrivals *self)
{
  self->cancellable = g_cancellable_new ();
  self->under_way = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
}

UcArrivals *
_uc_arrivals_new (UcContext *context)
{
  UcArrivals *self = g_object_new (UC_TYPE_ARRIVALS, NULL);

  self->context = g_object_ref (context);
  return self;
}

void
_uc_arrivals_fetch (UcArrivals *self, const char *channel_id)
{
  Fetch *fetch;

  if (!g_hash_table_add (self->under_way, g_strdup (channel_id)))
    return;
  fetch = g_new0 (Fetch, 1);
  fetch->self = g_object_ref (self);
  fetch->channel_id = g_strdup (channel_id);
  ask (fetch);
}

void
_uc_arrivals_stop (UcArrivals *self)
{
  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  self->cancellable = g_cancellable_new ();
}

gboolean
_uc_arrivals_is_idle (UcArrivals *self)
{
  return g_hash_table_size (self->under_way) == 0;
}
