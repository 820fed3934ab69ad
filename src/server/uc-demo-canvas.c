/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The few shapes that the pictures of the demo are made of, with soft edges. */

#include "config.h"

#include "uc-demo-canvas.h"

#include <math.h>

/**
 * uc_demo_canvas_new:
 * @color: what it is filled with
 *
 * Returns: (transfer full): a canvas
 */
UcDemoCanvas *
uc_demo_canvas_new (int width, int height, guint32 color)
{
  UcDemoCanvas *self = g_new0 (UcDemoCanvas, 1);

  self->width = width;
  self->height = height;
  self->pixels = g_malloc_n ((gsize) width * 3, (gsize) height);
  uc_demo_canvas_rect (self, 0, 0, width, height, color, 1);
  return self;
}

/**
 * uc_demo_canvas_free:
 * @self: (transfer full):
 */
void
uc_demo_canvas_free (UcDemoCanvas *self)
{
  g_free (self->pixels);
  g_free (self);
}

static void
blend (UcDemoCanvas *self, int x, int y, guint32 color, double opacity)
{
  guint8 *pixel;

  if (x < 0 || y < 0 || x >= self->width || y >= self->height || opacity <= 0)
    return;
  opacity = MIN (opacity, 1);
  pixel = self->pixels + ((gsize) y * (gsize) self->width + (gsize) x) * 3;
  for (int i = 0; i < 3; i++) {
    int wanted = (int) ((color >> (16 - 8 * i)) & 0xff);

    pixel[i] = (guint8) lround (pixel[i] + (wanted - pixel[i]) * opacity);
  }
}

/**
 * uc_demo_canvas_get:
 *
 * Returns: the colour of a pixel
 */
guint32
uc_demo_canvas_get (UcDemoCanvas *self, int x, int y)
{
  const guint8 *pixel;

  g_return_val_if_fail (x >= 0 && y >= 0 && x < self->width && y < self->height, 0);

  pixel = self->pixels + ((gsize) y * (gsize) self->width + (gsize) x) * 3;
  return (guint32) pixel[0] << 16 | (guint32) pixel[1] << 8 | pixel[2];
}

/**
 * uc_demo_canvas_gradient:
 * @top: the first row
 * @bottom: the row after the last
 *
 * Fills rows, from one colour to the other.
 */
void
uc_demo_canvas_gradient (UcDemoCanvas *self,
                         int           top,
                         int           bottom,
                         guint32       top_color,
                         guint32       bottom_color)
{
  for (int y = top; y < bottom; y++) {
    uc_demo_canvas_rect (self, 0, y, self->width, 1, top_color, 1);
    uc_demo_canvas_rect (self, 0, y, self->width, 1, bottom_color,
                         (double) (y - top) / (bottom - top));
  }
}

/**
 * uc_demo_canvas_rect:
 */
void
uc_demo_canvas_rect (UcDemoCanvas *self,
                     int           x,
                     int           y,
                     int           width,
                     int           height,
                     guint32       color,
                     double        opacity)
{
  for (int row = MAX (y, 0); row < MIN (y + height, self->height); row++) {
    for (int column = MAX (x, 0); column < MIN (x + width, self->width); column++)
      blend (self, column, row, color, opacity);
  }
}

/**
 * uc_demo_canvas_ellipse:
 */
void
uc_demo_canvas_ellipse (UcDemoCanvas *self,
                        double        x,
                        double        y,
                        double        radius_x,
                        double        radius_y,
                        guint32       color,
                        double        opacity)
{
  double radius = MIN (radius_x, radius_y);

  for (int row = (int) (y - radius_y - 1); row <= y + radius_y + 1; row++) {
    for (int column = (int) (x - radius_x - 1); column <= x + radius_x + 1; column++) {
      double outside = (hypot ((column - x) / radius_x, (row - y) / radius_y) - 1) * radius;

      blend (self, column, row, color, MIN (0.5 - outside, 1) * opacity);
    }
  }
}

/**
 * uc_demo_canvas_line:
 *
 * A line with round ends.
 */
void
uc_demo_canvas_line (UcDemoCanvas *self,
                     double        x0,
                     double        y0,
                     double        x1,
                     double        y1,
                     double        thickness,
                     guint32       color)
{
  double length = hypot (x1 - x0, y1 - y0);
  double margin = thickness / 2 + 1;

  for (int row = (int) (MIN (y0, y1) - margin); row <= MAX (y0, y1) + margin; row++) {
    for (int column = (int) (MIN (x0, x1) - margin); column <= MAX (x0, x1) + margin; column++) {
      double along = length > 0 ? ((column - x0) * (x1 - x0) + (row - y0) * (y1 - y0)) / length : 0;
      double at = length > 0 ? CLAMP (along, 0, length) / length : 0;
      double away = hypot (column - x0 - at * (x1 - x0), row - y0 - at * (y1 - y0));

      blend (self, column, row, color, MIN (thickness / 2 + 0.5 - away, 1));
    }
  }
}
