/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The inside of a block: one pass takes the text apart into tokens, emphasis and links
 * are marked on tokens as ranges, and a last pass writes text and runs. No heap of
 * brackets or backticks takes more than linear time.
 */

#include "config.h"

#include "uc-markdown-inline-private.h"

#include <string.h>

typedef struct {
  int         token;
  int         last_delimiter; /* of those before it */
  const char *text;
  gboolean    is_image;
} Bracket;

static void
clear_token (gpointer data)
{
  g_free (((UcMarkdownToken *) data)->target);
}

static void
clear_link (gpointer data)
{
  g_free (((UcMarkdownLink *) data)->target);
}

UcMarkdownToken *
_uc_markdown_get_token (UcMarkdownInline *self, int index)
{
  return &g_array_index (self->tokens, UcMarkdownToken, index);
}

/* Takes @target. */
static int
push_token (UcMarkdownInline *self, const char *text, gsize length, UcRunFlags flags, char *target)
{
  UcMarkdownToken token = {
    .text = text, .length = length, .flags = flags, .target = target, .link = UC_MARKDOWN_NONE
  };

  g_array_append_val (self->tokens, token);
  return (int) self->tokens->len - 1;
}

/* What lies between the last token and @at is plain text. */
static void
flush (UcMarkdownInline *self, const char *at)
{
  if (at > self->pending)
    push_token (self, self->pending, at - self->pending, 0, NULL);
  self->pending = at;
}

const char *
_uc_markdown_take (UcMarkdownInline *self,
                   const char       *at,
                   gsize             length,
                   UcRunFlags        flags,
                   char             *target)
{
  flush (self, at);
  push_token (self, at, length, flags, target);
  self->pending = at + length;
  return self->pending;
}

static gunichar
char_before (UcMarkdownInline *self, const char *at)
{
  return at > self->start ? g_utf8_get_char (g_utf8_prev_char (at)) : 0;
}

/* Links */

static const char *
take_bracket (UcMarkdownInline *self, const char *at)
{
  Bracket bracket = { .is_image = *at == '!', .last_delimiter = self->last_delimiter };
  gsize   length = bracket.is_image ? 2 : 1;

  _uc_markdown_take (self, at, length, 0, NULL);
  bracket.token = (int) self->tokens->len - 1;
  bracket.text = at + length;
  g_array_append_val (self->brackets, bracket);
  return at + length;
}

static const char *
close_bracket (UcMarkdownInline *self, const char *at)
{
  Bracket        bracket;
  UcMarkdownLink link = { 0 };
  gsize          length = 0;
  guint          index;

  if (self->brackets->len == 0)
    return at + 1;
  index = self->brackets->len - 1;
  bracket = g_array_index (self->brackets, Bracket, index);
  g_array_set_size (self->brackets, index);
  if ((bracket.is_image || index >= self->n_inactive) && at + 1 < self->end && at[1] == '(')
    length = _uc_markdown_scan_destination (self->state, at + 1, self->end - at - 1, &link.target);
  self->n_inactive = MIN (self->n_inactive, index);
  if (length == 0)
    return at + 1;

  link.is_image = bracket.is_image;
  flush (self, at);
  _uc_markdown_process_emphasis (self, bracket.last_delimiter);
  if (at == bracket.text)
    push_token (self, link.target, strlen (link.target), 0, NULL);
  g_array_append_val (self->links, link);
  _uc_markdown_get_token (self, bracket.token)->length = 0;
  _uc_markdown_get_token (self, bracket.token)->link = (int) self->links->len - 1;
  push_token (self, at, 0, 0, NULL);
  _uc_markdown_get_token (self, (int) self->tokens->len - 1)->n_link_ends = 1;
  /* A link holds no link. */
  if (!link.is_image)
    self->n_inactive = self->brackets->len;
  self->pending = at + 1 + length;
  return self->pending;
}

/* Code */

/* Where the next run of exactly @count backticks begins; NULL: nowhere. What was seen
 * on the way is remembered, so that text without an end is looked through once. */
