/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "uc-timeline-layout-private.h"

G_BEGIN_DECLS

/* Who reads: shared by the items of a timeline. */
typedef struct
{
  char    *username;   /* (nullable) */
  char    *first_name; /* (nullable) set when it mentions */
  GStrv    keys;       /* (nullable) */
  gboolean ignores_groups;
} UcTimelineReader;

UcTimelineReader *_uc_timeline_reader_new      (const UcUser *me) G_GNUC_WARN_UNUSED_RESULT;
UcTimelineReader *_uc_timeline_reader_ref      (UcTimelineReader *self);
void              _uc_timeline_reader_unref    (UcTimelineReader *self);
gboolean          _uc_timeline_reader_is_equal (const UcTimelineReader *a,
                                                const UcTimelineReader *b);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (UcTimelineReader, _uc_timeline_reader_unref)

UcTimelineItem   *_uc_timeline_item_new            (const UcTimelineRow *row,
                                                    UcTimelineReader    *reader) G_GNUC_WARN_UNUSED_RESULT;
/* Whether it looks different now. The signal is for later, when the model is in order. */
gboolean          _uc_timeline_item_update         (UcTimelineItem      *self,
                                                    const UcTimelineRow *row);
void              _uc_timeline_item_set_reader     (UcTimelineItem      *self,
                                                    UcTimelineReader    *reader);
void              _uc_timeline_item_emit_changed   (UcTimelineItem      *self);
gboolean          _uc_timeline_item_set_hole       (UcTimelineItem      *self,
                                                    UcHoleState          state,
                                                    const char          *reason);
gint64            _uc_timeline_item_get_before_seq (UcTimelineItem      *self);

G_END_DECLS
