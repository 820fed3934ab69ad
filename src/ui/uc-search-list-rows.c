/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The rows of the results and the headings above them. */

#include "config.h"

#include "uc-search-list-private.h"

#include "uc-search-row.h"

#include <glib/gi18n.h>

static GtkWidget *
new_end_row (GtkStringObject *line)
{
  GtkWidget *label = gtk_label_new (NULL);

  g_object_bind_property (line, "string", label, "label", G_BINDING_SYNC_CREATE);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_justify (GTK_LABEL (label), GTK_JUSTIFY_CENTER);
  gtk_widget_add_css_class (label, "caption");
  gtk_widget_add_css_class (label, "dimmed");
  gtk_widget_add_css_class (label, "uc-search-end");

  return label;
}

/* The list itself would open by a second click, or follow the pointer with what is
 * selected, which is to stay at what was opened. */
static void
released_cb (GtkListItem *list_item)
{
  GtkWidget *self =
      gtk_widget_get_ancestor (gtk_list_item_get_child (list_item), UC_TYPE_SEARCH_LIST);

  _uc_search_list_open (UC_SEARCH_LIST (self), gtk_list_item_get_position (list_item), FALSE);
}

static void
add_click (GtkListItem *list_item)
{
  GtkGesture *click = gtk_gesture_click_new ();

  g_signal_connect_object (click, "released", G_CALLBACK (released_cb), list_item,
                           G_CONNECT_SWAPPED);
  gtk_widget_add_controller (gtk_list_item_get_child (list_item), GTK_EVENT_CONTROLLER (click));
}

/* Rows of messages are used again; the few others are made anew. */
void
_uc_search_list_bind (UcSearchList *self, GtkListItem *list_item)
{
  gpointer   item = gtk_list_item_get_item (list_item);
  GtkWidget *child = gtk_list_item_get_child (list_item);

  gtk_list_item_set_selectable (list_item, !GTK_IS_STRING_OBJECT (item));
  gtk_list_item_set_activatable (list_item, !GTK_IS_STRING_OBJECT (item));
  gtk_list_item_set_focusable (list_item, !GTK_IS_STRING_OBJECT (item));
  if (GTK_IS_STRING_OBJECT (item)) {
    gtk_list_item_set_child (list_item, new_end_row (item));
    gtk_list_item_set_accessible_label (list_item, gtk_string_object_get_string (item));
  } else if (UC_IS_SEARCH_ITEM (item)) {
    if (!UC_IS_SEARCH_ROW (child)) {
      child = uc_search_row_new ();
      gtk_list_item_set_child (list_item, child);
      g_object_bind_property (child, "summary", list_item, "accessible-label", G_BINDING_DEFAULT);
      add_click (list_item);
    }
    uc_search_row_set_item (UC_SEARCH_ROW (child), item, self->account, self->use_24h,
                            self->show_flags);
  } else {
    uc_switcher_list_bind (self->names, list_item);
    add_click (list_item);
  }
}

void
_uc_search_list_unbind (UcSearchList *self, GtkListItem *list_item)
{
  GtkWidget *child = gtk_list_item_get_child (list_item);

  if (UC_IS_SEARCH_ROW (child))
    uc_search_row_set_item (UC_SEARCH_ROW (child), NULL, NULL, FALSE, FALSE);
  else
    gtk_list_item_set_child (list_item, NULL);
}

void
_uc_search_list_bind_header (UcSearchList *self, GtkListHeader *header)
{
  gpointer   item = gtk_list_header_get_item (header);
  GtkWidget *label =
      gtk_label_new (UC_IS_SEARCH_ITEM (item) ? _ ("Messages") : _ ("Conversations and People"));

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  gtk_widget_add_css_class (label, "caption-heading");
  gtk_widget_add_css_class (label, "dimmed");
  gtk_list_header_set_child (header, label);
}
