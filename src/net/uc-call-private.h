/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "uc-request-private.h"

#include <libsoup/soup.h>

G_BEGIN_DECLS

typedef struct _UcCall UcCall;

/* What is left over of a call that has come back. */
typedef struct
{
  char  *error_id;     /* (owned) the server's id of a refusal, or "" */
  char  *new_token;    /* (owned) (nullable) of a sign-in; wiped when freed */
  gint64 server_time_ms; /* 0 when the answer named none */
  int    wait_s;         /* of a RATE_LIMITED; else 0 */
} UcCallTrace;

typedef struct
{
  guint queue_ms;    /* until a connection is free, or begun */
  guint connect_ms;  /* until it stands */
  guint progress_ms; /* between two signs of life after that */
} UcCallLimits;

void         _uc_call_send_async  (SoupSession         *session,
                                   const char          *site,
                                   const char          *token,
                                   UcRequest           *request,
                                   const UcCallLimits  *limits,
                                   GCancellable        *cancellable,
                                   GAsyncReadyCallback  callback,
                                   gpointer             user_data);
gpointer     _uc_call_send_finish (GAsyncResult        *result,
                                   GError             **error) G_GNUC_WARN_UNUSED_RESULT;
UcCallTrace *_uc_call_get_trace   (GAsyncResult        *result);
GDestroyNotify _uc_call_get_free_result (GAsyncResult  *result);

G_END_DECLS
