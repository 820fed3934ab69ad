/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The tables `teams` and `team_members`. */

#include "config.h"

#include "uc-team-table.h"

#include "uc-error.h"
#include "uc-query.h"
#include "uc-refusal.h"

#define COLUMNS                                                                                    \
  "teams.id, name, display_name, description, email, type, company_name, allowed_domains, "        \
  "invite_id, allow_open_invite, teams.create_at, teams.update_at, teams.delete_at"
#define MEMBER_COLUMNS "team_id, user_id, scheme_user, scheme_admin, create_at, delete_at"

#define SQL_FIND      "SELECT " COLUMNS " FROM teams WHERE id = :id"
#define SQL_FIND_NAME "SELECT " COLUMNS " FROM teams WHERE name = :name"
#define SQL_FIND_INVITE                                                                            \
  "SELECT " COLUMNS " FROM teams WHERE invite_id = :invite_id AND delete_at = 0"
#define SQL_LIST_USER                                                                              \
  "SELECT " COLUMNS " FROM team_members m JOIN teams ON teams.id = m.team_id "                     \
  "WHERE m.user_id = :user_id AND m.delete_at = 0 AND teams.delete_at = 0 "                        \
  "ORDER BY display_name, teams.id"
#define SQL_LIST                                                                                   \
  "SELECT " COLUMNS " FROM teams WHERE (:only_open = 0 OR (allow_open_invite = 1 "                 \
  "AND delete_at = 0)) AND (:term = '' OR instr (lower (name), lower (:term)) > 0 "                \
  "OR instr (lower (display_name), lower (:term)) > 0) "                                           \
  "ORDER BY display_name, id LIMIT :limit OFFSET :offset"
#define SQL_COUNT                                                                                  \
  "SELECT count (*) FROM teams WHERE (:only_open = 0 OR (allow_open_invite = 1 AND delete_at = "   \
  "0))"
#define SQL_INSERT                                                                                 \
  "INSERT INTO teams (id, name, display_name, description, email, type, company_name, "            \
  "  allowed_domains, invite_id, allow_open_invite, create_at, update_at, delete_at) "             \
  "VALUES (:id, :name, :display_name, :description, :email, :type, :company_name, "                \
  "  :allowed_domains, :invite_id, :allow_open_invite, :create_at, :update_at, :delete_at)"
#define SQL_UPDATE                                                                                 \
  "UPDATE teams SET name = :name, display_name = :display_name, description = :description, "      \
  "  email = :email, type = :type, company_name = :company_name, "                                 \
  "  allowed_domains = :allowed_domains, invite_id = :invite_id, "                                 \
  "  allow_open_invite = :allow_open_invite, create_at = :create_at, update_at = :update_at, "     \
  "  delete_at = :delete_at WHERE id = :id"
#define SQL_FIND_MEMBER                                                                            \
  "SELECT " MEMBER_COLUMNS " FROM team_members WHERE team_id = :team_id AND user_id = :user_id"
#define SQL_LIST_MEMBERS                                                                           \
  "SELECT " MEMBER_COLUMNS " FROM team_members WHERE team_id = :team_id AND delete_at = 0 "        \
  "ORDER BY user_id LIMIT :limit OFFSET :offset"
#define SQL_LIST_MEMBERSHIPS                                                                       \
  "SELECT " MEMBER_COLUMNS " FROM team_members WHERE user_id = :user_id AND delete_at = 0 "        \
  "ORDER BY team_id"
#define SQL_COUNT_MEMBERS                                                                          \
  "SELECT count (*) FROM team_members m JOIN users ON users.id = m.user_id "                       \
  "WHERE m.team_id = :team_id AND m.delete_at = 0 AND (:only_active = 0 OR users.delete_at = 0)"
#define SQL_PUT_MEMBER                                                                             \
  "INSERT INTO team_members (team_id, user_id, scheme_user, scheme_admin, create_at, delete_at) "  \
  "VALUES (:team_id, :user_id, :scheme_user, :scheme_admin, :create_at, :delete_at) "              \
  "ON CONFLICT (team_id, user_id) DO UPDATE SET scheme_user = :scheme_user, "                      \
  "  scheme_admin = :scheme_admin, create_at = :create_at, delete_at = :delete_at"

/**
 * uc_team_member_free:
 * @self: (transfer full):
 */
void
uc_team_member_free (UcTeamMember *self)
{
  g_free (self->team_id);
  g_free (self->user_id);
  g_free (self);
}

/**
 * uc_team_member_get_roles:
 *
 * Returns: (transfer none): the role names, space separated
 */
const char *
uc_team_member_get_roles (const UcTeamMember *self)
{
  if (self->is_scheme_admin)
    return self->is_scheme_user ? "team_user team_admin" : "team_admin";
  return self->is_scheme_user ? "team_user" : "";
}

/**
 * uc_team_member_to_json:
 *
 * Returns: (transfer full): the record of protocol.md 5
 */
