/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The pictures that people of the demo show each other: all of them drawn here, so that
 * nobody's photograph is in the program and each one is made of a few shapes. */

#include "config.h"

#include "uc-demo-picture.h"

#include "uc-demo-canvas.h"
#include "uc-demo-png.h"

#include <math.h>

typedef void (*DrawFunc) (UcDemoCanvas *canvas);

/* -- Skies --------------------------------------------------------------------------- */

/* A line of hills across the picture. */
static void
draw_hills (UcDemoCanvas *canvas, double height, double wave, double shift, guint32 color)
{
  for (int x = 0; x < canvas->width; x++) {
    double along = (double) x / canvas->width;
    double top = height + wave * sin (along * 7 + shift) + wave / 2 * sin (along * 17 + 2 * shift);

    uc_demo_canvas_rect (canvas, x, (int) top, 1, canvas->height, color, 1);
  }
}

static void
draw_sunrise (UcDemoCanvas *canvas)
{
  double x = canvas->width * 0.62;
  double y = canvas->height * 0.6;

  uc_demo_canvas_gradient (canvas, 0, canvas->height / 2, 0x24345f, 0xd97b66);
  uc_demo_canvas_gradient (canvas, canvas->height / 2, canvas->height, 0xd97b66, 0xffd98a);
  for (int glow = 10; glow > 0; glow--)
    uc_demo_canvas_ellipse (canvas, x, y, 45 + glow * 22, 45 + glow * 22, 0xffe3a0, 0.07);
  uc_demo_canvas_ellipse (canvas, x, y, 48, 48, 0xfff3cf, 1);
  draw_hills (canvas, canvas->height * 0.66, 22, 1, 0x6a4a63);
  draw_hills (canvas, canvas->height * 0.75, 16, 3, 0x43324f);
  /* The roof, and the ring on it. */
  uc_demo_canvas_rect (canvas, 0, canvas->height - 90, canvas->width, 90, 0x1d1b2b, 1);
  uc_demo_canvas_ellipse (canvas, 230, canvas->height - 52, 150, 22, 0xe8e4da, 0.9);
  uc_demo_canvas_ellipse (canvas, 230, canvas->height - 52, 138, 18, 0x1d1b2b, 1);
  uc_demo_canvas_line (canvas, 190, canvas->height - 60, 190, canvas->height - 44, 6, 0xe8e4da);
  uc_demo_canvas_line (canvas, 270, canvas->height - 60, 270, canvas->height - 44, 6, 0xe8e4da);
  uc_demo_canvas_line (canvas, 190, canvas->height - 52, 270, canvas->height - 52, 5, 0xe8e4da);
}

static void
draw_night_sky (UcDemoCanvas *canvas)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (7);

  uc_demo_canvas_gradient (canvas, 0, canvas->height, 0x060914, 0x27345e);
  for (int i = 0; i < 420; i++) {
    double along = g_rand_double (rand);
    /* Half of them lie in a band across the sky. */
    double y =
        i % 2 ? g_rand_double (rand) : 0.75 - 0.6 * along + 0.1 * (g_rand_double (rand) - 0.5);
    double size = 0.5 + 1.3 * pow (g_rand_double (rand), 4);

    uc_demo_canvas_ellipse (canvas, along * canvas->width, y * canvas->height, size, size, 0xf4f1e4,
                            0.4 + 0.6 * g_rand_double (rand));
  }
  uc_demo_canvas_ellipse (canvas, 120, 110, 34, 34, 0xf2ead2, 1);
  uc_demo_canvas_ellipse (canvas, 134, 102, 30, 30, 0x0b1020, 1);
  draw_hills (canvas, canvas->height * 0.86, 14, 2, 0x05070d);
}

