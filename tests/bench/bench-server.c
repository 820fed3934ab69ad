/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What a message costs on the server: alone, from 64 clients at once, to 500 members;
 * and the server's memory. The server is a process of its own, made by fork; clients
 * speak over plain sockets, so that their own cost stays small.
 *
 *   bench-server [MEMBERS] */

#define _GNU_SOURCE /* memmem */

#include "config.h"

#include "uc-bench-socket.h"
#include "uc-server.h"

#include <glib/gstdio.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/wait.h>
#include <unistd.h>

#define PASSWORD  "Probe-2026!x"
#define N_ALONE   1000
#define N_CLIENTS 64
#define N_MANY    20000
#define N_FANOUT  200
#define BUFFER    65536

static int      port;
static char    *channel_id;
static GString *answer; /* of the last call */

/* -- The server, in the child ------------------------------------------------------ */

static void
started_cb (GObject *source, GAsyncResult *result, gpointer out)
{
  g_autoptr (GError) error = NULL;
  const char *url;
  int         number;

  if (!uc_server_start_finish (UC_SERVER (source), result, &error))
    g_error ("%s", error->message);
  url = uc_server_get_url (UC_SERVER (source));
  number = atoi (strrchr (url, ':') + 1);
  if (write (GPOINTER_TO_INT (out), &number, sizeof number) != sizeof number)
    g_error ("pipe");
}

static void
serve (const char *folder, int out)
{
  const UcServerOptions options = { .data_dir = folder, .hash_cost = 1 };
  UcServer             *server = uc_server_new (&options);
  GMainLoop            *loop = g_main_loop_new (NULL, FALSE);

  uc_server_start_async (server, NULL, started_cb, GINT_TO_POINTER (out));
  g_main_loop_run (loop);
}

/* -- A client ---------------------------------------------------------------------- */

static int
call (int fd, const char *method, const char *path, const char *token, const char *body)
{
  g_autofree char *request = uc_bench_dup_request (method, path, token, body);

  uc_bench_socket_write (fd, request, strlen (request));
  return uc_bench_socket_read (fd, answer);
}

static void
must (int fd, const char *method, const char *path, const char *token, const char *body)
{
  int status = call (fd, method, path, token, body);

  if (status >= 300)
    g_error ("%s %s: %s", method, path, answer->str);
}

static char *
dup_found (const char *before, gsize length)
{
  const char *at = strstr (answer->str, before);

  if (at == NULL)
    g_error ("no %s in %s", before, answer->str);
  return g_strndup (at + strlen (before), length);
}

static char *
log_in (int fd, const char *username)
{
  g_autofree char *user =
      g_strdup_printf ("{\"login_id\":\"%s\",\"password\":\"" PASSWORD "\"}", username);

  must (fd, "POST", "/users/login", NULL, user);
  return dup_found ("Token: ", 52);
}

static char *
add_user (int fd, const char *username, const char *admin)
{
  g_autofree char *user = g_strdup_printf ("{\"username\":\"%s\",\"email\":\"%s@example.org\","
                                           "\"password\":\"" PASSWORD "\"}",
                                           username, username);

  must (fd, "POST", "/users", admin, user);
  return dup_found ("{\"id\":\"", 26);
}

/* -- Figures ----------------------------------------------------------------------- */

static int
compare (gconstpointer one, gconstpointer other)
{
  return *(const gint64 *) one < *(const gint64 *) other
             ? -1
             : *(const gint64 *) one > *(const gint64 *) other;
}

static double
get_part (GArray *times, double part)
{
  g_array_sort (times, compare);
  return (double) g_array_index (times, gint64, (guint) (part * (times->len - 1))) / 1000.;
}

static long
read_memory_kb (pid_t pid)
{
  g_autofree char *path = g_strdup_printf ("/proc/%d/status", pid);
  g_autofree char *text = NULL;
  const char      *at;

  g_file_get_contents (path, &text, NULL, NULL);
  at = text != NULL ? strstr (text, "VmRSS:") : NULL;
  return at != NULL ? atol (at + 6) : 0;
}

