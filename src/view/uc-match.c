/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How well a few typed letters fit a name: without case and accents. */

#include "config.h"

#include "uc-match-private.h"

#include <string.h>

/* Without case, accents and width, as letters are looked for. */
char *
_uc_match_dup_folded (const char *text)
{
  g_autofree char *normal = g_utf8_normalize (text, -1, G_NORMALIZE_ALL);
  g_autofree char *folded = g_utf8_casefold (normal != NULL ? normal : "", -1);
  GString         *out = g_string_sized_new (strlen (folded) + 1);

  for (const char *at = folded; *at != '\0'; at = g_utf8_next_char (at)) {
    gunichar c = g_utf8_get_char (at);

    if (g_unichar_type (c) != G_UNICODE_NON_SPACING_MARK)
      g_string_append_unichar (out, c);
  }
  return g_string_free_and_steal (out);
}

UcMatch
_uc_match_name (const char *folded, const char *name)
{
  g_autofree char *text = _uc_match_dup_folded (name);
  UcMatch          best = UC_MATCH_NONE;

  if (strcmp (text, folded) == 0)
    return UC_MATCH_WHOLE;
  if (g_str_has_prefix (text, folded))
    return UC_MATCH_START;
  for (const char *at = strstr (text, folded); at != NULL; at = strstr (at + 1, folded)) {
    if (!g_unichar_isalnum (g_utf8_get_char (g_utf8_prev_char (at))))
      return UC_MATCH_WORD;
    best = UC_MATCH_INSIDE;
  }
  return best;
}
