/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Files arrive once and whole, and come back whole, whatever breaks on the way. */

#include "config.h"

#include "uc-error.h"
#include "uc-fault-proxy.h"
#include "uc-id.h"
#include "uc-test-client.h"
#include "uc-test-server.h"
#include "uc-test.h"

#include <glib/gstdio.h>
#include <unistd.h>

#define MIB    (1024 * 1024)
#define BEGIN  "POST /api/v4/uploads "
#define SIMPLE "POST /api/v4/files?"

typedef struct {
  UcTestServer *server;
  UcFaultProxy *proxy; /* of Anna */
  UcFaultProxy *bodo_proxy;
  UcTestClient *anna;
  UcTestClient *bodo;
  char         *anna_name;
  char         *bodo_name;
  char         *channel_id;
  char         *dir;
} Fixture;

static UcTestClient *
new_client (Fixture *fixture, const char *site, const char *name, const char *dir)
{
  return uc_test_client_new (site, uc_test_server_get_user_id (fixture->server, name),
                             uc_test_server_get_token (fixture->server, name), dir);
}

static void
set_up (Fixture *fixture, gconstpointer data)
{
  fixture->server = uc_test_server_new ();
  fixture->proxy = uc_fault_proxy_new (uc_test_server_get_port (fixture->server));
  fixture->bodo_proxy = uc_fault_proxy_new (uc_test_server_get_port (fixture->server));
  fixture->anna_name = uc_test_server_add_user (fixture->server, "anna");
  fixture->bodo_name = uc_test_server_add_user (fixture->server, "bodo");
  fixture->channel_id = uc_test_server_add_channel (fixture->server, "probe", fixture->anna_name,
                                                    fixture->bodo_name, NULL);
  fixture->dir = uc_test_dup_temp_dir ();
  fixture->anna =
      new_client (fixture, uc_fault_proxy_get_site (fixture->proxy), fixture->anna_name, NULL);
  fixture->bodo =
      new_client (fixture, uc_fault_proxy_get_site (fixture->bodo_proxy), fixture->bodo_name, NULL);
  uc_test_client_settle (fixture->anna);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  g_clear_pointer (&fixture->anna, uc_test_client_free);
  uc_test_client_free (fixture->bodo);
  uc_fault_proxy_free (fixture->proxy);
  uc_fault_proxy_free (fixture->bodo_proxy);
  uc_test_server_free (fixture->server);
  g_free (fixture->anna_name);
  g_free (fixture->bodo_name);
  g_free (fixture->channel_id);
  g_free (fixture->dir);
}

/* Of random bytes, so that no piece passes for another. */
static char *
write_file (Fixture *fixture, const char *name, gsize size)
{
  char               *path = g_build_filename (fixture->dir, name, NULL);
  g_autofree guint32 *bytes = g_malloc (size + 4);
  g_autoptr (GRand) rand = g_rand_new_with_seed ((guint32) size);

  for (gsize i = 0; i <= size / 4; i++)
    bytes[i] = g_rand_int (rand);
  g_assert_true (g_file_set_contents (path, (const char *) bytes, (gssize) size, NULL));
  return path;
}

static char *
dup_digest (const char *path)
{
  g_autofree char *content = NULL;
  gsize            length;

  g_assert_true (g_file_get_contents (path, &content, &length, NULL));
  return g_compute_checksum_for_data (G_CHECKSUM_SHA256, (const guchar *) content, length);
}

static gboolean
queue (Fixture *fixture, const char *text, const char *const *paths, GError **error)
{
  UcSession *session = fixture->anna->session;
  g_autoptr (GAsyncResult) result = NULL;

  uc_session_send_async (session, fixture->channel_id, NULL, text, paths, NULL, uc_test_result_cb,
                         &result);
  return uc_session_send_finish (session, uc_test_wait_result (&result), error);
}

static void
send_files (Fixture *fixture, const char *text, const char *const *paths)
{
  g_autoptr (GError) error = NULL;

  g_assert_true (queue (fixture, text, paths, &error));
  g_assert_no_error (error);
}

static UcOutboxRow *
load_row (Fixture *fixture)
{
  g_autoptr (GPtrArray) rows = uc_test_client_load_outbox (fixture->anna);

  g_assert_cmpuint (rows->len, ==, 1);
  return g_ptr_array_steal_index (rows, 0);
}

