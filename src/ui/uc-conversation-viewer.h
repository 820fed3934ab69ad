/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "uc-session.h"

G_BEGIN_DECLS

/**
 * UcConversationViewer:
 *
 * A picture of a message, as large as one likes, with those before and behind it in the
 * conversation; it can be saved, copied and opened. One that moves is played.
 */
#define UC_TYPE_CONVERSATION_VIEWER (uc_conversation_viewer_get_type ())
G_DECLARE_FINAL_TYPE (UcConversationViewer,
                      uc_conversation_viewer,
                      UC,
                      CONVERSATION_VIEWER,
                      AdwDialog)

AdwDialog *uc_conversation_viewer_new (UcSession *session, UcFile *file) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
