/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A connection to SQLite with its transactions and its cache of prepared statements;
 * what SQLite's codes mean to a caller. It knows no table. */

#include "config.h"

#include "uc-db-private.h"
#include "uc-error.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define MAX_DETAIL_BYTES 120

static const char *
describe (int code)
{
  switch (code & 0xff) {
  case SQLITE_FULL:
    return _ ("The disk is full: nothing was saved");
  case SQLITE_IOERR:
    return _ ("The disk could not be read or written");
  case SQLITE_READONLY:
    return _ ("The store can be read but not written");
  case SQLITE_CORRUPT:
  case SQLITE_NOTADB:
    return _ ("The store’s file is damaged");
  case SQLITE_BUSY:
  case SQLITE_LOCKED:
    return _ ("The store is in use by another program");
  case SQLITE_CANTOPEN:
  case SQLITE_PERM:
  case SQLITE_AUTH:
    return _ ("The store’s file could not be opened");
  case SQLITE_NOMEM:
    return _ ("There is not enough memory");
  case SQLITE_INTERRUPT:
    return _ ("The query was stopped because it took too long");
  default:
    return _ ("The store refused");
  }
}

static UcErrorCode
get_error_code (int code)
{
  switch (code) {
  case SQLITE_CONSTRAINT_UNIQUE:
  case SQLITE_CONSTRAINT_PRIMARYKEY:
  case SQLITE_CONSTRAINT_ROWID:
    return UC_ERROR_CONFLICT;
  case SQLITE_INTERRUPT:
    return UC_ERROR_TIMEOUT;
  default:
    return UC_ERROR_STORAGE;
  }
}

/* SQLite may quote a whole schema, or a damaged one: one line of readable text. */
static char *
dup_detail (UcDb *self, int code)
{
  const char *text = self->handle != NULL ? sqlite3_errmsg (self->handle) : sqlite3_errstr (code);
  gsize       length = strcspn (text, "\r\n");

  return g_utf8_make_valid (text, (gssize) MIN (length, MAX_DETAIL_BYTES));
}

gboolean
_uc_db_fail (UcDb *self, int code, GError **error)
{
  g_autofree char *name = g_path_get_basename (self->path);
  g_autofree char *detail = dup_detail (self, code);
  int              primary = code & 0xff;

  self->last_code = code;
  if (primary == SQLITE_CORRUPT || primary == SQLITE_NOTADB)
    self->is_damaged = TRUE;
  g_set_error (error, UC_ERROR, get_error_code (code), "%s (%s: %s, %d)", describe (code), name,
               self->handle != NULL ? sqlite3_errmsg (self->handle) : sqlite3_errstr (code), code);
  return FALSE;
}

/* -- The connection -------------------------------------------------------------- */

void
uc_db_close (UcDb *self)
{
  if (self == NULL)
    return;

  g_clear_pointer (&self->stmts, g_hash_table_unref);
  if (self->handle != NULL && sqlite3_close (self->handle) != SQLITE_OK) {
    g_critical ("A statement outlived its connection to “%s”", self->path);
    sqlite3_close_v2 (self->handle);
  }
  g_clear_object (&self->cancellable);
  g_free (self->path);
  g_free (self);
}

const char *
uc_db_get_path (UcDb *self)
{
  return self->path;
}

/**
 * uc_db_is_damaged:
 *
 * Returns: whether SQLite has met damage in the file since it was opened
 */
gboolean
uc_db_is_damaged (UcDb *self)
{
  return self->is_damaged;
}

/**
 * uc_db_is_full:
 *
 * Returns: whether the last failure was for want of room on the disk
 */
gboolean
uc_db_is_full (UcDb *self)
{
  return (self->last_code & 0xff) == SQLITE_FULL;
}

gboolean
uc_db_exec (UcDb *self, const char *sql, GError **error)
{
  int code = sqlite3_exec (self->handle, sql, NULL, NULL, NULL);

  return code == SQLITE_OK || _uc_db_fail (self, code, error);
}

/* A SELECT that was left in the middle would keep its snapshot open. Only our own: the
 * full-text index keeps statements of its own under way while it writes, and a COMMIT that
 * finds them reset fails. */
static void
reset_statements (UcDb *self)
{
  GHashTableIter iter;
  gpointer       stmt;

  g_hash_table_iter_init (&iter, self->stmts);
  while (g_hash_table_iter_next (&iter, NULL, &stmt))
    uc_stmt_reset (stmt);
}

gboolean
uc_db_begin (UcDb *self, GError **error)
{
  return uc_db_exec (self, "BEGIN IMMEDIATE", error);
}

/**
 * uc_db_begin_read:
 *
 * All reads until uc_db_end_read() see one and the same state.
 */
gboolean
uc_db_begin_read (UcDb *self, GError **error)
{
  return uc_db_exec (self, "BEGIN DEFERRED", error);
}

void
uc_db_end_read (UcDb *self)
{
  uc_db_rollback (self);
}

