/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Emoji and their short names, over the table that build-aux/make-emoji-table makes
 * from Unicode's data. Skin tones are not in the table: a name ends in one
 * ("wave_dark_skin_tone") and the modifier goes behind the first character. Custom
 * emoji of a server are not known here.
 */

#include "config.h"

#include "uc-emoji.h"

#include "uc-emoji-private.h"

#include <string.h>

#define VARIATION      "\xef\xb8\x8f" /* U+FE0F */
#define MAX_TEXT_BYTES 64
#define MAX_NAME_BYTES 64

typedef struct {
  const char *suffix;
  const char *modifier;
} Tone;

static const Tone tones[] = {
  /* The longer suffix before the one it ends in. */
  { "_medium_light_skin_tone", "\xf0\x9f\x8f\xbc" },
  { "_medium_dark_skin_tone", "\xf0\x9f\x8f\xbe" },
  { "_light_skin_tone", "\xf0\x9f\x8f\xbb" },
  { "_medium_skin_tone", "\xf0\x9f\x8f\xbd" },
  { "_dark_skin_tone", "\xf0\x9f\x8f\xbf" },
};

/* Compares @key with @text, in which U+FE0F does not count. */
static int
compare_bare (const char *key, gsize key_length, const char *text)
{
  gsize at = 0;

  for (; *text != '\0'; text++) {
    if (g_str_has_prefix (text, VARIATION)) {
      text += strlen (VARIATION) - 1;
      continue;
    }
    if (at == key_length)
      return -1;
    if (key[at] != *text)
      return (guchar) key[at] < (guchar) *text ? -1 : 1;
    at++;
  }
  return at == key_length ? 0 : 1;
}

static const UcEmojiEntry *
find_text (const char *bare, gsize length)
{
  guint low = 0, high = _uc_emoji_n_entries;

  while (low < high) {
    guint               middle = low + (high - low) / 2;
    const UcEmojiEntry *entry = &_uc_emoji_entries[_uc_emoji_by_text[middle]];
    int                 order = compare_bare (bare, length, entry->text);

    if (order == 0)
      return entry;
    if (order < 0)
      high = middle;
    else
      low = middle + 1;
  }
  return NULL;
}

static const UcEmojiEntry *
find_name (const char *name, gsize length)
{
  guint low = 0, high = _uc_emoji_n_names;

  while (low < high) {
    guint              middle = low + (high - low) / 2;
    const UcEmojiName *candidate = &_uc_emoji_names[middle];
    int                order = strncmp (name, candidate->name, length);

    if (order == 0 && candidate->name[length] != '\0')
      order = -1;
    if (order == 0)
      return &_uc_emoji_entries[candidate->entry];
    if (order < 0)
      high = middle;
    else
      low = middle + 1;
  }
  return NULL;
}

/* Writes @text without variation selectors into @bare and takes one skin tone out.
 * 0 when it is too long to be an emoji. */
static gsize
make_bare (const char *text, gsize length, char *bare, const Tone **tone)
{
  gsize used = 0;

  *tone = NULL;
  if (length >= MAX_TEXT_BYTES)
    return 0;

  for (gsize i = 0; i < length;) {
    gboolean is_skipped = FALSE;

    if (length - i >= 3 && memcmp (text + i, VARIATION, 3) == 0) {
      i += 3;
      continue;
    }
    for (guint t = 0; t < G_N_ELEMENTS (tones) && *tone == NULL && used > 0; t++) {
      if (length - i >= 4 && memcmp (text + i, tones[t].modifier, 4) == 0) {
        *tone = &tones[t];
        is_skipped = TRUE;
      }
    }
    if (is_skipped)
      i += 4;
    else
      bare[used++] = text[i++];
  }
  return used;
}

static gboolean
is_regional (gunichar c)
{
  return c >= 0x1f1e6 && c <= 0x1f1ff;
}

/* What may follow the first character and belongs to the same emoji. */
static gboolean
is_continuation (gunichar c)
{
  return c == 0xfe0f || c == 0x20e3 || (c >= 0x1f3fb && c <= 0x1f3ff) ||
         (c >= 0xe0020 && c <= 0xe007f);
}

/* How many bytes at the start of @text, which is valid UTF-8, are one emoji; 0: none. */
gsize
_uc_emoji_match (const char *text, gsize length)
{
  const char *end = text + length;
  const char *at;
  const Tone *tone;
  char        bare[MAX_TEXT_BYTES];
  gsize       n_bare;
  gunichar    first;

  if (length == 0)
    return 0;
  first = g_utf8_get_char (text);
  at = g_utf8_next_char (text);

  if (is_regional (first)) {
    if (at >= end || !is_regional (g_utf8_get_char (at)))
      return 0;
    at = g_utf8_next_char (at);
  } else {
    while (at < end && at - text < MAX_TEXT_BYTES) {
      gunichar c = g_utf8_get_char (at);

      if (c == 0x200d && g_utf8_next_char (at) < end)
        at = g_utf8_next_char (g_utf8_next_char (at));
      else if (is_continuation (c))
        at = g_utf8_next_char (at);
      else
        break;
    }
  }

  n_bare = make_bare (text, at - text, bare, &tone);
  if (n_bare == 0 || find_text (bare, n_bare) == NULL)
    return 0;
  return at - text;
}

