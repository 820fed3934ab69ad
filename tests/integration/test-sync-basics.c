/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A client against a real server: sign in, read, follow, write. */

#include "config.h"

#include "uc-error.h"
#include "uc-sign-in.h"
#include "uc-test-client.h"
#include "uc-test-server.h"
#include "uc-test.h"

#include <glib/gstdio.h>

typedef struct {
  UcTestServer *server;
  char         *anna;
  char         *ben;
  char         *channel_id;
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer data)
{
  fixture->server = uc_test_server_new ();
  fixture->anna = uc_test_server_add_user (fixture->server, "anna");
  fixture->ben = uc_test_server_add_user (fixture->server, "ben");
  fixture->channel_id =
      uc_test_server_add_channel (fixture->server, "probe", fixture->anna, fixture->ben, NULL);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  uc_test_server_free (fixture->server);
  g_free (fixture->anna);
  g_free (fixture->ben);
  g_free (fixture->channel_id);
}

static UcTestClient *
new_client (Fixture *fixture, const char *username)
{
  return uc_test_client_new (uc_test_server_get_site (fixture->server),
                             uc_test_server_get_user_id (fixture->server, username),
                             uc_test_server_get_token (fixture->server, username), NULL);
}

static void
post (Fixture *fixture, const char *username, const char *message)
{
  g_autofree char *post_id =
      uc_test_server_post (fixture->server, username, fixture->channel_id, NULL, message);
}

static void
assert_texts (GPtrArray *messages, const char *expected)
{
  g_autoptr (GPtrArray) texts = g_ptr_array_new ();
  g_autofree char *joined = NULL;

  for (guint i = 0; i < messages->len; i++)
    g_ptr_array_add (texts, ((UcMessage *) g_ptr_array_index (messages, i))->post->message);
  g_ptr_array_add (texts, NULL);
  joined = g_strjoinv ("|", (GStrv) texts->pdata);
  g_assert_cmpstr (joined, ==, expected);
}

static void
test_sign_in (Fixture *fixture, gconstpointer data)
{
  g_autoptr (UcSignIn) sign_in = uc_sign_in_new ();
  g_autoptr (GAsyncResult) checked = NULL;
  g_autoptr (GAsyncResult) refused = NULL;
  g_autoptr (GAsyncResult) done = NULL;
  g_autoptr (GError) error = NULL;
  gboolean is_mfa_needed = TRUE;

  uc_sign_in_check_server_async (sign_in, uc_test_server_get_site (fixture->server), NULL,
                                 uc_test_result_cb, &checked);
  g_assert_true (uc_sign_in_check_server_finish (sign_in, uc_test_wait_result (&checked), &error));
  g_assert_no_error (error);
  g_assert_cmpstr (uc_sign_in_get_site (sign_in), ==, uc_test_server_get_site (fixture->server));

  uc_sign_in_with_password_async (sign_in, fixture->anna, "wrong", "", NULL, uc_test_result_cb,
                                  &refused);
  g_assert_false (
      uc_sign_in_finish (sign_in, uc_test_wait_result (&refused), &is_mfa_needed, &error));
  g_assert_error (error, UC_ERROR, UC_ERROR_AUTH);
  g_assert_false (is_mfa_needed);
  g_clear_error (&error);

  uc_sign_in_with_password_async (sign_in, fixture->anna,
                                  uc_test_server_get_password (fixture->server), "", NULL,
                                  uc_test_result_cb, &done);
  uc_sign_in_finish (sign_in, uc_test_wait_result (&done), &is_mfa_needed, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (uc_sign_in_get_user (sign_in)->username, ==, fixture->anna);
  g_assert_nonnull (uc_api_get_token (uc_sign_in_get_api (sign_in)));
}

static void
test_nobody_there (Fixture *fixture, gconstpointer data)
{
  g_autoptr (UcSignIn) sign_in = uc_sign_in_new ();
  g_autoptr (GAsyncResult) nobody = NULL;
  g_autoptr (GAsyncResult) nonsense = NULL;
  g_autoptr (GError) error = NULL;

  uc_sign_in_check_server_async (sign_in, "http://127.0.0.1:1", NULL, uc_test_result_cb, &nobody);
  g_assert_false (uc_sign_in_check_server_finish (sign_in, uc_test_wait_result (&nobody), &error));
  g_assert_error (error, UC_ERROR, UC_ERROR_OFFLINE);
  g_clear_error (&error);

  uc_sign_in_check_server_async (sign_in, "not an address", NULL, uc_test_result_cb, &nonsense);
  g_assert_false (
      uc_sign_in_check_server_finish (sign_in, uc_test_wait_result (&nonsense), &error));
  g_assert_error (error, UC_ERROR, UC_ERROR_INVALID);
  g_assert_null (uc_sign_in_get_site (sign_in));
}

static void
test_read (Fixture *fixture, gconstpointer data)
{
  g_autoptr (UcTestClient) anna = NULL;
  g_autoptr (GPtrArray) messages = NULL;
  g_autoptr (GArray) spans = NULL;
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GPtrArray) users = NULL;
  const char *ids[] = { uc_test_server_get_user_id (fixture->server, fixture->ben), NULL };

  post (fixture, fixture->ben, "one");
  post (fixture, fixture->ben, "two");
  post (fixture, fixture->anna, "three");

  anna = new_client (fixture, fixture->anna);
  uc_test_client_settle (anna);
  g_assert_cmpint (uc_session_get_state (anna->session), ==, UC_SYNC_LIVE);
  messages = uc_test_client_load (anna, fixture->channel_id, 10);
  assert_texts (messages, "one|two|three");

  spans = uc_test_client_load_spans (anna, fixture->channel_id);
  g_assert_cmpuint (spans->len, ==, 1);
  g_assert_true (g_array_index (spans, UcSpan, 0).reaches_start);
  g_assert_true (g_array_index (spans, UcSpan, 0).reaches_tip);

  /* Whoever wrote is known by name. */
  uc_store_load_users_async (anna->store, ids, NULL, uc_test_result_cb, &result);
  users = uc_store_load_users_finish (anna->store, uc_test_wait_result (&result), NULL);
  g_assert_cmpuint (users->len, ==, 1);
  g_assert_cmpstr (((UcUser *) g_ptr_array_index (users, 0))->username, ==, fixture->ben);
}

