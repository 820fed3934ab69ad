/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "uc-error.h"
#include "uc-json.h"
#include "uc-wire-json.h"

#include <string.h>

#define ID    "9bq3fsyo1jyojxp5y4y8sf7zqe"
#define OTHER "3enrnfw7k7y53nb4x7ra9pj4fw"

static JsonNode *
node (const char *text)
{
  JsonNode *root = uc_json_parse (text, -1, NULL);

  g_assert_nonnull (root);
  return root;
}

static void
test_channel (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonNode) unknown =
      node ("{\"id\":\"" ID "\",\"type\":\"X\",\"team_id\":\"../x\",\"total_msg_count\":-4,"
            "\"display_name\":\"n\",\"last_post_at\":5}");
  g_autoptr (JsonNode) broken = node ("{\"id\":\"" ID "\",\"type\":1}");
  g_autoptr (UcChannel) channel = uc_wire_channel_from_json (unknown, "c", &error);

  g_assert_no_error (error);
  g_assert_cmpint (channel->type, ==, UC_CHANNEL_UNKNOWN);
  g_assert_cmpstr (channel->team_id, ==, "");
  g_assert_cmpint (channel->total_msg_count, ==, 0);
  g_assert_cmpint (channel->last_post_at_ms, ==, 5);
  g_assert_null (uc_wire_channel_from_json (broken, "c", &error));
  g_assert_error (error, UC_ERROR, UC_ERROR_PROTOCOL);
  g_assert_cmpstr (error->message, ==, "c.type: not a text");
}

static void
test_member (void)
{
  g_autoptr (JsonNode) read = node ("{\"channel_id\":\"" ID "\",\"user_id\":\"" OTHER
                                    "\",\"roles\":\"channel_user custom channel_admin\","
                                    "\"msg_count\":9,\"mention_count\":2,\"notify_props\":{\"mark_"
                                    "unread\":\"mention\",\"push\":\"none\"}}");
  g_autoptr (UcMember) member = uc_wire_member_from_json (read, "m", NULL);
  g_autoptr (JsonNode) written = uc_wire_member_to_json (member);
  JsonObject *object = json_node_get_object (written);
  JsonObject *notify = uc_json_get_object (object, "notify_props");

  g_assert_cmpint (member->read_msg_count, ==, 9);
  g_assert_true (member->is_muted);
  g_assert_cmpstr (member->notify_push, ==, "none");
  g_assert_cmpstr (member->notify_desktop, ==, "");
  g_assert_true (uc_json_get_boolean (object, "scheme_admin", FALSE));
  g_assert_true (uc_json_get_boolean (object, "scheme_user", FALSE));
  g_assert_false (uc_json_get_boolean (object, "scheme_guest", TRUE));
  g_assert_cmpstr (uc_json_get_string (object, "explicit_roles", ""), ==, "custom");
  g_assert_cmpstr (uc_json_get_string (notify, "mark_unread", ""), ==, "mention");
  g_assert_cmpstr (uc_json_get_string (notify, "desktop", ""), ==, "default");
}

static void
test_member_bare (void)
{
  g_autoptr (JsonNode) read = node ("{\"channel_id\":\"" ID "\",\"user_id\":\"" OTHER "\"}");
  g_autoptr (JsonNode) broken = node ("{\"channel_id\":\"" ID "\",\"user_id\":null}");
  g_autoptr (UcMember) member = uc_wire_member_from_json (read, "m", NULL);
  g_autoptr (GError) error = NULL;

  g_assert_false (member->is_muted);
  g_assert_null (uc_wire_member_from_json (broken, "m", &error));
  g_assert_cmpstr (error->message, ==, "m.user_id: not an id");
}

static void
test_team (void)
{
  g_autoptr (JsonNode) read =
      node ("{\"id\":\"" ID
            "\",\"name\":\"t\",\"type\":\"I\",\"email\":\"a@b.c\",\"invite_id\":\"" OTHER "\"}");
  g_autoptr (UcTeam) team = uc_wire_team_from_json (read, "t", NULL);
  g_autoptr (JsonNode) told = uc_wire_team_to_json (team, TRUE);
  g_autoptr (JsonNode) untold = uc_wire_team_to_json (team, FALSE);

  g_assert_cmpint (team->type, ==, 'I');
  g_assert_cmpstr (uc_json_get_string (json_node_get_object (told), "invite_id", ""), ==, OTHER);
  g_assert_cmpstr (uc_json_get_string (json_node_get_object (told), "type", ""), ==, "I");
  g_assert_cmpstr (uc_json_get_string (json_node_get_object (untold), "invite_id", "?"), ==, "");
  g_assert_cmpstr (uc_json_get_string (json_node_get_object (untold), "email", "?"), ==, "");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add_func ("/wire/channel/channel", test_channel);
  g_test_add_func ("/wire/channel/member", test_member);
  g_test_add_func ("/wire/channel/member-bare", test_member_bare);
  g_test_add_func ("/wire/channel/team", test_team);
  return g_test_run ();
}
