/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Putting a channel back to how it was before a post: what somebody does who wants to
 * come back to it. */

#include "config.h"

#include "uc-post-private.h"

#include "uc-channel-table.h"
#include "uc-post-table.h"
#include "uc-refusal.h"

/* Mentions are counted among so many of the posts that are unread again. */
#define MAX_COUNTED 200

static gboolean
count_mentions (UcTxn           *txn,
                const UcChannel *channel,
                const char      *username,
                gint64           seq,
                UcChannelMember *member,
                GError         **error)
{
  const UcPageQuery query = {
    .channel_id = channel->id, .kind = UC_PAGE_AFTER, .seq = seq - 1, .limit = MAX_COUNTED
  };
  g_autoptr (UcListener) listener = NULL;
  g_autoptr (GPtrArray) posts = NULL;

  member->mention_count = 0;
  member->mention_count_root = 0;
  if (!uc_member_table_find_listener (txn->db, channel->id, username, &listener, error))
    return FALSE;
  if (listener == NULL)
    return TRUE;
  posts = uc_post_table_list_page (txn->db, &query, error);
  for (guint i = 0; posts != NULL && i < posts->len; i++) {
    const UcPost *post = g_ptr_array_index (posts, i);

    if (!_uc_post_calls (txn, channel, post, listener))
      continue;
    member->mention_count++;
    member->mention_count_root += *post->root_id == '\0';
  }
  return posts != NULL;
}

static gboolean
move_back (UcTxn           *txn,
           const UcActor   *actor,
           const UcChannel *channel,
           const UcPost    *post,
           UcChannelMember *member,
           GError         **error)
{
  gint64 seq = 0;
  gint64 n_unread = 0;
  gint64 n_unread_root = 0;

  if (!uc_post_table_find_seq (txn->db, channel->id, post->id, &seq, error) ||
      !uc_post_table_count_from (txn->db, channel->id, seq, &n_unread, &n_unread_root, error) ||
      !count_mentions (txn, channel, actor->username, seq, member, error))
    return FALSE;
  member->msg_count = MAX (0, channel->total_msg_count - n_unread);
  member->msg_count_root = MAX (0, channel->total_msg_count_root - n_unread_root);
  member->last_viewed_at_ms = post->create_at_ms - 1;
  member->last_update_at_ms = txn->now_ms;
  return uc_member_table_put (txn->db, member, error);
}

static void
add_counts (JsonObject *object, const UcChannelMember *member)
{
  json_object_set_int_member (object, "msg_count", member->msg_count);
  json_object_set_int_member (object, "mention_count", member->mention_count);
  json_object_set_int_member (object, "mention_count_root", member->mention_count_root);
  json_object_set_int_member (object, "msg_count_root", member->msg_count_root);
  json_object_set_int_member (object, "last_viewed_at", member->last_viewed_at_ms);
}

/**
 * uc_post_service_set_unread:
 * @answer: (out) (transfer full): the membership as it is now, in the words of the API
 *
 * Errors: UC_REFUSAL_PERMISSION
 */
gboolean
uc_post_service_set_unread (UcTxn         *txn,
                            const UcActor *actor,
                            const char    *post_id,
                            JsonObject   **answer,
                            GError       **error)
{
  g_autoptr (UcPost) post = uc_post_table_find (txn->db, post_id, FALSE, NULL);
  g_autoptr (UcChannel) channel = NULL;
  g_autoptr (UcChannelMember) member = NULL;
  JsonObject *data;

  if (post == NULL) {
    uc_refuse (error, UC_REFUSAL_PERMISSION);
    return FALSE;
  }
  channel = uc_channel_table_find (txn->db, post->channel_id, error);
  if (channel == NULL ||
      !uc_member_table_find (txn->db, channel->id, actor->user_id, &member, error))
    return FALSE;
  if (member == NULL) {
    uc_refuse (error, UC_REFUSAL_PERMISSION);
    return FALSE;
  }
  if (!move_back (txn, actor, channel, post, member, error))
    return FALSE;

  data = json_object_new ();
  json_object_set_string_member (data, "post_id", post_id);
  add_counts (data, member);
  uc_txn_push_about (txn, actor->user_id, channel->id, channel->team_id, "post_unread", data);
  *answer = json_object_new ();
  json_object_set_string_member (*answer, "team_id", channel->team_id);
  json_object_set_string_member (*answer, "user_id", actor->user_id);
  json_object_set_string_member (*answer, "channel_id", channel->id);
  add_counts (*answer, member);
  return TRUE;
}
