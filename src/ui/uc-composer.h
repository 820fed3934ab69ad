/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "uc-directory.h"
#include "uc-sidebar.h"

G_BEGIN_DECLS

/**
 * UcComposer:
 *
 * Where messages are written. It keeps what was typed: a text leaves it only when the
 * store has it, and a draft of each conversation is written down as it grows. It
 * knows modes: a reply to a message, or the edit of one. Main thread.
 *
 * Signals:
 *   "sent" (UcComposer *)               the store has the message
 *   "edit-last" (UcComposer *)          Up was pressed while it was empty
 *   "leave" (UcComposer *)              Escape was pressed with nothing to leave here
 *   "notice" (UcComposer *, const char *text)
 */
#define UC_TYPE_COMPOSER (uc_composer_get_type ())
G_DECLARE_FINAL_TYPE (UcComposer, uc_composer, UC, COMPOSER, GtkWidget)

GtkWidget *uc_composer_new (UcSession   *session,
                            UcDirectory *directory,
                            UcSidebar   *sidebar) G_GNUC_WARN_UNUSED_RESULT;

/* NULL channel: nowhere. @root_id "" writes to the channel, else into that thread.
 * The draft of the place before is kept, that of the new one comes back. */
void uc_composer_set_target (UcComposer *self, const char *channel_id, const char *root_id);
void uc_composer_set_placeholder (UcComposer *self, const char *text);
/* Replies to a message of the channel; NULL leaves. */
void uc_composer_reply (UcComposer *self, UcMessage *message);
/* Edits a message of one's own; NULL leaves. */
void uc_composer_edit (UcComposer *self, UcMessage *message);
/* Local files that go with the next message. */
void uc_composer_attach (UcComposer *self, GFile *file);
/* TRUE at first; FALSE: Enter breaks the line, Ctrl+Enter sends. */
void uc_composer_set_send_on_enter (UcComposer *self, gboolean send_on_enter);
/* Writes the draft down at once. */
void uc_composer_flush (UcComposer *self);
void uc_composer_focus_text (UcComposer *self);
/* What stands in it: (transfer full). */
char *uc_composer_dup_text (UcComposer *self) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
