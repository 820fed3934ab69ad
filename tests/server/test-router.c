/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "uc-router.h"

#include "uc-refusal.h"
#include "uc-role.h"

#include <string.h>

#define ID "abcdefghijkmnopqrstuwxyz13"

static const UcRoute *
find (const char *method, const char *path, char *params[UC_CALL_MAX_PARAMS])
{
  for (guint i = 0; i < UC_CALL_MAX_PARAMS; i++)
    params[i] = NULL;
  return uc_router_find (method, path, params);
}

static void
clear (char *params[UC_CALL_MAX_PARAMS])
{
  for (guint i = 0; i < UC_CALL_MAX_PARAMS; i++)
    g_clear_pointer (&params[i], g_free);
}

static void
check (const char *method, const char *path, const char *pattern)
{
  char          *params[UC_CALL_MAX_PARAMS];
  const UcRoute *route = find (method, path, params);

  g_test_message ("%s %s", method, path);
  g_assert_cmpstr (route != NULL ? route->pattern : NULL, ==, pattern);
  clear (params);
}

static void
test_table (void)
{
  uc_router_check ();
  for (const UcRoute *route = uc_routes; route->method != NULL; route++) {
    g_assert_nonnull (route->handler);
    g_assert_true (g_str_has_prefix (route->pattern, "/"));
  }
}

static void
test_paths (void)
{
  check ("GET", "/api/v4/users/me", "/api/v4/users/{user_id}");
  check ("GET", "/api/v4/users/" ID, "/api/v4/users/{user_id}");
  check ("GET", "/api/v4/users/stats", "/api/v4/users/stats");
  check ("GET", "/api/v4/users/username/anna", "/api/v4/users/username/{username}");
  check ("POST", "/api/v4/posts", "/api/v4/posts");
  check ("GET", "/api/v4/posts", NULL);
  check ("HEAD", "/api/v4/users/me", NULL);
  check ("OPTIONS", "/api/v4/users/me", NULL);
  check ("GET", "/api/v4/users/me/more", NULL);
  check ("GET", "/api/v4", NULL);
  check ("GET", "", NULL);
  check ("GET", "/", NULL);
  check ("GET", "/api/v4//users/me", NULL);
  check ("GET", "/api/v3/users/me", NULL);
}

static void
test_params (void)
{
  char          *params[UC_CALL_MAX_PARAMS];
  const UcRoute *route = find ("DELETE", "/api/v4/users/me/posts/" ID "/reactions/+1", params);
  int            i;

  g_assert_nonnull (route);
  i = uc_route_find_param (route, "post_id");
  g_assert_cmpint (i, >=, 0);
  g_assert_cmpstr (params[i], ==, ID);
  i = uc_route_find_param (route, "emoji_name");
  g_assert_cmpstr (params[i], ==, "+1");
  g_assert_cmpint (uc_route_find_param (route, "channel_id"), <, 0);
  clear (params);
}

/* -- The tables around it ----------------------------------------------------------- */

static void
test_roles (void)
{
  g_autoptr (JsonObject) role = uc_role_to_json ("team_user");

  g_assert_true (uc_roles_allow ("system_user", "create_team"));
  g_assert_false (uc_roles_allow ("system_user", "manage_system"));
  g_assert_true (uc_roles_allow ("system_user system_admin", "manage_system"));
  g_assert_false (uc_roles_allow ("", "create_team"));
  g_assert_false (uc_roles_allow ("nobody", "create_team"));
  g_assert_true (uc_roles_contain ("system_admin system_user", "system_user"));
  /* Whole words. */
  g_assert_false (uc_roles_contain ("system_admin_x", "system_admin"));
  g_assert_false (uc_roles_contain ("system_admin", "system"));
  g_assert_false (uc_roles_allow ("system_user", "create"));
  g_assert_true (uc_permission_exists ("read_channel"));
  g_assert_false (uc_permission_exists ("read"));
  g_assert_true (uc_role_exists ("channel_admin"));
  g_assert_false (uc_role_exists ("channel"));
  g_assert_cmpstr (json_object_get_string_member (role, "name"), ==, "team_user");
}

static void
test_refusals (void)
{
  for (guint i = 0; i < UC_N_REFUSALS; i++) {
    g_autoptr (GError) error = NULL;

    uc_refuse (&error, i);
    g_assert_error (error, UC_REFUSAL, (int) i);
    g_assert_cmpuint (uc_refusal_get_status (error), >=, 400);
    g_assert_cmpuint (uc_refusal_get_status (error), <, 600);
    g_assert_cmpstr (uc_refusal_get_id (error), !=, "");
    g_assert_cmpstr (uc_refusal_get_text (error), !=, "");
  }
}

/* What went wrong inside is told to nobody. */
static void
test_other_errors (void)
{
  g_autoptr (GError) error = g_error_new (G_IO_ERROR, G_IO_ERROR_FAILED, "/secret/path is broken");
  g_autoptr (GError) named = NULL;

  g_assert_cmpuint (uc_refusal_get_status (error), ==, 500);
  g_assert_null (strstr (uc_refusal_get_text (error), "secret"));
  g_assert_null (strstr (uc_refusal_get_id (error), "secret"));
  uc_refuse_body (&named, "team_id");
  g_assert_nonnull (strstr (uc_refusal_get_text (named), "team_id"));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/router/table", test_table);
  g_test_add_func ("/router/paths", test_paths);
  g_test_add_func ("/router/params", test_params);
  g_test_add_func ("/router/roles", test_roles);
  g_test_add_func ("/router/refusals", test_refusals);
  g_test_add_func ("/router/other-errors", test_other_errors);
  return g_test_run ();
}
