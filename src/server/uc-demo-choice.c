/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Texts of the demo that come in several versions. */

#include "config.h"

#include "uc-demo-choice.h"

#include "uc-error.h"

#include <string.h>

#define MAX_DEPTH 8

/* Takes the text up to the end, or up to what ends this alternative. */
static gboolean
take_alternative (const char **at, int depth, GRand *rand, GString *taken)
{
  while (**at != '\0') {
    if (depth > 0 && (**at == '|' || **at == '}'))
      return TRUE;
    if (**at == '}' || (**at == '{' && depth == MAX_DEPTH))
      return FALSE;
    if (**at == '{') {
      g_autoptr (GPtrArray) alternatives = g_ptr_array_new_with_free_func (g_free);

      do {
        g_autoptr (GString) alternative = g_string_new (NULL);

        (*at)++;
        if (!take_alternative (at, depth + 1, rand, alternative))
          return FALSE;
        g_ptr_array_add (alternatives, g_string_free (g_steal_pointer (&alternative), FALSE));
      } while (**at == '|');
      if (**at != '}')
        return FALSE;
      g_string_append (
          taken,
          g_ptr_array_index (alternatives, g_rand_int_range (rand, 0, (gint32) alternatives->len)));
    } else {
      g_string_append_c (taken, **at);
    }
    (*at)++;
  }
  return depth == 0;
}

/**
 * uc_demo_choose:
 * @rand: decides
 *
 * Errors: UC_ERROR_INVALID for a brace without its other half
 *
 * Returns: (transfer full) (nullable): the text without choices
 */
char *
uc_demo_choose (const char *text, GRand *rand, GError **error)
{
  g_autoptr (GString) taken = g_string_sized_new (strlen (text));
  const char *at = text;

  if (take_alternative (&at, 0, rand, taken))
    return g_string_free (g_steal_pointer (&taken), FALSE);
  g_set_error (error, UC_ERROR, UC_ERROR_INVALID, "“%s” has a brace too many", text);
  return NULL;
}
