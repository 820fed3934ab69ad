/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Looks for pieces of text in texts, character by character. Letters are compared as
 * the index compares them: without case, and Latin ones without accents. */

#include "config.h"

#include "uc-search-text-private.h"

#include <string.h>

#define SNIPPET_BEFORE_CHARS 40
#define SNIPPET_CHARS        160
#define MARK_START           "\x02"
#define MARK_END             "\x03"
#define MAX_PLACES           64
/* With the space behind it. */
#define BYTES_OF_WORD 6
#define MAX_FOLDED    2

typedef struct {
  GArray  *chars; /* (owned) of gunichar, folded */
  gboolean begins_word;
  gboolean ends_word;
} Piece;

typedef struct {
  GArray  *pieces; /* (owned) of Piece: alternatives */
  gboolean is_negated;
} Group;

struct _UcSearchText {
  GPtrArray *groups; /* (owned) of Group */
};

/* Something found: bytes of the text. */
typedef struct {
  gsize start;
  gsize end;
} Range;

static void
piece_clear (gpointer data)
{
  Piece *piece = data;

  g_array_unref (piece->chars);
}

static void
group_free (gpointer data)
{
  Group *group = data;

  g_array_unref (group->pieces);
  g_free (group);
}

UcSearchText *
_uc_search_text_new (void)
{
  UcSearchText *self = g_new0 (UcSearchText, 1);

  self->groups = g_ptr_array_new_with_free_func (group_free);
  return self;
}

void
_uc_search_text_free (UcSearchText *self)
{
  g_ptr_array_unref (self->groups);
  g_free (self);
}

/* -- Letters -------------------------------------------------------------------------- */

static gboolean
is_accent (gunichar c)
{
  return c >= 0x300 && c <= 0x36f;
}

static gboolean
is_of_word (gunichar c)
{
  return g_unichar_isalnum (c) || is_accent (c);
}

/* Returns how many: none for an accent that stands by itself, two for a sharp s; which
 * the index takes for a letter of its own. */
static guint
fold_char (gunichar c, gboolean as_index, gunichar folded[MAX_FOLDED])
{
  gunichar parts[G_UNICHAR_MAX_DECOMPOSITION_LENGTH];

  if (c < 0x80) {
    folded[0] = (gunichar) g_ascii_tolower ((char) c);
    return 1;
  }
  if (is_accent (c))
    return 0;
  if (!as_index && (c == 0xdf || c == 0x1e9e)) {
    folded[0] = folded[1] = 's';
    return 2;
  }
  if (g_unichar_fully_decompose (c, FALSE, parts, G_N_ELEMENTS (parts)) > 1 && parts[0] < 0x80)
    folded[0] = (gunichar) g_ascii_tolower ((char) parts[0]);
  else
    folded[0] = g_unichar_tolower (c);
  return 1;
}

static GArray *
fold (const char *text, gboolean as_index)
{
  GArray  *chars = g_array_new (FALSE, FALSE, sizeof (gunichar));
  gunichar folded[MAX_FOLDED];

  for (const char *p = text; *p != '\0'; p = g_utf8_next_char (p))
    g_array_append_vals (chars, folded, fold_char (g_utf8_get_char (p), as_index, folded));
  return chars;
}

gboolean
_uc_search_text_knows_words (const UcTerm *term)
{
  for (const char *p = term->text; *p != '\0'; p = g_utf8_next_char (p)) {
    gunichar c = g_utf8_get_char (p);

    /* Up to the end of Cyrillic, and Latin with still more accents. */
    if (!is_of_word (c) || (c >= 0x530 && !(c >= 0x1e00 && c < 0x1f00)))
      return FALSE;
  }
  return TRUE;
}

void
_uc_search_text_add_group (UcSearchText *self,
                           GPtrArray    *terms,
                           guint         from,
                           guint         to,
                           UcSearchWhere where)
{
  Group *group = g_new0 (Group, 1);

  group->pieces = g_array_new (FALSE, FALSE, sizeof (Piece));
  g_array_set_clear_func (group->pieces, piece_clear);
  group->is_negated = ((const UcTerm *) g_ptr_array_index (terms, from))->is_negated;
  for (guint i = from; i < to; i++) {
    const UcTerm *term = g_ptr_array_index (terms, i);
    Piece         piece = { NULL };

    piece.begins_word = where == UC_SEARCH_IN_WORDS && !term->is_part;
    piece.chars = fold (term->text, piece.begins_word);
    piece.ends_word = where == UC_SEARCH_IN_WORDS && !term->is_part && !term->is_prefix;
    g_array_append_val (group->pieces, piece);
  }
  g_ptr_array_add (self->groups, group);
}

gboolean
_uc_search_text_is_empty (UcSearchText *self)
{
  return self->groups->len == 0;
}

