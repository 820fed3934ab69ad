/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "uc-db.h"

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

/**
 * UcAccessToken:
 *
 * A personal access token, without its secret.
 */
typedef struct {
  char    *id;
  char    *user_id;
  char    *description;
  gboolean is_active;
} UcAccessToken;

void        uc_access_token_free (UcAccessToken *self);
JsonObject *uc_access_token_to_json (UcAccessToken *self) G_GNUC_WARN_UNUSED_RESULT;

/* By the secret or by id; NULL without an error when there is none. */
gboolean uc_token_table_find (UcDb *db, const char *secret, UcAccessToken **token, GError **error);
gboolean uc_token_table_find_id (UcDb *db, const char *id, UcAccessToken **token, GError **error);
/* (element-type UcAccessToken); of everybody when @user_id is empty. */
GPtrArray *uc_token_table_list (UcDb       *db,
                                const char *user_id,
                                int         offset,
                                int         limit,
                                GError    **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean   uc_token_table_insert (UcDb          *db,
                                  UcAccessToken *token,
                                  const char    *secret,
                                  gint64         now_ms,
                                  GError       **error);
gboolean   uc_token_table_set_active (UcDb *db, const char *id, gboolean is_active, GError **error);
gboolean   uc_token_table_delete (UcDb *db, const char *id, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (UcAccessToken, uc_access_token_free)

G_END_DECLS
