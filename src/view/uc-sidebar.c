/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The conversations of the account. Every one has an item, whatever its team; the list is
 * those of the chosen team, in order, under headings. What is read and when stands in
 * uc-sidebar-load.c, the quick switcher in uc-sidebar-switch.c.
 */

#include "config.h"

#include "uc-sidebar.h"

#include "uc-sidebar-private.h"
#include "uc-teams-private.h"
#include "uc-thread.h"

#include <glib/gi18n-lib.h>
#include <string.h>

enum {
  PROP_0,
  PROP_TEAM_ID,
  PROP_TOTAL_UNREAD,
  PROP_TOTAL_MENTIONS,
  N_PROPS,
};

enum {
  TEAMS_CHANGED,
  N_SIGNALS,
};

static GParamSpec *properties[N_PROPS];
static guint       signals[N_SIGNALS];

static GType
uc_sidebar_get_item_type (GListModel *model)
{
  return UC_TYPE_SIDEBAR_ITEM;
}

static guint
uc_sidebar_get_n_items (GListModel *model)
{
  return UC_SIDEBAR (model)->items->len;
}

static gpointer
uc_sidebar_get_item (GListModel *model, guint position)
{
  UcSidebar *self = UC_SIDEBAR (model);

  return position < self->items->len ? g_object_ref (self->items->pdata[position]) : NULL;
}

static void
uc_sidebar_model_init (GListModelInterface *iface)
{
  iface->get_item_type = uc_sidebar_get_item_type;
  iface->get_n_items = uc_sidebar_get_n_items;
  iface->get_item = uc_sidebar_get_item;
}

G_DEFINE_FINAL_TYPE_WITH_CODE (UcSidebar,
                               uc_sidebar,
                               G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL, uc_sidebar_model_init))

static void
notify_totals (UcSidebar *self)
{
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_TOTAL_UNREAD]);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_TOTAL_MENTIONS]);
}

/* Takes @state. The item that has it from now on; its place is not looked after. */
static UcSidebarItem *
put_state (UcSidebar *self, UcChannelState *state)
{
  UcSidebarItem   *item = g_hash_table_lookup (self->by_channel, state->channel->id);
  g_autofree char *title = uc_directory_dup_channel_name (self->directory, state->channel);

  if (item != NULL) {
    /* The key lives in the state; whoever is notified finds the item. */
    g_hash_table_replace (self->by_channel, state->channel->id, g_object_ref (item));
    _uc_sidebar_item_set_state (item, state);
  } else {
    const char *partner_id;

    item = _uc_sidebar_item_new (state, uc_session_get_user_id (self->session));
    g_hash_table_insert (self->by_channel, state->channel->id, item);
    partner_id = uc_sidebar_item_get_partner_id (item);
    if (*partner_id != '\0')
      _uc_sidebar_item_set_presence (item, uc_session_get_presence (self->session, partner_id));
  }
  _uc_sidebar_item_set_title (item, title);
  return item;
}

void
_uc_sidebar_set_state (UcSidebar *self, const char *channel_id, UcChannelState *state)
{
  g_autoptr (GPtrArray) moved = g_ptr_array_new_with_free_func (g_object_unref);

  if (state != NULL) {
    g_ptr_array_add (moved, g_object_ref (put_state (self, state)));
  } else {
    UcSidebarItem *item = g_hash_table_lookup (self->by_channel, channel_id);

    if (item == NULL)
      return;
    g_ptr_array_add (moved, g_object_ref (item));
    g_hash_table_remove (self->by_channel, channel_id);
  }
  _uc_sidebar_place_many (self, moved);
  notify_totals (self);
}

void
_uc_sidebar_set_states (UcSidebar *self, GPtrArray *states)
{
  g_autoptr (GHashTable) present = g_hash_table_new (NULL, NULL);
  GHashTableIter iter;
  gpointer       item;

  while (states->len > 0)
    g_hash_table_add (present, put_state (self, g_ptr_array_steal_index (states, states->len - 1)));
  g_hash_table_iter_init (&iter, self->by_channel);
  while (g_hash_table_iter_next (&iter, NULL, &item)) {
    if (!g_hash_table_contains (present, item))
      g_hash_table_iter_remove (&iter);
  }
  _uc_sidebar_place_all (self);
  notify_totals (self);
}

