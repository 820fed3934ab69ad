/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What searching a large store costs, by kind of query: processor time from asking to the
 * fifty newest, or best, hits, with their texts and marks. Prints figures; judges nothing.
 *
 * bench-search [N-MESSAGES] */

#include "config.h"

#include "uc-bench-measure.h"
#include "uc-bench-store.h"
#include "uc-error.h"
#include "uc-test.h"

#include <stdio.h>

#define N_RUNS 15
#define LIMIT  50

/* Words are named by their rank among 30,000: %0 is the most frequent one. */
typedef struct {
  const char *name;
  const char *queries[4];
} Kind;

static const Kind kinds[] = {
  { "very common word", { "%0", "%1", "%3", "%7" } },
  { "word of medium frequency", { "%90", "%200", "%400", "%800" } },
  { "rare word", { "%9000", "%15000", "%22000", "%29000" } },
  { "word that is not there", { "nosuchword", "qqqzzz", "xylophonium", "zzyzx" } },
  { "prefix", { "pres*", "ker*", "re*", "schu*" } },
  { "two operators",
    { "from:user7 has:link", "in:station-0 %40", "from:user3 before:2026-01-01 %2",
      "has:file %5" } },
  { "rare and frequent prefix of two", { "%9000 pres*", "%0 re*", "%200 schu*", "%22000 ker*" } },
  { "prefix that is nowhere", { "qqx*", "zzyz*", "xylop*", "%0 zzyz*" } },
  { "link", { "has:link", "has:link in:station-0", "has:link from:user7", "-has:link" } },
  { "operators alone",
    { "from:user1999", "is:pinned", "has:reaction before:2026-01-01", "is:unread" } },
  { "operators that nothing fits",
    { "from:me.myself", "from:me.myself has:link", "is:saved has:reaction",
      "from:me.myself in:station-0" } },
  { "operator that nothing fits, and words",
    { "from:me.myself %0", "from:me.myself %200", "is:saved %1", "from:me.myself %3 %7" } },
  { "phrase", { "\"%0 %1\"", "\"%2 %4\"", "\"%40 %41\"", "\"%0 %100\"" } },
  { "with exclusion", { "%40 -%0", "%43 -%1 -%2", "%60 -%41", "%0 -%1" } },
  { "either of two", { "%40 OR %41", "%9000 OR %9001", "%0 OR %1", "%200 OR %15000" } },
  { "Chinese and Japanese", { "会议", "患者", "手術", "谢谢" } },
  { "part of a word", { "*ssun", "*ployment", "*essur", "*tick" } },
};

static char *
make_query (UcBenchWords *words, const char *pattern)
{
  GString *query = g_string_new (NULL);

  for (const char *at = pattern; *at != '\0';) {
    if (*at == '%') {
      char *end;

      g_string_append (query,
                       uc_bench_words_get (words, (guint) g_ascii_strtoull (at + 1, &end, 10)));
      at = end;
    } else
      g_string_append_c (query, *at++);
  }
  return g_string_free (query, FALSE);
}

static guint
search (UcTestStore *test, const char *query, UcSearchOrder order, GArray *times)
{
  const double start = uc_bench_get_cpu_s ();
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GPtrArray) hits = NULL;
  g_autoptr (GError) error = NULL;
  double time;

  uc_store_search_async (test->store, query, TEST_ME, order, 0, LIMIT, NULL, uc_test_result_cb,
                         &result);
  uc_test_wait_result (&result);
  hits = uc_store_search_finish (test->store, result, &error);
  /* On a busy machine one may reach the limit that is there for the person's sake. */
  uc_bench_must (hits != NULL || g_error_matches (error, UC_ERROR, UC_ERROR_TIMEOUT), &error);
  time = uc_bench_get_cpu_s () - start;
  g_array_append_val (times, time);
  return hits != NULL ? hits->len : 0;
}

static void
measure (UcTestStore *test, UcBenchWords *words, const Kind *kind)
{
  g_autoptr (GArray) newest = g_array_new (FALSE, FALSE, sizeof (double));
  g_autoptr (GArray) best = g_array_new (FALSE, FALSE, sizeof (double));
  g_autoptr (GString) found = g_string_new (NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (kind->queries); i++) {
    g_autofree char *query = make_query (words, kind->queries[i]);
    guint            n_hits = 0;

    for (guint run = 0; run < N_RUNS; run++) {
      n_hits = search (test, query, UC_SEARCH_NEWEST, newest);
      search (test, query, UC_SEARCH_RELEVANT, best);
    }
    g_string_append_printf (found, "%s“%s” %u", i > 0 ? ", " : "", query, n_hits);
  }
  printf ("%s: newest p50 %.2f ms, p95 %.2f ms; best p50 %.2f ms, p95 %.2f ms; found %s\n",
          kind->name, uc_bench_get_quantile (newest, 0.5) * 1e3,
          uc_bench_get_quantile (newest, 0.95) * 1e3, uc_bench_get_quantile (best, 0.5) * 1e3,
          uc_bench_get_quantile (best, 0.95) * 1e3, found->str);
}

int
main (int argc, char **argv)
{
  const guint      n_messages = argc > 1 ? (guint) g_ascii_strtoull (argv[1], NULL, 10) : 1000000;
  g_autofree char *path = uc_bench_store_dup_path (n_messages);
  g_autoptr (UcBenchWords) words = uc_bench_words_new (1);
  g_autoptr (UcTestStore) test = uc_bench_store_open (path);

  printf ("%u messages\n", n_messages);
  for (gsize i = 0; i < G_N_ELEMENTS (kinds); i++)
    measure (test, words, &kinds[i]);
  return 0;
}
