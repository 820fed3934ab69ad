/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A disk that fails when it is told to: a layer over SQLite's own VFS. Shared memory,
 * locks and deletions pass through. */

#include "config.h"

#include "uc-fault-vfs.h"

#include "uc-fault-disk.h"

#include <signal.h>
#include <string.h>
#include <unistd.h>

/* How a process ends when its power is cut. */
#define CUT_STATUS 9

typedef enum {
  OPERATION_READ,
  OPERATION_CHANGE,
  OPERATION_OTHER,
} Operation;

typedef struct {
  sqlite3_file  base;
  UcFaultDisk  *disk; /* (unowned) */
  sqlite3_file *real; /* behind this struct */
} File;

static struct {
  GMutex       mutex;
  sqlite3_vfs *real;
  GHashTable  *disks; /* path -> UcFaultDisk */
  UcFaultKind  kind;
  gboolean     is_armed;
  gboolean     is_lasting;
  gboolean     has_struck;
  guint        n;
  guint        count;
  guint32      seed;
} state;

/* -- The disks ------------------------------------------------------------------------------ */

static UcFaultDisk *
get_disk (const char *path)
{
  UcFaultDisk *disk = g_hash_table_lookup (state.disks, path);

  if (disk != NULL)
    return disk;
  disk = uc_fault_disk_new (path);
  g_hash_table_insert (state.disks, g_strdup (path), disk);
  return disk;
}

/* Before the bytes from @offset on change. */
static void
remember (File *file, gint64 offset, gint64 n_bytes)
{
  if (state.is_armed && state.kind == UC_FAULT_POWER_CUT && file->disk != NULL)
    uc_fault_disk_remember (file->disk, file->real, offset, n_bytes);
}

static void
cut_power (void)
{
  GHashTableIter iter;
  gpointer       disk;
  GRand         *random = g_rand_new_with_seed (state.seed);

  g_hash_table_iter_init (&iter, state.disks);
  while (g_hash_table_iter_next (&iter, NULL, &disk))
    uc_fault_disk_cut (disk, state.seed % UC_N_FAULT_CUTS, random);
  _exit (CUT_STATUS);
}

/* -- The fault ------------------------------------------------------------------------------- */

static gboolean
is_meant (Operation operation)
{
  switch (state.kind) {
  case UC_FAULT_SHORT_READ:
    return operation == OPERATION_READ;
  case UC_FAULT_FULL:
  case UC_FAULT_KILL:
  case UC_FAULT_POWER_CUT:
    return operation == OPERATION_CHANGE;
  case UC_FAULT_IO_ERROR:
  default:
    return TRUE;
  }
}

/* Whether the operation has to fail. Does not come back from death. */
static gboolean
strike (Operation operation)
{
  if (!is_meant (operation))
    return FALSE;
  state.count++;
  if (!state.is_armed || state.count < state.n || (state.count > state.n && !state.is_lasting))
    return FALSE;
  state.has_struck = TRUE;
  if (state.kind == UC_FAULT_KILL)
    raise (SIGKILL);
  if (state.kind == UC_FAULT_POWER_CUT)
    cut_power ();
  return TRUE;
}

static int
fail_change (int io_error)
{
  return state.kind == UC_FAULT_FULL ? SQLITE_FULL : io_error;
}

/* -- Files ----------------------------------------------------------------------------------- */

static int
file_close (sqlite3_file *base)
{
  File *file = (File *) base;

  return file->real->pMethods->xClose (file->real);
}

static int
file_read (sqlite3_file *base, void *buffer, int n_bytes, sqlite3_int64 offset)
{
  File *file = (File *) base;
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&state.mutex);
  int code;

  if (!strike (OPERATION_READ))
    return file->real->pMethods->xRead (file->real, buffer, n_bytes, offset);
  if (state.kind != UC_FAULT_SHORT_READ)
    return SQLITE_IOERR_READ;
  code = file->real->pMethods->xRead (file->real, buffer, n_bytes, offset);
  memset ((char *) buffer + n_bytes / 2, 0, (gsize) (n_bytes - n_bytes / 2));
  return code == SQLITE_OK ? SQLITE_IOERR_SHORT_READ : code;
}

static int
file_write (sqlite3_file *base, const void *buffer, int n_bytes, sqlite3_int64 offset)
{
  File *file = (File *) base;
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&state.mutex);

  remember (file, offset, n_bytes);
  if (strike (OPERATION_CHANGE))
    return fail_change (SQLITE_IOERR_WRITE);
  return file->real->pMethods->xWrite (file->real, buffer, n_bytes, offset);
}

static int
file_truncate (sqlite3_file *base, sqlite3_int64 size)
{
  File *file = (File *) base;
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&state.mutex);
  sqlite3_int64 old_size = 0;

  file->real->pMethods->xFileSize (file->real, &old_size);
  if (old_size > size)
    remember (file, size, old_size - size);
  if (strike (OPERATION_CHANGE))
    return SQLITE_IOERR_TRUNCATE;
  return file->real->pMethods->xTruncate (file->real, size);
}

static int
file_sync (sqlite3_file *base, int flags)
{
  File *file = (File *) base;
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&state.mutex);
  int code;

  if (strike (OPERATION_CHANGE))
    return fail_change (SQLITE_IOERR_FSYNC);
  code = file->real->pMethods->xSync (file->real, flags);
  if (code == SQLITE_OK && file->disk != NULL)
    uc_fault_disk_forget (file->disk);
  return code;
}

