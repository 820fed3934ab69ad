/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/**
 * UcSidebarAvatar:
 *
 * A person as the same disc with initials that stands beside their messages.
 *
 * Properties: "size" (pixels)
 */
#define UC_TYPE_SIDEBAR_AVATAR (uc_sidebar_avatar_get_type ())
G_DECLARE_FINAL_TYPE (UcSidebarAvatar, uc_sidebar_avatar, UC, SIDEBAR_AVATAR, GtkWidget)

void uc_sidebar_avatar_set_person (UcSidebarAvatar *self, const char *user_id, const char *name);
/* "Anna Keller" → "AK"; pure. */
char *uc_sidebar_avatar_dup_initials (const char *name) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
