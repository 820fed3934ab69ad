/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The lists, and what follows from them: which channels are read, how urgently, and
 * whose records are wanted. */

#include "config.h"

#include "uc-reader-parts-private.h"

#include "uc-catch-up-private.h"

/* Of the channels in which nothing new was written, so many of the most recent are
 * asked about changes at once; the others by and by. */
#define MAX_CHECKED 30
/* Something like joining a team causes several events. */
#define LISTS_DELAY_MS 500
#define LISTS_RETRY_MS 5000

static void lists_cb (GObject *source, GAsyncResult *result, gpointer user_data);
static void read_soon (UcReader *self);

gboolean
_uc_reader_is_visible (UcReader *self, const char *channel_id)
{
  return g_strcmp0 (self->visible_id, channel_id) == 0;
}

static UcLane
choose_lane (UcReader *self, UcLists *lists, const UcChannel *channel)
{
  UcMember *member = g_hash_table_lookup (lists->members, channel->id);

  if (_uc_reader_is_visible (self, channel->id))
    return UC_LANE_VISIBLE;
  if (member != NULL && member->mention_count > 0)
    return UC_LANE_MENTION;
  if (member != NULL && channel->total_msg_count > member->read_msg_count)
    return UC_LANE_NORMAL;
  return UC_LANE_BACKGROUND;
}

static void
check_later (UcReader *self, const char *channel_id, gboolean is_wanted)
{
  if (is_wanted)
    g_queue_push_tail (&self->unchecked, g_strdup (channel_id));
}

static void
queue_channels (UcReader *self, UcLists *lists)
{
  gboolean is_empty = g_queue_is_empty (&self->unchecked);
  /* Without a stream nothing tells of changes in what was read a while ago. */
  gboolean is_refilling = is_empty && _uc_polling_is_active (self->polling);
  guint    n_checked = 0;

  for (guint i = 0; i < lists->channels->len; i++) {
    UcChannel *channel = g_ptr_array_index (lists->channels, i);

    if (g_hash_table_contains (lists->dirty, channel->id))
      _uc_channel_sync_add (self->channels, channel->id, choose_lane (self, lists, channel),
                            UC_READ_NEW_TOO);
    else if (_uc_watermarks_is_verified (self->watermarks, channel->id))
      check_later (self, channel->id, is_refilling);
    else if (_uc_reader_is_visible (self, channel->id))
      _uc_channel_sync_add (self->channels, channel->id, UC_LANE_VISIBLE, UC_READ_NEW_TOO);
    else if (n_checked++ < MAX_CHECKED)
      _uc_channel_sync_add (self->channels, channel->id, UC_LANE_BACKGROUND, UC_READ_CHANGES);
    else
      check_later (self, channel->id, is_empty);
  }
  _uc_reader_start_trickle (self);
}

static void
queue_people (UcReader *self, UcLists *lists)
{
  for (guint i = 0; i < lists->partner_ids->len; i++)
    _uc_people_want (self->people, g_ptr_array_index (lists->partner_ids, i));

  if (self->has_read_teams)
    return;
  /* Once in a run everybody, for names that changed and for completion offline. */
  self->has_read_teams = TRUE;
  for (guint i = 0; i < lists->teams->len; i++)
    _uc_people_read_team (self->people, ((UcTeam *) g_ptr_array_index (lists->teams, i))->id);
  for (guint i = 0; i < lists->channels->len; i++) {
    UcChannel *channel = g_ptr_array_index (lists->channels, i);

    if (channel->type == UC_CHANNEL_GROUP)
      _uc_people_read_channel (self->people, channel->id);
  }
}

void
_uc_reader_check_caught_up (UcReader *self)
{
  if (!self->is_catching_up || !self->has_lists ||
      !_uc_channel_sync_is_done (self->channels, UC_LANE_MENTION))
    return;
  self->is_catching_up = FALSE;
  g_signal_emit_by_name (self, "caught-up");
}

void
_uc_reader_read_lists (UcReader *self)
{
  g_clear_handle_id (&self->lists_id, g_source_remove);
  if (self->is_listing)
    return;
  self->is_listing = TRUE;
  self->are_lists_owed = FALSE;
  _uc_catch_up_lists_async (self->context, self->watermarks, self->cancellable, lists_cb,
                            g_object_ref (self));
}

static void
lists_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (UcReader) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (UcLists) lists = _uc_catch_up_lists_finish (UC_CONTEXT (source), result, &error);

  /* Whoever cancels starts anew by himself. */
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  self->is_listing = FALSE;
  if (lists == NULL) {
    /* With a stream nobody else would ask again for what an event made wanted. */
    if (!self->is_catching_up)
      _uc_reader_read_lists_later (self);
    g_signal_emit_by_name (self, "failed", error);
    return;
  }
  self->has_lists = TRUE;
  _uc_ingest_set_channels (self->ingest, lists->channels);
  queue_people (self, lists);
  queue_channels (self, lists);
  if (lists->is_overtaken)
    read_soon (self);
  _uc_reader_check_caught_up (self);
  g_signal_emit_by_name (self, "progress");
}

static void
lists_due_cb (gpointer user_data)
{
  UcReader *self = user_data;

  self->lists_id = 0;
  _uc_reader_read_lists (self);
}

static void
read_in (UcReader *self, guint delay_ms)
{
  if (!self->is_online)
    self->are_lists_owed = TRUE;
  else if (self->lists_id == 0)
    self->lists_id = g_timeout_add_once (delay_ms, lists_due_cb, self);
}

void
_uc_reader_read_lists_later (UcReader *self)
{
  read_in (self, LISTS_RETRY_MS);
}

static void
read_soon (UcReader *self)
{
  read_in (self, LISTS_DELAY_MS);
}

void
_uc_reader_pay_lists (UcReader *self)
{
  if (self->are_lists_owed)
    read_soon (self);
}

void
_uc_reader_lists_wanted_cb (UcIngest *ingest, UcReader *self)
{
  read_soon (self);
}

void
_uc_reader_drop_lists (UcReader *self)
{
  self->are_lists_owed = self->are_lists_owed || self->is_listing || self->lists_id != 0;
  g_clear_handle_id (&self->lists_id, g_source_remove);
  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  self->cancellable = g_cancellable_new ();
  self->is_listing = FALSE;
}
