/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A proxy that misbehaves on demand: holds the faults, and finds the one that strikes.
 * How it is done to a connection is not known here. */

#include "config.h"

#include "uc-fault-proxy.h"

#include "uc-fault-connection.h"

#include <stdio.h>

/* A fault that was put. */
typedef struct {
  UcFault       value; /* its texts are owned */
  GPatternSpec *pattern;
  guint         n_seen;
} Rule;

struct _UcFaultProxy {
  GSocketService *service; /* (owned) */
  guint16         server_port;
  char           *site;
  GPtrArray      *connections; /* (owned) (element-type UcFaultConnection) */
  GPtrArray      *requests;    /* (owned) (element-type utf8) */
  GPtrArray      *rules;       /* (owned) (element-type Rule) in order of putting */
  guint           hits[UC_N_FAULTS];
  gboolean        is_down;
  gboolean        is_refusing;
  FILE           *trace; /* (owned) (nullable) */
};

static void
rule_free (gpointer data)
{
  Rule *rule = data;

  g_free ((char *) rule->value.match);
  g_free ((char *) rule->value.answer);
  g_pattern_spec_free (rule->pattern);
  g_free (rule);
}

static gboolean
is_of_event (UcFaultKind kind)
{
  return kind >= UC_FAULT_EVENT_DROP;
}

/* -- Judging ------------------------------------------------------------------------- */

static gboolean
strikes (Rule *rule, gboolean is_event, const char *name)
{
  if (is_of_event (rule->value.kind) != is_event ||
      !g_pattern_spec_match_string (rule->pattern, name))
    return FALSE;
  rule->n_seen++;
  return rule->n_seen > rule->value.skip &&
         (rule->value.count == 0 || rule->n_seen <= rule->value.skip + rule->value.count);
}

static const UcFault *
judge (UcFaultProxy *self, gboolean is_event, const char *name)
{
  for (guint i = 0; i < self->rules->len; i++) {
    Rule *rule = g_ptr_array_index (self->rules, i);

    if (strikes (rule, is_event, name)) {
      self->hits[rule->value.kind]++;
      return &rule->value;
    }
  }
  return NULL;
}

const UcFault *
_uc_fault_proxy_judge_request (UcFaultProxy *self, const char *line)
{
  static const UcFault refused = { .kind = UC_FAULT_RESET };

  g_ptr_array_add (self->requests, g_strdup (line));
  if (self->is_refusing && strstr (line, "/api/v4/websocket") != NULL)
    return &refused;
  return judge (self, FALSE, line);
}

/* The first word of a connection, and what only it concerns, is not harmed: whoever has
 * not been greeted cannot miss anything. */
const UcFault *
_uc_fault_proxy_judge_event (UcFaultProxy *self, const char *name)
{
  return g_str_equal (name, "hello") ? NULL : judge (self, TRUE, name);
}

/* With UC_TEST_TRACE=FOLDER everything that comes by is written there, a file for each
 * proxy, named after its port. */
static FILE *
open_trace (guint port)
{
  const char      *dir = g_getenv ("UC_TEST_TRACE");
  g_autofree char *name = g_strdup_printf ("%u.log", port);
  g_autofree char *path = dir != NULL ? g_build_filename (dir, name, NULL) : NULL;

  return path != NULL ? fopen (path, "we") : NULL;
}

void
_uc_fault_proxy_trace (UcFaultProxy *self,
                       const char   *what,
                       UcFaultKind   kind,
                       gconstpointer data,
                       gsize         length)
{
  if (self->trace == NULL)
    return;
  fprintf (self->trace, "%.6f %s %d ", (double) g_get_real_time () / 1e6, what, kind);
  fwrite (data, 1, length, self->trace);
  putc ('\n', self->trace);
  fflush (self->trace);
}

void
_uc_fault_proxy_forget (UcFaultProxy *self, UcFaultConnection *connection)
{
  g_ptr_array_remove_fast (self->connections, connection);
}

/* -- Connections --------------------------------------------------------------------- */

