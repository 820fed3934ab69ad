/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "uc-db.h"

G_BEGIN_DECLS

/**
 * UcTableDigest:
 * @n_rows: how many rows went in
 * @sum: of the rows' own digests, modulo 2^64
 *
 * What a table holds, whatever the order of its rows and columns. Two tables that
 * differ in one value have the same digest once in 2^64. Starts as { 0, 0 }.
 */
typedef struct {
  gint64  n_rows;
  guint64 sum;
} UcTableDigest;

/* By name: ordinary tables of the file's own, none that is virtual or stands behind an
 * index. Columns by name; keys (the primary key's columns, in its order; "rowid" where
 * none is declared). */
GStrv uc_db_list_tables (UcDb *self, GError **error) G_GNUC_WARN_UNUSED_RESULT;
GStrv uc_db_list_columns (UcDb *self, const char *table, GError **error) G_GNUC_WARN_UNUSED_RESULT;
GStrv uc_db_list_keys (UcDb *self, const char *table, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* "name" with its quotation marks, for SQL that is made. */
void uc_db_append_name (GString *sql, const char *name);

/* Of the row that @stmt stands on, its columns from @first_column on. */
guint64 uc_stmt_digest_row (UcStmt *stmt, int first_column);

/* Adds @table's rows to *@digest. */
gboolean uc_db_digest_table (UcDb              *self,
                             const char        *table,
                             const char *const *columns,
                             UcTableDigest     *digest,
                             GError           **error);
/* Adds the rows of a query that is bound and not begun. */
gboolean uc_db_digest_query (UcStmt *stmt, UcTableDigest *digest, GError **error);
gboolean uc_table_digest_equal (const UcTableDigest *a, const UcTableDigest *b);

G_END_DECLS
