/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Opens a connection so that nothing acknowledged is lost (WAL with
 * synchronous=FULL) and nothing in a foreign file runs (DEFENSIVE, trusted_schema
 * off, lowered limits). Everything that a connection must have is set here. */

#include "config.h"

#include "uc-db-private.h"
#include "uc-error.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>
#include <unistd.h>

#define BUSY_TIMEOUT_MS     5000
#define LENGTH_LIMIT_BYTES  (32 * 1024 * 1024)
#define SQL_LIMIT_BYTES     (100 * 1000)
#define EXPR_DEPTH_LIMIT    50
#define PATTERN_LIMIT_BYTES 100
#define PROGRESS_STEPS      4000

static int
progress_cb (void *user_data)
{
  UcDb *self = user_data;

  if (self->cancellable != NULL && g_cancellable_is_cancelled (self->cancellable))
    return 1;
  return self->deadline_us != 0 && g_get_monotonic_time () > self->deadline_us;
}

static int
wal_cb (void *user_data, sqlite3 *handle, const char *schema, int pages)
{
  UcDb *self = user_data;

  self->wal_pages = pages;
  return SQLITE_OK;
}

/* The file is made here, so that no moment exists at which others could read it.
 * O_EXCL: a file that SQLite may already have open is never opened and closed
 * beside it, which would drop its locks. */
static gboolean
make_file (const char *path, GError **error)
{
  int fd = open (path, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0600);

  if (fd < 0 && errno == EEXIST)
    return TRUE;
  if (fd < 0) {
    int saved = errno;

    g_set_error (error, UC_ERROR, UC_ERROR_STORAGE, _ ("“%s” could not be made: %s"), path,
                 g_strerror (saved));
    return FALSE;
  }
  close (fd);
  return TRUE;
}

/* Tables whose own description is whole can be read although that of others is not. */
static gboolean
ignore_damage (UcDb *self, GError **error)
{
  int code = sqlite3_db_config (self->handle, SQLITE_DBCONFIG_DEFENSIVE, 0, NULL);

  if (code != SQLITE_OK)
    return _uc_db_fail (self, code, error);
  return uc_db_exec (self, "PRAGMA writable_schema = ON; PRAGMA query_only = ON", error);
}

static gboolean
configure (UcDb *self, UcDbFlags flags, GError **error)
{
  static const struct {
    int option;
    int value;
  } options[] = {
    { SQLITE_DBCONFIG_DEFENSIVE, 1 },   { SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0 },
    { SQLITE_DBCONFIG_ENABLE_FKEY, 1 }, { SQLITE_DBCONFIG_ENABLE_TRIGGER, 1 },
    { SQLITE_DBCONFIG_DQS_DDL, 0 },     { SQLITE_DBCONFIG_DQS_DML, 0 },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (options); i++) {
    int now = -1;
    int code = sqlite3_db_config (self->handle, options[i].option, options[i].value, &now);

    if (code != SQLITE_OK || now != options[i].value)
      return _uc_db_fail (self, code != SQLITE_OK ? code : SQLITE_ERROR, error);
  }

  sqlite3_limit (self->handle, SQLITE_LIMIT_LENGTH, LENGTH_LIMIT_BYTES);
  sqlite3_limit (self->handle, SQLITE_LIMIT_SQL_LENGTH, SQL_LIMIT_BYTES);
  sqlite3_limit (self->handle, SQLITE_LIMIT_EXPR_DEPTH, EXPR_DEPTH_LIMIT);
  sqlite3_limit (self->handle, SQLITE_LIMIT_ATTACHED, 0);
  sqlite3_limit (self->handle, SQLITE_LIMIT_LIKE_PATTERN_LENGTH, PATTERN_LIMIT_BYTES);
  sqlite3_busy_timeout (self->handle, BUSY_TIMEOUT_MS);
  sqlite3_progress_handler (self->handle, PROGRESS_STEPS, progress_cb, self);
  if ((flags & UC_DB_DAMAGED) != 0 && !ignore_damage (self, error))
    return FALSE;
  if (!_uc_tokenizer_register (self->handle))
    return _uc_db_fail (self, SQLITE_ERROR, error);

  return uc_db_exec (self,
                     "PRAGMA cell_size_check = ON;"
                     "PRAGMA secure_delete = ON;"
                     "PRAGMA synchronous = FULL;"
                     "PRAGMA temp_store = MEMORY;"
                     "PRAGMA journal_size_limit = 16777216;"
                     "PRAGMA wal_autocheckpoint = 0",
                     error);
}

