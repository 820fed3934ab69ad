/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* The server's side of RFC 6455: frames in and out, pure. A client's frames are
 * masked, ours are not; there are no extensions. */

typedef enum {
  UC_WS_NONE,    /* not enough bytes yet */
  UC_WS_MESSAGE, /* text or binary, put together */
  UC_WS_PING,
  UC_WS_PONG,
  UC_WS_CLOSE,
  UC_WS_BROKEN, /* against the protocol, or too long: nothing more is read */
} UcWsKind;

/**
 * UcWsReader:
 *
 * Takes bytes as they come and gives messages. Holds at most one message and one
 * frame, both bounded.
 */
typedef struct _UcWsReader UcWsReader;

UcWsReader *uc_ws_reader_new (gsize max_message) G_GNUC_WARN_UNUSED_RESULT;
void        uc_ws_reader_push (UcWsReader *self, const guint8 *data, gsize length);
/* Call until it says NONE; @data is valid until the next call. */
UcWsKind uc_ws_reader_next (UcWsReader *self, const guint8 **data, gsize *length);
void     uc_ws_reader_free (UcWsReader *self);

/* The bytes before a payload; returns how many. */
#define UC_WS_MAX_HEADER 10
gsize uc_ws_write_header (guint8 header[UC_WS_MAX_HEADER], UcWsKind kind, gsize length);
/* Sec-WebSocket-Accept for a key; NULL when it is no key. */
char *uc_ws_dup_accept (const char *key) G_GNUC_WARN_UNUSED_RESULT;

G_DEFINE_AUTOPTR_CLEANUP_FUNC (UcWsReader, uc_ws_reader_free)

G_END_DECLS
