/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Which of the messages found say most about what was asked for. Of the newest that
 * match a bounded number is weighed, so that a search costs the same whether a word is
 * in a hundred messages or in half of all; what is older than those is not looked at.
 * A score is the sum of
 *
 *  - how often the words stand there, for the length of the text, a rarer word counting
 *    more: BM25 with its usual constants (Robertson and Zaragoza, The Probabilistic
 *    Relevance Framework, 2009). Rarity is counted among the candidates; one is added,
 *    since a word that all of them have is still what was asked for;
 *  - how close together different words stand: ln (0.3 + e^-d), with d the words that
 *    lie between them (Tao and Zhai, An Exploration of Proximity Measures, 2007);
 *  - how new it is, halving every 30 days (the exponential prior of Li and Croft,
 *    Time-Based Language Models, 2003);
 *  - what others made of it: it was pinned, answered, reacted to. These weights are
 *    ours, and small: they decide between equals.
 *
 * Who wrote it does not count: "from:" says whom one means. */

#include "config.h"

#include "uc-search-rank-private.h"

#include "uc-message.h"

#include <math.h>
#include <stdlib.h>

#define K1             1.2
#define B              0.75
#define ALPHA          0.3
#define HALF_LIFE_DAYS 30.0
#define DAY_MS         86400000.0
#define WEIGHT_NEW     1.0
#define WEIGHT_PINNED  0.4
#define WEIGHT_REACTED 0.15
#define WEIGHT_REPLY   0.1
#define MAX_WHATS      64

/* What is known of all candidates together. */
typedef struct {
  guint  n_having[MAX_WHATS]; /* how many have it */
  guint  n;
  double mean_words;
} Whole;

UcSearchCandidate *
_uc_search_candidate_new (void)
{
  return g_new0 (UcSearchCandidate, 1);
}

void
_uc_search_candidate_free (UcSearchCandidate *self)
{
  g_free (self->snippet);
  g_clear_pointer (&self->places, g_array_unref);
  g_free (self);
}

GArray *
_uc_search_read_places (const char *text)
{
  GArray *places = g_array_new (FALSE, FALSE, sizeof (UcSearchPlace));
  char   *at = (char *) text;

  while (*at != '\0') {
    UcSearchPlace place;

    place.what = (guint) strtoul (at, &at, 10);
    place.word = (guint) strtoul (at, &at, 10);
    g_array_append_val (places, place);
  }
  return places;
}

static void
count_words (const UcSearchCandidate *candidate, guint counts[MAX_WHATS])
{
  for (guint i = 0; i < MAX_WHATS; i++)
    counts[i] = 0;
  for (guint i = 0; i < candidate->places->len; i++) {
    guint what = g_array_index (candidate->places, UcSearchPlace, i).what;

    if (what < MAX_WHATS)
      counts[what]++;
  }
}

static void
look_at_all (GPtrArray *candidates, Whole *whole)
{
  guint counts[MAX_WHATS];

  for (guint i = 0; i < candidates->len; i++) {
    const UcSearchCandidate *candidate = g_ptr_array_index (candidates, i);

    count_words (candidate, counts);
    for (guint j = 0; j < MAX_WHATS; j++)
      whole->n_having[j] += counts[j] > 0 ? 1 : 0;
    whole->mean_words += MAX (candidate->n_words, 1);
  }
  whole->n = candidates->len;
  whole->mean_words /= MAX (candidates->len, 1);
}

static double
weigh_words (const UcSearchCandidate *candidate, const Whole *whole)
{
  guint  counts[MAX_WHATS];
  double length = MAX (candidate->n_words, 1) / whole->mean_words;
  double sum = 0;

  count_words (candidate, counts);
  for (guint i = 0; i < MAX_WHATS; i++) {
    double rarity =
        1 + log (1 + (whole->n - whole->n_having[i] + 0.5) / (whole->n_having[i] + 0.5));

    if (counts[i] > 0)
      sum += rarity * counts[i] * (K1 + 1) / (counts[i] + K1 * (1 - B + B * length));
  }
  return sum;
}

static int
compare_places (gconstpointer a, gconstpointer b)
{
  const UcSearchPlace *one = a;
  const UcSearchPlace *other = b;

  return one->word < other->word ? -1 : one->word > other->word;
}

/* Words between those of the shortest stretch that has all that is there; -1 when that
 * is only one. */
static int
find_distance (GArray *places)
{
  guint counts[MAX_WHATS] = { 0 };
  guint seen[MAX_WHATS] = { 0 };
  guint n_whats = 0;
  guint n_inside = 0;
  guint start = 0;
  guint shortest = G_MAXUINT;

  for (guint i = 0; i < places->len; i++) {
    guint what = g_array_index (places, UcSearchPlace, i).what % MAX_WHATS;

    n_whats += seen[what]++ == 0 ? 1 : 0;
  }
  if (n_whats < 2)
    return -1;
  g_array_sort (places, compare_places);
  for (guint i = 0; i < places->len; i++) {
    const UcSearchPlace *last = &g_array_index (places, UcSearchPlace, i);

    n_inside += counts[last->what % MAX_WHATS]++ == 0 ? 1 : 0;
    while (n_inside == n_whats) {
      const UcSearchPlace *first = &g_array_index (places, UcSearchPlace, start++);

      shortest = MIN (shortest, last->word - first->word);
      n_inside -= --counts[first->what % MAX_WHATS] == 0 ? 1 : 0;
    }
  }
  return (int) (shortest - MIN (shortest, n_whats - 1));
}

static double
weigh_closeness (const UcSearchCandidate *candidate)
{
  int distance = find_distance (candidate->places);

  return distance < 0 ? 0 : log (ALPHA + exp (-distance));
}

static double
weigh_age (const UcSearchCandidate *candidate, gint64 now_ms)
{
  double age_days = (double) MAX (now_ms - UC_SEQ_TO_MS (candidate->seq), 0) / DAY_MS;

  return WEIGHT_NEW * exp2 (-age_days / HALF_LIFE_DAYS);
}

static double
weigh_standing (const UcSearchCandidate *candidate)
{
  return (candidate->is_pinned ? WEIGHT_PINNED : 0) +
         (candidate->has_reactions ? WEIGHT_REACTED : 0) +
         WEIGHT_REPLY * log1p (candidate->n_replies);
}

static int
compare_best_first (gconstpointer a, gconstpointer b)
{
  const UcSearchCandidate *one = *(const UcSearchCandidate *const *) a;
  const UcSearchCandidate *other = *(const UcSearchCandidate *const *) b;

  if (one->score > other->score || one->score < other->score)
    return one->score > other->score ? -1 : 1;
  return one->seq > other->seq ? -1 : one->seq < other->seq;
}

void
_uc_search_rank (GPtrArray *candidates, gint64 now_ms)
{
  Whole whole = { { 0 } };

  look_at_all (candidates, &whole);
  for (guint i = 0; i < candidates->len; i++) {
    UcSearchCandidate *candidate = g_ptr_array_index (candidates, i);

    candidate->score = weigh_words (candidate, &whole) + weigh_closeness (candidate) +
                       weigh_age (candidate, now_ms) + weigh_standing (candidate);
  }
  g_ptr_array_sort (candidates, compare_best_first);
}
