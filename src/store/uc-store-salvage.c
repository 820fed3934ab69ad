/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Mends a store whose file is damaged: a new one is made beside it, what exists
 * nowhere else (who the account is, unsent operations, drafts, holds) is brought over
 * row by row as far as it can be read, and the damaged file is set aside, never deleted.
 * The rest is fetched again. It is the one place that reads tables of all families. */

#include "config.h"

#include "uc-store-private.h"

#include "uc-error.h"
#include "uc-store-migrations-private.h"
#include "uc-store-outbox-private.h"
#include "uc-store-unsent-private.h"

#include <errno.h>
#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>
#include <string.h>

#define SALVAGED_SUFFIX ".salvaged"
#define MAX_COLUMNS     20

/* What is copied. Facts of sync speak of messages that are not there any more. */
typedef struct {
  const char *table;
  const char *order;
  const char *columns[MAX_COLUMNS];
  const char *where;
} Table;

static const Table tables[] = {
  { "facts", "key", { "key", "value" }, "key IN ('site', 'user_id', 'username')" },
  { "drafts", "channel_id, root_id", { "channel_id", "root_id", "text", "update_at_ms" }, "1" },
  { "outbox",
    "number",
    { "number", "op_id", "kind", "state", "user_id", "channel_id", "root_id", "post_id", "post_key",
      "waits_for", "message", "props", "emoji_name", "last_known_id", "reason", "tries",
      "queued_at_ms", "first_try_ms", "next_try_ms" },
    "1" },
  { "outbox_files",
    "op_id, position",
    { "op_id", "position", "file_id", "local_path", "name", "extension", "mime_type", "size_bytes",
      "width", "height" },
    "1" },
  { "holds", "hold", { "hold", "channel_id", "since_ms", "until_ms", "reason", "set_at_ms" }, "1" },
};

static const char *COUNT_SQL =
    "SELECT (SELECT count (*) FROM outbox), (SELECT count (*) FROM drafts)";

/* -- Copying -------------------------------------------------------------------------- */

static char *
dup_columns (const Table *table, const char *prefix)
{
  g_autoptr (GString) list = g_string_new (NULL);

  for (guint i = 0; i < MAX_COLUMNS && table->columns[i] != NULL; i++)
    g_string_append_printf (list, "%s%s%s", i > 0 ? ", " : "", prefix, table->columns[i]);
  return g_string_free (g_steal_pointer (&list), FALSE);
}

/* Values go over as texts; the columns' types make of them what they were. */
static gboolean
copy_row (const Table *table, UcStmt *from, UcStmt *to, GError **error)
{
  for (guint i = 0; i < MAX_COLUMNS && table->columns[i] != NULL; i++) {
    g_autofree char *name = g_strconcat (":", table->columns[i], NULL);

    if (uc_stmt_is_null (from, (int) i))
      uc_stmt_bind_null (to, name);
    else
      uc_stmt_bind_text (to, name, uc_stmt_get_text (from, (int) i));
  }
  return uc_stmt_run (to, error);
}

/* Reads until the damage; what lies behind it may be reached from the other end. A
 * row that cannot be read is not an error here, one that cannot be written is. */
static gboolean
copy_from_one_end (UcDb *to, UcDb *from, const Table *table, const char *direction, GError **error)
{
  g_autofree char *columns = dup_columns (table, "");
  g_autofree char *names = dup_columns (table, ":");
  g_autofree char *order = NULL;
  g_autofree char *select = NULL;
  g_autofree char *insert = NULL;
  g_autoptr (GError) local_error = NULL;
  g_auto (GStrv) keys = g_strsplit (table->order, ", ", -1);
  g_autofree char *joint = g_strdup_printf (" %s, ", direction);
  UcStmt          *stmt;
  gboolean         has_row;

  order = g_strjoinv (joint, keys);
  select = g_strdup_printf ("SELECT %s FROM %s WHERE %s ORDER BY %s %s", columns, table->table,
                            table->where, order, direction);
  insert =
      g_strdup_printf ("INSERT OR IGNORE INTO %s (%s) VALUES (%s)", table->table, columns, names);
  stmt = uc_db_prepare (from, select, &local_error);
  while (stmt != NULL && uc_stmt_step (stmt, &has_row, &local_error) && has_row) {
    UcStmt *put = uc_db_prepare (to, insert, error);

    if (put == NULL || !copy_row (table, stmt, put, error))
      return FALSE;
  }
  if (local_error != NULL)
    g_message ("Saving “%s”: %s", table->table, local_error->message);
  return TRUE;
}

static gboolean
copy_tables (UcDb *to, UcDb *from, GError **error)
{
  for (gsize i = 0; i < G_N_ELEMENTS (tables); i++) {
    if (!copy_from_one_end (to, from, &tables[i], "ASC", error) ||
        !copy_from_one_end (to, from, &tables[i], "DESC", error))
      return FALSE;
  }
  return TRUE;
}

