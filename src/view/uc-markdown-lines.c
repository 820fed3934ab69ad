/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * One line of a message: how far it is indented and what it begins. Knows nothing of the
 * lines above it.
 */

#include "config.h"

#include "uc-markdown-lines-private.h"

#include <string.h>

#define TAB_COLUMNS       4
#define MAX_NUMBER_DIGITS 9
#define MIN_UNDERLINE     3
#define MAX_LEVEL         6

static int
next_stop (int column)
{
  return (column / TAB_COLUMNS + 1) * TAB_COLUMNS;
}

static gboolean
is_space (char c)
{
  return c == ' ' || c == '\t';
}

int
_uc_markdown_measure_indent (const UcMarkdownCursor *cursor)
{
  int column = cursor->column + cursor->n_spaces;

  for (const char *at = cursor->at; at < cursor->end && is_space (*at); at++) {
    column = *at == '\t' ? next_stop (column) : column + 1;
    (*cursor->n_steps)++;
  }
  return column - cursor->column;
}

/* The first character behind the indent. */
const char *
_uc_markdown_peek (const UcMarkdownCursor *cursor)
{
  const char *at = cursor->at;

  while (at < cursor->end && is_space (*at))
    at++;
  *cursor->n_steps += at - cursor->at + 1;
  return at;
}

gboolean
_uc_markdown_is_blank (const UcMarkdownCursor *cursor)
{
  return _uc_markdown_peek (cursor) == cursor->end;
}

gboolean
_uc_markdown_is_rule (const UcMarkdownCursor *cursor)
{
  const char *at = _uc_markdown_peek (cursor);
  char        sign = at < cursor->end ? *at : '\0';
  guint       n = 0;

  if (sign != '-' && sign != '*' && sign != '_')
    return FALSE;
  for (; at < cursor->end; at++) {
    (*cursor->n_steps)++;
    if (*at == sign)
      n++;
    else if (!is_space (*at))
      return FALSE;
  }
  return n >= 3;
}

/* Level 1 or 2 when the line underlines the one above it. A single dash is not taken
 * for that: it is rather a list that somebody began to write. */
int
_uc_markdown_get_underline (const UcMarkdownCursor *cursor)
{
  const char *start = _uc_markdown_peek (cursor);
  const char *at = start;
  char        sign = at < cursor->end ? *at : '\0';

  if (sign != '=' && sign != '-')
    return 0;
  while (at < cursor->end && *at == sign)
    at++;
  *cursor->n_steps += at - start;
  if (at - start < MIN_UNDERLINE)
    return 0;
  while (at < cursor->end && is_space (*at))
    at++;
  return at < cursor->end ? 0 : sign == '=' ? 1 : 2;
}

/* Fills @marker from the marker of a list item; %FALSE when there is none. */
gboolean
_uc_markdown_read_marker (const UcMarkdownCursor *cursor, UcMarkdownMarker *marker)
{
  const char *start = _uc_markdown_peek (cursor);
  const char *at = start;
  int         n_after = 0;

  *marker = (UcMarkdownMarker){ .indent = _uc_markdown_measure_indent (cursor) };
  if (at < cursor->end && (*at == '-' || *at == '+' || *at == '*')) {
    marker->sign = *at++;
  } else {
    while (at < cursor->end && g_ascii_isdigit (*at) && at - start < MAX_NUMBER_DIGITS)
      marker->number = marker->number * 10 + (*at++ - '0');
    if (at == start || at >= cursor->end || (*at != '.' && *at != ')'))
      return FALSE;
    marker->sign = *at++;
  }
  if (at < cursor->end && !is_space (*at))
    return FALSE;
  marker->length = (int) (at - start);
  while (n_after <= UC_MARKDOWN_CODE_INDENT && at + n_after < cursor->end && at[n_after] == ' ')
    n_after++;
  marker->is_last = at + n_after >= cursor->end;
  /* Five spaces are one, and indented code. */
  if (n_after == 0 || n_after > UC_MARKDOWN_CODE_INDENT || marker->is_last)
    n_after = 1;
  marker->content_indent = marker->indent + marker->length + n_after;
  return TRUE;
}

gboolean
_uc_markdown_is_ordered (const UcMarkdownMarker *marker)
{
  return marker->sign == '.' || marker->sign == ')';
}

gboolean
_uc_markdown_opens_fence (const UcMarkdownCursor *cursor, UcMarkdownFence *fence)
{
  const char *start = _uc_markdown_peek (cursor);
  const char *at = start;
  char        sign = at < cursor->end ? *at : '\0';

  if (sign != '`' && sign != '~')
    return FALSE;
  while (at < cursor->end && *at == sign)
    at++;
  *cursor->n_steps += cursor->end - start;
  if (at - start < 3 || (sign == '`' && memchr (at, '`', cursor->end - at) != NULL))
    return FALSE;

  fence->sign = sign;
  fence->length = at - start;
  fence->indent = _uc_markdown_measure_indent (cursor);
  while (at < cursor->end && is_space (*at))
    at++;
  fence->info = at;
  while (at < cursor->end && !is_space (*at))
    at++;
  fence->info_length = at - fence->info;
  return TRUE;
}

gboolean
_uc_markdown_closes_fence (const UcMarkdownCursor *cursor, const UcMarkdownFence *fence)
{
  const char *start = _uc_markdown_peek (cursor);
  const char *at = start;

  if (_uc_markdown_measure_indent (cursor) >= UC_MARKDOWN_CODE_INDENT)
    return FALSE;
  while (at < cursor->end && *at == fence->sign)
    at++;
  *cursor->n_steps += at - start;
  if ((gsize) (at - start) < fence->length)
    return FALSE;
  while (at < cursor->end && is_space (*at))
    at++;
  return at == cursor->end;
}

/* The level of a heading and what it says; 0 when it is none. */
int
_uc_markdown_get_heading (const UcMarkdownCursor *cursor, const char **text, gsize *length)
{
  const char *at = _uc_markdown_peek (cursor);
  const char *start = at;
  const char *end = cursor->end;
  const char *mark;
  int         level;

  while (at < end && *at == '#' && at - start <= MAX_LEVEL)
    at++;
  level = (int) (at - start);
  if (level == 0 || level > MAX_LEVEL || (at < end && !is_space (*at)))
    return 0;
  while (at < end && is_space (*at))
    at++;
  while (end > at && is_space (end[-1]))
    end--;
  for (mark = end; mark > at && mark[-1] == '#';)
    mark--;
  if (mark == at || is_space (mark[-1]))
    end = mark;
  while (end > at && is_space (end[-1]))
    end--;
  *cursor->n_steps += cursor->end - start;
  *text = at;
  *length = end - at;
  return level;
}

void
_uc_markdown_skip_columns (UcMarkdownCursor *cursor, int n)
{
  for (; n > 0; n--) {
    if (cursor->n_spaces > 0) {
      cursor->n_spaces--;
    } else if (cursor->at < cursor->end && *cursor->at == '\t') {
      cursor->n_spaces = next_stop (cursor->column) - cursor->column - 1;
      cursor->at++;
    } else if (cursor->at < cursor->end && *cursor->at == ' ') {
      cursor->at++;
    } else {
      return;
    }
    cursor->column++;
  }
}

/* Behind @indent columns, a marker of @length characters and at most @n_after columns. */
void
_uc_markdown_skip_marker (UcMarkdownCursor *cursor, int indent, int length, int n_after)
{
  _uc_markdown_skip_columns (cursor, indent);
  cursor->at += length;
  cursor->column += length;
  _uc_markdown_skip_columns (cursor, n_after);
}
