/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib-object.h>

G_BEGIN_DECLS

/**
 * UcPolling:
 *
 * When to ask, where nothing is pushed: the conversation on screen every 5 s, the
 * lists every 20 s. Main thread.
 *
 * Signals: "look" (UcPolling *, gboolean at_lists)
 */
#define UC_TYPE_POLLING (uc_polling_get_type ())
G_DECLARE_FINAL_TYPE (UcPolling, uc_polling, UC, POLLING, GObject)

#define UC_POLLING_VISIBLE_S 5
#define UC_POLLING_LISTS_S   20

UcPolling *_uc_polling_new (void) G_GNUC_WARN_UNUSED_RESULT;

void     _uc_polling_set_active (UcPolling *self, gboolean is_active);
gboolean _uc_polling_is_active (UcPolling *self);

G_END_DECLS
