/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The search page: its field, its list and what joins them. How a search is shown stands
 * in uc-search-page-show.c, its actions in uc-search-page-actions.c. */

#include "config.h"

#include "uc-search-page-private.h"

#include "uc-search-menu.h"

#include "uc-channel.h"
#include "uc-thread.h"

G_DEFINE_FINAL_TYPE (UcSearchPage, uc_search_page, ADW_TYPE_NAVIGATION_PAGE)

enum {
  PROP_0,
  PROP_USE_24H,
  PROP_SHOW_FLAGS,
  N_PROPS,
};

static GParamSpec *properties[N_PROPS];

/* Names are looked for by words alone: whoever filters looks for messages. */
static void
update_names (UcSearchPage *self)
{
  const gboolean   has_chips = uc_search_field_get_chips (self->field)->len > 0;
  g_autofree char *words = g_strstrip (g_strdup (uc_search_field_get_words (self->field)));

  uc_search_list_set_names (self->list,
                            has_chips || !_uc_search_page_has_query (self) ? "" : words);
}

static void
field_changed_cb (UcSearchPage *self)
{
  g_autofree char *query = NULL;

  if (self->search == NULL)
    return;
  self->opens_first = FALSE;
  query = uc_search_field_dup_settled (self->field);
  uc_search_set_query (self->search, query);
  update_names (self);
  _uc_search_page_update (self);
}

/* The results are others when they are exchanged from the first on. */
static void
items_changed_cb (UcSearchPage *self, guint position, guint n_removed, guint n_added)
{
  if (position == 0 && n_removed > 0)
    uc_search_list_scroll_up (self->list);
  _uc_search_page_update (self);
}

static void
order_changed_cb (UcSearchPage *self)
{
  const char *name = adw_toggle_group_get_active_name (self->order);

  if (self->search != NULL && name != NULL)
    uc_search_set_order (self->search,
                         g_str_equal (name, "relevant") ? UC_SEARCH_RELEVANT : UC_SEARCH_NEWEST);
}

/* -- From the parts -----------------------------------------------------------------------------
 */

static void
activate_cb (UcSearchPage *self)
{
  if (self->search == NULL)
    return;
  /* What is listed may answer what was typed before. */
  self->opens_first = TRUE;
  uc_search_hurry (self->search);
  _uc_search_page_update (self);
}

static void
move_down_cb (UcSearchPage *self)
{
  if (g_strcmp0 (gtk_stack_get_visible_child_name (self->stack), "results") == 0)
    uc_search_list_focus (self->list);
  else
    gtk_widget_child_focus (GTK_WIDGET (self->stack), GTK_DIR_TAB_FORWARD);
}

static void
move_up_cb (UcSearchPage *self)
{
  uc_search_field_focus (self->field);
}

static void
leave_cb (UcSearchPage *self)
{
  gtk_widget_activate_action (GTK_WIDGET (self), "win.leave-search", NULL);
}

static void
opened_cb (UcSearchPage *self)
{
  g_autofree char *query = uc_search_field_dup_query (self->field);

  uc_search_recent_add (self->recent, query);
}

static void
query_wanted_cb (UcSearchPage *self, const char *query)
{
  uc_search_page_begin (self, query);
}

static void
filter_wanted_cb (UcSearchPage *self, const char *name)
{
  uc_search_field_begin_operator (self->field, name);
}

/* Wherever the focus is; the view this page is in would only take it away. */
static gboolean
key_pressed_cb (UcSearchPage *self, guint keyval)
{
  if (keyval != GDK_KEY_Escape)
    return GDK_EVENT_PROPAGATE;
  leave_cb (self);

  return GDK_EVENT_STOP;
}

/* -- The class ------------------------------------------------------------------------------------
 */

static void
forget_account (UcSearchPage *self)
{
  if (self->search != NULL) {
    g_signal_handlers_disconnect_by_data (self->search, self);
    /* What is under way holds it, and the store may be closed next. */
    uc_search_set_query (self->search, "");
  }
  if (self->list != NULL)
    uc_search_list_set_search (self->list, NULL, NULL);
  if (self->hints != NULL)
    uc_search_hints_set_recent (self->hints, NULL);
  if (self->field != NULL)
    uc_search_field_set_account (self->field, NULL);
  _uc_search_page_stop_announcing (self);
  g_clear_object (&self->recent);
  g_clear_object (&self->search);
  g_clear_object (&self->account);
}

