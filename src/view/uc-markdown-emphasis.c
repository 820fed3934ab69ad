/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Bold, italic and struck text, as CommonMark pairs its signs, with its bounds on
 * looking back ("openers bottom"): a heap of stars takes linear time.
 */

#include "config.h"

#include "uc-markdown-inline-private.h"

static UcMarkdownDelimiter *
get_delimiter (UcMarkdownInline *self, int index)
{
  return &g_array_index (self->delimiters, UcMarkdownDelimiter, index);
}

static gunichar
char_before (UcMarkdownInline *self, const char *at)
{
  return at > self->start ? g_utf8_get_char (g_utf8_prev_char (at)) : 0;
}

static gunichar
char_at (UcMarkdownInline *self, const char *at)
{
  return at < self->end ? g_utf8_get_char (at) : 0;
}

static gboolean
is_space (gunichar c)
{
  return c == 0 || g_unichar_isspace (c);
}

/* Also letters of scripts without spaces: **重要**です has none to show the way. */
static gboolean
is_punctuation (gunichar c)
{
  if (c < 0x80)
    return g_ascii_ispunct ((char) c);
  if (g_unichar_ispunct (c) || (c >= 0x3000 && c <= 0x30ff) || (c >= 0xff00 && c <= 0xffef))
    return TRUE;
  switch ((int) g_unichar_type (c)) {
  case G_UNICODE_CURRENCY_SYMBOL:
  case G_UNICODE_MODIFIER_SYMBOL:
  case G_UNICODE_MATH_SYMBOL:
  case G_UNICODE_OTHER_SYMBOL:
    return TRUE;
  default:
    return g_unichar_get_script (c) == G_UNICODE_SCRIPT_HAN;
  }
}

const char *
_uc_markdown_take_delimiters (UcMarkdownInline *self, const char *at)
{
  UcMarkdownDelimiter delimiter = { .sign = *at,
                                    .previous = self->last_delimiter,
                                    .next = UC_MARKDOWN_NONE };
  const char         *after = at;
  gunichar            left, right;
  gboolean            can_open, can_close;

  while (after < self->end && *after == *at)
    after++;
  self->state->n_steps += after - at;
  left = char_before (self, at);
  right = char_at (self, after);
  can_open =
      !is_space (right) && (!is_punctuation (right) || is_space (left) || is_punctuation (left));
  can_close =
      !is_space (left) && (!is_punctuation (left) || is_space (right) || is_punctuation (right));
  delimiter.can_open = can_open;
  delimiter.can_close = can_close;
  if (*at == '_') {
    delimiter.can_open = can_open && (!can_close || is_punctuation (left));
    delimiter.can_close = can_close && (!can_open || is_punctuation (right));
  }
  if ((*at == '~' && after - at != 2) || (!delimiter.can_open && !delimiter.can_close))
    return after;

  delimiter.count = delimiter.original_count = after - at;
  _uc_markdown_take (self, at, after - at, 0, NULL);
  delimiter.token = (int) self->tokens->len - 1;
  g_array_append_val (self->delimiters, delimiter);
  if (self->last_delimiter != UC_MARKDOWN_NONE)
    get_delimiter (self, self->last_delimiter)->next = (int) self->delimiters->len - 1;
  self->last_delimiter = (int) self->delimiters->len - 1;
  return after;
}

static void
remove_delimiter (UcMarkdownInline *self, int index)
{
  UcMarkdownDelimiter *delimiter = get_delimiter (self, index);

  if (delimiter->previous != UC_MARKDOWN_NONE)
    get_delimiter (self, delimiter->previous)->next = delimiter->next;
  if (delimiter->next != UC_MARKDOWN_NONE)
    get_delimiter (self, delimiter->next)->previous = delimiter->previous;
  else
    self->last_delimiter = delimiter->previous;
}

static gboolean
do_match (const UcMarkdownDelimiter *opener, const UcMarkdownDelimiter *closer)
{
  if (opener->sign != closer->sign || !opener->can_open)
    return FALSE;
  if (opener->sign == '~' || !(opener->can_close || closer->can_open))
    return TRUE;
  return (opener->original_count + closer->original_count) % 3 != 0 ||
         (opener->original_count % 3 == 0 && closer->original_count % 3 == 0);
}

/* Marks what stands between the two, and uses up one or two signs of each. */
static void
match_delimiters (UcMarkdownInline *self, int opener_index, int closer_index)
{
  UcMarkdownDelimiter *opener = get_delimiter (self, opener_index);
  UcMarkdownDelimiter *closer = get_delimiter (self, closer_index);
  UcMarkdownToken     *token;
  gsize                n = opener->count >= 2 && closer->count >= 2 ? 2 : 1;
  guint                style = opener->sign == '~' ? UC_MARKDOWN_STRIKE
                               : n == 2            ? UC_MARKDOWN_BOLD
                                                   : UC_MARKDOWN_ITALIC;

  _uc_markdown_get_token (self, opener->token + 1)->opens[style]++;
  _uc_markdown_get_token (self, closer->token - 1)->closes[style]++;
  _uc_markdown_get_token (self, opener->token)->length -= n;
  token = _uc_markdown_get_token (self, closer->token);
  token->text += n;
  token->length -= n;
  opener->count -= n;
  closer->count -= n;
  /* Those between can match nothing any more. */
  opener->next = closer_index;
  closer->previous = opener_index;
}

void
_uc_markdown_process_emphasis (UcMarkdownInline *self, int bottom)
{
  int bottoms[3][2][3];
  int closer_index = UC_MARKDOWN_NONE;

  for (guint i = 0; i < 3 * 2 * 3; i++)
    (&bottoms[0][0][0])[i] = bottom;
  for (int i = self->last_delimiter; i > bottom; i = get_delimiter (self, i)->previous) {
    closer_index = i;
    self->state->n_steps++;
  }

  while (closer_index != UC_MARKDOWN_NONE) {
    UcMarkdownDelimiter *closer = get_delimiter (self, closer_index);
    guint                sign = closer->sign == '*' ? 0 : closer->sign == '_' ? 1 : 2;
    int                 *low = &bottoms[sign][closer->can_open ? 1 : 0][closer->original_count % 3];
    int                  opener_index;
    int                  next;

    self->state->n_steps++;
    if (!closer->can_close) {
      closer_index = closer->next;
      continue;
    }
    opener_index = closer->previous;
    while (opener_index > *low && !do_match (get_delimiter (self, opener_index), closer)) {
      opener_index = get_delimiter (self, opener_index)->previous;
      self->state->n_steps++;
    }

    if (opener_index > *low) {
      match_delimiters (self, opener_index, closer_index);
      if (get_delimiter (self, opener_index)->count == 0)
        remove_delimiter (self, opener_index);
      if (closer->count == 0) {
        next = closer->next;
        remove_delimiter (self, closer_index);
        closer_index = next;
      }
    } else {
      *low = closer->previous;
      next = closer->next;
      if (!closer->can_open)
        remove_delimiter (self, closer_index);
      closer_index = next;
    }
  }
  /* Nothing above the bottom may match from outside. */
  self->last_delimiter = bottom;
  if (bottom != UC_MARKDOWN_NONE)
    get_delimiter (self, bottom)->next = UC_MARKDOWN_NONE;
}
