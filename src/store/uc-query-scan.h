/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* The text of a search in its parts, for filter chips, colours and completion. The
 * search itself is read by this same scanner. Pure; any thread. */

typedef enum
{
  UC_QUERY_WORD,
  UC_QUERY_PHRASE,
  UC_QUERY_OPERATOR,
  UC_QUERY_OR,
} UcQueryPart;

/**
 * UcQueryToken:
 * @name: (nullable): of an operator, in lower case and without the colon
 * @value: without minus, quotes and stars; "" when nothing stands there yet
 * @start: where it begins in the text, in bytes, its minus included
 * @end: the byte behind it, its closing quote included
 * @value_start: where its value begins, an opening quote included
 * @is_prefix: "begin*"
 * @is_part: "*part"
 * @is_open: a quote is not closed, or an operator's value is missing
 *
 * One thing that was typed.
 */
typedef struct
{
  UcQueryPart kind;
  char       *name;
  char       *value;
  gsize       start;
  gsize       end;
  gsize       value_start;
  gboolean    is_negated;
  gboolean    is_prefix;
  gboolean    is_part;
  gboolean    is_open;
} UcQueryToken;

void       uc_query_token_free      (UcQueryToken  *self);

GPtrArray *uc_query_scan            (const char    *text) G_GNUC_WARN_UNUSED_RESULT;
gboolean   uc_query_check           (const char    *text,
                                     gsize         *start,
                                     gsize         *end,
                                     GError       **error);
char      *uc_query_format_operator (const char    *name,
                                     const char    *value,
                                     gboolean       is_negated) G_GNUC_WARN_UNUSED_RESULT;
char      *uc_query_dup_typed       (const char    *text) G_GNUC_WARN_UNUSED_RESULT;

G_DEFINE_AUTOPTR_CLEANUP_FUNC (UcQueryToken, uc_query_token_free)

G_END_DECLS
