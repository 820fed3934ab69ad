/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "uc-dispatch.h"

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * UcHub:
 *
 * The open WebSockets and what they have been told (protocol.md 18). Each connection
 * counts its events; one that broke can be taken up again for a while, and gets what
 * it missed. Main thread.
 */
typedef struct _UcHub UcHub;

UcHub *uc_hub_new (UcDispatch *dispatch, const UcSite *site) G_GNUC_WARN_UNUSED_RESULT;
void   uc_hub_free (UcHub *self);

/* A connection whose upgrade was accepted. @token comes from its header, and only
 * then can @connection_id be taken up again at @sequence_number. */
void uc_hub_accept (UcHub      *self,
                    GIOStream  *stream,
                    const char *greeting,
                    const char *token,
                    const char *connection_id,
                    const char *sequence_number);
/* A committed event goes to whom it is for. */
void uc_hub_publish (UcPush *push, gpointer hub);
/* Ends all connections. */
void uc_hub_close (UcHub *self);
/* Open connections: all, and those of one user. */
guint uc_hub_count (UcHub *self);
guint uc_hub_count_user (UcHub *self, const char *user_id);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (UcHub, uc_hub_free)

G_END_DECLS
