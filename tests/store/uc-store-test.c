/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The store under test, with a small organisation in it. */

#include "config.h"

#include "uc-store-test.h"

#include "uc-test.h"

#include <string.h>

static void
changed_cb (UcStore *store, UcChangeSet *changes, gpointer user_data)
{
  UcTestStore *self = user_data;

  g_clear_pointer (&self->last, uc_change_set_unref);
  self->last = uc_change_set_ref (changes);
  self->n_changes++;
}

void
uc_test_set (char **field, const char *value)
{
  g_free (*field);
  *field = g_strdup (value);
}

/* -- Opening -------------------------------------------------------------------------- */

static void
make_store (UcTestStore *self)
{
  self->store = uc_store_new (self->path, self->clock);
  g_signal_connect (self->store, "changed", G_CALLBACK (changed_cb), self);
}

GError *
uc_test_store_try_open (UcTestStore *self)
{
  g_autoptr (GAsyncResult) result = NULL;
  GError *error = NULL;

  uc_store_open_async (self->store, NULL, NULL, NULL, uc_test_result_cb, &result);
  uc_test_wait_result (&result);
  uc_store_open_finish (self->store, result, &error);
  return error;
}

void
uc_test_store_close (UcTestStore *self)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  uc_store_close_async (self->store, uc_test_result_cb, &result);
  uc_test_wait_result (&result);
  g_assert_true (uc_store_close_finish (self->store, result, &error));
}

void
uc_test_store_reopen (UcTestStore *self)
{
  g_autoptr (GError) error = NULL;

  uc_test_store_close (self);
  g_assert_finalize_object (self->store);
  make_store (self);
  error = uc_test_store_try_open (self);
  g_assert_no_error (error);
}

UcTestStore *
uc_test_store_new_bare (const char *path)
{
  UcTestStore     *self = g_new0 (UcTestStore, 1);
  g_autofree char *dir = NULL;

  if (path == NULL) {
    dir = uc_test_dup_temp_dir ();
    self->path = g_build_filename (dir, "store.db", NULL);
  } else {
    self->path = g_strdup (path);
  }
  self->clock = uc_clock_new_fake (TEST_NOW_MS);
  make_store (self);
  return self;
}

static void
put_people (UcBatch *batch)
{
  g_autoptr (UcUser) me = uc_test_user (TEST_ME, "me.myself", "Mina", "Meyer");
  g_autoptr (UcUser) anna = uc_test_user (TEST_ANNA, "anna.ek", "Anna", "Ek");
  g_autoptr (UcUser) ben = uc_test_user (TEST_BEN, "ben", "Benedikt", "Österreich");

  uc_batch_put_user (batch, me);
  uc_batch_put_user (batch, anna);
  uc_batch_put_user (batch, ben);
}

static void
put_channel (UcBatch *batch, const char *id, const char *name)
{
  g_autoptr (UcChannel) channel = uc_test_channel (id, name, UC_CHANNEL_OPEN);
  g_autoptr (UcMember) member = uc_test_member (id);

  uc_batch_put_channel (batch, channel);
  uc_batch_put_member (batch, member);
}

UcTestStore *
uc_test_store_new (void)
{
  UcTestStore *self = uc_test_store_new_bare (NULL);
  g_autoptr (GError) error = uc_test_store_try_open (self);
  UcBatch *batch = uc_batch_new ();

  g_assert_no_error (error);
  uc_batch_put_fact (batch, "user_id", TEST_ME);
  put_people (batch);
  put_channel (batch, TEST_CHANNEL, "station-3");
  put_channel (batch, TEST_OTHER, "town-square");
  uc_test_store_apply (self, batch);
  return self;
}

void
uc_test_store_free (UcTestStore *self)
{
  if (self->store != NULL) {
    uc_test_store_close (self);
    g_assert_finalize_object (self->store);
  }
  g_clear_object (&self->clock);
  g_clear_pointer (&self->last, uc_change_set_unref);
  g_free (self->path);
  g_free (self);
}

