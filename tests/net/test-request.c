/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "uc-request-private.h"

#include "uc-limits.h"

#include <string.h>

#define ID_A "aaaaaaaaaaaaaaaaaaaaaaaaaa"
#define ID_B "bbbbbbbbbbbbbbbbbbbbbbbbbb"

static void
check (UcRequest *request, const char *method, const char *path, const char *body)
{
  gsize            length = 0;
  const char      *text = request->body != NULL ? g_bytes_get_data (request->body, &length) : NULL;
  g_autofree char *copy = text != NULL ? g_strndup (text, length) : NULL;

  g_assert_true (request->is_valid);
  g_assert_cmpstr (request->method, ==, method);
  g_assert_cmpstr (request->path->str, ==, path);
  g_assert_cmpstr (copy, ==, body);
  uc_request_free (request);
}

static void
test_account (void)
{
  const char *const ids[] = { ID_A, ID_B, NULL };

  check (uc_request_ping (), "GET", "/system/ping", NULL);
  check (uc_request_config (), "GET", "/config/client?format=old", NULL);
  check (uc_request_login ("anna", "pass\"word", ""), "POST", "/users/login",
         "{\"login_id\":\"anna\",\"password\":\"pass\\\"word\"}");
  check (uc_request_login ("anna", "x", "123456"), "POST", "/users/login",
         "{\"login_id\":\"anna\",\"password\":\"x\",\"token\":\"123456\"}");
  check (uc_request_logout (), "POST", "/users/logout", NULL);
  check (uc_request_me (), "GET", "/users/me", NULL);
  check (uc_request_logins (), "GET", "/users/me/sessions", NULL);
  check (uc_request_revoke_login (ID_A), "POST", "/users/me/sessions/revoke",
         "{\"session_id\":\"" ID_A "\"}");
  check (uc_request_users_by_ids (ids), "POST", "/users/ids", "[\"" ID_A "\",\"" ID_B "\"]");
  check (uc_request_users_in_channel (ID_A, 2, 60), "GET",
         "/users?in_channel=" ID_A "&page=2&per_page=60", NULL);
  check (uc_request_users_in_team (ID_A, 0, 200), "GET",
         "/users?in_team=" ID_A "&page=0&per_page=200", NULL);
  check (uc_request_search_users ("mül\"", NULL), "POST", "/users/search",
         "{\"term\":\"mül\\\"\"}");
  check (uc_request_search_users ("m", ID_A), "POST", "/users/search",
         "{\"term\":\"m\",\"team_id\":\"" ID_A "\"}");
  check (uc_request_statuses (ids), "POST", "/users/status/ids", "[\"" ID_A "\",\"" ID_B "\"]");
  check (uc_request_set_status (ID_A, UC_PRESENCE_DND), "PUT", "/users/" ID_A "/status",
         "{\"user_id\":\"" ID_A "\",\"status\":\"dnd\"}");
  check (uc_request_set_custom_status ("", "", 0), "DELETE", "/users/me/status/custom", NULL);
  check (uc_request_preferences (), "GET", "/users/me/preferences", NULL);
  check (uc_request_my_teams (), "GET", "/users/me/teams", NULL);
}

static void
test_channels (void)
{
  check (uc_request_my_channels (ID_A), "GET", "/users/me/teams/" ID_A "/channels", NULL);
  check (uc_request_my_members (ID_A), "GET", "/users/me/teams/" ID_A "/channels/members", NULL);
  check (uc_request_channel (ID_A), "GET", "/channels/" ID_A, NULL);
  check (uc_request_my_member (ID_A), "GET", "/channels/" ID_A "/members/me", NULL);
  check (uc_request_public_channels (ID_A, 1, 60), "GET",
         "/teams/" ID_A "/channels?page=1&per_page=60", NULL);
  check (uc_request_search_posts (ID_A, "a b", FALSE, 3600, 1, 60), "POST",
         "/teams/" ID_A "/posts/search",
         "{\"terms\":\"a b\",\"is_or_search\":false,\"time_zone_offset\":3600,"
         "\"include_deleted_channels\":false,\"page\":1,\"per_page\":60}");
  check (uc_request_search_posts (NULL, "a", TRUE, 0, 0, 60), "POST", "/posts/search",
         "{\"terms\":\"a\",\"is_or_search\":true,\"time_zone_offset\":0,"
         "\"include_deleted_channels\":false,\"page\":0,\"per_page\":60}");
  check (uc_request_search_channels (ID_A, "sta"), "POST", "/teams/" ID_A "/channels/search",
         "{\"term\":\"sta\"}");
  check (uc_request_create_direct (ID_A, ID_B), "POST", "/channels/direct",
         "[\"" ID_A "\",\"" ID_B "\"]");
  check (uc_request_join_channel (ID_A, ID_B), "POST", "/channels/" ID_A "/members",
         "{\"user_id\":\"" ID_B "\"}");
  check (uc_request_mute_channel (ID_A, ID_B, TRUE), "PUT",
         "/channels/" ID_A "/members/" ID_B "/notify_props", "{\"mark_unread\":\"mention\"}");
  check (uc_request_leave_channel (ID_A, "me"), "DELETE", "/channels/" ID_A "/members/me", NULL);
}

