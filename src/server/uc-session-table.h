/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "uc-db.h"

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

/**
 * UcServerSession:
 *
 * A signed-in device, or the use of a personal access token. @roles and
 * @user_delete_at_ms are the user's at the moment of reading: changes hold at once.
 */
typedef struct {
  char    *id;
  char    *csrf;
  char    *user_id;
  char    *username;
  char    *roles;
  char    *device_id;
  char    *user_agent;
  char    *access_token_id; /* "" for an ordinary session */
  gboolean is_bot;
  gint64   user_delete_at_ms;
  gint64   create_at_ms;
  gint64   expires_at_ms;
  gint64   last_activity_at_ms;
} UcServerSession;

UcServerSession *uc_server_session_new (void) G_GNUC_WARN_UNUSED_RESULT;
void             uc_server_session_free (UcServerSession *self);
JsonObject      *uc_server_session_to_json (UcServerSession *self) G_GNUC_WARN_UNUSED_RESULT;

/* SHA-256 of a token, in hex: what is stored. */
char *uc_session_hash_token (const char *token) G_GNUC_WARN_UNUSED_RESULT;

/* NULL without an error when no such session lives. */
gboolean   uc_session_table_find (UcDb             *db,
                                  const char       *token,
                                  gint64            now_ms,
                                  UcServerSession **session,
                                  GError          **error);
GPtrArray *uc_session_table_list (UcDb *db, const char *user_id, gint64 now_ms, GError **error)
    G_GNUC_WARN_UNUSED_RESULT;
gboolean
uc_session_table_insert (UcDb *db, UcServerSession *session, const char *token, GError **error);
gboolean uc_session_table_touch (UcDb       *db,
                                 const char *id,
                                 gint64      now_ms,
                                 gint64      expires_at_ms,
                                 GError    **error);
gboolean
uc_session_table_set_device (UcDb *db, const char *id, const char *device_id, GError **error);
gboolean   uc_session_table_delete (UcDb       *db,
                                    const char *id,
                                    const char *user_id,
                                    gboolean   *existed,
                                    GError    **error);
gboolean   uc_session_table_delete_user (UcDb *db, const char *user_id, GError **error);
GPtrArray *uc_session_table_list_access_token (UcDb       *db,
                                               const char *access_token_id,
                                               GError    **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean   uc_session_table_delete_expired (UcDb *db, gint64 now_ms, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (UcServerSession, uc_server_session_free)

G_END_DECLS
