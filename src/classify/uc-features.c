/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Text to hashed features, in one pass and without allocation: words, pairs of
 * words, pieces of words (so that forms and compounds of a word help each other),
 * classes of words (see uc-lexicon.c) and pairs of them, how the text begins and ends,
 * and a few facts of structure. The trainer and the
 * classifier call the same function, so that they can't drift apart. */

#include "config.h"

#include "uc-features-private.h"
#include "uc-lexicon-private.h"

#define SHORTEST_PIECE 4
#define LONGEST_PIECE  5

/* How often a class counts: there are far fewer classes in a text than pieces. */
#define CLASS_COUNT 3

/* Classes of words with digits, after those of the lexicon. */
enum {
  CLASS_NUMBER = UC_LEXICON_END,
  CLASS_TIME,
  CLASS_END,
};

/* Kinds of features; each has a hash space of its own. */
enum {
  KIND_WORD = 1,
  KIND_PAIR,
  KIND_PIECE,
  KIND_FIRST,
  KIND_FIRST_PAIR,
  KIND_LAST,
  KIND_SIGN,
  KIND_EMOJI,
  KIND_FACT,
  KIND_CLASS,
  KIND_CLASS_PAIR,
  KIND_FIRST_CLASS,
  KIND_FIRST_CLASS_PAIR,
  KIND_CLASS_WORD,
  KIND_WORD_CLASS,
};

enum {
  FACT_ASKS_AT_END = 1,
  FACT_ASKS,
  FACT_SHOUTS,
  FACT_HAS_TIME,
  FACT_HAS_NUMBER,
  FACT_HAS_MENTION,
  FACT_HAS_LINK,
  FACT_CAPITALS,
  FACT_N_WORDS, /* and up: how long it is */
};

typedef struct {
  UcFeatures *features;

  UcFeatureWordFunc on_word;
  gpointer          user_data;

  guint32     word_hash;
  const char *word_start;
  gunichar    last[LONGEST_PIECE]; /* newest at the end */
  guint       n_in_word;
  guint       n_digits;
  gboolean    has_separator; /* between digits: a time, a date, an amount */
  guint       n_capitals;

  guint32 previous_hash;
  guint32 first_hash;
  guint   previous_class; /* 0: none, or there was a sign in between */
  guint   first_class;
  guint   n_words;
  guint   n_all_capitals;
} Extraction;

static inline guint32
mix (guint32 hash, guint32 value)
{
  return _uc_lexicon_hash (hash, value);
}

static inline guint16
to_bucket (guint32 hash)
{
  hash ^= hash >> 16;
  hash *= 0x85ebca6bu;
  hash ^= hash >> 13;
  return hash & (UC_N_BUCKETS - 1);
}

static inline void
emit (Extraction *self, guint kind, guint32 value)
{
  if (self->features->n < UC_FEATURES_MAX)
    self->features->buckets[self->features->n++] = to_bucket (mix (mix (2166136261u, kind), value));
}

static void
emit_pieces (Extraction *self)
{
  guint have = MIN (self->n_in_word, LONGEST_PIECE);

  for (guint size = SHORTEST_PIECE; size <= have; size++) {
    guint32 hash = size;

    for (guint i = LONGEST_PIECE - size; i < LONGEST_PIECE; i++)
      hash = mix (hash, self->last[i]);
    emit (self, KIND_PIECE, hash);
  }
}

static void
push_char (Extraction *self, gunichar c)
{
  for (guint i = 1; i < LONGEST_PIECE; i++)
    self->last[i - 1] = self->last[i];
  self->last[LONGEST_PIECE - 1] = c;
  self->n_in_word++;
  emit_pieces (self);
}

static void
emit_class (Extraction *self, guint kind, guint32 value)
{
  for (guint i = 0; i < CLASS_COUNT; i++)
    emit (self, kind, value);
}

/* The classes of the word that ends, by itself and with the one before. */
static void
emit_classes (Extraction *self)
{
  guint word_class = _uc_lexicon_get_class (self->word_hash);

  if (self->n_digits > 0)
    word_class = self->has_separator ? CLASS_TIME : CLASS_NUMBER;
  if (word_class != 0)
    emit_class (self, KIND_CLASS, word_class);
  if (word_class != 0 || self->previous_class != 0)
    emit_class (self, KIND_CLASS_PAIR, self->previous_class * CLASS_END + word_class);
  if (self->n_words == 0) {
    self->first_class = word_class;
    emit_class (self, KIND_FIRST_CLASS, word_class);
  } else if (self->n_words == 1) {
    emit_class (self, KIND_FIRST_CLASS_PAIR, self->first_class * CLASS_END + word_class);
  }
  if (self->previous_class != 0)
    emit (self, KIND_CLASS_WORD, mix (self->word_hash, self->previous_class));
  if (word_class != 0 && self->n_words > 0)
    emit (self, KIND_WORD_CLASS, mix (self->previous_hash, word_class));
  self->previous_class = word_class;
}

static void
begin_word (Extraction *self, const char *at)
{
  self->word_hash = 0;
  self->word_start = at;
  self->n_in_word = 0;
  self->n_digits = 0;
  self->n_capitals = 0;
  self->has_separator = FALSE;
  push_char (self, '<');
}