static char *
fetch (UcTestClient *client, const char *file_id, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  uc_session_fetch_file_async (client->session, file_id, "", NULL, uc_test_result_cb, &result);
  return uc_session_fetch_file_finish (client->session, uc_test_wait_result (&result), error);
}

/* The message with @text is there once, with these files as they were, in order. */
static void
assert_arrived (Fixture *fixture, const char *text, const char *const *paths)
{
  g_auto (GStrv) texts = uc_test_server_dup_texts (fixture->server, fixture->channel_id);
  g_autofree char *joined = g_strjoinv ("|", texts);
  g_autoptr (UcMessage) message = NULL;

  g_assert_cmpstr (joined, ==, text);
  uc_test_client_settle (fixture->bodo);
  message = uc_test_client_wait_for_text (fixture->bodo, fixture->channel_id, text);
  g_assert_cmpuint (message->post->files->len, ==, g_strv_length ((GStrv) paths));
  for (guint i = 0; paths[i] != NULL; i++) {
    UcFile *file = g_ptr_array_index (message->post->files, i);
    g_autoptr (GError) error = NULL;
    g_autofree char *here = fetch (fixture->bodo, file->id, &error);
    g_autofree char *expected = dup_digest (paths[i]);
    g_autofree char *arrived = NULL;

    g_assert_no_error (error);
    arrived = dup_digest (here);
    g_assert_cmpstr (arrived, ==, expected);
  }
}

static void
finish (Fixture *fixture)
{
  uc_session_retry_now (fixture->anna->session);
  uc_test_client_wait_for_state (fixture->anna, UC_SYNC_LIVE);
  uc_test_client_wait_outbox_empty (fixture->anna);
}

/* How far the one file of the outbox, or a file that is fetched, is at least. */
typedef struct {
  UcSession *session;
  char      *file_id;
  gint64     bytes;
} Mark;

static gboolean
is_past (gpointer user_data)
{
  Mark  *mark = user_data;
  gint64 done = 0;
  gint64 total = 0;

  return uc_session_get_transfer (mark->session, mark->file_id, &done, &total) &&
         done >= mark->bytes;
}

static void
wait_for_bytes (UcSession *session, const char *file_id, gint64 bytes)
{
  Mark mark = { session, (char *) file_id, bytes };

  uc_test_wait_until (is_past, &mark, 20000);
}

static void
wait_for_upload (Fixture *fixture, gint64 bytes)
{
  UcOutboxRow     *row = load_row (fixture);
  g_autofree char *file_id = g_strdup_printf ("local:%s:0", row->op_id);

  wait_for_bytes (fixture->anna->session, file_id, bytes);
  uc_outbox_row_free (row);
}

static void
kill_and_restart (Fixture *fixture)
{
  uc_test_server_kill (fixture->server);
  uc_test_client_wait_for_state (fixture->anna, UC_SYNC_OFFLINE);
  uc_test_server_restart (fixture->server);
}

/* -- Up ----------------------------------------------------------------------------------- */

static void
test_several (Fixture *fixture, gconstpointer data)
{
  g_autofree char *large = write_file (fixture, "large.bin", 11 * MIB + 1);
  g_autofree char *exact = write_file (fixture, "exact.bin", 5 * MIB);
  g_autofree char *medium = write_file (fixture, "medium.bin", MIB);
  g_autofree char *small = write_file (fixture, "Müller „ß“.txt", 10);
  const char      *paths[] = { large, exact, medium, small, NULL };

  send_files (fixture, "several", paths);
  uc_test_client_wait_outbox_empty (fixture->anna);
  g_assert_cmpuint (uc_fault_proxy_count (fixture->proxy, BEGIN), ==, 3);
  g_assert_cmpuint (uc_fault_proxy_count (fixture->proxy, SIMPLE), ==, 1);
  assert_arrived (fixture, "several", paths);
}

/* Killed at so many percent, the server has what it noted, and only the rest goes out
 * once more. */
static void
test_killed (Fixture *fixture, gconstpointer data)
{
  const gint64     percent = GPOINTER_TO_INT (data);
  const gint64     size = 20 * MIB;
  g_autofree char *large = write_file (fixture, "large.bin", (gsize) size);
  const char      *paths[] = { large, NULL };

  send_files (fixture, "large", paths);
  wait_for_upload (fixture, size * percent / 100);
  kill_and_restart (fixture);
  finish (fixture);
  assert_arrived (fixture, "large", paths);
  g_assert_cmpuint (uc_fault_proxy_count (fixture->proxy, BEGIN), ==, 1);
}