/* -- Writing -------------------------------------------------------------------------- */

GError *
uc_test_store_apply_failing (UcTestStore *self, UcBatch *batch)
{
  g_autoptr (GAsyncResult) result = NULL;
  GError *error = NULL;

  g_clear_pointer (&self->last, uc_change_set_unref);
  uc_store_apply_async (self->store, batch, uc_test_result_cb, &result);
  uc_test_wait_result (&result);
  uc_store_apply_finish (self->store, result, &error);
  return error;
}

void
uc_test_store_apply (UcTestStore *self, UcBatch *batch)
{
  g_autoptr (GError) error = uc_test_store_apply_failing (self, batch);

  g_assert_no_error (error);
}

/* -- Reading -------------------------------------------------------------------------- */

UcWindow *
uc_test_store_window (UcTestStore *self, const char *channel_id, const char *root_id)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  UcWindow *window;

  uc_store_load_window_async (self->store, channel_id, root_id, UC_WINDOW_NEWEST, 0, 100, NULL,
                              uc_test_result_cb, &result);
  uc_test_wait_result (&result);
  window = uc_store_load_window_finish (self->store, result, &error);
  g_assert_no_error (error);
  return window;
}

UcWindow *
uc_test_store_window_at (UcTestStore *self,
                         const char  *channel_id,
                         UcWindowKind kind,
                         gint64       seq,
                         guint        limit)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  UcWindow *window;

  uc_store_load_window_async (self->store, channel_id, "", kind, seq, limit, NULL,
                              uc_test_result_cb, &result);
  uc_test_wait_result (&result);
  window = uc_store_load_window_finish (self->store, result, &error);
  g_assert_no_error (error);
  return window;
}

UcMessage *
uc_test_store_message (UcTestStore *self, const char *id_or_key)
{
  g_autoptr (GAsyncResult) result = NULL;

  uc_store_load_message_async (self->store, id_or_key, NULL, uc_test_result_cb, &result);
  uc_test_wait_result (&result);
  return uc_store_load_message_finish (self->store, result, NULL);
}

UcChannelState *
uc_test_store_channel (UcTestStore *self, const char *channel_id)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GPtrArray) states = NULL;
  g_autoptr (GError) error = NULL;

  uc_store_load_channels_async (self->store, channel_id, NULL, uc_test_result_cb, &result);
  uc_test_wait_result (&result);
  states = uc_store_load_channels_finish (self->store, result, &error);
  g_assert_no_error (error);
  return states->len > 0 ? g_ptr_array_steal_index (states, 0) : NULL;
}

GPtrArray *
uc_test_store_outbox (UcTestStore *self)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  GPtrArray *rows;

  uc_store_load_outbox_async (self->store, NULL, uc_test_result_cb, &result);
  uc_test_wait_result (&result);
  rows = uc_store_load_outbox_finish (self->store, result, &error);
  g_assert_no_error (error);
  return rows;
}

GArray *
uc_test_store_spans (UcTestStore *self, const char *channel_id)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  GArray *spans;

  uc_store_load_spans_async (self->store, channel_id, NULL, uc_test_result_cb, &result);
  uc_test_wait_result (&result);
  spans = uc_store_load_spans_finish (self->store, result, &error);
  g_assert_no_error (error);
  return spans;
}

static gint64
get_offset (gint64 seq)
{
  return seq == 0 ? 0 : UC_SEQ_TO_MS (seq) - TEST_NOW_MS;
}

char *
uc_test_store_span_text (UcTestStore *self, const char *channel_id)
{
  g_autoptr (GArray) spans = uc_test_store_spans (self, channel_id);
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < spans->len; i++) {
    UcSpan *span = &g_array_index (spans, UcSpan, i);

    g_string_append_printf (text, "%s%s%" G_GINT64_FORMAT "..%" G_GINT64_FORMAT "%s",
                            i > 0 ? " " : "", span->reaches_start ? "^" : "",
                            get_offset (span->lo_seq), get_offset (span->hi_seq),
                            span->reaches_tip ? "$" : "");
  }
  return g_string_free (text, FALSE);
}

