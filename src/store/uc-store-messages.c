/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Reads messages: rows of their table with what hangs on them (reactions, files,
 * annotation) and, over it, what waits in the outbox. Which ones make a stretch of a
 * conversation is in uc-store-windows.c, writing in uc-store-posts.c. */

#include "config.h"

#include "uc-store-messages-private.h"

#include "uc-error.h"
#include "uc-row-private.h"
#include "uc-store-files-private.h"
#include "uc-store-outbox-private.h"
#include "uc-store-reactions-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

enum Column {
  COLUMN_SEQ,
  COLUMN_ID,
  COLUMN_CHANNEL_ID,
  COLUMN_USER_ID,
  COLUMN_ROOT_ID,
  COLUMN_TYPE,
  COLUMN_MESSAGE,
  COLUMN_PROPS,
  COLUMN_HASHTAGS,
  COLUMN_FILE_IDS,
  COLUMN_OVERRIDE_NAME,
  COLUMN_OP_ID,
  COLUMN_IS_LOCAL,
  COLUMN_CREATE_AT,
  COLUMN_UPDATE_AT,
  COLUMN_EDIT_AT,
  COLUMN_DELETE_AT,
  COLUMN_LAST_REPLY_AT,
  COLUMN_REPLY_COUNT,
  COLUMN_IS_PINNED,
  COLUMN_HAS_REACTIONS,
  COLUMN_IS_FROM_BOT,
  COLUMN_CATEGORY,
  COLUMN_PRIORITY,
  COLUMN_SOURCE,
  COLUMN_CONFIDENCE,
  COLUMN_MODEL,
  COLUMN_ACTIONS,
  COLUMN_ANNOTATED_AT,
  COLUMN_SAVED,
};

static const char *ONE_SQL = "SELECT " UC_MESSAGE_COLUMNS UC_MESSAGE_TABLES " WHERE m.seq = :seq";
static const char                                        *UNCLASSIFIED_SQL =
    "SELECT " UC_MESSAGE_COLUMNS " FROM annotations w CROSS JOIN messages m ON m.seq = w.seq"
    " CROSS JOIN channels c ON c.channel = m.channel"
    " CROSS JOIN users u ON u.user = m.user"
    " LEFT JOIN annotations a ON a.seq = m.seq AND a.source > 0"
    " LEFT JOIN preferences p ON p.category = 'flagged_post' AND p.name = m.id"
    " WHERE w.source = 0 AND m.delete_at_ms = 0"
    " ORDER BY w.seq DESC LIMIT :limit";
static const char *BY_ID_SQL = "SELECT seq FROM messages WHERE id = :key";
static const char *BY_OP_SQL = "SELECT seq FROM messages WHERE op_id = :key AND is_local = 1";
static const char *ID_SQL = "SELECT id FROM messages WHERE seq = :seq";

static UcAnnotation *
read_annotation (UcStmt *stmt)
{
  UcAnnotation *annotation;

  if (uc_stmt_is_null (stmt, COLUMN_SOURCE))
    return NULL;
  annotation = uc_annotation_new ();
  annotation->category = (UcCategory) uc_stmt_get_int64 (stmt, COLUMN_CATEGORY);
  annotation->priority = (UcPriority) uc_stmt_get_int64 (stmt, COLUMN_PRIORITY);
  annotation->source = (UcAnnotationSource) uc_stmt_get_int64 (stmt, COLUMN_SOURCE);
  annotation->confidence = uc_stmt_get_double (stmt, COLUMN_CONFIDENCE);
  annotation->at_ms = uc_stmt_get_int64 (stmt, COLUMN_ANNOTATED_AT);
  _uc_row_take_text (stmt, COLUMN_MODEL, &annotation->model);
  _uc_row_take_text (stmt, COLUMN_ACTIONS, &annotation->actions);
  return annotation;
}

static GStrv
read_ids (UcStmt *stmt, int column)
{
  const char *text = uc_stmt_get_text (stmt, column);

  return *text != '\0' ? g_strsplit (text, " ", -1) : g_new0 (char *, 1);
}

static UcPost *
read_post (UcStmt *stmt)
{
  UcPost *post = uc_post_new ();

  _uc_row_take_text (stmt, COLUMN_ID, &post->id);
  _uc_row_take_text (stmt, COLUMN_CHANNEL_ID, &post->channel_id);
  _uc_row_take_text (stmt, COLUMN_USER_ID, &post->user_id);
  _uc_row_take_text (stmt, COLUMN_ROOT_ID, &post->root_id);
  _uc_row_take_text (stmt, COLUMN_TYPE, &post->type);
  _uc_row_take_text (stmt, COLUMN_MESSAGE, &post->message);
  _uc_row_take_text (stmt, COLUMN_PROPS, &post->props);
  _uc_row_take_text (stmt, COLUMN_HASHTAGS, &post->hashtags);
  _uc_row_take_text (stmt, COLUMN_OP_ID, &post->op_id);
  _uc_row_take_nullable (stmt, COLUMN_OVERRIDE_NAME, &post->override_name);
  g_strfreev (post->file_ids);
  post->file_ids = read_ids (stmt, COLUMN_FILE_IDS);
  post->create_at_ms = uc_stmt_get_int64 (stmt, COLUMN_CREATE_AT);
  post->update_at_ms = uc_stmt_get_int64 (stmt, COLUMN_UPDATE_AT);
  post->edit_at_ms = uc_stmt_get_int64 (stmt, COLUMN_EDIT_AT);
  post->delete_at_ms = uc_stmt_get_int64 (stmt, COLUMN_DELETE_AT);
  post->last_reply_at_ms = uc_stmt_get_int64 (stmt, COLUMN_LAST_REPLY_AT);
  post->reply_count = (int) uc_stmt_get_int64 (stmt, COLUMN_REPLY_COUNT);
  /* Of a deleted one it says something else: see uc-store-replies.c. */
  post->is_pinned = uc_stmt_get_int64 (stmt, COLUMN_IS_PINNED) != 0 && post->delete_at_ms == 0;
  post->has_reactions = uc_stmt_get_int64 (stmt, COLUMN_HAS_REACTIONS) != 0;
  post->is_from_bot = uc_stmt_get_int64 (stmt, COLUMN_IS_FROM_BOT) != 0;
  post->has_metadata = TRUE;
  return post;
}

