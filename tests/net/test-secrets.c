/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The secrets in a file; those in the keyring are in test-keyring.c. */

#include "config.h"

#include "uc-error.h"
#include "uc-secrets.h"
#include "uc-test.h"

#include <glib/gstdio.h>

#include <string.h>

#define SITE "http://[::1]:8065"
#define ANNA "abcdefghijklmnopqrstuvwxyz"
#define BEN  "zyxwvutsrqponmlkjihgfedcba"

typedef struct {
  UcSecrets *secrets;
  char      *dir;
  char      *path;
} Fixture;

static void
set_up (Fixture *self, gconstpointer data)
{
  self->dir = uc_test_dup_temp_dir ();
  self->path = g_build_filename (self->dir, "tokens", NULL);
  self->secrets = uc_secrets_new_file (self->path);
}

static void
tear_down (Fixture *self, gconstpointer data)
{
  g_object_unref (self->secrets);
  g_free (self->path);
  g_free (self->dir);
}

static gboolean
store (Fixture *self, const char *user_id, const char *token, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  uc_secrets_store_async (self->secrets, SITE, user_id, "label", token, NULL, uc_test_result_cb,
                          &result);
  uc_test_wait_result (&result);
  return uc_secrets_store_finish (self->secrets, result, error);
}

static void
expect (Fixture *self, const char *user_id, const char *expected, UcErrorCode code)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  char *token;

  uc_secrets_lookup_async (self->secrets, SITE, user_id, NULL, uc_test_result_cb, &result);
  uc_test_wait_result (&result);
  token = uc_secrets_lookup_finish (self->secrets, result, &error);
  g_assert_cmpstr (token, ==, expected);
  if (expected == NULL)
    g_assert_error (error, UC_ERROR, (int) code);
  else
    g_assert_no_error (error);
  uc_secrets_free_token (token);
}

static gboolean
clear (Fixture *self, const char *user_id, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  uc_secrets_clear_async (self->secrets, SITE, user_id, NULL, uc_test_result_cb, &result);
  uc_test_wait_result (&result);
  return uc_secrets_clear_finish (self->secrets, result, error);
}

static guint
count_files (const char *dir)
{
  g_autoptr (GDir) listing = g_dir_open (dir, 0, NULL);
  guint n = 0;

  while (g_dir_read_name (listing) != NULL)
    n++;
  return n;
}

static void
test_round (Fixture *self, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  GStatBuf info;

  expect (self, ANNA, NULL, UC_ERROR_NOT_FOUND);
  g_assert_true (clear (self, ANNA, &error));
  g_assert_false (g_file_test (self->path, G_FILE_TEST_EXISTS));

  g_assert_true (store (self, ANNA, "one", &error));
  g_assert_no_error (error);
  g_assert_cmpint (g_stat (self->path, &info), ==, 0);
  g_assert_cmpint (info.st_mode & 0777, ==, 0600);
  expect (self, ANNA, "one", 0);
  expect (self, BEN, NULL, UC_ERROR_NOT_FOUND);

  g_assert_true (store (self, BEN, "two", NULL));
  g_assert_true (store (self, ANNA, "th\\r=e#e", NULL));
  expect (self, ANNA, "th\\r=e#e", 0);
  expect (self, BEN, "two", 0);
  g_assert_cmpint (g_stat (self->path, &info), ==, 0);
  g_assert_cmpint (info.st_mode & 0777, ==, 0600);

  g_assert_true (clear (self, ANNA, &error));
  expect (self, ANNA, NULL, UC_ERROR_NOT_FOUND);
  expect (self, BEN, "two", 0);
  g_assert_cmpuint (count_files (self->dir), ==, 1);
}

static void
test_readable_by_others (Fixture *self, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  g_assert_true (store (self, ANNA, "one", NULL));
  g_assert_cmpint (g_chmod (self->path, 0644), ==, 0);
  expect (self, ANNA, NULL, UC_ERROR_DISABLED);
  g_assert_false (store (self, ANNA, "two", &error));
  g_assert_error (error, UC_ERROR, UC_ERROR_DISABLED);
}

static void
test_damaged (Fixture *self, gconstpointer data)
{
  g_assert_true (g_file_set_contents_full (self->path, "{not a key file", -1,
                                           G_FILE_SET_CONTENTS_NONE, 0600, NULL));
  expect (self, ANNA, NULL, UC_ERROR_STORAGE);
  g_unlink (self->path);
  g_assert_cmpint (g_mkdir (self->path, 0700), ==, 0);
  expect (self, ANNA, NULL, UC_ERROR_STORAGE);
}

static void
test_no_folder (Fixture *self, gconstpointer data)
{
  g_autofree char *path = g_build_filename (self->dir, "absent", "tokens", NULL);
  g_autoptr (GError) error = NULL;

  g_object_unref (self->secrets);
  self->secrets = uc_secrets_new_file (path);
  expect (self, ANNA, NULL, UC_ERROR_NOT_FOUND);
  g_assert_false (store (self, ANNA, "one", &error));
  g_assert_error (error, UC_ERROR, UC_ERROR_STORAGE);
}

/* Many at once, of which none gets lost. */
static void
test_parallel (Fixture *self, gconstpointer data)
{
  GAsyncResult *results[16] = { 0 };

  for (gsize i = 0; i < G_N_ELEMENTS (results); i++) {
    g_autofree char *user_id = g_strdup_printf ("user-%u", (guint) i);

    uc_secrets_store_async (self->secrets, SITE, user_id, "label", user_id, NULL, uc_test_result_cb,
                            &results[i]);
  }
  for (gsize i = 0; i < G_N_ELEMENTS (results); i++) {
    uc_test_wait_result (&results[i]);
    g_assert_true (uc_secrets_store_finish (self->secrets, results[i], NULL));
    g_object_unref (results[i]);
  }
  for (gsize i = 0; i < G_N_ELEMENTS (results); i++) {
    g_autofree char *user_id = g_strdup_printf ("user-%u", (guint) i);

    expect (self, user_id, user_id, 0);
  }
}

#define ADD(name, function) g_test_add (name, Fixture, NULL, set_up, function, tear_down)

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  ADD ("/net/secrets/round", test_round);
  ADD ("/net/secrets/readable-by-others", test_readable_by_others);
  ADD ("/net/secrets/damaged", test_damaged);
  ADD ("/net/secrets/no-folder", test_no_folder);
  ADD ("/net/secrets/parallel", test_parallel);
  return g_test_run ();
}
