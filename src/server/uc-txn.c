/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The events of one transaction: who gets them is read here, inside it, so that
 * somebody who joined or left a moment ago is counted right. */

#include "config.h"

#include "uc-txn.h"

#define SQL_CHANNEL_USERS                                                                          \
  "SELECT user_id FROM channel_members WHERE channel_id = :id ORDER BY user_id"
#define SQL_TEAM_USERS                                                                             \
  "SELECT user_id FROM team_members WHERE team_id = :id AND delete_at = 0 ORDER BY user_id"

static GPtrArray *
read_user_ids (UcTxn *txn, const char *sql, const char *id, GError **error)
{
  g_autoptr (GPtrArray) ids = g_ptr_array_new_with_free_func (g_free);
  UcStmt  *stmt = uc_db_prepare (txn->db, sql, error);
  gboolean has_row = FALSE;

  if (stmt == NULL)
    return NULL;
  uc_stmt_bind_text (stmt, ":id", id);
  while (uc_stmt_step (stmt, &has_row, error)) {
    if (!has_row)
      return g_steal_pointer (&ids);
    g_ptr_array_add (ids, uc_stmt_dup_text (stmt, 0));
  }
  return NULL;
}

/**
 * uc_txn_take_push:
 * @push: (transfer full): sent when the transaction is committed
 */
void
uc_txn_take_push (UcTxn *txn, UcPush *push)
{
  g_ptr_array_add (txn->pushes, push);
}

/**
 * uc_txn_push_to_user:
 * @data: (transfer full): the event's data
 *
 * All sockets of one user get the event.
 */
void
uc_txn_push_to_user (UcTxn *txn, const char *user_id, const char *event, JsonObject *data)
{
  uc_txn_push_about (txn, user_id, NULL, NULL, event, data);
}

/**
 * uc_txn_push_about:
 * @channel_id: (nullable): where it lies
 * @team_id: (nullable): where it lies
 * @data: (transfer full): the event's data
 *
 * All sockets of one user get the event.
 */
void
uc_txn_push_about (UcTxn      *txn,
                   const char *user_id,
                   const char *channel_id,
                   const char *team_id,
                   const char *event,
                   JsonObject *data)
{
  const UcAudience audience = { .user_id = user_id, .channel_id = channel_id, .team_id = team_id };
  GPtrArray       *user_ids = g_ptr_array_new_with_free_func (g_free);

  g_ptr_array_add (user_ids, g_strdup (user_id));
  uc_txn_take_push (txn, uc_push_new_event (event, data, &audience, user_ids));
}

/**
 * uc_txn_push_to_channel:
 * @omit_user_id: (nullable): a member who does not get it
 * @data: (transfer full): the event's data
 *
 * The members of a channel get the event.
 */
gboolean
uc_txn_push_to_channel (UcTxn      *txn,
                        const char *channel_id,
                        const char *omit_user_id,
                        const char *event,
                        JsonObject *data,
                        GError    **error)
{
  const UcAudience audience = { .channel_id = channel_id, .omit_user_id = omit_user_id };
  GPtrArray       *user_ids = read_user_ids (txn, SQL_CHANNEL_USERS, channel_id, error);

  if (user_ids == NULL) {
    json_object_unref (data);
    return FALSE;
  }
  uc_txn_take_push (txn, uc_push_new_event (event, data, &audience, user_ids));
  return TRUE;
}

/**
 * uc_txn_push_to_team:
 * @data: (transfer full): the event's data
 *
 * The members of a team get the event.
 */
gboolean
uc_txn_push_to_team (UcTxn      *txn,
                     const char *team_id,
                     const char *event,
                     JsonObject *data,
                     GError    **error)
{
  const UcAudience audience = { .team_id = team_id };
  GPtrArray       *user_ids = read_user_ids (txn, SQL_TEAM_USERS, team_id, error);

  if (user_ids == NULL) {
    json_object_unref (data);
    return FALSE;
  }
  uc_txn_take_push (txn, uc_push_new_event (event, data, &audience, user_ids));
  return TRUE;
}

/**
 * uc_txn_push_to_all:
 * @data: (transfer full): the event's data
 *
 * Everybody who is connected gets the event.
 */
void
uc_txn_push_to_all (UcTxn *txn, const char *event, JsonObject *data)
{
  const UcAudience audience = { 0 };

  uc_txn_take_push (txn, uc_push_new_event (event, data, &audience, NULL));
}

/**
 * uc_txn_close_session:
 *
 * The sockets of a session that has ended are closed.
 */
void
uc_txn_close_session (UcTxn *txn, const char *session_id)
{
  uc_txn_take_push (txn, uc_push_new_close (UC_PUSH_CLOSE_SESSION, session_id));
}

/**
 * uc_txn_close_user:
 *
 * All sockets of a user who may not be here any more are closed.
 */
void
uc_txn_close_user (UcTxn *txn, const char *user_id)
{
  uc_txn_take_push (txn, uc_push_new_close (UC_PUSH_CLOSE_USER, user_id));
}
