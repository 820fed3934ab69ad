/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "uc-api.h"

G_BEGIN_DECLS

/* Who goes first. COMMAND and OUTBOX pass at once, each with a limit of its own at
 * its source; the reading lanes share four places. */
typedef enum {
  UC_LANE_COMMAND, /* a person waits for it */
  UC_LANE_OUTBOX,
  UC_LANE_CATCH_UP, /* the lists, before anything is shown as up to date */
  UC_LANE_VISIBLE,  /* the conversation on screen */
  UC_LANE_MENTION,
  UC_LANE_NORMAL,
  UC_LANE_BACKGROUND,
  UC_N_LANES,
} UcLane;

/**
 * UcRequestQueue:
 *
 * The one gate through which the room talks HTTP: at most four reading requests
 * under way, the more urgent first; nothing at all while the server asked to wait
 * (429). It does not repeat anything. Main thread.
 *
 * Signals: "session-ended" (UcRequestQueue *): the server refused the token
 */
#define UC_TYPE_REQUEST_QUEUE (uc_request_queue_get_type ())
G_DECLARE_FINAL_TYPE (UcRequestQueue, uc_request_queue, UC, REQUEST_QUEUE, GObject)

UcRequestQueue *_uc_request_queue_new (UcApi *api) G_GNUC_WARN_UNUSED_RESULT;

/* Takes @request. finish gives what the request's comment in uc-request.h says. */
void     _uc_request_queue_send_async (UcRequestQueue     *self,
                                       UcLane              lane,
                                       UcRequest          *request,
                                       GCancellable       *cancellable,
                                       GAsyncReadyCallback callback,
                                       gpointer            user_data);
gpointer _uc_request_queue_send_finish (UcRequestQueue *self,
                                        GAsyncResult   *result,
                                        GError        **error) G_GNUC_WARN_UNUSED_RESULT;
/* The server's id of a refusal, or ""; as long as @result lives. */
const char *_uc_request_queue_get_error_id (GAsyncResult *result);

/* How long the server asked to wait, in ms from now; 0 when it did not. */
gint64 _uc_request_queue_get_pause_ms (UcRequestQueue *self);
/* While the token is being looked up what is asked waits for it; without one, and with
 * nobody looking, it is refused at once (UC_ERROR_AUTH). */
void _uc_request_queue_set_waiting (UcRequestQueue *self, gboolean is_waiting);
/* Forgets the wait and lets what was cancelled meanwhile return. */
void _uc_request_queue_resume (UcRequestQueue *self);

/* Whether a refusal means that the session is over, not that this one thing is
 * not allowed: a Mattermost server uses 401 for both. */
gboolean _uc_request_is_session_end (const GError *error, const char *error_id);

G_END_DECLS
