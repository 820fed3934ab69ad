/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "uc-markdown-private.h"

G_BEGIN_DECLS

#define UC_MARKDOWN_NONE          (-1)
#define UC_MARKDOWN_MAX_BACKTICKS 32

enum
{
  UC_MARKDOWN_BOLD,
  UC_MARKDOWN_ITALIC,
  UC_MARKDOWN_STRIKE,
  UC_MARKDOWN_N_STYLES,
};

typedef struct
{
  const char *text; /* (unowned) into the source, or static */
  gsize       length;
  UcRunFlags  flags;
  char       *target;                       /* (owned) (nullable) */
  guint       opens[UC_MARKDOWN_N_STYLES];  /* emphasis that begins in front of it */
  guint       closes[UC_MARKDOWN_N_STYLES]; /* emphasis that ends behind it */
  int         link;                         /* the link that begins behind it */
  guint       n_link_ends;
} UcMarkdownToken;

typedef struct
{
  int      token;
  char     sign;
  gsize    count;
  gsize    original_count;
  gboolean can_open;
  gboolean can_close;
  int      previous;
  int      next;
} UcMarkdownDelimiter;

typedef struct
{
  char    *target; /* (owned) */
  gboolean is_image;
} UcMarkdownLink;

/* One block while it is taken apart. */
typedef struct
{
  UcMarkdownState *state;
  const char      *start;
  const char      *end;
  const char      *pending; /* plain text not yet made a token */
  GArray          *tokens;
  GArray          *delimiters;
  GArray          *brackets;
  GArray          *links;
  int              last_delimiter;
  guint            n_inactive; /* so many brackets at the bottom may not become links */
  const char      *last_backticks[UC_MARKDOWN_MAX_BACKTICKS + 1];
  gboolean         knows_backticks;
} UcMarkdownInline;

UcMarkdownToken *_uc_markdown_get_token         (UcMarkdownInline *self,
                                                 int               index);
const char      *_uc_markdown_take              (UcMarkdownInline *self,
                                                 const char       *at,
                                                 gsize             length,
                                                 UcRunFlags        flags,
                                                 char             *target);
const char      *_uc_markdown_take_delimiters   (UcMarkdownInline *self,
                                                 const char       *at);
void             _uc_markdown_process_emphasis  (UcMarkdownInline *self,
                                                 int               bottom);
void             _uc_markdown_write_tokens      (UcMarkdownInline *self,
                                                 GString          *out,
                                                 GArray           *runs);

G_END_DECLS
