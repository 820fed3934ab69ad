/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "uc-store-read.h"

G_BEGIN_DECLS

/**
 * UcTimelineWindow:
 *
 * The messages of a stretch of a conversation in the order of the store. The bounds
 * @lo_seq and @hi_seq are inclusive, and open (the lowest and highest number) where
 * nothing is stored beyond: whatever is written between them belongs in. Plain data.
 */
typedef struct
{
  char       *channel_id;
  char       *root_id;  /* "" for the channel as a whole */
  GPtrArray  *messages; /* (element-type UcMessage) sorted by seq */
  GHashTable *by_key;   /* (key: unowned) (value: unowned) */
  GArray     *spans;    /* (element-type UcSpan) of the whole channel, oldest first */
  gint64      lo_seq;
  gint64      hi_seq;
} UcTimelineWindow;

UcTimelineWindow *_uc_timeline_window_new          (const char       *channel_id,
                                                    const char       *root_id) G_GNUC_WARN_UNUSED_RESULT;
void              _uc_timeline_window_free         (UcTimelineWindow *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (UcTimelineWindow, _uc_timeline_window_free)

gboolean          _uc_timeline_window_has_older    (const UcTimelineWindow *self);
gboolean          _uc_timeline_window_has_newer    (const UcTimelineWindow *self);
/* Where the first message not older than @seq is. */
guint             _uc_timeline_window_find         (const UcTimelineWindow *self,
                                                    gint64                  seq);
/* Whether @seq lies in a stretch of complete history. */
gboolean          _uc_timeline_window_is_covered   (const UcTimelineWindow *self,
                                                    gint64                  seq);

void              _uc_timeline_window_replace      (UcTimelineWindow *self,
                                                    UcWindow         *loaded);
void              _uc_timeline_window_extend_older (UcTimelineWindow *self,
                                                    UcWindow         *loaded);
void              _uc_timeline_window_extend_newer (UcTimelineWindow *self,
                                                    UcWindow         *loaded);
/* Whether anything of it shows here. */
gboolean          _uc_timeline_window_apply        (UcTimelineWindow *self,
                                                    UcMessageChange  *change);
void              _uc_timeline_window_trim_older   (UcTimelineWindow *self,
                                                    guint             n);
void              _uc_timeline_window_trim_newer   (UcTimelineWindow *self,
                                                    guint             n);
void              _uc_timeline_window_set_spans    (UcTimelineWindow *self,
                                                    GArray           *spans);

G_END_DECLS
