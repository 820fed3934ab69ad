/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The table of uc-flag-list.def, and the names in it. */

#include "config.h"

#include "uc-flags-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

static const struct {
  const char *name;
  gboolean    is_on;
  gboolean    has_fallback;
  const char *description;
} table[UC_N_FLAGS] = {
#define UC_FLAG(name, default_value, has_fallback, owner, description)                             \
  { #name, default_value, has_fallback, description },
#include "uc-flag-list.def"
#undef UC_FLAG
};

gboolean
_uc_flag_is_on_by_default (UcFlagId flag)
{
  return table[flag].is_on;
}

gboolean
_uc_flag_has_fallback_by_default (UcFlagId flag)
{
  return table[flag].has_fallback;
}

/**
 * uc_flag_get_name:
 *
 * Returns: (transfer none): in snake_case
 */
const char *
uc_flag_get_name (UcFlagId flag)
{
  g_return_val_if_fail ((guint) flag < UC_N_FLAGS, "");

  return table[flag].name;
}

/**
 * uc_flag_get_description:
 *
 * Returns: (transfer none): a sentence, not yet translated
 */
const char *
uc_flag_get_description (UcFlagId flag)
{
  g_return_val_if_fail ((guint) flag < UC_N_FLAGS, "");

  return table[flag].description;
}

/**
 * uc_flag_from_name:
 * @name: with `_` or `-`
 * @flag: (out): which it is
 *
 * Returns: %FALSE when there is none of that name
 */
gboolean
uc_flag_from_name (const char *name, UcFlagId *flag)
{
  g_autofree char *snake = g_strdup (name);

  g_return_val_if_fail (name != NULL && flag != NULL, FALSE);

  g_strdelimit (snake, "-", '_');
  for (guint i = 0; i < UC_N_FLAGS; i++) {
    if (strcmp (table[i].name, snake) == 0) {
      *flag = (UcFlagId) i;
      return TRUE;
    }
  }
  return FALSE;
}
