/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The life of the server. Everything that works is made in start and let go in
 * dispose, in the order in which it leans on each other. */

#include "config.h"

#include "uc-server.h"

#include "uc-exchange.h"
#include "uc-file-service.h"
#include "uc-router.h"
#include "uc-server-databases.h"
#include "uc-session-table.h"
#include "uc-status-service.h"

#define SWEEP_S     5
#define HOUSEKEEP_S 60
#define MAX_WAITING 1024
/* A search may take so long. */
#define READ_LIMIT_MS 2000

struct _UcServer {
  GObject parent_instance;

  char    *data_dir;
  char    *address;
  char    *trusted_proxy;
  char    *site_url;
  char    *url; /* (nullable) until it listens */
  UcClock *clock;
  guint    hash_cost;
  guint16  port;

  UcSite       *site;
  UcWorker     *worker;
  UcWorker     *reader;
  UcFront       front;
  SoupServer   *soup;
  guint         sweep_id;
  guint         housekeep_id;
  UcPublishFunc observe;  /* (nullable) */
  gpointer      observer; /* its argument */
};

G_DEFINE_FINAL_TYPE (UcServer, uc_server, G_TYPE_OBJECT)

/* -- Housekeeping ------------------------------------------------------------------ */

static gboolean
housekeep_in_worker (UcTxn *txn, gpointer job, GError **error)
{
  return uc_status_service_sweep (txn, error) && uc_file_service_sweep (txn, error) &&
         uc_session_table_delete_expired (txn->db, txn->now_ms, error);
}

static void
housekeep_done (gpointer job, const GError *error)
{
  if (error != NULL)
    g_warning ("Housekeeping: %s", error->message);
}

static gboolean
housekeep_cb (gpointer user_data)
{
  UcServer *self = user_data;

  uc_dispatch_push (self->front.dispatch, housekeep_in_worker, housekeep_done, NULL, NULL);
  return G_SOURCE_CONTINUE;
}

static gboolean
sweep_cb (gpointer user_data)
{
  UcServer *self = user_data;

  uc_exchange_sweep (&self->front);
  return G_SOURCE_CONTINUE;
}

/* -- HTTP -------------------------------------------------------------------------- */

static void
request_started_cb (SoupServer *soup, SoupServerMessage *message, gpointer user_data)
{
  UcServer *self = user_data;

  uc_exchange_begin (&self->front, message);
}

static void
headers_cb (SoupServer        *soup,
            SoupServerMessage *message,
            const char        *path,
            GHashTable        *query,
            gpointer           user_data)
{
  UcServer *self = user_data;

  uc_exchange_take_headers (&self->front, message);
}

static void
request_cb (SoupServer        *soup,
            SoupServerMessage *message,
            const char        *path,
            GHashTable        *query,
            gpointer           user_data)
{
  UcServer *self = user_data;

  uc_exchange_take_request (&self->front, message);
}

static gboolean
listen (UcServer *self, GError **error)
{
  g_autoptr (GInetAddress) address = g_inet_address_new_from_string (self->address);
  g_autoptr (GSocketAddress) endpoint = g_inet_socket_address_new (address, self->port);
  g_autoptr (GSocket) socket = g_socket_new (g_inet_address_get_family (address),
                                             G_SOCKET_TYPE_STREAM, G_SOCKET_PROTOCOL_TCP, error);
  GSList *uris;

  self->soup = g_object_new (SOUP_TYPE_SERVER, "server-header", NULL, NULL);
  soup_server_remove_websocket_extension (self->soup, SOUP_TYPE_WEBSOCKET_EXTENSION_DEFLATE);
  g_signal_connect_object (self->soup, "request-started", G_CALLBACK (request_started_cb), self,
                           G_CONNECT_DEFAULT);
  soup_server_add_early_handler (self->soup, NULL, headers_cb, self, NULL);
  soup_server_add_handler (self->soup, NULL, request_cb, self, NULL);
  if (socket == NULL || !g_socket_bind (socket, endpoint, TRUE, error))
    return FALSE;
  /* Everybody comes back at once when a network does. */
  g_socket_set_listen_backlog (socket, MAX_WAITING);
  if (!g_socket_listen (socket, error) || !soup_server_listen_socket (self->soup, socket, 0, error))
    return FALSE;

  uris = soup_server_get_uris (self->soup);
  self->url = g_strdup_printf (g_inet_address_get_family (address) == G_SOCKET_FAMILY_IPV6
                                   ? "http://[%s]:%d"
                                   : "http://%s:%d",
                               self->address, g_uri_get_port (uris->data));
  g_slist_free_full (uris, (GDestroyNotify) g_uri_unref);
  return TRUE;
}

