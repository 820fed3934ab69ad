/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The façade without a server: what is written stays, what cannot be sent is not taken,
 * what waits is told so. With a server: tests/integration/test-sync-*.c. */

#include "config.h"

#include "uc-session.h"

#include "uc-error.h"
#include "uc-secrets.h"
#include "uc-sync-fixture.h"
#include "uc-test.h"

#define CHANNEL "x4k4sszftirbuqaozqoximb4oh"
#define BEN     "5rafe8kbrtfcpc4x3ysn6yx84o"

typedef struct {
  UcSyncFixture sync;
  UcSecrets    *secrets;
  UcSession    *session;
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer data)
{
  g_autofree char *path = NULL;
  g_autoptr (UcChannel) channel = uc_sync_fixture_new_channel (CHANNEL);
  UcBatch *batch = uc_batch_new ();

  uc_sync_fixture_set_up (&fixture->sync, data);
  path = g_build_filename (fixture->sync.dir, "token", NULL);
  fixture->secrets = uc_secrets_new_file (path);
  fixture->session = uc_session_new (fixture->sync.store, fixture->sync.api, fixture->secrets,
                                     fixture->sync.flags, fixture->sync.clock, UC_TEST_ME);
  uc_batch_put_channel (batch, channel);
  uc_sync_fixture_apply (&fixture->sync, batch);
}

static gboolean
is_gone (gpointer user_data)
{
  gpointer *object = user_data;

  return *object == NULL;
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  gpointer session = g_steal_pointer (&fixture->session);

  uc_session_stop (session);
  g_object_add_weak_pointer (session, &session);
  g_object_unref (session);
  uc_test_wait_until (is_gone, &session, 20000);
  g_clear_object (&fixture->secrets);
  uc_sync_fixture_tear_down (&fixture->sync, data);
}

static gboolean
send (Fixture *fixture, const char *text, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  uc_session_send_async (fixture->session, CHANNEL, NULL, text, NULL, NULL, uc_test_result_cb,
                         &result);
  return uc_session_send_finish (fixture->session, uc_test_wait_result (&result), error);
}

static void
test_send (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GPtrArray) rows = NULL;
  g_autoptr (GError) error = NULL;

  for (int i = 0; i < 3; i++) {
    g_autofree char *text = g_strdup_printf ("%d", i);

    g_assert_true (send (fixture, text, &error));
  }
  rows = uc_sync_fixture_load_outbox (&fixture->sync);
  g_assert_cmpuint (rows->len, ==, 3);
  for (guint i = 0; i < rows->len; i++) {
    UcOutboxRow     *row = g_ptr_array_index (rows, i);
    g_autofree char *text = g_strdup_printf ("%u", i);
    g_autoptr (UcMessage) message = uc_sync_fixture_load_message (&fixture->sync, row->op_id);

    g_assert_cmpstr (row->message, ==, text);
    g_assert_cmpint (row->state, ==, UC_SEND_QUEUED);
    g_assert_cmpstr (message->post->message, ==, text);
    g_assert_cmpint (message->send_state, ==, UC_SEND_QUEUED);
  }
}

static void
test_not_taken (Fixture *fixture, gconstpointer data)
{
  g_autofree char *too_long = g_strnfill (16384, 'x');
  g_autofree char *just_right = g_strnfill (16383, 'x');
  const char      *texts[] = { "", "  \n", "\xff", too_long };

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++) {
    g_autoptr (GError) error = NULL;

    g_assert_false (send (fixture, texts[i], &error));
    g_assert_error (error, UC_ERROR, UC_ERROR_INVALID);
  }
  g_assert_true (send (fixture, just_right, NULL));
}

static void
test_offline (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_cmpint (uc_session_get_state (fixture->session), ==, UC_SYNC_STOPPED);
  uc_session_start (fixture->session);
  g_assert_cmpint (uc_session_get_state (fixture->session), ==, UC_SYNC_CONNECTING);
  uc_session_settle_async (fixture->session, NULL, uc_test_result_cb, &result);
  g_assert_false (
      uc_session_settle_finish (fixture->session, uc_test_wait_result (&result), &error));
  g_assert_error (error, UC_ERROR, UC_ERROR_OFFLINE);
  g_assert_cmpint (uc_session_get_state (fixture->session), ==, UC_SYNC_OFFLINE);
  g_assert_nonnull (uc_session_get_state_reason (fixture->session));
  g_assert_cmpint (uc_session_get_next_try_ms (fixture->session), >, 0);

  uc_session_stop (fixture->session);
  g_assert_cmpint (uc_session_get_state (fixture->session), ==, UC_SYNC_STOPPED);
  g_assert_cmpint (uc_session_get_next_try_ms (fixture->session), ==, 0);
}

static void
test_no_token (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  uc_api_set_token (fixture->sync.api, NULL);
  uc_session_start (fixture->session);
  uc_session_settle_async (fixture->session, NULL, uc_test_result_cb, &result);
  g_assert_false (
      uc_session_settle_finish (fixture->session, uc_test_wait_result (&result), &error));
  g_assert_error (error, UC_ERROR, UC_ERROR_AUTH);
  g_assert_cmpint (uc_session_get_state (fixture->session), ==, UC_SYNC_NEEDS_TOKEN);
  /* Reading and writing go on. */
  g_assert_true (send (fixture, "queued", NULL));
}

