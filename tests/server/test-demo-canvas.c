/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The shapes that pictures of the demo are made of. */

#include "config.h"

#include "uc-demo-canvas.h"

static void
test_rect (void)
{
  g_autoptr (UcDemoCanvas) canvas = uc_demo_canvas_new (8, 6, 0x102030);

  uc_demo_canvas_rect (canvas, 2, 1, 3, 2, 0xff0000, 1);
  g_assert_cmphex (uc_demo_canvas_get (canvas, 1, 1), ==, 0x102030);
  g_assert_cmphex (uc_demo_canvas_get (canvas, 2, 1), ==, 0xff0000);
  g_assert_cmphex (uc_demo_canvas_get (canvas, 4, 2), ==, 0xff0000);
  g_assert_cmphex (uc_demo_canvas_get (canvas, 5, 2), ==, 0x102030);
  g_assert_cmphex (uc_demo_canvas_get (canvas, 4, 3), ==, 0x102030);
}

static void
test_opacity (void)
{
  g_autoptr (UcDemoCanvas) canvas = uc_demo_canvas_new (2, 2, 0x000000);

  uc_demo_canvas_rect (canvas, 0, 0, 1, 1, 0xffffff, 0.5);
  g_assert_cmphex (uc_demo_canvas_get (canvas, 0, 0), ==, 0x808080);
  uc_demo_canvas_rect (canvas, 1, 1, 1, 1, 0xffffff, 0);
  g_assert_cmphex (uc_demo_canvas_get (canvas, 1, 1), ==, 0x000000);
}

static void
test_gradient (void)
{
  g_autoptr (UcDemoCanvas) canvas = uc_demo_canvas_new (3, 11, 0x000000);

  uc_demo_canvas_gradient (canvas, 0, 11, 0x000000, 0xff0000);
  g_assert_cmphex (uc_demo_canvas_get (canvas, 1, 0), ==, 0x000000);
  for (int y = 1; y < 11; y++)
    g_assert_cmphex (uc_demo_canvas_get (canvas, 1, y), >, uc_demo_canvas_get (canvas, 1, y - 1));
}

static void
test_ellipse_and_line (void)
{
  g_autoptr (UcDemoCanvas) canvas = uc_demo_canvas_new (40, 40, 0x000000);

  uc_demo_canvas_ellipse (canvas, 20, 20, 10, 5, 0xffffff, 1);
  g_assert_cmphex (uc_demo_canvas_get (canvas, 20, 20), ==, 0xffffff);
  g_assert_cmphex (uc_demo_canvas_get (canvas, 28, 20), ==, 0xffffff);
  g_assert_cmphex (uc_demo_canvas_get (canvas, 20, 28), ==, 0x000000);
  uc_demo_canvas_line (canvas, 2, 2, 2, 37, 2, 0x00ff00);
  g_assert_cmphex (uc_demo_canvas_get (canvas, 2, 30), ==, 0x00ff00);
  g_assert_cmphex (uc_demo_canvas_get (canvas, 6, 30), ==, 0x000000);
}

/* What lies outside is cut off, wherever it is. */
static void
test_outside (void)
{
  g_autoptr (UcDemoCanvas) canvas = uc_demo_canvas_new (4, 4, 0x000000);

  uc_demo_canvas_rect (canvas, -100, -100, 1000, 1000, 0x0000ff, 1);
  uc_demo_canvas_ellipse (canvas, -50, 70, 10, 10, 0xffffff, 1);
  uc_demo_canvas_line (canvas, -9, -9, -1, -9, 3, 0xffffff);
  uc_demo_canvas_line (canvas, 90, 90, 90, 90, 3, 0xffffff);
  for (int y = 0; y < 4; y++) {
    for (int x = 0; x < 4; x++)
      g_assert_cmphex (uc_demo_canvas_get (canvas, x, y), ==, 0x0000ff);
  }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add_func ("/server/demo-canvas/rect", test_rect);
  g_test_add_func ("/server/demo-canvas/opacity", test_opacity);
  g_test_add_func ("/server/demo-canvas/gradient", test_gradient);
  g_test_add_func ("/server/demo-canvas/ellipse-and-line", test_ellipse_and_line);
  g_test_add_func ("/server/demo-canvas/outside", test_outside);
  return g_test_run ();
}