static double
read_cpu_s (pid_t pid)
{
  g_autofree char *path = g_strdup_printf ("/proc/%d/stat", pid);
  g_autofree char *text = NULL;
  g_auto (GStrv) fields = NULL;

  g_file_get_contents (path, &text, NULL, NULL);
  fields = g_strsplit (strrchr (text, ')') + 2, " ", -1);
  return (g_ascii_strtod (fields[11], NULL) + g_ascii_strtod (fields[12], NULL)) /
         (double) sysconf (_SC_CLK_TCK);
}

static char *
dup_post (guint n)
{
  return g_strdup_printf ("{\"channel_id\":\"%s\",\"message\":\"Blood count of bed %u is ready, "
                          "potassium slightly raised\",\"pending_post_id\":\"p:%u\"}",
                          channel_id, n, n);
}

/* The floor is a call that asks the database nothing. */
static void
measure_alone (int fd, const char *token)
{
  g_autoptr (GArray) floor = g_array_new (FALSE, FALSE, sizeof (gint64));
  g_autoptr (GArray) times = g_array_new (FALSE, FALSE, sizeof (gint64));

  for (guint i = 0; i < 2 * N_ALONE; i++) {
    g_autofree char *body = dup_post (i);
    gint64           begin = g_get_monotonic_time ();
    gint64           spent;

    if (i % 2 == 0)
      must (fd, "GET", "/system/ping", NULL, "");
    else
      must (fd, "POST", "/posts", token, body);
    spent = g_get_monotonic_time () - begin;
    g_array_append_val (i % 2 == 0 ? floor : times, spent);
  }
  printf ("create, one client: p50 %.3f ms, p95 %.3f ms (floor, a ping: %.3f ms; ratio %.1f)\n",
          get_part (times, .5), get_part (times, .95), get_part (floor, .5),
          get_part (times, .5) / get_part (floor, .5));
}

typedef struct {
  int      fd;
  GString *in;
  gint64   begin;
} Client;

static void
send_post (Client *client, const char *token, guint n)
{
  g_autofree char *body = dup_post (1000000 + n);
  g_autofree char *request = uc_bench_dup_request ("POST", "/posts", token, body);

  client->begin = g_get_monotonic_time ();
  uc_bench_socket_write (client->fd, request, strlen (request));
}

/* TRUE when a whole answer has come. */
static gboolean
take_answer (Client *client)
{
  char   buffer[BUFFER];
  gssize n = read (client->fd, buffer, sizeof buffer);
  gsize  whole;

  if (n <= 0)
    g_error ("a client was cut off");
  g_string_append_len (client->in, buffer, n);
  whole = uc_bench_find_answer (client->in->str, client->in->len);
  if (whole == 0)
    return FALSE;
  if (!g_str_has_prefix (client->in->str, "HTTP/1.1 201"))
    g_error ("%s", client->in->str);
  g_string_erase (client->in, 0, (gssize) whole);
  return TRUE;
}

static void
measure_many (const char *token, pid_t pid)
{
  g_autoptr (GArray) times = g_array_new (FALSE, FALSE, sizeof (gint64));
  Client clients[N_CLIENTS];
  int    poll_fd = epoll_create1 (EPOLL_CLOEXEC);
  guint  n_sent = 0;
  gint64 begin = g_get_monotonic_time ();
  double cpu = read_cpu_s (pid);
  double seconds;

  for (guint i = 0; i < N_CLIENTS; i++) {
    struct epoll_event event = { .events = EPOLLIN, .data.u32 = i };

    clients[i] = (Client){ uc_bench_socket_open ((guint16) port), g_string_new (NULL), 0 };
    epoll_ctl (poll_fd, EPOLL_CTL_ADD, clients[i].fd, &event);
    send_post (&clients[i], token, n_sent++);
  }
  while (times->len < N_MANY) {
    struct epoll_event events[N_CLIENTS];
    int                n = epoll_wait (poll_fd, events, N_CLIENTS, 10000);

    for (int i = 0; i < n; i++) {
      Client *client = &clients[events[i].data.u32];
      gint64  spent;

      if (!take_answer (client))
        continue;
      spent = g_get_monotonic_time () - client->begin;
      g_array_append_val (times, spent);
      send_post (client, token, n_sent++);
    }
  }
  seconds = (double) (g_get_monotonic_time () - begin) / 1e6;
  printf ("create, %u clients: %.0f a second, p50 %.2f ms, p95 %.2f ms, %.0f us of processor "
          "each\n",
          N_CLIENTS, times->len / seconds, get_part (times, .5), get_part (times, .95),
          (read_cpu_s (pid) - cpu) / times->len * 1e6);
  for (guint i = 0; i < N_CLIENTS; i++) {
    close (clients[i].fd);
    g_string_free (clients[i].in, TRUE);
  }
  close (poll_fd);
}

