/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "uc-error.h"
#include "uc-json.h"
#include "uc-wire-json.h"

#include <string.h>

#define ID      "9bq3fsyo1jyojxp5y4y8sf7zqe"
#define CHANNEL "k81tnedztbnrxjsehdwc77c17e"
#define USER    "3enrnfw7k7y53nb4x7ra9pj4fw"
#define FILE_A  "6tksg571tpgo9popwn9nmdakie"
#define FILE_B  "kg886xzmqjybpytishoskqphkh"
#define FILE_C  "51asxhgintrbty7a4df1ytx9yo"
#define HEAD                                                                                       \
  "{\"id\":\"" ID "\",\"channel_id\":\"" CHANNEL "\",\"user_id\":\"" USER "\",\"create_at\":5"

static UcPost *
parse (const char *text, GError **error)
{
  g_autoptr (GBytes) body = g_bytes_new (text, strlen (text));

  return uc_wire_parse_post (body, error);
}

static void
test_required (void)
{
  static const char *const texts[] = {
    "{}",
    "null",
    "{\"id\":\"" ID "\",\"channel_id\":\"" CHANNEL "\",\"user_id\":\"" USER "\"}",
    "{\"id\":\"" ID "\",\"channel_id\":\"" CHANNEL "\",\"user_id\":\"" USER
    "\",\"create_at\":\"5\"}",
    "{\"id\":\"" ID "\",\"channel_id\":\"" CHANNEL "\",\"user_id\":\"" USER "\",\"create_at\":0}",
    "{\"id\":\"" ID "\",\"channel_id\":\"" CHANNEL "\",\"user_id\":\"" USER "\",\"create_at\":-1}",
    /* Past the year 9999 the key of a row would overflow. */
    "{\"id\":\"" ID "\",\"channel_id\":\"" CHANNEL "\",\"user_id\":\"" USER
    "\",\"create_at\":253402300800000}",
    "{\"id\":\"" ID "\",\"channel_id\":\"x\",\"user_id\":\"" USER "\",\"create_at\":5}",
    "{\"id\":\"x\",\"channel_id\":\"" CHANNEL "\",\"user_id\":\"" USER "\",\"create_at\":5}",
  };

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++) {
    g_autoptr (GError) error = NULL;
    g_autoptr (UcPost) post = parse (texts[i], &error);

    g_assert_error (error, UC_ERROR, UC_ERROR_PROTOCOL);
    g_assert_true (g_str_has_prefix (error->message, "post"));
    g_assert_null (post);
  }
}

static void
test_bare (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (UcPost) post =
      parse (HEAD ",\"message\":{\"_\":1},\"props\":null,\"file_ids\":null,\"metadata\":null,"
                  "\"reply_count\":99999999999,\"root_id\":\"../../x\"}",
             &error);

  g_assert_no_error (error);
  g_assert_cmpstr (post->message, ==, "");
  g_assert_cmpstr (post->props, ==, "");
  g_assert_cmpstr (post->root_id, ==, "");
  g_assert_cmpint (post->reply_count, ==, G_MAXINT);
  g_assert_cmpuint (g_strv_length (post->file_ids), ==, 0);
  g_assert_false (post->has_metadata);
}

/* metadata.files comes in any order; file_ids is the author's. */
static void
test_file_order (void)
{
  g_autoptr (UcPost) post = parse (
      HEAD ",\"file_ids\":[\"" FILE_A "\",\"" FILE_B
           "\",7,\"../x\"],\"metadata\":{\"files\":[{\"id\":\"" FILE_C "\"},{\"id\":\"" FILE_B
           "\",\"width\":-3,\"height\":5},{\"id\":7},{\"id\":\"" FILE_A "\"}]}}",
      NULL);

  g_assert_true (post->has_metadata);
  g_assert_cmpuint (g_strv_length (post->file_ids), ==, 2);
  g_assert_cmpuint (post->files->len, ==, 3);
  g_assert_cmpstr (((UcFile *) post->files->pdata[0])->id, ==, FILE_A);
  g_assert_cmpstr (((UcFile *) post->files->pdata[1])->id, ==, FILE_B);
  g_assert_cmpstr (((UcFile *) post->files->pdata[2])->id, ==, FILE_C);
  g_assert_cmpint (((UcFile *) post->files->pdata[1])->width, ==, 0);
}

static void
test_reactions (void)
{
  g_autoptr (UcPost) post =
      parse (HEAD ",\"has_reactions\":true,\"metadata\":{\"reactions\":[{\"user_id\":\"" USER
                  "\",\"post_id\":\"" ID
                  "\",\"emoji_name\":\"+1\",\"create_at\":7},{\"emoji_name\":\"x\"}]}}",
             NULL);

  g_assert_true (post->has_reactions);
  g_assert_cmpuint (post->reactions->len, ==, 1);
  g_assert_cmpstr (((UcReaction *) post->reactions->pdata[0])->emoji_name, ==, "+1");
}

static void
test_to_json (void)
{
  g_autoptr (UcPost) post = parse (HEAD ",\"message\":\"a\",\"root_id\":\"" USER "\"}", NULL);
  g_autoptr (JsonNode) repeated = uc_wire_post_to_json (post);
  g_autoptr (JsonNode) usual = NULL;
  JsonObject *object = json_node_get_object (repeated);

  /* The answer to a repeated create has no metadata. */
  g_assert_false (json_object_has_member (object, "metadata"));
  g_assert_false (json_object_has_member (object, "file_ids"));
  g_assert_false (json_object_has_member (object, "has_reactions"));
  g_assert_cmpstr (uc_json_get_string (object, "parent_id", ""), ==, USER);
  g_assert_nonnull (uc_json_get_object (object, "props"));

  post->has_metadata = TRUE;
  usual = uc_wire_post_to_json (post);
  g_assert_nonnull (uc_json_get_object (json_node_get_object (usual), "metadata"));
}

static void
test_file_infos (void)
{
  static const char *const text = "{\"file_infos\":[{\"id\":\"" FILE_A
                                  "\",\"name\":\"a.png\",\"size\":-1,\"mini_preview\":null}],"
                                  "\"client_ids\":[]}";
  g_autoptr (GBytes) body = g_bytes_new (text, strlen (text));
  g_autoptr (GPtrArray) files = uc_wire_parse_file_infos (body, NULL);
  const UcFile *file = files->pdata[0];

  g_assert_cmpuint (files->len, ==, 1);
  g_assert_cmpstr (file->name, ==, "a.png");
  g_assert_cmpint (file->size_bytes, ==, 0);
  g_assert_null (file->mini_preview);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add_func ("/wire/post/required", test_required);
  g_test_add_func ("/wire/post/bare", test_bare);
  g_test_add_func ("/wire/post/file-order", test_file_order);
  g_test_add_func ("/wire/post/reactions", test_reactions);
  g_test_add_func ("/wire/post/to-json", test_to_json);
  g_test_add_func ("/wire/post/file-infos", test_file_infos);
  return g_test_run ();
}
