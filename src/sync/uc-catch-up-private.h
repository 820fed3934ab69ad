/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "uc-context-private.h"
#include "uc-watermarks-private.h"

G_BEGIN_DECLS

/* How a channel stands to what is stored of it. */
typedef enum {
  UC_CHANNEL_CLEAN, /* nothing new was written in it */
  UC_CHANNEL_DIRTY, /* there are posts we do not have, or may not have */
} UcChannelDirt;

/* @stored (nullable): as it was before the lists were read; @mark_ms: its watermark. */
UcChannelDirt
_uc_catch_up_judge (const UcChannelState *stored, const UcChannel *now, gint64 mark_ms);

/**
 * UcLists:
 *
 * What the lists said, already in the store: every channel one is in, and those
 * among them that need reading.
 */
typedef struct {
  GPtrArray  *teams;       /* (element-type UcTeam) */
  GPtrArray  *channels;    /* (element-type UcChannel), most recently written in first */
  GHashTable *members;     /* channel id to UcMember */
  GHashTable *dirty;       /* set of channel ids */
  GPtrArray  *partner_ids; /* (element-type utf8) of direct channels */
  /* A channel was read or marked as unread meanwhile: its membership was not taken, and
   * the lists are to be read once more. */
  gboolean is_overtaken;
} UcLists;

void uc_lists_free (UcLists *lists);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (UcLists, uc_lists_free)

/* Reads teams, channels, memberships and preferences, and writes them in one batch. */
void     _uc_catch_up_lists_async (UcContext          *context,
                                   UcWatermarks       *watermarks,
                                   GCancellable       *cancellable,
                                   GAsyncReadyCallback callback,
                                   gpointer            user_data);
UcLists *_uc_catch_up_lists_finish (UcContext    *context,
                                    GAsyncResult *result,
                                    GError      **error) G_GNUC_WARN_UNUSED_RESULT;

/* One channel and one's membership of it. */
void       _uc_catch_up_channel_async (UcContext          *context,
                                       const char         *channel_id,
                                       GCancellable       *cancellable,
                                       GAsyncReadyCallback callback,
                                       gpointer            user_data);
UcChannel *_uc_catch_up_channel_finish (UcContext    *context,
                                        GAsyncResult *result,
                                        GError      **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
