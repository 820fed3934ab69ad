/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The records that only the store makes. */

#include "config.h"

#include "uc-store-types.h"

#include "uc-store-read.h"
#include "uc-store-search.h"

void
uc_outbox_row_free (UcOutboxRow *self)
{
  g_free (self->op_id);
  g_free (self->channel_id);
  g_free (self->root_id);
  g_free (self->post_id);
  g_free (self->waits_for);
  g_free (self->message);
  g_free (self->props);
  g_free (self->emoji_name);
  g_free (self->last_known_id);
  g_clear_pointer (&self->files, g_ptr_array_unref);
  g_free (self->reason);
  g_free (self);
}

void
uc_channel_state_free (UcChannelState *self)
{
  g_clear_pointer (&self->channel, uc_channel_unref);
  g_clear_pointer (&self->member, uc_member_unref);
  g_free (self);
}

void
uc_window_free (UcWindow *self)
{
  g_clear_pointer (&self->messages, g_ptr_array_unref);
  g_clear_pointer (&self->spans, g_array_unref);
  g_free (self);
}

void
uc_search_hit_free (UcSearchHit *self)
{
  g_clear_pointer (&self->message, uc_message_unref);
  g_free (self->snippet);
  g_free (self);
}
