/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Copies bytes from one socket to the other. Requests are told by their first line: a
 * client sends the next when it has the answer, so that each begins what is read. */

#include "config.h"

#include "uc-bench-relay.h"

#include "uc-bench-socket.h"

#include <errno.h>
#include <netinet/in.h>
#include <poll.h>
#include <signal.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#define MAX_PAIRS   64
#define MAX_LINES   8192
#define LINE_LENGTH 160
#define BUFFER      65536

/* Seen by both processes; the relay alone counts. */
typedef struct {
  guint   server_port;
  guint   is_refusing;
  guint   n_requests;
  guint64 n_up;
  guint64 n_down;
  char    lines[MAX_LINES][LINE_LENGTH];
} Shared;

struct _UcBenchRelay {
  Shared *shared;
  pid_t   pid;
  guint16 port;
};

/* -- In the relay's process: nothing here allocates ------------------------------------ */

static struct pollfd ends[1 + 2 * MAX_PAIRS]; /* the listener, then client and server in turn */

static void
drop (guint pair)
{
  close (ends[1 + 2 * pair].fd);
  close (ends[2 + 2 * pair].fd);
  ends[1 + 2 * pair].fd = ends[2 + 2 * pair].fd = -1;
}

static void
take_connection (Shared *shared)
{
  int   client = accept (ends[0].fd, NULL, NULL);
  guint pair = 0;

  while (pair < MAX_PAIRS && ends[1 + 2 * pair].fd >= 0)
    pair++;
  if (client < 0 || pair == MAX_PAIRS)
    g_error ("relay: %s", pair == MAX_PAIRS ? "too many connections" : g_strerror (errno));
  ends[1 + 2 * pair] = (struct pollfd){ client, POLLIN, 0 };
  ends[2 + 2 * pair] =
      (struct pollfd){ uc_bench_socket_open ((guint16) shared->server_port), POLLIN, 0 };
}

static gboolean
is_request (const char *text, gsize length)
{
  static const char *const methods[] = { "GET /", "POST /", "PUT /", "DELETE /", "PATCH /" };

  for (guint i = 0; i < G_N_ELEMENTS (methods); i++)
    if (length > strlen (methods[i]) && memcmp (text, methods[i], strlen (methods[i])) == 0)
      return TRUE;
  return FALSE;
}

/* FALSE: it is not let through. */
static gboolean
note_request (Shared *shared, const char *text, gsize length)
{
  char       *line = shared->lines[shared->n_requests % MAX_LINES];
  const char *end = memchr (text, '\r', length);
  gsize       n = MIN (end != NULL ? (gsize) (end - text) : length, LINE_LENGTH - 1);

  memcpy (line, text, n);
  line[n] = '\0';
  __atomic_add_fetch (&shared->n_requests, 1, __ATOMIC_RELEASE);
  return !shared->is_refusing || strstr (line, "/websocket") == NULL;
}

static gboolean
pass (Shared *shared, guint end)
{
  static char buffer[BUFFER];
  gboolean    is_up = end % 2 == 1;
  int         to = ends[is_up ? end + 1 : end - 1].fd;
  gssize      n = read (ends[end].fd, buffer, sizeof buffer);

  if (n <= 0)
    return FALSE;
  if (is_up && is_request (buffer, (gsize) n) && !note_request (shared, buffer, (gsize) n))
    return FALSE;
  __atomic_add_fetch (is_up ? &shared->n_up : &shared->n_down, (guint64) n, __ATOMIC_RELAXED);
  for (gssize done = 0; done < n;) {
    gssize written = send (to, buffer + done, (gsize) (n - done), MSG_NOSIGNAL);

    if (written <= 0)
      return FALSE;
    done += written;
  }
  return TRUE;
}

static void
run (Shared *shared, int listener)
{
  prctl (PR_SET_PDEATHSIG, SIGKILL);
  for (guint i = 0; i < G_N_ELEMENTS (ends); i++)
    ends[i] = (struct pollfd){ -1, POLLIN, 0 };
  ends[0].fd = listener;
  while (poll (ends, G_N_ELEMENTS (ends), -1) > 0 || errno == EINTR) {
    for (guint i = 1; i < G_N_ELEMENTS (ends); i++)
      if (ends[i].fd >= 0 && ends[i].revents != 0 && !pass (shared, i))
        drop ((i - 1) / 2);
    if (ends[0].revents != 0)
      take_connection (shared);
  }
  _exit (1);
}

