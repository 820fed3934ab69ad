/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Files: sent, kept, fetched whole and in part, by those who may. */

#include "config.h"

#include "uc-server-test.h"
#include "uc-test.h"

#include <string.h>

typedef struct {
  UcServerTest *test;
  char         *channel_id;
} Fixture;

static void
set_up (Fixture *self, gconstpointer unused)
{
  self->test = uc_server_test_new ();
  uc_server_test_add_user (self->test, "anna");
  uc_server_test_add_user (self->test, "ben");
  self->channel_id = uc_server_test_add_channel (self->test, "anna", "talk", "P");
}

static void
tear_down (Fixture *self, gconstpointer unused)
{
  uc_server_test_free (self->test);
  g_free (self->channel_id);
}

static UcTestAnswer *
upload (Fixture *self, const char *username, const char *name, const char *type, GBytes *bytes)
{
  g_autoptr (SoupMultipart) form = soup_multipart_new (SOUP_FORM_MIME_TYPE_MULTIPART);
  g_autoptr (SoupMessage) message =
      uc_server_test_new_message (self->test, username, "POST", "/files");
  g_autoptr (GBytes) body = NULL;
  g_autofree char *type_header = NULL;

  soup_multipart_append_form_string (form, "channel_id", self->channel_id);
  soup_multipart_append_form_string (form, "client_ids", "mine");
  soup_multipart_append_form_file (form, "files", name, type, bytes);
  soup_multipart_to_message (form, soup_message_get_request_headers (message), &body);
  type_header = g_strdup (
      soup_message_headers_get_one (soup_message_get_request_headers (message), "Content-Type"));
  soup_message_set_request_body_from_bytes (message, type_header, body);
  return uc_server_test_send (self->test, message);
}

/* The id of a file with these bytes. */
static char *
add_file (Fixture *self, const char *name, const char *type, const void *data, gsize length)
{
  g_autoptr (GBytes) bytes = g_bytes_new (data, length);
  g_autoptr (UcTestAnswer) answer = upload (self, "anna", name, type, bytes);
  JsonObject *object;
  JsonArray  *infos;

  if (answer->status != 201)
    g_error ("%u %s", answer->status, (const char *) g_bytes_get_data (answer->body, NULL));
  object = json_node_get_object (answer->json);
  infos = json_object_get_array_member (object, "file_infos");
  g_assert_cmpuint (json_array_get_length (infos), ==, 1);
  g_assert_cmpstr (
      json_array_get_string_element (json_object_get_array_member (object, "client_ids"), 0), ==,
      "mine");
  return g_strdup (json_object_get_string_member (json_array_get_object_element (infos, 0), "id"));
}

static UcTestAnswer *
fetch (Fixture    *self,
       const char *username,
       const char *file_id,
       const char *rest,
       const char *range)
{
  g_autofree char *path = g_strdup_printf ("/files/%s%s", file_id, rest);
  g_autoptr (SoupMessage) message = uc_server_test_new_message (self->test, username, "GET", path);

  if (range != NULL)
    soup_message_headers_replace (soup_message_get_request_headers (message), "Range", range);
  return uc_server_test_send (self->test, message);
}

static void
check_body (UcTestAnswer *answer, guint status, const char *expected)
{
  gsize       length;
  const char *data = g_bytes_get_data (answer->body, &length);

  g_assert_cmpuint (answer->status, ==, status);
  g_assert_cmpmem (data, length, expected, strlen (expected));
}

static void
test_round_trip (Fixture *self, gconstpointer unused)
{
  g_autofree char *file_id = add_file (self, "note.txt", "text/plain", "hello", 5);
  g_autoptr (UcTestAnswer) answer = fetch (self, "anna", file_id, "", NULL);
  g_autoptr (UcTestAnswer) info = fetch (self, "anna", file_id, "/info", NULL);

  check_body (answer, 200, "hello");
  g_assert_cmpstr (soup_message_headers_get_one (answer->headers, "X-Content-Type-Options"), ==,
                   "nosniff");
  g_assert_cmpstr (uc_test_get_string (info->json, "name"), ==, "note.txt");
  g_assert_cmpstr (uc_test_get_string (info->json, "extension"), ==, "txt");
  g_assert_cmpint (uc_test_get_int (info->json, "size"), ==, 5);
}

