/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The proxy that misbehaves, against a server and a client of a few lines: each fault does
 * what it says, and only that. What others are tried with must be tried itself. */

#include "config.h"

#include "uc-fault-proxy.h"
#include "uc-test.h"

#include <libsoup/soup.h>

#define LIMIT_MS 10000
/* In which nothing more must come. */
#define SILENCE_MS 60
#define LATE_MS    500
#define BODY       "0123456789"
#define REQUEST    "POST /thing HTTP/1.1\r\nHost: x\r\nContent-Length: 4\r\n\r\nbody"
#define OTHER      "HTTP/1.1 418 Teapot\r\nContent-Length: 0\r\n\r\n"

typedef struct {
  SoupServer              *server; /* (owned) */
  UcFaultProxy            *proxy;  /* (owned) */
  guint                    n_requests;
  SoupWebsocketConnection *socket; /* (owned) (nullable) the server's side */
} Fixture;

/* -- The server ----------------------------------------------------------------------- */

static void
request_cb (SoupServer        *server,
            SoupServerMessage *message,
            const char        *path,
            GHashTable        *query,
            gpointer           user_data)
{
  Fixture *self = user_data;

  self->n_requests++;
  soup_server_message_set_status (message, 200, NULL);
  soup_server_message_set_response (message, "text/plain", SOUP_MEMORY_STATIC, BODY, strlen (BODY));
}

static void
socket_cb (SoupServer              *server,
           SoupServerMessage       *message,
           const char              *path,
           SoupWebsocketConnection *connection,
           gpointer                 user_data)
{
  static const char *const names[] = { "hello", "a", "b", "c" };
  Fixture                 *self = user_data;

  g_set_object (&self->socket, connection);
  for (guint i = 0; i < G_N_ELEMENTS (names); i++) {
    g_autofree char *text = g_strdup_printf ("{\"event\":\"%s\"}", names[i]);

    soup_websocket_connection_send_text (connection, text);
  }
}

static void
set_up (Fixture *self, gconstpointer unused)
{
  g_autoptr (GError) error = NULL;
  GSList *uris;

  self->server = soup_server_new (NULL, NULL);
  soup_server_add_handler (self->server, "/thing", request_cb, self, NULL);
  soup_server_add_websocket_handler (self->server, "/api/v4/websocket", NULL, NULL, socket_cb, self,
                                     NULL);
  soup_server_listen_local (self->server, 0, SOUP_SERVER_LISTEN_IPV4_ONLY, &error);
  g_assert_no_error (error);
  uris = soup_server_get_uris (self->server);
  self->proxy = uc_fault_proxy_new ((guint16) g_uri_get_port (uris->data));
  g_slist_free_full (uris, (GDestroyNotify) g_uri_unref);
}

static void
tear_down (Fixture *self, gconstpointer unused)
{
  uc_fault_proxy_free (self->proxy);
  soup_server_disconnect (self->server);
  g_clear_object (&self->socket);
  g_object_unref (self->server);
}

static void
over_cb (gpointer is_over)
{
  *(gboolean *) is_over = TRUE;
}

static void
run (guint ms)
{
  gboolean is_over = FALSE;

  g_timeout_add_once (ms, over_cb, &is_over);
  while (!is_over)
    g_main_context_iteration (NULL, TRUE);
}

/* -- The client ------------------------------------------------------------------------- */

typedef struct {
  GSocketConnection *connection;  /* (owned) */
  GCancellable      *cancellable; /* (owned) */
  GString           *got;
  gboolean           is_over; /* closed or reset by the other side */
  gboolean           is_reading;
  char               buffer[1024];
} Client;

static void read_on (Client *self);

static void
read_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Client *self = user_data;
  gssize  length = g_input_stream_read_finish (G_INPUT_STREAM (source), result, NULL);

  self->is_reading = FALSE;
  if (length > 0) {
    g_string_append_len (self->got, self->buffer, length);
    read_on (self);
  } else {
    self->is_over = TRUE;
  }
}

