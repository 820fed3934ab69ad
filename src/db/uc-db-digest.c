/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What tables are made of and a digest of what they hold, so that two databases can be
 * compared without holding either in memory. It knows no table by name. */

#include "config.h"

#include "uc-db-digest.h"
#include "uc-db-private.h"

#include <string.h>

static const char *TABLES_SQL = "SELECT name FROM pragma_table_list"
                                " WHERE schema = 'main' AND type = 'table'"
                                "   AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\'"
                                " ORDER BY name";
static const char *COLUMNS_SQL = "SELECT name FROM pragma_table_info (:table) ORDER BY name";
static const char *KEYS_SQL =
    "SELECT name FROM pragma_table_info (:table) WHERE pk > 0 ORDER BY pk";

static GStrv
read_names (UcDb *self, const char *sql, const char *table, GError **error)
{
  g_autoptr (GStrvBuilder) names = g_strv_builder_new ();
  UcStmt  *stmt = uc_db_prepare (self, sql, error);
  gboolean has_row;

  if (stmt == NULL)
    return NULL;
  if (table != NULL)
    uc_stmt_bind_text (stmt, ":table", table);
  do {
    if (!uc_stmt_step (stmt, &has_row, error))
      return NULL;
    if (has_row)
      g_strv_builder_add (names, uc_stmt_get_text (stmt, 0));
  } while (has_row);
  return g_strv_builder_end (names);
}

/**
 * uc_db_list_tables:
 *
 * Returns: (transfer full): ordinary tables by name
 */
GStrv
uc_db_list_tables (UcDb *self, GError **error)
{
  return read_names (self, TABLES_SQL, NULL, error);
}

/**
 * uc_db_list_columns:
 *
 * Returns: (transfer full): the columns of @table by name; none when there is no such
 *   table
 */
GStrv
uc_db_list_columns (UcDb *self, const char *table, GError **error)
{
  return read_names (self, COLUMNS_SQL, table, error);
}

/**
 * uc_db_list_keys:
 *
 * Returns: (transfer full): what tells the rows of @table apart
 */
GStrv
uc_db_list_keys (UcDb *self, const char *table, GError **error)
{
  static const char *const rowid[] = { "rowid", NULL };
  g_auto (GStrv) keys = read_names (self, KEYS_SQL, table, error);

  if (keys != NULL && keys[0] == NULL)
    return g_strdupv ((GStrv) rowid);
  return g_steal_pointer (&keys);
}

/**
 * uc_db_append_name:
 *
 * Appends @name, quoted as SQL wants the name of a table or column.
 */
void
uc_db_append_name (GString *sql, const char *name)
{
  g_string_append_c (sql, '"');
  for (const char *p = name; *p != '\0'; p++) {
    if (*p == '"')
      g_string_append_c (sql, '"');
    g_string_append_c (sql, *p);
  }
  g_string_append_c (sql, '"');
}

/* -- The digest -------------------------------------------------------------------- */

static void
append_column (GByteArray *row, sqlite3_stmt *handle, int column)
{
  guint8 type = (guint8) sqlite3_column_type (handle, column);
  gint64 whole;
  double real;
  gint64 length;

  g_byte_array_append (row, &type, sizeof type);
  switch (type) {
  case SQLITE_NULL:
    break;
  case SQLITE_INTEGER:
    whole = sqlite3_column_int64 (handle, column);
    g_byte_array_append (row, (const guint8 *) &whole, sizeof whole);
    break;
  case SQLITE_FLOAT:
    /* As text it would lose its last digits. */
    real = sqlite3_column_double (handle, column);
    g_byte_array_append (row, (const guint8 *) &real, sizeof real);
    break;
  default:
    length = sqlite3_column_bytes (handle, column);
    g_byte_array_append (row, (const guint8 *) &length, sizeof length);
    if (length > 0)
      g_byte_array_append (row, sqlite3_column_blob (handle, column), (guint) length);
    break;
  }
}

/* @checksum and @row are lent, so that a million rows do not make a million of them. */
static guint64
digest_row (GChecksum *checksum, GByteArray *row, sqlite3_stmt *handle, int first_column)
{
  int     n_columns = sqlite3_data_count (handle);
  guint8  bytes[32];
  gsize   n_bytes = sizeof bytes;
  guint64 part;

  g_byte_array_set_size (row, 0);
  for (int i = first_column; i < n_columns; i++)
    append_column (row, handle, i);
  g_checksum_reset (checksum);
  g_checksum_update (checksum, row->data, row->len);
  g_checksum_get_digest (checksum, bytes, &n_bytes);
  memcpy (&part, bytes, sizeof part);
  return part;
}

/**
 * uc_stmt_digest_row:
 * @stmt: a statement that stands on a row
 * @first_column: what comes before it, keys for instance, is left out
 *
 * Returns: a digest of types and values, in the order of the query's columns
 */
guint64
uc_stmt_digest_row (UcStmt *stmt, int first_column)
{
  g_autoptr (GChecksum) checksum = g_checksum_new (G_CHECKSUM_SHA256);
  g_autoptr (GByteArray) row = g_byte_array_new ();

  return digest_row (checksum, row, _uc_stmt_get_handle (stmt), first_column);
}

/**
 * uc_db_digest_query:
 * @digest: (inout): what the rows are added to
 *
 * Sums up all rows of a query; @stmt is reset at its end.
 */
gboolean
uc_db_digest_query (UcStmt *stmt, UcTableDigest *digest, GError **error)
{
  g_autoptr (GChecksum) checksum = g_checksum_new (G_CHECKSUM_SHA256);
  g_autoptr (GByteArray) row = g_byte_array_new ();
  gboolean has_row;

  while (TRUE) {
    if (!uc_stmt_step (stmt, &has_row, error))
      return FALSE;
    if (!has_row)
      return TRUE;
    digest->sum += digest_row (checksum, row, _uc_stmt_get_handle (stmt), 0);
    digest->n_rows++;
  }
}

/**
 * uc_db_digest_table:
 * @columns: (nullable): the columns that count, in an order that is the same for both
 *   sides of a comparison; %NULL: all of them, by name. With none the rows are counted
 * @digest: (inout): what the rows are added to
 *
 * The sum over the rows' own digests does not depend on their order, so that tables
 * whose rows lie elsewhere can be compared.
 */
gboolean
uc_db_digest_table (UcDb              *self,
                    const char        *table,
                    const char *const *columns,
                    UcTableDigest     *digest,
                    GError           **error)
{
  g_autoptr (GString) sql = g_string_new ("SELECT ");
  g_autoptr (UcStmt) stmt = NULL;
  g_auto (GStrv) all = NULL;

  if (columns == NULL) {
    all = uc_db_list_columns (self, table, error);
    if (all == NULL)
      return FALSE;
    columns = (const char *const *) all;
  }
  if (columns[0] == NULL)
    g_string_append (sql, "NULL");
  for (gsize i = 0; columns[i] != NULL; i++) {
    if (i > 0)
      g_string_append (sql, ", ");
    uc_db_append_name (sql, columns[i]);
  }
  g_string_append (sql, " FROM ");
  uc_db_append_name (sql, table);
  stmt = _uc_stmt_new (self, sql->str, error);
  return stmt != NULL && uc_db_digest_query (stmt, digest, error);
}

gboolean
uc_table_digest_equal (const UcTableDigest *a, const UcTableDigest *b)
{
  return a->n_rows == b->n_rows && a->sum == b->sum;
}
