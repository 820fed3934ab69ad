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

/**
 * uc_json_text_append:
 * @json: a JSON text that is being written
 * @text: any text
 *
 * Appends @text as a string, on one line whatever is in it. Any thread.
 */
void
uc_json_text_append (GString *json, const char *text)
{
  g_autofree char *valid = g_utf8_make_valid (text, -1);

  g_string_append_c (json, '"');
  for (const char *p = valid; *p != '\0'; p++) {
    guchar c = (guchar) *p;

    if (c == '"' || c == '\\')
      g_string_append_printf (json, "\\%c", c);
    else if (c == '\n')
      g_string_append (json, "\\n");
    else if (c < 0x20 || c == 0x7f)
      g_string_append_printf (json, "\\u%04x", c);
    else
      g_string_append_c (json, (char) c);
  }
  g_string_append_c (json, '"');
}
