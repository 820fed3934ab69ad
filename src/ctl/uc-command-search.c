/* SPDX-License-Identifier: GPL-3.0-or-later */

/* search: messages in the store by words and operators, newest first. */

#include "config.h"

#include "uc-commands.h"

#include "uc-find-channel.h"

#include <string.h>
#include <unistd.h>

#define DEFAULT_LIMIT 50

/* The marks around what was found become bold on a terminal and nothing elsewhere. */
static char *
dup_snippet (const char *snippet, gboolean is_terminal)
{
  GString *text = g_string_new (NULL);

  for (const char *p = snippet; *p != '\0'; p++) {
    if (*p != '\2' && *p != '\3')
      g_string_append_c (text, *p == '\n' ? ' ' : *p);
    else if (is_terminal)
      g_string_append (text, *p == '\2' ? "⟦" : "⟧");
  }
  return g_string_free (text, FALSE);
}

static UcChannelState *
find_state (GPtrArray *states, const char *channel_id)
{
  for (guint i = 0; i < states->len; i++) {
    UcChannelState *state = g_ptr_array_index (states, i);

    if (strcmp (state->channel->id, channel_id) == 0)
      return state;
  }
  return NULL;
}

static void
print_hit (UcCtl *ctl, UcNames *names, GPtrArray *states, const UcSearchHit *hit)
{
  g_autofree char *snippet = dup_snippet (hit->snippet, isatty (1));
  UcChannelState  *state = find_state (states, hit->message->post->channel_id);
  g_autofree char *channel_name =
      state != NULL ? uc_names_dup_channel (names, state->channel, ctl->user_id) : NULL;

  uc_print_message (names, hit->message, channel_name, snippet);
}

/**
 * uc_command_search:
 *
 * Returns: the exit status
 */
int
uc_command_search (UcCtl *ctl, int argc, char **argv)
{
  int                limit = DEFAULT_LIMIT;
  const GOptionEntry entries[] = {
    { "limit", 0, 0, G_OPTION_ARG_INT, &limit, "At most so many", "N" },
    G_OPTION_ENTRY_NULL,
  };
  g_auto (UcWait) wait = { 0 };
  g_autoptr (GError) error = NULL;
  g_autoptr (UcNames) names = NULL;
  g_autoptr (GPtrArray) states = NULL;
  g_autoptr (GPtrArray) hits = NULL;
  g_autofree char *query = NULL;
  int              status;

  if (!uc_ctl_parse (ctl, entries, 1, G_MAXINT, &argc, &argv, &status))
    return status;
  if (ctl->store_path == NULL)
    return uc_ctl_usage (ctl, "--store is needed");
  if (limit < 1)
    return uc_ctl_usage (ctl, "--limit is at least 1");
  if (!uc_ctl_open_store_to_read (ctl) || !uc_ctl_load_account (ctl))
    return UC_EXIT_FAILED;

  query = g_strjoinv (" ", argv + 1);
  uc_store_search_async (ctl->store, query, ctl->user_id, UC_SEARCH_NEWEST, 0, (guint) limit, NULL,
                         uc_wait_cb, &wait);
  hits = uc_store_search_finish (ctl->store, uc_wait_for (&wait), &error);
  if (hits == NULL)
    return uc_ctl_fail (ctl, NULL, error);
  names = uc_names_load (ctl);
  states = uc_find_all_channels (ctl);
  if (names == NULL || states == NULL)
    return UC_EXIT_FAILED;

  for (guint i = 0; i < hits->len; i++) {
    UcSearchHit *hit = g_ptr_array_index (hits, i);

    if (ctl->wants_json)
      uc_print_json (uc_print_make_message (hit->message));
    else
      print_hit (ctl, names, states, hit);
  }
  return UC_EXIT_DONE;
}
