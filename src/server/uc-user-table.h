/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "uc-db.h"
#include "uc-user.h"

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

/**
 * UcAccount:
 *
 * A row of `users`: the person as others see them, and what only the server
 * knows. Plain data of the worker.
 */
typedef struct {
  UcUser *user;          /* (owned) */
  char   *props;         /* JSON object */
  char   *password_hash; /* "" for bots */
  char   *bot_owner_id;
  char   *picture; /* file in pictures/, "" for the drawn one */
  int     failed_attempts;
} UcAccount;

/* Which users a list is about; empty strings and 0 ask for nothing. */
typedef struct {
  const char *in_team;
  const char *not_in_team;
  const char *in_channel;
  const char *not_in_channel;
  const char *role;
  const char *term; /* beginning of any name */
  const char *sort; /* "", last_activity_at, create_at, status */
  gboolean    without_team;
  gboolean    only_inactive;
  gboolean    only_active;
  gboolean    no_bots;
  int         offset;
  int         limit;
} UcUserQuery;

UcAccount *uc_account_new (void) G_GNUC_WARN_UNUSED_RESULT;
void       uc_account_free (UcAccount *self);
/* As its owner sees it (@for_self) or as everybody does. */
JsonObject *uc_account_to_json (UcAccount *self, gboolean for_self) G_GNUC_WARN_UNUSED_RESULT;

/* NULL and UC_REFUSAL_USER_UNKNOWN when there is none. */
UcAccount *uc_user_table_find (UcDb *db, const char *id, GError **error) G_GNUC_WARN_UNUSED_RESULT;
UcAccount *
uc_user_table_find_name (UcDb *db, const char *username, GError **error) G_GNUC_WARN_UNUSED_RESULT;
UcAccount *
uc_user_table_find_email (UcDb *db, const char *email, GError **error) G_GNUC_WARN_UNUSED_RESULT;
/* (element-type UcAccount), by user name or as @query sorts. */
GPtrArray *
uc_user_table_list (UcDb *db, const UcUserQuery *query, GError **error) G_GNUC_WARN_UNUSED_RESULT;
GPtrArray *uc_user_table_list_ids (UcDb *db, GPtrArray *ids, gint64 since_ms, GError **error)
    G_GNUC_WARN_UNUSED_RESULT;
GPtrArray *uc_user_table_list_bots (UcDb    *db,
                                    gboolean with_deleted,
                                    int      offset,
                                    int      limit,
                                    GError **error) G_GNUC_WARN_UNUSED_RESULT;
/* (element-type utf8): ids of those who share a channel with @user_id. */
GPtrArray *
uc_user_table_list_known (UcDb *db, const char *user_id, GError **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean uc_user_table_count (UcDb    *db,
                              gboolean with_deleted,
                              gboolean with_bots,
                              gint64  *count,
                              GError **error);

gboolean uc_user_table_insert (UcDb *db, UcAccount *account, GError **error);
gboolean uc_user_table_update (UcDb *db, UcAccount *account, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (UcAccount, uc_account_free)

G_END_DECLS
