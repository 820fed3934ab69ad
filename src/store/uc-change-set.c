/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What a batch changed, as it is told to everybody. */

#include "config.h"

#include "uc-change-set.h"

#include "uc-recorder-private.h"

G_DEFINE_BOXED_TYPE (UcChangeSet, uc_change_set, uc_change_set_ref, uc_change_set_unref)

static void
message_change_free (UcMessageChange *change)
{
  g_free (change->channel_id);
  g_clear_pointer (&change->message, uc_message_unref);
  g_free (change);
}

/**
 * uc_change_set_new:
 *
 * Returns: (transfer full): an empty one, to be filled before it is shared
 */
UcChangeSet *
uc_change_set_new (void)
{
  UcChangeSet *self = g_atomic_rc_box_new0 (UcChangeSet);

  self->messages = g_ptr_array_new_with_free_func ((GDestroyNotify) message_change_free);
  self->user_ids = g_ptr_array_new_with_free_func (g_free);
  self->team_ids = g_ptr_array_new_with_free_func (g_free);
  self->channel_ids = g_ptr_array_new_with_free_func (g_free);
  self->span_channels = g_ptr_array_new_with_free_func (g_free);
  self->op_ids = g_ptr_array_new_with_free_func (g_free);
  self->file_ids = g_ptr_array_new_with_free_func (g_free);
  return self;
}

UcChangeSet *
uc_change_set_ref (UcChangeSet *self)
{
  return g_atomic_rc_box_acquire (self);
}

static void
clear (gpointer data)
{
  UcChangeSet *self = data;

  g_ptr_array_unref (self->messages);
  g_ptr_array_unref (self->user_ids);
  g_ptr_array_unref (self->team_ids);
  g_ptr_array_unref (self->channel_ids);
  g_ptr_array_unref (self->span_channels);
  g_ptr_array_unref (self->op_ids);
  g_ptr_array_unref (self->file_ids);
}

void
uc_change_set_unref (UcChangeSet *self)
{
  g_atomic_rc_box_release_full (self, clear);
}

/**
 * uc_change_set_has_channel:
 *
 * Returns: whether anything the list of channels shows of it changed
 */
gboolean
uc_change_set_has_channel (UcChangeSet *self, const char *channel_id)
{
  return g_ptr_array_find_with_equal_func (self->channel_ids, channel_id, g_str_equal, NULL);
}

gboolean
uc_change_set_has_user (UcChangeSet *self, const char *user_id)
{
  return g_ptr_array_find_with_equal_func (self->user_ids, user_id, g_str_equal, NULL);
}

gboolean
_uc_change_set_is_empty (const UcChangeSet *self)
{
  return self->messages->len == 0 && self->user_ids->len == 0 && self->team_ids->len == 0 &&
         self->channel_ids->len == 0 && self->span_channels->len == 0 && self->op_ids->len == 0 &&
         self->file_ids->len == 0 && !self->preferences && !self->flags && !self->facts;
}
