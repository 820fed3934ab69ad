/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What a database holds, table by table, for those who look after it. */

#include "config.h"

#include "uc-db-private.h"

static void
table_count_free (gpointer data)
{
  UcTableCount *count = data;

  g_free (count->name);
  g_free (count);
}

static gboolean
count_rows (UcDb *self, UcTableCount *count, GError **error)
{
  g_auto (GStrv) parts = g_strsplit (count->name, "\"", -1);
  g_autofree char *quoted = g_strjoinv ("\"\"", parts);
  g_autofree char *sql = g_strdup_printf ("SELECT count (*) FROM \"%s\"", quoted);

  return _uc_db_query_int64 (self, sql, &count->n_rows, error);
}

/**
 * uc_db_count_tables:
 * @self: a connection
 *
 * Returns: (transfer full) (element-type UcTableCount): ordinary tables of the file's
 *   own by name, each with its number of rows; none that stands behind an index
 */
GPtrArray *
uc_db_count_tables (UcDb *self, GError **error)
{
  g_autoptr (GPtrArray) counts = g_ptr_array_new_with_free_func (table_count_free);
  UcStmt  *stmt = uc_db_prepare (self,
                                 "SELECT name FROM pragma_table_list"
                                  " WHERE schema = 'main' AND type = 'table'"
                                  "   AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\'"
                                  " ORDER BY name",
                                 error);
  gboolean has_row = TRUE;

  if (stmt == NULL)
    return NULL;
  while (has_row) {
    if (!uc_stmt_step (stmt, &has_row, error))
      return NULL;
    if (has_row) {
      UcTableCount *count = g_new0 (UcTableCount, 1);

      count->name = uc_stmt_dup_text (stmt, 0);
      g_ptr_array_add (counts, count);
    }
  }
  for (guint i = 0; i < counts->len; i++) {
    if (!count_rows (self, g_ptr_array_index (counts, i), error))
      return NULL;
  }
  return g_steal_pointer (&counts);
}
