/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Where the pieces of a message stand in a width. */

#include "config.h"

#include "uc-row-flow-private.h"

/* Pixels. */
#define GAP          6
#define ITEM_GAP     2
#define HEADING_GAP  10
#define QUOTE_INDENT 14
#define ITEM_INDENT  22
#define CODE_PADDING 8
#define CODE_BUTTON  32
#define CELL_PADDING 6
#define MIN_COLUMN   40
#define RULE_HEIGHT  9

/* However deep the nesting, there is room for words. */
#define MAX_INDENT_SHARE 0.5

static int
get_gap (const UcRowPiece *before, const UcRowPiece *piece)
{
  if (piece->kind == UC_BLOCK_ITEM && before->kind == UC_BLOCK_ITEM)
    return ITEM_GAP;
  if (piece->kind == UC_BLOCK_HEADING)
    return HEADING_GAP;

  return GAP;
}

static int
get_indent (const UcRowPiece *piece, int width)
{
  const int indent = piece->quote * QUOTE_INDENT + piece->indent * ITEM_INDENT;

  return MIN (indent, width * MAX_INDENT_SHARE);
}

static void
mirror (UcRowFlow *self, GdkRectangle *box, int width)
{
  if (self->is_rtl)
    box->x = width - box->x - box->width;
}

static int
place_text (UcRowFlow *self, UcRowPiece *piece, int y, int width)
{
  const int indent = get_indent (piece, width);
  int       height;

  pango_layout_set_width (piece->layout, MAX (width - indent, 1) * PANGO_SCALE);
  pango_layout_get_pixel_size (piece->layout, &piece->text_width, &height);
  piece->box = (GdkRectangle){ indent, y, width - indent, height };
  mirror (self, &piece->box, width);
  piece->area = piece->box;

  return height;
}

static int
place_code (UcRowFlow *self, UcRowPiece *piece, int y, int width)
{
  const int indent = get_indent (piece, width);
  int       height;

  pango_layout_get_pixel_size (piece->layout, &piece->text_width, &height);
  piece->box =
      (GdkRectangle){ indent, y, width - indent, MAX (height + 2 * CODE_PADDING, CODE_BUTTON + 4) };
  piece->area = (GdkRectangle){
    indent + CODE_PADDING,
    y + (piece->box.height - height) / 2,
    /* The button to copy it has a place of its own. */
    MAX (width - indent - 2 * CODE_PADDING - CODE_BUTTON, 1),
    height,
  };
  piece->scroll_x = CLAMP (piece->scroll_x, 0, MAX (piece->text_width - piece->area.width, 0));
  mirror (self, &piece->box, width);
  mirror (self, &piece->area, width);

  return piece->box.height;
}

/* Widths of columns that want @natural, in @width: the wide ones give. */
static void
share_width (int *natural, int n, int width)
{
  int total = 0, n_wide = 0, spare = width;

  for (int i = 0; i < n; i++)
    total += natural[i];
  if (total <= width)
    return;

  for (int i = 0; i < n; i++) {
    if (natural[i] <= width / n)
      spare -= natural[i];
    else
      n_wide++;
  }
  for (int i = 0; i < n; i++) {
    if (natural[i] > width / n)
      natural[i] = MAX (spare / MAX (n_wide, 1), MIN_COLUMN);
  }
}

/* All cells from the piece at @index on; returns the height and moves @index behind. */
static int
place_table (UcRowFlow *self, guint *index, int y, int width)
{
  const guint     first = *index;
  const int       indent = get_indent (g_ptr_array_index (self->pieces, first), width);
  guint           last = first;
  int             n_columns = 0, n_rows = 0, top = y;
  g_autofree int *widths = NULL;

  for (; last < self->pieces->len; last++) {
    UcRowPiece *cell = g_ptr_array_index (self->pieces, last);

    /* The first cell of another table begins again. */
    if (cell->kind != UC_BLOCK_TABLE || (last > first && cell->row == 0 && cell->column == 0))
      break;
    n_columns = MAX (n_columns, cell->column + 1);
    n_rows = cell->row + 1;
  }
  widths = g_new0 (int, n_columns);
  for (guint i = first; i < last; i++) {
    UcRowPiece *cell = g_ptr_array_index (self->pieces, i);
    int         natural;

    pango_layout_set_width (cell->layout, -1);
    pango_layout_get_pixel_size (cell->layout, &natural, NULL);
    widths[cell->column] = MAX (widths[cell->column], natural + 2 * CELL_PADDING + 1);
  }
  share_width (widths, n_columns, width - indent - 1);

  for (int row = 0; row < n_rows; row++) {
    int row_height = 0;

    for (int pass = 0; pass < 2; pass++) {
      int x = indent, column = 0;

      for (guint i = first; i < last; i++) {
        UcRowPiece *cell = g_ptr_array_index (self->pieces, i);
        int         height;

        if (cell->row != row)
          continue;
        for (; column < cell->column; column++)
          x += widths[column];
        pango_layout_set_width (cell->layout,
                                MAX (widths[column] - 2 * CELL_PADDING, 1) * PANGO_SCALE);
        pango_layout_get_pixel_size (cell->layout, &cell->text_width, &height);
        row_height = MAX (row_height, height + CELL_PADDING);
        cell->box = (GdkRectangle){ x, top, widths[column], row_height };
        mirror (self, &cell->box, width);
        cell->area = (GdkRectangle){
          cell->box.x + CELL_PADDING,
          top + CELL_PADDING / 2,
          widths[column] - 2 * CELL_PADDING,
          height,
        };
      }
    }
    top += row_height;
  }
  *index = last - 1;

  return top - y;
}

/* Places every piece; returns the height of all. */
int
_uc_row_flow_place (UcRowFlow *self, int width)
{
  int y = 0;

  for (guint i = 0; i < self->pieces->len; i++) {
    UcRowPiece *piece = g_ptr_array_index (self->pieces, i);

    piece->bar_y = y;
    if (i > 0) {
      const UcRowPiece *before = g_ptr_array_index (self->pieces, i - 1);

      y += get_gap (before, piece);
      if (before->quote == 0)
        piece->bar_y = y;
    }

    switch (piece->kind) {
    case UC_BLOCK_CODE:
      y += place_code (self, piece, y, width);
      break;
    case UC_BLOCK_TABLE:
      y += place_table (self, &i, y, width);
      break;
    case UC_BLOCK_RULE:
      piece->area = piece->box = (GdkRectangle){ 0, y, width, RULE_HEIGHT };
      y += RULE_HEIGHT;
      break;
    case UC_BLOCK_PARAGRAPH:
    case UC_BLOCK_HEADING:
    case UC_BLOCK_QUOTE:
    case UC_BLOCK_ITEM:
    default:
      y += place_text (self, piece, y, width);
      break;
    }
  }

  return y;
}