/* -- Start ------------------------------------------------------------------------- */

/* The hub is made after the dispatch, and goes before it. */
static void
publish_cb (UcPush *push, gpointer user_data)
{
  UcServer *self = user_data;

  if (self->front.hub != NULL)
    uc_hub_publish (push, self->front.hub);
  if (self->observe != NULL)
    self->observe (push, self->observer);
}

static void
open_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  UcServer *self = g_task_get_source_object (task);
  GError   *error = NULL;

  if (!uc_server_databases_open_finish (result, &error)) {
    g_task_return_error (task, error);
    return;
  }
  self->front.site = self->site;
  self->front.passwords = uc_password_pool_new (self->hash_cost);
  self->front.login_limit = uc_login_limit_new ();
  self->front.guard = uc_server_guard_new (self->trusted_proxy);
  self->front.exchanges =
      g_hash_table_new_full (NULL, NULL, NULL, (GDestroyNotify) uc_exchange_unref);
  self->front.dispatch = uc_dispatch_new (self->worker, self->site, publish_cb, self);
  self->front.readers = uc_dispatch_new_reading (self->reader, self->site, READ_LIMIT_MS);
  self->front.hub = uc_hub_new (self->front.dispatch, self->site);
  if (!listen (self, &error)) {
    g_task_return_error (task, error);
    return;
  }
  self->sweep_id = g_timeout_add_seconds (SWEEP_S, sweep_cb, self);
  self->housekeep_id = g_timeout_add_seconds (HOUSEKEEP_S, housekeep_cb, self);
  g_task_return_boolean (task, TRUE);
}

/* -- Object ------------------------------------------------------------------------ */

static void
uc_server_dispose (GObject *object)
{
  UcServer *self = UC_SERVER (object);

  g_clear_handle_id (&self->sweep_id, g_source_remove);
  g_clear_handle_id (&self->housekeep_id, g_source_remove);
  if (self->soup != NULL)
    soup_server_disconnect (self->soup);
  g_clear_object (&self->soup);
  g_clear_pointer (&self->front.hub, uc_hub_free);
  g_clear_pointer (&self->front.passwords, uc_password_pool_free);
  g_clear_pointer (&self->front.readers, uc_dispatch_free);
  g_clear_pointer (&self->front.dispatch, uc_dispatch_free);
  g_clear_pointer (&self->reader, uc_worker_free);
  g_clear_pointer (&self->worker, uc_worker_free);
  g_clear_pointer (&self->front.exchanges, g_hash_table_unref);
  g_clear_pointer (&self->front.login_limit, uc_login_limit_free);
  g_clear_pointer (&self->front.guard, uc_server_guard_free);

  G_OBJECT_CLASS (uc_server_parent_class)->dispose (object);
}

static void
uc_server_finalize (GObject *object)
{
  UcServer *self = UC_SERVER (object);

  g_clear_pointer (&self->site, uc_site_free);
  g_clear_object (&self->clock);
  g_free (self->data_dir);
  g_free (self->address);
  g_free (self->trusted_proxy);
  g_free (self->site_url);
  g_free (self->url);

  G_OBJECT_CLASS (uc_server_parent_class)->finalize (object);
}

static void
uc_server_class_init (UcServerClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = uc_server_dispose;
  object_class->finalize = uc_server_finalize;
}

static void
uc_server_init (UcServer *self)
{
}

/**
 * uc_server_new:
 *
 * Returns: (transfer full): a server that does nothing yet
 */
