/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Suggestions for the word being written: people, channels, emoji. The text keeps the
 * focus; Up and Down choose, Tab and Enter take, Escape closes. */

#include "config.h"

#include "uc-composer-private.h"

#include "uc-row-announce.h"

#include <glib/gi18n.h>

#include <string.h>

static GtkWidget *
make_row_cb (gpointer item, gpointer user_data)
{
  GtkWidget  *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 8);
  GtkWidget  *title = gtk_label_new (uc_completion_item_get_title (item));
  const char *detail = uc_completion_item_get_detail (item);

  gtk_label_set_xalign (GTK_LABEL (title), 0);
  gtk_label_set_ellipsize (GTK_LABEL (title), PANGO_ELLIPSIZE_END);
  gtk_box_append (GTK_BOX (box), title);
  if (detail != NULL && *detail != '\0') {
    GtkWidget *label = gtk_label_new (detail);

    gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
    gtk_widget_add_css_class (label, "dim-label");
    gtk_box_append (GTK_BOX (box), label);
  }

  return box;
}

/* The word at the cursor; all places are bytes of the whole text. */
typedef struct {
  char *text;  /* (owned) */
  guint start; /* at the trigger */
  guint end;
  guint cursor;
  char  trigger;
} Word;

static void
word_clear (Word *word)
{
  g_free (word->text);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Word, word_clear)

static gboolean
find_word (UcComposer *self, Word *word)
{
  GtkTextIter      from, to, cursor;
  g_autofree char *before = NULL;

  gtk_text_buffer_get_bounds (self->buffer, &from, &to);
  gtk_text_buffer_get_iter_at_mark (self->buffer, &cursor,
                                    gtk_text_buffer_get_insert (self->buffer));
  before = gtk_text_buffer_get_text (self->buffer, &from, &cursor, FALSE);
  word->text = gtk_text_buffer_get_text (self->buffer, &from, &to, FALSE);
  word->cursor = strlen (before);

  return uc_completion_find_word (word->text, word->cursor, &word->start, &word->end,
                                  &word->trigger);
}

static void
point_at_cursor (UcComposer *self)
{
  GtkTextIter      cursor;
  GdkRectangle     place;
  graphene_point_t point;

  gtk_text_buffer_get_iter_at_mark (self->buffer, &cursor,
                                    gtk_text_buffer_get_insert (self->buffer));
  gtk_text_view_get_iter_location (self->text_view, &cursor, &place);
  gtk_text_view_buffer_to_window_coords (self->text_view, GTK_TEXT_WINDOW_WIDGET, place.x, place.y,
                                         &place.x, &place.y);
  if (!gtk_widget_compute_point (GTK_WIDGET (self->text_view), GTK_WIDGET (self),
                                 &GRAPHENE_POINT_INIT (place.x, place.y), &point))
    return;
  place = (GdkRectangle){ point.x, point.y, 1, MAX (place.height, 1) };
  gtk_popover_set_pointing_to (self->popover, &place);
}

static void
select_index (UcComposer *self, int index)
{
  GtkListBoxRow *row = gtk_list_box_get_row_at_index (self->suggestions, index);
  const char    *title;
  g_autoptr (UcCompletionItem) item =
      g_list_model_get_item (G_LIST_MODEL (self->completion), index);

  if (row == NULL || item == NULL)
    return;
  gtk_list_box_select_row (self->suggestions, row);
  title = uc_completion_item_get_title (item);
  uc_row_announce (GTK_WIDGET (self->text_view), title);
}

static void
take (UcComposer *self, guint index)
{
  g_autoptr (UcCompletionItem) item =
      g_list_model_get_item (G_LIST_MODEL (self->completion), index);
  g_auto (Word) word = { 0 };
  GtkTextIter from, to;

  if (item == NULL || !find_word (self, &word))
    return;

  gtk_text_buffer_get_iter_at_offset (self->buffer, &from,
                                      g_utf8_pointer_to_offset (word.text, word.text + word.start));
  gtk_text_buffer_get_iter_at_offset (self->buffer, &to,
                                      g_utf8_pointer_to_offset (word.text, word.text + word.end));
  gtk_text_buffer_begin_user_action (self->buffer);
  gtk_text_buffer_delete (self->buffer, &from, &to);
  gtk_text_buffer_insert (self->buffer, &from, uc_completion_item_get_insert (item), -1);
  gtk_text_buffer_end_user_action (self->buffer);
  _uc_composer_complete_close (self);
}

static void
activated_cb (UcComposer *self, GtkListBoxRow *row)
{
  take (self, gtk_list_box_row_get_index (row));
  gtk_widget_grab_focus (GTK_WIDGET (self->text_view));
}

