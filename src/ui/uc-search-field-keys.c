/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The keys of the search field: between words, filters and results. */

#include "config.h"

#include "uc-search-field-private.h"

#include "uc-search-pill.h"

#define EDIT_MASK (GDK_CONTROL_MASK | GDK_ALT_MASK | GDK_SHIFT_MASK)

void
_uc_search_field_emit (UcSearchField *self, const char *signal)
{
  g_signal_emit_by_name (self, signal);
}

static gboolean
is_at_start (UcSearchField *self)
{
  return gtk_editable_get_position (GTK_EDITABLE (self->text)) == 0 &&
         !gtk_editable_get_selection_bounds (GTK_EDITABLE (self->text), NULL, NULL);
}

/* With filters, what is copied as a whole is the whole search; a part of the words is
 * copied as it is. */
static gboolean
copy_all (UcSearchField *self)
{
  g_autofree char *query = NULL;
  int              start = 0, end = 0;
  const glong      length = g_utf8_strlen (uc_search_field_get_words (self), -1);
  const gboolean   has_selection =
      gtk_editable_get_selection_bounds (GTK_EDITABLE (self->text), &start, &end);

  if (self->chips->len == 0 || (has_selection && end - start < length))
    return GDK_EVENT_PROPAGATE;
  query = g_strstrip (uc_search_field_dup_query (self));
  gdk_clipboard_set_text (gtk_widget_get_clipboard (GTK_WIDGET (self)), query);

  return GDK_EVENT_STOP;
}

static gboolean
remove_last (UcSearchField *self)
{
  if (self->chips->len == 0 || !is_at_start (self))
    return GDK_EVENT_PROPAGATE;
  uc_search_field_remove_chip (self, self->chips->len - 1);

  return GDK_EVENT_STOP;
}

static gboolean
focus_last (UcSearchField *self)
{
  if (self->pills->len == 0 || !is_at_start (self))
    return GDK_EVENT_PROPAGATE;

  return gtk_widget_grab_focus (g_ptr_array_index (self->pills, self->pills->len - 1));
}

static gboolean
key_pressed_cb (UcSearchField *self, guint keyval, guint keycode, GdkModifierType state)
{
  const gboolean is_rtl = gtk_widget_get_direction (GTK_WIDGET (self->text)) == GTK_TEXT_DIR_RTL;

  if ((state & EDIT_MASK) == GDK_CONTROL_MASK && (keyval == GDK_KEY_c || keyval == GDK_KEY_C))
    return copy_all (self);
  if ((state & EDIT_MASK) != 0)
    return GDK_EVENT_PROPAGATE;
  if (_uc_search_field_suggest_key (self, keyval))
    return GDK_EVENT_STOP;

  switch (keyval) {
  case GDK_KEY_BackSpace:
    return remove_last (self);
  case GDK_KEY_Left:
  case GDK_KEY_KP_Left:
    return is_rtl ? GDK_EVENT_PROPAGATE : focus_last (self);
  case GDK_KEY_Right:
  case GDK_KEY_KP_Right:
    return is_rtl ? focus_last (self) : GDK_EVENT_PROPAGATE;
  case GDK_KEY_Down:
  case GDK_KEY_KP_Down:
    _uc_search_field_emit (self, "move-down");
    return GDK_EVENT_STOP;
  case GDK_KEY_Return:
  case GDK_KEY_KP_Enter:
    _uc_search_field_finish (self);
    _uc_search_field_emit (self, "activate");
    return GDK_EVENT_STOP;
  default:
    return GDK_EVENT_PROPAGATE;
  }
}

static void
focus_left_cb (UcSearchField *self)
{
  _uc_search_field_suggest_close (self);
  _uc_search_field_finish (self);
}

/* A click beside the words is meant for them. */
static void
pressed_cb (UcSearchField *self)
{
  gtk_text_grab_focus_without_selecting (self->text);
}

void
_uc_search_field_keys_init (UcSearchField *self)
{
  GtkEventController *keys = gtk_event_controller_key_new ();
  GtkEventController *focus = gtk_event_controller_focus_new ();
  GtkGesture         *click = gtk_gesture_click_new ();

  gtk_event_controller_set_propagation_phase (keys, GTK_PHASE_CAPTURE);
  g_signal_connect_object (keys, "key-pressed", G_CALLBACK (key_pressed_cb), self,
                           G_CONNECT_SWAPPED);
  gtk_widget_add_controller (GTK_WIDGET (self->text), keys);
  g_signal_connect_object (focus, "leave", G_CALLBACK (focus_left_cb), self, G_CONNECT_SWAPPED);
  gtk_widget_add_controller (GTK_WIDGET (self->text), focus);
  g_signal_connect_object (click, "pressed", G_CALLBACK (pressed_cb), self, G_CONNECT_SWAPPED);
  gtk_widget_add_controller (GTK_WIDGET (self->box), GTK_EVENT_CONTROLLER (click));
}
