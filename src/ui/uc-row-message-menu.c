/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What comes up over a message row: the buttons under the pointer, the menu, the emoji
 * chooser. Made when wanted, gone when done. */

#include "config.h"

#include "uc-row-message-private.h"

#include "uc-emoji.h"

#include <glib/gi18n.h>

static gboolean
drop_popover_cb (gpointer user_data)
{
  GtkWidget *popover = user_data;

  if (gtk_widget_get_parent (popover) != NULL)
    gtk_widget_unparent (popover);

  return G_SOURCE_REMOVE;
}

/* Not before what was chosen in it has been done. */
static void
closed_cb (UcRowMessage *self, GtkWidget *popover)
{
  if (self->popover == popover)
    self->popover = NULL;
  g_idle_add_full (G_PRIORITY_DEFAULT, drop_popover_cb, g_object_ref (popover), g_object_unref);
}

static void
pop_up (UcRowMessage *self, GtkWidget *popover, const GdkRectangle *place)
{
  _uc_row_message_popdown (self);
  self->popover = popover;
  gtk_widget_set_parent (popover, GTK_WIDGET (self));
  gtk_popover_set_pointing_to (GTK_POPOVER (popover), place);
  g_signal_connect_object (popover, "closed", G_CALLBACK (closed_cb), self, G_CONNECT_SWAPPED);
  gtk_popover_popup (GTK_POPOVER (popover));
}

/* Where the buttons are, or would be. */
static void
get_actions_place (UcRowMessage *self, GdkRectangle *place)
{
  graphene_rect_t bounds;
  const int       width = gtk_widget_get_width (GTK_WIDGET (self));

  *place = (GdkRectangle){ width / 2, 0, 1, gtk_widget_get_height (GTK_WIDGET (self)) };
  if (self->actions != NULL &&
      gtk_widget_compute_bounds (self->actions, GTK_WIDGET (self), &bounds))
    *place =
        (GdkRectangle){ bounds.origin.x, bounds.origin.y, bounds.size.width, bounds.size.height };
}

/* Takes @item, which shows only while it can be done. */
static void
append_hiding (GMenu *menu, const char *label, GMenuItem *item)
{
  g_menu_item_set_label (item, label);
  g_menu_item_set_attribute (item, "hidden-when", "s", "action-disabled");
  g_menu_append_item (menu, item);
  g_object_unref (item);
}

static GMenuModel *
make_menu (UcRowMessage *self, const char *address)
{
  const UcMessage *message = self->message;
  GMenu           *menu = g_menu_new ();
  g_autoptr (GMenu) first = g_menu_new ();
  g_autoptr (GMenu) second = g_menu_new ();
  g_autoptr (GMenu) third = g_menu_new ();

  g_menu_append (first, _ ("_Reply"), "message.reply");
  if (!uc_row_context_is_thread (self->context))
    g_menu_append (first, _ ("Show _Thread"), "message.thread");
  g_menu_append (first, _ ("_Add Reaction…"), "message.react");
  append_hiding (second, _ ("_Copy Selection"), g_menu_item_new (NULL, "timeline.copy"));
  if (address != NULL) {
    GMenuItem *item = g_menu_item_new (NULL, NULL);

    g_menu_item_set_action_and_target (item, "message.copy-address", "s", address);
    append_hiding (second, _ ("Copy Link _Address"), item);
  }
  g_menu_append (second, _ ("Copy _Text"), "message.copy");
  g_menu_append (second, _ ("Copy _Link to Message"), "message.copy-link");
  g_menu_append (second, message->post->is_pinned ? _ ("Un_pin") : _ ("_Pin"), "message.pin");
  g_menu_append (second, message->is_saved ? _ ("Remove from _Saved") : _ ("_Save"),
                 "message.save");
  g_menu_append (second, _ ("Mark as _Unread"), "message.mark-unread");
  append_hiding (second, _ ("Why _Notified?"), g_menu_item_new (NULL, "message.explain"));
  g_menu_append (third, _ ("_Edit"), "message.edit");
  g_menu_append (third, _ ("_Delete…"), "message.delete");
  g_menu_append_section (menu, NULL, G_MENU_MODEL (first));
  g_menu_append_section (menu, NULL, G_MENU_MODEL (second));
  g_menu_append_section (menu, NULL, G_MENU_MODEL (third));

  return G_MENU_MODEL (menu);
}

static void
show_menu (UcRowMessage *self, const GdkRectangle *place, const char *address)
{
  g_autoptr (GMenuModel) menu = make_menu (self, address);
  GtkWidget *popover = gtk_popover_menu_new_from_model (menu);

  gtk_popover_set_has_arrow (GTK_POPOVER (popover), FALSE);
  gtk_widget_set_halign (popover, GTK_ALIGN_START);
  pop_up (self, popover, place);
}

static void
menu_cb (GtkWidget *widget, const char *action_name, GVariant *parameter)
{
  UcRowMessage *self = UC_ROW_MESSAGE (widget);
  GdkRectangle  place;

  get_actions_place (self, &place);
  show_menu (self, &place, NULL);
}

static void
emoji_picked_cb (UcRowMessage *self, const char *emoji)
{
  const char *name = uc_emoji_to_name (emoji);

  if (self->message == NULL)
    return;
  if (name == NULL) {
    uc_row_context_notice (self->context, _ ("The server has no name for this emoji"));
    return;
  }
  uc_session_react (uc_row_context_get_session (self->context), self->message, name, TRUE);
}

