/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A list of suggestions beside an entry that keeps the focus: Up and Down choose, Tab
 * and Enter take, Escape closes. What is suggested and what taking does is the entry's. */

#include "config.h"

#include "uc-suggestions.h"

#include <glib/gi18n.h>

static GtkListBox *
make_list (void)
{
  GtkWidget *list = gtk_list_box_new ();

  gtk_list_box_set_selection_mode (GTK_LIST_BOX (list), GTK_SELECTION_BROWSE);
  gtk_widget_set_focusable (list, FALSE);
  gtk_widget_add_css_class (list, "suggestions");
  gtk_accessible_update_property (GTK_ACCESSIBLE (list), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Suggestions"), -1);
  return GTK_LIST_BOX (list);
}

/**
 * uc_suggestions_new:
 * @parent: gets the popover as a child; unparents it when disposed of
 * @position: the side of what it points to
 * @min_width: in px
 * @max_height: of the list, in px; beyond it the list scrolls
 * @list: (out) (transfer none): where the rows go, and what tells which was activated
 *
 * Returns: (transfer none): the popover, closed
 */
GtkPopover *
uc_suggestions_new (GtkWidget      *parent,
                    GtkPositionType position,
                    int             min_width,
                    int             max_height,
                    GtkListBox    **list)
{
  GtkWidget         *scrolled = gtk_scrolled_window_new ();
  GtkScrolledWindow *window = GTK_SCROLLED_WINDOW (scrolled);
  GtkPopover        *popover = GTK_POPOVER (gtk_popover_new ());

  *list = make_list ();
  gtk_scrolled_window_set_child (window, GTK_WIDGET (*list));
  gtk_scrolled_window_set_policy (window, GTK_POLICY_NEVER, GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_propagate_natural_height (window, TRUE);
  gtk_scrolled_window_set_max_content_height (window, max_height);
  gtk_widget_set_size_request (scrolled, min_width, -1);

  gtk_popover_set_autohide (popover, FALSE);
  gtk_popover_set_has_arrow (popover, FALSE);
  gtk_popover_set_position (popover, position);
  gtk_widget_add_css_class (GTK_WIDGET (popover), "menu");
  gtk_popover_set_child (popover, scrolled);
  gtk_widget_set_parent (GTK_WIDGET (popover), parent);
  return popover;
}

/**
 * uc_suggestions_read_key:
 * @popover: the popover
 * @list: its list
 * @n_items: how many suggestions there are
 * @keyval: the key that was pressed in the entry
 * @index: (out): of the one to select or to take; else -1
 *
 * Returns: what is to be done
 */
UcSuggestionsStep
uc_suggestions_read_key (GtkPopover *popover,
                         GtkListBox *list,
                         guint       n_items,
                         guint       keyval,
                         int        *index)
{
  const int      n = (int) n_items;
  GtkListBoxRow *row = gtk_list_box_get_selected_row (list);
  const int      selected = row != NULL ? gtk_list_box_row_get_index (row) : -1;

  *index = -1;
  if (n == 0 || !gtk_widget_get_visible (GTK_WIDGET (popover)))
    return UC_SUGGESTIONS_NONE;
  switch (keyval) {
  case GDK_KEY_Up:
  case GDK_KEY_KP_Up:
    *index = (MAX (selected, 0) + n - 1) % n;
    return UC_SUGGESTIONS_SELECT;
  case GDK_KEY_Down:
  case GDK_KEY_KP_Down:
    *index = (selected + 1) % n;
    return UC_SUGGESTIONS_SELECT;
  case GDK_KEY_Return:
  case GDK_KEY_KP_Enter:
  case GDK_KEY_Tab:
    *index = MAX (selected, 0);
    return UC_SUGGESTIONS_TAKE;
  case GDK_KEY_Escape:
    return UC_SUGGESTIONS_CLOSE;
  default:
    return UC_SUGGESTIONS_NONE;
  }
}
