/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Moving through the results, and opening them. */

#include "config.h"

#include "uc-search-list-private.h"

#include "uc-post.h"

guint
_uc_search_list_get_n_names (UcSearchList *self)
{
  return g_list_model_get_n_items (G_LIST_MODEL (self->few_names));
}

/* @keep_focus: to go on in the results. */
static void
open_item (UcSearchList *self, gpointer item, gboolean keep_focus)
{
  const UcMessage *message;

  if (GTK_IS_STRING_OBJECT (item))
    return;
  g_signal_emit_by_name (self, "opened");
  if (!UC_IS_SEARCH_ITEM (item)) {
    uc_switcher_list_open (item, GTK_WIDGET (self));
    return;
  }
  message = uc_search_item_get_message (item);
  gtk_widget_activate_action (GTK_WIDGET (self),
                              keep_focus ? "win.preview-found" : "win.open-found", "(ss)",
                              message->post->channel_id, message->key);
}

void
_uc_search_list_open (UcSearchList *self, guint position, gboolean keep_focus)
{
  g_autoptr (GObject) item = g_list_model_get_item (G_LIST_MODEL (self->selection), position);

  if (item == NULL)
    return;
  gtk_single_selection_set_selected (self->selection, position);
  open_item (self, item, keep_focus);
}

/**
 * uc_search_list_scroll_up:
 *
 * Shows the first results, and selects none: they are others now.
 */
void
uc_search_list_scroll_up (UcSearchList *self)
{
  g_return_if_fail (UC_IS_SEARCH_LIST (self));

  if (uc_search_list_is_empty (self))
    return;
  gtk_single_selection_set_selected (self->selection, GTK_INVALID_LIST_POSITION);
  /* Not to the first row, which would leave the heading above it out of sight. */
  self->is_at_top = TRUE;
  gtk_adjustment_set_value (self->adjustment, 0);
}

/**
 * uc_search_list_focus:
 *
 * Moves the focus to what is selected, else to the first row.
 *
 * Returns: %FALSE when there is no row
 */
gboolean
uc_search_list_focus (UcSearchList *self)
{
  guint position;

  g_return_val_if_fail (UC_IS_SEARCH_LIST (self), FALSE);

  if (uc_search_list_is_empty (self))
    return FALSE;
  position = gtk_single_selection_get_selected (self->selection);
  if (position == GTK_INVALID_LIST_POSITION)
    position = 0;
  /* The first moves the focus within the list, the second that of the window to it. */
  gtk_list_view_scroll_to (self->list, position, GTK_LIST_SCROLL_FOCUS | GTK_LIST_SCROLL_SELECT,
                           NULL);

  return gtk_widget_grab_focus (GTK_WIDGET (self->list));
}

/**
 * uc_search_list_open_first:
 *
 * Opens the first message, or the first name when there is no message.
 */
void
uc_search_list_open_first (UcSearchList *self)
{
  g_return_if_fail (UC_IS_SEARCH_LIST (self));

  if (uc_search_list_is_empty (self))
    return;
  _uc_search_list_open (self,
                        g_list_model_get_n_items (G_LIST_MODEL (self->search)) > 0
                            ? _uc_search_list_get_n_names (self)
                            : 0,
                        FALSE);
}

/**
 * uc_search_list_open_next:
 * @step: 1 for the one after, -1 for the one before
 *
 * Opens the next message of the results.
 *
 * Returns: %FALSE when there is none
 */
gboolean
uc_search_list_open_next (UcSearchList *self, int step)
{
  guint first, end, position;

  g_return_val_if_fail (UC_IS_SEARCH_LIST (self), FALSE);

  if (uc_search_list_is_empty (self))
    return FALSE;
  first = _uc_search_list_get_n_names (self);
  end = first + g_list_model_get_n_items (G_LIST_MODEL (self->search));
  position = gtk_single_selection_get_selected (self->selection);
  if (position == GTK_INVALID_LIST_POSITION || position < first)
    position = step > 0 ? first : end;
  else
    position += (guint) step;
  if (position < first || position >= end)
    return FALSE;
  gtk_list_view_scroll_to (self->list, position, GTK_LIST_SCROLL_SELECT, NULL);
  _uc_search_list_open (self, position, TRUE);

  return TRUE;
}
