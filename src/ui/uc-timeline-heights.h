/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef struct _UcTimelineHeights UcTimelineHeights;

UcTimelineHeights *uc_timeline_heights_new (void) G_GNUC_WARN_UNUSED_RESULT;
void               uc_timeline_heights_free (UcTimelineHeights *self);

void uc_timeline_heights_splice (UcTimelineHeights *self,
                                 guint              position,
                                 guint              n_removed,
                                 guint              n_added);
void uc_timeline_heights_outdate (UcTimelineHeights *self);
void uc_timeline_heights_set (UcTimelineHeights *self, guint position, guint revision, int height);

guint  uc_timeline_heights_get_n (UcTimelineHeights *self);
int    uc_timeline_heights_get (UcTimelineHeights *self, guint position, guint revision);
double uc_timeline_heights_get_offset (UcTimelineHeights *self, guint position);
guint  uc_timeline_heights_find (UcTimelineHeights *self, double offset, double *into);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (UcTimelineHeights, uc_timeline_heights_free)

G_END_DECLS
