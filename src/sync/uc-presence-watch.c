/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Keeps who is there, for as long as somebody looks. */

#include "config.h"

#include "uc-presence-watch-private.h"

#include "uc-id.h"
#include "uc-request-queue-private.h"

#define ROUND_INTERVAL_S 60
/* Rows that come on screen together are asked for together. */
#define GATHER_MS 200
/* Whoever nobody looked at for so long is not asked about any more. */
#define LOOK_LASTS_MS   (5 * 60 * 1000)
#define IDS_PER_REQUEST 200

struct _UcPresenceWatch {
  GObject parent_instance;

  UcContext    *context;     /* (owned) */
  GCancellable *cancellable; /* (owned) */
  GHashTable   *looks;       /* (owned) user id to Look */
  gboolean      is_online;
  guint         round_id;
  guint         gather_id;
};

typedef struct {
  UcPresence presence;
  gboolean   is_known;
  gint64     looked_at_ms; /* uptime */
} Look;

enum {
  CHANGED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (UcPresenceWatch, uc_presence_watch, G_TYPE_OBJECT)

static void
statuses_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (UcPresenceWatch) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) statuses =
      _uc_request_queue_send_finish (UC_REQUEST_QUEUE (source), result, &error);

  if (statuses == NULL) {
    g_debug ("Statuses were not fetched: %s", error->message);
    return;
  }
  for (guint i = 0; i < statuses->len; i++) {
    UcStatus *status = g_ptr_array_index (statuses, i);
    Look     *look = g_hash_table_lookup (self->looks, status->user_id);

    if (look == NULL)
      continue;
    look->presence = status->presence;
    look->is_known = TRUE;
  }
  g_signal_emit (self, signals[CHANGED], 0);
}

static void
ask (UcPresenceWatch *self, GStrvBuilder *ids)
{
  g_auto (GStrv) list = g_strv_builder_end (ids);

  if (list[0] == NULL)
    return;
  _uc_request_queue_send_async (self->context->requests, UC_LANE_BACKGROUND,
                                uc_request_statuses ((const char *const *) list), self->cancellable,
                                statuses_cb, g_object_ref (self));
}

/* Everybody looked at, or only those nothing is known of. */
static void
ask_round (UcPresenceWatch *self, gboolean only_unknown)
{
  gint64 now_ms = uc_clock_get_uptime_ms (self->context->clock);
  g_autoptr (GStrvBuilder) ids = g_strv_builder_new ();
  GHashTableIter iter;
  const char    *user_id;
  Look          *look;
  guint          n = 0;

  g_hash_table_iter_init (&iter, self->looks);
  while (g_hash_table_iter_next (&iter, (gpointer *) &user_id, (gpointer *) &look)) {
    if (now_ms - look->looked_at_ms > LOOK_LASTS_MS) {
      g_hash_table_iter_remove (&iter);
      continue;
    }
    if (only_unknown && look->is_known)
      continue;
    g_strv_builder_add (ids, user_id);
    if (++n == IDS_PER_REQUEST) {
      ask (self, ids);
      n = 0;
    }
  }
  ask (self, ids);
}

static gboolean
round_cb (gpointer user_data)
{
  ask_round (user_data, FALSE);
  return G_SOURCE_CONTINUE;
}

static void
gather_cb (gpointer user_data)
{
  UcPresenceWatch *self = user_data;

  self->gather_id = 0;
  ask_round (self, TRUE);
}

static void
uc_presence_watch_dispose (GObject *object)
{
  UcPresenceWatch *self = UC_PRESENCE_WATCH (object);

  g_clear_handle_id (&self->round_id, g_source_remove);
  g_clear_handle_id (&self->gather_id, g_source_remove);
  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->context);

  G_OBJECT_CLASS (uc_presence_watch_parent_class)->dispose (object);
}

static void
uc_presence_watch_finalize (GObject *object)
{
  UcPresenceWatch *self = UC_PRESENCE_WATCH (object);

  g_object_unref (self->cancellable);
  g_hash_table_unref (self->looks);

  G_OBJECT_CLASS (uc_presence_watch_parent_class)->finalize (object);
}

static void
uc_presence_watch_class_init (UcPresenceWatchClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = uc_presence_watch_dispose;
  object_class->finalize = uc_presence_watch_finalize;

  signals[CHANGED] = g_signal_new ("changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                   NULL, NULL, G_TYPE_NONE, 0);
}

static void
uc_presence_watch_init (UcPresenceWatch *self)
{
  self->cancellable = g_cancellable_new ();
  self->looks = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
}

UcPresenceWatch *
_uc_presence_watch_new (UcContext *context)
{
  UcPresenceWatch *self = g_object_new (UC_TYPE_PRESENCE_WATCH, NULL);

  self->context = g_object_ref (context);
  return self;
}

static Look *
ensure_look (UcPresenceWatch *self, const char *user_id)
{
  Look *look = g_hash_table_lookup (self->looks, user_id);

  if (look == NULL) {
    look = g_new0 (Look, 1);
    look->presence = UC_PRESENCE_OFFLINE;
    g_hash_table_insert (self->looks, g_strdup (user_id), look);
  }
  look->looked_at_ms = uc_clock_get_uptime_ms (self->context->clock);
  return look;
}

UcPresence
_uc_presence_watch_get (UcPresenceWatch *self, const char *user_id)
{
  Look *look;

  if (!uc_id_is_valid (user_id))
    return UC_PRESENCE_OFFLINE;

  look = ensure_look (self, user_id);
  if (!look->is_known && self->is_online && self->gather_id == 0)
    self->gather_id = g_timeout_add_once (GATHER_MS, gather_cb, self);
  return look->presence;
}

void
_uc_presence_watch_take (UcPresenceWatch *self, const char *user_id, UcPresence presence)
{
  Look    *look = ensure_look (self, user_id);
  gboolean is_news = !look->is_known || look->presence != presence;

  look->presence = presence;
  look->is_known = TRUE;
  if (is_news)
    g_signal_emit (self, signals[CHANGED], 0);
}

void
_uc_presence_watch_set_online (UcPresenceWatch *self, gboolean is_online)
{
  GHashTableIter iter;
  Look          *look;

  if (is_online == self->is_online)
    return;
  self->is_online = is_online;
  if (is_online) {
    self->round_id = g_timeout_add_seconds (ROUND_INTERVAL_S, round_cb, self);
    ask_round (self, FALSE);
    return;
  }

  g_clear_handle_id (&self->round_id, g_source_remove);
  g_clear_handle_id (&self->gather_id, g_source_remove);
  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  self->cancellable = g_cancellable_new ();
  g_hash_table_iter_init (&iter, self->looks);
  while (g_hash_table_iter_next (&iter, NULL, (gpointer *) &look)) {
    look->presence = UC_PRESENCE_OFFLINE;
    look->is_known = FALSE;
  }
  g_signal_emit (self, signals[CHANGED], 0);
}
