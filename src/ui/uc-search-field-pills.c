/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The filters of the search field: each a pill. */

#include "config.h"

#include "uc-search-field-private.h"

#include "uc-search-pill.h"

#include <adwaita.h>

#include <string.h>

static void
pill_removed_cb (UcSearchField *self, UcSearchPill *pill)
{
  guint i;

  if (!g_ptr_array_find (self->pills, pill, &i))
    return;
  gtk_widget_grab_focus (GTK_WIDGET (self->text));
  uc_search_field_remove_chip (self, i);
}

static gboolean
has_chip (UcSearchField *self, const UcSearchChip *chip)
{
  for (guint i = 0; i < self->chips->len; i++) {
    if (uc_search_chip_equal (g_ptr_array_index (self->chips, i), chip))
      return TRUE;
  }

  return FALSE;
}

/* Takes @chip. The same filter twice says nothing more. */
void
_uc_search_field_append_chip (UcSearchField *self, UcSearchChip *chip)
{
  g_autofree char *label = NULL;
  GtkWidget       *pill;

  if (has_chip (self, chip)) {
    uc_search_chip_free (chip);
    return;
  }
  g_ptr_array_add (self->chips, chip);
  label = uc_search_field_dup_chip_label (self, self->chips->len - 1);
  pill = uc_search_pill_new (label);
  g_signal_connect_object (pill, "remove", G_CALLBACK (pill_removed_cb), self, G_CONNECT_SWAPPED);
  adw_wrap_box_insert_child_after (
      ADW_WRAP_BOX (self->wrap), pill,
      self->pills->len > 0 ? g_ptr_array_index (self->pills, self->pills->len - 1) : NULL);
  g_ptr_array_add (self->pills, pill);
}

static void
drop_chip (UcSearchField *self, guint i)
{
  adw_wrap_box_remove (ADW_WRAP_BOX (self->wrap), g_ptr_array_index (self->pills, i));
  g_ptr_array_remove_index (self->pills, i);
  g_ptr_array_remove_index (self->chips, i);
}

void
_uc_search_field_drop_all (UcSearchField *self)
{
  while (self->chips->len > 0)
    drop_chip (self, self->chips->len - 1);
}

/* Somebody's name became known. */
void
_uc_search_field_update_labels (UcSearchField *self)
{
  for (guint i = 0; i < self->chips->len; i++) {
    g_autofree char *label = uc_search_field_dup_chip_label (self, i);

    uc_search_pill_set_label (g_ptr_array_index (self->pills, i), label);
  }
}

/**
 * uc_search_field_get_chips:
 *
 * Returns: (transfer none) (element-type UcSearchChip): the filters
 */
GPtrArray *
uc_search_field_get_chips (UcSearchField *self)
{
  g_return_val_if_fail (UC_IS_SEARCH_FIELD (self), NULL);

  return self->chips;
}

/**
 * uc_search_field_dup_chip_label:
 * @i: which filter
 *
 * Returns: (transfer full): what it says
 */
char *
uc_search_field_dup_chip_label (UcSearchField *self, guint i)
{
  g_return_val_if_fail (UC_IS_SEARCH_FIELD (self), NULL);
  g_return_val_if_fail (self->account != NULL && i < self->chips->len, g_strdup (""));

  return uc_search_chip_dup_label (
      g_ptr_array_index (self->chips, i), uc_window_account_get_directory (self->account),
      uc_window_account_get_sidebar (self->account), uc_window_account_get_now_ms (self->account));
}

/**
 * uc_search_field_add_chip:
 * @name: of an operator
 * @value: what follows it
 * @is_negated: whether it is turned round
 *
 * Narrows the search by one more filter.
 */
void
uc_search_field_add_chip (UcSearchField *self,
                          const char    *name,
                          const char    *value,
                          gboolean       is_negated)
{
  g_return_if_fail (UC_IS_SEARCH_FIELD (self));
  g_return_if_fail (name != NULL && value != NULL);

  _uc_search_field_append_chip (self, uc_search_chip_new (name, value, is_negated));
  _uc_search_field_changed (self);
}

/**
 * uc_search_field_remove_chip:
 * @i: which filter
 *
 * Takes it out.
 */
void
uc_search_field_remove_chip (UcSearchField *self, guint i)
{
  g_return_if_fail (UC_IS_SEARCH_FIELD (self));
  g_return_if_fail (i < self->chips->len);

  drop_chip (self, i);
  _uc_search_field_changed (self);
}

/**
 * uc_search_field_remove_all:
 * @name: of an operator
 *
 * Takes every filter of that kind out.
 */
void
uc_search_field_remove_all (UcSearchField *self, const char *name)
{
  const guint n_chips = self->chips->len;

  g_return_if_fail (UC_IS_SEARCH_FIELD (self));
  g_return_if_fail (name != NULL);

  for (guint i = n_chips; i > 0; i--) {
    const UcSearchChip *chip = g_ptr_array_index (self->chips, i - 1);

    if (g_str_equal (chip->name, name))
      drop_chip (self, i - 1);
  }
  if (self->chips->len != n_chips)
    _uc_search_field_changed (self);
}

/* A wavy line and a colour: seen without either. */
static PangoAttrList *
new_mark (gsize start, gsize end)
{
  PangoAttrList  *attributes = pango_attr_list_new ();
  PangoAttribute *line = pango_attr_underline_new (PANGO_UNDERLINE_ERROR);

  line->start_index = (guint) start;
  line->end_index = (guint) end;
  pango_attr_list_insert (attributes, line);

  return attributes;
}

/**
 * uc_search_field_mark_wrong:
 * @is_wrong: whether there is a mistake
 * @start: where it begins in the settled query, in bytes
 * @end: the byte behind it, 0 when its place is not known
 *
 * Marks the filter or the words that the mistake is in, and nothing else.
 */
void
uc_search_field_mark_wrong (UcSearchField *self, gboolean is_wrong, gsize start, gsize end)
{
  g_autoptr (PangoAttrList) attributes = NULL;
  const gsize length = strlen (uc_search_field_get_words (self));
  gsize       words_start = 0;
  int         wrong_chip;

  g_return_if_fail (UC_IS_SEARCH_FIELD (self));

  wrong_chip = is_wrong && end > 0 ? uc_search_chips_find (self->chips, start, &words_start) : -1;
  /* What is wrong with several is wrong with the whole. */
  if (wrong_chip >= 0 && uc_search_chips_find (self->chips, end - 1, &words_start) != wrong_chip)
    wrong_chip = -1;
  for (guint i = 0; i < self->pills->len; i++)
    uc_search_pill_set_wrong (g_ptr_array_index (self->pills, i), (int) i == wrong_chip);
  if (is_wrong && wrong_chip < 0 && end > words_start && start >= words_start)
    attributes = new_mark (MIN (start - words_start, length), MIN (end - words_start, length));
  gtk_text_set_attributes (self->text, attributes);
  if (is_wrong)
    gtk_accessible_update_state (GTK_ACCESSIBLE (self->text), GTK_ACCESSIBLE_STATE_INVALID,
                                 GTK_ACCESSIBLE_INVALID_TRUE, -1);
  else
    gtk_accessible_reset_state (GTK_ACCESSIBLE (self->text), GTK_ACCESSIBLE_STATE_INVALID);
}
