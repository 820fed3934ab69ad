/* SPDX-License-Identifier: GPL-3.0-or-later */

/* How a call goes its way when the bytes are hostile, slow, large or cut off. */

#include "config.h"

#include "uc-api-private.h"
#include "uc-error.h"
#include "uc-limits.h"
#include "uc-net-server.h"
#include "uc-test.h"

#include <glib/gstdio.h>

#include <string.h>
#include <sys/resource.h>

#define ID "abcdefghijklmnopqrstuvwxyz"

static void
expect_raw (UcRequest *request, const char *answer, gboolean keeps_open, UcErrorCode code)
{
  g_autoptr (UcRawServer) server = uc_raw_server_new (answer, -1, keeps_open);
  g_autoptr (UcApi) api = uc_api_new (server->site);
  g_autoptr (GError) error = NULL;

  _uc_api_set_limits (api, 2000, 150);
  uc_api_set_token (api, "t");
  g_assert_null (uc_net_call (api, request, &error));
  g_test_message ("%s", error != NULL ? error->message : "no error");
  g_assert_error (error, UC_ERROR, (int) code);
}

static void
test_cut_off (void)
{
  static const char half[] = "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n"
                             "Content-Length: 500\r\n\r\n{\"id\":\"abc";

  /* Cut off before and in the answer: a question may be asked again, what was to be
   * done may have been done. */
  expect_raw (uc_request_me (), "", FALSE, UC_ERROR_OFFLINE);
  expect_raw (uc_request_me (), half, FALSE, UC_ERROR_OFFLINE);
  expect_raw (uc_request_delete_post (ID), "", FALSE, UC_ERROR_TIMEOUT);
  expect_raw (uc_request_delete_post (ID), half, FALSE, UC_ERROR_TIMEOUT);
}

static void
download (const char *path, const char *content_before, const char *answer, const char *expected)
{
  g_autoptr (UcRawServer) server = uc_raw_server_new (answer, -1, FALSE);
  g_autoptr (UcApi) api = uc_api_new (server->site);
  g_autofree char *part = g_strconcat (path, ".part", NULL);
  g_autofree char *content = NULL;
  g_autoptr (GError) error = NULL;

  g_unlink (path);
  if (content_before != NULL)
    g_assert_true (g_file_set_contents (part, content_before, -1, NULL));
  uc_api_set_token (api, "t");
  g_assert_null (uc_net_call (api, uc_request_download_file (ID, "", path), &error));
  g_assert_cmpint (strstr (server->received->str, "Range: bytes=") != NULL, ==,
                   content_before != NULL);
  if (expected == NULL) {
    g_assert_nonnull (error);
    g_assert_false (g_file_test (path, G_FILE_TEST_EXISTS));
    return;
  }
  g_assert_no_error (error);
  g_assert_true (g_file_get_contents (path, &content, NULL, NULL));
  g_assert_cmpstr (content, ==, expected);
}

/* A file that broke off goes on behind what is there; whatever a server makes of the
 * question, nothing wrong gets the file's name. */
static void
test_resumed_download (void)
{
  g_autofree char *dir = uc_test_dup_temp_dir ();
  g_autofree char *path = g_build_filename (dir, "file", NULL);
  g_autofree char *part = g_strconcat (path, ".part", NULL);
  g_autofree char *kept = NULL;

  download (path, NULL, "HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\n01234", NULL);
  g_assert_true (g_file_get_contents (part, &kept, NULL, NULL));
  g_assert_cmpstr (kept, ==, "01234");
  download (path, "01234",
            "HTTP/1.1 206 Partial Content\r\nContent-Range: bytes 5-9/10\r\n"
            "Content-Length: 5\r\n\r\n56789",
            "0123456789");
  download (path, "01234", "HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\nabcd", "abcd");
  /* It is asked for whole then, and here gets the same answer once more. */
  download (path, "01234",
            "HTTP/1.1 206 Partial Content\r\nContent-Range: bytes 4-9/10\r\n"
            "Content-Length: 6\r\n\r\n456789",
            NULL);
  download (path, "0123456789ab", "HTTP/1.1 416 Range Not Satisfiable\r\nContent-Length: 0\r\n\r\n",
            NULL);
  download (path, NULL,
            "HTTP/1.1 206 Partial Content\r\nContent-Range: bytes 0-4/5\r\n"
            "Content-Length: 5\r\n\r\n01234",
            NULL);
}

