/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "uc-server-test.h"

G_BEGIN_DECLS

/**
 * UcTestSocket:
 *
 * A client's WebSocket, by another implementation than the server's, and all that
 * came over it.
 */
typedef struct {
  SoupWebsocketConnection *connection; /* (owned) (nullable) */
  GPtrArray               *frames;     /* (owned) (element-type JsonNode) */
  gboolean                 is_closed;
} UcTestSocket;

/* With the token in the header when there is a @username; @query is "" or begins with
 * "?". Fails the test when the server does not accept it. */
UcTestSocket *uc_test_socket_new (UcServerTest *test,
                                  const char   *username,
                                  const char   *query) G_GNUC_WARN_UNUSED_RESULT;
/* Breaks the connection without a word, as a network does. */
void uc_test_socket_break (UcTestSocket *self);
void uc_test_socket_free (UcTestSocket *self);

void uc_test_socket_say (UcTestSocket *self, const char *text);
/* Waits for the next frame with this event, or the answer with this seq_reply, among
 * those that were not given out yet; the frames before it are passed over. */
JsonObject *uc_test_socket_wait_event (UcTestSocket *self, const char *event);
JsonObject *uc_test_socket_wait_reply (UcTestSocket *self, gint64 seq);
void        uc_test_socket_wait_closed (UcTestSocket *self);
/* A round trip: all that was on its way has come. */
void  uc_test_socket_flush (UcTestSocket *self);
guint uc_test_socket_count (UcTestSocket *self, const char *event);

const char *uc_test_frame_get_data (JsonObject *frame, const char *member);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (UcTestSocket, uc_test_socket_free)

G_END_DECLS
