/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "uc-markdown-lines-private.h"

G_BEGIN_DECLS

#define UC_MARKDOWN_MAX_DEPTH 12

typedef struct
{
  gboolean         is_item; /* else a quote */
  UcMarkdownMarker marker;
  gboolean         is_written;
  gboolean         is_empty; /* nothing but its marker so far */
} UcMarkdownContainer;

typedef enum
{
  UC_MARKDOWN_LEAF_NONE,
  UC_MARKDOWN_LEAF_PARAGRAPH,
  UC_MARKDOWN_LEAF_FENCE,
  UC_MARKDOWN_LEAF_INDENTED,
  UC_MARKDOWN_LEAF_TABLE,
} UcMarkdownLeaf;

typedef struct
{
  UcMarkdownState *state;
  UcMarkdownContainer        containers[UC_MARKDOWN_MAX_DEPTH];
  int              depth;
  UcMarkdownLeaf             leaf;
  GString         *text; /* of the paragraph or code */
  gsize            last_line; /* where the last line of the paragraph begins in it */
  UcMarkdownFence  fence;
  char            *info;    /* (owned) (nullable) */
  int              n_blank; /* blank lines inside indented code */
  UcBlock         *table;   /* (unowned) */
  GString         *table_text;
} UcMarkdownParser;

/* Leaves: what the lines are. Containers around them are in the parser. */
void     _uc_markdown_close_leaf           (UcMarkdownParser       *self);
void     _uc_markdown_close_to             (UcMarkdownParser       *self,
                                            int                     depth);
gboolean _uc_markdown_go_on_in_code        (UcMarkdownParser       *self,
                                            UcMarkdownCursor       *cursor);
gboolean _uc_markdown_take_under_paragraph (UcMarkdownParser       *self,
                                            const UcMarkdownCursor *cursor);
gboolean _uc_markdown_take_block           (UcMarkdownParser       *self,
                                            const UcMarkdownCursor *cursor,
                                            int                     matched);
void     _uc_markdown_take_text            (UcMarkdownParser       *self,
                                            UcMarkdownCursor       *cursor);

G_END_DECLS
