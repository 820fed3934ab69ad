/* SPDX-License-Identifier: GPL-3.0-or-later */
/* From a piece of a message and its runs to a layout with attributes. */

#include "config.h"

#include "uc-row-flow-private.h"

#include "uc-sanitize.h"

#include <string.h>

#define EMOJI_SCALE 2.6
#define CODE_SCALE  0.95
#define QUIET_SCALE 0.85

/* U+200B in UTF-8 */
#define BREAK_BYTES 3

static void
add_attribute (PangoAttrList *list, PangoAttribute *attribute, guint start, guint end)
{
  attribute->start_index = start;
  attribute->end_index = end;
  pango_attr_list_insert (list, attribute);
}

static guint16
to_16_bit (float channel)
{
  return CLAMP (channel, 0, 1) * G_MAXUINT16;
}

static void
add_foreground (PangoAttrList *list, const GdkRGBA *color, guint start, guint end)
{
  add_attribute (list,
                 pango_attr_foreground_new (to_16_bit (color->red), to_16_bit (color->green),
                                            to_16_bit (color->blue)),
                 start, end);
  add_attribute (list, pango_attr_foreground_alpha_new (MAX (to_16_bit (color->alpha), 1)), start,
                 end);
}

static void
add_background (PangoAttrList *list, const GdkRGBA *color, guint start, guint end)
{
  add_attribute (list,
                 pango_attr_background_new (to_16_bit (color->red), to_16_bit (color->green),
                                            to_16_bit (color->blue)),
                 start, end);
  add_attribute (list, pango_attr_background_alpha_new (MAX (to_16_bit (color->alpha), 1)), start,
                 end);
}

static void
add_run (PangoAttrList *list, const UcRun *run, const UcRowColors *colors, guint start, guint end)
{
  if (run->flags & UC_RUN_BOLD)
    add_attribute (list, pango_attr_weight_new (PANGO_WEIGHT_BOLD), start, end);
  if (run->flags & UC_RUN_ITALIC)
    add_attribute (list, pango_attr_style_new (PANGO_STYLE_ITALIC), start, end);
  if (run->flags & UC_RUN_STRIKE)
    add_attribute (list, pango_attr_strikethrough_new (TRUE), start, end);
  if (run->flags & UC_RUN_CODE) {
    add_attribute (list, pango_attr_family_new ("monospace"), start, end);
    add_attribute (list, pango_attr_scale_new (CODE_SCALE), start, end);
    add_background (list, &colors->code, start, end);
  }
  if (run->flags & (UC_RUN_LINK | UC_RUN_IMAGE)) {
    add_foreground (list, &colors->accent, start, end);
    add_attribute (list, pango_attr_underline_new (PANGO_UNDERLINE_SINGLE), start, end);
  } else if (run->flags & (UC_RUN_CHANNEL | UC_RUN_HASHTAG)) {
    add_foreground (list, &colors->accent, start, end);
  } else if (run->flags & UC_RUN_EMOJI) {
    add_foreground (list, &colors->dim, start, end);
  }
  if (run->flags & (UC_RUN_MENTION | UC_RUN_ME)) {
    const gboolean is_me = (run->flags & UC_RUN_ME) != 0;

    if (run->flags & UC_RUN_MENTION)
      add_foreground (list, is_me ? &colors->text : &colors->accent, start, end);
    add_background (list, is_me ? &colors->own_mention : &colors->mention, start, end);
    add_attribute (list, pango_attr_weight_new (is_me ? PANGO_WEIGHT_BOLD : PANGO_WEIGHT_MEDIUM),
                   start, end);
  }
}

static double
get_heading_scale (int level)
{
  static const double scales[] = { 1.5, 1.3, 1.15 };

  return level >= 1 && level <= (int) G_N_ELEMENTS (scales) ? scales[level - 1] : 1.0;
}

/* The whole of a piece, by its kind. */
static void
add_kind (PangoAttrList     *list,
          const UcRowPiece  *piece,
          const UcRowColors *colors,
          gboolean           is_emoji_only)
{
  const guint end = PANGO_ATTR_INDEX_TO_TEXT_END;

  switch (piece->kind) {
  case UC_BLOCK_HEADING:
    add_attribute (list, pango_attr_weight_new (PANGO_WEIGHT_BOLD), 0, end);
    add_attribute (list, pango_attr_scale_new (get_heading_scale (piece->level)), 0, end);
    break;
  case UC_BLOCK_CODE:
    add_attribute (list, pango_attr_family_new ("monospace"), 0, end);
    add_attribute (list, pango_attr_scale_new (CODE_SCALE), 0, end);
    break;
  case UC_BLOCK_TABLE:
    if (piece->row == 0)
      add_attribute (list, pango_attr_weight_new (PANGO_WEIGHT_BOLD), 0, end);
    break;
  case UC_BLOCK_PARAGRAPH:
    if (is_emoji_only)
      add_attribute (list, pango_attr_scale_new (EMOJI_SCALE), 0, end);
    break;
  case UC_BLOCK_QUOTE:
  case UC_BLOCK_ITEM:
  case UC_BLOCK_RULE:
  default:
    break;
  }
}

