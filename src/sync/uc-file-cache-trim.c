/* SPDX-License-Identifier: GPL-3.0-or-later */

/* How much the kept files take, and which of them go. What waits to be sent lies
 * elsewhere and is never looked at. */

#include "config.h"

#include "uc-file-cache-private.h"

#include <glib/gstdio.h>

/* Half a file is worth keeping for so long. What is being fetched now is left alone. */
#define MAX_PART_AGE_S (7 * 24 * 60 * 60)
#define MIN_PART_AGE_S 120
/* What was opened by another program is looked at by it for that long. */
#define MAX_OPENED_AGE_S (24 * 60 * 60)

typedef struct {
  char   *path;
  guint64 size_bytes;
  gint64  used_at_s;
} Entry;

static void
entry_free (gpointer data)
{
  Entry *entry = data;

  g_free (entry->path);
  g_free (entry);
}

static int
compare_by_use (gconstpointer a, gconstpointer b)
{
  const Entry *left = *(Entry *const *) a;
  const Entry *right = *(Entry *const *) b;

  return (left->used_at_s > right->used_at_s) - (left->used_at_s < right->used_at_s);
}

/* Of files only; NULL folder: none. */
static GPtrArray *
list_entries (const char *folder)
{
  GPtrArray *entries = g_ptr_array_new_with_free_func (entry_free);
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL) {
    g_autofree char *path = g_build_filename (folder, name, NULL);
    GStatBuf         info;
    Entry           *entry;

    if (g_lstat (path, &info) != 0 || !S_ISREG (info.st_mode))
      continue;
    entry = g_new0 (Entry, 1);
    entry->path = g_steal_pointer (&path);
    entry->size_bytes = (guint64) info.st_size;
    entry->used_at_s = info.st_mtime;
    g_ptr_array_add (entries, entry);
  }
  g_ptr_array_sort (entries, compare_by_use);
  return entries;
}

static guint64
sum_up (GPtrArray *entries)
{
  guint64 total_bytes = 0;

  for (guint i = 0; i < entries->len; i++)
    total_bytes += ((Entry *) g_ptr_array_index (entries, i))->size_bytes;
  return total_bytes;
}

guint64
_uc_file_cache_measure (const char *folder)
{
  g_autoptr (GPtrArray) entries = list_entries (folder);

  return sum_up (entries);
}

/* The one used longest ago first. */
void
_uc_file_cache_trim (const char *folder, guint64 max_bytes)
{
  g_autoptr (GPtrArray) entries = list_entries (folder);
  guint64 total_bytes = sum_up (entries);
  gint64  now_s = g_get_real_time () / G_USEC_PER_SEC;

  for (guint i = 0; i < entries->len; i++) {
    Entry   *entry = g_ptr_array_index (entries, i);
    gint64   age_s = now_s - entry->used_at_s;
    gboolean is_part = g_str_has_suffix (entry->path, ".part");

    if (total_bytes <= max_bytes && !(is_part && age_s > MAX_PART_AGE_S))
      continue;
    if (is_part && age_s < MIN_PART_AGE_S)
      continue;
    if (g_unlink (entry->path) == 0)
      total_bytes -= entry->size_bytes;
  }
}

char *
_uc_file_cache_dup_opened_folder (void)
{
  return g_build_filename (g_get_user_cache_dir (), "unified-chat", "opened", NULL);
}

/* One folder for each file; nothing else lies there. */
void
_uc_file_cache_clean_opened (void)
{
  g_autofree char *opened = _uc_file_cache_dup_opened_folder ();
  g_autoptr (GDir) dir = g_dir_open (opened, 0, NULL);
  gint64      now_s = g_get_real_time () / G_USEC_PER_SEC;
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL) {
    g_autofree char *folder = g_build_filename (opened, name, NULL);
    g_autoptr (GPtrArray) entries = list_entries (folder);

    for (guint i = 0; i < entries->len; i++) {
      Entry *entry = g_ptr_array_index (entries, i);

      if (now_s - entry->used_at_s > MAX_OPENED_AGE_S)
        g_unlink (entry->path);
    }
    /* Fails while something is in it. */
    g_rmdir (folder);
  }
}