static void
test_silence (void)
{
  static const char head[] = "HTTP/1.1 200 OK\r\nContent-Length: 500\r\n";
  static const char half[] = "HTTP/1.1 200 OK\r\nContent-Length: 500\r\n\r\n{\"id\":\"abc";

  expect_raw (uc_request_me (), "", TRUE, UC_ERROR_TIMEOUT);
  expect_raw (uc_request_me (), head, TRUE, UC_ERROR_TIMEOUT);
  expect_raw (uc_request_me (), half, TRUE, UC_ERROR_TIMEOUT);
  expect_raw (uc_request_delete_post (ID), half, TRUE, UC_ERROR_TIMEOUT);
}

static void
test_not_http (void)
{
  expect_raw (uc_request_me (), "SSH-2.0-OpenSSH_9.2p1\r\n", FALSE, UC_ERROR_PROTOCOL);
  expect_raw (uc_request_me (), "\x15\x03\x01\x00\x02\x02\x28", FALSE, UC_ERROR_PROTOCOL);
}

static void
test_nobody_there (void)
{
  g_autoptr (UcRawServer) server = uc_raw_server_new ("", -1, FALSE);
  g_autofree char *site = g_strdup (server->site);
  g_autoptr (UcApi) api = uc_api_new (site);
  g_autoptr (GError) error = NULL;

  g_clear_pointer (&server, uc_raw_server_free);
  g_assert_null (uc_net_call (api, uc_request_delete_post (ID), &error));
  g_assert_error (error, UC_ERROR, UC_ERROR_OFFLINE);
}

/* A plain server where TLS is spoken: nothing of ours goes out. */
static void
test_tls_to_plain (void)
{
  g_autoptr (UcRawServer) server = uc_raw_server_new ("", -1, FALSE);
  g_autofree char *site = g_strconcat ("https", server->site + strlen ("http"), NULL);
  g_autoptr (UcApi) api = uc_api_new (site);
  g_autoptr (GError) error = NULL;

  _uc_api_set_limits (api, 300, 300);
  uc_api_set_token (api, "canary-token");
  g_assert_null (uc_net_call (api, uc_request_me (), &error));
  g_assert_error (error, UC_ERROR, UC_ERROR_OFFLINE);
  g_assert_null (g_strstr_len (server->received->str, (gssize) server->received->len, "canary"));
}

static GBytes *
dup_gzip (gsize n_bytes)
{
  g_autoptr (GZlibCompressor) gzip = g_zlib_compressor_new (G_ZLIB_COMPRESSOR_FORMAT_GZIP, 9);
  g_autoptr (GOutputStream) memory = g_memory_output_stream_new_resizable ();
  g_autoptr (GOutputStream) stream = g_converter_output_stream_new (memory, G_CONVERTER (gzip));
  g_autofree char *block = g_strnfill (1024 * 1024, ' ');

  g_output_stream_write_all (stream, "[", 1, NULL, NULL, NULL);
  for (gsize i = 0; i < n_bytes; i += 1024 * 1024)
    g_output_stream_write_all (stream, block, 1024 * 1024, NULL, NULL, NULL);
  g_output_stream_write_all (stream, "]", 1, NULL, NULL, NULL);
  g_output_stream_close (stream, NULL, NULL);
  return g_memory_output_stream_steal_as_bytes (G_MEMORY_OUTPUT_STREAM (memory));
}

static UcRawServer *
serve_gzip (gsize n_bytes)
{
  g_autoptr (GBytes) zipped = dup_gzip (n_bytes);
  g_autoptr (GByteArray) answer = g_byte_array_new ();
  gsize            length = g_bytes_get_size (zipped);
  g_autofree char *head =
      g_strdup_printf ("HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n"
                       "Content-Encoding: gzip\r\nContent-Length: %" G_GSIZE_FORMAT "\r\n\r\n",
                       length);

  g_byte_array_append (answer, (const guint8 *) head, (guint) strlen (head));
  g_byte_array_append (answer, g_bytes_get_data (zipped, NULL), (guint) length);
  return uc_raw_server_new ((const char *) answer->data, (gssize) answer->len, FALSE);
}

