/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "uc-store-types.h"

#include <gio/gio.h>

G_BEGIN_DECLS

/* The decisions of the outbox, as pure functions. */

/* What is to be done with an operation whose turn it is. */
typedef enum {
  UC_OUTBOX_SEND,
  UC_OUTBOX_SETTLE, /* find out first whether it has arrived */
} UcOutboxStep;

/* What came of trying. */
typedef enum {
  UC_OUTBOX_DONE,
  UC_OUTBOX_GONE,          /* refused because there is nothing left to do */
  UC_OUTBOX_RETRY,         /* it had no effect; again after a while */
  UC_OUTBOX_DOUBT,         /* it may have had one */
  UC_OUTBOX_PAUSE,         /* nothing can be sent at the moment, by nobody's fault here */
  UC_OUTBOX_REFUSED,       /* trying again does not help */
  UC_OUTBOX_CHECK_DELETED, /* a refusal that may mean "deleted already" */
} UcOutboxOutcome;

/* The rows (element-type UcOutboxRow, in order of queueing) that may go now, at most
 * one of each conversation. @blocked: set of the ids of channels that have one under
 * way or wait. */
GPtrArray      *_uc_outbox_plan (GPtrArray *rows, GHashTable *blocked) G_GNUC_WARN_UNUSED_RESULT;
int             _uc_outbox_find (GPtrArray *rows, const char *op_id);
UcOutboxRow    *_uc_outbox_steal (GPtrArray *rows, const char *op_id) G_GNUC_WARN_UNUSED_RESULT;
UcOutboxStep    _uc_outbox_get_step (const UcOutboxRow *row);
UcOutboxOutcome _uc_outbox_judge (UcOpKind kind, const GError *error, const char *error_id);
gboolean        _uc_outbox_wants_counts (UcOpKind kind, UcOutboxOutcome outcome);

G_END_DECLS
