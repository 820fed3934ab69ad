/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The table `statuses`. */

#include "config.h"

#include "uc-status-table.h"

#include "uc-query.h"

#define SQL_FIND                                                                                   \
  "SELECT user_id, status, is_manual, last_activity_at FROM statuses WHERE user_id = :user_id"
#define SQL_PUT                                                                                    \
  "INSERT INTO statuses (user_id, status, is_manual, last_activity_at) "                           \
  "VALUES (:user_id, :status, :is_manual, :last_activity_at) "                                     \
  "ON CONFLICT (user_id) DO UPDATE SET status = :status, is_manual = :is_manual, "                 \
  "  last_activity_at = :last_activity_at"
#define SQL_LIST_IDLE                                                                              \
  "SELECT user_id FROM statuses WHERE status = 'online' AND is_manual = 0 "                        \
  "AND last_activity_at < :before ORDER BY user_id"
#define SQL_LIST_PRESENT "SELECT user_id FROM statuses WHERE status <> 'offline' ORDER BY user_id"
#define SQL_RESET                                                                                  \
  "UPDATE statuses SET status = 'offline' WHERE is_manual = 0 AND status <> 'offline'"

static gpointer
read_row (UcStmt *stmt)
{
  UcStatus *self = uc_status_new ();

  g_set_str (&self->user_id, uc_stmt_get_text (stmt, 0));
  self->presence = uc_presence_from_string (uc_stmt_get_text (stmt, 1));
  self->is_manual = uc_stmt_get_int64 (stmt, 2) != 0;
  self->last_activity_at_ms = uc_stmt_get_int64 (stmt, 3);
  return self;
}

/**
 * uc_status_table_find:
 *
 * Returns: (transfer full) (nullable): never %NULL but for a failing database
 */
UcStatus *
uc_status_table_find (UcDb *db, const char *user_id, GError **error)
{
  UcStatus *status = NULL;

  if (!uc_query_one (db, SQL_FIND, UC_BINDS (UC_TEXT (":user_id", user_id)), read_row,
                     (gpointer *) &status, error))
    return NULL;
  if (status == NULL) {
    status = uc_status_new ();
    g_set_str (&status->user_id, user_id);
  }
  return status;
}

/**
 * uc_status_table_put:
 */
gboolean
uc_status_table_put (UcDb *db, const UcStatus *status, GError **error)
{
  return uc_query_run (db, SQL_PUT,
                       UC_BINDS (UC_TEXT (":user_id", status->user_id),
                                 UC_TEXT (":status", uc_presence_to_string (status->presence)),
                                 UC_INT (":is_manual", status->is_manual),
                                 UC_INT (":last_activity_at", status->last_activity_at_ms)),
                       error);
}

/**
 * uc_status_table_list_idle:
 *
 * Returns: (transfer full) (element-type utf8) (nullable): user ids
 */
GPtrArray *
uc_status_table_list_idle (UcDb *db, gint64 before_ms, GError **error)
{
  return uc_query_texts (db, SQL_LIST_IDLE, UC_BINDS (UC_INT (":before", before_ms)), error);
}

/**
 * uc_status_table_list_present:
 *
 * Returns: (transfer full) (element-type utf8) (nullable): user ids
 */
GPtrArray *
uc_status_table_list_present (UcDb *db, GError **error)
{
  return uc_query_texts (db, SQL_LIST_PRESENT, UC_BINDS ({ .name = NULL }), error);
}

/**
 * uc_status_table_reset:
 */
gboolean
uc_status_table_reset (UcDb *db, GError **error)
{
  return uc_query_run (db, SQL_RESET, UC_BINDS ({ .name = NULL }), error);
}
