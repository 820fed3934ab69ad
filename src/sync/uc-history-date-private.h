/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "uc-people-private.h"

G_BEGIN_DECLS

/* The search for a time among posts that are counted from the newest, which is 0. */
typedef struct {
  gint64 time_ms;
  gint64 guess; /* how many there may be */
  gint64 newer; /* the last place known not to be older than @time_ms, -1 for none */
  gint64 older; /* the first known to be older, or not to be; -1 for none */
  gint64 newer_ms;
  gint64 older_ms; /* 0: nobody is there */
  guint  n_asked;
} UcDateSearch;

void _uc_date_search_init (UcDateSearch *self, gint64 time_ms, gint64 guess);
/* Which place to look at next; -1: @newer is what was looked for, or nothing is. */
gint64 _uc_date_search_next (const UcDateSearch *self);
/* What was there: when it was written, 0 for nobody. */
void _uc_date_search_take (UcDateSearch *self, gint64 place, gint64 at_ms);

/* Sees to it that the first message of a channel not older than @time_ms is stored,
 * with what lies around it. finish: (transfer full): that message, or without one the
 * newest; UC_ERROR_NOT_FOUND in an empty channel. What is stored is good enough when
 * the server is away. */
void       _uc_history_date_async (UcContext          *context,
                                   UcPeople           *people,
                                   const char         *channel_id,
                                   gint64              time_ms,
                                   GCancellable       *cancellable,
                                   GAsyncReadyCallback callback,
                                   gpointer            user_data);
UcMessage *_uc_history_date_finish (UcContext    *context,
                                    GAsyncResult *result,
                                    GError      **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
