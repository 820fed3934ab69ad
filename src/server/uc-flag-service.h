/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "uc-txn.h"

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

/* The flags document of extension-api.md: the built-in flags with what administrators
 * have changed of them. Each change raises the revision and is pushed to everybody. */

JsonObject *uc_flag_service_build (UcTxn *txn, GError **error) G_GNUC_WARN_UNUSED_RESULT;
/* Merges @patch into the flag; a member that is null goes back to its default. */
gboolean uc_flag_service_merge (UcTxn *txn, const char *name, JsonObject *patch, GError **error);
gboolean uc_flag_service_reset (UcTxn *txn, const char *name, GError **error);

G_END_DECLS
