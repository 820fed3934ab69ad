/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Passes one connection on, a whole request, answer or frame at a time, and does to it
 * what its proxy says. */

#include "config.h"

#include "uc-fault-connection.h"

#include "uc-fault-http.h"
#include "uc-fault-pump.h"

#include <sys/socket.h>

typedef enum {
  MODE_REQUEST, /* waits for one */
  MODE_ANSWER,  /* to the request that was passed on */
  MODE_FRAMES,
  MODE_STALLED,
  MODE_OVER,
} Mode;

struct _UcFaultConnection {
  UcFaultProxy      *proxy;  /* (unowned) (nullable) once it is over */
  GSocketConnection *client; /* (owned) */
  GSocketConnection *server; /* (owned) (nullable) */
  GCancellable      *cancellable;
  UcFaultPump        up;
  UcFaultPump        down;
  Mode               mode;
  gboolean           is_socket;    /* an upgrade was asked for */
  gboolean           is_late;      /* the answer is being held back */
  gboolean           ends_after;   /* when the client has got everything */
  gboolean           resets_after; /* when the server has */
  UcFault            fault;        /* of the exchange under way */
  char              *answer;       /* (owned) (nullable) its answer */
  guint              n_spare;      /* answers that nobody waits for */
  GByteArray        *held;         /* (owned) (nullable) a frame that comes after the next */
};

static void look (UcFaultConnection *self);

static void
connection_clear (gpointer data)
{
  UcFaultConnection *self = data;

  g_clear_object (&self->client);
  g_clear_object (&self->server);
  g_clear_object (&self->cancellable);
  g_clear_pointer (&self->held, g_byte_array_unref);
  g_free (self->answer);
  uc_fault_pump_clear (&self->up);
  uc_fault_pump_clear (&self->down);
}

void
uc_fault_connection_unref (UcFaultConnection *self)
{
  g_rc_box_release_full (self, connection_clear);
}

/* A reset instead of a farewell. */
static void
reset_socket (GSocketConnection *connection)
{
  const struct linger linger = { 1, 0 };
  GSocket            *socket = g_socket_connection_get_socket (connection);

  setsockopt (g_socket_get_fd (socket), SOL_SOCKET, SO_LINGER, &linger, sizeof linger);
  g_socket_close (socket, NULL);
}

static void
end (UcFaultConnection *self, gboolean is_reset)
{
  UcFaultProxy *proxy = g_steal_pointer (&self->proxy);

  if (proxy == NULL)
    return;
  self->mode = MODE_OVER;
  g_cancellable_cancel (self->cancellable);
  if (is_reset)
    reset_socket (self->client);
  else
    g_socket_close (g_socket_connection_get_socket (self->client), NULL);
  /* Libsoup warns, and tests end at warnings, of who is gone before he is looked at. */
  if (self->server != NULL)
    g_socket_close (g_socket_connection_get_socket (self->server), NULL);
  _uc_fault_proxy_forget (proxy, self);
}

void
uc_fault_connection_reset (UcFaultConnection *self)
{
  end (self, TRUE);
}

void
uc_fault_connection_stall (UcFaultConnection *self)
{
  if (self->mode != MODE_OVER)
    self->mode = MODE_STALLED;
}

gboolean
uc_fault_connection_is_socket (UcFaultConnection *self)
{
  return self->is_socket;
}

gboolean
uc_fault_connection_is_stalled (UcFaultConnection *self)
{
  return self->mode == MODE_STALLED;
}

/* -- Requests ------------------------------------------------------------------------ */

static void
answer_and_end (UcFaultConnection *self, const char *answer)
{
  self->ends_after = TRUE;
  uc_fault_pump_put (&self->down, answer, strlen (answer));
}

static void
pass_request (UcFaultConnection *self, gsize length)
{
  uc_fault_pump_put (&self->up, self->up.in->data, length);
  self->mode = MODE_ANSWER;
}

static void
strike_request (UcFaultConnection *self, gsize length)
{
  switch ((int) self->fault.kind) {
  case UC_FAULT_RESET:
    end (self, TRUE);
    break;

  case UC_FAULT_STALL:
    self->mode = MODE_STALLED;
    break;

  case UC_FAULT_CUT:
    self->resets_after = TRUE;
    pass_request (self, MIN (length, (gsize) self->fault.value));
    break;

  case UC_FAULT_ANSWER:
    answer_and_end (self, self->answer);
    break;

  case UC_FAULT_TWICE:
    self->n_spare = 1;
    uc_fault_pump_put (&self->up, self->up.in->data, length);
    pass_request (self, length);
    break;

  default:
    pass_request (self, length);
    break;
  }
}

