/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the room needs before its first widget: its resources and its styles. It
 * creates nothing itself. */

#include "config.h"

#include "uc-ui.h"

#define RESOURCE_PATH "/com/example/UnifiedChat/ui"
#define ICON_PATH     "/com/example/UnifiedChat/icons"

/**
 * uc_ui_load_style:
 * @display: the display to style
 *
 * Registers the room's resources and adds its style sheets and icons to @display. Once
 * a display, before the first window.
 */
void
uc_ui_load_style (GdkDisplay *display)
{
  static const char *const sheets[] = { "style.css", "style-shell.css" };

  g_return_if_fail (GDK_IS_DISPLAY (display));

  uc_ui_get_resource ();
  gtk_icon_theme_add_resource_path (gtk_icon_theme_get_for_display (display), ICON_PATH);
  for (guint i = 0; i < G_N_ELEMENTS (sheets); i++) {
    g_autofree char *path = g_strconcat (RESOURCE_PATH "/", sheets[i], NULL);
    g_autoptr (GtkCssProvider) provider = gtk_css_provider_new ();

    gtk_css_provider_load_from_resource (provider, path);
    gtk_style_context_add_provider_for_display (display, GTK_STYLE_PROVIDER (provider),
                                                GTK_STYLE_PROVIDER_PRIORITY_APPLICATION);
  }
}
