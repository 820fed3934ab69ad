/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "uc-row-context.h"
#include "uc-timeline.h"

G_BEGIN_DECLS

/**
 * UcConversationList:
 *
 * The timeline of a conversation on screen, in one of two ways: rows made as they
 * are seen, or, with the flag virtual_scrolling off or after it failed, the plain
 * list. A change of the flag takes effect at once, and what was seen stays. Main
 * thread.
 *
 * Properties: "at-end" (read-only: at the newest message and following)
 */
#define UC_TYPE_CONVERSATION_LIST (uc_conversation_list_get_type ())
G_DECLARE_FINAL_TYPE (UcConversationList, uc_conversation_list, UC, CONVERSATION_LIST, GtkWidget)

GtkWidget *uc_conversation_list_new (UcRowContext *context) G_GNUC_WARN_UNUSED_RESULT;

/* NULL: nothing. @position stands at the lower edge; -1: the end. */
void
uc_conversation_list_set_timeline (UcConversationList *self, UcTimeline *timeline, int position);
void uc_conversation_list_show_message (UcConversationList *self, guint position);
/* The key of the message that stands lowest, and its distance from the lower edge; NULL:
 * the end. (transfer full) (nullable) */
char *uc_conversation_list_dup_place (UcConversationList *self, double *distance);
void  uc_conversation_list_show_place (UcConversationList *self, guint position, double distance);
void  uc_conversation_list_show_newest (UcConversationList *self);
void  uc_conversation_list_scroll_pages (UcConversationList *self, int n_pages);
gboolean uc_conversation_list_is_at_end (UcConversationList *self);
gboolean uc_conversation_list_is_plain (UcConversationList *self);

G_END_DECLS
