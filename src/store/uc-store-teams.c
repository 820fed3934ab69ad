/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The teams one is in. */

#include "config.h"

#include "uc-store-teams-private.h"

#include "uc-row-private.h"

#define TEAM_COLUMNS                                                                               \
  "id, name, display_name, description, email, company_name, allowed_domains, invite_id, type, "   \
  "allow_open_invite, create_at_ms, update_at_ms, delete_at_ms"

static const char *ALL_SQL = "SELECT " TEAM_COLUMNS "  FROM teams"
                             " WHERE delete_at_ms = 0"
                             " ORDER BY display_name, team";
static const char *IDS_SQL = "SELECT id FROM teams ORDER BY team";
static const char *PUT_SQL =
    "INSERT INTO teams (" TEAM_COLUMNS ")"
    " VALUES (:id, :name, :display_name, :description, :email, :company_name, :allowed_domains,"
    "         :invite_id, :type, :allow_open_invite, :create_at, :update_at, :delete_at)"
    " ON CONFLICT (id) DO UPDATE"
    "   SET name = excluded.name,"
    "       display_name = excluded.display_name,"
    "       description = excluded.description,"
    "       email = excluded.email,"
    "       company_name = excluded.company_name,"
    "       allowed_domains = excluded.allowed_domains,"
    "       invite_id = excluded.invite_id,"
    "       type = excluded.type,"
    "       allow_open_invite = excluded.allow_open_invite,"
    "       create_at_ms = excluded.create_at_ms,"
    "       update_at_ms = excluded.update_at_ms,"
    "       delete_at_ms = excluded.delete_at_ms"
    " WHERE excluded.update_at_ms > update_at_ms";
static const char *REMOVE_SQL = "DELETE FROM teams WHERE id = :id";

static UcTeam *
read_team (UcStmt *stmt)
{
  UcTeam *team = uc_team_new ();

  _uc_row_take_text (stmt, 0, &team->id);
  _uc_row_take_text (stmt, 1, &team->name);
  _uc_row_take_text (stmt, 2, &team->display_name);
  _uc_row_take_text (stmt, 3, &team->description);
  _uc_row_take_text (stmt, 4, &team->email);
  _uc_row_take_text (stmt, 5, &team->company_name);
  _uc_row_take_text (stmt, 6, &team->allowed_domains);
  _uc_row_take_text (stmt, 7, &team->invite_id);
  team->type = *uc_stmt_get_text (stmt, 8);
  team->allow_open_invite = uc_stmt_get_int64 (stmt, 9) != 0;
  team->create_at_ms = uc_stmt_get_int64 (stmt, 10);
  team->update_at_ms = uc_stmt_get_int64 (stmt, 11);
  team->delete_at_ms = uc_stmt_get_int64 (stmt, 12);
  return team;
}

GPtrArray *
_uc_teams_load (UcDb *db, GError **error)
{
  g_autoptr (GPtrArray) teams = g_ptr_array_new_with_free_func ((GDestroyNotify) uc_team_unref);
  UcStmt  *stmt = uc_db_prepare (db, ALL_SQL, error);
  gboolean has_row;

  if (stmt == NULL)
    return NULL;
  do {
    if (!uc_stmt_step (stmt, &has_row, error))
      return NULL;
    if (has_row)
      g_ptr_array_add (teams, read_team (stmt));
  } while (has_row);
  return g_steal_pointer (&teams);
}

static gboolean
put (UcWrite *write, UcTeam *team, GError **error)
{
  char    type[] = { team->type, '\0' };
  UcStmt *stmt = uc_db_prepare (write->db, PUT_SQL, error);

  if (stmt == NULL)
    return FALSE;
  uc_stmt_bind_text (stmt, ":id", team->id);
  uc_stmt_bind_text (stmt, ":name", team->name);
  uc_stmt_bind_text (stmt, ":display_name", team->display_name);
  uc_stmt_bind_text (stmt, ":description", team->description);
  uc_stmt_bind_text (stmt, ":email", team->email);
  uc_stmt_bind_text (stmt, ":company_name", team->company_name);
  uc_stmt_bind_text (stmt, ":allowed_domains", team->allowed_domains);
  uc_stmt_bind_text (stmt, ":invite_id", team->invite_id);
  uc_stmt_bind_text (stmt, ":type", type);
  uc_stmt_bind_int64 (stmt, ":allow_open_invite", team->allow_open_invite);
  uc_stmt_bind_int64 (stmt, ":create_at", team->create_at_ms);
  uc_stmt_bind_int64 (stmt, ":update_at", team->update_at_ms);
  uc_stmt_bind_int64 (stmt, ":delete_at", team->delete_at_ms);
  if (!uc_stmt_run (stmt, error))
    return FALSE;
  if (uc_db_get_changes (write->db) > 0)
    _uc_recorder_team (write->recorder, team->id);
  return TRUE;
}

gboolean
_uc_op_put_team (UcWrite *write, const UcOp *op, GError **error)
{
  return put (write, op->record, error);
}

gboolean
_uc_op_replace_teams (UcWrite *write, const UcOp *op, GError **error)
{
  GPtrArray *teams = op->record;
  g_autoptr (GPtrArray) old_ids = _uc_row_list (write->db, IDS_SQL, NULL, NULL, error);
  g_autoptr (GHashTable) kept = g_hash_table_new (g_str_hash, g_str_equal);

  if (old_ids == NULL)
    return FALSE;
  for (guint i = 0; i < teams->len; i++) {
    UcTeam *team = g_ptr_array_index (teams, i);

    if (!put (write, team, error))
      return FALSE;
    g_hash_table_add (kept, team->id);
  }
  for (guint i = 0; i < old_ids->len; i++) {
    const char *id = g_ptr_array_index (old_ids, i);

    if (g_hash_table_contains (kept, id))
      continue;
    _uc_recorder_team (write->recorder, id);
    if (!_uc_row_run (write->db, REMOVE_SQL, ":id", id, error))
      return FALSE;
  }
  return TRUE;
}
