/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Looks whether a store holds together: as a database, and as what it means. It is
 * the second place that reads tables of all families. */

#include "config.h"

#include "uc-store-care.h"

#include "uc-db.h"
#include "uc-error.h"
#include "uc-store-migrations-private.h"

#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>
#include <unistd.h>

/* Each gives a line for what is wrong. */
static const char *const rules[] = {
  /* Spans of a channel never overlap, and end at messages. */
  "SELECT 'spans of ' || c.id || ' overlap at ' || a.lo_seq"
  "  FROM spans a JOIN spans b USING (channel) JOIN channels c USING (channel)"
  " WHERE a.lo_seq > b.lo_seq AND a.lo_seq <= b.hi_seq ORDER BY 1",
  "SELECT 'a span of ' || c.id || ' begins at no message: ' || s.lo_seq"
  "  FROM spans s JOIN channels c USING (channel)"
  "  LEFT JOIN messages m ON m.seq = s.lo_seq AND m.channel = s.channel"
  " WHERE s.lo_seq <> 0 AND m.seq IS NULL ORDER BY 1",
  "SELECT 'a span of ' || c.id || ' ends at no message: ' || s.hi_seq"
  "  FROM spans s JOIN channels c USING (channel)"
  "  LEFT JOIN messages m ON m.seq = s.hi_seq AND m.channel = s.channel"
  " WHERE s.hi_seq <> 0 AND m.seq IS NULL ORDER BY 1",
  "SELECT 'two spans of ' || c.id || ' reach the same end'"
  "  FROM spans s JOIN channels c USING (channel)"
  " GROUP BY s.channel HAVING sum (s.reaches_tip) > 1 OR sum (s.reaches_start) > 1 ORDER BY 1",
  /* What is unsent shows, and what shows as unsent is queued. */
  "SELECT 'the unsent message ' || o.op_id || ' is not shown'"
  "  FROM outbox o LEFT JOIN messages m ON m.op_id = o.op_id AND m.is_local = 1"
  " WHERE o.kind = 0 AND m.seq IS NULL ORDER BY o.number",
  "SELECT 'the message ' || m.id || ' is not queued'"
  "  FROM messages m LEFT JOIN outbox o ON o.op_id = m.op_id AND o.kind = 0"
  " WHERE m.id LIKE 'local:%' AND o.op_id IS NULL ORDER BY m.seq",
  "SELECT 'the operation ' || o.op_id || ' waits for nothing'"
  "  FROM outbox o LEFT JOIN outbox w ON w.op_id = o.waits_for"
  " WHERE o.waits_for IS NOT NULL AND o.state <> 5 AND w.op_id IS NULL ORDER BY o.number",
  "SELECT 'the operation ' || op_id || ' has an unknown kind or state'"
  "  FROM outbox WHERE kind NOT BETWEEN 0 AND 10 OR state NOT IN (1, 2, 3, 5) ORDER BY number",
  /* Marks that are kept beside what they sum up. */
  "SELECT 'the message ' || m.id || ' miscounts its reactions'"
  "  FROM messages m"
  " WHERE m.has_metadata = 1 AND m.delete_at_ms = 0"
  "   AND m.has_reactions <> EXISTS (SELECT 1 FROM reactions r WHERE r.seq = m.seq)"
  " ORDER BY m.seq LIMIT 20",
  "SELECT 'the deleted message ' || id || ' kept its text'"
  "  FROM messages WHERE delete_at_ms > 0 AND message <> '' ORDER BY seq LIMIT 20",
};

static const char *INDEX_SQL =
    "INSERT INTO message_words (message_words, rank) VALUES ('integrity-check', 1)";

/* @is_present: it is of this version, so that its meaning can be looked at too. */
static gboolean
check_version (UcDb *db, const char *path, gboolean *is_present, GError **error)
{
  guint              n_migrations;
  const UcMigration *migrations = _uc_store_get_migrations (&n_migrations);
  int                last = migrations[n_migrations - 1].version;
  int                version;

  if (!uc_db_get_user_version (db, &version, error))
    return FALSE;
  *is_present = version == last;
  if (version > last) {
    g_set_error (error, UC_ERROR, UC_ERROR_SCHEMA_TOO_NEW,
                 _ ("“%s” was written by a newer version of this program"), path);
    return FALSE;
  }
  if (version < 1) {
    g_set_error (error, UC_ERROR, UC_ERROR_INVALID, _ ("“%s” is not a store"), path);
    return FALSE;
  }
  return TRUE;
}

static gboolean
apply_rule (UcDb *db, const char *rule, GPtrArray *problems, GError **error)
{
  UcStmt  *stmt = uc_db_prepare (db, rule, error);
  gboolean has_row;

  if (stmt == NULL)
    return FALSE;
  do {
    if (!uc_stmt_step (stmt, &has_row, error))
      return FALSE;
    if (has_row)
      g_ptr_array_add (problems, uc_stmt_dup_text (stmt, 0));
  } while (has_row);
  return TRUE;
}

/* SQLite compares the index with the texts by a statement that counts as writing,
 * though it writes nothing. */
static void
check_index (UcDb *db, gboolean is_writable, GPtrArray *problems)
{
  g_autoptr (GError) error = NULL;

  if (is_writable && !uc_db_exec (db, INDEX_SQL, &error))
    g_ptr_array_add (problems, g_strdup_printf ("full-text index: %s", error->message));
}

gboolean
uc_store_check (const char *path, GStrv *problems, GError **error)
{
  gboolean is_writable = g_access (path, W_OK) == 0;
  g_autoptr (UcDb) db = uc_db_open (path, is_writable ? UC_DB_READ_WRITE : UC_DB_READ_ONLY, error);
  g_autoptr (GPtrArray) found = g_ptr_array_new_null_terminated (0, g_free, TRUE);
  g_auto (GStrv) damage = NULL;
  gboolean is_present;

  g_return_val_if_fail (problems != NULL, FALSE);

  if (db == NULL || !check_version (db, path, &is_present, error) ||
      !uc_db_check (db, TRUE, &damage, error))
    return FALSE;
  for (guint i = 0; damage[i] != NULL; i++)
    g_ptr_array_add (found, g_strdup (damage[i]));
  if (is_present)
    check_index (db, is_writable, found);
  for (gsize i = 0; is_present && i < G_N_ELEMENTS (rules); i++) {
    if (!apply_rule (db, rules[i], found, error))
      return FALSE;
  }
  *problems = (GStrv) g_ptr_array_steal (found, NULL);
  if (*problems == NULL)
    *problems = g_new0 (char *, 1);
  return TRUE;
}
