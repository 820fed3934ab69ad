/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

/**
 * UcWelcomePage:
 *
 * The first page of a program without an account: sign in, or have a look at the
 * demo organisation. Knows neither; it only asks.
 *
 * Signals:
 *   "sign-in" (UcWelcomePage *)
 *   "demo" (UcWelcomePage *)
 */
#define UC_TYPE_WELCOME_PAGE (uc_welcome_page_get_type ())
G_DECLARE_FINAL_TYPE (UcWelcomePage, uc_welcome_page, UC, WELCOME_PAGE, AdwNavigationPage)

void uc_welcome_page_set_has_demo (UcWelcomePage *self, gboolean has_demo);

G_END_DECLS
