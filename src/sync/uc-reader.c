/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Decides what is read when, and in which order it reaches the store. */

#include "config.h"

#include "uc-reader-parts-private.h"

/* Between two channels that nothing draws attention to. */
#define TRICKLE_S 3

enum {
  CAUGHT_UP,
  FAILED,
  ASIDE,
  POSTED,
  PROGRESS,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (UcReader, uc_reader, G_TYPE_OBJECT)

/* -- What the parts say ---------------------------------------------------------------------- */

static void
channel_wanted_cb (UcIngest *ingest, const char *channel_id, UcReader *self)
{
  _uc_arrivals_fetch (self->arrivals, channel_id);
}

static void
channel_gone_cb (UcIngest *ingest, const char *channel_id, UcReader *self)
{
  _uc_channel_sync_remove (self->channels, channel_id);
}

static void
arrived_cb (UcArrivals *arrivals, gpointer channel, UcReader *self)
{
  _uc_reader_adopt_channel (self, channel);
}

/* The lists name it as well. */
static void
missed_cb (UcArrivals *arrivals, UcReader *self)
{
  _uc_reader_read_lists_later (self);
}

static void
refused_cb (UcArrivals *arrivals, const char *channel_id, UcReader *self)
{
  _uc_ingest_refuse_channel (self->ingest, channel_id);
}

static void
aside_cb (UcIngest *ingest, gpointer event, UcReader *self)
{
  g_signal_emit (self, signals[ASIDE], 0, event);
}

static void
posted_cb (UcIngest *ingest, gpointer message, gboolean mentions_me, UcReader *self)
{
  g_signal_emit (self, signals[POSTED], 0, message, mentions_me);
}

static void
progress_cb (GObject *part, UcReader *self)
{
  _uc_reader_check_caught_up (self);
  g_signal_emit (self, signals[PROGRESS], 0);
}

static void
look_cb (UcPolling *polling, gboolean at_lists, UcReader *self)
{
  if (self->visible_id != NULL)
    _uc_channel_sync_add (self->channels, self->visible_id, UC_LANE_VISIBLE, UC_READ_CHANGES);
  if (at_lists)
    _uc_reader_read_lists (self);
}

/* One channel at a time, so that nobody notices. */
static gboolean
trickle_cb (gpointer user_data)
{
  UcReader        *self = user_data;
  g_autofree char *channel_id = NULL;

  if (g_network_monitor_get_network_metered (g_network_monitor_get_default ()))
    return G_SOURCE_CONTINUE;
  channel_id = g_queue_pop_head (&self->unchecked);
  if (channel_id == NULL) {
    self->trickle_id = 0;
    return G_SOURCE_REMOVE;
  }
  _uc_channel_sync_add (self->channels, channel_id, UC_LANE_BACKGROUND, UC_READ_CHANGES);
  return G_SOURCE_CONTINUE;
}

void
_uc_reader_start_trickle (UcReader *self)
{
  if (self->trickle_id == 0 && !g_queue_is_empty (&self->unchecked))
    self->trickle_id = g_timeout_add_seconds (TRICKLE_S, trickle_cb, self);
}

void
_uc_reader_pause_trickle (UcReader *self)
{
  g_clear_handle_id (&self->trickle_id, g_source_remove);
}

void
_uc_reader_drop_trickle (UcReader *self)
{
  _uc_reader_pause_trickle (self);
  g_queue_clear_full (&self->unchecked, g_free);
}

static void
uc_reader_dispose (GObject *object)
{
  UcReader *self = UC_READER (object);

  g_clear_handle_id (&self->lists_id, g_source_remove);
  _uc_reader_drop_trickle (self);
  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->polling);
  g_clear_object (&self->arrivals);
  g_clear_object (&self->history);
  g_clear_object (&self->channels);
  g_clear_object (&self->ingest);
  g_clear_object (&self->watermarks);
  g_clear_object (&self->people);
  g_clear_object (&self->context);

  G_OBJECT_CLASS (uc_reader_parent_class)->dispose (object);
}

static void
uc_reader_finalize (GObject *object)
{
  UcReader *self = UC_READER (object);

  g_object_unref (self->cancellable);
  g_free (self->visible_id);

  G_OBJECT_CLASS (uc_reader_parent_class)->finalize (object);
}

