/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What all requests have in common: the record itself, its path with checked
 * parts, its query and its body. The calls stand by subject in
 * uc-request-account.c, -channels.c, -posts.c and -files.c. Sends nothing. */

#include "config.h"

#include "uc-request-private.h"

#include "uc-error.h"
#include "uc-id.h"
#include "uc-limits.h"
#include "uc-token-private.h"

#include <glib/gi18n-lib.h>

#include <string.h>

typedef struct {
  char *text;
  gsize length;
} WipedText;

static void
wiped_text_free (gpointer data)
{
  WipedText *wiped = data;

  explicit_bzero (wiped->text, wiped->length);
  g_free (wiped->text);
  g_free (wiped);
}

/* An id stands for itself; "me" is the one word the API takes in its place. */
static gboolean
append_id (GString *path, const char *id)
{
  if (!uc_id_is_valid (id) && strcmp (id, "me") != 0)
    return FALSE;
  g_string_append (path, id);
  return TRUE;
}

/* Any other part is encoded. Dots alone would climb in the path, encoded or not. */
static gboolean
append_word (GString *path, const char *word)
{
  if (*word == '\0' || strcmp (word, ".") == 0 || strcmp (word, "..") == 0 ||
      !g_utf8_validate (word, -1, NULL))
    return FALSE;
  g_string_append_uri_escaped (path, word, NULL, FALSE);
  return TRUE;
}

/* @template holds "{id}" for an identifier and "{}" for any other word, each filled
 * with the next argument. A part that cannot stand in a path makes the request
 * invalid: it is then refused when sent, with UC_ERROR_INVALID. */
UcRequest *
_uc_request_new (const char *method, const char *template, ...)
{
  UcRequest  *self = g_new0 (UcRequest, 1);
  const char *rest = template;
  const char *brace;
  va_list     parts;

  self->method = method;
  self->template = template;
  self->path = g_string_new (NULL);
  self->limit_bytes = UC_LIMIT_HTTP_JSON_BYTES;
  self->is_valid = TRUE;
  self->is_extension = g_str_has_prefix (template, "/plugins/");

  va_start (parts, template);
  while ((brace = strchr (rest, '{')) != NULL) {
    const char *part = va_arg (parts, const char *);
    gboolean    is_id = g_str_has_prefix (brace, "{id}");

    g_string_append_len (self->path, rest, brace - rest);
    if (part == NULL) {
      self->is_valid = FALSE;
      break;
    }
    if (!(is_id ? append_id (self->path, part) : append_word (self->path, part)))
      self->is_valid = FALSE;
    rest = brace + (is_id ? strlen ("{id}") : strlen ("{}"));
  }
  va_end (parts);
  g_string_append (self->path, rest);

  return self;
}

void
_uc_request_set_result (UcRequest *self, UcParseFunc parse, GDestroyNotify free_result)
{
  self->parse = parse;
  self->free_result = free_result;
}

void
_uc_request_add_query (UcRequest *self, const char *name, const char *value)
{
  gboolean is_first = strchr (self->path->str, '?') == NULL;

  g_string_append_printf (self->path, "%c%s=", is_first ? '?' : '&', name);
  g_string_append_uri_escaped (self->path, value, NULL, FALSE);
}

void
_uc_request_add_query_int (UcRequest *self, const char *name, gint64 value)
{
  g_autofree char *text = g_strdup_printf ("%" G_GINT64_FORMAT, value);

  _uc_request_add_query (self, name, text);
}

void
_uc_request_add_paging (UcRequest *self, int page, int per_page)
{
  _uc_request_add_query_int (self, "page", page);
  _uc_request_add_query_int (self, "per_page", per_page);
}

/* Takes @json, which may hold a password: it is wiped when it is no longer needed. */
void
_uc_request_take_body (UcRequest *self, char *json)
{
  WipedText *wiped = g_new (WipedText, 1);

  wiped->text = json;
  wiped->length = strlen (json);
  g_clear_pointer (&self->body, g_bytes_unref);
  self->body = g_bytes_new_with_free_func (json, wiped->length, wiped_text_free, wiped);
}

/* Whether it may be sent with @token: (nullable): a token or a path that cannot stand in a
 * request never leaves this machine. */
gboolean
_uc_request_check (const UcRequest *self, const char *token, GError **error)
{
  if (!self->is_valid) {
    g_set_error (error, UC_ERROR, UC_ERROR_INVALID, _ ("A part of the request %s is not valid."),
                 self->template);
    return FALSE;
  }
  if (token != NULL && !_uc_token_is_usable (token)) {
    g_set_error_literal (error, UC_ERROR, UC_ERROR_AUTH,
                         _ ("The token holds characters that no token has."));
    return FALSE;
  }
  return TRUE;
}

/**
 * uc_request_free:
 * @self: (nullable): a request that was not sent
 *
 * Frees a request; uc_api_send_async() takes those given to it.
 */
void
uc_request_free (UcRequest *self)
{
  if (self == NULL)
    return;

  g_string_free (self->path, TRUE);
  g_clear_pointer (&self->body, g_bytes_unref);
  g_free (self->upload_path);
  g_free (self->download_path);
  g_free (self);
}

/**
 * uc_request_set_progress:
 * @self: a request not sent yet
 * @progress: called on the main thread as bytes go out or come in
 * @user_data: must live until the call has come back
 *
 * Lets a long transfer tell how far it is.
 */
void
uc_request_set_progress (UcRequest *self, UcProgressFunc progress, gpointer user_data)
{
  g_return_if_fail (self != NULL);

  self->progress = progress;
  self->progress_data = user_data;
}
