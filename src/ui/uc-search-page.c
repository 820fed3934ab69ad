/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The search page: an entry over a list that is loaded further as its end is neared. */

#include "config.h"

#include "uc-search-page.h"

#include "uc-search-row.h"

#include "uc-post.h"
#include "uc-search.h"
#include "uc-thread.h"

#include <glib/gi18n.h>

struct _UcSearchPage {
  AdwNavigationPage parent_instance;

  GtkEditable   *entry;
  GtkWidget     *spinner;
  GtkWidget     *error_box;
  GtkLabel      *error_label;
  GtkStack      *stack;
  GtkListView   *list;
  GtkAdjustment *adjustment;

  UcWindowAccount *account; /* (owned) (nullable) */
  UcSearch        *search;  /* (owned) (nullable) */
  gboolean         use_24h;
};

G_DEFINE_FINAL_TYPE (UcSearchPage, uc_search_page, ADW_TYPE_NAVIGATION_PAGE)

enum {
  PROP_0,
  PROP_USE_24H,
  N_PROPS,
};

static GParamSpec *properties[N_PROPS];

static gboolean
has_query (UcSearchPage *self)
{
  g_autofree char *query = g_strstrip (g_strdup (gtk_editable_get_text (self->entry)));

  return *query != '\0';
}

static gboolean
is_searching (UcSearchPage *self)
{
  gboolean searching = FALSE;

  g_object_get (self->search, "searching", &searching, NULL);

  return searching;
}

static void
update (UcSearchPage *self)
{
  const char *error = self->search != NULL ? uc_search_get_error (self->search) : NULL;
  guint n_items = self->search != NULL ? g_list_model_get_n_items (G_LIST_MODEL (self->search)) : 0;
  const char *page;

  gtk_widget_set_visible (self->spinner, self->search != NULL && is_searching (self));
  gtk_widget_set_visible (self->error_box, error != NULL && has_query (self));
  if (error != NULL) {
    gtk_label_set_text (self->error_label, error);
    gtk_accessible_update_state (GTK_ACCESSIBLE (self->entry), GTK_ACCESSIBLE_STATE_INVALID,
                                 GTK_ACCESSIBLE_INVALID_TRUE, -1);
  } else
    gtk_accessible_reset_state (GTK_ACCESSIBLE (self->entry), GTK_ACCESSIBLE_STATE_INVALID);

  if (!has_query (self))
    page = "hints";
  else if (n_items > 0)
    page = "results";
  else if (error != NULL || is_searching (self))
    page = "nothing";
  else
    page = "empty";
  gtk_stack_set_visible_child_name (self->stack, page);
}

static void
query_changed_cb (UcSearchPage *self)
{
  if (self->search == NULL)
    return;
  uc_search_set_query (self->search, gtk_editable_get_text (self->entry));
  gtk_adjustment_set_value (self->adjustment, 0);
  update (self);
}

/* -- Rows -------------------------------------------------------------------------------- */

static void
setup_cb (UcSearchPage *self, GtkListItem *list_item)
{
  GtkWidget *row = uc_search_row_new ();

  g_object_bind_property (row, "summary", list_item, "accessible-label", G_BINDING_DEFAULT);
  gtk_list_item_set_child (list_item, row);
}

static void
bind_cb (UcSearchPage *self, GtkListItem *list_item)
{
  uc_search_row_set_item (UC_SEARCH_ROW (gtk_list_item_get_child (list_item)),
                          gtk_list_item_get_item (list_item), self->account, self->use_24h);
}

static void
unbind_cb (UcSearchPage *self, GtkListItem *list_item)
{
  uc_search_row_set_item (UC_SEARCH_ROW (gtk_list_item_get_child (list_item)), NULL, NULL, FALSE);
}

static void
open_position (UcSearchPage *self, guint position)
{
  g_autoptr (UcSearchItem) item = g_list_model_get_item (G_LIST_MODEL (self->search), position);
  const UcMessage *message;

  if (item == NULL)
    return;
  message = uc_search_item_get_message (item);
  gtk_widget_activate_action (GTK_WIDGET (self), "win.open-found", "(ss)",
                              message->post->channel_id, message->key);
}

static void
hint_activated_cb (UcSearchPage *self, AdwPreferencesRow *row)
{
  /* Of "from:anna" only the operator: the rest is an example. */
  const char      *example = adw_preferences_row_get_title (row);
  g_autofree char *operator_text = g_strndup (example, strcspn (example, ":") + 1);

  gtk_editable_set_text (self->entry, operator_text);
  gtk_widget_grab_focus (GTK_WIDGET (self->entry));
  gtk_editable_set_position (self->entry, -1);
}

/* -- Keys ---------------------------------------------------------------------------------- */

static void
entry_activated_cb (UcSearchPage *self)
{
  if (self->search != NULL)
    open_position (self, 0);
}

static void
stop_search_cb (UcSearchPage *self)
{
  gtk_widget_activate_action (GTK_WIDGET (self), "win.leave-search", NULL);
}

static gboolean
key_pressed_cb (UcSearchPage *self, guint keyval, guint keycode, GdkModifierType state)
{
  if (keyval != GDK_KEY_Down && keyval != GDK_KEY_KP_Down)
    return GDK_EVENT_PROPAGATE;
  if (self->search == NULL || g_list_model_get_n_items (G_LIST_MODEL (self->search)) == 0)
    return GDK_EVENT_PROPAGATE;
  gtk_list_view_scroll_to (self->list, 0, GTK_LIST_SCROLL_FOCUS, NULL);

  return GDK_EVENT_STOP;
}

