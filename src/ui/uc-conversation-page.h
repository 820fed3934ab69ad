/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "uc-directory.h"
#include "uc-sidebar.h"

G_BEGIN_DECLS

/**
 * UcConversationPage:
 *
 * The content half of the window: header bar, timeline, composer and, beside them or
 * above them when it is narrow, one thread. One page an account; it shows one
 * conversation at a time, from the store at once, and an empty state when there is
 * none. It tells the session what is on screen while its window is active. Main
 * thread.
 *
 * It knows nothing of the window around it: banners, toasts and search are the
 * shell's, which hears of them through the signals.
 *
 * Properties: "channel-id" ("" for none, read-only), "show-flags" (AI flags on rows),
 * "use-24h", "send-on-enter"
 *
 * Signals:
 *   "open-channel" (UcConversationPage *, const char *channel_name)  a ~channel was followed
 *   "open-user" (UcConversationPage *, const char *username)         an @mention was followed
 *   "open-message" (UcConversationPage *, const char *post_id)       a link to a message
 *   "search" (UcConversationPage *, const char *query)               a #hashtag was followed
 *   "notice" (UcConversationPage *, const char *text)                for a toast
 */
#define UC_TYPE_CONVERSATION_PAGE (uc_conversation_page_get_type ())
G_DECLARE_FINAL_TYPE (UcConversationPage,
                      uc_conversation_page,
                      UC,
                      CONVERSATION_PAGE,
                      AdwNavigationPage)

UcConversationPage *uc_conversation_page_new (UcSession   *session,
                                              UcDirectory *directory,
                                              UcSidebar   *sidebar) G_GNUC_WARN_UNUSED_RESULT;

/* NULL: the empty state. Drafts of the one before are kept. */
void uc_conversation_page_open (UcConversationPage *self, const char *channel_id);
/* The message in its place, fetched when it is not stored. */
void        uc_conversation_page_open_message (UcConversationPage *self,
                                               const char         *channel_id,
                                               const char         *post_id);
void        uc_conversation_page_open_thread (UcConversationPage *self, const char *root_id);
const char *uc_conversation_page_get_channel_id (UcConversationPage *self);

/* On a narrow window the name needs the room: what the list's menu offers too goes. */
void uc_conversation_page_set_narrow (UcConversationPage *self, gboolean is_narrow);
/* Into the header bar, before its own buttons: search, for example. */
void uc_conversation_page_pack_end (UcConversationPage *self, GtkWidget *widget);
void uc_conversation_page_focus_composer (UcConversationPage *self);
/* Writes drafts down at once: before the window closes. */
void uc_conversation_page_flush (UcConversationPage *self);

/* Jumps of the pane with the focus: of the thread, when that is where one is. */
void uc_conversation_page_choose_day (UcConversationPage *self);
void uc_conversation_page_jump_unread (UcConversationPage *self);
void uc_conversation_page_jump_newest (UcConversationPage *self);
void uc_conversation_page_go_back (UcConversationPage *self);

G_END_DECLS