static gboolean
is_cut_off (gpointer user_data)
{
  Fixture *fixture = user_data;

  return uc_session_get_state (fixture->anna->session) != UC_SYNC_LIVE;
}

/* The connection breaks, once in each piece; the server lives on. The waits before another
 * try, longer with each break in a row, are cut short as a user would. */
static void
test_broken (Fixture *fixture, gconstpointer data)
{
  const gint64     size = 20 * MIB;
  g_autofree char *large = write_file (fixture, "large.bin", (gsize) size);
  const char      *paths[] = { large, NULL };

  send_files (fixture, "large", paths);
  for (gint64 at = 3 * MIB; at < size; at += 5 * MIB) {
    wait_for_upload (fixture, at);
    uc_fault_proxy_set_down (fixture->proxy, TRUE);
    uc_test_wait_until (is_cut_off, fixture, 20000);
    uc_session_retry_now (fixture->anna->session);
    uc_test_client_wait_for_state (fixture->anna, UC_SYNC_OFFLINE);
    uc_fault_proxy_set_down (fixture->proxy, FALSE);
    uc_session_retry_now (fixture->anna->session);
    uc_test_client_wait_for_state (fixture->anna, UC_SYNC_LIVE);
  }
  finish (fixture);
  assert_arrived (fixture, "large", paths);
  g_assert_cmpuint (uc_fault_proxy_count (fixture->proxy, BEGIN), ==, 1);
}

/* The client is gone in the middle, and another one over the same store goes on. */
static void
test_client_restarted (Fixture *fixture, gconstpointer data)
{
  g_autofree char *large = write_file (fixture, "large.bin", 20 * MIB);
  g_autofree char *saved = g_build_filename (fixture->dir, "saved.bin", NULL);
  const char      *paths[] = { large, NULL };
  const char      *saved_paths[] = { saved, NULL };
  g_autofree char *dir = g_strdup (fixture->anna->dir);

  send_files (fixture, "large", paths);
  wait_for_upload (fixture, 11 * MIB);
  /* What was chosen may go: what is sent is the copy. */
  g_assert_cmpint (g_rename (large, saved), ==, 0);
  uc_test_client_free (fixture->anna);
  fixture->anna =
      new_client (fixture, uc_fault_proxy_get_site (fixture->proxy), fixture->anna_name, dir);
  uc_test_client_settle (fixture->anna);
  uc_test_client_wait_outbox_empty (fixture->anna);
  g_assert_cmpuint (uc_fault_proxy_count (fixture->proxy, BEGIN), ==, 1);
  assert_arrived (fixture, "large", saved_paths);
}

static gboolean
is_failed (gpointer user_data)
{
  Fixture *fixture = user_data;
  g_autoptr (GPtrArray) rows = uc_test_client_load_outbox (fixture->anna);

  return rows->len == 1 && ((UcOutboxRow *) g_ptr_array_index (rows, 0))->state == UC_SEND_FAILED;
}

static void
test_stopped (Fixture *fixture, gconstpointer data)
{
  g_autofree char *large = write_file (fixture, "large.bin", 20 * MIB);
  const char      *paths[] = { large, NULL };
  UcOutboxRow     *row;
  g_autofree char *op_id = NULL;
  g_autofree char *file_id = NULL;

  send_files (fixture, "large", paths);
  wait_for_upload (fixture, 7 * MIB);
  row = load_row (fixture);
  op_id = g_strdup (row->op_id);
  file_id = g_strdup_printf ("local:%s:0", op_id);
  uc_outbox_row_free (row);
  uc_session_stop_upload (fixture->anna->session, file_id);
  uc_test_wait_until (is_failed, fixture, 20000);
  row = load_row (fixture);
  g_assert_nonnull (row->reason);
  uc_outbox_row_free (row);
  /* And it stays so: whoever asks for a channel's turn now finds none. */
  uc_test_client_settle (fixture->anna);
  uc_session_retry_now (fixture->anna->session);
  uc_test_client_settle (fixture->anna);
  g_assert_true (is_failed (fixture));

  uc_session_retry (fixture->anna->session, op_id);
  uc_test_client_wait_outbox_empty (fixture->anna);
  g_assert_cmpuint (uc_fault_proxy_count (fixture->proxy, BEGIN), ==, 1);
  assert_arrived (fixture, "large", paths);
}

