/* SPDX-License-Identifier: GPL-3.0-or-later */

/* store migrate: bring a store up to date without opening it, or try on a copy whether
 * that would work; and what could not be carried over, now or ever. */

#include "config.h"

#include "uc-commands.h"

#include "uc-print.h"
#include "uc-sanitize.h"
#include "uc-store-migrate.h"

#include <stdio.h>

static const char *
get_compared (UcCompared compared)
{
  switch (compared) {
  case UC_COMPARED_COLUMNS:
    return "columns";
  case UC_COMPARED_BY_STEP:
    return "step";
  case UC_COMPARED_ROWS:
  default:
    return "rows";
  }
}

/* -- JSON -------------------------------------------------------------------------------------- */

static JsonObject *
make_table (const UcMigrateTable *table)
{
  JsonObject      *object = json_object_new ();
  g_autofree char *digest = g_strdup_printf ("%016" G_GINT64_MODIFIER "x", table->digest);

  json_object_set_string_member (object, "name", table->name);
  json_object_set_string_member (object, "compared", get_compared (table->compared));
  json_object_set_int_member (object, "before", table->n_before);
  json_object_set_int_member (object, "after", table->n_after);
  json_object_set_int_member (object, "aside", table->n_aside);
  if (table->compared != UC_COMPARED_BY_STEP)
    json_object_set_string_member (object, "digest", digest);
  return object;
}

static JsonObject *
make_error (const UcMigrateError *entry)
{
  JsonObject *object = json_object_new ();
  JsonObject *values = json_object_new ();

  for (gsize i = 0; entry->columns[i] != NULL; i++)
    json_object_set_string_member (values, entry->columns[i], entry->values[i]);
  json_object_set_int_member (object, "version", entry->version);
  json_object_set_string_member (object, "step", entry->step);
  json_object_set_string_member (object, "table", entry->table);
  json_object_set_string_member (object, "record", entry->record);
  json_object_set_string_member (object, "reason", entry->reason);
  json_object_set_int_member (object, "at", entry->at_ms);
  json_object_set_object_member (object, "values", values);
  return object;
}

static void
print_json (UcCtl *ctl, gboolean is_trial, const UcMigrateReport *report, GPtrArray *errors)
{
  JsonObject *object = json_object_new ();
  JsonArray  *steps = json_array_new ();
  JsonArray  *tables = json_array_new ();
  JsonArray  *aside = json_array_new ();

  for (guint i = 0; i < report->steps->len; i++)
    json_array_add_string_element (steps, g_ptr_array_index (report->steps, i));
  for (guint i = 0; i < report->tables->len; i++)
    json_array_add_object_element (tables, make_table (g_ptr_array_index (report->tables, i)));
  for (guint i = 0; i < errors->len; i++)
    json_array_add_object_element (aside, make_error (g_ptr_array_index (errors, i)));
  json_object_set_string_member (object, "store", ctl->store_path);
  json_object_set_boolean_member (object, "dry_run", is_trial);
  json_object_set_int_member (object, "from", report->from_version);
  json_object_set_int_member (object, "to", report->to_version);
  json_object_set_boolean_member (object, "resumed", report->is_resumed);
  if (!is_trial && report->backup_path != NULL)
    json_object_set_string_member (object, "backup", report->backup_path);
  json_object_set_array_member (object, "steps", steps);
  json_object_set_array_member (object, "tables", tables);
  json_object_set_array_member (object, "aside", aside);
  uc_print_json (object);
}

/* -- Text -------------------------------------------------------------------------------------- */

static void
print_run (gboolean is_trial, const UcMigrateReport *report)
{
  if (report->from_version == report->to_version)
    printf ("An update to version %d that was cut off was finished.\n", report->to_version);
  else
    printf ("%s from version %d to %d.\n", is_trial ? "A copy was brought" : "Brought",
            report->from_version, report->to_version);
  if (is_trial)
    puts ("The store itself was left as it is.");
  else if (report->backup_path != NULL)
    printf ("Backup: %s\n", report->backup_path);
  for (guint i = 0; i < report->steps->len; i++)
    printf ("  %s\n", (const char *) g_ptr_array_index (report->steps, i));
  for (guint i = 0; i < report->tables->len; i++) {
    const UcMigrateTable *table = g_ptr_array_index (report->tables, i);

    printf ("%s: %" G_GINT64_FORMAT " rows before, %" G_GINT64_FORMAT " after", table->name,
            table->n_before, table->n_after);
    if (table->n_aside > 0)
      printf (", %" G_GINT64_FORMAT " put aside", table->n_aside);
    printf (", %s\n",
            table->compared == UC_COMPARED_BY_STEP   ? "changed by a step, which found it right"
            : table->compared == UC_COMPARED_COLUMNS ? "the same but for what a step changes"
                                                     : "the same content");
  }
}

static void
print_errors (GPtrArray *errors)
{
  if (errors->len > 0)
    printf ("Put aside, with all they held (--json shows that): %u\n", errors->len);
  for (guint i = 0; i < errors->len; i++) {
    const UcMigrateError *entry = g_ptr_array_index (errors, i);
    g_autofree char      *record = uc_sanitize_name (entry->record);
    g_autofree char      *reason = uc_sanitize_name (entry->reason);

    printf ("  %s %s, by %s: %s\n", entry->table, record, entry->step, reason);
  }
}

/**
 * uc_command_store_migrate:
 *
 * Returns: the exit status
 */
int
uc_command_store_migrate (UcCtl *ctl, int argc, char **argv)
{
  gboolean           is_trial = FALSE;
  const GOptionEntry entries[] = {
    { "dry-run", 0, 0, G_OPTION_ARG_NONE, &is_trial, "Try it on a copy", NULL },
    G_OPTION_ENTRY_NULL,
  };
  g_autoptr (UcMigrateReport) report = uc_migrate_report_new ();
  g_autoptr (GPtrArray) errors = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *path = NULL;
  UcMigrateOptions options = { .report = report };
  int              status;

  if (!uc_ctl_parse (ctl, entries, 0, 0, &argc, &argv, &status))
    return status;
  if (ctl->store_path == NULL)
    return uc_ctl_usage (ctl, "--store is needed");
  if (!g_file_test (ctl->store_path, G_FILE_TEST_IS_REGULAR)) {
    fprintf (stderr, "unified-chat-ctl %s: there is no store “%s”\n", ctl->command,
             ctl->store_path);
    return UC_EXIT_FAILED;
  }

  path = g_canonicalize_filename (ctl->store_path, NULL);
  options.progress = uc_ctl_get_progress ();
  if (is_trial ? !uc_store_try_migration (path, &options, &errors, &error)
               : !uc_store_migrate (path, &options, &errors, &error))
    return uc_ctl_fail (ctl, NULL, error);
  if (ctl->wants_json) {
    print_json (ctl, is_trial, report, errors);
    return UC_EXIT_DONE;
  }
  if (report->from_version == report->to_version && !report->is_resumed)
    printf ("The store is up to date, version %d.\n", report->to_version);
  else
    print_run (is_trial, report);
  print_errors (errors);
  return UC_EXIT_DONE;
}
