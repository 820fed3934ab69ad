/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The quick switcher: two lists, conversations and people, shown as one. The selection
 * moves by the arrow keys while the focus stays in the entry. */

#include "config.h"

#include "uc-switcher.h"

#include "uc-sidebar-pick-row.h"
#include "uc-sidebar-row.h"

#include "uc-channel.h"
#include "uc-completion.h"
#include "uc-team.h"

#include <glib/gi18n.h>

struct _UcSwitcher {
  AdwDialog parent_instance;

  GtkEditable *entry;
  GtkStack    *stack;
  GtkListView *list;

  UcWindowAccount    *account;       /* (owned) */
  char               *text;          /* (owned) what is looked for */
  UcCompletion       *completion;    /* (owned) people by name */
  GListModel         *conversations; /* (owned) (nullable) of the present text */
  GListStore         *parts;         /* (owned) the two lists */
  GtkFilter          *filter;        /* (unowned) of people */
  GtkSingleSelection *selection;     /* (owned) */
};

G_DEFINE_FINAL_TYPE (UcSwitcher, uc_switcher, ADW_TYPE_DIALOG)

/* -- What is listed ------------------------------------------------------------------------ */

/* People are looked up in the store: until they are found those found before stand in
 * the list, and Enter must not open one of them. */
static gboolean
is_match (UcSwitcher *self, UcCompletionItem *item)
{
  return *self->text == '\0' ||
         g_str_match_string (self->text, uc_completion_item_get_title (item), TRUE) ||
         g_str_match_string (self->text, uc_completion_item_get_detail (item), TRUE) ||
         g_str_match_string (self->text, uc_completion_item_get_insert (item), TRUE);
}

/* Somebody with a conversation in the first list is not needed in the second. */
static gboolean
is_wanted_person (gpointer object, gpointer user_data)
{
  UcSwitcher *self = user_data;
  const char *user_id = uc_completion_item_get_id (object);
  guint n_items = self->conversations != NULL ? g_list_model_get_n_items (self->conversations) : 0;

  if (uc_completion_item_get_kind (object) != UC_COMPLETE_USER || !is_match (self, object))
    return FALSE;
  for (guint i = 0; i < n_items; i++) {
    g_autoptr (UcSidebarItem) item = g_list_model_get_item (self->conversations, i);

    if (g_str_equal (uc_sidebar_item_get_partner_id (item), user_id))
      return FALSE;
  }

  return TRUE;
}

static void
update_stack (UcSwitcher *self)
{
  gboolean is_empty = g_list_model_get_n_items (G_LIST_MODEL (self->selection)) == 0;

  gtk_stack_set_visible_child_name (self->stack, is_empty ? "empty" : "list");
}

static void
text_changed_cb (UcSwitcher *self)
{
  UcSidebar *sidebar = uc_window_account_get_sidebar (self->account);

  g_free (self->text);
  self->text = g_strstrip (g_strdup (gtk_editable_get_text (self->entry)));
  g_clear_object (&self->conversations);
  self->conversations = uc_sidebar_switch_to (sidebar, self->text);
  g_list_store_splice (self->parts, 0, 1, (gpointer *) &self->conversations, 1);
  uc_completion_set_word (self->completion, "", '@', self->text);
  gtk_filter_changed (self->filter, GTK_FILTER_CHANGE_DIFFERENT);
  if (g_list_model_get_n_items (G_LIST_MODEL (self->selection)) > 0) {
    gtk_single_selection_set_selected (self->selection, 0);
    gtk_list_view_scroll_to (self->list, 0, GTK_LIST_SCROLL_NONE, NULL);
  }
  update_stack (self);
}

/* -- Rows ------------------------------------------------------------------------------------ */

