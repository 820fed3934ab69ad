/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The names by which everybody knows the people and channels of a query, for whoever
 * asks elsewhere: user names, names of channels, "@user" for a direct channel. */

#include "config.h"

#include "uc-search-resolve-private.h"

#include "uc-channel.h"
#include "uc-query-scan.h"
#include "uc-row-private.h"
#include "uc-search-names-private.h"
#include "uc-search-people-private.h"

#include <string.h>

static const char *CHANNEL_SQL = "SELECT name, type FROM channels WHERE channel = :channel";
static const char *USERNAME_SQL = "SELECT username FROM users WHERE id = :id ORDER BY user";

static GStrv
resolve_person (UcDb *db, const char *name, const char *my_user_id, GError **error)
{
  g_autoptr (GArray) people =
      _uc_search_find_people (db, *name == '@' ? name + 1 : name, my_user_id, error);
  g_autoptr (GStrvBuilder) names = g_strv_builder_new ();

  if (people == NULL)
    return NULL;
  for (guint i = 0; i < people->len; i++) {
    const UcSearchPerson *person = &g_array_index (people, UcSearchPerson, i);

    /* One that was only named so far has none. */
    if (*person->username != '\0')
      g_strv_builder_add (names, person->username);
  }
  return g_strv_builder_end (names);
}

/* @name: of a direct channel, the two ids. */
static gboolean
add_direct (UcDb *db, const char *name, const char *my_user_id, GStrvBuilder *names, GError **error)
{
  g_auto (GStrv) ids = g_strsplit (name, "__", 2);
  g_autoptr (GPtrArray) usernames = NULL;
  gboolean is_mine_first = g_strcmp0 (ids[0], my_user_id) == 0;

  if (ids[0] == NULL || ids[1] == NULL)
    return TRUE;
  usernames = _uc_row_list (db, USERNAME_SQL, ":id", ids[is_mine_first ? 1 : 0], error);
  if (usernames == NULL)
    return FALSE;
  for (guint i = 0; i < usernames->len; i++)
    g_strv_builder_take (names,
                         g_strconcat ("@", (const char *) g_ptr_array_index (usernames, i), NULL));
  return TRUE;
}

static gboolean
add_channel (UcDb *db, gint64 key, const char *my_user_id, GStrvBuilder *names, GError **error)
{
  UcStmt          *stmt = uc_db_prepare (db, CHANNEL_SQL, error);
  g_autofree char *name = NULL;
  gboolean         is_direct = FALSE;
  gboolean         has_row;

  if (stmt == NULL)
    return FALSE;
  uc_stmt_bind_int64 (stmt, ":channel", key);
  if (!uc_stmt_step (stmt, &has_row, error))
    return FALSE;
  if (has_row) {
    name = uc_stmt_dup_text (stmt, 0);
    is_direct = uc_stmt_get_int64 (stmt, 1) == UC_CHANNEL_DIRECT;
  }
  uc_stmt_reset (stmt);
  if (name != NULL && is_direct)
    return add_direct (db, name, my_user_id, names, error);
  if (name != NULL)
    g_strv_builder_add (names, name);
  return TRUE;
}

static GStrv
resolve_place (UcDb *db, const char *name, const char *my_user_id, GError **error)
{
  g_autoptr (GArray) keys = g_array_new (FALSE, FALSE, sizeof (gint64));
  g_autoptr (GStrvBuilder) names = g_strv_builder_new ();

  if (!_uc_search_names_add_place (db, *name == '~' ? name + 1 : name, my_user_id, keys, error))
    return NULL;
  for (guint i = 0; i < keys->len; i++) {
    if (!add_channel (db, g_array_index (keys, gint64, i), my_user_id, names, error))
      return NULL;
  }
  return g_strv_builder_end (names);
}

GPtrArray *
_uc_search_resolve (UcDb *db, const char *query, const char *my_user_id, GError **error)
{
  g_autoptr (GPtrArray) tokens = uc_query_scan (query);
  g_autoptr (GPtrArray) resolved = g_ptr_array_new_with_free_func ((GDestroyNotify) g_strfreev);
  const char *my_id = my_user_id != NULL ? my_user_id : "";

  for (guint i = 0; i < tokens->len; i++) {
    const UcQueryToken *token = g_ptr_array_index (tokens, i);
    gboolean            is_from = g_strcmp0 (token->name, "from") == 0;
    gboolean            is_in = g_strcmp0 (token->name, "in") == 0;
    GStrv               names = NULL;

    if (is_from)
      names = resolve_person (db, token->value, my_id, error);
    else if (is_in)
      names = resolve_place (db, token->value, my_id, error);
    if (names == NULL && (is_from || is_in))
      return NULL;
    g_ptr_array_add (resolved, names);
  }
  return g_steal_pointer (&resolved);
}
