/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Runs a fuzz target briefly as a test: seeds as they are, then whole ones damaged and
 * pieces of them cut, joined, repeated and damaged, by a random source that a failure
 * names.
 *
 *   fuzz-NAME-test SEED-FILE...
 *
 * A seed file that ends in .jsonl holds a seed a line. UNIFIED_CHAT_TEST_FUZZ_ROUNDS
 * sets how many rounds; the default takes some seconds.
 */

#include "config.h"

#include "uc-fuzz-run.h"

#include <glib.h>
#include <string.h>

#ifndef UC_FUZZ_ROUNDS
#define UC_FUZZ_ROUNDS 4000
#endif
/* Seeds are also run cut off, at this many places of them all. */
#define MAX_CUTS  10000
#define MAX_BYTES 4096
/* Larger seeds are run as they are, and used in pieces only. */
#define MAX_WHOLE_BYTES 8192

static GPtrArray *seeds;       /* (element-type GBytes) */
static GPtrArray *whole_seeds; /* (element-type GBytes) those that are not too large */

/* What tends to be in nobody's mind. */
static const char *const odd_values[] = {
  "null",
  "true",
  "0",
  "-1",
  "1e999",
  "9223372036854775808",
  "-9223372036854775809",
  "1.5",
  "\"\"",
  "\"x\"",
  "[]",
  "{}",
  "[null]",
  "\"\\u0000\"",
  "\"\\ud800\"",
  "\"{}\"",
  "\"[\"",
  "\xff",
  "\xe2\x80\xae",
  "99999999999999999999999999999999999999999999",
  "\"0001-01-01T00:00:00Z\"",
};

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

/* Puts an odd value in the place of what lies between two marks of punctuation. */
static void
replace_value (GByteArray *input, GRand *random)
{
  const char *value = odd_values[g_rand_int_range (random, 0, G_N_ELEMENTS (odd_values))];
  guint       start = (guint) g_rand_int_range (random, 0, (gint32) input->len);
  guint       end;
  g_autoptr (GByteArray) tail = NULL;

  while (start > 0 && strchr (":,[ ", (char) input->data[start - 1]) == NULL)
    start--;
  end = start;
  while (end < input->len && strchr (",]}", (char) input->data[end]) == NULL)
    end++;
  tail = g_byte_array_new ();
  g_byte_array_append (tail, input->data + end, input->len - end);
  g_byte_array_set_size (input, start);
  g_byte_array_append (input, (const guint8 *) value, (guint) strlen (value));
  g_byte_array_append (input, tail->data, tail->len);
}

static void
append_whole (GByteArray *out, GRand *random)
{
  GBytes       *seed = whole_seeds->pdata[g_rand_int_range (random, 0, (gint32) whole_seeds->len)];
  gsize         size;
  const guint8 *data = g_bytes_get_data (seed, &size);

  g_byte_array_append (out, data, (guint) size);
  for (int n = g_rand_int_range (random, 0, 4); n > 0 && out->len > 0; n--)
    replace_value (out, random);
}

static void
test_seeds (void)
{
  gsize total = 0;

  for (guint i = 0; i < seeds->len; i++)
    total += g_bytes_get_size (seeds->pdata[i]);

  for (guint i = 0; i < seeds->len; i++) {
    gsize         size;
    const guint8 *data = g_bytes_get_data (seeds->pdata[i], &size);

    run (data, size);
    for (gsize end = 0; end < size; end += 1 + size / 500 + total / MAX_CUTS)
      run (data, end);
  }
}

static void
test_damaged (void)
{
  const char *wanted = g_getenv ("UNIFIED_CHAT_TEST_FUZZ_ROUNDS");
  guint64     n_rounds = wanted != NULL ? g_ascii_strtoull (wanted, NULL, 10) : UC_FUZZ_ROUNDS;
  g_autoptr (GRand) random = g_rand_new_with_seed ((guint32) g_test_rand_int ());

  for (guint64 i = 0; i < n_rounds; i++) {
    g_autoptr (GByteArray) input = g_byte_array_new ();
    int n_pieces = g_rand_int_range (random, 1, 8);
    int n_damages = g_rand_int_range (random, 0, 6);

    /* One half stays well formed for the most part and gets far. */
    if (i % 2 == 0 && whole_seeds->len > 0) {
      append_whole (input, random);
      n_pieces = 0;
      n_damages /= 3;
    }
    for (int k = 0; k < n_pieces; k++)
      append_piece (input, random);
    for (int k = 0; k < n_damages; k++)
      damage (input, random);
    run (input->data, input->len);
  }
}

static void
add_seed (const char *data, gsize size)
{
  GBytes *seed = g_bytes_new (data, size);

  g_ptr_array_add (seeds, seed);
  if (size <= MAX_WHOLE_BYTES)
    g_ptr_array_add (whole_seeds, seed);
}

static void
read_seeds (const char *path)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *content = NULL;
  gsize            size;

  g_file_get_contents (path, &content, &size, &error);
  g_assert_no_error (error);
  if (g_str_has_suffix (path, ".jsonl")) {
    g_auto (GStrv) lines = g_strsplit (content, "\n", -1);

    for (guint i = 0; lines[i] != NULL; i++) {
      if (*lines[i] != '\0')
        add_seed (lines[i], strlen (lines[i]));
    }
  } else {
    add_seed (content, size);
  }
}

int
main (int argc, char *argv[])
{
  int result;

  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  seeds = g_ptr_array_new_with_free_func ((GDestroyNotify) g_bytes_unref);
  whole_seeds = g_ptr_array_new ();
  for (int i = 1; i < argc; i++)
    read_seeds (argv[i]);
  g_assert_cmpuint (seeds->len, >, 0);

  g_test_add_func ("/fuzz/seeds", test_seeds);
  g_test_add_func ("/fuzz/damaged", test_damaged);
  result = g_test_run ();
  g_ptr_array_unref (whole_seeds);
  g_ptr_array_unref (seeds);
  return result;
}
