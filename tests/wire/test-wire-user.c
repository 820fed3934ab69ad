/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "uc-error.h"
#include "uc-json.h"
#include "uc-wire-json.h"

#include <string.h>

#define ID "9bq3fsyo1jyojxp5y4y8sf7zqe"

static UcUser *
parse (const char *text, GError **error)
{
  g_autoptr (GBytes) body = g_bytes_new (text, strlen (text));

  return uc_wire_parse_user (body, error);
}

static void
test_required (void)
{
  static const struct {
    const char *text;
    const char *message;
  } cases[] = {
    { "[]", "user: not an object" },
    { "{\"username\":\"a\"}", "user.id: not an id" },
    { "{\"id\":7,\"username\":\"a\"}", "user.id: not an id" },
    { "{\"id\":\"../../etc\",\"username\":\"a\"}", "user.id: not an id" },
    { "{\"id\":\"" ID "\"}", "user.username: not a text" },
    { "{\"id\":\"" ID "\",\"username\":\"\"}", "user.username: empty" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autoptr (GError) error = NULL;
    g_autoptr (UcUser) user = parse (cases[i].text, &error);

    g_assert_error (error, UC_ERROR, UC_ERROR_PROTOCOL);
    g_assert_cmpstr (error->message, ==, cases[i].message);
    g_assert_null (user);
  }
}

/* A wrong type of what is not required is as if it were not there. */
static void
test_wrong_types (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (UcUser) user = parse (
      "{\"id\":\"" ID "\",\"username\":\"a\",\"first_name\":7,\"roles\":null,\"is_bot\":\"yes\","
      "\"create_at\":\"now\",\"update_at\":-5,\"delete_at\":9e99,\"last_picture_update\":"
      "99999999999999999999,\"last_password_update\":253402300800000,\"props\":[],"
      "\"timezone\":\"x\",\"notify_props\":7,\"unknown\":{}}",
      &error);

  g_assert_no_error (error);
  g_assert_cmpstr (user->first_name, ==, "");
  g_assert_cmpstr (user->roles, ==, "");
  g_assert_false (user->is_bot);
  g_assert_cmpint (user->create_at_ms, ==, 0);
  g_assert_cmpint (user->update_at_ms, ==, 0);
  g_assert_cmpint (user->delete_at_ms, ==, 0);
  g_assert_cmpint (user->last_picture_update_ms, ==, 0);
  g_assert_cmpint (user->last_password_update_ms, ==, 0);
  g_assert_null (user->timezone);
  g_assert_null (user->notify_props);
}

static void
test_custom_status (void)
{
  static const struct {
    const char *status;
    const char *emoji;
    const char *text;
    gint64      expires_ms;
  } cases[] = {
    { "", "", "", 0 },
    { "{\\\"emoji\\\":\\\"bed\\\",\\\"text\\\":\\\"frei\\\",\\\"duration\\\":\\\"\\\","
      "\\\"expires_at\\\":\\\"0001-01-01T00:00:00Z\\\"}",
      "bed", "frei", 0 },
    { "{\\\"emoji\\\":\\\":bed:\\\",\\\"expires_at\\\":\\\"2099-01-01T10:00:00Z\\\"}", "bed", "",
      4070944800000 },
    { "{\\\"emoji\\\":\\\"bed\\\",\\\"expires_at\\\":\\\"2099-01-01T12:00:00+02:00\\\"}", "bed", "",
      4070944800000 },
    { "{\\\"emoji\\\":7,\\\"text\\\":[],\\\"expires_at\\\":\\\"soon\\\"}", "", "", 0 },
    { "nonsense", "", "", 0 },
    { "[]", "", "", 0 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autofree char *text = g_strdup_printf (
        "{\"id\":\"" ID "\",\"username\":\"a\",\"props\":{\"customStatus\":\"%s\"}}",
        cases[i].status);
    g_autoptr (UcUser) user = parse (text, NULL);
    g_autoptr (JsonNode) written = uc_wire_user_to_json (user, FALSE);
    g_autoptr (UcUser) again = uc_wire_user_from_json (written, "user", NULL);

    g_assert_cmpstr (user->custom_status_emoji, ==, cases[i].emoji);
    g_assert_cmpstr (user->custom_status_text, ==, cases[i].text);
    g_assert_cmpint (user->custom_status_expires_ms, ==, cases[i].expires_ms);
    g_assert_cmpstr (again->custom_status_emoji, ==, cases[i].emoji);
    g_assert_cmpstr (again->custom_status_text, ==, cases[i].text);
    g_assert_cmpint (again->custom_status_expires_ms, ==, cases[i].expires_ms);
  }
}

static void
test_to_json (void)
{
  g_autoptr (UcUser) user = uc_user_new ();
  g_autoptr (JsonNode) mine = NULL;
  g_autoptr (JsonNode) others = NULL;
  JsonObject *object;

  g_set_str (&user->id, ID);
  g_set_str (&user->username, "a");
  user->notify_props = g_strdup ("{\"desktop\":\"all\"}");
  user->timezone = g_strdup ("broken");
  user->is_bot = TRUE;
  mine = uc_wire_user_to_json (user, TRUE);
  others = uc_wire_user_to_json (user, FALSE);

  object = json_node_get_object (mine);
  g_assert_cmpstr (uc_json_get_string (uc_json_get_object (object, "notify_props"), "desktop", ""),
                   ==, "all");
  g_assert_true (json_object_has_member (object, "last_password_update"));
  /* Texts, also the truth value. */
  g_assert_cmpstr (
      uc_json_get_string (uc_json_get_object (object, "timezone"), "useAutomaticTimezone", ""), ==,
      "true");

  object = json_node_get_object (others);
  g_assert_false (json_object_has_member (object, "notify_props"));
  g_assert_false (json_object_has_member (object, "last_password_update"));
  g_assert_false (json_object_has_member (object, "props"));
  g_assert_true (json_object_has_member (object, "bot_description"));
}

static void
test_status (void)
{
  static const char *const text =
      "[{\"user_id\":\"" ID "\",\"status\":\"dnd\",\"manual\":true},"
      "{\"user_id\":\"" ID "\",\"status\":\"ooo\"},{\"status\":\"away\"}]";
  g_autoptr (GBytes) body = g_bytes_new (text, strlen (text));
  g_autoptr (GPtrArray) list = uc_wire_parse_statuses (body, NULL);

  g_assert_cmpuint (list->len, ==, 2);
  g_assert_cmpint (((UcStatus *) list->pdata[0])->presence, ==, UC_PRESENCE_DND);
  g_assert_true (((UcStatus *) list->pdata[0])->is_manual);
  g_assert_cmpint (((UcStatus *) list->pdata[1])->presence, ==, UC_PRESENCE_OFFLINE);
}

static void
test_preferences (void)
{
  static const char *const text =
      "[{\"user_id\":\"" ID "\",\"category\":\"teams_order\",\"name\":\"\",\"value\":\"x\"},"
      "{\"user_id\":\"" ID "\",\"category\":\"\",\"name\":\"n\",\"value\":\"x\"}]";
  g_autoptr (GBytes) body = g_bytes_new (text, strlen (text));
  g_autoptr (GPtrArray) list = uc_wire_parse_preferences (body, NULL);

  g_assert_cmpuint (list->len, ==, 1);
  g_assert_cmpstr (((UcPreference *) list->pdata[0])->category, ==, "teams_order");
}

static void
test_lists (void)
{
  static const char *const text =
      "{\"users\":[{\"id\":\"" ID "\",\"username\":\"a\"}],\"out_of_channel\":null,"
      "\"x\":[{\"id\":\"" ID "\",\"username\":\"b\"},{}]}";
  g_autoptr (GBytes) body = g_bytes_new (text, strlen (text));
  g_autoptr (GBytes) portal = g_bytes_new ("{\"a\":1}", 7);
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) list = uc_wire_parse_users (body, NULL);

  g_assert_cmpuint (list->len, ==, 2);
  g_assert_cmpstr (((UcUser *) list->pdata[1])->username, ==, "b");
  g_assert_null (uc_wire_parse_users (portal, &error));
  g_assert_error (error, UC_ERROR, UC_ERROR_PROTOCOL);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add_func ("/wire/user/required", test_required);
  g_test_add_func ("/wire/user/wrong-types", test_wrong_types);
  g_test_add_func ("/wire/user/custom-status", test_custom_status);
  g_test_add_func ("/wire/user/to-json", test_to_json);
  g_test_add_func ("/wire/user/status", test_status);
  g_test_add_func ("/wire/user/preferences", test_preferences);
  g_test_add_func ("/wire/user/lists", test_lists);
  return g_test_run ();
}
