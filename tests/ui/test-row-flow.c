/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The text of a message as pieces: offsets, links, code, tables, long words. */

#include "config.h"

#include "uc-display.h"
#include "uc-row-flow.h"

#include <string.h>

static UcRowFlow *
make_flow (const char *text, const char *suffix, int width)
{
  static const UcMarkdownContext context = { .my_username = "anna" };
  g_autoptr (UcMarkdown) markdown = uc_markdown_parse (text, &context);
  g_autoptr (GtkWidget) widget = g_object_ref_sink (gtk_label_new (NULL));
  const UcRowColors colors = { .text = { 0, 0, 0, 1 }, .accent = { 0, 0, 1, 1 } };
  UcRowFlow        *flow = uc_row_flow_new (markdown, suffix);

  uc_row_flow_set_style (flow, gtk_widget_get_pango_context (widget), &colors, FALSE);
  uc_row_flow_layout (flow, width);

  return flow;
}

static char *
flatten (const char *text)
{
  static const UcMarkdownContext context = { .my_username = "anna" };
  g_autoptr (UcMarkdown) markdown = uc_markdown_parse (text, &context);

  return uc_row_flow_flatten (markdown);
}

/* The middle of what stands at [start, end). */
static void
get_middle (UcRowFlow *flow, guint start, guint end, double *x, double *y)
{
  cairo_region_t *region = uc_row_flow_get_region (flow, start, end);
  GdkRectangle    part;

  g_assert_cmpint (cairo_region_num_rectangles (region), >, 0);
  cairo_region_get_rectangle (region, 0, &part);
  *x = part.x + part.width / 2.0;
  *y = part.y + part.height / 2.0;
  cairo_region_destroy (region);
}

/* Every place of the text is found again where it is drawn. */
static void
assert_places (const char *text, const char *suffix)
{
  g_autoptr (UcRowFlow) flow = make_flow (text, suffix, 400);
  g_autofree char *flat = flatten (text);

  for (const char *p = flat; *p != '\0'; p = g_utf8_next_char (p)) {
    const guint     start = p - flat;
    const guint     end = g_utf8_next_char (p) - flat;
    cairo_region_t *region;
    GdkRectangle    part;
    int             index;

    if (g_unichar_isspace (g_utf8_get_char (p)))
      continue;
    region = uc_row_flow_get_region (flow, start, end);
    g_assert_cmpint (cairo_region_num_rectangles (region), ==, 1);
    cairo_region_get_rectangle (region, 0, &part);
    cairo_region_destroy (region);
    index = uc_row_flow_get_index_at (flow, part.x + part.width * 0.25, part.y + part.height / 2.0);
    g_assert_cmpint (index, ==, start);
    index = uc_row_flow_get_index_at (flow, part.x + part.width * 0.75, part.y + part.height / 2.0);
    g_assert_cmpint (index, ==, end);
  }
  g_assert_cmpint (uc_row_flow_get_index_at (flow, 0, -10), ==, 0);
  g_assert_cmpint (uc_row_flow_get_index_at (flow, 390, 100000), ==, strlen (flat));
}

static void
test_places (void)
{
  assert_places ("Round at nine, bed four is free", NULL);
  assert_places ("One\n\n> two three\n\n- four\n- five six\n\nseven", "edited");
  assert_places ("Grüße aus Köln, größer", "edited");
  assert_places ("# Head\n\n```\nint a;\nint b;\n```\ntail", NULL);
  assert_places ("| a | bb |\n|---|---|\n| c | dd |\n\nend", NULL);
}

static void
test_unbroken (void)
{
  g_autoptr (GString) text = g_string_new (NULL);
  g_autoptr (UcRowFlow) flow = NULL;
  g_autofree char *flat = NULL;
  gint64           begin;
  double           x, y;

  for (int i = 0; i < 6000; i++)
    g_string_append_c (text, 'a' + i % 26);
  flat = flatten (text->str);
  begin = g_get_monotonic_time ();
  flow = make_flow (text->str, NULL, 400);
  /* It is quick, by far: seconds would be the square of its length at work. */
  g_assert_cmpint (g_get_monotonic_time () - begin, <, 2 * G_USEC_PER_SEC);
  /* The breaks put in for the layout do not count. */
  get_middle (flow, 5000, 5001, &x, &y);
  g_assert_cmpint (uc_row_flow_get_index_at (flow, x - 1, y), ==, 5000);
  g_assert_cmpint (uc_row_flow_get_index_at (flow, 390, 100000), ==, strlen (flat));
}

