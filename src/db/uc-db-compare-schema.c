/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What two databases are made of: tables with their columns, indexes, triggers and
 * views, each as a line of text, compared by name. */

#include "config.h"

#include "uc-db-compare-private.h"

#include "uc-db-private.h"

#include <string.h>

/* What stands behind a virtual table, and what SQLite makes for itself, is not listed. */
#define OWN_TABLES                                                                                 \
  " FROM pragma_table_list t"                                                                      \
  " WHERE t.schema = 'main' AND t.type IN ('table', 'virtual')"                                    \
  "   AND t.name NOT LIKE 'sqlite\\_%' ESCAPE '\\'"

/* Name, table it belongs to, definition. A table is described by what its columns do
 * not tell. */
static const char *const PART_SQL[] = {
  [UC_SCHEMA_TABLE] =
      "SELECT t.name, t.name,"
      "       CASE WHEN t.type = 'virtual'"
      "            THEN (SELECT s.sql FROM sqlite_schema s"
      "                   WHERE s.type = 'table' AND s.name = t.name)"
      "            ELSE 'TABLE' || CASE WHEN t.wr THEN ' WITHOUT ROWID' ELSE '' END"
      "                 || CASE WHEN t.strict THEN ' STRICT' ELSE '' END"
      "                 || coalesce ((SELECT group_concat (' ' || k.key, '')"
      "                                 FROM (SELECT f.\"from\" || ' -> ' || f.\"table\" || ' '"
      "                                              || f.on_update || ' ' || f.on_delete AS key"
      "                                         FROM pragma_foreign_key_list (t.name) f"
      "                                        ORDER BY f.\"from\", f.\"table\") k), '')"
      "       END" OWN_TABLES " ORDER BY t.name",
  [UC_SCHEMA_COLUMN] =
      "SELECT t.name || '.' || c.name, t.name,"
      "       c.type || CASE WHEN c.pk > 0 THEN ' PRIMARY KEY ' || c.pk ELSE '' END"
      "       || CASE WHEN c.\"notnull\" THEN ' NOT NULL' ELSE '' END"
      "       || coalesce (' DEFAULT ' || c.dflt_value, '')"
      "  FROM pragma_table_list t JOIN pragma_table_xinfo (t.name) c"
      " WHERE t.schema = 'main' AND t.type = 'table'"
      "   AND t.name NOT LIKE 'sqlite\\_%' ESCAPE '\\'"
      " ORDER BY t.name || '.' || c.name",
  /* Without SQL: made for a constraint, which the name numbers. */
  [UC_SCHEMA_INDEX] =
      "SELECT i.name, i.tbl_name,"
      "       coalesce (i.sql, (SELECT 'UNIQUE (' || group_concat (x.name, ', ') || ')'"
      "                           FROM (SELECT name FROM pragma_index_info (i.name)"
      "                                  ORDER BY seqno) x))"
      "  FROM sqlite_schema i JOIN pragma_table_list t ON t.name = i.tbl_name"
      " WHERE i.type = 'index' AND t.schema = 'main' AND t.type = 'table'"
      " ORDER BY i.name",
  [UC_SCHEMA_TRIGGER] =
      "SELECT name, tbl_name, sql FROM sqlite_schema WHERE type = 'trigger' ORDER BY name",
  [UC_SCHEMA_VIEW] = "SELECT name, name, sql FROM sqlite_schema WHERE type = 'view' ORDER BY name",
};

void
_uc_schema_difference_free (gpointer data)
{
  UcSchemaDifference *difference = data;

  g_free (difference->table);
  g_free (difference->name);
  g_free (difference->a);
  g_free (difference->b);
  g_free (difference);
}

/* How a definition is laid out on the page does not matter. */
static char *
dup_folded (const char *sql)
{
  GString *text = g_string_new (NULL);

  for (const char *p = sql; *p != '\0'; p++) {
    if (!g_ascii_isspace (*p))
      g_string_append_c (text, *p);
    else if (text->len > 0 && !g_ascii_isspace (p[1]) && p[1] != '\0')
      g_string_append_c (text, ' ');
  }
  return g_string_free (text, FALSE);
}

