/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

/* A request body: invalid UTF-8 and lone surrogates become U+FFFD, everything else
 * must be strict JSON. NULL when it is not. */
JsonNode *uc_text_parse_body (GBytes *body) G_GNUC_WARN_UNUSED_RESULT;

/* The tags of a post, space separated (protocol.md 20). */
char *uc_text_dup_hashtags (const char *message) G_GNUC_WARN_UNUSED_RESULT;

gboolean uc_text_is_username (const char *text);
gboolean uc_text_is_email (const char *text);
/* Names of teams and channels: 2 to 64 of a-z 0-9 - _ */
gboolean uc_text_is_name (const char *text);
/* <id>__<id>: only direct channels are called so. */
gboolean uc_text_is_direct_name (const char *text);
gboolean uc_text_is_emoji_name (const char *text);
/* At most so many characters (not bytes). */
gboolean uc_text_fits (const char *text, glong max_chars);
gboolean uc_text_is_password (const char *text);

G_END_DECLS
