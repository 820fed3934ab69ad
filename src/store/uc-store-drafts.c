/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What was typed and not sent, one text for each conversation and thread. */

#include "config.h"

#include "uc-store-drafts-private.h"

#include "uc-row-private.h"

static const char *LOAD_SQL =
    "SELECT text FROM drafts WHERE channel_id = :channel_id AND root_id = :root_id";
static const char *ALL_SQL = "SELECT channel_id, root_id, text, update_at_ms FROM drafts"
                             " WHERE :channel_id = '' OR channel_id = :channel_id"
                             " ORDER BY channel_id, root_id";
static const char *PUT_SQL = "INSERT INTO drafts (channel_id, root_id, text, update_at_ms)"
                             " VALUES (:channel_id, :root_id, :text, :now)"
                             " ON CONFLICT (channel_id, root_id) DO UPDATE"
                             "   SET text = excluded.text, update_at_ms = excluded.update_at_ms"
                             " WHERE text <> excluded.text";
static const char *REMOVE_SQL =
    "DELETE FROM drafts WHERE channel_id = :channel_id AND root_id = :root_id";
static const char *MOVE_SQL = "UPDATE drafts SET root_id = :new WHERE root_id = :old";

gboolean
_uc_draft_load (UcDb *db, const char *channel_id, const char *root_id, char **text, GError **error)
{
  UcStmt  *stmt = uc_db_prepare (db, LOAD_SQL, error);
  gboolean has_row;

  *text = NULL;
  if (stmt == NULL)
    return FALSE;
  uc_stmt_bind_text (stmt, ":channel_id", channel_id);
  uc_stmt_bind_text (stmt, ":root_id", root_id);
  if (!uc_stmt_step (stmt, &has_row, error))
    return FALSE;
  if (has_row)
    *text = uc_stmt_dup_text (stmt, 0);
  uc_stmt_reset (stmt);
  return TRUE;
}

void
uc_draft_free (UcDraft *self)
{
  if (self == NULL)
    return;

  g_free (self->channel_id);
  g_free (self->root_id);
  g_free (self->text);
  g_free (self);
}

GPtrArray *
_uc_drafts_load_all (UcDb *db, const char *channel_id, GError **error)
{
  g_autoptr (GPtrArray) drafts = g_ptr_array_new_with_free_func ((GDestroyNotify) uc_draft_free);
  UcStmt  *stmt = uc_db_prepare (db, ALL_SQL, error);
  gboolean has_row;

  if (stmt == NULL)
    return NULL;
  uc_stmt_bind_text (stmt, ":channel_id", channel_id != NULL ? channel_id : "");
  do {
    UcDraft *draft;

    if (!uc_stmt_step (stmt, &has_row, error))
      return NULL;
    if (!has_row)
      continue;
    draft = g_new0 (UcDraft, 1);
    draft->channel_id = uc_stmt_dup_text (stmt, 0);
    draft->root_id = uc_stmt_dup_text (stmt, 1);
    draft->text = uc_stmt_dup_text (stmt, 2);
    draft->update_at_ms = uc_stmt_get_int64 (stmt, 3);
    g_ptr_array_add (drafts, draft);
  } while (has_row);
  return g_steal_pointer (&drafts);
}

gboolean
_uc_drafts_move (UcWrite *write, const char *old_root_id, const char *root_id, GError **error)
{
  UcStmt *stmt = uc_db_prepare (write->db, MOVE_SQL, error);

  if (stmt == NULL)
    return FALSE;
  uc_stmt_bind_text (stmt, ":old", old_root_id);
  uc_stmt_bind_text (stmt, ":new", root_id);
  return uc_stmt_run (stmt, error);
}

gboolean
_uc_op_put_draft (UcWrite *write, const UcOp *op, GError **error)
{
  gboolean is_empty = op->text == NULL || *op->text == '\0';
  UcStmt  *stmt = uc_db_prepare (write->db, is_empty ? REMOVE_SQL : PUT_SQL, error);

  if (stmt == NULL)
    return FALSE;
  uc_stmt_bind_text (stmt, ":channel_id", op->channel_id);
  uc_stmt_bind_text (stmt, ":root_id", op->key);
  if (!is_empty) {
    uc_stmt_bind_text (stmt, ":text", op->text);
    uc_stmt_bind_int64 (stmt, ":now", write->now_ms);
  }
  if (!uc_stmt_run (stmt, error))
    return FALSE;
  if (uc_db_get_changes (write->db) > 0)
    _uc_recorder_channel (write->recorder, op->channel_id);
  return TRUE;
}
