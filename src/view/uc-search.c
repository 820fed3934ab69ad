/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A search as a list model: what is asked for, and when. The store is read in
 * uc-search-load.c, the server in uc-search-server.c; what both found is put together in
 * uc-search-merge.c. What can be asked about it is in uc-search-state.c. The text of a
 * search goes into no log.
 */

#include "config.h"

#include "uc-search-private.h"

#include "uc-thread.h"

/* Shorter than two letters of somebody who types fast are apart. */
#define DELAY_MS 150
/* Asking the server is dearer, for everybody. */
#define SERVER_DELAY_MS 500

enum {
  PROP_0,
  PROP_SEARCHING,
  PROP_ERROR,
  PROP_SERVER,
  PROP_ADVANCED,
  N_PROPS,
};

static GParamSpec *properties[N_PROPS];

static GType
uc_search_get_item_type (GListModel *model)
{
  return UC_TYPE_SEARCH_ITEM;
}

static guint
uc_search_get_n_items (GListModel *model)
{
  return UC_SEARCH (model)->items->len;
}

static gpointer
uc_search_get_item (GListModel *model, guint position)
{
  UcSearch *self = UC_SEARCH (model);

  return position < self->items->len ? g_object_ref (self->items->pdata[position]) : NULL;
}

static void
uc_search_model_init (GListModelInterface *iface)
{
  iface->get_item_type = uc_search_get_item_type;
  iface->get_n_items = uc_search_get_n_items;
  iface->get_item = uc_search_get_item;
}

G_DEFINE_FINAL_TYPE_WITH_CODE (UcSearch,
                               uc_search,
                               G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL, uc_search_model_init))

void
_uc_search_update_searching (UcSearch *self)
{
  gboolean is_searching = self->cancellable != NULL || self->delay_id != 0;

  if (self->is_searching == is_searching)
    return;
  self->is_searching = is_searching;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_SEARCHING]);
}

/* @end 0: no place is known. */
void
_uc_search_set_error (UcSearch *self, const char *error, gsize start, gsize end)
{
  if (!g_set_str (&self->error, error) && self->error_start == start && self->error_end == end)
    return;
  self->error_start = start;
  self->error_end = end;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_ERROR]);
}

void
_uc_search_set_server (UcSearch *self, UcSearchServer server)
{
  if (self->server == server)
    return;
  self->server = server;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_SERVER]);
}

void
_uc_search_set_delays (UcSearch *self, guint delay_ms, guint server_delay_ms)
{
  self->delay_ms = delay_ms;
  self->server_delay_ms = server_delay_ms;
}

static void
stop_waiting (UcSearch *self)
{
  g_clear_handle_id (&self->delay_id, g_source_remove);
  _uc_search_update_searching (self);
}

static gboolean
waited_cb (gpointer user_data)
{
  UcSearch *self = user_data;

  self->delay_id = 0;
  _uc_search_load_first (self);
  return G_SOURCE_REMOVE;
}

static gboolean
is_blank (const char *text)
{
  g_autofree char *stripped = g_strstrip (g_strdup (text));

  return *stripped == '\0';
}

static void
search_later (UcSearch *self, guint delay_ms)
{
  _uc_search_server_stop (self);
  g_clear_handle_id (&self->delay_id, g_source_remove);
  self->delay_id = g_timeout_add (delay_ms, waited_cb, self);
  /* What is under way answers a question that nobody asks any more. */
  _uc_search_cancel_page (self);
}

static void
forget_all (UcSearch *self)
{
  stop_waiting (self);
  _uc_search_cancel_page (self);
  _uc_search_server_stop (self);
  _uc_search_set_error (self, NULL, 0, 0);
  _uc_search_clear (self);
}

/* A flag takes effect at once. */
static void
flag_changed_cb (UcFlags *flags, guint flag_id, UcSearch *self)
{
  if (flag_id != UC_FLAG_advanced_search)
    return;
  if (!uc_search_is_advanced (self))
    self->order = UC_SEARCH_NEWEST;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_ADVANCED]);
  if (!is_blank (self->query))
    search_later (self, 0);
}

static void
state_changed_cb (UcSearch *self)
{
  _uc_search_server_state_changed (self);
}

static void
uc_search_get_property (GObject *object, guint prop_id, GValue *value, GParamSpec *pspec)
{
  UcSearch *self = UC_SEARCH (object);

  switch (prop_id) {
  case PROP_SEARCHING:
    g_value_set_boolean (value, self->is_searching);
    break;
  case PROP_ERROR:
    g_value_set_string (value, self->error);
    break;
  case PROP_SERVER:
    g_value_set_int (value, (int) self->server);
    break;
  case PROP_ADVANCED:
    g_value_set_boolean (value, uc_search_is_advanced (self));
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
  }
}

static void
uc_search_dispose (GObject *object)
{
  UcSearch *self = UC_SEARCH (object);

  g_clear_handle_id (&self->delay_id, g_source_remove);
  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_handle_id (&self->server_delay_id, g_source_remove);
  g_cancellable_cancel (self->server_cancellable);
  g_clear_object (&self->server_cancellable);
  g_clear_object (&self->store);
  g_clear_object (&self->session);

  G_OBJECT_CLASS (uc_search_parent_class)->dispose (object);
}

