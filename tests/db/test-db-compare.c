/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "uc-db-compare.h"
#include "uc-error.h"
#include "uc-test.h"

#define SCHEMA                                                                                     \
  "CREATE TABLE people (number INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, name TEXT);"          \
  "CREATE TABLE marks (person INTEGER NOT NULL, mark TEXT NOT NULL, at REAL,"                      \
  "                    PRIMARY KEY (person, mark)) WITHOUT ROWID;"                                 \
  "CREATE TABLE lines (text TEXT, data BLOB);"                                                     \
  "CREATE INDEX people_by_name ON people (name);"                                                  \
  "CREATE TRIGGER people_go AFTER DELETE ON people BEGIN"                                          \
  "  DELETE FROM marks WHERE person = old.number; END;"                                            \
  "INSERT INTO people VALUES (1, 'a', 'Anna'), (2, 'b', 'Ben'), (3, 'c', NULL);"                   \
  "INSERT INTO marks VALUES (1, 'x', 0.5), (1, 'y', NULL), (2, 'x', 1e300);"                       \
  "INSERT INTO lines VALUES ('one', x'0001'), ('two', NULL);"                                      \
  "PRAGMA user_version = 7;"

static UcDb *
make_db (const char *sql)
{
  g_autofree char *dir = uc_test_dup_temp_dir ();
  g_autofree char *path = g_build_filename (dir, "test.db", NULL);
  g_autoptr (GError) error = NULL;
  UcDb *db = uc_db_open (path, UC_DB_CREATE, &error);

  g_assert_no_error (error);
  g_assert_true (uc_db_exec (db, SCHEMA, &error));
  g_assert_no_error (error);
  uc_db_exec (db, sql, &error);
  g_assert_no_error (error);
  return db;
}

static void
append_schema (GString *text, const UcSchemaDifference *found)
{
  static const char *const parts[] = { "table", "column", "index", "trigger", "view" };
  static const char        signs[] = { '-', '+', '~' };

  g_string_append_printf (text, "%s%c%s:%s", text->len > 0 ? " " : "", signs[found->difference],
                          parts[found->part], found->name);
  g_assert_cmpint (found->a != NULL, ==, found->difference != UC_DIFFERENCE_ONLY_B);
  g_assert_cmpint (found->b != NULL, ==, found->difference != UC_DIFFERENCE_ONLY_A);
}

static void
append_table (GString *text, const UcTableComparison *table)
{
  static const char signs[] = { '-', '+', '~' };

  if (table->is_equal)
    return;
  g_string_append_printf (text, "%s%s", text->len > 0 ? " " : "", table->table);
  for (guint i = 0; i < UC_N_DIFFERENCES; i++) {
    for (guint j = 0; j < table->keys[i]->len; j++)
      g_string_append_printf (text, "%c%s", signs[i],
                              (const char *) g_ptr_array_index (table->keys[i], j));
  }
  if (!table->is_keyed)
    g_string_append_c (text, '?');
}

static char *
dup_text (const UcDbComparison *comparison)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < comparison->schema->len; i++)
    append_schema (text, g_ptr_array_index (comparison->schema, i));
  for (guint i = 0; i < comparison->tables->len; i++)
    append_table (text, g_ptr_array_index (comparison->tables, i));
  return g_string_free (text, FALSE);
}

typedef struct {
  const char *name;
  const char *sql; /* done to B */
  const char *text;
} Case;

static const Case cases[] = {
  { "equal", "", "" },
  { "layout", "DROP INDEX people_by_name; CREATE  INDEX people_by_name\n ON people (name)", "" },
  { "order",
    "DELETE FROM people; INSERT INTO people VALUES (3, 'c', NULL), (2, 'b', 'Ben');"
    "INSERT INTO people VALUES (1, 'a', 'Anna');"
    "INSERT INTO marks VALUES (2, 'x', 1e300), (1, 'x', 0.5), (1, 'y', NULL)",
    "" },
  { "changed", "UPDATE people SET name = 'Anne' WHERE number = 1", "people~1 (a)" },
  { "null-is-not-empty", "UPDATE people SET name = '' WHERE number = 3", "people~3 (c)" },
  { "text-is-no-number", "UPDATE lines SET data = '1'", "lines~1~2" },
  { "gone", "DELETE FROM people WHERE number = 2", "marks-2/x people-2 (b)" },
  { "more", "INSERT INTO marks VALUES (0, 'z', 1), (1, 'xx', 1), (9, 'z', 1)",
    "marks+0/z+1/xx+9/z" },
  { "real", "UPDATE marks SET at = 0.5000000000000001 WHERE mark = 'x' AND person = 1",
    "marks~1/x" },
  { "table", "DROP TABLE lines; CREATE TABLE words (word TEXT)", "-table:lines +table:words" },
  { "column", "ALTER TABLE people ADD COLUMN age INTEGER NOT NULL DEFAULT 0",
    "+column:people.age" },
  { "type",
    "DROP TABLE lines; CREATE TABLE lines (text TEXT, data TEXT);"
    "INSERT INTO lines VALUES ('one', x'0001'), ('two', NULL)",
    "~column:lines.data" },
  { "index", "DROP INDEX people_by_name; CREATE INDEX lines_by_text ON lines (text)",
    "+index:lines_by_text -index:people_by_name" },
  { "trigger", "DROP TRIGGER people_go", "-trigger:people_go" },
  { "view", "CREATE VIEW names AS SELECT name FROM people", "+view:names" },
  { "key",
    "DROP TABLE marks; CREATE TABLE marks (person INTEGER NOT NULL, mark TEXT NOT NULL,"
    " at REAL, PRIMARY KEY (mark, person)) WITHOUT ROWID;"
    "INSERT INTO marks VALUES (1, 'x', 0.5), (1, 'y', NULL), (2, 'x', 2)",
    "~column:marks.mark ~column:marks.person marks?" },
};

