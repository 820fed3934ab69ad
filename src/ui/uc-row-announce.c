/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a screen reader says by itself. Whoever works in another window hears of new
 * messages by notification, not from here. */

#include "config.h"

#include "uc-row-announce.h"

/**
 * uc_row_announce:
 * @widget: what it is about
 * @text: for a person
 *
 * Announces something, unless @widget is not seen or its window not in use.
 */
void
uc_row_announce (GtkWidget *widget, const char *text)
{
  GtkRoot *root = gtk_widget_get_root (widget);

  if (!gtk_widget_get_mapped (widget) || !GTK_IS_WINDOW (root) ||
      !gtk_window_is_active (GTK_WINDOW (root)))
    return;

  gtk_accessible_announce (GTK_ACCESSIBLE (widget), text,
                           GTK_ACCESSIBLE_ANNOUNCEMENT_PRIORITY_MEDIUM);
}
