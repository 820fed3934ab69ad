/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The table of routes: all that can be called, with what it needs. Where the object stands in the
 * body, the line says SESSION and the handler or the service checks. */

#include "config.h"

#include "uc-handlers.h"
#include "uc-router.h"

/* clang-format off */
#define API "/api/v4"
#define EXTENSION "/plugins/com.example.unifiedchat/api/v1"
#define OPEN(method, pattern, handler)                                                             \
  { method, API pattern, UC_NEED_NOTHING, NULL, UC_BODY_JSON, handler, NULL }
#define SESSION(method, pattern, handler)                                                          \
  { method, API pattern, UC_NEED_SESSION, NULL, UC_BODY_JSON, handler, NULL }
#define SYSTEM(method, pattern, permission, handler)                                               \
  { method, API pattern, UC_NEED_SYSTEM, permission, UC_BODY_JSON, handler, NULL }
#define SELF(method, pattern, handler)                                                             \
  { method, API pattern, UC_NEED_SELF, "edit_other_users", UC_BODY_JSON, handler, NULL }
#define TEAM(method, pattern, permission, handler)                                                 \
  { method, API pattern, UC_NEED_TEAM, permission, UC_BODY_JSON, handler, NULL }
#define CHANNEL(method, pattern, permission, handler)                                              \
  { method, API pattern, UC_NEED_CHANNEL, permission, UC_BODY_JSON, handler, NULL }
#define SLOW(method, pattern, need, permission, handler)                                           \
  { method, API pattern, need, permission, UC_BODY_JSON, handler, NULL, TRUE }
#define UPLOAD(method, pattern, need, permission, handler, prepare)                                \
  { method, API pattern, need, permission, UC_BODY_UPLOAD, handler, prepare }
#define HASHING(method, pattern, need, permission, handler, prepare)                               \
  { method, API pattern, need, permission, UC_BODY_JSON, handler, prepare }

