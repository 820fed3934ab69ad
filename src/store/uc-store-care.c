/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Looks after a store that is not open: puts a backup back. Nothing is ever deleted:
 * what was there before is kept under a name of its own. */

#include "config.h"

#include "uc-store-care-private.h"

#include "uc-error.h"
#include "uc-store-migrations-private.h"
#include "uc-store-private.h"

#include <errno.h>
#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>
#include <string.h>

char *
_uc_care_dup_backup_path (const char *path, const char *word)
{
  g_autoptr (GDateTime) now = g_date_time_new_now_utc ();
  g_autofree char *time = g_date_time_format (now, "%Y%m%dT%H%M%S");

  return g_strdup_printf ("%s.%s%06dZ-%s.backup", path, time, g_date_time_get_microsecond (now),
                          word);
}

/* @is_present: it is of this version, so that its meaning can be looked at too. A
 * database without a version is no store. */
gboolean
_uc_care_check_version (UcDb *db, gboolean *is_present, GError **error)
{
  guint              n_migrations;
  const UcMigration *migrations = _uc_store_get_migrations (&n_migrations);
  int                last = migrations[n_migrations - 1].version;
  int                version;

  if (!uc_db_get_user_version (db, &version, error))
    return FALSE;
  *is_present = version == last;
  if (version > last) {
    g_set_error (error, UC_ERROR, UC_ERROR_SCHEMA_TOO_NEW,
                 _ ("“%s” was written by a newer version of this program"), uc_db_get_path (db));
    return FALSE;
  }
  if (version < 1) {
    g_set_error (error, UC_ERROR, UC_ERROR_INVALID, _ ("“%s” is not a store"), uc_db_get_path (db));
    return FALSE;
  }
  return TRUE;
}

UcDb *
_uc_care_open (const char *path, UcDbFlags flags, GError **error)
{
  g_autoptr (UcDb) db = uc_db_open (path, flags, error);
  gboolean is_present;

  if (db == NULL || !_uc_care_check_version (db, &is_present, error))
    return NULL;
  if (is_present)
    return g_steal_pointer (&db);
  g_set_error (error, UC_ERROR, UC_ERROR_INVALID,
               _ ("“%s” is of an older version: bring it up to date first"), path);
  return NULL;
}

static gboolean
check_backup (const char *backup_path, GError **error)
{
  g_autoptr (UcDb) db = uc_db_open (backup_path, UC_DB_READ_ONLY, error);
  gboolean is_present;

  return db != NULL && _uc_care_check_version (db, &is_present, error);
}

static gboolean
move_aside (const char *path, const char *kept_path, GError **error)
{
  static const char *const suffixes[] = { "", "-wal", "-shm" };

  for (gsize i = 0; i < G_N_ELEMENTS (suffixes); i++) {
    g_autofree char *from = g_strconcat (path, suffixes[i], NULL);
    g_autofree char *to = g_strconcat (kept_path, suffixes[i], NULL);

    if (g_rename (from, to) != 0 && errno != ENOENT) {
      int saved_errno = errno;

      g_set_error (error, UC_ERROR, UC_ERROR_STORAGE, _ ("“%s” could not be moved: %s"), from,
                   g_strerror (saved_errno));
      return FALSE;
    }
  }
  return TRUE;
}

/* @db is what stands at @path. A copy stays when it can be read, else the file itself. */
static gboolean
keep (UcDb **db, const char *path, const char *kept_path, GError **error)
{
  g_autoptr (GError) cause = NULL;

  if (*db != NULL && uc_db_backup (*db, kept_path, &cause))
    return TRUE;
  if (cause != NULL)
    g_message ("Keeping “%s” as it is: %s", path, cause->message);
  g_clear_pointer (db, uc_db_close);
  return move_aside (path, kept_path, error);
}

static gboolean
restore_locked (const char *path, const char *backup_path, const char *kept_path, GError **error)
{
  g_autoptr (UcDb) db = NULL;

  if (kept_path != NULL) {
    db = uc_db_open (path, UC_DB_READ_WRITE, NULL);
    if (!keep (&db, path, kept_path, error))
      return FALSE;
  }
  if (db == NULL)
    db = uc_db_open (path, UC_DB_CREATE, error);
  return db != NULL && uc_db_restore (db, backup_path, error) && uc_db_checkpoint (db, TRUE, error);
}

gboolean
uc_store_restore (const char *path, const char *backup_path, char **kept_path, GError **error)
{
  g_autofree char *kept = NULL;
  int              lock_fd;
  gboolean         is_restored;

  g_return_val_if_fail (path != NULL, FALSE);
  g_return_val_if_fail (backup_path != NULL, FALSE);

  if (kept_path != NULL)
    *kept_path = NULL;
  if (!check_backup (backup_path, error))
    return FALSE;
  lock_fd = _uc_store_lock (path, error);
  if (lock_fd < 0)
    return FALSE;

  if (g_file_test (path, G_FILE_TEST_EXISTS))
    kept = _uc_care_dup_backup_path (path, "replaced");
  is_restored = restore_locked (path, backup_path, kept, error);
  _uc_store_unlock (lock_fd);
  if (kept_path != NULL)
    *kept_path = g_steal_pointer (&kept);
  return is_restored;
}

gboolean
_uc_care_is_copy (const char *name, const char *prefix)
{
  return g_str_has_prefix (name, prefix) &&
         (strstr (name, ".backup") != NULL || strstr (name, ".damaged-") != NULL);
}

static guint64
get_size (const char *path)
{
  GStatBuf info;

  return g_lstat (path, &info) == 0 && S_ISREG (info.st_mode) ? (guint64) info.st_size : 0;
}

void
uc_store_measure (const char *path, guint64 *store_bytes, guint64 *copies_bytes)
{
  g_autofree char *folder = g_path_get_dirname (path);
  g_autofree char *base = g_path_get_basename (path);
  g_autofree char *prefix = g_strconcat (base, ".", NULL);
  g_autofree char *wal = g_strconcat (path, "-wal", NULL);
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name;

  *store_bytes = get_size (path) + get_size (wal);
  *copies_bytes = 0;
  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL) {
    g_autofree char *file = g_build_filename (folder, name, NULL);

    if (_uc_care_is_copy (name, prefix))
      *copies_bytes += get_size (file);
  }
}