static void
take_request (UcFaultConnection *self, gsize length)
{
  g_autofree char *line = uc_fault_dup_request_line (self->up.in);
  const UcFault   *fault;

  self->is_socket = strstr (line, "/api/v4/websocket") != NULL;
  fault = _uc_fault_proxy_judge_request (self->proxy, line);
  self->fault = fault != NULL ? *fault : (UcFault){ UC_FAULT_NONE };
  g_set_str (&self->answer, self->fault.answer);
  _uc_fault_proxy_trace (self->proxy, ">", self->fault.kind, self->up.in->data, length);
  strike_request (self, length);
  uc_fault_pump_take (&self->up, length);
}

/* -- Answers ------------------------------------------------------------------------- */

static gboolean
late_cb (gpointer user_data)
{
  UcFaultConnection *self = user_data;

  self->is_late = FALSE;
  self->fault.kind = UC_FAULT_NONE;
  look (self);
  return G_SOURCE_REMOVE;
}

static void
pass_answer (UcFaultConnection *self, gsize length)
{
  guint status = uc_fault_get_status (self->down.in);

  uc_fault_pump_put (&self->down, self->down.in->data, length);
  if (status == 101)
    self->mode = MODE_FRAMES;
  else if (status >= 200)
    self->mode = MODE_REQUEST;
}

/* FALSE: the answer stays where it is for now. */
static gboolean
strike_answer (UcFaultConnection *self, gsize length)
{
  switch ((int) self->fault.kind) {
  case UC_FAULT_DELAY:
    g_timeout_add_full (G_PRIORITY_DEFAULT, (guint) self->fault.value, late_cb,
                        g_rc_box_acquire (self), (GDestroyNotify) uc_fault_connection_unref);
    self->is_late = TRUE;
    return FALSE;

  case UC_FAULT_SWALLOW:
    end (self, TRUE);
    break;

  case UC_FAULT_STALL_ANSWER:
    self->mode = MODE_STALLED;
    break;

  case UC_FAULT_TRUNCATE:
    self->ends_after = TRUE;
    uc_fault_pump_put (&self->down, self->down.in->data,
                       CLAMP ((gsize) self->fault.value, 1, length - 1));
    self->mode = MODE_STALLED;
    break;

  case UC_FAULT_REPLACE:
    answer_and_end (self, self->answer);
    self->mode = MODE_STALLED;
    break;

  case UC_FAULT_GO_DOWN:
    uc_fault_proxy_set_down (self->proxy, TRUE);
    break;

  default:
    pass_answer (self, length);
    break;
  }
  return TRUE;
}

static gboolean
take_answer (UcFaultConnection *self, gsize length)
{
  if (!self->is_late)
    _uc_fault_proxy_trace (self->proxy, "<", self->fault.kind, self->down.in->data, length);
  if (self->n_spare > 0)
    self->n_spare--;
  else if (!strike_answer (self, length))
    return FALSE;
  uc_fault_pump_take (&self->down, length);
  return TRUE;
}

/* -- Frames -------------------------------------------------------------------------- */

static void
pass_frame (UcFaultConnection *self, gsize length)
{
  uc_fault_pump_put (&self->down, self->down.in->data, length);
  if (self->held != NULL)
    uc_fault_pump_put (&self->down, self->held->data, self->held->len);
  g_clear_pointer (&self->held, g_byte_array_unref);
}

static void
take_frame (UcFaultConnection *self, gsize length)
{
  const guint8    *data = self->down.in->data;
  g_autofree char *name = uc_fault_dup_event_name (data, length);
  const UcFault   *fault = name != NULL ? _uc_fault_proxy_judge_event (self->proxy, name) : NULL;

  _uc_fault_proxy_trace (self->proxy, "=", fault != NULL ? fault->kind : UC_FAULT_NONE, data,
                         length);
  switch (fault != NULL ? (int) fault->kind : UC_FAULT_NONE) {
  case UC_FAULT_EVENT_DROP:
    break;

  case UC_FAULT_EVENT_DOUBLE:
    uc_fault_pump_put (&self->down, data, length);
    pass_frame (self, length);
    break;

  case UC_FAULT_EVENT_SWAP:
    if (self->held == NULL)
      self->held = g_byte_array_append (g_byte_array_new (), data, (guint) length);
    else
      pass_frame (self, length);
    break;

  case UC_FAULT_EVENT_CUT:
    uc_fault_pump_put (&self->down, data, length / 2);
    self->ends_after = TRUE;
    self->mode = MODE_STALLED;
    break;

  case UC_FAULT_EVENT_STALL:
    self->mode = MODE_STALLED;
    break;

  default:
    pass_frame (self, length);
    break;
  }
  uc_fault_pump_take (&self->down, length);
}

