/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What handlers see of a call: its parameters, checked, and the ways to answer it.
 * HTTP itself is the server's matter. */

#include "config.h"

#include "uc-call.h"

#include "uc-json.h"
#include "uc-refusal.h"
#include "uc-router.h"
#include "uc-site.h"

#include <glib/gstdio.h>

#define DEFAULT_PER_PAGE 60
#define MAX_PER_PAGE     200

/**
 * uc_upload_part_free:
 * @part: (transfer full): with the file it was received into, unless that was taken
 */
void
uc_upload_part_free (UcUploadPart *part)
{
  if (part->path != NULL)
    g_unlink (part->path);
  g_free (part->field);
  g_free (part->file_name);
  g_free (part->path);
  g_free (part->value);
  g_free (part->image_type);
  g_free (part);
}

/**
 * uc_call_new:
 *
 * Returns: (transfer full): an empty call, for the server to fill
 */
UcCall *
uc_call_new (void)
{
  UcCall *self = g_atomic_rc_box_new0 (UcCall);

  self->headers = g_ptr_array_new_with_free_func (g_free);
  self->content_type = "application/json";
  return self;
}

/**
 * uc_call_ref:
 *
 * Returns: (transfer full): @self
 */
UcCall *
uc_call_ref (UcCall *self)
{
  return g_atomic_rc_box_acquire (self);
}

static void
forget (char *secret)
{
  if (secret != NULL)
    explicit_bzero (secret, strlen (secret));
  g_free (secret);
}

static void
call_clear (gpointer data)
{
  UcCall *self = data;

  g_free (self->method);
  g_free (self->path);
  g_clear_pointer (&self->query, g_hash_table_unref);
  for (guint i = 0; i < UC_CALL_MAX_PARAMS; i++)
    g_free (self->params[i]);
  g_clear_pointer (&self->body, g_bytes_unref);
  g_clear_pointer (&self->json, json_node_unref);
  g_clear_pointer (&self->parts, g_ptr_array_unref);
  g_free (self->request_id);
  g_free (self->remote_address);
  g_free (self->user_agent);
  forget (self->token);
  g_free (self->csrf);
  g_free (self->etag);
  g_free (self->range);
  g_clear_pointer (&self->session, uc_server_session_free);
  forget (self->password);
  g_free (self->password_hash);
  forget (self->new_password);
  g_free (self->new_password_hash);
  g_clear_pointer (&self->answer, g_bytes_unref);
  g_ptr_array_unref (self->headers);
  g_free (self->answer_path);
}

/**
 * uc_call_unref:
 * @self: (transfer full):
 */
void
uc_call_unref (UcCall *self)
{
  g_atomic_rc_box_release_full (self, call_clear);
}

/**
 * uc_call_get_param:
 * @name: a name between braces in the route's pattern
 *
 * Returns: (transfer none): its value, checked by the router
 */
const char *
uc_call_get_param (UcCall *self, const char *name)
{
  int index = uc_route_find_param (self->route, name);

  g_assert (index >= 0);
  return self->params[index];
}

/**
 * uc_call_get_query:
 *
 * Returns: (transfer none) (nullable): the value of @name after the question mark
 */
const char *
uc_call_get_query (UcCall *self, const char *name, const char *fallback)
{
  const char *value = self->query != NULL ? g_hash_table_lookup (self->query, name) : NULL;

  return value != NULL ? value : fallback;
}

/**
 * uc_call_get_query_flag:
 *
 * Returns: whether @name is "true" after the question mark
 */
gboolean
uc_call_get_query_flag (UcCall *self, const char *name)
{
  return g_str_equal (uc_call_get_query (self, name, ""), "true");
}

/**
 * uc_call_get_query_int:
 *
 * Returns: the number after the question mark; @fallback for none or nonsense
 */
gint64
uc_call_get_query_int (UcCall *self, const char *name, gint64 fallback)
{
  const char *value = uc_call_get_query (self, name, "");
  gint64      number = 0;

  return g_ascii_string_to_signed (value, 10, 0, G_MAXINT64, &number, NULL) ? number : fallback;
}

/**
 * uc_call_get_page:
 * @offset: (out): rows to leave out
 * @limit: (out): rows to give at most
 */
void
uc_call_get_page (UcCall *self, int *offset, int *limit)
{
  gint64 page = uc_call_get_query_int (self, "page", 0);
  gint64 per_page = MIN (uc_call_get_query_int (self, "per_page", DEFAULT_PER_PAGE), MAX_PER_PAGE);

  *limit = (int) per_page;
  *offset = (int) MIN (page * MAX (per_page, 1), G_MAXINT / 2);
  if (page > G_MAXINT / MAX_PER_PAGE)
    *offset = G_MAXINT / 2;
}

/**
 * uc_call_need_object:
 * @what: the body's name in the refusal
 *
 * Returns: (transfer none) (nullable): the body
 */
JsonObject *
uc_call_need_object (UcCall *self, const char *what, GError **error)
{
  if (self->json != NULL && JSON_NODE_HOLDS_OBJECT (self->json))
    return json_node_get_object (self->json);
  uc_refuse_body (error, what);
  return NULL;
}