static void
test_posts (void)
{
  g_autoptr (UcReaction) reaction = uc_reaction_new ();

  check (uc_request_posts_at (ID_A, 7, 1), "GET",
         "/channels/" ID_A "/posts?page=7&per_page=1&skipFetchThreads=true", NULL);
  check (uc_request_posts_latest (ID_A, 60), "GET", "/channels/" ID_A "/posts?page=0&per_page=60",
         NULL);
  check (uc_request_posts_before (ID_A, ID_B, 60), "GET",
         "/channels/" ID_A "/posts?before=" ID_B "&page=0&per_page=60", NULL);
  check (uc_request_posts_after (ID_A, ID_B, 60), "GET",
         "/channels/" ID_A "/posts?after=" ID_B "&page=0&per_page=60", NULL);
  check (uc_request_posts_since (ID_A, G_GINT64_CONSTANT (1795175670647)), "GET",
         "/channels/" ID_A "/posts?since=1795175670647", NULL);
  /* 0 would mean "no since" to the server. */
  check (uc_request_posts_since (ID_A, 0), "GET", "/channels/" ID_A "/posts?since=1", NULL);
  check (uc_request_posts_unread (ID_A, 30, 60), "GET",
         "/users/me/channels/" ID_A "/posts/unread?limit_before=30&limit_after=60", NULL);
  check (uc_request_thread (ID_A), "GET", "/posts/" ID_A "/thread", NULL);
  check (uc_request_delete_post (ID_A), "DELETE", "/posts/" ID_A, NULL);
  check (uc_request_pin_post (ID_A, TRUE), "POST", "/posts/" ID_A "/pin", NULL);
  check (uc_request_pin_post (ID_A, FALSE), "POST", "/posts/" ID_A "/unpin", NULL);

  g_free (reaction->user_id);
  g_free (reaction->post_id);
  g_free (reaction->emoji_name);
  reaction->user_id = g_strdup (ID_A);
  reaction->post_id = g_strdup (ID_B);
  reaction->emoji_name = g_strdup ("+1");
  check (uc_request_remove_reaction (reaction), "DELETE",
         "/users/" ID_A "/posts/" ID_B "/reactions/%2B1", NULL);
}

static void
test_files (void)
{
  UcRequest *request = uc_request_upload_file (ID_A, "Plan & Größe #1.pdf", "/tmp/x");

  g_assert_cmpstr (request->upload_path, ==, "/tmp/x");
  check (request, "POST",
         "/files?channel_id=" ID_A "&filename=Plan%20%26%20Gr%C3%B6%C3%9Fe%20%231.pdf", NULL);

  request = uc_request_download_file (ID_A, "", "/tmp/y");
  g_assert_cmpstr (request->download_path, ==, "/tmp/y");
  g_assert_cmpint (request->limit_bytes, ==, UC_LIMIT_HTTP_FILE_BYTES);
  check (request, "GET", "/files/" ID_A, NULL);

  request = uc_request_download_file (ID_A, "thumbnail", "/tmp/y");
  g_assert_cmpint (request->limit_bytes, ==, UC_LIMIT_IMAGE_BYTES);
  check (request, "GET", "/files/" ID_A "/thumbnail", NULL);
  check (uc_request_user_image (ID_A, 17, "/tmp/z"), "GET", "/users/" ID_A "/image?_=17", NULL);
}

static void
test_extension (void)
{
  UcRequest *request = uc_request_flags ();

  g_assert_true (request->is_extension);
  check (request, "GET", "/plugins/com.example.unifiedchat/api/v1/flags", NULL);
  check (uc_request_manifest (), "GET", "/plugins/com.example.unifiedchat/api/v1/manifest", NULL);
  check (uc_request_put_flag ("ai_mode", "{\"enabled\":true}"), "PUT",
         "/plugins/com.example.unifiedchat/api/v1/flags/ai_mode", "{\"enabled\":true}");
}

static void
check_invalid (UcRequest *request)
{
  g_assert_false (request->is_valid);
  uc_request_free (request);
}

static void
test_bad_parts (void)
{
  check_invalid (uc_request_channel (""));
  check_invalid (uc_request_channel (".."));
  check_invalid (uc_request_channel ("../../users/me"));
  check_invalid (uc_request_channel ("short"));
  check_invalid (uc_request_channel (ID_A "?x=1"));
  check_invalid (uc_request_channel ("local:" ID_A));
  check_invalid (uc_request_posts_before (ID_A, NULL, 60));
  check_invalid (uc_request_download_file (ID_A, "..", "/tmp/y"));
  check_invalid (uc_request_put_flag ("", "{}"));
  check_invalid (uc_request_put_flag ("\xff", "{}"));
  check (uc_request_put_flag ("a/b?c", "{}"), "PUT",
         "/plugins/com.example.unifiedchat/api/v1/flags/a%2Fb%3Fc", "{}");
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add_func ("/net/request/account", test_account);
  g_test_add_func ("/net/request/channels", test_channels);
  g_test_add_func ("/net/request/posts", test_posts);
  g_test_add_func ("/net/request/files", test_files);
  g_test_add_func ("/net/request/extension", test_extension);
  g_test_add_func ("/net/request/bad-parts", test_bad_parts);
  return g_test_run ();
}