static void
test_discarded (Fixture *fixture, gconstpointer data)
{
  g_autofree char *large = write_file (fixture, "large.bin", 20 * MIB);
  const char      *paths[] = { large, NULL };
  const char      *none[] = { NULL };
  UcOutboxRow     *row;

  send_files (fixture, "large", paths);
  wait_for_upload (fixture, 7 * MIB);
  row = load_row (fixture);
  uc_session_discard (fixture->anna->session, row->op_id);
  uc_outbox_row_free (row);
  uc_test_client_wait_outbox_empty (fixture->anna);
  send_files (fixture, "afterwards", none);
  uc_test_client_wait_outbox_empty (fixture->anna);
  assert_arrived (fixture, "afterwards", none);
}

/* A server from before there were pieces. */
static void
test_no_pieces (Fixture *fixture, gconstpointer data)
{
  g_autofree char *large = write_file (fixture, "large.bin", 11 * MIB);
  const char      *paths[] = { large, NULL };

  uc_fault_proxy_answer (fixture->proxy, BEGIN, data);
  send_files (fixture, "large", paths);
  uc_test_client_wait_outbox_empty (fixture->anna);
  g_assert_cmpuint (uc_fault_proxy_count (fixture->proxy, SIMPLE), ==, 1);
  assert_arrived (fixture, "large", paths);
}

static char *
begin_upload (Fixture *fixture, const char *name, gint64 size)
{
  g_autofree char *body = g_strdup_printf (
      "{\"channel_id\":\"%s\",\"filename\":\"%s\",\"file_size\":%" G_GINT64_FORMAT "}",
      fixture->channel_id, name, size);
  g_autoptr (JsonNode) node =
      uc_test_server_call (fixture->server, fixture->anna_name, "POST", "/uploads", body, 201);

  return g_strdup (json_object_get_string_member (json_node_get_object (node), "id"));
}

static void
go_offline (Fixture *fixture)
{
  uc_fault_proxy_set_down (fixture->proxy, TRUE);
  uc_test_client_wait_for_state (fixture->anna, UC_SYNC_OFFLINE);
}

static void
put_memory (Fixture *fixture, const char *upload_id)
{
  UcOutboxRow     *row = load_row (fixture);
  g_autofree char *key = g_strdup_printf ("upload:%s:0", row->op_id);
  g_autofree char *value = g_strdup_printf ("%s 0 0", upload_id);
  UcBatch         *batch = uc_batch_new ();

  uc_batch_put_fact (batch, key, value);
  uc_test_client_apply (fixture->anna, batch);
  uc_outbox_row_free (row);
}

/* The last byte arrived and the answer did not: the file is found, not sent again. */
static void
test_answer_lost (Fixture *fixture, gconstpointer data)
{
  g_autofree char *path = write_file (fixture, "text.txt", 2 * MIB);
  const char      *paths[] = { path, NULL };
  g_autofree char *content = g_strnfill (2 * MIB, 'x');
  g_autofree char *upload_id = begin_upload (fixture, "text.txt", 2 * MIB);
  g_autofree char *send_path = g_strconcat ("/uploads/", upload_id, NULL);
  g_autoptr (JsonNode) node = NULL;

  g_assert_true (g_file_set_contents (path, content, -1, NULL));
  node = uc_test_server_call (fixture->server, fixture->anna_name, "POST", send_path, content, 200);
  go_offline (fixture);
  send_files (fixture, "once", paths);
  put_memory (fixture, upload_id);
  uc_fault_proxy_set_down (fixture->proxy, FALSE);
  finish (fixture);
  g_assert_cmpuint (uc_fault_proxy_count (fixture->proxy, "POST /api/v4/uploads"), ==, 0);
  g_assert_cmpuint (uc_fault_proxy_count (fixture->proxy, SIMPLE), ==, 0);
  assert_arrived (fixture, "once", paths);
}

/* It never heard of the upload: one is begun anew. */
static void
test_upload_unknown (Fixture *fixture, gconstpointer data)
{
  g_autofree char *path = write_file (fixture, "file.bin", 2 * MIB);
  const char      *paths[] = { path, NULL };

  go_offline (fixture);
  send_files (fixture, "once", paths);
  put_memory (fixture, "kcrkmti6tby5tdcqco5pnrkpca");
  uc_fault_proxy_set_down (fixture->proxy, FALSE);
  finish (fixture);
  g_assert_cmpuint (uc_fault_proxy_count (fixture->proxy, BEGIN), ==, 1);
  assert_arrived (fixture, "once", paths);
}

