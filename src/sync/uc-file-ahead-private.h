/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "uc-file-cache-private.h"

G_BEGIN_DECLS

/**
 * UcFileAhead:
 *
 * Fetches small pictures before somebody looks at them, so that they are there without
 * a network: of what is pushed, and of the newest messages of the conversation on
 * screen. One after the other, behind everything else; nothing on a connection that is
 * paid by volume. Main thread.
 */
#define UC_TYPE_FILE_AHEAD (uc_file_ahead_get_type ())
G_DECLARE_FINAL_TYPE (UcFileAhead, uc_file_ahead, UC, FILE_AHEAD, GObject)

UcFileAhead *_uc_file_ahead_new (UcContext *context, UcFileCache *cache) G_GNUC_WARN_UNUSED_RESULT;

/* Offline, or on a metered connection, nothing is begun. */
void _uc_file_ahead_set_allowed (UcFileAhead *self, gboolean is_allowed);
void _uc_file_ahead_take_message (UcFileAhead *self, const UcMessage *message);
void _uc_file_ahead_take_channel (UcFileAhead *self, const char *channel_id);

/* The variant in which a picture is shown in a row; (nullable): it is not fetched ahead. */
const char *_uc_file_ahead_get_variant (const UcFile *file);

G_END_DECLS
