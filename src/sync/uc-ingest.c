/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Brings events into the store in the order of the stream, gathers them into as few
 * commits as the disk asks for, and keeps them back while what lies before them is
 * being read. */

#include "config.h"

#include "uc-ingest-private.h"

#include "uc-awaited-private.h"
#include "uc-expectations-private.h"
#include "uc-ingest-handlers-private.h"
#include "uc-ingest-held-private.h"
#include "uc-views-private.h"

struct _UcIngest {
  GObject parent_instance;

  UcContext    *context;    /* (owned) */
  UcPeople     *people;     /* (owned) */
  UcWatermarks *watermarks; /* (owned) */
  gulong        changed_id;

  char       *my_name;  /* (owned) (nullable) */
  GHashTable *channels; /* (owned) ids of those one is in */

  gint64     known_ms; /* the latest moment that this stream told of; 0: none yet */
  gboolean   is_holding;
  GQueue     held;    /* (owned) of UcEvent */
  UcAwaited *awaited; /* (owned) */

  UcBatch        *batch; /* (owned) what the next commit writes */
  gboolean        is_applying;
  GHashTable     *moments;      /* (owned) channel id to the latest moment (gint64) in @batch */
  GHashTable     *applied;      /* (owned) the same, of the commit under way */
  UcExpectations *expectations; /* (owned) */
};

enum {
  ASIDE,
  CHANNEL_WANTED,
  CHANNEL_GONE,
  LISTS_WANTED,
  POSTED,
  PROGRESS,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (UcIngest, uc_ingest, G_TYPE_OBJECT)

static void flush (UcIngest *self);

/* Only now: a mark vouches for what is stored. */
static void
raise_marks (UcIngest *self)
{
  GHashTableIter iter;
  const char    *channel_id;
  gint64        *moment_ms;

  g_hash_table_iter_init (&iter, self->applied);
  while (g_hash_table_iter_next (&iter, (gpointer *) &channel_id, (gpointer *) &moment_ms))
    _uc_watermarks_raise (self->watermarks, channel_id, *moment_ms);
}

static void
applied_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (UcIngest) self = user_data;
  g_autoptr (GError) error = NULL;

  self->is_applying = FALSE;
  _uc_expectations_end (self->expectations);
  if (uc_store_apply_finish (UC_STORE (source), result, &error))
    raise_marks (self);
  else
    g_signal_emit_by_name (self->context, "store-failed", error);
  g_hash_table_remove_all (self->applied);
  flush (self);
  if (_uc_ingest_is_idle (self))
    g_signal_emit (self, signals[PROGRESS], 0);
}

static void
flush (UcIngest *self)
{
  GHashTable *no_moments = self->applied;

  if (self->is_applying || self->batch == NULL)
    return;
  if (uc_batch_is_empty (self->batch)) {
    g_clear_pointer (&self->batch, uc_batch_free);
    return;
  }

  _uc_expectations_begin (self->expectations);
  self->applied = self->moments;
  self->moments = no_moments;
  self->is_applying = TRUE;
  uc_store_apply_async (self->context->store, g_steal_pointer (&self->batch), applied_cb,
                        g_object_ref (self));
}

/* What was announced and is really new has a row now. */
static void
changed_cb (UcStore *store, UcChangeSet *changes, UcIngest *self)
{
  for (guint i = 0; i < changes->messages->len; i++) {
    UcMessageChange *change = g_ptr_array_index (changes->messages, i);
    gboolean         mentions_me;

    if (change->kind == UC_MESSAGE_ADDED &&
        _uc_expectations_take (self->expectations, change->message->post->id, &mentions_me))
      g_signal_emit (self, signals[POSTED], 0, change->message, mentions_me);
  }
}

static const char *
get_channel_id (const UcEvent *event)
{
  return event->post != NULL ? event->post->channel_id : event->channel_id;
}

static void
note_moment (UcIngest *self, const UcEvent *event)
{
  gint64      moment_ms = _uc_ingest_get_moment (event);
  const char *channel_id = get_channel_id (event);
  gint64     *noted;

  if (moment_ms == 0 || channel_id == NULL)
    return;
  noted = g_hash_table_lookup (self->moments, channel_id);
  if (noted == NULL)
    g_hash_table_insert (self->moments, g_strdup (channel_id),
                         g_memdup2 (&moment_ms, sizeof moment_ms));
  else
    *noted = MAX (*noted, moment_ms);
}

