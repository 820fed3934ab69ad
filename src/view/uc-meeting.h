/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "uc-post.h"

#include <gio/gio.h>

G_BEGIN_DECLS

/* Calls. A call is a message with the address of a meeting, in its text for everybody and
 * once more in `props.unified_chat.call` for us. It is over when its author has edited the
 * address out of the text, or after a working day. */

#define UC_MEETING_ROOM "{room}"

/* The meeting that can be joined, (nullable). */
char    *uc_meeting_dup_address    (const UcPost *post,
                                 gint64        now_ms) G_GNUC_WARN_UNUSED_RESULT;
/* Whether @post was made for a call at all. */
gboolean uc_meeting_is_meeting        (const UcPost *post);

/* Where meetings are made: https, with UC_MEETING_ROOM in the path. UC_ERROR_INVALID. */
gboolean uc_meeting_check_template (const char   *template,
                                 GError      **error);
/* A room that nobody can guess. */
char    *uc_meeting_make_address   (const char   *template) G_GNUC_WARN_UNUSED_RESULT;

/* The texts of the message, for every client: while it lasts, and when it is over. */
char    *uc_meeting_make_text      (const char   *address) G_GNUC_WARN_UNUSED_RESULT;
char    *uc_meeting_make_end_text  (const UcPost *post,
                                 gint64        now_ms) G_GNUC_WARN_UNUSED_RESULT;
char    *uc_meeting_make_props     (const char   *address) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