/* A file that was sent in an earlier try, and that the server has forgotten since. */
static void
test_forgotten (Fixture *fixture, gconstpointer data)
{
  g_autofree char *path = write_file (fixture, "file.bin", 1000);
  const char      *paths[] = { path, NULL };
  UcOutboxRow     *row;
  UcBatch         *batch = uc_batch_new ();

  go_offline (fixture);
  send_files (fixture, "once", paths);
  row = load_row (fixture);
  uc_batch_outbox_upload_done (batch, row->op_id, 0, "kcrkmti6tby5tdcqco5pnrkpca");
  uc_test_client_apply (fixture->anna, batch);
  uc_outbox_row_free (row);
  uc_fault_proxy_set_down (fixture->proxy, FALSE);
  finish (fixture);
  assert_arrived (fixture, "once", paths);
}

/* A copy that was damaged on the disk is not sent as if it were the file. */
static void
test_damaged (Fixture *fixture, gconstpointer data)
{
  g_autofree char *path = write_file (fixture, "file.bin", 1000);
  const char      *paths[] = { path, NULL };
  UcOutboxRow     *row;
  UcFile          *file;

  go_offline (fixture);
  send_files (fixture, "once", paths);
  row = load_row (fixture);
  file = g_ptr_array_index (row->files, 0);
  g_assert_true (g_file_set_contents (file->local_path, "other", -1, NULL));
  uc_outbox_row_free (row);
  uc_fault_proxy_set_down (fixture->proxy, FALSE);
  uc_session_retry_now (fixture->anna->session);
  uc_test_wait_until (is_failed, fixture, 20000);
  g_assert_cmpuint (uc_fault_proxy_count (fixture->proxy, SIMPLE), ==, 0);
}

/* -- Down --------------------------------------------------------------------------------- */

static char *
put_file (Fixture *fixture, const char *const *paths)
{
  g_autoptr (UcMessage) message = NULL;

  send_files (fixture, "here", paths);
  uc_test_client_wait_outbox_empty (fixture->anna);
  uc_test_client_settle (fixture->bodo);
  message = uc_test_client_wait_for_text (fixture->bodo, fixture->channel_id, "here");
  return g_strdup (((UcFile *) g_ptr_array_index (message->post->files, 0))->id);
}

/* What had come is not asked for again. */
static void
test_fetch_resumed (Fixture *fixture, gconstpointer data)
{
  g_autofree char *large = write_file (fixture, "large.bin", 40 * MIB);
  const char      *paths[] = { large, NULL };
  g_autofree char *file_id = put_file (fixture, paths);
  UcSession       *session = fixture->bodo->session;
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *path = NULL;
  g_autofree char *part = NULL;
  GStatBuf         before;

  uc_session_fetch_file_async (session, file_id, "", NULL, uc_test_result_cb, &result);
  wait_for_bytes (session, file_id, 20 * MIB);
  uc_test_server_kill (fixture->server);
  g_assert_null (uc_session_fetch_file_finish (session, uc_test_wait_result (&result), &error));
  g_assert_error (error, UC_ERROR, UC_ERROR_OFFLINE);
  g_clear_error (&error);
  uc_test_server_restart (fixture->server);

  g_clear_object (&result);
  uc_session_fetch_file_async (session, file_id, "", NULL, uc_test_result_cb, &result);
  wait_for_bytes (session, file_id, 20 * MIB + 1);
  path = uc_session_fetch_file_finish (session, uc_test_wait_result (&result), &error);
  g_assert_no_error (error);
  part = g_strconcat (path, ".part", NULL);
  g_assert_cmpint (g_stat (path, &before), ==, 0);
  g_assert_cmpint (before.st_size, ==, 40 * MIB);
  g_assert_false (g_file_test (part, G_FILE_TEST_EXISTS));
  assert_arrived (fixture, "here", paths);
}

