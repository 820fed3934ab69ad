/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "uc-sign-in.h"

G_BEGIN_DECLS

/**
 * UcDemo:
 *
 * The demo organisation: the bundled server as a process of our own on a free port of
 * this computer, in a folder that lives as long as it does, and a member of it signed
 * in. Ends with the program, also when that ends badly.
 */
#define UC_TYPE_DEMO (uc_demo_get_type ())
G_DECLARE_FINAL_TYPE (UcDemo, uc_demo, UC, DEMO, GObject)

/* The bundled server, (nullable): NULL when it is not installed. */
char *uc_demo_find_server (void) G_GNUC_WARN_UNUSED_RESULT;

UcDemo *uc_demo_new (const char *server) G_GNUC_WARN_UNUSED_RESULT;

/* finish: (transfer full): signed in as a member. */
void      uc_demo_start_async (UcDemo             *self,
                               GCancellable       *cancellable,
                               GAsyncReadyCallback callback,
                               gpointer            user_data);
UcSignIn *uc_demo_start_finish (UcDemo *self, GAsyncResult *result, GError **error);
/* A folder for the account, gone with the demo. */
const char *uc_demo_get_folder (UcDemo *self);
/* Ends the server and removes what it wrote. */
void uc_demo_stop (UcDemo *self);

G_END_DECLS
