/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Feature flags over the API: read by all, changed by administrators, pushed. */

#include "config.h"

#include "uc-server-test-socket.h"
#include "uc-test.h"

#define API   "/plugins/com.example.unifiedchat/api/v1"
#define EVENT "custom_com.example.unifiedchat_flags_changed"

static void
set_up (UcServerTest **test, gconstpointer unused)
{
  *test = uc_server_test_new ();
  uc_server_test_add_user (*test, "anna");
}

static void
tear_down (UcServerTest **test, gconstpointer unused)
{
  uc_server_test_free (*test);
}

static JsonNode *
get_flags (UcServerTest *test)
{
  return uc_server_test_call (test, "anna", "GET", API "/flags", NULL, 200);
}

static JsonObject *
get_flag (JsonNode *document, const char *name)
{
  JsonObject *flags = json_object_get_object_member (json_node_get_object (document), "flags");

  g_assert_true (json_object_has_member (flags, name));
  return json_object_get_object_member (flags, name);
}

static void
test_manifest (UcServerTest **test, gconstpointer unused)
{
  g_autoptr (JsonNode) manifest =
      uc_server_test_call (*test, "anna", "GET", API "/manifest", NULL, 200);
  JsonArray *capabilities =
      json_object_get_array_member (json_node_get_object (manifest), "capabilities");

  g_assert_cmpstr (json_array_get_string_element (capabilities, 0), ==, "flags");
}

static void
test_defaults (UcServerTest **test, gconstpointer unused)
{
  g_autoptr (JsonNode) document = get_flags (*test);
  JsonObject *flag = get_flag (document, "realtime_features");

  g_assert_cmpint (uc_test_get_int (document, "revision"), >=, 1);
  g_assert_true (json_object_get_boolean_member (flag, "enabled"));
  g_assert_cmpint (json_object_get_int_member (flag, "rollout_percentage"), ==, 100);
}

/* What is given changes, the rest stays; a name is one however it is written. */
static void
test_merge (UcServerTest **test, gconstpointer unused)
{
  g_autoptr (UcTestSocket) socket = uc_test_socket_new (*test, "anna", "");
  g_autoptr (JsonNode) before = get_flags (*test);
  g_autoptr (JsonNode) after = NULL;
  g_autoptr (JsonNode) pushed = NULL;
  g_autoptr (JsonObject) event = NULL;
  JsonObject *flag;

  json_object_unref (uc_test_socket_wait_event (socket, "hello"));
  uc_server_test_do (*test, "admin", "PUT", API "/flags/realtime-features",
                     "{\"rollout_percentage\":25}", 200);
  uc_server_test_do (*test, "admin", "POST", API "/flags/realtime_features",
                     "{\"roles\":[\"system_admin\"]}", 200);
  after = get_flags (*test);
  flag = get_flag (after, "realtime_features");
  g_assert_cmpint (json_object_get_int_member (flag, "rollout_percentage"), ==, 25);
  g_assert_cmpuint (json_array_get_length (json_object_get_array_member (flag, "roles")), ==, 1);
  g_assert_true (json_object_get_boolean_member (flag, "enabled"));
  g_assert_cmpint (uc_test_get_int (after, "revision"), ==,
                   uc_test_get_int (before, "revision") + 2);

  json_object_unref (uc_test_socket_wait_event (socket, EVENT));
  event = uc_test_socket_wait_event (socket, EVENT);
  pushed = json_from_string (uc_test_frame_get_data (event, "flags"), NULL);
  g_assert_cmpint (uc_test_get_int (pushed, "revision"), ==, uc_test_get_int (after, "revision"));
  g_assert_cmpint (
      json_object_get_int_member (get_flag (pushed, "realtime_features"), "rollout_percentage"), ==,
      25);
}

static void
test_reset (UcServerTest **test, gconstpointer unused)
{
  g_autoptr (JsonNode) before = get_flags (*test);
  g_autoptr (JsonNode) after = NULL;

  uc_server_test_do (*test, "admin", "PUT", API "/flags/ai_mode", "{\"enabled\":false}", 200);
  uc_server_test_do (*test, "admin", "DELETE", API "/flags/ai_mode", NULL, 200);
  after = get_flags (*test);
  g_assert_true (json_object_get_boolean_member (get_flag (after, "ai_mode"), "enabled"));
  g_assert_cmpint (uc_test_get_int (after, "revision"), ==,
                   uc_test_get_int (before, "revision") + 2);
}

static void
test_kept (UcServerTest **test, gconstpointer unused)
{
  g_autoptr (JsonNode) before = NULL;
  g_autoptr (JsonNode) after = NULL;
  g_autofree char *text_before = NULL;
  g_autofree char *text_after = NULL;

  uc_server_test_do (*test, "admin", "PUT", API "/flags/my_own_flag", "{\"enabled\":true}", 200);
  before = get_flags (*test);
  uc_server_test_restart (*test);
  after = get_flags (*test);
  text_before = json_to_string (before, FALSE);
  text_after = json_to_string (after, FALSE);
  g_assert_cmpstr (text_before, ==, text_after);
  g_assert_true (json_object_get_boolean_member (get_flag (after, "my_own_flag"), "enabled"));
}

static void
test_refused (UcServerTest **test, gconstpointer unused)
{
  static const char *const bad[] = {
    NULL,
    "[]",
    "{\"rollout_percentage\":\"many\"}",
    "{\"rollout_percentage\":101}",
    "{\"enabled\":\"yes\"}",
    "{\"roles\":\"admin\"}",
    "{\"groups\":[1]}",
  };
  g_autoptr (JsonNode) before = get_flags (*test);
  g_autoptr (JsonNode) after = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (bad); i++) {
    g_test_message ("%s", bad[i]);
    uc_server_test_do (*test, "admin", "PUT", API "/flags/ai_mode", bad[i], 400);
  }
  uc_server_test_do (*test, "admin", "PUT", API "/flags/No%20Name!", "{\"enabled\":true}", 404);
  uc_server_test_do (*test, "anna", "PUT", API "/flags/ai_mode", "{\"enabled\":false}", 403);
  uc_server_test_do (*test, NULL, "GET", API "/flags", NULL, 401);
  after = get_flags (*test);
  g_assert_cmpint (uc_test_get_int (before, "revision"), ==, uc_test_get_int (after, "revision"));
}

#define ADD(name, func)                                                                            \
  g_test_add ("/flag-service/" name, UcServerTest *, NULL, set_up, func, tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  ADD ("manifest", test_manifest);
  ADD ("defaults", test_defaults);
  ADD ("merge", test_merge);
  ADD ("reset", test_reset);
  ADD ("kept", test_kept);
  ADD ("refused", test_refused);
  return g_test_run ();
}
