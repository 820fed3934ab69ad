/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/**
 * UcSearchDay:
 *
 * A calendar that a day filter is chosen from.
 *
 * Signals: "chosen" (UcSearchDay *, const char *name, const char *value): "before",
 * "2026-03-01"
 */
#define UC_TYPE_SEARCH_DAY (uc_search_day_get_type ())
G_DECLARE_FINAL_TYPE (UcSearchDay, uc_search_day, UC, SEARCH_DAY, GtkPopover)

/* @name: "before", "after" or "on" */
GtkPopover *uc_search_day_new (const char *name, gint64 now_ms) G_GNUC_WARN_UNUSED_RESULT;
/* Below @parent, which it leaves again when it is closed. */
void uc_search_day_popup (GtkPopover *self, GtkWidget *parent);

G_END_DECLS
