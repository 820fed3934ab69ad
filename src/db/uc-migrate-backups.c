/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The backups that a migration makes beside a database: the room they need, their
 * names, how many stay. They are numbered: a clock that was set back must not make the
 * newest one look old. */

#include "config.h"

#include "uc-db-private.h"
#include "uc-error.h"
#include "uc-migrate-private.h"

#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>
#include <stdlib.h>

#define N_BACKUPS   3
#define ROOM_FACTOR 2.2

typedef struct {
  char  *name;    /* (owned) */
  gint64 number;  /* 0: of a program that did not count */
  int    version; /* of the schema inside */
} Backup;

static void
backup_free (gpointer data)
{
  Backup *backup = data;

  g_free (backup->name);
  g_free (backup);
}

/* Oldest first. */
static int
compare_backups (gconstpointer a, gconstpointer b)
{
  const Backup *one = *(Backup *const *) a;
  const Backup *two = *(Backup *const *) b;

  if (one->number != two->number)
    return one->number < two->number ? -1 : 1;
  return g_strcmp0 (one->name, two->name);
}

/* Only a migration's own: what somebody else put beside the file is not counted. */
static GPtrArray *
list_backups (const char *path)
{
  g_autofree char *folder = g_path_get_dirname (path);
  g_autofree char *base = g_path_get_basename (path);
  g_autofree char *escaped = g_regex_escape_string (base, -1);
  g_autofree char *pattern = g_strdup_printf (
      "^%s\\.[0-9]{8}T[0-9]+Z-v([0-9]{1,9})(?:-n([0-9]{1,15}))?\\.backup$", escaped);
  g_autoptr (GRegex) regex = g_regex_new (pattern, 0, 0, NULL);
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  GPtrArray  *backups = g_ptr_array_new_with_free_func (backup_free);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL) {
    g_autoptr (GMatchInfo) match = NULL;

    if (g_regex_match (regex, name, 0, &match)) {
      g_autofree char *version = g_match_info_fetch (match, 1);
      g_autofree char *number = g_match_info_fetch (match, 2);
      Backup          *backup = g_new0 (Backup, 1);

      backup->name = g_strdup (name);
      backup->version = atoi (version);
      backup->number = number != NULL ? g_ascii_strtoll (number, NULL, 10) : 0;
      g_ptr_array_add (backups, backup);
    }
  }
  g_ptr_array_sort (backups, compare_backups);
  return backups;
}

static gint64
get_size (const char *path, const char *suffix)
{
  g_autofree char *name = g_strconcat (path, suffix, NULL);
  GStatBuf         info;

  return g_stat (name, &info) == 0 ? info.st_size : 0;
}

/* A file system that does not say is given the benefit of the doubt. */
static gint64
ask_free_bytes (const char *path)
{
  g_autofree char *folder = g_path_get_dirname (path);
  g_autoptr (GFile) file = g_file_new_for_path (folder);
  g_autoptr (GFileInfo) info =
      g_file_query_filesystem_info (file, G_FILE_ATTRIBUTE_FILESYSTEM_FREE, NULL, NULL);

  if (info == NULL || !g_file_info_has_attribute (info, G_FILE_ATTRIBUTE_FILESYSTEM_FREE))
    return G_MAXINT64;
  return (gint64) MIN (g_file_info_get_attribute_uint64 (info, G_FILE_ATTRIBUTE_FILESYSTEM_FREE),
                       G_MAXINT64);
}

/* The backup, the log that the steps write, and what the new schema needs. */
gboolean
_uc_migrate_check_room (const char *path, gint64 free_bytes, GError **error)
{
  gint64 needed = (gint64) ((double) (get_size (path, "") + get_size (path, "-wal")) * ROOM_FACTOR);

  if (free_bytes == 0)
    free_bytes = ask_free_bytes (path);
  if (free_bytes >= needed)
    return TRUE;
  g_set_error (error, UC_ERROR, UC_ERROR_STORAGE,
               _ ("%" G_GINT64_FORMAT " MB of free disk space are needed to bring the store up to "
                  "date, and there are %" G_GINT64_FORMAT " MB. Nothing was changed"),
               needed / 1000000 + 1, free_bytes / 1000000);
  return FALSE;
}

char *
_uc_migrate_dup_backup_path (const char *path, int version, gint64 now_ms)
{
  g_autoptr (GPtrArray) backups = list_backups (path);
  g_autoptr (GDateTime) now = g_date_time_new_from_unix_utc (now_ms / 1000);
  g_autofree char *time =
      now != NULL ? g_date_time_format (now, "%Y%m%dT%H%M%S") : g_strdup ("00000000T000000");
  const Backup *last = backups->len > 0 ? g_ptr_array_index (backups, backups->len - 1) : NULL;

  return g_strdup_printf ("%s.%s%03dZ-v%d-n%" G_GINT64_FORMAT ".backup", path, time,
                          (int) (ABS (now_ms) % 1000), version,
                          last != NULL ? last->number + 1 : 1);
}

char *
_uc_migrate_find_backup (const char *path, int max_version)
{
  g_autoptr (GPtrArray) backups = list_backups (path);
  g_autofree char *folder = g_path_get_dirname (path);

  for (guint i = backups->len; i-- > 0;) {
    const Backup *backup = g_ptr_array_index (backups, i);

    if (backup->version <= max_version)
      return g_build_filename (folder, backup->name, NULL);
  }
  return NULL;
}

/* Programs before left logs beside those they had looked into. */
static void
remove_backup (const char *path)
{
  g_autofree char *wal = g_strconcat (path, "-wal", NULL);
  g_autofree char *shm = g_strconcat (path, "-shm", NULL);

  g_unlink (wal);
  g_unlink (shm);
  if (g_unlink (path) != 0)
    g_warning ("Removing the old backup “%s” did not work", path);
}

void
_uc_migrate_prune_backups (const char *path)
{
  g_autoptr (GPtrArray) backups = list_backups (path);
  g_autofree char *folder = g_path_get_dirname (path);

  for (guint i = 0; i + N_BACKUPS < backups->len; i++) {
    const Backup    *backup = g_ptr_array_index (backups, i);
    g_autofree char *old = g_build_filename (folder, backup->name, NULL);

    remove_backup (old);
  }
}