static void
draw_rainbow (UcDemoCanvas *canvas)
{
  static const guint32 colors[] = { 0xd64545, 0xe8893b, 0xf2d04b, 0x63b35a, 0x4a86d0, 0x6957b8 };

  uc_demo_canvas_gradient (canvas, 0, canvas->height, 0x7f93ab, 0xd6dde3);
  for (guint i = 0; i < G_N_ELEMENTS (colors); i++) {
    double radius = 430 - 14.0 * i;

    for (double angle = 0; angle < G_PI; angle += 0.01)
      uc_demo_canvas_line (canvas, canvas->width / 2.0 + radius * cos (angle),
                           canvas->height * 0.95 - radius * sin (angle),
                           canvas->width / 2.0 + radius * cos (angle + 0.01),
                           canvas->height * 0.95 - radius * sin (angle + 0.01), 14, colors[i]);
  }
  uc_demo_canvas_rect (canvas, 0, canvas->height - 110, canvas->width, 110, 0x5b6066, 1);
  for (int i = 0; i < 9; i++) {
    static const guint32 cars[] = { 0xb23a3a, 0xe9e9e9, 0x39597d, 0x2d2f33 };
    int                  x = 40 + i * 104;

    uc_demo_canvas_rect (canvas, x - 12, canvas->height - 100, 3, 80, 0xe9e9e9, 0.8);
    if (i % 4 == 2)
      continue;
    uc_demo_canvas_rect (canvas, x, canvas->height - 66, 74, 24, cars[i % 4], 1);
    uc_demo_canvas_rect (canvas, x + 14, canvas->height - 84, 44, 20, cars[i % 4], 1);
    uc_demo_canvas_ellipse (canvas, x + 17, canvas->height - 41, 9, 9, 0x1b1b1d, 1);
    uc_demo_canvas_ellipse (canvas, x + 57, canvas->height - 41, 9, 9, 0x1b1b1d, 1);
  }
}

/* -- Plans --------------------------------------------------------------------------- */

static void
draw_rooms (UcDemoCanvas *canvas, int top, int bottom, int n_rooms)
{
  int width = (canvas->width - 120) / n_rooms;

  for (int i = 0; i <= n_rooms; i++)
    uc_demo_canvas_line (canvas, 60 + i * width, top, 60 + i * width, bottom, 4, 0x3c4250);
  for (int i = 0; i < n_rooms; i++) {
    int door = top < canvas->height / 2 ? bottom : top;
    int far = top < canvas->height / 2 ? top : bottom;

    uc_demo_canvas_line (canvas, 60 + i * width, far, 60 + (i + 1) * width, far, 6, 0x3c4250);
    uc_demo_canvas_line (canvas, 60 + i * width, door, 60 + i * width + width / 3, door, 4,
                         0x3c4250);
    uc_demo_canvas_line (canvas, 60 + i * width + width * 2 / 3, door, 60 + (i + 1) * width, door,
                         4, 0x3c4250);
  }
}

static void
draw_access_points (UcDemoCanvas *canvas)
{
  static const int points[][2] = { { 180, 270 }, { 400, 120 }, { 520, 400 }, { 720, 270 } };
  static const int dead[][2] = { { 868, 110 }, { 90, 440 } };

  for (guint i = 0; i < G_N_ELEMENTS (points); i++) {
    for (int ring = 3; ring > 0; ring--)
      uc_demo_canvas_ellipse (canvas, points[i][0], points[i][1], ring * 62, ring * 62, 0x3584e4,
                              0.1);
  }
  draw_rooms (canvas, 50, 210, 7);
  draw_rooms (canvas, 330, 490, 6);
  for (guint i = 0; i < G_N_ELEMENTS (points); i++) {
    uc_demo_canvas_ellipse (canvas, points[i][0], points[i][1], 12, 12, 0x1c71d8, 1);
    uc_demo_canvas_ellipse (canvas, points[i][0], points[i][1], 5, 5, 0xffffff, 1);
  }
  for (guint i = 0; i < G_N_ELEMENTS (dead); i++) {
    int x = dead[i][0];
    int y = dead[i][1];

    uc_demo_canvas_line (canvas, x - 14, y - 14, x + 14, y + 14, 6, 0xc01c28);
    uc_demo_canvas_line (canvas, x - 14, y + 14, x + 14, y - 14, 6, 0xc01c28);
  }
}

static void
draw_parking (UcDemoCanvas *canvas)
{
  uc_demo_canvas_rect (canvas, 0, 230, canvas->width, 80, 0x9a9996, 1);
  for (int x = 20; x < canvas->width; x += 70)
    uc_demo_canvas_rect (canvas, x, 267, 36, 5, 0xffffff, 0.9);
  for (int i = 0; i < 11; i++) {
    gboolean is_free = i < 7;

    uc_demo_canvas_rect (canvas, 60 + i * 78, 320, 70, 130, is_free ? 0x57e389 : 0xed333b,
                         is_free ? 0.55 : 0.6);
    uc_demo_canvas_rect (canvas, 60 + i * 78 - 5, 320, 3, 130, 0x5e5c64, 1);
    if (is_free && i % 3 != 1) {
      uc_demo_canvas_rect (canvas, 72 + i * 78, 340, 46, 90, 0x3d3846, 0.8);
      uc_demo_canvas_rect (canvas, 78 + i * 78, 362, 34, 18, 0xdeddda, 0.9);
    }
  }
  /* Emergency department, with its cross. */
  uc_demo_canvas_rect (canvas, 560, 40, 340, 170, 0xdeddda, 1);
  uc_demo_canvas_rect (canvas, 715, 80, 30, 90, 0xc01c28, 1);
  uc_demo_canvas_rect (canvas, 685, 110, 90, 30, 0xc01c28, 1);
  uc_demo_canvas_rect (canvas, 60, 60, 380, 150, 0xc0bfbc, 1);
}

