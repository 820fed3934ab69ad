/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Whether a migration kept what was there: counts and a digest of every table that
 * both sides have, then references and integrity. Also the backups themselves: the
 * room they need, their names, how many stay. */

#include "config.h"

#include "uc-db-private.h"
#include "uc-error.h"
#include "uc-migrate-private.h"

#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>
#include <string.h>

#define N_BACKUPS     3
#define BACKUP_SUFFIX ".backup"
#define STEPS_TABLE   "schema_steps"
#define ROOM_FACTOR   2.2

/* Tables of ours: no virtual ones and none that stand behind those. */
static const char *TABLES_SQL = "SELECT name FROM pragma_table_list"
                                " WHERE schema = 'main' AND type = 'table'"
                                "   AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\'"
                                " ORDER BY name";
static const char *COLUMNS_SQL = "SELECT name FROM pragma_table_info (:table) ORDER BY name";

typedef struct {
  guint64 n_rows;
  guint64 sum;
} Digest;

static GPtrArray *
read_names (UcDb *db, const char *sql, const char *table, GError **error)
{
  g_autoptr (GPtrArray) names = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (UcStmt) stmt = _uc_stmt_new (db, sql, error);
  gboolean has_row;

  if (stmt == NULL)
    return NULL;
  if (table != NULL)
    uc_stmt_bind_text (stmt, ":table", table);
  do {
    if (!uc_stmt_step (stmt, &has_row, error))
      return NULL;
    if (has_row)
      g_ptr_array_add (names, uc_stmt_dup_text (stmt, 0));
  } while (has_row);
  return g_steal_pointer (&names);
}

static void
append_quoted (GString *sql, const char *name)
{
  g_string_append_c (sql, '"');
  for (const char *p = name; *p != '\0'; p++) {
    if (*p == '"')
      g_string_append_c (sql, '"');
    g_string_append_c (sql, *p);
  }
  g_string_append_c (sql, '"');
}

/* NULL when the tables have no column in common. */
static char *
dup_select (GPtrArray *columns, GPtrArray *other_columns, const char *table)
{
  g_autoptr (GString) sql = g_string_new (NULL);

  for (guint i = 0; i < columns->len; i++) {
    const char *column = g_ptr_array_index (columns, i);

    if (!g_ptr_array_find_with_equal_func (other_columns, column, g_str_equal, NULL))
      continue;
    g_string_append (sql, sql->len == 0 ? "SELECT " : ", ");
    append_quoted (sql, column);
  }
  if (sql->len == 0)
    return NULL;
  g_string_append (sql, " FROM ");
  append_quoted (sql, table);
  return g_string_free (g_steal_pointer (&sql), FALSE);
}

static void
update_with_column (GChecksum *checksum, sqlite3_stmt *stmt, int column)
{
  int           type = sqlite3_column_type (stmt, column);
  gconstpointer data = sqlite3_column_blob (stmt, column);
  int           size = sqlite3_column_bytes (stmt, column);

  g_checksum_update (checksum, (const guchar *) &type, sizeof type);
  g_checksum_update (checksum, (const guchar *) &size, sizeof size);
  if (size > 0)
    g_checksum_update (checksum, data, size);
}

/* A sum over the rows' own digests does not depend on their order, so that a step
 * may renumber or cluster a table. */
static gboolean
digest_rows (UcDb *db, const char *sql, Digest *digest, GError **error)
{
  g_autoptr (UcStmt) stmt = _uc_stmt_new (db, sql, error);
  g_autoptr (GChecksum) checksum = g_checksum_new (G_CHECKSUM_SHA256);
  gboolean has_row;

  if (stmt == NULL)
    return FALSE;
  while (TRUE) {
    guint8  bytes[32];
    gsize   n_bytes = sizeof bytes;
    guint64 part;

    if (!uc_stmt_step (stmt, &has_row, error))
      return FALSE;
    if (!has_row)
      return TRUE;
    g_checksum_reset (checksum);
    for (int i = 0; i < sqlite3_column_count (_uc_stmt_get_handle (stmt)); i++)
      update_with_column (checksum, _uc_stmt_get_handle (stmt), i);
    g_checksum_get_digest (checksum, bytes, &n_bytes);
    memcpy (&part, bytes, sizeof part);
    digest->sum += part;
    digest->n_rows++;
  }
}

