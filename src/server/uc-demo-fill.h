/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "uc-demo-script.h"
#include "uc-txn.h"

G_BEGIN_DECLS

typedef struct {
  guint n_conversations;
  guint n_messages;
  guint n_reactions;
  guint n_files;
} UcDemoTotals;

/* Makes the organisation of @script, its history ending today. Everything is done by
 * the services at the time it is said to have happened, so that what counts, calls and
 * follows is right. Runs on the worker. When the organisation is there already, nothing
 * happens and @is_new is FALSE; a server that holds another one is UC_ERROR_CONFLICT. */
gboolean uc_demo_fill (UcTxn              *txn,
                       const UcDemoScript *script,
                       GRand              *rand,
                       gboolean           *is_new,
                       UcDemoTotals       *totals,
                       GError            **error);

G_END_DECLS