static const char *
find_backticks (UcMarkdownInline *self, const char *from, gsize count)
{
  if (count > UC_MARKDOWN_MAX_BACKTICKS ||
      (self->knows_backticks && self->last_backticks[count] < from))
    return NULL;
  for (const char *at = from; at < self->end;) {
    const char *run = at;

    while (at < self->end && *at == '`')
      at++;
    self->state->n_steps++;
    if (at == run) {
      at++;
      continue;
    }
    if (at - run <= UC_MARKDOWN_MAX_BACKTICKS)
      self->last_backticks[at - run] = run;
    if ((gsize) (at - run) == count)
      return run;
  }
  self->knows_backticks = TRUE;
  return NULL;
}

static const char *
take_code (UcMarkdownInline *self, const char *at)
{
  const char *first = at;
  const char *last;
  gsize       count;
  gboolean    has_text = FALSE;

  while (first < self->end && *first == '`')
    first++;
  count = first - at;
  last = find_backticks (self, first, count);
  if (last == NULL)
    return first;

  flush (self, at);
  for (const char *p = first; p < last && !has_text; p++)
    has_text = *p != ' ' && *p != '\n';
  self->pending = last + count;
  if (has_text && (*first == ' ' || *first == '\n') && (last[-1] == ' ' || last[-1] == '\n')) {
    first++;
    last--;
  }
  push_token (self, first, last - first, UC_RUN_CODE, NULL);
  return self->pending;
}

/* What takes the place of a special character */

static const char *
take_escape (UcMarkdownInline *self, const char *at)
{
  /* Not before @: there it prevents nothing. */
  if (at + 1 < self->end && ((g_ascii_ispunct (at[1]) && at[1] != '@') || at[1] == '\n')) {
    flush (self, at);
    self->pending = at + 1;
    return at + 2;
  }
  return at + 1;
}

