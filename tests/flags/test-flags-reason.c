/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "flags-test.h"

#include <string.h>

static void
assert_reason (UcFlags *flags, const char *words)
{
  g_autofree char *reason = uc_flags_dup_reason (flags, UC_FLAG_ai_mode);

  if (strstr (reason, words) == NULL)
    g_assert_cmpstr (reason, ==, words);
}

static void
test_reasons (void)
{
  static const struct {
    const char *rule;
    const char *words;
  } cases[] = {
    { "{}", "turned off" },
    { "{\"enabled\":true}", "for everybody" },
    { "{\"enabled\":true,\"rollout_percentage\":99.5}", "among those" },
    { "{\"enabled\":true,\"rollout_percentage\":10}", "turn has not come" },
    { "{\"enabled\":true,\"starts_at\":2000}", "later date" },
    { "{\"enabled\":true,\"user_segments\":[\"x\"]}", "groups that you do not" },
    { "{\"enabled\":true,\"roles\":[\"x\"]}", "roles that you do not" },
    { "{\"enabled\":true,\"rollout_percentage\":0,\"groups\":[{\"segment\":\"heads\"}]}", "early" },
  };
  g_autoptr (UcFlags) flags = uc_flags_new ();

  assert_reason (flags, "says nothing");
  uc_flags_set_user (flags, "9bq3fsyo1jyojxp5y4y8sf7zqe", "system_user");
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    flags_test_take (flags, (int) i, "ai_mode", cases[i].rule, UC_FLAG_FROM_SERVER);
    assert_reason (flags, cases[i].words);
  }
  uc_flags_set_override (flags, UC_FLAG_ai_mode, 1);
  assert_reason (flags, "You decided");
  uc_flags_trip (flags, UC_FLAG_ai_mode, "no 100% luck");
  assert_reason (flags, "no 100% luck");
}

static void
test_environment (void)
{
  g_autoptr (UcFlags) flags = NULL;

  g_setenv ("UNIFIED_CHAT_FLAG_AI_MODE", "on", TRUE);
  flags = uc_flags_new ();
  g_unsetenv ("UNIFIED_CHAT_FLAG_AI_MODE");
  assert_reason (flags, "UNIFIED_CHAT_FLAG_AI_MODE");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  flags_test_clear_environment ();
  g_test_add_func ("/flags/reason/reasons", test_reasons);
  g_test_add_func ("/flags/reason/environment", test_environment);
  return g_test_run ();
}
