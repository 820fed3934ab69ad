/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "uc-db.h"
#include "uc-member.h"

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

/**
 * UcChannelMember:
 *
 * A row of `channel_members`. @msg_count is what the member has read.
 */
typedef struct {
  char    *channel_id;
  char    *user_id;
  char    *notify_props; /* JSON object */
  gboolean is_scheme_user;
  gboolean is_scheme_admin;
  gint64   last_viewed_at_ms;
  gint64   msg_count;
  gint64   msg_count_root;
  gint64   mention_count;
  gint64   mention_count_root;
  gint64   last_update_at_ms;
} UcChannelMember;

/* What one channel or one team has unread for somebody. */
typedef struct {
  char  *team_id;
  gint64 msg_count;
  gint64 msg_count_root;
  gint64 mention_count;
  gint64 mention_count_root;
} UcUnread;

/* Somebody a post could concern. */
typedef struct {
  char    *user_id;
  char    *username;
  char    *first_name;
  char    *notify_props;        /* of the user */
  char    *member_notify_props; /* of the membership */
  gboolean is_online;
} UcListener;

void        uc_channel_member_free (UcChannelMember *self);
const char *uc_channel_member_get_roles (const UcChannelMember *self);
JsonObject *uc_channel_member_to_json (const UcChannelMember *self) G_GNUC_WARN_UNUSED_RESULT;
void        uc_unread_free (UcUnread *self);
void        uc_listener_free (UcListener *self);

gboolean uc_member_table_find (UcDb             *db,
                               const char       *channel_id,
                               const char       *user_id,
                               UcChannelMember **member,
                               GError          **error);
/* (element-type UcChannelMember) */
GPtrArray *uc_member_table_list (UcDb       *db,
                                 const char *channel_id,
                                 int         offset,
                                 int         limit,
                                 GError    **error) G_GNUC_WARN_UNUSED_RESULT;
GPtrArray *uc_member_table_list_user (UcDb       *db,
                                      const char *user_id,
                                      const char *team_id,
                                      GError    **error) G_GNUC_WARN_UNUSED_RESULT;
/* (element-type utf8) */
GPtrArray *uc_member_table_list_ids (UcDb       *db,
                                     const char *channel_id,
                                     GError    **error) G_GNUC_WARN_UNUSED_RESULT;
GPtrArray *uc_member_table_list_zones (UcDb       *db,
                                       const char *channel_id,
                                       GError    **error) G_GNUC_WARN_UNUSED_RESULT;
/* (element-type UcListener): active members, all or those with words of their own. */
GPtrArray *uc_member_table_list_listeners (UcDb       *db,
                                           const char *channel_id,
                                           gboolean    everybody,
                                           GError    **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean   uc_member_table_find_listener (UcDb        *db,
                                          const char  *channel_id,
                                          const char  *username,
                                          UcListener **listener,
                                          GError     **error);
gboolean   uc_member_table_count (UcDb *db, const char *channel_id, gint64 *count, GError **error);
/* (element-type UcUnread): one row a team, "" for direct and group channels; of
 * one channel only when @channel_id is given. */
GPtrArray *uc_member_table_list_unread (UcDb       *db,
                                        const char *user_id,
                                        const char *channel_id,
                                        GError    **error) G_GNUC_WARN_UNUSED_RESULT;

gboolean uc_member_table_put (UcDb *db, const UcChannelMember *member, GError **error);
gboolean
uc_member_table_delete (UcDb *db, const char *channel_id, const char *user_id, GError **error);
/* Everything read; @last_viewed_at is the time of the newest post. */
gboolean uc_member_table_view (UcDb       *db,
                               const char *channel_id,
                               const char *user_id,
                               gint64      now_ms,
                               GError    **error);
gboolean uc_member_table_mention (UcDb       *db,
                                  const char *channel_id,
                                  const char *user_id,
                                  gboolean    is_root,
                                  gint64      now_ms,
                                  GError    **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (UcChannelMember, uc_channel_member_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (UcListener, uc_listener_free)

G_END_DECLS
