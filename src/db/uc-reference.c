/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Which tables refer to which, and the SQL that finds rows by their keys and by what
 * refers to them. All of it is made from what SQLite says of the schema. */

#include "config.h"

#include "uc-db-digest.h"
#include "uc-db-private.h"
#include "uc-reference-private.h"

static const char *REFERENCES_SQL =
    "SELECT t.name, f.id, f.\"table\", f.\"from\", coalesce (f.\"to\", '')"
    "  FROM pragma_table_list t"
    "  JOIN pragma_foreign_key_list (t.name) f"
    " WHERE t.schema = 'main' AND t.type = 'table'"
    " ORDER BY t.name, f.id, f.seq";

static void
reference_free (gpointer data)
{
  UcReference *reference = data;

  g_free (reference->child);
  g_free (reference->parent);
  g_ptr_array_unref (reference->from);
  g_ptr_array_unref (reference->to);
  g_free (reference);
}

/* -- SQL that is made ------------------------------------------------------------------- */

/* "t"."a" = :key0 AND "t"."b" = :key1 */
void
_uc_reference_append_key (GString *sql, const char *alias, GStrv keys)
{
  for (gsize i = 0; keys[i] != NULL; i++) {
    g_string_append_printf (sql, "%s%s.", i > 0 ? " AND " : "", alias);
    uc_db_append_name (sql, keys[i]);
    g_string_append_printf (sql, " = :key%" G_GSIZE_FORMAT, i);
  }
}

/* c."from" = p."to" AND … */
void
_uc_reference_append_match (GString *sql, const UcReference *reference)
{
  for (guint i = 0; i < reference->from->len; i++) {
    g_string_append (sql, i > 0 ? " AND c." : "c.");
    uc_db_append_name (sql, g_ptr_array_index (reference->from, i));
    g_string_append (sql, " = p.");
    uc_db_append_name (sql, g_ptr_array_index (reference->to, i));
  }
}

GString *
_uc_reference_begin_select (GStrv keys, const char *alias, const char *table)
{
  GString *sql = g_string_new ("SELECT ");

  for (gsize i = 0; keys[i] != NULL; i++) {
    g_string_append_printf (sql, "%s%s.", i > 0 ? ", " : "", alias);
    uc_db_append_name (sql, keys[i]);
  }
  g_string_append (sql, " FROM ");
  uc_db_append_name (sql, table);
  g_string_append_printf (sql, " %s ", alias);
  return sql;
}

void
_uc_reference_bind_key (UcStmt *stmt, const char *const *key)
{
  for (gsize i = 0; key[i] != NULL; i++) {
    g_autofree char *name = g_strdup_printf (":key%" G_GSIZE_FORMAT, i);

    uc_stmt_bind_text (stmt, name, key[i]);
  }
}

/* Each row's columns as texts. */
GPtrArray *
_uc_reference_read_keys (UcStmt *stmt, gsize n_columns, GError **error)
{
  g_autoptr (GPtrArray) rows = g_ptr_array_new_with_free_func ((GDestroyNotify) g_strfreev);
  gboolean has_row;

  do {
    GStrv row;

    if (!uc_stmt_step (stmt, &has_row, error))
      return NULL;
    if (!has_row)
      continue;
    row = g_new0 (char *, n_columns + 1);
    for (gsize i = 0; i < n_columns; i++)
      row[i] = uc_stmt_dup_text (stmt, (int) i);
    g_ptr_array_add (rows, row);
  } while (has_row);
  return g_steal_pointer (&rows);
}

/* -- References ------------------------------------------------------------------------- */

static gboolean
add_reference_column (UcDb *db, GPtrArray *references, UcStmt *stmt, GError **error)
{
  UcReference *last =
      references->len > 0 ? g_ptr_array_index (references, references->len - 1) : NULL;
  g_auto (GStrv) keys = NULL;
  const char *to = uc_stmt_get_text (stmt, 4);

  if (last == NULL || last->id != uc_stmt_get_int64 (stmt, 1) ||
      !g_str_equal (last->child, uc_stmt_get_text (stmt, 0))) {
    last = g_new0 (UcReference, 1);
    last->child = uc_stmt_dup_text (stmt, 0);
    last->id = uc_stmt_get_int64 (stmt, 1);
    last->parent = uc_stmt_dup_text (stmt, 2);
    last->from = g_ptr_array_new_with_free_func (g_free);
    last->to = g_ptr_array_new_with_free_func (g_free);
    g_ptr_array_add (references, last);
  }
  /* Without a column the parent's primary key is meant. */
  if (*to == '\0') {
    keys = uc_db_list_keys (db, last->parent, error);
    if (keys == NULL)
      return FALSE;
    if (last->to->len < g_strv_length (keys))
      to = keys[last->to->len];
  }
  g_ptr_array_add (last->from, uc_stmt_dup_text (stmt, 3));
  g_ptr_array_add (last->to, g_strdup (to));
  return TRUE;
}

GPtrArray *
_uc_reference_load_all (UcDb *db, GError **error)
{
  g_autoptr (GPtrArray) references = g_ptr_array_new_with_free_func (reference_free);
  g_autoptr (UcStmt) stmt = _uc_stmt_new (db, REFERENCES_SQL, error);
  gboolean has_row;

  if (stmt == NULL)
    return NULL;
  do {
    if (!uc_stmt_step (stmt, &has_row, error) ||
        (has_row && !add_reference_column (db, references, stmt, error)))
      return NULL;
  } while (has_row);
  return g_steal_pointer (&references);
}
