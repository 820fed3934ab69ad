/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Between rows and records: the few steps that every family of tables takes. */

#include "config.h"

#include "uc-row-private.h"

void
_uc_row_take_text (UcStmt *stmt, int column, char **field)
{
  g_free (*field);
  *field = uc_stmt_dup_text (stmt, column);
}

void
_uc_row_take_nullable (UcStmt *stmt, int column, char **field)
{
  g_free (*field);
  *field = uc_stmt_is_null (stmt, column) ? NULL : uc_stmt_dup_text (stmt, column);
}

void
_uc_row_bind_nullable (UcStmt *stmt, const char *name, const char *value)
{
  if (value == NULL)
    uc_stmt_bind_null (stmt, name);
  else
    uc_stmt_bind_text (stmt, name, value);
}

gboolean
_uc_row_find (UcDb       *db,
              const char *sql,
              const char *name,
              const char *text,
              gint64     *value,
              GError    **error)
{
  UcStmt  *stmt = uc_db_prepare (db, sql, error);
  gboolean has_row;

  *value = 0;
  if (stmt == NULL)
    return FALSE;
  uc_stmt_bind_text (stmt, name, text);
  if (!uc_stmt_step (stmt, &has_row, error))
    return FALSE;
  if (has_row)
    *value = uc_stmt_get_int64 (stmt, 0);
  uc_stmt_reset (stmt);
  return TRUE;
}

gboolean
_uc_row_run (UcDb *db, const char *sql, const char *name, const char *text, GError **error)
{
  UcStmt *stmt = uc_db_prepare (db, sql, error);

  if (stmt == NULL)
    return FALSE;
  uc_stmt_bind_text (stmt, name, text);
  return uc_stmt_run (stmt, error);
}

gboolean
_uc_row_run_int64 (UcDb *db, const char *sql, const char *name, gint64 value, GError **error)
{
  UcStmt *stmt = uc_db_prepare (db, sql, error);

  if (stmt == NULL)
    return FALSE;
  uc_stmt_bind_int64 (stmt, name, value);
  return uc_stmt_run (stmt, error);
}

GPtrArray *
_uc_row_list (UcDb *db, const char *sql, const char *name, const char *text, GError **error)
{
  g_autoptr (GPtrArray) list = g_ptr_array_new_with_free_func (g_free);
  UcStmt  *stmt = uc_db_prepare (db, sql, error);
  gboolean has_row;

  if (stmt == NULL)
    return NULL;
  if (name != NULL)
    uc_stmt_bind_text (stmt, name, text);
  do {
    if (!uc_stmt_step (stmt, &has_row, error))
      return NULL;
    if (has_row)
      g_ptr_array_add (list, uc_stmt_dup_text (stmt, 0));
  } while (has_row);
  return g_steal_pointer (&list);
}