/* -- The ward -------------------------------------------------------------------------- */

static void
draw_wound (UcDemoCanvas *canvas)
{
  double x = canvas->width / 2.0;
  double y = canvas->height / 2.0 - 20;

  uc_demo_canvas_gradient (canvas, 0, canvas->height, 0xe8bd9c, 0xd9a684);
  for (int ring = 6; ring > 0; ring--)
    uc_demo_canvas_ellipse (canvas, x, y, 150 + ring * 14, 46 + ring * 12, 0xd98a7a, 0.14);
  uc_demo_canvas_ellipse (canvas, x, y, 150, 15, 0x9c4a44, 0.9);
  uc_demo_canvas_ellipse (canvas, x, y, 132, 8, 0x7c3434, 0.8);
  for (int i = -4; i <= 4; i++)
    uc_demo_canvas_line (canvas, x + i * 32 - 4, y - 30, x + i * 32 + 4, y + 30, 3, 0x2d2b35);
  /* A ruler: what such a picture is worth depends on it. */
  uc_demo_canvas_rect (canvas, 80, canvas->height - 90, canvas->width - 160, 56, 0xf6f5f4, 1);
  for (int i = 0; i * 10 < canvas->width - 170; i++)
    uc_demo_canvas_rect (canvas, 90 + i * 10, canvas->height - 90, 2, i % 10 ? i % 5 ? 12 : 20 : 30,
                         0x241f31, 1);
}

/* One heart beat, of a height of 1; @is_raised lifts what comes after the spike. */
static double
compute_beat (double at, gboolean is_raised)
{
  double p = 0.12 * exp (-pow ((at - 0.16) / 0.035, 2));
  double q = -0.1 * exp (-pow ((at - 0.27) / 0.012, 2));
  double r = exp (-pow ((at - 0.3) / 0.014, 2));
  double s = -0.22 * exp (-pow ((at - 0.335) / 0.015, 2));
  double t = (is_raised ? 0.42 : 0.24) * exp (-pow ((at - 0.55) / (is_raised ? 0.12 : 0.06), 2));

  return p + q + r + s + t;
}

static void
draw_ecg (UcDemoCanvas *canvas, double n_beats, gboolean is_raised)
{
  double base = canvas->height * 0.68;
  double last = base;

  for (int x = 0; x < canvas->width; x += 10)
    uc_demo_canvas_rect (canvas, x, 0, 1, canvas->height, 0xe66a7a, x % 50 ? 0.25 : 0.6);
  for (int y = 0; y < canvas->height; y += 10)
    uc_demo_canvas_rect (canvas, 0, y, canvas->width, 1, 0xe66a7a, y % 50 ? 0.25 : 0.6);
  for (int x = 0; x < canvas->width; x += 2) {
    double at = fmod (x * n_beats / canvas->width, 1);
    double y = base - canvas->height * 0.5 * compute_beat (at, is_raised);

    uc_demo_canvas_line (canvas, x - 2, last, x, y, 2.4, 0x1b1a22);
    last = y;
  }
}

static void
draw_ecg_normal (UcDemoCanvas *canvas)
{
  draw_ecg (canvas, 6.4, FALSE);
}

static void
draw_ecg_raised (UcDemoCanvas *canvas)
{
  draw_ecg (canvas, 8.2, TRUE);
}

/* -- Parties --------------------------------------------------------------------------- */

static void
draw_cake (UcDemoCanvas *canvas)
{
  double x = canvas->width / 2.0;

  uc_demo_canvas_rect (canvas, 0, 360, canvas->width, canvas->height - 360, 0x8f6a4e, 1);
  uc_demo_canvas_ellipse (canvas, x, 408, 250, 46, 0xf6f5f4, 1);
  uc_demo_canvas_ellipse (canvas, x, 400, 190, 34, 0x6b3f2a, 1);
  uc_demo_canvas_rect (canvas, (int) x - 190, 270, 380, 130, 0x6b3f2a, 1);
  uc_demo_canvas_rect (canvas, (int) x - 190, 322, 380, 18, 0xf3dcc0, 1);
  uc_demo_canvas_ellipse (canvas, x, 270, 190, 34, 0xf7c8d4, 1);
  for (int i = 0; i < 7; i++) {
    uc_demo_canvas_ellipse (canvas, x - 165 + i * 55, 290, 22, 14 + 8 * (i % 2), 0xf7c8d4, 1);
    uc_demo_canvas_ellipse (canvas, x - 150 + i * 50, 262 + 10 * (i % 2), 9, 9, 0xc01c28, 1);
  }
  for (int i = 0; i < 3; i++) {
    double candle = x - 70 + i * 70;

    uc_demo_canvas_rect (canvas, (int) candle - 5, 190, 10, 70, 0x99c1f1, 1);
    uc_demo_canvas_ellipse (canvas, candle, 172, 16, 22, 0xffe48a, 0.4);
    uc_demo_canvas_ellipse (canvas, candle, 176, 7, 13, 0xff9c2a, 1);
  }
}

