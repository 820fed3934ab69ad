/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "uc-sidebar.h"

#include "uc-clock.h"

G_BEGIN_DECLS

/**
 * UcWindowAccount:
 *
 * What a window shows of an account: the façade, the models over it and what it is
 * called. Made by app for a running account and handed down to every page, which
 * keep a reference for as long as they show it. Immutable; main thread.
 */
#define UC_TYPE_WINDOW_ACCOUNT (uc_window_account_get_type ())
G_DECLARE_FINAL_TYPE (UcWindowAccount, uc_window_account, UC, WINDOW_ACCOUNT, GObject)

UcWindowAccount *uc_window_account_new (const char  *id,
                                        const char  *site,
                                        UcClock     *clock,
                                        UcSession   *session,
                                        UcDirectory *directory,
                                        UcSidebar   *sidebar) G_GNUC_WARN_UNUSED_RESULT;

/* The name of its folder: what settings are kept under. */
const char *uc_window_account_get_id (UcWindowAccount *self);
const char *uc_window_account_get_site (UcWindowAccount *self);
/* The server as a person calls it: "chat.example.org", with the port unless usual. */
char        *uc_window_account_dup_host (UcWindowAccount *self) G_GNUC_WARN_UNUSED_RESULT;
UcSession   *uc_window_account_get_session (UcWindowAccount *self);
UcDirectory *uc_window_account_get_directory (UcWindowAccount *self);
UcSidebar   *uc_window_account_get_sidebar (UcWindowAccount *self);
/* (nullable): oneself, NULL while not loaded. */
UcUser *uc_window_account_get_me (UcWindowAccount *self);
gint64  uc_window_account_get_now_ms (UcWindowAccount *self);

G_END_DECLS
