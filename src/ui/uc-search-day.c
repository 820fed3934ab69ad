/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Before, on or after a day of the calendar. */

#include "config.h"

#include "uc-search-day.h"

#include <adwaita.h>
#include <glib/gi18n.h>

struct _UcSearchDay {
  GtkPopover parent_instance;

  AdwToggleGroup *kind;     /* (unowned) child */
  GtkCalendar    *calendar; /* (unowned) child */
};

G_DEFINE_FINAL_TYPE (UcSearchDay, uc_search_day, GTK_TYPE_POPOVER)

static guint chosen_signal;

static void
chosen_cb (UcSearchDay *self)
{
  g_autoptr (GDateTime) day = gtk_calendar_get_date (self->calendar);
  g_autofree char *value = g_date_time_format (day, "%Y-%m-%d");

  gtk_popover_popdown (GTK_POPOVER (self));
  g_signal_emit (self, chosen_signal, 0, adw_toggle_group_get_active_name (self->kind), value);
}

static gboolean
unparent_cb (gpointer user_data)
{
  gtk_widget_unparent (user_data);

  return G_SOURCE_REMOVE;
}

/* Not from within its own signal. */
static void
closed_cb (UcSearchDay *self)
{
  g_idle_add_full (G_PRIORITY_DEFAULT_IDLE, unparent_cb, g_object_ref (self), g_object_unref);
}

static void
add_kind (UcSearchDay *self, const char *name, const char *label)
{
  AdwToggle *toggle = adw_toggle_new ();

  adw_toggle_set_name (toggle, name);
  adw_toggle_set_label (toggle, label);
  adw_toggle_group_add (self->kind, toggle);
}

static void
uc_search_day_class_init (UcSearchDayClass *klass)
{
  chosen_signal = g_signal_new ("chosen", UC_TYPE_SEARCH_DAY, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                NULL, G_TYPE_NONE, 2, G_TYPE_STRING, G_TYPE_STRING);
}

static void
uc_search_day_init (UcSearchDay *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 12);
  GtkWidget *button = gtk_button_new_with_mnemonic (_ ("_Add Filter"));

  self->kind = ADW_TOGGLE_GROUP (adw_toggle_group_new ());
  adw_toggle_group_set_homogeneous (self->kind, TRUE);
  add_kind (self, "before", _ ("Before"));
  add_kind (self, "on", _ ("On"));
  add_kind (self, "after", _ ("After"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->kind), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Which side of the day"), -1);
  self->calendar = GTK_CALENDAR (gtk_calendar_new ());
  gtk_widget_add_css_class (button, "suggested-action");
  g_signal_connect_object (button, "clicked", G_CALLBACK (chosen_cb), self, G_CONNECT_SWAPPED);
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->kind));
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->calendar));
  gtk_box_append (GTK_BOX (box), button);
  gtk_widget_set_margin_top (box, 6);
  gtk_widget_set_margin_bottom (box, 6);
  gtk_widget_set_margin_start (box, 6);
  gtk_widget_set_margin_end (box, 6);
  gtk_popover_set_child (GTK_POPOVER (self), box);
  gtk_popover_set_position (GTK_POPOVER (self), GTK_POS_BOTTOM);
  gtk_popover_set_default_widget (GTK_POPOVER (self), button);
  g_signal_connect_object (self, "closed", G_CALLBACK (closed_cb), self, 0);
}

/**
 * uc_search_day_new:
 * @name: the operator to begin with: "before", "after" or "on"
 * @now_ms: the present, ms since 1970
 *
 * Returns: (transfer floating): the calendar, at the present day
 */
GtkPopover *
uc_search_day_new (const char *name, gint64 now_ms)
{
  g_autoptr (GDateTime) now = g_date_time_new_from_unix_local (now_ms / 1000);
  UcSearchDay *self = g_object_new (UC_TYPE_SEARCH_DAY, NULL);

  adw_toggle_group_set_active_name (self->kind, name);
  if (now != NULL)
    gtk_calendar_select_day (self->calendar, now);

  return GTK_POPOVER (self);
}

/**
 * uc_search_day_popup:
 * @parent: below which it is shown
 *
 * Shows the calendar until a day is chosen or something else is done.
 */
void
uc_search_day_popup (GtkPopover *self, GtkWidget *parent)
{
  g_return_if_fail (UC_IS_SEARCH_DAY (self));
  g_return_if_fail (GTK_IS_WIDGET (parent));

  gtk_widget_set_parent (GTK_WIDGET (self), parent);
  gtk_popover_popup (self);
  gtk_widget_grab_focus (GTK_WIDGET (UC_SEARCH_DAY (self)->calendar));
}
