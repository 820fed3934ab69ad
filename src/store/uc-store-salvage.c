/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Mends a store whose file is damaged: a new one is made beside it, what exists
 * nowhere else (who the account is, unsent operations, drafts, holds) is brought over
 * row by row as far as it can be read, and the damaged file is set aside, never deleted.
 * The rest is fetched again. It is the one place that reads tables of all families. */

#include "config.h"

#include "uc-store-private.h"

#include "uc-error.h"
#include "uc-row-private.h"
#include "uc-store-migrations-private.h"
#include "uc-store-messages-private.h"
#include "uc-store-outbox-private.h"
#include "uc-store-posts-private.h"

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
  { "holds",
    "hold",
    { "hold", "channel_id", "since_ms", "until_ms", "reason", "set_at_ms" },
    "1" },
};

static const char *POSTS_SQL =
    "SELECT op_id, user_id, channel_id, root_id, coalesce (waits_for, ''), message, props,"
    "       queued_at_ms"
    "  FROM outbox WHERE kind = 0 ORDER BY number";
/* Unsent messages as the screen shows them: another source of the same texts. */
static const char *UNSENT_SQL =
    "SELECT m.op_id, u.id, c.id, m.root_id, m.message, m.props, m.create_at_ms"
    "  FROM messages m"
    "  JOIN channels c USING (channel)"
    "  JOIN users u USING (user)"
    " WHERE m.is_local = 1 AND m.id LIKE 'local:%'"
    " ORDER BY m.seq";
static const char *ADD_FAILED_SQL =
    "INSERT OR IGNORE INTO outbox (op_id, kind, state, user_id, channel_id, root_id, post_id,"
    "                              post_key, waits_for, message, props, emoji_name,"
    "                              last_known_id, reason, tries, queued_at_ms, first_try_ms,"
    "                              next_try_ms)"
    " VALUES (:op_id, 0, 5, :user_id, :channel_id, :root_id, '', :op_id, :waits_for, :message,"
    "         :props, '', '', :reason, 1, :at, :at, 0)";
static const char *FILES_SQL =
    "SELECT name, extension, mime_type, size_bytes, width, height, local_path"
    "  FROM outbox_files WHERE op_id = :op_id ORDER BY position";
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

static gboolean
add_failed (UcDb *to, UcStmt *from, GError **error)
{
  UcStmt     *stmt = uc_db_prepare (to, ADD_FAILED_SQL, error);
  const char *root_id = uc_stmt_get_text (from, 3);
  gboolean    is_waiting = g_str_has_prefix (root_id, UC_LOCAL_PREFIX);

  if (stmt == NULL)
    return FALSE;
  uc_stmt_bind_text (stmt, ":op_id", uc_stmt_get_text (from, 0));
  uc_stmt_bind_text (stmt, ":user_id", uc_stmt_get_text (from, 1));
  uc_stmt_bind_text (stmt, ":channel_id", uc_stmt_get_text (from, 2));
  uc_stmt_bind_text (stmt, ":root_id", is_waiting ? "" : root_id);
  _uc_row_bind_nullable (stmt, ":waits_for",
                         is_waiting ? root_id + strlen (UC_LOCAL_PREFIX) : NULL);
  uc_stmt_bind_text (stmt, ":message", uc_stmt_get_text (from, 4));
  uc_stmt_bind_text (stmt, ":props", uc_stmt_get_text (from, 5));
  uc_stmt_bind_text (stmt, ":reason", _ ("Saved from a damaged store: see whether it was sent"));
  uc_stmt_bind_int64 (stmt, ":at", uc_stmt_get_int64 (from, 6));
  return uc_stmt_run (stmt, error);
}

/* Where the outbox itself is lost: whether such a message was sent is for the person
 * to see, so it does not go again by itself. */
static gboolean
copy_unsent (UcDb *to, UcDb *from, GError **error)
{
  g_autoptr (GError) local_error = NULL;
  UcStmt  *stmt = uc_db_prepare (from, UNSENT_SQL, &local_error);
  gboolean has_row;

  while (stmt != NULL && uc_stmt_step (stmt, &has_row, &local_error) && has_row) {
    if (!add_failed (to, stmt, error))
      return FALSE;
  }
  if (local_error != NULL)
    g_message ("Saving unsent messages: %s", local_error->message);
  return TRUE;
}

/* -- Unsent messages ------------------------------------------------------------------- */

