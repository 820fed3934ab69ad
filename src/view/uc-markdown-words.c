/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The words that mention oneself without an @ (protocol.md 19.1): found in text that is
 * already written, and laid over its runs.
 */

#include "config.h"

#include "uc-markdown-private.h"

#include <string.h>

#define MAX_KEYS        64
#define INNER_MARKS     "._-:"
#define NO_WORDS_INSIDE (UC_RUN_CODE | UC_RUN_MENTION | UC_RUN_EMOJI | UC_RUN_IMAGE)

typedef struct {
  guint start;
  guint end;
} Match;

static gboolean
is_word_char (gunichar c)
{
  return g_unichar_isalnum (c) || g_unichar_ismark (c) ||
         (c < 0x80 && c != 0 && strchr (INNER_MARKS, (int) c) != NULL);
}

static gboolean
is_mine (UcMarkdownState *state, const char *word, gsize length)
{
  g_autofree char *exact = g_strndup (word, length);
  g_autofree char *folded = g_utf8_casefold (exact, -1);

  return g_hash_table_contains (state->words, folded) ||
         g_strcmp0 (exact, state->context->my_first_name) == 0;
}

static void
add_match (GArray *matches, gsize start, gsize end)
{
  Match match = { start, end };

  g_array_append_val (matches, match);
}

/* As the server looks at a word: as it stands, without the marks at its ends, and
 * then each part between marks. */
static void
match_word (UcMarkdownState *state, const char *text, gsize start, gsize end, GArray *matches)
{
  gsize first = start, last = end;

  while (first < last && strchr (INNER_MARKS, text[first]) != NULL)
    first++;
  while (last > first && strchr (INNER_MARKS, text[last - 1]) != NULL)
    last--;
  if (first == last)
    return;
  if (is_mine (state, text + start, end - start)) {
    add_match (matches, start, end);
    return;
  }
  if (is_mine (state, text + first, last - first)) {
    add_match (matches, first, last);
    return;
  }
  for (gsize part = first, at = first; at <= last; at++) {
    if (at < last && strchr (INNER_MARKS, text[at]) == NULL)
      continue;
    if ((part != first || at != last) && at > part && is_mine (state, text + part, at - part))
      add_match (matches, part, at);
    part = at + 1;
  }
}

static void
match_words (UcMarkdownState *state, const char *text, gsize start, GArray *matches)
{
  gsize word = start;
  gsize at = start;

  for (;;) {
    gunichar c = text[at] != '\0' ? g_utf8_get_char (text + at) : 0;

    state->n_steps++;
    if (!is_word_char (c)) {
      if (at > word)
        match_word (state, text, word, at, matches);
      if (c == 0)
        break;
      word = g_utf8_next_char (text + at) - text;
    }
    at = g_utf8_next_char (text + at) - text;
  }
}

/* Scripts that put no space between words. */
static gboolean
is_spaceless (const char *key)
{
  switch ((int) g_unichar_get_script (g_utf8_get_char (key))) {
  case G_UNICODE_SCRIPT_HAN:
  case G_UNICODE_SCRIPT_HIRAGANA:
  case G_UNICODE_SCRIPT_KATAKANA:
  case G_UNICODE_SCRIPT_THAI:
  case G_UNICODE_SCRIPT_LAO:
  case G_UNICODE_SCRIPT_KHMER:
  case G_UNICODE_SCRIPT_MYANMAR:
    return TRUE;
  default:
    return FALSE;
  }
}

static void
match_spaceless (UcMarkdownState *state, const char *text, gsize start, GArray *matches)
{
  GHashTableIter iter;
  gpointer       key;

  g_hash_table_iter_init (&iter, state->words);
  while (g_hash_table_iter_next (&iter, &key, NULL)) {
    const char *at = text + start;
    gsize       length = strlen (key);

    if (!is_spaceless (key))
      continue;
    state->n_steps += strlen (at);
    while ((at = strstr (at, key)) != NULL) {
      add_match (matches, at - text, at - text + length);
      at += length;
    }
  }
}

static int
compare_matches (gconstpointer a, gconstpointer b)
{
  const Match *first = a, *second = b;

  if (first->start != second->start)
    return first->start < second->start ? -1 : 1;
  return first->end < second->end ? 1 : first->end > second->end ? -1 : 0;
}

static gboolean
takes_words (const char *text, const UcRun *run)
{
  g_autofree char *shown = NULL;

  if (run->flags & NO_WORDS_INSIDE)
    return FALSE;
  if (!(run->flags & UC_RUN_LINK) || run->target == NULL)
    return TRUE;
  /* A bare address is no word; the label of a link is. */
  shown = g_strndup (text + run->start, run->end - run->start);
  return !g_str_has_suffix (run->target, shown);
}

