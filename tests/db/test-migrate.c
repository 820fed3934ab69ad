/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "uc-error.h"
#include "uc-migrate-private.h"
#include "uc-test.h"

#include <glib/gstdio.h>
#include <signal.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#define PATH   "/com/example/UnifiedChat/test/"
#define N_ROWS 2500

/* The lengths of notes, a thousand at a time. */
static gboolean
measure_step (UcDb *db, gint64 *cursor, gboolean *done, GError **error)
{
  UcStmt *stmt = uc_db_prepare (db,
                                "INSERT INTO lengths SELECT id, length (text) FROM notes"
                                " WHERE id > :after ORDER BY id LIMIT 1000",
                                error);

  if (stmt == NULL)
    return FALSE;
  uc_stmt_bind_int64 (stmt, ":after", *cursor);
  if (!uc_stmt_run (stmt, error))
    return FALSE;
  *done = uc_db_get_changes (db) < 1000;
  *cursor += 1000;
  return TRUE;
}

static const UcMigration chain[] = {
  { 1, "0001", PATH "0001.sql", NULL, NULL, NULL },
  { 2, "0002", PATH "0002.sql", measure_step, "notes", NULL },
  { 3, "0003", PATH "0003.sql", NULL, NULL, NULL },
};

static char *
dup_path (void)
{
  g_autofree char *dir = uc_test_dup_temp_dir ();

  return g_build_filename (dir, "a.db", NULL);
}

static gint64
query (UcDb *db, const char *sql)
{
  g_autoptr (GError) error = NULL;
  UcStmt  *stmt = uc_db_prepare (db, sql, &error);
  gboolean has_row = FALSE;
  gint64   value;

  g_assert_no_error (error);
  g_assert_true (uc_stmt_step (stmt, &has_row, &error));
  g_assert_true (has_row);
  value = uc_stmt_get_int64 (stmt, 0);
  uc_stmt_reset (stmt);
  return value;
}

static UcDb *
open_db (const char *path)
{
  g_autoptr (GError) error = NULL;
  UcDb *db = uc_db_open (path, UC_DB_CREATE, &error);

  g_assert_no_error (error);
  return db;
}

static void
migrate (UcDb **db, const UcMigration *migrations, guint n_migrations)
{
  g_autoptr (GError) error = NULL;

  uc_migrate (db, migrations, n_migrations, NULL, NULL, &error);
  g_assert_no_error (error);
}

static void
fill (UcDb *db)
{
  g_autoptr (GError) error = NULL;

  uc_db_exec (db, "INSERT INTO people VALUES (1, 'Anna'), (2, 'Ben')", &error);
  g_assert_no_error (error);
  uc_db_exec (db,
              "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 2500)"
              " INSERT INTO notes SELECT i, 1 + i % 2, 'note ' || i FROM n",
              &error);
  g_assert_no_error (error);
}

/* A database of the first version with something in it. */
static char *
make_old (void)
{
  char *path = dup_path ();
  g_autoptr (UcDb) db = open_db (path);

  migrate (&db, chain, 1);
  fill (db);
  return path;
}

static void
check_new (UcDb *db)
{
  g_auto (GStrv) problems = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_cmpint (query (db, "PRAGMA user_version"), ==, 3);
  g_assert_cmpint (query (db, "SELECT count (*) FROM notes WHERE colour = 'white'"), ==, N_ROWS);
  g_assert_cmpint (query (db, "SELECT count (*) FROM lengths"), ==, N_ROWS);
  g_assert_cmpint (
      query (db, "SELECT count (*) FROM lengths JOIN notes USING (id) WHERE bytes = length (text)"),
      ==, N_ROWS);
  g_assert_cmpint (query (db, "SELECT count (*) FROM schema_steps WHERE finished_at_ms > 0"), ==,
                   3);
  g_assert_cmpint (query (db, "SELECT count (*) FROM schema_steps WHERE backup <> ''"), ==, 0);
  g_assert_cmpint (query (db, "PRAGMA foreign_keys"), ==, 1);
  g_assert_true (uc_db_check (db, TRUE, &problems, &error));
  g_assert_null (problems[0]);
}

static void
check_old (UcDb *db)
{
  g_assert_cmpint (query (db, "PRAGMA user_version"), ==, 1);
  g_assert_cmpint (query (db, "SELECT count (*) FROM notes"), ==, N_ROWS);
  g_assert_cmpint (query (db, "SELECT count (*) FROM people"), ==, 2);
  g_assert_cmpint (query (db, "SELECT count (*) FROM notes WHERE text = 'note ' || id"), ==,
                   N_ROWS);
  g_assert_cmpint (query (db, "SELECT count (*) FROM sqlite_schema WHERE name = 'good'"), ==, 0);
  g_assert_cmpint (query (db, "PRAGMA foreign_keys"), ==, 1);
}

