/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What names something inside a line: @people, ~channels, #tags and :emoji:
 * (protocol.md 19.1 and 20). Whether a person or channel of that name exists is not
 * known here.
 */

#include "config.h"

#include "uc-markdown-private.h"

#include "uc-emoji.h"

#include <string.h>

#define MAX_NAME_BYTES 64
#define FULL_WIDTH_AT  "\xef\xbc\xa0"

static gboolean
is_name_char (char c)
{
  return g_ascii_isalnum (c) || c == '.' || c == '-' || c == '_';
}

static gboolean
is_group_name (const char *folded)
{
  return strcmp (folded, "here") == 0 || strcmp (folded, "all") == 0 ||
         strcmp (folded, "channel") == 0;
}

static gsize
count_name_chars (UcMarkdownState *state, const char *text, gsize length)
{
  gsize n = 0;

  while (n < length && n <= MAX_NAME_BYTES && is_name_char (text[n]))
    n++;
  state->n_steps += n + 1;
  return n;
}

/* Dots, dashes and underscores at the end belong to the sentence. */
static gsize
trim_name (const char *name, gsize length)
{
  while (length > 0 && !g_ascii_isalnum (name[length - 1]))
    length--;
  return length;
}

gsize
_uc_markdown_scan_mention (UcMarkdownState *state,
                           const char      *text,
                           gsize            length,
                           gunichar         before,
                           UcRunFlags      *flags,
                           char           **target)
{
  gsize            sign = text[0] == '@' ? 1 : strlen (FULL_WIDTH_AT);
  gsize            n_name, n_trimmed;
  g_autofree char *name = NULL;
  g_autofree char *key = NULL;

  if (length < sign || g_unichar_isalnum (before) || before == '@')
    return 0;
  n_name = count_name_chars (state, text + sign, length - sign);
  n_trimmed = trim_name (text + sign, n_name);
  if (n_trimmed == 0 || n_name > MAX_NAME_BYTES || !g_ascii_isalnum (text[sign]))
    return 0;
  if (sign + n_name < length && text[sign + n_name] == '@')
    return 0;

  name = g_ascii_strdown (text + sign, n_name);
  *flags = UC_RUN_MENTION;
  /* A name of mine that ends in a mark wins over the end of a sentence. */
  if (state->my_name != NULL && g_str_has_prefix (name, state->my_name) &&
      strlen (state->my_name) >= n_trimmed) {
    n_trimmed = strlen (state->my_name);
    *flags |= UC_RUN_ME;
  }
  name[n_trimmed] = '\0';
  key = g_strconcat ("@", name, NULL);
  if ((is_group_name (name) && !state->context->ignores_groups) ||
      (state->words != NULL && g_hash_table_contains (state->words, key)))
    *flags |= UC_RUN_ME;
  if (*flags & UC_RUN_ME)
    state->mentions_me = TRUE;

  *target = g_steal_pointer (&name);
  return sign + n_trimmed;
}

gsize
_uc_markdown_scan_channel (UcMarkdownState *state,
                           const char      *text,
                           gsize            length,
                           gunichar         before,
                           char           **target)
{
  gsize n_name;

  if (g_unichar_isalnum (before) || before == '~' || before == '/')
    return 0;
  n_name = count_name_chars (state, text + 1, length - 1);
  if (n_name > MAX_NAME_BYTES)
    return 0;
  n_name = trim_name (text + 1, n_name);
  if (n_name == 0 || !g_ascii_isalnum (text[1]))
    return 0;
  *target = g_ascii_strdown (text + 1, n_name);
  return 1 + n_name;
}

gsize
_uc_markdown_scan_hashtag (UcMarkdownState *state,
                           const char      *text,
                           gsize            length,
                           gunichar         before,
                           char           **target)
{
  const char *end = text + length;
  const char *at = text + 1;
  const char *last = text + 1; /* behind the last letter or digit */
  guint       n_chars = 0;

  if (g_unichar_isalnum (before) || before == '_' || before == '#' || at >= end ||
      !g_unichar_isalpha (g_utf8_get_char (at)))
    return 0;
  while (at < end) {
    gunichar c = g_utf8_get_char (at);
    gboolean is_word = g_unichar_isalnum (c) || g_unichar_ismark (c);

    if (!is_word && c != '.' && c != '-' && c != '_')
      break;
    at = g_utf8_next_char (at);
    n_chars++;
    if (is_word)
      last = at;
  }
  state->n_steps += n_chars + 1;
  if (g_utf8_strlen (text, last - text) < 3)
    return 0;
  *target = g_strndup (text, last - text);
  return last - text;
}

gsize
_uc_markdown_scan_emoji (UcMarkdownState *state,
                         const char      *text,
                         gsize            length,
                         gunichar         before,
                         const char     **emoji,
                         char           **target)
{
  gsize            n = 0;
  gboolean         has_letter = FALSE;
  g_autofree char *name = NULL;

  for (const char *at = text + 1; n + 1 < length && n <= MAX_NAME_BYTES; at++, n++) {
    if (!g_ascii_islower (*at) && !g_ascii_isdigit (*at) && *at != '_' && *at != '+' && *at != '-')
      break;
    has_letter = has_letter || !g_ascii_isdigit (*at);
  }
  state->n_steps += n + 1;
  if (n == 0 || n > MAX_NAME_BYTES || n + 1 >= length || text[n + 1] != ':')
    return 0;
  /* The minutes of a time. */
  if (!has_letter && g_unichar_isdigit (before))
    return 0;

  name = g_strndup (text + 1, n);
  *emoji = uc_emoji_from_name (name);
  if (*emoji == NULL)
    *target = g_steal_pointer (&name);
  return n + 2;
}