void
_uc_sidebar_set_teams (UcSidebar *self, GPtrArray *teams)
{
  g_ptr_array_unref (self->teams);
  self->teams = _uc_teams_sort (teams, self->team_order);
  if (self->teams->len > 0 && _uc_teams_find (self->teams, self->team_id) == NULL)
    uc_sidebar_set_team_id (self, ((UcTeam *) self->teams->pdata[0])->id);
  g_signal_emit (self, signals[TEAMS_CHANGED], 0);
}

static void
uc_sidebar_get_property (GObject *object, guint prop_id, GValue *value, GParamSpec *pspec)
{
  UcSidebar *self = UC_SIDEBAR (object);
  gint64     unread, mentions;

  uc_sidebar_get_totals (self, NULL, &unread, &mentions);
  switch (prop_id) {
  case PROP_TEAM_ID:
    g_value_set_string (value, self->team_id);
    break;
  case PROP_TOTAL_UNREAD:
    g_value_set_int64 (value, unread);
    break;
  case PROP_TOTAL_MENTIONS:
    g_value_set_int64 (value, mentions);
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
  }
}

static void
uc_sidebar_set_property (GObject *object, guint prop_id, const GValue *value, GParamSpec *pspec)
{
  switch (prop_id) {
  case PROP_TEAM_ID:
    uc_sidebar_set_team_id (UC_SIDEBAR (object), g_value_get_string (value));
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
  }
}

static void
uc_sidebar_dispose (GObject *object)
{
  UcSidebar *self = UC_SIDEBAR (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_handle_id (&self->update_id, g_source_remove);
  g_clear_object (&self->directory);
  g_clear_object (&self->store);
  g_clear_object (&self->session);

  G_OBJECT_CLASS (uc_sidebar_parent_class)->dispose (object);
}

static void
uc_sidebar_finalize (GObject *object)
{
  UcSidebar *self = UC_SIDEBAR (object);

  g_ptr_array_unref (self->items);
  g_ptr_array_unref (self->teams);
  g_hash_table_unref (self->by_channel);
  g_hash_table_unref (self->dirty);
  g_hash_table_unref (self->renamed);
  for (guint i = 0; i < UC_N_SECTIONS; i++)
    g_object_unref (self->headings[i]);
  g_free (self->team_id);
  g_free (self->team_order);
  g_object_unref (self->cancellable);

  G_OBJECT_CLASS (uc_sidebar_parent_class)->finalize (object);
}

static void
uc_sidebar_class_init (UcSidebarClass *klass)
{
  GObjectClass     *object_class = G_OBJECT_CLASS (klass);
  const GParamFlags flags = G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY;

  object_class->get_property = uc_sidebar_get_property;
  object_class->set_property = uc_sidebar_set_property;
  object_class->dispose = uc_sidebar_dispose;
  object_class->finalize = uc_sidebar_finalize;

  properties[PROP_TEAM_ID] =
      g_param_spec_string ("team-id", NULL, NULL, "", G_PARAM_READWRITE | flags);
  properties[PROP_TOTAL_UNREAD] =
      g_param_spec_int64 ("total-unread", NULL, NULL, 0, G_MAXINT64, 0, G_PARAM_READABLE | flags);
  properties[PROP_TOTAL_MENTIONS] =
      g_param_spec_int64 ("total-mentions", NULL, NULL, 0, G_MAXINT64, 0, G_PARAM_READABLE | flags);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  /**
   * UcSidebar::teams-changed:
   *
   * Other teams, or in another order.
   */
  signals[TEAMS_CHANGED] = g_signal_new ("teams-changed", G_TYPE_FROM_CLASS (klass),
                                         G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
uc_sidebar_init (UcSidebar *self)
{
  self->cancellable = g_cancellable_new ();
  self->items = g_ptr_array_new_with_free_func (g_object_unref);
  self->teams = g_ptr_array_new_with_free_func ((GDestroyNotify) uc_team_unref);
  self->by_channel = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, g_object_unref);
  self->dirty = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->renamed = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->team_id = g_strdup ("");
  self->team_order = g_strdup ("");
  self->headings[UC_SECTION_FAVOURITES] =
      _uc_sidebar_item_new_heading (UC_SECTION_FAVOURITES, _ ("Favourites"));
  self->headings[UC_SECTION_CHANNELS] =
      _uc_sidebar_item_new_heading (UC_SECTION_CHANNELS, _ ("Channels"));
  self->headings[UC_SECTION_DIRECT] =
      _uc_sidebar_item_new_heading (UC_SECTION_DIRECT, _ ("Direct messages"));
}

/**
 * uc_sidebar_new:
 * @session: the account
 * @directory: who is who
 *
 * Fills itself from the store. Main thread.
 *
 * Returns: (transfer full): a sidebar
 */
UcSidebar *
uc_sidebar_new (UcSession *session, UcDirectory *directory)
{
  UcSidebar *self;

  g_return_val_if_fail (session != NULL, NULL);
  g_return_val_if_fail (UC_IS_DIRECTORY (directory), NULL);
  UC_ASSERT_MAIN_THREAD ();

  self = g_object_new (UC_TYPE_SIDEBAR, NULL);
  self->session = g_object_ref (session);
  self->store = g_object_ref (uc_session_get_store (session));
  self->directory = g_object_ref (directory);
  _uc_sidebar_connect (self);
  return self;
}

/**
 * uc_sidebar_set_team_id:
 * @self: a sidebar
 * @team_id: the team to show
 *
 * Until the teams are known any id is taken; one that is not among them then gives way
 * to the first. Main thread.
 */
void
uc_sidebar_set_team_id (UcSidebar *self, const char *team_id)
{
  g_return_if_fail (UC_IS_SIDEBAR (self));
  g_return_if_fail (team_id != NULL);
  UC_ASSERT_MAIN_THREAD ();

  if (!g_set_str (&self->team_id, team_id))
    return;
  if (g_hash_table_size (self->by_channel) > 0)
    _uc_sidebar_place_all (self);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_TEAM_ID]);
}