/* Two screens before the end is soon enough for a read that takes a millisecond. */
static void
scrolled_cb (UcSearchPage *self)
{
  double page = gtk_adjustment_get_page_size (self->adjustment);
  double end = gtk_adjustment_get_upper (self->adjustment) - page;

  if (self->search != NULL && uc_search_has_more (self->search) && !is_searching (self) &&
      gtk_adjustment_get_value (self->adjustment) > end - 2 * page)
    uc_search_load_more (self->search);
}

static void
forget_account (UcSearchPage *self)
{
  if (self->search != NULL)
    g_signal_handlers_disconnect_by_data (self->search, self);
  if (self->list != NULL)
    gtk_list_view_set_model (self->list, NULL);
  g_clear_object (&self->search);
  g_clear_object (&self->account);
}

static void
uc_search_page_get_property (GObject *object, guint prop_id, GValue *value, GParamSpec *pspec)
{
  UcSearchPage *self = UC_SEARCH_PAGE (object);

  switch (prop_id) {
  case PROP_USE_24H:
    g_value_set_boolean (value, self->use_24h);
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
  }
}

static void
uc_search_page_set_property (GObject *object, guint prop_id, const GValue *value, GParamSpec *pspec)
{
  UcSearchPage *self = UC_SEARCH_PAGE (object);

  switch (prop_id) {
  case PROP_USE_24H:
    if (self->use_24h == g_value_get_boolean (value))
      break;
    self->use_24h = g_value_get_boolean (value);
    query_changed_cb (self);
    g_object_notify_by_pspec (object, pspec);
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
  }
}

static void
uc_search_page_dispose (GObject *object)
{
  UcSearchPage *self = UC_SEARCH_PAGE (object);

  forget_account (self);
  gtk_widget_dispose_template (GTK_WIDGET (object), UC_TYPE_SEARCH_PAGE);

  G_OBJECT_CLASS (uc_search_page_parent_class)->dispose (object);
}

static void
uc_search_page_class_init (UcSearchPageClass *klass)
{
  GObjectClass   *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->get_property = uc_search_page_get_property;
  object_class->set_property = uc_search_page_set_property;
  object_class->dispose = uc_search_page_dispose;

  properties[PROP_USE_24H] =
      g_param_spec_boolean ("use-24h", NULL, NULL, FALSE,
                            G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/com/example/UnifiedChat/ui/uc-search-page.ui");
  gtk_widget_class_bind_template_child (widget_class, UcSearchPage, entry);
  gtk_widget_class_bind_template_child (widget_class, UcSearchPage, spinner);
  gtk_widget_class_bind_template_child (widget_class, UcSearchPage, error_box);
  gtk_widget_class_bind_template_child (widget_class, UcSearchPage, error_label);
  gtk_widget_class_bind_template_child (widget_class, UcSearchPage, stack);
  gtk_widget_class_bind_template_child (widget_class, UcSearchPage, list);
  gtk_widget_class_bind_template_child (widget_class, UcSearchPage, adjustment);
  gtk_widget_class_bind_template_callback (widget_class, query_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, entry_activated_cb);
  gtk_widget_class_bind_template_callback (widget_class, stop_search_cb);
  gtk_widget_class_bind_template_callback (widget_class, setup_cb);
  gtk_widget_class_bind_template_callback (widget_class, bind_cb);
  gtk_widget_class_bind_template_callback (widget_class, unbind_cb);
  gtk_widget_class_bind_template_callback (widget_class, open_position);
  gtk_widget_class_bind_template_callback (widget_class, hint_activated_cb);
  gtk_widget_class_bind_template_callback (widget_class, scrolled_cb);
}

static void
uc_search_page_init (UcSearchPage *self)
{
  GtkEventController *keys;

  gtk_widget_init_template (GTK_WIDGET (self));

  keys = gtk_event_controller_key_new ();
  gtk_event_controller_set_propagation_phase (keys, GTK_PHASE_CAPTURE);
  g_signal_connect_object (keys, "key-pressed", G_CALLBACK (key_pressed_cb), self,
                           G_CONNECT_SWAPPED);
  gtk_widget_add_controller (GTK_WIDGET (self->entry), keys);
  update (self);
}

/**
 * uc_search_page_set_account:
 * @account: (nullable): where to search
 *
 * Searches in @account from now on, beginning with nothing.
 */
void
uc_search_page_set_account (UcSearchPage *self, UcWindowAccount *account)
{
  UC_ASSERT_MAIN_THREAD ();
  g_return_if_fail (UC_IS_SEARCH_PAGE (self));
  g_return_if_fail (account == NULL || UC_IS_WINDOW_ACCOUNT (account));

  if (self->account == account)
    return;

  forget_account (self);
  gtk_editable_set_text (self->entry, "");
  if (account != NULL) {
    GtkNoSelection *selection;

    self->account = g_object_ref (account);
    self->search = uc_search_new (uc_window_account_get_session (account));
    g_signal_connect_object (self->search, "notify", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
    g_signal_connect_object (self->search, "items-changed", G_CALLBACK (update), self,
                             G_CONNECT_SWAPPED);
    selection = gtk_no_selection_new (G_LIST_MODEL (g_object_ref (self->search)));
    gtk_list_view_set_model (self->list, GTK_SELECTION_MODEL (selection));
    g_object_unref (selection);
  }
  update (self);
}

/**
 * uc_search_page_begin:
 * @query: (nullable): what to search for, %NULL for what was typed before
 *
 * Gets ready to be typed in.
 */
void
uc_search_page_begin (UcSearchPage *self, const char *query)
{
  g_return_if_fail (UC_IS_SEARCH_PAGE (self));

  if (query != NULL) {
    gtk_editable_set_text (self->entry, query);
    query_changed_cb (self);
  }
  gtk_widget_grab_focus (GTK_WIDGET (self->entry));
}
