/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "uc-annotation.h"
#include "uc-channel.h"
#include "uc-login.h"
#include "uc-member.h"
#include "uc-post.h"
#include "uc-preference.h"
#include "uc-team.h"
#include "uc-user.h"

#include <gio/gio.h>

G_BEGIN_DECLS

/* Mattermost JSON <-> model at the level of bytes: what net and sync use. Pure,
 * any thread. Errors are UC_ERROR_PROTOCOL and name the path. A list whose member
 * is broken leaves that member out and logs it; the list stands. Lists are
 * (transfer full) with their element's unref as free function. */

UcUser       *uc_wire_parse_user          (GBytes *body, GError **error) G_GNUC_WARN_UNUSED_RESULT;
GPtrArray    *uc_wire_parse_users         (GBytes *body, GError **error) G_GNUC_WARN_UNUSED_RESULT;
GPtrArray    *uc_wire_parse_teams         (GBytes *body, GError **error) G_GNUC_WARN_UNUSED_RESULT;
UcChannel    *uc_wire_parse_channel       (GBytes *body, GError **error) G_GNUC_WARN_UNUSED_RESULT;
GPtrArray    *uc_wire_parse_channels      (GBytes *body, GError **error) G_GNUC_WARN_UNUSED_RESULT;
UcMember     *uc_wire_parse_member        (GBytes *body, GError **error) G_GNUC_WARN_UNUSED_RESULT;
GPtrArray    *uc_wire_parse_members       (GBytes *body, GError **error) G_GNUC_WARN_UNUSED_RESULT;
UcPost       *uc_wire_parse_post          (GBytes *body, GError **error) G_GNUC_WARN_UNUSED_RESULT;
GPtrArray    *uc_wire_parse_preferences   (GBytes *body, GError **error) G_GNUC_WARN_UNUSED_RESULT;
GPtrArray    *uc_wire_parse_statuses      (GBytes *body, GError **error) G_GNUC_WARN_UNUSED_RESULT;
GPtrArray    *uc_wire_parse_reactions     (GBytes *body, GError **error) G_GNUC_WARN_UNUSED_RESULT;
GPtrArray    *uc_wire_parse_logins        (GBytes *body, GError **error) G_GNUC_WARN_UNUSED_RESULT;
/* (element-type UcFile), of the answer to an upload */
GPtrArray    *uc_wire_parse_file_infos    (GBytes *body, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/**
 * UcUploadState:
 *
 * A file that is sent in pieces, as far as the server has it.
 */
typedef struct
{
  char  *id;
  gint64 size_bytes;
  gint64 offset_bytes; /* where the next piece begins */
} UcUploadState;

UcUploadState *uc_wire_parse_upload       (GBytes *body, GError **error) G_GNUC_WARN_UNUSED_RESULT;
void          uc_upload_state_free        (UcUploadState *self);
/* (nullable) without an error: more pieces are wanted */
UcFile       *uc_wire_parse_piece         (GBytes *body, GError **error) G_GNUC_WARN_UNUSED_RESULT;
G_DEFINE_AUTOPTR_CLEANUP_FUNC (UcUploadState, uc_upload_state_free)

/**
 * UcPostPage:
 *
 * An answer of posts. @posts holds what `order` names, oldest first; @others the
 * roots and replies that came along. Rows with an original_id are left out.
 */
typedef struct
{
  GPtrArray *posts;
  GPtrArray *others;
  char      *next_post_id; /* "" at the newest end */
  char      *prev_post_id; /* "" at the oldest end */
  guint      n_raw;        /* length of `order` as sent, before anything was left out */
} UcPostPage;

UcPostPage   *uc_wire_parse_post_page     (GBytes *body, GError **error) G_GNUC_WARN_UNUSED_RESULT;
void          uc_post_page_free           (UcPostPage *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (UcPostPage, uc_post_page_free)

/**
 * UcServerConfig:
 *
 * What the client reads of `/config/client`; missing keys have the defaults of
 * protocol.md 2.
 */
typedef struct
{
  char    *version;
  char    *site_name;
  char    *site_url;
  gboolean has_no_accounts;
  gboolean has_mfa;
  gboolean has_typing;
  gboolean is_open_server;
  gboolean has_reliable_sockets;
  gboolean has_files;
  int      max_post_chars;
  gint64   max_file_bytes;
  int      post_edit_limit_s; /* -1: no limit */
  int      typing_interval_ms;
  char    *teammate_name_display;
} UcServerConfig;

UcServerConfig *uc_wire_parse_config      (GBytes *body, GError **error) G_GNUC_WARN_UNUSED_RESULT;
void            uc_server_config_free     (UcServerConfig *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (UcServerConfig, uc_server_config_free)

/* TRUE when @body is the answer of a living server to /system/ping. */
gboolean      uc_wire_parse_ping          (GBytes *body, GError **error);

/* What a server with the extension can do: the capabilities of its manifest. */
char        **uc_wire_parse_manifest      (GBytes *body, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* A refusal: @id is the server's error id; @message is for a person. NULL when the
 * body is not of that form (HTML of a captive portal, plain text). */
typedef struct
{
  char *id;
  char *message;
  char *request_id;
  int   status;
} UcWireError;

UcWireError  *uc_wire_parse_error         (GBytes *body) G_GNUC_WARN_UNUSED_RESULT;
void          uc_wire_error_free          (UcWireError *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (UcWireError, uc_wire_error_free)

/* Bodies of requests. (transfer full) */
char *uc_wire_build_login        (const char *login_id, const char *password, const char *mfa_code);
char *uc_wire_build_post         (const UcPost *post);
char *uc_wire_build_patch        (const char *message);
char *uc_wire_build_reaction     (const UcReaction *reaction);
char *uc_wire_build_view         (const char *channel_id, const char *previous_channel_id);
char *uc_wire_build_mute         (gboolean is_muted);
char *uc_wire_build_ids          (const char * const *ids);
char *uc_wire_build_preferences  (GPtrArray *preferences);
char *uc_wire_build_status       (const char *user_id, UcPresence presence);
char *uc_wire_build_search       (const char *terms, gboolean any_word, int zone_offset_s, int page, int per_page);
char *uc_wire_build_channel      (const UcChannel *channel);
char *uc_wire_build_set_unread   (void);
char *uc_wire_build_custom_status (const char *emoji, const char *text, gint64 expires_ms);
char *uc_wire_build_upload       (const char *channel_id, const char *file_name, gint64 size_bytes);
char *uc_wire_build_user_id      (const char *user_id);
char *uc_wire_build_session_id   (const char *session_id);
/* @team_id (nullable): "" and NULL leave it out. */
char *uc_wire_build_term         (const char *term, const char *team_id);

G_END_DECLS
