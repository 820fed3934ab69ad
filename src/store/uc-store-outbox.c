/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The outbox: what was written here and the server has not confirmed. A row lives
 * until then. Messages are kept as the server has them; what waits lies over them
 * when they are read, so that nothing has to be undone when it is refused. */

#include "config.h"

#include "uc-store-outbox-private.h"

#include "uc-row-private.h"
#include "uc-store-messages-private.h"
#include "uc-store-reactions-private.h"

#include <glib/gi18n-lib.h>

#define OUTBOX_COLUMNS                                                                             \
  "number, op_id, kind, state, user_id, channel_id, root_id, post_id, waits_for, message, "        \
  "props, emoji_name, last_known_id, reason, tries, queued_at_ms, first_try_ms, next_try_ms"

enum Column {
  COLUMN_NUMBER,
  COLUMN_OP_ID,
  COLUMN_KIND,
  COLUMN_STATE,
  COLUMN_USER_ID,
  COLUMN_CHANNEL_ID,
  COLUMN_ROOT_ID,
  COLUMN_POST_ID,
  COLUMN_WAITS_FOR,
  COLUMN_MESSAGE,
  COLUMN_PROPS,
  COLUMN_EMOJI_NAME,
  COLUMN_LAST_KNOWN_ID,
  COLUMN_REASON,
  COLUMN_TRIES,
  COLUMN_QUEUED_AT,
  COLUMN_FIRST_TRY,
  COLUMN_NEXT_TRY,
};

static const char *IS_EMPTY_SQL = "SELECT NOT EXISTS (SELECT 1 FROM outbox)";
static const char *ALL_SQL = "SELECT " OUTBOX_COLUMNS "  FROM outbox ORDER BY number";
static const char *OF_MESSAGE_SQL =
    "SELECT " OUTBOX_COLUMNS "  FROM outbox WHERE post_key = :key ORDER BY number";
static const char *FILES_SQL =
    "SELECT file_id, local_path, name, extension, mime_type, size_bytes, width, height"
    "  FROM outbox_files WHERE op_id = :op_id ORDER BY position";
static const char *KEY_SQL = "SELECT post_key, channel_id FROM outbox WHERE op_id = :op_id";
static const char *REMOVE_SQL = "DELETE FROM outbox WHERE op_id = :op_id";
static const char *TEXT_SQL =
    "UPDATE outbox"
    "   SET message = :message,"
    "       state = CASE WHEN state = 5 AND NOT " UC_OUTBOX_IS_ORPHAN " THEN 1 ELSE state END,"
    "       reason = CASE WHEN " UC_OUTBOX_IS_ORPHAN " THEN reason END, next_try_ms = 0"
    " WHERE op_id = :op_id AND state IN (1, 5)";
static const char *DOUBT_SQL = "UPDATE outbox SET state = 3 WHERE state = 2";
/* Marking as unread (10) goes on: what is shown as unread here the server must count. */
static const char *QUEUED_FOR_SQL =
    "SELECT op_id, kind FROM outbox WHERE post_key = :key AND state = 1 AND kind NOT IN (0, 10)"
    " ORDER BY number";
static const char *WAITING_SQL =
    "SELECT op_id, kind FROM outbox WHERE waits_for = :op_id ORDER BY number";
/* It goes on naming what it waited for: sent again without that, a reply would stand
 * alone in the channel. */
static const char *FAIL_SQL = "UPDATE outbox SET state = 5, reason = :reason WHERE op_id = :op_id";

/* -- Reading ------------------------------------------------------------------------ */

gboolean
_uc_outbox_is_empty (UcDb *db, gboolean *is_empty, GError **error)
{
  UcStmt  *stmt = uc_db_prepare (db, IS_EMPTY_SQL, error);
  gboolean has_row;

  if (stmt == NULL || !uc_stmt_step (stmt, &has_row, error))
    return FALSE;
  *is_empty = uc_stmt_get_int64 (stmt, 0) != 0;
  uc_stmt_reset (stmt);
  return TRUE;
}

static char *
dup_nullable (UcStmt *stmt, int column)
{
  return uc_stmt_is_null (stmt, column) ? NULL : uc_stmt_dup_text (stmt, column);
}

