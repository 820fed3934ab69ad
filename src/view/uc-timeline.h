/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "uc-directory.h"
#include "uc-markdown.h"

G_BEGIN_DECLS

typedef enum
{
  UC_ITEM_MESSAGE,
  UC_ITEM_SYSTEM, /* a system post: one quiet line */
  UC_ITEM_DAY,    /* a new day begins */
  UC_ITEM_UNREAD, /* new messages begin */
  UC_ITEM_HOLE,   /* history is missing here and fills itself when seen */
  UC_ITEM_START,  /* the very beginning of the conversation */
} UcItemKind;

/**
 * UcTimelineItem:
 *
 * One row of a conversation. An item lives as long as its message stays in the
 * window, whatever becomes of its state or its key in the order: it then changes
 * in place and emits ::changed.
 *
 * Signals: "changed" (UcTimelineItem *)
 */
#define UC_TYPE_TIMELINE_ITEM (uc_timeline_item_get_type ())
G_DECLARE_FINAL_TYPE (UcTimelineItem, uc_timeline_item, UC, TIMELINE_ITEM, GObject)

UcItemKind   uc_timeline_item_get_kind       (UcTimelineItem *self);
/* Stable over the life of the row, unique in its timeline. */
const char  *uc_timeline_item_get_key        (UcTimelineItem *self);
/* (nullable): of MESSAGE and SYSTEM. */
UcMessage   *uc_timeline_item_get_message    (UcTimelineItem *self);
/* Of DAY: its midnight, local; of others their time. Ms since 1970. */
gint64       uc_timeline_item_get_time_ms    (UcTimelineItem *self);
/* Continues the one above: same author, within five minutes; no head is drawn. */
gboolean     uc_timeline_item_is_grouped     (UcTimelineItem *self);
/* Parsed once and kept; never NULL for MESSAGE. */
UcMarkdown  *uc_timeline_item_get_markdown   (UcTimelineItem *self);
/* Grows with every ::changed, so that cached heights can tell. */
guint        uc_timeline_item_get_revision   (UcTimelineItem *self);
/* A long text is cut (see UcMarkdown.is_cut) until it is wanted whole; for "Show more". */
gboolean     uc_timeline_item_is_expanded    (UcTimelineItem *self);
void         uc_timeline_item_set_expanded   (UcTimelineItem *self,
                                              gboolean        is_expanded);
/* Of HOLE; @reason (out) (optional) (nullable): why it failed, for a person. */
UcHoleState  uc_timeline_item_get_hole       (UcTimelineItem *self,
                                              const char    **reason);

/**
 * UcTimeline:
 *
 * A conversation, or one thread of it, as a #GListModel of #UcTimelineItem, oldest
 * first: a window over the store that slides as its ends are neared, so that memory
 * does not grow with history. Fed by the store's change sets; main thread.
 *
 * |[
 *   UcTimeline ─ GListModel
 *     └─ UcTimelineItem  START? HOLE? (DAY (MESSAGE | SYSTEM | HOLE | UNREAD)*)*
 * ]|
 *
 * Properties: "at-newest" (the window holds the newest message), "loading",
 *   "n-skipped" (unread messages were passed over: how many there were on opening, else 0)
 */
#define UC_TYPE_TIMELINE (uc_timeline_get_type ())
G_DECLARE_FINAL_TYPE (UcTimeline, uc_timeline, UC, TIMELINE, GObject)

/* @root_id "" for the channel as a whole. */
UcTimeline     *uc_timeline_new              (UcSession           *session,
                                              UcDirectory         *directory,
                                              const char          *channel_id,
                                              const char          *root_id) G_GNUC_WARN_UNUSED_RESULT;

/* Fills the window: around the first unread message if there is one, else at the
 * newest. finish: the position to show at the lower edge, or -1 for the end. */
void            uc_timeline_open_async       (UcTimeline          *self,
                                              GCancellable        *cancellable,
                                              GAsyncReadyCallback  callback,
                                              gpointer             user_data);
gboolean        uc_timeline_open_finish      (UcTimeline          *self,
                                              GAsyncResult        *result,
                                              int                 *position,
                                              GError             **error);
/* Moves the window to a message (post id or key), fetching it when needed.
 * finish: its position. */
void            uc_timeline_jump_async       (UcTimeline          *self,
                                              const char          *post_id_or_key,
                                              GCancellable        *cancellable,
                                              GAsyncReadyCallback  callback,
                                              gpointer             user_data);
int             uc_timeline_jump_finish      (UcTimeline          *self,
                                              GAsyncResult        *result,
                                              GError             **error);
/* Moves the window to the first message not older than @time_ms, fetching it when it
 * must; without one, to the newest. finish: uc_timeline_jump_finish(). */
void            uc_timeline_jump_date_async  (UcTimeline          *self,
                                              gint64               time_ms,
                                              GCancellable        *cancellable,
                                              GAsyncReadyCallback  callback,
                                              gpointer             user_data);
/* To the first message that was unread on opening, wherever the window is by now. */
void            uc_timeline_jump_unread_async (UcTimeline         *self,
                                              GCancellable        *cancellable,
                                              GAsyncReadyCallback  callback,
                                              gpointer             user_data);
gboolean        uc_timeline_has_unread       (UcTimeline          *self);
guint           uc_timeline_get_n_skipped    (UcTimeline          *self);
/* Asks once more for what a HOLE stands for. */
void            uc_timeline_retry_hole       (UcTimeline          *self,
                                              UcTimelineItem      *hole);
/* Moves the window to the newest messages. */
void            uc_timeline_jump_newest      (UcTimeline          *self);

/* The view tells which rows it shows; the window slides and holes fill by it. */
void            uc_timeline_set_shown        (UcTimeline          *self,
                                              guint                first,
                                              guint                last);
gboolean        uc_timeline_is_at_newest     (UcTimeline          *self);
int             uc_timeline_find             (UcTimeline          *self,
                                              const char          *post_id_or_key);
/* The newest message of mine that may be edited; (nullable) (transfer none). */
UcTimelineItem *uc_timeline_get_last_own     (UcTimeline          *self);
const char     *uc_timeline_get_channel_id   (UcTimeline          *self);
const char     *uc_timeline_get_root_id      (UcTimeline          *self);
/* The unread divider stays where it was when the conversation was opened. */
void            uc_timeline_clear_divider    (UcTimeline          *self);

G_END_DECLS
