/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Whether a migration kept what was there: counts and a digest of every table that
 * both sides have, then references and integrity. Also the backups themselves: the
 * room they need, their names, how many stay. */

#include "config.h"

#include "uc-db-digest.h"
#include "uc-db-private.h"
#include "uc-error.h"
#include "uc-migrate-private.h"

#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>

#define N_BACKUPS     3
#define BACKUP_SUFFIX ".backup"
#define STEPS_TABLE   "schema_steps"
#define ROOM_FACTOR   2.2

/* The columns that both have. */
static GStrv
dup_common (GStrv columns, GStrv other_columns)
{
  g_autoptr (GStrvBuilder) common = g_strv_builder_new ();

  for (gsize i = 0; columns[i] != NULL; i++) {
    if (g_strv_contains ((const char *const *) other_columns, columns[i]))
      g_strv_builder_add (common, columns[i]);
  }
  return g_strv_builder_end (common);
}

static gboolean
compare_table (UcDb *before, UcDb *after, const char *table, GError **error)
{
  g_auto (GStrv) old_columns = uc_db_list_columns (before, table, error);
  g_auto (GStrv) new_columns =
      old_columns != NULL ? uc_db_list_columns (after, table, error) : NULL;
  g_auto (GStrv) common = NULL;
  UcTableDigest old_digest = { 0, 0 };
  UcTableDigest new_digest = { 0, 0 };

  if (new_columns == NULL)
    return FALSE;
  common = dup_common (old_columns, new_columns);
  if (!uc_db_digest_table (before, table, (const char *const *) common, &old_digest, error) ||
      !uc_db_digest_table (after, table, (const char *const *) common, &new_digest, error))
    return FALSE;
  if (uc_table_digest_equal (&old_digest, &new_digest))
    return TRUE;
  g_set_error (
      error, UC_ERROR, UC_ERROR_STORAGE,
      _ ("“%s” came out different: %" G_GINT64_FORMAT " rows before, %" G_GINT64_FORMAT " after"),
      table, old_digest.n_rows, new_digest.n_rows);
  return FALSE;
}

static gboolean
compare_content (UcDb *before, UcDb *after, GHashTable *rewrites, GError **error)
{
  g_auto (GStrv) old_tables = uc_db_list_tables (before, error);
  g_auto (GStrv) new_tables = old_tables != NULL ? uc_db_list_tables (after, error) : NULL;

  if (new_tables == NULL)
    return FALSE;
  for (gsize i = 0; old_tables[i] != NULL; i++) {
    const char *table = old_tables[i];

    if (g_str_equal (table, STEPS_TABLE) || g_hash_table_contains (rewrites, table))
      continue;
    if (!g_strv_contains ((const char *const *) new_tables, table)) {
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