static void
count_posted_cb (UcSession *session, gpointer message, gboolean mentions_me, guint *counts)
{
  counts[mentions_me ? 1 : 0]++;
}

static void
test_live (Fixture *fixture, gconstpointer data)
{
  g_autoptr (UcTestClient) anna = new_client (fixture, fixture->anna);
  g_autoptr (UcMessage) hello = NULL;
  g_autoptr (UcMessage) mention = NULL;
  g_autofree char *text = g_strdup_printf ("@%s are you there?", fixture->anna);
  g_autoptr (GPtrArray) messages = NULL;
  g_autoptr (GArray) spans = NULL;
  UcChannelState *state;
  gint64          mentions;
  guint           counts[2] = { 0, 0 };

  uc_test_client_settle (anna);
  /* Having been added to the channel counts as a mention. */
  state = uc_test_client_load_channel (anna, fixture->channel_id);
  mentions = state->mentions;
  uc_channel_state_free (state);
  g_signal_connect (anna->session, "posted", G_CALLBACK (count_posted_cb), counts);

  post (fixture, fixture->ben, "hello");
  hello = uc_test_client_wait_for_text (anna, fixture->channel_id, "hello");
  post (fixture, fixture->ben, text);
  mention = uc_test_client_wait_for_text (anna, fixture->channel_id, text);
  g_assert_cmpuint (counts[0], ==, 1);
  g_assert_cmpuint (counts[1], ==, 1);

  state = uc_test_client_load_channel (anna, fixture->channel_id);
  g_assert_cmpint (state->unread, ==, 2);
  g_assert_cmpint (state->mentions, ==, mentions + 1);
  uc_channel_state_free (state);

  /* Nothing is missing between what was read and what was pushed. */
  spans = uc_test_client_load_spans (anna, fixture->channel_id);
  g_assert_cmpuint (spans->len, ==, 1);
  g_assert_true (g_array_index (spans, UcSpan, 0).reaches_tip);
  g_assert_cmpint (g_array_index (spans, UcSpan, 0).hi_seq, ==, mention->seq);
}

