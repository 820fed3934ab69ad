/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The table `preferences`. */

#include "config.h"

#include "uc-preference-table.h"

#include "uc-query.h"

#define COLUMNS "user_id, category, name, value"

#define SQL_LIST                                                                                   \
  "SELECT " COLUMNS " FROM preferences WHERE user_id = :user_id "                                  \
  "AND (:category = '' OR category = :category) ORDER BY category, name"
#define SQL_FIND                                                                                   \
  "SELECT " COLUMNS " FROM preferences WHERE user_id = :user_id AND category = :category "         \
  "AND name = :name"
#define SQL_PUT                                                                                    \
  "INSERT INTO preferences (user_id, category, name, value) "                                      \
  "VALUES (:user_id, :category, :name, :value) "                                                   \
  "ON CONFLICT (user_id, category, name) DO UPDATE SET value = :value"
#define SQL_DELETE                                                                                 \
  "DELETE FROM preferences WHERE user_id = :user_id AND category = :category AND name = :name"

static gpointer
read_row (UcStmt *stmt)
{
  return uc_preference_new (uc_stmt_get_text (stmt, 0), uc_stmt_get_text (stmt, 1),
                            uc_stmt_get_text (stmt, 2), uc_stmt_get_text (stmt, 3));
}

/**
 * uc_preference_table_list:
 *
 * Returns: (transfer full) (element-type UcPreference) (nullable): by category and name
 */
GPtrArray *
uc_preference_table_list (UcDb *db, const char *user_id, const char *category, GError **error)
{
  return uc_query_rows (db, SQL_LIST,
                        UC_BINDS (UC_TEXT (":user_id", user_id), UC_TEXT (":category", category)),
                        read_row, (GDestroyNotify) uc_preference_unref, error);
}

/**
 * uc_preference_table_find:
 * @preference: (out) (transfer full) (nullable):
 */
gboolean
uc_preference_table_find (UcDb          *db,
                          const char    *user_id,
                          const char    *category,
                          const char    *name,
                          UcPreference **preference,
                          GError       **error)
{
  return uc_query_one (db, SQL_FIND,
                       UC_BINDS (UC_TEXT (":user_id", user_id), UC_TEXT (":category", category),
                                 UC_TEXT (":name", name)),
                       read_row, (gpointer *) preference, error);
}

/**
 * uc_preference_table_put:
 */
gboolean
uc_preference_table_put (UcDb *db, const UcPreference *preference, GError **error)
{
  return uc_query_run (db, SQL_PUT,
                       UC_BINDS (UC_TEXT (":user_id", preference->user_id),
                                 UC_TEXT (":category", preference->category),
                                 UC_TEXT (":name", preference->name),
                                 UC_TEXT (":value", preference->value)),
                       error);
}

/**
 * uc_preference_table_delete:
 *
 * One that is not there is no error.
 */
gboolean
uc_preference_table_delete (UcDb *db, const UcPreference *preference, GError **error)
{
  return uc_query_run (db, SQL_DELETE,
                       UC_BINDS (UC_TEXT (":user_id", preference->user_id),
                                 UC_TEXT (":category", preference->category),
                                 UC_TEXT (":name", preference->name)),
                       error);
}
