/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The keyboard of the composer: Enter sends, Shift+Enter breaks the line (or, by choice,
 * Ctrl+Enter sends and Enter breaks the line), Escape leaves one thing after the other, Up edits
 * the last message, Ctrl+B and Ctrl+I mark text. */

#include "config.h"

#include "uc-composer-private.h"

#include <string.h>

static gboolean
is_empty (UcComposer *self)
{
  return gtk_text_buffer_get_char_count (self->buffer) == 0;
}

/* Puts @mark on both sides of the selection, or takes it away when it is there. */
static void
toggle_mark (UcComposer *self, const char *mark)
{
  GtkTextIter      start, end, before, after;
  const int        length = strlen (mark);
  g_autofree char *left = NULL;
  g_autofree char *right = NULL;
  g_autofree char *text = NULL;
  g_autofree char *marked = NULL;
  gboolean         has_selection;

  has_selection = gtk_text_buffer_get_selection_bounds (self->buffer, &start, &end);
  before = start;
  after = end;
  gtk_text_iter_backward_chars (&before, length);
  gtk_text_iter_forward_chars (&after, length);
  left = gtk_text_iter_get_text (&before, &start);
  right = gtk_text_iter_get_text (&end, &after);
  text = gtk_text_iter_get_text (&start, &end);

  gtk_text_buffer_begin_user_action (self->buffer);
  if (has_selection && g_str_equal (left, mark) && g_str_equal (right, mark)) {
    gtk_text_buffer_delete (self->buffer, &before, &after);
    gtk_text_buffer_insert (self->buffer, &before, text, -1);
    end = start = before;
    gtk_text_iter_backward_chars (&start, g_utf8_strlen (text, -1));
  } else {
    gtk_text_buffer_delete (self->buffer, &start, &end);
    marked = g_strconcat (mark, text, mark, NULL);
    gtk_text_buffer_insert (self->buffer, &start, marked, -1);
    gtk_text_iter_backward_chars (&start, length);
    end = start;
    gtk_text_iter_backward_chars (&start, g_utf8_strlen (text, -1));
  }
  gtk_text_buffer_select_range (self->buffer, &start, &end);
  gtk_text_buffer_end_user_action (self->buffer);
}

static gboolean
handle_return (UcComposer *self, GdkModifierType state)
{
  /* The input method has the first word. */
  if (self->has_preedit)
    return GDK_EVENT_PROPAGATE;
  if ((state & GDK_SHIFT_MASK) || (!self->send_on_enter && !(state & GDK_CONTROL_MASK)))
    _uc_composer_insert (self, "\n");
  else
    _uc_composer_send (self);

  return GDK_EVENT_STOP;
}

static gboolean
handle_escape (UcComposer *self)
{
  if (self->has_preedit)
    return GDK_EVENT_PROPAGATE;
  if (!_uc_composer_leave_mode (self))
    g_signal_emit_by_name (self, "leave");

  return GDK_EVENT_STOP;
}

static gboolean
pressed_cb (GtkEventControllerKey *controller,
            guint                  key,
            guint                  code,
            GdkModifierType        state,
            UcComposer            *self)
{
  state &= gtk_accelerator_get_default_mod_mask ();
  if (state == 0 && !self->has_preedit && _uc_composer_complete_key (self, key))
    return GDK_EVENT_STOP;

  switch (key) {
  case GDK_KEY_Return:
  case GDK_KEY_KP_Enter:
  case GDK_KEY_ISO_Enter:
    return handle_return (self, state);
  case GDK_KEY_Escape:
    return handle_escape (self);
  case GDK_KEY_Up:
  case GDK_KEY_KP_Up:
    if (state != 0 || !is_empty (self) || self->mode != UC_COMPOSER_WRITE || self->has_preedit)
      return GDK_EVENT_PROPAGATE;
    g_signal_emit_by_name (self, "edit-last");
    return GDK_EVENT_STOP;
  case GDK_KEY_b:
  case GDK_KEY_i:
    if (state != GDK_CONTROL_MASK)
      return GDK_EVENT_PROPAGATE;
    toggle_mark (self, key == GDK_KEY_b ? "**" : "*");
    return GDK_EVENT_STOP;
  default:
    return GDK_EVENT_PROPAGATE;
  }
}

/* While GTK scrolls to what was pasted it forgets that the text view has grown: what was
 * the page then would be scrolled out of one that shows it all. */
static void
scrolled_cb (UcComposer *self, GtkAdjustment *adjustment)
{
  const int    height = gtk_widget_get_height (GTK_WIDGET (self->text_view));
  const double upper = MAX (gtk_adjustment_get_upper (adjustment), height);

  if (height == 0 || gtk_adjustment_get_page_size (adjustment) == height)
    return;

  gtk_adjustment_configure (adjustment,
                            CLAMP (gtk_adjustment_get_value (adjustment), 0, upper - height), 0,
                            upper, gtk_adjustment_get_step_increment (adjustment),
                            gtk_adjustment_get_page_increment (adjustment), height);
}

static void
preedit_cb (UcComposer *self, const char *preedit)
{
  self->has_preedit = *preedit != '\0';
  _uc_composer_update (self);
}

void
_uc_composer_keys_init (UcComposer *self)
{
  GtkEventController *keys = gtk_event_controller_key_new ();

  /* Before the text view makes a line of it. */
  gtk_event_controller_set_propagation_phase (keys, GTK_PHASE_CAPTURE);
  g_signal_connect_object (keys, "key-pressed", G_CALLBACK (pressed_cb), self, 0);
  gtk_widget_add_controller (GTK_WIDGET (self->text_view), keys);
  g_signal_connect_object (gtk_scrollable_get_vadjustment (GTK_SCROLLABLE (self->text_view)),
                           "value-changed", G_CALLBACK (scrolled_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->text_view, "preedit-changed", G_CALLBACK (preedit_cb), self,
                           G_CONNECT_SWAPPED);
}

void
_uc_composer_insert (UcComposer *self, const char *text)
{
  gtk_text_buffer_begin_user_action (self->buffer);
  gtk_text_buffer_delete_selection (self->buffer, TRUE, TRUE);
  gtk_text_buffer_insert_interactive_at_cursor (self->buffer, text, -1, TRUE);
  gtk_text_buffer_end_user_action (self->buffer);
  gtk_text_view_scroll_mark_onscreen (self->text_view, gtk_text_buffer_get_insert (self->buffer));
}
