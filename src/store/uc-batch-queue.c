/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What a batch puts into the outbox, and what becomes of that on its way. */

#include "config.h"

#include "uc-batch.h"

#include "uc-store-outbox-private.h"
#include "uc-store-queue-private.h"
#include "uc-write-private.h"

/**
 * uc_batch_queue_post:
 * @provisional: with channel, author, text, time and @op_id; its root may be an id,
 *   the key of an unsent message, or "local:<op id>"; its files have local paths
 */
void
uc_batch_queue_post (UcBatch *self, UcPost *provisional)
{
  UcOp *op;

  g_return_if_fail (*provisional->op_id != '\0');

  op = _uc_batch_add (self, _uc_op_queue_post);
  op->record = uc_post_ref (provisional);
  op->free_record = (GDestroyNotify) uc_post_unref;
}

static UcOp *
add_queued (UcBatch *self, UcOpFunc func, const char *op_id, const char *post_key)
{
  UcOp *op = _uc_batch_add (self, func);

  op->op_id = g_strdup (op_id);
  op->key = g_strdup (post_key);
  return op;
}

/**
 * uc_batch_queue_edit:
 * @post_key: key or id of the message
 *
 * A message that still waits, or was refused, gets the new text itself and waits
 * (again); no operation of its own is made then.
 */
void
uc_batch_queue_edit (UcBatch *self, const char *op_id, const char *post_key, const char *message)
{
  add_queued (self, _uc_op_queue_edit, op_id, post_key)->text = g_strdup (message);
}

/**
 * uc_batch_queue_delete:
 * @post_key: key or id of the message
 *
 * A message that still waits, or was refused, is taken away at once.
 */
void
uc_batch_queue_delete (UcBatch *self, const char *op_id, const char *post_key)
{
  add_queued (self, _uc_op_queue_delete, op_id, post_key);
}

void
uc_batch_queue_reaction (UcBatch    *self,
                         const char *op_id,
                         const char *post_key,
                         const char *my_user_id,
                         const char *emoji_name,
                         gboolean    add_it)
{
  UcOp *op = add_queued (self, _uc_op_queue_reaction, op_id, post_key);

  op->user_id = g_strdup (my_user_id);
  op->text = g_strdup (emoji_name);
  op->is_on = add_it;
}

void
uc_batch_queue_pin (UcBatch *self, const char *op_id, const char *post_key, gboolean pin)
{
  add_queued (self, _uc_op_queue_pin, op_id, post_key)->is_on = pin;
}

void
uc_batch_queue_save (UcBatch    *self,
                     const char *op_id,
                     const char *post_key,
                     const char *my_user_id,
                     gboolean    save)
{
  UcOp *op = add_queued (self, _uc_op_queue_save, op_id, post_key);

  op->user_id = g_strdup (my_user_id);
  op->is_on = save;
}

/**
 * uc_batch_queue_view:
 *
 * The channel shows as read at once; one that is queued already is replaced.
 */
void
uc_batch_queue_view (UcBatch *self, const char *op_id, const char *channel_id)
{
  add_queued (self, _uc_op_queue_view, op_id, NULL)->channel_id = g_strdup (channel_id);
}

void
uc_batch_queue_set_unread (UcBatch *self, const char *op_id, const char *post_key)
{
  add_queued (self, _uc_op_queue_set_unread, op_id, post_key);
}

/**
 * uc_batch_outbox_set:
 * @reason: (nullable): why it failed, or what it waits for
 * @next_try_ms: ms since 1970; 0: at once
 *
 * %UC_SEND_SENDING counts a try; the first one notes the newest post known.
 */
void
uc_batch_outbox_set (UcBatch    *self,
                     const char *op_id,
                     UcSendState state,
                     const char *reason,
                     gint64      next_try_ms)
{
  UcOp *op = add_queued (self, _uc_op_outbox_set, op_id, NULL);

  op->kind = state;
  op->text = g_strdup (reason);
  op->time_ms = next_try_ms;
}

void
uc_batch_outbox_rebase (UcBatch *self, const char *op_id, const char *text)
{
  UcOp *op = add_queued (self, _uc_op_outbox_rebase, op_id, NULL);

  op->text = g_strdup (text);
}

void
uc_batch_outbox_upload_done (UcBatch *self, const char *op_id, int index, const char *file_id)
{
  UcOp *op = add_queued (self, _uc_op_outbox_upload_done, op_id, NULL);

  op->position = index;
  op->text = g_strdup (file_id);
}

/**
 * uc_batch_outbox_done:
 * @post: (nullable): what the server made of it
 *
 * Safe to give for any post: without such an operation @post is put as by
 * uc_batch_put_post().
 */
void
uc_batch_outbox_done (UcBatch *self, const char *op_id, UcPost *post)
{
  UcOp *op = add_queued (self, _uc_op_outbox_done, op_id, NULL);

  if (post == NULL)
    return;
  op->record = uc_post_ref (post);
  op->free_record = (GDestroyNotify) uc_post_unref;
}

void
uc_batch_outbox_discard (UcBatch *self, const char *op_id)
{
  add_queued (self, _uc_op_outbox_discard, op_id, NULL);
}

void
uc_batch_outbox_rewrite (UcBatch *self, const char *op_id, const char *message)
{
  add_queued (self, _uc_op_outbox_rewrite, op_id, NULL)->text = g_strdup (message);
}