static guint
count_backups (const char *path)
{
  g_autofree char *folder = g_path_get_dirname (path);
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name;
  guint       n = 0;

  while ((name = g_dir_read_name (dir)) != NULL)
    n += g_str_has_suffix (name, ".backup");
  return n;
}

static void
test_fresh (void)
{
  g_autofree char *path = dup_path ();
  g_autoptr (UcDb) db = open_db (path);

  migrate (&db, chain, G_N_ELEMENTS (chain));
  g_assert_cmpint (query (db, "PRAGMA user_version"), ==, 3);
  g_assert_cmpuint (count_backups (path), ==, 0);
  /* Again there is nothing to do. */
  migrate (&db, chain, G_N_ELEMENTS (chain));
  g_assert_cmpint (query (db, "SELECT count (*) FROM schema_steps"), ==, 3);
}

static void
progress_cb (const char *step_name, double fraction, gpointer user_data)
{
  double *last = user_data;

  g_assert_cmpfloat (fraction, >=, *last);
  g_assert_cmpfloat (fraction, <=, 1);
  *last = fraction;
}

static void
test_upgrade (void)
{
  g_autofree char *path = make_old ();
  g_autoptr (UcDb) db = open_db (path);
  g_autoptr (GError) error = NULL;
  double last = 0;

  g_assert_true (uc_migrate (&db, chain, G_N_ELEMENTS (chain), progress_cb, &last, &error));
  g_assert_cmpfloat (last, >, 0.5);
  check_new (db);
  g_assert_cmpuint (count_backups (path), ==, 1);
}

static char *
read_file (const char *path, gsize *length)
{
  g_autoptr (GError) error = NULL;
  char *content = NULL;

  if (!g_file_test (path, G_FILE_TEST_EXISTS)) {
    *length = 0;
    return NULL;
  }
  g_file_get_contents (path, &content, length, &error);
  g_assert_no_error (error);
  return content;
}

/* Not one byte, whether the newer program closed it or was killed. */
static void
test_newer (gconstpointer data)
{
  gboolean         is_killed = GPOINTER_TO_INT (data);
  g_autofree char *path = dup_path ();
  g_autofree char *wal = g_strconcat (path, "-wal", NULL);
  g_autofree char *before = NULL;
  g_autofree char *before_wal = NULL;
  g_autofree char *after = NULL;
  g_autofree char *after_wal = NULL;
  g_autoptr (GError) error = NULL;
  gsize n_before;
  gsize n_before_wal;
  gsize n_after;
  gsize n_after_wal;
  pid_t child = fork ();

  if (child == 0) {
    g_autoptr (UcDb) db = open_db (path);

    migrate (&db, chain, G_N_ELEMENTS (chain));
    uc_db_set_user_version (db, 4, NULL);
    if (is_killed)
      raise (SIGKILL);
    g_clear_pointer (&db, uc_db_close);
    _exit (0);
  }
  g_assert_cmpint (waitpid (child, NULL, 0), ==, child);
  before = read_file (path, &n_before);
  before_wal = read_file (wal, &n_before_wal);
  g_assert_cmpint (n_before_wal > 0, ==, is_killed);
  {
    g_autoptr (UcDb) db = open_db (path);

    g_assert_false (uc_migrate (&db, chain, G_N_ELEMENTS (chain), NULL, NULL, &error));
    g_assert_error (error, UC_ERROR, UC_ERROR_SCHEMA_TOO_NEW);
  }
  after = read_file (path, &n_after);
  after_wal = read_file (wal, &n_after_wal);
  g_assert_cmpmem (before, n_before, after, n_after);
  g_assert_cmpmem (before_wal, n_before_wal, after_wal, n_after_wal);
  g_assert_cmpuint (count_backups (path), ==, 0);
}

/* Whatever goes wrong, the old store is there again. */
static void
test_failure (gconstpointer data)
{
  const char       *name = data;
  g_autofree char  *resource = g_strconcat (PATH, name, ".sql", NULL);
  const UcMigration bad[] = {
    chain[0],
    chain[1],
    { 3, name, resource, NULL, NULL, NULL },
    { 4, "0003", PATH "0003.sql", NULL, NULL, NULL },
  };
  g_autofree char *path = make_old ();
  g_autoptr (UcDb) db = open_db (path);
  g_autoptr (GError) error = NULL;

  g_assert_false (uc_migrate (&db, bad, G_N_ELEMENTS (bad), NULL, NULL, &error));
  g_assert_error (error, UC_ERROR, UC_ERROR_STORAGE);
  check_old (db);
  g_clear_pointer (&db, uc_db_close);
  db = open_db (path);
  check_old (db);
  /* And it is not stuck: the mended chain goes on from there. */
  migrate (&db, chain, G_N_ELEMENTS (chain));
  check_new (db);
}

