/* SPDX-License-Identifier: GPL-3.0-or-later */

/* store backup: a copy of the store, also while a program has it open. */

#include "config.h"

#include "uc-commands.h"

#include "uc-command-store.h"
#include "uc-print.h"

#include <stdio.h>

/**
 * uc_command_store_backup:
 *
 * Returns: the exit status
 */
int
uc_command_store_backup (UcCtl *ctl, int argc, char **argv)
{
  g_autoptr (UcDb) db = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *path = NULL;
  int              status;

  if (!uc_store_parse (ctl, NULL, 1, &argc, &argv, &status))
    return status;
  db = uc_store_open_to_read (ctl);
  if (db == NULL)
    return UC_EXIT_FAILED;
  path = g_canonicalize_filename (argv[1], NULL);
  if (!uc_db_backup (db, path, &error))
    return uc_ctl_fail (ctl, NULL, error);

  if (ctl->wants_json) {
    JsonObject *object = json_object_new ();

    json_object_set_string_member (object, "backup", path);
    uc_print_json (object);
  } else {
    printf ("%s\n", path);
  }
  return UC_EXIT_DONE;
}
