/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The table of what each kind of event writes. It knows neither when nor in which
 * order: that is the ingest's. */

#include "config.h"

#include "uc-ingest-handlers-private.h"

typedef UcFollow (*Handler) (const UcEvent *event, const UcIngestEnv *env, UcBatch *batch);

static gboolean
is_me (const UcIngestEnv *env, const char *user_id)
{
  return g_strcmp0 (user_id, env->my_user_id) == 0;
}

static UcFollow
handle_aside (const UcEvent *event, const UcIngestEnv *env, UcBatch *batch)
{
  return UC_FOLLOW_ASIDE;
}

static UcFollow
handle_posted (const UcEvent *event, const UcIngestEnv *env, UcBatch *batch)
{
  gboolean mentions_me;

  if (event->post == NULL)
    return UC_FOLLOW_NOTHING;

  mentions_me = event->mentions != NULL &&
                g_strv_contains ((const char *const *) event->mentions, env->my_user_id);
  /* Of one's own it is also the acknowledgement: the store knows its operation. */
  uc_batch_put_pushed_post (batch, event->post, mentions_me);
  return UC_FOLLOW_NOTHING;
}

static UcFollow
handle_post_edited (const UcEvent *event, const UcIngestEnv *env, UcBatch *batch)
{
  if (event->post != NULL)
    uc_batch_put_post (batch, event->post);
  return UC_FOLLOW_NOTHING;
}

static UcFollow
handle_post_deleted (const UcEvent *event, const UcIngestEnv *env, UcBatch *batch)
{
  if (event->post == NULL)
    return UC_FOLLOW_NOTHING;
  /* The post comes as it was, so its own delete_at is mostly 0 still, and the count of
   * its thread has it in. */
  uc_batch_remove_post (batch, event->post->id,
                        event->post->delete_at_ms > 0 ? event->post->delete_at_ms : env->now_ms);
  if (*event->post->root_id != '\0' && event->post->reply_count > 0)
    uc_batch_set_reply_count (batch, event->post->root_id, event->post->reply_count - 1);
  return UC_FOLLOW_NOTHING;
}

static UcFollow
handle_post_unread (const UcEvent *event, const UcIngestEnv *env, UcBatch *batch)
{
  if (event->channel_id != NULL)
    uc_batch_set_unread (batch, event->channel_id, event->last_viewed_at_ms, event->msg_count,
                         event->mention_count);
  return UC_FOLLOW_NOTHING;
}

static UcFollow
handle_reaction_added (const UcEvent *event, const UcIngestEnv *env, UcBatch *batch)
{
  if (event->reaction != NULL)
    uc_batch_put_reaction (batch, event->reaction);
  return UC_FOLLOW_NOTHING;
}

static UcFollow
handle_reaction_removed (const UcEvent *event, const UcIngestEnv *env, UcBatch *batch)
{
  if (event->reaction != NULL)
    uc_batch_remove_reaction (batch, event->reaction);
  return UC_FOLLOW_NOTHING;
}

static UcFollow
handle_channel_viewed (const UcEvent *event, const UcIngestEnv *env, UcBatch *batch)
{
  for (guint i = 0; event->channel_ids != NULL && event->channel_ids[i] != NULL; i++)
    uc_batch_mark_read (batch, event->channel_ids[i], env->known_ms);
  return UC_FOLLOW_NOTHING;
}

static UcFollow
handle_channel_updated (const UcEvent *event, const UcIngestEnv *env, UcBatch *batch)
{
  if (event->channel != NULL)
    uc_batch_put_channel (batch, event->channel);
  return UC_FOLLOW_NOTHING;
}

static UcFollow
handle_channel_new (const UcEvent *event, const UcIngestEnv *env, UcBatch *batch)
{
  return event->channel_id != NULL ? UC_FOLLOW_CHANNEL : UC_FOLLOW_NOTHING;
}

static UcFollow
handle_channel_deleted (const UcEvent *event, const UcIngestEnv *env, UcBatch *batch)
{
  if (event->channel_id == NULL)
    return UC_FOLLOW_NOTHING;
  uc_batch_remove_channel (batch, event->channel_id);
  return UC_FOLLOW_CHANNEL_GONE;
}

static UcFollow
handle_member_updated (const UcEvent *event, const UcIngestEnv *env, UcBatch *batch)
{
  if (event->member != NULL && is_me (env, event->member->user_id))
    uc_batch_put_member (batch, event->member);
  return UC_FOLLOW_NOTHING;
}

static UcFollow
handle_user_added (const UcEvent *event, const UcIngestEnv *env, UcBatch *batch)
{
  return is_me (env, event->user_id) && event->channel_id != NULL ? UC_FOLLOW_CHANNEL
                                                                  : UC_FOLLOW_NOTHING;
}

static UcFollow
handle_user_removed (const UcEvent *event, const UcIngestEnv *env, UcBatch *batch)
{
  return is_me (env, event->user_id) ? handle_channel_deleted (event, env, batch)
                                     : UC_FOLLOW_NOTHING;
}

