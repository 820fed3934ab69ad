/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What the environment says of flags: for tests and for the bold. */

#include "config.h"

#include "uc-flags-private.h"

#include <string.h>

#define ENVIRONMENT_PREFIX     "UNIFIED_CHAT_FLAG_"
#define ENVIRONMENT_PERCENTAGE "UNIFIED_CHAT_ROLLOUT_PERCENTAGE"

char *
_uc_flags_dup_variable (UcFlagId flag)
{
  g_autofree char *upper = g_ascii_strup (uc_flag_get_name (flag), -1);

  return g_strconcat (ENVIRONMENT_PREFIX, upper, NULL);
}

int
_uc_flags_read_environment (UcFlagId flag)
{
  g_autofree char *variable = _uc_flags_dup_variable (flag);
  const char      *word = g_getenv (variable);

  if (word == NULL)
    return UC_FLAG_UNSET;
  if (g_ascii_strcasecmp (word, "on") == 0 || g_ascii_strcasecmp (word, "true") == 0 ||
      strcmp (word, "1") == 0)
    return TRUE;
  if (g_ascii_strcasecmp (word, "off") == 0 || g_ascii_strcasecmp (word, "false") == 0 ||
      strcmp (word, "0") == 0)
    return FALSE;
  g_message ("%s is neither on nor off and is ignored", variable);
  return UC_FLAG_UNSET;
}

double
_uc_flags_read_percentage (void)
{
  const char *text = g_getenv (ENVIRONMENT_PERCENTAGE);
  char       *end = NULL;
  double      percentage;

  if (text == NULL || *text == '\0')
    return -1;
  percentage = g_ascii_strtod (text, &end);
  if (*end != '\0' || !(percentage >= 0 && percentage <= 100)) {
    g_message ("%s is no percentage and is ignored", ENVIRONMENT_PERCENTAGE);
    return -1;
  }
  return percentage;
}
