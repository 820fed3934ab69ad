/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "uc-access.h"
#include "uc-user-table.h"

G_BEGIN_DECLS

/* What people can do to accounts, without HTTP: for handlers and for the demo. All
 * run on the worker and check what they are given, not who asks. */

typedef struct {
  const char *username;
  const char *email;
  const char *password_hash; /* "" for bots */
  const char *first_name;
  const char *last_name;
  const char *nickname;
  const char *position;
  const char *locale;
  const char *bot_owner_id; /* (nullable): makes a bot */
  const char *bot_description;
} UcNewUser;

UcAccount *uc_user_service_create (UcTxn           *txn,
                                   const UcNewUser *fields,
                                   GError         **error) G_GNUC_WARN_UNUSED_RESULT;
/* Writes a changed account and tells everybody. */
gboolean uc_user_service_update (UcTxn *txn, UcAccount *account, GError **error);
/* Takes the members of a patch that are given into the account, checked. */
gboolean uc_user_service_apply_patch (UcAccount *account, JsonObject *patch, GError **error);
gboolean
uc_user_service_set_active (UcTxn *txn, UcAccount *account, gboolean is_active, GError **error);
gboolean
uc_user_service_set_roles (UcTxn *txn, UcAccount *account, const char *roles, GError **error);

G_END_DECLS
