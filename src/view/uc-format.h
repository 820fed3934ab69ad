/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "uc-post.h"
#include "uc-session.h"

G_BEGIN_DECLS

/* Times, counts and states in words. Local time; @now_ms injected. (transfer full) */
char       *uc_format_day            (gint64        day_ms,
                                      gint64        now_ms); /* "Today", "Yesterday", "Monday, 3 March" */
char       *uc_format_time           (gint64        time_ms,
                                      gboolean      use_24h);
char       *uc_format_full_time      (gint64        time_ms,
                                      gboolean      use_24h);
char       *uc_format_short_time     (gint64        time_ms,
                                      gint64        now_ms,
                                      gboolean      use_24h); /* of lists: "14:05", "Mon", "3 Mar" */
char       *uc_format_size           (gint64        size_bytes);
char       *uc_format_count          (gint64        count);   /* "99+" */
char       *uc_format_typing         (GPtrArray    *names);   /* "Anna and Ben are typing…"; "" for none */
/* "🍽 Lunch", NULL when there is none or it has ended. */
char       *uc_format_custom_status  (const UcUser *user,
                                      gint64        now_ms);
/* Why a message of ours is not there yet. */
char       *uc_format_send_state     (UcSendState   state,
                                      const char   *error,
                                      UcSyncState   sync_state);
/* A system post in words of the user's language, by its type and props. */
char       *uc_format_system_post    (const UcPost *post,
                                      const char   *actor_name);

/* Flags of AI mode: icon name, word, CSS class. Borrowed, translated where words. */
const char *uc_format_category       (UcCategory    category);
const char *uc_format_category_icon  (UcCategory    category);
const char *uc_format_priority       (UcPriority    priority);

G_END_DECLS
