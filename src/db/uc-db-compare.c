/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Compares the content of two databases table by table: both are read side by side in
 * the order of the table's key, a row of each at a time, so that the size of a table
 * does not matter. Nothing is written, and each side is seen in one state throughout. */

#include "config.h"

#include "uc-db-compare-private.h"

#include "uc-db-digest.h"
#include "uc-db-private.h"

#include <string.h>

/* One table on one side, at one of its rows. */
typedef struct {
  UcStmt  *stmt; /* (owned) */
  gboolean has_row;
} Cursor;

static void
cursor_clear (Cursor *cursor)
{
  g_clear_pointer (&cursor->stmt, _uc_stmt_free);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Cursor, cursor_clear)

static void
table_comparison_free (gpointer data)
{
  UcTableComparison *table = data;

  for (guint i = 0; i < UC_N_DIFFERENCES; i++)
    g_ptr_array_unref (table->keys[i]);
  g_free (table->table);
  g_free (table);
}

static UcTableComparison *
table_comparison_new (const char *name)
{
  UcTableComparison *table = g_new0 (UcTableComparison, 1);

  table->table = g_strdup (name);
  for (guint i = 0; i < UC_N_DIFFERENCES; i++)
    table->keys[i] = g_ptr_array_new_with_free_func (g_free);
  return table;
}

/* -- Reading side by side ------------------------------------------------------------- */

static void
append_names (GString *sql, const char *const *names, const char *after)
{
  for (guint i = 0; names[i] != NULL; i++) {
    if (i > 0)
      g_string_append (sql, ", ");
    uc_db_append_name (sql, names[i]);
    g_string_append (sql, after);
  }
}

/* The key first, in the order of its bytes; then what both have. */
static char *
dup_select (const char *table, const char *const *key, const char *const *columns)
{
  GString *sql = g_string_new ("SELECT ");

  append_names (sql, key, "");
  if (columns[0] != NULL)
    g_string_append (sql, ", ");
  append_names (sql, columns, "");
  g_string_append (sql, " FROM ");
  uc_db_append_name (sql, table);
  g_string_append (sql, " ORDER BY ");
  append_names (sql, key, " COLLATE BINARY");
  return g_string_free (sql, FALSE);
}

static gboolean
cursor_open (Cursor *cursor, UcDb *db, const char *sql, GError **error)
{
  cursor->stmt = _uc_stmt_new (db, sql, error);
  return cursor->stmt != NULL && uc_stmt_step (cursor->stmt, &cursor->has_row, error);
}

/* NULL, then numbers, texts, bytes: as SQLite sorts. */
static int
get_class (int type)
{
  switch (type) {
  case SQLITE_NULL:
    return 0;
  case SQLITE_INTEGER:
  case SQLITE_FLOAT:
    return 1;
  case SQLITE_TEXT:
    return 2;
  case SQLITE_BLOB:
  default:
    return 3;
  }
}

static int
compare_numbers (sqlite3_stmt *a, sqlite3_stmt *b, int column)
{
  if (sqlite3_column_type (a, column) == SQLITE_INTEGER &&
      sqlite3_column_type (b, column) == SQLITE_INTEGER) {
    gint64 left = sqlite3_column_int64 (a, column);
    gint64 right = sqlite3_column_int64 (b, column);

    return (left > right) - (left < right);
  } else {
    double left = sqlite3_column_double (a, column);
    double right = sqlite3_column_double (b, column);

    return (left > right) - (left < right);
  }
}

static int
compare_bytes (sqlite3_stmt *a, sqlite3_stmt *b, int column)
{
  gconstpointer left = sqlite3_column_blob (a, column);
  gconstpointer right = sqlite3_column_blob (b, column);
  int           n_left = sqlite3_column_bytes (a, column);
  int           n_right = sqlite3_column_bytes (b, column);
  int           n = MIN (n_left, n_right);
  int           order = n > 0 ? memcmp (left, right, (gsize) n) : 0;

  return order != 0 ? order : (n_left > n_right) - (n_left < n_right);
}

static int
compare_column (sqlite3_stmt *a, sqlite3_stmt *b, int column)
{
  int left = get_class (sqlite3_column_type (a, column));
  int right = get_class (sqlite3_column_type (b, column));

  if (left != right)
    return left < right ? -1 : 1;
  if (left == 0)
    return 0;
  return left == 1 ? compare_numbers (a, b, column) : compare_bytes (a, b, column);
}