UcServer *
uc_server_new (const UcServerOptions *options)
{
  UcServer *self = g_object_new (UC_TYPE_SERVER, NULL);

  self->data_dir = g_strdup (options->data_dir);
  self->address = g_strdup (options->address != NULL ? options->address : "127.0.0.1");
  self->trusted_proxy = g_strdup (options->trusted_proxy);
  self->site_url = g_strdup (options->site_url);
  self->clock = options->clock != NULL ? g_object_ref (options->clock) : uc_clock_new_system ();
  self->hash_cost = options->hash_cost;
  self->port = options->port;
  return self;
}

/**
 * uc_server_get_url:
 *
 * Returns: (transfer none) (nullable): where it listens
 */
const char *
uc_server_get_url (UcServer *self)
{
  return self->url;
}

/**
 * uc_server_get_dispatch:
 *
 * Returns: (transfer none) (nullable): the way to the worker, once it has started
 */
UcDispatch *
uc_server_get_dispatch (UcServer *self)
{
  return self->front.dispatch;
}

/**
 * uc_server_get_site:
 *
 * Returns: (transfer none) (nullable): what holds for the server, once it has started
 */
const UcSite *
uc_server_get_site (UcServer *self)
{
  return self->site;
}

/**
 * uc_server_count_sockets:
 * @user_id: (nullable): of one user only
 *
 * Returns: how many sockets are open
 */
guint
uc_server_count_sockets (UcServer *self, const char *user_id)
{
  if (self->front.hub == NULL)
    return 0;
  return user_id != NULL ? uc_hub_count_user (self->front.hub, user_id)
                         : uc_hub_count (self->front.hub);
}

/**
 * uc_server_set_observer:
 * @observe: (nullable): called with every committed event, on the main thread
 */
void
uc_server_set_observer (UcServer *self, UcPublishFunc observe, gpointer user_data)
{
  self->observe = observe;
  self->observer = user_data;
}

/**
 * uc_server_start_async:
 *
 * Opens the data and listens. Main thread.
 *
 * Errors: UC_ERROR_INVALID for an address that must not be bound, UC_ERROR_STORAGE,
 *   UC_ERROR_SCHEMA_TOO_NEW, those of g_socket_bind()
 */
void
uc_server_start_async (UcServer           *self,
                       GCancellable       *cancellable,
                       GAsyncReadyCallback callback,
                       gpointer            user_data)
{
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);
  GError *error = NULL;

  g_task_set_source_tag (task, uc_server_start_async);
  uc_router_check ();
  if (!uc_server_guard_check_bind (self->address, self->trusted_proxy, &error)) {
    g_task_return_error (task, error);
    return;
  }
  self->site = uc_site_new (self->data_dir, self->site_url, self->clock, &error);
  if (self->site == NULL) {
    g_task_return_error (task, error);
    return;
  }
  self->worker = uc_worker_new ("server-db");
  self->reader = uc_worker_new ("server-read");
  uc_server_databases_open_async (self->data_dir, self->worker, self->reader, open_cb,
                                  g_steal_pointer (&task));
}

/**
 * uc_server_start_finish:
 */
gboolean
uc_server_start_finish (UcServer *self, GAsyncResult *result, GError **error)
{
  return g_task_propagate_boolean (G_TASK (result), error);
}

static gboolean
do_nothing (UcTxn *txn, gpointer job, GError **error)
{
  return TRUE;
}

static void
drained (gpointer job, const GError *error)
{
  g_task_return_boolean (job, TRUE);
}

/**
 * uc_server_stop_async:
 *
 * Jobs run in their order, so when one more is done all before it are.
 */
void
uc_server_stop_async (UcServer *self, GAsyncReadyCallback callback, gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (self, NULL, callback, user_data);

  g_task_set_source_tag (task, uc_server_stop_async);
  g_clear_handle_id (&self->sweep_id, g_source_remove);
  g_clear_handle_id (&self->housekeep_id, g_source_remove);
  if (self->front.dispatch == NULL) {
    g_task_return_boolean (task, TRUE);
    return;
  }
  uc_hub_close (self->front.hub);
  uc_dispatch_push (self->front.dispatch, do_nothing, drained, g_steal_pointer (&task),
                    g_object_unref);
}

/**
 * uc_server_stop_finish:
 */
gboolean
uc_server_stop_finish (UcServer *self, GAsyncResult *result, GError **error)
{
  return g_task_propagate_boolean (G_TASK (result), error);
}
