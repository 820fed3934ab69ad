/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The floor of bench-start: a bare libadwaita window with fifty labels, or with a canvas.
 *
 * bench-window labels|canvas start|stay */

#include "config.h"

#include "uc-bench-canvas.h"
#include "uc-bench-child.h"

#include <adwaita.h>
#include <locale.h>
#include <string.h>

#define N_LABELS 50

static UcBenchPainted
get_painted (GtkWidget *window)
{
  return gtk_widget_get_mapped (window) ? UC_BENCH_ALL : UC_BENCH_NOTHING;
}

static GtkAdjustment *
get_adjustment (GtkWidget *window)
{
  GtkWidget *content = g_object_get_data (G_OBJECT (window), "content");

  return UC_BENCH_IS_CANVAS (content) ? uc_bench_canvas_get_adjustment (UC_BENCH_CANVAS (content))
                                      : NULL;
}

static GtkWidget *
new_labels (void)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  GtkWidget *scroller = gtk_scrolled_window_new ();

  for (guint i = 0; i < N_LABELS; i++) {
    g_autofree char *text = g_strdup_printf ("Label %u, with as many words as a message has", i);

    gtk_box_append (GTK_BOX (box), gtk_label_new (text));
  }
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scroller), box);
  gtk_widget_set_vexpand (scroller, TRUE);

  return scroller;
}

static void
activate_cb (GApplication *application, const char *kind)
{
  GtkWidget *window = adw_application_window_new (GTK_APPLICATION (application));
  GtkWidget *view = adw_toolbar_view_new ();
  GtkWidget *content = g_str_equal (kind, "canvas") ? uc_bench_canvas_new () : new_labels ();

  adw_toolbar_view_add_top_bar (ADW_TOOLBAR_VIEW (view), adw_header_bar_new ());
  adw_toolbar_view_set_content (ADW_TOOLBAR_VIEW (view), content);
  adw_application_window_set_content (ADW_APPLICATION_WINDOW (window), view);
  gtk_window_set_default_size (GTK_WINDOW (window), 1100, 740);
  g_object_set_data (G_OBJECT (window), "content", content);
  gtk_window_present (GTK_WINDOW (window));
}

int
main (int argc, char **argv)
{
  g_autoptr (AdwApplication) application = NULL;

  g_return_val_if_fail (argc == 3, 2);

  setlocale (LC_ALL, "");
  application = adw_application_new ("com.example.UnifiedChat.Floor", G_APPLICATION_DEFAULT_FLAGS);
  g_signal_connect (application, "activate", G_CALLBACK (activate_cb), argv[1]);
  uc_bench_child_follow (GTK_APPLICATION (application), argv[2], get_painted, get_adjustment);

  return g_application_run (G_APPLICATION (application), 1, argv);
}
