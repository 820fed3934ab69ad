/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Typed, checked access to JSON. Nothing else in the program asks a JsonNode for its
 * value: json-glib converts between types on its own, aborts on absent members and
 * takes more than JSON. */

#include "config.h"

#include "uc-json.h"

#include "uc-error.h"
#include "uc-id.h"
#include "uc-json-scan-private.h"

#include <math.h>
#include <string.h>

static JsonNode *
parse (const char *text, gssize length, gboolean is_mending, GError **error)
{
  g_autoptr (JsonParser) parser = NULL;
  g_autoptr (GError) parse_error = NULL;
  g_autoptr (GString) rewritten = NULL;
  g_autoptr (JsonNode) root = NULL;
  gsize n_bytes;

  g_return_val_if_fail (text != NULL || length == 0, NULL);

  n_bytes = length < 0 ? strlen (text) : (gsize) length;
  if (!_uc_json_scan (text != NULL ? text : "", n_bytes, is_mending, &rewritten, error))
    return NULL;
  if (rewritten != NULL) {
    text = rewritten->str;
    n_bytes = rewritten->len;
  }

  parser = json_parser_new ();
  json_parser_set_strict (parser, TRUE);
  /* The parser's own message may quote what somebody wrote, so it is not passed on. */
  if (n_bytes == 0 || !json_parser_load_from_data (parser, text, (gssize) n_bytes, &parse_error)) {
    g_set_error (error, UC_ERROR, UC_ERROR_PROTOCOL, "%zu bytes that are not JSON", n_bytes);
    return NULL;
  }
  root = json_parser_steal_root (parser);
  if (root == NULL) {
    g_set_error (error, UC_ERROR, UC_ERROR_PROTOCOL, "%zu bytes without a JSON value", n_bytes);
    return NULL;
  }
  return g_steal_pointer (&root);
}

/**
 * uc_json_parse:
 * @text: what should be JSON
 * @length: its length in bytes, -1 when it ends with a NUL
 *
 * Strict JSON only, within the bounds of uc-limits.h. Integers that do not fit
 * into 64 bits are read as doubles, so that they are of the wrong type for who
 * wants an integer. Any thread.
 *
 * Errors: %UC_ERROR_PROTOCOL; the message does not quote the text
 *
 * Returns: (transfer full): the root, never of no value
 */
JsonNode *
uc_json_parse (const char *text, gssize length, GError **error)
{
  return parse (text, length, FALSE, error);
}

/**
 * uc_json_parse_bytes:
 * @bytes: (nullable): what should be JSON
 *
 * As uc_json_parse().
 */
JsonNode *
uc_json_parse_bytes (GBytes *bytes, GError **error)
{
  gsize       length = 0;
  const char *text = bytes != NULL ? g_bytes_get_data (bytes, &length) : NULL;

  return parse (text, (gssize) length, FALSE, error);
}

/**
 * uc_json_parse_mended:
 * @text: what should be JSON
 * @length: its length in bytes, -1 when it ends with a NUL
 *
 * As uc_json_parse(), but a value nested too deeply becomes null and \u0000 becomes
 * U+FFFD. A page of posts carries what many people wrote; refusing it as a whole
 * would let one of them make a channel unreadable for all.
 */
JsonNode *
uc_json_parse_mended (const char *text, gssize length, GError **error)
{
  return parse (text, length, TRUE, error);
}

/**
 * uc_json_as_object:
 * @node: (nullable): a value
 * @path: what the error calls it
 *
 * Errors: %UC_ERROR_PROTOCOL when it is anything but an object
 *
 * Returns: (transfer none) (nullable): the object
 */
JsonObject *
uc_json_as_object (JsonNode *node, const char *path, GError **error)
{
  if (node != NULL && JSON_NODE_HOLDS_OBJECT (node))
    return json_node_get_object (node);

  g_set_error (error, UC_ERROR, UC_ERROR_PROTOCOL, "%s: not an object", path);
  return NULL;
}

/**
 * uc_json_as_array:
 * @node: (nullable): a value
 * @path: what the error calls it
 *
 * Errors: %UC_ERROR_PROTOCOL when it is anything but an array
 *
 * Returns: (transfer none) (nullable): the array
 */
JsonArray *
uc_json_as_array (JsonNode *node, const char *path, GError **error)
{
  if (node != NULL && JSON_NODE_HOLDS_ARRAY (node))
    return json_node_get_array (node);

  g_set_error (error, UC_ERROR, UC_ERROR_PROTOCOL, "%s: not a list", path);
  return NULL;
}

/* The member when it holds a plain value of @type. */
static JsonNode *
find_value (JsonObject *object, const char *member, GType type)
{
  JsonNode *node = object != NULL ? json_object_get_member (object, member) : NULL;

  if (node == NULL || !JSON_NODE_HOLDS_VALUE (node) || json_node_get_value_type (node) != type)
    return NULL;
  return node;
}

/**
 * uc_json_need_string:
 *
 * Returns: (transfer none): the text, which may be empty; %NULL and
 *   %UC_ERROR_PROTOCOL naming @member when there is none
 */
const char *
uc_json_need_string (JsonObject *object, const char *member, GError **error)
{
  JsonNode *node = find_value (object, member, G_TYPE_STRING);

  if (node != NULL)
    return json_node_get_string (node);

  g_set_error (error, UC_ERROR, UC_ERROR_PROTOCOL, "%s: not a text", member);
  return NULL;
}

/**
 * uc_json_need_id:
 *
 * Returns: (transfer none): an id that uc_id_is_valid(); else %NULL and
 *   %UC_ERROR_PROTOCOL naming @member
 */
