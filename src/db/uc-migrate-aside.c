/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The log of a migration: its steps, and the records that could not be carried over.
 * Such a record leaves its table with all its content, value by value as SQLite had
 * it, together with whatever refers to it; nothing is thrown away. It knows no table
 * of the program by name. */

#include "config.h"

#include "uc-db-digest.h"
#include "uc-db-private.h"
#include "uc-error.h"
#include "uc-migrate-private.h"
#include "uc-reference-private.h"

#include <glib/gi18n-lib.h>

/* What ran, with the digest of its text, how far the one under way is, and which
 * program it was; a backup is named until the content has been compared with it. */
static const char *LOG_SQL = "CREATE TABLE IF NOT EXISTS schema_steps ("
                             "  version        INTEGER PRIMARY KEY,"
                             "  name           TEXT    NOT NULL,"
                             "  sha256         TEXT    NOT NULL,"
                             "  started_at_ms  INTEGER NOT NULL,"
                             "  finished_at_ms INTEGER NOT NULL DEFAULT 0,"
                             "  cursor         INTEGER NOT NULL DEFAULT 0,"
                             "  backup         TEXT    NOT NULL DEFAULT '',"
                             "  program        TEXT    NOT NULL DEFAULT '');"
                             "CREATE TABLE IF NOT EXISTS migration_error ("
                             "  number     INTEGER PRIMARY KEY,"
                             "  version    INTEGER NOT NULL,"
                             "  step       TEXT    NOT NULL,"
                             "  table_name TEXT    NOT NULL,"
                             "  record     TEXT    NOT NULL,"
                             "  reason     TEXT    NOT NULL,"
                             "  at_ms      INTEGER NOT NULL);"
                             "CREATE TABLE IF NOT EXISTS migration_aside ("
                             "  number INTEGER NOT NULL REFERENCES migration_error"
                             "                 ON DELETE CASCADE,"
                             "  name   TEXT    NOT NULL,"
                             "  value,"
                             "  PRIMARY KEY (number, name)"
                             ") WITHOUT ROWID";
static const char *KNOWS_PROGRAM_SQL =
    "SELECT count (*) FROM pragma_table_info ('schema_steps') WHERE name = 'program'";
static const char *ADD_PROGRAM_SQL =
    "ALTER TABLE schema_steps ADD COLUMN program TEXT NOT NULL DEFAULT ''";
static const char *NOTE_SQL =
    "INSERT INTO migration_error (version, step, table_name, record, reason, at_ms)"
    " SELECT version, name, :table, :record, :reason, :now"
    "   FROM schema_steps WHERE finished_at_ms = 0";
gboolean
_uc_migrate_make_log (UcDb *db, GError **error)
{
  gint64 knows_program = 0;

  return uc_db_exec (db, LOG_SQL, error) &&
         _uc_db_query_int64 (db, KNOWS_PROGRAM_SQL, &knows_program, error) &&
         (knows_program != 0 || uc_db_exec (db, ADD_PROGRAM_SQL, error));
}

/* -- Putting aside ---------------------------------------------------------------------- */

static gboolean
note (UcDb *db, const char *table, const char *record, const char *reason, GError **error)
{
  UcStmt *stmt = uc_db_prepare (db, NOTE_SQL, error);

  if (stmt == NULL)
    return FALSE;
  uc_stmt_bind_text (stmt, ":table", table);
  uc_stmt_bind_text (stmt, ":record", record);
  uc_stmt_bind_text (stmt, ":reason", reason);
  uc_stmt_bind_int64 (stmt, ":now", g_get_real_time () / 1000);
  if (!uc_stmt_run (stmt, error))
    return FALSE;
  if (uc_db_get_changes (db) == 1)
    return TRUE;
  g_set_error (error, UC_ERROR, UC_ERROR_STORAGE, "no step is under way");
  return FALSE;
}

/* SQLite's own values go over, so that the digest of the record stays what it was. */
static gboolean
keep_value (UcDb              *db,
            gint64             number,
            const char        *table,
            const char        *column,
            GStrv              keys,
            const char *const *key,
            GError           **error)
{
  g_autoptr (GString) sql = g_string_new ("INSERT INTO migration_aside SELECT :number, :name, t.");
  g_autoptr (UcStmt) stmt = NULL;

  uc_db_append_name (sql, column);
  g_string_append (sql, " FROM ");
  uc_db_append_name (sql, table);
  g_string_append (sql, " t WHERE ");
  _uc_reference_append_key (sql, "t", keys);
  stmt = _uc_stmt_new (db, sql->str, error);
  if (stmt == NULL)
    return FALSE;
  uc_stmt_bind_int64 (stmt, ":number", number);
  uc_stmt_bind_text (stmt, ":name", column);
  _uc_reference_bind_key (stmt, key);
  return uc_stmt_run (stmt, error);
}

