/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "uc-timeline-private.h"

G_BEGIN_DECLS

typedef enum
{
  UC_TIMELINE_LOAD_OPEN,
  UC_TIMELINE_LOAD_JUMP,
  UC_TIMELINE_LOAD_UNREAD, /* a jump that ends below the divider */
  UC_TIMELINE_LOAD_NEWEST,
  UC_TIMELINE_LOAD_OLDER,
  UC_TIMELINE_LOAD_NEWER,
} UcTimelineLoadKind;

struct _UcTimelineLoad
{
  /* Input. */
  UcTimelineLoadKind kind;
  char    *target; /* (owned) (nullable) of JUMP and UNREAD, once it is known */

  /* In progress. */
  GCancellable *cancellable; /* (owned) */
  gboolean      is_stored;   /* of JUMP: the target is there, whatever the server says */
  gint64        seq;         /* of JUMP: where it is */

  /* Result. */
  UcWindow *loaded; /* (owned) (nullable) */
};

/* The steps that kinds of loads share. Each load is a task with an UcTimelineLoad. */
GTask   *_uc_timeline_load_start       (UcTimeline          *self,
                                        UcTimelineLoadKind   kind,
                                        GCancellable        *cancellable,
                                        GAsyncReadyCallback  callback,
                                        gpointer             user_data,
                                        gpointer             source_tag);
gboolean _uc_timeline_load_is_replaced (GTask               *task);
void     _uc_timeline_load_fail        (GTask               *task,
                                        GError              *error);
/* Nothing had to be moved: the row is at @position. */
void     _uc_timeline_load_arrive      (GTask               *task,
                                        int                  position);
void     _uc_timeline_load_window      (GTask               *task,
                                        UcWindowKind         kind,
                                        gint64               seq,
                                        guint                limit);

G_END_DECLS
