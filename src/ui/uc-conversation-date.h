/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/**
 * UcConversationDate:
 *
 * A popover to choose a day in. Main thread.
 *
 * Signals: "chosen" (UcConversationDate *, gint64 midnight_ms)   local midnight, ms
 *   since 1970
 */
#define UC_TYPE_CONVERSATION_DATE (uc_conversation_date_get_type ())
G_DECLARE_FINAL_TYPE (UcConversationDate, uc_conversation_date, UC, CONVERSATION_DATE, GtkPopover)

GtkWidget *uc_conversation_date_new (void) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
