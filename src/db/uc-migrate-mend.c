/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What referred to nothing before any step ran, as after damage or a program that did
 * not look: such rows would make every step fail, so they are put aside first. */

#include "config.h"

#include "uc-db-digest.h"
#include "uc-db-private.h"
#include "uc-migrate-private.h"
#include "uc-reference-private.h"

#include <glib/gi18n-lib.h>

#define ORPHANS_AT_ONCE 1000

static const char *ANY_ORPHAN_SQL = "SELECT count (*) FROM"
                                    " (SELECT 1 FROM pragma_foreign_key_check LIMIT 1)";

static GPtrArray *
read_orphans (UcDb *db, const UcReference *reference, GStrv child_keys, GError **error)
{
  g_autoptr (GString) sql = _uc_reference_begin_select (child_keys, "c", reference->child);
  g_autoptr (UcStmt) stmt = NULL;

  g_string_append (sql, "WHERE ");
  for (guint i = 0; i < reference->from->len; i++) {
    g_string_append (sql, "c.");
    uc_db_append_name (sql, g_ptr_array_index (reference->from, i));
    g_string_append (sql, " IS NOT NULL AND ");
  }
  g_string_append (sql, "NOT EXISTS (SELECT 1 FROM ");
  uc_db_append_name (sql, reference->parent);
  g_string_append (sql, " p WHERE ");
  _uc_reference_append_match (sql, reference);
  g_string_append_printf (sql, ") LIMIT %d", ORPHANS_AT_ONCE);
  stmt = _uc_stmt_new (db, sql->str, error);
  return stmt != NULL ? _uc_reference_read_keys (stmt, g_strv_length (child_keys), error) : NULL;
}

static gboolean
mend_reference (UcDb *db, GPtrArray *references, const UcReference *reference, GError **error)
{
  g_autofree char *reason = g_strdup_printf (_ ("It refers to nothing in “%s”"), reference->parent);
  g_auto (GStrv) child_keys = uc_db_list_keys (db, reference->child, error);
  gint64 n_before;

  if (child_keys == NULL)
    return FALSE;
  do {
    g_autoptr (GPtrArray) orphans = read_orphans (db, reference, child_keys, error);

    if (orphans == NULL)
      return FALSE;
    n_before = sqlite3_total_changes64 (_uc_db_get_handle (db));
    for (guint i = 0; i < orphans->len; i++) {
      if (!_uc_migrate_put_aside (db, references, reference->child, g_ptr_array_index (orphans, i),
                                  reason, error))
        return FALSE;
    }
  } while (sqlite3_total_changes64 (_uc_db_get_handle (db)) > n_before);
  return TRUE;
}

gboolean
_uc_migrate_mend (UcDb *db, GError **error)
{
  g_autoptr (GPtrArray) references = NULL;
  gint64 has_orphans = 0;

  if (!_uc_db_query_int64 (db, ANY_ORPHAN_SQL, &has_orphans, error))
    return FALSE;
  if (has_orphans == 0)
    return TRUE;
  references = _uc_reference_load_all (db, error);
  if (references == NULL)
    return FALSE;
  for (guint i = 0; i < references->len; i++) {
    if (!mend_reference (db, references, g_ptr_array_index (references, i), error))
      return FALSE;
  }
  return TRUE;
}