static void
uc_reader_class_init (UcReaderClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GType         type = G_TYPE_FROM_CLASS (klass);

  object_class->dispose = uc_reader_dispose;
  object_class->finalize = uc_reader_finalize;

  signals[CAUGHT_UP] =
      g_signal_new ("caught-up", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[FAILED] = g_signal_new ("failed", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                  G_TYPE_NONE, 1, G_TYPE_ERROR);
  signals[ASIDE] = g_signal_new ("aside", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE,
                                 1, G_TYPE_POINTER);
  signals[POSTED] = g_signal_new ("posted", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                  G_TYPE_NONE, 2, G_TYPE_POINTER, G_TYPE_BOOLEAN);
  signals[PROGRESS] =
      g_signal_new ("progress", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
uc_reader_init (UcReader *self)
{
  self->cancellable = g_cancellable_new ();
  g_queue_init (&self->unchecked);
}

UcReader *
_uc_reader_new (UcContext *context)
{
  UcReader *self = g_object_new (UC_TYPE_READER, NULL);

  self->context = g_object_ref (context);
  self->people = _uc_people_new (context);
  self->watermarks = _uc_watermarks_new (context);
  self->ingest = _uc_ingest_new (context, self->people, self->watermarks);
  self->channels = _uc_channel_sync_new (context, self->people, self->watermarks, self->ingest);
  self->history = _uc_history_new (context, self->people);
  self->arrivals = _uc_arrivals_new (context);
  self->polling = _uc_polling_new ();

  g_signal_connect_object (self->ingest, "aside", G_CALLBACK (aside_cb), self, 0);
  g_signal_connect_object (self->ingest, "posted", G_CALLBACK (posted_cb), self, 0);
  g_signal_connect_object (self->ingest, "channel-wanted", G_CALLBACK (channel_wanted_cb), self, 0);
  g_signal_connect_object (self->ingest, "channel-gone", G_CALLBACK (channel_gone_cb), self, 0);
  g_signal_connect_object (self->ingest, "lists-wanted", G_CALLBACK (_uc_reader_lists_wanted_cb),
                           self, 0);
  g_signal_connect_object (self->ingest, "progress", G_CALLBACK (progress_cb), self, 0);
  g_signal_connect_object (self->channels, "progress", G_CALLBACK (progress_cb), self, 0);
  g_signal_connect_object (self->people, "progress", G_CALLBACK (progress_cb), self, 0);
  g_signal_connect_object (self->arrivals, "arrived", G_CALLBACK (arrived_cb), self, 0);
  g_signal_connect_object (self->arrivals, "missed", G_CALLBACK (missed_cb), self, 0);
  g_signal_connect_object (self->arrivals, "refused", G_CALLBACK (refused_cb), self, 0);
  g_signal_connect_object (self->arrivals, "progress", G_CALLBACK (progress_cb), self, 0);
  g_signal_connect_object (self->polling, "look", G_CALLBACK (look_cb), self, 0);
  return self;
}

/* A catching up that begins when it is certain that the store knows of it. */
typedef struct {
  UcReader     *self;        /* (owned) */
  GCancellable *cancellable; /* (owned) cancelled when it has been given up */
} Beginning;

static void
begun_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Beginning *beginning = user_data;
  g_autoptr (UcReader) self = beginning->self;
  g_autoptr (GCancellable) cancellable = beginning->cancellable;
  g_autoptr (GError) error = NULL;

  g_free (beginning);
  uc_store_apply_finish (UC_STORE (source), result, &error);
  if (g_cancellable_is_cancelled (cancellable))
    return;
  if (error != NULL)
    g_signal_emit (self, signals[FAILED], 0, error);
  else
    _uc_reader_read_lists (self);
}

/**
 * _uc_reader_catch_up:
 * @self: a #UcReader
 * @connection_id: (nullable): of the stream that has just begun
 *
 * First of all the store learns, in one transaction, that no history reaches the
 * present any more and which connection that is true of. Whatever is written
 * afterwards can only have been read or pushed since. A store that cannot be told, on a
 * full disk say, is not to be brought up to date either: that fails.
 */
void
_uc_reader_catch_up (UcReader *self, const char *connection_id)
{
  UcBatch   *batch = uc_batch_new ();
  Beginning *beginning = g_new0 (Beginning, 1);

  _uc_reader_drop_lists (self);
  _uc_reader_drop_trickle (self);
  _uc_channel_sync_clear (self->channels);
  _uc_ingest_drop_held (self->ingest);
  _uc_ingest_hold (self->ingest);

  _uc_watermarks_flush (self->watermarks, batch);
  _uc_watermarks_doubt (self->watermarks);
  uc_batch_clear_tips (batch);
  uc_batch_put_fact (batch, "connection_id", connection_id);
  beginning->self = g_object_ref (self);
  beginning->cancellable = g_object_ref (self->cancellable);
  uc_store_apply_async (self->context->store, batch, begun_cb, beginning);

  self->is_catching_up = TRUE;
  self->has_lists = FALSE;
  self->is_online = TRUE;
}

void
_uc_reader_take (UcReader *self, UcEvent *event)
{
  _uc_ingest_take (self->ingest, event);
}

void
_uc_reader_go_live (UcReader *self)
{
  self->is_online = TRUE;
  _uc_polling_set_active (self->polling, FALSE);
  _uc_channel_sync_set_announcing (self->channels, FALSE);
  _uc_ingest_release (self->ingest);
  _uc_history_retry (self->history);
  _uc_reader_pay_lists (self);
  _uc_reader_start_trickle (self);
}

void
_uc_reader_go_polling (UcReader *self)
{
  self->is_online = TRUE;
  _uc_ingest_release (self->ingest);
  _uc_channel_sync_set_announcing (self->channels, TRUE);
  _uc_polling_set_active (self->polling, TRUE);
  _uc_history_retry (self->history);
  _uc_reader_pay_lists (self);
  _uc_reader_start_trickle (self);
}

void
_uc_reader_retry_now (UcReader *self)
{
  if (!self->is_online)
    return;
  _uc_channel_sync_retry_now (self->channels);
  _uc_history_retry (self->history);
}

void
_uc_reader_pause (UcReader *self)
{
  self->is_online = FALSE;
  self->is_catching_up = FALSE;
  _uc_reader_drop_lists (self);
  _uc_reader_pause_trickle (self);
  _uc_polling_set_active (self->polling, FALSE);
}

void
_uc_reader_stop (UcReader *self)
{
  UcBatch *batch = uc_batch_new ();

  _uc_reader_pause (self);
  _uc_channel_sync_clear (self->channels);
  _uc_history_stop (self->history);
  _uc_people_stop (self->people);
  _uc_arrivals_stop (self->arrivals);
  _uc_ingest_drop_held (self->ingest);
  _uc_watermarks_flush (self->watermarks, batch);
  _uc_context_apply (self->context, batch);
}

void
_uc_reader_forget (UcReader *self)
{
  _uc_watermarks_forget (self->watermarks);
}

void
_uc_reader_set_me (UcReader *self, UcUser *me)
{
  UcBatch *batch = uc_batch_new ();

  uc_batch_put_user (batch, me);
  _uc_context_apply (self->context, batch);
  _uc_ingest_set_my_name (self->ingest, me->username);
}

void
_uc_reader_set_visible (UcReader *self, const char *channel_id)
{
  if (!g_set_str (&self->visible_id, channel_id) || channel_id == NULL || !self->is_online)
    return;
  /* With a stream a channel that was read stays up to date; without one nothing does. */
  if (_uc_polling_is_active (self->polling) ||
      !_uc_watermarks_is_verified (self->watermarks, channel_id))
    _uc_channel_sync_add (self->channels, channel_id, UC_LANE_VISIBLE, UC_READ_NEW_TOO);
}

void
_uc_reader_add_channel (UcReader *self, const char *channel_id)
{
  _uc_arrivals_fetch (self->arrivals, channel_id);
}

/**
 * _uc_reader_adopt_channel:
 * @self: a #UcReader
 * @channel: one that has just been written
 *
 * What happens in it is applied from now on, and what happened is read.
 */
void
_uc_reader_adopt_channel (UcReader *self, UcChannel *channel)
{
  g_autofree char *partner_id = uc_channel_dup_partner_id (channel, self->context->my_user_id);

  _uc_ingest_add_channel (self->ingest, channel->id);
  if (partner_id != NULL)
    _uc_people_want (self->people, partner_id);
  else if (channel->type == UC_CHANNEL_GROUP)
    _uc_people_read_channel (self->people, channel->id);
  _uc_channel_sync_add (self->channels, channel->id,
                        _uc_reader_is_visible (self, channel->id) ? UC_LANE_VISIBLE
                                                                  : UC_LANE_MENTION,
                        UC_READ_NEW_TOO);
}

void
_uc_reader_look_at (UcReader *self, const char *channel_id)
{
  if (_uc_polling_is_active (self->polling))
    _uc_channel_sync_add (self->channels, channel_id, UC_LANE_VISIBLE, UC_READ_NEW_TOO);
}

void
_uc_reader_read_all (UcReader *self, GPtrArray *channel_ids)
{
  for (guint i = 0; i < channel_ids->len; i++) {
    const char *channel_id = g_ptr_array_index (channel_ids, i);

    if (!_uc_watermarks_is_verified (self->watermarks, channel_id))
      _uc_channel_sync_add (self->channels, channel_id, UC_LANE_NORMAL, UC_READ_NEW_TOO);
  }
}

UcHistory *
_uc_reader_get_history (UcReader *self)
{
  return self->history;
}

UcPeople *
_uc_reader_get_people (UcReader *self)
{
  return self->people;
}

gboolean
_uc_reader_is_idle (UcReader *self)
{
  return !self->is_listing && !self->is_catching_up && self->lists_id == 0 &&
         _uc_arrivals_is_idle (self->arrivals) &&
         _uc_channel_sync_is_done (self->channels, UC_LANE_BACKGROUND) &&
         _uc_ingest_is_idle (self->ingest) && _uc_people_is_idle (self->people);
}
