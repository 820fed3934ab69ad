/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "uc-sign-in.h"

#include <adwaita.h>

G_BEGIN_DECLS

/**
 * UcSignInPage:
 *
 * The way into a server: its address, a look at it, then name and password (with a
 * code when the account has one) or an access token. Ends with ::signed-in; app makes
 * the account and answers with uc_sign_in_page_fail() when that does not work.
 *
 * Signals: "signed-in" (UcSignInPage *, UcSignIn *)
 */
#define UC_TYPE_SIGN_IN_PAGE (uc_sign_in_page_get_type ())
G_DECLARE_FINAL_TYPE (UcSignInPage, uc_sign_in_page, UC, SIGN_IN_PAGE, AdwNavigationPage)

/* Begins anew. With @server (nullable) it looks at once, @login is filled in. */
void uc_sign_in_page_begin (UcSignInPage *self, const char *server, const char *login);
void uc_sign_in_page_fail (UcSignInPage *self, const GError *error);

G_END_DECLS
