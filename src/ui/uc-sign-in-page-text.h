/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

typedef enum {
  UC_SIGN_IN_LOOKING,  /* is there such a server? */
  UC_SIGN_IN_PASSWORD, /* name and password */
  UC_SIGN_IN_CODE,     /* the same with a code */
  UC_SIGN_IN_TOKEN,    /* a personal access token */
  UC_SIGN_IN_ADOPTING, /* the account is being made here */
} UcSignInAttempt;

char *uc_sign_in_page_dup_error_text (const GError   *error,
                                      UcSignInAttempt attempt) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
