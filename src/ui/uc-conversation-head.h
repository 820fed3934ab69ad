/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "uc-directory.h"

G_BEGIN_DECLS

/**
 * UcConversationHead:
 *
 * What stands above a conversation: its name, its topic or whether the other one is
 * there. It follows the store, the directory and presence. Main thread.
 *
 * Signals: "changed" (UcConversationHead *)
 */
#define UC_TYPE_CONVERSATION_HEAD (uc_conversation_head_get_type ())
G_DECLARE_FINAL_TYPE (UcConversationHead, uc_conversation_head, UC, CONVERSATION_HEAD, GObject)

UcConversationHead *uc_conversation_head_new (UcSession   *session,
                                              UcDirectory *directory) G_GNUC_WARN_UNUSED_RESULT;

void        uc_conversation_head_set_channel (UcConversationHead *self, const char *channel_id);
const char *uc_conversation_head_get_title (UcConversationHead *self);
const char *uc_conversation_head_get_subtitle (UcConversationHead *self);
/* FALSE for what is no direct conversation */
gboolean uc_conversation_head_get_presence (UcConversationHead *self, UcPresence *presence);
gboolean uc_conversation_head_is_favourite (UcConversationHead *self);

G_END_DECLS