static UcOutboxRow *
read_row (UcStmt *stmt)
{
  UcOutboxRow *row = g_new0 (UcOutboxRow, 1);

  row->number = uc_stmt_get_int64 (stmt, COLUMN_NUMBER);
  row->op_id = uc_stmt_dup_text (stmt, COLUMN_OP_ID);
  row->kind = (UcOpKind) uc_stmt_get_int64 (stmt, COLUMN_KIND);
  row->state = (UcSendState) uc_stmt_get_int64 (stmt, COLUMN_STATE);
  row->channel_id = uc_stmt_dup_text (stmt, COLUMN_CHANNEL_ID);
  row->root_id = uc_stmt_dup_text (stmt, COLUMN_ROOT_ID);
  row->post_id = uc_stmt_dup_text (stmt, COLUMN_POST_ID);
  row->waits_for = dup_nullable (stmt, COLUMN_WAITS_FOR);
  row->message = uc_stmt_dup_text (stmt, COLUMN_MESSAGE);
  row->props = uc_stmt_dup_text (stmt, COLUMN_PROPS);
  row->emoji_name = uc_stmt_dup_text (stmt, COLUMN_EMOJI_NAME);
  row->last_known_id = uc_stmt_dup_text (stmt, COLUMN_LAST_KNOWN_ID);
  row->reason = dup_nullable (stmt, COLUMN_REASON);
  row->tries = (int) uc_stmt_get_int64 (stmt, COLUMN_TRIES);
  row->queued_at_ms = uc_stmt_get_int64 (stmt, COLUMN_QUEUED_AT);
  row->first_try_ms = uc_stmt_get_int64 (stmt, COLUMN_FIRST_TRY);
  row->next_try_ms = uc_stmt_get_int64 (stmt, COLUMN_NEXT_TRY);
  row->files = g_ptr_array_new_with_free_func ((GDestroyNotify) uc_file_unref);
  return row;
}

gboolean
_uc_outbox_load_files (UcDb *db, const char *op_id, GPtrArray *files, GError **error)
{
  UcStmt  *stmt = uc_db_prepare (db, FILES_SQL, error);
  gboolean has_row;

  if (stmt == NULL)
    return FALSE;
  uc_stmt_bind_text (stmt, ":op_id", op_id);
  do {
    UcFile *file;

    if (!uc_stmt_step (stmt, &has_row, error))
      return FALSE;
    if (!has_row)
      continue;
    file = uc_file_new ();
    _uc_row_take_text (stmt, 0, &file->id);
    _uc_row_take_nullable (stmt, 1, &file->local_path);
    _uc_row_take_text (stmt, 2, &file->name);
    _uc_row_take_text (stmt, 3, &file->extension);
    _uc_row_take_text (stmt, 4, &file->mime_type);
    file->size_bytes = uc_stmt_get_int64 (stmt, 5);
    file->width = (int) uc_stmt_get_int64 (stmt, 6);
    file->height = (int) uc_stmt_get_int64 (stmt, 7);
    g_ptr_array_add (files, file);
  } while (has_row);
  return TRUE;
}

GPtrArray *
_uc_outbox_load (UcDb *db, GError **error)
{
  g_autoptr (GPtrArray) rows = g_ptr_array_new_with_free_func ((GDestroyNotify) uc_outbox_row_free);
  UcStmt  *stmt = uc_db_prepare (db, ALL_SQL, error);
  gboolean has_row;

  if (stmt == NULL)
    return NULL;
  do {
    if (!uc_stmt_step (stmt, &has_row, error))
      return NULL;
    if (has_row)
      g_ptr_array_add (rows, read_row (stmt));
  } while (has_row);
  for (guint i = 0; i < rows->len; i++) {
    UcOutboxRow *row = g_ptr_array_index (rows, i);

    if (!_uc_outbox_load_files (db, row->op_id, row->files, error))
      return NULL;
  }
  return g_steal_pointer (&rows);
}

static void
set_state (UcMessage *message, UcStmt *stmt)
{
  message->send_state = (UcSendState) uc_stmt_get_int64 (stmt, COLUMN_STATE);
  g_free (message->send_error);
  message->send_error = dup_nullable (stmt, COLUMN_REASON);
  if (message->send_error == NULL && !uc_stmt_is_null (stmt, COLUMN_WAITS_FOR))
    message->send_error = g_strdup (_ ("Waits for an earlier message"));
}

static void
overlay_row (UcMessage *message, UcStmt *stmt)
{
  UcOpKind    kind = (UcOpKind) uc_stmt_get_int64 (stmt, COLUMN_KIND);
  gboolean    is_failed = uc_stmt_get_int64 (stmt, COLUMN_STATE) == UC_SEND_FAILED;
  const char *user_id = uc_stmt_get_text (stmt, COLUMN_USER_ID);
  const char *emoji_name = uc_stmt_get_text (stmt, COLUMN_EMOJI_NAME);
  gint64      at_ms = uc_stmt_get_int64 (stmt, COLUMN_QUEUED_AT);

  switch (kind) {
  case UC_OP_POST:
    set_state (message, stmt);
    break;
  case UC_OP_EDIT:
    /* Also when it failed: the text is still the person's. */
    g_free (message->edit_text);
    message->edit_text = uc_stmt_dup_text (stmt, COLUMN_MESSAGE);
    set_state (message, stmt);
    break;
  case UC_OP_DELETE:
    message->is_delete_queued = !is_failed;
    set_state (message, stmt);
    break;
  case UC_OP_REACT:
  case UC_OP_UNREACT:
    if (!is_failed)
      _uc_reactions_overlay (message, user_id, emoji_name, at_ms, kind == UC_OP_REACT);
    break;
  case UC_OP_PIN:
  case UC_OP_UNPIN:
    if (!is_failed)
      message->post->is_pinned = kind == UC_OP_PIN;
    break;
  case UC_OP_SAVE:
  case UC_OP_UNSAVE:
    if (!is_failed)
      message->is_saved = kind == UC_OP_SAVE;
    break;
  case UC_OP_VIEW:
  case UC_OP_SET_UNREAD:
  default:
    break;
  }
}

