/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What is written arrives once and in order, whatever the network does. */

#include "config.h"

#include "uc-error.h"
#include "uc-fault-proxy.h"
#include "uc-test-client.h"
#include "uc-test-server.h"
#include "uc-test.h"

#define POST "POST /api/v4/posts "

typedef struct {
  UcTestServer *server;
  UcFaultProxy *proxy;
  UcTestClient *anna;
  char         *name;
  char         *channel_id;
  char         *other_id;
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer data)
{
  fixture->server = uc_test_server_new ();
  fixture->proxy = uc_fault_proxy_new (uc_test_server_get_port (fixture->server));
  fixture->name = uc_test_server_add_user (fixture->server, "anna");
  fixture->channel_id = uc_test_server_add_channel (fixture->server, "probe", fixture->name, NULL);
  fixture->other_id = uc_test_server_add_channel (fixture->server, "other", fixture->name, NULL);
  fixture->anna =
      uc_test_client_new (uc_fault_proxy_get_site (fixture->proxy),
                          uc_test_server_get_user_id (fixture->server, fixture->name),
                          uc_test_server_get_token (fixture->server, fixture->name), NULL);
  uc_test_client_settle (fixture->anna);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  uc_test_client_free (fixture->anna);
  uc_fault_proxy_free (fixture->proxy);
  uc_test_server_free (fixture->server);
  g_free (fixture->name);
  g_free (fixture->channel_id);
  g_free (fixture->other_id);
}

static void
assert_on_server (Fixture *fixture, const char *channel_id, const char *expected)
{
  g_auto (GStrv) texts = uc_test_server_dup_texts (fixture->server, channel_id);
  g_autofree char *joined = g_strjoinv ("|", texts);

  g_assert_cmpstr (joined, ==, expected);
}

static void
go_offline (Fixture *fixture)
{
  uc_fault_proxy_set_down (fixture->proxy, TRUE);
  uc_test_client_wait_for_state (fixture->anna, UC_SYNC_OFFLINE);
}

static void
come_back (Fixture *fixture)
{
  uc_fault_proxy_set_down (fixture->proxy, FALSE);
  uc_session_retry_now (fixture->anna->session);
  uc_test_client_wait_for_state (fixture->anna, UC_SYNC_LIVE);
  uc_test_client_wait_outbox_empty (fixture->anna);
}

static void
test_offline (Fixture *fixture, gconstpointer data)
{
  g_autoptr (UcMessage) root = NULL;
  g_autoptr (GPtrArray) rows = NULL;
  g_autoptr (GPtrArray) messages = NULL;
  g_autofree char *root_id = NULL;

  go_offline (fixture);
  uc_test_client_send (fixture->anna, fixture->channel_id, NULL, "one");
  root = uc_test_client_wait_for_text (fixture->anna, fixture->channel_id, "one");
  uc_test_client_send (fixture->anna, fixture->other_id, NULL, "elsewhere");
  uc_test_client_send (fixture->anna, fixture->channel_id, root->key, "answer to one");
  uc_test_client_send (fixture->anna, fixture->channel_id, NULL, "two");
  uc_session_react (fixture->anna->session, root, "tada", TRUE);
  uc_test_client_send (fixture->anna, fixture->channel_id, NULL, "three");
  rows = uc_test_client_load_outbox (fixture->anna);
  g_assert_cmpuint (rows->len, ==, 6);
  assert_on_server (fixture, fixture->channel_id, "");

  come_back (fixture);
  assert_on_server (fixture, fixture->channel_id, "one|answer to one|two|three");
  assert_on_server (fixture, fixture->other_id, "elsewhere");

  uc_test_client_settle (fixture->anna);
  messages = uc_test_client_load (fixture->anna, fixture->channel_id, 10);
  g_assert_cmpuint (messages->len, ==, 4);
  root_id = g_strdup (((UcMessage *) g_ptr_array_index (messages, 0))->post->id);
  g_assert_cmpstr (((UcMessage *) g_ptr_array_index (messages, 1))->post->root_id, ==, root_id);
  g_assert_cmpuint (((UcMessage *) g_ptr_array_index (messages, 0))->post->reactions->len, ==, 1);
}

/* What still waits is changed in place, or never sent. */
static void
test_change_of_mind (Fixture *fixture, gconstpointer data)
{
  g_autoptr (UcMessage) first = NULL;
  g_autoptr (UcMessage) second = NULL;

  go_offline (fixture);
  uc_test_client_send (fixture->anna, fixture->channel_id, NULL, "frist");
  first = uc_test_client_wait_for_text (fixture->anna, fixture->channel_id, "frist");
  uc_test_client_send (fixture->anna, fixture->channel_id, NULL, "rubbish");
  second = uc_test_client_wait_for_text (fixture->anna, fixture->channel_id, "rubbish");
  uc_session_edit (fixture->anna->session, first, "first");
  uc_session_delete (fixture->anna->session, second);
  uc_test_client_send (fixture->anna, fixture->channel_id, NULL, "last");

  come_back (fixture);
  assert_on_server (fixture, fixture->channel_id, "first|last");
}