const char *
uc_json_need_id (JsonObject *object, const char *member, GError **error)
{
  JsonNode *node = find_value (object, member, G_TYPE_STRING);

  if (node != NULL && uc_id_is_valid (json_node_get_string (node)))
    return json_node_get_string (node);

  g_set_error (error, UC_ERROR, UC_ERROR_PROTOCOL, "%s: not an id", member);
  return NULL;
}

/**
 * uc_json_need_int:
 * @value: (out): the number
 *
 * Returns: %FALSE and %UC_ERROR_PROTOCOL naming @member when it is anything but an
 *   integer of 64 bits
 */
gboolean
uc_json_need_int (JsonObject *object, const char *member, gint64 *value, GError **error)
{
  JsonNode *node = find_value (object, member, G_TYPE_INT64);

  if (node != NULL) {
    *value = json_node_get_int (node);
    return TRUE;
  }
  g_set_error (error, UC_ERROR, UC_ERROR_PROTOCOL, "%s: not a whole number", member);
  return FALSE;
}

/**
 * uc_json_get_string:
 * @object: (nullable): where to look
 * @fallback: (nullable): what to return when there is no text
 *
 * Returns: (transfer none) (nullable): the text or @fallback
 */
const char *
uc_json_get_string (JsonObject *object, const char *member, const char *fallback)
{
  JsonNode *node = find_value (object, member, G_TYPE_STRING);

  return node != NULL ? json_node_get_string (node) : fallback;
}

/**
 * uc_json_get_int:
 * @object: (nullable): where to look
 *
 * Returns: the integer or @fallback
 */
gint64
uc_json_get_int (JsonObject *object, const char *member, gint64 fallback)
{
  JsonNode *node = find_value (object, member, G_TYPE_INT64);

  return node != NULL ? json_node_get_int (node) : fallback;
}

/**
 * uc_json_get_double:
 * @object: (nullable): where to look
 *
 * Returns: the number, whole or not, always finite, or @fallback
 */
double
uc_json_get_double (JsonObject *object, const char *member, double fallback)
{
  JsonNode *node = find_value (object, member, G_TYPE_DOUBLE);

  if (node != NULL)
    return isfinite (json_node_get_double (node)) ? json_node_get_double (node) : fallback;

  node = find_value (object, member, G_TYPE_INT64);
  return node != NULL ? (double) json_node_get_int (node) : fallback;
}

/**
 * uc_json_get_boolean:
 * @object: (nullable): where to look
 *
 * Returns: the truth value or @fallback; the texts "true" and "false" are neither
 */
gboolean
uc_json_get_boolean (JsonObject *object, const char *member, gboolean fallback)
{
  JsonNode *node = find_value (object, member, G_TYPE_BOOLEAN);

  return node != NULL ? json_node_get_boolean (node) : fallback;
}

/**
 * uc_json_get_object:
 * @object: (nullable): where to look
 *
 * Returns: (transfer none) (nullable): the object
 */
JsonObject *
uc_json_get_object (JsonObject *object, const char *member)
{
  JsonNode *node = object != NULL ? json_object_get_member (object, member) : NULL;

  return node != NULL && JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;
}

/**
 * uc_json_get_array:
 * @object: (nullable): where to look
 *
 * Returns: (transfer none) (nullable): the array
 */
JsonArray *
uc_json_get_array (JsonObject *object, const char *member)
{
  JsonNode *node = object != NULL ? json_object_get_member (object, member) : NULL;

  return node != NULL && JSON_NODE_HOLDS_ARRAY (node) ? json_node_get_array (node) : NULL;
}

/**
 * uc_json_array_dup_strings:
 * @array: (nullable): a list
 *
 * Returns: (transfer full): the texts in @array, never %NULL; what is no text is left
 *   out
 */
char **
uc_json_array_dup_strings (JsonArray *array)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  guint n = array != NULL ? json_array_get_length (array) : 0;

  for (guint i = 0; i < n; i++) {
    JsonNode *node = json_array_get_element (array, i);

    if (JSON_NODE_HOLDS_VALUE (node) && json_node_get_value_type (node) == G_TYPE_STRING)
      g_strv_builder_add (builder, json_node_get_string (node));
  }
  return g_strv_builder_end (builder);
}

/**
 * uc_json_dup_strings:
 * @object: (nullable): where to look
 *
 * Returns: (transfer full): the texts in the list @member, never %NULL; what is no
 *   text is left out
 */
char **
uc_json_dup_strings (JsonObject *object, const char *member)
{
  return uc_json_array_dup_strings (uc_json_get_array (object, member));
}

/**
 * uc_json_to_text:
 * @node: a value
 *
 * Returns: (transfer full): JSON on one line
 */
char *
uc_json_to_text (JsonNode *node)
{
  g_return_val_if_fail (node != NULL, NULL);

  return json_to_string (node, FALSE);
}

/**
 * uc_json_object_to_text:
 * @object: an object
 *
 * Returns: (transfer full): JSON on one line
 */
char *
uc_json_object_to_text (JsonObject *object)
{
  g_autoptr (JsonNode) node = json_node_new (JSON_NODE_OBJECT);

  g_return_val_if_fail (object != NULL, NULL);

  json_node_set_object (node, object);
  return json_to_string (node, FALSE);
}

/**
 * uc_json_array_to_text:
 * @array: a list
 *
 * Returns: (transfer full): JSON on one line
 */
char *
uc_json_array_to_text (JsonArray *array)
{
  g_autoptr (JsonNode) node = json_node_new (JSON_NODE_ARRAY);

  g_return_val_if_fail (array != NULL, NULL);

  json_node_set_array (node, array);
  return json_to_string (node, FALSE);
}