/* -- Reading ------------------------------------------------------------------------- */

/* TRUE when there may be more to do. */
static gboolean
look_once (UcFaultConnection *self)
{
  gsize length;

  switch (self->mode) {
  case MODE_REQUEST:
    length = uc_fault_measure_request (self->up.in);
    if (length > 0)
      take_request (self, length);
    return length > 0;

  case MODE_ANSWER:
    /* The body of a request that asked first: our clients do not send ahead. */
    if (self->up.in->len > 0) {
      uc_fault_pump_put (&self->up, self->up.in->data, self->up.in->len);
      g_byte_array_set_size (self->up.in, 0);
    }
    length = uc_fault_measure_answer (self->down.in);
    return length > 0 && !self->is_late && take_answer (self, length);

  case MODE_FRAMES:
    if (self->up.in->len > 0) {
      uc_fault_pump_put (&self->up, self->up.in->data, self->up.in->len);
      g_byte_array_set_size (self->up.in, 0);
    }
    length = uc_fault_measure_frame (self->down.in);
    if (length > 0)
      take_frame (self, length);
    return length > 0;

  case MODE_STALLED:
  case MODE_OVER:
  default:
    return FALSE;
  }
}

static void
look (UcFaultConnection *self)
{
  g_rc_box_acquire (self);
  while (look_once (self))
    ;
  uc_fault_connection_unref (self);
}

static void
came_cb (gpointer owner, UcFaultPump *pump)
{
  UcFaultConnection *self = owner;

  if (self->mode == MODE_STALLED)
    uc_fault_pump_take (pump, pump->in->len);
  else
    look (self);
}

/* What came without a length is whole with the end. */
static void
ended_cb (gpointer owner, UcFaultPump *pump)
{
  UcFaultConnection *self = owner;

  if (self->mode == MODE_STALLED && pump == &self->down)
    return;
  if (pump == &self->down && self->mode == MODE_ANSWER && pump->in->len > 0) {
    self->ends_after = TRUE;
    uc_fault_pump_put (pump, pump->in->data, pump->in->len);
    return;
  }
  end (self, FALSE);
}

static void
left_cb (gpointer owner, UcFaultPump *pump)
{
  UcFaultConnection *self = owner;

  if (pump == &self->down && self->ends_after)
    end (self, FALSE);
  else if (pump == &self->up && self->resets_after)
    end (self, TRUE);
}

static void
failed_cb (gpointer owner)
{
  end (owner, TRUE);
}

static void
unref_cb (gpointer owner)
{
  uc_fault_connection_unref (owner);
}

static const UcFaultPumpClass pump_class = { came_cb, ended_cb, left_cb, failed_cb, unref_cb };

static void
connected_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  UcFaultConnection *self = user_data;

  self->server = g_socket_client_connect_finish (G_SOCKET_CLIENT (source), result, NULL);
  if (self->server == NULL || self->mode == MODE_OVER) {
    end (self, TRUE);
  } else {
    uc_fault_pump_init (&self->up, self, &pump_class, G_IO_STREAM (self->client),
                        G_IO_STREAM (self->server), self->cancellable);
    uc_fault_pump_init (&self->down, self, &pump_class, G_IO_STREAM (self->server),
                        G_IO_STREAM (self->client), self->cancellable);
    uc_fault_pump_read (&self->up);
    uc_fault_pump_read (&self->down);
  }
  uc_fault_connection_unref (self);
}

UcFaultConnection *
uc_fault_connection_new (UcFaultProxy *proxy, GSocketConnection *client, guint16 server_port)
{
  UcFaultConnection *self = g_rc_box_new0 (UcFaultConnection);
  g_autoptr (GSocketClient) connector = g_socket_client_new ();

  self->proxy = proxy;
  self->client = g_object_ref (client);
  self->cancellable = g_cancellable_new ();
  g_socket_client_connect_to_host_async (connector, "127.0.0.1", server_port, self->cancellable,
                                         connected_cb, g_rc_box_acquire (self));
  return self;
}
