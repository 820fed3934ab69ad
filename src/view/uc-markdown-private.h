/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "uc-markdown.h"

G_BEGIN_DECLS

/* One parse. @n_steps counts looks at a character or a mark, so that a test can hold
 * the work to the length of the text. */
typedef struct
{
  const UcMarkdownContext *context;
  GHashTable              *words;    /* (owned) (nullable) my key words, folded */
  char                    *my_name;  /* (owned) (nullable) my user name, folded */
  GPtrArray               *blocks;   /* (unowned) (element-type UcBlock) */
  gboolean                 mentions_me;
  guint64                  n_steps;
} UcMarkdownState;

void     _uc_markdown_state_init       (UcMarkdownState         *state,
                                        const UcMarkdownContext *context,
                                        GPtrArray               *blocks);
void     _uc_markdown_state_clear      (UcMarkdownState         *state);

/* Blocks: lines and what is around them. */
void     _uc_markdown_add_blocks       (UcMarkdownState         *state,
                                        const char              *text);
UcBlock *_uc_markdown_add_block        (UcMarkdownState         *state,
                                        UcBlockKind              kind);
gboolean _uc_markdown_is_table_rule    (UcMarkdownState         *state,
                                        const char              *line,
                                        gsize                    length,
                                        char                   **alignments);
guint    _uc_markdown_count_cells      (UcMarkdownState         *state,
                                        const char              *line,
                                        gsize                    length);
void     _uc_markdown_add_row          (UcMarkdownState         *state,
                                        const char              *line,
                                        gsize                    length,
                                        guint                    n_columns,
                                        GString                 *out,
                                        GArray                  *runs);

/* Inline: what stands in a line. Appends to @out and @runs. */
void     _uc_markdown_add_inline       (UcMarkdownState         *state,
                                        const char              *text,
                                        gsize                    length,
                                        GString                 *out,
                                        GArray                  *runs);

/* Each looks at @text, where one of these may begin, and returns how many bytes it is
 * long, or 0. @before is the character in front, 0 at the beginning. */
gsize    _uc_markdown_scan_mention     (UcMarkdownState         *state,
                                        const char              *text,
                                        gsize                    length,
                                        gunichar                 before,
                                        UcRunFlags              *flags,
                                        char                   **target);
gsize    _uc_markdown_scan_channel     (UcMarkdownState         *state,
                                        const char              *text,
                                        gsize                    length,
                                        gunichar                 before,
                                        char                   **target);
gsize    _uc_markdown_scan_hashtag     (UcMarkdownState         *state,
                                        const char              *text,
                                        gsize                    length,
                                        gunichar                 before,
                                        char                   **target);
gsize    _uc_markdown_scan_emoji       (UcMarkdownState         *state,
                                        const char              *text,
                                        gsize                    length,
                                        gunichar                 before,
                                        const char             **emoji,
                                        char                   **target);
void     _uc_markdown_mark_words       (UcMarkdownState         *state,
                                        const char              *text,
                                        gsize                    start,
                                        GArray                  *runs,
                                        guint                    first_run);

gsize    _uc_markdown_scan_url         (UcMarkdownState         *state,
                                        const char              *text,
                                        gsize                    length,
                                        char                   **target);
gsize    _uc_markdown_scan_angle       (UcMarkdownState         *state,
                                        const char              *text,
                                        gsize                    length,
                                        char                   **target);
gsize    _uc_markdown_scan_mail        (UcMarkdownState         *state,
                                        const char              *text,
                                        gsize                    length,
                                        gsize                    at,
                                        gsize                    lower_bound,
                                        gsize                   *start,
                                        char                   **target);
gsize    _uc_markdown_scan_destination (UcMarkdownState         *state,
                                        const char              *text,
                                        gsize                    length,
                                        char                   **target);

G_END_DECLS
