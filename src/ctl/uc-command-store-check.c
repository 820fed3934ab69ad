/* SPDX-License-Identifier: GPL-3.0-or-later */

/* store check: whether the store is sound; with --repair also what can be done. */

#include "config.h"

#include "uc-commands.h"

#include "uc-command-store.h"
#include "uc-print.h"
#include "uc-sanitize.h"
#include "uc-store-care.h"

#include <stdio.h>

static gboolean
is_sound (GPtrArray *problems)
{
  gboolean is_all_well = TRUE;

  for (guint i = 0; is_all_well && i < problems->len; i++)
    is_all_well = ((UcProblem *) g_ptr_array_index (problems, i))->is_repaired;
  return is_all_well;
}

static JsonObject *
make_problem (const UcProblem *problem)
{
  JsonObject *object = json_object_new ();

  json_object_set_string_member (object, "kind", uc_problem_kind_to_string (problem->kind));
  json_object_set_string_member (object, "text", problem->text);
  json_object_set_boolean_member (object, "repaired", problem->is_repaired);
  json_object_set_string_member (object, "remedy", uc_problem_kind_get_remedy (problem->kind));
  return object;
}

static void
print_json (GPtrArray *problems, const char *backup_path)
{
  JsonObject *object = json_object_new ();
  JsonArray  *array = json_array_new ();

  for (guint i = 0; i < problems->len; i++)
    json_array_add_object_element (array, make_problem (g_ptr_array_index (problems, i)));
  json_object_set_boolean_member (object, "sound", is_sound (problems));
  json_object_set_array_member (object, "problems", array);
  if (backup_path != NULL)
    json_object_set_string_member (object, "backup", backup_path);
  uc_print_json (object);
}

static void
print_problem (const UcProblem *problem, gboolean is_repair)
{
  g_autofree char *text = uc_sanitize_name (problem->text);

  fprintf (problem->is_repaired ? stdout : stderr, "%s: %s\n  %s: %s\n",
           uc_problem_kind_to_string (problem->kind), text,
           problem->is_repaired ? "repaired"
           : is_repair          ? "not repaired"
                                : "a repair",
           uc_problem_kind_get_remedy (problem->kind));
}

/**
 * uc_command_store_check:
 *
 * Returns: the exit status; UC_EXIT_FAILED when anything is wrong and stays so
 */
int
uc_command_store_check (UcCtl *ctl, int argc, char **argv)
{
  gboolean           is_repair = FALSE;
  const GOptionEntry entries[] = {
    { "repair", 0, 0, G_OPTION_ARG_NONE, &is_repair, "Put right what can be", NULL },
    G_OPTION_ENTRY_NULL,
  };
  g_autoptr (UcDb) db = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) problems = NULL;
  g_autofree char *backup_path = NULL;
  gboolean         is_done;
  int              status;

  if (!uc_store_parse (ctl, entries, 0, &argc, &argv, &status))
    return status;
  db = uc_store_open_to_read (ctl);
  if (db == NULL)
    return UC_EXIT_FAILED;
  g_clear_pointer (&db, uc_db_close);
  is_done = is_repair ? uc_store_repair (ctl->store_path, &problems, &backup_path, &error)
                      : uc_store_check (ctl->store_path, &problems, &error);
  if (!is_done)
    return uc_ctl_fail (ctl, NULL, error);

  if (ctl->wants_json) {
    print_json (problems, backup_path);
  } else {
    for (guint i = 0; i < problems->len; i++)
      print_problem (g_ptr_array_index (problems, i), is_repair);
    if (backup_path != NULL)
      printf ("As it was before: %s\n", backup_path);
    if (is_sound (problems))
      puts ("The store is sound.");
  }
  return is_sound (problems) ? UC_EXIT_DONE : UC_EXIT_FAILED;
}
