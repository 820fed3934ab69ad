/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The list of conversations. A row is opened by a click or by Enter, never by walking
 * over it, because opening marks it read. */

#include "config.h"

#include "uc-sidebar-page.h"

#include "uc-sidebar-me.h"
#include "uc-sidebar-menu.h"
#include "uc-sidebar-row.h"
#include "uc-sidebar-selection.h"
#include "uc-sidebar-teams.h"
#include "uc-window-banner.h"

#include "uc-channel.h"
#include "uc-thread.h"

struct _UcSidebarPage {
  AdwNavigationPage parent_instance;

  UcSidebarTeams *teams;
  UcWindowBanner *banner;
  GtkStack       *stack;
  GtkListView    *list;
  UcSidebarMe    *me;
  GtkPopover     *menu;

  UcWindowAccount    *account;   /* (owned) (nullable) */
  UcSidebarSelection *selection; /* (owned) (nullable) */
  GSimpleActionGroup *actions;   /* (owned) `sidebar.*` */
};

G_DEFINE_FINAL_TYPE (UcSidebarPage, uc_sidebar_page, ADW_TYPE_NAVIGATION_PAGE)

/* -- The menu of a conversation ----------------------------------------------------- */

/* The row at a place of the list, which has a widget of its own around each. */
static GtkWidget *
find_row (UcSidebarPage *self, double x, double y)
{
  GtkWidget *picked = gtk_widget_pick (GTK_WIDGET (self->list), x, y, GTK_PICK_DEFAULT);
  GtkWidget *row = picked != NULL ? gtk_widget_get_ancestor (picked, UC_TYPE_SIDEBAR_ROW) : NULL;

  if (row == NULL && picked != NULL && UC_IS_SIDEBAR_ROW (gtk_widget_get_first_child (picked)))
    row = gtk_widget_get_first_child (picked);

  return row;
}

/* @x and @y are places of @widget. */
static void
popup_menu (UcSidebarPage *self, UcSidebarRow *row, GtkWidget *widget, double x, double y)
{
  UcSidebarItem *item = uc_sidebar_row_get_item (row);
  g_autoptr (GMenuModel) model = NULL;
  graphene_point_t place;

  if (self->account == NULL || item == NULL || uc_sidebar_item_is_heading (item))
    return;
  if (!gtk_widget_compute_point (widget, GTK_WIDGET (self),
                                 &GRAPHENE_POINT_INIT ((float) x, (float) y), &place))
    return;

  model = uc_sidebar_menu_new_model (item);
  gtk_popover_menu_set_menu_model (GTK_POPOVER_MENU (self->menu), model);
  gtk_popover_set_pointing_to (self->menu, &(GdkRectangle){ (int) place.x, (int) place.y, 1, 1 });
  gtk_popover_popup (self->menu);
}

static void
popup_menu_at (UcSidebarPage *self, GtkGesture *gesture, double x, double y)
{
  GtkWidget *row = find_row (self, x, y);

  if (row == NULL)
    return;
  gtk_gesture_set_state (gesture, GTK_EVENT_SEQUENCE_CLAIMED);
  popup_menu (self, UC_SIDEBAR_ROW (row), GTK_WIDGET (self->list), x, y);
}

static void
pressed_cb (GtkGestureClick *gesture, int n_press, double x, double y, UcSidebarPage *self)
{
  popup_menu_at (self, GTK_GESTURE (gesture), x, y);
}

static void
long_pressed_cb (GtkGestureLongPress *gesture, double x, double y, UcSidebarPage *self)
{
  popup_menu_at (self, GTK_GESTURE (gesture), x, y);
}

/* The focus lies on the list's own widget around our row. */
static gboolean
menu_key_cb (GtkWidget *list, GVariant *args, gpointer user_data)
{
  UcSidebarPage *self = user_data;
  GtkRoot       *root = gtk_widget_get_root (list);
  GtkWidget     *focus = root != NULL ? gtk_root_get_focus (root) : NULL;
  GtkWidget     *row = focus != NULL ? gtk_widget_get_first_child (focus) : NULL;

  if (!UC_IS_SIDEBAR_ROW (row))
    return FALSE;
  popup_menu (self, UC_SIDEBAR_ROW (row), row, 24, gtk_widget_get_height (row) / 2.0);

  return TRUE;
}

