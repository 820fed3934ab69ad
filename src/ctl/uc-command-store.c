/* SPDX-License-Identifier: GPL-3.0-or-later */

/* store info, check, backup, restore: the care of a store's file. The first three read
 * beside a program that has the store open; restore wants it for itself. */

#include "config.h"

#include "uc-commands.h"

#include "uc-db.h"
#include "uc-error.h"
#include "uc-print.h"
#include "uc-store-care.h"

#include <glib/gi18n.h>
#include <glib/gstdio.h>

#include <stdio.h>

static gboolean
parse (UcCtl *ctl, int n_arguments, int *argc, char ***argv, int *status)
{
  if (!uc_ctl_parse (ctl, NULL, n_arguments, n_arguments, argc, argv, status))
    return FALSE;
  if (ctl->store_path == NULL) {
    *status = uc_ctl_usage (ctl, "--store is needed");
    return FALSE;
  }
  return TRUE;
}

static UcDb *
open_to_read (UcCtl *ctl)
{
  g_autoptr (GError) error = NULL;
  UcDb *db = NULL;

  if (!g_file_test (ctl->store_path, G_FILE_TEST_IS_REGULAR))
    fprintf (stderr, "unified-chat-ctl %s: there is no store “%s”\n", ctl->command,
             ctl->store_path);
  else if ((db = uc_db_open (ctl->store_path, UC_DB_READ_ONLY, &error)) == NULL)
    uc_ctl_fail (ctl, ctl->store_path, error);
  return db;
}

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

  if (!parse (ctl, 0, &argc, &argv, &status))
    return status;
  db = open_to_read (ctl);
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

  if (!parse (ctl, 0, &argc, &argv, &status))
    return status;
  db = open_to_read (ctl);
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

  if (!parse (ctl, 1, &argc, &argv, &status))
    return status;
  db = open_to_read (ctl);
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

  if (!parse (ctl, 1, &argc, &argv, &status))
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
