/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Takes the text of a message apart. This file knows how much of a text is looked at
 * and what the parts add up to; blocks, lines and what is inside them have files of
 * their own. No widget, no network, no store; any thread.
 */

#include "config.h"

#include "uc-markdown.h"

#include "uc-emoji-private.h"
#include "uc-limits.h"
#include "uc-markdown-private.h"
#include "uc-sanitize.h"

#include <string.h>

/* Lines shown at once, and bytes without a space: laying these out takes time with the
 * square of their length. */
#define MAX_SHOWN_LINES  250
#define MAX_UNBROKEN     4096
#define MAX_LARGE_EMOJI  3
#define MAX_BREAK_SEARCH 256

static void
clear_run (gpointer data)
{
  g_free (((UcRun *) data)->target);
}

static void
free_block (gpointer data)
{
  UcBlock *block = data;

  g_free (block->text);
  g_free (block->info);
  g_array_unref (block->runs);
  g_free (block);
}

UcBlock *
_uc_markdown_add_block (UcMarkdownState *state, UcBlockKind kind)
{
  UcBlock *block = g_new0 (UcBlock, 1);

  block->kind = kind;
  block->text = g_strdup ("");
  block->runs = g_array_new (FALSE, FALSE, sizeof (UcRun));
  g_array_set_clear_func (block->runs, clear_run);
  g_ptr_array_add (state->blocks, block);
  return block;
}

/* How much of @text is shown at once: the whole, or up to a place where a cut hurts
 * least. @text is valid UTF-8. */
static gsize
find_cut (const char *text, gsize max_bytes)
{
  gsize n_lines = 0;
  gsize last_space = 0;
  gsize last_newline = 0;
  gsize at;

  for (at = 0; text[at] != '\0' && at < max_bytes; at++) {
    if (text[at] == '\n') {
      last_newline = at;
      if (++n_lines >= MAX_SHOWN_LINES)
        return at;
    }
    if (g_ascii_isspace (text[at]))
      last_space = at;
    else if (at - last_space > MAX_UNBROKEN)
      break;
  }
  if (text[at] == '\0')
    return at;
  if (at - last_newline < max_bytes / 4)
    return last_newline;
  if (at - last_space < MAX_BREAK_SEARCH)
    return last_space;
  while (at > 0 && ((guchar) text[at] & 0xc0) == 0x80)
    at--;
  return at;
}

/* The part of @text to take apart, fit to be shown. */
static char *
dup_shown (const char *text, gsize max_bytes, gboolean *is_cut)
{
  g_autofree char *shown = NULL;
  gsize            cut;

  *is_cut = FALSE;
  if (max_bytes == 0)
    return uc_sanitize_text (text, -1);

  /* Marks that are dropped and line ends that become shorter may halve a text, hardly
   * more: nobody needs the rest of a megabyte. */
  if (strlen (text) > 4 * max_bytes) {
    shown = uc_sanitize_text (text, (gssize) (4 * max_bytes));
    *is_cut = TRUE;
  } else {
    shown = uc_sanitize_text (text, -1);
  }
  cut = find_cut (shown, max_bytes);
  if (shown[cut] != '\0') {
    shown[cut] = '\0';
    *is_cut = TRUE;
  }
  return g_steal_pointer (&shown);
}

static void
mark_cut (UcMarkdown *self)
{
  UcBlock         *last = self->blocks->len > 0 ? self->blocks->pdata[self->blocks->len - 1] : NULL;
  g_autofree char *text = NULL;

  if (last == NULL || last->kind == UC_BLOCK_CODE || last->kind == UC_BLOCK_TABLE ||
      last->kind == UC_BLOCK_RULE)
    return;
  text = g_steal_pointer (&last->text);
  last->text = g_strconcat (text, "…", NULL);
}

