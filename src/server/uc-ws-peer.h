/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "uc-ws-frame.h"

#include <gio/gio.h>

G_BEGIN_DECLS

typedef struct _UcWsPeer UcWsPeer;

/* @message: a whole message came. @closed: the connection ended; called once, and
 * nothing after it. A callback may free the peer. */
typedef struct {
  void (*message) (UcWsPeer *peer, const guint8 *data, gsize length, gpointer user_data);
  void (*closed) (UcWsPeer *peer, gpointer user_data);
} UcWsPeerFuncs;

/**
 * UcWsPeer:
 *
 * One open WebSocket: bytes in and out without ever waiting. Pings by itself and
 * gives up a peer that does not answer. What can't be written yet waits in a queue
 * whose length its owner watches. Main thread.
 */
UcWsPeer *uc_ws_peer_new (GIOStream           *stream,
                          const char          *greeting,
                          gsize                max_message,
                          const UcWsPeerFuncs *funcs,
                          gpointer             user_data) G_GNUC_WARN_UNUSED_RESULT;
/* One text message: @head, shared with others, and @tail. */
void  uc_ws_peer_send (UcWsPeer *self, GBytes *head, const char *tail);
guint uc_ws_peer_get_waiting (UcWsPeer *self);
/* Listens to nothing until it is let go on: until what was said last is done. */
void uc_ws_peer_hold (UcWsPeer *self, gboolean is_held);
/* Ends the connection without a word, as Mattermost does. No callback follows. */
void uc_ws_peer_free (UcWsPeer *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (UcWsPeer, uc_ws_peer_free)

G_END_DECLS
