/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Which operation may go next, and what its answer means. Nothing is sent or written
 * here. */

#include "config.h"

#include "uc-outbox-plan-private.h"

#include "uc-error.h"
#include "uc-request-queue-private.h"

/**
 * _uc_outbox_plan:
 * @rows: everything that is not done, in order of queueing
 * @blocked: channels that may not start anything now
 *
 * One operation of a conversation at a time and in order: whatever comes first there
 * and is not parked holds back the rest. A parked one (refused for good) holds back
 * only what waits for it.
 *
 * Returns: (transfer container): rows of @rows
 */
GPtrArray *
_uc_outbox_plan (GPtrArray *rows, GHashTable *blocked)
{
  GPtrArray *heads = g_ptr_array_new ();
  g_autoptr (GHashTable) taken = g_hash_table_new (g_str_hash, g_str_equal);

  for (guint i = 0; i < rows->len; i++) {
    UcOutboxRow *row = g_ptr_array_index (rows, i);

    if (row->state == UC_SEND_FAILED || row->state == UC_SEND_DONE)
      continue;
    if (row->waits_for != NULL && *row->waits_for != '\0')
      continue;
    if (!g_hash_table_add (taken, row->channel_id) ||
        g_hash_table_contains (blocked, row->channel_id))
      continue;
    g_ptr_array_add (heads, row);
  }
  return heads;
}

/**
 * _uc_outbox_find:
 * @rows: rows
 * @op_id: an operation
 *
 * Returns: its index, or -1
 */
int
_uc_outbox_find (GPtrArray *rows, const char *op_id)
{
  for (guint i = 0; i < rows->len; i++)
    if (g_str_equal (((UcOutboxRow *) g_ptr_array_index (rows, i))->op_id, op_id))
      return (int) i;
  return -1;
}

/**
 * _uc_outbox_steal:
 * @rows: (nullable): rows
 * @op_id: an operation
 *
 * Returns: (transfer full) (nullable): its row, taken out of @rows
 */
UcOutboxRow *
_uc_outbox_steal (GPtrArray *rows, const char *op_id)
{
  int index = rows != NULL ? _uc_outbox_find (rows, op_id) : -1;

  return index >= 0 ? g_ptr_array_steal_index (rows, (guint) index) : NULL;
}

/**
 * _uc_outbox_get_step:
 * @row: an operation whose turn it is
 *
 * Only a new post can be doubled; everything else may simply be done again. SENDING
 * without anybody sending it is what an interrupted run leaves behind.
 *
 * Returns: what to do with it
 */
UcOutboxStep
_uc_outbox_get_step (const UcOutboxRow *row)
{
  gboolean is_open = row->state == UC_SEND_IN_DOUBT || row->state == UC_SEND_SENDING;

  return row->kind == UC_OP_POST && is_open ? UC_OUTBOX_SETTLE : UC_OUTBOX_SEND;
}

static UcOutboxOutcome
judge_post (const GError *error, const char *error_id)
{
  /* The first copy is being saved this very moment. */
  if (g_strcmp0 (error_id, "api.post.deduplicate_create_post.pending") == 0)
    return UC_OUTBOX_DOUBT;
  /* A portal or proxy in between may have passed the request on. */
  if (uc_error_is_transient (error) || g_error_matches (error, UC_ERROR, UC_ERROR_PROTOCOL))
    return UC_OUTBOX_DOUBT;
  return UC_OUTBOX_REFUSED;
}

static gboolean
is_about_gone_thing (UcOpKind kind)
{
  return kind == UC_OP_DELETE || kind == UC_OP_UNREACT || kind == UC_OP_UNPIN ||
         kind == UC_OP_UNSAVE || kind == UC_OP_VIEW || kind == UC_OP_SET_UNREAD;
}

static UcOutboxOutcome
judge_change (UcOpKind kind, const GError *error)
{
  if (uc_error_is_transient (error) || g_error_matches (error, UC_ERROR, UC_ERROR_PROTOCOL))
    return UC_OUTBOX_RETRY;
  if (g_error_matches (error, UC_ERROR, UC_ERROR_NOT_FOUND) && is_about_gone_thing (kind))
    return UC_OUTBOX_GONE;
  /* Nobody wants to be told that something could not be marked as read, or as unread. */
  if (kind == UC_OP_VIEW || kind == UC_OP_SET_UNREAD)
    return UC_OUTBOX_GONE;
  /* A Mattermost server answers 403 for posts that are deleted already. */
  if (kind == UC_OP_DELETE && g_error_matches (error, UC_ERROR, UC_ERROR_FORBIDDEN))
    return UC_OUTBOX_CHECK_DELETED;
  return UC_OUTBOX_REFUSED;
}

/**
 * _uc_outbox_judge:
 * @kind: what was tried
 * @error: (nullable): how it failed
 * @error_id: the server's id of the refusal, or ""
 *
 * Returns: what came of it
 */
UcOutboxOutcome
_uc_outbox_judge (UcOpKind kind, const GError *error, const char *error_id)
{
  if (error == NULL)
    return UC_OUTBOX_DONE;
  if (g_error_matches (error, UC_ERROR, UC_ERROR_RATE_LIMITED) ||
      _uc_request_is_session_end (error, error_id))
    return UC_OUTBOX_PAUSE;
  /* Given up here, while the server may have it: the next start finds out. */
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return UC_OUTBOX_PAUSE;
  return kind == UC_OP_POST ? judge_post (error, error_id) : judge_change (kind, error);
}

/**
 * _uc_outbox_wants_counts:
 * @kind: what was tried
 * @outcome: what came of it
 *
 * What is shown as read or not was a guess; by now the server has counted, or it did
 * not do it at all.
 *
 * Returns: whether the channel's counts are to be asked for
 */
gboolean
_uc_outbox_wants_counts (UcOpKind kind, UcOutboxOutcome outcome)
{
  gboolean is_undone = outcome == UC_OUTBOX_GONE || outcome == UC_OUTBOX_REFUSED;

  return (kind == UC_OP_VIEW && is_undone) ||
         (kind == UC_OP_SET_UNREAD && (is_undone || outcome == UC_OUTBOX_DONE));
}
