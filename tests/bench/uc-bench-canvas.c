/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Texts on a canvas, and nothing else. */

#include "config.h"

#include "uc-bench-canvas.h"

#include "uc-bench-words.h"

#define N_ROWS     1000000
#define ROW_HEIGHT 56
#define N_TEXTS    1000
#define MARGIN     12

struct _UcBenchCanvas {
  GtkWidget parent_instance;

  GtkAdjustment *adjustment; /* (owned) */
  GHashTable    *layouts;    /* (owned) (element-type guint PangoLayout): what is in sight */
  GPtrArray     *texts;      /* (owned) (element-type utf8) */
};

G_DEFINE_FINAL_TYPE (UcBenchCanvas, uc_bench_canvas, GTK_TYPE_WIDGET)

static PangoLayout *
get_layout (UcBenchCanvas *self, guint row)
{
  PangoLayout *layout = g_hash_table_lookup (self->layouts, GUINT_TO_POINTER (row));

  if (layout == NULL) {
    layout = gtk_widget_create_pango_layout (GTK_WIDGET (self),
                                             g_ptr_array_index (self->texts, row % N_TEXTS));
    pango_layout_set_width (layout,
                            (gtk_widget_get_width (GTK_WIDGET (self)) - 2 * MARGIN) * PANGO_SCALE);
    pango_layout_set_height (layout, -2);
    pango_layout_set_wrap (layout, PANGO_WRAP_WORD_CHAR);
    g_hash_table_insert (self->layouts, GUINT_TO_POINTER (row), layout);
  }

  return layout;
}

static gboolean
is_out_of_sight (gpointer key, gpointer value, gpointer user_data)
{
  const guint *range = user_data;
  const guint  row = GPOINTER_TO_UINT (key);

  return row < range[0] || row >= range[1];
}

static void
uc_bench_canvas_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  UcBenchCanvas *self = UC_BENCH_CANVAS (widget);
  const double   top = gtk_adjustment_get_value (self->adjustment);
  const guint    first = (guint) (top / ROW_HEIGHT);
  const guint    last = (guint) ((top + gtk_widget_get_height (widget)) / ROW_HEIGHT) + 1;
  guint          range[] = { first, last };
  GdkRGBA        color;

  gtk_widget_get_color (widget, &color);
  for (guint row = first; row < last; row++) {
    gtk_snapshot_save (snapshot);
    gtk_snapshot_translate (
        snapshot, &GRAPHENE_POINT_INIT (MARGIN, (float) ((double) row * ROW_HEIGHT - top)));
    gtk_snapshot_append_layout (snapshot, get_layout (self, row), &color);
    gtk_snapshot_restore (snapshot);
  }
  g_hash_table_foreach_remove (self->layouts, is_out_of_sight, range);
}

static void
uc_bench_canvas_dispose (GObject *object)
{
  UcBenchCanvas *self = UC_BENCH_CANVAS (object);

  g_clear_object (&self->adjustment);
  g_clear_pointer (&self->layouts, g_hash_table_unref);
  g_clear_pointer (&self->texts, g_ptr_array_unref);

  G_OBJECT_CLASS (uc_bench_canvas_parent_class)->dispose (object);
}

static void
uc_bench_canvas_class_init (UcBenchCanvasClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = uc_bench_canvas_dispose;
  GTK_WIDGET_CLASS (klass)->snapshot = uc_bench_canvas_snapshot;
}

static void
uc_bench_canvas_init (UcBenchCanvas *self)
{
  g_autoptr (UcBenchWords) words = uc_bench_words_new (1);
  const double height = (double) N_ROWS * ROW_HEIGHT;

  self->layouts = g_hash_table_new_full (NULL, NULL, NULL, g_object_unref);
  self->texts = g_ptr_array_new_with_free_func (g_free);
  for (guint i = 0; i < N_TEXTS; i++)
    g_ptr_array_add (self->texts, uc_bench_words_make_text (words));
  self->adjustment =
      g_object_ref_sink (gtk_adjustment_new (height - 2000, 0, height, ROW_HEIGHT, 800, 800));
  g_signal_connect_object (self->adjustment, "value-changed", G_CALLBACK (gtk_widget_queue_draw),
                           self, G_CONNECT_SWAPPED);
}

GtkWidget *
uc_bench_canvas_new (void)
{
  return g_object_new (UC_BENCH_TYPE_CANVAS, "hexpand", TRUE, "vexpand", TRUE, NULL);
}

GtkAdjustment *
uc_bench_canvas_get_adjustment (UcBenchCanvas *self)
{
  return self->adjustment;
}
