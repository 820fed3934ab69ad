/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A presence has an icon that is there, a word, and a class of its own. */

#include "config.h"

#include "uc-sidebar-presence.h"

#include "uc-display.h"

static void
test_presence (void)
{
  GtkWidget *image = g_object_ref_sink (gtk_image_new ());

  for (UcPresence presence = UC_PRESENCE_OFFLINE; presence <= UC_PRESENCE_ONLINE; presence++) {
    uc_sidebar_presence_show (image, presence);
    g_assert_cmpstr (gtk_image_get_icon_name (GTK_IMAGE (image)), ==,
                     uc_sidebar_presence_icon (presence));
    g_assert_cmpstr (gtk_widget_get_tooltip_text (image), ==, uc_sidebar_presence_word (presence));
    g_assert_true (
        gtk_icon_theme_has_icon (gtk_icon_theme_get_for_display (gdk_display_get_default ()),
                                 uc_sidebar_presence_icon (presence)));
    g_assert_cmpint (gtk_widget_has_css_class (image, "online"), ==,
                     presence == UC_PRESENCE_ONLINE);
  }
  g_assert_finalize_object (image);
}

int
main (int argc, char **argv)
{
  uc_display_init (&argc, &argv);

  g_test_add_func ("/ui/sidebar-presence/show", test_presence);

  return g_test_run ();
}
