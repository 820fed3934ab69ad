/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef enum
{
  UC_BLOCK_PARAGRAPH,
  UC_BLOCK_HEADING, /* level 1 to 6 */
  UC_BLOCK_CODE,    /* info: the language */
  UC_BLOCK_QUOTE,   /* a paragraph of a quote; level: how deep, from 1 */
  UC_BLOCK_ITEM,    /* first paragraph of a list item; level: how deep, from 1;
                     * info: its marker "•", "2.", "☐", "☑" */
  UC_BLOCK_TABLE,   /* text: cells by tab, rows by newline, the first row is the head;
                     * info: "l", "c" or "r" a column */
  UC_BLOCK_RULE,
} UcBlockKind;

typedef enum
{
  UC_RUN_BOLD    = 1 << 0,
  UC_RUN_ITALIC  = 1 << 1,
  UC_RUN_STRIKE  = 1 << 2,
  UC_RUN_CODE    = 1 << 3,
  UC_RUN_LINK    = 1 << 4, /* target: the URI, passed by uc_sanitize_link() */
  UC_RUN_MENTION = 1 << 5, /* target: the user name in lower case, or here/all/channel */
  UC_RUN_ME      = 1 << 6, /* a mention of oneself, also by key word */
  UC_RUN_CHANNEL = 1 << 7, /* target: the channel's name; there need not be such a one */
  UC_RUN_HASHTAG = 1 << 8, /* target: the tag with its # */
  UC_RUN_IMAGE   = 1 << 9, /* text: the alternative; target: the URI; also LINK */
  UC_RUN_EMOJI   = 1 << 10, /* :name: of no standard emoji, left as it is; target: the name */
} UcRunFlags;

typedef struct
{
  guint      start; /* bytes into the block's text */
  guint      end;
  UcRunFlags flags;
  char      *target; /* (nullable) */
} UcRun;

/* @quote and @indent say what is around the block, whatever its kind: so many quotes,
 * so many list levels (an item counts itself in). */
typedef struct
{
  UcBlockKind kind;
  int         level;
  int         quote;
  int         indent;
  char       *text; /* valid UTF-8 without markup; standard emoji names already replaced */
  char       *info; /* (nullable) */
  GArray     *runs; /* (element-type UcRun), sorted, not overlapping */
} UcBlock;

/**
 * UcMarkdown:
 *
 * The text of a message taken apart (protocol.md 20). Never fails: what is not
 * markup stays text. Linear in the length; bounded nesting; pure.
 */
typedef struct
{
  GPtrArray *blocks;        /* (element-type UcBlock) */
  gboolean   is_emoji_only; /* one to three emoji: shown large */
  gboolean   mentions_me;
  gboolean   is_cut;        /* there is more than max_bytes let through */
} UcMarkdown;

typedef struct
{
  const char         *my_username;    /* (nullable) */
  const char         *my_first_name;  /* (nullable) set when it mentions me, in exact case */
  const char * const *my_keys;        /* (nullable) words that mention me, in any case */
  gboolean            ignores_groups; /* @here, @all and @channel do not mention me */
  gsize               max_bytes;      /* of the text; 0: all of it */
} UcMarkdownContext;

UcMarkdown *uc_markdown_parse      (const char              *text,
                                    const UcMarkdownContext *context) G_GNUC_WARN_UNUSED_RESULT;
void        uc_markdown_free       (UcMarkdown              *self);
/* One line for lists, notifications, screen readers. */
char       *uc_markdown_to_plain   (const char              *text) G_GNUC_WARN_UNUSED_RESULT;

G_DEFINE_AUTOPTR_CLEANUP_FUNC (UcMarkdown, uc_markdown_free)

G_END_DECLS