static void
read_on (Client *self)
{
  self->is_reading = TRUE;
  g_input_stream_read_async (g_io_stream_get_input_stream (G_IO_STREAM (self->connection)),
                             self->buffer, sizeof self->buffer, G_PRIORITY_DEFAULT,
                             self->cancellable, read_cb, self);
}

static void
client_free (Client *self)
{
  g_cancellable_cancel (self->cancellable);
  while (self->is_reading)
    g_main_context_iteration (NULL, TRUE);
  g_object_unref (self->connection);
  g_object_unref (self->cancellable);
  g_string_free (self->got, TRUE);
  g_free (self);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Client, client_free)

static Client *
client_new (Fixture *fixture)
{
  Client *self = g_new0 (Client, 1);
  g_autoptr (GSocketClient) connector = g_socket_client_new ();
  g_autoptr (GUri) site = g_uri_parse (uc_fault_proxy_get_site (fixture->proxy), 0, NULL);
  g_autoptr (GError) error = NULL;

  /* The kernel takes it; the proxy sees it in the main loop. */
  self->connection = g_socket_client_connect_to_host (
      connector, "127.0.0.1", (guint16) g_uri_get_port (site), NULL, &error);
  g_assert_no_error (error);
  self->cancellable = g_cancellable_new ();
  self->got = g_string_new (NULL);
  read_on (self);
  return self;
}

static void
ask (Client *self)
{
  g_output_stream_write_all (g_io_stream_get_output_stream (G_IO_STREAM (self->connection)),
                             REQUEST, strlen (REQUEST), NULL, NULL, NULL);
}

static gboolean
is_over (gpointer user_data)
{
  return ((Client *) user_data)->is_over;
}

/* -- Requests and answers --------------------------------------------------------------- */

typedef enum {
  GETS_ALL,   /* the server's answer */
  GETS_OTHER, /* the fault's */
  GETS_PART,  /* the beginning of the server's */
  GETS_NOTHING,
} Gets;

static const struct {
  const char *name;
  UcFault     fault;
  guint       n_requests; /* that the server got */
  Gets        gets;
  gboolean    is_over;
} cases[] = {
  { "reset", { UC_FAULT_RESET, "POST /thing", 1 }, 0, GETS_NOTHING, TRUE },
  { "stall", { UC_FAULT_STALL, "POST /thing", 1 }, 0, GETS_NOTHING, FALSE },
  { "cut", { UC_FAULT_CUT, "POST /thing", 1, 0, 10 }, 0, GETS_NOTHING, TRUE },
  { "answer", { UC_FAULT_ANSWER, "POST /thing", 1, 0, 0, OTHER }, 0, GETS_OTHER, TRUE },
  { "twice", { UC_FAULT_TWICE, "POST /thing", 1 }, 2, GETS_ALL, FALSE },
  { "swallow", { UC_FAULT_SWALLOW, "POST /thing", 1 }, 1, GETS_NOTHING, TRUE },
  { "stall-answer", { UC_FAULT_STALL_ANSWER, "POST /thing", 1 }, 1, GETS_NOTHING, FALSE },
  { "truncate", { UC_FAULT_TRUNCATE, "POST /thing", 1, 0, 20 }, 1, GETS_PART, TRUE },
  { "replace", { UC_FAULT_REPLACE, "POST /thing", 1, 0, 0, OTHER }, 1, GETS_OTHER, TRUE },
  { "go-down", { UC_FAULT_GO_DOWN, "POST /thing", 1 }, 1, GETS_NOTHING, TRUE },
  { "of-another", { UC_FAULT_RESET, "GET *", 1 }, 1, GETS_ALL, FALSE },
};

/* What is to come of a request. */
typedef struct {
  Fixture *fixture;
  Client  *client;
  guint    n_requests; /* in all */
  Gets     gets;
  gint64   value;
  gboolean is_over;
} Wanted;

