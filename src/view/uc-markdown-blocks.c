/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What the lines of a message are part of: quotes and list items, inside each other. One
 * pass; each line is looked at a bounded number of times, because nesting is bounded.
 */

#include "config.h"

#include "uc-markdown-parser-private.h"

#include <string.h>

/* A list of the other kind, indented by two under the item: people write it so. */
static gboolean
is_nested_list (const UcMarkdownMarker *item, const UcMarkdownCursor *cursor, int indent)
{
  UcMarkdownMarker marker;

  return indent >= item->indent + 2 && _uc_markdown_read_marker (cursor, &marker) &&
         _uc_markdown_is_ordered (&marker) != _uc_markdown_is_ordered (item);
}

static gboolean
match_item (UcMarkdownParser *self, UcMarkdownContainer *item, UcMarkdownCursor *cursor)
{
  int indent = _uc_markdown_measure_indent (cursor);

  /* An item may begin with one blank line, not with two. */
  if (_uc_markdown_is_blank (cursor))
    return !item->is_empty || self->leaf != UC_MARKDOWN_LEAF_NONE;
  if (indent >= item->marker.content_indent)
    _uc_markdown_skip_columns (cursor, item->marker.content_indent);
  else if (self->leaf != UC_MARKDOWN_LEAF_FENCE && is_nested_list (&item->marker, cursor, indent))
    _uc_markdown_skip_columns (cursor, indent);
  else
    return FALSE;
  item->is_empty = FALSE;
  return TRUE;
}

static gboolean
match_quote (UcMarkdownCursor *cursor)
{
  const char *at = _uc_markdown_peek (cursor);
  int         indent = _uc_markdown_measure_indent (cursor);

  if (indent >= UC_MARKDOWN_CODE_INDENT || at >= cursor->end || *at != '>')
    return FALSE;
  _uc_markdown_skip_marker (cursor, indent, 1, 1);
  return TRUE;
}

/* How many of the open containers the line goes on in; the cursor stands behind them. */
static int
match_containers (UcMarkdownParser *self, UcMarkdownCursor *cursor)
{
  for (int i = 0; i < self->depth; i++) {
    UcMarkdownContainer *container = &self->containers[i];

    if (container->is_item ? !match_item (self, container, cursor) : !match_quote (cursor))
      return i;
  }
  return self->depth;
}

/* Fills @item when the line begins one here. Into a paragraph that goes on breaks only
 * what is surely meant as a list. */
static gboolean
begins_item (const UcMarkdownCursor *cursor, gboolean is_in_paragraph, UcMarkdownContainer *item)
{
  *item = (UcMarkdownContainer){ .is_item = TRUE };
  if ((is_in_paragraph && _uc_markdown_get_underline (cursor) > 0) ||
      _uc_markdown_is_rule (cursor) || !_uc_markdown_read_marker (cursor, &item->marker))
    return FALSE;
  item->is_empty = item->marker.is_last;
  return !is_in_paragraph ||
         !(item->is_empty || (_uc_markdown_is_ordered (&item->marker) && item->marker.number != 1));
}

static void
open_item (UcMarkdownParser *self, UcMarkdownCursor *cursor, UcMarkdownContainer *item)
{
  const UcMarkdownMarker *marker = &item->marker;

  _uc_markdown_close_leaf (self);
  _uc_markdown_skip_marker (cursor, marker->indent, marker->length,
                            marker->content_indent - marker->indent - marker->length);
  self->containers[self->depth++] = *item;
}

static void
open_quote (UcMarkdownParser *self, UcMarkdownCursor *cursor)
{
  _uc_markdown_close_leaf (self);
  match_quote (cursor);
  self->containers[self->depth++] = (UcMarkdownContainer){ .is_item = FALSE };
}

/* Opens what the line opens, behind the @matched containers it goes on in. */
static gboolean
open_containers (UcMarkdownParser *self, UcMarkdownCursor *cursor, int matched)
{
  gboolean has_opened = FALSE;

  while ((has_opened ? self->depth : matched) < UC_MARKDOWN_MAX_DEPTH) {
    const char *at = _uc_markdown_peek (cursor);
    gboolean    is_in_paragraph =
        !has_opened && matched == self->depth && self->leaf == UC_MARKDOWN_LEAF_PARAGRAPH;
    UcMarkdownContainer item;

    if (_uc_markdown_measure_indent (cursor) >= UC_MARKDOWN_CODE_INDENT || at >= cursor->end)
      break;
    if (*at == '>') {
      _uc_markdown_close_to (self, has_opened ? self->depth : matched);
      open_quote (self, cursor);
    } else if (begins_item (cursor, is_in_paragraph, &item)) {
      if (!has_opened && matched < self->depth) {
        const UcMarkdownContainer *before = &self->containers[matched];

        if (before->is_item && before->marker.sign == item.marker.sign)
          item.marker.number = before->marker.number + 1;
        _uc_markdown_close_to (self, matched);
      }
      open_item (self, cursor, &item);
    } else {
      break;
    }
    has_opened = TRUE;
  }
  return has_opened;
}

static void
take_line (UcMarkdownParser *self, const char *line, gsize length)
{
  UcMarkdownCursor cursor = { .at = line, .end = line + length, .n_steps = &self->state->n_steps };
  int              matched = match_containers (self, &cursor);

  if (matched == self->depth && _uc_markdown_go_on_in_code (self, &cursor))
    return;
  if (open_containers (self, &cursor, matched)) {
    matched = self->depth;
    if (_uc_markdown_is_blank (&cursor))
      return;
  }
  if (_uc_markdown_is_blank (&cursor)) {
    _uc_markdown_close_to (self, matched);
    _uc_markdown_close_leaf (self);
    return;
  }
  if (matched == self->depth && _uc_markdown_take_under_paragraph (self, &cursor))
    return;
  if (_uc_markdown_take_block (self, &cursor, matched))
    return;
  /* A plain line under a paragraph goes on in it, whatever that is part of. */
  if (matched < self->depth && self->leaf != UC_MARKDOWN_LEAF_PARAGRAPH)
    _uc_markdown_close_to (self, matched);
  _uc_markdown_take_text (self, &cursor);
}

void
_uc_markdown_add_blocks (UcMarkdownState *state, const char *text)
{
  UcMarkdownParser self = { .state = state, .text = g_string_new (NULL) };
  const char      *end = text + strlen (text);

  for (const char *line = text; line < end;) {
    const char *stop = memchr (line, '\n', end - line);
    gsize       length = (stop != NULL ? stop : end) - line;

    take_line (&self, line, length);
    line += length + 1;
  }
  _uc_markdown_close_leaf (&self);
  _uc_markdown_close_to (&self, 0);
  g_string_free (self.text, TRUE);
  g_free (self.info);
}
