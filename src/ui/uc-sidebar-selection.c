/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A selection model whose selected row is named by the id of a conversation instead of
 * by a position, so that it survives the row being moved. */

#include "config.h"

#include "uc-sidebar-selection.h"

/* A screenful, and how many more a turn. GtkListView makes widgets for some two hundred
 * rows at once, of which twenty are seen. */
#define FIRST_ROWS 32
#define MORE_ROWS  32

struct _UcSidebarSelection {
  GObject parent_instance;

  UcSidebar         *sidebar;    /* (owned) */
  GtkSliceListModel *rows;       /* (owned) as many of them as are shown yet */
  char              *channel_id; /* (owned), "" for none */
  guint              grow_id;    /* while there are more */
};

static GType
get_item_type (GListModel *model)
{
  return UC_TYPE_SIDEBAR_ITEM;
}

static guint
get_n_items (GListModel *model)
{
  return g_list_model_get_n_items (G_LIST_MODEL (UC_SIDEBAR_SELECTION (model)->rows));
}

static gpointer
get_item (GListModel *model, guint position)
{
  return g_list_model_get_item (G_LIST_MODEL (UC_SIDEBAR_SELECTION (model)->rows), position);
}

static void
list_model_init (GListModelInterface *iface)
{
  iface->get_item_type = get_item_type;
  iface->get_n_items = get_n_items;
  iface->get_item = get_item;
}

static gboolean
is_selected (GtkSelectionModel *model, guint position)
{
  UcSidebarSelection *self = UC_SIDEBAR_SELECTION (model);
  g_autoptr (UcSidebarItem) item = g_list_model_get_item (G_LIST_MODEL (self->sidebar), position);
  UcChannel *channel = item != NULL ? uc_sidebar_item_get_channel (item) : NULL;

  return channel != NULL && g_str_equal (channel->id, self->channel_id);
}

static GtkBitset *
get_selection_in_range (GtkSelectionModel *model, guint position, guint n_items)
{
  UcSidebarSelection *self = UC_SIDEBAR_SELECTION (model);
  GtkBitset          *selected = gtk_bitset_new_empty ();
  guint               found = 0;

  if (uc_sidebar_find (self->sidebar, self->channel_id, &found) != NULL &&
      found < get_n_items (G_LIST_MODEL (model)))
    gtk_bitset_add (selected, found);

  return selected;
}

static void
selection_model_init (GtkSelectionModelInterface *iface)
{
  iface->is_selected = is_selected;
  iface->get_selection_in_range = get_selection_in_range;
}

G_DEFINE_FINAL_TYPE_WITH_CODE (UcSidebarSelection,
                               uc_sidebar_selection,
                               G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL, list_model_init)
                                   G_IMPLEMENT_INTERFACE (GTK_TYPE_SELECTION_MODEL,
                                                          selection_model_init))

/* The rest comes a helping at a time, when nothing else is waiting. */
static gboolean
grow_cb (gpointer user_data)
{
  UcSidebarSelection *self = user_data;
  const guint         size = gtk_slice_list_model_get_size (self->rows) + MORE_ROWS;

  gtk_slice_list_model_set_size (self->rows, size);
  if (size < g_list_model_get_n_items (G_LIST_MODEL (self->sidebar)))
    return G_SOURCE_CONTINUE;
  self->grow_id = 0;

  return G_SOURCE_REMOVE;
}

static void
sidebar_changed_cb (UcSidebarSelection *self)
{
  if (self->grow_id == 0 && gtk_slice_list_model_get_size (self->rows) <
                                g_list_model_get_n_items (G_LIST_MODEL (self->sidebar)))
    self->grow_id = g_idle_add_full (G_PRIORITY_LOW, grow_cb, self, NULL);
}

static void
uc_sidebar_selection_finalize (GObject *object)
{
  UcSidebarSelection *self = UC_SIDEBAR_SELECTION (object);

  g_clear_handle_id (&self->grow_id, g_source_remove);
  g_clear_object (&self->rows);
  g_clear_object (&self->sidebar);
  g_free (self->channel_id);

  G_OBJECT_CLASS (uc_sidebar_selection_parent_class)->finalize (object);
}

static void
uc_sidebar_selection_class_init (UcSidebarSelectionClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = uc_sidebar_selection_finalize;
}

static void
uc_sidebar_selection_init (UcSidebarSelection *self)
{
  self->channel_id = g_strdup ("");
}

/**
 * uc_sidebar_selection_new:
 * @sidebar: the conversations
 *
 * Returns: (transfer full): @sidebar with nothing selected
 */
UcSidebarSelection *
uc_sidebar_selection_new (UcSidebar *sidebar)
{
  UcSidebarSelection *self;

  g_return_val_if_fail (UC_IS_SIDEBAR (sidebar), NULL);

  self = g_object_new (UC_TYPE_SIDEBAR_SELECTION, NULL);
  self->sidebar = g_object_ref (sidebar);
  self->rows = gtk_slice_list_model_new (g_object_ref (G_LIST_MODEL (sidebar)), 0, FIRST_ROWS);
  g_signal_connect_object (self->rows, "items-changed", G_CALLBACK (g_list_model_items_changed),
                           self, G_CONNECT_SWAPPED);
  g_signal_connect_object (sidebar, "items-changed", G_CALLBACK (sidebar_changed_cb), self,
                           G_CONNECT_SWAPPED);
  sidebar_changed_cb (self);

  return self;
}

static void
announce (UcSidebarSelection *self, const char *channel_id)
{
  guint position = 0;

  if (uc_sidebar_find (self->sidebar, channel_id, &position) != NULL &&
      position < get_n_items (G_LIST_MODEL (self)))
    gtk_selection_model_selection_changed (GTK_SELECTION_MODEL (self), position, 1);
}

/**
 * uc_sidebar_selection_set_channel_id:
 * @channel_id: the open conversation, "" for none
 *
 * Selects the row of @channel_id, now or as soon as there is one.
 */
void
uc_sidebar_selection_set_channel_id (UcSidebarSelection *self, const char *channel_id)
{
  g_autofree char *old = NULL;

  g_return_if_fail (UC_IS_SIDEBAR_SELECTION (self));
  g_return_if_fail (channel_id != NULL);

  if (g_str_equal (self->channel_id, channel_id))
    return;

  old = g_steal_pointer (&self->channel_id);
  self->channel_id = g_strdup (channel_id);
  announce (self, old);
  announce (self, channel_id);
}

/**
 * uc_sidebar_selection_need:
 * @position: of a row of the sidebar
 *
 * Has the row at @position in the model now.
 */
void
uc_sidebar_selection_need (UcSidebarSelection *self, guint position)
{
  g_return_if_fail (UC_IS_SIDEBAR_SELECTION (self));

  if (position >= gtk_slice_list_model_get_size (self->rows))
    gtk_slice_list_model_set_size (self->rows, position + 1);
}

/**
 * uc_sidebar_selection_get_channel_id:
 *
 * Returns: (transfer none): the open conversation, "" for none
 */
const char *
uc_sidebar_selection_get_channel_id (UcSidebarSelection *self)
{
  g_return_val_if_fail (UC_IS_SIDEBAR_SELECTION (self), NULL);

  return self->channel_id;
}
