/* SPDX-License-Identifier: GPL-3.0-or-later */

/* store compare: what sets two stores apart, of whatever versions, also while they are
 * in use. Ends as diff does: 0 equal, 1 different, 2 trouble. */

#include "config.h"

#include "uc-commands.h"

#include "uc-command-store.h"
#include "uc-db-compare.h"
#include "uc-print.h"
#include "uc-sanitize.h"

#include <stdio.h>

enum {
  EXIT_EQUAL,
  EXIT_DIFFERENT,
  EXIT_TROUBLE,
};

static const char *const part_names[] = {
  [UC_SCHEMA_TABLE] = "table",     [UC_SCHEMA_COLUMN] = "column", [UC_SCHEMA_INDEX] = "index",
  [UC_SCHEMA_TRIGGER] = "trigger", [UC_SCHEMA_VIEW] = "view",
};
static const char *const difference_names[] = {
  [UC_DIFFERENCE_ONLY_A] = "only_in_a",
  [UC_DIFFERENCE_ONLY_B] = "only_in_b",
  [UC_DIFFERENCE_CHANGED] = "different",
};
static const char *const difference_texts[] = {
  [UC_DIFFERENCE_ONLY_A] = "only in A",
  [UC_DIFFERENCE_ONLY_B] = "only in B",
  [UC_DIFFERENCE_CHANGED] = "different",
};

static UcDb *
open_db (UcCtl *ctl, const char *typed)
{
  g_autofree char *path = g_canonicalize_filename (typed, NULL);
  g_autoptr (GError) error = NULL;
  UcDb *db = NULL;

  if (!g_file_test (path, G_FILE_TEST_IS_REGULAR))
    fprintf (stderr, "unified-chat-ctl %s: there is no store “%s”\n", ctl->command, path);
  else if ((db = uc_db_open (path, UC_DB_READ_ONLY, &error)) == NULL)
    uc_ctl_fail (ctl, path, error);
  return db;
}

/* -- As JSON -------------------------------------------------------------------------- */

static JsonObject *
make_schema (const UcSchemaDifference *found)
{
  JsonObject *object = json_object_new ();

  json_object_set_string_member (object, "part", part_names[found->part]);
  json_object_set_string_member (object, "name", found->name);
  json_object_set_string_member (object, "table", found->table);
  json_object_set_string_member (object, "difference", difference_names[found->difference]);
  if (found->a != NULL)
    json_object_set_string_member (object, "a", found->a);
  if (found->b != NULL)
    json_object_set_string_member (object, "b", found->b);
  return object;
}

static JsonObject *
make_difference (gint64 n, GPtrArray *keys)
{
  JsonObject *object = json_object_new ();
  JsonArray  *array = json_array_new ();

  for (guint i = 0; i < keys->len; i++)
    json_array_add_string_element (array, g_ptr_array_index (keys, i));
  json_object_set_int_member (object, "rows", n);
  json_object_set_array_member (object, "keys", array);
  return object;
}

static JsonObject *
make_table (const UcTableComparison *table)
{
  JsonObject *object = json_object_new ();

  json_object_set_string_member (object, "table", table->table);
  json_object_set_boolean_member (object, "equal", table->is_equal);
  json_object_set_int_member (object, "rows_a", table->n_rows_a);
  json_object_set_int_member (object, "rows_b", table->n_rows_b);
  for (guint i = 0; table->is_keyed && i < UC_N_DIFFERENCES; i++)
    json_object_set_object_member (object, difference_names[i],
                                   make_difference (table->n[i], table->keys[i]));
  return object;
}

static JsonObject *
make_report (char **argv, const UcDbComparison *comparison)
{
  JsonObject *object = json_object_new ();
  JsonArray  *schema = json_array_new ();
  JsonArray  *tables = json_array_new ();

  for (guint i = 0; i < comparison->schema->len; i++)
    json_array_add_object_element (schema, make_schema (comparison->schema->pdata[i]));
  for (guint i = 0; i < comparison->tables->len; i++)
    json_array_add_object_element (tables, make_table (comparison->tables->pdata[i]));
  json_object_set_boolean_member (object, "equal", uc_db_comparison_is_equal (comparison));
  json_object_set_string_member (object, "a", argv[1]);
  json_object_set_string_member (object, "b", argv[2]);
  json_object_set_int_member (object, "version_a", comparison->version_a);
  json_object_set_int_member (object, "version_b", comparison->version_b);
  json_object_set_array_member (object, "schema", schema);
  json_object_set_array_member (object, "tables", tables);
  return object;
}

/* -- For a person --------------------------------------------------------------------- */

static void
print_schema (const UcSchemaDifference *found)
{
  printf ("%s %s: %s\n", part_names[found->part], found->name, difference_texts[found->difference]);
  if (found->difference == UC_DIFFERENCE_CHANGED)
    printf ("  A: %s\n  B: %s\n", found->a, found->b);
}

static void
print_table (const UcTableComparison *table)
{
  if (table->is_equal)
    return;
  printf ("%s: %" G_GINT64_FORMAT " rows in A, %" G_GINT64_FORMAT " in B%s\n", table->table,
          table->n_rows_a, table->n_rows_b,
          table->is_keyed ? "" : "; their content differs, and they have no key in common");
  for (guint i = 0; i < UC_N_DIFFERENCES; i++) {
    if (table->n[i] == 0)
      continue;
    printf ("  %s: %" G_GINT64_FORMAT "\n", difference_texts[i], table->n[i]);
    for (guint j = 0; j < table->keys[i]->len; j++) {
      g_autofree char *key = uc_sanitize_name (g_ptr_array_index (table->keys[i], j));

      printf ("    %s\n", key);
    }
    if (table->n[i] > table->keys[i]->len)
      puts ("    …");
  }
}

static void
print_report (const UcDbComparison *comparison)
{
  if (comparison->version_a != comparison->version_b)
    printf ("schema version: %d in A, %d in B\n", comparison->version_a, comparison->version_b);
  for (guint i = 0; i < comparison->schema->len; i++)
    print_schema (comparison->schema->pdata[i]);
  for (guint i = 0; i < comparison->tables->len; i++)
    print_table (comparison->tables->pdata[i]);
  if (uc_db_comparison_is_equal (comparison))
    puts ("The stores are equal.");
}

/**
 * uc_command_store_compare:
 *
 * Returns: 0 equal, 1 different, 2 when that could not be found out
 */
int
uc_command_store_compare (UcCtl *ctl, int argc, char **argv)
{
  g_autoptr (UcDb) a = NULL;
  g_autoptr (UcDb) b = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (UcDbComparison) comparison = NULL;
  int status;

  if (!uc_ctl_parse (ctl, NULL, 2, 2, &argc, &argv, &status))
    return status;
  a = open_db (ctl, argv[1]);
  b = a != NULL ? open_db (ctl, argv[2]) : NULL;
  if (b == NULL)
    return EXIT_TROUBLE;
  comparison = uc_db_compare (a, b, &error);
  if (comparison == NULL) {
    uc_ctl_fail (ctl, NULL, error);
    return EXIT_TROUBLE;
  }

  if (ctl->wants_json)
    uc_print_json (make_report (argv, comparison));
  else
    print_report (comparison);
  /* A report that did not arrive must not look like one that found something. */
  if (fflush (stdout) != 0)
    return EXIT_TROUBLE;
  return uc_db_comparison_is_equal (comparison) ? EXIT_EQUAL : EXIT_DIFFERENT;
}
