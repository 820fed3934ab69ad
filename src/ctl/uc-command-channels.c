/* SPDX-License-Identifier: GPL-3.0-or-later */

/* channels: the conversations in the store, with what is unread in them. */

#include "config.h"

#include "uc-commands.h"

#include "uc-find-channel.h"
#include "uc-wire-json.h"

#include <stdio.h>

static void
print_json (UcNames *names, const UcChannelState *state, const char *my_user_id)
{
  g_autoptr (JsonNode) node = uc_wire_channel_to_json (state->channel);
  JsonObject *object = json_object_ref (json_node_get_object (node));

  /* Of a direct channel the API has none. */
  if (*state->channel->display_name == '\0') {
    g_autofree char *name = uc_names_dup_channel (names, state->channel, my_user_id);

    json_object_set_string_member (object, "display_name", name);
  }
  json_object_set_int_member (object, "unread", state->unread);
  json_object_set_int_member (object, "mention_count", state->mentions);
  json_object_set_boolean_member (object, "favorite", state->is_favourite);
  json_object_set_int_member (object, "failed", state->n_failed);
  uc_print_json (object);
}

static void
print_text (UcNames *names, const UcChannelState *state, const char *my_user_id)
{
  g_autofree char *name = uc_names_dup_channel (names, state->channel, my_user_id);
  gboolean         is_direct = state->channel->type == UC_CHANNEL_DIRECT;

  printf ("%s  %s  %-24s %s%s\n", state->channel->id,
          uc_channel_type_to_string (state->channel->type), is_direct ? name : state->channel->name,
          is_direct ? "" : name,
          state->mentions > 0 ? "  @"
          : state->unread > 0 ? "  *"
                              : "");
}

/**
 * uc_command_channels:
 *
 * Returns: the exit status
 */
int
uc_command_channels (UcCtl *ctl, int argc, char **argv)
{
  g_autoptr (UcNames) names = NULL;
  g_autoptr (GPtrArray) states = NULL;
  int status;

  if (!uc_ctl_parse (ctl, NULL, 0, 0, &argc, &argv, &status))
    return status;
  if (ctl->store_path == NULL)
    return uc_ctl_usage (ctl, "--store is needed");
  if (!uc_ctl_open_store_to_read (ctl) || !uc_ctl_load_account (ctl))
    return UC_EXIT_FAILED;

  names = uc_names_load (ctl);
  states = uc_find_all_channels (ctl);
  if (names == NULL || states == NULL)
    return UC_EXIT_FAILED;
  for (guint i = 0; i < states->len; i++) {
    if (ctl->wants_json)
      print_json (names, g_ptr_array_index (states, i), ctl->user_id);
    else
      print_text (names, g_ptr_array_index (states, i), ctl->user_id);
  }
  return UC_EXIT_DONE;
}
