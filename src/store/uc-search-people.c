/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Whom "from:anna" means: the one with that user name or id, else whoever has the name,
 * else whoever has all the words of it among theirs ("Keller Anna"). */

#include "config.h"

#include "uc-search-people-private.h"

#include <string.h>

static const char *USER_SQL =
    "SELECT user, id, username FROM users WHERE username = :name OR id = :name ORDER BY user";
static const char *USER_WORD_SQL = "SELECT u.user, u.id, u.username"
                                   "  FROM user_words w JOIN users u USING (user)"
                                   " WHERE w.word = :name ORDER BY u.user";

static void
person_clear (gpointer data)
{
  UcSearchPerson *person = data;

  g_free (person->id);
  g_free (person->username);
}

static GArray *
people_new (void)
{
  GArray *people = g_array_new (FALSE, FALSE, sizeof (UcSearchPerson));

  g_array_set_clear_func (people, person_clear);
  return people;
}

char *
_uc_search_fold_name (const char *text)
{
  g_auto (GStrv) parts = g_strsplit (text, "\"", -1);
  g_autofree char *plain = g_strjoinv ("", parts);
  g_autofree char *normal = g_utf8_normalize (plain, -1, G_NORMALIZE_ALL_COMPOSE);

  return g_utf8_casefold (normal != NULL ? normal : "", -1);
}

static GArray *
read_people (UcDb *db, const char *sql, const char *name, GError **error)
{
  g_autoptr (GArray) people = people_new ();
  UcStmt  *stmt;
  gboolean has_row;

  /* That is what people have who were only named so far. */
  if (*name == '\0')
    return g_steal_pointer (&people);
  stmt = uc_db_prepare (db, sql, error);
  if (stmt == NULL)
    return NULL;
  uc_stmt_bind_text (stmt, ":name", name);
  do {
    if (!uc_stmt_step (stmt, &has_row, error))
      return NULL;
    if (has_row) {
      UcSearchPerson person = { uc_stmt_get_int64 (stmt, 0), uc_stmt_dup_text (stmt, 1),
                                uc_stmt_dup_text (stmt, 2) };

      g_array_append_val (people, person);
    }
  } while (has_row);
  return g_steal_pointer (&people);
}

static gboolean
has_person (GArray *people, gint64 key)
{
  for (guint i = 0; i < people->len; i++) {
    if (g_array_index (people, UcSearchPerson, i).key == key)
      return TRUE;
  }
  return FALSE;
}

static void
keep_common (GArray *people, GArray *others)
{
  for (guint i = people->len; i-- > 0;) {
    if (!has_person (others, g_array_index (people, UcSearchPerson, i).key))
      g_array_remove_index (people, i);
  }
}

static GArray *
find_by_words (UcDb *db, const char *folded, GError **error)
{
  g_auto (GStrv) words = g_strsplit_set (folded, " ,", -1);
  g_autoptr (GArray) people = NULL;

  for (guint i = 0; words[i] != NULL; i++) {
    g_autoptr (GArray) others = NULL;

    if (*words[i] == '\0')
      continue;
    others = read_people (db, USER_WORD_SQL, words[i], error);
    if (others == NULL)
      return NULL;
    if (people == NULL)
      people = g_steal_pointer (&others);
    else
      keep_common (people, others);
  }
  return people != NULL ? g_steal_pointer (&people) : people_new ();
}

GArray *
_uc_search_find_people (UcDb *db, const char *name, const char *my_user_id, GError **error)
{
  g_autofree char *folded = _uc_search_fold_name (name);
  g_autoptr (GArray) people = NULL;

  g_strstrip (folded);
  if (strcmp (folded, "me") == 0)
    return read_people (db, USER_SQL, my_user_id, error);
  people = read_people (db, USER_SQL, folded, error);
  if (people == NULL || people->len > 0)
    return g_steal_pointer (&people);
  g_clear_pointer (&people, g_array_unref);
  people = read_people (db, USER_WORD_SQL, folded, error);
  if (people == NULL || people->len > 0)
    return g_steal_pointer (&people);
  return find_by_words (db, folded, error);
}