static void
test_gzip (void)
{
  g_autoptr (UcRawServer) server = serve_gzip (1024 * 1024);
  g_autoptr (UcApi) api = uc_api_new (server->site);
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) teams = uc_net_call (api, uc_request_my_teams (), &error);

  g_assert_no_error (error);
  g_assert_cmpuint (teams->len, ==, 0);
}

static gint64
get_peak_bytes (void)
{
  struct rusage usage;

  getrusage (RUSAGE_SELF, &usage);
  return (gint64) usage.ru_maxrss * 1024;
}

/* 200 MB in some 200 KB: unpacked only as far as the limit goes. */
static void
test_gzip_bomb (void)
{
  g_autoptr (UcRawServer) server = serve_gzip (200 * 1024 * 1024);
  g_autoptr (UcApi) api = uc_api_new (server->site);
  g_autoptr (GError) error = NULL;
  gint64 before = get_peak_bytes ();

  g_assert_null (uc_net_call (api, uc_request_my_teams (), &error));
  g_assert_error (error, UC_ERROR, UC_ERROR_PROTOCOL);
  g_assert_nonnull (strstr (error->message, "too large"));
  /* A growing array holds at most twice its content, thrice while it grows. */
  g_assert_cmpint (get_peak_bytes () - before, <, 3 * (gint64) UC_LIMIT_HTTP_JSON_BYTES);
}

static void
test_truncated_gzip (void)
{
  expect_raw (uc_request_me (),
              "HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: 11\r\n\r\nnot gzip at",
              FALSE, UC_ERROR_PROTOCOL);
}

/* -- Files --------------------------------------------------------------------------- */

typedef struct {
  GBytes  *content;
  guint    status;
  char    *received;
  gsize    n_received;
  char    *query;
  char    *encoding;
  gboolean is_html;
} FileServer;

static void
file_cb (SoupServer        *server,
         SoupServerMessage *message,
         const char        *path,
         GHashTable        *query,
         gpointer           user_data)
{
  FileServer      *self = user_data;
  SoupMessageBody *body = soup_server_message_get_request_body (message);

  if (strcmp (soup_server_message_get_method (message), "POST") == 0) {
    g_set_str (&self->query, g_uri_get_query (soup_server_message_get_uri (message)));
    g_free (self->received);
    self->n_received = (gsize) body->length;
    self->received = g_memdup2 (body->data, self->n_received);
    uc_net_answer (message, self->status, "application/json",
                   self->status == 201 ? "{\"file_infos\":[{\"id\":\"" ID
                                         "\",\"name\":\"a.bin\",\"size\":5}]}"
                                       : "{\"id\":\"api.file.upload_file.too_large.app_error\","
                                         "\"message\":\"Too large.\"}");
    return;
  }
  g_set_str (&self->encoding,
             soup_message_headers_get_one (soup_server_message_get_request_headers (message),
                                           "Accept-Encoding"));
  soup_server_message_set_status (message, self->status, NULL);
  soup_server_message_set_response (
      message, self->is_html ? "text/html" : "application/octet-stream", SOUP_MEMORY_COPY,
      g_bytes_get_data (self->content, NULL), g_bytes_get_size (self->content));
}

