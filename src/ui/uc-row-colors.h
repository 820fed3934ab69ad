/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* What rows draw with, taken from the theme: light, dark, high contrast, accent. */
typedef struct {
  GdkRGBA text;
  GdkRGBA dim;
  GdkRGBA accent;      /* readable on the background */
  GdkRGBA mention;     /* behind the name of somebody */
  GdkRGBA own_mention; /* behind one's own */
  GdkRGBA code;        /* behind code */
  GdkRGBA line;        /* bars, borders of tables */
  GdkRGBA selection;
} UcRowColors;

void     uc_row_colors_init (UcRowColors *self, GtkWidget *widget);
gboolean uc_row_colors_equal (const UcRowColors *self, const UcRowColors *other);

G_END_DECLS
