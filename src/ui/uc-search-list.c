/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The list of results, in two sections. The last row of the second tells that there is
 * more, or no more. Moving through it is in uc-search-list-moves.c. */

#include "config.h"

#include "uc-search-list-private.h"

#include "uc-search-status.h"

#include "uc-thread.h"

#include <adwaita.h>

#define MAX_NAMES 4

G_DEFINE_FINAL_TYPE (UcSearchList, uc_search_list, GTK_TYPE_WIDGET)

enum {
  PROP_0,
  PROP_USE_24H,
  PROP_SHOW_FLAGS,
  N_PROPS,
};

static GParamSpec *properties[N_PROPS];

static void
activate_cb (UcSearchList *self, guint position)
{
  _uc_search_list_open (self, position, FALSE);
}

/* Made again, which costs what is seen. */
static void
rebind (UcSearchList *self)
{
  GtkSelectionModel *model = gtk_list_view_get_model (self->list);

  if (model == NULL)
    return;
  g_object_ref (model);
  gtk_list_view_set_model (self->list, NULL);
  gtk_list_view_set_model (self->list, model);
  g_object_unref (model);
}

/* -- What is listed ---------------------------------------------------------------------------- */

/* Messages alone need no heading. */
static void
update_headers (UcSearchList *self)
{
  GtkListItemFactory *wanted = _uc_search_list_get_n_names (self) > 0 ? self->headers : NULL;

  if (gtk_list_view_get_header_factory (self->list) != wanted)
    gtk_list_view_set_header_factory (self->list, wanted);
}

static void
update_end (UcSearchList *self)
{
  const guint      n_items = g_list_model_get_n_items (G_LIST_MODEL (self->search));
  const guint      n_lines = g_list_model_get_n_items (G_LIST_MODEL (self->end));
  g_autofree char *line = uc_search_status_dup_end (self->search);
  const char      *lines[] = { line, NULL };

  if (n_items == 0 ? n_lines == 0
                   : g_strcmp0 (gtk_string_list_get_string (self->end, 0), line) == 0)
    return;
  gtk_string_list_splice (self->end, 0, n_lines, n_items > 0 ? lines : NULL);
}

/* Two screens before the end is soon enough for a read that takes a millisecond. */
static void
load_more (UcSearchList *self)
{
  const double page = gtk_adjustment_get_page_size (self->adjustment);
  const double end = gtk_adjustment_get_upper (self->adjustment) - page;

  if (self->search != NULL && gtk_adjustment_get_value (self->adjustment) > end - 2 * page)
    uc_search_load_more (self->search);
}

/* What is put in above the first row, a heading or a name, would stay out of sight: the
 * list keeps its place by a row. Who has not scrolled sees the top. */
static void
stretched_cb (UcSearchList *self)
{
  if (self->is_at_top && gtk_adjustment_get_value (self->adjustment) > 0)
    gtk_adjustment_set_value (self->adjustment, 0);
  load_more (self);
}

static void
scrolled_cb (UcSearchList *self)
{
  self->is_at_top = gtk_adjustment_get_value (self->adjustment) <= 0;
  load_more (self);
}

/* -- Keys -------------------------------------------------------------------------------------- */

static guint
get_focused (UcSearchList *self)
{
  return gtk_single_selection_get_selected (self->selection);
}

static gboolean
key_pressed_cb (UcSearchList *self, guint keyval, guint keycode, GdkModifierType state)
{
  const gboolean is_control = (state & GDK_CONTROL_MASK) != 0;

  if (self->selection == NULL)
    return GDK_EVENT_PROPAGATE;
  switch (keyval) {
  case GDK_KEY_Up:
  case GDK_KEY_KP_Up:
    if (get_focused (self) != 0 || is_control)
      return GDK_EVENT_PROPAGATE;
    g_signal_emit_by_name (self, "move-up");
    return GDK_EVENT_STOP;
  case GDK_KEY_Return:
  case GDK_KEY_KP_Enter:
    if (!is_control)
      return GDK_EVENT_PROPAGATE;
    _uc_search_list_open (self, get_focused (self), TRUE);
    return GDK_EVENT_STOP;
  default:
    return GDK_EVENT_PROPAGATE;
  }
}

