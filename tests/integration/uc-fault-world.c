/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Sets up everything the tests of faults happen in, and brings it to rest. */

#include "config.h"

#include "uc-fault-world.h"

#include "uc-db.h"
#include "uc-test-time.h"
#include "uc-test.h"

/* Of real time. */
#define SETTLE_LIMIT_MS 40000
/* While waiting, so much time passes for the devices in every turn. */
#define TURN_MS 20
#define SKIP_MS 1000

void
uc_fault_world_start_device (UcFaultWorld *self, UcDevice *device)
{
  device->client =
      uc_test_client_new (uc_fault_proxy_get_site (device->proxy),
                          uc_test_server_get_user_id (self->server, device->username),
                          uc_test_server_get_token (self->server, device->username), device->dir);
  if (device->is_polling)
    uc_flags_set_override (device->client->flags, UC_FLAG_realtime_features, 0);
  uc_test_client_start (device->client);
}

UcFaultWorld *
uc_fault_world_new (gboolean is_polling)
{
  static const char *const names[UC_WORLD_N_CHANNELS] = { "one", "two", "three" };
  UcFaultWorld            *self = g_new0 (UcFaultWorld, 1);

  self->server = uc_test_server_new ();
  self->anna = uc_test_server_add_user (self->server, "anna");
  self->ben = uc_test_server_add_user (self->server, "ben");
  for (guint i = 0; i < UC_WORLD_N_CHANNELS; i++)
    self->channel_ids[i] =
        uc_test_server_add_channel (self->server, names[i], self->anna, self->ben, NULL);
  for (guint i = 0; i < UC_WORLD_N_DEVICES; i++) {
    UcDevice *device = &self->devices[i];

    device->username = i == 1 ? self->ben : self->anna;
    device->dir = uc_test_dup_temp_dir ();
    device->is_polling = is_polling;
    device->proxy = uc_fault_proxy_new (uc_test_server_get_port (self->server));
    uc_fault_world_start_device (self, device);
    uc_test_client_settle (device->client);
  }
  return self;
}

void
uc_fault_world_free (UcFaultWorld *self)
{
  for (guint i = 0; i < UC_WORLD_N_DEVICES; i++) {
    uc_test_client_free (self->devices[i].client);
    uc_fault_proxy_free (self->devices[i].proxy);
    g_free (self->devices[i].dir);
  }
  uc_test_server_free (self->server);
  for (guint i = 0; i < UC_WORLD_N_CHANNELS; i++)
    g_free (self->channel_ids[i]);
  g_free (self->anna);
  g_free (self->ben);
  g_free (self);
}

void
uc_fault_world_restart_device (UcFaultWorld *self, UcDevice *device)
{
  uc_test_client_free (device->client);
  uc_fault_world_start_device (self, device);
}

/* Another's server is not ours to kill, nor to make forget. */
static gboolean
is_own_server (UcFaultWorld *self)
{
  return uc_test_server_get_data_dir (self->server) != NULL;
}

void
uc_fault_world_kill_server (UcFaultWorld *self)
{
  if (self->is_server_dead || !is_own_server (self))
    return;
  uc_test_server_kill (self->server);
  self->is_server_dead = TRUE;
}

void
uc_fault_world_revive_server (UcFaultWorld *self)
{
  if (!self->is_server_dead)
    return;
  uc_test_server_restart (self->server);
  self->is_server_dead = FALSE;
}

void
uc_fault_world_forget (UcFaultWorld *self)
{
  g_autofree char *path = NULL;
  g_autoptr (GError) error = NULL;
  UcDb   *db;
  UcStmt *stmt;

  if (!is_own_server (self))
    return;
  path = g_build_filename (uc_test_server_get_data_dir (self->server), "server.db", NULL);
  db = uc_db_open (path, UC_DB_READ_WRITE, &error);
  g_assert_no_error (error);
  stmt = uc_db_prepare (db, "UPDATE posts SET pending_post_id = '' WHERE pending_post_id <> ''",
                        &error);
  g_assert_no_error (error);
  uc_stmt_run (stmt, &error);
  g_assert_no_error (error);
  uc_db_close (db);
}

