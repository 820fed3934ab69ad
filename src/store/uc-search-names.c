/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What "in:station-3" means: the channel of that name, id or display name; one that was
 * left only when none of those one is in is called so. "@anna" is the direct channel with
 * that person, "anna" too when no channel is called so, and "anna, ben" the group with
 * just these. People are in uc-search-people.c. */

#include "config.h"

#include "uc-search-names-private.h"

#include "uc-channel.h"
#include "uc-search-people-private.h"

#include <string.h>

static const char *DIRECT_SQL =
    "SELECT channel FROM channels WHERE type = 3 AND name IN (:one, :other) ORDER BY channel";
static const char *CHANNELS_SQL =
    "SELECT channel, id, name, display_name, is_joined, type FROM channels"
    " WHERE name <> '' ORDER BY channel";

struct _UcSearchNames {
  GArray  *in; /* (owned) of keys */
  GArray  *not_in;
  GArray  *from;
  GArray  *not_from;
  gint64   me;
  gboolean is_unknown;
};

void
_uc_search_names_free (UcSearchNames *self)
{
  g_array_unref (self->in);
  g_array_unref (self->not_in);
  g_array_unref (self->from);
  g_array_unref (self->not_from);
  g_free (self);
}

/* -- People -------------------------------------------------------------------------- */

static gboolean
add_people (UcDb *db, GPtrArray *names, const char *my_user_id, GArray *keys, GError **error)
{
  for (guint i = 0; i < names->len; i++) {
    g_autoptr (GArray) people =
        _uc_search_find_people (db, g_ptr_array_index (names, i), my_user_id, error);

    if (people == NULL)
      return FALSE;
    for (guint j = 0; j < people->len; j++)
      g_array_append_val (keys, g_array_index (people, UcSearchPerson, j).key);
  }
  return TRUE;
}

/* -- Channels ------------------------------------------------------------------------- */

static gboolean
add_direct (UcDb *db, const char *partner_id, const char *my_user_id, GArray *keys, GError **error)
{
  g_autofree char *one = g_strconcat (partner_id, "__", my_user_id, NULL);
  g_autofree char *other = g_strconcat (my_user_id, "__", partner_id, NULL);
  UcStmt          *stmt = uc_db_prepare (db, DIRECT_SQL, error);
  gboolean         has_row;

  if (stmt == NULL)
    return FALSE;
  uc_stmt_bind_text (stmt, ":one", one);
  uc_stmt_bind_text (stmt, ":other", other);
  do {
    if (!uc_stmt_step (stmt, &has_row, error))
      return FALSE;
    if (has_row) {
      gint64 key = uc_stmt_get_int64 (stmt, 0);

      g_array_append_val (keys, key);
    }
  } while (has_row);
  return TRUE;
}

static gboolean
add_directs (UcDb *db, const char *name, const char *my_user_id, GArray *keys, GError **error)
{
  g_autoptr (GArray) people = _uc_search_find_people (db, name, my_user_id, error);

  if (people == NULL)
    return FALSE;
  for (guint i = 0; i < people->len; i++) {
    if (!add_direct (db, g_array_index (people, UcSearchPerson, i).id, my_user_id, keys, error))
      return FALSE;
  }
  return TRUE;
}

static gboolean
is_called (UcStmt *stmt, const char *folded)
{
  g_autofree char *display_name = _uc_search_fold_name (uc_stmt_get_text (stmt, 3));

  return g_str_equal (uc_stmt_get_text (stmt, 1), folded) ||
         g_str_equal (uc_stmt_get_text (stmt, 2), folded) || g_str_equal (display_name, folded);
}

/* (element-type GArray): whom each of the names of a group means; NULL when there is
 * only one name. */
static GPtrArray *
find_group_people (UcDb *db, const char *name, const char *my_user_id, GError **error)
{
  g_auto (GStrv) names = g_strsplit (name, ",", -1);
  g_autoptr (GPtrArray) people = g_ptr_array_new_with_free_func ((GDestroyNotify) g_array_unref);

  for (guint i = 0; names[i] != NULL; i++) {
    GArray *one = _uc_search_find_people (db, names[i], my_user_id, error);

    if (one == NULL)
      return NULL;
    g_ptr_array_add (people, one);
  }
  return g_steal_pointer (&people);
}

static gboolean
has_username (GArray *people, const char *username)
{
  for (guint i = 0; i < people->len; i++) {
    if (g_str_equal (g_array_index (people, UcSearchPerson, i).username, username))
      return TRUE;
  }
  return FALSE;
}

/* A group's display name is the user names of all in it, one's own among them. */
static gboolean
is_group_of (UcStmt *stmt, GPtrArray *people)
{
  g_auto (GStrv) usernames = NULL;

  if (people->len < 2 || uc_stmt_get_int64 (stmt, 5) != UC_CHANNEL_GROUP)
    return FALSE;
  usernames = g_strsplit (uc_stmt_get_text (stmt, 3), ",", -1);
  if (g_strv_length (usernames) - people->len > 1)
    return FALSE;
  for (guint i = 0; i < people->len; i++) {
    gboolean is_there = FALSE;

    for (guint j = 0; usernames[j] != NULL && !is_there; j++)
      is_there = has_username (g_ptr_array_index (people, i), g_strstrip (usernames[j]));
    if (!is_there)
      return FALSE;
  }
  return TRUE;
}

