/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Classes are from 1 up and stay below this. */
#define UC_LEXICON_END 100

/* One more character of a word; FNV-1a, by characters instead of by bytes. */
static inline guint32
_uc_lexicon_hash (guint32 hash, guint32 character)
{
  return (hash ^ character) * 16777619u;
}

guint _uc_lexicon_get_class (guint32 hash);

G_END_DECLS
