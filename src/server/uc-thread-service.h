/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "uc-thread-table.h"
#include "uc-txn.h"

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

/* Threads as those who follow them see them. All run on the worker. */

/* The record of protocol.md 8; @is_extended tells who the people are. */
JsonObject *uc_thread_service_to_json (UcTxn          *txn,
                                       const UcThread *thread,
                                       gboolean        is_extended,
                                       GError        **error) G_GNUC_WARN_UNUSED_RESULT;
/* A person of whom only the id is told. */
JsonObject *uc_thread_service_make_stub (const char *user_id) G_GNUC_WARN_UNUSED_RESULT;
/* Tells those who show threads apart that somebody wrote in this one. */
gboolean
uc_thread_service_announce (UcTxn *txn, const char *root_id, const char *team_id, GError **error);
gboolean uc_thread_service_view_channel (UcTxn      *txn,
                                         const char *user_id,
                                         const char *channel_id,
                                         gboolean    knows_threads,
                                         GError    **error);

G_END_DECLS
