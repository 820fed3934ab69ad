/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What retention removes beside the database: cached files, thumbnails among them, and
 * backups. */

#include "config.h"

#include "uc-store-retention-private.h"

#include "uc-error.h"
#include "uc-store-care-private.h"

#include <errno.h>
#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>

#define ID_LENGTH 26

static gboolean
unlink_file (const char *path, GError **error)
{
  int saved_errno;

  if (g_unlink (path) == 0 || errno == ENOENT)
    return TRUE;
  saved_errno = errno;
  g_set_error (error, UC_ERROR, UC_ERROR_STORAGE, _ ("“%s” could not be removed: %s"), path,
               g_strerror (saved_errno));
  return FALSE;
}

GHashTable *
_uc_retention_list_cache (const char *folder)
{
  GHashTable *cache =
      g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify) g_ptr_array_unref);
  g_autoptr (GDir) dir = folder != NULL ? g_dir_open (folder, 0, NULL) : NULL;
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL) {
    g_autofree char *id = g_strndup (name, ID_LENGTH);
    GPtrArray       *names = g_hash_table_lookup (cache, id);

    if (names == NULL) {
      names = g_ptr_array_new_with_free_func (g_free);
      g_hash_table_insert (cache, g_steal_pointer (&id), names);
    }
    g_ptr_array_add (names, g_strdup (name));
  }
  return cache;
}

gboolean
_uc_retention_remove_cached (GHashTable *cache,
                             const char *folder,
                             const char *file_id,
                             gboolean    is_dry_run,
                             gint64     *n_removed,
                             GError    **error)
{
  GPtrArray *names = g_hash_table_lookup (cache, file_id);

  for (guint i = 0; names != NULL && i < names->len; i++) {
    g_autofree char *path = g_build_filename (folder, g_ptr_array_index (names, i), NULL);

    if (!is_dry_run && !unlink_file (path, error))
      return FALSE;
    (*n_removed)++;
  }
  return TRUE;
}

gboolean
_uc_retention_remove_backups (const char        *path,
                              const UcRetention *retention,
                              gint64            *n_removed,
                              gint64            *n_left,
                              GError           **error)
{
  g_autofree char *folder = g_path_get_dirname (path);
  g_autofree char *base = g_path_get_basename (path);
  g_autofree char *prefix = g_strconcat (base, ".", NULL);
  g_autoptr (GDir) dir = g_dir_open (folder, 0, error);
  const char *name;

  if (dir == NULL)
    return FALSE;
  while ((name = g_dir_read_name (dir)) != NULL) {
    g_autofree char *file = g_build_filename (folder, name, NULL);
    GStatBuf         info;

    if (!_uc_care_is_copy (name, prefix) || g_lstat (file, &info) != 0 || !S_ISREG (info.st_mode))
      continue;
    if (!retention->all_backups && (gint64) info.st_mtime * 1000 >= retention->before_ms) {
      (*n_left)++;
      continue;
    }
    if (!retention->is_dry_run && !unlink_file (file, error))
      return FALSE;
    (*n_removed)++;
  }
  return TRUE;
}