/* -- Time ---------------------------------------------------------------------------- */

static void
over_cb (gpointer is_over)
{
  *(gboolean *) is_over = TRUE;
}

void
uc_fault_world_run (guint ms)
{
  gboolean is_over = FALSE;

  g_timeout_add_once (ms, over_cb, &is_over);
  while (!is_over)
    g_main_context_iteration (NULL, TRUE);
}

static gboolean
has_settled (UcDevice *device)
{
  g_autoptr (GAsyncResult) result = NULL;
  UcSyncState state = uc_session_get_state (device->client->session);

  if (state != UC_SYNC_LIVE && state != UC_SYNC_POLLING)
    return FALSE;
  if (state == UC_SYNC_POLLING && !device->is_polling)
    return FALSE;
  uc_session_settle_async (device->client->session, NULL, uc_test_result_cb, &result);
  return uc_session_settle_finish (device->client->session, uc_test_wait_result (&result), NULL);
}

/* What waits for something that was refused waits for a person. */
static gboolean
is_stuck (GPtrArray *rows, UcOutboxRow *row)
{
  if (row->state == UC_SEND_FAILED)
    return TRUE;
  for (guint i = 0; row->waits_for != NULL && i < rows->len; i++) {
    UcOutboxRow *other = g_ptr_array_index (rows, i);

    if (g_str_equal (other->op_id, row->waits_for))
      return is_stuck (rows, other);
  }
  return FALSE;
}

static gboolean
has_nothing_to_send (UcDevice *device)
{
  g_autoptr (GPtrArray) rows = uc_test_client_load_outbox (device->client);

  for (guint i = 0; i < rows->len; i++)
    if (!is_stuck (rows, g_ptr_array_index (rows, i)))
      return FALSE;
  return TRUE;
}

static guint
count_busy (UcFaultWorld *self)
{
  guint n_busy = 0;

  for (guint i = 0; i < UC_WORLD_N_DEVICES; i++)
    n_busy += !has_settled (&self->devices[i]) || !has_nothing_to_send (&self->devices[i]);
  return n_busy;
}

static void
tell_state (UcFaultWorld *self)
{
  for (guint i = 0; i < UC_WORLD_N_DEVICES; i++) {
    UcDevice *device = &self->devices[i];
    g_autoptr (GPtrArray) rows = uc_test_client_load_outbox (device->client);

    g_printerr ("device %u: state %d (%s)\n", i, uc_session_get_state (device->client->session),
                uc_session_get_state_reason (device->client->session));
    for (guint j = 0; j < rows->len; j++) {
      UcOutboxRow *row = g_ptr_array_index (rows, j);

      g_printerr ("  waits: kind %d, state %d, tries %d, post %s, waits for %s: %s (%s)\n",
                  row->kind, row->state, row->tries, row->post_id, row->waits_for, row->message,
                  row->reason);
    }
  }
}

void
uc_fault_world_settle (UcFaultWorld *self)
{
  gint64 until_us = g_get_real_time () + SETTLE_LIMIT_MS * 1000;

  uc_fault_world_revive_server (self);
  for (guint i = 0; i < UC_WORLD_N_DEVICES; i++) {
    uc_fault_proxy_lift (self->devices[i].proxy);
    uc_fault_proxy_set_server_port (self->devices[i].proxy, uc_test_server_get_port (self->server));
    uc_session_retry_now (self->devices[i].client->session);
  }
  for (guint i = 0; i < UC_WORLD_N_CHANNELS; i++)
    g_free (uc_test_server_post (self->server, NULL, self->channel_ids[i], NULL, UC_WORLD_MARK));
  while (count_busy (self) > 0) {
    if (g_get_real_time () > until_us) {
      tell_state (self);
      g_error ("The devices do not come to rest");
    }
    uc_fault_world_run (TURN_MS);
    uc_test_time_skip (SKIP_MS);
  }
}