static void
items_changed_cb (UcComposer *self)
{
  const guint n = g_list_model_get_n_items (G_LIST_MODEL (self->completion));

  if (n == 0 || !gtk_widget_is_focus (GTK_WIDGET (self->text_view))) {
    _uc_composer_complete_close (self);
    return;
  }
  point_at_cursor (self);
  gtk_popover_popup (self->popover);
  if (gtk_list_box_get_selected_row (self->suggestions) == NULL)
    select_index (self, 0);
}

static void
focus_left_cb (UcComposer *self)
{
  _uc_composer_complete_close (self);
}

void
_uc_composer_complete_init (UcComposer *self)
{
  GtkWidget          *scrolled = gtk_scrolled_window_new ();
  GtkEventController *focus = gtk_event_controller_focus_new ();

  self->suggestions = GTK_LIST_BOX (gtk_list_box_new ());
  gtk_list_box_set_selection_mode (self->suggestions, GTK_SELECTION_BROWSE);
  gtk_widget_set_focusable (GTK_WIDGET (self->suggestions), FALSE);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->suggestions), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Suggestions"), -1);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scrolled), GTK_WIDGET (self->suggestions));
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scrolled), GTK_POLICY_NEVER,
                                  GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_propagate_natural_height (GTK_SCROLLED_WINDOW (scrolled), TRUE);
  gtk_scrolled_window_set_max_content_height (GTK_SCROLLED_WINDOW (scrolled), 240);
  gtk_widget_set_size_request (scrolled, 240, -1);

  self->popover = GTK_POPOVER (gtk_popover_new ());
  gtk_popover_set_autohide (self->popover, FALSE);
  gtk_popover_set_has_arrow (self->popover, FALSE);
  gtk_popover_set_position (self->popover, GTK_POS_TOP);
  gtk_widget_set_halign (GTK_WIDGET (self->popover), GTK_ALIGN_START);
  gtk_widget_add_css_class (GTK_WIDGET (self->popover), "menu");
  gtk_widget_add_css_class (GTK_WIDGET (self->suggestions), "suggestions");
  gtk_popover_set_child (self->popover, scrolled);
  gtk_widget_set_parent (GTK_WIDGET (self->popover), GTK_WIDGET (self));
  g_signal_connect_object (self->suggestions, "row-activated", G_CALLBACK (activated_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (focus, "leave", G_CALLBACK (focus_left_cb), self, G_CONNECT_SWAPPED);
  gtk_widget_add_controller (GTK_WIDGET (self->text_view), focus);

  gtk_list_box_bind_model (self->suggestions, G_LIST_MODEL (self->completion), make_row_cb, NULL,
                           NULL);
  g_signal_connect_object (self->completion, "items-changed", G_CALLBACK (items_changed_cb), self,
                           G_CONNECT_SWAPPED | G_CONNECT_AFTER);
}

/* After each change of the text. */
void
_uc_composer_complete_update (UcComposer *self)
{
  g_auto (Word) word = { 0 };
  g_autofree char *typed = NULL;

  if (self->is_filling || *self->channel_id == '\0')
    return;
  if (!find_word (self, &word)) {
    _uc_composer_complete_close (self);
    return;
  }
  typed = g_strndup (word.text + word.start + 1, word.cursor - word.start - 1);
  uc_completion_set_word (self->completion, self->channel_id, word.trigger, typed);
}

/* TRUE when the key was for the suggestions. */
gboolean
_uc_composer_complete_key (UcComposer *self, guint key)
{
  const int      n = g_list_model_get_n_items (G_LIST_MODEL (self->completion));
  GtkListBoxRow *row;
  int            index;

  if (!gtk_widget_get_visible (GTK_WIDGET (self->popover)) || n == 0)
    return FALSE;

  row = gtk_list_box_get_selected_row (self->suggestions);
  index = row != NULL ? gtk_list_box_row_get_index (row) : -1;
  switch (key) {
  case GDK_KEY_Up:
  case GDK_KEY_KP_Up:
    select_index (self, (MAX (index, 0) + n - 1) % n);
    return TRUE;
  case GDK_KEY_Down:
  case GDK_KEY_KP_Down:
    select_index (self, (index + 1) % n);
    return TRUE;
  case GDK_KEY_Return:
  case GDK_KEY_KP_Enter:
  case GDK_KEY_Tab:
    take (self, MAX (index, 0));
    return TRUE;
  case GDK_KEY_Escape:
    _uc_composer_complete_close (self);
    return TRUE;
  default:
    return FALSE;
  }
}

void
_uc_composer_complete_close (UcComposer *self)
{
  gtk_popover_popdown (self->popover);
}
