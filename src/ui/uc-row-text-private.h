/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "uc-row-text.h"

G_BEGIN_DECLS

struct _UcRowText {
  GtkWidget   parent_instance;
  UcRowFlow  *flow;    /* (owned) (nullable) */
  GPtrArray  *buttons; /* (owned) (element-type GtkWidget) one a block of code, then "Show more" */
  gboolean    is_cut;
  UcRowColors colors;
  gboolean    has_style;
  guint       context_serial;
  int         select_start;
  int         select_end;
  int         focus_link; /* -1: none */
  double      pointer_x;
  double      pointer_y;
};

/* uc-row-text-links.c */
void _uc_row_text_links_class_init (GtkWidgetClass *widget_class);
void _uc_row_text_links_init (UcRowText *self);
void _uc_row_text_draw_focus (UcRowText *self, GtkSnapshot *snapshot);
void _uc_row_text_follow (UcRowText *self, int index);

G_END_DECLS
