/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Legal holds: the list of what retention leaves alone. Holds go by the server's ids
 * and by time, so that they also cover what comes to the store later. */

#include "config.h"

#include "uc-store-holds.h"

#include "uc-error.h"
#include "uc-row-private.h"
#include "uc-store-care-private.h"
#include "uc-store-private.h"

#include <glib/gi18n-lib.h>

static const char *LIST_SQL = "SELECT hold, channel_id, since_ms, until_ms, reason, set_at_ms"
                              "  FROM holds ORDER BY hold";
static const char *ADD_SQL = "INSERT INTO holds (channel_id, since_ms, until_ms, reason, set_at_ms)"
                             " VALUES (:channel_id, :since, :until, :reason, :set_at)";
static const char *REMOVE_SQL = "DELETE FROM holds WHERE hold = :hold";

void
uc_hold_free (UcHold *self)
{
  if (self == NULL)
    return;

  g_free (self->channel_id);
  g_free (self->reason);
  g_free (self);
}

static UcHold *
read_hold (UcStmt *stmt)
{
  UcHold *hold = g_new0 (UcHold, 1);

  hold->number = uc_stmt_get_int64 (stmt, 0);
  _uc_row_take_text (stmt, 1, &hold->channel_id);
  hold->since_ms = uc_stmt_get_int64 (stmt, 2);
  hold->until_ms = uc_stmt_get_int64 (stmt, 3);
  _uc_row_take_text (stmt, 4, &hold->reason);
  hold->set_at_ms = uc_stmt_get_int64 (stmt, 5);
  return hold;
}

GPtrArray *
uc_store_load_holds (const char *path, GError **error)
{
  g_autoptr (GPtrArray) holds = g_ptr_array_new_with_free_func ((GDestroyNotify) uc_hold_free);
  g_autoptr (UcDb) db = _uc_care_open (path, UC_DB_READ_ONLY, error);
  UcStmt  *stmt = db != NULL ? uc_db_prepare (db, LIST_SQL, error) : NULL;
  gboolean has_row;

  if (stmt == NULL)
    return NULL;
  do {
    if (!uc_stmt_step (stmt, &has_row, error))
      return NULL;
    if (has_row)
      g_ptr_array_add (holds, read_hold (stmt));
  } while (has_row);
  return g_steal_pointer (&holds);
}

static gboolean
check (const UcHold *hold, GError **error)
{
  if (*hold->reason == '\0') {
    g_set_error (error, UC_ERROR, UC_ERROR_INVALID, _ ("A hold needs a reason"));
    return FALSE;
  }
  if (hold->until_ms != 0 && hold->until_ms < hold->since_ms) {
    g_set_error (error, UC_ERROR, UC_ERROR_INVALID, _ ("A hold cannot end before it begins"));
    return FALSE;
  }
  return TRUE;
}

static gboolean
add (UcDb *db, UcHold *hold, GError **error)
{
  UcStmt *stmt = uc_db_prepare (db, ADD_SQL, error);

  if (stmt == NULL)
    return FALSE;
  uc_stmt_bind_text (stmt, ":channel_id", hold->channel_id);
  uc_stmt_bind_int64 (stmt, ":since", hold->since_ms);
  uc_stmt_bind_int64 (stmt, ":until", hold->until_ms);
  uc_stmt_bind_text (stmt, ":reason", hold->reason);
  uc_stmt_bind_int64 (stmt, ":set_at", hold->set_at_ms);
  if (!uc_stmt_run (stmt, error))
    return FALSE;
  hold->number = uc_db_get_last_rowid (db);
  return TRUE;
}

static gboolean
remove_one (UcDb *db, gint64 number, GError **error)
{
  if (!_uc_row_run_int64 (db, REMOVE_SQL, ":hold", number, error))
    return FALSE;
  if (uc_db_get_changes (db) > 0)
    return TRUE;
  g_set_error (error, UC_ERROR, UC_ERROR_NOT_FOUND, _ ("There is no such hold"));
  return FALSE;
}

gboolean
uc_store_add_hold (const char *path, UcHold *hold, GError **error)
{
  int      lock_fd;
  gboolean is_done;

  g_return_val_if_fail (hold != NULL && hold->channel_id != NULL && hold->reason != NULL, FALSE);

  if (!check (hold, error) || (lock_fd = _uc_store_lock (path, error)) < 0)
    return FALSE;
  {
    g_autoptr (UcDb) db = _uc_care_open (path, UC_DB_READ_WRITE, error);

    is_done = db != NULL && add (db, hold, error);
  }
  _uc_store_unlock (lock_fd);
  return is_done;
}

gboolean
uc_store_remove_hold (const char *path, gint64 number, GError **error)
{
  int      lock_fd = _uc_store_lock (path, error);
  gboolean is_done;

  if (lock_fd < 0)
    return FALSE;
  {
    g_autoptr (UcDb) db = _uc_care_open (path, UC_DB_READ_WRITE, error);

    is_done = db != NULL && remove_one (db, number, error);
  }
  _uc_store_unlock (lock_fd);
  return is_done;
}
