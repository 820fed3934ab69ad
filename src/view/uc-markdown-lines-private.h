/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "uc-markdown-private.h"

G_BEGIN_DECLS

#define UC_MARKDOWN_CODE_INDENT 4

/* Where in a line we are. A tab that was only partly used up leaves @n_spaces. */
typedef struct
{
  const char *at;
  const char *end;
  int         column;
  int         n_spaces;
  guint64    *n_steps; /* (unowned) */
} UcMarkdownCursor;

typedef struct
{
  char sign; /* '-', '+', '*', or what follows a number: '.', ')' */
  int  number;
  int  indent;
  int  length;
  int  content_indent;
  gboolean is_last; /* nothing stands behind it */
} UcMarkdownMarker;

typedef struct
{
  char        sign;
  gsize       length;
  int         indent;
  const char *info; /* (unowned) into the line */
  gsize       info_length;
} UcMarkdownFence;

/* From the cursor on, and without moving it: */
int         _uc_markdown_measure_indent (const UcMarkdownCursor *cursor);
const char *_uc_markdown_peek           (const UcMarkdownCursor *cursor);
gboolean    _uc_markdown_is_blank       (const UcMarkdownCursor *cursor);
gboolean    _uc_markdown_is_rule        (const UcMarkdownCursor *cursor);
int         _uc_markdown_get_underline  (const UcMarkdownCursor *cursor);
gboolean    _uc_markdown_read_marker    (const UcMarkdownCursor *cursor,
                                         UcMarkdownMarker       *marker);
gboolean    _uc_markdown_is_ordered     (const UcMarkdownMarker *marker);
gboolean    _uc_markdown_opens_fence    (const UcMarkdownCursor *cursor,
                                         UcMarkdownFence        *fence);
gboolean    _uc_markdown_closes_fence   (const UcMarkdownCursor *cursor,
                                         const UcMarkdownFence  *fence);
int         _uc_markdown_get_heading    (const UcMarkdownCursor *cursor,
                                         const char            **text,
                                         gsize                  *length);

/* Moving it: */
void        _uc_markdown_skip_columns   (UcMarkdownCursor       *cursor,
                                         int                     n);
void        _uc_markdown_skip_marker    (UcMarkdownCursor       *cursor,
                                         int                     indent,
                                         int                     length,
                                         int                     n_after);

G_END_DECLS