/* -- The class --------------------------------------------------------------------------------- */

static void
uc_search_list_get_property (GObject *object, guint prop_id, GValue *value, GParamSpec *pspec)
{
  UcSearchList *self = UC_SEARCH_LIST (object);

  switch (prop_id) {
  case PROP_USE_24H:
    g_value_set_boolean (value, self->use_24h);
    break;
  case PROP_SHOW_FLAGS:
    g_value_set_boolean (value, self->show_flags);
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
  }
}

static void
uc_search_list_set_property (GObject *object, guint prop_id, const GValue *value, GParamSpec *pspec)
{
  UcSearchList *self = UC_SEARCH_LIST (object);
  gboolean     *place = prop_id == PROP_USE_24H ? &self->use_24h : &self->show_flags;

  if (prop_id == PROP_0 || prop_id >= N_PROPS) {
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    return;
  }
  if (*place == g_value_get_boolean (value))
    return;
  *place = g_value_get_boolean (value);
  rebind (self);
  g_object_notify_by_pspec (object, pspec);
}

static void
uc_search_list_dispose (GObject *object)
{
  UcSearchList *self = UC_SEARCH_LIST (object);

  if (self->list != NULL)
    uc_search_list_set_search (self, NULL, NULL);
  gtk_widget_dispose_template (GTK_WIDGET (object), UC_TYPE_SEARCH_LIST);
  g_clear_object (&self->headers);

  G_OBJECT_CLASS (uc_search_list_parent_class)->dispose (object);
}

static void
uc_search_list_class_init (UcSearchListClass *klass)
{
  static const char *const signals[] = { "opened", "move-up" };
  const GParamFlags flags = G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS;
  GObjectClass     *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass   *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->get_property = uc_search_list_get_property;
  object_class->set_property = uc_search_list_set_property;
  object_class->dispose = uc_search_list_dispose;

  properties[PROP_USE_24H] = g_param_spec_boolean ("use-24h", NULL, NULL, FALSE, flags);
  properties[PROP_SHOW_FLAGS] = g_param_spec_boolean ("show-flags", NULL, NULL, FALSE, flags);
  g_object_class_install_properties (object_class, N_PROPS, properties);
  for (gsize i = 0; i < G_N_ELEMENTS (signals); i++)
    g_signal_new (signals[i], UC_TYPE_SEARCH_LIST, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                  G_TYPE_NONE, 0);

  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_css_name (widget_class, "searchlist");
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/com/example/UnifiedChat/ui/uc-search-list.ui");
  gtk_widget_class_bind_template_child (widget_class, UcSearchList, scrolled);
  gtk_widget_class_bind_template_child (widget_class, UcSearchList, list);
  gtk_widget_class_bind_template_child (widget_class, UcSearchList, adjustment);
  gtk_widget_class_bind_template_callback (widget_class, _uc_search_list_bind);
  gtk_widget_class_bind_template_callback (widget_class, _uc_search_list_unbind);
  gtk_widget_class_bind_template_callback (widget_class, activate_cb);
  gtk_widget_class_bind_template_callback (widget_class, scrolled_cb);
  gtk_widget_class_bind_template_callback (widget_class, stretched_cb);
}

static void
uc_search_list_init (UcSearchList *self)
{
  GtkEventController *keys = gtk_event_controller_key_new ();

  self->is_at_top = TRUE;
  gtk_widget_init_template (GTK_WIDGET (self));
  self->headers = gtk_signal_list_item_factory_new ();
  g_signal_connect_object (self->headers, "bind", G_CALLBACK (_uc_search_list_bind_header), self,
                           G_CONNECT_SWAPPED);
  gtk_event_controller_set_propagation_phase (keys, GTK_PHASE_CAPTURE);
  g_signal_connect_object (keys, "key-pressed", G_CALLBACK (key_pressed_cb), self,
                           G_CONNECT_SWAPPED);
  gtk_widget_add_controller (GTK_WIDGET (self->list), keys);
}

