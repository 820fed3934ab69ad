/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Drawing the pieces of a message: what stands behind the text, the selection, the text. */

#include "config.h"

#include "uc-row-flow-private.h"

#define BAR_WIDTH    3
#define BAR_STEP     14
#define CODE_RADIUS  6
#define MARKER_SPACE 6

static graphene_rect_t
to_rect (const GdkRectangle *box)
{
  return GRAPHENE_RECT_INIT (box->x, box->y, box->width, box->height);
}

static void
draw_bars (const UcRowFlow   *self,
           const UcRowPiece  *piece,
           GtkSnapshot       *snapshot,
           const UcRowColors *colors)
{
  const int bottom = piece->box.y + piece->box.height;

  for (int i = 0; i < piece->quote && (i + 1) * BAR_STEP <= self->width / 2; i++) {
    const int             x = i * BAR_STEP;
    const graphene_rect_t bar = GRAPHENE_RECT_INIT (self->is_rtl ? self->width - x - BAR_WIDTH : x,
                                                    piece->bar_y, BAR_WIDTH, bottom - piece->bar_y);

    gtk_snapshot_append_color (snapshot, &colors->line, &bar);
  }
}

static void
draw_code_box (const UcRowPiece *piece, GtkSnapshot *snapshot, const UcRowColors *colors)
{
  const graphene_rect_t rect = to_rect (&piece->box);
  GskRoundedRect        rounded;

  gsk_rounded_rect_init_from_rect (&rounded, &rect, CODE_RADIUS);
  gtk_snapshot_push_rounded_clip (snapshot, &rounded);
  gtk_snapshot_append_color (snapshot, &colors->code, &rect);
  /* How much of it is seen, and where. */
  if (piece->text_width > piece->area.width) {
    const double share = (double) piece->area.width / piece->text_width;
    const double start = piece->scroll_x / piece->text_width;

    gtk_snapshot_append_color (snapshot, &colors->dim,
                               &GRAPHENE_RECT_INIT (piece->area.x + start * piece->area.width,
                                                    piece->box.y + piece->box.height - 4,
                                                    share * piece->area.width, 2));
  }
  gtk_snapshot_pop (snapshot);
}

static void
draw_cell_box (const UcRowPiece *piece, GtkSnapshot *snapshot, const UcRowColors *colors)
{
  const float   widths[4] = { 1, 1, 1, 1 };
  const GdkRGBA lines[4] = { colors->line, colors->line, colors->line, colors->line };
  /* Neighbours share their border. */
  const graphene_rect_t rect =
      GRAPHENE_RECT_INIT (piece->box.x, piece->box.y, piece->box.width + 1, piece->box.height + 1);
  GskRoundedRect outline;

  gsk_rounded_rect_init_from_rect (&outline, &rect, 0);
  if (piece->row == 0)
    gtk_snapshot_append_color (snapshot, &colors->code, &rect);
  gtk_snapshot_append_border (snapshot, &outline, widths, lines);
}

static void
draw_behind (const UcRowPiece *piece, GtkSnapshot *snapshot, const UcRowColors *colors)
{
  switch (piece->kind) {
  case UC_BLOCK_CODE:
    draw_code_box (piece, snapshot, colors);
    break;
  case UC_BLOCK_TABLE:
    draw_cell_box (piece, snapshot, colors);
    break;
  case UC_BLOCK_RULE:
    gtk_snapshot_append_color (snapshot, &colors->line,
                               &GRAPHENE_RECT_INIT (piece->box.x,
                                                    piece->box.y + piece->box.height / 2,
                                                    piece->box.width, 1));
    break;
  case UC_BLOCK_PARAGRAPH:
  case UC_BLOCK_HEADING:
  case UC_BLOCK_QUOTE:
  case UC_BLOCK_ITEM:
  default:
    break;
  }
}