static gboolean
has_got (const Wanted *wanted)
{
  const GString *got = wanted->client->got;

  switch (wanted->gets) {
  case GETS_ALL:
    return g_str_has_prefix (got->str, "HTTP/1.1 200 ") &&
           g_str_has_suffix (got->str, "\r\n\r\n" BODY) &&
           strstr (got->str, BODY) == got->str + got->len - strlen (BODY);
  case GETS_OTHER:
    return g_str_equal (got->str, OTHER);
  case GETS_PART:
    return g_str_has_prefix (got->str, "HTTP/1.1 200 ") && got->len == (gsize) wanted->value;
  case GETS_NOTHING:
  default:
    return got->len == 0;
  }
}

static gboolean
is_so (gpointer user_data)
{
  const Wanted *wanted = user_data;

  return wanted->fixture->n_requests == wanted->n_requests && has_got (wanted) &&
         wanted->client->is_over == wanted->is_over;
}

/* Waits for it, and that it stays so. */
static void
check (Fixture *fixture, Client *client, guint n_requests, Gets gets, gint64 value, gboolean ends)
{
  Wanted wanted = { fixture, client, n_requests, gets, value, ends };

  uc_test_wait_until (is_so, &wanted, LIMIT_MS);
  run (SILENCE_MS);
  g_assert_true (is_so (&wanted));
}

static void
test_requests (Fixture *self, gconstpointer unused)
{
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autoptr (Client) client = client_new (self);
    g_autoptr (Client) next = NULL;

    g_test_message ("%s", cases[i].name);
    self->n_requests = 0;
    uc_fault_proxy_put (self->proxy, &cases[i].fault);
    ask (client);
    check (self, client, cases[i].n_requests, cases[i].gets, cases[i].fault.value,
           cases[i].is_over);

    /* What was stalled is reset, and the next request passes. */
    uc_fault_proxy_lift (self->proxy);
    if (cases[i].gets != GETS_ALL)
      uc_test_wait_until (is_over, client, LIMIT_MS);
    next = client_new (self);
    ask (next);
    check (self, next, cases[i].n_requests + 1, GETS_ALL, 0, FALSE);
  }
}

static void
test_delay (Fixture *self, gconstpointer unused)
{
  g_autoptr (Client) client = client_new (self);

  uc_fault_proxy_put (self->proxy, &(UcFault){ UC_FAULT_DELAY, "*", 1, 0, LATE_MS });
  ask (client);
  check (self, client, 1, GETS_NOTHING, 0, FALSE);
  check (self, client, 1, GETS_ALL, 0, FALSE);
}

/* The second of three. */
static void
test_counted (Fixture *self, gconstpointer unused)
{
  static const Gets  gets[] = { GETS_ALL, GETS_OTHER, GETS_ALL };
  static const guint n_requests[] = { 1, 1, 2 };

  uc_fault_proxy_put (self->proxy, &(UcFault){ UC_FAULT_ANSWER, "*", 1, 1, 0, OTHER });
  for (guint i = 0; i < G_N_ELEMENTS (gets); i++) {
    g_autoptr (Client) client = client_new (self);

    ask (client);
    check (self, client, n_requests[i], gets[i], 0, gets[i] == GETS_OTHER);
  }
  g_assert_cmpuint (uc_fault_proxy_get_hits (self->proxy, UC_FAULT_ANSWER), ==, 1);
  g_assert_cmpuint (uc_fault_proxy_count (self->proxy, "POST /thing "), ==, 3);
}

static void
test_down (Fixture *self, gconstpointer unused)
{
  g_autoptr (Client) before = client_new (self);
  g_autoptr (Client) meanwhile = NULL;
  g_autoptr (Client) after = NULL;

  ask (before);
  check (self, before, 1, GETS_ALL, 0, FALSE);
  uc_fault_proxy_set_down (self->proxy, TRUE);
  meanwhile = client_new (self);
  ask (meanwhile);
  check (self, before, 1, GETS_ALL, 0, TRUE);
  check (self, meanwhile, 1, GETS_NOTHING, 0, TRUE);
  uc_fault_proxy_set_down (self->proxy, FALSE);
  after = client_new (self);
  ask (after);
  check (self, after, 2, GETS_ALL, 0, FALSE);
}

