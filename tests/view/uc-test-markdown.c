/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the tests of the markdown files share: a readable form, and the invariants. */

#include "config.h"

#include "uc-test-markdown.h"

#include <string.h>

static const char *const kinds[] = { "P", "H", "CODE", "Q", "LI", "TABLE", "RULE" };

static void
dump_flags (GString *out, UcRunFlags flags)
{
  static const struct {
    UcRunFlags flag;
    char       letter;
  } letters[] = {
    { UC_RUN_BOLD, 'b' },  { UC_RUN_ITALIC, 'i' },  { UC_RUN_STRIKE, 's' },
    { UC_RUN_CODE, 'c' },  { UC_RUN_LINK, 'l' },    { UC_RUN_MENTION, '@' },
    { UC_RUN_ME, 'M' },    { UC_RUN_CHANNEL, '~' }, { UC_RUN_HASHTAG, '#' },
    { UC_RUN_IMAGE, 'p' }, { UC_RUN_EMOJI, 'e' },
  };

  for (guint i = 0; i < G_N_ELEMENTS (letters); i++) {
    if (flags & letters[i].flag)
      g_string_append_c (out, letters[i].letter);
  }
}

static void
dump_block (GString *out, const UcBlock *block)
{
  gsize at = 0;

  for (int i = 0; i < block->quote; i++)
    g_string_append (out, "> ");
  for (int i = block->kind == UC_BLOCK_ITEM ? 1 : 0; i < block->indent; i++)
    g_string_append (out, "  ");
  g_string_append (out, kinds[block->kind]);
  if (block->kind == UC_BLOCK_HEADING)
    g_string_append_printf (out, "%d", block->level);
  if (block->info != NULL)
    g_string_append_printf (out, "<%s>", block->info);
  g_string_append_c (out, ' ');
  for (guint i = 0; i < block->runs->len; i++) {
    const UcRun *run = &g_array_index (block->runs, UcRun, i);

    g_string_append_len (out, block->text + at, run->start - at);
    g_string_append_c (out, '{');
    dump_flags (out, run->flags);
    if (run->target != NULL)
      g_string_append_printf (out, " %s", run->target);
    g_string_append_c (out, '|');
    g_string_append_len (out, block->text + run->start, run->end - run->start);
    g_string_append_c (out, '}');
    at = run->end;
  }
  g_string_append (out, block->text + at);
  g_string_append_c (out, '\n');
}

char *
uc_test_dump_markdown (const UcMarkdown *markdown)
{
  GString *out = g_string_new (NULL);

  for (guint i = 0; i < markdown->blocks->len; i++)
    dump_block (out, markdown->blocks->pdata[i]);
  return g_string_free_and_steal (out);
}

void
uc_test_check_markdown (const UcMarkdown *markdown)
{
  for (guint i = 0; i < markdown->blocks->len; i++) {
    const UcBlock *block = markdown->blocks->pdata[i];
    gsize          length = strlen (block->text);
    guint          end = 0;

    g_assert_true (g_utf8_validate (block->text, -1, NULL));
    g_assert_cmpint (block->quote + block->indent, <=, 12);
    for (guint k = 0; k < block->runs->len; k++) {
      const UcRun *run = &g_array_index (block->runs, UcRun, k);

      g_assert_cmpuint (run->start, >=, end);
      g_assert_cmpuint (run->start, <, run->end);
      g_assert_cmpuint (run->end, <=, length);
      g_assert_cmpuint (run->flags, !=, 0);
      g_assert_true (g_utf8_validate (block->text + run->start, run->end - run->start, NULL));
      end = run->end;
    }
  }
}

void
uc_test_assert_markdown (const char *text, const UcMarkdownContext *context, const char *expected)
{
  g_autoptr (UcMarkdown) markdown = uc_markdown_parse (text, context);
  g_autofree char *dump = uc_test_dump_markdown (markdown);

  uc_test_check_markdown (markdown);
  g_assert_cmpstr (dump, ==, expected);
}