const UcRoute uc_routes[] = {
  /* -- the server itself -- */
  OPEN ("GET", "/system/ping", uc_system_ping),
  OPEN ("GET", "/config/client", uc_system_get_config),
  OPEN ("GET", "/license/client", uc_system_get_license),
  SESSION ("GET", "/system/timezones", uc_system_list_zones),
  SESSION ("GET", "/terms_of_service", uc_system_get_terms),
  SELF ("GET", "/users/{user_id}/terms_of_service", uc_system_get_accepted_terms),
  SESSION ("POST", "/roles/names", uc_roles_list_names),
  SESSION ("GET", "/roles/name/{role_name}", uc_roles_get_by_name),

  /* -- accounts and sessions -- */
  HASHING ("POST", "/users", UC_NEED_NOTHING, NULL, uc_accounts_create,
           uc_accounts_prepare_create),
  HASHING ("POST", "/users/login", UC_NEED_NOTHING, NULL, uc_accounts_login,
           uc_accounts_prepare_login),
  OPEN ("POST", "/users/logout", uc_accounts_logout),
  OPEN ("POST", "/users/mfa", uc_accounts_check_mfa),
  SELF ("POST", "/users/{user_id}/mfa/generate", uc_accounts_refuse_mfa),
  SELF ("PUT", "/users/{user_id}/mfa", uc_accounts_refuse_mfa),
  SELF ("GET", "/users/{user_id}/sessions", uc_accounts_list_sessions),
  SELF ("POST", "/users/{user_id}/sessions/revoke", uc_accounts_revoke_session),
  SELF ("POST", "/users/{user_id}/sessions/revoke/all", uc_accounts_revoke_all),
  SESSION ("PUT", "/users/sessions/device", uc_accounts_set_device),
  HASHING ("PUT", "/users/{user_id}/password", UC_NEED_SELF, "edit_other_users",
           uc_accounts_set_password, uc_accounts_prepare_password),

  /* -- people -- */
  SESSION ("GET", "/users", uc_users_list),
  SESSION ("GET", "/users/stats", uc_users_get_stats),
  SYSTEM ("GET", "/users/stats/filtered", "manage_system", uc_users_get_filtered_stats),
  SESSION ("GET", "/users/known", uc_users_list_known),
  SESSION ("GET", "/users/autocomplete", uc_users_autocomplete),
  SESSION ("POST", "/users/ids", uc_users_list_ids),
  SESSION ("POST", "/users/usernames", uc_users_list_names),
  SESSION ("POST", "/users/search", uc_users_search),
  SESSION ("POST", "/users/group_channels", uc_users_list_group_channels),
  SESSION ("GET", "/users/username/{username}", uc_users_get_by_name),
  SESSION ("GET", "/users/email/{email}", uc_users_get_by_email),
  SESSION ("GET", "/users/{user_id}", uc_users_get),
  HASHING ("PUT", "/users/{user_id}", UC_NEED_SELF, "edit_other_users", uc_profile_put,
           uc_profile_prepare_patch),
  HASHING ("PUT", "/users/{user_id}/patch", UC_NEED_SELF, "edit_other_users", uc_profile_patch,
           uc_profile_prepare_patch),
  SESSION ("PUT", "/users/{user_id}/active", uc_profile_set_active),
  SYSTEM ("PUT", "/users/{user_id}/roles", "manage_roles", uc_profile_set_roles),

  /* -- presence and preferences -- */
  SESSION ("POST", "/users/status/ids", uc_statuses_list),
  SESSION ("GET", "/users/{user_id}/status", uc_statuses_get),
  SELF ("PUT", "/users/{user_id}/status", uc_statuses_set),
  SELF ("PUT", "/users/{user_id}/status/custom", uc_statuses_set_custom),
  SELF ("DELETE", "/users/{user_id}/status/custom", uc_statuses_clear_custom),
  SELF ("DELETE", "/users/{user_id}/status/custom/recent", uc_statuses_forget_custom),
  SELF ("POST", "/users/{user_id}/status/custom/recent/delete", uc_statuses_forget_custom),
  SELF ("GET", "/users/{user_id}/preferences", uc_preferences_list),
  SELF ("PUT", "/users/{user_id}/preferences", uc_preferences_put),
  SELF ("POST", "/users/{user_id}/preferences/delete", uc_preferences_delete),
  SELF ("GET", "/users/{user_id}/preferences/{category}", uc_preferences_list_category),
  SELF ("GET", "/users/{user_id}/preferences/{category}/name/{name}", uc_preferences_get),

  /* -- teams -- */
  SYSTEM ("POST", "/teams", "create_team", uc_teams_create),
  SESSION ("GET", "/teams", uc_teams_list),
  SESSION ("POST", "/teams/search", uc_teams_search),
  SESSION ("GET", "/teams/name/{name}", uc_teams_get_by_name),
  SESSION ("GET", "/teams/name/{name}/exists", uc_teams_exists),
  OPEN ("GET", "/teams/invite/{invite_id}", uc_teams_get_by_invite),
  SESSION ("POST", "/teams/members/invite", uc_team_members_join_by_invite),
  SESSION ("GET", "/teams/{team_id}", uc_teams_get),
  TEAM ("PUT", "/teams/{team_id}", "manage_team", uc_teams_change),
  TEAM ("PUT", "/teams/{team_id}/patch", "manage_team", uc_teams_change),
  TEAM ("DELETE", "/teams/{team_id}", "manage_team", uc_teams_archive),
  TEAM ("POST", "/teams/{team_id}/restore", "manage_team", uc_teams_restore),
  TEAM ("POST", "/teams/{team_id}/regenerate_invite_id", "manage_team", uc_teams_renew_invite),
  TEAM ("GET", "/teams/{team_id}/stats", "view_team", uc_teams_get_stats),
  TEAM ("GET", "/teams/{team_id}/image", "view_team", uc_teams_get_icon),
  SELF ("GET", "/users/{user_id}/teams", uc_teams_list_mine),
  SELF ("GET", "/users/{user_id}/teams/unread", uc_teams_list_unread),
  SELF ("GET", "/users/{user_id}/teams/{team_id}/unread", uc_teams_get_unread),
  SELF ("GET", "/users/{user_id}/teams/members", uc_team_members_list_mine),
  TEAM ("GET", "/teams/{team_id}/members", "view_team", uc_team_members_list),
  SESSION ("POST", "/teams/{team_id}/members", uc_team_members_add),
  SESSION ("POST", "/teams/{team_id}/members/batch", uc_team_members_add_batch),
  TEAM ("POST", "/teams/{team_id}/members/ids", "view_team", uc_team_members_list_ids),
  TEAM ("GET", "/teams/{team_id}/members/{user_id}", "view_team", uc_team_members_get),
  SESSION ("DELETE", "/teams/{team_id}/members/{user_id}", uc_team_members_remove),
  TEAM ("PUT", "/teams/{team_id}/members/{user_id}/schemeRoles", "manage_team_roles",
        uc_team_members_set_scheme_roles),

  /* -- channels -- */
  SESSION ("POST", "/channels", uc_channels_create),
  SYSTEM ("POST", "/channels/direct", "create_direct_channel", uc_channels_open_direct),
  SYSTEM ("POST", "/channels/group", "create_group_channel", uc_channels_open_group),
  SYSTEM ("POST", "/channels/search", "manage_system", uc_channels_search_all),
  SESSION ("POST", "/channels/group/search", uc_channels_search_groups),
  SELF ("GET", "/users/{user_id}/channels", uc_channels_list_all_mine),
  SELF ("GET", "/users/{user_id}/channel_members", uc_members_list_all_mine),
  SELF ("GET", "/users/{user_id}/teams/{team_id}/channels", uc_channels_list_mine),
  SELF ("GET", "/users/{user_id}/teams/{team_id}/channels/members", uc_members_list_mine),
  TEAM ("GET", "/teams/{team_id}/channels", "list_team_channels", uc_channels_list_public),
  TEAM ("GET", "/teams/{team_id}/channels/deleted", "list_team_channels",
        uc_channels_list_deleted),
  SYSTEM ("GET", "/teams/{team_id}/channels/private", "manage_system", uc_channels_list_private),
  TEAM ("POST", "/teams/{team_id}/channels/ids", "view_team", uc_channels_list_ids),
  TEAM ("POST", "/teams/{team_id}/channels/search", "list_team_channels", uc_channels_search),
  TEAM ("POST", "/teams/{team_id}/channels/search_archived", "list_team_channels",
        uc_channels_search_archived),
  TEAM ("GET", "/teams/{team_id}/channels/autocomplete", "list_team_channels",
        uc_channels_autocomplete),
  TEAM ("GET", "/teams/{team_id}/channels/search_autocomplete", "list_team_channels",
        uc_channels_search_autocomplete),
  SESSION ("GET", "/teams/{team_id}/channels/name/{channel_name}", uc_channels_get_by_name),
  SESSION ("GET", "/teams/name/{team_name}/channels/name/{channel_name}",
           uc_channels_get_by_names),
  SESSION ("GET", "/channels/{channel_id}", uc_channels_get),
  SESSION ("PUT", "/channels/{channel_id}", uc_channels_change),
  SESSION ("PUT", "/channels/{channel_id}/patch", uc_channels_change),
  SESSION ("PUT", "/channels/{channel_id}/privacy", uc_channels_set_privacy),
  SESSION ("POST", "/channels/{channel_id}/convert", uc_channels_convert),
  SESSION ("DELETE", "/channels/{channel_id}", uc_channels_archive),
  SESSION ("POST", "/channels/{channel_id}/restore", uc_channels_restore),
  CHANNEL ("GET", "/channels/{channel_id}/stats", "read_channel", uc_channels_get_stats),
  CHANNEL ("GET", "/channels/{channel_id}/timezones", "read_channel", uc_channels_list_zones),
  SESSION ("GET", "/channels/{channel_id}/moderations", uc_channels_refuse_moderation),

  /* -- members of channels -- */
  CHANNEL ("GET", "/channels/{channel_id}/members", "read_channel", uc_members_list),
  CHANNEL ("POST", "/channels/{channel_id}/members/ids", "read_channel", uc_members_list_ids),
  CHANNEL ("GET", "/channels/{channel_id}/members/{user_id}", "read_channel", uc_members_get),
  SESSION ("POST", "/channels/{channel_id}/members", uc_members_add),
  SESSION ("DELETE", "/channels/{channel_id}/members/{user_id}", uc_members_remove),
  CHANNEL ("PUT", "/channels/{channel_id}/members/{user_id}/schemeRoles",
           "manage_channel_roles", uc_members_set_scheme_roles),
  CHANNEL ("PUT", "/channels/{channel_id}/members/{user_id}/roles", "manage_channel_roles",
           uc_members_set_roles),
  SELF ("PUT", "/channels/{channel_id}/members/{user_id}/notify_props",
        uc_members_set_notify_props),
  SELF ("POST", "/channels/members/{user_id}/view", uc_members_view),
  SELF ("GET", "/users/{user_id}/channels/{channel_id}/unread", uc_members_get_unread),

  /* -- posts and reactions -- */
  SESSION ("POST", "/posts", uc_posts_create),
  SYSTEM ("POST", "/posts/ephemeral", "create_post_ephemeral", uc_posts_create_ephemeral),
  SESSION ("POST", "/posts/ids/reactions", uc_reactions_list_bulk),
  SESSION ("GET", "/posts/{post_id}", uc_posts_get),
  SESSION ("PUT", "/posts/{post_id}", uc_posts_put),
  SESSION ("PUT", "/posts/{post_id}/patch", uc_posts_patch),
  SESSION ("DELETE", "/posts/{post_id}", uc_posts_delete),
  SESSION ("POST", "/posts/{post_id}/pin", uc_posts_pin),
  SESSION ("POST", "/posts/{post_id}/unpin", uc_posts_unpin),
  SESSION ("GET", "/posts/{post_id}/thread", uc_posts_get_thread),
  SESSION ("GET", "/posts/{post_id}/files/info", uc_posts_list_files),
  SESSION ("GET", "/posts/{post_id}/reactions", uc_reactions_list),
  CHANNEL ("GET", "/channels/{channel_id}/posts", "read_channel", uc_posts_list),
  CHANNEL ("GET", "/channels/{channel_id}/pinned", "read_channel", uc_posts_list_pinned),
  SELF ("GET", "/users/{user_id}/channels/{channel_id}/posts/unread", uc_posts_list_unread),
  SELF ("GET", "/users/{user_id}/posts/flagged", uc_posts_list_flagged),
  SELF ("POST", "/users/{user_id}/posts/{post_id}/set_unread", uc_posts_set_unread),
  SELF ("POST", "/users/{user_id}/typing", uc_statuses_note_typing),
  SLOW ("POST", "/teams/{team_id}/posts/search", UC_NEED_TEAM, "view_team", uc_search_team),
  SLOW ("POST", "/posts/search", UC_NEED_SESSION, NULL, uc_search_all),
  SESSION ("POST", "/reactions", uc_reactions_add),
  SESSION ("DELETE", "/users/{user_id}/posts/{post_id}/reactions/{emoji_name}",
           uc_reactions_remove),

  /* -- threads -- */
  SELF ("GET", "/users/{user_id}/teams/{team_id}/threads", uc_threads_list),
  SELF ("PUT", "/users/{user_id}/teams/{team_id}/threads/read", uc_threads_read_all),
  SELF ("GET", "/users/{user_id}/teams/{team_id}/threads/{post_id}", uc_threads_get),
  SELF ("PUT", "/users/{user_id}/teams/{team_id}/threads/{post_id}/following",
        uc_threads_follow),
  SELF ("DELETE", "/users/{user_id}/teams/{team_id}/threads/{post_id}/following",
        uc_threads_unfollow),
  SELF ("PUT", "/users/{user_id}/teams/{team_id}/threads/{post_id}/read/{timestamp}",
        uc_threads_read),

  /* -- files and pictures -- */
  UPLOAD ("POST", "/files", UC_NEED_SESSION, NULL, uc_files_upload, uc_files_prepare_upload),
  SESSION ("GET", "/files/{file_id}", uc_files_get),
  SESSION ("GET", "/files/{file_id}/info", uc_files_get_info),
  SESSION ("GET", "/files/{file_id}/thumbnail", uc_files_get_thumbnail),
  SESSION ("GET", "/files/{file_id}/preview", uc_files_get_preview),
  SESSION ("GET", "/files/{file_id}/link", uc_files_refuse_link),
  SLOW ("POST", "/teams/{team_id}/files/search", UC_NEED_TEAM, "view_team", uc_files_search),
  SESSION ("POST", "/uploads", uc_uploads_create),
  SESSION ("GET", "/uploads/{upload_id}", uc_uploads_get),
  UPLOAD ("POST", "/uploads/{upload_id}", UC_NEED_SESSION, NULL, uc_uploads_send,
          uc_uploads_prepare_send),
  SELF ("GET", "/users/{user_id}/uploads", uc_uploads_list),
  SESSION ("GET", "/users/{user_id}/image", uc_pictures_get),
  SESSION ("GET", "/users/{user_id}/image/default", uc_pictures_get_default),
  UPLOAD ("POST", "/users/{user_id}/image", UC_NEED_SELF, "edit_other_users", uc_pictures_set,
          NULL),
  SELF ("DELETE", "/users/{user_id}/image", uc_pictures_clear),
  SESSION ("GET", "/emoji", uc_emoji_list),
  UPLOAD ("POST", "/emoji", UC_NEED_SYSTEM, "create_emojis", uc_emoji_create, NULL),
  SESSION ("POST", "/emoji/search", uc_emoji_search),
  SESSION ("GET", "/emoji/autocomplete", uc_emoji_autocomplete),
  SESSION ("GET", "/emoji/name/{name}", uc_emoji_get_by_name),
  SESSION ("GET", "/emoji/{emoji_id}", uc_emoji_get),
  SESSION ("GET", "/emoji/{emoji_id}/image", uc_emoji_get_image),
  SESSION ("DELETE", "/emoji/{emoji_id}", uc_emoji_delete),

  /* -- bots and access tokens -- */
  SYSTEM ("POST", "/bots", "create_bot", uc_bots_create),
  SYSTEM ("GET", "/bots", "read_others_bots", uc_bots_list),
  SYSTEM ("GET", "/bots/{user_id}", "read_others_bots", uc_bots_get),
  SYSTEM ("PUT", "/bots/{user_id}", "manage_others_bots", uc_bots_change),
  SYSTEM ("POST", "/bots/{user_id}/disable", "manage_others_bots", uc_bots_disable),
  SYSTEM ("POST", "/bots/{user_id}/enable", "manage_others_bots", uc_bots_enable),
  SESSION ("POST", "/users/{user_id}/tokens", uc_tokens_create),
  SESSION ("GET", "/users/{user_id}/tokens", uc_tokens_list),
  SESSION ("GET", "/users/tokens/{token_id}", uc_tokens_get),
  SESSION ("POST", "/users/tokens/disable", uc_tokens_disable),
  SESSION ("POST", "/users/tokens/enable", uc_tokens_enable),
  SESSION ("POST", "/users/tokens/revoke", uc_tokens_revoke),

  /* -- headings of the sidebar -- */
  SELF ("GET", "/users/{user_id}/teams/{team_id}/channels/categories", uc_categories_list),
  SELF ("POST", "/users/{user_id}/teams/{team_id}/channels/categories", uc_categories_create),
  SELF ("PUT", "/users/{user_id}/teams/{team_id}/channels/categories",
        uc_categories_change_all),
  SELF ("GET", "/users/{user_id}/teams/{team_id}/channels/categories/order",
        uc_categories_get_order),
  SELF ("PUT", "/users/{user_id}/teams/{team_id}/channels/categories/order",
        uc_categories_set_order),
  SELF ("GET", "/users/{user_id}/teams/{team_id}/channels/categories/{category}",
        uc_categories_get),
  SELF ("PUT", "/users/{user_id}/teams/{team_id}/channels/categories/{category}",
        uc_categories_change),
  SELF ("DELETE", "/users/{user_id}/teams/{team_id}/channels/categories/{category}",
        uc_categories_delete),

  /* -- our own additions -- */
  { "GET", EXTENSION "/manifest", UC_NEED_SESSION, NULL, UC_BODY_JSON,
    uc_extension_get_manifest, NULL },
  { "GET", EXTENSION "/flags", UC_NEED_SESSION, NULL, UC_BODY_JSON, uc_extension_get_flags, NULL },
  { "PUT", EXTENSION "/flags/{name}", UC_NEED_SYSTEM, "manage_system", UC_BODY_JSON,
    uc_extension_merge_flag, NULL },
  { "POST", EXTENSION "/flags/{name}", UC_NEED_SYSTEM, "manage_system", UC_BODY_JSON,
    uc_extension_merge_flag, NULL },
  { "DELETE", EXTENSION "/flags/{name}", UC_NEED_SYSTEM, "manage_system", UC_BODY_JSON,
    uc_extension_reset_flag, NULL },

  { NULL },
};
/* clang-format on */
