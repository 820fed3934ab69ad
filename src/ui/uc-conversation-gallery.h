/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "uc-session.h"

G_BEGIN_DECLS

/**
 * UcConversationGallery:
 *
 * The pictures of a conversation in the order they were sent, from one of them on in both
 * directions: those of stored messages, read as they are wanted. Main thread.
 *
 * Signals: "changed" (UcConversationGallery *): there may be more before or behind
 */
#define UC_TYPE_CONVERSATION_GALLERY (uc_conversation_gallery_get_type ())
G_DECLARE_FINAL_TYPE (UcConversationGallery,
                      uc_conversation_gallery,
                      UC,
                      CONVERSATION_GALLERY,
                      GObject)

UcConversationGallery *uc_conversation_gallery_new (UcSession *session,
                                                    UcFile    *file) G_GNUC_WARN_UNUSED_RESULT;

/* (transfer none): the present one */
UcFile  *uc_conversation_gallery_get_file (UcConversationGallery *self);
/* -1: the one before, 1: the one behind. FALSE: there is none. */
gboolean uc_conversation_gallery_can_step (UcConversationGallery *self, int direction);
gboolean uc_conversation_gallery_step (UcConversationGallery *self, int direction);

G_END_DECLS
