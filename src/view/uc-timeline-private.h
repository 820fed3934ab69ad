/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "uc-timeline-item-private.h"

G_BEGIN_DECLS

typedef struct _UcTimelineLoad UcTimelineLoad;

struct _UcTimeline
{
  GObject            parent_instance;

  UcSession         *session;    /* (owned) */
  UcStore           *store;      /* (owned) */
  UcDirectory       *directory;  /* (owned) */
  char              *channel_id; /* (owned) */
  char              *root_id;    /* (owned) */
  UcTimelineReader  *reader;     /* (owned) */

  UcTimelineWindow  *window;     /* (owned) what should show */
  GPtrArray         *items;      /* (owned) (element-type UcTimelineItem) what shows */
  GHashTable        *by_key;     /* (owned) (key: unowned) (value: unowned) of @items */
  gint64             divider_ms; /* what is newer was unread on opening; 0: no divider */
  guint              n_unread;   /* how many that was */
  gint64             seen_seq;   /* up to where they have been shown without a gap; 0: none */
  guint              n_skipped;  /* @n_unread while some above were not shown, else 0 */
  gint64             viewed_ms;  /* up to where the channel was read when last looked */
  guint              flush_id;
  gboolean           is_open;
  gboolean           was_at_newest;

  UcTimelineLoad    *load;       /* (unowned) (nullable) the one under way */
  GPtrArray         *journal;    /* (owned) (element-type UcChangeSet) what came meanwhile */
  GCancellable      *spans_load; /* (owned) (nullable) spans are being read */
  GCancellable      *state_load; /* (owned) cancelled in dispose */

  UcTimelineItem    *first_shown; /* (owned) (nullable) */
  UcTimelineItem    *last_shown;  /* (owned) (nullable) */
  GHashTable        *asked;       /* (owned) holes asked to fill, by before_seq */
};

/* Of uc-timeline.c: makes the items what the window says, now. */
void _uc_timeline_flush         (UcTimeline *self);
/* Before the next frame; however many changes come until then. */
void _uc_timeline_schedule      (UcTimeline *self);
void _uc_timeline_notify_load   (UcTimeline *self);
void _uc_timeline_set_skipped   (UcTimeline *self,
                                 guint       n_skipped);

/* Of uc-timeline-load.c. */
void _uc_timeline_load_older    (UcTimeline *self);
void _uc_timeline_load_newer    (UcTimeline *self);
void _uc_timeline_reload_spans  (UcTimeline *self);
void _uc_timeline_reload_state  (UcTimeline *self);
void _uc_timeline_cancel        (UcTimeline *self);

/* Of uc-timeline-shown.c: what follows from what is on the screen. */
void _uc_timeline_trim          (UcTimeline *self);
void _uc_timeline_look_around   (UcTimeline *self);
/* Whether what is done about a hole is something else now. */
gboolean _uc_timeline_update_hole (UcTimeline     *self,
                                   UcTimelineItem *item);
void _uc_timeline_hole_changed  (UcSession  *session,
                                 const char *channel_id,
                                 gint64      before_seq,
                                 UcTimeline *self);

#define UC_TIMELINE_PAGE 60

G_END_DECLS