/* Whatever the name says: bytes come back as they were, and never as a page. */
static void
test_names (Fixture *self, gconstpointer unused)
{
  static const char *const names[] = {
    "../../../etc/passwd", "a/b\\c.txt", "index.html", "x.svg",       "ümlaut.txt",
    "\xe4\xbd\xa0.png",    "no-ext",     ".hidden",    "a\"quoted\"", "semi;colon.txt",
  };

  for (guint i = 0; i < G_N_ELEMENTS (names); i++) {
    g_autofree char *file_id = add_file (self, names[i], "text/html", "<script>", 8);
    g_autoptr (UcTestAnswer) answer = fetch (self, "anna", file_id, "", NULL);
    g_autoptr (UcTestAnswer) info = fetch (self, "anna", file_id, "/info", NULL);
    const char *type = soup_message_headers_get_content_type (answer->headers, NULL);
    const char *disposition = soup_message_headers_get_one (answer->headers, "Content-Disposition");

    g_test_message ("%s", names[i]);
    check_body (answer, 200, "<script>");
    g_assert_cmpstr (type, !=, "text/html");
    g_assert_nonnull (strstr (
        soup_message_headers_get_one (answer->headers, "Content-Security-Policy"), "sandbox"));
    g_assert_nonnull (disposition);
    g_assert_true (g_str_has_prefix (disposition, "attachment") ||
                   g_str_has_suffix (names[i], ".png"));
    g_assert_null (strpbrk (disposition, "\r\n"));
    g_assert_null (strchr (uc_test_get_string (info->json, "name"), '/'));
  }
}

static void
test_ranges (Fixture *self, gconstpointer unused)
{
  static const struct {
    const char *range;
    guint       status;
    const char *body;
  } cases[] = {
    { "bytes=0-3", 206, "0123" },
    { "bytes=4-", 206, "456789" },
    { "bytes=-2", 206, "89" },
    { "bytes=8-100", 206, "89" },
    { "bytes=0-0", 206, "0" },
    { "bytes=-100", 206, "0123456789" },
    /* What is not one simple range gets the whole: never more than the file. */
    { "bytes=0-3,4-5", 200, "0123456789" },
    { "bytes=0-,0-,0-,0-,0-,0-,0-,0-", 200, "0123456789" },
    { "bytes=5-2", 200, "0123456789" },
    { "bytes=a-b", 200, "0123456789" },
    { "bytes=-0", 200, "0123456789" },
    { "bytes=99-", 200, "0123456789" },
    { "lines=1-2", 200, "0123456789" },
    { "bytes=18446744073709551615-", 200, "0123456789" },
    { "bytes=0-18446744073709551616", 206, "0123456789" },
  };
  g_autofree char *file_id = add_file (self, "a.txt", "text/plain", "0123456789", 10);

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autoptr (UcTestAnswer) answer = fetch (self, "anna", file_id, "", cases[i].range);

    g_test_message ("%s", cases[i].range);
    check_body (answer, cases[i].status, cases[i].body);
  }
}

/* Other answers are never cut by the library. */
static void
test_range_of_other (Fixture *self, gconstpointer unused)
{
  g_autoptr (SoupMessage) message =
      uc_server_test_new_message (self->test, "anna", "GET", "/users/me");
  g_autoptr (UcTestAnswer) answer = NULL;

  soup_message_headers_replace (soup_message_get_request_headers (message), "Range",
                                "bytes=0-0,0-1,0-2,0-3");
  answer = uc_server_test_send (self->test, message);
  g_assert_cmpuint (answer->status, ==, 200);
  g_assert_cmpstr (uc_test_get_string (answer->json, "username"), ==, "anna");
}

static void
attach (Fixture *self, const char *file_id, guint status)
{
  g_autofree char *body =
      g_strdup_printf ("{\"channel_id\":\"%s\",\"message\":\"see\",\"file_ids\":[\"%s\"]}",
                       self->channel_id, file_id);

  uc_server_test_do (self->test, "anna", "POST", "/posts", body, status);
}