static void
test_changes (Fixture *fixture, gconstpointer data)
{
  g_autoptr (UcTestClient) anna = new_client (fixture, fixture->anna);
  g_autofree char *first = NULL;
  g_autofree char *second = NULL;
  g_autofree char *patch_path = NULL;
  g_autofree char *delete_path = NULL;
  g_autofree char *reaction = NULL;
  g_autoptr (UcMessage) before = NULL;
  g_autoptr (UcMessage) edited = NULL;
  g_autoptr (JsonNode) answer = NULL;
  g_autoptr (JsonNode) deleted = NULL;
  g_autoptr (JsonNode) reacted = NULL;
  g_autoptr (GPtrArray) messages = NULL;

  first = uc_test_server_post (fixture->server, fixture->ben, fixture->channel_id, NULL, "frist");
  second = uc_test_server_post (fixture->server, fixture->ben, fixture->channel_id, NULL, "second");
  uc_test_client_settle (anna);
  before = uc_test_client_wait_for_text (anna, fixture->channel_id, "second");

  patch_path = g_strdup_printf ("/posts/%s/patch", first);
  answer = uc_test_server_call (fixture->server, fixture->ben, "PUT", patch_path,
                                "{\"message\":\"first\"}", 200);
  reaction = g_strdup_printf ("{\"user_id\":\"%s\",\"post_id\":\"%s\",\"emoji_name\":\"tada\"}",
                              uc_test_server_get_user_id (fixture->server, fixture->ben), first);
  reacted =
      uc_test_server_call (fixture->server, fixture->ben, "POST", "/reactions", reaction, 200);
  delete_path = g_strdup_printf ("/posts/%s", second);
  deleted = uc_test_server_call (fixture->server, fixture->ben, "DELETE", delete_path, NULL, 200);

  edited = uc_test_client_wait_for_text (anna, fixture->channel_id, "first");
  g_assert_cmpint (edited->post->edit_at_ms, >, 0);
  messages = uc_test_client_load (anna, fixture->channel_id, 10);
  assert_texts (messages, "first");
  edited = (uc_message_unref (edited), uc_message_ref (g_ptr_array_index (messages, 0)));
  g_assert_cmpuint (edited->post->reactions->len, ==, 1);
}

/* What changed while nobody was listening is found afterwards, without the changed posts
 * having moved the channel. */
static void
test_changes_while_away (Fixture *fixture, gconstpointer data)
{
  g_autofree char *dir = uc_test_dup_temp_dir ();
  g_autoptr (UcTestClient) anna = NULL;
  g_autofree char *first = NULL;
  g_autofree char *second = NULL;
  g_autofree char *patch_path = NULL;
  g_autofree char *delete_path = NULL;
  g_autoptr (JsonNode) answer = NULL;
  g_autoptr (JsonNode) deleted = NULL;
  g_autoptr (GPtrArray) messages = NULL;

  first = uc_test_server_post (fixture->server, fixture->ben, fixture->channel_id, NULL, "frist");
  second = uc_test_server_post (fixture->server, fixture->ben, fixture->channel_id, NULL, "second");
  anna = uc_test_client_new (uc_test_server_get_site (fixture->server),
                             uc_test_server_get_user_id (fixture->server, fixture->anna),
                             uc_test_server_get_token (fixture->server, fixture->anna), dir);
  uc_test_client_settle (anna);
  g_clear_pointer (&anna, uc_test_client_free);

  patch_path = g_strdup_printf ("/posts/%s/patch", first);
  answer = uc_test_server_call (fixture->server, fixture->ben, "PUT", patch_path,
                                "{\"message\":\"first\"}", 200);
  delete_path = g_strdup_printf ("/posts/%s", second);
  deleted = uc_test_server_call (fixture->server, fixture->ben, "DELETE", delete_path, NULL, 200);

  anna = uc_test_client_new (uc_test_server_get_site (fixture->server),
                             uc_test_server_get_user_id (fixture->server, fixture->anna),
                             uc_test_server_get_token (fixture->server, fixture->anna), dir);
  messages = uc_test_client_load (anna, fixture->channel_id, 10);
  assert_texts (messages, "frist|second");
  g_clear_pointer (&messages, g_ptr_array_unref);
  uc_test_client_settle (anna);
  messages = uc_test_client_load (anna, fixture->channel_id, 10);
  assert_texts (messages, "first");
}

static void
test_send (Fixture *fixture, gconstpointer data)
{
  g_autoptr (UcTestClient) anna = new_client (fixture, fixture->anna);
  g_autoptr (UcTestClient) ben = new_client (fixture, fixture->ben);
  g_autoptr (UcMessage) mine = NULL;
  g_autoptr (UcMessage) arrived = NULL;
  g_autoptr (GPtrArray) outbox = NULL;
  g_auto (GStrv) texts = NULL;
  g_autofree char *key = NULL;

  uc_test_client_settle (anna);
  uc_test_client_settle (ben);
  uc_test_client_send (anna, fixture->channel_id, NULL, "from anna");

  /* On the screen before the server knows. */
  mine = uc_test_client_wait_for_text (anna, fixture->channel_id, "from anna");
  key = g_strdup (mine->key);
  arrived = uc_test_client_wait_for_text (ben, fixture->channel_id, "from anna");
  uc_test_client_wait_outbox_empty (anna);

  g_clear_pointer (&mine, uc_message_unref);
  mine = uc_test_client_wait_for_text (anna, fixture->channel_id, "from anna");
  g_assert_cmpstr (mine->key, ==, key);
  g_assert_cmpstr (mine->post->id, ==, arrived->post->id);
  g_assert_cmpint (mine->send_state, !=, UC_SEND_QUEUED);
  texts = uc_test_server_dup_texts (fixture->server, fixture->channel_id);
  g_assert_cmpuint (g_strv_length (texts), ==, 1);
}

