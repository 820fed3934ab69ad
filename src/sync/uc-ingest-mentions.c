/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Whether a text calls somebody, for messages that come without the server's word on
 * it. Pure. */

#include "config.h"

#include "uc-ingest-private.h"

static gboolean
is_name_char (char c)
{
  return g_ascii_isalnum (c) || c == '.' || c == '-' || c == '_';
}

gboolean
_uc_ingest_mentions (const char *text, const char *username)
{
  for (const char *at = strchr (text, '@'); at != NULL; at = strchr (at + 1, '@')) {
    gsize            length = 0;
    g_autofree char *word = NULL;

    if (at > text && is_name_char (at[-1]))
      continue;
    while (is_name_char (at[1 + length]))
      length++;
    /* A full stop at the end of the sentence is not part of the name. */
    while (length > 0 && !g_ascii_isalnum (at[length]))
      length--;
    word = g_ascii_strdown (at + 1, (gssize) length);
    if (g_strcmp0 (word, username) == 0 || g_str_equal (word, "all") ||
        g_str_equal (word, "channel") || g_str_equal (word, "here"))
      return TRUE;
  }
  return FALSE;
}