static void
test_fetch_broken (Fixture *fixture, gconstpointer data)
{
  g_autofree char *large = write_file (fixture, "large.bin", 40 * MIB);
  const char      *paths[] = { large, NULL };
  g_autofree char *file_id = put_file (fixture, paths);
  /* What was sent lies in the sender's own cache. */
  g_autofree char *cached = fetch (fixture->anna, file_id, NULL);
  g_autofree char *part = g_strconcat (cached, ".part", NULL);
  UcSession       *session = fixture->anna->session;
  g_autofree char *expected = NULL;
  g_autofree char *arrived = NULL;
  g_autoptr (GError) error = NULL;
  GStatBuf info;

  g_assert_cmpint (g_unlink (cached), ==, 0);
  for (gint64 at = 10 * MIB; at <= 30 * MIB; at += 20 * MIB) {
    g_autoptr (GAsyncResult) result = NULL;

    uc_session_fetch_file_async (session, file_id, "", NULL, uc_test_result_cb, &result);
    wait_for_bytes (session, file_id, at);
    uc_fault_proxy_set_down (fixture->proxy, TRUE);
    g_assert_null (uc_session_fetch_file_finish (session, uc_test_wait_result (&result), &error));
    g_assert_error (error, UC_ERROR, UC_ERROR_OFFLINE);
    g_clear_error (&error);
    uc_fault_proxy_set_down (fixture->proxy, FALSE);
    /* So much need not come again. */
    g_assert_cmpint (g_stat (part, &info), ==, 0);
    g_assert_cmpint (info.st_size, >=, at - 64 * 1024);
  }
  g_free (cached);
  cached = fetch (fixture->anna, file_id, &error);
  g_assert_no_error (error);
  expected = dup_digest (large);
  arrived = dup_digest (cached);
  g_assert_cmpstr (arrived, ==, expected);
}