static void
test_write_everything (Fixture *fixture, gconstpointer data)
{
  g_autoptr (UcTestClient) anna = new_client (fixture, fixture->anna);
  g_autoptr (UcMessage) root = NULL;
  g_autoptr (GPtrArray) messages = NULL;
  g_auto (GStrv) texts = NULL;
  UcMessage *message;

  uc_test_client_settle (anna);
  uc_test_client_send (anna, fixture->channel_id, NULL, "root");
  root = uc_test_client_wait_for_text (anna, fixture->channel_id, "root");
  uc_test_client_send (anna, fixture->channel_id, root->key, "reply");
  uc_session_edit (anna->session, root, "root, changed");
  uc_session_react (anna->session, root, "+1", TRUE);
  uc_session_pin (anna->session, root, TRUE);
  uc_session_save (anna->session, root, TRUE);
  uc_session_mark_read (anna->session, fixture->channel_id);
  uc_test_client_wait_outbox_empty (anna);
  uc_test_client_settle (anna);

  texts = uc_test_server_dup_texts (fixture->server, fixture->channel_id);
  g_assert_cmpuint (g_strv_length (texts), ==, 2);
  g_assert_cmpstr (texts[0], ==, "root, changed");
  g_assert_cmpstr (texts[1], ==, "reply");

  messages = uc_test_client_load (anna, fixture->channel_id, 10);
  assert_texts (messages, "root, changed|reply");
  message = g_ptr_array_index (messages, 0);
  g_assert_true (message->post->is_pinned);
  g_assert_true (message->is_saved);
  g_assert_cmpuint (message->post->reactions->len, ==, 1);
  g_assert_cmpint (message->post->reply_count, ==, 1);
  g_assert_cmpstr (((UcMessage *) g_ptr_array_index (messages, 1))->post->root_id, ==,
                   message->post->id);

  uc_session_delete (anna->session, message);
  uc_test_client_wait_outbox_empty (anna);
  g_clear_pointer (&texts, g_strfreev);
  texts = uc_test_server_dup_texts (fixture->server, fixture->channel_id);
  g_assert_cmpuint (g_strv_length (texts), ==, 0);
}

