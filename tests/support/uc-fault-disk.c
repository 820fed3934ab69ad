/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What a disk holds of a file and what it was only told: sector by sector, what was
 * there at the last sync, so that writes since then can be taken back or torn. */

#include "config.h"

#include "uc-fault-disk.h"

#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define SECTOR UC_FAULT_SECTOR_BYTES

struct _UcFaultDisk {
  char       *path;
  gint64      synced_bytes; /* its size at the last sync, -1: nothing was changed since */
  GHashTable *sectors;      /* number -> GBytes: what a sector held then */
};

UcFaultDisk *
uc_fault_disk_new (const char *path)
{
  UcFaultDisk *self = g_new0 (UcFaultDisk, 1);

  self->path = g_strdup (path);
  self->synced_bytes = -1;
  self->sectors =
      g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, (GDestroyNotify) g_bytes_unref);
  return self;
}

void
uc_fault_disk_free (UcFaultDisk *self)
{
  g_free (self->path);
  g_hash_table_unref (self->sectors);
  g_free (self);
}

void
uc_fault_disk_forget (UcFaultDisk *self)
{
  g_hash_table_remove_all (self->sectors);
  self->synced_bytes = -1;
}

void
uc_fault_disk_remember (UcFaultDisk *self, sqlite3_file *file, gint64 offset, gint64 n_bytes)
{
  sqlite3_int64 size = 0;

  file->pMethods->xFileSize (file, &size);
  if (self->synced_bytes < 0)
    self->synced_bytes = size;
  for (gint64 i = offset / SECTOR; i * SECTOR < offset + n_bytes; i++) {
    guint8 bytes[SECTOR] = { 0 };

    if (g_hash_table_contains (self->sectors, &i))
      continue;
    /* Beyond the end it is filled with zeros. */
    if (i * SECTOR < size)
      (void) file->pMethods->xRead (file, bytes, SECTOR, i * SECTOR);
    g_hash_table_insert (self->sectors, g_memdup2 (&i, sizeof i), g_bytes_new (bytes, SECTOR));
  }
}

static void
cut_sector (int fd, gint64 number, GBytes *old, UcFaultCut cut, GRand *random)
{
  const guint8 *bytes = g_bytes_get_data (old, NULL);
  guint8        torn[SECTOR];
  gsize         length = SECTOR;

  if (cut != UC_FAULT_CUT_LOSES_ALL && g_rand_boolean (random))
    return;
  memcpy (torn, bytes, sizeof torn);
  if (cut == UC_FAULT_CUT_TEARS && g_rand_boolean (random)) {
    /* The head is old, the tail new; or noise, as a dying disk leaves it. */
    length = (gsize) g_rand_int_range (random, 1, SECTOR);
    if (g_rand_int_range (random, 0, 4) == 0)
      memset (torn, 0xa5, sizeof torn);
  }
  if (pwrite (fd, torn, length, number * SECTOR) < 0)
    g_assert_not_reached ();
}

void
uc_fault_disk_cut (UcFaultDisk *self, UcFaultCut cut, GRand *random)
{
  GHashTableIter iter;
  gpointer       key;
  gpointer       value;
  struct stat    info;
  int            fd = self->synced_bytes >= 0 ? open (self->path, O_RDWR | O_CLOEXEC) : -1;

  /* Untouched, or deleted since. */
  if (fd < 0)
    return;
  g_hash_table_iter_init (&iter, self->sectors);
  while (g_hash_table_iter_next (&iter, &key, &value))
    cut_sector (fd, *(gint64 *) key, value, cut, random);
  /* The new length is known to the disk only with luck. */
  if (fstat (fd, &info) == 0 && info.st_size != self->synced_bytes &&
      (cut == UC_FAULT_CUT_LOSES_ALL || g_rand_boolean (random)) &&
      ftruncate (fd, self->synced_bytes) != 0)
    g_assert_not_reached ();
  close (fd);
}