static UcMessage *
read_message (UcStmt *stmt)
{
  UcMessage *message = uc_message_new ();
  gboolean   is_local = uc_stmt_get_int64 (stmt, COLUMN_IS_LOCAL) != 0;

  g_clear_pointer (&message->post, uc_post_unref);
  message->post = read_post (stmt);
  message->seq = uc_stmt_get_int64 (stmt, COLUMN_SEQ);
  _uc_row_take_text (stmt, is_local ? COLUMN_OP_ID : COLUMN_ID, &message->key);
  message->annotation = read_annotation (stmt);
  if (message->annotation != NULL)
    message->post->annotation = uc_annotation_ref (message->annotation);
  message->is_saved = g_str_equal (uc_stmt_get_text (stmt, COLUMN_SAVED), "true");
  message->send_state = is_local ? UC_SEND_DONE : UC_SEND_NONE;
  return message;
}

/* What hangs on the rows, once the statement that gave them is done. */
static gboolean
complete (UcDb *db, GPtrArray *messages, GError **error)
{
  gboolean has_outbox = FALSE;

  if (!_uc_outbox_is_empty (db, &has_outbox, error))
    return FALSE;
  has_outbox = !has_outbox;
  for (guint i = 0; i < messages->len; i++) {
    UcMessage *message = g_ptr_array_index (messages, i);

    if (message->post->has_reactions && !_uc_reactions_read (db, message, error))
      return FALSE;
    if (message->post->file_ids[0] != NULL && !_uc_files_read (db, message, error))
      return FALSE;
    if (has_outbox && !_uc_outbox_overlay (db, message, error))
      return FALSE;
  }
  return TRUE;
}

GPtrArray *
_uc_message_read_all (UcDb *db, UcStmt *stmt, GError **error)
{
  g_autoptr (GPtrArray) messages =
      g_ptr_array_new_with_free_func ((GDestroyNotify) uc_message_unref);
  gboolean has_row;

  do {
    if (!uc_stmt_step (stmt, &has_row, error))
      return NULL;
    if (has_row)
      g_ptr_array_add (messages, read_message (stmt));
  } while (has_row);
  return complete (db, messages, error) ? g_steal_pointer (&messages) : NULL;
}

gboolean
_uc_message_find (UcDb *db, const char *id_or_key, gint64 *seq, GError **error)
{
  const char *op_id = id_or_key;

  if (!_uc_row_find (db, BY_ID_SQL, ":key", id_or_key, seq, error))
    return FALSE;
  if (*seq != 0)
    return TRUE;
  /* "local:<op id>" of a message that has been sent in the meantime. */
  if (g_str_has_prefix (op_id, UC_LOCAL_PREFIX))
    op_id += strlen (UC_LOCAL_PREFIX);
  return _uc_row_find (db, BY_OP_SQL, ":key", op_id, seq, error);
}

gboolean
_uc_message_dup_id (UcDb *db, gint64 seq, char **id, GError **error)
{
  UcStmt  *stmt = uc_db_prepare (db, ID_SQL, error);
  gboolean has_row;

  *id = NULL;
  if (stmt == NULL)
    return FALSE;
  uc_stmt_bind_int64 (stmt, ":seq", seq);
  if (!uc_stmt_step (stmt, &has_row, error))
    return FALSE;
  if (has_row)
    *id = uc_stmt_dup_text (stmt, 0);
  uc_stmt_reset (stmt);
  return TRUE;
}

UcMessage *
_uc_message_load (UcDb *db, gint64 seq, GError **error)
{
  UcStmt *stmt = uc_db_prepare (db, ONE_SQL, error);
  g_autoptr (GPtrArray) messages = NULL;

  if (stmt == NULL)
    return NULL;
  uc_stmt_bind_int64 (stmt, ":seq", seq);
  messages = _uc_message_read_all (db, stmt, error);
  if (messages == NULL)
    return NULL;
  if (messages->len == 0) {
    g_set_error (error, UC_ERROR, UC_ERROR_NOT_FOUND, _ ("The message is not stored"));
    return NULL;
  }
  return uc_message_ref (g_ptr_array_index (messages, 0));
}

UcMessage *
_uc_message_load_by_key (UcDb *db, const char *id_or_key, GError **error)
{
  gint64 seq;

  return _uc_message_find (db, id_or_key, &seq, error) ? _uc_message_load (db, seq, error) : NULL;
}

GPtrArray *
_uc_message_load_unclassified (UcDb *db, guint limit, GError **error)
{
  UcStmt *stmt = uc_db_prepare (db, UNCLASSIFIED_SQL, error);

  if (stmt == NULL)
    return NULL;
  uc_stmt_bind_int64 (stmt, ":limit", limit);
  return _uc_message_read_all (db, stmt, error);
}
