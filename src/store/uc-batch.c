/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A batch: the list of operations of one transaction, in order. Here they are only
 * put together; each is carried out by a function of its family. */

#include "config.h"

#include "uc-batch.h"

#include "uc-store-annotations-private.h"
#include "uc-store-channels-private.h"
#include "uc-store-drafts-private.h"
#include "uc-store-facts-private.h"
#include "uc-store-files-private.h"
#include "uc-store-members-private.h"
#include "uc-store-outbox-private.h"
#include "uc-store-pages-private.h"
#include "uc-store-posts-private.h"
#include "uc-store-preferences-private.h"
#include "uc-store-queue-private.h"
#include "uc-store-reactions-private.h"
#include "uc-store-spans-private.h"
#include "uc-store-teams-private.h"
#include "uc-store-users-private.h"
#include "uc-write-private.h"

struct _UcBatch {
  GPtrArray *ops; /* (owned) of UcOp */
};

static void
op_free (UcOp *op)
{
  if (op->record != NULL)
    op->free_record (op->record);
  g_free (op->op_id);
  g_free (op->channel_id);
  g_free (op->key);
  g_free (op->user_id);
  g_free (op->text);
  g_free (op);
}

/**
 * uc_batch_new:
 *
 * Returns: (transfer full): an empty batch
 */
UcBatch *
uc_batch_new (void)
{
  UcBatch *self = g_new0 (UcBatch, 1);

  self->ops = g_ptr_array_new_with_free_func ((GDestroyNotify) op_free);
  return self;
}

void
uc_batch_free (UcBatch *self)
{
  g_ptr_array_unref (self->ops);
  g_free (self);
}

/**
 * uc_batch_is_empty:
 *
 * Returns: whether applying it would do nothing at all
 */
gboolean
uc_batch_is_empty (UcBatch *self)
{
  return self->ops->len == 0;
}

GPtrArray *
_uc_batch_get_ops (UcBatch *self)
{
  return self->ops;
}

static UcOp *
add (UcBatch *self, UcOpFunc func)
{
  UcOp *op = g_new0 (UcOp, 1);

  op->func = func;
  g_ptr_array_add (self->ops, op);
  return op;
}

static UcOp *
add_record (UcBatch *self, UcOpFunc func, gpointer record, gpointer free_record)
{
  UcOp *op = add (self, func);

  op->record = record;
  op->free_record = (GDestroyNotify) free_record;
  return op;
}

/* The caller may go on with its array; the records in it are immutable. */
static UcOp *
add_list (UcBatch *self, UcOpFunc func, GPtrArray *list, GCopyFunc ref)
{
  return add_record (self, func, g_ptr_array_copy (list, ref, NULL), g_ptr_array_unref);
}

static gpointer
ref_team_cb (gconstpointer team, gpointer user_data)
{
  return uc_team_ref (team);
}

static gpointer
ref_channel_cb (gconstpointer channel, gpointer user_data)
{
  return uc_channel_ref (channel);
}

static gpointer
ref_preference_cb (gconstpointer preference, gpointer user_data)
{
  return uc_preference_ref ((UcPreference *) preference);
}

static gpointer
ref_post_cb (gconstpointer post, gpointer user_data)
{
  return uc_post_ref ((UcPost *) post);
}

/* -- The server's word --------------------------------------------------------------- */

/**
 * uc_batch_put_fact:
 * @value: (nullable): %NULL removes
 */
void
uc_batch_put_fact (UcBatch *self, const char *key, const char *value)
{
  UcOp *op = add (self, _uc_op_put_fact);

  op->key = g_strdup (key);
  op->text = g_strdup (value);
}

void
uc_batch_put_user (UcBatch *self, UcUser *user)
{
  add_record (self, _uc_op_put_user, uc_user_ref (user), uc_user_unref);
}

/**
 * uc_batch_replace_teams:
 * @teams: (element-type UcTeam): all that one is in; others go
 */
