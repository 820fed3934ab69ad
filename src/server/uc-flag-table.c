/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The table `flags`, and the revision among the facts. */

#include "config.h"

#include "uc-flag-table.h"

#include "uc-json.h"
#include "uc-query.h"

#define SQL_LIST "SELECT name, document FROM flags ORDER BY name"
#define SQL_PUT                                                                                    \
  "INSERT INTO flags (name, document) VALUES (:name, :document) "                                  \
  "ON CONFLICT (name) DO UPDATE SET document = :document"
#define SQL_DELETE   "DELETE FROM flags WHERE name = :name"
#define SQL_REVISION "SELECT CAST (value AS INTEGER) FROM facts WHERE name = 'flags_revision'"
#define SQL_RAISE                                                                                  \
  "INSERT INTO facts (name, value) VALUES ('flags_revision', '2') "                                \
  "ON CONFLICT (name) DO UPDATE SET value = CAST (CAST (value AS INTEGER) + 1 AS TEXT)"

typedef struct {
  char *name;
  char *document;
} Row;

static void
row_free (gpointer data)
{
  Row *row = data;

  g_free (row->name);
  g_free (row->document);
  g_free (row);
}

static gpointer
read_row (UcStmt *stmt)
{
  Row *row = g_new0 (Row, 1);

  row->name = uc_stmt_dup_text (stmt, 0);
  row->document = uc_stmt_dup_text (stmt, 1);
  return row;
}

/**
 * uc_flag_table_list:
 *
 * Returns: (transfer full) (nullable): flags by name
 */
JsonObject *
uc_flag_table_list (UcDb *db, GError **error)
{
  g_autoptr (GPtrArray) rows =
      uc_query_rows (db, SQL_LIST, UC_BINDS ({ .name = NULL }), read_row, row_free, error);
  JsonObject *flags;

  if (rows == NULL)
    return NULL;
  flags = json_object_new ();
  for (guint i = 0; i < rows->len; i++) {
    const Row *row = g_ptr_array_index (rows, i);
    JsonNode  *node = uc_json_parse (row->document, -1, NULL);

    if (node != NULL)
      json_object_set_member (flags, row->name, node);
  }
  return flags;
}

/**
 * uc_flag_table_put:
 */
gboolean
uc_flag_table_put (UcDb *db, const char *name, JsonObject *flag, GError **error)
{
  g_autofree char *document = uc_json_object_to_text (flag);

  return uc_query_run (db, SQL_PUT,
                       UC_BINDS (UC_TEXT (":name", name), UC_TEXT (":document", document)), error);
}

/**
 * uc_flag_table_delete:
 */
gboolean
uc_flag_table_delete (UcDb *db, const char *name, GError **error)
{
  return uc_query_run (db, SQL_DELETE, UC_BINDS (UC_TEXT (":name", name)), error);
}

/**
 * uc_flag_table_get_revision:
 * @revision: (out): 1 before the first change
 */
gboolean
uc_flag_table_get_revision (UcDb *db, gint64 *revision, GError **error)
{
  if (!uc_query_number (db, SQL_REVISION, UC_BINDS ({ .name = NULL }), revision, error))
    return FALSE;
  *revision = MAX (*revision, 1);
  return TRUE;
}

/**
 * uc_flag_table_raise_revision:
 */
gboolean
uc_flag_table_raise_revision (UcDb *db, GError **error)
{
  return uc_query_run (db, SQL_RAISE, UC_BINDS ({ .name = NULL }), error);
}
