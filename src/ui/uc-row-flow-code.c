/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Blocks of code in a flow: they do not wrap, so they can be moved sideways, and they
 * are copied whole. */

#include "config.h"

#include "uc-row-flow-private.h"

static UcRowPiece *
get_code (UcRowFlow *self, guint index)
{
  for (guint i = 0; i < self->pieces->len; i++) {
    UcRowPiece *piece = g_ptr_array_index (self->pieces, i);

    if (piece->kind == UC_BLOCK_CODE && index-- == 0)
      return piece;
  }

  return NULL;
}

/**
 * uc_row_flow_get_n_codes:
 * @self: a flow
 *
 * Returns: how many blocks of code it has
 */
guint
uc_row_flow_get_n_codes (UcRowFlow *self)
{
  guint n = 0;

  while (get_code (self, n) != NULL)
    n++;

  return n;
}

/**
 * uc_row_flow_get_code_box:
 * @self: a flow that was laid out
 * @index: of a block of code
 * @box: (out): where it stands, with its padding
 *
 * Tells where to put the button that copies it.
 */
void
uc_row_flow_get_code_box (UcRowFlow *self, guint index, GdkRectangle *box)
{
  const UcRowPiece *piece = get_code (self, index);

  g_return_if_fail (piece != NULL);

  *box = piece->box;
}

/**
 * uc_row_flow_dup_code:
 * @self: a flow
 * @index: of a block of code
 *
 * Returns: (transfer full): its text
 */
char *
uc_row_flow_dup_code (UcRowFlow *self, guint index)
{
  const UcRowPiece *piece = get_code (self, index);

  g_return_val_if_fail (piece != NULL, NULL);

  return g_strdup (piece->text);
}

/**
 * uc_row_flow_scroll_at:
 * @self: a flow that was laid out
 * @x: pixels
 * @y: pixels
 * @delta: how far to move, in pixels
 *
 * Moves the code at a place sideways.
 *
 * Returns: whether there is code there that is wider than its box
 */
gboolean
uc_row_flow_scroll_at (UcRowFlow *self, double x, double y, double delta)
{
  for (guint i = 0; i < self->pieces->len; i++) {
    UcRowPiece *piece = g_ptr_array_index (self->pieces, i);

    if (piece->kind == UC_BLOCK_CODE && y >= piece->box.y && y < piece->box.y + piece->box.height &&
        piece->text_width > piece->area.width) {
      piece->scroll_x = CLAMP (piece->scroll_x + delta, 0, piece->text_width - piece->area.width);
      return TRUE;
    }
  }

  return FALSE;
}
