/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The search field: its filters and its words. Pills have uc-search-field-pills.c,
 * keys uc-search-field-keys.c, suggestions uc-search-field-suggest.c; what is a filter is
 * told by uc-search-chip. */

#include "config.h"

#include "uc-search-field-private.h"

#include "uc-thread.h"

#include <adwaita.h>
#include <glib/gi18n.h>

#include <string.h>

G_DEFINE_FINAL_TYPE (UcSearchField, uc_search_field, GTK_TYPE_WIDGET)

enum {
  PROP_0,
  PROP_ADVANCED,
  N_PROPS,
};

static GParamSpec *properties[N_PROPS];

static const char *
get_text (UcSearchField *self)
{
  return gtk_editable_get_text (GTK_EDITABLE (self->text));
}

gsize
_uc_search_field_get_cursor (UcSearchField *self)
{
  const char *text = get_text (self);
  int         position = gtk_editable_get_position (GTK_EDITABLE (self->text));

  return (gsize) (g_utf8_offset_to_pointer (text, position) - text);
}

/* Where somebody types, or -1 when nobody does: then nothing is half typed. */
static gssize
get_typing_place (UcSearchField *self)
{
  return gtk_widget_is_focus (GTK_WIDGET (self->text)) ? (gssize) _uc_search_field_get_cursor (self)
                                                       : -1;
}

void
_uc_search_field_set_text (UcSearchField *self, const char *text, gsize cursor)
{
  int position = 0;

  self->is_filling = TRUE;
  /* Not set as a whole: within the user's own change that can't be done. */
  gtk_editable_delete_text (GTK_EDITABLE (self->text), 0, -1);
  gtk_editable_insert_text (GTK_EDITABLE (self->text), text, -1, &position);
  gtk_editable_set_position (GTK_EDITABLE (self->text),
                             (int) g_utf8_pointer_to_offset (text, text + cursor));
  self->is_filling = FALSE;
}

static void
update_look (UcSearchField *self)
{
  const gboolean is_empty = self->chips->len == 0 && *get_text (self) == '\0';

  gtk_widget_set_visible (self->clear_button, !is_empty);
  gtk_text_set_placeholder_text (self->text,
                                 self->chips->len > 0 ? _ ("Words") : _ ("Search messages"));
}

/* -- Text ----------------------------------------------------------------------------------- */

/* @place: of the cursor, -1 for nowhere. What follows the cursor keeps its length: filters
 * are finished before it. */
static void
take_chips (UcSearchField *self, gssize place)
{
  const char      *text = get_text (self);
  g_autofree char *rest = NULL;
  g_autoptr (GPtrArray) taken = NULL;
  const gsize behind = strlen (text) - _uc_search_field_get_cursor (self);

  if (!self->is_advanced)
    return;
  taken = uc_search_chips_take (text, place, &rest);
  if (taken->len == 0)
    return;
  while (taken->len > 0)
    _uc_search_field_append_chip (self, g_ptr_array_steal_index (taken, 0));
  _uc_search_field_set_text (self, rest, strlen (rest) - MIN (behind, strlen (rest)));
}

void
_uc_search_field_changed (UcSearchField *self)
{
  update_look (self);
  _uc_search_field_emit (self, "changed");
}

static void
text_changed_cb (UcSearchField *self)
{
  if (self->is_filling)
    return;
  take_chips (self, get_typing_place (self));
  _uc_search_field_suggest_update (self);
  _uc_search_field_changed (self);
}

static void
finish (UcSearchField *self, gssize place)
{
  const guint n_chips = self->chips->len;

  take_chips (self, place);
  if (self->chips->len != n_chips)
    _uc_search_field_changed (self);
}

void
_uc_search_field_finish (UcSearchField *self)
{
  finish (self, -1);
}

/* Whoever goes out of a filter has finished it. */
static void
cursor_moved_cb (UcSearchField *self)
{
  if (self->is_filling)
    return;
  finish (self, get_typing_place (self));
  _uc_search_field_suggest_update (self);
}

static void
clear_cb (UcSearchField *self)
{
  uc_search_field_set_query (self, "");
  gtk_widget_grab_focus (GTK_WIDGET (self->text));
}

