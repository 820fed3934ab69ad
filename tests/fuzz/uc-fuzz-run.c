/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Runs a fuzz target briefly as a test: seeds as they are, then pieces of them cut,
 * joined, repeated and damaged, by a random source that a failure names.
 *
 *   fuzz-NAME-test SEED-FILE...
 *
 * UNIFIED_CHAT_TEST_FUZZ_ROUNDS sets how many; the default takes some seconds.
 */

#include "config.h"

#include "uc-fuzz-run.h"

#include <glib.h>

#define DEFAULT_ROUNDS 4000
#define MAX_BYTES      4096

static GPtrArray *seeds; /* (element-type GBytes) */

static void
run (const guint8 *data, gsize size)
{
  /* An exact copy, so that the sanitizer sees a read behind the end. */
  guint8 *copy = g_memdup2 (data, size);

  LLVMFuzzerTestOneInput (copy, size);
  g_free (copy);
}

static void
append_piece (GByteArray *out, GRand *random)
{
  GBytes       *seed = seeds->pdata[g_rand_int_range (random, 0, (gint32) seeds->len)];
  gsize         size;
  const guint8 *data = g_bytes_get_data (seed, &size);
  gsize         start = size > 0 ? (gsize) g_rand_int_range (random, 0, (gint32) size) : 0;
  gsize         length = (gsize) g_rand_int_range (random, 0, 200);
  guint         n_times = g_rand_int_range (random, 0, 10) == 0 ? 20 : 1;

  length = MIN (length, size - start);
  for (guint i = 0; i < n_times && out->len < MAX_BYTES && length > 0; i++)
    g_byte_array_append (out, data + start, (guint) length);
}

static void
damage (GByteArray *input, GRand *random)
{
  guint at;

  if (input->len == 0)
    return;
  at = (guint) g_rand_int_range (random, 0, (gint32) input->len);
  switch (g_rand_int_range (random, 0, 4)) {
  case 0:
    input->data[at] ^= (guint8) (1 << g_rand_int_range (random, 0, 8));
    break;
  case 1:
    input->data[at] = (guint8) g_rand_int_range (random, 0, 256);
    break;
  case 2:
    g_byte_array_remove_index (input, at);
    break;
  default:
    g_byte_array_set_size (input, at);
    break;
  }
}

static void
test_seeds (void)
{
  for (guint i = 0; i < seeds->len; i++) {
    gsize         size;
    const guint8 *data = g_bytes_get_data (seeds->pdata[i], &size);

    run (data, size);
    for (gsize end = 0; end < size; end += 1 + size / 500)
      run (data, end);
  }
}

static void
test_damaged (void)
{
  const char *wanted = g_getenv ("UNIFIED_CHAT_TEST_FUZZ_ROUNDS");
  guint64     n_rounds = wanted != NULL ? g_ascii_strtoull (wanted, NULL, 10) : DEFAULT_ROUNDS;
  g_autoptr (GRand) random = g_rand_new_with_seed ((guint32) g_test_rand_int ());

  for (guint64 i = 0; i < n_rounds; i++) {
    g_autoptr (GByteArray) input = g_byte_array_new ();
    int n_pieces = g_rand_int_range (random, 1, 8);
    int n_damages = g_rand_int_range (random, 0, 6);

    for (int k = 0; k < n_pieces; k++)
      append_piece (input, random);
    for (int k = 0; k < n_damages; k++)
      damage (input, random);
    run (input->data, input->len);
  }
}

int
main (int argc, char *argv[])
{
  int result;

  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  seeds = g_ptr_array_new_with_free_func ((GDestroyNotify) g_bytes_unref);
  for (int i = 1; i < argc; i++) {
    g_autoptr (GError) error = NULL;
    char *content;
    gsize size;

    g_file_get_contents (argv[i], &content, &size, &error);
    g_assert_no_error (error);
    g_ptr_array_add (seeds, g_bytes_new_take (content, size));
  }
  g_assert_cmpuint (seeds->len, >, 0);

  g_test_add_func ("/fuzz/seeds", test_seeds);
  g_test_add_func ("/fuzz/damaged", test_damaged);
  result = g_test_run ();
  g_ptr_array_unref (seeds);
  return result;
}