/* -- Events -------------------------------------------------------------------------------- */

static const struct {
  UcFaultKind kind;
  const char *match;
  const char *events;
  gboolean    is_closed;
} streams[] = {
  { UC_FAULT_EVENT_DROP, "x", "hello a b c ", FALSE },
  { UC_FAULT_EVENT_DROP, "b", "hello a c ", FALSE },
  /* The first word is never harmed. */
  { UC_FAULT_EVENT_DROP, "*", "hello b c ", FALSE },
  { UC_FAULT_EVENT_DOUBLE, "b", "hello a b b c ", FALSE },
  { UC_FAULT_EVENT_SWAP, "b", "hello a c b ", FALSE },
  { UC_FAULT_EVENT_CUT, "b", "hello a ", TRUE },
  { UC_FAULT_EVENT_STALL, "b", "hello a ", FALSE },
};

static void
message_cb (SoupWebsocketConnection *socket, int type, GBytes *bytes, GString *events)
{
  g_autofree char *text = g_strndup (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes));
  g_auto (GStrv) parts = g_strsplit (text, "\"", -1);

  g_string_append_printf (events, "%s ", parts[3]);
}

static gboolean
is_closed (gpointer socket)
{
  return soup_websocket_connection_get_state (socket) == SOUP_WEBSOCKET_STATE_CLOSED;
}

typedef struct {
  guint                    index;
  SoupWebsocketConnection *socket;
  GString                 *events;
} Stream;

static gboolean
has_events (gpointer user_data)
{
  const Stream *stream = user_data;

  return g_str_equal (stream->events->str, streams[stream->index].events) &&
         is_closed (stream->socket) == streams[stream->index].is_closed;
}

static void
test_events (Fixture *self, gconstpointer unused)
{
  g_autoptr (SoupSession) session = soup_session_new ();
  g_autofree char *address =
      g_strconcat (uc_fault_proxy_get_site (self->proxy), "/api/v4/websocket", NULL);

  for (guint i = 0; i < G_N_ELEMENTS (streams); i++) {
    g_autoptr (SoupMessage) message = soup_message_new ("GET", address);
    g_autoptr (GAsyncResult) result = NULL;
    g_autoptr (SoupWebsocketConnection) socket = NULL;
    g_autoptr (GString) events = g_string_new (NULL);
    g_autoptr (GError) error = NULL;

    uc_fault_proxy_put (self->proxy, &(UcFault){ streams[i].kind, streams[i].match, 1 });
    soup_session_websocket_connect_async (session, message, NULL, NULL, G_PRIORITY_DEFAULT, NULL,
                                          uc_test_result_cb, &result);
    socket = soup_session_websocket_connect_finish (session, uc_test_wait_result (&result), &error);
    g_assert_no_error (error);
    g_signal_connect (socket, "message", G_CALLBACK (message_cb), events);
    uc_test_wait_until (has_events, &(Stream){ i, socket, events }, LIMIT_MS);
    run (SILENCE_MS);
    g_assert_true (has_events (&(Stream){ i, socket, events }));

    uc_fault_proxy_lift (self->proxy);
    uc_fault_proxy_break_sockets (self->proxy);
    run (SILENCE_MS);
    g_assert_cmpint (soup_websocket_connection_get_state (socket), ==, SOUP_WEBSOCKET_STATE_CLOSED);
    g_signal_handlers_disconnect_by_data (socket, events);
  }
}

#define ADD(name, func)                                                                            \
  g_test_add ("/integration/fault-proxy/" name, Fixture, NULL, set_up, func, tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  ADD ("requests", test_requests);
  ADD ("delay", test_delay);
  ADD ("counted", test_counted);
  ADD ("down", test_down);
  ADD ("events", test_events);
  return g_test_run ();
}