/* -- Rows ------------------------------------------------------------------------------ */

static void
setup_cb (UcSidebarPage *self, GtkListItem *list_item)
{
  GtkWidget *row = uc_sidebar_row_new ();

  g_object_bind_property (row, "summary", list_item, "accessible-label", G_BINDING_DEFAULT);
  gtk_list_item_set_child (list_item, row);
}

static void
bind_cb (UcSidebarPage *self, GtkListItem *list_item)
{
  UcSidebarItem *item = gtk_list_item_get_item (list_item);
  gboolean       is_heading = uc_sidebar_item_is_heading (item);

  gtk_list_item_set_activatable (list_item, !is_heading);
  gtk_list_item_set_focusable (list_item, !is_heading);
  gtk_list_item_set_selectable (list_item, !is_heading);
  uc_sidebar_row_set_item (UC_SIDEBAR_ROW (gtk_list_item_get_child (list_item)), item);
}

static void
unbind_cb (UcSidebarPage *self, GtkListItem *list_item)
{
  uc_sidebar_row_set_item (UC_SIDEBAR_ROW (gtk_list_item_get_child (list_item)), NULL);
}

static void
activate_cb (UcSidebarPage *self, guint position)
{
  g_autoptr (UcSidebarItem) item = g_list_model_get_item (G_LIST_MODEL (self->selection), position);
  UcChannel *channel = item != NULL ? uc_sidebar_item_get_channel (item) : NULL;

  if (channel != NULL)
    gtk_widget_activate_action (GTK_WIDGET (self), "win.open-channel", "s", channel->id);
}

static void
items_changed_cb (UcSidebarPage *self)
{
  gboolean       is_empty = g_list_model_get_n_items (G_LIST_MODEL (self->selection)) == 0;
  GtkAdjustment *adjustment = gtk_scrollable_get_vadjustment (GTK_SCROLLABLE (self->list));

  /* The list keeps its first row in place when others come above it: at the top, where
   * nobody has scrolled yet, that would hide what comes. */
  if (!is_empty && gtk_adjustment_get_value (adjustment) <= 0)
    gtk_list_view_scroll_to (self->list, 0, GTK_LIST_SCROLL_NONE, NULL);
  gtk_stack_set_visible_child_name (self->stack, is_empty ? "empty" : "list");
}

static void
forget_account (UcSidebarPage *self)
{
  if (self->account == NULL)
    return;

  gtk_popover_popdown (self->menu);
  uc_window_banner_set_account (self->banner, NULL);
  uc_sidebar_me_set_account (self->me, NULL);
  uc_sidebar_teams_set_sidebar (self->teams, NULL);
  gtk_list_view_set_model (self->list, NULL);
  g_signal_handlers_disconnect_by_data (self->selection, self);
  g_clear_object (&self->selection);
  uc_sidebar_menu_remove_actions (self->actions);
  g_clear_object (&self->account);
}

static void
uc_sidebar_page_dispose (GObject *object)
{
  UcSidebarPage *self = UC_SIDEBAR_PAGE (object);

  forget_account (self);
  if (self->menu != NULL)
    gtk_widget_unparent (GTK_WIDGET (self->menu));
  self->menu = NULL;
  g_clear_object (&self->actions);
  gtk_widget_dispose_template (GTK_WIDGET (object), UC_TYPE_SIDEBAR_PAGE);

  G_OBJECT_CLASS (uc_sidebar_page_parent_class)->dispose (object);
}

