/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A whole client without a window, for tests. */

#include "config.h"

#include "uc-test-client.h"

#include "uc-test.h"

/* Everything here happens on one machine; but it may be a busy one. */
#define LIMIT_MS 60000

static void
open_store (UcTestClient *self)
{
  g_autofree char *path = g_build_filename (self->dir, "store.db", NULL);
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  self->store = uc_store_new (path, self->clock);
  uc_store_open_async (self->store, NULL, NULL, NULL, uc_test_result_cb, &result);
  uc_store_open_finish (self->store, uc_test_wait_result (&result), &error);
  g_assert_no_error (error);
}

static void
write_account (UcTestClient *self, const char *site, const char *user_id)
{
  UcBatch *batch = uc_batch_new ();

  uc_batch_put_fact (batch, "site", site);
  uc_batch_put_fact (batch, "user_id", user_id);
  uc_test_client_apply (self, batch);
}

UcTestClient *
uc_test_client_new (const char *site, const char *user_id, const char *token, const char *dir)
{
  UcTestClient    *self = g_new0 (UcTestClient, 1);
  g_autofree char *secrets_path = NULL;

  self->dir = dir != NULL ? g_strdup (dir) : uc_test_dup_temp_dir ();
  self->clock = uc_clock_new_system ();
  self->api = uc_api_new (site);
  uc_api_set_token (self->api, token);
  secrets_path = g_build_filename (self->dir, "token", NULL);
  self->secrets = uc_secrets_new_file (secrets_path);
  self->flags = uc_flags_new ();
  uc_flags_set_user (self->flags, user_id, "system_user");
  open_store (self);
  write_account (self, site, user_id);
  self->session =
      uc_session_new (self->store, self->api, self->secrets, self->flags, self->clock, user_id);
  return self;
}

static gboolean
is_gone (gpointer user_data)
{
  gpointer *object = user_data;

  return *object == NULL;
}

/* What is under way holds on to the session until it is told that it was cancelled. */
static void
finalize_session (UcTestClient *self)
{
  gpointer session = g_steal_pointer (&self->session);

  g_object_add_weak_pointer (session, &session);
  g_object_unref (session);
  uc_test_wait_until (is_gone, &session, LIMIT_MS);
}

void
uc_test_client_free (UcTestClient *self)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  uc_session_stop (self->session);
  finalize_session (self);
  uc_store_close_async (self->store, uc_test_result_cb, &result);
  uc_store_close_finish (self->store, uc_test_wait_result (&result), &error);
  g_assert_no_error (error);
  g_clear_object (&self->store);
  g_clear_object (&self->api);
  g_clear_object (&self->secrets);
  g_clear_object (&self->flags);
  g_clear_object (&self->clock);
  g_free (self->dir);
  g_free (self);
}

void
uc_test_client_start (UcTestClient *self)
{
  uc_session_start (self->session);
}

typedef struct {
  UcTestClient *client;
  UcSyncState   state;
} Wanted;

static gboolean
is_in_state (gpointer user_data)
{
  Wanted *wanted = user_data;

  return uc_session_get_state (wanted->client->session) == wanted->state;
}

void
uc_test_client_wait_for_state (UcTestClient *self, UcSyncState state)
{
  Wanted wanted = { self, state };

  uc_test_wait_until (is_in_state, &wanted, LIMIT_MS);
}

void
uc_test_client_settle (UcTestClient *self)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  if (uc_session_get_state (self->session) == UC_SYNC_STOPPED)
    uc_session_start (self->session);
  uc_session_settle_async (self->session, NULL, uc_test_result_cb, &result);
  uc_session_settle_finish (self->session, uc_test_wait_result (&result), &error);
  g_assert_no_error (error);
}

void
uc_test_client_send (UcTestClient *self,
                     const char   *channel_id,
                     const char   *root_key,
                     const char   *text)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  uc_session_send_async (self->session, channel_id, root_key, text, NULL, NULL, uc_test_result_cb,
                         &result);
  uc_session_send_finish (self->session, uc_test_wait_result (&result), &error);
  g_assert_no_error (error);
}

void
uc_test_client_apply (UcTestClient *self, UcBatch *batch)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  uc_store_apply_async (self->store, batch, uc_test_result_cb, &result);
  uc_store_apply_finish (self->store, uc_test_wait_result (&result), &error);
  g_assert_no_error (error);
}

GPtrArray *
uc_test_client_load (UcTestClient *self, const char *channel_id, guint limit)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (UcWindow) window = NULL;
  GPtrArray *messages = g_ptr_array_new_with_free_func ((GDestroyNotify) uc_message_unref);

  uc_store_load_window_async (self->store, channel_id, "", UC_WINDOW_NEWEST, 0, limit, NULL,
                              uc_test_result_cb, &result);
  window = uc_store_load_window_finish (self->store, uc_test_wait_result (&result), &error);
  g_assert_no_error (error);
  for (guint i = 0; i < window->messages->len; i++) {
    UcMessage *message = g_ptr_array_index (window->messages, i);

    if (!uc_post_is_system (message->post) && message->post->delete_at_ms == 0)
      g_ptr_array_add (messages, uc_message_ref (message));
  }
  return messages;
}

