/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What the lines of a message are: paragraphs, headings, code, tables, rules; and how
 * they are written down as blocks once they end.
 */

#include "config.h"

#include "uc-markdown-parser-private.h"

#include <string.h>

static void
write_marker (const UcMarkdownContainer *item, UcBlock *block)
{
  if (_uc_markdown_is_ordered (&item->marker))
    block->info = g_strdup_printf ("%d%c", item->marker.number, item->marker.sign);
  else
    block->info = g_strdup ("•");
}

static UcBlock *
add_block (UcMarkdownParser *self, UcBlockKind kind, int n_containers)
{
  UcBlock *block = _uc_markdown_add_block (self->state, kind);

  for (int i = 0; i < n_containers; i++) {
    if (self->containers[i].is_item)
      block->indent++;
    else
      block->quote++;
  }
  return block;
}

/* Items that have no text of their own in front of what comes now. */
static void
write_items (UcMarkdownParser *self, int n_containers)
{
  for (int i = 0; i < n_containers; i++) {
    UcMarkdownContainer *item = &self->containers[i];

    if (item->is_item && !item->is_written) {
      UcBlock *block = add_block (self, UC_BLOCK_ITEM, i + 1);

      block->level = block->indent;
      write_marker (item, block);
      item->is_written = TRUE;
    }
  }
}

static UcBlock *
add_leaf (UcMarkdownParser *self, UcBlockKind kind)
{
  write_items (self, self->depth);
  return add_block (self, kind, self->depth);
}

static void
write_inline (UcMarkdownParser *self, UcBlock *block, const char *text, gsize length)
{
  g_autoptr (GString) out = g_string_sized_new (length + 1);

  _uc_markdown_add_inline (self->state, text, length, out, block->runs);
  g_free (block->text);
  block->text = g_strdup (out->str);
}

/* "[ ] " and "[x] " at the beginning of an item. */
static gsize
take_task (UcBlock *block, const char *text, gsize length)
{
  if (length < 4 || text[0] != '[' || text[2] != ']' || (text[3] != ' ' && text[3] != '\t') ||
      strchr (" xX", text[1]) == NULL)
    return 0;
  g_free (block->info);
  block->info = g_strdup (text[1] == ' ' ? "☐" : "☑");
  return 4;
}

static void
write_paragraph (UcMarkdownParser *self, const char *text, gsize length)
{
  UcMarkdownContainer *inner = self->depth > 0 ? &self->containers[self->depth - 1] : NULL;
  UcBlock             *block;
  gsize                skip = 0;

  if (length == 0)
    return;
  if (inner != NULL && inner->is_item && !inner->is_written) {
    write_items (self, self->depth - 1);
    block = add_block (self, UC_BLOCK_ITEM, self->depth);
    block->level = block->indent;
    write_marker (inner, block);
    inner->is_written = TRUE;
    skip = take_task (block, text, length);
  } else {
    block = add_leaf (self, UC_BLOCK_PARAGRAPH);
    if (block->quote > 0) {
      block->kind = UC_BLOCK_QUOTE;
      block->level = block->quote;
    }
  }
  write_inline (self, block, text + skip, length - skip);
}

void
_uc_markdown_close_leaf (UcMarkdownParser *self)
{
  UcBlock *block;

  switch (self->leaf) {
  case UC_MARKDOWN_LEAF_PARAGRAPH:
    write_paragraph (self, self->text->str, self->text->len);
    break;
  case UC_MARKDOWN_LEAF_FENCE:
  case UC_MARKDOWN_LEAF_INDENTED:
    block = add_leaf (self, UC_BLOCK_CODE);
    if (self->text->len > 0)
      g_string_truncate (self->text, self->text->len - 1);
    g_free (block->text);
    block->text = g_strdup (self->text->str);
    block->info = g_steal_pointer (&self->info);
    break;
  case UC_MARKDOWN_LEAF_TABLE:
    g_free (self->table->text);
    self->table->text = g_string_free_and_steal (g_steal_pointer (&self->table_text));
    self->table = NULL;
    break;
  case UC_MARKDOWN_LEAF_NONE:
  default:
    break;
  }
  self->leaf = UC_MARKDOWN_LEAF_NONE;
  g_string_truncate (self->text, 0);
  self->n_blank = 0;
}

void
_uc_markdown_close_to (UcMarkdownParser *self, int depth)
{
  if (depth >= self->depth)
    return;
  _uc_markdown_close_leaf (self);
  write_items (self, self->depth);
  self->depth = depth;
}

/* Lines */

static void
append_code_line (UcMarkdownParser *self, UcMarkdownCursor *cursor)
{
  for (; cursor->n_spaces > 0; cursor->n_spaces--)
    g_string_append_c (self->text, ' ');
  g_string_append_len (self->text, cursor->at, cursor->end - cursor->at);
  g_string_append_c (self->text, '\n');
}

static void
append_paragraph_line (UcMarkdownParser *self, const UcMarkdownCursor *cursor)
{
  const char *at = _uc_markdown_peek (cursor);
  const char *end = cursor->end;

  while (end > at && (end[-1] == ' ' || end[-1] == '\t'))
    end--;
  if (self->leaf == UC_MARKDOWN_LEAF_PARAGRAPH)
    g_string_append_c (self->text, '\n');
  self->leaf = UC_MARKDOWN_LEAF_PARAGRAPH;
  self->last_line = self->text->len;
  g_string_append_len (self->text, at, end - at);
}

