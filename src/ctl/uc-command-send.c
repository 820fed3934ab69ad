/* SPDX-License-Identifier: GPL-3.0-or-later */

/* send: puts a message into the outbox, with files if wanted. It goes out with the next
 * sync. */

#include "config.h"

#include "uc-commands.h"

#include "uc-error.h"
#include "uc-find-channel.h"
#include "uc-limits.h"

#include <stdio.h>
#include <string.h>

#define OUT_OF_REACH_S 10

typedef struct {
  char  *channel_name; /* (owned) (nullable) */
  char  *user_name;    /* (owned) (nullable) */
  char  *thread_id;    /* (owned) (nullable) */
  char **paths;        /* (owned) (nullable) */
  int    limit_s;
} Options;

static void
options_clear (Options *options)
{
  g_free (options->channel_name);
  g_free (options->user_name);
  g_free (options->thread_id);
  g_strfreev (options->paths);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Options, options_clear)

static char *
dup_channel_id (UcCtl *ctl, const Options *options)
{
  g_autoptr (UcNames) names = NULL;
  g_autoptr (UcChannel) channel = NULL;

  if (options->user_name != NULL)
    return uc_find_direct (ctl, options->user_name, options->limit_s);
  if (*options->channel_name == '@')
    return uc_find_direct (ctl, options->channel_name, options->limit_s);
  names = uc_names_load (ctl);
  channel = names != NULL ? uc_find_channel (ctl, names, options->channel_name) : NULL;
  return channel != NULL ? g_strdup (channel->id) : NULL;
}

/* Any message of a thread names it; a reply belongs to the thread of its root. */
static char *
dup_root_key (UcCtl *ctl, const char *thread_id)
{
  g_auto (UcWait) wait = { 0 };
  g_autoptr (GError) error = NULL;
  g_autoptr (UcMessage) message = NULL;

  if (thread_id == NULL)
    return g_strdup ("");
  uc_store_load_message_async (ctl->store, thread_id, NULL, uc_wait_cb, &wait);
  message = uc_store_load_message_finish (ctl->store, uc_wait_for (&wait), &error);
  if (message == NULL) {
    uc_ctl_fail (ctl, thread_id, error);
    return NULL;
  }
  return g_strdup (*message->post->root_id != '\0' ? message->post->root_id : message->key);
}

/* "-" is standard input. */
static char *
dup_text (UcCtl *ctl, int argc, char **argv)
{
  GString *text;
  char     chunk[4096];
  gsize    n;

  if (argc < 2)
    return g_strdup ("");
  if (strcmp (argv[1], "-") != 0 || argc > 2)
    return g_strjoinv (" ", argv + 1);

  text = g_string_new (NULL);
  while ((n = fread (chunk, 1, sizeof chunk, stdin)) > 0 && text->len <= UC_LIMIT_JSON_BYTES)
    g_string_append_len (text, chunk, (gssize) n);
  if (text->len > 0 && text->str[text->len - 1] == '\n')
    g_string_truncate (text, text->len - 1);
  return g_string_free (text, FALSE);
}

/* The row that was just queued is the newest of the outbox. */
static int
print_queued (UcCtl *ctl)
{
  g_auto (UcWait) wait = { 0 };
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) rows = NULL;
  UcOutboxRow *row;

  uc_store_load_outbox_async (ctl->store, NULL, uc_wait_cb, &wait);
  rows = uc_store_load_outbox_finish (ctl->store, uc_wait_for (&wait), &error);
  if (rows == NULL)
    return uc_ctl_fail (ctl, NULL, error);
  if (rows->len == 0)
    return UC_EXIT_DONE;

  row = g_ptr_array_index (rows, rows->len - 1);
  if (ctl->wants_json)
    uc_print_json (uc_outbox_make_row (row));
  else
    printf ("%s\n", row->op_id);
  return UC_EXIT_DONE;
}

/**
 * uc_command_send:
 *
 * Returns: the exit status
 */
int
uc_command_send (UcCtl *ctl, int argc, char **argv)
{
  g_auto (Options) options = { NULL, NULL, NULL, NULL, OUT_OF_REACH_S };
  const GOptionEntry entries[] = {
    { "channel", 0, 0, G_OPTION_ARG_STRING, &options.channel_name, "Id, name or @user", "NAME" },
    { "user", 0, 0, G_OPTION_ARG_STRING, &options.user_name, "A direct message to", "NAME" },
    { "thread", 0, 0, G_OPTION_ARG_STRING, &options.thread_id, "A reply to", "ID" },
    { "file", 0, 0, G_OPTION_ARG_FILENAME_ARRAY, &options.paths, "A file to go along", "FILE" },
    { "timeout", 0, 0, G_OPTION_ARG_INT, &options.limit_s, "How long to wait for the server",
      "SECONDS" },
    G_OPTION_ENTRY_NULL,
  };
  g_auto (UcWait) wait = { 0 };
  g_autoptr (GError) error = NULL;
  g_autofree char *channel_id = NULL;
  g_autofree char *root_key = NULL;
  g_autofree char *text = NULL;
  int              status;

  if (!uc_ctl_parse (ctl, entries, 0, G_MAXINT, &argc, &argv, &status))
    return status;
  if (ctl->store_path == NULL || (options.channel_name == NULL) == (options.user_name == NULL))
    return uc_ctl_usage (ctl, "--store and one of --channel and --user are needed");
  if (argc < 2 && options.paths == NULL)
    return uc_ctl_usage (ctl, "there is nothing to send");
  text = dup_text (ctl, argc, argv);
  if (!g_utf8_validate (text, -1, NULL))
    return uc_ctl_fail (ctl, "the text is not UTF-8", NULL);

  if (!uc_ctl_open_session (ctl))
    return UC_EXIT_FAILED;
  channel_id = dup_channel_id (ctl, &options);
  root_key = channel_id != NULL ? dup_root_key (ctl, options.thread_id) : NULL;
  if (root_key == NULL)
    return UC_EXIT_FAILED;

  uc_session_send_async (ctl->session, channel_id, root_key, text,
                         (const char *const *) options.paths, NULL, uc_wait_cb, &wait);
  if (!uc_session_send_finish (ctl->session, uc_wait_for (&wait), &error))
    return uc_ctl_fail (ctl, NULL, error);
  return print_queued (ctl);
}
