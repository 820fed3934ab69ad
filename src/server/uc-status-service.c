/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Presence: online while connected and active, away after five idle minutes, or
 * whatever somebody has set by hand. */

#include "config.h"

#include "uc-status-service.h"

#define IDLE_MS (5 * 60 * 1000)
/* Activity is written down at most this often. */
#define TOUCH_MS 30000

static gboolean
change (UcTxn *txn, UcStatus *status, UcPresence presence, gboolean is_manual, GError **error)
{
  gboolean    is_new = status->presence != presence;
  JsonObject *data;

  status->presence = presence;
  status->is_manual = is_manual;
  if (!uc_status_table_put (txn->db, status, error))
    return FALSE;
  if (!is_new)
    return TRUE;
  data = json_object_new ();
  json_object_set_string_member (data, "status", uc_presence_to_string (presence));
  json_object_set_string_member (data, "user_id", status->user_id);
  uc_txn_push_to_user (txn, status->user_id, "status_change", data);
  return TRUE;
}

/**
 * uc_status_service_set:
 */
gboolean
uc_status_service_set (UcTxn *txn, const char *user_id, UcPresence presence, GError **error)
{
  g_autoptr (UcStatus) status = uc_status_table_find (txn->db, user_id, error);

  if (status == NULL)
    return FALSE;
  if (presence == UC_PRESENCE_ONLINE)
    status->last_activity_at_ms = txn->now_ms;
  return change (txn, status, presence, presence != UC_PRESENCE_ONLINE, error);
}

/**
 * uc_status_service_be_active:
 */
gboolean
uc_status_service_be_active (UcTxn *txn, const char *user_id, GError **error)
{
  g_autoptr (UcStatus) status = uc_status_table_find (txn->db, user_id, error);

  if (status == NULL)
    return FALSE;
  if (status->presence == UC_PRESENCE_ONLINE &&
      txn->now_ms - status->last_activity_at_ms < TOUCH_MS)
    return TRUE;
  status->last_activity_at_ms = txn->now_ms;
  if (status->is_manual)
    return uc_status_table_put (txn->db, status, error);
  return change (txn, status, UC_PRESENCE_ONLINE, FALSE, error);
}

/**
 * uc_status_service_go_away:
 * @is_manual: the user said so
 */
gboolean
uc_status_service_go_away (UcTxn *txn, const char *user_id, gboolean is_manual, GError **error)
{
  g_autoptr (UcStatus) status = uc_status_table_find (txn->db, user_id, error);

  if (status == NULL)
    return FALSE;
  if (status->is_manual && !is_manual)
    return TRUE;
  return change (txn, status, UC_PRESENCE_AWAY, is_manual, error);
}

/**
 * uc_status_service_connect:
 */
gboolean
uc_status_service_connect (UcTxn *txn, const char *user_id, gboolean is_connected, GError **error)
{
  g_autoptr (UcStatus) status = NULL;

  if (is_connected)
    return uc_status_service_be_active (txn, user_id, error);
  status = uc_status_table_find (txn->db, user_id, error);
  if (status == NULL)
    return FALSE;
  if (status->is_manual || status->presence == UC_PRESENCE_OFFLINE)
    return TRUE;
  return change (txn, status, UC_PRESENCE_OFFLINE, FALSE, error);
}

/**
 * uc_status_service_sweep:
 */
gboolean
uc_status_service_sweep (UcTxn *txn, GError **error)
{
  g_autoptr (GPtrArray) ids = uc_status_table_list_idle (txn->db, txn->now_ms - IDLE_MS, error);

  for (guint i = 0; ids != NULL && i < ids->len; i++) {
    g_autoptr (UcStatus) status = uc_status_table_find (txn->db, g_ptr_array_index (ids, i), error);

    if (status == NULL || !change (txn, status, UC_PRESENCE_AWAY, FALSE, error))
      return FALSE;
  }
  return ids != NULL;
}
