/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Small things by name: facts of the account and of sync, and the flags document. */

#include "config.h"

#include "uc-store-facts-private.h"

#include "uc-row-private.h"

static const char *LOAD_SQL = "SELECT value FROM facts WHERE key = :key";
static const char *PUT_SQL = "INSERT INTO facts (key, value) VALUES (:key, :value)"
                             " ON CONFLICT (key) DO UPDATE"
                             "   SET value = excluded.value"
                             " WHERE value <> excluded.value";
static const char *REMOVE_SQL = "DELETE FROM facts WHERE key = :key";
static const char *LOAD_FLAGS_SQL = "SELECT revision, document FROM flags WHERE id = 1";
static const char *PUT_FLAGS_SQL =
    "INSERT INTO flags (id, revision, document) VALUES (1, :revision, :document)"
    " ON CONFLICT (id) DO UPDATE"
    "   SET revision = excluded.revision, document = excluded.document"
    " WHERE revision <> excluded.revision OR document <> excluded.document";

gboolean
_uc_fact_load (UcDb *db, const char *key, char **value, GError **error)
{
  UcStmt  *stmt = uc_db_prepare (db, LOAD_SQL, error);
  gboolean has_row;

  *value = NULL;
  if (stmt == NULL)
    return FALSE;
  uc_stmt_bind_text (stmt, ":key", key);
  if (!uc_stmt_step (stmt, &has_row, error))
    return FALSE;
  if (has_row)
    *value = uc_stmt_dup_text (stmt, 0);
  uc_stmt_reset (stmt);
  return TRUE;
}

gboolean
_uc_fact_put (UcDb *db, const char *key, const char *value, GError **error)
{
  UcStmt *stmt = uc_db_prepare (db, value != NULL ? PUT_SQL : REMOVE_SQL, error);

  if (stmt == NULL)
    return FALSE;
  uc_stmt_bind_text (stmt, ":key", key);
  if (value != NULL)
    uc_stmt_bind_text (stmt, ":value", value);
  return uc_stmt_run (stmt, error);
}

gboolean
_uc_op_put_fact (UcWrite *write, const UcOp *op, GError **error)
{
  if (!_uc_fact_put (write->db, op->key, op->text, error))
    return FALSE;
  if (uc_db_get_changes (write->db) > 0)
    _uc_recorder_facts (write->recorder);
  return TRUE;
}

gboolean
_uc_flags_load (UcDb *db, gint64 *revision, char **document, GError **error)
{
  UcStmt  *stmt = uc_db_prepare (db, LOAD_FLAGS_SQL, error);
  gboolean has_row;

  *revision = 0;
  *document = NULL;
  if (stmt == NULL || !uc_stmt_step (stmt, &has_row, error))
    return FALSE;
  if (has_row) {
    *revision = uc_stmt_get_int64 (stmt, 0);
    *document = uc_stmt_dup_text (stmt, 1);
  }
  uc_stmt_reset (stmt);
  return TRUE;
}

/* Which revision counts is for the caller to say: a server that was set up anew
 * begins again at 1. */
gboolean
_uc_op_put_flags (UcWrite *write, const UcOp *op, GError **error)
{
  UcStmt *stmt = uc_db_prepare (write->db, PUT_FLAGS_SQL, error);

  if (stmt == NULL)
    return FALSE;
  uc_stmt_bind_int64 (stmt, ":revision", op->number);
  uc_stmt_bind_text (stmt, ":document", op->text);
  if (!uc_stmt_run (stmt, error))
    return FALSE;
  if (uc_db_get_changes (write->db) > 0)
    _uc_recorder_flags (write->recorder);
  return TRUE;
}