/**
 * uc_emoji_from_name:
 * @short_name: a name without colons, also with the suffix of a skin tone
 *
 * Returns: (transfer none) (nullable): the emoji; lives as long as the program
 */
const char *
uc_emoji_from_name (const char *short_name)
{
  const UcEmojiEntry *entry;
  gsize               length;

  g_return_val_if_fail (short_name != NULL, NULL);

  length = strlen (short_name);
  if (length == 0 || length > MAX_NAME_BYTES)
    return NULL;
  entry = find_name (short_name, length);
  if (entry != NULL)
    return entry->text;

  for (guint i = 0; i < G_N_ELEMENTS (tones); i++) {
    g_autofree char *toned = NULL;
    const char      *rest;

    if (!g_str_has_suffix (short_name, tones[i].suffix))
      continue;
    entry = find_name (short_name, length - strlen (tones[i].suffix));
    if (entry == NULL || !entry->takes_tone)
      return NULL;
    /* The modifier takes the place of a variation selector. Interning is bounded:
     * some 300 emoji by five tones. */
    rest = g_utf8_next_char (entry->text);
    toned = g_strdup_printf ("%.*s%s%s", (int) (rest - entry->text), entry->text, tones[i].modifier,
                             g_str_has_prefix (rest, VARIATION) ? rest + strlen (VARIATION) : rest);
    return g_intern_string (toned);
  }
  return NULL;
}

/**
 * uc_emoji_to_name:
 * @emoji: one emoji, with or without variation selectors, also with a skin tone
 *
 * Returns: (transfer none) (nullable): the name the server knows it by
 */
const char *
uc_emoji_to_name (const char *emoji)
{
  const UcEmojiEntry *entry;
  const Tone         *tone;
  g_autofree char    *name = NULL;
  char                bare[MAX_TEXT_BYTES];
  gsize               n_bare;

  g_return_val_if_fail (emoji != NULL, NULL);

  n_bare = make_bare (emoji, strlen (emoji), bare, &tone);
  entry = n_bare > 0 ? find_text (bare, n_bare) : NULL;
  if (entry == NULL || (tone != NULL && !entry->takes_tone))
    return NULL;
  if (tone == NULL)
    return entry->name;
  name = g_strconcat (entry->name, tone->suffix, NULL);
  return g_intern_string (name);
}

typedef struct {
  const UcEmojiName *name;
  guint              rank; /* how it matches, how much the emoji is used, which name */
} Match;

static int
compare_matches (gconstpointer a, gconstpointer b)
{
  const Match *first = a, *second = b;

  if (first->rank != second->rank)
    return first->rank < second->rank ? -1 : 1;
  return strcmp (first->name->name, second->name->name);
}

/**
 * uc_emoji_complete:
 * @prefix: what was typed behind the colon
 * @limit: at most so many
 *
 * Each emoji comes once, by a name that servers know.
 *
 * Returns: (transfer full) (element-type utf8): names, best first; the strings are static
 */
GPtrArray *
uc_emoji_complete (const char *prefix, guint limit)
{
  g_autoptr (GArray) matches = g_array_new (FALSE, FALSE, sizeof (Match));
  g_autofree char   *folded = NULL;
  g_autofree guint8 *is_seen = NULL;
  GPtrArray         *names = g_ptr_array_new ();
  gsize              length;

  g_return_val_if_fail (prefix != NULL, names);

  folded = g_ascii_strdown (prefix, -1);
  length = strlen (folded);
  is_seen = g_new0 (guint8, _uc_emoji_n_entries);

  for (guint i = 0; i < _uc_emoji_n_names; i++) {
    const UcEmojiName *name = &_uc_emoji_names[i];
    const char        *found = strstr (name->name, folded);
    guint              quality;
    Match              match = { .name = name };

    if (found == NULL)
      continue;
    if (found == name->name)
      quality = found[length] == '\0' ? 0 : 1;
    else
      quality = found[-1] == '_' || found[-1] == '-' ? 2 : 3;
    match.rank =
        (quality * _uc_emoji_n_entries + name->entry) * (UC_EMOJI_UNKNOWN + 1) + name->place;
    g_array_append_val (matches, match);
  }
  g_array_sort (matches, compare_matches);

  for (guint i = 0; i < matches->len && names->len < limit; i++) {
    const UcEmojiName *name = g_array_index (matches, Match, i).name;

    if (is_seen[name->entry])
      continue;
    is_seen[name->entry] = TRUE;
    g_ptr_array_add (names,
                     (char *) (name->place == UC_EMOJI_UNKNOWN ? _uc_emoji_entries[name->entry].name
                                                               : name->name));
  }
  return names;
}
