/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "uc-directory.h"

G_BEGIN_DECLS

typedef enum
{
  UC_SECTION_FAVOURITES,
  UC_SECTION_CHANNELS,
  UC_SECTION_DIRECT,
} UcSection;

/**
 * UcSidebarItem:
 *
 * A heading or a conversation of the sidebar; changes in place.
 *
 * Properties (all read-only): "title", "unread", "mentions", "presence", "muted",
 * "typing", "has-draft", "has-failed"; they notify.
 */
#define UC_TYPE_SIDEBAR_ITEM (uc_sidebar_item_get_type ())
G_DECLARE_FINAL_TYPE (UcSidebarItem, uc_sidebar_item, UC, SIDEBAR_ITEM, GObject)

gboolean       uc_sidebar_item_is_heading     (UcSidebarItem *self);
UcSection      uc_sidebar_item_get_section    (UcSidebarItem *self);
const char    *uc_sidebar_item_get_title      (UcSidebarItem *self);
UcChannel     *uc_sidebar_item_get_channel    (UcSidebarItem *self); /* (nullable): of headings */
const char    *uc_sidebar_item_get_partner_id (UcSidebarItem *self); /* "" but for direct ones */
gint64         uc_sidebar_item_get_unread     (UcSidebarItem *self);
gint64         uc_sidebar_item_get_mentions   (UcSidebarItem *self);
UcPresence     uc_sidebar_item_get_presence   (UcSidebarItem *self);
gboolean       uc_sidebar_item_is_muted       (UcSidebarItem *self);
gboolean       uc_sidebar_item_is_favourite   (UcSidebarItem *self);
gboolean       uc_sidebar_item_is_typing      (UcSidebarItem *self); /* somebody else */
gboolean       uc_sidebar_item_has_draft      (UcSidebarItem *self);
gboolean       uc_sidebar_item_has_failed     (UcSidebarItem *self);

/**
 * UcSidebar:
 *
 * The conversations of one team, with direct and group ones, as a #GListModel of
 * #UcSidebarItem: favourites, channels by name, direct ones by the newest message.
 * A change re-sorts one row. Main thread.
 *
 * Properties: "team-id" ("" until known), "total-unread", "total-mentions"
 * Signals: "teams-changed" (UcSidebar *)
 */
#define UC_TYPE_SIDEBAR (uc_sidebar_get_type ())
G_DECLARE_FINAL_TYPE (UcSidebar, uc_sidebar, UC, SIDEBAR, GObject)

UcSidebar     *uc_sidebar_new                 (UcSession     *session,
                                               UcDirectory   *directory) G_GNUC_WARN_UNUSED_RESULT;
void           uc_sidebar_set_team_id         (UcSidebar     *self,
                                               const char    *team_id);
const char    *uc_sidebar_get_team_id         (UcSidebar     *self);
/* (transfer none) (element-type UcTeam), by the user's order. */
GPtrArray     *uc_sidebar_get_teams           (UcSidebar     *self);
/* Unread and mentions of a team, or of all with NULL. */
void           uc_sidebar_get_totals          (UcSidebar     *self,
                                               const char    *team_id,
                                               gint64        *unread,
                                               gint64        *mentions);
/* (nullable) (transfer none): also of other teams. */
UcChannelState *uc_sidebar_get_state          (UcSidebar     *self,
                                               const char    *channel_id);
UcSidebarItem *uc_sidebar_find                (UcSidebar     *self,
                                               const char    *channel_id,
                                               guint         *position);

/* Quick switcher: (transfer full) a #GListModel of #UcSidebarItem matching @text,
 * over all teams: unread first, then best match; people without a conversation
 * are not in it (see UcCompletion). */
GListModel    *uc_sidebar_switch_to           (UcSidebar     *self,
                                               const char    *text) G_GNUC_WARN_UNUSED_RESULT;
/* (transfer container) (element-type UcSidebarItem): what is unread in all teams; of muted
 * conversations only what mentions me. In no order. */
GPtrArray     *uc_sidebar_dup_unread          (UcSidebar     *self) G_GNUC_WARN_UNUSED_RESULT;
/* (transfer none) (nullable): the only one of that name, title or id in all teams. */
UcSidebarItem *uc_sidebar_find_named          (UcSidebar     *self,
                                               const char    *name);

G_END_DECLS
