/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The lines of a table: cells between bars, a bar inside a cell is written \|. Each cell
 * is taken apart like a line of its own.
 */

#include "config.h"

#include "uc-markdown-private.h"

#include <string.h>

#define MAX_COLUMNS 64

static gboolean
is_space (char c)
{
  return c == ' ' || c == '\t';
}

/* Without the bars at both ends. */
static void
trim_row (const char **line, gsize *length)
{
  while (*length > 0 && is_space ((*line)[*length - 1]))
    (*length)--;
  while (*length > 0 && is_space (**line)) {
    (*line)++;
    (*length)--;
  }
  if (*length > 0 && **line == '|') {
    (*line)++;
    (*length)--;
  }
  if (*length > 0 && (*line)[*length - 1] == '|' && !(*length > 1 && (*line)[*length - 2] == '\\'))
    (*length)--;
}

/* Where the cell ends that begins at @at. */
static gsize
find_cell_end (UcMarkdownState *state, const char *line, gsize length, gsize at)
{
  gsize first = at;

  while (at < length && line[at] != '|')
    at += line[at] == '\\' && at + 1 < length ? 2 : 1;
  state->n_steps += at - first + 1;
  return MIN (at, length);
}

guint
_uc_markdown_count_cells (UcMarkdownState *state, const char *line, gsize length)
{
  guint n = 1;

  trim_row (&line, &length);
  for (gsize at = find_cell_end (state, line, length, 0); at < length;
       at = find_cell_end (state, line, length, at + 1))
    n++;
  return n;
}

/* |---|:-:|--:| under the head of a table. @alignments gets a letter a column. */
gboolean
_uc_markdown_is_table_rule (UcMarkdownState *state,
                            const char      *line,
                            gsize            length,
                            char           **alignments)
{
  g_autoptr (GString) letters = NULL;
  gboolean has_bar;

  if (length == 0 || strchr ("|:-", *line) == NULL)
    return FALSE;
  has_bar = memchr (line, '|', length) != NULL;
  state->n_steps += length;
  trim_row (&line, &length);
  letters = g_string_new (NULL);
  for (gsize start = 0; start <= length && letters->len < MAX_COLUMNS;) {
    gsize       end = find_cell_end (state, line, length, start);
    const char *first = line + start;
    const char *last = line + end;
    gboolean    is_left, is_right;

    while (first < last && is_space (*first))
      first++;
    while (last > first && is_space (last[-1]))
      last--;
    is_left = last - first >= 2 && *first == ':';
    is_right = last - first >= 2 && last[-1] == ':';
    first += is_left ? 1 : 0;
    last -= is_right ? 1 : 0;
    if (first >= last)
      return FALSE;
    for (; first < last; first++) {
      if (*first != '-')
        return FALSE;
    }
    g_string_append_c (letters, is_right ? (is_left ? 'c' : 'r') : 'l');
    start = end + 1;
  }
  if (!has_bar)
    return FALSE;
  *alignments = g_strdup (letters->str);
  return TRUE;
}

/* A bar written \| is a bar, also in code; tabs and newlines have a meaning of their own
 * in the text of a table. */
static char *
dup_cell (const char *text, gsize length)
{
  GString *cell = g_string_sized_new (length + 1);

  for (gsize i = 0; i < length; i++) {
    if (text[i] == '\\' && i + 1 < length && text[i + 1] == '|')
      continue;
    g_string_append_c (cell, text[i] == '\t' ? ' ' : text[i]);
  }
  return g_string_free_and_steal (cell);
}

void
_uc_markdown_add_row (UcMarkdownState *state,
                      const char      *line,
                      gsize            length,
                      guint            n_columns,
                      GString         *out,
                      GArray          *runs)
{
  gsize start = 0;

  trim_row (&line, &length);
  for (guint column = 0; column < n_columns; column++) {
    gsize            end = start <= length ? find_cell_end (state, line, length, start) : length;
    g_autofree char *cell = NULL;

    if (column > 0)
      g_string_append_c (out, '\t');
    if (start <= length) {
      cell = g_strstrip (dup_cell (line + start, end - start));
      _uc_markdown_add_inline (state, cell, strlen (cell), out, runs);
    }
    start = end + 1;
  }
}
