/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "uc-composer.h"
#include "uc-row-context.h"

G_BEGIN_DECLS

/**
 * UcConversationPane:
 *
 * A conversation, or one of its threads: its messages, who is typing, and the
 * composer. It opens from the store at once; while one is opened the one before
 * stays on screen. Main thread.
 *
 * Signals:
 *   "thread" (UcConversationPane *, const char *root_key)   a thread is asked for
 *   "leave" (UcConversationPane *)    Escape with nothing to leave here
 *   "notice" (UcConversationPane *, const char *text)
 */
#define UC_TYPE_CONVERSATION_PANE (uc_conversation_pane_get_type ())
G_DECLARE_FINAL_TYPE (UcConversationPane, uc_conversation_pane, UC, CONVERSATION_PANE, GtkWidget)

GtkWidget *uc_conversation_pane_new (UcSession   *session,
                                     UcDirectory *directory,
                                     UcSidebar   *sidebar,
                                     gboolean     is_thread) G_GNUC_WARN_UNUSED_RESULT;

/* NULL: nothing. @root_id "" for the channel as a whole. @post_id (nullable): the
 * message to show. */
void          uc_conversation_pane_open (UcConversationPane *self,
                                         const char         *channel_id,
                                         const char         *root_id,
                                         const char         *post_id);
void          uc_conversation_pane_jump_date (UcConversationPane *self, gint64 time_ms);
void          uc_conversation_pane_jump_unread (UcConversationPane *self);
void          uc_conversation_pane_jump_newest (UcConversationPane *self);
void          uc_conversation_pane_go_back (UcConversationPane *self);
const char   *uc_conversation_pane_get_channel_id (UcConversationPane *self);
const char   *uc_conversation_pane_get_root_id (UcConversationPane *self);
UcComposer   *uc_conversation_pane_get_composer (UcConversationPane *self);
UcRowContext *uc_conversation_pane_get_context (UcConversationPane *self);

G_END_DECLS
