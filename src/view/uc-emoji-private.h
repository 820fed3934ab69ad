/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "uc-emoji.h"

G_BEGIN_DECLS

typedef struct {
  const char *text; /* fully qualified */
  const char *name; /* the preferred one */
  gboolean    takes_tone;
} UcEmojiEntry;

/* A name from Unicode of an emoji that servers know by another. */
#define UC_EMOJI_UNKNOWN 15

typedef struct {
  const char *name;
  guint16     entry;
  guint8      place; /* among the names of its emoji; or UC_EMOJI_UNKNOWN */
} UcEmojiName;

/* Of uc-emoji-table.c. Entries are in order of use, names in order of bytes, and
 * _uc_emoji_by_text has the entries in order of their text without U+FE0F. */
extern const UcEmojiEntry _uc_emoji_entries[];
extern const guint        _uc_emoji_n_entries;
extern const UcEmojiName  _uc_emoji_names[];
extern const guint        _uc_emoji_n_names;
extern const guint16      _uc_emoji_by_text[];

gsize _uc_emoji_match (const char *text, gsize length);

G_END_DECLS
