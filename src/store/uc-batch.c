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
#include "uc-store-pages-private.h"
#include "uc-store-posts-private.h"
#include "uc-store-preferences-private.h"
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

UcOp *
_uc_batch_add (UcBatch *self, UcOpFunc func)
{
  UcOp *op = g_new0 (UcOp, 1);

  op->func = func;
  g_ptr_array_add (self->ops, op);
  return op;
}

static UcOp *
add_record (UcBatch *self, UcOpFunc func, gpointer record, gpointer free_record)
{
  UcOp *op = _uc_batch_add (self, func);

  op->record = record;
  op->free_record = (GDestroyNotify) free_record;
  return op;
}

/* The caller may go on with its array, which may or may not free what is in it; the
 * records are immutable. */
static UcOp *
add_list (UcBatch *self, UcOpFunc func, GPtrArray *list, gpointer ref, gpointer unref)
{
  gpointer (*ref_record) (gpointer) = ref;
  GPtrArray *copy = g_ptr_array_new_full (list->len, (GDestroyNotify) unref);

  for (guint i = 0; i < list->len; i++)
    g_ptr_array_add (copy, ref_record (g_ptr_array_index (list, i)));
  return add_record (self, func, copy, g_ptr_array_unref);
}

/* -- The server's word --------------------------------------------------------------- */

/**
 * uc_batch_put_fact:
 * @value: (nullable): %NULL removes
 */
void
uc_batch_put_fact (UcBatch *self, const char *key, const char *value)
{
  UcOp *op = _uc_batch_add (self, _uc_op_put_fact);

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
  add_list (self, _uc_op_replace_teams, teams, uc_team_ref, uc_team_unref);
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
  _uc_batch_add (self, _uc_op_remove_channel)->channel_id = g_strdup (channel_id);
}

/**
 * uc_batch_replace_channels:
 * @channels: (element-type UcChannel): all that one is in, of all teams; others are
 *   removed as by uc_batch_remove_channel()
 */
void
uc_batch_replace_channels (UcBatch *self, GPtrArray *channels)
{
  add_list (self, _uc_op_replace_channels, channels, uc_channel_ref, uc_channel_unref);
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
  add_list (self, _uc_op_replace_preferences, preferences, uc_preference_ref, uc_preference_unref);
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
  UcOp *op = add_list (self, _uc_op_put_page, posts, uc_post_ref, uc_post_unref);

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
  UcOp *op = _uc_batch_add (self, _uc_op_remove_post);

  op->key = g_strdup (post_id);
  op->time_ms = MAX (1, delete_at_ms);
}

/**
 * uc_batch_set_reply_count:
 * @root_id: a message; one that is not stored gets its count when it is
 * @count: as the server told it with the last event of the thread
 */
void
uc_batch_set_reply_count (UcBatch *self, const char *root_id, int count)
{
  UcOp *op = _uc_batch_add (self, _uc_op_set_reply_count);

  op->key = g_strdup (root_id);
  op->number = count;
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
  _uc_batch_add (self, _uc_op_clear_tips);
}

/**
 * uc_batch_claim_tip:
 * @channel_id: a channel whose record is as the server has it now
 *
 * Where the newest span holds the channel's last post, it reaches the tip again.
 * Elsewhere nothing happens.
 */
void
uc_batch_claim_tip (UcBatch *self, const char *channel_id)
{
  _uc_batch_add (self, _uc_op_claim_tip)->channel_id = g_strdup (channel_id);
}

void
uc_batch_mark_read (UcBatch *self, const char *channel_id, gint64 known_ms)
{
  UcOp *op = _uc_batch_add (self, _uc_op_mark_read);

  op->channel_id = g_strdup (channel_id);
  op->time_ms = known_ms;
}

void
uc_batch_set_unread (UcBatch    *self,
                     const char *channel_id,
                     gint64      last_viewed_at_ms,
                     gint64      read_msg_count,
                     gint64      mention_count)
{
  UcOp *op = _uc_batch_add (self, _uc_op_set_unread);

  op->channel_id = g_strdup (channel_id);
  op->time_ms = last_viewed_at_ms;
  op->number = read_msg_count;
  op->mentions = mention_count;
}

/**
 * uc_batch_leave_unread:
 * @channel_id: a channel
 * @from_ms: by the server's clock, the first post that came after one's own
 *
 * Lists may be newer than the events that are applied after them: a post of one's own
 * then must not read what follows it.
 */
void
uc_batch_leave_unread (UcBatch *self, const char *channel_id, gint64 from_ms)
{
  UcOp *op = _uc_batch_add (self, _uc_op_leave_unread);

  op->channel_id = g_strdup (channel_id);
  op->time_ms = from_ms;
}

/* -- The rest -------------------------------------------------------------------------- */

/**
 * uc_batch_put_draft:
 * @text: (nullable): %NULL or "" removes it
 */
void
uc_batch_put_draft (UcBatch *self, const char *channel_id, const char *root_id, const char *text)
{
  UcOp *op = _uc_batch_add (self, _uc_op_put_draft);

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
  UcOp *op = _uc_batch_add (self, _uc_op_put_flags);

  op->number = revision;
  op->text = g_strdup (document);
}
