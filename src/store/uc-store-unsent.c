/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What is unsent is a row of the outbox and a message on the screen. Where a store was
 * damaged one of the two may be left: here each is made anew from the other. */

#include "config.h"

#include "uc-store-unsent-private.h"

#include "uc-row-private.h"
#include "uc-store-messages-private.h"
#include "uc-store-outbox-private.h"
#include "uc-store-posts-private.h"

#include <string.h>

static const char *POSTS_SQL =
    "SELECT op_id, user_id, channel_id, root_id, coalesce (waits_for, ''), message, props,"
    "       queued_at_ms"
    "  FROM outbox o"
    " WHERE kind = 0"
    "   AND NOT EXISTS (SELECT 1 FROM messages m WHERE m.op_id = o.op_id AND m.is_local = 1)"
    " ORDER BY number";
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
/* A file that was never sent is known by its message's id and its place. */
static const char *OWN_FILES_SQL =
    "SELECT f.id, coalesce (f.local_path, ''), f.name, f.extension, f.mime_type, f.size_bytes,"
    "       f.width, f.height"
    "  FROM files f JOIN messages m ON m.seq = f.seq"
    " WHERE m.op_id = :op_id AND m.is_local = 1"
    " ORDER BY f.file";
static const char *ADD_FILE_SQL =
    "INSERT OR IGNORE INTO outbox_files (op_id, position, file_id, local_path, name, extension,"
    "                                    mime_type, size_bytes, width, height)"
    " VALUES (:op_id, :position, '', :local_path, :name, :extension, :mime_type, :size, :width,"
    "         :height)";
/* -- The outbox from messages ----------------------------------------------------------- */

static gboolean
add_failed (UcDb *to, UcStmt *from, const char *reason, gboolean *is_added, GError **error)
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
  uc_stmt_bind_text (stmt, ":reason", reason);
  uc_stmt_bind_int64 (stmt, ":at", uc_stmt_get_int64 (from, 6));
  if (!uc_stmt_run (stmt, error))
    return FALSE;
  *is_added = uc_db_get_changes (to) > 0;
  return TRUE;
}

/* Their bytes lie where the message's files say. */
static gboolean
add_files (UcDb *to, UcDb *from, const char *op_id, GError **error)
{
  g_autoptr (GError) local_error = NULL;
  UcStmt  *stmt = uc_db_prepare (from, OWN_FILES_SQL, &local_error);
  gboolean has_row;
  int      position = 0;

  if (stmt != NULL)
    uc_stmt_bind_text (stmt, ":op_id", op_id);
  while (stmt != NULL && uc_stmt_step (stmt, &has_row, &local_error) && has_row) {
    UcStmt *put = uc_db_prepare (to, ADD_FILE_SQL, error);

    if (put == NULL)
      return FALSE;
    uc_stmt_bind_text (put, ":op_id", op_id);
    uc_stmt_bind_int64 (put, ":position", position++);
    uc_stmt_bind_text (put, ":local_path", uc_stmt_get_text (stmt, 1));
    uc_stmt_bind_text (put, ":name", uc_stmt_get_text (stmt, 2));
    uc_stmt_bind_text (put, ":extension", uc_stmt_get_text (stmt, 3));
    uc_stmt_bind_text (put, ":mime_type", uc_stmt_get_text (stmt, 4));
    uc_stmt_bind_int64 (put, ":size", uc_stmt_get_int64 (stmt, 5));
    uc_stmt_bind_int64 (put, ":width", uc_stmt_get_int64 (stmt, 6));
    uc_stmt_bind_int64 (put, ":height", uc_stmt_get_int64 (stmt, 7));
    if (!uc_stmt_run (put, error))
      return FALSE;
  }
  if (local_error != NULL)
    g_message ("Saving files of an unsent message: %s", local_error->message);
  return TRUE;
}

gboolean
_uc_unsent_queue (UcDb *to, UcDb *from, const char *reason, GError **error)
{
  g_autoptr (GError) local_error = NULL;
  UcStmt  *stmt = uc_db_prepare (from, UNSENT_SQL, &local_error);
  gboolean has_row;

  while (stmt != NULL && uc_stmt_step (stmt, &has_row, &local_error) && has_row) {
    gboolean is_added;

    if (!add_failed (to, stmt, reason, &is_added, error) ||
        (is_added && !add_files (to, from, uc_stmt_get_text (stmt, 0), error)))
      return FALSE;
  }
  if (local_error != NULL)
    g_message ("Saving unsent messages: %s", local_error->message);
  return TRUE;
}

/* -- Messages from the outbox ---------------------------------------------------------- */

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

/* By ids of their own, as they were when the message was written. */
static gboolean
read_files (UcDb *db, UcPost *post, GError **error)
{
  if (!_uc_outbox_load_files (db, post->op_id, post->files, error))
    return FALSE;
  if (post->files->len == 0)
    return TRUE;
  g_strfreev (post->file_ids);
  post->file_ids = g_new0 (char *, post->files->len + 1);
  for (guint i = 0; i < post->files->len; i++) {
    UcFile *file = g_ptr_array_index (post->files, i);

    g_free (file->id);
    file->id = g_strdup_printf ("%s:%u", post->id, i);
    post->file_ids[i] = g_strdup (file->id);
  }
  return TRUE;
}

gboolean
_uc_unsent_show (UcDb *db, GError **error)
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