static void
follow (UcIngest *self, UcFollow what, UcEvent *event)
{
  switch (what) {
  case UC_FOLLOW_NOTHING:
    break;

  case UC_FOLLOW_ASIDE:
    g_signal_emit (self, signals[ASIDE], 0, event);
    break;

  case UC_FOLLOW_CHANNEL:
    if (!g_hash_table_contains (self->channels, event->channel_id))
      _uc_awaited_begin (self->awaited, event->channel_id);
    g_signal_emit (self, signals[CHANNEL_WANTED], 0, event->channel_id);
    break;

  case UC_FOLLOW_CHANNEL_GONE:
    g_hash_table_remove (self->channels, event->channel_id);
    _uc_ingest_refuse_channel (self, event->channel_id);
    _uc_watermarks_leave (self->watermarks, event->channel_id, self->batch);
    g_signal_emit (self, signals[CHANNEL_GONE], 0, event->channel_id);
    break;

  case UC_FOLLOW_LISTS:
    g_signal_emit (self, signals[LISTS_WANTED], 0);
    break;

  case UC_FOLLOW_USER:
  default:
    _uc_people_refresh (self->people, event->user_id);
    break;
  }
}

static gboolean
is_of_unknown_channel (UcIngest *self, const UcEvent *event)
{
  return event->kind == UC_EVENT_POSTED && event->post != NULL &&
         !g_hash_table_contains (self->channels, event->post->channel_id);
}

static void
expect_event (UcIngest *self, const UcEvent *event)
{
  gboolean mentions_me;

  if (event->kind != UC_EVENT_POSTED || event->post == NULL || uc_post_is_system (event->post) ||
      g_strcmp0 (event->post->user_id, self->context->my_user_id) == 0)
    return;

  mentions_me = event->mentions != NULL &&
                g_strv_contains ((const char *const *) event->mentions, self->context->my_user_id);
  _uc_expectations_add (self->expectations, event->post->id, mentions_me);
}

/* The lists that were read meanwhile know of posts that follow one's own. */
static void
keep_later_unread (UcIngest *self, const UcEvent *event)
{
  gint64 next_ms;

  if (event->kind != UC_EVENT_POSTED || event->post == NULL || uc_post_is_system (event->post) ||
      g_strcmp0 (event->post->user_id, self->context->my_user_id) != 0)
    return;
  next_ms = _uc_ingest_next_post_ms (&self->held, event->post->channel_id);
  if (next_ms > 0)
    uc_batch_leave_unread (self->batch, event->post->channel_id, next_ms);
}

static void
apply (UcIngest *self, UcEvent *event)
{
  UcIngestEnv env = {
    .my_user_id = self->context->my_user_id,
    .now_ms = _uc_context_get_server_now_ms (self->context),
    .known_ms = self->known_ms,
  };

  self->known_ms = MAX (self->known_ms, _uc_ingest_get_moment (event));
  _uc_views_note_event (self->context->views, event);
  if (self->batch == NULL)
    self->batch = uc_batch_new ();
  follow (self, _uc_ingest_fill (event, &env, self->batch), event);
  keep_later_unread (self, event);

  if (event->post != NULL)
    _uc_people_want_of (self->people, event->post);
  note_moment (self, event);
  expect_event (self, event);
  flush (self);
}

/* Takes @event when its channel is not here yet. */
static gboolean
wait_for_channel (UcIngest *self, UcEvent *event)
{
  if (is_of_unknown_channel (self, event)) {
    _uc_awaited_begin (self->awaited, event->post->channel_id);
    g_signal_emit (self, signals[CHANNEL_WANTED], 0, event->post->channel_id);
  }
  return _uc_awaited_take (self->awaited, event);
}

static gboolean
is_never_held (const UcEvent *event)
{
  return event->kind == UC_EVENT_TYPING || event->kind == UC_EVENT_STATUS_CHANGE;
}

static void
uc_ingest_dispose (GObject *object)
{
  UcIngest *self = UC_INGEST (object);

  if (self->context != NULL)
    g_clear_signal_handler (&self->changed_id, self->context->store);
  g_clear_object (&self->people);
  g_clear_object (&self->watermarks);
  g_clear_object (&self->context);

  G_OBJECT_CLASS (uc_ingest_parent_class)->dispose (object);
}

static void
uc_ingest_finalize (GObject *object)
{
  UcIngest *self = UC_INGEST (object);

  g_queue_clear_full (&self->held, (GDestroyNotify) uc_event_free);
  _uc_awaited_free (self->awaited);
  g_hash_table_unref (self->channels);
  _uc_expectations_free (self->expectations);
  g_hash_table_unref (self->moments);
  g_hash_table_unref (self->applied);
  g_clear_pointer (&self->batch, uc_batch_free);
  g_free (self->my_name);

  G_OBJECT_CLASS (uc_ingest_parent_class)->finalize (object);
}

