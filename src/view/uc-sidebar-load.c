/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * How the sidebar follows the store, the session and the directory: what they report is
 * noted down and done once before the next frame. A few channels that changed are read
 * one by one, many of them all at once.
 */

#include "config.h"

#include "uc-directory-private.h"
#include "uc-sidebar-private.h"

#include <string.h>

/* More than these, and reading all is cheaper. */
#define MAX_SINGLE 16

typedef struct {
  UcSidebar *self; /* (owned) */
  char      *channel_id;
} SingleLoad;

static void
single_load_free (SingleLoad *load)
{
  g_object_unref (load->self);
  g_free (load->channel_id);
  g_free (load);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SingleLoad, single_load_free)

typedef struct {
  UcSidebar *self;   /* (owned) */
  GPtrArray *states; /* (owned) (element-type UcChannelState) */
} AllLoad;

static void
all_load_free (AllLoad *load)
{
  g_object_unref (load->self);
  g_ptr_array_unref (load->states);
  g_free (load);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (AllLoad, all_load_free)

static void
warn (const char *what, const GError *error)
{
  if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    g_warning ("Reading %s: %s", what, error->message);
}

/* The first time the partners are read before anything shows, so that no name has to
 * change under the eyes. */
static void
partners_loaded_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (AllLoad) load = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) users = uc_store_load_users_finish (UC_STORE (source), result, &error);

  if (users != NULL)
    _uc_directory_take_people (load->self->directory, users);
  else
    warn ("people", error);
  if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    _uc_sidebar_set_states (load->self, load->states);
}

static void
load_partners (UcSidebar *self, GPtrArray *states)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  g_auto (GStrv) ids = NULL;
  AllLoad *load = g_new0 (AllLoad, 1);

  for (guint i = 0; i < states->len; i++) {
    const UcChannelState *state = states->pdata[i];
    g_autofree char      *id =
        uc_channel_dup_partner_id (state->channel, uc_session_get_user_id (self->session));

    if (id != NULL)
      g_strv_builder_add (builder, id);
  }
  ids = g_strv_builder_end (builder);
  load->self = g_object_ref (self);
  load->states = g_ptr_array_ref (states);
  uc_store_load_users_async (self->store, (const char *const *) ids, self->cancellable,
                             partners_loaded_cb, load);
}

static void
all_loaded_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (UcSidebar) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) states = uc_store_load_channels_finish (UC_STORE (source), result, &error);

  if (states == NULL)
    warn ("channels", error);
  else if (g_hash_table_size (self->by_channel) == 0)
    load_partners (self, states);
  else
    _uc_sidebar_set_states (self, states);
}

static void
single_loaded_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (SingleLoad) load = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) states = uc_store_load_channels_finish (UC_STORE (source), result, &error);

  if (states == NULL)
    warn ("a channel", error);
  else
    _uc_sidebar_set_state (load->self, load->channel_id,
                           states->len > 0 ? g_ptr_array_steal_index (states, 0) : NULL);
}

static void
teams_loaded_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (UcSidebar) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) teams = uc_store_load_teams_finish (UC_STORE (source), result, &error);

  if (teams != NULL)
    _uc_sidebar_set_teams (self, teams);
  else
    warn ("teams", error);
}

/* The user's order of teams first: the first of them is shown. */
static void
preferences_loaded_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (UcSidebar) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) preferences =
      uc_store_load_preferences_finish (UC_STORE (source), result, &error);

  if (preferences == NULL) {
    warn ("preferences", error);
    return;
  }
  g_set_str (&self->team_order, "");
  for (guint i = 0; i < preferences->len; i++) {
    const UcPreference *preference = preferences->pdata[i];

    if (strcmp (preference->category, "teams_order") == 0)
      g_set_str (&self->team_order, preference->value);
  }
  uc_store_load_teams_async (self->store, self->cancellable, teams_loaded_cb, g_object_ref (self));
}

static void
load_single (UcSidebar *self, const char *channel_id)
{
  SingleLoad *load = g_new0 (SingleLoad, 1);

  load->self = g_object_ref (self);
  load->channel_id = g_strdup (channel_id);
  uc_store_load_channels_async (self->store, channel_id, self->cancellable, single_loaded_cb, load);
}

static void
read_channels (UcSidebar *self)
{
  GHashTableIter iter;
  gpointer       channel_id;

  if (self->reads_all || g_hash_table_size (self->dirty) > MAX_SINGLE) {
    uc_store_load_channels_async (self->store, NULL, self->cancellable, all_loaded_cb,
                                  g_object_ref (self));
  } else {
    g_hash_table_iter_init (&iter, self->dirty);
    while (g_hash_table_iter_next (&iter, &channel_id, NULL))
      load_single (self, channel_id);
  }
  g_hash_table_remove_all (self->dirty);
  self->reads_all = FALSE;
}