static void
file_server_clear (FileServer *self)
{
  g_clear_pointer (&self->content, g_bytes_unref);
  g_free (self->received);
  g_free (self->query);
  g_free (self->encoding);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (FileServer, file_server_clear)

typedef struct {
  gint64 done_bytes;
  gint64 total_bytes;
  guint  n_calls;
} Progress;

static void
progress_cb (gint64 done_bytes, gint64 total_bytes, gpointer user_data)
{
  Progress *progress = user_data;

  g_assert_cmpint (done_bytes, >=, progress->done_bytes);
  progress->done_bytes = done_bytes;
  progress->total_bytes = total_bytes;
  progress->n_calls++;
}

static GBytes *
make_content (gsize n_bytes)
{
  guint8 *data = g_malloc (n_bytes);

  for (gsize i = 0; i < n_bytes; i++)
    data[i] = (guint8) (i * 7 + i / 251);
  return g_bytes_new_take (data, n_bytes);
}

static void
test_upload (gsize n_bytes)
{
  g_auto (FileServer) files = { 0 };
  g_autofree char *site = NULL;
  SoupServer      *server = uc_net_server_new (file_cb, &files, &site);
  g_autoptr (UcApi) api = uc_api_new (site);
  g_autofree char *dir = uc_test_dup_temp_dir ();
  g_autofree char *path = g_build_filename (dir, "a.bin", NULL);
  g_autoptr (GBytes) content = make_content (n_bytes);
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) infos = NULL;
  UcRequest *request;
  Progress   progress = { 0 };

  g_assert_true (
      g_file_set_contents (path, g_bytes_get_data (content, NULL), (gssize) n_bytes, NULL));
  files.status = 201;
  request = uc_request_upload_file (ID, "a b.bin", path);
  uc_request_set_progress (request, progress_cb, &progress);
  infos = uc_net_call (api, request, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (infos->len, ==, 1);
  g_assert_cmpmem (files.received, files.n_received, g_bytes_get_data (content, NULL),
                   g_bytes_get_size (content));
  g_assert_cmpstr (files.query, ==, "channel_id=" ID "&filename=a%20b.bin");
  g_assert_cmpint (progress.done_bytes, ==, (gint64) n_bytes);
  g_assert_cmpint (progress.total_bytes, ==, (gint64) n_bytes);

  files.status = 413;
  g_assert_null (uc_net_call (api, uc_request_upload_file (ID, "a.bin", path), &error));
  g_assert_error (error, UC_ERROR, UC_ERROR_INVALID);
  g_clear_error (&error);

  g_unlink (path);
  g_assert_null (uc_net_call (api, uc_request_upload_file (ID, "a.bin", path), &error));
  g_assert_error (error, UC_ERROR, UC_ERROR_STORAGE);
  uc_net_server_free (server);
}

static void
test_upload_small (void)
{
  test_upload (5000);
}

static void
test_upload_large (void)
{
  test_upload (3 * 1024 * 1024);
}

/* A server that does not want the file says so before the body and hangs up: that
 * word must arrive, and not a broken pipe. */
static void
test_upload_refused_early (void)
{
  static const char answer[] = "HTTP/1.1 413 Request Entity Too Large\r\nConnection: close\r\n"
                               "Content-Type: application/json\r\nContent-Length: 33\r\n\r\n"
                               "{\"id\":\"too\",\"message\":\"Too large\"}";
  g_autoptr (UcRawServer) server = uc_raw_server_new (answer, -1, FALSE);
  g_autoptr (UcApi) api = uc_api_new (server->site);
  g_autofree char *dir = uc_test_dup_temp_dir ();
  g_autofree char *path = g_build_filename (dir, "a.bin", NULL);
  g_autoptr (GBytes) content = make_content (8 * 1024 * 1024);
  g_autoptr (GError) error = NULL;

  g_assert_true (g_file_set_contents (path, g_bytes_get_data (content, NULL),
                                      (gssize) g_bytes_get_size (content), NULL));
  g_assert_null (uc_net_call (api, uc_request_upload_file (ID, "a.bin", path), &error));
  g_assert_error (error, UC_ERROR, UC_ERROR_INVALID);
  g_assert_cmpuint (server->received->len, <, 4096);
}

static guint
count_files (const char *dir)
{
  g_autoptr (GDir) listing = g_dir_open (dir, 0, NULL);
  guint n = 0;

  while (g_dir_read_name (listing) != NULL)
    n++;
  return n;
}

static void
test_download (void)
{
  g_auto (FileServer) files = { 0 };
  g_autofree char *site = NULL;
  SoupServer      *server = uc_net_server_new (file_cb, &files, &site);
  g_autoptr (UcApi) api = uc_api_new (site);
  g_autofree char *dir = uc_test_dup_temp_dir ();
  g_autofree char *path = g_build_filename (dir, "a.bin", NULL);
  g_autoptr (GError) error = NULL;
  g_autofree char *saved = NULL;
  gsize            length;
  UcRequest       *request;
  Progress         progress = { 0 };

  files.status = 200;
  files.content = make_content (1000000);
  request = uc_request_download_file (ID, "", path);
  uc_request_set_progress (request, progress_cb, &progress);
  g_assert_null (uc_net_call (api, request, &error));
  g_assert_no_error (error);
  g_assert_true (g_file_get_contents (path, &saved, &length, NULL));
  g_assert_cmpmem (saved, length, g_bytes_get_data (files.content, NULL), 1000000);
  g_assert_cmpint (progress.done_bytes, ==, 1000000);
  g_assert_cmpint (progress.total_bytes, ==, 1000000);
  g_assert_cmpstr (files.encoding, ==, "identity");

  /* Neither a refusal nor a login page becomes the file. */
  files.status = 404;
  g_assert_null (uc_net_call (api, uc_request_download_file (ID, "", path), &error));
  g_assert_nonnull (error);
  g_clear_error (&error);
  files.status = 200;
  files.is_html = TRUE;
  g_assert_null (uc_net_call (api, uc_request_download_file (ID, "", path), &error));
  g_assert_error (error, UC_ERROR, UC_ERROR_PROTOCOL);
  g_clear_pointer (&saved, g_free);
  g_assert_true (g_file_get_contents (path, &saved, &length, NULL));
  g_assert_cmpuint (length, ==, 1000000);
  g_assert_cmpuint (count_files (dir), ==, 1);
  uc_net_server_free (server);
}

static void
test_download_limits (void)
{
  g_auto (FileServer) files = { 0 };
  g_autofree char *site = NULL;
  SoupServer      *server = uc_net_server_new (file_cb, &files, &site);
  g_autoptr (UcApi) api = uc_api_new (site);
  g_autofree char *dir = uc_test_dup_temp_dir ();
  g_autofree char *path = g_build_filename (dir, "a.jpg", NULL);
  g_autoptr (GError) error = NULL;

  files.status = 200;
  files.content = make_content (UC_LIMIT_IMAGE_BYTES + 1);
  g_assert_null (uc_net_call (api, uc_request_download_file (ID, "thumbnail", path), &error));
  g_assert_error (error, UC_ERROR, UC_ERROR_PROTOCOL);
  g_assert_cmpuint (count_files (dir), ==, 0);
  uc_net_server_free (server);
}

/* Half of a file is kept for another time, half of a small picture is not. */
static void
test_download_cut_off (void)
{
  g_autoptr (UcRawServer) server =
      uc_raw_server_new ("HTTP/1.1 200 OK\r\nContent-Length: 500\r\n\r\nhalf of it", -1, FALSE);
  g_autoptr (UcApi) api = uc_api_new (server->site);
  g_autofree char *dir = uc_test_dup_temp_dir ();
  g_autofree char *path = g_build_filename (dir, "a.bin", NULL);
  g_autofree char *part = g_strconcat (path, ".part", NULL);
  g_autofree char *content = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_null (uc_net_call (api, uc_request_download_file (ID, "preview", path), &error));
  g_assert_error (error, UC_ERROR, UC_ERROR_OFFLINE);
  g_clear_error (&error);
  g_assert_cmpuint (count_files (dir), ==, 0);
  g_assert_null (uc_net_call (api, uc_request_download_file (ID, "", path), &error));
  g_assert_error (error, UC_ERROR, UC_ERROR_OFFLINE);
  g_assert_cmpuint (count_files (dir), ==, 1);
  g_assert_true (g_file_get_contents (part, &content, NULL, NULL));
  g_assert_cmpstr (content, ==, "half of it");
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add_func ("/net/call/cut-off", test_cut_off);
  g_test_add_func ("/net/call/resumed-download", test_resumed_download);
  g_test_add_func ("/net/call/silence", test_silence);
  g_test_add_func ("/net/call/not-http", test_not_http);
  g_test_add_func ("/net/call/nobody-there", test_nobody_there);
  g_test_add_func ("/net/call/tls-to-plain", test_tls_to_plain);
  g_test_add_func ("/net/call/gzip-bomb", test_gzip_bomb);
  g_test_add_func ("/net/call/gzip", test_gzip);
  g_test_add_func ("/net/call/gzip-broken", test_truncated_gzip);
  g_test_add_func ("/net/call/upload-small", test_upload_small);
  g_test_add_func ("/net/call/upload-large", test_upload_large);
  g_test_add_func ("/net/call/upload-refused-early", test_upload_refused_early);
  g_test_add_func ("/net/call/download", test_download);
  g_test_add_func ("/net/call/download-limits", test_download_limits);
  g_test_add_func ("/net/call/download-cut-off", test_download_cut_off);
  return g_test_run ();
}