static void
uc_ingest_class_init (UcIngestClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GType         type = G_TYPE_FROM_CLASS (klass);

  object_class->dispose = uc_ingest_dispose;
  object_class->finalize = uc_ingest_finalize;

  signals[ASIDE] = g_signal_new ("aside", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE,
                                 1, G_TYPE_POINTER);
  signals[CHANNEL_WANTED] = g_signal_new ("channel-wanted", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                          NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
  signals[CHANNEL_GONE] = g_signal_new ("channel-gone", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                        NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
  signals[LISTS_WANTED] =
      g_signal_new ("lists-wanted", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[POSTED] = g_signal_new ("posted", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                  G_TYPE_NONE, 2, G_TYPE_POINTER, G_TYPE_BOOLEAN);
  signals[PROGRESS] =
      g_signal_new ("progress", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
uc_ingest_init (UcIngest *self)
{
  g_queue_init (&self->held);
  self->awaited = _uc_awaited_new ();
  self->channels = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->expectations = _uc_expectations_new ();
  self->moments = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  self->applied = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
}

UcIngest *
_uc_ingest_new (UcContext *context, UcPeople *people, UcWatermarks *watermarks)
{
  UcIngest *self = g_object_new (UC_TYPE_INGEST, NULL);

  self->context = g_object_ref (context);
  self->people = g_object_ref (people);
  self->watermarks = g_object_ref (watermarks);
  self->changed_id = g_signal_connect (context->store, "changed", G_CALLBACK (changed_cb), self);
  return self;
}

/**
 * _uc_ingest_take:
 * @self: a #UcIngest
 * @event: (transfer full): the next event of the stream
 */
void
_uc_ingest_take (UcIngest *self, UcEvent *event)
{
  g_autoptr (UcEvent) taken = event;

  g_return_if_fail (UC_IS_INGEST (self));

  if (self->is_holding && !is_never_held (event)) {
    g_queue_push_tail (&self->held, g_steal_pointer (&taken));
    return;
  }
  if (wait_for_channel (self, event))
    g_steal_pointer (&taken);
  else
    apply (self, event);
}

void
_uc_ingest_hold (UcIngest *self)
{
  self->is_holding = TRUE;
}

/**
 * _uc_ingest_release:
 * @self: a #UcIngest
 *
 * Applies what was held back. The lists that were read meanwhile may know of a part of
 * it already: what is counted in them is asked for once more.
 */
void
_uc_ingest_release (UcIngest *self)
{
  UcEvent *event;

  self->is_holding = FALSE;
  if (_uc_ingest_has_counted (&self->held))
    g_signal_emit (self, signals[LISTS_WANTED], 0);
  while (!self->is_holding && (event = g_queue_pop_head (&self->held)) != NULL) {
    /* Up to where is not said, and the lists know of posts that are still to come. */
    if (event->kind == UC_EVENT_CHANNEL_VIEWED || event->kind == UC_EVENT_POST_UNREAD)
      uc_event_free (event);
    else
      _uc_ingest_take (self, event);
  }
}

void
_uc_ingest_drop_held (UcIngest *self)
{
  self->known_ms = 0;
  self->is_holding = FALSE;
  g_queue_clear_full (&self->held, (GDestroyNotify) uc_event_free);
  _uc_awaited_clear (self->awaited);
}

void
_uc_ingest_set_channels (UcIngest *self, GPtrArray *channels)
{
  g_hash_table_remove_all (self->channels);
  for (guint i = 0; i < channels->len; i++)
    _uc_ingest_add_channel (self, ((UcChannel *) g_ptr_array_index (channels, i))->id);
}

void
_uc_ingest_add_channel (UcIngest *self, const char *channel_id)
{
  GQueue  *events = _uc_awaited_end (self->awaited, channel_id);
  UcEvent *event;

  g_hash_table_add (self->channels, g_strdup (channel_id));
  while (events != NULL && (event = g_queue_pop_head (events)) != NULL)
    _uc_ingest_take (self, event);
  g_clear_pointer (&events, g_queue_free);
}

void
_uc_ingest_refuse_channel (UcIngest *self, const char *channel_id)
{
  GQueue *events = _uc_awaited_end (self->awaited, channel_id);

  if (events != NULL)
    g_queue_free_full (events, (GDestroyNotify) uc_event_free);
}

gboolean
_uc_ingest_is_idle (UcIngest *self)
{
  return !self->is_applying && self->batch == NULL && g_queue_is_empty (&self->held);
}

void
_uc_ingest_expect (UcIngest *self, const UcPost *post)
{
  if (uc_post_is_system (post) || post->delete_at_ms > 0 ||
      g_strcmp0 (post->user_id, self->context->my_user_id) == 0)
    return;

  _uc_expectations_find (self->expectations, post->id,
                         _uc_ingest_mentions (post->message, self->my_name));
}

void
_uc_ingest_set_my_name (UcIngest *self, const char *username)
{
  g_set_str (&self->my_name, username);
}
