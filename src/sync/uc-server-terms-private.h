/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * UcServerTerms:
 *
 * A query in the server's language (protocol.md 14). With @is_partial something was
 * left out that only our own search can look for, or is a phrase, which it alone takes
 * exactly: of what the server finds, only what that finds too is meant.
 */
typedef struct {
  char    *text;     /* "": there is nothing to ask for */
  gboolean any_word; /* one of the words is enough */
  gboolean is_partial;
} UcServerTerms;

/* @query can be read; @names (element-type GStrv) as uc_store_resolve_query_async()
 * gives them; @today is where the person is. */
UcServerTerms *_uc_server_terms_new (const char *query,
                                     GPtrArray  *names,
                                     GDateTime  *today) G_GNUC_WARN_UNUSED_RESULT;
void           _uc_server_terms_free (UcServerTerms *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (UcServerTerms, _uc_server_terms_free)

G_END_DECLS
