/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "uc-store-types.h"

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * UcNotifierCounts:
 *
 * What waited for a person in each conversation at one time: what two of them differ by
 * is what came between.
 */
typedef struct _UcNotifierCounts UcNotifierCounts;

/* @states: (element-type UcChannelState): every conversation of an account */
UcNotifierCounts *uc_notifier_counts_new (GPtrArray *states) G_GNUC_WARN_UNUSED_RESULT;
void              uc_notifier_counts_free (UcNotifierCounts *self);
gboolean          uc_notifier_counts_is_empty (UcNotifierCounts *self);
/* One more, which a person was told of by itself. */
void uc_notifier_counts_add (UcNotifierCounts *self, const char *channel_id);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (UcNotifierCounts, uc_notifier_counts_free)

/* A conversation with something new. */
typedef struct {
  char  *channel_id;
  gint64 n_new;
} UcNotifierNews;

/* (transfer full) (element-type UcNotifierNews): what @after has more than @before, the
 * most first. */
GPtrArray *uc_notifier_counts_compare (UcNotifierCounts *before,
                                       UcNotifierCounts *after) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