/* Looks once more after each commit. */
typedef struct {
  UcTestClient *client;
  const char   *channel_id;
  const char   *text;
  UcMessage    *found;
  gboolean      is_dirty;
  gboolean      is_loading;
} Search;

static void
search_changed_cb (UcStore *store, UcChangeSet *changes, Search *search)
{
  search->is_dirty = TRUE;
}

static void
search_loaded_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Search *search = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (UcWindow) window = uc_store_load_window_finish (UC_STORE (source), result, &error);

  g_assert_no_error (error);
  search->is_loading = FALSE;
  for (guint i = window->messages->len; i > 0; i--) {
    UcMessage *message = g_ptr_array_index (window->messages, i - 1);

    if (uc_post_is_system (message->post) || message->post->delete_at_ms > 0)
      continue;
    if (g_str_equal (message->post->message, search->text))
      search->found = uc_message_ref (message);
    break;
  }
}

static gboolean
search_is_over (gpointer user_data)
{
  Search *search = user_data;

  if (search->found == NULL && search->is_dirty && !search->is_loading) {
    search->is_dirty = FALSE;
    search->is_loading = TRUE;
    uc_store_load_window_async (search->client->store, search->channel_id, "", UC_WINDOW_NEWEST, 0,
                                10, NULL, search_loaded_cb, search);
  }
  return search->found != NULL && !search->is_loading;
}

UcMessage *
uc_test_client_wait_for_text (UcTestClient *self, const char *channel_id, const char *text)
{
  Search search = { .client = self, .channel_id = channel_id, .text = text, .is_dirty = TRUE };
  gulong changed_id =
      g_signal_connect (self->store, "changed", G_CALLBACK (search_changed_cb), &search);

  uc_test_wait_until (search_is_over, &search, LIMIT_MS);
  g_signal_handler_disconnect (self->store, changed_id);
  return search.found;
}

GPtrArray *
uc_test_client_load_outbox (UcTestClient *self)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  GPtrArray *rows;

  uc_store_load_outbox_async (self->store, NULL, uc_test_result_cb, &result);
  rows = uc_store_load_outbox_finish (self->store, uc_test_wait_result (&result), &error);
  g_assert_no_error (error);
  return rows;
}

GArray *
uc_test_client_load_spans (UcTestClient *self, const char *channel_id)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  GArray *spans;

  uc_store_load_spans_async (self->store, channel_id, NULL, uc_test_result_cb, &result);
  spans = uc_store_load_spans_finish (self->store, uc_test_wait_result (&result), &error);
  g_assert_no_error (error);
  return spans;
}

UcChannelState *
uc_test_client_load_channel (UcTestClient *self, const char *channel_id)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) states = NULL;

  uc_store_load_channels_async (self->store, channel_id, NULL, uc_test_result_cb, &result);
  states = uc_store_load_channels_finish (self->store, uc_test_wait_result (&result), &error);
  g_assert_no_error (error);
  return states->len > 0 ? g_ptr_array_steal_index (states, 0) : NULL;
}

typedef struct {
  UcTestClient *client;
  gboolean      is_dirty;
  gboolean      is_loading;
  gboolean      is_empty;
} Drain;

static void
drain_changed_cb (UcStore *store, UcChangeSet *changes, Drain *drain)
{
  drain->is_dirty = TRUE;
}

static void
drain_loaded_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Drain *drain = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) rows = uc_store_load_outbox_finish (UC_STORE (source), result, &error);

  g_assert_no_error (error);
  drain->is_loading = FALSE;
  drain->is_empty = rows->len == 0;
}

static gboolean
drain_is_over (gpointer user_data)
{
  Drain *drain = user_data;

  if (!drain->is_empty && drain->is_dirty && !drain->is_loading) {
    drain->is_dirty = FALSE;
    drain->is_loading = TRUE;
    uc_store_load_outbox_async (drain->client->store, NULL, drain_loaded_cb, drain);
  }
  return drain->is_empty && !drain->is_loading;
}

void
uc_test_client_wait_outbox_empty (UcTestClient *self)
{
  Drain    drain = { .client = self, .is_dirty = TRUE };
  UcBatch *batch = uc_batch_new ();
  gulong   changed_id =
      g_signal_connect (self->store, "changed", G_CALLBACK (drain_changed_cb), &drain);

  /* Behind whatever was queued a moment ago. */
  uc_batch_put_fact (batch, "waited", "yes");
  uc_test_client_apply (self, batch);
  uc_test_wait_until (drain_is_over, &drain, LIMIT_MS);
  g_signal_handler_disconnect (self->store, changed_id);
}
