/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "uc-request-private.h"

#include <libsoup/soup.h>

G_BEGIN_DECLS

SoupMessage *_uc_message_new (UcRequest    *request,
                              GUri         *uri,
                              const char   *token,
                              GInputStream *upload,
                              gint64        upload_bytes) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
