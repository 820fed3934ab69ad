/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "uc-member.h"

static void
test_life (void)
{
  g_autoptr (UcMember) member = uc_member_new ();
  g_autoptr (UcMember) same = uc_member_ref (member);
  g_autoptr (UcMember) copy = NULL;

  g_assert_true (same == member);
  g_assert_cmpstr (member->notify_desktop, ==, "");
  g_set_str (&member->roles, "channel_user");
  member->read_msg_count = 4;
  copy = uc_member_copy (member);
  copy->read_msg_count = 5;
  g_set_str (&copy->roles, "");
  g_assert_cmpint (member->read_msg_count, ==, 4);
  g_assert_cmpstr (member->roles, ==, "channel_user");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add_func ("/model/member/life", test_life);
  return g_test_run ();
}
