/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * UcDemoCanvas:
 *
 * A picture being drawn: rows of red, green and blue bytes. Colours are 0xRRGGBB,
 * lengths pixels, opacity lies in [0,1]; what lies outside is cut off.
 */
typedef struct {
  int     width;
  int     height;
  guint8 *pixels; /* (owned): 3 * width * height */
} UcDemoCanvas;

UcDemoCanvas *uc_demo_canvas_new (int width, int height, guint32 color) G_GNUC_WARN_UNUSED_RESULT;
void          uc_demo_canvas_free (UcDemoCanvas *self);

guint32 uc_demo_canvas_get (UcDemoCanvas *self, int x, int y);
void    uc_demo_canvas_gradient (UcDemoCanvas *self,
                                 int           top,
                                 int           bottom,
                                 guint32       top_color,
                                 guint32       bottom_color);
void    uc_demo_canvas_rect (UcDemoCanvas *self,
                             int           x,
                             int           y,
                             int           width,
                             int           height,
                             guint32       color,
                             double        opacity);
void    uc_demo_canvas_ellipse (UcDemoCanvas *self,
                                double        x,
                                double        y,
                                double        radius_x,
                                double        radius_y,
                                guint32       color,
                                double        opacity);
void    uc_demo_canvas_line (UcDemoCanvas *self,
                             double        x0,
                             double        y0,
                             double        x1,
                             double        y1,
                             double        thickness,
                             guint32       color);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (UcDemoCanvas, uc_demo_canvas_free)

G_END_DECLS