/* Of what is not in the team that is shown: there may be a channel of the same name. */
static const char *
get_team_name (UcSwitcher *self, UcSidebarItem *item)
{
  UcSidebar  *sidebar = uc_window_account_get_sidebar (self->account);
  GPtrArray  *teams = uc_sidebar_get_teams (sidebar);
  const char *team_id = uc_sidebar_item_get_channel (item)->team_id;

  if (g_str_equal (team_id, uc_sidebar_get_team_id (sidebar)))
    return "";
  for (guint i = 0; i < teams->len; i++) {
    const UcTeam *team = g_ptr_array_index (teams, i);

    if (g_str_equal (team->id, team_id))
      return team->display_name;
  }

  return "";
}

static void
bind_cb (UcSwitcher *self, GtkListItem *list_item)
{
  gpointer   item = gtk_list_item_get_item (list_item);
  GtkWidget *row;

  if (UC_IS_SIDEBAR_ITEM (item)) {
    row = uc_sidebar_row_new ();
    g_object_bind_property (row, "summary", list_item, "accessible-label", G_BINDING_DEFAULT);
    uc_sidebar_row_set_detail (UC_SIDEBAR_ROW (row), get_team_name (self, item));
    uc_sidebar_row_set_item (UC_SIDEBAR_ROW (row), item);
  } else {
    row = uc_sidebar_pick_row_new ();
    uc_sidebar_pick_row_set (UC_SIDEBAR_PICK_ROW (row), NULL, uc_completion_item_get_id (item),
                             uc_completion_item_get_title (item),
                             uc_completion_item_get_detail (item));
    gtk_list_item_set_accessible_label (list_item, uc_completion_item_get_title (item));
  }
  gtk_list_item_set_child (list_item, row);
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
  if (UC_IS_SIDEBAR_ITEM (item))
    gtk_widget_activate_action (GTK_WIDGET (self), "win.open-channel", "s",
                                uc_sidebar_item_get_channel (UC_SIDEBAR_ITEM (item))->id);
  else
    gtk_widget_activate_action (GTK_WIDGET (self), "win.open-person", "s",
                                uc_completion_item_get_id (UC_COMPLETION_ITEM (item)));
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
  g_clear_object (&self->parts);
  g_clear_object (&self->conversations);
  g_clear_object (&self->completion);
  g_clear_object (&self->account);

  G_OBJECT_CLASS (uc_switcher_parent_class)->dispose (object);
}

static void
uc_switcher_finalize (GObject *object)
{
  g_free (UC_SWITCHER (object)->text);

  G_OBJECT_CLASS (uc_switcher_parent_class)->finalize (object);
}

static void
uc_switcher_class_init (UcSwitcherClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = uc_switcher_dispose;
  G_OBJECT_CLASS (klass)->finalize = uc_switcher_finalize;

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

  self->text = g_strdup ("");
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
  g_autoptr (GListStore) nothing = g_list_store_new (UC_TYPE_SIDEBAR_ITEM);
  GtkFilterListModel  *people;
  GtkFlattenListModel *all;

  g_return_val_if_fail (UC_IS_WINDOW_ACCOUNT (account), NULL);

  self = g_object_new (UC_TYPE_SWITCHER, NULL);
  self->account = g_object_ref (account);
  self->completion = uc_completion_new (uc_window_account_get_session (account),
                                        uc_window_account_get_directory (account),
                                        uc_window_account_get_sidebar (account));
  self->filter = GTK_FILTER (gtk_custom_filter_new (is_wanted_person, self, NULL));
  people = gtk_filter_list_model_new (G_LIST_MODEL (g_object_ref (self->completion)), self->filter);
  self->parts = g_list_store_new (G_TYPE_LIST_MODEL);
  g_list_store_append (self->parts, nothing);
  g_list_store_append (self->parts, people);
  g_object_unref (people);
  all = gtk_flatten_list_model_new (G_LIST_MODEL (g_object_ref (self->parts)));
  self->selection = gtk_single_selection_new (G_LIST_MODEL (all));
  g_signal_connect_object (self->selection, "items-changed", G_CALLBACK (update_stack), self,
                           G_CONNECT_SWAPPED);
  gtk_list_view_set_model (self->list, GTK_SELECTION_MODEL (self->selection));
  text_changed_cb (self);

  return ADW_DIALOG (self);
}
