/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "uc-error.h"
#include "uc-limits.h"
#include "uc-wire.h"

#include <string.h>

static UcServerConfig *
parse (const char *text, GError **error)
{
  g_autoptr (GBytes) body = g_bytes_new (text, strlen (text));

  return uc_wire_parse_config (body, error);
}

static void
test_defaults (void)
{
  g_autoptr (UcServerConfig) config = parse ("{\"Version\":\"9.1.0\"}", NULL);

  g_assert_cmpstr (config->version, ==, "9.1.0");
  g_assert_cmpint (config->max_post_chars, ==, UC_LIMIT_POST_CHARS);
  g_assert_cmpint (config->max_file_bytes, ==, 104857600);
  g_assert_cmpint (config->post_edit_limit_s, ==, -1);
  g_assert_cmpint (config->typing_interval_ms, ==, 5000);
  g_assert_cmpstr (config->teammate_name_display, ==, "username");
  g_assert_true (config->has_typing);
  g_assert_true (config->has_files);
  g_assert_true (config->has_reliable_sockets);
  g_assert_false (config->has_mfa);
  g_assert_false (config->has_no_accounts);
}

static void
test_strings (void)
{
  g_autoptr (UcServerConfig) config =
      parse ("{\"Version\":\"5.37.0\",\"MaxPostSize\":\"4000\",\"MaxFileSize\":\"1024\","
             "\"PostEditTimeLimit\":\"300\",\"EnableUserTypingMessages\":\"false\",\"NoAccounts\":"
             "\"true\","
             "\"EnableReliableWebSockets\":\"false\",\"EnableFileAttachments\":false,"
             "\"TimeBetweenUserTypingUpdatesMilliseconds\":8000,"
             "\"EnableMultifactorAuthentication\":\"true\"}",
             NULL);

  g_assert_cmpint (config->max_post_chars, ==, 4000);
  g_assert_cmpint (config->max_file_bytes, ==, 1024);
  g_assert_cmpint (config->post_edit_limit_s, ==, 300);
  g_assert_cmpint (config->typing_interval_ms, ==, 8000);
  g_assert_false (config->has_typing);
  g_assert_false (config->has_reliable_sockets);
  g_assert_false (config->has_files);
  g_assert_true (config->has_no_accounts);
  g_assert_true (config->has_mfa);
}

static void
test_hostile (void)
{
  g_autoptr (UcServerConfig) config = parse (
      "{\"Version\":\"1\",\"MaxPostSize\":\"0\",\"MaxFileSize\":\"-1\","
      "\"PostEditTimeLimit\":\"99999999999999999999\",\"EnableUserTypingMessages\":\"maybe\","
      "\"TimeBetweenUserTypingUpdatesMilliseconds\":\"0\",\"SiteName\":7}",
      NULL);
  static const char *const texts[] = { "{}",   "[]",    "{\"Version\":5}", "{\"Version\":\"\"}",
                                       "null", "<html>" };

  g_assert_cmpint (config->max_post_chars, ==, UC_LIMIT_POST_CHARS);
  g_assert_cmpint (config->max_file_bytes, ==, 104857600);
  g_assert_cmpint (config->post_edit_limit_s, ==, -1);
  g_assert_cmpint (config->typing_interval_ms, ==, 5000);
  g_assert_true (config->has_typing);
  g_assert_cmpstr (config->site_name, ==, "");

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++) {
    g_autoptr (GError) error = NULL;

    g_assert_null (parse (texts[i], &error));
    g_assert_error (error, UC_ERROR, UC_ERROR_PROTOCOL);
  }
}

static void
test_ping (void)
{
  static const struct {
    const char *text;
    int         code; /* -1: it lives */
  } cases[] = {
    { "{\"status\":\"OK\",\"AndroidLatestVersion\":\"\"}", -1 },
    { "{\"status\":\"UNHEALTHY\"}", UC_ERROR_SERVER },
    { "{}", UC_ERROR_PROTOCOL },
    { "{\"status\":true}", UC_ERROR_PROTOCOL },
    { "<html>Please sign in</html>", UC_ERROR_PROTOCOL },
    { "\"OK\"", UC_ERROR_PROTOCOL },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autoptr (GError) error = NULL;
    g_autoptr (GBytes) body = g_bytes_new (cases[i].text, strlen (cases[i].text));
    gboolean is_alive = uc_wire_parse_ping (body, &error);

    g_assert_cmpint (is_alive, ==, cases[i].code < 0);
    if (!is_alive)
      g_assert_error (error, UC_ERROR, cases[i].code);
  }
}

static char *
dup_capabilities (const char *text, GError **error)
{
  g_autoptr (GBytes) body = g_bytes_new (text, strlen (text));
  g_auto (GStrv) capabilities = uc_wire_parse_manifest (body, error);

  return capabilities != NULL ? g_strjoinv (" ", capabilities) : NULL;
}

static void
test_manifest (void)
{
  static const char *const texts[] = { "", "<html>", "[]", "{}", "{\"version\":\"1\"}" };
  g_autofree char         *some =
      dup_capabilities ("{\"version\":1,\"capabilities\":[\"flags\",7,\"ai\"],\"more\":{}}", NULL);
  g_autofree char *none = dup_capabilities ("{\"version\":2}", NULL);

  g_assert_cmpstr (some, ==, "flags ai");
  g_assert_cmpstr (none, ==, "");
  for (guint i = 0; i < G_N_ELEMENTS (texts); i++) {
    g_autoptr (GError) error = NULL;

    g_assert_null (dup_capabilities (texts[i], &error));
    g_assert_error (error, UC_ERROR, UC_ERROR_PROTOCOL);
  }
}

static void
test_error (void)
{
  static const char *const refusal =
      "{\"id\":\"api.context.session_expired.app_error\",\"message\":\"Invalid or expired "
      "session\","
      "\"detailed_error\":\"\",\"request_id\":\"r\",\"status_code\":401}";
  static const char *const texts[] = { "",
                                       "limit exceeded\n",
                                       "<html>",
                                       "[]",
                                       "{}",
                                       "{\"id\":\"\"}",
                                       "{\"id\":\"x\"}",
                                       "{\"message\":\"x\"}",
                                       "{\"id\":1,\"message\":2}" };
  g_autoptr (GBytes) body = g_bytes_new (refusal, strlen (refusal));
  g_autoptr (UcWireError) error = uc_wire_parse_error (body);

  g_assert_cmpstr (error->id, ==, "api.context.session_expired.app_error");
  g_assert_cmpstr (error->message, ==, "Invalid or expired session");
  g_assert_cmpstr (error->request_id, ==, "r");
  g_assert_cmpint (error->status, ==, 401);
  for (guint i = 0; i < G_N_ELEMENTS (texts); i++) {
    g_autoptr (GBytes) other = g_bytes_new (texts[i], strlen (texts[i]));

    g_assert_null (uc_wire_parse_error (other));
  }
  g_assert_null (uc_wire_parse_error (NULL));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add_func ("/wire/config/defaults", test_defaults);
  g_test_add_func ("/wire/config/strings", test_strings);
  g_test_add_func ("/wire/config/hostile", test_hostile);
  g_test_add_func ("/wire/config/ping", test_ping);
  g_test_add_func ("/wire/config/manifest", test_manifest);
  g_test_add_func ("/wire/config/error", test_error);
  return g_test_run ();
}
