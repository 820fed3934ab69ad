/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "uc-migrate-test.h"

#include "uc-error.h"
#include "uc-test.h"

#include <glib/gstdio.h>
#include <string.h>

/* A chain of eight: the last ones change a note each. */
static void
make_chain (UcMigration *chain)
{
  for (int i = 0; i < 8; i++) {
    chain[i] = i < TEST_N_CHAIN ? test_chain[i]
                                : (UcMigration){ .name = "changing",
                                                 .resource = TEST_STEPS "changing.sql",
                                                 .rewrites = "notes.text" };
    chain[i].version = i + 1;
  }
}

static GPtrArray *
list_backups (const char *path)
{
  g_autofree char *folder = g_path_get_dirname (path);
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  GPtrArray  *names = g_ptr_array_new_with_free_func (g_free);
  const char *name;

  while ((name = g_dir_read_name (dir)) != NULL) {
    if (g_str_has_suffix (name, ".backup"))
      g_ptr_array_add (names, g_strdup (name));
  }
  g_ptr_array_sort_values (names, (GCompareFunc) strcmp);
  return names;
}

/* The database, open with its two companions, and no other file beside the backups. */
static guint
count_files (const char *path)
{
  g_autofree char *folder = g_path_get_dirname (path);
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  guint n = 0;

  while (g_dir_read_name (dir) != NULL)
    n++;
  return n;
}

static gboolean
has_version (GPtrArray *names, int version)
{
  g_autofree char *part = g_strdup_printf ("Z-v%d-", version);

  for (guint i = 0; i < names->len; i++) {
    if (strstr (g_ptr_array_index (names, i), part) != NULL)
      return TRUE;
  }
  return FALSE;
}

/* The newest three stay, whatever the clock says in between. */
static void
test_newest (gconstpointer data)
{
  const gint64    *times = data;
  g_autofree char *path = test_make_old ();
  g_autofree char *own = g_strconcat (path, ".mine.backup", NULL);
  g_autofree char *replaced = g_strconcat (path, ".20200101T000000Z-replaced.backup", NULL);
  g_autoptr (UcDb) db = test_open (path);
  UcMigration chain[8];

  make_chain (chain);
  /* Not a migration's: never touched. */
  g_assert_true (g_file_set_contents (own, "x", -1, NULL));
  g_assert_true (g_file_set_contents (replaced, "x", -1, NULL));
  for (guint i = 1; i < 8; i++) {
    g_autoptr (UcClock) clock = uc_clock_new_fake (times[(i - 1) % 4]);
    UcMigrateProbe probe = { .clock = clock };
    g_autoptr (GError) error = NULL;
    g_autoptr (GPtrArray) names = NULL;

    _uc_migrate_probed (db, chain, i + 1, NULL, &probe, &error);
    g_assert_no_error (error);
    names = list_backups (path);
    g_assert_cmpuint (names->len, ==, MIN (i, 3) + 2);
    g_assert_cmpuint (count_files (path), ==, names->len + 3);
    /* The one just made, and those before it. */
    for (int version = (int) i; version > 0 && version > (int) i - 3; version--)
      g_assert_true (has_version (names, version));
  }
  g_assert_true (g_file_test (own, G_FILE_TEST_EXISTS));
  g_assert_true (g_file_test (replaced, G_FILE_TEST_EXISTS));
  g_assert_cmpint (test_query (db, "SELECT count (*) FROM schema_steps WHERE finished_at_ms = 0"),
                   ==, 0);
}

/* Backups of a program that did not number them are the older ones. */
static void
test_unnumbered (void)
{
  g_autofree char *path = test_dup_path ();
  g_autofree char *found = NULL;
  g_autofree char *next = NULL;
  g_autofree char *none = NULL;
  const char *names[] = { ".20990101T000000000000Z-v1.backup", ".20200101T000000000Z-v2-n4.backup",
                          ".20200101T000000000Z-v9-n5.backup" };

  for (gsize i = 0; i < G_N_ELEMENTS (names); i++) {
    g_autofree char *name = g_strconcat (path, names[i], NULL);

    g_assert_true (g_file_set_contents (name, "x", -1, NULL));
  }
  found = _uc_migrate_find_backup (path, 3);
  g_assert_true (g_str_has_suffix (found, "-v2-n4.backup"));
  none = _uc_migrate_find_backup (path, 0);
  g_assert_null (none);
  next = _uc_migrate_dup_backup_path (path, 3, 0);
  g_assert_true (g_str_has_suffix (next, ".19700101T000000000Z-v3-n6.backup"));
}

/* Too little room is said before anything is touched. */
static void
test_no_room (void)
{
  g_autofree char *path = test_make_old ();
  g_autoptr (UcDb) db = test_open (path);
  UcMigrateProbe probe = { .free_bytes = 100 * 1000 };
  g_autoptr (GError) error = NULL;

  g_assert_false (_uc_migrate_probed (db, test_chain, TEST_N_CHAIN, NULL, &probe, &error));
  g_assert_error (error, UC_ERROR, UC_ERROR_STORAGE);
  g_assert_nonnull (strstr (error->message, "MB"));
  test_check_old (db);
  g_assert_cmpuint (test_count_backups (path), ==, 0);

  probe.free_bytes = 100 * 1000 * 1000;
  g_clear_error (&error);
  _uc_migrate_probed (db, test_chain, TEST_N_CHAIN, NULL, &probe, &error);
  g_assert_no_error (error);
  test_check_new (db);
}

int
main (int argc, char **argv)
{
  static const gint64 usual[] = { 1795176000000, 1795176001000, 1795176002000, 1795176003000 };
  static const gint64 wrong[] = { 1795176000000, 0, 2110536000000, -62135596800000 };
  static const gint64 still[] = { 0, 0, 0, 0 };

  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add_data_func ("/db/migrate-backups/newest", usual, test_newest);
  g_test_add_data_func ("/db/migrate-backups/clock-wrong", wrong, test_newest);
  g_test_add_data_func ("/db/migrate-backups/clock-still", still, test_newest);
  g_test_add_func ("/db/migrate-backups/unnumbered", test_unnumbered);
  g_test_add_func ("/db/migrate-backups/no-room", test_no_room);
  return g_test_run ();
}
