/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "uc-call.h"

G_BEGIN_DECLS

/* Every handler of the table of routes, by the file it lies in. What a handler needs
 * beyond its route's line it checks itself; see uc-router.h. */
#define UC_HANDLER(name) gboolean name (UcCall *call, UcTxn *txn, GError **error)

/* uc-handlers-accounts.c */
UC_HANDLER (uc_accounts_prepare_create);
UC_HANDLER (uc_accounts_create);
UC_HANDLER (uc_accounts_prepare_login);
UC_HANDLER (uc_accounts_login);
UC_HANDLER (uc_accounts_logout);
UC_HANDLER (uc_accounts_list_sessions);
UC_HANDLER (uc_accounts_revoke_session);
UC_HANDLER (uc_accounts_revoke_all);
UC_HANDLER (uc_accounts_set_device);
UC_HANDLER (uc_accounts_check_mfa);
UC_HANDLER (uc_accounts_refuse_mfa);
UC_HANDLER (uc_accounts_prepare_password);
UC_HANDLER (uc_accounts_set_password);

/* uc-handlers-bots.c */
UC_HANDLER (uc_bots_create);
UC_HANDLER (uc_bots_list);
UC_HANDLER (uc_bots_get);
UC_HANDLER (uc_bots_change);
UC_HANDLER (uc_bots_disable);
UC_HANDLER (uc_bots_enable);
UC_HANDLER (uc_tokens_create);
UC_HANDLER (uc_tokens_list);
UC_HANDLER (uc_tokens_get);
UC_HANDLER (uc_tokens_disable);
UC_HANDLER (uc_tokens_enable);
UC_HANDLER (uc_tokens_revoke);

/* uc-handlers-categories.c */
UC_HANDLER (uc_categories_list);
UC_HANDLER (uc_categories_get);
UC_HANDLER (uc_categories_get_order);
UC_HANDLER (uc_categories_set_order);
UC_HANDLER (uc_categories_create);
UC_HANDLER (uc_categories_change);
UC_HANDLER (uc_categories_change_all);
UC_HANDLER (uc_categories_delete);

/* uc-handlers-channel-lists.c */
UC_HANDLER (uc_channels_list_mine);
UC_HANDLER (uc_channels_list_all_mine);
UC_HANDLER (uc_channels_list_public);
UC_HANDLER (uc_channels_list_deleted);
UC_HANDLER (uc_channels_list_private);
UC_HANDLER (uc_channels_search);
UC_HANDLER (uc_channels_search_archived);
UC_HANDLER (uc_channels_autocomplete);
UC_HANDLER (uc_channels_search_autocomplete);
UC_HANDLER (uc_channels_search_groups);
UC_HANDLER (uc_channels_search_all);
UC_HANDLER (uc_channels_list_ids);

/* uc-handlers-channels.c */
UC_HANDLER (uc_channels_get);
UC_HANDLER (uc_channels_get_by_name);
UC_HANDLER (uc_channels_get_by_names);
UC_HANDLER (uc_channels_create);
UC_HANDLER (uc_channels_open_direct);
UC_HANDLER (uc_channels_open_group);
UC_HANDLER (uc_channels_change);
UC_HANDLER (uc_channels_set_privacy);
UC_HANDLER (uc_channels_convert);
UC_HANDLER (uc_channels_archive);
UC_HANDLER (uc_channels_restore);
UC_HANDLER (uc_channels_get_stats);
UC_HANDLER (uc_channels_list_zones);
UC_HANDLER (uc_channels_refuse_moderation);

/* uc-handlers-extension.c */
UC_HANDLER (uc_extension_get_manifest);
UC_HANDLER (uc_extension_get_flags);
UC_HANDLER (uc_extension_merge_flag);
UC_HANDLER (uc_extension_reset_flag);

/* uc-handlers-files.c */
UC_HANDLER (uc_files_prepare_upload);
UC_HANDLER (uc_files_upload);
UC_HANDLER (uc_files_get);
UC_HANDLER (uc_files_get_thumbnail);
UC_HANDLER (uc_files_get_preview);
UC_HANDLER (uc_files_get_info);
UC_HANDLER (uc_files_refuse_link);
UC_HANDLER (uc_files_search);

/* uc-handlers-members.c */
UC_HANDLER (uc_members_list);
UC_HANDLER (uc_members_list_mine);
UC_HANDLER (uc_members_list_all_mine);
UC_HANDLER (uc_members_list_ids);
UC_HANDLER (uc_members_get);
UC_HANDLER (uc_members_add);
UC_HANDLER (uc_members_remove);
UC_HANDLER (uc_members_set_scheme_roles);
UC_HANDLER (uc_members_set_roles);
UC_HANDLER (uc_members_set_notify_props);
UC_HANDLER (uc_members_view);
UC_HANDLER (uc_members_get_unread);

/* uc-handlers-pictures.c */
UC_HANDLER (uc_pictures_get);
UC_HANDLER (uc_pictures_get_default);
UC_HANDLER (uc_pictures_set);
UC_HANDLER (uc_pictures_clear);
UC_HANDLER (uc_emoji_list);
UC_HANDLER (uc_emoji_search);
UC_HANDLER (uc_emoji_autocomplete);
UC_HANDLER (uc_emoji_get);
UC_HANDLER (uc_emoji_get_by_name);
UC_HANDLER (uc_emoji_get_image);
UC_HANDLER (uc_emoji_create);
UC_HANDLER (uc_emoji_delete);