/* (nullable): of the link at a place in the row */
static const char *
find_address (UcRowMessage *self, double x, double y)
{
  const UcRowLink *link;
  graphene_point_t point;

  if (!gtk_widget_compute_point (GTK_WIDGET (self), self->text, &GRAPHENE_POINT_INIT (x, y),
                                 &point))
    return NULL;
  link = uc_row_text_get_link_at (UC_ROW_TEXT (self->text), point.x, point.y);

  return link != NULL && (link->flags & (UC_RUN_LINK | UC_RUN_IMAGE)) != 0 ? link->target : NULL;
}

static void
pressed_cb (GtkGestureClick *gesture, int n_press, double x, double y, UcRowMessage *self)
{
  const GdkRectangle place = { x, y, 1, 1 };

  gtk_gesture_set_state (GTK_GESTURE (gesture), GTK_EVENT_SEQUENCE_CLAIMED);
  show_menu (self, &place, find_address (self, x, y));
}

static void
long_pressed_cb (GtkGestureLongPress *gesture, double x, double y, UcRowMessage *self)
{
  const GdkRectangle place = { x, y, 1, 1 };

  gtk_gesture_set_state (GTK_GESTURE (gesture), GTK_EVENT_SEQUENCE_CLAIMED);
  show_menu (self, &place, find_address (self, x, y));
}

/* Only a pointer that moves: rows that scroll below one that rests shall cost nothing. */
static void
motion_cb (GtkEventControllerMotion *controller, double x, double y, UcRowMessage *self)
{
  if (self->is_hovered)
    return;

  self->is_hovered = TRUE;
  _uc_row_message_show_actions (self, TRUE);
}

static void
leave_cb (GtkEventControllerMotion *controller, UcRowMessage *self)
{
  self->is_hovered = FALSE;
  _uc_row_message_show_actions (self, FALSE);
}

static void
focus_enter_cb (GtkEventControllerFocus *controller, UcRowMessage *self)
{
  self->is_focused = TRUE;
  _uc_row_message_show_actions (self, FALSE);
}

static void
focus_leave_cb (GtkEventControllerFocus *controller, UcRowMessage *self)
{
  self->is_focused = FALSE;
  _uc_row_message_show_actions (self, FALSE);
}

void
_uc_row_message_menu_class_init (GtkWidgetClass *widget_class)
{
  gtk_widget_class_install_action (widget_class, "message.menu", NULL, menu_cb);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Menu, 0, "message.menu", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_F10, GDK_SHIFT_MASK, "message.menu",
                                       NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Return, 0, "message.menu", NULL);
}

void
_uc_row_message_menu_init (UcRowMessage *self)
{
  GtkWidget          *widget = GTK_WIDGET (self);
  GtkGesture         *click = gtk_gesture_click_new ();
  GtkGesture         *hold = gtk_gesture_long_press_new ();
  GtkEventController *motion = gtk_event_controller_motion_new ();
  GtkEventController *focus = gtk_event_controller_focus_new ();

  gtk_gesture_single_set_button (GTK_GESTURE_SINGLE (click), GDK_BUTTON_SECONDARY);
  g_signal_connect_object (click, "pressed", G_CALLBACK (pressed_cb), self, 0);
  gtk_widget_add_controller (widget, GTK_EVENT_CONTROLLER (click));
  gtk_gesture_single_set_touch_only (GTK_GESTURE_SINGLE (hold), TRUE);
  g_signal_connect_object (hold, "pressed", G_CALLBACK (long_pressed_cb), self, 0);
  gtk_widget_add_controller (widget, GTK_EVENT_CONTROLLER (hold));
  g_signal_connect_object (motion, "motion", G_CALLBACK (motion_cb), self, 0);
  g_signal_connect_object (motion, "leave", G_CALLBACK (leave_cb), self, 0);
  gtk_widget_add_controller (widget, motion);
  g_signal_connect_object (focus, "enter", G_CALLBACK (focus_enter_cb), self, 0);
  g_signal_connect_object (focus, "leave", G_CALLBACK (focus_leave_cb), self, 0);
  gtk_widget_add_controller (widget, focus);
}

/* The focus of somebody who uses the keyboard. */
static gboolean
has_visible_focus (UcRowMessage *self)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));

  return self->is_focused && GTK_IS_WINDOW (root) &&
         gtk_window_get_focus_visible (GTK_WINDOW (root));
}

/* The buttons stay while the pointer, the focus or a menu is here. */
void
_uc_row_message_show_actions (UcRowMessage *self, gboolean show)
{
  show |= self->is_hovered || self->popover != NULL || has_visible_focus (self);
  if (show && self->actions == NULL && self->item != NULL &&
      self->message->post->delete_at_ms == 0) {
    self->actions = uc_row_actions_new (uc_row_context_is_thread (self->context));
    gtk_widget_set_parent (self->actions, GTK_WIDGET (self));
  } else if (!show && self->actions != NULL) {
    g_clear_pointer (&self->actions, gtk_widget_unparent);
  }
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

void
_uc_row_message_choose_emoji (UcRowMessage *self)
{
  GtkWidget   *chooser = gtk_emoji_chooser_new ();
  GdkRectangle place;

  get_actions_place (self, &place);
  g_signal_connect_object (chooser, "emoji-picked", G_CALLBACK (emoji_picked_cb), self,
                           G_CONNECT_SWAPPED);
  pop_up (self, chooser, &place);
}

void
_uc_row_message_popdown (UcRowMessage *self)
{
  GtkWidget *popover = g_steal_pointer (&self->popover);

  if (popover != NULL)
    gtk_popover_popdown (GTK_POPOVER (popover));
}