/* Only an empty file gets its journal mode here: whether another one may be touched
 * at all is known when its version has been read (uc_migrate). */
static gboolean
start_wal (UcDb *self, GError **error)
{
  gint64 n_pages = 0;

  if (!_uc_db_query_int64 (self, "PRAGMA page_count", &n_pages, error))
    return FALSE;
  if (n_pages == 0 && !uc_db_exec (self, "PRAGMA journal_mode = WAL", error))
    return FALSE;

  /* Checkpoints are the worker's: the built-in ones cost a third of throughput and
   * stall single commits. */
  sqlite3_wal_hook (self->handle, wal_cb, self);
  return TRUE;
}

static gboolean
check_readable (UcDb *self, GError **error)
{
  gint64 version;

  return _uc_db_query_int64 (self, "PRAGMA schema_version", &version, error);
}

static gboolean
has_wal (const char *path)
{
  g_autofree char *wal = g_strconcat (path, "-wal", NULL);
  GStatBuf         info;

  return g_stat (wal, &info) == 0 && info.st_size > 0;
}

static UcDb *
open_handle (const char *name,
             const char *path,
             int         mode,
             UcDbFlags   flags,
             gboolean   *is_damaged,
             GError    **error)
{
  g_autoptr (UcDb) self = g_new0 (UcDb, 1);
  int      code;
  gboolean is_open;

  self->path = g_strdup (path);
  self->stmts = g_hash_table_new_full (NULL, NULL, NULL, (GDestroyNotify) _uc_stmt_free);
  code = sqlite3_open_v2 (name, &self->handle, mode | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE,
                          NULL);
  if (code != SQLITE_OK) {
    _uc_db_fail (self, code, error);
    return NULL;
  }

  is_open = configure (self, flags, error);
  if (is_open && (flags & UC_DB_DAMAGED) == 0)
    is_open = check_readable (self, error) &&
              ((mode & SQLITE_OPEN_READONLY) != 0 || start_wal (self, error));
  *is_damaged = self->is_damaged;
  return is_open ? g_steal_pointer (&self) : NULL;
}

/* In a folder that cannot be written a database whose log is empty can be read as it
 * lies. With a log it must not be: what the log holds would be missing. */
static UcDb *
open_immutable (const char *path, gboolean *is_damaged, GError **error)
{
  g_autofree char *uri = g_filename_to_uri (path, NULL, error);
  g_autofree char *name = NULL;

  if (uri == NULL)
    return NULL;
  name = g_strconcat (uri, "?immutable=1", NULL);
  return open_handle (name, path, SQLITE_OPEN_READONLY | SQLITE_OPEN_URI, UC_DB_READ_ONLY,
                      is_damaged, error);
}

/**
 * uc_db_open_telling:
 * @path: an absolute path
 * @is_damaged: (out): whether it failed because the file is damaged
 *
 * As uc_db_open(), for a caller that can mend.
 *
 * Returns: (transfer full) (nullable): the connection
 */
UcDb *
uc_db_open_telling (const char *path, UcDbFlags flags, gboolean *is_damaged, GError **error)
{
  g_autoptr (GError) local_error = NULL;
  UcDb *self;

  g_return_val_if_fail (path != NULL && path[0] == '/', NULL);

  *is_damaged = FALSE;
  if ((flags & UC_DB_CREATE) != 0 && !make_file (path, error))
    return NULL;
  if ((flags & UC_DB_READ_ONLY) == 0)
    return open_handle (path, path, SQLITE_OPEN_READWRITE, flags, is_damaged, error);

  self = open_handle (path, path, SQLITE_OPEN_READONLY, flags, is_damaged, &local_error);
  if (self == NULL && !*is_damaged && g_access (path, R_OK) == 0 && !has_wal (path))
    return open_immutable (path, is_damaged, error);
  if (self == NULL)
    g_propagate_error (error, g_steal_pointer (&local_error));
  return self;
}

/**
 * uc_db_open:
 * @path: an absolute path
 *
 * Returns: (transfer full) (nullable): the connection; %UC_ERROR_STORAGE
 */
UcDb *
uc_db_open (const char *path, UcDbFlags flags, GError **error)
{
  gboolean is_damaged;

  return uc_db_open_telling (path, flags, &is_damaged, error);
}
