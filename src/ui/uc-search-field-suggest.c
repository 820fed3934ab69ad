/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Suggestions for the operator being typed. */

#include "config.h"

#include "uc-search-field-private.h"

#include "uc-row-announce.h"
#include "uc-search-day.h"
#include "uc-sidebar-pick-row.h"
#include "uc-suggestions.h"

/* In px. */
#define LIST_MIN_WIDTH  220
#define LIST_MAX_HEIGHT 300

/* The operator at the cursor; places are bytes of the words. */
typedef struct {
  char *name;  /* (owned) */
  char *value; /* (owned) up to the cursor */
  gsize start;
  gsize end;
} Typed;

static void
typed_clear (Typed *typed)
{
  g_free (typed->name);
  g_free (typed->value);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Typed, typed_clear)

static gboolean
find_typed (UcSearchField *self, Typed *typed)
{
  return self->is_advanced &&
         uc_search_find_typed (uc_search_field_get_words (self), _uc_search_field_get_cursor (self),
                               &typed->start, &typed->end, &typed->name, &typed->value);
}

/* -- Rows ----------------------------------------------------------------------------------- */

static GtkWidget *
make_row_cb (gpointer item, gpointer user_data)
{
  const char *user_id = uc_search_suggestion_get_user_id (item);
  const char *detail = uc_search_suggestion_get_detail (item);
  GtkWidget  *row;

  row = uc_sidebar_pick_row_new ();
  uc_sidebar_pick_row_set (UC_SIDEBAR_PICK_ROW (row),
                           *user_id != '\0' ? NULL : uc_search_suggestion_get_icon_name (item),
                           user_id, uc_search_suggestion_get_title (item), detail);

  return row;
}

static void
select_index (UcSearchField *self, int index)
{
  GtkListBoxRow *row = gtk_list_box_get_row_at_index (self->suggestions, index);
  g_autoptr (UcSearchSuggestion) item =
      g_list_model_get_item (G_LIST_MODEL (self->suggest), (guint) index);

  if (row == NULL || item == NULL)
    return;
  gtk_list_box_select_row (self->suggestions, row);
  uc_row_announce (GTK_WIDGET (self->text), uc_search_suggestion_get_title (item));
}

/* -- Taking ---------------------------------------------------------------------------------- */

static void
cut_typed (UcSearchField *self, const Typed *typed)
{
  g_autoptr (GString) text = g_string_new (uc_search_field_get_words (self));

  g_string_erase (text, (gssize) typed->start, (gssize) (typed->end - typed->start));
  _uc_search_field_set_text (self, text->str, MIN (typed->start, text->len));
}

static void
day_chosen_cb (UcSearchField *self, const char *name, const char *value)
{
  uc_search_field_add_chip (self, name, value, FALSE);
  gtk_text_grab_focus_without_selecting (self->text);
}

static void
choose_day (UcSearchField *self, const char *name)
{
  GtkPopover *popover = uc_search_day_new (name, uc_window_account_get_now_ms (self->account));

  g_signal_connect_object (popover, "chosen", G_CALLBACK (day_chosen_cb), self, G_CONNECT_SWAPPED);
  uc_search_day_popup (popover, GTK_WIDGET (self));
}

static void
take (UcSearchField *self, int index)
{
  g_autoptr (UcSearchSuggestion) item =
      g_list_model_get_item (G_LIST_MODEL (self->suggest), (guint) index);
  g_auto (Typed) typed = { 0 };
  const char *value;
  gboolean    is_negated;

  if (item == NULL || !find_typed (self, &typed))
    return;
  value = uc_search_suggestion_get_value (item);
  is_negated = uc_search_field_get_words (self)[typed.start] == '-';
  _uc_search_field_suggest_close (self);
  cut_typed (self, &typed);
  if (*value != '\0')
    uc_search_field_add_chip (self, typed.name, value, is_negated);
  else {
    _uc_search_field_changed (self);
    choose_day (self, typed.name);
  }
}

static void
activated_cb (UcSearchField *self, GtkListBoxRow *row)
{
  take (self, gtk_list_box_row_get_index (row));
  gtk_text_grab_focus_without_selecting (self->text);
}

/* -- Showing ---------------------------------------------------------------------------------- */

static void
point_at_field (UcSearchField *self)
{
  const GdkRectangle place = { 0, gtk_widget_get_height (GTK_WIDGET (self)) - 1,
                               MAX (gtk_widget_get_width (GTK_WIDGET (self)), 1), 1 };

  gtk_popover_set_pointing_to (self->popover, &place);
}

static void
items_changed_cb (UcSearchField *self)
{
  g_auto (Typed) typed = { 0 };

  if (g_list_model_get_n_items (G_LIST_MODEL (self->suggest)) == 0 ||
      !gtk_widget_is_focus (GTK_WIDGET (self->text)) || !find_typed (self, &typed)) {
    gtk_popover_popdown (self->popover);
    return;
  }
  point_at_field (self);
  gtk_popover_popup (self->popover);
  if (gtk_list_box_get_selected_row (self->suggestions) == NULL)
    select_index (self, 0);
}

/* After each change of the words or of the place in them. */
void
_uc_search_field_suggest_update (UcSearchField *self)
{
  g_auto (Typed) typed = { 0 };

  if (self->is_filling || self->suggest == NULL)
    return;
  if (find_typed (self, &typed))
    uc_search_suggest_set (self->suggest, typed.name, typed.value);
  else
    _uc_search_field_suggest_close (self);
}

void
_uc_search_field_suggest_close (UcSearchField *self)
{
  if (self->suggest != NULL)
    uc_search_suggest_set (self->suggest, "", "");
}

/* TRUE when the key was for the suggestions. */
gboolean
_uc_search_field_suggest_key (UcSearchField *self, guint keyval)
{
  int index;

  if (self->suggest == NULL)
    return FALSE;
  switch (uc_suggestions_read_key (self->popover, self->suggestions,
                                   g_list_model_get_n_items (G_LIST_MODEL (self->suggest)), keyval,
                                   &index)) {
  case UC_SUGGESTIONS_SELECT:
    select_index (self, index);
    return TRUE;
  case UC_SUGGESTIONS_TAKE:
    take (self, index);
    return TRUE;
  case UC_SUGGESTIONS_CLOSE:
    _uc_search_field_suggest_close (self);
    return TRUE;
  case UC_SUGGESTIONS_NONE:
  default:
    return FALSE;
  }
}

void
_uc_search_field_suggest_set_account (UcSearchField *self)
{
  gtk_list_box_bind_model (self->suggestions, NULL, NULL, NULL, NULL);
  g_clear_object (&self->suggest);
  if (self->account == NULL)
    return;
  self->suggest = uc_search_suggest_new (uc_window_account_get_session (self->account),
                                         uc_window_account_get_directory (self->account),
                                         uc_window_account_get_sidebar (self->account));
  gtk_list_box_bind_model (self->suggestions, G_LIST_MODEL (self->suggest), make_row_cb, NULL,
                           NULL);
  g_signal_connect_object (self->suggest, "items-changed", G_CALLBACK (items_changed_cb), self,
                           G_CONNECT_SWAPPED | G_CONNECT_AFTER);
}

void
_uc_search_field_suggest_init (UcSearchField *self)
{
  self->popover = uc_suggestions_new (GTK_WIDGET (self), GTK_POS_BOTTOM, LIST_MIN_WIDTH,
                                      LIST_MAX_HEIGHT, &self->suggestions);
  g_signal_connect_object (self->suggestions, "row-activated", G_CALLBACK (activated_cb), self,
                           G_CONNECT_SWAPPED);
}
