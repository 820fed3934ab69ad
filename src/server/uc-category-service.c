/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Which channel stands under which heading of a sidebar. */

#include "config.h"

#include "uc-category-service.h"

#include "uc-channel-table.h"
#include "uc-id.h"
#include "uc-preference-table.h"

#include <string.h>

#define FAVORITE "favorite_channel"
/* Room between two positions, for what is put there. */
#define STEP 10

static const struct {
  const char *type;
  const char *display_name;
  const char *sorting;
} built_in[] = {
  { "favorites", "Favorites", "" },
  { "channels", "Channels", "" },
  { "direct_messages", "Direct Messages", "recent" },
};

static gboolean
put_built_in (UcTxn *txn, const char *user_id, const char *team_id, guint i, GError **error)
{
  g_autofree char        *id = g_strconcat (built_in[i].type, "_", user_id, "_", team_id, NULL);
  const UcSidebarCategory category = {
    .id = id,
    .user_id = (char *) user_id,
    .team_id = (char *) team_id,
    .type = (char *) built_in[i].type,
    .display_name = (char *) built_in[i].display_name,
    .sorting = (char *) built_in[i].sorting,
    .position = (int) (i + 1) * STEP,
  };

  return uc_category_table_put (txn->db, &category, error);
}

/**
 * uc_category_service_list:
 *
 * Returns: (transfer full) (element-type UcSidebarCategory) (nullable): in their order
 */
GPtrArray *
uc_category_service_list (UcTxn *txn, const char *user_id, const char *team_id, GError **error)
{
  g_autoptr (GPtrArray) list = uc_category_table_list (txn->db, user_id, team_id, error);

  if (list == NULL || list->len > 0)
    return g_steal_pointer (&list);
  for (guint i = 0; i < G_N_ELEMENTS (built_in); i++) {
    if (!put_built_in (txn, user_id, team_id, i, error))
      return NULL;
  }
  return uc_category_table_list (txn->db, user_id, team_id, error);
}

/* -- Channels of a category -------------------------------------------------------- */

static gboolean
is_custom (const UcSidebarCategory *category)
{
  return g_str_equal (category->type, "custom");
}

/* Ids of the favourites of a user, as a set. */
static GHashTable *
read_favourites (UcTxn *txn, const char *user_id, GError **error)
{
  g_autoptr (GPtrArray) rows = uc_preference_table_list (txn->db, user_id, FAVORITE, error);
  GHashTable *favourites;

  if (rows == NULL)
    return NULL;
  favourites = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  for (guint i = 0; i < rows->len; i++) {
    const UcPreference *row = g_ptr_array_index (rows, i);

    if (g_str_equal (row->value, "true"))
      g_hash_table_add (favourites, g_strdup (row->name));
  }
  return favourites;
}

/* Adds what the custom categories of the same sidebar hold. */
static gboolean
add_customs (UcTxn *txn, const UcSidebarCategory *category, GHashTable *taken, GError **error)
{
  g_autoptr (GPtrArray) all =
      uc_category_table_list (txn->db, category->user_id, category->team_id, error);

  for (guint i = 0; all != NULL && i < all->len; i++) {
    const UcSidebarCategory *other = g_ptr_array_index (all, i);
    g_autoptr (GPtrArray) ids = NULL;

    if (!is_custom (other))
      continue;
    ids = uc_category_table_list_channels (txn->db, other->id, error);
    if (ids == NULL)
      return FALSE;
    for (guint j = 0; j < ids->len; j++)
      g_hash_table_add (taken, g_strdup (g_ptr_array_index (ids, j)));
  }
  return all != NULL;
}

static gboolean
is_people (const UcChannel *channel)
{
  return channel->type == UC_CHANNEL_DIRECT || channel->type == UC_CHANNEL_GROUP;
}

/* Those that are in no other category, or for favourites those that are some. */
static JsonArray *
make_built_in (UcTxn *txn, const UcSidebarCategory *category, GError **error)
{
  g_autoptr (GPtrArray) channels =
      uc_channel_table_list_user (txn->db, category->user_id, category->team_id, FALSE, error);
  g_autoptr (GHashTable) favourites = read_favourites (txn, category->user_id, error);
  gboolean   wants_favourites = g_str_equal (category->type, "favorites");
  gboolean   wants_people = g_str_equal (category->type, "direct_messages");
  JsonArray *array;

  if (channels == NULL || favourites == NULL)
    return NULL;
  if (!wants_favourites && !add_customs (txn, category, favourites, error))
    return NULL;
  array = json_array_new ();
  for (guint i = 0; i < channels->len; i++) {
    const UcChannel *channel = g_ptr_array_index (channels, i);
    gboolean         is_taken = g_hash_table_contains (favourites, channel->id);

    if (wants_favourites ? is_taken : !is_taken && is_people (channel) == wants_people)
      json_array_add_string_element (array, channel->id);
  }
  return array;
}

