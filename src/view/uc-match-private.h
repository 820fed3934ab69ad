/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* How well what was typed fits a name: 0 not at all. */
typedef enum
{
  UC_MATCH_NONE,
  UC_MATCH_INSIDE, /* somewhere inside a word */
  UC_MATCH_WORD,   /* a word begins with it */
  UC_MATCH_START,  /* the name begins with it */
  UC_MATCH_WHOLE,
} UcMatch;

char   *_uc_match_dup_folded (const char *text) G_GNUC_WARN_UNUSED_RESULT;
UcMatch _uc_match_name       (const char *folded,
                              const char *name);

G_END_DECLS