void
uc_batch_replace_teams (UcBatch *self, GPtrArray *teams)
{
  add_list (self, _uc_op_replace_teams, teams, ref_team_cb);
}

void
uc_batch_put_team (UcBatch *self, UcTeam *team)
{
  add_record (self, _uc_op_put_team, uc_team_ref (team), uc_team_unref);
}

void
uc_batch_put_channel (UcBatch *self, UcChannel *channel)
{
  add_record (self, _uc_op_put_channel, uc_channel_ref (channel), uc_channel_unref);
}

/**
 * uc_batch_remove_channel:
 *
 * It was left or archived: it is listed and searched no more. Its messages stay.
 */
void
uc_batch_remove_channel (UcBatch *self, const char *channel_id)
{
  add (self, _uc_op_remove_channel)->channel_id = g_strdup (channel_id);
}

/**
 * uc_batch_replace_channels:
 * @channels: (element-type UcChannel): all that one is in, of all teams; others are
 *   removed as by uc_batch_remove_channel()
 */
void
uc_batch_replace_channels (UcBatch *self, GPtrArray *channels)
{
  add_list (self, _uc_op_replace_channels, channels, ref_channel_cb);
}

void
uc_batch_put_member (UcBatch *self, UcMember *my_membership)
{
  add_record (self, _uc_op_put_member, uc_member_ref (my_membership), uc_member_unref);
}

/**
 * uc_batch_replace_preferences:
 * @preferences: (element-type UcPreference): all there are; others go
 */
void
uc_batch_replace_preferences (UcBatch *self, GPtrArray *preferences)
{
  add_list (self, _uc_op_replace_preferences, preferences, ref_preference_cb);
}

void
uc_batch_put_preference (UcBatch *self, UcPreference *preference)
{
  add_record (self, _uc_op_put_preference, uc_preference_ref (preference), uc_preference_unref);
}

void
uc_batch_remove_preference (UcBatch *self, UcPreference *preference)
{
  add_record (self, _uc_op_remove_preference, uc_preference_ref (preference), uc_preference_unref);
}

/**
 * uc_batch_put_page:
 * @posts: (element-type UcPost): a contiguous run of the whole channel, oldest first
 * @anchor_post_id: (nullable): of %UC_PAGE_BEFORE and %UC_PAGE_AFTER: the neighbour
 *   it was asked for from
 * @reaches_start: the server has nothing older
 * @reaches_tip: the server had nothing newer, and what comes after is being pushed
 *
 * History is complete from the first to the last of @posts and up to the anchor.
 */
void
uc_batch_put_page (UcBatch    *self,
                   const char *channel_id,
                   GPtrArray  *posts,
                   UcPageKind  kind,
                   const char *anchor_post_id,
                   gboolean    reaches_start,
                   gboolean    reaches_tip)
{
  UcOp *op = add_list (self, _uc_op_put_page, posts, ref_post_cb);

  op->channel_id = g_strdup (channel_id);
  op->kind = kind;
  op->key = g_strdup (anchor_post_id);
  op->reaches_start = reaches_start;
  op->reaches_tip = reaches_tip;
}

/**
 * uc_batch_put_pushed_post:
 * @post: pushed over a stream in which nothing is missing
 * @mentions_me: the event names one's own id
 *
 * Counters move once for each post, the span at the tip grows, and if the post was
 * written here its operation is done.
 */
void
uc_batch_put_pushed_post (UcBatch *self, UcPost *post, gboolean mentions_me)
{
  add_record (self, _uc_op_put_pushed_post, uc_post_ref (post), uc_post_unref)->is_on = mentions_me;
}

/**
 * uc_batch_put_post:
 * @post: found somewhere; it proves nothing about its neighbours
 */
void
uc_batch_put_post (UcBatch *self, UcPost *post)
{
  add_record (self, _uc_op_put_post, uc_post_ref (post), uc_post_unref);
}

