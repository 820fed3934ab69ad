/* SPDX-License-Identifier: GPL-3.0-or-later */

/* store restore: puts a backup in the place of a store that nobody has open. */

#include "config.h"

#include "uc-commands.h"

#include "uc-command-store.h"
#include "uc-print.h"
#include "uc-store-care.h"

#include <glib/gi18n.h>

#include <stdio.h>

/* What waited when the backup was made may have been sent since: a person decides. */
static gboolean
hold_outbox (UcCtl *ctl)
{
  g_auto (UcWait) load = { 0 };
  g_auto (UcWait) apply = { 0 };
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) rows = NULL;
  g_autoptr (UcBatch) batch = uc_batch_new ();

  uc_store_load_outbox_async (ctl->store, NULL, uc_wait_cb, &load);
  rows = uc_store_load_outbox_finish (ctl->store, uc_wait_for (&load), &error);
  if (rows == NULL) {
    uc_ctl_fail (ctl, NULL, error);
    return FALSE;
  }
  for (guint i = 0; i < rows->len; i++) {
    UcOutboxRow *row = g_ptr_array_index (rows, i);

    uc_batch_outbox_set (batch, row->op_id, UC_SEND_FAILED,
                         _ ("From a backup: it may have been sent already."), 0);
  }
  if (uc_batch_is_empty (batch))
    return TRUE;
  uc_store_apply_async (ctl->store, g_steal_pointer (&batch), uc_wait_cb, &apply);
  if (uc_store_apply_finish (ctl->store, uc_wait_for (&apply), &error))
    return TRUE;
  uc_ctl_fail (ctl, NULL, error);
  return FALSE;
}

/**
 * uc_command_store_restore:
 *
 * Returns: the exit status
 */
int
uc_command_store_restore (UcCtl *ctl, int argc, char **argv)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *kept_path = NULL;
  int              status;

  if (!uc_store_parse (ctl, NULL, 1, &argc, &argv, &status))
    return status;
  if (!uc_store_restore (ctl->store_path, argv[1], &kept_path, &error))
    return uc_ctl_fail (ctl, NULL, error);
  if (!uc_ctl_open_store (ctl, FALSE) || !hold_outbox (ctl))
    return UC_EXIT_FAILED;

  if (ctl->wants_json) {
    JsonObject *object = json_object_new ();

    json_object_set_string_member (object, "store", ctl->store_path);
    if (kept_path != NULL)
      json_object_set_string_member (object, "kept", kept_path);
    uc_print_json (object);
  } else if (kept_path != NULL) {
    printf ("Restored. What was there before: %s\n", kept_path);
  } else {
    puts ("Restored.");
  }
  return UC_EXIT_DONE;
}