static int
compare_columns (const Cursor *a, const Cursor *b, int first, int end)
{
  int order = 0;

  for (int i = first; order == 0 && i < end; i++)
    order = compare_column (_uc_stmt_get_handle (a->stmt), _uc_stmt_get_handle (b->stmt), i);
  return order;
}

/* The key as a person can look for it: its columns, and the id that the server knows
 * the row by when that is another. */
static char *
dup_key (const Cursor *cursor, int n_key, int id_column)
{
  g_autoptr (GString) text = g_string_new (NULL);

  for (int i = 0; i < n_key; i++) {
    if (i > 0)
      g_string_append_c (text, '/');
    g_string_append (text, uc_stmt_get_text (cursor->stmt, i));
  }
  if (id_column >= 0)
    g_string_append_printf (text, " (%s)", uc_stmt_get_text (cursor->stmt, id_column));
  return g_utf8_make_valid (text->str, (gssize) text->len);
}

static void
note (UcTableComparison *table,
      UcDifference       difference,
      const Cursor      *cursor,
      int                n_key,
      int                id_column)
{
  GPtrArray *keys = table->keys[difference];

  table->n[difference]++;
  if (keys->len < UC_MAX_SAMPLE_KEYS)
    g_ptr_array_add (keys, dup_key (cursor, n_key, id_column));
}

static gboolean
merge (UcTableComparison *table, Cursor *a, Cursor *b, int n_key, int id_column, GError **error)
{
  int n_columns = sqlite3_column_count (_uc_stmt_get_handle (a->stmt));

  while (a->has_row || b->has_row) {
    int order = !a->has_row ? 1 : !b->has_row ? -1 : compare_columns (a, b, 0, n_key);

    table->n_rows_a += order <= 0;
    table->n_rows_b += order >= 0;
    if (order < 0)
      note (table, UC_DIFFERENCE_ONLY_A, a, n_key, id_column);
    else if (order > 0)
      note (table, UC_DIFFERENCE_ONLY_B, b, n_key, id_column);
    else if (compare_columns (a, b, n_key, n_columns) != 0)
      note (table, UC_DIFFERENCE_CHANGED, a, n_key, id_column);
    if ((order <= 0 && !uc_stmt_step (a->stmt, &a->has_row, error)) ||
        (order >= 0 && !uc_stmt_step (b->stmt, &b->has_row, error)))
      return FALSE;
  }
  table->is_equal = table->n[UC_DIFFERENCE_ONLY_A] == 0 && table->n[UC_DIFFERENCE_ONLY_B] == 0 &&
                    table->n[UC_DIFFERENCE_CHANGED] == 0;
  return TRUE;
}

/* Where the id stands that a server knows a row by, when the key is another; else -1. */
static int
find_id (const char *const *key, const char *const *columns)
{
  if (g_strv_contains (key, "id"))
    return -1;
  for (guint i = 0; columns[i] != NULL; i++) {
    if (strcmp (columns[i], "id") == 0)
      return (int) (g_strv_length ((GStrv) key) + i);
  }
  return -1;
}

static gboolean
compare_keyed (UcDb              *a,
               UcDb              *b,
               UcTableComparison *table,
               const char *const *key,
               const char *const *columns,
               GError           **error)
{
  g_autofree char *sql = dup_select (table->table, key, columns);
  g_auto (Cursor) left = { 0 };
  g_auto (Cursor) right = { 0 };

  table->is_keyed = TRUE;
  return cursor_open (&left, a, sql, error) && cursor_open (&right, b, sql, error) &&
         merge (table, &left, &right, (int) g_strv_length ((GStrv) key), find_id (key, columns),
                error);
}

/* No row has a counterpart: only the whole can be compared, in whatever order. */
static gboolean
compare_unkeyed (UcDb              *a,
                 UcDb              *b,
                 UcTableComparison *table,
                 const char *const *columns,
                 GError           **error)
{
  UcTableDigest left = { 0, 0 };
  UcTableDigest right = { 0, 0 };

  if (!uc_db_digest_table (a, table->table, columns, &left, error) ||
      !uc_db_digest_table (b, table->table, columns, &right, error))
    return FALSE;
  table->n_rows_a = left.n_rows;
  table->n_rows_b = right.n_rows;
  table->is_equal = uc_table_digest_equal (&left, &right);
  return TRUE;
}

