/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The text of a message as pieces that stand below each other. How they look is in
 * uc-row-flow-style.c, where they stand in uc-row-flow-layout.c, how they are drawn in
 * uc-row-flow-draw.c. */

#include "config.h"

#include "uc-row-flow-private.h"

#include <string.h>

/* More columns are no table that anybody reads: the rest joins the last one. */
#define MAX_COLUMNS 16

#define FOLLOWED (UC_RUN_LINK | UC_RUN_IMAGE | UC_RUN_MENTION | UC_RUN_CHANNEL | UC_RUN_HASHTAG)

static void
clear_run (gpointer data)
{
  g_free (((UcRun *) data)->target);
}

static void
clear_link (gpointer data)
{
  g_free (((UcRowLink *) data)->target);
}

static void
free_piece (gpointer data)
{
  UcRowPiece *piece = data;

  g_free (piece->text);
  g_free (piece->marker);
  g_free (piece->suffix);
  g_array_unref (piece->runs);
  g_clear_pointer (&piece->breaks, g_array_unref);
  g_clear_object (&piece->layout);
  g_clear_object (&piece->marker_layout);
  g_free (piece);
}

/* The runs of @block within [start, end), counted from start. */
static GArray *
copy_runs (const UcBlock *block, guint start, guint end)
{
  GArray *runs = g_array_new (FALSE, FALSE, sizeof (UcRun));

  g_array_set_clear_func (runs, clear_run);
  for (guint i = 0; block->runs != NULL && i < block->runs->len; i++) {
    const UcRun *run = &g_array_index (block->runs, UcRun, i);
    UcRun        copy = {
             .start = MAX (run->start, start) - start,
             .end = MIN (run->end, end) - start,
             .flags = run->flags,
    };

    if (run->end <= start || run->start >= end)
      continue;
    copy.target = g_strdup (run->target);
    g_array_append_val (runs, copy);
  }

  return runs;
}

/* Everybody is nobody one could go to; a key word of one's own has no name behind it. */
static gboolean
is_followed (const UcRun *run)
{
  static const char *const groups[] = { "here", "all", "channel", NULL };

  return (run->flags & FOLLOWED) != 0 && run->target != NULL &&
         !((run->flags & UC_RUN_MENTION) != 0 && g_strv_contains (groups, run->target));
}

static UcRowPiece *
add_piece (UcRowFlow *self, const UcBlock *block, guint start, guint end, guint offset)
{
  UcRowPiece *piece = g_new0 (UcRowPiece, 1);

  piece->kind = block->kind;
  piece->level = block->level;
  piece->quote = block->quote;
  piece->indent = block->indent;
  piece->start = offset + start;
  piece->end = offset + end;
  piece->text = g_strndup (block->text + start, end - start);
  piece->runs = copy_runs (block, start, end);
  if (block->kind == UC_BLOCK_ITEM)
    piece->marker = g_strdup (block->info != NULL ? block->info : "•");
  g_ptr_array_add (self->pieces, piece);

  for (guint i = 0; i < piece->runs->len; i++) {
    const UcRun *run = &g_array_index (piece->runs, UcRun, i);
    UcRowLink    link = {
         .start = piece->start + run->start,
         .end = piece->start + run->end,
         .flags = run->flags,
    };

    if (!is_followed (run))
      continue;
    link.target = g_strdup (run->target);
    g_array_append_val (self->links, link);
  }

  return piece;
}

/* "l", "c" or "r" for each column. */
static PangoAlignment
get_alignment (const UcBlock *block, guint column)
{
  if (block->info == NULL || column >= strlen (block->info))
    return PANGO_ALIGN_LEFT;

  return block->info[column] == 'r'   ? PANGO_ALIGN_RIGHT
         : block->info[column] == 'c' ? PANGO_ALIGN_CENTER
                                      : PANGO_ALIGN_LEFT;
}

static void
add_table (UcRowFlow *self, const UcBlock *block, guint length, guint offset)
{
  guint start = 0;
  int   row = 0, column = 0;

  for (guint i = 0; i <= length; i++) {
    const char  c = i < length ? block->text[i] : '\n';
    UcRowPiece *cell;

    if (c != '\n' && (c != '\t' || column + 1 >= MAX_COLUMNS))
      continue;
    cell = add_piece (self, block, start, i, offset);
    cell->row = row;
    cell->alignment = get_alignment (block, column);
    cell->column = column++;
    start = i + 1;
    if (c == '\n') {
      row++;
      column = 0;
    }
  }
}

static void
add_suffix (UcRowFlow *self, const char *suffix, guint offset)
{
  UcRowPiece *last = NULL;

  if (self->pieces->len > 0)
    last = g_ptr_array_index (self->pieces, self->pieces->len - 1);
  /* Behind code, tables and rules it has a line of its own. */
  if (last == NULL || last->kind == UC_BLOCK_CODE || last->kind == UC_BLOCK_TABLE ||
      last->kind == UC_BLOCK_RULE) {
    UcBlock block = { .kind = UC_BLOCK_PARAGRAPH, .text = (char *) "" };

    last = add_piece (self, &block, 0, 0, offset);
  }
  last->suffix = g_strdup (suffix);
}

/**
 * uc_row_flow_flatten:
 * @markdown: the text of a message
 *
 * Returns: (transfer full): what a flow of it has as its text
 */
char *
uc_row_flow_flatten (const UcMarkdown *markdown)
{
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; i < markdown->blocks->len; i++) {
    const UcBlock *block = g_ptr_array_index (markdown->blocks, i);

    if (i > 0)
      g_string_append_c (text, '\n');
    g_string_append (text, block->text);
  }

  return g_string_free (g_steal_pointer (&text), FALSE);
}

