/* SPDX-License-Identifier: GPL-3.0-or-later */

/* From what a person types to a conversation in the store. */

#include "config.h"

#include "uc-find-channel.h"

#include "uc-error.h"

#include <stdio.h>
#include <string.h>

GPtrArray *
uc_find_all_channels (UcCtl *ctl)
{
  g_auto (UcWait) wait = { 0 };
  g_autoptr (GError) error = NULL;
  GPtrArray *states;

  uc_store_load_channels_async (ctl->store, NULL, NULL, uc_wait_cb, &wait);
  states = uc_store_load_channels_finish (ctl->store, uc_wait_for (&wait), &error);
  if (states == NULL)
    uc_ctl_fail (ctl, NULL, error);
  return states;
}

static GPtrArray *
load_teams (UcCtl *ctl)
{
  g_auto (UcWait) wait = { 0 };
  g_autoptr (GError) error = NULL;
  GPtrArray *teams;

  uc_store_load_teams_async (ctl->store, NULL, uc_wait_cb, &wait);
  teams = uc_store_load_teams_finish (ctl->store, uc_wait_for (&wait), &error);
  if (teams == NULL)
    uc_ctl_fail (ctl, NULL, error);
  return teams;
}

static const char *
get_team_name (GPtrArray *teams, const char *team_id)
{
  for (guint i = 0; i < teams->len; i++) {
    UcTeam *team = g_ptr_array_index (teams, i);

    if (strcmp (team->id, team_id) == 0)
      return team->name;
  }
  return "";
}

static gboolean
is_direct_with (UcCtl *ctl, UcNames *names, const UcChannel *channel, const char *user_name)
{
  g_autofree char *partner_id = NULL;
  const char      *user_id;

  if (channel->type != UC_CHANNEL_DIRECT)
    return FALSE;
  partner_id = uc_channel_dup_partner_id (channel, ctl->user_id);
  user_id = partner_id != NULL ? partner_id : ctl->user_id;
  return strcmp (user_id, user_name) == 0 ||
         g_ascii_strcasecmp (uc_names_get (names, user_id), user_name) == 0;
}

UcChannel *
uc_find_channel (UcCtl *ctl, UcNames *names, const char *typed)
{
  g_autoptr (GPtrArray) states = uc_find_all_channels (ctl);
  g_autoptr (GPtrArray) teams = load_teams (ctl);
  const char *slash = strchr (typed, '/');
  const char *name = slash != NULL ? slash + 1 : typed;
  UcChannel  *found = NULL;

  if (states == NULL || teams == NULL)
    return NULL;
  if (*name == '~')
    name++;

  for (guint i = 0; i < states->len; i++) {
    UcChannelState *state = g_ptr_array_index (states, i);
    UcChannel      *channel = state->channel;
    const char     *team_name = get_team_name (teams, channel->team_id);

    if (strcmp (channel->id, typed) == 0)
      return uc_channel_ref (channel);
    if (*typed == '@') {
      if (is_direct_with (ctl, names, channel, typed + 1))
        return uc_channel_ref (channel);
      continue;
    }
    if (g_ascii_strcasecmp (channel->name, name) != 0)
      continue;
    if (slash != NULL && (strlen (team_name) != (gsize) (slash - typed) ||
                          strncmp (team_name, typed, (gsize) (slash - typed)) != 0))
      continue;
    if (found != NULL) {
      fprintf (stderr,
               "unified-chat-ctl %s: several teams have a channel “%s”; "
               "name it as TEAM/%s\n",
               ctl->command, typed, typed);
      return NULL;
    }
    found = channel;
  }

  if (found == NULL) {
    fprintf (stderr, "unified-chat-ctl %s: there is no channel “%s” in the store\n", ctl->command,
             typed);
    return NULL;
  }
  return uc_channel_ref (found);
}

static char *
dup_user_id (UcCtl *ctl, const char *user_name)
{
  g_auto (UcWait) wait = { 0 };
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) users = NULL;

  uc_store_load_users_async (ctl->store, NULL, NULL, uc_wait_cb, &wait);
  users = uc_store_load_users_finish (ctl->store, uc_wait_for (&wait), &error);
  if (users == NULL) {
    uc_ctl_fail (ctl, NULL, error);
    return NULL;
  }
  for (guint i = 0; i < users->len; i++) {
    UcUser *user = g_ptr_array_index (users, i);

    if (strcmp (user->id, user_name) == 0 || g_ascii_strcasecmp (user->username, user_name) == 0)
      return g_strdup (user->id);
  }
  fprintf (stderr, "unified-chat-ctl %s: nobody called “%s” is known in the store\n", ctl->command,
           user_name);
  return NULL;
}

char *
uc_find_direct (UcCtl *ctl, const char *user_name, int limit_s)
{
  const char *bare = *user_name == '@' ? user_name + 1 : user_name;
  g_autoptr (UcNames) names = uc_names_load (ctl);
  g_autoptr (GPtrArray) states = uc_find_all_channels (ctl);
  g_auto (UcWait) wait = { 0 };
  g_autoptr (GError) error = NULL;
  g_autofree char *user_id = NULL;
  char            *channel_id;

  if (names == NULL || states == NULL)
    return NULL;
  for (guint i = 0; i < states->len; i++) {
    UcChannelState *state = g_ptr_array_index (states, i);

    if (is_direct_with (ctl, names, state->channel, bare))
      return g_strdup (state->channel->id);
  }

  user_id = dup_user_id (ctl, bare);
  if (user_id == NULL || !uc_ctl_settle (ctl, limit_s))
    return NULL;
  uc_session_open_direct_async (ctl->session, user_id, NULL, uc_wait_cb, &wait);
  channel_id = uc_session_open_direct_finish (ctl->session, uc_wait_for (&wait), &error);
  if (channel_id == NULL)
    uc_ctl_fail (ctl, NULL, error);
  return channel_id;
}
