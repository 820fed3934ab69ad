/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "uc-people-private.h"
#include "uc-session.h"

G_BEGIN_DECLS

/**
 * UcHistory:
 *
 * Reads older history when it comes into view: a hole, a thread. Main thread.
 *
 * Signals: "hole-changed" (UcHistory *, const char *channel_id, gint64 before_seq)
 */
#define UC_TYPE_HISTORY (uc_history_get_type ())
G_DECLARE_FINAL_TYPE (UcHistory, uc_history, UC, HISTORY, GObject)

UcHistory *_uc_history_new (UcContext *context, UcPeople *people) G_GNUC_WARN_UNUSED_RESULT;

/* One page older than the message at @before_seq. What cannot be had now is asked
 * for again by _uc_history_retry(). */
void _uc_history_fill_hole (UcHistory *self, const char *channel_id, gint64 before_seq);
/* @reason: (out) (optional) (nullable): see uc_session_get_hole(). */
UcHoleState _uc_history_get_hole (UcHistory   *self,
                                  const char  *channel_id,
                                  gint64       before_seq,
                                  const char **reason);
void        _uc_history_load_thread (UcHistory *self, const char *root_id);
void        _uc_history_retry (UcHistory *self);
/* Gives up what is under way. */
void _uc_history_stop (UcHistory *self);

G_END_DECLS