JsonObject *
uc_team_member_to_json (const UcTeamMember *self)
{
  JsonObject *object = json_object_new ();

  json_object_set_string_member (object, "team_id", self->team_id);
  json_object_set_string_member (object, "user_id", self->user_id);
  json_object_set_string_member (object, "roles", uc_team_member_get_roles (self));
  json_object_set_int_member (object, "delete_at", self->delete_at_ms);
  json_object_set_boolean_member (object, "scheme_guest", FALSE);
  json_object_set_boolean_member (object, "scheme_user", self->is_scheme_user);
  json_object_set_boolean_member (object, "scheme_admin", self->is_scheme_admin);
  json_object_set_string_member (object, "explicit_roles", "");
  return object;
}

static void
take_text (char **field, UcStmt *stmt, int column)
{
  g_free (*field);
  *field = uc_stmt_dup_text (stmt, column);
}

static gpointer
read_team (UcStmt *stmt)
{
  UcTeam *self = uc_team_new ();

  take_text (&self->id, stmt, 0);
  take_text (&self->name, stmt, 1);
  take_text (&self->display_name, stmt, 2);
  take_text (&self->description, stmt, 3);
  take_text (&self->email, stmt, 4);
  self->type = *uc_stmt_get_text (stmt, 5);
  take_text (&self->company_name, stmt, 6);
  take_text (&self->allowed_domains, stmt, 7);
  take_text (&self->invite_id, stmt, 8);
  self->allow_open_invite = uc_stmt_get_int64 (stmt, 9) != 0;
  self->create_at_ms = uc_stmt_get_int64 (stmt, 10);
  self->update_at_ms = uc_stmt_get_int64 (stmt, 11);
  self->delete_at_ms = uc_stmt_get_int64 (stmt, 12);
  return self;
}

static gpointer
read_member (UcStmt *stmt)
{
  UcTeamMember *self = g_new0 (UcTeamMember, 1);

  self->team_id = uc_stmt_dup_text (stmt, 0);
  self->user_id = uc_stmt_dup_text (stmt, 1);
  self->is_scheme_user = uc_stmt_get_int64 (stmt, 2) != 0;
  self->is_scheme_admin = uc_stmt_get_int64 (stmt, 3) != 0;
  self->create_at_ms = uc_stmt_get_int64 (stmt, 4);
  self->delete_at_ms = uc_stmt_get_int64 (stmt, 5);
  return self;
}

static UcTeam *
find_one (UcDb *db, const char *sql, const UcBind *binds, UcRefusal refusal, GError **error)
{
  UcTeam *self = NULL;

  if (uc_query_one (db, sql, binds, read_team, (gpointer *) &self, error) && self == NULL)
    uc_refuse (error, refusal);
  return self;
}

/**
 * uc_team_table_find:
 *
 * Returns: (transfer full) (nullable): the team, archived or not
 */
UcTeam *
uc_team_table_find (UcDb *db, const char *id, GError **error)
{
  return find_one (db, SQL_FIND, UC_BINDS (UC_TEXT (":id", id)), UC_REFUSAL_TEAM_UNKNOWN, error);
}

/**
 * uc_team_table_find_name:
 *
 * Returns: (transfer full) (nullable): the team, archived or not
 */
UcTeam *
uc_team_table_find_name (UcDb *db, const char *name, GError **error)
{
  return find_one (db, SQL_FIND_NAME, UC_BINDS (UC_TEXT (":name", name)),
                   UC_REFUSAL_TEAM_NAME_UNKNOWN, error);
}

/**
 * uc_team_table_find_invite:
 *
 * Returns: (transfer full) (nullable): the team somebody is invited to
 */
UcTeam *
uc_team_table_find_invite (UcDb *db, const char *invite_id, GError **error)
{
  return find_one (db, SQL_FIND_INVITE, UC_BINDS (UC_TEXT (":invite_id", invite_id)),
                   UC_REFUSAL_TEAM_INVITE_UNKNOWN, error);
}

/**
 * uc_team_table_list_user:
 *
 * Returns: (transfer full) (element-type UcTeam) (nullable): the teams of a user
 */
GPtrArray *
uc_team_table_list_user (UcDb *db, const char *user_id, GError **error)
{
  return uc_query_rows (db, SQL_LIST_USER, UC_BINDS (UC_TEXT (":user_id", user_id)), read_team,
                        (GDestroyNotify) uc_team_unref, error);
}

/**
 * uc_team_table_list:
 * @term: part of a name, or empty
 * @only_open: those anybody may join
 *
 * Returns: (transfer full) (element-type UcTeam) (nullable): by display name
 */
GPtrArray *
uc_team_table_list (UcDb       *db,
                    const char *term,
                    gboolean    only_open,
                    int         offset,
                    int         limit,
                    GError    **error)
{
  return uc_query_rows (db, SQL_LIST,
                        UC_BINDS (UC_TEXT (":term", term), UC_INT (":only_open", only_open),
                                  UC_INT (":limit", limit), UC_INT (":offset", offset)),
                        read_team, (GDestroyNotify) uc_team_unref, error);
}