static UcFollow
handle_team_joined_or_left (const UcEvent *event, const UcIngestEnv *env, UcBatch *batch)
{
  return is_me (env, event->user_id) ? UC_FOLLOW_LISTS : UC_FOLLOW_NOTHING;
}

static UcFollow
handle_update_team (const UcEvent *event, const UcIngestEnv *env, UcBatch *batch)
{
  if (event->team == NULL)
    return UC_FOLLOW_NOTHING;
  /* Of teams one is not in there is no word but deletion and restoring. */
  if (event->team->delete_at_ms > 0 || g_strcmp0 (event->name, "update_team") != 0)
    return UC_FOLLOW_LISTS;
  uc_batch_put_team (batch, event->team);
  return UC_FOLLOW_NOTHING;
}

static UcFollow
handle_user_new (const UcEvent *event, const UcIngestEnv *env, UcBatch *batch)
{
  return event->user_id != NULL ? UC_FOLLOW_USER : UC_FOLLOW_NOTHING;
}

static UcFollow
handle_user_updated (const UcEvent *event, const UcIngestEnv *env, UcBatch *batch)
{
  if (event->user == NULL)
    return UC_FOLLOW_NOTHING;
  uc_batch_put_user (batch, event->user);
  return is_me (env, event->user->id) ? UC_FOLLOW_ASIDE : UC_FOLLOW_NOTHING;
}

static UcFollow
handle_preferences_changed (const UcEvent *event, const UcIngestEnv *env, UcBatch *batch)
{
  for (guint i = 0; event->preferences != NULL && i < event->preferences->len; i++)
    uc_batch_put_preference (batch, g_ptr_array_index (event->preferences, i));
  return UC_FOLLOW_NOTHING;
}

static UcFollow
handle_preferences_deleted (const UcEvent *event, const UcIngestEnv *env, UcBatch *batch)
{
  for (guint i = 0; event->preferences != NULL && i < event->preferences->len; i++)
    uc_batch_remove_preference (batch, g_ptr_array_index (event->preferences, i));
  return UC_FOLLOW_NOTHING;
}

static const Handler handlers[] = {
  [UC_EVENT_POSTED] = handle_posted,
  [UC_EVENT_POST_EDITED] = handle_post_edited,
  [UC_EVENT_POST_DELETED] = handle_post_deleted,
  [UC_EVENT_POST_UNREAD] = handle_post_unread,
  [UC_EVENT_EPHEMERAL_MESSAGE] = handle_aside,
  [UC_EVENT_REACTION_ADDED] = handle_reaction_added,
  [UC_EVENT_REACTION_REMOVED] = handle_reaction_removed,
  [UC_EVENT_TYPING] = handle_aside,
  [UC_EVENT_CHANNEL_VIEWED] = handle_channel_viewed,
  [UC_EVENT_CHANNEL_CREATED] = handle_channel_new,
  [UC_EVENT_CHANNEL_UPDATED] = handle_channel_updated,
  [UC_EVENT_CHANNEL_CONVERTED] = handle_channel_new,
  [UC_EVENT_CHANNEL_DELETED] = handle_channel_deleted,
  [UC_EVENT_CHANNEL_RESTORED] = handle_channel_new,
  [UC_EVENT_CHANNEL_MEMBER_UPDATED] = handle_member_updated,
  [UC_EVENT_DIRECT_ADDED] = handle_channel_new,
  [UC_EVENT_GROUP_ADDED] = handle_channel_new,
  [UC_EVENT_USER_ADDED] = handle_user_added,
  [UC_EVENT_USER_REMOVED] = handle_user_removed,
  [UC_EVENT_ADDED_TO_TEAM] = handle_team_joined_or_left,
  [UC_EVENT_LEAVE_TEAM] = handle_team_joined_or_left,
  [UC_EVENT_UPDATE_TEAM] = handle_update_team,
  [UC_EVENT_NEW_USER] = handle_user_new,
  [UC_EVENT_USER_UPDATED] = handle_user_updated,
  [UC_EVENT_USER_ROLE_UPDATED] = handle_user_new,
  [UC_EVENT_STATUS_CHANGE] = handle_aside,
  [UC_EVENT_PREFERENCES_CHANGED] = handle_preferences_changed,
  [UC_EVENT_PREFERENCES_DELETED] = handle_preferences_deleted,
  [UC_EVENT_CONFIG_CHANGED] = handle_aside,
  [UC_EVENT_FLAGS_CHANGED] = handle_aside,
};

/**
 * _uc_ingest_fill:
 * @event: an event; unknown kinds write nothing
 * @env: who and when
 * @batch: gets what is to be written
 *
 * Returns: what is to be done besides
 */
UcFollow
_uc_ingest_fill (const UcEvent *event, const UcIngestEnv *env, UcBatch *batch)
{
  if ((guint) event->kind >= G_N_ELEMENTS (handlers) || handlers[event->kind] == NULL)
    return UC_FOLLOW_NOTHING;
  return handlers[event->kind](event, env, batch);
}
