/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "uc-user.h"

static void
test_new (void)
{
  g_autoptr (UcUser) user = uc_user_new ();

  g_assert_cmpstr (user->id, ==, "");
  g_assert_cmpstr (user->bot_description, ==, "");
  g_assert_cmpstr (user->custom_status_emoji, ==, "");
  g_assert_null (user->notify_props);
  g_assert_null (user->timezone);
}

static void
test_copy (void)
{
  g_autoptr (UcUser) user = uc_user_new ();
  g_autoptr (UcUser) copy = NULL;
  g_autoptr (UcUser) same = uc_user_ref (user);

  g_set_str (&user->username, "anna");
  g_set_str (&user->notify_props, "{}");
  user->is_bot = TRUE;
  copy = uc_user_copy (user);
  g_assert_true (same == user);
  g_assert_true (copy != user);
  g_set_str (&copy->username, "berta");
  g_assert_cmpstr (user->username, ==, "anna");
  g_assert_cmpstr (copy->notify_props, ==, "{}");
  g_assert_true (copy->is_bot);
}

static void
test_role (void)
{
  g_autoptr (UcUser) user = uc_user_new ();

  g_assert_false (uc_user_has_role (user, "system_user"));
  g_assert_false (uc_user_has_role (user, ""));
  g_set_str (&user->roles, "system_user  system_admin");
  g_assert_true (uc_user_has_role (user, "system_admin"));
  g_assert_true (uc_user_has_role (user, "system_user"));
  g_assert_false (uc_user_has_role (user, "system"));
  g_assert_false (uc_user_has_role (user, "system_user_access_token"));
  g_assert_false (uc_user_has_role (user, ""));
}

static void
test_display_name (void)
{
  static const struct {
    const char  *nickname, *first, *last;
    UcNameFormat format;
    const char  *name;
  } cases[] = {
    { "Kati", "Katrin", "Sommer", UC_NAME_USERNAME, "katrin.sommer" },
    { "Kati", "Katrin", "Sommer", UC_NAME_FULL, "Katrin Sommer" },
    { "Kati", "Katrin", "Sommer", UC_NAME_NICKNAME_FULL, "Kati" },
    { "", "Katrin", "Sommer", UC_NAME_NICKNAME_FULL, "Katrin Sommer" },
    { "  ", "", "Sommer", UC_NAME_NICKNAME_FULL, "Sommer" },
    { "", "Alarm!", "", UC_NAME_FULL, "Alarm!" },
    { "", "", "", UC_NAME_FULL, "katrin.sommer" },
    { "", " ", "", UC_NAME_NICKNAME_FULL, "katrin.sommer" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autoptr (UcUser) user = uc_user_new ();
    g_autofree char *name = NULL;

    g_set_str (&user->username, "katrin.sommer");
    g_set_str (&user->nickname, cases[i].nickname);
    g_set_str (&user->first_name, cases[i].first);
    g_set_str (&user->last_name, cases[i].last);
    name = uc_user_dup_display_name (user, cases[i].format);
    g_assert_cmpstr (name, ==, cases[i].name);
  }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add_func ("/model/user/new", test_new);
  g_test_add_func ("/model/user/copy", test_copy);
  g_test_add_func ("/model/user/role", test_role);
  g_test_add_func ("/model/user/display-name", test_display_name);
  return g_test_run ();
}
