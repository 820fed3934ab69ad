/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

/**
 * UcApplication:
 *
 * The program: one instance with one window, which shows an account. It finds the
 * accounts on this computer, runs one, takes sign-ins over and ends everything in order.
 *
 * Actions: `app.quit`, `app.open-message` (account, channel, post; "" for no post),
 * `app.show-account` (account), `app.add-account`
 */
#define UC_TYPE_APPLICATION (uc_application_get_type ())
G_DECLARE_FINAL_TYPE (UcApplication, uc_application, UC, APPLICATION, AdwApplication)

UcApplication *uc_application_new (void) G_GNUC_WARN_UNUSED_RESULT;
/* 3 when it ended because another process holds the messages, else 0. */
int uc_application_get_exit_status (UcApplication *self);

G_END_DECLS