char *
uc_test_window_text (UcWindow *window)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < window->messages->len; i++) {
    UcMessage *message = g_ptr_array_index (window->messages, i);

    g_string_append_printf (text, "%s%s", i > 0 ? "|" : "", message->post->message);
  }
  return g_string_free (text, FALSE);
}

char *
uc_test_store_search (UcTestStore *self, const char *query)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) hits = NULL;
  GString *text;

  uc_store_search_async (self->store, query, TEST_ME, UC_SEARCH_NEWEST, 0, 50, NULL,
                         uc_test_result_cb, &result);
  uc_test_wait_result (&result);
  hits = uc_store_search_finish (self->store, result, &error);
  if (hits == NULL)
    return g_strdup_printf ("! %s", error->message);
  text = g_string_new (NULL);
  for (guint i = 0; i < hits->len; i++) {
    UcSearchHit *hit = g_ptr_array_index (hits, i);

    g_string_append_printf (text, "%s%s", i > 0 ? "|" : "", hit->message->post->message);
  }
  return g_string_free (text, FALSE);
}

/* -- Records -------------------------------------------------------------------------- */

/* A name, filled up to the length of an id. */
char *
uc_test_id (const char *name)
{
  GString *id = g_string_new (name);

  while (id->len < 26)
    g_string_append_c (id, '0');
  return g_string_free (id, FALSE);
}

UcPost *
uc_test_post (const char *name, const char *user_id, gint64 at_ms, const char *message)
{
  UcPost *post = uc_post_new ();

  g_free (post->id);
  post->id = uc_test_id (name);
  uc_test_set (&post->channel_id, TEST_CHANNEL);
  uc_test_set (&post->user_id, user_id);
  uc_test_set (&post->message, message);
  post->create_at_ms = TEST_NOW_MS + at_ms;
  post->update_at_ms = TEST_NOW_MS + at_ms;
  post->has_metadata = TRUE;
  return post;
}

UcPost *
uc_test_provisional (const char *op_id, gint64 at_ms, const char *message)
{
  UcPost *post = uc_test_post ("", TEST_ME, at_ms, message);

  g_free (post->id);
  post->id = g_strconcat ("local:", op_id, NULL);
  uc_test_set (&post->op_id, op_id);
  g_free (post->pending_post_id);
  post->pending_post_id = g_strconcat (TEST_ME, ":", op_id, NULL);
  return post;
}

UcPost *
uc_test_answer (const char *op_id, const char *name, gint64 at_ms, const char *message)
{
  UcPost *post = uc_test_post (name, TEST_ME, at_ms, message);

  uc_test_set (&post->op_id, op_id);
  g_free (post->pending_post_id);
  post->pending_post_id = g_strconcat (TEST_ME, ":", op_id, NULL);
  return post;
}

UcChannel *
uc_test_channel (const char *id, const char *name, UcChannelType type)
{
  UcChannel *channel = uc_channel_new ();

  uc_test_set (&channel->id, id);
  uc_test_set (&channel->name, name);
  uc_test_set (&channel->display_name, name);
  channel->type = type;
  channel->create_at_ms = 1;
  channel->update_at_ms = 1;
  return channel;
}

UcMember *
uc_test_member (const char *channel_id)
{
  UcMember *member = uc_member_new ();

  uc_test_set (&member->channel_id, channel_id);
  uc_test_set (&member->user_id, TEST_ME);
  return member;
}

UcUser *
uc_test_user (const char *id, const char *username, const char *first_name, const char *last_name)
{
  UcUser *user = uc_user_new ();

  uc_test_set (&user->id, id);
  uc_test_set (&user->username, username);
  uc_test_set (&user->first_name, first_name);
  uc_test_set (&user->last_name, last_name);
  user->create_at_ms = 1;
  user->update_at_ms = 1;
  return user;
}