static JsonArray *
make_custom (UcTxn *txn, const UcSidebarCategory *category, GError **error)
{
  g_autoptr (GPtrArray) ids = uc_category_table_list_channels (txn->db, category->id, error);
  JsonArray *array;

  if (ids == NULL)
    return NULL;
  array = json_array_new ();
  for (guint i = 0; i < ids->len; i++)
    json_array_add_string_element (array, g_ptr_array_index (ids, i));
  return array;
}

/**
 * uc_category_service_to_json:
 *
 * Returns: (transfer full) (nullable): the record of protocol.md 6.3
 */
JsonObject *
uc_category_service_to_json (UcTxn *txn, const UcSidebarCategory *category, GError **error)
{
  JsonArray  *ids = is_custom (category) ? make_custom (txn, category, error)
                                         : make_built_in (txn, category, error);
  JsonObject *object;

  if (ids == NULL)
    return NULL;
  object = json_object_new ();
  json_object_set_string_member (object, "id", category->id);
  json_object_set_string_member (object, "user_id", category->user_id);
  json_object_set_string_member (object, "team_id", category->team_id);
  json_object_set_string_member (object, "sorting", category->sorting);
  json_object_set_string_member (object, "type", category->type);
  json_object_set_string_member (object, "display_name", category->display_name);
  json_object_set_boolean_member (object, "muted", category->is_muted);
  json_object_set_boolean_member (object, "collapsed", category->is_collapsed);
  json_object_set_array_member (object, "channel_ids", ids);
  return object;
}

/**
 * uc_category_service_create:
 *
 * Below the favourites.
 *
 * Returns: (transfer full) (nullable): the new category
 */
UcSidebarCategory *
uc_category_service_create (UcTxn      *txn,
                            const char *user_id,
                            const char *team_id,
                            const char *display_name,
                            GError    **error)
{
  g_autoptr (GPtrArray) list = uc_category_service_list (txn, user_id, team_id, error);
  g_autoptr (UcSidebarCategory) category = uc_sidebar_category_new ();

  if (list == NULL)
    return NULL;
  category->id = uc_id_new ();
  category->user_id = g_strdup (user_id);
  category->team_id = g_strdup (team_id);
  category->type = g_strdup ("custom");
  category->display_name = g_strdup (display_name);
  category->sorting = g_strdup ("");
  category->position = STEP + 1;
  return uc_category_table_put (txn->db, category, error) ? g_steal_pointer (&category) : NULL;
}

static gboolean
set_favourite (UcTxn      *txn,
               const char *user_id,
               const char *channel_id,
               gboolean    is_favourite,
               GError    **error)
{
  g_autoptr (UcPreference) row = uc_preference_new (user_id, FAVORITE, channel_id, "true");

  return is_favourite ? uc_preference_table_put (txn->db, row, error)
                      : uc_preference_table_delete (txn->db, row, error);
}

/* Favourites that are not listed any more are none. */
static gboolean
drop_favourites (UcTxn                   *txn,
                 const UcSidebarCategory *category,
                 const char *const       *kept,
                 GError                 **error)
{
  g_autoptr (GHashTable) favourites = read_favourites (txn, category->user_id, error);
  g_autoptr (GPtrArray) channels =
      uc_channel_table_list_user (txn->db, category->user_id, category->team_id, FALSE, error);

  if (favourites == NULL || channels == NULL)
    return FALSE;
  for (guint i = 0; i < channels->len; i++) {
    const UcChannel *channel = g_ptr_array_index (channels, i);

    if (g_hash_table_contains (favourites, channel->id) && !g_strv_contains (kept, channel->id) &&
        !set_favourite (txn, category->user_id, channel->id, FALSE, error))
      return FALSE;
  }
  return TRUE;
}

/**
 * uc_category_service_set_channels:
 * @channel_ids: all that shall stand there, in their order
 */
gboolean
uc_category_service_set_channels (UcTxn                   *txn,
                                  const UcSidebarCategory *category,
                                  const char *const       *channel_ids,
                                  GError                 **error)
{
  gboolean wants_favourites = g_str_equal (category->type, "favorites");

  if (wants_favourites && !drop_favourites (txn, category, channel_ids, error))
    return FALSE;
  if (is_custom (category) && !uc_category_table_clear (txn->db, category->id, error))
    return FALSE;
  for (guint i = 0; channel_ids[i] != NULL; i++) {
    const char *id = channel_ids[i];

    if (!uc_id_is_valid (id))
      continue;
    if (!uc_category_table_take_out (txn->db, category->user_id, id, error) ||
        !set_favourite (txn, category->user_id, id, wants_favourites, error) ||
        (is_custom (category) &&
         !uc_category_table_add_channel (txn->db, category->id, id, (int) i, error)))
      return FALSE;
  }
  return TRUE;
}
