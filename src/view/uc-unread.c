/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What is unread, over the sidebars of several accounts. It is worked out anew when one
 * of them has changed, and spliced, so that rows that stay do not flicker. */

#include "config.h"

#include "uc-unread.h"

#include "uc-sidebar-private.h"
#include "uc-splice-private.h"
#include "uc-thread.h"

#include <string.h>

struct _UcUnreadItem {
  GObject parent_instance;

  char          *account_id;   /* (owned) */
  char          *account_name; /* (owned) */
  UcSidebarItem *conversation; /* (owned) */
};

G_DEFINE_FINAL_TYPE (UcUnreadItem, uc_unread_item, G_TYPE_OBJECT)

typedef struct {
  char      *id;      /* (owned) */
  char      *name;    /* (owned) */
  UcSidebar *sidebar; /* (owned) */
} Account;

struct _UcUnread {
  GObject parent_instance;

  GPtrArray *accounts; /* (owned) (element-type Account) in the order in which they came */
  GPtrArray *items;    /* (owned) (element-type UcUnreadItem) */
  guint      update_id;
};

static void uc_unread_list_model_init (GListModelInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (UcUnread,
                               uc_unread,
                               G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL, uc_unread_list_model_init))

/* -- The item -------------------------------------------------------------------------- */

static void
uc_unread_item_finalize (GObject *object)
{
  UcUnreadItem *self = UC_UNREAD_ITEM (object);

  g_free (self->account_id);
  g_free (self->account_name);
  g_object_unref (self->conversation);

  G_OBJECT_CLASS (uc_unread_item_parent_class)->finalize (object);
}

static void
uc_unread_item_class_init (UcUnreadItemClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = uc_unread_item_finalize;
}

static void
uc_unread_item_init (UcUnreadItem *self)
{
}

const char *
uc_unread_item_get_account_id (UcUnreadItem *self)
{
  g_return_val_if_fail (UC_IS_UNREAD_ITEM (self), "");

  return self->account_id;
}

const char *
uc_unread_item_get_account_name (UcUnreadItem *self)
{
  g_return_val_if_fail (UC_IS_UNREAD_ITEM (self), "");

  return self->account_name;
}

UcSidebarItem *
uc_unread_item_get_conversation (UcUnreadItem *self)
{
  g_return_val_if_fail (UC_IS_UNREAD_ITEM (self), NULL);

  return self->conversation;
}

/* -- What is unread ------------------------------------------------------------------------ */

static gboolean
is_for_me (UcSidebarItem *conversation)
{
  return uc_sidebar_item_get_mentions (conversation) > 0 ||
         uc_sidebar_item_get_section (conversation) == UC_SECTION_DIRECT;
}

static int
compare_items (gconstpointer a, gconstpointer b)
{
  UcSidebarItem *first = (*(UcUnreadItem *const *) a)->conversation;
  UcSidebarItem *second = (*(UcUnreadItem *const *) b)->conversation;
  gint64         newest = _uc_sidebar_item_get_newest (first);
  gint64         other_newest = _uc_sidebar_item_get_newest (second);

  if (is_for_me (first) != is_for_me (second))
    return is_for_me (first) ? -1 : 1;
  if (newest != other_newest)
    return newest > other_newest ? -1 : 1;
  return strcmp (uc_sidebar_item_get_channel (first)->id, uc_sidebar_item_get_channel (second)->id);
}

/* An item that is there already stays the same: rows are bound to it. */
static UcUnreadItem *
make_item (GHashTable *present, const Account *account, UcSidebarItem *conversation)
{
  UcUnreadItem *item = g_hash_table_lookup (present, conversation);

  if (item != NULL)
    return g_object_ref (item);
  item = g_object_new (UC_TYPE_UNREAD_ITEM, NULL);
  item->account_id = g_strdup (account->id);
  item->account_name = g_strdup (account->name);
  item->conversation = g_object_ref (conversation);
  return item;
}

static gboolean
update_cb (gpointer user_data)
{
  UcUnread *self = user_data;
  g_autoptr (GPtrArray) wanted = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (GHashTable) present = g_hash_table_new (NULL, NULL);

  self->update_id = 0;
  for (guint i = 0; i < self->items->len; i++) {
    UcUnreadItem *item = g_ptr_array_index (self->items, i);

    g_hash_table_insert (present, item->conversation, item);
  }
  for (guint i = 0; i < self->accounts->len; i++) {
    const Account *account = g_ptr_array_index (self->accounts, i);
    g_autoptr (GPtrArray) unread = uc_sidebar_dup_unread (account->sidebar);

    for (guint j = 0; j < unread->len; j++)
      g_ptr_array_add (wanted, make_item (present, account, g_ptr_array_index (unread, j)));
  }
  g_ptr_array_sort (wanted, compare_items);
  _uc_splice_apply (G_LIST_MODEL (self), self->items, wanted);
  return G_SOURCE_REMOVE;
}

