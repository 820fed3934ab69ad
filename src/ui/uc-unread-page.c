/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The unread conversations of all accounts. With several accounts a row names its own. */

#include "config.h"

#include "uc-unread-page.h"

#include "uc-sidebar-row.h"

#include "uc-channel.h"
#include "uc-unread.h"

struct _UcUnreadPage {
  AdwNavigationPage parent_instance;

  GtkStack    *stack;
  GtkListView *list;

  GListModel *accounts; /* (owned) (nullable) */
  GPtrArray  *ids;      /* (owned) (element-type utf8) those of @accounts, as it was */
  UcUnread   *unread;   /* (owned) */
};

G_DEFINE_FINAL_TYPE (UcUnreadPage, uc_unread_page, ADW_TYPE_NAVIGATION_PAGE)

static void
accounts_changed_cb (UcUnreadPage *self, guint position, guint n_removed, guint n_added)
{
  for (guint i = 0; i < n_removed; i++)
    uc_unread_remove_account (self->unread, g_ptr_array_index (self->ids, position + i));
  if (n_removed > 0)
    g_ptr_array_remove_range (self->ids, position, n_removed);
  for (guint i = 0; i < n_added; i++) {
    g_autoptr (UcWindowAccount) account = g_list_model_get_item (self->accounts, position + i);
    g_autofree char *host = uc_window_account_dup_host (account);
    const char      *id = uc_window_account_get_id (account);

    g_ptr_array_insert (self->ids, (int) (position + i), g_strdup (id));
    uc_unread_add_account (self->unread, id, host, uc_window_account_get_sidebar (account));
  }
}

static void
items_changed_cb (UcUnreadPage *self)
{
  gboolean is_empty = g_list_model_get_n_items (G_LIST_MODEL (self->unread)) == 0;

  gtk_stack_set_visible_child_name (self->stack, is_empty ? "empty" : "list");
}

/* -- Rows ------------------------------------------------------------------------------ */

static void
setup_cb (UcUnreadPage *self, GtkListItem *list_item)
{
  GtkWidget *row = uc_sidebar_row_new ();

  g_object_bind_property (row, "summary", list_item, "accessible-label", G_BINDING_DEFAULT);
  gtk_list_item_set_child (list_item, row);
}

static void
bind_cb (UcUnreadPage *self, GtkListItem *list_item)
{
  UcUnreadItem *item = gtk_list_item_get_item (list_item);
  UcSidebarRow *row = UC_SIDEBAR_ROW (gtk_list_item_get_child (list_item));

  uc_sidebar_row_set_detail (row, self->ids->len > 1 ? uc_unread_item_get_account_name (item) : "");
  uc_sidebar_row_set_item (row, uc_unread_item_get_conversation (item));
}

static void
unbind_cb (UcUnreadPage *self, GtkListItem *list_item)
{
  uc_sidebar_row_set_item (UC_SIDEBAR_ROW (gtk_list_item_get_child (list_item)), NULL);
}

static void
activate_cb (UcUnreadPage *self, guint position)
{
  g_autoptr (UcUnreadItem) item = g_list_model_get_item (G_LIST_MODEL (self->unread), position);

  if (item != NULL)
    gtk_widget_activate_action (
        GTK_WIDGET (self), "app.open-message", "(sss)", uc_unread_item_get_account_id (item),
        uc_sidebar_item_get_channel (uc_unread_item_get_conversation (item))->id, "");
}

/* -- The class ---------------------------------------------------------------------------- */

static void
uc_unread_page_dispose (GObject *object)
{
  UcUnreadPage *self = UC_UNREAD_PAGE (object);

  g_clear_object (&self->accounts);
  gtk_widget_dispose_template (GTK_WIDGET (object), UC_TYPE_UNREAD_PAGE);

  G_OBJECT_CLASS (uc_unread_page_parent_class)->dispose (object);
}

/* Whoever asks for the list wants to walk over it. */
static void
uc_unread_page_shown (AdwNavigationPage *page)
{
  UcUnreadPage *self = UC_UNREAD_PAGE (page);

  if (g_list_model_get_n_items (G_LIST_MODEL (self->unread)) > 0)
    gtk_list_view_scroll_to (self->list, 0, GTK_LIST_SCROLL_FOCUS, NULL);
}

static void
uc_unread_page_finalize (GObject *object)
{
  UcUnreadPage *self = UC_UNREAD_PAGE (object);

  g_object_unref (self->unread);
  g_ptr_array_unref (self->ids);

  G_OBJECT_CLASS (uc_unread_page_parent_class)->finalize (object);
}

static void
uc_unread_page_class_init (UcUnreadPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = uc_unread_page_dispose;
  G_OBJECT_CLASS (klass)->finalize = uc_unread_page_finalize;
  ADW_NAVIGATION_PAGE_CLASS (klass)->shown = uc_unread_page_shown;

  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/com/example/UnifiedChat/ui/uc-unread-page.ui");
  gtk_widget_class_bind_template_child (widget_class, UcUnreadPage, stack);
  gtk_widget_class_bind_template_child (widget_class, UcUnreadPage, list);
  gtk_widget_class_bind_template_callback (widget_class, setup_cb);
  gtk_widget_class_bind_template_callback (widget_class, bind_cb);
  gtk_widget_class_bind_template_callback (widget_class, unbind_cb);
  gtk_widget_class_bind_template_callback (widget_class, activate_cb);
}

static void
uc_unread_page_init (UcUnreadPage *self)
{
  g_autoptr (GtkSelectionModel) selection = NULL;

  gtk_widget_init_template (GTK_WIDGET (self));
  self->ids = g_ptr_array_new_with_free_func (g_free);
  self->unread = uc_unread_new ();
  g_signal_connect_object (self->unread, "items-changed", G_CALLBACK (items_changed_cb), self,
                           G_CONNECT_SWAPPED);
  selection =
      GTK_SELECTION_MODEL (gtk_no_selection_new (g_object_ref (G_LIST_MODEL (self->unread))));
  gtk_list_view_set_model (self->list, selection);
  items_changed_cb (self);
}

/**
 * uc_unread_page_set_accounts:
 * @accounts: (element-type UcWindowAccount): those that run
 *
 * Follows @accounts from now on.
 */
void
uc_unread_page_set_accounts (UcUnreadPage *self, GListModel *accounts)
{
  g_return_if_fail (UC_IS_UNREAD_PAGE (self));
  g_return_if_fail (G_IS_LIST_MODEL (accounts));
  g_return_if_fail (self->accounts == NULL);

  self->accounts = g_object_ref (accounts);
  g_signal_connect_object (accounts, "items-changed", G_CALLBACK (accounts_changed_cb), self,
                           G_CONNECT_SWAPPED);
  accounts_changed_cb (self, 0, 0, g_list_model_get_n_items (accounts));
}