static void
draw_marker (const UcRowFlow   *self,
             const UcRowPiece  *piece,
             GtkSnapshot       *snapshot,
             const UcRowColors *colors)
{
  int width, x;

  if (piece->marker_layout == NULL)
    return;

  pango_layout_get_pixel_size (piece->marker_layout, &width, NULL);
  x = self->is_rtl ? piece->area.x + piece->area.width + MARKER_SPACE
                   : piece->area.x - MARKER_SPACE - width;
  gtk_snapshot_save (snapshot);
  gtk_snapshot_translate (snapshot, &GRAPHENE_POINT_INIT (x, piece->area.y));
  gtk_snapshot_append_layout (snapshot, piece->marker_layout, &colors->dim);
  gtk_snapshot_restore (snapshot);
}

static void
add_piece_region (UcRowPiece *piece, cairo_region_t *region, int start, int end)
{
  const int ranges[2] = {
    _uc_row_piece_to_layout (piece, MAX (start - (int) piece->start, 0)),
    _uc_row_piece_to_layout (piece, MIN (end, (int) piece->end) - (int) piece->start),
  };
  cairo_region_t *part;

  if (ranges[0] >= ranges[1])
    return;

  part = gdk_pango_layout_get_clip_region (piece->layout, piece->area.x - (int) piece->scroll_x,
                                           piece->area.y, ranges, 1);
  if (piece->kind == UC_BLOCK_CODE)
    cairo_region_intersect_rectangle (part, &piece->area);
  cairo_region_union (region, part);
  cairo_region_destroy (part);
}

static void
draw_selection (UcRowPiece        *piece,
                GtkSnapshot       *snapshot,
                const UcRowColors *colors,
                int                start,
                int                end)
{
  cairo_region_t *region;

  if (end <= (int) piece->start || start >= (int) piece->end || piece->layout == NULL)
    return;

  region = cairo_region_create ();
  add_piece_region (piece, region, start, end);
  for (int i = 0; i < cairo_region_num_rectangles (region); i++) {
    GdkRectangle    part;
    graphene_rect_t rect;

    cairo_region_get_rectangle (region, i, &part);
    rect = to_rect (&part);
    gtk_snapshot_append_color (snapshot, &colors->selection, &rect);
  }
  cairo_region_destroy (region);
}

/**
 * uc_row_flow_snapshot:
 * @self: a flow that was laid out
 * @snapshot: where to draw
 * @colors: with what
 * @select_start: the beginning of the selection
 * @select_end: its end; the same for none
 *
 * Draws it with its upper left corner at the origin.
 */
void
uc_row_flow_snapshot (UcRowFlow         *self,
                      GtkSnapshot       *snapshot,
                      const UcRowColors *colors,
                      int                select_start,
                      int                select_end)
{
  for (guint i = 0; i < self->pieces->len; i++) {
    UcRowPiece     *piece = g_ptr_array_index (self->pieces, i);
    const gboolean  is_code = piece->kind == UC_BLOCK_CODE;
    graphene_rect_t area = to_rect (&piece->area);

    draw_bars (self, piece, snapshot, colors);
    draw_behind (piece, snapshot, colors);
    draw_marker (self, piece, snapshot, colors);
    if (select_start < select_end)
      draw_selection (piece, snapshot, colors, select_start, select_end);
    if (piece->kind == UC_BLOCK_RULE)
      continue;

    if (is_code)
      gtk_snapshot_push_clip (snapshot, &area);
    gtk_snapshot_save (snapshot);
    gtk_snapshot_translate (
        snapshot, &GRAPHENE_POINT_INIT (piece->area.x - (int) piece->scroll_x, piece->area.y));
    gtk_snapshot_append_layout (snapshot, piece->layout, &colors->text);
    gtk_snapshot_restore (snapshot);
    if (is_code)
      gtk_snapshot_pop (snapshot);
  }
}

/**
 * uc_row_flow_get_region:
 * @self: a flow that was laid out
 * @start: bytes into its text
 * @end: bytes into its text
 *
 * Returns: (transfer full): where that text stands
 */
cairo_region_t *
uc_row_flow_get_region (UcRowFlow *self, guint start, guint end)
{
  cairo_region_t *region = cairo_region_create ();

  for (guint i = 0; i < self->pieces->len; i++) {
    UcRowPiece *piece = g_ptr_array_index (self->pieces, i);

    if (piece->layout != NULL && end > piece->start && start < piece->end)
      add_piece_region (piece, region, start, end);
  }

  return region;
}