/* -- Finding -------------------------------------------------------------------------- */

static const char *
skip_word (const char *text)
{
  while (*text != '\0' && is_of_word (g_utf8_get_char (text)))
    text = g_utf8_next_char (text);
  return text;
}

/* The end of @piece when it stands at @text; NULL when it does not. */
static const char *
match_here (const Piece *piece, const char *text)
{
  const gunichar *chars = (const gunichar *) (gpointer) piece->chars->data;
  guint           n_matched = 0;

  while (n_matched < piece->chars->len && *text != '\0') {
    gunichar folded[MAX_FOLDED];
    guint    n = fold_char (g_utf8_get_char (text), piece->begins_word, folded);

    for (guint i = 0; i < n; i++) {
      if (n_matched == piece->chars->len || folded[i] != chars[n_matched++])
        return NULL;
    }
    text = g_utf8_next_char (text);
  }
  if (n_matched < piece->chars->len)
    return NULL;
  if (piece->ends_word && *text != '\0' && is_of_word (g_utf8_get_char (text)))
    return NULL;
  /* As the index marks a word by its beginning: whole. */
  return piece->begins_word ? skip_word (text) : text;
}

/* Whether a letter that is no ASCII may stand for @first: of what folds to ASCII, each
 * is an accented Latin one. */
static gboolean
may_fold_to (const char *text, gunichar first)
{
  guchar byte = (guchar) *text;

  return first >= 0x80 || (byte >= 0xc3 && byte <= 0xc8) || byte == 0xe1;
}

/* Where @piece stands at or after @start of @text; NULL when it does not. A search that
 * no index helps with goes through a million texts here. */
static const char *
find_piece (const Piece *piece, const char *text, const char *start, const char **end)
{
  gunichar first = piece->chars->len > 0 ? g_array_index (piece->chars, gunichar, 0) : 0;
  char     lower = first < 0x80 ? (char) first : '\0';
  char     upper = g_ascii_toupper (lower);
  gboolean is_in_word = start > text && is_of_word (g_utf8_get_char (g_utf8_prev_char (start)));

  *end = NULL;
  if (first == 0)
    return NULL;
  for (const char *p = start; *p != '\0';) {
    gboolean is_ascii = (guchar) *p < 0x80;
    gboolean may_begin = is_ascii ? *p == lower || *p == upper : may_fold_to (p, first);

    if (may_begin && !(piece->begins_word && is_in_word)) {
      *end = match_here (piece, p);
      if (*end != NULL)
        return p;
    }
    if (piece->begins_word)
      is_in_word = is_ascii ? g_ascii_isalnum (*p) : is_of_word (g_utf8_get_char (p));
    p = is_ascii ? p + 1 : g_utf8_next_char (p);
  }
  return NULL;
}

static gboolean
has_group (const Group *group, const char *text)
{
  const char *end;

  for (guint i = 0; i < group->pieces->len; i++) {
    if (find_piece (&g_array_index (group->pieces, Piece, i), text, text, &end) != NULL)
      return TRUE;
  }
  return FALSE;
}

gboolean
_uc_search_text_matches (UcSearchText *self, const char *text)
{
  for (guint i = 0; i < self->groups->len; i++) {
    const Group *group = g_ptr_array_index (self->groups, i);

    if (has_group (group, text) == group->is_negated)
      return FALSE;
  }
  return TRUE;
}

static void
find_all (const Piece *piece, guint what, const char *text, GArray *places)
{
  const char *end = text;
  const char *found;

  while (places->len < MAX_PLACES && (found = find_piece (piece, text, end, &end)) != NULL) {
    UcSearchPlace place = { what, (guint) (found - text) / BYTES_OF_WORD };

    g_array_append_val (places, place);
  }
}

GArray *
_uc_search_text_find_places (UcSearchText *self, const char *text)
{
  GArray *places = g_array_new (FALSE, FALSE, sizeof (UcSearchPlace));
  guint   what = 0;

  for (guint i = 0; i < self->groups->len; i++) {
    const Group *group = g_ptr_array_index (self->groups, i);

    for (guint j = 0; !group->is_negated && j < group->pieces->len; j++)
      find_all (&g_array_index (group->pieces, Piece, j), what++, text, places);
  }
  return places;
}

/* -- Snippets ------------------------------------------------------------------------- */

static int
compare_ranges (gconstpointer a, gconstpointer b)
{
  const Range *one = a;
  const Range *other = b;

  if (one->start != other->start)
    return one->start < other->start ? -1 : 1;
  return one->end < other->end ? -1 : one->end > other->end;
}

