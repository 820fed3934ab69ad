/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What tests of widgets share. */

#include "config.h"

#include "uc-display.h"

#include "uc-test.h"
#include "uc-ui.h"

#include <adwaita.h>

/* One for the style, one for the layout, one for what the layout asked for. */
#define N_FRAMES 3
#define LIMIT_MS 20000

typedef struct {
  GtkWidget *widget;
  guint      n_frames;
} Settling;

static void
after_paint_cb (GdkFrameClock *clock, Settling *settling)
{
  settling->n_frames++;
}

static gboolean
is_settled (gpointer user_data)
{
  Settling *settling = user_data;

  if (settling->n_frames >= N_FRAMES)
    return TRUE;
  gtk_widget_queue_draw (settling->widget);

  return FALSE;
}

void
uc_display_init (int *argc, char ***argv)
{
  /* Schemas and types of files lie in folders that a test does not see. */
  g_settings_schema_source_get_default ();
  g_content_type_get_mime_dirs ();
  g_test_init (argc, argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  adw_init ();
  uc_ui_load_style (gdk_display_get_default ());
}

void
uc_display_settle (GtkWidget *widget)
{
  Settling       settling = { .widget = widget };
  GdkFrameClock *clock = gtk_widget_get_frame_clock (widget);
  const gulong id = g_signal_connect (clock, "after-paint", G_CALLBACK (after_paint_cb), &settling);

  uc_test_wait_until (is_settled, &settling, LIMIT_MS);
  g_signal_handler_disconnect (clock, id);
}

void
uc_display_shot (GtkWidget *widget, const char *name)
{
  const char      *folder = g_getenv ("UC_TEST_SHOTS");
  g_autofree char *file = g_strconcat (name, ".png", NULL);
  g_autofree char *path = NULL;
  g_autoptr (GdkPaintable) paintable = NULL;
  g_autoptr (GtkSnapshot) snapshot = NULL;
  g_autoptr (GskRenderNode) node = NULL;
  g_autoptr (GdkTexture) texture = NULL;

  if (folder == NULL)
    return;

  uc_display_settle (widget);
  g_mkdir_with_parents (folder, 0755);
  path = g_build_filename (folder, file, NULL);
  paintable = gtk_widget_paintable_new (widget);
  snapshot = gtk_snapshot_new ();
  gdk_paintable_snapshot (paintable, snapshot, gtk_widget_get_width (widget),
                          gtk_widget_get_height (widget));
  node = gtk_snapshot_free_to_node (g_steal_pointer (&snapshot));
  g_assert_nonnull (node);
  texture = gsk_renderer_render_texture (gtk_native_get_renderer (gtk_widget_get_native (widget)),
                                         node, NULL);
  g_assert_true (gdk_texture_save_to_png (texture, path));
}
