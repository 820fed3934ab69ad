/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "uc-sign-in.h"

G_BEGIN_DECLS

/**
 * UcDemoRunner:
 *
 * The demo organisation: the bundled server as a process of our own on a free port of
 * this computer, in a folder that lives as long as it does, and a member of it signed
 * in. Ends with the program, also when that ends badly.
 */
#define UC_TYPE_DEMO_RUNNER (uc_demo_runner_get_type ())
G_DECLARE_FINAL_TYPE (UcDemoRunner, uc_demo_runner, UC, DEMO_RUNNER, GObject)

/* The bundled server, (nullable): NULL when it is not installed. */
char *uc_demo_runner_find_server (void) G_GNUC_WARN_UNUSED_RESULT;

UcDemoRunner *uc_demo_runner_new (const char *server) G_GNUC_WARN_UNUSED_RESULT;

/* finish: (transfer full): signed in as a member. */
void      uc_demo_runner_start_async (UcDemoRunner       *self,
                                      GCancellable       *cancellable,
                                      GAsyncReadyCallback callback,
                                      gpointer            user_data);
UcSignIn *uc_demo_runner_start_finish (UcDemoRunner *self, GAsyncResult *result, GError **error);
/* A folder for the account, gone with the demo. */
const char *uc_demo_runner_get_folder (UcDemoRunner *self);
/* Ends the server and removes what it wrote. */
void uc_demo_runner_stop (UcDemoRunner *self);

G_END_DECLS
