/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "uc-wire.h"

G_BEGIN_DECLS

/**
 * UcRequest:
 *
 * One call of the API as data: method, path below /api/v4 (or, beginning with
 * "/plugins/", below the site), body, and what its answer is parsed into. Path
 * parts are checked ids or are percent-encoded. Given to uc_api_send_async().
 */
typedef struct _UcRequest UcRequest;

void       uc_request_free                  (UcRequest          *self);

/* The comment names what uc_api_send_finish() gives: (transfer full). */
UcRequest *uc_request_ping                  (void);                        /* NULL; only success counts */
UcRequest *uc_request_config                (void);                        /* UcServerConfig */
UcRequest *uc_request_login                 (const char *login_id,
                                             const char *password,
                                             const char *mfa_code);        /* UcUser; token: uc_api_login_async() */
UcRequest *uc_request_logout                (void);                        /* NULL */
UcRequest *uc_request_me                    (void);                        /* UcUser */
UcRequest *uc_request_logins                (void);                        /* GPtrArray of UcLogin */
UcRequest *uc_request_revoke_login          (const char *login_id);        /* NULL */
UcRequest *uc_request_users_by_ids          (const char * const *ids);     /* GPtrArray of UcUser */
UcRequest *uc_request_users_by_names        (const char * const *names);
UcRequest *uc_request_users_in_channel      (const char *channel_id,
                                             int page, int per_page);
UcRequest *uc_request_users_in_team         (const char *team_id,
                                             int page, int per_page);
UcRequest *uc_request_search_users          (const char *term,
                                             const char *team_id);
UcRequest *uc_request_statuses              (const char * const *ids);     /* GPtrArray of UcStatus */
UcRequest *uc_request_set_status            (const char *user_id,
                                             UcPresence  presence);        /* NULL */
UcRequest *uc_request_set_custom_status     (const char *emoji,
                                             const char *text,
                                             gint64      expires_ms);      /* NULL */
UcRequest *uc_request_preferences           (void);                        /* GPtrArray of UcPreference */
UcRequest *uc_request_put_preferences       (const char *user_id,
                                             GPtrArray  *preferences);     /* NULL */
UcRequest *uc_request_delete_preferences    (const char *user_id,
                                             GPtrArray  *preferences);     /* NULL */
UcRequest *uc_request_my_teams              (void);                        /* GPtrArray of UcTeam */
UcRequest *uc_request_my_channels           (const char *team_id);         /* GPtrArray of UcChannel */
UcRequest *uc_request_my_members            (const char *team_id);         /* GPtrArray of UcMember */
UcRequest *uc_request_channel               (const char *channel_id);      /* UcChannel */
UcRequest *uc_request_my_member             (const char *channel_id);      /* UcMember */
UcRequest *uc_request_public_channels       (const char *team_id,
                                             int page, int per_page);
UcRequest *uc_request_search_channels       (const char *team_id,
                                             const char *term);
UcRequest *uc_request_create_channel        (const UcChannel *channel);    /* UcChannel */
UcRequest *uc_request_create_direct         (const char *user_a,
                                             const char *user_b);          /* UcChannel */
UcRequest *uc_request_create_group          (const char * const *ids);     /* UcChannel */
UcRequest *uc_request_join_channel          (const char *channel_id,
                                             const char *user_id);         /* UcMember */
UcRequest *uc_request_leave_channel         (const char *channel_id,
                                             const char *user_id);         /* NULL */
UcRequest *uc_request_view_channel          (const char *channel_id,
                                             const char *previous_id);     /* NULL */
UcRequest *uc_request_mute_channel          (const char *channel_id,
                                             const char *user_id,
                                             gboolean    is_muted);        /* NULL */
UcRequest *uc_request_posts_latest          (const char *channel_id,
                                             int         per_page);        /* UcPostPage */
UcRequest *uc_request_posts_at              (const char *channel_id,
                                             int page, int per_page);
UcRequest *uc_request_posts_before          (const char *channel_id,
                                             const char *post_id,
                                             int         per_page);
UcRequest *uc_request_posts_after           (const char *channel_id,
                                             const char *post_id,
                                             int         per_page);
UcRequest *uc_request_posts_since           (const char *channel_id,
                                             gint64      since_ms);
UcRequest *uc_request_posts_unread          (const char *channel_id,
                                             int limit_before, int limit_after);
UcRequest *uc_request_thread                (const char *root_id);         /* UcPostPage */
UcRequest *uc_request_post                  (const char *post_id);         /* UcPost */
UcRequest *uc_request_create_post           (const UcPost *post);          /* UcPost */
UcRequest *uc_request_patch_post            (const char *post_id,
                                             const char *message);         /* UcPost */
UcRequest *uc_request_delete_post           (const char *post_id);         /* NULL */
UcRequest *uc_request_pin_post              (const char *post_id,
                                             gboolean    pin);             /* NULL */
UcRequest *uc_request_set_unread            (const char *post_id);         /* UcMember */
UcRequest *uc_request_add_reaction          (const UcReaction *reaction);  /* NULL */
UcRequest *uc_request_remove_reaction       (const UcReaction *reaction);  /* NULL */
UcRequest *uc_request_search_posts          (const char *team_id,          /* NULL: all */
                                             const char *terms,
                                             gboolean    any_word,
                                             int         zone_offset_s,
                                             int         page,
                                             int         per_page);        /* UcPostPage */
/* The body streams from @path; progress by uc_request_set_progress(). */
UcRequest *uc_request_upload_file           (const char *channel_id,
                                             const char *file_name,
                                             const char *path);            /* GPtrArray of UcFile */
/* A file in pieces: announced, asked for how far it has come, and the bytes of @path
 * from @offset_bytes on. The answer to a piece is NULL while others are to follow. */
UcRequest *uc_request_create_upload         (const char *channel_id,
                                             const char *file_name,
                                             gint64      size_bytes);      /* UcUploadState */
UcRequest *uc_request_upload_state          (const char *upload_id);       /* UcUploadState */
UcRequest *uc_request_upload_piece          (const char *upload_id,
                                             const char *path,
                                             gint64      offset_bytes,
                                             gint64      length_bytes);    /* UcFile or NULL */
UcRequest *uc_request_file                  (const char *file_id);         /* UcFile */
/* Bytes of a file, its thumbnail or its preview, written to @path by rename. A file
 * that broke off before goes on where it did (@path with ".part"). */
UcRequest *uc_request_download_file         (const char *file_id,
                                             const char *variant,          /* "", "thumbnail", "preview" */
                                             const char *path);            /* NULL */
UcRequest *uc_request_user_image            (const char *user_id,
                                             gint64      last_picture_update_ms,
                                             const char *path);            /* NULL */

/* The extension (extension-api.md); a stock server answers UC_ERROR_NOT_FOUND. */
UcRequest *uc_request_manifest              (void);                        /* GStrv: capabilities */
UcRequest *uc_request_flags                 (void);                        /* char *: the document */
UcRequest *uc_request_put_flag              (const char *name,
                                             const char *partial_json);    /* NULL */

typedef void (*UcProgressFunc) (gint64   done_bytes,
                                gint64   total_bytes, /* 0: not known */
                                gpointer user_data);
void       uc_request_set_progress          (UcRequest      *self,
                                             UcProgressFunc  progress,
                                             gpointer        user_data);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (UcRequest, uc_request_free)

G_END_DECLS
