/* SPDX-License-Identifier: GPL-3.0-or-later */

/* store check: whether the store is sound. */

#include "config.h"

#include "uc-commands.h"

#include "uc-command-store.h"
#include "uc-print.h"
#include "uc-store-care.h"

#include <stdio.h>

/**
 * uc_command_store_check:
 *
 * Returns: the exit status; UC_EXIT_FAILED when anything is wrong
 */
int
uc_command_store_check (UcCtl *ctl, int argc, char **argv)
{
  g_autoptr (UcDb) db = NULL;
  g_autoptr (GError) error = NULL;
  g_auto (GStrv) problems = NULL;
  int status;

  if (!uc_store_parse (ctl, NULL, 0, &argc, &argv, &status))
    return status;
  db = uc_store_open_to_read (ctl);
  if (db == NULL)
    return UC_EXIT_FAILED;
  g_clear_pointer (&db, uc_db_close);
  if (!uc_store_check (ctl->store_path, &problems, &error))
    return uc_ctl_fail (ctl, NULL, error);

  if (ctl->wants_json) {
    JsonObject *object = json_object_new ();
    JsonArray  *array = json_array_new ();

    for (guint i = 0; problems[i] != NULL; i++)
      json_array_add_string_element (array, problems[i]);
    json_object_set_boolean_member (object, "sound", problems[0] == NULL);
    json_object_set_array_member (object, "problems", array);
    uc_print_json (object);
  } else if (problems[0] == NULL) {
    puts ("The store is sound.");
  }
  for (guint i = 0; problems[i] != NULL; i++)
    fprintf (stderr, "unified-chat-ctl store check: %s\n", problems[i]);
  return problems[0] == NULL ? UC_EXIT_DONE : UC_EXIT_FAILED;
}