/* -- The whole ------------------------------------------------------------------------- */

static UcDb *
open_new (const char *path, const UcMigrateOptions *options, GError **error)
{
  g_autoptr (UcDb) db = uc_db_open (path, UC_DB_CREATE, error);
  guint              n_migrations;
  const UcMigration *migrations = _uc_store_get_migrations (&n_migrations);

  if (db == NULL || !uc_migrate (db, migrations, n_migrations, options, error))
    return NULL;
  return g_steal_pointer (&db);
}

static gboolean
fill_new (UcDb *to, const char *path, GError **error)
{
  g_autoptr (GError) local_error = NULL;
  g_autoptr (UcDb) from = uc_db_open (path, UC_DB_DAMAGED, &local_error);

  if (!uc_db_begin (to, error))
    return FALSE;
  if (from == NULL)
    g_message ("Nothing could be saved: %s", local_error->message);
  if ((from != NULL &&
       (!copy_tables (to, from, error) ||
        !_uc_unsent_queue (to, from, _ ("Saved from a damaged store: see whether it was sent"),
                           error))) ||
      !_uc_unsent_show (to, error)) {
    uc_db_rollback (to);
    return FALSE;
  }
  return uc_db_commit (to, error) && _uc_outbox_doubt_sending (to, error) &&
         uc_db_checkpoint (to, TRUE, error);
}

static char *
make_notice (UcDb *db, const char *aside, GError **error)
{
  g_autofree char *name = g_path_get_basename (aside);
  UcStmt          *stmt = uc_db_prepare (db, COUNT_SQL, error);
  gboolean         has_row;
  char            *notice;

  if (stmt == NULL || !uc_stmt_step (stmt, &has_row, error))
    return NULL;
  notice =
      g_strdup_printf (_ ("The local copy was damaged and has been set aside as “%s”. Saved "
                          "from it: %d unsent operations, %d drafts. Everything else is "
                          "fetched again"),
                       name, (int) uc_stmt_get_int64 (stmt, 0), (int) uc_stmt_get_int64 (stmt, 1));
  uc_stmt_reset (stmt);
  return notice;
}

static gboolean
rename_file (const char *from, const char *to, GError **error)
{
  if (g_rename (from, to) == 0 || errno == ENOENT)
    return TRUE;
  g_set_error (error, UC_ERROR, UC_ERROR_STORAGE, _ ("“%s” could not be set aside: %s"), from,
               g_strerror (errno));
  return FALSE;
}

/* The database with its log: apart they are worth less. */
static gboolean
set_aside (const char *path, const char *aside, GError **error)
{
  static const char *const suffixes[] = { "", "-wal", "-shm" };

  for (gsize i = 0; i < G_N_ELEMENTS (suffixes); i++) {
    g_autofree char *from = g_strconcat (path, suffixes[i], NULL);
    g_autofree char *to = g_strconcat (aside, suffixes[i], NULL);

    if (!rename_file (from, to, error))
      return FALSE;
  }
  return TRUE;
}

static char *
dup_aside_path (const char *path)
{
  g_autoptr (GDateTime) now = g_date_time_new_now_utc ();
  g_autofree char *time = g_date_time_format (now, "%Y%m%dT%H%M%S");

  return g_strdup_printf ("%s.damaged-%s%06dZ", path, time, g_date_time_get_microsecond (now));
}

gboolean
_uc_store_finish_salvage (const char *path, GError **error)
{
  g_autofree char *salvaged = g_strconcat (path, SALVAGED_SUFFIX, NULL);
  g_autofree char *aside = dup_aside_path (path);

  /* The new one is whole when the old one is gone: that is the last step. */
  if (g_file_test (path, G_FILE_TEST_EXISTS) || !g_file_test (salvaged, G_FILE_TEST_EXISTS))
    return TRUE;
  return set_aside (path, aside, error) && rename_file (salvaged, path, error);
}

UcDb *
_uc_store_salvage (const char *path, const UcMigrateOptions *options, char **notice, GError **error)
{
  g_autofree char *salvaged = g_strconcat (path, SALVAGED_SUFFIX, NULL);
  g_autofree char *salvaged_wal = g_strconcat (salvaged, "-wal", NULL);
  g_autofree char *aside = dup_aside_path (path);
  g_autoptr (UcDb) db = NULL;

  /* Of an attempt that was cut off; the damaged file itself is still there. */
  g_unlink (salvaged);
  g_unlink (salvaged_wal);
  db = open_new (salvaged, options, error);
  if (db == NULL || !fill_new (db, path, error))
    return NULL;
  *notice = make_notice (db, aside, error);
  if (*notice == NULL)
    return NULL;
  g_clear_pointer (&db, uc_db_close);
  if (!set_aside (path, aside, error) || !rename_file (salvaged, path, error))
    return NULL;
  return uc_db_open (path, UC_DB_READ_WRITE, error);
}