/* uc-handlers-post-lists.c */
UC_HANDLER (uc_posts_list);
UC_HANDLER (uc_posts_list_unread);
UC_HANDLER (uc_posts_get_thread);
UC_HANDLER (uc_posts_list_pinned);
UC_HANDLER (uc_posts_list_flagged);
UC_HANDLER (uc_posts_set_unread);

/* uc-handlers-posts.c */
UC_HANDLER (uc_posts_create);
UC_HANDLER (uc_posts_create_ephemeral);
UC_HANDLER (uc_posts_get);
UC_HANDLER (uc_posts_patch);
UC_HANDLER (uc_posts_put);
UC_HANDLER (uc_posts_delete);
UC_HANDLER (uc_posts_pin);
UC_HANDLER (uc_posts_unpin);
UC_HANDLER (uc_posts_list_files);
UC_HANDLER (uc_reactions_add);
UC_HANDLER (uc_reactions_remove);
UC_HANDLER (uc_reactions_list);
UC_HANDLER (uc_reactions_list_bulk);

/* uc-handlers-preferences.c */
UC_HANDLER (uc_preferences_list);
UC_HANDLER (uc_preferences_list_category);
UC_HANDLER (uc_preferences_get);
UC_HANDLER (uc_preferences_put);
UC_HANDLER (uc_preferences_delete);

/* uc-handlers-profile.c */
UC_HANDLER (uc_profile_prepare_patch);
UC_HANDLER (uc_profile_patch);
UC_HANDLER (uc_profile_put);
UC_HANDLER (uc_profile_set_active);
UC_HANDLER (uc_profile_set_roles);

/* uc-handlers-search.c */
UC_HANDLER (uc_search_team);
UC_HANDLER (uc_search_all);

/* uc-handlers-statuses.c */
UC_HANDLER (uc_statuses_get);
UC_HANDLER (uc_statuses_list);
UC_HANDLER (uc_statuses_set);
UC_HANDLER (uc_statuses_set_custom);
UC_HANDLER (uc_statuses_clear_custom);
UC_HANDLER (uc_statuses_forget_custom);
UC_HANDLER (uc_statuses_note_typing);

/* uc-handlers-system.c */
UC_HANDLER (uc_system_ping);
UC_HANDLER (uc_system_get_config);
UC_HANDLER (uc_system_get_license);
UC_HANDLER (uc_system_list_zones);
UC_HANDLER (uc_system_get_terms);
UC_HANDLER (uc_system_get_accepted_terms);
UC_HANDLER (uc_roles_list_names);
UC_HANDLER (uc_roles_get_by_name);

/* uc-handlers-team-members.c */
UC_HANDLER (uc_team_members_list_mine);
UC_HANDLER (uc_team_members_list);
UC_HANDLER (uc_team_members_get);
UC_HANDLER (uc_team_members_list_ids);
UC_HANDLER (uc_team_members_add);
UC_HANDLER (uc_team_members_add_batch);
UC_HANDLER (uc_team_members_join_by_invite);
UC_HANDLER (uc_team_members_remove);
UC_HANDLER (uc_team_members_set_scheme_roles);

/* uc-handlers-teams.c */
UC_HANDLER (uc_teams_create);
UC_HANDLER (uc_teams_get);
UC_HANDLER (uc_teams_get_by_name);
UC_HANDLER (uc_teams_exists);
UC_HANDLER (uc_teams_get_by_invite);
UC_HANDLER (uc_teams_list);
UC_HANDLER (uc_teams_search);
UC_HANDLER (uc_teams_list_mine);
UC_HANDLER (uc_teams_change);
UC_HANDLER (uc_teams_archive);
UC_HANDLER (uc_teams_restore);
UC_HANDLER (uc_teams_renew_invite);
UC_HANDLER (uc_teams_get_stats);
UC_HANDLER (uc_teams_list_unread);
UC_HANDLER (uc_teams_get_unread);
UC_HANDLER (uc_teams_get_icon);

/* uc-handlers-threads.c */
UC_HANDLER (uc_threads_get);
UC_HANDLER (uc_threads_list);
UC_HANDLER (uc_threads_follow);
UC_HANDLER (uc_threads_unfollow);
UC_HANDLER (uc_threads_read);
UC_HANDLER (uc_threads_read_all);

/* uc-handlers-uploads.c */
UC_HANDLER (uc_uploads_create);
UC_HANDLER (uc_uploads_get);
UC_HANDLER (uc_uploads_list);
UC_HANDLER (uc_uploads_prepare_send);
UC_HANDLER (uc_uploads_send);

/* uc-handlers-users.c */
UC_HANDLER (uc_users_get);
UC_HANDLER (uc_users_get_by_name);
UC_HANDLER (uc_users_get_by_email);
UC_HANDLER (uc_users_list_ids);
UC_HANDLER (uc_users_list_names);
UC_HANDLER (uc_users_list);
UC_HANDLER (uc_users_search);
UC_HANDLER (uc_users_autocomplete);
UC_HANDLER (uc_users_list_known);
UC_HANDLER (uc_users_get_stats);
UC_HANDLER (uc_users_get_filtered_stats);
UC_HANDLER (uc_users_list_group_channels);

#undef UC_HANDLER

G_END_DECLS
