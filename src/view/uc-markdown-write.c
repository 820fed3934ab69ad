/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The tokens of a block become its text and its runs. */

#include "config.h"

#include "uc-markdown-inline-private.h"

/* Two of them in a row stay two. */
#define SINGLE_RUNS (UC_RUN_MENTION | UC_RUN_CHANNEL | UC_RUN_HASHTAG | UC_RUN_EMOJI)

static const UcRunFlags style_flags[UC_MARKDOWN_N_STYLES] = { UC_RUN_BOLD, UC_RUN_ITALIC,
                                                              UC_RUN_STRIKE };

static void
write_run (GString *out, GArray *runs, gsize start, UcRunFlags flags, const char *target)
{
  UcRun run = { (guint) start, (guint) out->len, flags, NULL };

  if (runs->len > 0 && !(flags & SINGLE_RUNS)) {
    UcRun *last = &g_array_index (runs, UcRun, runs->len - 1);

    if (last->end == start && last->flags == flags && g_strcmp0 (last->target, target) == 0) {
      last->end = run.end;
      return;
    }
  }
  run.target = g_strdup (target);
  g_array_append_val (runs, run);
}

void
_uc_markdown_write_tokens (UcMarkdownInline *self, GString *out, GArray *runs)
{
  guint depth[UC_MARKDOWN_N_STYLES] = { 0 };
  guint link_depth = 0;
  int   link_index = UC_MARKDOWN_NONE;

  for (guint i = 0; i < self->tokens->len; i++) {
    UcMarkdownToken *token = _uc_markdown_get_token (self, (int) i);
    UcRunFlags       flags = token->flags;
    const char      *target = token->target;
    gsize            start = out->len;

    for (guint style = 0; style < UC_MARKDOWN_N_STYLES; style++) {
      depth[style] += token->opens[style];
      if (depth[style] > 0)
        flags |= style_flags[style];
      depth[style] -= token->closes[style];
    }
    if (link_index != UC_MARKDOWN_NONE) {
      UcMarkdownLink *link = &g_array_index (self->links, UcMarkdownLink, link_index);

      flags &= ~(UcRunFlags) SINGLE_RUNS;
      flags |= link->is_image ? UC_RUN_LINK | UC_RUN_IMAGE : UC_RUN_LINK;
      target = link->target;
    }
    g_string_append_len (out, token->text, token->length);
    if (token->flags & UC_RUN_CODE) {
      for (gsize at = start; at < out->len; at++)
        out->str[at] = out->str[at] == '\n' ? ' ' : out->str[at];
    }
    if (flags != 0 && out->len > start)
      write_run (out, runs, start, flags, target);

    if (token->link != UC_MARKDOWN_NONE && link_depth++ == 0)
      link_index = token->link;
    link_depth -= token->n_link_ends;
    if (link_depth == 0)
      link_index = UC_MARKDOWN_NONE;
  }
}