static void
edit_elsewhere (Fixture *fixture, const char *post_id, const char *text)
{
  g_autofree char *path = g_strdup_printf ("/posts/%s/patch", post_id);
  g_autofree char *body = g_strdup_printf ("{\"message\":\"%s\"}", text);
  g_autoptr (JsonNode) answer =
      uc_test_server_call (fixture->server, fixture->name, "PUT", path, body, 200);
}

static UcOutboxRow *
wait_for_failed (Fixture *fixture)
{
  for (;;) {
    g_autoptr (GPtrArray) rows = uc_test_client_load_outbox (fixture->anna);

    for (guint i = 0; i < rows->len; i++)
      if (((UcOutboxRow *) g_ptr_array_index (rows, i))->state == UC_SEND_FAILED)
        return g_ptr_array_steal_index (rows, i);
    g_main_context_iteration (NULL, TRUE);
  }
}

/* Edited here without a connection and there meanwhile: neither goes unseen. A retry puts
 * the own text in place of the other one, as was said. */
static void
test_edited_elsewhere (Fixture *fixture, gconstpointer data)
{
  g_autoptr (UcMessage) message = NULL;
  g_autoptr (UcOutboxRow) row = NULL;

  uc_test_client_send (fixture->anna, fixture->channel_id, NULL, "one");
  uc_test_client_wait_outbox_empty (fixture->anna);
  message = uc_test_client_wait_for_text (fixture->anna, fixture->channel_id, "one");
  go_offline (fixture);
  uc_session_edit (fixture->anna->session, message, "mine");
  edit_elsewhere (fixture, message->post->id, "theirs");

  uc_fault_proxy_set_down (fixture->proxy, FALSE);
  uc_session_retry_now (fixture->anna->session);
  row = wait_for_failed (fixture);
  g_assert_cmpstr (row->message, ==, "mine");
  g_assert_nonnull (strstr (row->reason, "elsewhere"));
  assert_on_server (fixture, fixture->channel_id, "theirs");

  uc_session_retry (fixture->anna->session, row->op_id);
  uc_test_client_wait_outbox_empty (fixture->anna);
  assert_on_server (fixture, fixture->channel_id, "mine");
}

/* The same text from there is no quarrel, and neither is one edit after the other. */
static void
test_edited_alike (Fixture *fixture, gconstpointer data)
{
  g_autoptr (UcMessage) message = NULL;

  uc_test_client_send (fixture->anna, fixture->channel_id, NULL, "one");
  uc_test_client_wait_outbox_empty (fixture->anna);
  message = uc_test_client_wait_for_text (fixture->anna, fixture->channel_id, "one");
  go_offline (fixture);
  uc_session_edit (fixture->anna->session, message, "two");
  edit_elsewhere (fixture, message->post->id, "two");
  come_back (fixture);
  assert_on_server (fixture, fixture->channel_id, "two");

  for (int i = 0; i < 5; i++) {
    g_autofree char *text = g_strdup_printf ("edit %d", i);

    uc_session_edit (fixture->anna->session, message, text);
  }
  uc_test_client_wait_outbox_empty (fixture->anna);
  assert_on_server (fixture, fixture->channel_id, "edit 4");
}

static gboolean
has_swallowed (gpointer user_data)
{
  return uc_fault_proxy_has_swallowed (user_data);
}

static void
test_answer_lost (Fixture *fixture, gconstpointer data)
{
  uc_fault_proxy_swallow_answer_to (fixture->proxy, POST);
  uc_test_client_send (fixture->anna, fixture->channel_id, NULL, "once");
  uc_test_client_send (fixture->anna, fixture->channel_id, NULL, "afterwards");
  uc_test_wait_until (has_swallowed, fixture->proxy, 20000);
  uc_test_client_wait_outbox_empty (fixture->anna);
  assert_on_server (fixture, fixture->channel_id, "once|afterwards");
}

/* The event is an acknowledgement too; here neither comes. */
static void
test_answer_and_event_lost (Fixture *fixture, gconstpointer data)
{
  uc_fault_proxy_swallow_answer_to (fixture->proxy, POST);
  uc_fault_proxy_refuse_sockets (fixture->proxy, TRUE);
  uc_fault_proxy_break_sockets (fixture->proxy);
  uc_test_client_send (fixture->anna, fixture->channel_id, NULL, "once");
  uc_test_wait_until (has_swallowed, fixture->proxy, 20000);
  uc_test_client_wait_outbox_empty (fixture->anna);
  g_assert_cmpuint (uc_fault_proxy_count (fixture->proxy, POST), ==, 1);
  assert_on_server (fixture, fixture->channel_id, "once");
}

