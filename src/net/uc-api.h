/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "uc-request.h"

G_BEGIN_DECLS

/**
 * UcApi:
 *
 * One server over HTTP: sends requests with the token, streams the answer under a
 * size limit, parses it on a GIO thread and turns every refusal into a #UcError.
 * No policy: no retries, no storage. Redirects are followed at most three times
 * and only to the same origin. An answer that is not JSON where JSON belongs
 * (captive portal) is UC_ERROR_PROTOCOL. Main thread.
 *
 * Signals: "clock-skew" is not one; see uc_api_get_server_offset_ms().
 */
#define UC_TYPE_API (uc_api_get_type ())
G_DECLARE_FINAL_TYPE (UcApi, uc_api, UC, API, GObject)

/* @site: "https://chat.example.org/sub"; checked by uc_api_check_site(). */
UcApi      *uc_api_new                   (const char          *site) G_GNUC_WARN_UNUSED_RESULT;

/* What a person typed made into a site URL: scheme added, path cleaned; plain http
 * only for loopback hosts. (transfer full); UC_ERROR_INVALID. */
char       *uc_api_check_site            (const char          *typed,
                                          GError             **error) G_GNUC_WARN_UNUSED_RESULT;

const char *uc_api_get_site              (UcApi               *self);
/* Kept in memory only; NULL after sign-out. */
void        uc_api_set_token             (UcApi               *self,
                                          const char          *token);
const char *uc_api_get_token             (UcApi               *self);
/* Server's clock minus ours, from the Date header of the last answer. */
gint64      uc_api_get_server_offset_ms  (UcApi               *self);
/* Seconds the server asked to wait with the last RATE_LIMITED, clamped 1 to 300. */
int         uc_api_get_retry_after_s     (UcApi               *self);

/* Takes @request. finish gives what the request's comment says; for "NULL" requests
 * test @error. The HTTP status stands in the message; the server's error id is
 * at uc_api_get_error_id (). */
void        uc_api_send_async            (UcApi               *self,
                                          UcRequest           *request,
                                          GCancellable        *cancellable,
                                          GAsyncReadyCallback  callback,
                                          gpointer             user_data);
gpointer    uc_api_send_finish           (UcApi               *self,
                                          GAsyncResult        *result,
                                          GError             **error) G_GNUC_WARN_UNUSED_RESULT;
/* The server's id of a refusal, as "mfa.validate_token.authenticate.app_error", or "". */
const char *uc_api_get_error_id          (GAsyncResult        *result);

/* Signs in and keeps the token. Asks for a code with UC_ERROR_AUTH and
 * uc_api_is_mfa_needed() when the account has MFA. */
void        uc_api_login_async           (UcApi               *self,
                                          const char          *login_id,
                                          const char          *password,
                                          const char          *mfa_code,
                                          GCancellable        *cancellable,
                                          GAsyncReadyCallback  callback,
                                          gpointer             user_data);
UcUser     *uc_api_login_finish          (UcApi               *self,
                                          GAsyncResult        *result,
                                          gboolean            *is_mfa_needed,
                                          GError             **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
