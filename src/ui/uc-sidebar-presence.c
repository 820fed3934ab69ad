/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a presence looks like and what it is called. */

#include "config.h"

#include "uc-sidebar-presence.h"

#include <glib/gi18n.h>

/**
 * uc_sidebar_presence_icon:
 *
 * Returns: the icon of @presence
 */
const char *
uc_sidebar_presence_icon (UcPresence presence)
{
  switch (presence) {
  case UC_PRESENCE_ONLINE:
    return "uc-presence-online-symbolic";
  case UC_PRESENCE_AWAY:
    return "uc-presence-away-symbolic";
  case UC_PRESENCE_DND:
    return "uc-presence-dnd-symbolic";
  case UC_PRESENCE_OFFLINE:
  default:
    return "uc-presence-offline-symbolic";
  }
}

/**
 * uc_sidebar_presence_word:
 *
 * Returns: @presence in the user's language
 */
const char *
uc_sidebar_presence_word (UcPresence presence)
{
  switch (presence) {
  case UC_PRESENCE_ONLINE:
    return _ ("Online");
  case UC_PRESENCE_AWAY:
    return _ ("Away");
  case UC_PRESENCE_DND:
    return _ ("Do Not Disturb");
  case UC_PRESENCE_OFFLINE:
  default:
    return _ ("Offline");
  }
}

/**
 * uc_sidebar_presence_show:
 * @image: a #GtkImage
 *
 * Makes @image show @presence: shape, colour and tooltip.
 */
void
uc_sidebar_presence_show (GtkWidget *image, UcPresence presence)
{
  static const char *const classes[] = { "offline", "away", "dnd", "online" };

  g_return_if_fail (GTK_IS_IMAGE (image));
  g_return_if_fail ((guint) presence < G_N_ELEMENTS (classes));

  gtk_image_set_from_icon_name (GTK_IMAGE (image), uc_sidebar_presence_icon (presence));
  gtk_widget_set_tooltip_text (image, uc_sidebar_presence_word (presence));
  for (guint i = 0; i < G_N_ELEMENTS (classes); i++) {
    if (i == (guint) presence)
      gtk_widget_add_css_class (image, classes[i]);
    else
      gtk_widget_remove_css_class (image, classes[i]);
  }
}
