/* SPDX-License-Identifier: GPL-3.0-or-later */

/* outbox: what waits to be sent, in the order of queueing, and why. */

#include "config.h"

#include "uc-commands.h"

#include "uc-print.h"
#include "uc-sanitize.h"

#include <stdio.h>

static const char *
get_kind (UcOpKind kind)
{
  switch (kind) {
  case UC_OP_POST:
    return "post";
  case UC_OP_EDIT:
    return "edit";
  case UC_OP_DELETE:
    return "delete";
  case UC_OP_REACT:
    return "react";
  case UC_OP_UNREACT:
    return "unreact";
  case UC_OP_PIN:
    return "pin";
  case UC_OP_UNPIN:
    return "unpin";
  case UC_OP_SAVE:
    return "save";
  case UC_OP_UNSAVE:
    return "unsave";
  case UC_OP_VIEW:
    return "view";
  case UC_OP_SET_UNREAD:
  default:
    return "set_unread";
  }
}

JsonObject *
uc_outbox_make_row (const UcOutboxRow *row)
{
  JsonObject *object = json_object_new ();
  JsonArray  *files = json_array_new ();

  json_object_set_string_member (object, "op", row->op_id);
  json_object_set_string_member (object, "kind", get_kind (row->kind));
  json_object_set_string_member (object, "state", uc_print_get_state (row->state));
  json_object_set_string_member (object, "channel_id", row->channel_id);
  json_object_set_string_member (object, "root_id", row->root_id);
  json_object_set_string_member (object, "post_id", row->post_id);
  json_object_set_string_member (object, "message", row->message);
  if (*row->emoji_name != '\0')
    json_object_set_string_member (object, "emoji_name", row->emoji_name);
  for (guint i = 0; i < row->files->len; i++) {
    UcFile *file = g_ptr_array_index (row->files, i);

    json_array_add_string_element (files, file->name);
  }
  json_object_set_array_member (object, "files", files);
  if (row->waits_for != NULL)
    json_object_set_string_member (object, "waits_for", row->waits_for);
  if (row->reason != NULL)
    json_object_set_string_member (object, "reason", row->reason);
  json_object_set_int_member (object, "tries", row->tries);
  json_object_set_int_member (object, "queued_at", row->queued_at_ms);
  json_object_set_int_member (object, "next_try_at", row->next_try_ms);
  return object;
}

static void
print_row (const UcOutboxRow *row)
{
  g_autofree char *message = uc_sanitize_name (row->message);
  g_autofree char *reason = row->reason != NULL ? uc_sanitize_name (row->reason) : NULL;

  printf ("%s  %-8s %-9s %s%s%s%s\n", row->op_id, get_kind (row->kind),
          uc_print_get_state (row->state), message, reason != NULL ? " (" : "",
          reason != NULL ? reason : "", reason != NULL ? ")" : "");
}

/**
 * uc_command_outbox:
 *
 * Returns: the exit status
 */
int
uc_command_outbox (UcCtl *ctl, int argc, char **argv)
{
  g_auto (UcWait) wait = { 0 };
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) rows = NULL;
  int status;

  if (!uc_ctl_parse (ctl, NULL, 0, 0, &argc, &argv, &status))
    return status;
  if (ctl->store_path == NULL)
    return uc_ctl_usage (ctl, "--store is needed");
  if (!uc_ctl_open_store_to_read (ctl))
    return UC_EXIT_FAILED;

  uc_store_load_outbox_async (ctl->store, NULL, uc_wait_cb, &wait);
  rows = uc_store_load_outbox_finish (ctl->store, uc_wait_for (&wait), &error);
  if (rows == NULL)
    return uc_ctl_fail (ctl, NULL, error);
  for (guint i = 0; i < rows->len; i++) {
    if (ctl->wants_json)
      uc_print_json (uc_outbox_make_row (g_ptr_array_index (rows, i)));
    else
      print_row (g_ptr_array_index (rows, i));
  }
  return UC_EXIT_DONE;
}