/* A step that changes content says so. */
static void
test_rewrites (void)
{
  const UcMigration rewriting[] = {
    chain[0],
    chain[1],
    { 3, "changing", PATH "changing.sql", NULL, NULL, "people notes" },
  };
  g_autofree char *path = make_old ();
  g_autoptr (UcDb) db = open_db (path);

  migrate (&db, rewriting, G_N_ELEMENTS (rewriting));
  g_assert_cmpint (query (db, "SELECT count (*) FROM notes WHERE text = 'other'"), ==, 1);
}

static void
test_backups (void)
{
  g_autofree char *path = make_old ();
  g_autoptr (UcDb) db = open_db (path);
  UcMigration more[6];

  for (guint i = 0; i < G_N_ELEMENTS (more); i++) {
    more[i] = i < 2 ? chain[i] : chain[2];
    more[i].version = (int) i + 1;
    if (i > 2)
      more[i].resource = PATH "changing.sql";
    if (i > 2)
      more[i].rewrites = "notes";
    migrate (&db, more, i + 1);
  }
  g_assert_cmpuint (count_backups (path), ==, 3);
}

/* -- Cut off --------------------------------------------------------------------------- */

typedef struct {
  int      countdown; /* points until the end; negative: never */
  gboolean is_kill;
} End;

static gboolean
end_hook (const char *point, int version, gpointer user_data)
{
  End *end = user_data;

  if (end->countdown-- != 0)
    return TRUE;
  if (end->is_kill)
    raise (SIGKILL);
  return FALSE;
}

static gboolean
run_hooked (const char *path, End *end, GError **error)
{
  g_autoptr (UcDb) db = open_db (path);

  return _uc_migrate_hooked (&db, chain, G_N_ELEMENTS (chain), NULL, NULL, end_hook, end, error);
}

/* Killed at each point in turn: the next start goes on and ends where an undisturbed
 * one does. */
static void
test_killed (void)
{
  gboolean is_over = FALSE;
  int      n_points = 0;

  while (!is_over) {
    g_autofree char *path = make_old ();
    int              status;
    pid_t            child = fork ();

    if (child == 0) {
      End end = { n_points, TRUE };

      _exit (run_hooked (path, &end, NULL) ? 0 : 1);
    }
    g_assert_cmpint (waitpid (child, &status, 0), ==, child);
    is_over = WIFEXITED (status);
    g_assert_true (is_over ? WEXITSTATUS (status) == 0 : WTERMSIG (status) == SIGKILL);
    {
      g_autoptr (UcDb) db = open_db (path);
      gint64 version = query (db, "PRAGMA user_version");

      g_assert_cmpint (version, >=, 1);
      g_assert_cmpint (version, <=, 3);
      migrate (&db, chain, G_N_ELEMENTS (chain));
      check_new (db);
    }
    n_points++;
  }
  g_assert_cmpint (n_points, >, 10);
}

/* The same points as errors: everything is put back at once. */
static void
test_failing_points (void)
{
  gboolean is_over = FALSE;
  int      n_points = 0;

  while (!is_over) {
    g_autofree char *path = make_old ();
    g_autoptr (GError) error = NULL;
    g_autoptr (UcDb) db = NULL;
    End end = { n_points++, FALSE };

    is_over = run_hooked (path, &end, &error);
    db = open_db (path);
    if (is_over)
      check_new (db);
    else
      check_old (db);
  }
  g_assert_cmpint (n_points, >, 10);
}

int
main (int argc, char **argv)
{
  const char *failures[] = { "broken", "lossy", "changing", "dangling" };

  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add_func ("/db/migrate/fresh", test_fresh);
  g_test_add_func ("/db/migrate/upgrade", test_upgrade);
  g_test_add_data_func ("/db/migrate/newer/closed", GINT_TO_POINTER (FALSE), test_newer);
  g_test_add_data_func ("/db/migrate/newer/killed", GINT_TO_POINTER (TRUE), test_newer);
  for (gsize i = 0; i < G_N_ELEMENTS (failures); i++) {
    g_autofree char *path = g_strconcat ("/db/migrate/failure/", failures[i], NULL);

    g_test_add_data_func (path, failures[i], test_failure);
  }
  g_test_add_func ("/db/migrate/rewrites", test_rewrites);
  g_test_add_func ("/db/migrate/backups", test_backups);
  g_test_add_func ("/db/migrate/killed", test_killed);
  g_test_add_func ("/db/migrate/failing-points", test_failing_points);
  return g_test_run ();
}