/* Until it is sent, a file is its owner's; then the channel's. */
static void
test_who (Fixture *self, gconstpointer unused)
{
  static const char *const rests[] = { "", "/info", "/thumbnail", "/preview" };
  g_autoptr (GBytes) png = uc_test_dup_png ();
  g_autofree char *file_id =
      add_file (self, "a.png", "image/png", g_bytes_get_data (png, NULL), g_bytes_get_size (png));

  for (guint i = 0; i < G_N_ELEMENTS (rests); i++) {
    g_autoptr (UcTestAnswer) owner = fetch (self, "anna", file_id, rests[i], NULL);
    g_autoptr (UcTestAnswer) other = fetch (self, "ben", file_id, rests[i], NULL);
    g_autoptr (UcTestAnswer) nobody = fetch (self, NULL, file_id, rests[i], NULL);

    g_assert_cmpuint (owner->status, ==, 200);
    g_assert_cmpuint (other->status, ==, 403);
    g_assert_cmpuint (nobody->status, ==, 401);
  }
  attach (self, file_id, 201);
  for (guint i = 0; i < G_N_ELEMENTS (rests); i++) {
    g_autoptr (UcTestAnswer) other = fetch (self, "ben", file_id, rests[i], NULL);

    g_assert_cmpuint (other->status, ==, 403);
  }
  uc_server_test_join (self->test, self->channel_id, "ben");
  for (guint i = 0; i < G_N_ELEMENTS (rests); i++) {
    g_autoptr (UcTestAnswer) other = fetch (self, "ben", file_id, rests[i], NULL);

    g_assert_cmpuint (other->status, ==, 200);
  }
}

static void
test_foreign_channel (Fixture *self, gconstpointer unused)
{
  g_autoptr (GBytes) bytes = g_bytes_new_static ("x", 1);
  g_autoptr (UcTestAnswer) answer = upload (self, "ben", "a.txt", "text/plain", bytes);

  g_assert_cmpuint (answer->status, ==, 403);
}

static void
test_picture (Fixture *self, gconstpointer unused)
{
  g_autoptr (GBytes) png = uc_test_dup_png ();
  g_autofree char *file_id =
      add_file (self, "a.png", "image/png", g_bytes_get_data (png, NULL), g_bytes_get_size (png));
  g_autoptr (UcTestAnswer) info = fetch (self, "anna", file_id, "/info", NULL);
  g_autoptr (UcTestAnswer) thumbnail = fetch (self, "anna", file_id, "/thumbnail", NULL);
  g_autofree char *text_id = add_file (self, "a.txt", "text/plain", "x", 1);
  g_autoptr (UcTestAnswer) none = fetch (self, "anna", text_id, "/thumbnail", NULL);

  g_assert_cmpint (uc_test_get_int (info->json, "width"), ==, 1);
  g_assert_cmpint (uc_test_get_int (info->json, "height"), ==, 1);
  g_assert_true (
      json_object_get_boolean_member (json_node_get_object (info->json), "has_preview_image"));
  g_assert_cmpuint (thumbnail->status, ==, 200);
  g_assert_true (g_bytes_equal (thumbnail->body, png));
  g_assert_cmpuint (none->status, ==, 400);
}

static void
test_empty (Fixture *self, gconstpointer unused)
{
  g_autofree char *file_id = add_file (self, "empty.txt", "text/plain", "", 0);
  g_autoptr (UcTestAnswer) answer = fetch (self, "anna", file_id, "", NULL);

  check_body (answer, 200, "");
}