static UcMessage *
put_message (Fixture *fixture)
{
  g_autoptr (UcPost) post = uc_sync_fixture_new_post ("46redrm3q3gnxfee5iqyoo4ayy", CHANNEL, BEN,
                                                      1000, "from the server");
  UcBatch *batch = uc_batch_new ();

  uc_batch_put_post (batch, post);
  uc_sync_fixture_apply (&fixture->sync, batch);
  return uc_sync_fixture_load_message (&fixture->sync, post->id);
}

static void
test_commands (Fixture *fixture, gconstpointer data)
{
  static const UcOpKind kinds[] = { UC_OP_EDIT, UC_OP_REACT, UC_OP_PIN, UC_OP_SAVE };
  g_autoptr (UcMessage) message = put_message (fixture);
  g_autoptr (GPtrArray) rows = NULL;
  g_autoptr (UcMessage) changed = NULL;

  uc_session_edit (fixture->session, message, "changed");
  uc_session_react (fixture->session, message, "tada", TRUE);
  uc_session_pin (fixture->session, message, TRUE);
  uc_session_save (fixture->session, message, TRUE);
  uc_sync_fixture_flush (&fixture->sync);

  rows = uc_sync_fixture_load_outbox (&fixture->sync);
  g_assert_cmpuint (rows->len, ==, G_N_ELEMENTS (kinds));
  for (guint i = 0; i < rows->len; i++)
    g_assert_cmpint (((UcOutboxRow *) g_ptr_array_index (rows, i))->kind, ==, kinds[i]);
  changed = uc_sync_fixture_load_message (&fixture->sync, message->key);
  g_assert_cmpstr (changed->edit_text, ==, "changed");
  g_assert_true (changed->post->is_pinned);
  g_assert_true (changed->is_saved);
}

static void
test_retry_and_discard (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GPtrArray) rows = NULL;
  g_autoptr (GPtrArray) again = NULL;
  g_autoptr (GPtrArray) none = NULL;
  UcBatch     *batch = uc_batch_new ();
  UcOutboxRow *row;

  g_assert_true (send (fixture, "refused", NULL));
  rows = uc_sync_fixture_load_outbox (&fixture->sync);
  row = g_ptr_array_index (rows, 0);
  uc_batch_outbox_set (batch, row->op_id, UC_SEND_FAILED, "because", 0);
  uc_sync_fixture_apply (&fixture->sync, batch);

  uc_session_retry (fixture->session, row->op_id);
  /* Once to find the row, once to write it. */
  again = uc_sync_fixture_load_outbox (&fixture->sync);
  uc_sync_fixture_flush (&fixture->sync);
  g_clear_pointer (&again, g_ptr_array_unref);
  again = uc_sync_fixture_load_outbox (&fixture->sync);
  g_assert_cmpint (((UcOutboxRow *) g_ptr_array_index (again, 0))->state, ==, UC_SEND_QUEUED);

  uc_session_discard (fixture->session, row->op_id);
  uc_sync_fixture_flush (&fixture->sync);
  none = uc_sync_fixture_load_outbox (&fixture->sync);
  g_assert_cmpuint (none->len, ==, 0);
}

static void
test_draft (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autofree char *draft = NULL;

  uc_session_put_draft (fixture->session, CHANNEL, NULL, "half a sen");
  uc_sync_fixture_flush (&fixture->sync);
  uc_store_load_draft_async (fixture->sync.store, CHANNEL, "", NULL, uc_test_result_cb, &result);
  draft = uc_store_load_draft_finish (fixture->sync.store, uc_test_wait_result (&result), NULL);
  g_assert_cmpstr (draft, ==, "half a sen");
}

/* A message that is stored can be shown without the server. */
static void
test_around_offline (Fixture *fixture, gconstpointer data)
{
  g_autoptr (UcMessage) message = put_message (fixture);
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (UcMessage) found = NULL;

  uc_session_load_around_async (fixture->session, message->post->id, NULL, uc_test_result_cb,
                                &result);
  found = uc_session_load_around_finish (fixture->session, uc_test_wait_result (&result), &error);
  g_assert_no_error (error);
  g_assert_cmpstr (found->key, ==, message->key);
}

/* A call is of no use later: without a connection it is not even queued. */
static void
test_send_now (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GPtrArray) rows = NULL;
  g_autoptr (GError) error = NULL;

  uc_session_send_now_async (fixture->session, CHANNEL, "call", "{}", NULL, uc_test_result_cb,
                             &result);
  g_assert_false (
      uc_session_send_now_finish (fixture->session, uc_test_wait_result (&result), &error));
  g_assert_error (error, UC_ERROR, UC_ERROR_OFFLINE);
  rows = uc_sync_fixture_load_outbox (&fixture->sync);
  g_assert_cmpuint (rows->len, ==, 0);
}

#define ADD(name, func) g_test_add ("/sync/session/" name, Fixture, NULL, set_up, func, tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

  ADD ("send", test_send);
  ADD ("not-taken", test_not_taken);
  ADD ("send-now", test_send_now);
  ADD ("offline", test_offline);
  ADD ("no-token", test_no_token);
  ADD ("commands", test_commands);
  ADD ("retry-and-discard", test_retry_and_discard);
  ADD ("draft", test_draft);
  ADD ("around-offline", test_around_offline);
  return g_test_run ();
}
