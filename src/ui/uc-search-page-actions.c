/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The actions of the search page, `search.*`: adding filters, copying. */

#include "config.h"

#include "uc-search-page-private.h"

#include "uc-search-day.h"

static void
begin_cb (GtkWidget *widget, const char *action, GVariant *parameter)
{
  uc_search_field_begin_operator (UC_SEARCH_PAGE (widget)->field,
                                  g_variant_get_string (parameter, NULL));
}

static void
add_cb (GtkWidget *widget, const char *action, GVariant *parameter)
{
  UcSearchPage *self = UC_SEARCH_PAGE (widget);
  const char   *name, *value;

  g_variant_get (parameter, "(&s&s)", &name, &value);
  uc_search_field_add_chip (self->field, name, value, FALSE);
  gtk_widget_grab_focus (GTK_WIDGET (self->field));
}

static void
remove_cb (GtkWidget *widget, const char *action, GVariant *parameter)
{
  UcSearchPage *self = UC_SEARCH_PAGE (widget);
  const guint   i = g_variant_get_uint32 (parameter);

  gtk_widget_grab_focus (GTK_WIDGET (self->field));
  if (i < uc_search_field_get_chips (self->field)->len)
    uc_search_field_remove_chip (self->field, i);
}

static void
day_chosen_cb (UcSearchPage *self, const char *name, const char *value)
{
  uc_search_field_add_chip (self->field, name, value, FALSE);
  gtk_widget_grab_focus (GTK_WIDGET (self->field));
}

static void
choose_day_cb (GtkWidget *widget, const char *action, GVariant *parameter)
{
  UcSearchPage *self = UC_SEARCH_PAGE (widget);
  GtkPopover   *popover;

  if (self->account == NULL)
    return;
  popover = uc_search_day_new ("before", uc_window_account_get_now_ms (self->account));
  g_signal_connect_object (popover, "chosen", G_CALLBACK (day_chosen_cb), self, G_CONNECT_SWAPPED);
  uc_search_day_popup (popover, GTK_WIDGET (self->field));
}

static void
copy_cb (GtkWidget *widget, const char *action, GVariant *parameter)
{
  g_autofree char *query =
      g_strstrip (uc_search_field_dup_query (UC_SEARCH_PAGE (widget)->field));

  gdk_clipboard_set_text (gtk_widget_get_clipboard (widget), query);
}

static void
retry_cb (GtkWidget *widget, const char *action, GVariant *parameter)
{
  UcSearchPage *self = UC_SEARCH_PAGE (widget);

  if (self->search == NULL)
    return;
  uc_session_retry_now (uc_window_account_get_session (self->account));
  uc_search_retry_server (self->search);
}

void
_uc_search_page_install_actions (GtkWidgetClass *widget_class)
{
  gtk_widget_class_install_action (widget_class, "search.begin", "s", begin_cb);
  gtk_widget_class_install_action (widget_class, "search.add", "(ss)", add_cb);
  gtk_widget_class_install_action (widget_class, "search.remove", "u", remove_cb);
  gtk_widget_class_install_action (widget_class, "search.choose-day", NULL, choose_day_cb);
  gtk_widget_class_install_action (widget_class, "search.copy", NULL, copy_cb);
  gtk_widget_class_install_action (widget_class, "search.retry-server", NULL, retry_cb);
}