static gboolean
is_emoji_only (const UcMarkdown *self)
{
  const UcBlock *block = self->blocks->len == 1 ? self->blocks->pdata[0] : NULL;
  guint          n_emoji = 0;
  guint          run_index = 0;
  gsize          length, at = 0;

  if (block == NULL || block->kind != UC_BLOCK_PARAGRAPH)
    return FALSE;
  length = strlen (block->text);
  while (at < length && n_emoji <= MAX_LARGE_EMOJI) {
    const UcRun *run =
        run_index < block->runs->len ? &g_array_index (block->runs, UcRun, run_index) : NULL;
    gsize n;

    if (g_ascii_isspace (block->text[at])) {
      at++;
      continue;
    }
    if (run != NULL && run->start == at && run->flags == UC_RUN_EMOJI) {
      at = run->end;
      run_index++;
    } else if (run == NULL && (n = _uc_emoji_match (block->text + at, length - at)) > 0) {
      at += n;
    } else if (run != NULL && run->start > at &&
               (n = _uc_emoji_match (block->text + at, run->start - at)) > 0) {
      at += n;
    } else {
      return FALSE;
    }
    n_emoji++;
  }
  return n_emoji >= 1 && n_emoji <= MAX_LARGE_EMOJI;
}

/**
 * uc_markdown_parse:
 * @text: (nullable): the text of a message, as it is stored
 * @context: (nullable): who reads it, and how much of it
 *
 * Any thread.
 *
 * Returns: (transfer full): what it consists of; free with uc_markdown_free()
 */
UcMarkdown *
uc_markdown_parse (const char *text, const UcMarkdownContext *context)
{
  UcMarkdown      *self = g_new0 (UcMarkdown, 1);
  g_autofree char *shown = NULL;
  UcMarkdownState  state;

  self->blocks = g_ptr_array_new_with_free_func (free_block);
  shown =
      dup_shown (text != NULL ? text : "", context != NULL ? context->max_bytes : 0, &self->is_cut);
  _uc_markdown_state_init (&state, context, self->blocks);
  _uc_markdown_add_blocks (&state, shown);
  self->mentions_me = state.mentions_me;
  _uc_markdown_state_clear (&state);

  self->is_emoji_only = !self->is_cut && is_emoji_only (self);
  if (self->is_cut)
    mark_cut (self);
  return self;
}

/**
 * uc_markdown_free:
 * @self: (nullable) (transfer full): what uc_markdown_parse() gave
 */
void
uc_markdown_free (UcMarkdown *self)
{
  if (self == NULL)
    return;
  g_ptr_array_unref (self->blocks);
  g_free (self);
}

/**
 * uc_markdown_to_plain:
 * @text: (nullable): the text of a message, as it is stored
 *
 * At most %UC_LIMIT_SHOWN_BYTES of it. Any thread.
 *
 * Returns: (transfer full): one line without markup
 */
char *
uc_markdown_to_plain (const char *text)
{
  UcMarkdownContext context = { .max_bytes = UC_LIMIT_SHOWN_BYTES };
  g_autoptr (UcMarkdown) markdown = uc_markdown_parse (text, &context);
  GString *line = g_string_new (NULL);

  for (guint i = 0; i < markdown->blocks->len; i++) {
    const UcBlock *block = markdown->blocks->pdata[i];
    gboolean       is_in_space = TRUE;

    if (line->len > 0 && line->str[line->len - 1] != ' ')
      g_string_append_c (line, ' ');
    if (block->kind == UC_BLOCK_ITEM)
      g_string_append_printf (line, "%s ", block->info);
    for (const char *at = block->text; *at != '\0'; at++) {
      gboolean is_space = g_ascii_isspace (*at);

      if (!is_space)
        g_string_append_c (line, *at);
      else if (!is_in_space)
        g_string_append_c (line, ' ');
      is_in_space = is_space;
    }
  }
  while (line->len > 0 && line->str[line->len - 1] == ' ')
    g_string_truncate (line, line->len - 1);
  return g_string_free_and_steal (line);
}