static void
end_word (Extraction *self, const char *at)
{
  guint32 hash;

  if (self->word_start == NULL)
    return;

  push_char (self, '>');
  hash = self->word_hash;
  emit (self, KIND_WORD, hash);
  if (self->on_word != NULL)
    self->on_word (self->features->buckets[self->features->n - 1], self->word_start,
                   at - self->word_start, self->user_data);
  if (self->n_words > 0)
    emit (self, KIND_PAIR, mix (self->previous_hash, hash));
  if (self->n_words == 0) {
    self->first_hash = hash;
    emit (self, KIND_FIRST, hash);
  } else if (self->n_words == 1) {
    emit (self, KIND_FIRST_PAIR, mix (self->first_hash, hash));
  }
  emit_classes (self);
  if (self->n_digits > 0)
    emit (self, KIND_FACT, self->has_separator ? FACT_HAS_TIME : FACT_HAS_NUMBER);
  /* Marks of beginning and end count as characters, so a word of three has five. */
  if (self->n_in_word > 4 && self->n_capitals + 2 == self->n_in_word)
    self->n_all_capitals++;

  self->previous_hash = hash;
  self->n_words++;
  self->word_start = NULL;
}

static void
take_word_char (Extraction *self, gunichar c, const char *at)
{
  gunichar folded = g_unichar_tolower (c);

  if (self->word_start == NULL)
    begin_word (self, at);
  if (folded != c)
    self->n_capitals++;
  if (g_unichar_isdigit (c)) {
    /* That there is a number matters, which one does not. */
    folded = '0';
    self->n_digits++;
  }
  self->word_hash = mix (self->word_hash, folded);
  push_char (self, folded);
}

static gboolean
is_emoji (gunichar c)
{
  return (c >= 0x1f300 && c <= 0x1faff) || (c >= 0x2600 && c <= 0x27bf);
}

static void
emit_facts (Extraction *self, gunichar last_sign, guint n_question, guint n_bang)
{
  guint length = 0;

  if (self->n_words > 0)
    emit (self, KIND_LAST, self->previous_hash);
  if (last_sign == '?')
    emit (self, KIND_FACT, FACT_ASKS_AT_END);
  if (n_question > 0)
    emit (self, KIND_FACT, FACT_ASKS);
  if (n_bang > 0)
    emit (self, KIND_FACT, FACT_SHOUTS);
  if (self->n_all_capitals > 0)
    emit (self, KIND_FACT, FACT_CAPITALS);
  for (guint n = self->n_words; n > 0; n >>= 1)
    length++;
  emit (self, KIND_FACT, FACT_N_WORDS + length);
}

/**
 * _uc_features_extract:
 * @self: (out caller-allocates): where the features go
 * @text: UTF-8; what is not valid is skipped
 * @length: of @text in bytes
 * @on_word: (nullable): called for each word
 *
 * Any thread; reads at most UC_FEATURES_MAX_CHARS characters.
 */
void
_uc_features_extract (UcFeatures       *self,
                      const char       *text,
                      gsize             length,
                      UcFeatureWordFunc on_word,
                      gpointer          user_data)
{
  Extraction  state = { .features = self, .on_word = on_word, .user_data = user_data };
  const char *end = text + length;
  const char *at = text;
  gunichar    last_sign = 0;
  guint       n_question = 0, n_bang = 0, n_chars = 0;

  self->n = 0;
  while (at < end && n_chars++ < UC_FEATURES_MAX_CHARS) {
    gunichar    c = g_utf8_get_char_validated (at, end - at);
    const char *next = c >= 0x80000000u ? at + 1 : g_utf8_next_char (at);

    if (c >= 0x80000000u || g_unichar_ismark (c)) {
      at = next;
      continue;
    }
    if (g_unichar_isalnum (c)) {
      take_word_char (&state, c, at);
      last_sign = 0;
    } else if (state.word_start != NULL && state.n_digits > 0 &&
               (c == ':' || c == '.' || c == '/') && next < end && g_ascii_isdigit (*next)) {
      state.has_separator = TRUE;
      state.word_hash = mix (state.word_hash, c);
    } else if (state.word_start != NULL && (c == '\'' || c == 0x2019)) {
      /* "can't" stays one word, whichever apostrophe is used. */
      state.word_hash = mix (state.word_hash, '\'');
      state.n_capitals++;
      push_char (&state, '\'');
    } else {
      end_word (&state, at);
      if (!g_unichar_isspace (c)) {
        last_sign = c;
        state.previous_class = 0;
        n_question += c == '?' || c == 0xff1f;
        n_bang += c == '!';
        if (is_emoji (c))
          emit (&state, KIND_EMOJI, c);
        else
          emit (&state, KIND_SIGN, c);
        if (c == '@' && next < end && g_ascii_isalnum (*next))
          emit (&state, KIND_FACT, FACT_HAS_MENTION);
        if (c == ':' && end - at > 3 && at[1] == '/' && at[2] == '/')
          emit (&state, KIND_FACT, FACT_HAS_LINK);
      }
    }
    at = next;
  }
  end_word (&state, at);
  emit_facts (&state, last_sign, n_question, n_bang);
}
