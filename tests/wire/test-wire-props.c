/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "uc-json.h"
#include "uc-wire-json.h"

#include <string.h>

#define ID      "9bq3fsyo1jyojxp5y4y8sf7zqe"
#define CHANNEL "k81tnedztbnrxjsehdwc77c17e"
#define OP      "51asxhgintrbty7a4df1ytx9yo"
#define HEAD                                                                                       \
  "{\"id\":\"" ID "\",\"channel_id\":\"" CHANNEL "\",\"user_id\":\"" CHANNEL                       \
  "\",\"create_at\":5,\"props\":"

static UcPost *
parse (const char *props)
{
  g_autofree char *text = g_strconcat (HEAD, props, "}", NULL);
  g_autoptr (GBytes) body = g_bytes_new (text, strlen (text));
  UcPost *post = uc_wire_parse_post (body, NULL);

  g_assert_nonnull (post);
  return post;
}

static void
test_annotation (void)
{
  g_autoptr (UcPost) post = parse (
      "{\"mine\":1,\"unified_chat\":{\"op\":\"" OP "\",\"streaming\":true,\"ai\":{\"category\":"
      "\"incident\",\"priority\":\"critical\",\"confidence\":0.93,\"actions\":[\"acknowledge\",7,"
      "\"escalate\"],\"model\":\"linear-3\",\"at\":1795174917363}}}");
  g_autoptr (JsonNode) written = NULL;
  g_autoptr (UcPost) again = NULL;
  JsonObject *ours;
  JsonObject *ai;

  g_assert_cmpstr (post->op_id, ==, OP);
  g_assert_cmpint (post->annotation->category, ==, UC_CATEGORY_INCIDENT);
  g_assert_cmpint (post->annotation->priority, ==, UC_PRIORITY_CRITICAL);
  g_assert_cmpint (post->annotation->source, ==, UC_SOURCE_SERVER);
  g_assert_cmpfloat (post->annotation->confidence, ==, 0.93);
  g_assert_cmpstr (post->annotation->actions, ==, "acknowledge escalate");
  g_assert_cmpstr (post->annotation->model, ==, "linear-3");
  g_assert_cmpint (post->annotation->at_ms, ==, 1795174917363);
  /* What is known is taken out, the rest is kept. */
  g_assert_cmpstr (post->props, ==, "{\"mine\":1,\"unified_chat\":{\"streaming\":true}}");

  written = uc_wire_post_to_json (post);
  ours = uc_json_get_object (uc_json_get_object (json_node_get_object (written), "props"),
                             "unified_chat");
  ai = uc_json_get_object (ours, "ai");
  g_assert_cmpstr (uc_json_get_string (ours, "op", ""), ==, OP);
  g_assert_true (uc_json_get_boolean (ours, "streaming", FALSE));
  g_assert_cmpstr (uc_json_get_string (ai, "category", ""), ==, "incident");
  g_assert_cmpuint (json_array_get_length (uc_json_get_array (ai, "actions")), ==, 2);
  again = uc_wire_post_from_json (written, "post", NULL);
  g_assert_cmpstr (again->props, ==, post->props);
  g_assert_cmpfloat (again->annotation->confidence, ==, 0.93);
}

/* A newer server's words stay for a newer version to read. */
static void
test_unknown_words (void)
{
  g_autoptr (UcPost) post = parse ("{\"unified_chat\":{\"ai\":{\"category\":\"poetry\","
                                   "\"priority\":\"low\",\"confidence\":1}}}");

  g_assert_null (post->annotation);
  g_assert_nonnull (strstr (post->props, "poetry"));
}

static void
test_hostile (void)
{
  static const char *const texts[] = {
    "null",
    "[]",
    "7",
    "{\"unified_chat\":7}",
    "{\"unified_chat\":{\"op\":7,\"ai\":[]}}",
    "{\"unified_chat\":{\"op\":\"../../x\",\"ai\":{\"category\":7,\"priority\":{}}}}",
    "{\"from_bot\":7,\"from_webhook\":[],\"override_username\":\"Chef\"}",
  };
  g_autoptr (UcPost) extreme = parse ("{\"unified_chat\":{\"ai\":{\"category\":\"social\","
                                      "\"priority\":\"low\",\"confidence\":1e300,"
                                      "\"at\":-1}}}");

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++) {
    g_autoptr (UcPost) post = parse (texts[i]);

    g_assert_cmpstr (post->op_id, ==, "");
    g_assert_null (post->annotation);
    g_assert_null (post->override_name);
    g_assert_false (post->is_from_bot);
  }
  g_assert_cmpfloat (extreme->annotation->confidence, ==, 1);
  g_assert_cmpint (extreme->annotation->at_ms, ==, 0);
}

static void
test_bots (void)
{
  g_autoptr (UcPost) bot = parse ("{\"from_bot\":\"true\"}");
  g_autoptr (UcPost) hook =
      parse ("{\"from_webhook\":\"true\",\"override_username\":\"Alarm\",\"attachments\":[]}");

  g_assert_true (bot->is_from_bot);
  g_assert_null (bot->override_name);
  g_assert_true (hook->is_from_bot);
  g_assert_cmpstr (hook->override_name, ==, "Alarm");
  g_assert_nonnull (strstr (hook->props, "attachments"));
}

static void
test_build (void)
{
  g_autoptr (UcPost) post = uc_post_new ();
  g_autofree char *text = NULL;
  g_autoptr (JsonNode) node = NULL;
  JsonObject *object;
  JsonObject *ours;

  g_set_str (&post->channel_id, CHANNEL);
  g_set_str (&post->message, "Hallo");
  g_set_str (&post->op_id, OP);
  g_set_str (&post->pending_post_id, ID ":" OP);
  g_set_str (&post->props, "{\"x\":1}");
  post->annotation = uc_annotation_new ();
  text = uc_wire_build_post (post);
  node = uc_json_parse (text, -1, NULL);
  object = json_node_get_object (node);
  ours = uc_json_get_object (uc_json_get_object (object, "props"), "unified_chat");

  g_assert_cmpstr (uc_json_get_string (object, "pending_post_id", ""), ==, ID ":" OP);
  g_assert_cmpstr (uc_json_get_string (ours, "op", ""), ==, OP);
  /* Annotations are the server's to make. */
  g_assert_null (uc_json_get_object (ours, "ai"));
  g_assert_cmpint (uc_json_get_int (uc_json_get_object (object, "props"), "x", 0), ==, 1);
  g_assert_false (json_object_has_member (object, "root_id"));
  g_assert_false (json_object_has_member (object, "id"));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add_func ("/wire/props/annotation", test_annotation);
  g_test_add_func ("/wire/props/unknown-words", test_unknown_words);
  g_test_add_func ("/wire/props/hostile", test_hostile);
  g_test_add_func ("/wire/props/bots", test_bots);
  g_test_add_func ("/wire/props/build", test_build);
  return g_test_run ();
}
