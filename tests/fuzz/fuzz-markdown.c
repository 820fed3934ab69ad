/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Any bytes as the text of a message: valid UTF-8 comes out, runs lie inside their text
 * in order, depth is bounded, a cut text is no longer than it may be. */

#include "config.h"

#include "uc-fuzz-run.h"

#include "uc-markdown.h"

#include <string.h>

#define MAX_DEPTH 12

static void
check_block (const UcBlock *block)
{
  gsize length = strlen (block->text);
  guint end = 0;

  g_assert_true (g_utf8_validate (block->text, -1, NULL));
  g_assert_true (block->info == NULL || g_utf8_validate (block->info, -1, NULL));
  g_assert_cmpint (block->quote + block->indent, <=, MAX_DEPTH);
  for (guint i = 0; i < block->runs->len; i++) {
    const UcRun *run = &g_array_index (block->runs, UcRun, i);

    g_assert_cmpuint (run->start, >=, end);
    g_assert_cmpuint (run->start, <, run->end);
    g_assert_cmpuint (run->end, <=, length);
    g_assert_true (g_utf8_validate (block->text + run->start, run->end - run->start, NULL));
    g_assert_true (
        !(run->flags & (UC_RUN_LINK | UC_RUN_MENTION | UC_RUN_CHANNEL | UC_RUN_HASHTAG)) ||
        run->target != NULL);
    end = run->end;
  }
}

static void
check (const char *text, const UcMarkdownContext *context)
{
  g_autoptr (UcMarkdown) markdown = uc_markdown_parse (text, context);

  for (guint i = 0; i < markdown->blocks->len; i++)
    check_block (markdown->blocks->pdata[i]);
}

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  static const char *const keys[] = { "dienst", "检验", "@on-call", "a.b", NULL };
  UcMarkdownContext context = { .my_username = "anna.b", .my_first_name = "Wei", .my_keys = keys };
  g_autofree char  *text = g_strndup ((const char *) data, size);
  g_autofree char  *plain = uc_markdown_to_plain (text);

  g_assert_true (g_utf8_validate (plain, -1, NULL));
  g_assert_null (strchr (plain, '\n'));
  check (text, NULL);
  check (text, &context);
  context.max_bytes = 100;
  check (text, &context);
  return 0;
}
