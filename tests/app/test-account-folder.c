/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Account folders: found, named, made private, removed without leaving the folder. */

#include "config.h"

#include "uc-account-folder.h"

#include "uc-error.h"
#include "uc-test.h"

#include <glib/gstdio.h>
#include <sys/stat.h>
#include <unistd.h>

static void
write_file (const char *folder, const char *name)
{
  g_autofree char *path = g_build_filename (folder, name, NULL);
  g_autoptr (GError) error = NULL;

  g_file_set_contents (path, "x", 1, &error);
  g_assert_no_error (error);
}

static void
test_list (void)
{
  g_autofree char *root = uc_test_dup_temp_dir ();
  g_autofree char *missing = g_build_filename (root, "missing", NULL);
  g_autofree char *b = g_build_filename (root, "b", NULL);
  g_autofree char *a = g_build_filename (root, "a", NULL);
  g_autofree char *empty = g_build_filename (root, "empty", NULL);
  g_auto (GStrv) none = uc_account_folder_list (missing);
  g_auto (GStrv) ids = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_cmpuint (g_strv_length (none), ==, 0);

  g_assert_true (uc_account_folder_make (b, &error));
  g_assert_true (uc_account_folder_make (a, &error));
  g_assert_true (uc_account_folder_make (empty, &error));
  write_file (b, "store.db");
  write_file (a, "store.db");
  write_file (empty, "other.db");
  ids = uc_account_folder_list (root);
  g_assert_cmpstrv (ids, ((const char *const[]){ "a", "b", NULL }));
}

static void
test_id (void)
{
  g_autofree char *id = uc_account_folder_dup_id ("https://a.example", "user1");
  g_autofree char *same = uc_account_folder_dup_id ("https://a.example", "user1");
  g_autofree char *other_user = uc_account_folder_dup_id ("https://a.example", "user2");
  g_autofree char *other_site = uc_account_folder_dup_id ("https://b.example", "user1");

  g_assert_cmpstr (id, ==, same);
  g_assert_cmpstr (id, !=, other_user);
  g_assert_cmpstr (id, !=, other_site);
  /* It becomes the name of a folder, whatever a server calls itself. */
  for (const char *at = id; *at != '\0'; at++)
    g_assert_true (g_ascii_isxdigit (*at));
}

static void
test_private (void)
{
  g_autofree char *root = uc_test_dup_temp_dir ();
  g_autofree char *folder = g_build_filename (root, "deep", "account", NULL);
  g_autoptr (GError) error = NULL;
  struct stat info;

  g_assert_true (uc_account_folder_make (folder, &error));
  g_assert_cmpint (g_stat (folder, &info), ==, 0);
  g_assert_cmpint (info.st_mode & 0777, ==, 0700);
}

static void
test_make_fails (void)
{
  g_autofree char *root = uc_test_dup_temp_dir ();
  g_autofree char *folder = g_build_filename (root, "file", "account", NULL);
  g_autoptr (GError) error = NULL;

  write_file (root, "file");
  g_assert_false (uc_account_folder_make (folder, &error));
  g_assert_error (error, UC_ERROR, UC_ERROR_STORAGE);
}

static void
test_remove (void)
{
  g_autofree char *root = uc_test_dup_temp_dir ();
  g_autofree char *folder = g_build_filename (root, "account", NULL);
  g_autofree char *cache = g_build_filename (folder, "cache", NULL);
  g_autofree char *precious = g_build_filename (root, "precious", NULL);
  g_autofree char *kept = g_build_filename (precious, "kept", NULL);
  g_autofree char *link_path = g_build_filename (folder, "link", NULL);
  g_autoptr (GError) error = NULL;

  g_assert_true (uc_account_folder_make (cache, &error));
  g_assert_true (uc_account_folder_make (precious, &error));
  write_file (folder, "store.db");
  write_file (cache, "picture");
  write_file (precious, "kept");
  g_assert_cmpint (symlink (precious, link_path), ==, 0);

  g_assert_true (uc_account_folder_remove (folder, &error));
  g_assert_no_error (error);
  g_assert_false (g_file_test (folder, G_FILE_TEST_EXISTS));
  g_assert_true (g_file_test (kept, G_FILE_TEST_EXISTS));

  g_assert_false (uc_account_folder_remove (folder, &error));
  g_assert_error (error, UC_ERROR, UC_ERROR_STORAGE);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

  g_test_add_func ("/app/account-folder/list", test_list);
  g_test_add_func ("/app/account-folder/id", test_id);
  g_test_add_func ("/app/account-folder/private", test_private);
  g_test_add_func ("/app/account-folder/make-fails", test_make_fails);
  g_test_add_func ("/app/account-folder/remove", test_remove);

  return g_test_run ();
}
