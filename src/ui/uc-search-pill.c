/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A filter of a search: one button, so that one press of Tab passes it. */

#include "config.h"

#include "uc-search-pill.h"

#include <glib/gi18n.h>

#define MAX_CHARS 26

struct _UcSearchPill {
  GtkWidget parent_instance;

  GtkWidget *button; /* (owned) child */
  GtkWidget *label;  /* (unowned) in the button */
};

G_DEFINE_FINAL_TYPE (UcSearchPill, uc_search_pill, GTK_TYPE_WIDGET)

static guint remove_signal;

static void
emit_remove (UcSearchPill *self)
{
  g_signal_emit (self, remove_signal, 0);
}

static gboolean
key_pressed_cb (UcSearchPill *self, guint keyval)
{
  if (keyval != GDK_KEY_Delete && keyval != GDK_KEY_KP_Delete && keyval != GDK_KEY_BackSpace)
    return GDK_EVENT_PROPAGATE;
  emit_remove (self);

  return GDK_EVENT_STOP;
}

static gboolean
uc_search_pill_grab_focus (GtkWidget *widget)
{
  return gtk_widget_grab_focus (UC_SEARCH_PILL (widget)->button);
}

static void
uc_search_pill_dispose (GObject *object)
{
  g_clear_pointer (&UC_SEARCH_PILL (object)->button, gtk_widget_unparent);

  G_OBJECT_CLASS (uc_search_pill_parent_class)->dispose (object);
}

static void
uc_search_pill_class_init (UcSearchPillClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = uc_search_pill_dispose;
  widget_class->grab_focus = uc_search_pill_grab_focus;

  remove_signal = g_signal_new ("remove", UC_TYPE_SEARCH_PILL, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                NULL, G_TYPE_NONE, 0);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_css_name (widget_class, "searchpill");
}

static void
uc_search_pill_init (UcSearchPill *self)
{
  GtkWidget          *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 4);
  GtkWidget          *icon = gtk_image_new_from_icon_name ("window-close-symbolic");
  GtkEventController *keys = gtk_event_controller_key_new ();

  self->label = gtk_label_new (NULL);
  gtk_label_set_ellipsize (GTK_LABEL (self->label), PANGO_ELLIPSIZE_END);
  gtk_label_set_max_width_chars (GTK_LABEL (self->label), MAX_CHARS);
  gtk_box_append (GTK_BOX (box), self->label);
  gtk_box_append (GTK_BOX (box), icon);
  self->button = gtk_button_new ();
  gtk_button_set_child (GTK_BUTTON (self->button), box);
  gtk_widget_set_parent (self->button, GTK_WIDGET (self));
  g_signal_connect_object (self->button, "clicked", G_CALLBACK (emit_remove), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (keys, "key-pressed", G_CALLBACK (key_pressed_cb), self,
                           G_CONNECT_SWAPPED);
  gtk_widget_add_controller (self->button, keys);
}

/**
 * uc_search_pill_new:
 * @label: what it says
 *
 * Returns: (transfer floating): a filter
 */
GtkWidget *
uc_search_pill_new (const char *label)
{
  GtkWidget *self = g_object_new (UC_TYPE_SEARCH_PILL, NULL);

  uc_search_pill_set_label (UC_SEARCH_PILL (self), label);

  return self;
}

/**
 * uc_search_pill_get_label:
 *
 * Returns: (transfer none): what it says
 */
const char *
uc_search_pill_get_label (UcSearchPill *self)
{
  g_return_val_if_fail (UC_IS_SEARCH_PILL (self), NULL);

  return gtk_label_get_text (GTK_LABEL (self->label));
}

/**
 * uc_search_pill_set_label:
 * @label: what it says
 *
 * A name may become known only later.
 */
void
uc_search_pill_set_label (UcSearchPill *self, const char *label)
{
  g_autofree char *remove = NULL;

  g_return_if_fail (UC_IS_SEARCH_PILL (self));
  g_return_if_fail (label != NULL);

  /* Translators: %s is a filter of a search, "From Anna Keller". */
  remove = g_strdup_printf (_ ("Remove “%s”"), label);
  gtk_label_set_text (GTK_LABEL (self->label), label);
  gtk_widget_set_tooltip_text (self->button, remove);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->button), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  label, GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, remove, -1);
}

/**
 * uc_search_pill_set_wrong:
 * @is_wrong: whether this is what keeps the search from being done
 *
 * Marks the filter, or not.
 */
void
uc_search_pill_set_wrong (UcSearchPill *self, gboolean is_wrong)
{
  g_return_if_fail (UC_IS_SEARCH_PILL (self));

  if (is_wrong) {
    gtk_widget_add_css_class (GTK_WIDGET (self), "wrong");
    gtk_accessible_update_state (GTK_ACCESSIBLE (self->button), GTK_ACCESSIBLE_STATE_INVALID,
                                 GTK_ACCESSIBLE_INVALID_TRUE, -1);
  } else {
    gtk_widget_remove_css_class (GTK_WIDGET (self), "wrong");
    gtk_accessible_reset_state (GTK_ACCESSIBLE (self->button), GTK_ACCESSIBLE_STATE_INVALID);
  }
}
