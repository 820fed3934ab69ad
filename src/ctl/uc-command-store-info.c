/* SPDX-License-Identifier: GPL-3.0-or-later */

/* store info: what the store holds, also beside a program that has it open. */

#include "config.h"

#include "uc-commands.h"

#include "uc-command-store.h"
#include "uc-print.h"

#include <glib/gstdio.h>

#include <stdio.h>

/**
 * uc_command_store_info:
 *
 * Returns: the exit status
 */
int
uc_command_store_info (UcCtl *ctl, int argc, char **argv)
{
  g_autoptr (UcDb) db = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) counts = NULL;
  g_autoptr (JsonObject) object = json_object_new ();
  GStatBuf info = { 0 };
  int      version;
  int      status;

  if (!uc_store_parse (ctl, NULL, 0, &argc, &argv, &status))
    return status;
  db = uc_store_open_to_read (ctl);
  if (db == NULL)
    return UC_EXIT_FAILED;
  counts = uc_db_count_tables (db, &error);
  if (counts == NULL || !uc_db_get_user_version (db, &version, &error))
    return uc_ctl_fail (ctl, NULL, error);
  (void) g_stat (ctl->store_path, &info);

  json_object_set_string_member (object, "path", ctl->store_path);
  json_object_set_int_member (object, "schema", version);
  json_object_set_int_member (object, "bytes", info.st_size);
  if (!ctl->wants_json)
    printf ("path %s\nschema %d\nbytes %" G_GINT64_FORMAT "\n", ctl->store_path, version,
            (gint64) info.st_size);
  for (guint i = 0; i < counts->len; i++) {
    UcTableCount *count = g_ptr_array_index (counts, i);

    json_object_set_int_member (object, count->name, count->n_rows);
    if (!ctl->wants_json)
      printf ("%s %" G_GINT64_FORMAT "\n", count->name, count->n_rows);
  }
  if (ctl->wants_json)
    uc_print_json (g_steal_pointer (&object));
  return UC_EXIT_DONE;
}
