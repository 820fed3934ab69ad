/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "uc-json.h"
#include "uc-wire-event.h"
#include "uc-wire.h"

#define ID      "9bq3fsyo1jyojxp5y4y8sf7zqe"
#define CHANNEL "k81tnedztbnrxjsehdwc77c17e"

/* @text, which it frees, means the same as @expected. */
static void
assert_json (char *text, const char *expected)
{
  g_autoptr (JsonNode) have = uc_json_parse (text, -1, NULL);
  g_autoptr (JsonNode) want = uc_json_parse (expected, -1, NULL);

  g_assert_nonnull (have);
  if (!json_node_equal (have, want))
    g_assert_cmpstr (text, ==, expected);
  g_free (text);
}

static void
test_bodies (void)
{
  static const char *const ids[] = { "a", "b", NULL };
  g_autoptr (UcReaction) reaction = uc_reaction_new ();
  g_autoptr (UcChannel) channel = uc_channel_new ();
  g_autoptr (GPtrArray) rows =
      g_ptr_array_new_with_free_func ((GDestroyNotify) uc_preference_unref);

  assert_json (uc_wire_build_login ("anna", "p\"w\n", NULL),
               "{\"login_id\":\"anna\",\"password\":\"p\\\"w\\n\"}");
  assert_json (uc_wire_build_login ("anna", "p", "123456"),
               "{\"login_id\":\"anna\",\"password\":\"p\",\"token\":\"123456\"}");
  assert_json (uc_wire_build_patch ("neu"), "{\"message\":\"neu\"}");
  assert_json (uc_wire_build_view (CHANNEL, NULL),
               "{\"channel_id\":\"" CHANNEL "\",\"prev_channel_id\":\"\","
               "\"collapsed_threads_supported\":false}");
  assert_json (uc_wire_build_mute (TRUE), "{\"mark_unread\":\"mention\"}");
  assert_json (uc_wire_build_mute (FALSE), "{\"mark_unread\":\"all\"}");
  assert_json (uc_wire_build_ids (ids), "[\"a\",\"b\"]");
  assert_json (uc_wire_build_ids (ids + 2), "[]");
  assert_json (uc_wire_build_status (ID, UC_PRESENCE_DND),
               "{\"user_id\":\"" ID "\",\"status\":\"dnd\"}");
  assert_json (uc_wire_build_search ("crp", TRUE, -3600, 0, 60),
               "{\"terms\":\"crp\",\"is_or_search\":true,\"time_zone_offset\":-3600,"
               "\"include_deleted_channels\":false,\"page\":0,\"per_page\":60}");
  assert_json (uc_wire_build_set_unread (), "{\"collapsed_threads_supported\":false}");
  assert_json (uc_wire_build_custom_status ("bed", "frei", 0),
               "{\"emoji\":\"bed\",\"text\":\"frei\",\"duration\":\"\"}");
  assert_json (uc_wire_build_custom_status ("bed", "frei", 4070944800000),
               "{\"emoji\":\"bed\",\"text\":\"frei\",\"duration\":\"date_and_time\","
               "\"expires_at\":\"2099-01-01T10:00:00Z\"}");

  g_set_str (&reaction->user_id, ID);
  g_set_str (&reaction->post_id, CHANNEL);
  g_set_str (&reaction->emoji_name, "+1");
  assert_json (uc_wire_build_reaction (reaction),
               "{\"user_id\":\"" ID "\",\"post_id\":\"" CHANNEL "\",\"emoji_name\":\"+1\"}");

  g_set_str (&channel->team_id, ID);
  g_set_str (&channel->name, "neu");
  channel->type = UC_CHANNEL_PRIVATE;
  assert_json (uc_wire_build_channel (channel),
               "{\"team_id\":\"" ID "\",\"name\":\"neu\",\"display_name\":\"\",\"type\":\"P\","
               "\"purpose\":\"\",\"header\":\"\"}");

  g_ptr_array_add (rows, uc_preference_new (ID, "c", "n", "v"));
  assert_json (uc_wire_build_preferences (rows),
               "[{\"user_id\":\"" ID "\",\"category\":\"c\",\"name\":\"n\",\"value\":\"v\"}]");
}

static void
test_post (void)
{
  g_autoptr (UcPost) post = uc_post_new ();
  const char *files[] = { ID, CHANNEL, NULL };

  g_set_str (&post->channel_id, CHANNEL);
  g_set_str (&post->message, "a\nb");
  g_set_str (&post->root_id, ID);
  g_set_str (&post->pending_post_id, ID ":x");
  g_strfreev (post->file_ids);
  post->file_ids = g_strdupv ((char **) files);
  assert_json (uc_wire_build_post (post),
               "{\"channel_id\":\"" CHANNEL "\",\"message\":\"a\\nb\",\"root_id\":\"" ID "\","
               "\"file_ids\":[\"" ID "\",\"" CHANNEL "\"],\"props\":{},\"pending_post_id\":\"" ID
               ":x\"}");
}

static void
test_frames (void)
{
  assert_json (uc_wire_build_ping (3), "{\"seq\":3,\"action\":\"ping\"}");
  assert_json (uc_wire_build_typing (4, CHANNEL, NULL),
               "{\"seq\":4,\"action\":\"user_typing\",\"data\":{\"channel_id\":\"" CHANNEL "\","
               "\"parent_id\":\"\"}}");
  assert_json (uc_wire_build_challenge (1, "t"),
               "{\"seq\":1,\"action\":\"authentication_challenge\",\"data\":{\"token\":\"t\"}}");
  assert_json (
      uc_wire_build_active (5, TRUE),
      "{\"seq\":5,\"action\":\"user_update_active_status\",\"data\":{\"user_is_active\":true,"
      "\"manual\":false}}");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add_func ("/wire/build/bodies", test_bodies);
  g_test_add_func ("/wire/build/post", test_post);
  g_test_add_func ("/wire/build/frames", test_frames);
  return g_test_run ();
}