/* Takes out the matches that touch a run where words do not count. */
static void
drop_matches (const char *text, GArray *runs, guint first_run, GArray *matches)
{
  g_autofree gboolean *takes = g_new (gboolean, runs->len + 1);
  guint                index = first_run;
  guint                n_kept = 0;

  for (guint i = first_run; i < runs->len; i++)
    takes[i] = takes_words (text, &g_array_index (runs, UcRun, i));
  for (guint i = 0; i < matches->len; i++) {
    Match    match = g_array_index (matches, Match, i);
    gboolean is_kept = TRUE;

    while (index < runs->len && g_array_index (runs, UcRun, index).end <= match.start)
      index++;
    for (guint k = index; k < runs->len && g_array_index (runs, UcRun, k).start < match.end; k++)
      is_kept = is_kept && takes[k];
    if (is_kept)
      g_array_index (matches, Match, n_kept++) = match;
  }
  g_array_set_size (matches, n_kept);
}

static void
push_run (GArray *runs, guint start, guint end, UcRunFlags flags, const char *target)
{
  UcRun run = { start, end, flags, g_strdup (target) };

  g_array_append_val (runs, run);
}

/* Lays @match over the run at @index of @old; what lies before goes to @out unchanged.
 * @from is how far the runs have been written. Returns the index to go on at. */
static guint
lay_over (GArray *old, guint index, const Match *match, GArray *out, guint *from)
{
  guint at = match->start;

  while (index < old->len) {
    const UcRun *run = &g_array_index (old, UcRun, index);

    if (run->end > match->start)
      break;
    push_run (out, MAX (run->start, *from), run->end, run->flags, run->target);
    index++;
  }
  while (at < match->end) {
    const UcRun *run = index < old->len ? &g_array_index (old, UcRun, index) : NULL;
    guint        end;

    if (run == NULL || run->start > at) {
      end = run != NULL ? MIN (match->end, run->start) : match->end;
      push_run (out, at, end, UC_RUN_ME, NULL);
    } else {
      if (MAX (run->start, *from) < at)
        push_run (out, MAX (run->start, *from), at, run->flags, run->target);
      end = MIN (match->end, run->end);
      push_run (out, at, end, run->flags | UC_RUN_ME, run->target);
      if (end == run->end)
        index++;
    }
    at = end;
    *from = at;
  }
  return index;
}

static void
overlay (GArray *runs, guint first_run, GArray *matches)
{
  g_autoptr (GArray) out = g_array_new (FALSE, FALSE, sizeof (UcRun));
  guint index = first_run;
  guint from = 0;

  for (guint i = 0; i < matches->len; i++) {
    const Match *match = &g_array_index (matches, Match, i);

    if (match->start >= from)
      index = lay_over (runs, index, match, out, &from);
  }
  for (; index < runs->len; index++) {
    const UcRun *run = &g_array_index (runs, UcRun, index);

    if (run->end > from)
      push_run (out, MAX (run->start, from), run->end, run->flags, run->target);
  }
  /* The clear function of @runs frees the old targets. */
  g_array_set_size (runs, first_run);
  if (out->len > 0)
    g_array_append_vals (runs, out->data, out->len);
}

/* Marks the words of @text from @start on that mention me; @runs from @first_run on
 * lie in that stretch. */
void
_uc_markdown_mark_words (UcMarkdownState *state,
                         const char      *text,
                         gsize            start,
                         GArray          *runs,
                         guint            first_run)
{
  g_autoptr (GArray) matches = NULL;

  if (state->words == NULL)
    return;
  matches = g_array_new (FALSE, FALSE, sizeof (Match));
  match_words (state, text, start, matches);
  match_spaceless (state, text, start, matches);
  if (matches->len == 0)
    return;
  g_array_sort (matches, compare_matches);
  drop_matches (text, runs, first_run, matches);
  if (matches->len == 0)
    return;
  overlay (runs, first_run, matches);
  state->mentions_me = TRUE;
}

void
_uc_markdown_state_init (UcMarkdownState         *state,
                         const UcMarkdownContext *context,
                         GPtrArray               *blocks)
{
  static const UcMarkdownContext nobody;

  *state = (UcMarkdownState){ .context = context != NULL ? context : &nobody, .blocks = blocks };
  if (state->context->my_username != NULL && *state->context->my_username != '\0')
    state->my_name = g_ascii_strdown (state->context->my_username, -1);
  if (state->context->my_keys == NULL && state->context->my_first_name == NULL)
    return;

  state->words = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  for (guint i = 0; state->context->my_keys != NULL && state->context->my_keys[i] != NULL; i++) {
    g_autofree char *key = g_strstrip (g_utf8_casefold (state->context->my_keys[i], -1));

    if (*key != '\0' && g_hash_table_size (state->words) < MAX_KEYS)
      g_hash_table_add (state->words, g_steal_pointer (&key));
  }
}

void
_uc_markdown_state_clear (UcMarkdownState *state)
{
  g_clear_pointer (&state->words, g_hash_table_unref);
  g_clear_pointer (&state->my_name, g_free);
}