/* Where @with has a character that @without has not. */
static GArray *
find_breaks (const char *without, const char *with)
{
  GArray     *breaks = g_array_new (FALSE, FALSE, sizeof (guint));
  const char *p = without;

  for (const char *q = with; *q != '\0';) {
    if (*p == *q) {
      p++;
      q++;
    } else {
      const guint place = p - without;

      g_array_append_val (breaks, place);
      q += BREAK_BYTES;
    }
  }

  return breaks;
}

static char *
append_suffix (UcRowPiece *piece, const char *shown, PangoAttrList *list, const UcRowColors *colors)
{
  const guint start = strlen (shown);

  add_foreground (list, &colors->dim, start, G_MAXUINT);
  add_attribute (list, pango_attr_scale_new (QUIET_SCALE), start, G_MAXUINT);

  return g_strconcat (shown, *shown != '\0' ? "\u2002" : "", piece->suffix, NULL);
}

/* Code runs from left to right, whatever the language around it. */
static PangoContext *
make_code_context (PangoContext *context)
{
  PangoContext *copy = pango_font_map_create_context (pango_context_get_font_map (context));

  pango_context_set_font_description (copy, pango_context_get_font_description (context));
  pango_context_set_language (copy, pango_context_get_language (context));
  pango_context_set_round_glyph_positions (copy, pango_context_get_round_glyph_positions (context));
  pango_cairo_context_set_font_options (copy, pango_cairo_context_get_font_options (context));
  pango_cairo_context_set_resolution (copy, pango_cairo_context_get_resolution (context));
  pango_context_set_base_dir (copy, PANGO_DIRECTION_LTR);

  return copy;
}

/* Makes the layouts of a piece; their width is set when they are placed. */
void
_uc_row_piece_style (UcRowPiece        *piece,
                     PangoContext      *context,
                     const UcRowColors *colors,
                     gboolean           is_emoji_only)
{
  g_autoptr (PangoAttrList) list = pango_attr_list_new ();
  g_autofree char *shown = uc_sanitize_breaks (piece->text);

  g_clear_pointer (&piece->breaks, g_array_unref);
  if (strlen (shown) != strlen (piece->text))
    piece->breaks = find_breaks (piece->text, shown);

  add_kind (list, piece, colors, is_emoji_only);
  for (guint i = 0; i < piece->runs->len; i++) {
    const UcRun *run = &g_array_index (piece->runs, UcRun, i);

    add_run (list, run, colors, _uc_row_piece_to_layout (piece, run->start),
             _uc_row_piece_to_layout (piece, run->end));
  }

  if (piece->suffix != NULL) {
    g_autofree char *text = g_steal_pointer (&shown);

    shown = append_suffix (piece, text, list, colors);
  }

  g_clear_object (&piece->layout);
  if (piece->kind == UC_BLOCK_CODE && pango_context_get_base_dir (context) == PANGO_DIRECTION_RTL) {
    PangoContext *code = make_code_context (context);

    piece->layout = pango_layout_new (code);
    g_object_unref (code);
  } else {
    piece->layout = pango_layout_new (context);
  }
  pango_layout_set_text (piece->layout, shown, -1);
  pango_layout_set_attributes (piece->layout, list);
  if (piece->kind != UC_BLOCK_CODE)
    pango_layout_set_wrap (piece->layout, PANGO_WRAP_WORD_CHAR);
  if (piece->kind == UC_BLOCK_TABLE)
    pango_layout_set_alignment (piece->layout, piece->alignment);

  g_clear_object (&piece->marker_layout);
  if (piece->marker != NULL) {
    piece->marker_layout = pango_layout_new (context);
    pango_layout_set_text (piece->marker_layout, piece->marker, -1);
  }
}

/* An index into the piece's text as one into its layout's. */
int
_uc_row_piece_to_layout (UcRowPiece *piece, int index)
{
  int result = index;

  for (guint i = 0; piece->breaks != NULL && i < piece->breaks->len; i++) {
    if ((int) g_array_index (piece->breaks, guint, i) >= index)
      break;
    result += BREAK_BYTES;
  }

  return result;
}

/* The other way round. */
int
_uc_row_piece_from_layout (UcRowPiece *piece, int index)
{
  int n_before = 0;

  for (guint i = 0; piece->breaks != NULL && i < piece->breaks->len; i++) {
    if ((int) g_array_index (piece->breaks, guint, i) + n_before * BREAK_BYTES >= index)
      break;
    n_before++;
  }

  return MAX (index - n_before * BREAK_BYTES, 0);
}
