/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A prepared statement: bound by name, stepped with every return code looked at. */

#include "config.h"

#include "uc-db-private.h"

struct _UcStmt {
  UcDb         *db;     /* (unowned) the connection outlives it */
  sqlite3_stmt *handle; /* (owned) */
};

static int
get_parameter (UcStmt *self, const char *name)
{
  int index = sqlite3_bind_parameter_index (self->handle, name);

  if (index == 0)
    g_error ("No parameter “%s” in: %s", name, sqlite3_sql (self->handle));
  return index;
}

static void
check_bound (UcStmt *self, const char *name, int code)
{
  /* Too big is for the step to report: the parameter is NULL then, which a NOT NULL
   * column refuses. */
  if (code != SQLITE_OK)
    g_warning ("Binding %s: %s", name, sqlite3_errstr (code));
}

void
uc_stmt_bind_text (UcStmt *self, const char *name, const char *value)
{
  int index = get_parameter (self, name);

  check_bound (self, name, sqlite3_bind_text (self->handle, index, value, -1, SQLITE_TRANSIENT));
}

void
uc_stmt_bind_int64 (UcStmt *self, const char *name, gint64 value)
{
  check_bound (self, name, sqlite3_bind_int64 (self->handle, get_parameter (self, name), value));
}

void
uc_stmt_bind_double (UcStmt *self, const char *name, double value)
{
  check_bound (self, name, sqlite3_bind_double (self->handle, get_parameter (self, name), value));
}

void
uc_stmt_bind_blob (UcStmt *self, const char *name, GBytes *value)
{
  gsize         size = 0;
  gconstpointer data = value != NULL ? g_bytes_get_data (value, &size) : NULL;
  int           index = get_parameter (self, name);

  if (value == NULL)
    check_bound (self, name, sqlite3_bind_null (self->handle, index));
  else if (size == 0)
    check_bound (self, name, sqlite3_bind_zeroblob (self->handle, index, 0));
  else
    check_bound (self, name,
                 sqlite3_bind_blob64 (self->handle, index, data, size, SQLITE_TRANSIENT));
}

void
uc_stmt_bind_null (UcStmt *self, const char *name)
{
  check_bound (self, name, sqlite3_bind_null (self->handle, get_parameter (self, name)));
}

/**
 * uc_stmt_step:
 * @has_row: (out): whether there is a row to read
 *
 * Returns: %FALSE with @error set when SQLite refuses; the statement is reset then
 */
gboolean
uc_stmt_step (UcStmt *self, gboolean *has_row, GError **error)
{
  int code = sqlite3_step (self->handle);

  *has_row = code == SQLITE_ROW;
  if (code == SQLITE_ROW)
    return TRUE;
  if (code != SQLITE_DONE)
    _uc_db_fail (self->db, code, error);
  sqlite3_reset (self->handle);
  return code == SQLITE_DONE;
}

/**
 * uc_stmt_run:
 *
 * Steps to the end and resets, for statements whose rows do not matter.
 */
gboolean
uc_stmt_run (UcStmt *self, GError **error)
{
  gboolean has_row;

  do {
    if (!uc_stmt_step (self, &has_row, error))
      return FALSE;
  } while (has_row);
  return TRUE;
}

void
uc_stmt_reset (UcStmt *self)
{
  sqlite3_reset (self->handle);
}

const char *
uc_stmt_get_text (UcStmt *self, int column)
{
  const unsigned char *text = sqlite3_column_text (self->handle, column);

  return text != NULL ? (const char *) text : "";
}

char *
uc_stmt_dup_text (UcStmt *self, int column)
{
  return g_strdup (uc_stmt_get_text (self, column));
}

gint64
uc_stmt_get_int64 (UcStmt *self, int column)
{
  return sqlite3_column_int64 (self->handle, column);
}

double
uc_stmt_get_double (UcStmt *self, int column)
{
  return sqlite3_column_double (self->handle, column);
}

GBytes *
uc_stmt_dup_blob (UcStmt *self, int column)
{
  gconstpointer data = sqlite3_column_blob (self->handle, column);

  return g_bytes_new (data, sqlite3_column_bytes (self->handle, column));
}

gboolean
uc_stmt_is_null (UcStmt *self, int column)
{
  return sqlite3_column_type (self->handle, column) == SQLITE_NULL;
}

UcStmt *
_uc_stmt_new (UcDb *db, const char *sql, GError **error)
{
  sqlite3_stmt *handle = NULL;
  UcStmt       *self;
  int           code;

  code = sqlite3_prepare_v3 (_uc_db_get_handle (db), sql, -1, SQLITE_PREPARE_PERSISTENT, &handle,
                             NULL);
  if (code != SQLITE_OK) {
    _uc_db_fail (db, code, error);
    g_prefix_error (error, "“%.60s”: ", sql);
    return NULL;
  }
  self = g_new0 (UcStmt, 1);
  self->db = db;
  self->handle = handle;
  return self;
}

void
_uc_stmt_free (UcStmt *self)
{
  sqlite3_finalize (self->handle);
  g_free (self);
}

void
_uc_stmt_rewind (UcStmt *self)
{
  sqlite3_reset (self->handle);
  sqlite3_clear_bindings (self->handle);
}

sqlite3_stmt *
_uc_stmt_get_handle (UcStmt *self)
{
  return self->handle;
}
