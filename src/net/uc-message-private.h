/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "uc-answer-private.h"
#include "uc-request-private.h"

#include <libsoup/soup.h>

G_BEGIN_DECLS

SoupMessage *_uc_message_new (UcRequest    *request,
                              GUri         *uri,
                              const char   *token,
                              GInputStream *upload,
                              gint64        upload_bytes,
                              gint64        resume_bytes) G_GNUC_WARN_UNUSED_RESULT;

/* Of the answer: what it says of itself, the server's clock (0 when it does not tell),
 * whether it is a web page. */
UcAnswer     _uc_message_get_answer         (SoupMessage *self,
                                             UcRequest   *request,
                                             GBytes      *body,
                                             gboolean     has_token);
gint64       _uc_message_get_server_time_ms (SoupMessage *self);
gboolean     _uc_message_is_page            (SoupMessage *self);

G_END_DECLS