/* -- The class -------------------------------------------------------------------------------- */

static void
set_advanced (UcSearchField *self, gboolean is_advanced)
{
  g_autofree char *query = uc_search_field_dup_query (self);

  if (self->is_advanced == is_advanced)
    return;
  self->is_advanced = is_advanced;
  uc_search_field_set_query (self, query);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_ADVANCED]);
}

static void
uc_search_field_get_property (GObject *object, guint prop_id, GValue *value, GParamSpec *pspec)
{
  switch (prop_id) {
  case PROP_ADVANCED:
    g_value_set_boolean (value, UC_SEARCH_FIELD (object)->is_advanced);
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
  }
}

static void
uc_search_field_set_property (GObject      *object,
                              guint         prop_id,
                              const GValue *value,
                              GParamSpec   *pspec)
{
  switch (prop_id) {
  case PROP_ADVANCED:
    set_advanced (UC_SEARCH_FIELD (object), g_value_get_boolean (value));
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
  }
}

static gboolean
uc_search_field_grab_focus (GtkWidget *widget)
{
  return gtk_widget_grab_focus (GTK_WIDGET (UC_SEARCH_FIELD (widget)->text));
}

static void
uc_search_field_dispose (GObject *object)
{
  UcSearchField *self = UC_SEARCH_FIELD (object);

  uc_search_field_set_account (self, NULL);
  if (self->popover != NULL)
    gtk_widget_unparent (GTK_WIDGET (self->popover));
  self->popover = NULL;
  gtk_widget_dispose_template (GTK_WIDGET (object), UC_TYPE_SEARCH_FIELD);

  G_OBJECT_CLASS (uc_search_field_parent_class)->dispose (object);
}

static void
uc_search_field_finalize (GObject *object)
{
  UcSearchField *self = UC_SEARCH_FIELD (object);

  g_ptr_array_unref (self->chips);
  g_ptr_array_unref (self->pills);

  G_OBJECT_CLASS (uc_search_field_parent_class)->finalize (object);
}

static void
uc_search_field_class_init (UcSearchFieldClass *klass)
{
  static const char *const signals[] = { "changed", "activate", "move-down" };
  GObjectClass            *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass          *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->get_property = uc_search_field_get_property;
  object_class->set_property = uc_search_field_set_property;
  object_class->dispose = uc_search_field_dispose;
  object_class->finalize = uc_search_field_finalize;
  widget_class->grab_focus = uc_search_field_grab_focus;

  properties[PROP_ADVANCED] =
      g_param_spec_boolean ("advanced", NULL, NULL, TRUE,
                            G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);
  for (gsize i = 0; i < G_N_ELEMENTS (signals); i++)
    g_signal_new (signals[i], UC_TYPE_SEARCH_FIELD, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                  G_TYPE_NONE, 0);

  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_css_name (widget_class, "searchfield");
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/com/example/UnifiedChat/ui/uc-search-field.ui");
  gtk_widget_class_bind_template_child (widget_class, UcSearchField, box);
  gtk_widget_class_bind_template_child (widget_class, UcSearchField, wrap);
  gtk_widget_class_bind_template_child (widget_class, UcSearchField, text);
  gtk_widget_class_bind_template_child (widget_class, UcSearchField, clear_button);
  gtk_widget_class_bind_template_callback (widget_class, text_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, clear_cb);
  gtk_widget_class_bind_template_callback (widget_class, cursor_moved_cb);
}

static void
uc_search_field_init (UcSearchField *self)
{
  self->chips = g_ptr_array_new_with_free_func ((GDestroyNotify) uc_search_chip_free);
  self->pills = g_ptr_array_new ();
  self->is_advanced = TRUE;
  gtk_widget_init_template (GTK_WIDGET (self));
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->text), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Search messages"), -1);
  _uc_search_field_suggest_init (self);
  _uc_search_field_keys_init (self);
  update_look (self);
}

/* -- Public --------------------------------------------------------------------------------- */

/**
 * uc_search_field_set_account:
 * @account: (nullable): whose people and conversations are named
 *
 * Begins with nothing typed.
 */