/* -- In the caller's -------------------------------------------------------------------- */

UcBenchRelay *
uc_bench_relay_new (void)
{
  UcBenchRelay      *self = g_new0 (UcBenchRelay, 1);
  struct sockaddr_in address = { .sin_family = AF_INET,
                                 .sin_addr.s_addr = htonl (INADDR_LOOPBACK) };
  socklen_t          length = sizeof address;
  int                listener = socket (AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);

  self->shared =
      mmap (NULL, sizeof (Shared), PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
  if (self->shared == MAP_FAILED || bind (listener, (struct sockaddr *) &address, length) != 0 ||
      listen (listener, 64) != 0 ||
      getsockname (listener, (struct sockaddr *) &address, &length) != 0)
    g_error ("relay: %s", g_strerror (errno));
  self->port = ntohs (address.sin_port);
  self->pid = fork ();
  if (self->pid < 0)
    g_error ("fork: %s", g_strerror (errno));
  if (self->pid == 0)
    run (self->shared, listener);
  close (listener);
  return self;
}

void
uc_bench_relay_free (UcBenchRelay *self)
{
  kill (self->pid, SIGKILL);
  waitpid (self->pid, NULL, 0);
  munmap (self->shared, sizeof (Shared));
  g_free (self);
}

void
uc_bench_relay_set_server (UcBenchRelay *self, guint16 port)
{
  self->shared->server_port = port;
}

char *
uc_bench_relay_dup_site (UcBenchRelay *self)
{
  return g_strdup_printf ("http://127.0.0.1:%u", self->port);
}

void
uc_bench_relay_refuse_sockets (UcBenchRelay *self, gboolean is_refusing)
{
  self->shared->is_refusing = is_refusing;
}

UcBenchTraffic
uc_bench_relay_get_traffic (UcBenchRelay *self)
{
  UcBenchTraffic traffic = {
    .n_up = __atomic_load_n (&self->shared->n_up, __ATOMIC_RELAXED),
    .n_down = __atomic_load_n (&self->shared->n_down, __ATOMIC_RELAXED),
    .n_requests = __atomic_load_n (&self->shared->n_requests, __ATOMIC_ACQUIRE),
  };

  return traffic;
}

/* "GET /api/v4/channels/-/posts?since": without what differs from channel to channel. */
static char *
dup_kind (const char *line)
{
  g_auto (GStrv) words = g_strsplit (line, " ", 3);
  g_auto (GStrv) halves = g_strsplit (words[1], "?", 2);
  g_auto (GStrv) parts = g_strsplit (halves[0], "/", -1);
  g_autofree char *path = NULL;
  char            *value = halves[1] != NULL ? strchr (halves[1], '=') : NULL;

  for (guint i = 0; parts[i] != NULL; i++)
    if (strlen (parts[i]) == 26)
      g_set_str (&parts[i], "-");
  if (value != NULL)
    *value = '\0';
  path = g_strjoinv ("/", parts);
  return g_strconcat (words[0], " ", path, value != NULL ? "?" : NULL,
                      value != NULL ? halves[1] : "", NULL);
}

void
uc_bench_relay_print_requests (UcBenchRelay *self, guint first)
{
  g_autoptr (GHashTable) counts = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  guint          n = uc_bench_relay_get_traffic (self).n_requests;
  GHashTableIter iter;
  gpointer       kind, count;

  for (guint i = n > MAX_LINES ? MAX (first, n - MAX_LINES) : first; i < n; i++) {
    char *name = dup_kind (self->shared->lines[i % MAX_LINES]);

    count = g_hash_table_lookup (counts, name);
    g_hash_table_replace (counts, name, GUINT_TO_POINTER (GPOINTER_TO_UINT (count) + 1));
  }
  g_hash_table_iter_init (&iter, counts);
  while (g_hash_table_iter_next (&iter, &kind, &count))
    g_print ("    %4u %s\n", GPOINTER_TO_UINT (count), (char *) kind);
}