gboolean
_uc_outbox_overlay (UcDb *db, UcMessage *message, GError **error)
{
  UcStmt  *stmt = uc_db_prepare (db, OF_MESSAGE_SQL, error);
  gboolean has_row;

  if (stmt == NULL)
    return FALSE;
  uc_stmt_bind_text (stmt, ":key", message->key);
  do {
    if (!uc_stmt_step (stmt, &has_row, error))
      return FALSE;
    if (has_row)
      overlay_row (message, stmt);
  } while (has_row);
  return TRUE;
}

/* -- Writing ------------------------------------------------------------------------ */

gboolean
_uc_outbox_doubt_sending (UcDb *db, GError **error)
{
  return uc_db_exec (db, DOUBT_SQL, error);
}

gboolean
_uc_outbox_record (UcWrite *write, const char *op_id, gboolean is_new, GError **error)
{
  g_autofree char *key = NULL;
  UcStmt          *stmt = uc_db_prepare (write->db, KEY_SQL, error);
  gboolean         has_row;
  gint64           seq = 0;

  if (stmt == NULL)
    return FALSE;
  uc_stmt_bind_text (stmt, ":op_id", op_id);
  if (!uc_stmt_step (stmt, &has_row, error))
    return FALSE;
  if (has_row) {
    key = uc_stmt_dup_text (stmt, 0);
    /* The number of failed ones stands on the channel. */
    _uc_recorder_channel (write->recorder, uc_stmt_get_text (stmt, 1));
  }
  uc_stmt_reset (stmt);
  _uc_recorder_op (write->recorder, op_id, is_new);
  if (key != NULL && *key != '\0' && !_uc_message_find (write->db, key, &seq, error))
    return FALSE;
  if (seq != 0)
    _uc_recorder_message_changed (write->recorder, seq);
  return TRUE;
}

gboolean
_uc_outbox_remove (UcWrite *write, const char *op_id, GError **error)
{
  return _uc_outbox_record (write, op_id, FALSE, error) &&
         _uc_row_run (write->db, REMOVE_SQL, ":op_id", op_id, error);
}

gboolean
_uc_outbox_set_text (UcWrite *write, const char *op_id, const char *message, GError **error)
{
  UcStmt *stmt = uc_db_prepare (write->db, TEXT_SQL, error);

  if (stmt == NULL)
    return FALSE;
  uc_stmt_bind_text (stmt, ":op_id", op_id);
  uc_stmt_bind_text (stmt, ":message", message);
  if (!uc_stmt_run (stmt, error))
    return FALSE;
  return uc_db_get_changes (write->db) == 0 || _uc_outbox_record (write, op_id, TRUE, error);
}

static gboolean
fail (UcWrite *write, const char *op_id, const char *reason, GError **error)
{
  UcStmt *stmt = uc_db_prepare (write->db, FAIL_SQL, error);

  if (stmt == NULL)
    return FALSE;
  uc_stmt_bind_text (stmt, ":op_id", op_id);
  uc_stmt_bind_text (stmt, ":reason", reason);
  return uc_stmt_run (stmt, error) && _uc_outbox_record (write, op_id, FALSE, error);
}

/* Of the rows that @sql names those of @kept_kind stay, as failed, for their text;
 * a reaction or a mark has no sense without its message. */
static gboolean
give_up (UcWrite    *write,
         const char *sql,
         const char *name,
         const char *value,
         UcOpKind    kept_kind,
         const char *reason,
         GError    **error)
{
  g_autoptr (GPtrArray) kept = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GPtrArray) dropped = g_ptr_array_new_with_free_func (g_free);
  UcStmt  *stmt = uc_db_prepare (write->db, sql, error);
  gboolean has_row;

  if (stmt == NULL)
    return FALSE;
  uc_stmt_bind_text (stmt, name, value);
  do {
    if (!uc_stmt_step (stmt, &has_row, error))
      return FALSE;
    if (has_row) {
      gboolean is_kept = uc_stmt_get_int64 (stmt, 1) == kept_kind;

      g_ptr_array_add (is_kept ? kept : dropped, uc_stmt_dup_text (stmt, 0));
    }
  } while (has_row);
  for (guint i = 0; i < kept->len; i++) {
    if (!fail (write, g_ptr_array_index (kept, i), reason, error))
      return FALSE;
  }
  for (guint i = 0; i < dropped->len; i++) {
    if (!_uc_outbox_remove (write, g_ptr_array_index (dropped, i), error))
      return FALSE;
  }
  return TRUE;
}

gboolean
_uc_outbox_forget_message (UcWrite *write, UcMessage *message, GError **error)
{
  return give_up (write, QUEUED_FOR_SQL, ":key", message->key, UC_OP_EDIT,
                  _ ("The message has been deleted"), error);
}

gboolean
_uc_outbox_orphan (UcWrite *write, const char *op_id, GError **error)
{
  return give_up (write, WAITING_SQL, ":op_id", op_id, UC_OP_POST,
                  _ ("The message it belongs to was not sent"), error);
}