/* A table begins when the line under its head is a rule of as many cells. */
static gboolean
begin_table (UcMarkdownParser *self, const UcMarkdownCursor *cursor)
{
  const char      *at = _uc_markdown_peek (cursor);
  g_autofree char *alignments = NULL;
  g_autofree char *head = NULL;
  guint            n_columns;

  if (!_uc_markdown_is_table_rule (self->state, at, cursor->end - at, &alignments))
    return FALSE;
  head = g_strdup (self->text->str + self->last_line);
  n_columns = (guint) strlen (alignments);
  if (strchr (head, '|') == NULL ||
      _uc_markdown_count_cells (self->state, head, strlen (head)) != n_columns)
    return FALSE;

  g_string_truncate (self->text, self->last_line > 0 ? self->last_line - 1 : 0);
  _uc_markdown_close_leaf (self);
  self->leaf = UC_MARKDOWN_LEAF_TABLE;
  self->table = add_leaf (self, UC_BLOCK_TABLE);
  self->table->info = g_steal_pointer (&alignments);
  self->table_text = g_string_new (NULL);
  _uc_markdown_add_row (self->state, head, strlen (head), n_columns, self->table_text,
                        self->table->runs);
  return TRUE;
}

/* TRUE when the line is part of the code that is open. */
gboolean
_uc_markdown_go_on_in_code (UcMarkdownParser *self, UcMarkdownCursor *cursor)
{
  if (self->leaf == UC_MARKDOWN_LEAF_FENCE) {
    if (_uc_markdown_closes_fence (cursor, &self->fence)) {
      _uc_markdown_close_leaf (self);
    } else {
      _uc_markdown_skip_columns (cursor, self->fence.indent);
      append_code_line (self, cursor);
    }
    return TRUE;
  }
  if (self->leaf != UC_MARKDOWN_LEAF_INDENTED)
    return FALSE;
  if (_uc_markdown_is_blank (cursor)) {
    self->n_blank++;
    return TRUE;
  }
  if (_uc_markdown_measure_indent (cursor) < UC_MARKDOWN_CODE_INDENT) {
    _uc_markdown_close_leaf (self);
    return FALSE;
  }
  for (; self->n_blank > 0; self->n_blank--)
    g_string_append_c (self->text, '\n');
  _uc_markdown_skip_columns (cursor, UC_MARKDOWN_CODE_INDENT);
  append_code_line (self, cursor);
  return TRUE;
}

/* A heading, rule or fence: what may end a paragraph without a blank line. */
gboolean
_uc_markdown_take_block (UcMarkdownParser *self, const UcMarkdownCursor *cursor, int matched)
{
  UcMarkdownFence fence;
  const char     *text;
  gsize           length;
  int             level;

  if (_uc_markdown_measure_indent (cursor) >= UC_MARKDOWN_CODE_INDENT)
    return FALSE;
  level = _uc_markdown_get_heading (cursor, &text, &length);
  if (level > 0) {
    UcBlock *block;

    _uc_markdown_close_to (self, matched);
    _uc_markdown_close_leaf (self);
    block = add_leaf (self, UC_BLOCK_HEADING);
    block->level = level;
    write_inline (self, block, text, length);
  } else if (_uc_markdown_is_rule (cursor)) {
    _uc_markdown_close_to (self, matched);
    _uc_markdown_close_leaf (self);
    add_leaf (self, UC_BLOCK_RULE);
  } else if (_uc_markdown_opens_fence (cursor, &fence)) {
    _uc_markdown_close_to (self, matched);
    _uc_markdown_close_leaf (self);
    self->leaf = UC_MARKDOWN_LEAF_FENCE;
    self->fence = fence;
    self->info = fence.info_length > 0 ? g_strndup (fence.info, fence.info_length) : NULL;
  } else {
    return FALSE;
  }
  return TRUE;
}

/* The line under a paragraph may make a table or a heading of it. */
gboolean
_uc_markdown_take_under_paragraph (UcMarkdownParser *self, const UcMarkdownCursor *cursor)
{
  int level;

  if (self->leaf != UC_MARKDOWN_LEAF_PARAGRAPH ||
      _uc_markdown_measure_indent (cursor) >= UC_MARKDOWN_CODE_INDENT)
    return FALSE;
  if (begin_table (self, cursor))
    return TRUE;
  level = _uc_markdown_get_underline (cursor);
  if (level > 0) {
    UcBlock *block = add_leaf (self, UC_BLOCK_HEADING);

    block->level = level;
    write_inline (self, block, self->text->str, self->text->len);
    g_string_truncate (self->text, 0);
    self->leaf = UC_MARKDOWN_LEAF_NONE;
    return TRUE;
  }
  return FALSE;
}

void
_uc_markdown_take_text (UcMarkdownParser *self, UcMarkdownCursor *cursor)
{
  const char *at = _uc_markdown_peek (cursor);

  if (self->leaf != UC_MARKDOWN_LEAF_PARAGRAPH &&
      _uc_markdown_measure_indent (cursor) >= UC_MARKDOWN_CODE_INDENT) {
    _uc_markdown_close_leaf (self);
    self->leaf = UC_MARKDOWN_LEAF_INDENTED;
    _uc_markdown_skip_columns (cursor, UC_MARKDOWN_CODE_INDENT);
    append_code_line (self, cursor);
  } else if (self->leaf == UC_MARKDOWN_LEAF_TABLE) {
    g_string_append_c (self->table_text, '\n');
    _uc_markdown_add_row (self->state, at, cursor->end - at, (guint) strlen (self->table->info),
                          self->table_text, self->table->runs);
  } else {
    append_paragraph_line (self, cursor);
  }
}
