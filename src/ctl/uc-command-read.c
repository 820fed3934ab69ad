/* SPDX-License-Identifier: GPL-3.0-or-later */

/* read: the newest messages of a conversation, or those before one, oldest first. */

#include "config.h"

#include "uc-commands.h"

#include "uc-find-channel.h"

#define DEFAULT_LIMIT 60
#define PAGE_LIMIT    500

static gboolean
load_seq (UcCtl *ctl, const char *post_id, gint64 *seq)
{
  g_auto (UcWait) wait = { 0 };
  g_autoptr (GError) error = NULL;
  g_autoptr (UcMessage) message = NULL;

  uc_store_load_message_async (ctl->store, post_id, NULL, uc_wait_cb, &wait);
  message = uc_store_load_message_finish (ctl->store, uc_wait_for (&wait), &error);
  if (message == NULL) {
    uc_ctl_fail (ctl, post_id, error);
    return FALSE;
  }
  *seq = message->seq;
  return TRUE;
}

static UcWindow *
load_window (UcCtl *ctl, const char *channel_id, gint64 before_seq, guint limit)
{
  g_auto (UcWait) wait = { 0 };
  g_autoptr (GError) error = NULL;
  UcWindow *window;

  uc_store_load_window_async (ctl->store, channel_id, "",
                              before_seq != 0 ? UC_WINDOW_BEFORE : UC_WINDOW_NEWEST, before_seq,
                              limit, NULL, uc_wait_cb, &wait);
  window = uc_store_load_window_finish (ctl->store, uc_wait_for (&wait), &error);
  if (window == NULL)
    uc_ctl_fail (ctl, NULL, error);
  return window;
}

/* Pages from the newest to the oldest; they are printed the other way round. */
static GPtrArray *
load_messages (UcCtl *ctl, const char *channel_id, gint64 before_seq, guint limit)
{
  g_autoptr (GPtrArray) newest_first =
      g_ptr_array_new_with_free_func ((GDestroyNotify) uc_message_unref);

  while (newest_first->len < limit) {
    g_autoptr (UcWindow) window =
        load_window (ctl, channel_id, before_seq, MIN (limit - newest_first->len, PAGE_LIMIT));

    if (window == NULL)
      return NULL;
    for (guint i = window->messages->len; i > 0; i--) {
      UcMessage *message = g_ptr_array_index (window->messages, i - 1);

      /* A grave has nothing to read. */
      if (message->post->delete_at_ms == 0)
        g_ptr_array_add (newest_first, uc_message_ref (message));
      before_seq = message->seq;
    }
    if (!window->has_older || window->messages->len == 0)
      break;
  }
  return g_steal_pointer (&newest_first);
}

/**
 * uc_command_read:
 *
 * Returns: the exit status
 */
int
uc_command_read (UcCtl *ctl, int argc, char **argv)
{
  g_autofree char   *channel_name = NULL;
  g_autofree char   *before_id = NULL;
  int                limit = DEFAULT_LIMIT;
  const GOptionEntry entries[] = {
    { "channel", 0, 0, G_OPTION_ARG_STRING, &channel_name, "Id, name or @user", "NAME" },
    { "before", 0, 0, G_OPTION_ARG_STRING, &before_id, "Only older ones than this", "ID" },
    { "limit", 0, 0, G_OPTION_ARG_INT, &limit, "At most so many", "N" },
    G_OPTION_ENTRY_NULL,
  };
  g_autoptr (UcNames) names = NULL;
  g_autoptr (UcChannel) channel = NULL;
  g_autoptr (GPtrArray) messages = NULL;
  gint64 before_seq = 0;
  int    status;

  if (!uc_ctl_parse (ctl, entries, 0, 0, &argc, &argv, &status))
    return status;
  if (ctl->store_path == NULL || channel_name == NULL)
    return uc_ctl_usage (ctl, "--store and --channel are needed");
  if (limit < 1)
    return uc_ctl_usage (ctl, "--limit is at least 1");
  if (!uc_ctl_open_store_to_read (ctl) || !uc_ctl_load_account (ctl))
    return UC_EXIT_FAILED;

  names = uc_names_load (ctl);
  if (names == NULL)
    return UC_EXIT_FAILED;
  channel = uc_find_channel (ctl, names, channel_name);
  if (channel == NULL || (before_id != NULL && !load_seq (ctl, before_id, &before_seq)))
    return UC_EXIT_FAILED;
  messages = load_messages (ctl, channel->id, before_seq, (guint) limit);
  if (messages == NULL)
    return UC_EXIT_FAILED;

  for (guint i = messages->len; i > 0; i--) {
    UcMessage *message = g_ptr_array_index (messages, i - 1);

    if (ctl->wants_json)
      uc_print_json (uc_print_make_message (message));
    else
      uc_print_message (names, message, NULL, NULL);
  }
  return UC_EXIT_DONE;
}
