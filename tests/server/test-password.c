/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "uc-password.h"

#include "uc-test.h"

#include <string.h>

static void
test_hash (void)
{
  g_autofree char *first = uc_password_hash ("secret", 1);
  g_autofree char *second = uc_password_hash ("secret", 1);

  g_assert_true (g_str_has_prefix (first, "$y$"));
  g_assert_null (strstr (first, "secret"));
  /* Salted. */
  g_assert_cmpstr (first, !=, second);
  g_assert_true (uc_password_check ("secret", first));
  g_assert_true (uc_password_check ("secret", second));
  g_assert_false (uc_password_check ("Secret", first));
  g_assert_false (uc_password_check ("", first));
  g_assert_false (uc_password_check ("secret ", first));
}

/* No hash lets anybody in by being broken. */
static void
test_broken_hashes (void)
{
  static const char *const hashes[] = {
    "", "*", "*0", "secret", "$y$", "$y$j9T$", "!", "$1$salt$"
  };

  for (guint i = 0; i < G_N_ELEMENTS (hashes); i++) {
    g_assert_false (uc_password_check ("secret", hashes[i]));
    g_assert_false (uc_password_check ("", hashes[i]));
    g_assert_false (uc_password_check (hashes[i], hashes[i]));
  }
}

static void
test_odd_passwords (void)
{
  g_autofree char  *long_password = g_strnfill (500, 'p');
  g_autofree char  *longer = g_strconcat (long_password, "x", NULL);
  const char *const passwords[] = { "\303\274ml\303\244ut", "with space", long_password };

  for (guint i = 0; i < G_N_ELEMENTS (passwords); i++) {
    g_autofree char *hash = uc_password_hash (passwords[i], 1);

    g_assert_nonnull (hash);
    g_assert_true (uc_password_check (passwords[i], hash));
  }
  {
    g_autofree char *hash = uc_password_hash (long_password, 1);

    /* All of it counts. */
    g_assert_false (uc_password_check (longer, hash));
  }
}

typedef struct {
  guint n_done;
  guint n_ok;
  guint n_freed;
  char *new_hash;
} Result;

static void
done_cb (UcPasswordJob *job, gpointer user_data)
{
  Result *result = user_data;

  result->n_done++;
  result->n_ok += job->is_ok;
  if (job->new_hash != NULL)
    g_set_str (&result->new_hash, job->new_hash);
}

static void
free_cb (gpointer user_data)
{
  ((Result *) user_data)->n_freed++;
}

static gboolean
has_four (gpointer user_data)
{
  return ((Result *) user_data)->n_done == 4;
}

static void
test_pool (void)
{
  g_autofree char *hash = uc_password_hash ("secret", 1);
  g_autoptr (UcPasswordPool) pool = uc_password_pool_new (1);
  Result result = { 0 };

  g_assert_true (uc_password_pool_push (pool, "secret", hash, NULL, done_cb, &result, free_cb));
  g_assert_true (uc_password_pool_push (pool, "wrong", hash, NULL, done_cb, &result, free_cb));
  g_assert_true (uc_password_pool_push (pool, NULL, NULL, "another", done_cb, &result, free_cb));
  /* Nobody's: takes as long, and never fits. */
  g_assert_true (uc_password_pool_push (pool, "secret", NULL, NULL, done_cb, &result, free_cb));
  uc_test_wait_until (has_four, &result, 20000);
  g_assert_cmpuint (result.n_ok, ==, 1);
  g_assert_cmpuint (result.n_freed, ==, 4);
  g_assert_true (uc_password_check ("another", result.new_hash));
  g_free (result.new_hash);
}

/* More than can wait are turned away at once, and those who wait are served. */
static void
test_full (void)
{
  g_autofree char *hash = uc_password_hash ("secret", 1);
  UcPasswordPool  *pool = uc_password_pool_new (1);
  Result           result = { 0 };
  guint            n_taken = 0;
  guint            n_refused = 0;

  for (guint i = 0; i < 100; i++) {
    if (uc_password_pool_push (pool, "secret", hash, NULL, done_cb, &result, free_cb))
      n_taken++;
    else
      n_refused++;
  }
  g_assert_cmpuint (n_taken, >=, 20);
  g_assert_cmpuint (n_taken, <=, 30);
  g_assert_cmpuint (n_refused, >, 0);
  /* Ending it leaves nothing behind. */
  uc_password_pool_free (pool);
  while (g_main_context_iteration (NULL, FALSE))
    ;
  g_assert_cmpuint (result.n_freed, ==, n_taken);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/password/hash", test_hash);
  g_test_add_func ("/password/broken-hashes", test_broken_hashes);
  g_test_add_func ("/password/odd-passwords", test_odd_passwords);
  g_test_add_func ("/password/pool", test_pool);
  g_test_add_func ("/password/full", test_full);
  return g_test_run ();
}