/**
 * uc_sidebar_get_team_id:
 * @self: a sidebar
 *
 * Returns: (transfer none): the team that is shown, "" until known
 */
const char *
uc_sidebar_get_team_id (UcSidebar *self)
{
  g_return_val_if_fail (UC_IS_SIDEBAR (self), NULL);

  return self->team_id;
}

/**
 * uc_sidebar_get_teams:
 * @self: a sidebar
 *
 * Returns: (transfer none) (element-type UcTeam): the teams by the user's order
 */
GPtrArray *
uc_sidebar_get_teams (UcSidebar *self)
{
  g_return_val_if_fail (UC_IS_SIDEBAR (self), NULL);

  return self->teams;
}

/**
 * uc_sidebar_get_totals:
 * @self: a sidebar
 * @team_id: (nullable): of its channels alone; %NULL: of all there is
 * @unread: (out) (optional): unread messages
 * @mentions: (out) (optional): unread mentions
 */
void
uc_sidebar_get_totals (UcSidebar *self, const char *team_id, gint64 *unread, gint64 *mentions)
{
  GHashTableIter iter;
  gpointer       item;
  gint64         n_unread = 0, n_mentions = 0;

  g_return_if_fail (UC_IS_SIDEBAR (self));

  g_hash_table_iter_init (&iter, self->by_channel);
  while (g_hash_table_iter_next (&iter, NULL, &item)) {
    if (team_id == NULL || strcmp (uc_sidebar_item_get_channel (item)->team_id, team_id) == 0) {
      n_unread += uc_sidebar_item_get_unread (item);
      n_mentions += uc_sidebar_item_get_mentions (item);
    }
  }
  if (unread != NULL)
    *unread = n_unread;
  if (mentions != NULL)
    *mentions = n_mentions;
}

/**
 * uc_sidebar_get_state:
 * @self: a sidebar
 * @channel_id: a channel of any team
 *
 * Returns: (transfer none) (nullable): its state; stays until the main loop runs again
 */
UcChannelState *
uc_sidebar_get_state (UcSidebar *self, const char *channel_id)
{
  UcSidebarItem *item;

  g_return_val_if_fail (UC_IS_SIDEBAR (self), NULL);
  g_return_val_if_fail (channel_id != NULL, NULL);

  item = g_hash_table_lookup (self->by_channel, channel_id);
  return item != NULL ? _uc_sidebar_item_get_state (item) : NULL;
}

/**
 * uc_sidebar_find:
 * @self: a sidebar
 * @channel_id: a channel of any team
 * @position: (out) (optional): where it is in the list
 *
 * Returns: (transfer none) (nullable): its item; %NULL when it does not show
 */
UcSidebarItem *
uc_sidebar_find (UcSidebar *self, const char *channel_id, guint *position)
{
  UcSidebarItem *item;
  guint          found;

  g_return_val_if_fail (UC_IS_SIDEBAR (self), NULL);
  g_return_val_if_fail (channel_id != NULL, NULL);

  item = g_hash_table_lookup (self->by_channel, channel_id);
  if (item == NULL || !g_ptr_array_find (self->items, item, &found))
    return NULL;
  if (position != NULL)
    *position = found;
  return item;
}
