/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "flags-test.h"

#define VARIABLE   "UNIFIED_CHAT_FLAG_AI_MODE"
#define PERCENTAGE "UNIFIED_CHAT_ROLLOUT_PERCENTAGE"

static void
test_words (void)
{
  static const struct {
    const char *word;
    int         state; /* -1: ignored */
  } cases[] = {
    { "on", 1 }, { "ON", 1 }, { "true", 1 }, { "1", 1 },    { "off", 0 },  { "False", 0 },
    { "0", 0 },  { "", -1 },  { "2", -1 },   { "yes", -1 }, { " on", -1 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autoptr (UcFlags) flags = NULL;

    g_setenv (VARIABLE, cases[i].word, TRUE);
    flags = uc_flags_new ();
    g_unsetenv (VARIABLE);
    g_assert_cmpint (uc_flags_get_source (flags, UC_FLAG_ai_mode), ==,
                     cases[i].state < 0 ? UC_FLAG_FROM_DEFAULT : UC_FLAG_FROM_ENVIRONMENT);
    g_assert_cmpint (uc_flags_is_on (flags, UC_FLAG_ai_mode), ==, cases[i].state != 0);
    g_assert_cmpint (uc_flags_get_source (flags, UC_FLAG_virtual_scrolling), ==,
                     UC_FLAG_FROM_DEFAULT);
  }
}

static void
test_percentage (void)
{
  static const struct {
    const char *text;
    gboolean    is_on; /* of a flag at 0 % */
  } cases[] = {
    { "100", TRUE }, { "99.3", TRUE }, { "99.2", FALSE }, { "0", FALSE }, { "101", FALSE },
    { "-1", FALSE }, { "nan", FALSE }, { "50x", FALSE },  { "", FALSE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autoptr (UcFlags) flags = NULL;

    g_setenv (PERCENTAGE, cases[i].text, TRUE);
    flags = uc_flags_new ();
    g_unsetenv (PERCENTAGE);
    /* In bucket 99.20 of this flag. */
    uc_flags_set_user (flags, "9bq3fsyo1jyojxp5y4y8sf7zqe", "");
    flags_test_take (flags, 1, "ai_mode", "{\"enabled\":true,\"rollout_percentage\":0}",
                     UC_FLAG_FROM_SERVER);
    g_assert_cmpint (uc_flags_is_on (flags, UC_FLAG_ai_mode), ==, cases[i].is_on);
  }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  flags_test_clear_environment ();
  g_test_add_func ("/flags/environment/words", test_words);
  g_test_add_func ("/flags/environment/percentage", test_percentage);
  return g_test_run ();
}
