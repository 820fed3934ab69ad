/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The buttons that show over a message under the pointer or with the focus. They float:
 * showing them changes no size. */

#include "config.h"

#include "uc-row-actions.h"

#include <glib/gi18n.h>

static void
add_button (GtkWidget *box, const char *icon_name, const char *words, const char *action_name)
{
  GtkWidget *button = gtk_button_new_from_icon_name (icon_name);

  gtk_widget_set_tooltip_text (button, words);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), action_name);
  gtk_widget_add_css_class (button, "flat");
  gtk_box_append (GTK_BOX (box), button);
}

/**
 * uc_row_actions_new:
 * @is_thread: whether the rows are those of one thread
 *
 * Returns: (transfer floating): the buttons
 */
GtkWidget *
uc_row_actions_new (gboolean is_thread)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);

  gtk_widget_add_css_class (box, "row-actions");
  gtk_widget_set_cursor_from_name (box, "default");
  add_button (box, "face-smile-symbolic", _ ("Add Reaction"), "message.react");
  if (!is_thread)
    add_button (box, "mail-reply-sender-symbolic", _ ("Reply"), "message.reply");
  add_button (box, "view-more-symbolic", _ ("More"), "message.menu");

  return box;
}
