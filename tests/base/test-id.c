/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "uc-id.h"

#include <string.h>

static void
test_new (void)
{
  g_autoptr (GHashTable) seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  gboolean used[128] = { FALSE };
  guint    n_used = 0;

  for (guint i = 0; i < 1000; i++) {
    char *id = uc_id_new ();

    g_assert_true (uc_id_is_valid (id));
    for (const char *p = id; *p != '\0'; p++) {
      g_assert_nonnull (strchr ("ybndrfg8ejkmcpqxot1uwisza345h769", *p));
      used[(int) *p] = TRUE;
    }
    g_assert_true (g_hash_table_add (seen, id));
  }
  for (guint i = 0; i < G_N_ELEMENTS (used); i++)
    n_used += used[i];
  g_assert_cmpuint (n_used, ==, 32);
}

static void
test_valid (void)
{
  g_assert_true (uc_id_is_valid ("9bq3fsyo1jyojxp5y4y8sf7zqe"));
  g_assert_false (uc_id_is_valid (NULL));
  g_assert_false (uc_id_is_valid (""));
  g_assert_false (uc_id_is_valid ("9bq3fsyo1jyojxp5y4y8sf7zq"));
  g_assert_false (uc_id_is_valid ("9bq3fsyo1jyojxp5y4y8sf7zqee"));
  g_assert_false (uc_id_is_valid ("9BQ3fsyo1jyojxp5y4y8sf7zqe"));
  g_assert_false (uc_id_is_valid ("9bq3fsyo1jyoj/../y8sf7zqea"));
  g_assert_false (uc_id_is_valid ("9bq3fsyo1jyojxp5y4y8sf7zq\xc3"));
}

static void
test_path_part (void)
{
  g_autofree char *longest = g_strnfill (128, 'a');
  g_autofree char *too_long = g_strnfill (129, 'a');

  g_assert_true (uc_id_is_path_part ("jonas.weber"));
  g_assert_true (uc_id_is_path_part ("+1"));
  g_assert_true (uc_id_is_path_part ("town-square_2"));
  g_assert_true (uc_id_is_path_part ("a..b"));
  g_assert_true (uc_id_is_path_part (longest));
  g_assert_false (uc_id_is_path_part (too_long));
  g_assert_false (uc_id_is_path_part (NULL));
  g_assert_false (uc_id_is_path_part (""));
  g_assert_false (uc_id_is_path_part ("."));
  g_assert_false (uc_id_is_path_part (".."));
  g_assert_false (uc_id_is_path_part ("a/b"));
  g_assert_false (uc_id_is_path_part ("a?b"));
  g_assert_false (uc_id_is_path_part ("a%2fb"));
  g_assert_false (uc_id_is_path_part ("a b"));
  g_assert_false (uc_id_is_path_part ("\xc3\xa4"));
}

static void
test_random (void)
{
  guint8 first[64] = { 0 };
  guint8 second[64] = { 0 };

  uc_random_bytes (first, sizeof first);
  uc_random_bytes (second, sizeof second);
  g_assert_cmpint (memcmp (first, second, sizeof first), !=, 0);
  uc_random_bytes (NULL, 0);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add_func ("/base/id/new", test_new);
  g_test_add_func ("/base/id/valid", test_valid);
  g_test_add_func ("/base/id/path-part", test_path_part);
  g_test_add_func ("/base/id/random", test_random);
  return g_test_run ();
}
