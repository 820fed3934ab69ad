/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The colours of rows that draw themselves. They come from the widget's own colour and
 * the accent of the style manager, so that they follow theme, contrast and accent. */

#include "config.h"

#include "uc-row-colors.h"

#include <adwaita.h>

#include <string.h>

static GdkRGBA
with_alpha (const GdkRGBA *color, float alpha)
{
  GdkRGBA result = *color;

  result.alpha *= alpha;

  return result;
}

/**
 * uc_row_colors_init:
 * @self: colours
 * @widget: whose style they follow
 *
 * Takes the colours of now.
 */
void
uc_row_colors_init (UcRowColors *self, GtkWidget *widget)
{
  AdwStyleManager *manager = adw_style_manager_get_for_display (gtk_widget_get_display (widget));
  const gboolean   is_high_contrast = adw_style_manager_get_high_contrast (manager);

  gtk_widget_get_color (widget, &self->text);
  adw_accent_color_to_standalone_rgba (adw_style_manager_get_accent_color (manager),
                                       adw_style_manager_get_dark (manager), &self->accent);
  self->dim = with_alpha (&self->text, is_high_contrast ? 0.9f : 0.55f);
  self->mention = with_alpha (&self->accent, 0.12f);
  self->own_mention = with_alpha (&self->accent, is_high_contrast ? 0.45f : 0.3f);
  self->code = with_alpha (&self->text, is_high_contrast ? 0.14f : 0.07f);
  self->line = with_alpha (&self->text, is_high_contrast ? 0.6f : 0.15f);
  self->selection = with_alpha (&self->accent, 0.35f);
}

/**
 * uc_row_colors_equal:
 * @self: colours
 * @other: others
 *
 * Returns: whether nothing needs to be drawn anew
 */
gboolean
uc_row_colors_equal (const UcRowColors *self, const UcRowColors *other)
{
  return memcmp (self, other, sizeof *self) == 0;
}