static void
test_fetch_cancelled (Fixture *fixture, gconstpointer data)
{
  g_autofree char *large = write_file (fixture, "large.bin", 40 * MIB);
  const char      *paths[] = { large, NULL };
  g_autofree char *file_id = put_file (fixture, paths);
  UcSession       *session = fixture->bodo->session;
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  gint64 done;
  gint64 total;

  uc_session_fetch_file_async (session, file_id, "", cancellable, uc_test_result_cb, &result);
  wait_for_bytes (session, file_id, MIB);
  g_cancellable_cancel (cancellable);
  g_assert_null (uc_session_fetch_file_finish (session, uc_test_wait_result (&result), &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_false (uc_session_get_transfer (session, file_id, &done, &total));
  assert_arrived (fixture, "here", paths);
}

typedef struct {
  UcTestClient *client;
  char         *file_id;
  GError       *error; /* (owned) */
} Loss;

/* A Mattermost server takes the files of a deleted message away a moment later. */
static gboolean
is_lost (gpointer user_data)
{
  Loss            *loss = user_data;
  g_autofree char *path = NULL;

  g_clear_error (&loss->error);
  path = fetch (loss->client, loss->file_id, &loss->error);
  if (path != NULL)
    g_assert_cmpint (g_unlink (path), ==, 0);
  return path == NULL;
}

static void
test_fetch_gone (Fixture *fixture, gconstpointer data)
{
  g_autofree char *file = write_file (fixture, "file.bin", 1000);
  const char      *paths[] = { file, NULL };
  g_autofree char *file_id = put_file (fixture, paths);
  g_autoptr (UcMessage) message =
      uc_test_client_wait_for_text (fixture->bodo, fixture->channel_id, "here");
  g_autofree char *post_path = g_strconcat ("/posts/", message->post->id, NULL);
  g_autoptr (JsonNode) node =
      uc_test_server_call (fixture->server, fixture->anna_name, "DELETE", post_path, NULL, 200);
  Loss loss = { fixture->bodo, file_id, NULL };

  uc_test_wait_until (is_lost, &loss, 5000);
  g_assert_error (loss.error, UC_ERROR, UC_ERROR_NOT_FOUND);
  g_clear_error (&loss.error);
}

static gboolean
has_preview_here (gpointer user_data)
{
  Mark *mark = user_data;
  g_autoptr (GAsyncResult) result = NULL;

  uc_session_measure_cache_async (mark->session, FALSE, NULL, uc_test_result_cb, &result);
  return uc_session_measure_cache_finish (mark->session, uc_test_wait_result (&result), NULL) >=
         mark->bytes;
}

/* A picture that somebody sends is here before anybody looks at it, and so it can be
 * looked at without a server. */
static void
test_fetched_ahead (Fixture *fixture, gconstpointer data)
{
  /* 64 by 48, black. */
  static const char base64[] =
      "iVBORw0KGgoAAAANSUhEUgAAAEAAAAAwAQAAAACJMEGyAAAADklEQVR42mNgGAVDCQAA"
      "AbAAAYw4X18AAAAASUVORK5CYII=";
  gsize            length;
  g_autofree char *png = (char *) g_base64_decode (base64, &length);
  g_autofree char *path = g_build_filename (fixture->dir, "picture.png", NULL);
  const char      *paths[] = { path, NULL };
  Mark             mark = { fixture->bodo->session, NULL, (gint64) length };
  g_autoptr (UcMessage) message = NULL;
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *here = NULL;
  UcFile          *file;

  g_assert_true (g_file_set_contents (path, png, (gssize) length, NULL));
  uc_test_client_settle (fixture->bodo);
  uc_test_client_wait_for_state (fixture->bodo, UC_SYNC_LIVE);
  send_files (fixture, "look", paths);
  message = uc_test_client_wait_for_text (fixture->bodo, fixture->channel_id, "look");
  uc_test_wait_until (has_preview_here, &mark, 20000);
  uc_fault_proxy_set_down (fixture->bodo_proxy, TRUE);
  file = g_ptr_array_index (message->post->files, 0);
  uc_session_fetch_file_async (fixture->bodo->session, file->id, "preview", NULL, uc_test_result_cb,
                               &result);
  here =
      uc_session_fetch_file_finish (fixture->bodo->session, uc_test_wait_result (&result), &error);
  g_assert_no_error (error);
  g_assert_nonnull (here);
}

/* What the server takes at most is known before anything is copied. */
static void
test_too_large (Fixture *fixture, gconstpointer data)
{
  const gint64     max_bytes = uc_session_get_max_file_bytes (fixture->anna->session);
  g_autofree char *path = write_file (fixture, "large.bin", 10);
  const char      *paths[] = { path, NULL };
  g_autoptr (GError) error = NULL;

  g_assert_cmpint (max_bytes, >, 0);
  g_assert_cmpint (truncate (path, max_bytes + 1), ==, 0);
  g_assert_false (queue (fixture, "too large", paths, &error));
  g_assert_error (error, UC_ERROR, UC_ERROR_INVALID);
}

#define ADD(name, func, data)                                                                      \
  g_test_add ("/sync/files/" name, Fixture, data, set_up, func, tear_down)

static const char not_found[] =
    "HTTP/1.1 404 Not Found\r\nContent-Type: application/json\r\nContent-Length: 2\r\n"
    "Connection: close\r\n\r\n{}";
static const char not_implemented[] =
    "HTTP/1.1 501 Not Implemented\r\nContent-Type: application/json\r\nContent-Length: 2\r\n"
    "Connection: close\r\n\r\n{}";

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

  ADD ("several", test_several, NULL);
  ADD ("broken", test_broken, NULL);
  ADD ("client-restarted", test_client_restarted, NULL);
  ADD ("stopped", test_stopped, NULL);
  ADD ("discarded", test_discarded, NULL);
  ADD ("no-pieces", test_no_pieces, not_found);
  ADD ("pieces-off", test_no_pieces, not_implemented);
  ADD ("upload-unknown", test_upload_unknown, NULL);
  ADD ("forgotten", test_forgotten, NULL);
  ADD ("damaged", test_damaged, NULL);
  ADD ("fetch-broken", test_fetch_broken, NULL);
  ADD ("fetch-cancelled", test_fetch_cancelled, NULL);
  ADD ("fetch-gone", test_fetch_gone, NULL);
  ADD ("fetched-ahead", test_fetched_ahead, NULL);
  ADD ("too-large", test_too_large, NULL);
  /* Another's server is not ours to kill, and cannot be asked for a file by its upload. */
  if (g_getenv ("UC_TEST_SERVER_URL") == NULL) {
    ADD ("killed-at-10", test_killed, GINT_TO_POINTER (10));
    ADD ("killed-at-50", test_killed, GINT_TO_POINTER (50));
    ADD ("killed-at-99", test_killed, GINT_TO_POINTER (99));
    ADD ("killed-at-the-end", test_killed, GINT_TO_POINTER (100));
    ADD ("answer-lost", test_answer_lost, NULL);
    ADD ("fetch-resumed", test_fetch_resumed, NULL);
  }
  return g_test_run ();
}