static int
file_size (sqlite3_file *base, sqlite3_int64 *size)
{
  File *file = (File *) base;
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&state.mutex);

  if (strike (OPERATION_OTHER))
    return SQLITE_IOERR_FSTAT;
  return file->real->pMethods->xFileSize (file->real, size);
}

static int
file_lock (sqlite3_file *base, int lock)
{
  File *file = (File *) base;

  return file->real->pMethods->xLock (file->real, lock);
}

static int
file_unlock (sqlite3_file *base, int lock)
{
  File *file = (File *) base;

  return file->real->pMethods->xUnlock (file->real, lock);
}

static int
file_check_reserved (sqlite3_file *base, int *result)
{
  File *file = (File *) base;

  return file->real->pMethods->xCheckReservedLock (file->real, result);
}

static int
file_control (sqlite3_file *base, int operation, void *argument)
{
  File *file = (File *) base;

  return file->real->pMethods->xFileControl (file->real, operation, argument);
}

/* A disk that promises nothing: no sector is written whole, none in order. */
static int
file_sector_size (sqlite3_file *base)
{
  return UC_FAULT_SECTOR_BYTES;
}

static int
file_characteristics (sqlite3_file *base)
{
  return 0;
}

static int
file_shm_map (sqlite3_file *base, int page, int n_bytes, int extend, void volatile **memory)
{
  File *file = (File *) base;

  return file->real->pMethods->xShmMap (file->real, page, n_bytes, extend, memory);
}

static int
file_shm_lock (sqlite3_file *base, int offset, int n, int flags)
{
  File *file = (File *) base;

  return file->real->pMethods->xShmLock (file->real, offset, n, flags);
}

static void
file_shm_barrier (sqlite3_file *base)
{
  File *file = (File *) base;

  file->real->pMethods->xShmBarrier (file->real);
}

static int
file_shm_unmap (sqlite3_file *base, int delete_flag)
{
  File *file = (File *) base;

  return file->real->pMethods->xShmUnmap (file->real, delete_flag);
}

static const sqlite3_io_methods methods = {
  .iVersion = 2,
  .xClose = file_close,
  .xRead = file_read,
  .xWrite = file_write,
  .xTruncate = file_truncate,
  .xSync = file_sync,
  .xFileSize = file_size,
  .xLock = file_lock,
  .xUnlock = file_unlock,
  .xCheckReservedLock = file_check_reserved,
  .xFileControl = file_control,
  .xSectorSize = file_sector_size,
  .xDeviceCharacteristics = file_characteristics,
  .xShmMap = file_shm_map,
  .xShmLock = file_shm_lock,
  .xShmBarrier = file_shm_barrier,
  .xShmUnmap = file_shm_unmap,
};

/* -- The file system ------------------------------------------------------------------------- */

static int
vfs_open (sqlite3_vfs *vfs, sqlite3_filename name, sqlite3_file *base, int flags, int *out_flags)
{
  File *file = (File *) base;
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&state.mutex);
  int code;

  memset (file, 0, sizeof *file);
  if (strike (OPERATION_OTHER))
    return SQLITE_CANTOPEN;
  file->real = (sqlite3_file *) (file + 1);
  file->disk = name != NULL ? get_disk (name) : NULL;
  code = state.real->xOpen (state.real, name, file->real, flags, out_flags);
  if (file->real->pMethods != NULL)
    file->base.pMethods = &methods;
  return code;
}

static int
vfs_delete (sqlite3_vfs *vfs, const char *name, int sync_folder)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&state.mutex);
  int code;

  if (strike (OPERATION_CHANGE))
    return SQLITE_IOERR_DELETE;
  code = state.real->xDelete (state.real, name, sync_folder);
  if (code == SQLITE_OK)
    uc_fault_disk_forget (get_disk (name));
  return code;
}

/* -- For tests --------------------------------------------------------------------------------- */

void
uc_fault_vfs_install (void)
{
  static sqlite3_vfs vfs;

  g_return_if_fail (state.real == NULL);

  state.real = sqlite3_vfs_find (NULL);
  g_assert_nonnull (state.real);
  state.disks =
      g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify) uc_fault_disk_free);
  vfs = *state.real;
  vfs.zName = "uc-fault";
  vfs.pNext = NULL;
  vfs.szOsFile = (int) sizeof (File) + state.real->szOsFile;
  vfs.xOpen = vfs_open;
  vfs.xDelete = vfs_delete;
  g_assert_cmpint (sqlite3_vfs_register (&vfs, 1), ==, SQLITE_OK);
}

void
uc_fault_vfs_arm (UcFaultKind kind, guint n, gboolean is_lasting, guint32 seed)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&state.mutex);
  GHashTableIter iter;
  gpointer       disk;

  g_hash_table_iter_init (&iter, state.disks);
  while (g_hash_table_iter_next (&iter, NULL, &disk))
    uc_fault_disk_forget (disk);
  state.seed = seed;
  state.kind = kind;
  state.n = n;
  state.is_lasting = is_lasting;
  state.count = 0;
  state.has_struck = FALSE;
  state.is_armed = TRUE;
}

void
uc_fault_vfs_disarm (void)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&state.mutex);

  state.is_armed = FALSE;
}

gboolean
uc_fault_vfs_has_struck (void)
{
  return state.has_struck;
}

guint
uc_fault_vfs_get_count (void)
{
  return state.count;
}
