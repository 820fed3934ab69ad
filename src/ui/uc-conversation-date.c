/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A calendar and a button: turning the leaves of the calendar chooses days, too, so that
 * a choice alone must not go anywhere. */

#include "config.h"

#include "uc-conversation-date.h"

#include <glib/gi18n.h>

struct _UcConversationDate {
  GtkPopover   parent_instance;
  GtkCalendar *calendar;
  GtkWidget   *go_button;
};

G_DEFINE_FINAL_TYPE (UcConversationDate, uc_conversation_date, GTK_TYPE_POPOVER)

enum {
  CHOSEN,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

static void
choose (UcConversationDate *self)
{
  g_autoptr (GDateTime) day = g_date_time_new_local (
      gtk_calendar_get_year (self->calendar), gtk_calendar_get_month (self->calendar) + 1,
      gtk_calendar_get_day (self->calendar), 0, 0, 0);

  gtk_popover_popdown (GTK_POPOVER (self));
  /* A midnight that the summer time skipped is none. */
  if (day != NULL)
    g_signal_emit (self, signals[CHOSEN], 0, g_date_time_to_unix (day) * 1000);
}

static void
pressed_cb (UcConversationDate *self, int n_press, double x, double y)
{
  if (n_press == 2)
    choose (self);
}

/* It opens at today, whatever was chosen the last time. */
static void
uc_conversation_date_map (GtkWidget *widget)
{
  UcConversationDate *self = UC_CONVERSATION_DATE (widget);
  g_autoptr (GDateTime) now = g_date_time_new_now_local ();

  gtk_calendar_set_year (self->calendar, g_date_time_get_year (now));
  gtk_calendar_set_day (self->calendar, 1);
  gtk_calendar_set_month (self->calendar, g_date_time_get_month (now) - 1);
  gtk_calendar_set_day (self->calendar, g_date_time_get_day_of_month (now));

  GTK_WIDGET_CLASS (uc_conversation_date_parent_class)->map (widget);
}

static void
uc_conversation_date_class_init (UcConversationDateClass *klass)
{
  GTK_WIDGET_CLASS (klass)->map = uc_conversation_date_map;

  signals[CHOSEN] = g_signal_new ("chosen", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                  NULL, NULL, G_TYPE_NONE, 1, G_TYPE_INT64);
}

static void
uc_conversation_date_init (UcConversationDate *self)
{
  GtkWidget  *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  GtkGesture *click = gtk_gesture_click_new ();

  self->calendar = GTK_CALENDAR (gtk_calendar_new ());
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->calendar), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Day"), -1);
  g_signal_connect_object (click, "pressed", G_CALLBACK (pressed_cb), self, G_CONNECT_SWAPPED);
  gtk_widget_add_controller (GTK_WIDGET (self->calendar), GTK_EVENT_CONTROLLER (click));
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->calendar));

  self->go_button = gtk_button_new_with_label (_ ("Go to This Day"));
  gtk_widget_add_css_class (self->go_button, "suggested-action");
  g_signal_connect_object (self->go_button, "clicked", G_CALLBACK (choose), self,
                           G_CONNECT_SWAPPED);
  gtk_box_append (GTK_BOX (box), self->go_button);
  gtk_popover_set_default_widget (GTK_POPOVER (self), self->go_button);
  gtk_popover_set_child (GTK_POPOVER (self), box);
}

/**
 * uc_conversation_date_new:
 *
 * Returns: (transfer floating): a popover at today
 */
GtkWidget *
uc_conversation_date_new (void)
{
  return g_object_new (UC_TYPE_CONVERSATION_DATE, NULL);
}