static const char *
take_entity (UcMarkdownInline *self, const char *at)
{
  static const struct {
    const char *name;
    const char *text;
  } entities[] = {
    { "&amp;", "&" }, { "&lt;", "<" },   { "&gt;", ">" },          { "&quot;", "\"" },
    { "&#39;", "'" }, { "&apos;", "'" }, { "&nbsp;", "\xc2\xa0" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (entities); i++) {
    gsize length = strlen (entities[i].name);

    if ((gsize) (self->end - at) >= length && memcmp (at, entities[i].name, length) == 0) {
      flush (self, at);
      push_token (self, entities[i].text, strlen (entities[i].text), 0, NULL);
      self->pending = at + length;
      return self->pending;
    }
  }
  return at + 1;
}

static const char *
take_url (UcMarkdownInline *self, const char *at)
{
  char *target = NULL;
  gsize length;

  if (g_unichar_isalnum (char_before (self, at)))
    return at + 1;
  length = _uc_markdown_scan_url (self->state, at, self->end - at, &target);
  if (length == 0)
    return at + 1;
  return target != NULL ? _uc_markdown_take (self, at, length, UC_RUN_LINK, target) : at + length;
}

static const char *
take_angle (UcMarkdownInline *self, const char *at)
{
  char *target = NULL;
  gsize length = _uc_markdown_scan_angle (self->state, at, self->end - at, &target);

  if (length == 0)
    return at + 1;
  flush (self, at);
  push_token (self, at + 1, length - 2, UC_RUN_LINK, target);
  self->pending = at + length;
  return self->pending;
}

static const char *
take_at (UcMarkdownInline *self, const char *at)
{
  gunichar   before = char_before (self, at);
  UcRunFlags flags = 0;
  char      *target = NULL;
  gsize      start = 0;
  gsize      length;

  length = _uc_markdown_scan_mention (self->state, at, self->end - at, before, &flags, &target);
  if (length > 0)
    return _uc_markdown_take (self, at, length, flags, target);
  if (*at == '@' && before < 0x80 && before != 0)
    length =
        _uc_markdown_scan_mail (self->state, self->start, self->end - self->start, at - self->start,
                                self->pending - self->start, &start, &target);
  return length > 0 ? _uc_markdown_take (self, self->start + start, length, UC_RUN_LINK, target)
                    : at + 1;
}

static const char *
take_emoji (UcMarkdownInline *self, const char *at)
{
  const char *emoji = NULL;
  char       *target = NULL;
  gsize       length;

  length = _uc_markdown_scan_emoji (self->state, at, self->end - at, char_before (self, at), &emoji,
                                    &target);
  if (length == 0)
    return at + 1;
  if (emoji == NULL)
    return _uc_markdown_take (self, at, length, UC_RUN_EMOJI, target);
  flush (self, at);
  push_token (self, emoji, strlen (emoji), 0, NULL);
  self->pending = at + length;
  return self->pending;
}

static const char *
take_tag (UcMarkdownInline *self, const char *at)
{
  char *target = NULL;
  gsize length =
      _uc_markdown_scan_hashtag (self->state, at, self->end - at, char_before (self, at), &target);

  return length > 0 ? _uc_markdown_take (self, at, length, UC_RUN_HASHTAG, target) : at + 1;
}

static const char *
take_tilde (UcMarkdownInline *self, const char *at)
{
  char *target = NULL;
  gsize length;

  if (at + 1 < self->end && at[1] == '~')
    return _uc_markdown_take_delimiters (self, at);
  length =
      _uc_markdown_scan_channel (self->state, at, self->end - at, char_before (self, at), &target);
  return length > 0 ? _uc_markdown_take (self, at, length, UC_RUN_CHANNEL, target) : at + 1;
}

/* Behind what begins at @at; the character itself when that means nothing. */
static const char *
take_special (UcMarkdownInline *self, const char *at)
{
  switch (*at) {
  case '\\':
    return take_escape (self, at);
  case '`':
    return take_code (self, at);
  case '*':
  case '_':
    return _uc_markdown_take_delimiters (self, at);
  case '~':
    return take_tilde (self, at);
  case '!':
    return at + 1 < self->end && at[1] == '[' ? take_bracket (self, at) : at + 1;
  case '[':
    return take_bracket (self, at);
  case ']':
    return close_bracket (self, at);
  case '<':
    return take_angle (self, at);
  case '&':
    return take_entity (self, at);
  case ':':
    return take_emoji (self, at);
  case '#':
    return take_tag (self, at);
  case '@':
    return take_at (self, at);
  case 'h':
  case 'H':
  case 'm':
  case 'M':
  case 'w':
  case 'W':
    return take_url (self, at);
  default:
    if (self->end - at >= 3 && memcmp (at, "\xef\xbc\xa0", 3) == 0)
      return take_at (self, at);
    return g_utf8_next_char (at);
  }
}

/* What may begin something; 0xef is the first byte of the full-width @. */
static const guint8 is_special[256] = {
  ['\\'] = 1, ['`'] = 1, ['*'] = 1, ['_'] = 1, ['~'] = 1, ['!'] = 1,  ['['] = 1,
  [']'] = 1,  ['<'] = 1, ['&'] = 1, [':'] = 1, ['#'] = 1, ['@'] = 1,  ['h'] = 1,
  ['H'] = 1,  ['m'] = 1, ['M'] = 1, ['w'] = 1, ['W'] = 1, [0xef] = 1,
};

static void
tokenize (UcMarkdownInline *self)
{
  for (const char *at = self->start; at < self->end;) {
    self->state->n_steps++;
    at = is_special[(guchar) *at] ? take_special (self, at) : at + 1;
  }
  flush (self, self->end);
  _uc_markdown_process_emphasis (self, UC_MARKDOWN_NONE);
}

void
_uc_markdown_add_inline (UcMarkdownState *state,
                         const char      *text,
                         gsize            length,
                         GString         *out,
                         GArray          *runs)
{
  UcMarkdownInline self = { .state = state, .start = text, .end = text + length, .pending = text };
  gsize            start = out->len;
  guint            first_run = runs->len;

  self.tokens = g_array_new (FALSE, FALSE, sizeof (UcMarkdownToken));
  g_array_set_clear_func (self.tokens, clear_token);
  self.delimiters = g_array_new (FALSE, FALSE, sizeof (UcMarkdownDelimiter));
  self.brackets = g_array_new (FALSE, FALSE, sizeof (Bracket));
  self.links = g_array_new (FALSE, FALSE, sizeof (UcMarkdownLink));
  g_array_set_clear_func (self.links, clear_link);
  self.last_delimiter = UC_MARKDOWN_NONE;

  tokenize (&self);
  _uc_markdown_write_tokens (&self, out, runs);
  _uc_markdown_mark_words (state, out->str, start, runs, first_run);

  g_array_unref (self.tokens);
  g_array_unref (self.delimiters);
  g_array_unref (self.brackets);
  g_array_unref (self.links);
}
