/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "uc-context-private.h"

G_BEGIN_DECLS

/**
 * UcTyping:
 *
 * Who types where. An announcement holds for a few seconds and ends at once when
 * the message comes. Main thread.
 *
 * Signals: "changed" (UcTyping *, const char *channel_id)
 */
#define UC_TYPE_TYPING (uc_typing_get_type ())
G_DECLARE_FINAL_TYPE (UcTyping, uc_typing, UC, TYPING, GObject)

UcTyping *_uc_typing_new (UcContext *context) G_GNUC_WARN_UNUSED_RESULT;

void _uc_typing_take (UcTyping *self, const char *channel_id, const char *user_id);
/* @user_id wrote: the announcement is over. */
void _uc_typing_end (UcTyping *self, const char *channel_id, const char *user_id);
/* (transfer container) (element-type utf8), longest first */
GPtrArray *_uc_typing_dup (UcTyping *self, const char *channel_id);

/* Whether to announce now that one types in @channel_id: at most once in
 * @interval_ms. */
gboolean _uc_typing_may_announce (UcTyping *self, const char *channel_id, int interval_ms);

G_END_DECLS