static GPtrArray *
read_parts (UcDb *db, UcSchemaPart part, GError **error)
{
  g_autoptr (GPtrArray) parts = g_ptr_array_new_with_free_func (_uc_schema_difference_free);
  g_autoptr (UcStmt) stmt = _uc_stmt_new (db, PART_SQL[part], error);
  gboolean has_row;

  if (stmt == NULL)
    return NULL;
  do {
    UcSchemaDifference *found;

    if (!uc_stmt_step (stmt, &has_row, error))
      return NULL;
    if (!has_row)
      continue;
    found = g_new0 (UcSchemaDifference, 1);
    found->part = part;
    found->name = uc_stmt_dup_text (stmt, 0);
    found->table = uc_stmt_dup_text (stmt, 1);
    found->a = dup_folded (uc_stmt_get_text (stmt, 2));
    g_ptr_array_add (parts, found);
  } while (has_row);
  return g_steal_pointer (&parts);
}

static UcSchemaDifference *
peek (GPtrArray *parts, guint index)
{
  return index < parts->len ? g_ptr_array_index (parts, index) : NULL;
}

/* Both lists are in the order of strcmp(); what stays alone moves to @differences. */
static void
merge (GPtrArray *a, GPtrArray *b, GPtrArray *differences)
{
  guint i = 0;
  guint j = 0;

  while (i < a->len || j < b->len) {
    UcSchemaDifference *left = peek (a, i);
    UcSchemaDifference *right = peek (b, j);
    int order = left == NULL ? 1 : right == NULL ? -1 : strcmp (left->name, right->name);
    UcSchemaDifference *found;

    i += order <= 0;
    j += order >= 0;
    if (order == 0 && strcmp (left->a, right->a) == 0)
      continue;
    found = g_memdup2 (order <= 0 ? left : right, sizeof *found);
    found->difference = order < 0   ? UC_DIFFERENCE_ONLY_A
                        : order > 0 ? UC_DIFFERENCE_ONLY_B
                                    : UC_DIFFERENCE_CHANGED;
    found->name = g_strdup (found->name);
    found->table = g_strdup (found->table);
    found->a = order <= 0 ? g_strdup (left->a) : NULL;
    found->b = order >= 0 ? g_strdup (right->a) : NULL;
    g_ptr_array_add (differences, found);
  }
}

static gboolean
is_table_missing (GPtrArray *differences, const char *table)
{
  for (guint i = 0; i < differences->len; i++) {
    const UcSchemaDifference *found = g_ptr_array_index (differences, i);

    if (found->part == UC_SCHEMA_TABLE && found->difference != UC_DIFFERENCE_CHANGED &&
        strcmp (found->table, table) == 0)
      return TRUE;
  }
  return FALSE;
}

/* A table that is missing lacks all that belongs to it: that goes without saying. */
static void
drop_implied (GPtrArray *differences)
{
  for (guint i = differences->len; i > 0; i--) {
    const UcSchemaDifference *found = g_ptr_array_index (differences, i - 1);

    if (found->part != UC_SCHEMA_TABLE && found->part != UC_SCHEMA_VIEW &&
        is_table_missing (differences, found->table))
      g_ptr_array_remove_index (differences, i - 1);
  }
}

gboolean
_uc_db_compare_schema (UcDb *a, UcDb *b, GPtrArray *differences, GError **error)
{
  for (guint part = 0; part < G_N_ELEMENTS (PART_SQL); part++) {
    g_autoptr (GPtrArray) left = read_parts (a, (UcSchemaPart) part, error);
    g_autoptr (GPtrArray) right = left != NULL ? read_parts (b, (UcSchemaPart) part, error) : NULL;

    if (right == NULL)
      return FALSE;
    merge (left, right, differences);
  }
  drop_implied (differences);
  return TRUE;
}