static gboolean
incoming_cb (GSocketService    *service,
             GSocketConnection *client,
             GObject           *source,
             gpointer           user_data)
{
  UcFaultProxy *self = user_data;

  if (self->is_down)
    g_socket_close (g_socket_connection_get_socket (client), NULL);
  else
    g_ptr_array_add (self->connections, uc_fault_connection_new (self, client, self->server_port));
  return TRUE;
}

typedef gboolean (*Predicate) (UcFaultConnection *connection);

static gboolean
is_any (UcFaultConnection *connection)
{
  return TRUE;
}

/* Up to @limit of those that are so. */
static void
reset_those (UcFaultProxy *self, Predicate is_meant, guint limit)
{
  g_autoptr (GPtrArray) meant = g_ptr_array_new ();

  for (guint i = 0; i < self->connections->len && meant->len < limit; i++) {
    if (is_meant (g_ptr_array_index (self->connections, i)))
      g_ptr_array_add (meant, g_ptr_array_index (self->connections, i));
  }
  for (guint i = 0; i < meant->len; i++)
    uc_fault_connection_reset (g_ptr_array_index (meant, i));
}

UcFaultProxy *
uc_fault_proxy_new (guint16 server_port)
{
  UcFaultProxy *self = g_new0 (UcFaultProxy, 1);
  g_autoptr (GInetAddress) loopback = g_inet_address_new_loopback (G_SOCKET_FAMILY_IPV4);
  g_autoptr (GSocketAddress) wanted = g_inet_socket_address_new (loopback, 0);
  g_autoptr (GSocketAddress) address = NULL;
  g_autoptr (GError) error = NULL;

  self->server_port = server_port;
  self->connections = g_ptr_array_new_with_free_func ((GDestroyNotify) uc_fault_connection_unref);
  self->requests = g_ptr_array_new_with_free_func (g_free);
  self->rules = g_ptr_array_new_with_free_func (rule_free);
  self->service = g_socket_service_new ();
  g_socket_listener_add_address (G_SOCKET_LISTENER (self->service), wanted, G_SOCKET_TYPE_STREAM,
                                 G_SOCKET_PROTOCOL_TCP, NULL, &address, &error);
  g_assert_no_error (error);
  self->site = g_strdup_printf ("http://127.0.0.1:%u",
                                g_inet_socket_address_get_port (G_INET_SOCKET_ADDRESS (address)));
  self->trace = open_trace (g_inet_socket_address_get_port (G_INET_SOCKET_ADDRESS (address)));
  g_signal_connect (self->service, "incoming", G_CALLBACK (incoming_cb), self);
  g_socket_service_start (self->service);
  return self;
}

void
uc_fault_proxy_free (UcFaultProxy *self)
{
  g_socket_service_stop (self->service);
  g_socket_listener_close (G_SOCKET_LISTENER (self->service));
  reset_those (self, is_any, G_MAXUINT);
  g_object_unref (self->service);
  g_ptr_array_unref (self->connections);
  g_ptr_array_unref (self->requests);
  g_ptr_array_unref (self->rules);
  g_clear_pointer (&self->trace, fclose);
  g_free (self->site);
  g_free (self);
}

const char *
uc_fault_proxy_get_site (UcFaultProxy *self)
{
  return self->site;
}

void
uc_fault_proxy_set_server_port (UcFaultProxy *self, guint16 server_port)
{
  self->server_port = server_port;
}

/* -- Faults -------------------------------------------------------------------------- */

void
uc_fault_proxy_put (UcFaultProxy *self, const UcFault *fault)
{
  Rule *rule = g_new0 (Rule, 1);

  rule->value = *fault;
  rule->value.match = g_strdup (fault->match);
  rule->value.answer = g_strdup (fault->answer);
  rule->pattern = g_pattern_spec_new (fault->match);
  g_ptr_array_add (self->rules, rule);
}

void
uc_fault_proxy_lift (UcFaultProxy *self)
{
  g_ptr_array_set_size (self->rules, 0);
  self->is_down = FALSE;
  self->is_refusing = FALSE;
  reset_those (self, uc_fault_connection_is_stalled, G_MAXUINT);
}

