/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Room for the end of the disk. SQLite cannot even delete without room for its log, so
 * some is kept in a file of its own and given up when the disk is full. What is read
 * meanwhile needs none. It is kept again as soon as there is room. */

#define _GNU_SOURCE /* fallocate */

#include "config.h"

#include "uc-reserve-private.h"

#include "uc-write-private.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <sys/statvfs.h>
#include <unistd.h>

/* As large as the store, within these: what a small one writes is small. */
#define MIN_BYTES (1024 * 1024)
#define MAX_BYTES (16 * 1024 * 1024)
/* Nobody is pushed over the edge by what is kept for the edge. */
#define PLENTY_FACTOR 4
#define SUFFIX        ".reserve"

struct _UcReserve {
  char *store_path; /* (owned) */
  char *path;       /* (owned) */
  gint  is_used;    /* atomic */
};

UcReserve *
_uc_reserve_new (const char *store_path)
{
  UcReserve *self = g_new0 (UcReserve, 1);

  self->store_path = g_strdup (store_path);
  self->path = g_strconcat (store_path, SUFFIX, NULL);
  return self;
}

void
_uc_reserve_free (UcReserve *self)
{
  g_free (self->store_path);
  g_free (self->path);
  g_free (self);
}

static gboolean
has_plenty (const char *path, gint64 n_bytes)
{
  g_autofree char *folder = g_path_get_dirname (path);
  struct statvfs   info;

  return statvfs (folder, &info) == 0 &&
         (guint64) info.f_bavail * info.f_frsize >= (guint64) n_bytes * PLENTY_FACTOR;
}

/* Blocks of its own, not only a length. */
static gboolean
allocate (const char *path, gint64 n_bytes)
{
  int      fd = open (path, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600);
  gboolean is_done;

  if (fd < 0)
    return FALSE;
  /* Where it cannot be done at all there is nothing to wait for. */
  is_done = fallocate (fd, 0, 0, n_bytes) == 0 || errno == EOPNOTSUPP;
  close (fd);
  return is_done;
}

void
_uc_reserve_make (UcReserve *self)
{
  GStatBuf info;
  gint64   n_bytes = g_stat (self->store_path, &info) == 0 ? info.st_size : 0;

  n_bytes = CLAMP (n_bytes, MIN_BYTES, MAX_BYTES);
  if (has_plenty (self->path, n_bytes) && allocate (self->path, n_bytes))
    g_atomic_int_set (&self->is_used, FALSE);
}

/* Whether there is room now that was not there before. */
static gboolean
release (UcReserve *self)
{
  g_atomic_int_set (&self->is_used, TRUE);
  return g_unlink (self->path) == 0;
}

UcChangeSet *
_uc_reserve_apply (UcReserve *self,
                   UcBatch   *batch,
                   UcDb      *db,
                   UcEarly   *early,
                   gint64     now_ms,
                   GError   **error)
{
  g_autoptr (GError) local_error = NULL;
  UcChangeSet *changes = _uc_batch_apply (batch, db, early, now_ms, &local_error);

  if (changes != NULL) {
    if (_uc_reserve_is_used (self))
      _uc_reserve_make (self);
    return changes;
  }
  if (uc_db_is_full (db) && release (self))
    return _uc_batch_apply (batch, db, early, now_ms, error);
  g_propagate_error (error, g_steal_pointer (&local_error));
  return NULL;
}

gboolean
_uc_reserve_is_used (UcReserve *self)
{
  return g_atomic_int_get (&self->is_used);
}
