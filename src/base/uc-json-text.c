/* SPDX-License-Identifier: GPL-3.0-or-later */

/* One member of a JSON text, for who keeps such a text (props of a post) and needs a
 * string of it now and then. Who reads many members parses it with uc-json.h. */

#include "config.h"

#include "uc-json-text.h"

#include "uc-json.h"

/**
 * uc_json_text_dup_string:
 * @text: (nullable): the text of a JSON object
 * @member: the name of a member
 *
 * Any thread.
 *
 * Returns: (transfer full) (nullable): the string; %NULL when @text is no object, the
 *   member absent or not a string
 */
char *
uc_json_text_dup_string (const char *text, const char *member)
{
  g_autoptr (JsonNode) node = NULL;
  JsonObject *object;

  g_return_val_if_fail (member != NULL, NULL);

  if (text == NULL || *text == '\0')
    return NULL;
  node = uc_json_parse (text, -1, NULL);
  object = node != NULL ? uc_json_as_object (node, "", NULL) : NULL;
  return object != NULL ? g_strdup (uc_json_get_string (object, member, NULL)) : NULL;
}