static gboolean
is_past (gpointer user_data)
{
  gint64 *until_us = user_data;

  return g_get_monotonic_time () >= *until_us;
}

/* A Mattermost server knows a pending id for 30 s: whoever then sends again without
 * looking doubles the message. */
static void
test_answer_lost_long_ago (Fixture *fixture, gconstpointer data)
{
  gint64 until_us;
  g_autoptr (GPtrArray) rows = NULL;

  uc_fault_proxy_refuse_sockets (fixture->proxy, TRUE);
  uc_fault_proxy_break_sockets (fixture->proxy);
  uc_test_client_wait_for_state (fixture->anna, UC_SYNC_POLLING);
  uc_test_client_settle (fixture->anna);
  uc_fault_proxy_swallow_answer_to (fixture->proxy, POST);
  uc_fault_proxy_go_down_with_answer (fixture->proxy);
  uc_test_client_send (fixture->anna, fixture->channel_id, NULL, "once");
  uc_test_wait_until (has_swallowed, fixture->proxy, 20000);
  uc_fault_proxy_refuse_sockets (fixture->proxy, FALSE);

  until_us = g_get_monotonic_time () + 31 * G_USEC_PER_SEC;
  uc_test_wait_until (is_past, &until_us, 40000);
  rows = uc_test_client_load_outbox (fixture->anna);
  g_assert_cmpuint (rows->len, ==, 1);
  g_assert_cmpint (((UcOutboxRow *) g_ptr_array_index (rows, 0))->state, ==, UC_SEND_IN_DOUBT);

  come_back (fixture);
  assert_on_server (fixture, fixture->channel_id, "once");
  g_assert_cmpuint (uc_fault_proxy_count (fixture->proxy, POST), ==, 1);
}

static void
test_refused (Fixture *fixture, gconstpointer data)
{
  g_autofree char *path =
      g_strdup_printf ("/channels/%s/members/%s", fixture->channel_id,
                       uc_test_server_get_user_id (fixture->server, fixture->name));
  g_autoptr (JsonNode) removed = NULL;
  g_autoptr (UcOutboxRow) row = NULL;

  go_offline (fixture);
  uc_test_client_send (fixture->anna, fixture->channel_id, NULL, "too late");
  uc_test_client_send (fixture->anna, fixture->other_id, NULL, "not held up");
  removed = uc_test_server_call (fixture->server, NULL, "DELETE", path, NULL, 200);
  uc_fault_proxy_set_down (fixture->proxy, FALSE);
  uc_session_retry_now (fixture->anna->session);

  row = wait_for_failed (fixture);
  g_assert_cmpstr (row->message, ==, "too late");
  g_assert_nonnull (row->reason);
  uc_test_client_settle (fixture->anna);
  assert_on_server (fixture, fixture->other_id, "not held up");

  /* Let in again, one may try again. */
  uc_test_server_join (fixture->server, fixture->channel_id, fixture->name);
  uc_session_retry (fixture->anna->session, row->op_id);
  uc_test_client_wait_outbox_empty (fixture->anna);
  assert_on_server (fixture, fixture->channel_id, "too late");
}

static void
test_discard (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GPtrArray) rows = NULL;

  go_offline (fixture);
  uc_test_client_send (fixture->anna, fixture->channel_id, NULL, "never");
  uc_test_client_send (fixture->anna, fixture->channel_id, NULL, "kept");
  rows = uc_test_client_load_outbox (fixture->anna);
  uc_session_discard (fixture->anna->session, ((UcOutboxRow *) g_ptr_array_index (rows, 0))->op_id);
  come_back (fixture);
  assert_on_server (fixture, fixture->channel_id, "kept");
}

