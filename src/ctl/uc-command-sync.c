/* SPDX-License-Identifier: GPL-3.0-or-later */

/* sync: brings the store up to date with the server, sends what waits and, with
 * --full, reads the whole history of every conversation. */

#include "config.h"

#include "uc-commands.h"

#include "uc-print.h"

#include <stdio.h>
#include <unistd.h>

#define OUT_OF_REACH_S 10

typedef struct {
  guint    n_added;
  guint    n_changed;
  guint    n_removed;
  guint    n_sent;
  gboolean is_terminal;
} Counts;

static void
changed_cb (UcStore *store, UcChangeSet *changes, gpointer user_data)
{
  Counts *counts = user_data;

  for (guint i = 0; i < changes->messages->len; i++) {
    UcMessageChange *change = g_ptr_array_index (changes->messages, i);

    switch (change->kind) {
    case UC_MESSAGE_ADDED:
      counts->n_added++;
      break;
    case UC_MESSAGE_REMOVED:
      counts->n_removed++;
      break;
    case UC_MESSAGE_CHANGED:
    default:
      counts->n_changed++;
      break;
    }
  }
  if (counts->is_terminal && changes->messages->len > 0)
    fprintf (stderr, "\r%u messages", counts->n_added);
}

static GPtrArray *
load_outbox (UcCtl *ctl)
{
  g_auto (UcWait) wait = { 0 };
  g_autoptr (GError) error = NULL;
  GPtrArray *rows;

  uc_store_load_outbox_async (ctl->store, NULL, uc_wait_cb, &wait);
  rows = uc_store_load_outbox_finish (ctl->store, uc_wait_for (&wait), &error);
  if (rows == NULL)
    uc_ctl_fail (ctl, NULL, error);
  return rows;
}

static gboolean
sync_full (UcCtl *ctl)
{
  g_auto (UcWait) wait = { 0 };
  g_autoptr (GError) error = NULL;

  uc_session_sync_full_async (ctl->session, NULL, uc_wait_cb, &wait);
  if (uc_session_sync_full_finish (ctl->session, uc_wait_for (&wait), &error))
    return TRUE;
  uc_ctl_fail (ctl, "reading the whole history", error);
  return FALSE;
}

static void
print_counts (UcCtl *ctl, const Counts *counts, guint n_waiting, guint n_failed)
{
  JsonObject *object;

  if (!ctl->wants_json) {
    printf ("%u new, %u changed, %u removed; %u sent, %u waiting, %u failed\n", counts->n_added,
            counts->n_changed, counts->n_removed, counts->n_sent, n_waiting, n_failed);
    return;
  }
  object = json_object_new ();
  json_object_set_int_member (object, "added", counts->n_added);
  json_object_set_int_member (object, "changed", counts->n_changed);
  json_object_set_int_member (object, "removed", counts->n_removed);
  json_object_set_int_member (object, "sent", counts->n_sent);
  json_object_set_int_member (object, "waiting", n_waiting);
  json_object_set_int_member (object, "failed", n_failed);
  uc_print_json (object);
}

static guint
count_state (GPtrArray *rows, UcSendState state)
{
  guint n = 0;

  for (guint i = 0; i < rows->len; i++) {
    UcOutboxRow *row = g_ptr_array_index (rows, i);

    if (row->state == state)
      n++;
  }
  return n;
}

/**
 * uc_command_sync:
 *
 * Returns: the exit status
 */
int
uc_command_sync (UcCtl *ctl, int argc, char **argv)
{
  gboolean           is_full = FALSE;
  int                limit_s = OUT_OF_REACH_S;
  const GOptionEntry entries[] = {
    { "full", 0, 0, G_OPTION_ARG_NONE, &is_full, "The whole history of every channel", NULL },
    { "timeout", 0, 0, G_OPTION_ARG_INT, &limit_s, "How long to wait for the server", "SECONDS" },
    G_OPTION_ENTRY_NULL,
  };
  Counts counts = { 0 };
  g_autoptr (GPtrArray) before = NULL;
  g_autoptr (GPtrArray) after = NULL;
  gulong   handler_id;
  gboolean is_done;
  int      status;

  if (!uc_ctl_parse (ctl, entries, 0, 0, &argc, &argv, &status))
    return status;
  if (ctl->store_path == NULL)
    return uc_ctl_usage (ctl, "--store is needed");
  if (!uc_ctl_open_session (ctl))
    return UC_EXIT_FAILED;
  before = load_outbox (ctl);
  if (before == NULL)
    return UC_EXIT_FAILED;

  counts.is_terminal = isatty (2) && !ctl->wants_json;
  handler_id = g_signal_connect (ctl->store, "changed", G_CALLBACK (changed_cb), &counts);
  is_done = uc_ctl_settle (ctl, limit_s) && (!is_full || sync_full (ctl)) &&
            (!is_full || uc_ctl_settle (ctl, limit_s));
  uc_session_stop (ctl->session);
  g_signal_handler_disconnect (ctl->store, handler_id);
  if (counts.is_terminal && counts.n_added > 0)
    fprintf (stderr, "\r                    \r");

  after = load_outbox (ctl);
  if (after == NULL)
    return UC_EXIT_FAILED;
  counts.n_sent = before->len > after->len ? before->len - after->len : 0;
  print_counts (ctl, &counts, after->len - count_state (after, UC_SEND_FAILED),
                count_state (after, UC_SEND_FAILED));
  return is_done ? UC_EXIT_DONE : UC_EXIT_FAILED;
}
