/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Suggestions for the word being written: people, channels, emoji. */

#include "config.h"

#include "uc-composer-private.h"

#include "uc-row-announce.h"
#include "uc-suggestions.h"

#include <string.h>

/* In px. */
#define LIST_MIN_WIDTH  240
#define LIST_MAX_HEIGHT 240

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
  GtkEventController *focus = gtk_event_controller_focus_new ();

  self->popover = uc_suggestions_new (GTK_WIDGET (self), GTK_POS_TOP, LIST_MIN_WIDTH,
                                      LIST_MAX_HEIGHT, &self->suggestions);
  gtk_widget_set_halign (GTK_WIDGET (self->popover), GTK_ALIGN_START);
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
  int index;

  switch (uc_suggestions_read_key (self->popover, self->suggestions,
                                   g_list_model_get_n_items (G_LIST_MODEL (self->completion)), key,
                                   &index)) {
  case UC_SUGGESTIONS_SELECT:
    select_index (self, index);
    return TRUE;
  case UC_SUGGESTIONS_TAKE:
    take (self, (guint) index);
    return TRUE;
  case UC_SUGGESTIONS_CLOSE:
    _uc_composer_complete_close (self);
    return TRUE;
  case UC_SUGGESTIONS_NONE:
  default:
    return FALSE;
  }
}

void
_uc_composer_complete_close (UcComposer *self)
{
  gtk_popover_popdown (self->popover);
}
