/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What a migration tells of itself: the tables it compared, and the log of records
 * that could not be carried over, with what they held. */

#include "config.h"

#include "uc-migrate-report.h"

#include "uc-db-private.h"

static const char *HAS_LOG_SQL =
    "SELECT count (*) FROM sqlite_schema WHERE name = 'migration_error'";
static const char *ERRORS_SQL =
    "SELECT number, version, step, table_name, record, reason, at_ms FROM migration_error"
    " ORDER BY number";
static const char *VALUES_SQL =
    "SELECT name, quote (value) FROM migration_aside WHERE number = :number ORDER BY name";

static void
table_free (gpointer data)
{
  UcMigrateTable *table = data;

  g_free (table->name);
  g_free (table);
}

static void
error_free (gpointer data)
{
  UcMigrateError *entry = data;

  g_free (entry->step);
  g_free (entry->table);
  g_free (entry->record);
  g_free (entry->reason);
  g_strfreev (entry->columns);
  g_strfreev (entry->values);
  g_free (entry);
}

/**
 * uc_migrate_report_new:
 *
 * Returns: (transfer full): an empty one, to be handed to uc_migrate()
 */
UcMigrateReport *
uc_migrate_report_new (void)
{
  UcMigrateReport *self = g_new0 (UcMigrateReport, 1);

  self->steps = g_ptr_array_new_with_free_func (g_free);
  self->tables = g_ptr_array_new_with_free_func (table_free);
  return self;
}

void
uc_migrate_report_free (UcMigrateReport *self)
{
  if (self == NULL)
    return;
  g_free (self->backup_path);
  g_ptr_array_unref (self->steps);
  g_ptr_array_unref (self->tables);
  g_free (self);
}

static UcMigrateError *
read_error (UcStmt *stmt)
{
  UcMigrateError *entry = g_new0 (UcMigrateError, 1);

  entry->number = uc_stmt_get_int64 (stmt, 0);
  entry->version = (int) uc_stmt_get_int64 (stmt, 1);
  entry->step = uc_stmt_dup_text (stmt, 2);
  entry->table = uc_stmt_dup_text (stmt, 3);
  entry->record = uc_stmt_dup_text (stmt, 4);
  entry->reason = uc_stmt_dup_text (stmt, 5);
  entry->at_ms = uc_stmt_get_int64 (stmt, 6);
  return entry;
}

static gboolean
read_values (UcDb *db, UcMigrateError *entry, GError **error)
{
  g_autoptr (GStrvBuilder) columns = g_strv_builder_new ();
  g_autoptr (GStrvBuilder) values = g_strv_builder_new ();
  UcStmt  *stmt = uc_db_prepare (db, VALUES_SQL, error);
  gboolean has_row;

  if (stmt == NULL)
    return FALSE;
  uc_stmt_bind_int64 (stmt, ":number", entry->number);
  do {
    if (!uc_stmt_step (stmt, &has_row, error))
      return FALSE;
    if (has_row) {
      g_strv_builder_add (columns, uc_stmt_get_text (stmt, 0));
      g_strv_builder_add (values, uc_stmt_get_text (stmt, 1));
    }
  } while (has_row);
  entry->columns = g_strv_builder_end (columns);
  entry->values = g_strv_builder_end (values);
  return TRUE;
}

/**
 * uc_migrate_load_errors:
 *
 * Returns: (transfer full) (element-type UcMigrateError): the log, empty when there is
 *   none; %UC_ERROR_STORAGE
 */
GPtrArray *
uc_migrate_load_errors (UcDb *db, GError **error)
{
  g_autoptr (GPtrArray) entries = g_ptr_array_new_with_free_func (error_free);
  gint64   has_log = 0;
  UcStmt  *stmt;
  gboolean has_row;

  if (!_uc_db_query_int64 (db, HAS_LOG_SQL, &has_log, error))
    return NULL;
  if (has_log == 0)
    return g_steal_pointer (&entries);
  stmt = uc_db_prepare (db, ERRORS_SQL, error);
  if (stmt == NULL)
    return NULL;
  do {
    if (!uc_stmt_step (stmt, &has_row, error))
      return NULL;
    if (has_row)
      g_ptr_array_add (entries, read_error (stmt));
  } while (has_row);
  for (guint i = 0; i < entries->len; i++) {
    if (!read_values (db, g_ptr_array_index (entries, i), error))
      return NULL;
  }
  return g_steal_pointer (&entries);
}
