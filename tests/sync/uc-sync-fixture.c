/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What the tests of this room share. */

#include "config.h"

#include "uc-sync-fixture.h"

#include "uc-error.h"
#include "uc-test.h"

#define START_MS G_GINT64_CONSTANT (1795176000000)

void
uc_sync_fixture_set_up (UcSyncFixture *self, gconstpointer data)
{
  g_autofree char *path = NULL;
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  UcBatch *batch = uc_batch_new ();

  self->dir = uc_test_dup_temp_dir ();
  self->clock = uc_clock_new_fake (START_MS);
  path = g_build_filename (self->dir, "store.db", NULL);
  self->store = uc_store_new (path, self->clock);
  uc_store_open_async (self->store, NULL, NULL, NULL, uc_test_result_cb, &result);
  uc_store_open_finish (self->store, uc_test_wait_result (&result), &error);
  g_assert_no_error (error);

  self->api = uc_api_new ("http://127.0.0.1:1");
  uc_api_set_token (self->api, "tokentokentokentokentokent");
  self->flags = uc_flags_new ();
  self->context = _uc_context_new (self->store, self->api, self->flags, self->clock, UC_TEST_ME);
  uc_batch_put_fact (batch, "user_id", UC_TEST_ME);
  uc_sync_fixture_apply (self, batch);
}

static gboolean
is_gone (gpointer user_data)
{
  gpointer *object = user_data;

  return *object == NULL;
}

void
uc_sync_fixture_tear_down (UcSyncFixture *self, gconstpointer data)
{
  gpointer context = g_steal_pointer (&self->context);
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  /* What is under way still holds it. */
  g_object_add_weak_pointer (context, &context);
  g_object_unref (context);
  uc_test_wait_until (is_gone, &context, 20000);

  uc_store_close_async (self->store, uc_test_result_cb, &result);
  uc_store_close_finish (self->store, uc_test_wait_result (&result), &error);
  g_assert_no_error (error);
  g_clear_object (&self->store);
  g_clear_object (&self->api);
  g_clear_object (&self->flags);
  g_clear_object (&self->clock);
  g_free (self->dir);
}

void
uc_sync_fixture_apply (UcSyncFixture *self, UcBatch *batch)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  uc_store_apply_async (self->store, batch, uc_test_result_cb, &result);
  uc_store_apply_finish (self->store, uc_test_wait_result (&result), &error);
  g_assert_no_error (error);
}

void
uc_sync_fixture_flush (UcSyncFixture *self)
{
  UcBatch *batch = uc_batch_new ();

  uc_batch_put_fact (batch, "flushed", "yes");
  uc_sync_fixture_apply (self, batch);
}

char *
uc_sync_fixture_load_fact (UcSyncFixture *self, const char *key)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  char *value;

  uc_store_load_fact_async (self->store, key, NULL, uc_test_result_cb, &result);
  value = uc_store_load_fact_finish (self->store, uc_test_wait_result (&result), &error);
  g_assert_no_error (error);
  return value;
}

UcMessage *
uc_sync_fixture_load_message (UcSyncFixture *self, const char *post_id)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  UcMessage *message;

  uc_store_load_message_async (self->store, post_id, NULL, uc_test_result_cb, &result);
  message = uc_store_load_message_finish (self->store, uc_test_wait_result (&result), &error);
  if (message == NULL)
    g_assert_error (error, UC_ERROR, UC_ERROR_NOT_FOUND);
  return message;
}

GPtrArray *
uc_sync_fixture_load_outbox (UcSyncFixture *self)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  GPtrArray *rows;

  uc_store_load_outbox_async (self->store, NULL, uc_test_result_cb, &result);
  rows = uc_store_load_outbox_finish (self->store, uc_test_wait_result (&result), &error);
  g_assert_no_error (error);
  return rows;
}

GPtrArray *
uc_sync_fixture_load_users (UcSyncFixture *self)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  GPtrArray *users;

  uc_store_load_users_async (self->store, NULL, NULL, uc_test_result_cb, &result);
  users = uc_store_load_users_finish (self->store, uc_test_wait_result (&result), &error);
  g_assert_no_error (error);
  return users;
}

GArray *
uc_sync_fixture_load_spans (UcSyncFixture *self, const char *channel_id)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  GArray *spans;

  uc_store_load_spans_async (self->store, channel_id, NULL, uc_test_result_cb, &result);
  spans = uc_store_load_spans_finish (self->store, uc_test_wait_result (&result), &error);
  g_assert_no_error (error);
  return spans;
}

UcChannel *
uc_sync_fixture_new_channel (const char *channel_id)
{
  UcChannel *channel = uc_channel_new ();

  g_set_str (&channel->id, channel_id);
  g_set_str (&channel->name, "probe");
  channel->type = UC_CHANNEL_OPEN;
  channel->update_at_ms = 1;
  return channel;
}

UcPost *
uc_sync_fixture_new_post (const char *post_id,
                          const char *channel_id,
                          const char *user_id,
                          gint64      create_at_ms,
                          const char *message)
{
  UcPost *post = uc_post_new ();

  g_set_str (&post->id, post_id);
  g_set_str (&post->channel_id, channel_id);
  g_set_str (&post->user_id, user_id);
  g_set_str (&post->message, message);
  post->create_at_ms = create_at_ms;
  post->update_at_ms = create_at_ms;
  post->has_metadata = TRUE;
  return post;
}