static gboolean
compare_table (UcDb *before, UcDb *after, const char *table, GError **error)
{
  g_autoptr (GPtrArray) old_columns = read_names (before, COLUMNS_SQL, table, error);
  g_autoptr (GPtrArray) new_columns =
      old_columns != NULL ? read_names (after, COLUMNS_SQL, table, error) : NULL;
  g_autofree char *sql = NULL;
  Digest           old_digest = { 0, 0 };
  Digest           new_digest = { 0, 0 };

  if (new_columns == NULL)
    return FALSE;
  sql = dup_select (old_columns, new_columns, table);
  if (sql == NULL)
    return TRUE;
  if (!digest_rows (before, sql, &old_digest, error) ||
      !digest_rows (after, sql, &new_digest, error))
    return FALSE;
  if (old_digest.n_rows == new_digest.n_rows && old_digest.sum == new_digest.sum)
    return TRUE;
  g_set_error (
      error, UC_ERROR, UC_ERROR_STORAGE,
      _ ("“%s” came out different: %" G_GUINT64_FORMAT " rows before, %" G_GUINT64_FORMAT " after"),
      table, old_digest.n_rows, new_digest.n_rows);
  return FALSE;
}

static gboolean
compare_content (UcDb *before, UcDb *after, GHashTable *rewrites, GError **error)
{
  g_autoptr (GPtrArray) old_tables = read_names (before, TABLES_SQL, NULL, error);
  g_autoptr (GPtrArray) new_tables =
      old_tables != NULL ? read_names (after, TABLES_SQL, NULL, error) : NULL;

  if (new_tables == NULL)
    return FALSE;
  for (guint i = 0; i < old_tables->len; i++) {
    const char *table = g_ptr_array_index (old_tables, i);

    if (g_str_equal (table, STEPS_TABLE) || g_hash_table_contains (rewrites, table))
      continue;
    if (!g_ptr_array_find_with_equal_func (new_tables, table, g_str_equal, NULL)) {
      g_set_error (error, UC_ERROR, UC_ERROR_STORAGE, _ ("“%s” is gone"), table);
      return FALSE;
    }
    if (!compare_table (before, after, table, error))
      return FALSE;
  }
  return TRUE;
}

gboolean
_uc_migrate_verify (UcDb *db, const char *backup_path, GHashTable *rewrites, GError **error)
{
  g_autoptr (UcDb) backup = uc_db_open (backup_path, UC_DB_READ_ONLY, error);
  g_auto (GStrv) problems = NULL;

  if (backup == NULL || !compare_content (backup, db, rewrites, error) ||
      !uc_db_check (db, TRUE, &problems, error))
    return FALSE;
  if (problems[0] == NULL)
    return TRUE;
  g_set_error_literal (error, UC_ERROR, UC_ERROR_STORAGE, problems[0]);
  return FALSE;
}

/* -- Backups ------------------------------------------------------------------------ */

gboolean
_uc_migrate_check_room (const char *path, GError **error)
{
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (GFileInfo) info =
      g_file_query_filesystem_info (file, G_FILE_ATTRIBUTE_FILESYSTEM_FREE, NULL, NULL);
  GStatBuf stat_buf;
  guint64  needed;

  /* A file system that does not say is given the benefit of the doubt. */
  if (info == NULL || !g_file_info_has_attribute (info, G_FILE_ATTRIBUTE_FILESYSTEM_FREE) ||
      g_stat (path, &stat_buf) != 0)
    return TRUE;
  needed = (guint64) (stat_buf.st_size * ROOM_FACTOR);
  if (g_file_info_get_attribute_uint64 (info, G_FILE_ATTRIBUTE_FILESYSTEM_FREE) >= needed)
    return TRUE;
  g_set_error (
      error, UC_ERROR, UC_ERROR_STORAGE,
      _ ("%" G_GUINT64_FORMAT " MB of free disk space are needed to bring the store up to date"),
      needed / 1000000 + 1);
  return FALSE;
}

/* Sorted by name they are sorted by time. */
char *
_uc_migrate_dup_backup_path (const char *path, int version)
{
  g_autoptr (GDateTime) now = g_date_time_new_now_utc ();
  g_autofree char *time = g_date_time_format (now, "%Y%m%dT%H%M%S");

  return g_strdup_printf ("%s.%s%06dZ-v%d" BACKUP_SUFFIX, path, time,
                          g_date_time_get_microsecond (now), version);
}

static int
compare_names (gconstpointer a, gconstpointer b)
{
  return g_strcmp0 (*(char *const *) a, *(char *const *) b);
}

void
_uc_migrate_prune_backups (const char *path)
{
  g_autofree char *folder = g_path_get_dirname (path);
  g_autofree char *base = g_path_get_basename (path);
  g_autofree char *prefix = g_strconcat (base, ".", NULL);
  g_autoptr (GPtrArray) names = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL) {
    if (g_str_has_prefix (name, prefix) && g_str_has_suffix (name, BACKUP_SUFFIX))
      g_ptr_array_add (names, g_strdup (name));
  }
  g_ptr_array_sort (names, compare_names);
  for (guint i = 0; i + N_BACKUPS < names->len; i++) {
    g_autofree char *old = g_build_filename (folder, g_ptr_array_index (names, i), NULL);

    if (g_unlink (old) != 0)
      g_warning ("Removing the old backup “%s” did not work", old);
  }
}