/**
 * uc_batch_remove_post:
 *
 * It was deleted, with its replies if it has any; tombstones stay.
 */
void
uc_batch_remove_post (UcBatch *self, const char *post_id, gint64 delete_at_ms)
{
  UcOp *op = add (self, _uc_op_remove_post);

  op->key = g_strdup (post_id);
  op->time_ms = MAX (1, delete_at_ms);
}

void
uc_batch_put_reaction (UcBatch *self, UcReaction *reaction)
{
  add_record (self, _uc_op_put_reaction, uc_reaction_ref (reaction), uc_reaction_unref);
}

void
uc_batch_remove_reaction (UcBatch *self, UcReaction *reaction)
{
  add_record (self, _uc_op_remove_reaction, uc_reaction_ref (reaction), uc_reaction_unref);
}

/**
 * uc_batch_put_file:
 * @file: what is known of it; a local path or a preview known before is kept when
 *   this one has none
 */
void
uc_batch_put_file (UcBatch *self, UcFile *file)
{
  add_record (self, _uc_op_put_file, uc_file_ref (file), uc_file_unref);
}

/**
 * uc_batch_clear_tips:
 *
 * The stream broke. Goes first, in the batch that notes the new connection.
 */
void
uc_batch_clear_tips (UcBatch *self)
{
  add (self, _uc_op_clear_tips);
}

void
uc_batch_mark_read (UcBatch *self, const char *channel_id, gint64 viewed_at_ms)
{
  UcOp *op = add (self, _uc_op_mark_read);

  op->channel_id = g_strdup (channel_id);
  op->time_ms = viewed_at_ms;
}

void
uc_batch_set_unread (UcBatch    *self,
                     const char *channel_id,
                     gint64      last_viewed_at_ms,
                     gint64      read_msg_count,
                     gint64      mention_count)
{
  UcOp *op = add (self, _uc_op_set_unread);

  op->channel_id = g_strdup (channel_id);
  op->time_ms = last_viewed_at_ms;
  op->number = read_msg_count;
  op->mentions = mention_count;
}

/* -- Outgoing ------------------------------------------------------------------------- */

/**
 * uc_batch_queue_post:
 * @provisional: with channel, author, text, time and @op_id; its root may be an id,
 *   the key of an unsent message, or "local:<op id>"; its files have local paths
 */
void
uc_batch_queue_post (UcBatch *self, UcPost *provisional)
{
  g_return_if_fail (*provisional->op_id != '\0');

  add_record (self, _uc_op_queue_post, uc_post_ref (provisional), uc_post_unref);
}

static UcOp *
add_queued (UcBatch *self, UcOpFunc func, const char *op_id, const char *post_key)
{
  UcOp *op = add (self, func);

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

/* -- The rest -------------------------------------------------------------------------- */

/**
 * uc_batch_put_draft:
 * @text: (nullable): %NULL or "" removes it
 */
void
uc_batch_put_draft (UcBatch *self, const char *channel_id, const char *root_id, const char *text)
{
  UcOp *op = add (self, _uc_op_put_draft);

  op->channel_id = g_strdup (channel_id);
  op->key = g_strdup (root_id);
  op->text = g_strdup (text);
}

/**
 * uc_batch_put_annotation:
 *
 * Does nothing when a higher source has annotated the message, or when there is no
 * message at @seq any more.
 */
void
uc_batch_put_annotation (UcBatch *self, gint64 seq, UcAnnotation *annotation)
{
  UcOp *op =
      add_record (self, _uc_op_put_annotation, uc_annotation_ref (annotation), uc_annotation_unref);

  op->number = seq;
}

void
uc_batch_put_flags (UcBatch *self, gint64 revision, const char *document)
{
  UcOp *op = add (self, _uc_op_put_flags);

  op->number = revision;
  op->text = g_strdup (document);
}