void
uc_search_field_set_account (UcSearchField *self, UcWindowAccount *account)
{
  UC_ASSERT_MAIN_THREAD ();
  g_return_if_fail (UC_IS_SEARCH_FIELD (self));

  if (self->account != NULL) {
    g_signal_handlers_disconnect_by_data (uc_window_account_get_directory (self->account), self);
    g_signal_handlers_disconnect_by_data (uc_window_account_get_sidebar (self->account), self);
  }
  _uc_search_field_drop_all (self);
  g_set_object (&self->account, account);
  if (self->text != NULL) {
    _uc_search_field_set_text (self, "", 0);
    _uc_search_field_suggest_set_account (self);
    update_look (self);
  }
  if (account == NULL)
    return;
  g_signal_connect_object (uc_window_account_get_directory (account), "user-changed",
                           G_CALLBACK (_uc_search_field_update_labels), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (uc_window_account_get_sidebar (account), "items-changed",
                           G_CALLBACK (_uc_search_field_update_labels), self, G_CONNECT_SWAPPED);
}

/**
 * uc_search_field_set_query:
 * @query: a search, filters and words in any order
 *
 * Takes the place of what was typed.
 */
void
uc_search_field_set_query (UcSearchField *self, const char *query)
{
  g_return_if_fail (UC_IS_SEARCH_FIELD (self));
  g_return_if_fail (query != NULL);

  _uc_search_field_drop_all (self);
  _uc_search_field_set_text (self, query, strlen (query));
  take_chips (self, -1);
  _uc_search_field_suggest_close (self);
  _uc_search_field_changed (self);
}

/**
 * uc_search_field_dup_query:
 *
 * Returns: (transfer full): all of it as one string
 */
char *
uc_search_field_dup_query (UcSearchField *self)
{
  g_return_val_if_fail (UC_IS_SEARCH_FIELD (self), NULL);

  return uc_search_chips_join (self->chips, get_text (self));
}

/**
 * uc_search_field_dup_settled:
 *
 * Returns: (transfer full): all of it but what is only half typed where the cursor is
 */
char *
uc_search_field_dup_settled (UcSearchField *self)
{
  g_autofree char *rest = NULL;

  g_return_val_if_fail (UC_IS_SEARCH_FIELD (self), NULL);

  if (!self->is_advanced)
    return g_strdup (get_text (self));
  rest = uc_search_dup_settled (get_text (self), get_typing_place (self));

  return uc_search_chips_join (self->chips, rest);
}

/**
 * uc_search_field_get_words:
 *
 * Returns: (transfer none): what stands beside the filters
 */
const char *
uc_search_field_get_words (UcSearchField *self)
{
  g_return_val_if_fail (UC_IS_SEARCH_FIELD (self), NULL);

  return get_text (self);
}

/**
 * uc_search_field_begin_operator:
 * @name: of an operator
 *
 * Writes it where the cursor is, so that its value can be typed or chosen.
 */
void
uc_search_field_begin_operator (UcSearchField *self, const char *name)
{
  g_autofree char *written = NULL;
  const char      *text;
  int              position;

  g_return_if_fail (UC_IS_SEARCH_FIELD (self));
  g_return_if_fail (name != NULL);

  _uc_search_field_finish (self);
  text = get_text (self);
  position = (int) g_utf8_strlen (text, -1);
  written = g_strconcat (*text == '\0' || g_str_has_suffix (text, " ") ? "" : " ", name, ":", NULL);
  gtk_text_grab_focus_without_selecting (self->text);
  gtk_editable_insert_text (GTK_EDITABLE (self->text), written, -1, &position);
  gtk_editable_set_position (GTK_EDITABLE (self->text), position);
}

/**
 * uc_search_field_focus:
 *
 * Takes the focus with all the words selected, so that typing begins anew.
 */
void
uc_search_field_focus (UcSearchField *self)
{
  g_return_if_fail (UC_IS_SEARCH_FIELD (self));

  gtk_widget_grab_focus (GTK_WIDGET (self->text));
  gtk_editable_select_region (GTK_EDITABLE (self->text), 0, -1);
}