guint
uc_fault_proxy_get_hits (UcFaultProxy *self, UcFaultKind kind)
{
  return self->hits[kind];
}

void
uc_fault_proxy_set_down (UcFaultProxy *self, gboolean is_down)
{
  self->is_down = is_down;
  if (is_down)
    reset_those (self, is_any, G_MAXUINT);
}

void
uc_fault_proxy_break_sockets (UcFaultProxy *self)
{
  reset_those (self, uc_fault_connection_is_socket, G_MAXUINT);
}

void
uc_fault_proxy_break_one (UcFaultProxy *self)
{
  reset_those (self, uc_fault_connection_is_stalled, 1);
}

void
uc_fault_proxy_refuse_sockets (UcFaultProxy *self, gboolean is_refusing)
{
  self->is_refusing = is_refusing;
}

void
uc_fault_proxy_stall_sockets (UcFaultProxy *self)
{
  for (guint i = 0; i < self->connections->len; i++) {
    UcFaultConnection *connection = g_ptr_array_index (self->connections, i);

    if (uc_fault_connection_is_socket (connection))
      uc_fault_connection_stall (connection);
  }
}

/* -- By the beginning of a request --------------------------------------------------- */

static char *
dup_glob (const char *head)
{
  return g_str_has_suffix (head, " ") ? g_strndup (head, strlen (head) - 1)
                                      : g_strconcat (head, "*", NULL);
}

/* @head NULL: takes back the faults of this kind. */
static void
put_by_head (UcFaultProxy *self,
             UcFaultKind   kind,
             const char   *head,
             guint         count,
             const char   *answer)
{
  for (guint i = self->rules->len; i > 0; i--) {
    if (((Rule *) g_ptr_array_index (self->rules, i - 1))->value.kind == kind)
      g_ptr_array_remove_index (self->rules, i - 1);
  }
  if (head != NULL) {
    g_autofree char *match = dup_glob (head);

    uc_fault_proxy_put (self, &(UcFault){ kind, match, count, 0, 0, answer });
  }
}

void
uc_fault_proxy_swallow_answer_to (UcFaultProxy *self, const char *head)
{
  self->hits[UC_FAULT_SWALLOW] = 0;
  put_by_head (self, UC_FAULT_SWALLOW, head, 1, NULL);
}

void
uc_fault_proxy_go_down_with_answer (UcFaultProxy *self)
{
  for (guint i = 0; i < self->rules->len; i++) {
    Rule *rule = g_ptr_array_index (self->rules, i);

    if (rule->value.kind == UC_FAULT_SWALLOW)
      rule->value.kind = UC_FAULT_GO_DOWN;
  }
}

gboolean
uc_fault_proxy_has_swallowed (UcFaultProxy *self)
{
  return self->hits[UC_FAULT_SWALLOW] + self->hits[UC_FAULT_GO_DOWN] > 0;
}

void
uc_fault_proxy_answer (UcFaultProxy *self, const char *head, const char *answer)
{
  put_by_head (self, UC_FAULT_ANSWER, answer != NULL ? head : NULL, 0, answer);
}

void
uc_fault_proxy_stall (UcFaultProxy *self, const char *head)
{
  put_by_head (self, UC_FAULT_STALL, head, 0, NULL);
}

void
uc_fault_proxy_drop_frame (UcFaultProxy *self)
{
  uc_fault_proxy_put (self, &(UcFault){ UC_FAULT_EVENT_DROP, "*", 1 });
}

void
uc_fault_proxy_double_frame (UcFaultProxy *self)
{
  uc_fault_proxy_put (self, &(UcFault){ UC_FAULT_EVENT_DOUBLE, "*", 1 });
}

guint
uc_fault_proxy_count (UcFaultProxy *self, const char *head)
{
  g_autofree char *match = dup_glob (head);
  g_autoptr (GPatternSpec) pattern = g_pattern_spec_new (match);
  guint n = 0;

  for (guint i = 0; i < self->requests->len; i++)
    n += g_pattern_spec_match_string (pattern, g_ptr_array_index (self->requests, i));
  return n;
}
