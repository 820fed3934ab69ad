/* SPDX-License-Identifier: GPL-3.0-or-later */

/* One member of a JSON text, for who keeps such a text (props of a post) and needs a
 * string of it now and then, or makes one. Who reads many members parses it with uc-json.h. */

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

/**
 * uc_json_text_dup_inner_string:
 * @text: (nullable): the text of a JSON object
 * @outer: the name of a member that is an object
 * @member: the name of a member of that
 *
 * Any thread.
 *
 * Returns: (transfer full) (nullable): the string; %NULL when anything on the way to it is
 *   absent or of another kind
 */
char *
uc_json_text_dup_inner_string (const char *text, const char *outer, const char *member)
{
  g_autoptr (JsonNode) node = NULL;
  JsonObject *object, *inner;

  g_return_val_if_fail (outer != NULL && member != NULL, NULL);

  if (text == NULL || *text == '\0')
    return NULL;
  node = uc_json_parse (text, -1, NULL);
  object = node != NULL ? uc_json_as_object (node, "", NULL) : NULL;
  inner = object != NULL ? uc_json_get_object (object, outer) : NULL;
  return inner != NULL ? g_strdup (uc_json_get_string (inner, member, NULL)) : NULL;
}

/**
 * uc_json_text_make_inner_string:
 * @outer: the name of a member
 * @member: the name of a member of that
 * @value: its value
 *
 * Any thread.
 *
 * Returns: (transfer full): the text of an object with nothing else in it
 */
char *
uc_json_text_make_inner_string (const char *outer, const char *member, const char *value)
{
  g_autoptr (JsonObject) object = NULL;
  JsonObject *inner;

  g_return_val_if_fail (outer != NULL && member != NULL && value != NULL, NULL);

  object = json_object_new ();
  inner = json_object_new ();
  json_object_set_string_member (inner, member, value);
  json_object_set_object_member (object, outer, inner);
  return uc_json_object_to_text (object);
}