static void
uc_sidebar_page_class_init (UcSidebarPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = uc_sidebar_page_dispose;

  g_type_ensure (UC_TYPE_SIDEBAR_ME);
  g_type_ensure (UC_TYPE_SIDEBAR_TEAMS);
  g_type_ensure (UC_TYPE_WINDOW_BANNER);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/com/example/UnifiedChat/ui/uc-sidebar-page.ui");
  gtk_widget_class_bind_template_child (widget_class, UcSidebarPage, teams);
  gtk_widget_class_bind_template_child (widget_class, UcSidebarPage, banner);
  gtk_widget_class_bind_template_child (widget_class, UcSidebarPage, stack);
  gtk_widget_class_bind_template_child (widget_class, UcSidebarPage, list);
  gtk_widget_class_bind_template_child (widget_class, UcSidebarPage, me);
  gtk_widget_class_bind_template_callback (widget_class, setup_cb);
  gtk_widget_class_bind_template_callback (widget_class, bind_cb);
  gtk_widget_class_bind_template_callback (widget_class, unbind_cb);
  gtk_widget_class_bind_template_callback (widget_class, activate_cb);
}

/* One for the list, not one for each of its rows. */
static void
add_gestures (UcSidebarPage *self)
{
  GtkGesture *click = gtk_gesture_click_new ();
  GtkGesture *press = gtk_gesture_long_press_new ();

  gtk_gesture_single_set_button (GTK_GESTURE_SINGLE (click), GDK_BUTTON_SECONDARY);
  g_signal_connect_object (click, "pressed", G_CALLBACK (pressed_cb), self, G_CONNECT_DEFAULT);
  gtk_widget_add_controller (GTK_WIDGET (self->list), GTK_EVENT_CONTROLLER (click));
  gtk_gesture_single_set_touch_only (GTK_GESTURE_SINGLE (press), TRUE);
  g_signal_connect_object (press, "pressed", G_CALLBACK (long_pressed_cb), self, G_CONNECT_DEFAULT);
  gtk_widget_add_controller (GTK_WIDGET (self->list), GTK_EVENT_CONTROLLER (press));
}

static void
uc_sidebar_page_init (UcSidebarPage *self)
{
  GtkEventController *keys;
  GtkShortcut        *shortcut;

  gtk_widget_init_template (GTK_WIDGET (self));

  self->actions = g_simple_action_group_new ();
  gtk_widget_insert_action_group (GTK_WIDGET (self), "sidebar", G_ACTION_GROUP (self->actions));

  self->menu = GTK_POPOVER (gtk_popover_menu_new_from_model (NULL));
  gtk_popover_set_has_arrow (self->menu, FALSE);
  gtk_widget_set_halign (GTK_WIDGET (self->menu), GTK_ALIGN_START);
  gtk_widget_set_parent (GTK_WIDGET (self->menu), GTK_WIDGET (self));

  add_gestures (self);
  keys = gtk_shortcut_controller_new ();
  shortcut = gtk_shortcut_new (gtk_shortcut_trigger_parse_string ("Menu|<Shift>F10"),
                               gtk_callback_action_new (menu_key_cb, self, NULL));
  gtk_shortcut_controller_add_shortcut (GTK_SHORTCUT_CONTROLLER (keys), shortcut);
  gtk_widget_add_controller (GTK_WIDGET (self->list), keys);
}

/**
 * uc_sidebar_page_set_account:
 * @account: (nullable): whose conversations to show
 *
 * Shows and follows @account from now on.
 */
void
uc_sidebar_page_set_account (UcSidebarPage *self, UcWindowAccount *account)
{
  UC_ASSERT_MAIN_THREAD ();
  g_return_if_fail (UC_IS_SIDEBAR_PAGE (self));
  g_return_if_fail (account == NULL || UC_IS_WINDOW_ACCOUNT (account));

  if (self->account == account)
    return;

  forget_account (self);
  if (account == NULL)
    return;
  self->account = g_object_ref (account);
  self->selection = uc_sidebar_selection_new (uc_window_account_get_sidebar (account));
  g_signal_connect_object (self->selection, "items-changed", G_CALLBACK (items_changed_cb), self,
                           G_CONNECT_SWAPPED | G_CONNECT_AFTER);
  gtk_list_view_set_model (self->list, GTK_SELECTION_MODEL (self->selection));
  uc_sidebar_menu_add_actions (self->actions, uc_window_account_get_session (account));
  uc_sidebar_teams_set_sidebar (self->teams, uc_window_account_get_sidebar (account));
  uc_sidebar_me_set_account (self->me, account);
  uc_window_banner_set_account (self->banner, account);
  items_changed_cb (self);
}