/* -- Many members ------------------------------------------------------------------ */

static int
open_websocket (const char *token)
{
  g_autofree char *request = g_strdup_printf (
      "GET /api/v4/websocket HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: Upgrade\r\n"
      "Upgrade: websocket\r\nSec-WebSocket-Version: 13\r\n"
      "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nAuthorization: Bearer %s\r\n\r\n",
      token);
  int  fd = uc_bench_socket_open ((guint16) port);
  char buffer[BUFFER];
  g_autoptr (GString) got = g_string_new (NULL);

  uc_bench_socket_write (fd, request, strlen (request));
  while (strstr (got->str, "\"hello\"") == NULL) {
    gssize n = read (fd, buffer, sizeof buffer);

    if (n <= 0)
      g_error ("no hello");
    for (gssize i = 0; i < n; i++)
      g_string_append_c (got, buffer[i] != '\0' ? buffer[i] : ' ');
  }
  return fd;
}

static void
settle (int poll_fd, int limit_ms)
{
  struct epoll_event events[64];
  char               buffer[BUFFER];
  int                n;

  while ((n = epoll_wait (poll_fd, events, 64, limit_ms)) > 0) {
    for (int i = 0; i < n; i++) {
      if (read (events[i].data.fd, buffer, sizeof buffer) <= 0)
        g_error ("a socket was cut off");
    }
  }
}

/* The marker of a message in what came over a socket. */
static guint
count_seen (int poll_fd, const char *marker, gint64 begin, GArray *times)
{
  struct epoll_event events[64];
  char               buffer[BUFFER];
  guint              n_seen = 0;
  int                n = epoll_wait (poll_fd, events, 64, 10000);

  if (n <= 0)
    g_error ("a message did not come");
  for (int i = 0; i < n; i++) {
    gssize length = read (events[i].data.fd, buffer, sizeof buffer);
    gint64 spent = g_get_monotonic_time () - begin;

    if (length <= 0)
      g_error ("a socket was cut off");
    if (memmem (buffer, (gsize) length, marker, strlen (marker)) == NULL)
      continue;
    g_array_append_val (times, spent);
    n_seen++;
  }
  return n_seen;
}

static void
measure_fanout (int fd, const char *token, int *sockets, guint n_members, pid_t pid)
{
  g_autoptr (GArray) times = g_array_new (FALSE, FALSE, sizeof (gint64));
  int    poll_fd = epoll_create1 (EPOLL_CLOEXEC);
  double cpu;

  for (guint i = 0; i < n_members; i++) {
    struct epoll_event event = { .events = EPOLLIN, .data.fd = sockets[i] };

    epoll_ctl (poll_fd, EPOLL_CTL_ADD, sockets[i], &event);
  }
  settle (poll_fd, 500);
  cpu = read_cpu_s (pid);
  for (guint i = 0; i < N_FANOUT; i++) {
    g_autofree char *marker = g_strdup_printf ("bed %u is", 5000000 + i);
    g_autofree char *body = dup_post (5000000 + i);
    g_autofree char *request = uc_bench_dup_request ("POST", "/posts", token, body);
    gint64           begin = g_get_monotonic_time ();
    guint            n_seen = 0;
    char             buffer[BUFFER];

    uc_bench_socket_write (fd, request, strlen (request));
    while (n_seen < n_members)
      n_seen += count_seen (poll_fd, marker, begin, times);
    if (read (fd, buffer, sizeof buffer) <= 0)
      g_error ("cut off");
    settle (poll_fd, 20);
  }
  printf ("one message to %u members: p50 %.1f ms, p95 %.1f ms, %.1f us of processor a member\n",
          n_members, get_part (times, .5), get_part (times, .95),
          (read_cpu_s (pid) - cpu) / times->len * 1e6);
  close (poll_fd);
}

