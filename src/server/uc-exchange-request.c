/* SPDX-License-Identifier: GPL-3.0-or-later */

/* From an HTTP request to a call, or to a WebSocket. */

#include "config.h"

#include "uc-exchange-private.h"

#include "uc-id.h"
#include "uc-router.h"
#include "uc-ws-frame.h"

#include <string.h>

#define SOCKET_PATH "/api/v4/websocket"

static const char *
skip_word (const char *text, const char *word)
{
  gsize length = strlen (word);

  return g_ascii_strncasecmp (text, word, length) == 0 && text[length] == ' ' ? text + length + 1
                                                                              : NULL;
}

static char *
dup_cookie (const char *cookies, const char *name)
{
  g_auto (GStrv) parts = g_strsplit (cookies != NULL ? cookies : "", ";", -1);
  gsize length = strlen (name);

  for (guint i = 0; parts[i] != NULL; i++) {
    const char *part = g_strchug (parts[i]);

    if (strncmp (part, name, length) == 0 && part[length] == '=')
      return g_strdup (part + length + 1);
  }
  return NULL;
}

static char *
dup_bearer (SoupMessageHeaders *headers)
{
  const char *header = soup_message_headers_get_one (headers, "Authorization");
  const char *token = NULL;

  if (header != NULL)
    token = skip_word (header, "Bearer");
  if (header != NULL && token == NULL)
    token = skip_word (header, "Token");
  return token != NULL && *token != '\0' ? g_strdup (token) : NULL;
}

static void
read_token (UcCall *call, SoupMessageHeaders *headers)
{
  call->token = dup_bearer (headers);
  if (call->token != NULL)
    return;
  call->token = dup_cookie (soup_message_headers_get_list (headers, "Cookie"), "MMAUTHTOKEN");
  call->is_cookie = call->token != NULL;
}

static char *
dup_valid (const char *text)
{
  return g_utf8_make_valid (text != NULL ? text : "", -1);
}

/* The library keeps some characters as they came. */
static GHashTable *
decode_query (const char *query)
{
  GHashTable *decoded = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  g_auto (GStrv) pairs = g_strsplit (query, "&", 64);

  for (guint i = 0; pairs[i] != NULL; i++) {
    char            *equals = strchr (pairs[i], '=');
    g_autofree char *name = NULL;
    g_autofree char *value = NULL;

    if (equals != NULL)
      *equals = '\0';
    g_strdelimit (pairs[i], "+", ' ');
    name = g_uri_unescape_string (pairs[i], NULL);
    if (equals != NULL) {
      g_strdelimit (equals + 1, "+", ' ');
      value = g_uri_unescape_string (equals + 1, NULL);
    }
    if (name != NULL)
      g_hash_table_insert (decoded, dup_valid (name), dup_valid (value));
  }
  return decoded;
}

/* Returns: (transfer full): the call; its route is NULL when there is none */
UcCall *
_uc_exchange_make_call (UcFront *front, SoupServerMessage *message)
{
  SoupMessageHeaders *headers = soup_server_message_get_request_headers (message);
  GUri               *uri = soup_server_message_get_uri (message);
  UcCall             *call = uc_call_new ();
  const char         *with = soup_message_headers_get_one (headers, "X-Requested-With");

  call->method = g_strdup (soup_server_message_get_method (message));
  call->path = g_strdup (g_uri_get_path (uri));
  if (strlen (call->path) > 1 && g_str_has_suffix (call->path, "/"))
    call->path[strlen (call->path) - 1] = '\0';
  if (g_uri_get_query (uri) != NULL)
    call->query = decode_query (g_uri_get_query (uri));
  call->request_id = uc_id_new ();
  call->remote_address = uc_server_guard_dup_address (front->guard, message);
  call->user_agent = dup_valid (soup_message_headers_get_one (headers, "User-Agent"));
  call->is_browser = with != NULL && g_ascii_strcasecmp (with, "XMLHttpRequest") == 0;
  call->csrf = g_strdup (soup_message_headers_get_one (headers, "X-CSRF-Token"));
  call->etag = g_strdup (soup_message_headers_get_one (headers, "If-None-Match"));
  call->range = g_strdup (soup_message_headers_get_one (headers, "Range"));
  read_token (call, headers);
  call->route = uc_router_find (call->method, call->path, call->params);
  return call;
}

gboolean
_uc_exchange_is_socket (UcExchange *self)
{
  return g_str_equal (self->call->path, SOCKET_PATH) && g_str_equal (self->call->method, "GET");
}

static gboolean
is_upgrade (SoupMessageHeaders *headers)
{
  return soup_message_headers_header_contains (headers, "Upgrade", "websocket") &&
         soup_message_headers_header_contains (headers, "Connection", "Upgrade") &&
         soup_message_headers_header_equals (headers, "Sec-WebSocket-Version", "13");
}

/* The connection goes to the hub. */
static void
open_socket_cb (UcExchange *self, SoupServerMessage *message)
{
  SoupMessageHeaders *headers = soup_server_message_get_request_headers (message);
  UcCall             *call = self->call;
  g_autofree char    *accept =
      uc_ws_dup_accept (soup_message_headers_get_one (headers, "Sec-WebSocket-Key"));
  g_autofree char *greeting =
      g_strdup_printf ("HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\n"
                       "Connection: Upgrade\r\nSec-WebSocket-Accept: %s\r\n\r\n",
                       accept);

  uc_hub_accept (self->front->hub, soup_server_message_steal_connection (message), greeting,
                 call->token, uc_call_get_query (call, "connection_id", NULL),
                 uc_call_get_query (call, "sequence_number", NULL));
}

void
_uc_exchange_open_socket (UcExchange *self)
{
  SoupServerMessage  *message = self->message;
  SoupMessageHeaders *headers = soup_server_message_get_request_headers (message);
  g_autofree char    *accept =
      uc_ws_dup_accept (soup_message_headers_get_one (headers, "Sec-WebSocket-Key"));

  if (!uc_server_guard_check_origin (self->front->guard, message))
    soup_server_message_set_status (message, 403, NULL);
  else if (!is_upgrade (headers) || accept == NULL)
    soup_server_message_set_status (message, 400, NULL);
  else
    _uc_exchange_detach (self, open_socket_cb);
}
