/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* HTTP over plain sockets that block, so that a client costs next to nothing. Whatever
 * fails ends the program. */

/* A connection to this machine. */
int  uc_bench_socket_open (guint16 port);
void uc_bench_socket_write (int fd, const char *text, gsize length);
/* One request as text; @path below /api/v4, @token (nullable). */
char *
uc_bench_dup_request (const char *method, const char *path, const char *token, const char *body);
/* The length of the first whole answer in @text, 0 when there is none yet. */
gsize uc_bench_find_answer (const char *text, gsize length);
/* Reads one whole answer into @answer; its status. */
int uc_bench_socket_read (int fd, GString *answer);

G_END_DECLS