/**
 * uc_db_commit:
 *
 * %FALSE means that nothing of the transaction was kept: it is rolled back.
 */
gboolean
uc_db_commit (UcDb *self, GError **error)
{
  reset_statements (self);
  if (uc_db_exec (self, "COMMIT", error))
    return TRUE;
  uc_db_rollback (self);
  return FALSE;
}

void
uc_db_rollback (UcDb *self)
{
  g_autoptr (GError) error = NULL;

  reset_statements (self);
  /* SQLite rolls back by itself when the disk is full. */
  if (sqlite3_get_autocommit (self->handle) == 0 && !uc_db_exec (self, "ROLLBACK", &error))
    g_warning ("Rolling back: %s", error->message);
}

gint64
uc_db_get_last_rowid (UcDb *self)
{
  return sqlite3_last_insert_rowid (self->handle);
}

/* Rows changed by the last statement. */
int
uc_db_get_changes (UcDb *self)
{
  return sqlite3_changes (self->handle);
}

gboolean
uc_db_get_user_version (UcDb *self, int *version, GError **error)
{
  gint64 value = 0;

  if (!_uc_db_query_int64 (self, "PRAGMA user_version", &value, error))
    return FALSE;
  *version = (int) value;
  return TRUE;
}

gboolean
uc_db_set_user_version (UcDb *self, int version, GError **error)
{
  g_autofree char *sql = g_strdup_printf ("PRAGMA user_version = %d", version);

  return uc_db_exec (self, sql, error);
}

/**
 * uc_db_checkpoint:
 * @truncate: also empty the log, waiting for readers; else only what can be done now
 */
gboolean
uc_db_checkpoint (UcDb *self, gboolean truncate, GError **error)
{
  int n_log = 0;
  int n_done = 0;
  int code;

  code = sqlite3_wal_checkpoint_v2 (
      self->handle, NULL, truncate ? SQLITE_CHECKPOINT_TRUNCATE : SQLITE_CHECKPOINT_PASSIVE, &n_log,
      &n_done);
  if (code != SQLITE_OK)
    return _uc_db_fail (self, code, error);
  if (n_log == n_done)
    self->wal_pages = 0;
  return TRUE;
}

void
uc_db_interrupt (UcDb *self)
{
  sqlite3_interrupt (self->handle);
}

/**
 * uc_db_set_limit:
 * @cancellable: (nullable): stops what runs when it is cancelled
 * @limit_ms: how long everything until the next call may take; 0: for ever
 *
 * A stopped query is %UC_ERROR_TIMEOUT.
 */
void
uc_db_set_limit (UcDb *self, GCancellable *cancellable, guint limit_ms)
{
  g_set_object (&self->cancellable, cancellable);
  self->deadline_us =
      limit_ms > 0 ? g_get_monotonic_time () + limit_ms * G_TIME_SPAN_MILLISECOND : 0;
}

/* The cache goes by the place of the text, which is quick, and then makes sure that
 * it still is that text. */
UcStmt *
uc_db_prepare (UcDb *self, const char *sql, GError **error)
{
  UcStmt *stmt = g_hash_table_lookup (self->stmts, sql);

  if (stmt != NULL && strcmp (sqlite3_sql (_uc_stmt_get_handle (stmt)), sql) == 0) {
    _uc_stmt_rewind (stmt);
    return stmt;
  }
  stmt = _uc_stmt_new (self, sql, error);
  if (stmt != NULL)
    g_hash_table_replace (self->stmts, (gpointer) sql, stmt);
  return stmt;
}

/* -- For the room ----------------------------------------------------------------- */

sqlite3 *
_uc_db_get_handle (UcDb *self)
{
  return self->handle;
}

int
_uc_db_get_wal_pages (UcDb *self)
{
  return self->wal_pages;
}

void
_uc_db_leave_untouched (UcDb *self)
{
  sqlite3_db_config (self->handle, SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1, NULL);
}

gboolean
_uc_db_query_int64 (UcDb *self, const char *sql, gint64 *value, GError **error)
{
  g_autoptr (UcStmt) stmt = _uc_stmt_new (self, sql, error);
  gboolean has_row = FALSE;

  if (stmt == NULL || !uc_stmt_step (stmt, &has_row, error))
    return FALSE;
  *value = has_row ? uc_stmt_get_int64 (stmt, 0) : 0;
  return TRUE;
}

/* Inside a transaction the pragma does nothing and says nothing: hence the look. */
gboolean
_uc_db_set_foreign_keys (UcDb *self, gboolean on, GError **error)
{
  gint64 now = -1;

  if (!uc_db_exec (self, on ? "PRAGMA foreign_keys = ON" : "PRAGMA foreign_keys = OFF", error) ||
      !_uc_db_query_int64 (self, "PRAGMA foreign_keys", &now, error))
    return FALSE;
  if (now == (on ? 1 : 0))
    return TRUE;
  g_set_error (error, UC_ERROR, UC_ERROR_STORAGE,
               _ ("The check of references could not be switched"));
  return FALSE;
}