static void
update_menu (UcSearchPage *self)
{
  g_autoptr (GMenuModel) menu = uc_search_menu_new (self->show_flags);

  gtk_menu_button_set_menu_model (self->filter_button, menu);
}

static void
uc_search_page_get_property (GObject *object, guint prop_id, GValue *value, GParamSpec *pspec)
{
  UcSearchPage *self = UC_SEARCH_PAGE (object);

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
uc_search_page_set_property (GObject *object, guint prop_id, const GValue *value, GParamSpec *pspec)
{
  UcSearchPage *self = UC_SEARCH_PAGE (object);
  gboolean     *place = prop_id == PROP_USE_24H ? &self->use_24h : &self->show_flags;

  if (prop_id == PROP_0 || prop_id >= N_PROPS) {
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    return;
  }
  if (*place == g_value_get_boolean (value))
    return;
  *place = g_value_get_boolean (value);
  if (prop_id == PROP_SHOW_FLAGS)
    update_menu (self);
  g_object_notify_by_pspec (object, pspec);
}

static void
uc_search_page_dispose (GObject *object)
{
  forget_account (UC_SEARCH_PAGE (object));
  gtk_widget_dispose_template (GTK_WIDGET (object), UC_TYPE_SEARCH_PAGE);

  G_OBJECT_CLASS (uc_search_page_parent_class)->dispose (object);
}

static void
uc_search_page_class_init (UcSearchPageClass *klass)
{
  const GParamFlags flags = G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS;
  GObjectClass     *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass   *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->get_property = uc_search_page_get_property;
  object_class->set_property = uc_search_page_set_property;
  object_class->dispose = uc_search_page_dispose;

  properties[PROP_USE_24H] = g_param_spec_boolean ("use-24h", NULL, NULL, FALSE, flags);
  properties[PROP_SHOW_FLAGS] = g_param_spec_boolean ("show-flags", NULL, NULL, FALSE, flags);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  g_type_ensure (UC_TYPE_SEARCH_FIELD);
  g_type_ensure (UC_TYPE_SEARCH_HINTS);
  g_type_ensure (UC_TYPE_SEARCH_LIST);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/com/example/UnifiedChat/ui/uc-search-page.ui");
  gtk_widget_class_bind_template_child (widget_class, UcSearchPage, field);
  gtk_widget_class_bind_template_child (widget_class, UcSearchPage, filter_button);
  gtk_widget_class_bind_template_child (widget_class, UcSearchPage, spinner);
  gtk_widget_class_bind_template_child (widget_class, UcSearchPage, order);
  gtk_widget_class_bind_template_child (widget_class, UcSearchPage, error_box);
  gtk_widget_class_bind_template_child (widget_class, UcSearchPage, error_label);
  gtk_widget_class_bind_template_child (widget_class, UcSearchPage, status_box);
  gtk_widget_class_bind_template_child (widget_class, UcSearchPage, status_label);
  gtk_widget_class_bind_template_child (widget_class, UcSearchPage, retry_button);
  gtk_widget_class_bind_template_child (widget_class, UcSearchPage, stack);
  gtk_widget_class_bind_template_child (widget_class, UcSearchPage, hints);
  gtk_widget_class_bind_template_child (widget_class, UcSearchPage, list);
  gtk_widget_class_bind_template_child (widget_class, UcSearchPage, advice_box);
  gtk_widget_class_bind_template_callback (widget_class, field_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, order_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, activate_cb);
  gtk_widget_class_bind_template_callback (widget_class, move_down_cb);
  gtk_widget_class_bind_template_callback (widget_class, move_up_cb);
  gtk_widget_class_bind_template_callback (widget_class, opened_cb);
  gtk_widget_class_bind_template_callback (widget_class, query_wanted_cb);
  gtk_widget_class_bind_template_callback (widget_class, filter_wanted_cb);
  _uc_search_page_install_actions (widget_class);
}

static void
uc_search_page_init (UcSearchPage *self)
{
  GtkEventController *keys = gtk_event_controller_key_new ();

  gtk_widget_init_template (GTK_WIDGET (self));
  g_signal_connect_object (keys, "key-pressed", G_CALLBACK (key_pressed_cb), self,
                           G_CONNECT_SWAPPED);
  gtk_widget_add_controller (GTK_WIDGET (self), keys);
  g_object_bind_property (self, "use-24h", self->list, "use-24h", G_BINDING_SYNC_CREATE);
  g_object_bind_property (self, "show-flags", self->list, "show-flags", G_BINDING_SYNC_CREATE);
  g_object_bind_property (self, "show-flags", self->hints, "show-flags", G_BINDING_SYNC_CREATE);
  update_menu (self);
  _uc_search_page_update (self);
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
  UcSession *session;

  UC_ASSERT_MAIN_THREAD ();
  g_return_if_fail (UC_IS_SEARCH_PAGE (self));
  g_return_if_fail (account == NULL || UC_IS_WINDOW_ACCOUNT (account));

  if (self->account == account)
    return;

  forget_account (self);
  if (account != NULL) {
    session = uc_window_account_get_session (account);
    self->account = g_object_ref (account);
    self->search = uc_search_new (session);
    self->recent = uc_search_recent_new (session);
    uc_search_field_set_account (self->field, account);
    uc_search_list_set_search (self->list, account, self->search);
    uc_search_hints_set_recent (self->hints, self->recent);
    g_signal_connect_object (self->search, "notify", G_CALLBACK (_uc_search_page_update), self,
                             G_CONNECT_SWAPPED);
    g_signal_connect_object (self->search, "items-changed", G_CALLBACK (items_changed_cb), self,
                             G_CONNECT_SWAPPED | G_CONNECT_AFTER);
  }
  _uc_search_page_update (self);
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

  uc_search_field_focus (self->field);
  if (query != NULL && self->search != NULL) {
    uc_search_field_set_query (self->field, query);
    uc_search_hurry (self->search);
  }
}

/**
 * uc_search_page_begin_in:
 * @channel_id: a conversation, "" for all of them
 *
 * Gets ready to be typed in, to search there for the words that stand already.
 */
void
uc_search_page_begin_in (UcSearchPage *self, const char *channel_id)
{
  UcSidebar     *sidebar;
  UcSidebarItem *item;

  g_return_if_fail (UC_IS_SEARCH_PAGE (self));
  g_return_if_fail (channel_id != NULL);

  if (self->search == NULL)
    return;
  if (uc_search_is_advanced (self->search)) {
    sidebar = uc_window_account_get_sidebar (self->account);
    item = *channel_id != '\0' ? uc_sidebar_find_named (sidebar, channel_id) : NULL;
    uc_search_field_remove_all (self->field, "in");
    if (item != NULL) {
      g_autofree char *place =
          uc_search_chip_dup_place (uc_window_account_get_directory (self->account), sidebar, item);

      uc_search_field_add_chip (self->field, "in", place, FALSE);
    }
  }
  uc_search_field_focus (self->field);
}

/**
 * uc_search_page_focus_results:
 *
 * Goes back to the results, where they were left.
 */
void
uc_search_page_focus_results (UcSearchPage *self)
{
  g_return_if_fail (UC_IS_SEARCH_PAGE (self));

  if (g_strcmp0 (gtk_stack_get_visible_child_name (self->stack), "results") != 0 ||
      !uc_search_list_focus (self->list))
    uc_search_field_focus (self->field);
}

/**
 * uc_search_page_open_next:
 * @step: 1 for the one after, -1 for the one before
 *
 * Opens the next message of the results.
 *
 * Returns: %FALSE when there is none
 */
gboolean
uc_search_page_open_next (UcSearchPage *self, int step)
{
  g_return_val_if_fail (UC_IS_SEARCH_PAGE (self), FALSE);

  return uc_search_list_open_next (self->list, step);
}