static void
test_links (void)
{
  g_autoptr (UcRowFlow) flow = make_flow (
      "see https://example.org/a and @ben in ~town #urgent\n\nand [this](https://example.com)",
      NULL, 300);
  static const struct {
    UcRunFlags  flags;
    const char *target;
  } expected[] = {
    { UC_RUN_LINK, "https://example.org/a" },
    { UC_RUN_MENTION, "ben" },
    { UC_RUN_CHANNEL, "town" },
    { UC_RUN_HASHTAG, "#urgent" },
    { UC_RUN_LINK, "https://example.com" },
  };

  g_assert_cmpuint (uc_row_flow_get_n_links (flow), ==, G_N_ELEMENTS (expected));
  for (guint i = 0; i < G_N_ELEMENTS (expected); i++) {
    const UcRowLink *link = uc_row_flow_get_link (flow, i);
    double           x, y;

    g_assert_cmpuint (link->flags & expected[i].flags, ==, expected[i].flags);
    g_assert_true (g_str_has_prefix (link->target, expected[i].target));
    get_middle (flow, link->start, link->end, &x, &y);
    g_assert_cmpint (uc_row_flow_get_link_at (flow, x, y), ==, i);
  }
  g_assert_cmpint (uc_row_flow_get_link_at (flow, 2, 2), ==, -1);
}

static void
test_code (void)
{
  g_autoptr (UcRowFlow) flow = make_flow ("a\n\n```c\nint short_one;\n```\n\n```\na very long line "
                                          "of code that does not wrap, however narrow it is\n```\n",
                                          NULL, 200);
  g_autofree char *code = NULL;
  GdkRectangle     box;

  g_assert_cmpuint (uc_row_flow_get_n_codes (flow), ==, 2);
  code = uc_row_flow_dup_code (flow, 0);
  g_assert_cmpstr (code, ==, "int short_one;");
  uc_row_flow_get_code_box (flow, 0, &box);
  g_assert_cmpint (box.width, ==, 200);
  g_assert_false (uc_row_flow_scroll_at (flow, 10, box.y + 5, 50));
  uc_row_flow_get_code_box (flow, 1, &box);
  g_assert_true (uc_row_flow_scroll_at (flow, 10, box.y + 5, 50));
  /* What is moved is found where it is now. */
  g_assert_cmpint (uc_row_flow_get_index_at (flow, 12, box.y + box.height / 2.0), >, 20);
}

static void
test_widths (void)
{
  static const char *const texts[] = {
    "A line that is long enough to be wrapped at a width of two hundred pixels, twice",
    "> > a quote in a quote that is long enough to be wrapped as well, it is",
    "- a\n  - b\n    - c that is long enough to be wrapped at two hundred pixels",
    "| one | two | three |\n|---|---|---|\n| a cell of some words | another one | and the last |",
  };

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++) {
    g_autoptr (UcRowFlow) flow = make_flow (texts[i], NULL, 200);
    const int narrow = uc_row_flow_layout (flow, 200);
    const int wide = uc_row_flow_layout (flow, 900);

    g_assert_cmpint (narrow, >, wide);
    g_assert_cmpint (uc_row_flow_layout (flow, 200), ==, narrow);
    /* Too narrow for anything is still no crash. */
    g_assert_cmpint (uc_row_flow_layout (flow, 1), >=, narrow);
  }
}

static void
test_empty (void)
{
  g_autoptr (UcRowFlow) flow = make_flow ("", NULL, 200);
  g_autoptr (UcRowFlow) edited = make_flow ("", "edited", 200);
  g_autofree char *flat = flatten ("");

  g_assert_cmpstr (flat, ==, "");
  g_assert_cmpint (uc_row_flow_layout (flow, 200), ==, 0);
  g_assert_cmpint (uc_row_flow_layout (edited, 200), >, 0);
  g_assert_cmpint (uc_row_flow_get_index_at (flow, 5, 5), ==, 0);
  g_assert_cmpint (uc_row_flow_get_index_at (edited, 50, 5), ==, 0);
}

int
main (int argc, char **argv)
{
  uc_display_init (&argc, &argv);

  g_test_add_func ("/ui/row-flow/places", test_places);
  g_test_add_func ("/ui/row-flow/unbroken", test_unbroken);
  g_test_add_func ("/ui/row-flow/links", test_links);
  g_test_add_func ("/ui/row-flow/code", test_code);
  g_test_add_func ("/ui/row-flow/widths", test_widths);
  g_test_add_func ("/ui/row-flow/empty", test_empty);

  return g_test_run ();
}
