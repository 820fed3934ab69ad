/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Which messages are notified. The settings are the server's, so that a person has them
 * on every device: the account's notify_props.desktop, the channel's notify_props.desktop
 * and mark_unread (protocol.md 4.1, 6.1); who is mentioned the server has worked out
 * (protocol.md 19.1). This computer can only switch it all off.
 */

#include "config.h"

#include "uc-notify-rule.h"

#include "uc-channel.h"
#include "uc-json-text.h"
#include "uc-member.h"
#include "uc-post.h"
#include "uc-user.h"

#include <glib/gi18n-lib.h>
#include <string.h>

typedef enum {
  LEVEL_DEFAULT,
  LEVEL_ALL,
  LEVEL_MENTION,
  LEVEL_NONE,
} Level;

static Level
parse_level (const char *text)
{
  if (g_strcmp0 (text, "all") == 0)
    return LEVEL_ALL;
  if (g_strcmp0 (text, "mention") == 0)
    return LEVEL_MENTION;
  if (g_strcmp0 (text, "none") == 0)
    return LEVEL_NONE;
  return LEVEL_DEFAULT;
}

/* What the account says is what the server has when nothing was ever set. */
static Level
get_account_level (const UcUser *me)
{
  g_autofree char *text = me != NULL ? uc_json_text_dup_string (me->notify_props, "desktop") : NULL;
  Level            level = parse_level (text);

  return level != LEVEL_DEFAULT ? level : LEVEL_MENTION;
}

static gboolean
is_direct (const UcChannelState *state)
{
  return state != NULL &&
         (state->channel->type == UC_CHANNEL_DIRECT || state->channel->type == UC_CHANNEL_GROUP);
}

static UcNotifyReason
decide_by_level (const UcNotifyCase *one)
{
  const UcMember *member = one->state != NULL ? one->state->member : NULL;
  Level           own = member != NULL ? parse_level (member->notify_desktop) : LEVEL_DEFAULT;
  Level           level = own != LEVEL_DEFAULT ? own : get_account_level (one->me);

  if (level == LEVEL_NONE)
    return own == LEVEL_NONE ? UC_NOTIFY_OFF_CHANNEL : UC_NOTIFY_OFF_ACCOUNT;
  if (one->mentions_me && !is_direct (one->state))
    return UC_NOTIFY_MENTION;
  /* Whoever is written to directly is meant, also by those who follow mentions only. */
  if (is_direct (one->state))
    return UC_NOTIFY_DIRECT;
  return level == LEVEL_ALL ? UC_NOTIFY_ALL : UC_NOTIFY_ONLY_MENTION;
}

/**
 * uc_notify_decide:
 * @one: a message and what the rule needs to know of it
 *
 * Any thread.
 *
 * Returns: whether @one is notified, and why
 */
UcNotifyReason
uc_notify_decide (const UcNotifyCase *one)
{
  const UcMember *member;

  g_return_val_if_fail (one != NULL && one->post != NULL, UC_NOTIFY_SYSTEM);

  member = one->state != NULL ? one->state->member : NULL;
  /* What a webhook writes in one's name is news all the same. */
  if (strcmp (one->post->user_id, one->my_user_id) == 0 && !one->post->is_from_bot)
    return UC_NOTIFY_OWN;
  if (uc_post_is_system (one->post))
    return UC_NOTIFY_SYSTEM;
  if (!one->is_on_here)
    return UC_NOTIFY_OFF_HERE;
  if (one->presence == UC_PRESENCE_DND)
    return UC_NOTIFY_DISTURBING;
  if (member != NULL && member->is_muted)
    return UC_NOTIFY_MUTED;
  if (one->is_watched)
    return UC_NOTIFY_WATCHED;
  return decide_by_level (one);
}

/**
 * uc_notify_reason_is_yes:
 *
 * Returns: whether what has this reason is notified
 */
gboolean
uc_notify_reason_is_yes (UcNotifyReason reason)
{
  return reason < UC_NOTIFY_N_YES;
}

/**
 * uc_notify_reason_describe:
 *
 * Returns: (transfer none): the reason for a person
 */
const char *
uc_notify_reason_describe (UcNotifyReason reason)
{
  switch (reason) {
  case UC_NOTIFY_MENTION:
    return _ ("It names you, one of your keywords or everybody in the channel.");
  case UC_NOTIFY_DIRECT:
    return _ ("It was written to you directly.");
  case UC_NOTIFY_ALL:
    return _ ("You are notified of everything in this conversation.");
  case UC_NOTIFY_OWN:
    return _ ("You wrote it yourself.");
  case UC_NOTIFY_SYSTEM:
    return _ ("It only tells that something has changed in the channel.");
  case UC_NOTIFY_OFF_HERE:
    return _ ("Notifications are switched off on this computer, in the preferences.");
  case UC_NOTIFY_DISTURBING:
    return _ ("You have asked not to be disturbed.");
  case UC_NOTIFY_MUTED:
    return _ ("The conversation is muted.");
  case UC_NOTIFY_OFF_CHANNEL:
    return _ ("Notifications are switched off for this conversation.");
  case UC_NOTIFY_OFF_ACCOUNT:
    return _ ("Notifications are switched off in your account on the server.");
  case UC_NOTIFY_ONLY_MENTION:
    return _ ("Only mentions are notified here, and it mentions neither you nor a keyword of "
              "yours.");
  case UC_NOTIFY_WATCHED:
    return _ ("You were looking at the conversation.");
  case UC_NOTIFY_N_REASONS:
  default:
    g_return_val_if_reached ("");
  }
}
