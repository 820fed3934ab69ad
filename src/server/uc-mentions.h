/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * UcMentions:
 *
 * Whom a text could call (protocol.md 19.1): its words, without code and addresses.
 * Who of those called is there, and wants to be, is the caller's matter.
 */
typedef struct _UcMentions UcMentions;

UcMentions *uc_mentions_new (const char *text) G_GNUC_WARN_UNUSED_RESULT;
void        uc_mentions_free (UcMentions *self);

/* (element-type utf8): what follows an @, lower case, as it could be a user name;
 * borrowed. */
GPtrArray *uc_mentions_get_names (UcMentions *self);
/* @all or @channel; @here. */
gboolean uc_mentions_calls_all (UcMentions *self);
gboolean uc_mentions_calls_here (UcMentions *self);
/* One word of somebody's mention_keys, in any case. */
gboolean uc_mentions_calls_keyword (UcMentions *self, const char *keyword);
/* Case as written. */
gboolean uc_mentions_calls_first_name (UcMentions *self, const char *first_name);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (UcMentions, uc_mentions_free)

G_END_DECLS
