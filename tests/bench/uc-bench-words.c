/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What is said in the store of the benchmarks. The frequent words are real ones, the
 * long tail is made of syllables. */

#include "config.h"

#include "uc-bench-words.h"

#include <math.h>

#define N_WORDS      30000
#define N_CHARACTERS 2500
/* The first of the characters that texts without spaces are made of. */
#define FIRST_CHARACTER 0x4e00

static const char *const frequent[] = {
  "the",     "to",      "and",      "is",       "we",       "I",        "a",       "in",
  "for",     "it",      "you",      "of",       "that",     "on",       "die",     "der",
  "und",     "have",    "this",     "ist",      "with",     "be",       "not",     "das",
  "can",     "please",  "ich",      "now",      "from",     "nicht",    "at",      "wir",
  "will",    "ok",      "thanks",   "les",      "est",      "mit",      "für",     "danke",
  "patient", "meeting", "today",    "server",   "report",   "tomorrow", "check",   "heute",
  "station", "morgen",  "review",   "customer", "bitte",    "pressure", "deploy",  "blood",
  "wird",    "la",      "que",      "réunion",  "équipe",   "schon",    "release", "ticket",
  "noch",    "restart", "Übergabe", "urgent",   "incident", "coffee",   "lunch",   "Messung",
};

static const char *const syllables[] = {
  "ba", "ker",  "lo", "min", "ta", "ris", "von", "del", "schu", "pe", "gra", "no",  "li", "fen",
  "mo", "ster", "ka", "ru",  "ti", "bel", "au",  "ze",  "hin",  "or", "ma",  "che", "vi", "son",
};

static const char *const phrases[] = {
  "会议", "检查", "患者", "明天", "请", "谢谢", "报告", "手術"
};

struct _UcBenchWords {
  GRand     *rand;
  GPtrArray *words;   /* (element-type utf8) by frequency */
  double    *weights; /* cumulative */
};

static char *
make_rare_word (guint number)
{
  GString *word = g_string_new (NULL);

  for (guint rest = number; rest > 0; rest /= G_N_ELEMENTS (syllables))
    g_string_append (word, syllables[rest % G_N_ELEMENTS (syllables)]);
  return g_string_free (word, FALSE);
}

UcBenchWords *
uc_bench_words_new (guint32 seed)
{
  UcBenchWords *self = g_new0 (UcBenchWords, 1);
  double        sum = 0;

  self->rand = g_rand_new_with_seed (seed);
  self->words = g_ptr_array_new_with_free_func (g_free);
  self->weights = g_new (double, N_WORDS);
  for (guint i = 0; i < N_WORDS; i++) {
    g_ptr_array_add (self->words, i < G_N_ELEMENTS (frequent)
                                      ? g_strdup (frequent[i])
                                      : make_rare_word (i + G_N_ELEMENTS (syllables)));
    sum += 1 / (i + 2.7);
    self->weights[i] = sum;
  }
  return self;
}

void
uc_bench_words_free (UcBenchWords *self)
{
  g_rand_free (self->rand);
  g_ptr_array_unref (self->words);
  g_free (self->weights);
  g_free (self);
}

const char *
uc_bench_words_get (UcBenchWords *self, guint rank)
{
  return g_ptr_array_index (self->words, rank);
}

gboolean
uc_bench_words_happens (UcBenchWords *self, guint times)
{
  return g_rand_int_range (self->rand, 0, (int) times) == 0;
}

guint
uc_bench_words_pick (UcBenchWords *self, guint limit)
{
  const guint  n = MIN (limit, N_WORDS);
  const double at = g_rand_double_range (self->rand, 0, self->weights[n - 1]);
  guint        low = 0, high = n - 1;

  while (low < high) {
    const guint middle = (low + high) / 2;

    if (self->weights[middle] < at)
      low = middle + 1;
    else
      high = middle;
  }
  return low;
}

/* Half of them up to eight words, one in twenty long. */
static guint
pick_length (UcBenchWords *self)
{
  const double length = exp (g_rand_double_range (self->rand, 0, 1) * 2.6 + 0.7);

  return (guint) length * (uc_bench_words_happens (self, 20) ? 5 : 1);
}

static void
append_without_spaces (UcBenchWords *self, GString *text)
{
  for (guint i = 0, n = pick_length (self) + 2; i < n; i++) {
    if (uc_bench_words_happens (self, 6))
      g_string_append (text, phrases[uc_bench_words_pick (self, G_N_ELEMENTS (phrases))]);
    else
      g_string_append_unichar (text,
                               FIRST_CHARACTER + uc_bench_words_pick (self, N_CHARACTERS) * 8);
  }
}

static void
append_word (UcBenchWords *self, GString *text)
{
  const char *word = uc_bench_words_get (self, uc_bench_words_pick (self, N_WORDS));

  if (uc_bench_words_happens (self, 60))
    g_string_append_printf (text, "**%s**", word);
  else if (uc_bench_words_happens (self, 80))
    g_string_append_printf (text, "@user%u", uc_bench_words_pick (self, 2000));
  else if (uc_bench_words_happens (self, 120))
    g_string_append_printf (text, "https://example.org/%s/%u", word,
                            uc_bench_words_pick (self, 20000));
  else if (uc_bench_words_happens (self, 150))
    g_string_append_printf (text, "`%s`", word);
  else if (uc_bench_words_happens (self, 60))
    g_string_append (text, ":+1:");
  else
    g_string_append (text, word);
}

char *
uc_bench_words_make_text (UcBenchWords *self)
{
  GString *text = g_string_new (NULL);

  if (uc_bench_words_happens (self, 12)) {
    append_without_spaces (self, text);
    return g_string_free (text, FALSE);
  }
  for (guint i = 0, n = pick_length (self); i < n; i++) {
    if (i > 0)
      g_string_append (text, uc_bench_words_happens (self, 40) ? ".\n" : " ");
    append_word (self, text);
  }
  return g_string_free (text, FALSE);
}