/* Whoever discards a message while its file is on the way ends that. */
static void
test_discard_under_way (Fixture *fixture, gconstpointer data)
{
  g_autofree char *path = g_build_filename (fixture->anna->dir, "large", NULL);
  const char      *paths[] = { path, NULL };
  g_autoptr (GAsyncResult) sent = NULL;
  g_autoptr (GPtrArray) rows = NULL;

  g_assert_true (g_file_set_contents (path, "content", -1, NULL));
  uc_fault_proxy_stall (fixture->proxy, "POST /api/v4/files");
  uc_session_send_async (fixture->anna->session, fixture->channel_id, NULL, "never", paths, NULL,
                         uc_test_result_cb, &sent);
  g_assert_true (
      uc_session_send_finish (fixture->anna->session, uc_test_wait_result (&sent), NULL));
  uc_test_client_send (fixture->anna, fixture->channel_id, NULL, "behind it");
  while (uc_fault_proxy_count (fixture->proxy, "POST /api/v4/files") == 0)
    g_main_context_iteration (NULL, TRUE);

  rows = uc_test_client_load_outbox (fixture->anna);
  uc_session_discard (fixture->anna->session, ((UcOutboxRow *) g_ptr_array_index (rows, 0))->op_id);
  uc_test_client_wait_outbox_empty (fixture->anna);
  assert_on_server (fixture, fixture->channel_id, "behind it");
}

static gboolean
has_tried (gpointer user_data)
{
  return uc_fault_proxy_count (user_data, POST) > 0;
}

/* Answers that say nothing about the message: from a limiter, a proxy, a portal. */
static void
test_strange_answers (Fixture *fixture, gconstpointer data)
{
  static const char *const answers[] = {
    "HTTP/1.1 429 Too Many Requests\r\nRetry-After: 1\r\nContent-Length: 15\r\n\r\nlimit "
    "exceeded\n",
    "HTTP/1.1 502 Bad Gateway\r\nContent-Type: text/html\r\nContent-Length: 12\r\n\r\n<html></html",
    "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 24\r\n\r\n<html>Sign in "
    "here</html",
    "HTTP/1.1 201 Created\r\nContent-Type: application/json\r\nContent-Length: 5\r\n\r\n{\"id\"",
  };

  for (guint i = 0; i < G_N_ELEMENTS (answers); i++) {
    g_autofree char *text = g_strdup_printf ("%u", i);
    guint            before = uc_fault_proxy_count (fixture->proxy, POST);
    g_autoptr (GPtrArray) rows = NULL;

    uc_fault_proxy_answer (fixture->proxy, POST, answers[i]);
    uc_test_client_send (fixture->anna, fixture->channel_id, NULL, text);
    while (uc_fault_proxy_count (fixture->proxy, POST) == before)
      g_main_context_iteration (NULL, TRUE);
    rows = uc_test_client_load_outbox (fixture->anna);
    g_assert_cmpuint (rows->len, ==, 1);
    uc_fault_proxy_answer (fixture->proxy, NULL, NULL);
    uc_test_client_wait_outbox_empty (fixture->anna);
  }
  assert_on_server (fixture, fixture->channel_id, "0|1|2|3");
  g_assert_true (has_tried (fixture->proxy));
}

static void
test_not_taken (Fixture *fixture, gconstpointer data)
{
  static const char *const texts[] = { "", " \n\t", "\xff\xfe" };
  g_autofree char         *long_text = g_strnfill (16384, 'x');
  const char              *missing[] = { "/nowhere/at/all", NULL };

  for (guint i = 0; i < G_N_ELEMENTS (texts) + 2; i++) {
    g_autoptr (GAsyncResult) result = NULL;
    g_autoptr (GError) error = NULL;
    gboolean    has_file = i == G_N_ELEMENTS (texts) + 1;
    const char *text = i < G_N_ELEMENTS (texts) ? texts[i] : has_file ? "with" : long_text;

    uc_session_send_async (fixture->anna->session, fixture->channel_id, NULL, text,
                           has_file ? missing : NULL, NULL, uc_test_result_cb, &result);
    g_assert_false (
        uc_session_send_finish (fixture->anna->session, uc_test_wait_result (&result), &error));
    g_assert_error (error, UC_ERROR, UC_ERROR_INVALID);
  }
  assert_on_server (fixture, fixture->channel_id, "");
}

int
main (int argc, char **argv)
{
  static const struct {
    const char *name;
    void (*run) (Fixture *fixture, gconstpointer data);
  } tests[] = {
    { "offline", test_offline },
    { "change-of-mind", test_change_of_mind },
    { "edited-elsewhere", test_edited_elsewhere },
    { "edited-alike", test_edited_alike },
    { "answer-lost", test_answer_lost },
    { "answer-and-event-lost", test_answer_and_event_lost },
    { "refused", test_refused },
    { "discard", test_discard },
    { "discard-under-way", test_discard_under_way },
    { "strange-answers", test_strange_answers },
    { "not-taken", test_not_taken },
    { "answer-lost-long-ago", test_answer_lost_long_ago },
  };

  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

  for (guint i = 0; i < G_N_ELEMENTS (tests); i++) {
    g_autofree char *path = g_strconcat ("/integration/sync/outbox/", tests[i].name, NULL);

    g_test_add (path, Fixture, NULL, set_up, tests[i].run, tear_down);
  }
  return g_test_run ();
}
