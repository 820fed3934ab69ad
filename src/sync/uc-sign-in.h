/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "uc-user.h"

#include <gio/gio.h>

G_BEGIN_DECLS

typedef struct _UcApi UcApi;

/**
 * UcSignIn:
 *
 * The way into a server, step by step, for the sign-in page and the command line:
 * look at the server, then sign in by password (with a code when the account has
 * MFA) or by token. What it leads to, an open #UcApi and the user, app and ctl take
 * over. Keeps no password. Main thread.
 */
#define UC_TYPE_SIGN_IN (uc_sign_in_get_type ())
G_DECLARE_FINAL_TYPE (UcSignIn, uc_sign_in, UC, SIGN_IN, GObject)

UcSignIn   *uc_sign_in_new                   (void) G_GNUC_WARN_UNUSED_RESULT;

/* @typed is what a person typed. UC_ERROR_INVALID: not an address; OFFLINE: nothing
 * answers; PROTOCOL: something answers that is no such server. */
void        uc_sign_in_check_server_async    (UcSignIn            *self,
                                              const char          *typed,
                                              GCancellable        *cancellable,
                                              GAsyncReadyCallback  callback,
                                              gpointer             user_data);
gboolean    uc_sign_in_check_server_finish   (UcSignIn            *self,
                                              GAsyncResult        *result,
                                              GError             **error);
/* After a successful check; (nullable) before. */
const char *uc_sign_in_get_site              (UcSignIn            *self);
const char *uc_sign_in_get_site_name         (UcSignIn            *self);

/* @mfa_code may be "". When the account wants one, finish gives UC_ERROR_AUTH with
 * @is_mfa_needed TRUE. */
void        uc_sign_in_with_password_async   (UcSignIn            *self,
                                              const char          *login_id,
                                              const char          *password,
                                              const char          *mfa_code,
                                              GCancellable        *cancellable,
                                              GAsyncReadyCallback  callback,
                                              gpointer             user_data);
void        uc_sign_in_with_token_async      (UcSignIn            *self,
                                              const char          *token,
                                              GCancellable        *cancellable,
                                              GAsyncReadyCallback  callback,
                                              gpointer             user_data);
gboolean    uc_sign_in_finish                (UcSignIn            *self,
                                              GAsyncResult        *result,
                                              gboolean            *is_mfa_needed,
                                              GError             **error);
/* After a successful sign-in; (transfer none). */
UcApi      *uc_sign_in_get_api               (UcSignIn            *self);
UcUser     *uc_sign_in_get_user              (UcSignIn            *self);

G_END_DECLS