static void
queue_update (UcUnread *self)
{
  if (self->update_id == 0)
    self->update_id = g_idle_add (update_cb, self);
}

/* -- The class -------------------------------------------------------------------------------- */

static void
account_free (gpointer data)
{
  Account *account = data;

  g_object_unref (account->sidebar);
  g_free (account->id);
  g_free (account->name);
  g_free (account);
}

static GType
uc_unread_get_item_type (GListModel *model)
{
  return UC_TYPE_UNREAD_ITEM;
}

static guint
uc_unread_get_n_items (GListModel *model)
{
  return UC_UNREAD (model)->items->len;
}

static gpointer
uc_unread_get_item (GListModel *model, guint position)
{
  UcUnread *self = UC_UNREAD (model);

  return position < self->items->len ? g_object_ref (self->items->pdata[position]) : NULL;
}

static void
uc_unread_list_model_init (GListModelInterface *iface)
{
  iface->get_item_type = uc_unread_get_item_type;
  iface->get_n_items = uc_unread_get_n_items;
  iface->get_item = uc_unread_get_item;
}

static void
uc_unread_dispose (GObject *object)
{
  UcUnread *self = UC_UNREAD (object);

  g_clear_handle_id (&self->update_id, g_source_remove);
  for (guint i = 0; i < self->accounts->len; i++)
    g_signal_handlers_disconnect_by_data (((Account *) self->accounts->pdata[i])->sidebar, self);
  g_ptr_array_set_size (self->accounts, 0);

  G_OBJECT_CLASS (uc_unread_parent_class)->dispose (object);
}

static void
uc_unread_finalize (GObject *object)
{
  UcUnread *self = UC_UNREAD (object);

  g_ptr_array_unref (self->accounts);
  g_ptr_array_unref (self->items);

  G_OBJECT_CLASS (uc_unread_parent_class)->finalize (object);
}

static void
uc_unread_class_init (UcUnreadClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = uc_unread_dispose;
  G_OBJECT_CLASS (klass)->finalize = uc_unread_finalize;
}

static void
uc_unread_init (UcUnread *self)
{
  self->accounts = g_ptr_array_new_with_free_func (account_free);
  self->items = g_ptr_array_new_with_free_func (g_object_unref);
}

/**
 * uc_unread_new:
 *
 * Returns: (transfer full): a list without accounts
 */
UcUnread *
uc_unread_new (void)
{
  UC_ASSERT_MAIN_THREAD ();

  return g_object_new (UC_TYPE_UNREAD, NULL);
}

/**
 * uc_unread_add_account:
 * @id: of the account
 * @name: what a person calls it
 * @sidebar: its conversations
 */
void
uc_unread_add_account (UcUnread *self, const char *id, const char *name, UcSidebar *sidebar)
{
  Account *account;

  g_return_if_fail (UC_IS_UNREAD (self));
  g_return_if_fail (id != NULL && name != NULL);
  g_return_if_fail (UC_IS_SIDEBAR (sidebar));

  account = g_new0 (Account, 1);
  account->id = g_strdup (id);
  account->name = g_strdup (name);
  account->sidebar = g_object_ref (sidebar);
  g_ptr_array_add (self->accounts, account);
  g_signal_connect_object (sidebar, "notify::total-unread", G_CALLBACK (queue_update), self,
                           G_CONNECT_SWAPPED);
  queue_update (self);
}

/**
 * uc_unread_remove_account:
 * @id: of an account that was added
 *
 * Nothing of it is in the list any more when this comes back.
 */
void
uc_unread_remove_account (UcUnread *self, const char *id)
{
  g_return_if_fail (UC_IS_UNREAD (self));
  g_return_if_fail (id != NULL);

  for (guint i = 0; i < self->accounts->len; i++) {
    Account *account = g_ptr_array_index (self->accounts, i);

    if (!g_str_equal (account->id, id))
      continue;
    g_signal_handlers_disconnect_by_data (account->sidebar, self);
    g_ptr_array_remove_index (self->accounts, i);
    g_clear_handle_id (&self->update_id, g_source_remove);
    update_cb (self);
    return;
  }
}
