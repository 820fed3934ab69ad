/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The disc with initials that stands for a person: two nodes and a word, where an avatar
 * widget would be several widgets a row. */

#include "config.h"

#include "uc-row-avatar.h"

#include "uc-directory.h"

#include <adwaita.h>

/* Of the disc, by theme; the letters stand out on every hue. */
#define SATURATION      0.45f
#define LIGHT_LIGHTNESS 0.88f
#define DARK_LIGHTNESS  0.30f

#define LETTER_SHARE 0.4

static float
mix (float p, float q, float t)
{
  if (t < 0)
    t += 1;
  if (t > 1)
    t -= 1;
  if (t < 1 / 6.0f)
    return p + (q - p) * 6 * t;
  if (t < 0.5f)
    return q;
  if (t < 2 / 3.0f)
    return p + (q - p) * (2 / 3.0f - t) * 6;

  return p;
}

static GdkRGBA
from_hue (guint hue, float saturation, float lightness)
{
  const float h = hue / 360.0f;
  const float q = lightness < 0.5f ? lightness * (1 + saturation)
                                   : lightness + saturation - lightness * saturation;
  const float p = 2 * lightness - q;

  return (GdkRGBA){ mix (p, q, h + 1 / 3.0f), mix (p, q, h), mix (p, q, h - 1 / 3.0f), 1 };
}

/**
 * uc_row_avatar_snapshot:
 * @widget: whose font and theme to use
 * @snapshot: where to draw
 * @user_id: gives the colour
 * @initials: one or two letters
 * @x: left edge in pixels
 * @y: upper edge in pixels
 * @size: width and height in pixels
 *
 * Draws a person.
 */
void
uc_row_avatar_snapshot (GtkWidget   *widget,
                        GtkSnapshot *snapshot,
                        const char  *user_id,
                        const char  *initials,
                        int          x,
                        int          y,
                        int          size)
{
  const gboolean is_dark = adw_style_manager_get_dark (
      adw_style_manager_get_for_display (gtk_widget_get_display (widget)));
  const guint   hue = uc_directory_get_hue (user_id);
  const GdkRGBA disc = from_hue (hue, SATURATION, is_dark ? DARK_LIGHTNESS : LIGHT_LIGHTNESS);
  const GdkRGBA letters = from_hue (hue, 0.7f, is_dark ? 0.85f : 0.25f);
  const graphene_rect_t rect = GRAPHENE_RECT_INIT (x, y, size, size);
  g_autoptr (PangoLayout) layout = gtk_widget_create_pango_layout (widget, initials);
  g_autoptr (PangoAttrList) list = pango_attr_list_new ();
  GskRoundedRect rounded;
  int            width, height;

  gsk_rounded_rect_init_from_rect (&rounded, &rect, size / 2.0f);
  gtk_snapshot_push_rounded_clip (snapshot, &rounded);
  gtk_snapshot_append_color (snapshot, &disc, &rect);
  gtk_snapshot_pop (snapshot);

  pango_attr_list_insert (list, pango_attr_weight_new (PANGO_WEIGHT_BOLD));
  pango_attr_list_insert (list,
                          pango_attr_size_new_absolute ((int) (size * LETTER_SHARE) * PANGO_SCALE));
  pango_layout_set_attributes (layout, list);
  pango_layout_get_pixel_size (layout, &width, &height);
  gtk_snapshot_save (snapshot);
  gtk_snapshot_translate (
      snapshot, &GRAPHENE_POINT_INIT (x + (size - width) / 2.0f, y + (size - height) / 2.0f));
  gtk_snapshot_append_layout (snapshot, layout, &letters);
  gtk_snapshot_restore (snapshot);
}
