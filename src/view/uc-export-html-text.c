/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The text of a message as HTML: what the screen makes of its Markdown, with every
 * character of it escaped, and links only to where the screen would let them lead. */

#include "config.h"

#include "uc-export-private.h"

#include "uc-markdown.h"

#include <string.h>

void
_uc_export_html_append_plain (GString *out, const char *text)
{
  for (const char *p = text; *p != '\0'; p++) {
    switch (*p) {
    case '&':
      g_string_append (out, "&amp;");
      break;
    case '<':
      g_string_append (out, "&lt;");
      break;
    case '>':
      g_string_append (out, "&gt;");
      break;
    case '"':
      g_string_append (out, "&quot;");
      break;
    case '\'':
      g_string_append (out, "&#39;");
      break;
    default:
      g_string_append_c (out, *p);
      break;
    }
  }
}

static void
append_part (GString *out, const char *text, gsize start, gsize end)
{
  g_autofree char *part = g_strndup (text + start, end - start);

  _uc_export_html_append_plain (out, part);
}

/* -- Runs --------------------------------------------------------------------------------- */

typedef struct {
  UcRunFlags  flag;
  const char *opening;
  const char *closing;
} Mark;

/* From the outside to the inside. */
static const Mark marks[] = {
  { UC_RUN_BOLD, "<b>", "</b>" },
  { UC_RUN_ITALIC, "<i>", "</i>" },
  { UC_RUN_STRIKE, "<s>", "</s>" },
  { UC_RUN_CODE, "<code>", "</code>" },
  { UC_RUN_MENTION, "<span class=\"mention\">", "</span>" },
  { UC_RUN_CHANNEL, "<span class=\"mention\">", "</span>" },
};

static void
append_run (GString *out, const char *text, const UcRun *run)
{
  gboolean is_link = (run->flags & UC_RUN_LINK) != 0 && run->target != NULL;

  if (is_link) {
    g_string_append (out, "<a rel=\"noopener noreferrer nofollow\" href=\"");
    _uc_export_html_append_plain (out, run->target);
    g_string_append (out, "\">");
  }
  for (gsize i = 0; i < G_N_ELEMENTS (marks); i++) {
    if (run->flags & marks[i].flag)
      g_string_append (out, marks[i].opening);
  }
  append_part (out, text, run->start, run->end);
  for (gsize i = G_N_ELEMENTS (marks); i > 0; i--) {
    if (run->flags & marks[i - 1].flag)
      g_string_append (out, marks[i - 1].closing);
  }
  if (is_link)
    g_string_append (out, "</a>");
}

static void
append_runs (GString *out, const UcBlock *block)
{
  gsize at = 0;

  for (guint i = 0; i < block->runs->len; i++) {
    const UcRun *run = &g_array_index (block->runs, UcRun, i);

    append_part (out, block->text, at, run->start);
    append_run (out, block->text, run);
    at = run->end;
  }
  append_part (out, block->text, at, strlen (block->text));
}

/* -- Blocks ------------------------------------------------------------------------------- */

/* Cells by tab, rows by newline; runs do not matter to a table here. */
static void
append_table (GString *out, const UcBlock *block)
{
  g_auto (GStrv) rows = g_strsplit (block->text, "\n", -1);

  g_string_append (out, "<table>\n");
  for (guint i = 0; rows[i] != NULL; i++) {
    g_auto (GStrv) cells = g_strsplit (rows[i], "\t", -1);
    const char *tag = i == 0 ? "th" : "td";

    g_string_append (out, "<tr>");
    for (guint j = 0; cells[j] != NULL; j++) {
      g_string_append_printf (out, "<%s>", tag);
      _uc_export_html_append_plain (out, cells[j]);
      g_string_append_printf (out, "</%s>", tag);
    }
    g_string_append (out, "</tr>\n");
  }
  g_string_append (out, "</table>\n");
}

static void
append_block (GString *out, const UcBlock *block)
{
  int level = CLAMP (block->level, 1, 6);

  switch (block->kind) {
  case UC_BLOCK_HEADING:
    /* Below the headings of the page. */
    g_string_append_printf (out, "<p class=\"heading h%d\">", level);
    append_runs (out, block);
    g_string_append (out, "</p>\n");
    break;
  case UC_BLOCK_CODE:
    g_string_append (out, "<pre><code>");
    _uc_export_html_append_plain (out, block->text);
    g_string_append (out, "</code></pre>\n");
    break;
  case UC_BLOCK_ITEM:
    g_string_append_printf (out, "<p class=\"item i%d\"><span class=\"marker\">", level);
    _uc_export_html_append_plain (out, block->info != NULL ? block->info : "•");
    g_string_append (out, "</span> ");
    append_runs (out, block);
    g_string_append (out, "</p>\n");
    break;
  case UC_BLOCK_TABLE:
    append_table (out, block);
    break;
  case UC_BLOCK_RULE:
    g_string_append (out, "<hr>\n");
    break;
  case UC_BLOCK_PARAGRAPH:
  case UC_BLOCK_QUOTE:
  default:
    g_string_append (out, "<p>");
    append_runs (out, block);
    g_string_append (out, "</p>\n");
    break;
  }
}

void
_uc_export_html_append_text (GString *out, const char *markdown)
{
  g_autoptr (UcMarkdown) parsed = uc_markdown_parse (markdown, NULL);
  int quote = 0;

  for (guint i = 0; i < parsed->blocks->len; i++) {
    const UcBlock *block = g_ptr_array_index (parsed->blocks, i);

    for (; quote < block->quote; quote++)
      g_string_append (out, "<blockquote>\n");
    for (; quote > block->quote; quote--)
      g_string_append (out, "</blockquote>\n");
    append_block (out, block);
  }
  for (; quote > 0; quote--)
    g_string_append (out, "</blockquote>\n");
}
