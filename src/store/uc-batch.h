/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "uc-annotation.h"
#include "uc-channel.h"
#include "uc-member.h"
#include "uc-message.h"
#include "uc-post.h"
#include "uc-preference.h"
#include "uc-store-types.h"
#include "uc-team.h"
#include "uc-user.h"

G_BEGIN_DECLS

/**
 * UcBatch:
 *
 * What is to be written in one transaction, in the order it was put in. Made and
 * filled on the main thread, then given to uc_store_apply_async(). Records are
 * referenced, strings copied.
 */
typedef struct _UcBatch UcBatch;

UcBatch *uc_batch_new                    (void) G_GNUC_WARN_UNUSED_RESULT;
void     uc_batch_free                   (UcBatch            *self);
gboolean uc_batch_is_empty               (UcBatch            *self);

/* Facts of the account and of sync: small strings by key. NULL removes. */
void     uc_batch_put_fact               (UcBatch            *self,
                                          const char         *key,
                                          const char         *value);

/* People, teams, channels. The newer update_at wins; replace_* also drops what is
 * not in the list (a team left, a channel left or archived). */
void     uc_batch_put_user               (UcBatch            *self,
                                          UcUser             *user);
void     uc_batch_replace_teams          (UcBatch            *self,
                                          GPtrArray          *teams);
void     uc_batch_put_team               (UcBatch            *self,
                                          UcTeam             *team);
void     uc_batch_put_channel            (UcBatch            *self,
                                          UcChannel          *channel);
void     uc_batch_remove_channel         (UcBatch            *self,
                                          const char         *channel_id);
void     uc_batch_replace_channels       (UcBatch            *self,
                                          GPtrArray          *channels);
void     uc_batch_put_member             (UcBatch            *self,
                                          UcMember           *my_membership);
void     uc_batch_replace_preferences    (UcBatch            *self,
                                          GPtrArray          *preferences);
void     uc_batch_put_preference         (UcBatch            *self,
                                          UcPreference       *preference);
void     uc_batch_remove_preference      (UcBatch            *self,
                                          UcPreference       *preference);

/* A page of history of the whole channel, as evidence: @posts is the contiguous
 * run, oldest first, replies included; other posts go in by put_post(). */
void     uc_batch_put_page               (UcBatch            *self,
                                          const char         *channel_id,
                                          GPtrArray          *posts,
                                          UcPageKind          kind,
                                          const char         *anchor_post_id,
                                          gboolean            reaches_start,
                                          gboolean            reaches_tip);
/* A post that came alone: pushed (@is_live: the stream is continuous, so the span
 * at the tip grows and counters move as protocol.md 19.2 says; @mentions_me from
 * the event) or found somewhere (search, thread, since). */
void     uc_batch_put_pushed_post        (UcBatch            *self,
                                          UcPost             *post,
                                          gboolean            mentions_me);
void     uc_batch_put_post               (UcBatch            *self,
                                          UcPost             *post);
/* The whole thread of @root_id is in @posts: what is missing here was deleted. */
void     uc_batch_remove_post            (UcBatch            *self,
                                          const char         *post_id,
                                          gint64              delete_at_ms);
/* How many replies a message has now. */
void     uc_batch_set_reply_count        (UcBatch            *self,
                                          const char         *root_id,
                                          int                 count);
void     uc_batch_put_reaction           (UcBatch            *self,
                                          UcReaction         *reaction);
void     uc_batch_remove_reaction        (UcBatch            *self,
                                          UcReaction         *reaction);
void     uc_batch_put_file               (UcBatch            *self,
                                          UcFile             *file);

/* The stream broke: no span reaches the tip any more. */
void     uc_batch_clear_tips             (UcBatch            *self);
/* The server names no newer post: what is known up to its last one reaches the tip. */
void     uc_batch_claim_tip              (UcBatch            *self,
                                          const char         *channel_id);
/* A channel read to its end when nothing after @known_ms (0: not known) was written yet,
 * or set unread from a post on. */
void     uc_batch_mark_read              (UcBatch            *self,
                                          const char         *channel_id,
                                          gint64              known_ms);
/* What was just written of one's own reading is older than the posts from @from_ms on,
 * which are here already. */
void     uc_batch_leave_unread           (UcBatch            *self,
                                          const char         *channel_id,
                                          gint64              from_ms);
void     uc_batch_set_unread             (UcBatch            *self,
                                          const char         *channel_id,
                                          gint64              last_viewed_at_ms,
                                          gint64              read_msg_count,
                                          gint64              mention_count);

/* Outgoing. queue_* writes the outbox row and what the screen shows of it in one
 * transaction. @op_id is new for each operation (uc_id_new()); in queue_post the
 * provisional post carries it and has the temporary id "local:<op_id>". */
void     uc_batch_queue_post             (UcBatch            *self,
                                          UcPost             *provisional);
void     uc_batch_queue_edit             (UcBatch            *self,
                                          const char         *op_id,
                                          const char         *post_key,
                                          const char         *message);
void     uc_batch_queue_delete           (UcBatch            *self,
                                          const char         *op_id,
                                          const char         *post_key);
void     uc_batch_queue_reaction         (UcBatch            *self,
                                          const char         *op_id,
                                          const char         *post_key,
                                          const char         *my_user_id,
                                          const char         *emoji_name,
                                          gboolean            add);
void     uc_batch_queue_pin              (UcBatch            *self,
                                          const char         *op_id,
                                          const char         *post_key,
                                          gboolean            pin);
void     uc_batch_queue_save             (UcBatch            *self,
                                          const char         *op_id,
                                          const char         *post_key,
                                          const char         *my_user_id,
                                          gboolean            save);
void     uc_batch_queue_view             (UcBatch            *self,
                                          const char         *op_id,
                                          const char         *channel_id);
void     uc_batch_queue_set_unread       (UcBatch            *self,
                                          const char         *op_id,
                                          const char         *post_key);
void     uc_batch_outbox_set             (UcBatch            *self,
                                          const char         *op_id,
                                          UcSendState         state,
                                          const char         *reason,
                                          gint64              next_try_ms);
/* The text that a queued edit is to replace is another by now. */
void     uc_batch_outbox_rebase          (UcBatch            *self,
                                          const char         *op_id,
                                          const char         *text);
void     uc_batch_outbox_upload_done     (UcBatch            *self,
                                          const char         *op_id,
                                          int                 index,
                                          const char         *file_id);
/* The acknowledgement: from the HTTP answer or from the pushed event, whichever is
 * first; the second one changes nothing. @post is NULL for what makes no post. */
void     uc_batch_outbox_done            (UcBatch            *self,
                                          const char         *op_id,
                                          UcPost             *post);
void     uc_batch_outbox_discard         (UcBatch            *self,
                                          const char         *op_id);
/* A message that still waits: its text is rewritten in place. */
void     uc_batch_outbox_rewrite         (UcBatch            *self,
                                          const char         *op_id,
                                          const char         *message);

void     uc_batch_put_draft              (UcBatch            *self,
                                          const char         *channel_id,
                                          const char         *root_id,
                                          const char         *text);
void     uc_batch_put_annotation         (UcBatch            *self,
                                          gint64              seq,
                                          UcAnnotation       *annotation);
void     uc_batch_put_flags              (UcBatch            *self,
                                          gint64              revision,
                                          const char         *document);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (UcBatch, uc_batch_free)

G_END_DECLS