/**
 * uc_call_need_strings:
 * @what: the body's name in the refusal
 *
 * Returns: (transfer container) (element-type utf8) (nullable): the texts of the
 *   list that is the body; at least one, borrowed from the call
 */
GPtrArray *
uc_call_need_strings (UcCall *self, const char *what, GError **error)
{
  g_autoptr (GPtrArray) list = g_ptr_array_new ();
  JsonArray *array = NULL;

  if (self->json != NULL && JSON_NODE_HOLDS_ARRAY (self->json))
    array = json_node_get_array (self->json);
  for (guint i = 0; array != NULL && i < json_array_get_length (array); i++) {
    JsonNode *node = json_array_get_element (array, i);

    if (json_node_get_value_type (node) != G_TYPE_STRING) {
      uc_refuse_body (error, what);
      return NULL;
    }
    g_ptr_array_add (list, (gpointer) json_node_get_string (node));
  }
  if (list->len == 0) {
    uc_refuse_body (error, what);
    return NULL;
  }
  return g_steal_pointer (&list);
}

/**
 * uc_call_find_part:
 *
 * Returns: (transfer none) (nullable): the first part of an upload with this field
 */
UcUploadPart *
uc_call_find_part (UcCall *self, const char *field)
{
  for (guint i = 0; self->parts != NULL && i < self->parts->len; i++) {
    UcUploadPart *part = g_ptr_array_index (self->parts, i);

    if (g_str_equal (part->field, field))
      return part;
  }
  return NULL;
}

static void
take_text (UcCall *self, guint status, char *text)
{
  self->status = status;
  self->content_type = "application/json";
  g_clear_pointer (&self->answer, g_bytes_unref);
  self->answer = g_bytes_new_take (text, strlen (text));
}

/**
 * uc_call_answer_object:
 * @object: (transfer full): the answer
 */
void
uc_call_answer_object (UcCall *self, guint status, JsonObject *object)
{
  take_text (self, status, uc_json_object_to_text (object));
  json_object_unref (object);
}

/**
 * uc_call_answer_array:
 * @array: (transfer full): the answer
 */
void
uc_call_answer_array (UcCall *self, guint status, JsonArray *array)
{
  take_text (self, status, uc_json_array_to_text (array));
  json_array_unref (array);
}

/**
 * uc_call_answer_node:
 * @node: (transfer full): the answer
 */
void
uc_call_answer_node (UcCall *self, guint status, JsonNode *node)
{
  take_text (self, status, uc_json_to_text (node));
  json_node_unref (node);
}

/**
 * uc_call_answer_ok:
 *
 * The answer of calls that have nothing to say.
 */
void
uc_call_answer_ok (UcCall *self)
{
  take_text (self, 200, g_strdup ("{\"status\":\"OK\"}"));
}

/**
 * uc_call_answer_bytes:
 * @content_type: a constant
 * @bytes: (transfer full): the answer
 */
void
uc_call_answer_bytes (UcCall *self, const char *content_type, GBytes *bytes)
{
  self->status = 200;
  self->content_type = content_type;
  g_clear_pointer (&self->answer, g_bytes_unref);
  self->answer = bytes;
}

/**
 * uc_call_answer_error:
 *
 * The error JSON of protocol.md 1.3. What went wrong inside stays inside.
 */
void
uc_call_answer_error (UcCall *self, const GError *error)
{
  JsonObject *object = json_object_new ();
  guint       status = uc_refusal_get_status (error);

  if (error->domain != UC_REFUSAL)
    g_warning ("%s %s: %s", self->method, self->route != NULL ? self->route->pattern : "?",
               error->message);
  json_object_set_string_member (object, "id", uc_refusal_get_id (error));
  json_object_set_string_member (object, "message", uc_refusal_get_text (error));
  json_object_set_string_member (object, "detailed_error", "");
  json_object_set_string_member (object, "request_id", self->request_id);
  json_object_set_int_member (object, "status_code", status);
  g_clear_pointer (&self->answer_path, g_free);
  uc_call_answer_object (self, status, object);
  if (status == 503)
    uc_call_add_header (self, "Retry-After", "2");
}

/**
 * uc_call_add_header:
 *
 * @value must be made of checked parts only.
 */
void
uc_call_add_header (UcCall *self, const char *name, const char *value)
{
  g_return_if_fail (strpbrk (value, "\r\n") == NULL);

  g_ptr_array_add (self->headers, g_strdup (name));
  g_ptr_array_add (self->headers, g_strdup (value));
}

/**
 * uc_call_check_etag:
 * @etag: what the answer would carry
 *
 * Returns: whether the client has it already; the answer is then complete
 */
gboolean
uc_call_check_etag (UcCall *self, const char *etag)
{
  uc_call_add_header (self, "Etag", etag);
  if (self->etag == NULL || !g_str_equal (self->etag, etag))
    return FALSE;
  self->status = 304;
  g_clear_pointer (&self->answer, g_bytes_unref);
  return TRUE;
}
