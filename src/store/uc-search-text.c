/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Looks for pieces of text in texts, character by character. */

#include "config.h"

#include "uc-search-text-private.h"

#include <string.h>

#define SNIPPET_BEFORE_CHARS 40
#define SNIPPET_CHARS        160
#define MARK_START           "\x02"
#define MARK_END             "\x03"

typedef struct {
  char    *folded; /* (owned) */
  gboolean is_ascii;
} Piece;

typedef struct {
  GArray  *pieces; /* (owned) of Piece: alternatives */
  gboolean is_negated;
} Group;

struct _UcSearchText {
  GPtrArray *groups; /* (owned) of Group */
};

static void
piece_clear (gpointer data)
{
  Piece *piece = data;

  g_free (piece->folded);
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

void
_uc_search_text_add_group (UcSearchText *self, GPtrArray *terms, guint from, guint to)
{
  Group *group = g_new0 (Group, 1);

  group->pieces = g_array_new (FALSE, FALSE, sizeof (Piece));
  g_array_set_clear_func (group->pieces, piece_clear);
  group->is_negated = ((const UcTerm *) g_ptr_array_index (terms, from))->is_negated;
  for (guint i = from; i < to; i++) {
    const UcTerm *term = g_ptr_array_index (terms, i);
    Piece         piece = { g_utf8_casefold (term->text, -1), g_str_is_ascii (term->text) };

    g_array_append_val (group->pieces, piece);
  }
  g_ptr_array_add (self->groups, group);
}

/* The bytes of @text where @piece stands; NULL when it does not. Folding may change
 * lengths, so beyond ASCII the place is found character by character. */
static const char *
find_piece (const Piece *piece, const char *text, const char **end)
{
  gsize length = strlen (piece->folded);

  if (piece->is_ascii) {
    const char *found = strcasestr (text, piece->folded);

    *end = found != NULL ? found + length : NULL;
    return found;
  }
  for (const char *p = text; *p != '\0'; p = g_utf8_next_char (p)) {
    gsize       n_matched = 0;
    const char *q = p;

    while (*q != '\0' && n_matched < length) {
      g_autofree char *folded = g_utf8_casefold (q, g_utf8_next_char (q) - q);
      gsize            n = strlen (folded);

      if (strncmp (piece->folded + n_matched, folded, n) != 0)
        break;
      n_matched += n;
      q = g_utf8_next_char (q);
    }
    if (n_matched == length) {
      *end = q;
      return p;
    }
  }
  return NULL;
}

static gboolean
has_group (const Group *group, const char *text)
{
  const char *end;

  for (guint i = 0; i < group->pieces->len; i++) {
    if (find_piece (&g_array_index (group->pieces, Piece, i), text, &end) != NULL)
      return TRUE;
  }
  return FALSE;
}

gboolean
_uc_search_text_is_empty (UcSearchText *self)
{
  return self->groups->len == 0;
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

static const char *
find_first (UcSearchText *self, const char *text, const char **end)
{
  for (guint i = 0; i < self->groups->len; i++) {
    const Group *group = g_ptr_array_index (self->groups, i);

    for (guint j = 0; !group->is_negated && j < group->pieces->len; j++) {
      const char *found = find_piece (&g_array_index (group->pieces, Piece, j), text, end);

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

char *
_uc_search_text_dup_snippet (UcSearchText *self, const char *text)
{
  g_autoptr (GString) snippet = g_string_new (NULL);
  const char *found_end = NULL;
  const char *found = find_first (self, text, &found_end);
  const char *start = text;
  const char *end;

  if (found != NULL) {
    glong offset = g_utf8_pointer_to_offset (text, found);

    start = offset > SNIPPET_BEFORE_CHARS
                ? g_utf8_offset_to_pointer (text, offset - SNIPPET_BEFORE_CHARS)
                : text;
  }
  end = skip_chars (found != NULL ? found_end : start, SNIPPET_CHARS);
  if (start > text)
    g_string_append (snippet, "…");
  if (found != NULL) {
    g_string_append_len (snippet, start, found - start);
    g_string_append (snippet, MARK_START);
    g_string_append_len (snippet, found, found_end - found);
    g_string_append (snippet, MARK_END);
    start = found_end;
  }
  g_string_append_len (snippet, start, end - start);
  if (*end != '\0')
    g_string_append (snippet, "…");
  return g_string_free (g_steal_pointer (&snippet), FALSE);
}
