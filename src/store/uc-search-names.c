/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Whom "from:anna" and what "in:station-3" mean. People go by user name, else by any
 * name of theirs; channels by name or by what they are called, "@user" is the direct
 * channel with that person. */

#include "config.h"

#include "uc-search-names-private.h"

#include "uc-channel.h"
#include "uc-row-private.h"

static const char *USER_SQL =
    "SELECT user, id FROM users WHERE username = :name OR id = :name ORDER BY user";
static const char *USER_WORD_SQL = "SELECT u.user, u.id FROM user_words w JOIN users u USING (user)"
                                   " WHERE w.word = :name ORDER BY u.user";
static const char *DIRECT_SQL =
    "SELECT channel FROM channels WHERE type = 3 AND name IN (:one, :other) ORDER BY channel";
static const char *CHANNELS_SQL = "SELECT channel, id, name, display_name FROM channels"
                                  " WHERE is_joined = 1 ORDER BY channel";

typedef struct {
  gint64 key;
  char  *id; /* (owned) */
} Person;

struct _UcSearchNames {
  GArray  *in; /* (owned) of keys */
  GArray  *not_in;
  GArray  *from;
  GArray  *not_from;
  gint64   me;
  gboolean is_unknown;
};

static void
person_clear (gpointer data)
{
  Person *person = data;

  g_free (person->id);
}

void
_uc_search_names_free (UcSearchNames *self)
{
  g_array_unref (self->in);
  g_array_unref (self->not_in);
  g_array_unref (self->from);
  g_array_unref (self->not_from);
  g_free (self);
}

static char *
fold (const char *text)
{
  g_autofree char *normal = g_utf8_normalize (text, -1, G_NORMALIZE_ALL_COMPOSE);

  return g_utf8_casefold (normal != NULL ? normal : "", -1);
}

/* -- People -------------------------------------------------------------------------- */

static gboolean
read_people (UcDb *db, const char *sql, const char *name, GArray *people, GError **error)
{
  UcStmt  *stmt = uc_db_prepare (db, sql, error);
  gboolean has_row;

  if (stmt == NULL)
    return FALSE;
  uc_stmt_bind_text (stmt, ":name", name);
  do {
    if (!uc_stmt_step (stmt, &has_row, error))
      return FALSE;
    if (has_row) {
      Person person = { uc_stmt_get_int64 (stmt, 0), uc_stmt_dup_text (stmt, 1) };

      g_array_append_val (people, person);
    }
  } while (has_row);
  return TRUE;
}

/* (element-type Person) */
static GArray *
find_people (UcDb *db, const char *name, const char *my_user_id, GError **error)
{
  g_autoptr (GArray) people = g_array_new (FALSE, FALSE, sizeof (Person));
  g_autofree char *folded = fold (name);

  g_array_set_clear_func (people, person_clear);
  if (g_str_equal (folded, "me")) {
    if (!read_people (db, USER_SQL, my_user_id, people, error))
      return NULL;
    return g_steal_pointer (&people);
  }
  if (!read_people (db, USER_SQL, folded, people, error))
    return NULL;
  if (people->len == 0 && !read_people (db, USER_WORD_SQL, folded, people, error))
    return NULL;
  return g_steal_pointer (&people);
}

static gboolean
add_people (UcDb *db, GPtrArray *names, const char *my_user_id, GArray *keys, GError **error)
{
  for (guint i = 0; i < names->len; i++) {
    g_autoptr (GArray) people = find_people (db, g_ptr_array_index (names, i), my_user_id, error);

    if (people == NULL)
      return FALSE;
    for (guint j = 0; j < people->len; j++)
      g_array_append_val (keys, g_array_index (people, Person, j).key);
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
  g_autoptr (GArray) people = find_people (db, name, my_user_id, error);

  if (people == NULL)
    return FALSE;
  for (guint i = 0; i < people->len; i++) {
    if (!add_direct (db, g_array_index (people, Person, i).id, my_user_id, keys, error))
      return FALSE;
  }
  return TRUE;
}

static gboolean
is_called (UcStmt *stmt, const char *folded)
{
  g_autofree char *display_name = fold (uc_stmt_get_text (stmt, 3));

  return g_str_equal (uc_stmt_get_text (stmt, 1), folded) ||
         g_str_equal (uc_stmt_get_text (stmt, 2), folded) || g_str_equal (display_name, folded);
}

static gboolean
add_channels (UcDb *db, const char *name, GArray *keys, GError **error)
{
  g_autofree char *folded = fold (name);
  UcStmt          *stmt = uc_db_prepare (db, CHANNELS_SQL, error);
  gboolean         has_row;

  if (stmt == NULL)
    return FALSE;
  do {
    if (!uc_stmt_step (stmt, &has_row, error))
      return FALSE;
    if (has_row && is_called (stmt, folded)) {
      gint64 key = uc_stmt_get_int64 (stmt, 0);

      g_array_append_val (keys, key);
    }
  } while (has_row);
  return TRUE;
}

static gboolean
add_places (UcDb *db, GPtrArray *names, const char *my_user_id, GArray *keys, GError **error)
{
  for (guint i = 0; i < names->len; i++) {
    const char *name = g_ptr_array_index (names, i);

    if (*name == '@' ? !add_directs (db, name + 1, my_user_id, keys, error)
                     : !add_channels (db, name, keys, error))
      return FALSE;
  }
  return TRUE;
}

/* -- The whole ------------------------------------------------------------------------- */

static gboolean
find_me (UcSearchNames *self, UcDb *db, const char *my_user_id, GError **error)
{
  g_autoptr (GArray) people = find_people (db, "me", my_user_id, error);

  if (people == NULL)
    return FALSE;
  if (people->len > 0)
    self->me = g_array_index (people, Person, 0).key;
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