static void
uc_search_finalize (GObject *object)
{
  UcSearch *self = UC_SEARCH (object);

  g_ptr_array_unref (self->items);
  g_ptr_array_unref (self->held);
  g_free (self->query);
  g_free (self->error);

  G_OBJECT_CLASS (uc_search_parent_class)->finalize (object);
}

static void
uc_search_class_init (UcSearchClass *klass)
{
  GObjectClass     *object_class = G_OBJECT_CLASS (klass);
  const GParamFlags flags = G_PARAM_READABLE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY;

  object_class->get_property = uc_search_get_property;
  object_class->dispose = uc_search_dispose;
  object_class->finalize = uc_search_finalize;

  properties[PROP_SEARCHING] = g_param_spec_boolean ("searching", NULL, NULL, FALSE, flags);
  properties[PROP_ERROR] = g_param_spec_string ("error", NULL, NULL, NULL, flags);
  properties[PROP_SERVER] = g_param_spec_int ("server", NULL, NULL, UC_SEARCH_SERVER_NONE,
                                              UC_SEARCH_SERVER_FAILED, 0, flags);
  properties[PROP_ADVANCED] = g_param_spec_boolean ("advanced", NULL, NULL, FALSE, flags);
  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
uc_search_init (UcSearch *self)
{
  self->items = g_ptr_array_new_with_free_func (g_object_unref);
  self->held = g_ptr_array_new_with_free_func (g_object_unref);
  self->query = g_strdup ("");
  self->delay_ms = DELAY_MS;
  self->server_delay_ms = SERVER_DELAY_MS;
}

/**
 * uc_search_new:
 * @session: the account
 *
 * Main thread.
 *
 * Returns: (transfer full): a search without a query
 */
UcSearch *
uc_search_new (UcSession *session)
{
  UcSearch *self;

  g_return_val_if_fail (session != NULL, NULL);
  UC_ASSERT_MAIN_THREAD ();

  self = g_object_new (UC_TYPE_SEARCH, NULL);
  self->session = g_object_ref (session);
  self->store = g_object_ref (uc_session_get_store (session));
  g_signal_connect_object (uc_session_get_flags (session), "changed", G_CALLBACK (flag_changed_cb),
                           self, 0);
  g_signal_connect_object (session, "state-changed", G_CALLBACK (state_changed_cb), self,
                           G_CONNECT_SWAPPED);
  return self;
}

/**
 * uc_search_set_query:
 * @self: a search
 * @query: what was typed; blank finds nothing
 *
 * Takes the place of the query before. Main thread.
 */
void
uc_search_set_query (UcSearch *self, const char *query)
{
  g_return_if_fail (UC_IS_SEARCH (self));
  g_return_if_fail (query != NULL);
  UC_ASSERT_MAIN_THREAD ();

  if (!g_set_str (&self->query, query))
    return;
  if (is_blank (query))
    forget_all (self);
  else
    search_later (self, self->delay_ms);
}

/**
 * uc_search_get_query:
 * @self: a search
 *
 * Returns: (transfer none): as it was set
 */
const char *
uc_search_get_query (UcSearch *self)
{
  g_return_val_if_fail (UC_IS_SEARCH (self), NULL);

  return self->query;
}

/**
 * uc_search_set_order:
 * @self: a search
 * @order: what stands first; newest while the flag advanced_search is off
 *
 * Main thread.
 */
void
uc_search_set_order (UcSearch *self, UcSearchOrder order)
{
  g_return_if_fail (UC_IS_SEARCH (self));
  UC_ASSERT_MAIN_THREAD ();

  if (!uc_search_is_advanced (self))
    order = UC_SEARCH_NEWEST;
  if (self->order == order)
    return;
  self->order = order;
  if (!is_blank (self->query))
    search_later (self, 0);
}

/**
 * uc_search_get_order:
 * @self: a search
 *
 * Returns: what stands first
 */
UcSearchOrder
uc_search_get_order (UcSearch *self)
{
  g_return_val_if_fail (UC_IS_SEARCH (self), UC_SEARCH_NEWEST);

  return self->order;
}

/**
 * uc_search_hurry:
 * @self: a search
 *
 * Searches now if it waits for another letter. Main thread.
 */
void
uc_search_hurry (UcSearch *self)
{
  g_return_if_fail (UC_IS_SEARCH (self));
  UC_ASSERT_MAIN_THREAD ();

  if (self->delay_id != 0) {
    g_clear_handle_id (&self->delay_id, g_source_remove);
    waited_cb (self);
  }
}

/**
 * uc_search_is_advanced:
 * @self: a search
 *
 * Returns: whether the flag advanced_search is on
 */
gboolean
uc_search_is_advanced (UcSearch *self)
{
  g_return_val_if_fail (UC_IS_SEARCH (self), FALSE);

  return uc_flags_is_on (uc_session_get_flags (self->session), UC_FLAG_advanced_search);
}
