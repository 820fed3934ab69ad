/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What is particular about a token in memory: it is wiped when it goes, and one that
 * cannot stand in a header never gets there. */

#include "config.h"

#include "uc-token-private.h"

#include <string.h>

/* @token: (nullable) (transfer full): any secret text */
void
_uc_token_free (char *token)
{
  if (token != NULL)
    explicit_bzero (token, strlen (token));
  g_free (token);
}

/* Graphic ASCII and not empty: a line break would end the header it stands in. */
gboolean
_uc_token_is_usable (const char *token)
{
  for (const char *p = token; *p != '\0'; p++) {
    if (!g_ascii_isgraph (*p))
      return FALSE;
  }
  return *token != '\0';
}
