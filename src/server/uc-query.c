/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The shapes a query of the server takes: what is around prepare, bind and step, so
 * that a table's file holds its SQL and its columns and little else. */

#include "config.h"

#include "uc-query.h"

static UcStmt *
prepare (UcDb *db, const char *sql, const UcBind *binds, GError **error)
{
  UcStmt *stmt = uc_db_prepare (db, sql, error);

  if (stmt == NULL)
    return NULL;
  for (; binds->name != NULL; binds++) {
    if (binds->text != NULL)
      uc_stmt_bind_text (stmt, binds->name, binds->text);
    else
      uc_stmt_bind_int64 (stmt, binds->name, binds->number);
  }
  return stmt;
}

/**
 * uc_query_run:
 *
 * For writes.
 */
gboolean
uc_query_run (UcDb *db, const char *sql, const UcBind *binds, GError **error)
{
  UcStmt *stmt = prepare (db, sql, binds, error);

  return stmt != NULL && uc_stmt_run (stmt, error);
}

/**
 * uc_query_number:
 * @number: (out): the first column of the first row, 0 when there is none
 */
gboolean
uc_query_number (UcDb *db, const char *sql, const UcBind *binds, gint64 *number, GError **error)
{
  UcStmt  *stmt = prepare (db, sql, binds, error);
  gboolean has_row = FALSE;

  *number = 0;
  if (stmt == NULL || !uc_stmt_step (stmt, &has_row, error))
    return FALSE;
  if (has_row)
    *number = uc_stmt_get_int64 (stmt, 0);
  uc_stmt_reset (stmt);
  return TRUE;
}

/**
 * uc_query_one:
 * @record: (out) (transfer full) (nullable): made of the first row; %NULL when there
 *   is none, which is no error
 */
gboolean
uc_query_one (UcDb         *db,
              const char   *sql,
              const UcBind *binds,
              UcRowFunc     read_row,
              gpointer     *record,
              GError      **error)
{
  UcStmt  *stmt = prepare (db, sql, binds, error);
  gboolean has_row = FALSE;

  *record = NULL;
  if (stmt == NULL || !uc_stmt_step (stmt, &has_row, error))
    return FALSE;
  if (has_row)
    *record = read_row (stmt);
  uc_stmt_reset (stmt);
  return TRUE;
}

/**
 * uc_query_rows:
 *
 * Returns: (transfer full) (nullable): a record for each row
 */
GPtrArray *
uc_query_rows (UcDb          *db,
               const char    *sql,
               const UcBind  *binds,
               UcRowFunc      read_row,
               GDestroyNotify free_row,
               GError       **error)
{
  g_autoptr (GPtrArray) rows = g_ptr_array_new_with_free_func (free_row);
  UcStmt  *stmt = prepare (db, sql, binds, error);
  gboolean has_row = TRUE;

  if (stmt == NULL)
    return NULL;
  while (uc_stmt_step (stmt, &has_row, error)) {
    if (!has_row)
      return g_steal_pointer (&rows);
    g_ptr_array_add (rows, read_row (stmt));
  }
  return NULL;
}

static gpointer
read_text (UcStmt *stmt)
{
  return uc_stmt_dup_text (stmt, 0);
}

/**
 * uc_query_texts:
 *
 * Returns: (transfer full) (element-type utf8) (nullable): the first column
 */
GPtrArray *
uc_query_texts (UcDb *db, const char *sql, const UcBind *binds, GError **error)
{
  return uc_query_rows (db, sql, binds, read_text, g_free, error);
}