static GListModel *
new_sections (UcSearchList *self)
{
  g_autoptr (GListStore) messages = g_list_store_new (G_TYPE_LIST_MODEL);
  GListStore *sections = g_list_store_new (G_TYPE_LIST_MODEL);
  g_autoptr (GtkFlattenListModel) with_end = NULL;

  g_list_store_append (messages, self->search);
  g_list_store_append (messages, self->end);
  with_end = gtk_flatten_list_model_new (G_LIST_MODEL (g_object_ref (messages)));
  g_list_store_append (sections, self->few_names);
  g_list_store_append (sections, with_end);

  return G_LIST_MODEL (gtk_flatten_list_model_new (G_LIST_MODEL (sections)));
}

static void
forget (UcSearchList *self)
{
  if (self->search != NULL)
    g_signal_handlers_disconnect_by_data (self->search, self);
  gtk_list_view_set_model (self->list, NULL);
  g_clear_object (&self->selection);
  g_clear_object (&self->few_names);
  g_clear_object (&self->names);
  g_clear_object (&self->end);
  g_clear_object (&self->search);
  g_clear_object (&self->account);
}

/**
 * uc_search_list_set_search:
 * @account: (nullable): where
 * @search: (nullable): the messages
 *
 * Lists @search from now on.
 */
void
uc_search_list_set_search (UcSearchList *self, UcWindowAccount *account, UcSearch *search)
{
  UC_ASSERT_MAIN_THREAD ();
  g_return_if_fail (UC_IS_SEARCH_LIST (self));

  forget (self);
  if (account == NULL || search == NULL)
    return;
  self->account = g_object_ref (account);
  self->search = g_object_ref (search);
  self->names = uc_switcher_list_new (account);
  self->few_names =
      gtk_slice_list_model_new (g_object_ref (uc_switcher_list_get_model (self->names)), 0, 0);
  self->end = gtk_string_list_new (NULL);
  self->selection = gtk_single_selection_new (NULL);
  gtk_single_selection_set_autoselect (self->selection, FALSE);
  gtk_single_selection_set_can_unselect (self->selection, TRUE);
  {
    g_autoptr (GListModel) sections = new_sections (self);

    gtk_single_selection_set_model (self->selection, sections);
  }
  gtk_list_view_set_model (self->list, GTK_SELECTION_MODEL (self->selection));
  g_signal_connect_object (self->few_names, "items-changed", G_CALLBACK (update_headers), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (search, "items-changed", G_CALLBACK (update_end), self,
                           G_CONNECT_SWAPPED | G_CONNECT_AFTER);
}

/**
 * uc_search_list_set_names:
 * @text: what conversations and people may be called, "" for none of them
 *
 * Lists the few that fit best above the messages.
 */
void
uc_search_list_set_names (UcSearchList *self, const char *text)
{
  g_return_if_fail (UC_IS_SEARCH_LIST (self));

  if (self->names == NULL)
    return;
  if (*text != '\0')
    uc_switcher_list_set_text (self->names, text);
  gtk_slice_list_model_set_size (self->few_names, *text != '\0' ? MAX_NAMES : 0);
}

/**
 * uc_search_list_is_empty:
 *
 * Returns: %TRUE when nothing is listed
 */
gboolean
uc_search_list_is_empty (UcSearchList *self)
{
  g_return_val_if_fail (UC_IS_SEARCH_LIST (self), TRUE);

  return self->selection == NULL || g_list_model_get_n_items (G_LIST_MODEL (self->selection)) == 0;
}