static void
test_case (gconstpointer data)
{
  const Case *one = data;
  g_autoptr (UcDb) a = make_db ("");
  g_autoptr (UcDb) b = make_db (one->sql);
  g_autoptr (GError) error = NULL;
  g_autoptr (UcDbComparison) comparison = uc_db_compare (a, b, &error);
  g_autofree char *text = NULL;

  g_assert_no_error (error);
  text = dup_text (comparison);
  g_assert_cmpstr (text, ==, one->text);
  g_assert_cmpint (uc_db_comparison_is_equal (comparison), ==, *one->text == '\0');
}

/* Where keys differ rows can still be the same as a whole. */
static void
test_no_common_key (void)
{
  g_autoptr (UcDb) a = make_db ("");
  g_autoptr (UcDb) b = make_db (
      "DROP TABLE lines; CREATE TABLE lines (number INTEGER PRIMARY KEY, text TEXT, data BLOB);"
      "INSERT INTO lines VALUES (5, 'two', NULL), (9, 'one', x'0001')");
  g_autoptr (GError) error = NULL;
  g_autoptr (UcDbComparison) comparison = uc_db_compare (a, b, &error);
  UcTableComparison *lines = g_ptr_array_index (comparison->tables, 0);

  g_assert_cmpstr (lines->table, ==, "lines");
  g_assert_false (lines->is_keyed);
  g_assert_true (lines->is_equal);
  g_assert_cmpint (lines->n_rows_b, ==, 2);
  g_assert_false (uc_db_comparison_is_equal (comparison));
}

/* Any number of differences is counted, a few keys are kept. */
static void
test_many (void)
{
  g_autoptr (UcDb) a =
      make_db ("WITH RECURSIVE n (i) AS (SELECT 10 UNION ALL SELECT i + 1 FROM n WHERE i < 5009)"
               " INSERT INTO people SELECT i, 'id' || i, 'x' FROM n");
  g_autoptr (UcDb) b =
      make_db ("WITH RECURSIVE n (i) AS (SELECT 11 UNION ALL SELECT i + 2 FROM n WHERE i < 5009)"
               " INSERT INTO people SELECT i, 'id' || i, 'y' FROM n");
  g_autoptr (GError) error = NULL;
  g_autoptr (UcDbComparison) comparison = uc_db_compare (a, b, &error);
  UcTableComparison *people = g_ptr_array_index (comparison->tables, 2);

  g_assert_cmpstr (people->table, ==, "people");
  g_assert_cmpint (people->n_rows_a, ==, 5003);
  g_assert_cmpint (people->n_rows_b, ==, 2503);
  g_assert_cmpint (people->n[UC_DIFFERENCE_ONLY_A], ==, 2500);
  g_assert_cmpint (people->n[UC_DIFFERENCE_ONLY_B], ==, 0);
  g_assert_cmpint (people->n[UC_DIFFERENCE_CHANGED], ==, 2500);
  g_assert_cmpuint (people->keys[UC_DIFFERENCE_CHANGED]->len, ==, UC_MAX_SAMPLE_KEYS);
  g_assert_cmpstr (g_ptr_array_index (people->keys[UC_DIFFERENCE_ONLY_A], 1), ==, "12 (id12)");
}

/* Without writing, and beside somebody who writes. */
static void
test_read_only (void)
{
  g_autoptr (UcDb) writer = make_db ("");
  g_autoptr (UcDb) other = make_db ("PRAGMA user_version = 8");
  g_autoptr (GError) error = NULL;
  g_autoptr (UcDb) a = uc_db_open (uc_db_get_path (writer), UC_DB_READ_ONLY, &error);
  g_autoptr (UcDb) b = uc_db_open (uc_db_get_path (other), UC_DB_READ_ONLY, &error);
  g_autoptr (UcDbComparison) comparison = NULL;

  g_assert_true (uc_db_begin (writer, &error));
  g_assert_true (uc_db_exec (writer, "DELETE FROM people", &error));
  comparison = uc_db_compare (a, b, &error);
  g_assert_no_error (error);
  g_assert_cmpint (comparison->version_a, ==, 7);
  g_assert_cmpint (comparison->version_b, ==, 8);
  g_assert_cmpuint (comparison->schema->len, ==, 0);
  g_assert_true (((UcTableComparison *) g_ptr_array_index (comparison->tables, 2))->is_equal);
  g_assert_false (uc_db_comparison_is_equal (comparison));
  uc_db_rollback (writer);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autofree char *path = g_strconcat ("/db/db-compare/", cases[i].name, NULL);

    g_test_add_data_func (path, &cases[i], test_case);
  }
  g_test_add_func ("/db/db-compare/no-common-key", test_no_common_key);
  g_test_add_func ("/db/db-compare/many", test_many);
  g_test_add_func ("/db/db-compare/read-only", test_read_only);
  return g_test_run ();
}