static void
test_file (Fixture *fixture, gconstpointer data)
{
  g_autoptr (UcTestClient) anna = new_client (fixture, fixture->anna);
  g_autoptr (UcTestClient) ben = new_client (fixture, fixture->ben);
  g_autofree char *path = g_build_filename (anna->dir, "note.txt", NULL);
  g_autofree char *fetched = NULL;
  g_autofree char *content = NULL;
  const char      *paths[] = { path, NULL };
  g_autoptr (GAsyncResult) sent = NULL;
  g_autoptr (GAsyncResult) got = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (UcMessage) message = NULL;
  UcFile *file;

  g_assert_true (g_file_set_contents (path, "what it says", -1, NULL));
  uc_test_client_settle (anna);
  uc_test_client_settle (ben);
  uc_session_send_async (anna->session, fixture->channel_id, NULL, "with a file", paths, NULL,
                         uc_test_result_cb, &sent);
  uc_session_send_finish (anna->session, uc_test_wait_result (&sent), &error);
  g_assert_no_error (error);
  /* From here on the original does not matter. */
  g_assert_cmpint (g_unlink (path), ==, 0);

  message = uc_test_client_wait_for_text (ben, fixture->channel_id, "with a file");
  g_assert_cmpuint (message->post->files->len, ==, 1);
  file = g_ptr_array_index (message->post->files, 0);
  g_assert_cmpstr (file->name, ==, "note.txt");
  uc_session_fetch_file_async (ben->session, file->id, "", NULL, uc_test_result_cb, &got);
  fetched = uc_session_fetch_file_finish (ben->session, uc_test_wait_result (&got), &error);
  g_assert_no_error (error);
  g_file_get_contents (fetched, &content, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (content, ==, "what it says");
}

static void
test_old_history (Fixture *fixture, gconstpointer data)
{
  g_autoptr (UcTestClient) anna = new_client (fixture, fixture->anna);
  g_autofree char *early = NULL;
  g_autoptr (GAsyncResult) around = NULL;
  g_autoptr (GAsyncResult) full = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (UcMessage) found = NULL;
  g_autoptr (GPtrArray) messages = NULL;
  g_autoptr (GArray) spans = NULL;

  for (int i = 0; i < 250; i++) {
    g_autofree char *text = g_strdup_printf ("message %d", i);
    g_autofree char *post_id =
        uc_test_server_post (fixture->server, fixture->ben, fixture->channel_id, NULL, text);

    if (i == 50)
      early = g_steal_pointer (&post_id);
  }
  uc_test_client_settle (anna);
  messages = uc_test_client_load (anna, fixture->channel_id, 1000);
  g_assert_cmpuint (messages->len, ==, 60);
  g_clear_pointer (&messages, g_ptr_array_unref);

  /* A jump into the middle of what is not here. */
  uc_session_load_around_async (anna->session, early, NULL, uc_test_result_cb, &around);
  found = uc_session_load_around_finish (anna->session, uc_test_wait_result (&around), &error);
  g_assert_no_error (error);
  g_assert_cmpstr (found->post->message, ==, "message 50");
  spans = uc_test_client_load_spans (anna, fixture->channel_id);
  g_assert_cmpuint (spans->len, ==, 2);

  uc_session_sync_full_async (anna->session, NULL, uc_test_result_cb, &full);
  uc_session_sync_full_finish (anna->session, uc_test_wait_result (&full), &error);
  g_assert_no_error (error);
  messages = uc_test_client_load (anna, fixture->channel_id, 1000);
  g_assert_cmpuint (messages->len, ==, 250);
  for (guint i = 0; i < messages->len; i++) {
    g_autofree char *text = g_strdup_printf ("message %u", i);

    g_assert_cmpstr (((UcMessage *) g_ptr_array_index (messages, i))->post->message, ==, text);
  }
  g_clear_pointer (&spans, g_array_unref);
  spans = uc_test_client_load_spans (anna, fixture->channel_id);
  g_assert_cmpuint (spans->len, ==, 1);
  g_assert_true (g_array_index (spans, UcSpan, 0).reaches_start);
}

/* Being added to a channel, and a conversation that somebody else begins. */
static void
test_new_channels (Fixture *fixture, gconstpointer data)
{
  g_autoptr (UcTestClient) anna = new_client (fixture, fixture->anna);
  g_autoptr (UcMessage) in_new = NULL;
  g_autoptr (UcMessage) in_direct = NULL;
  g_autofree char *new_id = NULL;
  g_autofree char *post_id = NULL;
  g_autofree char *direct_post = NULL;
  g_autofree char *body = NULL;
  g_autoptr (JsonNode) direct = NULL;
  const char *direct_id;

  uc_test_client_settle (anna);
  new_id = uc_test_server_add_channel (fixture->server, "new", fixture->ben, NULL);
  uc_test_server_join (fixture->server, new_id, fixture->anna);
  post_id = uc_test_server_post (fixture->server, fixture->ben, new_id, NULL, "welcome");
  in_new = uc_test_client_wait_for_text (anna, new_id, "welcome");

  body = g_strdup_printf ("[\"%s\",\"%s\"]",
                          uc_test_server_get_user_id (fixture->server, fixture->ben),
                          uc_test_server_get_user_id (fixture->server, fixture->anna));
  direct =
      uc_test_server_call (fixture->server, fixture->ben, "POST", "/channels/direct", body, 201);
  direct_id = json_object_get_string_member (json_node_get_object (direct), "id");
  direct_post = uc_test_server_post (fixture->server, fixture->ben, direct_id, NULL, "psst");
  in_direct = uc_test_client_wait_for_text (anna, direct_id, "psst");
  uc_test_client_settle (anna);
}

typedef struct {
  UcTestClient *client;
  const char   *channel_id;
} LeftTest;

static gboolean
has_left (gpointer user_data)
{
  LeftTest       *test = user_data;
  UcChannelState *state = uc_test_client_load_channel (test->client, test->channel_id);
  gboolean        has_left = state == NULL;

  g_clear_pointer (&state, uc_channel_state_free);
  return has_left;
}

/* What was deleted while one was not there, by the program that was there or by a new one. */
static void
come_back (Fixture *fixture, gboolean restarts)
{
  g_autoptr (UcTestClient) anna = new_client (fixture, fixture->anna);
  g_autoptr (GPtrArray) messages = NULL;
  g_autoptr (UcMessage) before = NULL;
  g_autoptr (UcMessage) after = NULL;
  g_autofree char *channel_id = NULL;
  g_autofree char *gone_id = NULL;
  g_autofree char *kept_id = NULL;
  g_autofree char *last_id = NULL;
  g_autofree char *dir = g_strdup (anna->dir);
  g_autofree char *member = NULL;
  g_autofree char *post = NULL;

  channel_id = uc_test_server_add_channel (fixture->server, "left", fixture->ben, NULL);
  uc_test_server_join (fixture->server, channel_id, fixture->anna);
  gone_id = uc_test_server_post (fixture->server, fixture->ben, channel_id, NULL, "gone");
  kept_id = uc_test_server_post (fixture->server, fixture->ben, channel_id, NULL, "kept");
  uc_test_client_settle (anna);
  before = uc_test_client_wait_for_text (anna, channel_id, "kept");

  member = g_strdup_printf ("/channels/%s/members/%s", channel_id,
                            uc_test_server_get_user_id (fixture->server, fixture->anna));
  json_node_unref (
      uc_test_server_call (fixture->server, fixture->anna, "DELETE", member, NULL, 200));
  uc_test_wait_until (has_left, &(LeftTest){ anna, channel_id }, 20000);
  post = g_strconcat ("/posts/", gone_id, NULL);
  json_node_unref (uc_test_server_call (fixture->server, fixture->ben, "DELETE", post, NULL, 200));
  if (restarts) {
    uc_test_client_settle (anna);
    g_clear_pointer (&anna, uc_test_client_free);
    anna = uc_test_client_new (uc_test_server_get_site (fixture->server),
                               uc_test_server_get_user_id (fixture->server, fixture->anna),
                               uc_test_server_get_token (fixture->server, fixture->anna), dir);
    uc_test_client_settle (anna);
  }
  uc_test_server_join (fixture->server, channel_id, fixture->anna);
  last_id = uc_test_server_post (fixture->server, fixture->ben, channel_id, NULL, "last");
  after = uc_test_client_wait_for_text (anna, channel_id, "last");
  uc_test_client_settle (anna);

  messages = uc_test_client_load (anna, channel_id, 10);
  g_assert_cmpuint (messages->len, ==, 2);
  g_assert_cmpstr (((UcMessage *) g_ptr_array_index (messages, 0))->post->message, ==, "kept");
}

static void
test_come_back (Fixture *fixture, gconstpointer data)
{
  come_back (fixture, FALSE);
}

static void
test_come_back_later (Fixture *fixture, gconstpointer data)
{
  come_back (fixture, TRUE);
}

typedef struct {
  Fixture      *fixture;
  UcTestClient *client;
} TypingTest;

static gboolean
somebody_types (gpointer user_data)
{
  TypingTest *test = user_data;
  g_autoptr (GPtrArray) ids =
      uc_session_dup_typing (test->client->session, test->fixture->channel_id);

  return ids->len == 1 &&
         g_str_equal (g_ptr_array_index (ids, 0),
                      uc_test_server_get_user_id (test->fixture->server, test->fixture->ben));
}

static void
test_typing (Fixture *fixture, gconstpointer data)
{
  g_autoptr (UcTestClient) anna = new_client (fixture, fixture->anna);
  g_autoptr (UcTestClient) ben = new_client (fixture, fixture->ben);
  g_autoptr (UcMessage) message = NULL;
  g_autoptr (GPtrArray) ids = NULL;
  TypingTest test = { fixture, anna };

  uc_test_client_settle (anna);
  uc_test_client_settle (ben);
  uc_session_type (ben->session, fixture->channel_id, "");
  uc_test_wait_until (somebody_types, &test, 10000);

  /* With the message it is over. */
  uc_test_client_send (ben, fixture->channel_id, NULL, "there");
  message = uc_test_client_wait_for_text (anna, fixture->channel_id, "there");
  ids = uc_session_dup_typing (anna->session, fixture->channel_id);
  g_assert_cmpuint (ids->len, ==, 0);
}

static gboolean
is_read (gpointer user_data)
{
  TypingTest     *test = user_data;
  UcChannelState *state = uc_test_client_load_channel (test->client, test->fixture->channel_id);
  gboolean        is_done = state->unread == 0;

  uc_channel_state_free (state);
  return is_done;
}

/* What is on screen and looked at is read, here and on the server. */
static void
test_visible (Fixture *fixture, gconstpointer data)
{
  g_autoptr (UcTestClient) anna = new_client (fixture, fixture->anna);
  g_autoptr (UcMessage) message = NULL;
  g_autoptr (JsonNode) unread = NULL;
  g_autofree char *path = NULL;
  TypingTest       test = { fixture, anna };

  post (fixture, fixture->ben, "unread");
  uc_test_client_settle (anna);
  g_assert_false (is_read (&test));
  uc_session_set_visible (anna->session, fixture->channel_id, FALSE);
  uc_test_client_settle (anna);
  g_assert_false (is_read (&test));

  uc_session_set_visible (anna->session, fixture->channel_id, TRUE);
  uc_test_wait_until (is_read, &test, 10000);
  post (fixture, fixture->ben, "read at once");
  message = uc_test_client_wait_for_text (anna, fixture->channel_id, "read at once");
  uc_test_wait_until (is_read, &test, 10000);
  uc_test_client_wait_outbox_empty (anna);

  path = g_strdup_printf ("/users/me/channels/%s/unread", fixture->channel_id);
  unread = uc_test_server_call (fixture->server, fixture->anna, "GET", path, NULL, 200);
  g_assert_cmpint (json_object_get_int_member (json_node_get_object (unread), "msg_count"), ==, 0);
}

static void
test_open_direct (Fixture *fixture, gconstpointer data)
{
  g_autoptr (UcTestClient) anna = new_client (fixture, fixture->anna);
  g_autoptr (UcTestClient) ben = new_client (fixture, fixture->ben);
  const char *ben_id = uc_test_server_get_user_id (fixture->server, fixture->ben);
  g_autoptr (GAsyncResult) opened = NULL;
  g_autoptr (GAsyncResult) again = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *channel_id = NULL;
  g_autofree char *same_id = NULL;
  g_autoptr (UcMessage) message = NULL;

  uc_test_client_settle (anna);
  uc_test_client_settle (ben);
  uc_session_open_direct_async (anna->session, ben_id, NULL, uc_test_result_cb, &opened);
  channel_id = uc_session_open_direct_finish (anna->session, uc_test_wait_result (&opened), &error);
  g_assert_no_error (error);
  uc_test_client_send (anna, channel_id, NULL, "just us");
  message = uc_test_client_wait_for_text (ben, channel_id, "just us");

  uc_session_open_direct_async (anna->session, ben_id, NULL, uc_test_result_cb, &again);
  same_id = uc_session_open_direct_finish (anna->session, uc_test_wait_result (&again), &error);
  g_assert_no_error (error);
  g_assert_cmpstr (same_id, ==, channel_id);
}

static gboolean
ben_is_online (gpointer user_data)
{
  TypingTest *test = user_data;
  const char *ben_id = uc_test_server_get_user_id (test->fixture->server, test->fixture->ben);

  return uc_session_get_presence (test->client->session, ben_id) == UC_PRESENCE_ONLINE;
}

static void
test_presence (Fixture *fixture, gconstpointer data)
{
  g_autoptr (UcTestClient) anna = new_client (fixture, fixture->anna);
  g_autoptr (UcTestClient) ben = new_client (fixture, fixture->ben);
  TypingTest test = { fixture, anna };

  uc_test_client_settle (ben);
  uc_test_client_settle (anna);
  uc_test_wait_until (ben_is_online, &test, 10000);
  /* Without a connection nobody is known to be there. */
  uc_session_stop (anna->session);
  g_assert_false (ben_is_online (&test));
}

/* A dead token: everything stays readable and queued, and a new one goes on. */
static void
test_session_end (Fixture *fixture, gconstpointer data)
{
  g_autoptr (UcTestClient) anna = new_client (fixture, fixture->anna);
  g_autoptr (GPtrArray) rows = NULL;
  g_autoptr (GPtrArray) messages = NULL;
  g_auto (GStrv) texts = NULL;

  post (fixture, fixture->ben, "stays");
  uc_test_client_settle (anna);
  uc_session_stop (anna->session);

  uc_api_set_token (anna->api, "wrongwrongwrongwrongwrongw");
  uc_test_client_start (anna);
  uc_test_client_wait_for_state (anna, UC_SYNC_NEEDS_LOGIN);
  g_assert_nonnull (uc_session_get_state_reason (anna->session));
  uc_test_client_send (anna, fixture->channel_id, NULL, "queued");
  rows = uc_test_client_load_outbox (anna);
  g_assert_cmpuint (rows->len, ==, 1);
  messages = uc_test_client_load (anna, fixture->channel_id, 10);
  assert_texts (messages, "stays|queued");

  uc_api_set_token (anna->api, uc_test_server_get_token (fixture->server, fixture->anna));
  uc_session_retry_now (anna->session);
  uc_test_client_wait_for_state (anna, UC_SYNC_LIVE);
  uc_test_client_wait_outbox_empty (anna);
  texts = uc_test_server_dup_texts (fixture->server, fixture->channel_id);
  g_assert_cmpuint (g_strv_length (texts), ==, 2);
}

/* What the screen asks for before the token was found waits for it, and is not taken for
 * the end of the session. */
static void
test_early_question (Fixture *fixture, gconstpointer data)
{
  g_autoptr (UcTestClient) anna = new_client (fixture, fixture->anna);
  g_autofree char *post_id = NULL;
  g_autoptr (GAsyncResult) stored = NULL;
  g_autoptr (GAsyncResult) around = NULL;
  g_autoptr (GAsyncResult) too_early = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (UcMessage) found = NULL;

  post_id = uc_test_server_post (fixture->server, fixture->ben, fixture->channel_id, NULL, "hello");
  uc_secrets_store_async (anna->secrets, uc_test_server_get_site (fixture->server),
                          uc_session_get_user_id (anna->session), "test",
                          uc_test_server_get_token (fixture->server, fixture->anna), NULL,
                          uc_test_result_cb, &stored);
  g_assert_true (uc_secrets_store_finish (anna->secrets, uc_test_wait_result (&stored), NULL));
  uc_api_set_token (anna->api, NULL);

  /* Nobody is looking for a token yet. */
  uc_session_load_around_async (anna->session, post_id, NULL, uc_test_result_cb, &too_early);
  g_assert_null (
      uc_session_load_around_finish (anna->session, uc_test_wait_result (&too_early), &error));
  g_assert_error (error, UC_ERROR, UC_ERROR_AUTH);
  g_clear_error (&error);

  uc_test_client_start (anna);
  uc_session_load_around_async (anna->session, post_id, NULL, uc_test_result_cb, &around);
  found = uc_session_load_around_finish (anna->session, uc_test_wait_result (&around), &error);
  g_assert_no_error (error);
  g_assert_cmpstr (found->post->message, ==, "hello");
  uc_test_client_wait_for_state (anna, UC_SYNC_LIVE);
}

/* No token at all is not the end of the session. */
static void
test_token_missing (Fixture *fixture, gconstpointer data)
{
  g_autoptr (UcTestClient) anna = new_client (fixture, fixture->anna);
  g_autoptr (GAsyncResult) stored = NULL;
  g_autoptr (GError) error = NULL;
  const char *token = uc_test_server_get_token (fixture->server, fixture->anna);

  uc_api_set_token (anna->api, NULL);
  uc_test_client_start (anna);
  uc_test_client_wait_for_state (anna, UC_SYNC_NEEDS_TOKEN);
  g_assert_cmpint (uc_session_get_next_try_ms (anna->session), >, 0);

  uc_secrets_store_async (anna->secrets, uc_test_server_get_site (fixture->server),
                          uc_session_get_user_id (anna->session), "test", token, NULL,
                          uc_test_result_cb, &stored);
  uc_secrets_store_finish (anna->secrets, uc_test_wait_result (&stored), &error);
  g_assert_no_error (error);
  uc_session_retry_now (anna->session);
  uc_test_client_wait_for_state (anna, UC_SYNC_LIVE);
}

/* A keyring that a person has opened and that has none: then it is. */
static void
test_token_gone (Fixture *fixture, gconstpointer data)
{
  g_autoptr (UcTestClient) anna = new_client (fixture, fixture->anna);

  uc_api_set_token (anna->api, NULL);
  uc_test_client_start (anna);
  uc_test_client_wait_for_state (anna, UC_SYNC_NEEDS_TOKEN);
  uc_session_unlock (anna->session);
  uc_test_client_wait_for_state (anna, UC_SYNC_NEEDS_LOGIN);
}

int
main (int argc, char **argv)
{
  static const struct {
    const char *name;
    void (*run) (Fixture *fixture, gconstpointer data);
  } tests[] = {
    { "sign-in", test_sign_in },
    { "nobody-there", test_nobody_there },
    { "read", test_read },
    { "live", test_live },
    { "changes", test_changes },
    { "changes-while-away", test_changes_while_away },
    { "send", test_send },
    { "write-everything", test_write_everything },
    { "file", test_file },
    { "old-history", test_old_history },
    { "new-channels", test_new_channels },
    { "come-back", test_come_back },
    { "come-back-later", test_come_back_later },
    { "typing", test_typing },
    { "visible", test_visible },
    { "open-direct", test_open_direct },
    { "presence", test_presence },
    { "session-end", test_session_end },
    { "early-question", test_early_question },
    { "token-missing", test_token_missing },
    { "token-gone", test_token_gone },
  };

  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

  for (guint i = 0; i < G_N_ELEMENTS (tests); i++) {
    g_autofree char *path = g_strconcat ("/integration/sync/basics/", tests[i].name, NULL);

    g_test_add (path, Fixture, NULL, set_up, tests[i].run, tear_down);
  }
  return g_test_run ();
}
