/* SPDX-License-Identifier: GPL-3.0-or-later */

/* One's preferences on the server. Some of them are marks on channels and messages,
 * which then look different. */

#include "config.h"

#include "uc-store-preferences-private.h"

#include "uc-row-private.h"
#include "uc-store-messages-private.h"

static const char *ALL_SQL =
    "SELECT user_id, category, name, value FROM preferences ORDER BY category, name";
static const char *PUT_SQL = "INSERT INTO preferences (category, name, value, user_id)"
                             " VALUES (:category, :name, :value, :user_id)"
                             " ON CONFLICT (category, name) DO UPDATE"
                             "   SET value = excluded.value, user_id = excluded.user_id"
                             " WHERE value <> excluded.value";
static const char *REMOVE_SQL =
    "DELETE FROM preferences WHERE category = :category AND name = :name";
static const char *DIRECT_SQL =
    "SELECT id FROM channels WHERE type = 3 AND name IN (:one, :other) ORDER BY channel";

GPtrArray *
_uc_preferences_load (UcDb *db, GError **error)
{
  g_autoptr (GPtrArray) list =
      g_ptr_array_new_with_free_func ((GDestroyNotify) uc_preference_unref);
  UcStmt  *stmt = uc_db_prepare (db, ALL_SQL, error);
  gboolean has_row;

  if (stmt == NULL)
    return NULL;
  do {
    if (!uc_stmt_step (stmt, &has_row, error))
      return NULL;
    if (has_row)
      g_ptr_array_add (list,
                       uc_preference_new (uc_stmt_get_text (stmt, 0), uc_stmt_get_text (stmt, 1),
                                          uc_stmt_get_text (stmt, 2), uc_stmt_get_text (stmt, 3)));
  } while (has_row);
  return g_steal_pointer (&list);
}

static gboolean
record_direct (UcWrite *write, UcPreference *preference, GError **error)
{
  g_autofree char *one = g_strconcat (preference->user_id, "__", preference->name, NULL);
  g_autofree char *other = g_strconcat (preference->name, "__", preference->user_id, NULL);
  UcStmt          *stmt = uc_db_prepare (write->db, DIRECT_SQL, error);
  gboolean         has_row;

  if (stmt == NULL)
    return FALSE;
  uc_stmt_bind_text (stmt, ":one", one);
  uc_stmt_bind_text (stmt, ":other", other);
  do {
    if (!uc_stmt_step (stmt, &has_row, error))
      return FALSE;
    if (has_row)
      _uc_recorder_channel (write->recorder, uc_stmt_get_text (stmt, 0));
  } while (has_row);
  return TRUE;
}

static gboolean
record (UcWrite *write, UcPreference *preference, GError **error)
{
  gint64 seq;

  _uc_recorder_preferences (write->recorder);
  if (g_str_equal (preference->category, "favorite_channel") ||
      g_str_equal (preference->category, "group_channel_show"))
    _uc_recorder_channel (write->recorder, preference->name);
  else if (g_str_equal (preference->category, "direct_channel_show"))
    return record_direct (write, preference, error);
  else if (g_str_equal (preference->category, "flagged_post")) {
    if (!_uc_message_find (write->db, preference->name, &seq, error))
      return FALSE;
    if (seq != 0)
      _uc_recorder_message_changed (write->recorder, seq);
  }
  return TRUE;
}

gboolean
_uc_preference_put (UcWrite *write, UcPreference *preference, GError **error)
{
  UcStmt *stmt = uc_db_prepare (write->db, PUT_SQL, error);

  if (stmt == NULL)
    return FALSE;
  uc_stmt_bind_text (stmt, ":category", preference->category);
  uc_stmt_bind_text (stmt, ":name", preference->name);
  uc_stmt_bind_text (stmt, ":value", preference->value);
  uc_stmt_bind_text (stmt, ":user_id", preference->user_id);
  return uc_stmt_run (stmt, error) &&
         (uc_db_get_changes (write->db) == 0 || record (write, preference, error));
}

gboolean
_uc_preference_remove (UcWrite *write, UcPreference *preference, GError **error)
{
  UcStmt *stmt = uc_db_prepare (write->db, REMOVE_SQL, error);

  if (stmt == NULL)
    return FALSE;
  uc_stmt_bind_text (stmt, ":category", preference->category);
  uc_stmt_bind_text (stmt, ":name", preference->name);
  return uc_stmt_run (stmt, error) &&
         (uc_db_get_changes (write->db) == 0 || record (write, preference, error));
}

static char *
dup_key (UcPreference *preference)
{
  return g_strdup_printf ("%s\n%s", preference->category, preference->name);
}

gboolean
_uc_op_replace_preferences (UcWrite *write, const UcOp *op, GError **error)
{
  GPtrArray *list = op->record;
  g_autoptr (GPtrArray) old = _uc_preferences_load (write->db, error);
  g_autoptr (GHashTable) kept = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  if (old == NULL)
    return FALSE;
  for (guint i = 0; i < list->len; i++) {
    UcPreference *preference = g_ptr_array_index (list, i);

    if (!_uc_preference_put (write, preference, error))
      return FALSE;
    g_hash_table_add (kept, dup_key (preference));
  }
  for (guint i = 0; i < old->len; i++) {
    UcPreference    *preference = g_ptr_array_index (old, i);
    g_autofree char *key = dup_key (preference);

    if (!g_hash_table_contains (kept, key) && !_uc_preference_remove (write, preference, error))
      return FALSE;
  }
  return TRUE;
}

gboolean
_uc_op_put_preference (UcWrite *write, const UcOp *op, GError **error)
{
  return _uc_preference_put (write, op->record, error);
}

gboolean
_uc_op_remove_preference (UcWrite *write, const UcOp *op, GError **error)
{
  return _uc_preference_remove (write, op->record, error);
}
