/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What the families of the translation share: fields with their bounds, bodies, and
 * lists that survive a broken member. */

#include "config.h"

#include "uc-wire-private.h"

#include "uc-error.h"
#include "uc-id.h"
#include "uc-json.h"

#include <string.h>

/* The last millisecond of the year 9999. Later times are nonsense, and shifting them
 * into a row's key would overflow. */
#define MAX_TIME_MS G_GINT64_CONSTANT (253402300799999)

gboolean
_uc_wire_need_id (JsonObject *object,
                  const char *path,
                  const char *member,
                  char      **field,
                  GError    **error)
{
  const char *id = uc_json_need_id (object, member, error);

  if (id == NULL) {
    g_prefix_error (error, "%s.", path);
    return FALSE;
  }
  g_set_str (field, id);
  return TRUE;
}

gboolean
_uc_wire_need_text (JsonObject *object,
                    const char *path,
                    const char *member,
                    char      **field,
                    GError    **error)
{
  const char *text = uc_json_need_string (object, member, error);

  if (text == NULL) {
    g_prefix_error (error, "%s.", path);
    return FALSE;
  }
  if (*text == '\0') {
    g_set_error (error, UC_ERROR, UC_ERROR_PROTOCOL, "%s.%s: empty", path, member);
    return FALSE;
  }
  g_set_str (field, text);
  return TRUE;
}

void
_uc_wire_set_id (JsonObject *object, const char *member, char **field)
{
  const char *id = uc_json_get_string (object, member, NULL);

  if (uc_id_is_valid (id))
    g_set_str (field, id);
}

void
_uc_wire_set_text (JsonObject *object, const char *member, char **field)
{
  const char *text = uc_json_get_string (object, member, NULL);

  if (text != NULL)
    g_set_str (field, text);
}

char *
_uc_wire_dup_json (JsonObject *object, const char *member)
{
  JsonObject *inner = uc_json_get_object (object, member);

  return inner != NULL ? uc_json_object_to_text (inner) : NULL;
}

gint64
_uc_wire_get_time (JsonObject *object, const char *member)
{
  gint64 time_ms = uc_json_get_int (object, member, 0);

  return time_ms > 0 && time_ms <= MAX_TIME_MS ? time_ms : 0;
}

gint64
_uc_wire_get_count (JsonObject *object, const char *member)
{
  return MAX (uc_json_get_int (object, member, 0), 0);
}

int
_uc_wire_get_small (JsonObject *object, const char *member)
{
  return (int) CLAMP (uc_json_get_int (object, member, 0), 0, G_MAXINT);
}

gboolean
_uc_wire_get_truth (JsonObject *object, const char *member, gboolean fallback)
{
  const char *word = uc_json_get_string (object, member, NULL);

  if (word == NULL)
    return uc_json_get_boolean (object, member, fallback);
  if (strcmp (word, "true") == 0)
    return TRUE;
  return strcmp (word, "false") == 0 ? FALSE : fallback;
}

JsonNode *
_uc_wire_read_body (GBytes *body, GError **error)
{
  gsize       length = 0;
  const char *text = body != NULL ? g_bytes_get_data (body, &length) : NULL;

  return uc_json_parse_mended (text, (gssize) length, error);
}

gpointer
_uc_wire_read_one (GBytes *body, const char *path, UcWireReader read, GError **error)
{
  g_autoptr (JsonNode) root = _uc_wire_read_body (body, error);

  return root != NULL ? read (root, path, error) : NULL;
}

void
_uc_wire_read_members (GPtrArray *list, JsonArray *array, const char *path, UcWireReader read)
{
  guint n = json_array_get_length (array);

  for (guint i = 0; i < n; i++) {
    g_autofree char *member_path = g_strdup_printf ("%s[%u]", path, i);
    g_autoptr (GError) error = NULL;
    gpointer record = read (json_array_get_element (array, i), member_path, &error);

    if (record != NULL)
      g_ptr_array_add (list, record);
    else
      g_debug ("Left out of a list: %s", error->message);
  }
}

GPtrArray *
_uc_wire_read_list (GBytes        *body,
                    const char    *path,
                    const char    *member,
                    UcWireReader   read,
                    GDestroyNotify free_func,
                    GError       **error)
{
  g_autoptr (JsonNode) root = _uc_wire_read_body (body, error);
  g_autoptr (GPtrArray) list = g_ptr_array_new_with_free_func (free_func);
  JsonArray *array = NULL;

  if (root == NULL)
    return NULL;
  /* An empty list of the server may come as null. */
  if (JSON_NODE_HOLDS_NULL (root))
    return g_steal_pointer (&list);

  if (member != NULL && JSON_NODE_HOLDS_OBJECT (root))
    array = uc_json_get_array (json_node_get_object (root), member);
  if (array == NULL)
    array = uc_json_as_array (root, path, error);
  if (array == NULL)
    return NULL;

  _uc_wire_read_members (list, array, path, read);
  return g_steal_pointer (&list);
}
