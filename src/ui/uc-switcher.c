/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The quick switcher: what uc-switcher-list finds. The selection moves by the arrow keys
 * while the focus stays in the entry. */

#include "config.h"

#include "uc-switcher.h"

#include "uc-switcher-list.h"

#include "uc-completion.h"

struct _UcSwitcher {
  AdwDialog parent_instance;

  GtkEditable *entry;
  GtkStack    *stack;
  GtkListView *list;

  UcSwitcherList     *found;     /* (owned) */
  GtkSingleSelection *selection; /* (owned) */
};

G_DEFINE_FINAL_TYPE (UcSwitcher, uc_switcher, ADW_TYPE_DIALOG)

static void
update_stack (UcSwitcher *self)
{
  gboolean is_empty = g_list_model_get_n_items (G_LIST_MODEL (self->selection)) == 0;

  gtk_stack_set_visible_child_name (self->stack, is_empty ? "empty" : "list");
}

static void
text_changed_cb (UcSwitcher *self)
{
  uc_switcher_list_set_text (self->found, gtk_editable_get_text (self->entry));
  if (g_list_model_get_n_items (G_LIST_MODEL (self->selection)) > 0) {
    gtk_single_selection_set_selected (self->selection, 0);
    gtk_list_view_scroll_to (self->list, 0, GTK_LIST_SCROLL_NONE, NULL);
  }
  update_stack (self);
}

/* -- Rows ------------------------------------------------------------------------------------ */

static void
bind_cb (UcSwitcher *self, GtkListItem *list_item)
{
  uc_switcher_list_bind (self->found, list_item);
}

static void
unbind_cb (UcSwitcher *self, GtkListItem *list_item)
{
  gtk_list_item_set_child (list_item, NULL);
}

static void
open_position (UcSwitcher *self, guint position)
{
  g_autoptr (GObject) item = g_list_model_get_item (G_LIST_MODEL (self->selection), position);

  if (item == NULL)
    return;

  /* Closing puts the focus back to where it was; what is opened takes it after that. */
  adw_dialog_close (ADW_DIALOG (self));
  uc_switcher_list_open (item, GTK_WIDGET (self));
}

/* -- Keys -------------------------------------------------------------------------------------- */

static void
entry_activated_cb (UcSwitcher *self)
{
  open_position (self, gtk_single_selection_get_selected (self->selection));
}

static void
move (UcSwitcher *self, int step)
{
  guint n_items = g_list_model_get_n_items (G_LIST_MODEL (self->selection));
  guint position = gtk_single_selection_get_selected (self->selection);
  g_autoptr (GObject) item = NULL;

  if (n_items == 0)
    return;
  position =
      position == GTK_INVALID_LIST_POSITION ? 0 : (position + n_items + (guint) step) % n_items;
  gtk_single_selection_set_selected (self->selection, position);
  gtk_list_view_scroll_to (self->list, position, GTK_LIST_SCROLL_NONE, NULL);

  /* The focus stays in the entry: say what Enter would open. */
  item = g_list_model_get_item (G_LIST_MODEL (self->selection), position);
  gtk_accessible_announce (GTK_ACCESSIBLE (self->entry),
                           UC_IS_SIDEBAR_ITEM (item)
                               ? uc_sidebar_item_get_title (UC_SIDEBAR_ITEM (item))
                               : uc_completion_item_get_title (UC_COMPLETION_ITEM (item)),
                           GTK_ACCESSIBLE_ANNOUNCEMENT_PRIORITY_MEDIUM);
}

static gboolean
key_pressed_cb (UcSwitcher *self, guint keyval, guint keycode, GdkModifierType state)
{
  switch (keyval) {
  case GDK_KEY_Down:
  case GDK_KEY_KP_Down:
    move (self, 1);
    return GDK_EVENT_STOP;
  case GDK_KEY_Up:
  case GDK_KEY_KP_Up:
    move (self, -1);
    return GDK_EVENT_STOP;
  default:
    return GDK_EVENT_PROPAGATE;
  }
}

static void
uc_switcher_dispose (GObject *object)
{
  UcSwitcher *self = UC_SWITCHER (object);

  if (self->list != NULL)
    gtk_list_view_set_model (self->list, NULL);
  gtk_widget_dispose_template (GTK_WIDGET (object), UC_TYPE_SWITCHER);
  g_clear_object (&self->selection);
  g_clear_object (&self->found);

  G_OBJECT_CLASS (uc_switcher_parent_class)->dispose (object);
}

static void
uc_switcher_class_init (UcSwitcherClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = uc_switcher_dispose;

  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/com/example/UnifiedChat/ui/uc-switcher.ui");
  gtk_widget_class_bind_template_child (widget_class, UcSwitcher, entry);
  gtk_widget_class_bind_template_child (widget_class, UcSwitcher, stack);
  gtk_widget_class_bind_template_child (widget_class, UcSwitcher, list);
  gtk_widget_class_bind_template_callback (widget_class, text_changed_cb);
  /* The entry keeps Escape to itself. */
  gtk_widget_class_bind_template_callback (widget_class, adw_dialog_close);
  gtk_widget_class_bind_template_callback (widget_class, entry_activated_cb);
  gtk_widget_class_bind_template_callback (widget_class, bind_cb);
  gtk_widget_class_bind_template_callback (widget_class, unbind_cb);
  gtk_widget_class_bind_template_callback (widget_class, open_position);
}

static void
uc_switcher_init (UcSwitcher *self)
{
  GtkEventController *keys;

  gtk_widget_init_template (GTK_WIDGET (self));

  keys = gtk_event_controller_key_new ();
  gtk_event_controller_set_propagation_phase (keys, GTK_PHASE_CAPTURE);
  g_signal_connect_object (keys, "key-pressed", G_CALLBACK (key_pressed_cb), self,
                           G_CONNECT_SWAPPED);
  gtk_widget_add_controller (GTK_WIDGET (self->entry), keys);
}

/**
 * uc_switcher_new:
 * @account: whose conversations and people
 *
 * Returns: (transfer floating): the dialog, listing what is unread
 */
AdwDialog *
uc_switcher_new (UcWindowAccount *account)
{
  UcSwitcher *self;

  g_return_val_if_fail (UC_IS_WINDOW_ACCOUNT (account), NULL);

  self = g_object_new (UC_TYPE_SWITCHER, NULL);
  self->found = uc_switcher_list_new (account);
  self->selection =
      gtk_single_selection_new (g_object_ref (uc_switcher_list_get_model (self->found)));
  g_signal_connect_object (self->selection, "items-changed", G_CALLBACK (update_stack), self,
                           G_CONNECT_SWAPPED);
  gtk_list_view_set_model (self->list, GTK_SELECTION_MODEL (self->selection));
  text_changed_cb (self);

  return ADW_DIALOG (self);
}