static GStrv
dup_common (const char *const *a, const char *const *b)
{
  g_autoptr (GStrvBuilder) common = g_strv_builder_new ();

  for (guint i = 0; a[i] != NULL; i++) {
    if (g_strv_contains (b, a[i]))
      g_strv_builder_add (common, a[i]);
  }
  return g_strv_builder_end (common);
}

static gboolean
compare_table (UcDb *a, UcDb *b, UcTableComparison *table, GError **error)
{
  g_auto (GStrv) key_a = uc_db_list_keys (a, table->table, error);
  g_auto (GStrv) key_b = key_a != NULL ? uc_db_list_keys (b, table->table, error) : NULL;
  g_auto (GStrv) columns_a = key_b != NULL ? uc_db_list_columns (a, table->table, error) : NULL;
  g_auto (GStrv) columns_b = columns_a != NULL ? uc_db_list_columns (b, table->table, error) : NULL;
  g_auto (GStrv) common = NULL;

  if (columns_b == NULL)
    return FALSE;
  common = dup_common ((const char *const *) columns_a, (const char *const *) columns_b);
  if (g_strv_equal ((const char *const *) key_a, (const char *const *) key_b))
    return compare_keyed (a, b, table, (const char *const *) key_a, (const char *const *) common,
                          error);
  return compare_unkeyed (a, b, table, (const char *const *) common, error);
}

static gboolean
compare_all (UcDb *a, UcDb *b, UcDbComparison *self, GError **error)
{
  g_auto (GStrv) tables_a = NULL;
  g_auto (GStrv) tables_b = NULL;

  if (!uc_db_get_user_version (a, &self->version_a, error) ||
      !uc_db_get_user_version (b, &self->version_b, error) ||
      !_uc_db_compare_schema (a, b, self->schema, error) ||
      (tables_a = uc_db_list_tables (a, error)) == NULL ||
      (tables_b = uc_db_list_tables (b, error)) == NULL)
    return FALSE;
  for (guint i = 0; tables_a[i] != NULL; i++) {
    UcTableComparison *table;

    if (!g_strv_contains ((const char *const *) tables_b, tables_a[i]))
      continue;
    table = table_comparison_new (tables_a[i]);
    g_ptr_array_add (self->tables, table);
    if (!compare_table (a, b, table, error))
      return FALSE;
  }
  return TRUE;
}

/* -- For everybody -------------------------------------------------------------------- */

void
uc_db_comparison_free (UcDbComparison *self)
{
  if (self == NULL)
    return;

  g_ptr_array_unref (self->schema);
  g_ptr_array_unref (self->tables);
  g_free (self);
}

gboolean
uc_db_comparison_is_equal (const UcDbComparison *self)
{
  gboolean is_equal = self->version_a == self->version_b && self->schema->len == 0;

  for (guint i = 0; is_equal && i < self->tables->len; i++)
    is_equal = ((UcTableComparison *) g_ptr_array_index (self->tables, i))->is_equal;
  return is_equal;
}

/**
 * uc_db_compare:
 * @a: a connection; reading is enough
 * @b: another one
 *
 * Blocks as long as it takes to read both files once. Both may be in use and of
 * different versions.
 *
 * Returns: (transfer full): what sets them apart; %UC_ERROR_STORAGE
 */
UcDbComparison *
uc_db_compare (UcDb *a, UcDb *b, GError **error)
{
  g_autoptr (UcDbComparison) self = g_new0 (UcDbComparison, 1);
  gboolean is_done;

  self->schema = g_ptr_array_new_with_free_func (_uc_schema_difference_free);
  self->tables = g_ptr_array_new_with_free_func (table_comparison_free);
  if (!uc_db_begin_read (a, error))
    return NULL;
  is_done = uc_db_begin_read (b, error) && compare_all (a, b, self, error);
  uc_db_end_read (b);
  uc_db_end_read (a);
  return is_done ? g_steal_pointer (&self) : NULL;
}