/* People who are called differently, and with them their conversations. */
static void
rename_items (UcSidebar *self)
{
  g_autoptr (GPtrArray) moved = g_ptr_array_new ();
  GHashTableIter iter;
  gpointer       value;

  g_hash_table_iter_init (&iter, self->by_channel);
  while (g_hash_table_iter_next (&iter, NULL, &value)) {
    UcChannel *channel = uc_sidebar_item_get_channel (value);

    if (channel->type == UC_CHANNEL_GROUP ||
        g_hash_table_contains (self->renamed, uc_sidebar_item_get_partner_id (value))) {
      g_autofree char *title = uc_directory_dup_channel_name (self->directory, channel);

      if (strcmp (title, uc_sidebar_item_get_title (value)) != 0) {
        _uc_sidebar_item_set_title (value, title);
        g_ptr_array_add (moved, value);
      }
    }
  }
  g_hash_table_remove_all (self->renamed);
  _uc_sidebar_place_many (self, moved);
}

static void
ask_presence (UcSidebar *self)
{
  GHashTableIter iter;
  gpointer       value;

  self->asks_presence = FALSE;
  g_hash_table_iter_init (&iter, self->by_channel);
  while (g_hash_table_iter_next (&iter, NULL, &value)) {
    const char *partner_id = uc_sidebar_item_get_partner_id (value);

    if (*partner_id != '\0')
      _uc_sidebar_item_set_presence (value, uc_session_get_presence (self->session, partner_id));
  }
}

static gboolean
update_cb (gpointer user_data)
{
  g_autoptr (UcSidebar) self = g_object_ref (user_data);

  self->update_id = 0;
  if (self->reads_teams) {
    self->reads_teams = FALSE;
    uc_store_load_preferences_async (self->store, self->cancellable, preferences_loaded_cb,
                                     g_object_ref (self));
  }
  if (self->reads_all || g_hash_table_size (self->dirty) > 0)
    read_channels (self);
  if (g_hash_table_size (self->renamed) > 0)
    rename_items (self);
  if (self->asks_presence)
    ask_presence (self);
  return G_SOURCE_REMOVE;
}

static void
schedule (UcSidebar *self)
{
  if (self->update_id == 0)
    self->update_id = g_idle_add_full (G_PRIORITY_HIGH_IDLE, update_cb, self, NULL);
}

static void
store_changed_cb (UcStore *store, UcChangeSet *changes, UcSidebar *self)
{
  for (guint i = 0; i < changes->channel_ids->len; i++)
    g_hash_table_add (self->dirty, g_strdup (changes->channel_ids->pdata[i]));
  if (changes->preferences || changes->team_ids->len > 0)
    self->reads_teams = TRUE;
  /* Favourites and conversations put away are preferences. */
  if (changes->preferences)
    self->reads_all = TRUE;
  if (self->reads_all || self->reads_teams || g_hash_table_size (self->dirty) > 0)
    schedule (self);
}

static void
user_changed_cb (UcDirectory *directory, const char *user_id, UcSidebar *self)
{
  g_hash_table_add (self->renamed, g_strdup (user_id));
  schedule (self);
}

static void
statuses_changed_cb (UcSession *session, UcSidebar *self)
{
  self->asks_presence = TRUE;
  schedule (self);
}

static void
typing_changed_cb (UcSession *session, const char *channel_id, UcSidebar *self)
{
  UcSidebarItem *item = g_hash_table_lookup (self->by_channel, channel_id);
  g_autoptr (GPtrArray) user_ids = uc_session_dup_typing (session, channel_id);

  if (item != NULL)
    _uc_sidebar_item_set_typing (item, user_ids->len > 0);
}

void
_uc_sidebar_connect (UcSidebar *self)
{
  g_signal_connect_object (self->store, "changed", G_CALLBACK (store_changed_cb), self, 0);
  g_signal_connect_object (self->directory, "user-changed", G_CALLBACK (user_changed_cb), self, 0);
  g_signal_connect_object (self->session, "statuses-changed", G_CALLBACK (statuses_changed_cb),
                           self, 0);
  g_signal_connect_object (self->session, "typing-changed", G_CALLBACK (typing_changed_cb), self,
                           0);
  self->reads_all = TRUE;
  self->reads_teams = TRUE;
  schedule (self);
}