/**
 * uc_team_table_count:
 * @count: (out): how many uc_team_table_list() goes through
 */
gboolean
uc_team_table_count (UcDb *db, gboolean only_open, gint64 *count, GError **error)
{
  return uc_query_number (db, SQL_COUNT, UC_BINDS (UC_INT (":only_open", only_open)), count, error);
}

static gboolean
write_team (UcDb *db, const char *sql, const UcTeam *team, GError **error)
{
  g_autoptr (GError) local = NULL;
  const char   type[] = { team->type, '\0' };
  const UcBind binds[] = {
    UC_TEXT (":id", team->id),
    UC_TEXT (":name", team->name),
    UC_TEXT (":display_name", team->display_name),
    UC_TEXT (":description", team->description),
    UC_TEXT (":email", team->email),
    UC_TEXT (":type", type),
    UC_TEXT (":company_name", team->company_name),
    UC_TEXT (":allowed_domains", team->allowed_domains),
    UC_TEXT (":invite_id", team->invite_id),
    UC_INT (":allow_open_invite", team->allow_open_invite),
    UC_INT (":create_at", team->create_at_ms),
    UC_INT (":update_at", team->update_at_ms),
    UC_INT (":delete_at", team->delete_at_ms),
    { .name = NULL },
  };

  if (uc_query_run (db, sql, binds, &local))
    return TRUE;
  if (g_error_matches (local, UC_ERROR, UC_ERROR_CONFLICT))
    uc_refuse (error, UC_REFUSAL_TEAM_EXISTS);
  else
    g_propagate_error (error, g_steal_pointer (&local));
  return FALSE;
}

/**
 * uc_team_table_insert:
 *
 * Errors: UC_REFUSAL_TEAM_EXISTS, UC_ERROR_STORAGE
 */
gboolean
uc_team_table_insert (UcDb *db, const UcTeam *team, GError **error)
{
  return write_team (db, SQL_INSERT, team, error);
}

/**
 * uc_team_table_update:
 *
 * Errors: UC_REFUSAL_TEAM_EXISTS, UC_ERROR_STORAGE
 */
gboolean
uc_team_table_update (UcDb *db, const UcTeam *team, GError **error)
{
  return write_team (db, SQL_UPDATE, team, error);
}

/**
 * uc_team_table_find_member:
 * @member: (out) (transfer full) (nullable): %NULL when the user was never in it
 */
gboolean
uc_team_table_find_member (UcDb          *db,
                           const char    *team_id,
                           const char    *user_id,
                           UcTeamMember **member,
                           GError       **error)
{
  return uc_query_one (db, SQL_FIND_MEMBER,
                       UC_BINDS (UC_TEXT (":team_id", team_id), UC_TEXT (":user_id", user_id)),
                       read_member, (gpointer *) member, error);
}

/**
 * uc_team_table_list_members:
 *
 * Returns: (transfer full) (element-type UcTeamMember) (nullable): by user id
 */
GPtrArray *
uc_team_table_list_members (UcDb *db, const char *team_id, int offset, int limit, GError **error)
{
  return uc_query_rows (db, SQL_LIST_MEMBERS,
                        UC_BINDS (UC_TEXT (":team_id", team_id), UC_INT (":limit", limit),
                                  UC_INT (":offset", offset)),
                        read_member, (GDestroyNotify) uc_team_member_free, error);
}

/**
 * uc_team_table_list_memberships:
 *
 * Returns: (transfer full) (element-type UcTeamMember) (nullable): of one user
 */
GPtrArray *
uc_team_table_list_memberships (UcDb *db, const char *user_id, GError **error)
{
  return uc_query_rows (db, SQL_LIST_MEMBERSHIPS, UC_BINDS (UC_TEXT (":user_id", user_id)),
                        read_member, (GDestroyNotify) uc_team_member_free, error);
}

/**
 * uc_team_table_count_members:
 * @count: (out): how many are in the team
 */
gboolean
uc_team_table_count_members (UcDb       *db,
                             const char *team_id,
                             gboolean    only_active,
                             gint64     *count,
                             GError    **error)
{
  return uc_query_number (
      db, SQL_COUNT_MEMBERS,
      UC_BINDS (UC_TEXT (":team_id", team_id), UC_INT (":only_active", only_active)), count, error);
}

/**
 * uc_team_table_put_member:
 *
 * Writes a membership, new or known.
 */
gboolean
uc_team_table_put_member (UcDb *db, const UcTeamMember *member, GError **error)
{
  return uc_query_run (db, SQL_PUT_MEMBER,
                       UC_BINDS (UC_TEXT (":team_id", member->team_id),
                                 UC_TEXT (":user_id", member->user_id),
                                 UC_INT (":scheme_user", member->is_scheme_user),
                                 UC_INT (":scheme_admin", member->is_scheme_admin),
                                 UC_INT (":create_at", member->create_at_ms),
                                 UC_INT (":delete_at", member->delete_at_ms)),
                       error);
}