/* (element-type Range): everything wanted that stands in @text up to @limit, in order. */
static GArray *
find_ranges (UcSearchText *self, const char *text, const char *start, const char *limit)
{
  GArray *ranges = g_array_new (FALSE, FALSE, sizeof (Range));

  for (guint i = 0; i < self->groups->len; i++) {
    const Group *group = g_ptr_array_index (self->groups, i);

    for (guint j = 0; !group->is_negated && j < group->pieces->len; j++) {
      const char *end = start;
      const char *found;

      while ((found = find_piece (&g_array_index (group->pieces, Piece, j), text, end, &end)) !=
                 NULL &&
             found < limit) {
        Range range = { (gsize) (found - text), (gsize) (MIN (end, limit) - text) };

        g_array_append_val (ranges, range);
      }
    }
  }
  g_array_sort (ranges, compare_ranges);
  return ranges;
}

static const char *
find_first (UcSearchText *self, const char *text, const char **end)
{
  for (guint i = 0; i < self->groups->len; i++) {
    const Group *group = g_ptr_array_index (self->groups, i);

    for (guint j = 0; !group->is_negated && j < group->pieces->len; j++) {
      const char *found = find_piece (&g_array_index (group->pieces, Piece, j), text, text, end);

      if (found != NULL)
        return found;
    }
  }
  return NULL;
}

static const char *
skip_chars (const char *text, guint n_chars)
{
  while (n_chars-- > 0 && *text != '\0')
    text = g_utf8_next_char (text);
  return text;
}

/* Whether a cut at @place of @text would part a word. Where words are written without
 * spaces nobody can tell, and any place will do. */
static gboolean
is_inside_word (const char *text, const char *place)
{
  gunichar c = *place != '\0' ? g_utf8_get_char (place) : ' ';

  return place > text && is_of_word (c) &&
         is_of_word (g_utf8_get_char (g_utf8_prev_char (place))) && !g_unichar_iswide (c) &&
         g_unichar_break_type (c) != G_UNICODE_BREAK_COMPLEX_CONTEXT;
}

/* Where a snippet begins that shows @found: at a word, unless what is found lies far
 * inside of one. */
static const char *
find_start (const char *text, const char *found)
{
  glong       offset = g_utf8_pointer_to_offset (text, found);
  const char *start;
  const char *word;

  if (offset <= SNIPPET_BEFORE_CHARS)
    return text;
  start = g_utf8_offset_to_pointer (text, offset - SNIPPET_BEFORE_CHARS);
  for (word = start; word < found && is_inside_word (text, word);)
    word = g_utf8_next_char (word);
  while (word < found && g_unichar_isspace (g_utf8_get_char (word)))
    word = g_utf8_next_char (word);
  return word < found || !is_inside_word (text, found) ? word : start;
}

/* Where it ends, after @found_end. */
static const char *
find_end (const char *text, const char *found_end)
{
  const char *end = skip_chars (found_end, SNIPPET_CHARS);
  const char *word;

  if (*end == '\0')
    return end;
  for (word = end; word > found_end && is_inside_word (text, word);)
    word = g_utf8_prev_char (word);
  while (word > found_end && g_unichar_isspace (g_utf8_get_char (g_utf8_prev_char (word))))
    word = g_utf8_prev_char (word);
  return word > found_end ? word : end;
}

/* @text from @start to @end with marks around @ranges, those that overlap as one. */
static void
append_marked (GString *snippet, const char *text, gsize start, gsize end, GArray *ranges)
{
  for (guint i = 0; i < ranges->len; i++) {
    Range range = g_array_index (ranges, Range, i);

    while (i + 1 < ranges->len && g_array_index (ranges, Range, i + 1).start <= range.end) {
      i++;
      range.end = MAX (range.end, g_array_index (ranges, Range, i).end);
    }
    g_string_append_len (snippet, text + start, (gssize) (range.start - start));
    g_string_append (snippet, MARK_START);
    g_string_append_len (snippet, text + range.start, (gssize) (range.end - range.start));
    g_string_append (snippet, MARK_END);
    start = range.end;
  }
  g_string_append_len (snippet, text + start, (gssize) (end - start));
}

char *
_uc_search_text_dup_snippet (UcSearchText *self, const char *text)
{
  g_autoptr (GString) snippet = g_string_new (NULL);
  g_autoptr (GArray) ranges = NULL;
  const char *found_end = text;
  const char *found = find_first (self, text, &found_end);
  const char *start = found != NULL ? find_start (text, found) : text;
  const char *end = find_end (text, found != NULL ? found_end : text);

  ranges = find_ranges (self, text, start, end);
  if (start > text)
    g_string_append (snippet, "…");
  append_marked (snippet, text, (gsize) (start - text), (gsize) (end - text), ranges);
  if (*end != '\0')
    g_string_append (snippet, "…");
  return g_string_free (g_steal_pointer (&snippet), FALSE);
}