/* In pieces, over a session of uploading. */
static void
test_session (Fixture *self, gconstpointer unused)
{
  gsize            first_length = 6 * 1024 * 1024;
  g_autofree char *first = g_strnfill (first_length, 'x');
  g_autofree char *whole = g_strconcat (first, "56789", NULL);
  g_autofree char *body = g_strdup_printf (
      "{\"channel_id\":\"%s\",\"filename\":\"big.bin\",\"file_size\":%" G_GSIZE_FORMAT "}",
      self->channel_id, strlen (whole));
  g_autoptr (JsonNode) session =
      uc_server_test_call (self->test, "anna", "POST", "/uploads", body, 201);
  g_autofree char *path = g_strdup_printf ("/uploads/%s", uc_test_get_string (session, "id"));
  g_autoptr (JsonNode) half = NULL;
  g_autoptr (JsonNode) info = NULL;
  g_autoptr (UcTestAnswer) answer = NULL;

  uc_server_test_do (self->test, "ben", "POST", path, first, 403);
  uc_server_test_do (self->test, "anna", "POST", path, "small", 400);
  uc_server_test_do (self->test, "anna", "POST", path, first, 204);
  half = uc_server_test_call (self->test, "anna", "GET", path, NULL, 200);
  g_assert_cmpint (uc_test_get_int (half, "file_offset"), ==, first_length);
  uc_server_test_do (self->test, "anna", "POST", path, "56789 and too much", 400);
  info = uc_server_test_call (self->test, "anna", "POST", path, "56789", 200);
  answer = fetch (self, "anna", uc_test_get_string (info, "id"), "", NULL);
  check_body (answer, 200, whole);
}

static void
test_large (Fixture *self, gconstpointer unused)
{
  gsize            length = 20 * 1000 * 1000;
  g_autofree char *data = g_malloc (length);
  g_autofree char *file_id = NULL;
  g_autoptr (UcTestAnswer) answer = NULL;

  for (gsize i = 0; i < length; i++)
    data[i] = (char) (i * 2654435761u >> 13);
  file_id = add_file (self, "large.bin", "application/octet-stream", data, length);
  answer = fetch (self, "anna", file_id, "", NULL);
  g_assert_cmpuint (answer->status, ==, 200);
  g_assert_cmpmem (data, length, g_bytes_get_data (answer->body, NULL),
                   g_bytes_get_size (answer->body));
}

static void
test_broken_form (Fixture *self, gconstpointer unused)
{
  static const char *const bodies[] = { "",
                                        "--x",
                                        "--x\r\n",
                                        "--x\r\nContent-Disposition: form-data; name=files; "
                                        "filename=a\r\n\r\nhalf",
                                        "--x--\r\n",
                                        "nothing of it" };

  for (guint i = 0; i < G_N_ELEMENTS (bodies); i++) {
    g_autoptr (SoupMessage) message =
        uc_server_test_new_message (self->test, "anna", "POST", "/files");
    g_autoptr (GBytes) bytes = g_bytes_new_static (bodies[i], strlen (bodies[i]));
    g_autoptr (UcTestAnswer) answer = NULL;

    soup_message_set_request_body_from_bytes (message, "multipart/form-data; boundary=x", bytes);
    answer = uc_server_test_send (self->test, message);
    g_test_message ("%s", bodies[i]);
    g_assert_cmpuint (answer->status, >=, 400);
    g_assert_cmpuint (answer->status, <, 500);
  }
}

/* Nothing of what was refused stays on the disk. */
static void
test_no_rest (Fixture *self, gconstpointer unused)
{
  g_autofree char *dir = g_build_filename (self->test->data_dir, "incoming", NULL);
  g_autofree char *file_id = add_file (self, "a.txt", "text/plain", "x", 1);
  g_autoptr (GDir) entries = NULL;

  test_foreign_channel (self, NULL);
  test_broken_form (self, NULL);
  entries = g_dir_open (dir, 0, NULL);
  g_assert_nonnull (entries);
  g_assert_null (g_dir_read_name (entries));
}

#define ADD(name, func) g_test_add ("/files/" name, Fixture, NULL, set_up, func, tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  ADD ("round-trip", test_round_trip);
  ADD ("names", test_names);
  ADD ("ranges", test_ranges);
  ADD ("range-of-other", test_range_of_other);
  ADD ("who", test_who);
  ADD ("foreign-channel", test_foreign_channel);
  ADD ("picture", test_picture);
  ADD ("empty", test_empty);
  ADD ("session", test_session);
  ADD ("large", test_large);
  ADD ("broken-form", test_broken_form);
  ADD ("no-rest", test_no_rest);
  return g_test_run ();
}
