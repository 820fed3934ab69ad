/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Brings a store that is not open to the present schema, or tries whether that would
 * work, on a copy that goes again. What a migration does is the migrations'. */

#include "config.h"

#include "uc-store-migrate.h"

#include "uc-error.h"
#include "uc-store-migrations-private.h"
#include "uc-store-private.h"

#include <errno.h>
#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>
#include <string.h>

#define TRIAL_SUFFIX ".trial"

/* Whether @db is a store, and one that this program knows. */
static gboolean
check_store (UcDb *db, GError **error)
{
  guint              n_migrations;
  const UcMigration *migrations = _uc_store_get_migrations (&n_migrations);
  int                version;

  if (!uc_migrate_read_version (db, migrations, n_migrations, &version, error))
    return FALSE;
  if (version > 0)
    return TRUE;
  g_set_error (error, UC_ERROR, UC_ERROR_INVALID, _ ("“%s” is not a store"), uc_db_get_path (db));
  return FALSE;
}

static gboolean
migrate (UcDb *db, const UcMigrateOptions *options, GPtrArray **errors, GError **error)
{
  guint              n_migrations;
  const UcMigration *migrations = _uc_store_get_migrations (&n_migrations);

  if (!uc_migrate (db, migrations, n_migrations, options, error))
    return FALSE;
  *errors = uc_migrate_load_errors (db, error);
  return *errors != NULL && uc_db_checkpoint (db, TRUE, error);
}

gboolean
uc_store_migrate (const char             *path,
                  const UcMigrateOptions *options,
                  GPtrArray             **errors,
                  GError                **error)
{
  g_autoptr (UcDb) db = NULL;
  int      lock_fd;
  gboolean is_done;

  g_return_val_if_fail (path != NULL && path[0] == '/', FALSE);
  g_return_val_if_fail (options != NULL && errors != NULL, FALSE);

  lock_fd = _uc_store_lock (path, error);
  if (lock_fd < 0)
    return FALSE;
  db = uc_db_open (path, UC_DB_READ_WRITE, error);
  is_done = db != NULL && check_store (db, error) && migrate (db, options, errors, error);
  g_clear_pointer (&db, uc_db_close);
  _uc_store_unlock (lock_fd);
  return is_done;
}

/* -- The trial ------------------------------------------------------------------------------- */

/* A folder of its own: a migration puts its backup beside what it works on. */
static char *
make_folder (const char *path, GError **error)
{
  g_autofree char *beside = g_strconcat (path, TRIAL_SUFFIX, NULL);
  g_autofree char *digest = g_compute_checksum_for_string (G_CHECKSUM_SHA256, path, -1);
  g_autofree char *name = g_strconcat (digest, TRIAL_SUFFIX, NULL);
  g_autofree char *cached = g_build_filename (g_get_user_cache_dir (), "unified-chat", name, NULL);
  int              saved_errno;

  if (g_mkdir (beside, 0700) == 0 || errno == EEXIST)
    return g_steal_pointer (&beside);
  if (g_mkdir_with_parents (cached, 0700) == 0)
    return g_steal_pointer (&cached);
  saved_errno = errno;
  g_set_error (error, UC_ERROR, UC_ERROR_STORAGE, _ ("“%s” could not be made: %s"), cached,
               g_strerror (saved_errno));
  return NULL;
}

/* All but the lock. */
static void
empty_folder (const char *folder)
{
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL) {
    g_autofree char *path = g_build_filename (folder, name, NULL);

    if (!g_str_has_suffix (name, ".lock") && g_unlink (path) != 0)
      g_warning ("Removing “%s”: %s", path, g_strerror (errno));
  }
}

static gboolean
try_copy (const char             *path,
          const char             *copy_path,
          const UcMigrateOptions *options,
          GPtrArray             **errors,
          GError                **error)
{
  g_autoptr (UcDb) original = uc_db_open (path, UC_DB_READ_ONLY, error);
  g_autoptr (UcDb) copy = NULL;

  if (original == NULL || !check_store (original, error) ||
      !uc_db_backup (original, copy_path, error))
    return FALSE;
  g_clear_pointer (&original, uc_db_close);
  copy = uc_db_open (copy_path, UC_DB_READ_WRITE, error);
  return copy != NULL && migrate (copy, options, errors, error);
}

gboolean
uc_store_try_migration (const char             *path,
                        const UcMigrateOptions *options,
                        GPtrArray             **errors,
                        GError                **error)
{
  g_autofree char *folder = NULL;
  g_autofree char *copy_path = NULL;
  g_autofree char *lock_path = NULL;
  int              lock_fd;
  gboolean         is_done;

  g_return_val_if_fail (path != NULL && path[0] == '/', FALSE);
  g_return_val_if_fail (options != NULL && errors != NULL, FALSE);

  folder = make_folder (path, error);
  if (folder == NULL)
    return FALSE;
  copy_path = g_build_filename (folder, "store.db", NULL);
  lock_path = g_strconcat (copy_path, ".lock", NULL);
  lock_fd = _uc_store_lock (copy_path, error);
  if (lock_fd < 0)
    return FALSE;
  /* Of a trial that was cut off. */
  empty_folder (folder);
  is_done = try_copy (path, copy_path, options, errors, error);
  empty_folder (folder);
  g_unlink (lock_path);
  g_rmdir (folder);
  _uc_store_unlock (lock_fd);
  return is_done;
}
