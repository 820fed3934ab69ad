/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Which word under the cursor asks for suggestions. Pure. */

#include "config.h"

#include "uc-completion.h"

#include <string.h>

#define MAX_WORD_BYTES 64
/* Fewer letters behind a colon are rather a face or a list of times. */
#define MIN_EMOJI_BYTES 2

static gboolean
is_word_char (gunichar c)
{
  return g_unichar_isalnum (c) || c == '.' || c == '-' || c == '_' || c == '+';
}

/* Odd many fences above, or odd many backticks in the line: what is written there is
 * code. */
static gboolean
is_in_code (const char *text, gsize cursor)
{
  gboolean is_in_fence = FALSE;
  gboolean is_in_span = FALSE;

  for (gsize line = 0; line < cursor;) {
    const char *stop = memchr (text + line, '\n', cursor - line);
    gsize       end = stop != NULL ? (gsize) (stop - text) : cursor;

    is_in_span = FALSE;
    if (end - line >= 3 && memcmp (text + line, "```", 3) == 0) {
      is_in_fence = !is_in_fence;
    } else {
      for (gsize at = line; at < end; at++)
        is_in_span = text[at] == '`' ? !is_in_span : is_in_span;
    }
    if (stop != NULL)
      is_in_span = FALSE;
    line = end + 1;
  }
  return is_in_fence || is_in_span;
}

static gboolean
is_trigger (char c)
{
  return c == '@' || c == '~' || c == ':';
}

/**
 * uc_completion_find_word:
 * @text: what is being written, valid UTF-8
 * @cursor: where, in bytes
 * @start: (out): where the word begins, at its trigger
 * @end: (out): where it ends, perhaps behind the cursor
 * @trigger: (out): '@', '~' or ':'
 *
 * Returns: %TRUE when there is a word that can be completed
 */
gboolean
uc_completion_find_word (const char *text, guint cursor, guint *start, guint *end, char *trigger)
{
  gsize       length;
  const char *at, *stop;

  g_return_val_if_fail (text != NULL && start != NULL && end != NULL && trigger != NULL, FALSE);

  length = strlen (text);
  if (cursor > length)
    return FALSE;
  at = text + cursor;
  while (at > text && (gsize) (text + cursor - at) <= MAX_WORD_BYTES) {
    const char *before = g_utf8_prev_char (at);

    if (!is_word_char (g_utf8_get_char (before)))
      break;
    at = before;
  }
  if (at == text || !is_trigger (at[-1]))
    return FALSE;
  at--;
  /* Inside a word it is an address, a time, or half of two. */
  if (at > text) {
    gunichar before = g_utf8_get_char (g_utf8_prev_char (at));

    if (g_unichar_isalnum (before) || before == (gunichar) *at || before == '/')
      return FALSE;
  }
  if (*at == ':' && (gsize) (text + cursor - at - 1) < MIN_EMOJI_BYTES)
    return FALSE;
  if (is_in_code (text, (gsize) (at - text)))
    return FALSE;

  stop = text + cursor;
  while (*stop != '\0' && is_word_char (g_utf8_get_char (stop)))
    stop = g_utf8_next_char (stop);
  /* The colon that ends a name belongs to it. */
  if (*at == ':' && *stop == ':')
    stop++;
  *trigger = *at;
  *start = (guint) (at - text);
  *end = (guint) (stop - text);
  return TRUE;
}
