/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "uc-wire.h"

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

/* The same translation at the level of JSON nodes, for those who compose larger
 * documents: the bundled server and the command line. parse: NULL and
 * UC_ERROR_PROTOCOL; build: (transfer full). */

UcUser     *uc_wire_user_from_json       (JsonNode *node, const char *path, GError **error);
UcTeam     *uc_wire_team_from_json       (JsonNode *node, const char *path, GError **error);
UcChannel  *uc_wire_channel_from_json    (JsonNode *node, const char *path, GError **error);
UcMember   *uc_wire_member_from_json     (JsonNode *node, const char *path, GError **error);
UcPost     *uc_wire_post_from_json       (JsonNode *node, const char *path, GError **error);
UcFile     *uc_wire_file_from_json       (JsonNode *node, const char *path, GError **error);
UcReaction *uc_wire_reaction_from_json   (JsonNode *node, const char *path, GError **error);
UcStatus   *uc_wire_status_from_json     (JsonNode *node, const char *path, GError **error);

/* @for_self adds what only one's own record shows (notify_props …). */
JsonNode   *uc_wire_user_to_json         (const UcUser *user, gboolean for_self);
JsonNode   *uc_wire_team_to_json         (const UcTeam *team, gboolean with_secrets);
JsonNode   *uc_wire_channel_to_json      (const UcChannel *channel);
JsonNode   *uc_wire_member_to_json       (const UcMember *member);
/* As a server answers it: every key of protocol.md 7.1, metadata from files and
 * reactions. @user_ids in participants are the server's matter. */
JsonNode   *uc_wire_post_to_json         (const UcPost *post);
JsonNode   *uc_wire_file_to_json         (const UcFile *file);
JsonNode   *uc_wire_reaction_to_json     (const UcReaction *reaction);
JsonNode   *uc_wire_status_to_json       (const UcStatus *status);
JsonNode   *uc_wire_preference_to_json   (const UcPreference *preference);
/* {"order","posts","next_post_id","prev_post_id"}; @posts newest first. */
JsonNode   *uc_wire_post_page_to_json    (GPtrArray *posts, GPtrArray *others,
                                          const char *next_post_id, const char *prev_post_id);

G_END_DECLS