static gboolean
add_channels (UcDb *db, const char *name, const char *my_user_id, GArray *keys, GError **error)
{
  g_autofree char *folded = _uc_search_fold_name (name);
  g_autoptr (GArray) joined = g_array_new (FALSE, FALSE, sizeof (gint64));
  g_autoptr (GArray) left = g_array_new (FALSE, FALSE, sizeof (gint64));
  g_autoptr (GPtrArray) people = find_group_people (db, name, my_user_id, error);
  UcStmt  *stmt = people != NULL ? uc_db_prepare (db, CHANNELS_SQL, error) : NULL;
  gboolean has_row;

  if (stmt == NULL)
    return FALSE;
  do {
    if (!uc_stmt_step (stmt, &has_row, error))
      return FALSE;
    if (has_row && (is_called (stmt, folded) || is_group_of (stmt, people))) {
      gint64 key = uc_stmt_get_int64 (stmt, 0);

      g_array_append_val (uc_stmt_get_int64 (stmt, 4) != 0 ? joined : left, key);
    }
  } while (has_row);
  if (joined->len + left->len == 0)
    return add_directs (db, name, my_user_id, keys, error);
  if (joined->len > 0)
    g_array_append_vals (keys, joined->data, joined->len);
  else
    g_array_append_vals (keys, left->data, left->len);
  return TRUE;
}

gboolean
_uc_search_names_add_place (UcDb       *db,
                            const char *name,
                            const char *my_user_id,
                            GArray     *keys,
                            GError    **error)
{
  return *name == '@' ? add_directs (db, name + 1, my_user_id, keys, error)
                      : add_channels (db, name, my_user_id, keys, error);
}

static gboolean
add_places (UcDb *db, GPtrArray *names, const char *my_user_id, GArray *keys, GError **error)
{
  for (guint i = 0; i < names->len; i++) {
    if (!_uc_search_names_add_place (db, g_ptr_array_index (names, i), my_user_id, keys, error))
      return FALSE;
  }
  return TRUE;
}

/* -- The whole ------------------------------------------------------------------------- */

static gboolean
find_me (UcSearchNames *self, UcDb *db, const char *my_user_id, GError **error)
{
  g_autoptr (GArray) people = _uc_search_find_people (db, "me", my_user_id, error);

  if (people == NULL)
    return FALSE;
  if (people->len > 0)
    self->me = g_array_index (people, UcSearchPerson, 0).key;
  return TRUE;
}

UcSearchNames *
_uc_search_names_resolve (UcDb *db, const UcQuery *query, const char *my_user_id, GError **error)
{
  g_autoptr (UcSearchNames) self = g_new0 (UcSearchNames, 1);
  const char *my_id = my_user_id != NULL ? my_user_id : "";

  self->in = g_array_new (FALSE, FALSE, sizeof (gint64));
  self->not_in = g_array_new (FALSE, FALSE, sizeof (gint64));
  self->from = g_array_new (FALSE, FALSE, sizeof (gint64));
  self->not_from = g_array_new (FALSE, FALSE, sizeof (gint64));
  if (!find_me (self, db, my_id, error) ||
      !add_people (db, query->from, my_id, self->from, error) ||
      !add_people (db, query->not_from, my_id, self->not_from, error) ||
      !add_places (db, query->in, my_id, self->in, error) ||
      !add_places (db, query->not_in, my_id, self->not_in, error))
    return NULL;
  self->is_unknown =
      (query->from->len > 0 && self->from->len == 0) || (query->in->len > 0 && self->in->len == 0);
  return g_steal_pointer (&self);
}

gboolean
_uc_search_names_are_unknown (UcSearchNames *self)
{
  return self->is_unknown;
}

gint64
_uc_search_names_get_only_channel (UcSearchNames *self)
{
  return self->in->len == 1 ? g_array_index (self->in, gint64, 0) : 0;
}

gint64
_uc_search_names_get_only_person (UcSearchNames *self)
{
  return self->from->len == 1 ? g_array_index (self->from, gint64, 0) : 0;
}

/* As a JSON list, so that the statement is the same for any number; NULL for none. */
static void
bind_keys (UcStmt *stmt, const char *name, GArray *keys)
{
  g_autoptr (GString) list = g_string_new ("[");

  if (keys->len == 0) {
    uc_stmt_bind_null (stmt, name);
    return;
  }
  for (guint i = 0; i < keys->len; i++)
    g_string_append_printf (list, "%s%" G_GINT64_FORMAT, i > 0 ? "," : "",
                            g_array_index (keys, gint64, i));
  g_string_append_c (list, ']');
  uc_stmt_bind_text (stmt, name, list->str);
}

void
_uc_search_names_bind (UcSearchNames *self, UcStmt *stmt)
{
  bind_keys (stmt, ":in", self->in);
  bind_keys (stmt, ":not_in", self->not_in);
  bind_keys (stmt, ":from", self->from);
  bind_keys (stmt, ":not_from", self->not_from);
  uc_stmt_bind_int64 (stmt, ":me", self->me);
}