/**
 * uc_sidebar_page_set_accounts:
 * @accounts: (element-type UcWindowAccount): those that run
 *
 * Offers the others beside the one that is shown.
 */
void
uc_sidebar_page_set_accounts (UcSidebarPage *self, GListModel *accounts)
{
  g_return_if_fail (UC_IS_SIDEBAR_PAGE (self));

  uc_sidebar_me_set_accounts (self->me, accounts);
}

/**
 * uc_sidebar_page_set_channel_id:
 * @channel_id: the open conversation, "" for none
 *
 * Marks the row of the open conversation.
 */
void
uc_sidebar_page_set_channel_id (UcSidebarPage *self, const char *channel_id)
{
  g_return_if_fail (UC_IS_SIDEBAR_PAGE (self));

  if (self->selection != NULL)
    uc_sidebar_selection_set_channel_id (self->selection, channel_id);
}

/**
 * uc_sidebar_page_focus:
 *
 * Moves the keyboard focus to the row of the open conversation, or to the first one.
 */
void
uc_sidebar_page_focus (UcSidebarPage *self)
{
  guint position = 0;

  g_return_if_fail (UC_IS_SIDEBAR_PAGE (self));

  if (self->selection == NULL || g_list_model_get_n_items (G_LIST_MODEL (self->selection)) == 0)
    return;
  /* The first row is a heading. */
  if (uc_sidebar_find (uc_window_account_get_sidebar (self->account),
                       uc_sidebar_selection_get_channel_id (self->selection), &position) == NULL)
    position = MIN (1, g_list_model_get_n_items (G_LIST_MODEL (self->selection)) - 1);
  uc_sidebar_selection_need (self->selection, position);
  gtk_list_view_scroll_to (self->list, position, GTK_LIST_SCROLL_FOCUS, NULL);
}

static const char *
get_candidate (UcSidebarPage *self, guint position, gboolean only_unread)
{
  GListModel *sidebar = G_LIST_MODEL (uc_window_account_get_sidebar (self->account));
  g_autoptr (UcSidebarItem) item = g_list_model_get_item (sidebar, position);
  UcChannel *channel = uc_sidebar_item_get_channel (item);

  if (channel == NULL)
    return NULL;
  if (only_unread && uc_sidebar_item_get_unread (item) == 0 &&
      uc_sidebar_item_get_mentions (item) == 0)
    return NULL;

  return channel->id;
}

/**
 * uc_sidebar_page_find_neighbour:
 * @step: 1 downwards, -1 upwards
 * @only_unread: whether to pass over what is read
 *
 * Finds the conversation beside the open one, beginning anew at the other end.
 *
 * Returns: (transfer none) (nullable): its id
 */
const char *
uc_sidebar_page_find_neighbour (UcSidebarPage *self, int step, gboolean only_unread)
{
  guint n_items, position = 0;

  g_return_val_if_fail (UC_IS_SIDEBAR_PAGE (self), NULL);
  g_return_val_if_fail (step == 1 || step == -1, NULL);

  if (self->selection == NULL)
    return NULL;
  n_items = g_list_model_get_n_items (G_LIST_MODEL (uc_window_account_get_sidebar (self->account)));
  if (n_items == 0)
    return NULL;
  if (uc_sidebar_find (uc_window_account_get_sidebar (self->account),
                       uc_sidebar_selection_get_channel_id (self->selection), &position) == NULL)
    position = step > 0 ? n_items - 1 : 0;

  for (guint i = 0; i < n_items; i++) {
    const char *channel_id;

    position = (position + n_items + (guint) step) % n_items;
    channel_id = get_candidate (self, position, only_unread);
    if (channel_id != NULL &&
        !g_str_equal (channel_id, uc_sidebar_selection_get_channel_id (self->selection)))
      return channel_id;
  }

  return NULL;
}