static gboolean
keep_content (UcDb *db, const char *table, GStrv keys, const char *const *key, GError **error)
{
  g_auto (GStrv) columns = uc_db_list_columns (db, table, error);
  gint64 number = uc_db_get_last_rowid (db);

  if (columns == NULL)
    return FALSE;
  for (gsize i = 0; columns[i] != NULL; i++) {
    if (!keep_value (db, number, table, columns[i], keys, key, error))
      return FALSE;
  }
  return TRUE;
}

static gboolean
remove_record (UcDb *db, const char *table, GStrv keys, const char *const *key, GError **error)
{
  g_autoptr (GString) sql = g_string_new ("DELETE FROM ");
  g_autoptr (UcStmt) stmt = NULL;

  uc_db_append_name (sql, table);
  g_string_append (sql, " AS t WHERE ");
  _uc_reference_append_key (sql, "t", keys);
  stmt = _uc_stmt_new (db, sql->str, error);
  if (stmt == NULL)
    return FALSE;
  _uc_reference_bind_key (stmt, key);
  return uc_stmt_run (stmt, error);
}

static gboolean
has_record (UcDb              *db,
            const char        *table,
            GStrv              keys,
            const char *const *key,
            gboolean          *has,
            GError           **error)
{
  g_autoptr (GString) sql = _uc_reference_begin_select (keys, "t", table);
  g_autoptr (UcStmt) stmt = NULL;

  g_string_append (sql, "WHERE ");
  _uc_reference_append_key (sql, "t", keys);
  stmt = _uc_stmt_new (db, sql->str, error);
  if (stmt == NULL)
    return FALSE;
  _uc_reference_bind_key (stmt, key);
  return uc_stmt_step (stmt, has, error);
}

/* The keys of what refers to the record by way of @reference. */
static GPtrArray *
read_children (UcDb              *db,
               const UcReference *reference,
               GStrv              child_keys,
               GStrv              keys,
               const char *const *key,
               GError           **error)
{
  g_autoptr (GString) sql = _uc_reference_begin_select (child_keys, "c", reference->child);
  g_autoptr (UcStmt) stmt = NULL;

  g_string_append (sql, "JOIN ");
  uc_db_append_name (sql, reference->parent);
  g_string_append (sql, " p ON ");
  _uc_reference_append_match (sql, reference);
  g_string_append (sql, " WHERE ");
  _uc_reference_append_key (sql, "p", keys);
  stmt = _uc_stmt_new (db, sql->str, error);
  if (stmt == NULL)
    return NULL;
  _uc_reference_bind_key (stmt, key);
  return _uc_reference_read_keys (stmt, g_strv_length (child_keys), error);
}

static gboolean
put_children_aside (UcDb              *db,
                    GPtrArray         *references,
                    const char        *table,
                    GStrv              keys,
                    const char *const *key,
                    const char        *record,
                    GError           **error)
{
  g_autofree char *reason =
      g_strdup_printf (_ ("It belongs to “%s” of “%s”, which was put aside"), record, table);

  for (guint i = 0; i < references->len; i++) {
    const UcReference *reference = g_ptr_array_index (references, i);
    g_auto (GStrv) child_keys = NULL;
    g_autoptr (GPtrArray) children = NULL;

    if (!g_str_equal (reference->parent, table))
      continue;
    child_keys = uc_db_list_keys (db, reference->child, error);
    if (child_keys == NULL)
      return FALSE;
    children = read_children (db, reference, child_keys, keys, key, error);
    if (children == NULL)
      return FALSE;
    for (guint j = 0; j < children->len; j++) {
      const char *const *child = g_ptr_array_index (children, j);

      /* A record may refer to itself. */
      if (g_str_equal (reference->child, table) && g_strv_equal (child, key))
        continue;
      if (!_uc_migrate_put_aside (db, references, reference->child, child, reason, error))
        return FALSE;
    }
  }
  return TRUE;
}

gboolean
_uc_migrate_put_aside (UcDb              *db,
                       GPtrArray         *references,
                       const char        *table,
                       const char *const *key,
                       const char        *reason,
                       GError           **error)
{
  g_auto (GStrv) keys = uc_db_list_keys (db, table, error);
  g_autofree char *record = g_strjoinv (" ", (GStrv) key);
  gboolean         has = FALSE;

  if (keys == NULL)
    return FALSE;
  g_return_val_if_fail (g_strv_length (keys) == g_strv_length ((GStrv) key), FALSE);

  if (!has_record (db, table, keys, key, &has, error))
    return FALSE;
  /* Two ways may lead to the same record. */
  if (!has)
    return TRUE;
  return put_children_aside (db, references, table, keys, key, record, error) &&
         note (db, table, record, reason, error) && keep_content (db, table, keys, key, error) &&
         remove_record (db, table, keys, key, error);
}

gboolean
uc_migrate_put_aside (UcDb              *db,
                      const char        *table,
                      const char *const *key,
                      const char        *reason,
                      GError           **error)
{
  g_autoptr (GPtrArray) references = _uc_reference_load_all (db, error);

  return references != NULL && _uc_migrate_put_aside (db, references, table, key, reason, error);
}
