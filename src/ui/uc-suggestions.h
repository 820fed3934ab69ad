/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/**
 * UcSuggestionsStep:
 *
 * What a key asks of a list of suggestions.
 */
typedef enum {
  UC_SUGGESTIONS_NONE, /* the key is not for them */
  UC_SUGGESTIONS_SELECT,
  UC_SUGGESTIONS_TAKE,
  UC_SUGGESTIONS_CLOSE,
} UcSuggestionsStep;

GtkPopover       *uc_suggestions_new (GtkWidget      *parent,
                                      GtkPositionType position,
                                      int             min_width,
                                      int             max_height,
                                      GtkListBox    **list);
UcSuggestionsStep uc_suggestions_read_key (GtkPopover *popover,
                                           GtkListBox *list,
                                           guint       n_items,
                                           guint       keyval,
                                           int        *index);

G_END_DECLS