static UcPost *
read_post (UcStmt *stmt)
{
  UcPost     *post = uc_post_new ();
  const char *waits_for = uc_stmt_get_text (stmt, 4);

  _uc_row_take_text (stmt, 0, &post->op_id);
  _uc_row_take_text (stmt, 1, &post->user_id);
  _uc_row_take_text (stmt, 2, &post->channel_id);
  _uc_row_take_text (stmt, 3, &post->root_id);
  _uc_row_take_text (stmt, 5, &post->message);
  _uc_row_take_text (stmt, 6, &post->props);
  post->create_at_ms = uc_stmt_get_int64 (stmt, 7);
  post->has_metadata = TRUE;
  g_free (post->id);
  post->id = g_strconcat (UC_LOCAL_PREFIX, post->op_id, NULL);
  if (*waits_for != '\0') {
    g_free (post->root_id);
    post->root_id = g_strconcat (UC_LOCAL_PREFIX, waits_for, NULL);
  }
  return post;
}

static gboolean
read_files (UcDb *db, UcPost *post, GError **error)
{
  g_autoptr (GPtrArray) ids = g_ptr_array_new_null_terminated (0, g_free, TRUE);
  UcStmt  *stmt = uc_db_prepare (db, FILES_SQL, error);
  gboolean has_row;

  if (stmt == NULL)
    return FALSE;
  uc_stmt_bind_text (stmt, ":op_id", post->op_id);
  do {
    UcFile *file;

    if (!uc_stmt_step (stmt, &has_row, error))
      return FALSE;
    if (!has_row)
      continue;
    file = uc_file_new ();
    g_free (file->id);
    file->id = g_strdup_printf ("%s:%u", post->id, ids->len);
    _uc_row_take_text (stmt, 0, &file->name);
    _uc_row_take_text (stmt, 1, &file->extension);
    _uc_row_take_text (stmt, 2, &file->mime_type);
    file->size_bytes = uc_stmt_get_int64 (stmt, 3);
    file->width = (int) uc_stmt_get_int64 (stmt, 4);
    file->height = (int) uc_stmt_get_int64 (stmt, 5);
    _uc_row_take_nullable (stmt, 6, &file->local_path);
    g_ptr_array_add (ids, g_strdup (file->id));
    g_ptr_array_add (post->files, file);
  } while (has_row);
  if (ids->len > 0) {
    g_strfreev (post->file_ids);
    post->file_ids = (GStrv) g_ptr_array_steal (ids, NULL);
  }
  return TRUE;
}

/* What the screen shows of them is made anew from their rows. */
static gboolean
restore_messages (UcDb *db, GError **error)
{
  g_autoptr (UcRecorder) recorder = _uc_recorder_new ();
  g_autoptr (GPtrArray) posts = g_ptr_array_new_with_free_func ((GDestroyNotify) uc_post_unref);
  UcWrite  write = { db, recorder, 0 };
  UcStmt  *stmt = uc_db_prepare (db, POSTS_SQL, error);
  gboolean has_row;

  if (stmt == NULL)
    return FALSE;
  do {
    if (!uc_stmt_step (stmt, &has_row, error))
      return FALSE;
    if (has_row)
      g_ptr_array_add (posts, read_post (stmt));
  } while (has_row);
  for (guint i = 0; i < posts->len; i++) {
    UcPost *post = g_ptr_array_index (posts, i);
    gint64  seq;

    if (!read_files (db, post, error) || !_uc_post_add_local (&write, post, &seq, error))
      return FALSE;
  }
  return TRUE;
}

/* -- The whole ------------------------------------------------------------------------- */

static UcDb *
open_new (const char *path, UcMigrateProgress progress, gpointer user_data, GError **error)
{
  g_autoptr (UcDb) db = uc_db_open (path, UC_DB_CREATE, error);
  guint              n_migrations;
  const UcMigration *migrations = _uc_store_get_migrations (&n_migrations);

  if (db == NULL || !uc_migrate (&db, migrations, n_migrations, progress, user_data, error))
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
  if ((from != NULL && (!copy_tables (to, from, error) || !copy_unsent (to, from, error))) ||
      !restore_messages (to, error)) {
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
_uc_store_salvage (const char       *path,
                   UcMigrateProgress progress,
                   gpointer          user_data,
                   char            **notice,
                   GError          **error)
{
  g_autofree char *salvaged = g_strconcat (path, SALVAGED_SUFFIX, NULL);
  g_autofree char *salvaged_wal = g_strconcat (salvaged, "-wal", NULL);
  g_autofree char *aside = dup_aside_path (path);
  g_autoptr (UcDb) db = NULL;

  /* Of an attempt that was cut off; the damaged file itself is still there. */
  g_unlink (salvaged);
  g_unlink (salvaged_wal);
  db = open_new (salvaged, progress, user_data, error);
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