/**
 * uc_row_flow_new:
 * @markdown: the text of a message; copied
 * @suffix: (nullable): a quiet word behind the text
 *
 * Returns: (transfer full): a flow that waits for its style
 */
UcRowFlow *
uc_row_flow_new (const UcMarkdown *markdown, const char *suffix)
{
  UcRowFlow *self = g_new0 (UcRowFlow, 1);
  guint      offset = 0;

  self->pieces = g_ptr_array_new_with_free_func (free_piece);
  self->links = g_array_new (FALSE, FALSE, sizeof (UcRowLink));
  g_array_set_clear_func (self->links, clear_link);
  self->is_emoji_only = markdown->is_emoji_only;
  self->width = -1;

  for (guint i = 0; i < markdown->blocks->len; i++) {
    const UcBlock *block = g_ptr_array_index (markdown->blocks, i);
    const guint    length = strlen (block->text);

    if (block->kind == UC_BLOCK_TABLE)
      add_table (self, block, length, offset);
    else
      add_piece (self, block, 0, length, offset);
    offset += length + 1;
  }
  if (suffix != NULL)
    add_suffix (self, suffix, offset > 0 ? offset - 1 : 0);

  return self;
}

/**
 * uc_row_flow_free:
 * @self: (transfer full): a flow
 *
 * Frees it.
 */
void
uc_row_flow_free (UcRowFlow *self)
{
  g_return_if_fail (self != NULL);

  g_ptr_array_unref (self->pieces);
  g_array_unref (self->links);
  g_free (self);
}

/**
 * uc_row_flow_set_style:
 * @self: a flow
 * @context: fonts
 * @colors: colours
 * @is_rtl: whether bars and markers stand on the right
 *
 * Takes another look; it must be laid out anew.
 */
void
uc_row_flow_set_style (UcRowFlow         *self,
                       PangoContext      *context,
                       const UcRowColors *colors,
                       gboolean           is_rtl)
{
  self->is_rtl = is_rtl;
  self->width = -1;
  for (guint i = 0; i < self->pieces->len; i++)
    _uc_row_piece_style (g_ptr_array_index (self->pieces, i), context, colors, self->is_emoji_only);
}

/**
 * uc_row_flow_layout:
 * @self: a flow with a style
 * @width: in pixels
 *
 * Lays out, unless that was the width before.
 *
 * Returns: the height in pixels
 */
int
uc_row_flow_layout (UcRowFlow *self, int width)
{
  if (self->width != width) {
    self->height = _uc_row_flow_place (self, width);
    self->width = width;
  }

  return self->height;
}

/* The piece at a place, else the one above it. */
static UcRowPiece *
find_piece (UcRowFlow *self, double x, double y)
{
  UcRowPiece *found = NULL;

  for (guint i = 0; i < self->pieces->len; i++) {
    UcRowPiece *piece = g_ptr_array_index (self->pieces, i);

    if (piece->kind == UC_BLOCK_RULE)
      continue;
    if (found == NULL || piece->box.y <= y) {
      /* Cells of a row stand side by side. */
      if (found != NULL && found->box.y == piece->box.y && x < piece->box.x)
        continue;
      found = piece;
    }
  }

  return found;
}

/**
 * uc_row_flow_get_index_at:
 * @self: a flow that was laid out
 * @x: pixels
 * @y: pixels
 *
 * Returns: the offset into the text nearest to that place
 */
int
uc_row_flow_get_index_at (UcRowFlow *self, double x, double y)
{
  UcRowPiece *piece = find_piece (self, x, y);
  const char *text;
  int         index, trailing;

  if (piece == NULL)
    return 0;
  if (y < piece->box.y)
    return piece->start;
  if (y > piece->box.y + piece->box.height)
    return piece->end;

  pango_layout_xy_to_index (piece->layout, (x - piece->area.x + piece->scroll_x) * PANGO_SCALE,
                            (y - piece->area.y) * PANGO_SCALE, &index, &trailing);
  text = pango_layout_get_text (piece->layout);
  index = g_utf8_offset_to_pointer (text + index, trailing) - text;

  return piece->start +
         MIN (_uc_row_piece_from_layout (piece, index), (int) (piece->end - piece->start));
}

/**
 * uc_row_flow_get_n_links:
 * @self: a flow
 *
 * Returns: how many links it has
 */
guint
uc_row_flow_get_n_links (UcRowFlow *self)
{
  return self->links->len;
}

/**
 * uc_row_flow_get_link:
 * @self: a flow
 * @index: of a link, in the order of the text
 *
 * Returns: (transfer none): the link
 */
const UcRowLink *
uc_row_flow_get_link (UcRowFlow *self, guint index)
{
  g_return_val_if_fail (index < self->links->len, NULL);

  return &g_array_index (self->links, UcRowLink, index);
}

/**
 * uc_row_flow_get_link_at:
 * @self: a flow that was laid out
 * @x: pixels
 * @y: pixels
 *
 * Returns: the index of the link at that place, or -1
 */
int
uc_row_flow_get_link_at (UcRowFlow *self, double x, double y)
{
  for (guint i = 0; i < self->links->len; i++) {
    const UcRowLink *link = &g_array_index (self->links, UcRowLink, i);
    cairo_region_t  *region = uc_row_flow_get_region (self, link->start, link->end);
    const gboolean   is_inside = cairo_region_contains_point (region, (int) x, (int) y);

    cairo_region_destroy (region);
    if (is_inside)
      return i;
  }

  return -1;
}
