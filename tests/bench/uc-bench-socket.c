/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What clients that only measure a server speak with. */

#include "config.h"

#include "uc-bench-socket.h"

#include <errno.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#define BUFFER 65536

int
uc_bench_socket_open (guint16 port)
{
  struct sockaddr_in address = { .sin_family = AF_INET,
                                 .sin_port = htons (port),
                                 .sin_addr.s_addr = htonl (INADDR_LOOPBACK) };
  int                fd = socket (AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  int                one = 1;

  setsockopt (fd, IPPROTO_TCP, TCP_NODELAY, &one, sizeof one);
  if (connect (fd, (struct sockaddr *) &address, sizeof address) != 0)
    g_error ("connect: %s", g_strerror (errno));
  return fd;
}

void
uc_bench_socket_write (int fd, const char *text, gsize length)
{
  while (length > 0) {
    gssize n = write (fd, text, length);

    if (n <= 0)
      g_error ("write: %s", g_strerror (errno));
    text += n;
    length -= (gsize) n;
  }
}

char *
uc_bench_dup_request (const char *method, const char *path, const char *token, const char *body)
{
  return g_strdup_printf (
      "%s /api/v4%s HTTP/1.1\r\nHost: 127.0.0.1\r\n%s%s%s"
      "Content-Type: application/json\r\nContent-Length: %" G_GSIZE_FORMAT "\r\n\r\n%s",
      method, path, token != NULL ? "Authorization: Bearer " : "", token != NULL ? token : "",
      token != NULL ? "\r\n" : "", strlen (body), body);
}

gsize
uc_bench_find_answer (const char *text, gsize length)
{
  const char *end = g_strstr_len (text, (gssize) length, "\r\n\r\n");
  const char *field = end != NULL ? g_strstr_len (text, end - text, "Content-Length: ") : NULL;
  gsize       whole;

  if (end == NULL)
    return 0;
  whole = (gsize) (end + 4 - text) + (field != NULL ? (gsize) atoi (field + 16) : 0);
  return whole <= length ? whole : 0;
}

int
uc_bench_socket_read (int fd, GString *answer)
{
  char buffer[BUFFER];

  g_string_truncate (answer, 0);
  while (uc_bench_find_answer (answer->str, answer->len) == 0) {
    gssize n = read (fd, buffer, sizeof buffer);

    if (n <= 0)
      g_error ("read: %s", g_strerror (errno));
    g_string_append_len (answer, buffer, n);
  }
  return atoi (answer->str + strlen ("HTTP/1.1 "));
}