static void
add_members (int fd, const char *admin, const char *team_id, guint n_members, int *sockets)
{
  g_autofree char *team_path = g_strdup_printf ("/teams/%s/members", team_id);
  g_autofree char *channel_path = g_strdup_printf ("/channels/%s/members", channel_id);
  g_auto (GStrv) tokens = g_new0 (char *, n_members + 1);

  for (guint i = 0; i < n_members; i++) {
    g_autofree char *username = g_strdup_printf ("member%u", i);
    g_autofree char *user_id = add_user (fd, username, admin);
    g_autofree char *in_team =
        g_strdup_printf ("{\"team_id\":\"%s\",\"user_id\":\"%s\"}", team_id, user_id);
    g_autofree char *in_channel = g_strdup_printf ("{\"user_id\":\"%s\"}", user_id);

    must (fd, "POST", team_path, admin, in_team);
    must (fd, "POST", channel_path, admin, in_channel);
    tokens[i] = log_in (fd, username);
  }
  /* Only now: nobody reads here while people arrive, and the server cuts off who is too
   * far behind. */
  for (guint i = 0; i < n_members; i++)
    sockets[i] = open_websocket (tokens[i]);
}

int
main (int argc, char **argv)
{
  guint             n_members = argc > 1 ? (guint) atoi (argv[1]) : 500;
  g_autofree char  *folder = g_dir_make_tmp ("uc-bench-XXXXXX", NULL);
  g_autofree int   *sockets = g_new0 (int, n_members);
  g_autofree char  *admin = NULL;
  g_autofree char  *admin_id = NULL;
  g_autofree char  *team_id = NULL;
  g_autofree char  *channel = NULL;
  const char *const cleaning[] = { "rm", "-r", folder, NULL };
  int               pipes[2];
  pid_t             pid;
  int               fd;

  if (pipe (pipes) != 0 || (pid = fork ()) < 0)
    g_error ("fork");
  if (pid == 0)
    serve (folder, pipes[1]);
  if (read (pipes[0], &port, sizeof port) != sizeof port)
    g_error ("the server did not start");
  answer = g_string_new (NULL);
  printf ("memory, idle: %.1f MB\n", (double) read_memory_kb (pid) / 1024);

  fd = uc_bench_socket_open ((guint16) port);
  admin_id = add_user (fd, "admin", NULL);
  admin = log_in (fd, "admin");
  must (fd, "POST", "/teams", admin, "{\"name\":\"bench\",\"display_name\":\"B\",\"type\":\"O\"}");
  team_id = dup_found ("{\"id\":\"", 26);
  channel = g_strdup_printf (
      "{\"team_id\":\"%s\",\"name\":\"talk\",\"display_name\":\"T\",\"type\":\"O\"}", team_id);
  must (fd, "POST", "/channels", admin, channel);
  channel_id = dup_found ("{\"id\":\"", 26);

  measure_alone (fd, admin);
  measure_many (admin, pid);
  add_members (fd, admin, team_id, n_members, sockets);
  printf ("memory, %u sockets: %.1f MB\n", n_members, (double) read_memory_kb (pid) / 1024);
  measure_fanout (fd, admin, sockets, n_members, pid);
  printf ("memory, after: %.1f MB\n", (double) read_memory_kb (pid) / 1024);

  kill (pid, SIGKILL);
  waitpid (pid, NULL, 0);
  g_spawn_sync (NULL, (char **) cleaning, NULL, G_SPAWN_SEARCH_PATH, NULL, NULL, NULL, NULL, NULL,
                NULL);
  return 0;
}
