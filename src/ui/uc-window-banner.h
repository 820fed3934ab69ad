/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "uc-window-account.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

/**
 * UcWindowBanner:
 *
 * Tells where the account stands with its server when that is not as it should be, and
 * offers the next step. Stays put while a connection comes and goes.
 */
#define UC_TYPE_WINDOW_BANNER (uc_window_banner_get_type ())
G_DECLARE_FINAL_TYPE (UcWindowBanner, uc_window_banner, UC, WINDOW_BANNER, GtkWidget)

GtkWidget *uc_window_banner_new (void);
/* NULL: nothing to tell. */
void uc_window_banner_set_account (UcWindowBanner *self, UcWindowAccount *account);

G_END_DECLS