static void
draw_garden_party (UcDemoCanvas *canvas)
{
  static const guint32 lamps[] = { 0xf66151, 0xf9f06b, 0x8ff0a4, 0x99c1f1 };

  uc_demo_canvas_gradient (canvas, 0, 300, 0x2b2f55, 0xe09a6a);
  uc_demo_canvas_rect (canvas, 0, 300, canvas->width, canvas->height - 300, 0x4d6a3a, 1);
  for (int i = 0; i < 4; i++) {
    uc_demo_canvas_rect (canvas, 120 + i * 235, 210, 16, 120, 0x4a3626, 1);
    uc_demo_canvas_ellipse (canvas, 128 + i * 235, 190, 80, 62, 0x33522d, 1);
    uc_demo_canvas_ellipse (canvas, 108 + i * 235, 170, 46, 40, 0x3f6236, 1);
  }
  for (int i = 0; i < 28; i++) {
    double x = 20 + i * 34;
    double y = 110 + 46 * sin (fmod (i, 7) / 6 * G_PI);

    uc_demo_canvas_ellipse (canvas, x, y, 18, 18, lamps[i % 4], 0.25);
    uc_demo_canvas_ellipse (canvas, x, y, 7, 7, lamps[i % 4], 1);
  }
  for (int i = 0; i < 3; i++) {
    uc_demo_canvas_rect (canvas, 110 + i * 280, 400, 200, 12, 0xdeddda, 1);
    uc_demo_canvas_rect (canvas, 130 + i * 280, 412, 8, 60, 0x77767b, 1);
    uc_demo_canvas_rect (canvas, 282 + i * 280, 412, 8, 60, 0x77767b, 1);
    for (int j = 0; j < 4; j++)
      uc_demo_canvas_ellipse (canvas, 138 + i * 280 + j * 48, 392, 14, 8, lamps[(i + j) % 4], 1);
  }
}

static const struct {
  const char *name;
  int         width;
  int         height;
  guint32     ground;
  DrawFunc    draw;
} pictures[] = {
  { "access-points.png", 960, 540, 0xfafafa, draw_access_points },
  { "cake.png", 800, 500, 0xd8e3ea, draw_cake },
  { "ecg-bed-8.png", 1000, 300, 0xfff4f1, draw_ecg_normal },
  { "ecg-strip.png", 1000, 300, 0xfff4f1, draw_ecg_raised },
  { "garden-party.png", 960, 540, 0x2b2f55, draw_garden_party },
  { "night-sky.png", 960, 600, 0x060914, draw_night_sky },
  { "parking.png", 960, 480, 0xe4eedd, draw_parking },
  { "rainbow.png", 960, 540, 0x7f93ab, draw_rainbow },
  { "sunrise.png", 960, 540, 0x24345f, draw_sunrise },
  { "wound-day-4.png", 720, 480, 0xe8bd9c, draw_wound },
};

/* -1 when there is no such picture. */
static int
find_picture (const char *name)
{
  for (guint i = 0; i < G_N_ELEMENTS (pictures); i++) {
    if (g_str_equal (pictures[i].name, name))
      return (int) i;
  }
  return -1;
}

/**
 * uc_demo_picture_exists:
 */
gboolean
uc_demo_picture_exists (const char *name)
{
  return find_picture (name) >= 0;
}

/**
 * uc_demo_picture_draw:
 * @name: a picture that exists
 *
 * Returns: (transfer full) (nullable): a PNG file
 */
GBytes *
uc_demo_picture_draw (const char *name, const char *title, int *width, int *height, GError **error)
{
  int i = find_picture (name);
  g_autoptr (UcDemoCanvas) canvas = NULL;

  g_return_val_if_fail (i >= 0, NULL);

  canvas = uc_demo_canvas_new (pictures[i].width, pictures[i].height, pictures[i].ground);
  pictures[i].draw (canvas);
  *width = canvas->width;
  *height = canvas->height;
  return uc_demo_png_encode (canvas->pixels, canvas->width, canvas->height, title, error);
}
