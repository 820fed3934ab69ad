/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Rules for texts that come in: pure, any thread. */

#include "config.h"

#include "uc-text.h"

#include "uc-id.h"
#include "uc-json.h"

#include <string.h>

#define MAX_HASHTAGS_BYTES 1000
#define MIN_PASSWORD       8
#define MAX_PASSWORD       72
#define ESCAPE_LENGTH      6 /* \uXXXX */

/* The code unit of an escape like \ud83d at @at, -1 when there is none. */
static int
read_unit (const char *at, const char *end)
{
  int unit = 0;

  if (end - at < ESCAPE_LENGTH || at[0] != '\\' || at[1] != 'u')
    return -1;
  for (guint i = 2; i < ESCAPE_LENGTH; i++) {
    int digit = g_ascii_xdigit_value (at[i]);

    if (digit < 0)
      return -1;
    unit = unit << 4 | digit;
  }
  return unit;
}

/* Half a pair of surrogates is no character; the parser would refuse the whole. */
static char *
mend_surrogates (const char *text)
{
  GString    *mended = g_string_sized_new (strlen (text));
  const char *end = text + strlen (text);

  while (text < end) {
    int      unit = read_unit (text, end);
    int      next = unit >= 0 ? read_unit (text + ESCAPE_LENGTH, end) : -1;
    gboolean is_high = unit >= 0xd800 && unit <= 0xdbff;
    gboolean is_low = unit >= 0xdc00 && unit <= 0xdfff;
    gsize    length = 1;

    if (is_high && next >= 0xdc00 && next <= 0xdfff) {
      length = 2 * ESCAPE_LENGTH;
    } else if (is_high || is_low) {
      g_string_append (mended, "\\ufffd");
      text += ESCAPE_LENGTH;
      continue;
    } else if (*text == '\\' && text + 1 < end) {
      length = 2;
    }
    g_string_append_len (mended, text, (gssize) length);
    text += length;
  }
  return g_string_free (mended, FALSE);
}

/**
 * uc_text_parse_body:
 *
 * Returns: (transfer full) (nullable): the body of a request
 */
JsonNode *
uc_text_parse_body (GBytes *body)
{
  gsize            length = 0;
  const char      *data = g_bytes_get_data (body, &length);
  g_autofree char *valid = NULL;
  g_autofree char *mended = NULL;

  if (length == 0)
    return NULL;
  valid = g_utf8_make_valid (data, (gssize) length);
  /* Most bodies have no escaped surrogate, and are not copied once more. */
  if (strstr (valid, "\\ud") != NULL || strstr (valid, "\\uD") != NULL)
    mended = mend_surrogates (valid);
  return uc_json_parse (mended != NULL ? mended : valid, -1, NULL);
}

static gboolean
is_word_char (gunichar c)
{
  return g_unichar_isalpha (c) || g_unichar_isdigit (c);
}

/* Cuts what is around a word: everything but letters, digits and, in front, '#'. */
static void
trim_word (const char **start, const char **end)
{
  while (*start < *end) {
    gunichar c = g_utf8_get_char (*start);

    if (is_word_char (c) || c == '#')
      break;
    *start = g_utf8_next_char (*start);
  }
  while (*end > *start) {
    const char *last = g_utf8_prev_char (*end);

    if (is_word_char (g_utf8_get_char (last)))
      break;
    *end = last;
  }
}

static gboolean
is_hashtag (const char *start, const char *end)
{
  glong n_chars = 0;

  if (start >= end || *start != '#')
    return FALSE;
  for (const char *at = start + 1; at < end; at = g_utf8_next_char (at), n_chars++) {
    gunichar c = g_utf8_get_char (at);

    if (n_chars == 0
            ? !g_unichar_isalpha (c)
            : !is_word_char (c) && c != '-' && c != '_' && c != '.' && !g_unichar_ismark (c))
      return FALSE;
  }
  return n_chars >= 2;
}

/**
 * uc_text_dup_hashtags:
 *
 * Returns: (transfer full): the tags in order, space separated
 */
char *
uc_text_dup_hashtags (const char *message)
{
  GString    *tags = g_string_new (NULL);
  const char *at = message;

  if (strchr (message, '#') == NULL)
    return g_string_free (tags, FALSE);
  while (*at != '\0') {
    const char *start = at;
    const char *end;

    while (*at != '\0' && !g_unichar_isspace (g_utf8_get_char (at)))
      at = g_utf8_next_char (at);
    end = at;
    trim_word (&start, &end);
    if (is_hashtag (start, end) && tags->len + (gsize) (end - start) < MAX_HASHTAGS_BYTES) {
      if (tags->len > 0)
        g_string_append_c (tags, ' ');
      g_string_append_len (tags, start, end - start);
    }
    if (*at != '\0')
      at = g_utf8_next_char (at);
  }
  return g_string_free (tags, FALSE);
}

static gboolean
consists_of (const char *text, const char *more_chars)
{
  for (; *text != '\0'; text++) {
    if (!g_ascii_islower (*text) && !g_ascii_isdigit (*text) && strchr (more_chars, *text) == NULL)
      return FALSE;
  }
  return TRUE;
}

/**
 * uc_text_is_username:
 */
gboolean
uc_text_is_username (const char *text)
{
  static const char *const reserved[] = { "all", "channel", "here", "matterbot", "system", NULL };
  gsize                    length = strlen (text);

  return length >= 1 && length <= 64 && consists_of (text, ".-_") &&
         !g_strv_contains (reserved, text);
}

/**
 * uc_text_is_email:
 */
gboolean
uc_text_is_email (const char *text)
{
  const char *at = strchr (text, '@');

  if (at == NULL || at == text || at[1] == '\0' || strchr (at + 1, '@') != NULL ||
      strlen (text) > 128)
    return FALSE;
  for (const char *c = text; *c != '\0'; c++) {
    if (g_ascii_iscntrl (*c) || strchr (" \"<>(),;:\\[]", *c) != NULL)
      return FALSE;
  }
  return TRUE;
}

/**
 * uc_text_is_name:
 */
gboolean
uc_text_is_name (const char *text)
{
  gsize length = strlen (text);

  return length >= 2 && length <= 64 && consists_of (text, "-_") && *text != '-' && *text != '_';
}

/**
 * uc_text_is_direct_name:
 */
gboolean
uc_text_is_direct_name (const char *text)
{
  g_autofree char *first = NULL;

  if (strlen (text) != 2 * UC_ID_LENGTH + 2 || strncmp (text + UC_ID_LENGTH, "__", 2) != 0)
    return FALSE;
  first = g_strndup (text, UC_ID_LENGTH);
  return uc_id_is_valid (first) && uc_id_is_valid (text + UC_ID_LENGTH + 2);
}

/**
 * uc_text_is_emoji_name:
 */
gboolean
uc_text_is_emoji_name (const char *text)
{
  gsize length = strlen (text);

  if (length == 0 || length > 64)
    return FALSE;
  for (; *text != '\0'; text++) {
    if (!g_ascii_isalnum (*text) && strchr ("_+-", *text) == NULL)
      return FALSE;
  }
  return TRUE;
}

/**
 * uc_text_fits:
 */
gboolean
uc_text_fits (const char *text, glong max_chars)
{
  return strlen (text) <= (gsize) max_chars || g_utf8_strlen (text, -1) <= max_chars;
}

/**
 * uc_text_is_password:
 *
 * Length and nothing else: rules about kinds of characters make passwords worse.
 */
gboolean
uc_text_is_password (const char *text)
{
  gsize length = strlen (text);

  return length >= MIN_PASSWORD && length <= MAX_PASSWORD;
}
