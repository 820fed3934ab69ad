/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "uc-ctl.h"

G_BEGIN_DECLS

/**
 * UcNames:
 *
 * What people are called, for printing.
 */
typedef struct _UcNames UcNames;

UcNames    *uc_names_load          (UcCtl                *ctl) G_GNUC_WARN_UNUSED_RESULT;
void        uc_names_free          (UcNames              *self);
/* "anna", or the id of somebody unknown */
const char *uc_names_get           (UcNames              *self,
                                    const char           *user_id);
/* What a channel is called: its display name, or "@anna" for a direct one. */
char       *uc_names_dup_channel   (UcNames              *self,
                                    const UcChannel      *channel,
                                    const char           *my_user_id) G_GNUC_WARN_UNUSED_RESULT;

/* Takes @object; one line on standard output. */
void        uc_print_json          (JsonObject           *object);
/* A message as the API has it, with what only the client knows of it. */
JsonObject *uc_print_make_message  (const UcMessage      *message) G_GNUC_WARN_UNUSED_RESULT;
/* @text (nullable): printed instead of the message's own. */
void        uc_print_message       (UcNames              *names,
                                    const UcMessage      *message,
                                    const char           *channel_name,
                                    const char           *text);
const char *uc_print_get_state     (UcSendState           state);
/* In uc-command-outbox.c. */
JsonObject *uc_outbox_make_row     (const UcOutboxRow    *row) G_GNUC_WARN_UNUSED_RESULT;

G_DEFINE_AUTOPTR_CLEANUP_FUNC (UcNames, uc_names_free)

G_END_DECLS
