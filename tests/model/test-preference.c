/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "uc-preference.h"

static void
test_preference (void)
{
  g_autoptr (UcPreference) preference = uc_preference_new ("u", "c", "n", "");
  g_autoptr (UcPreference) same = uc_preference_ref (preference);

  g_assert_true (same == preference);
  g_assert_cmpstr (preference->user_id, ==, "u");
  g_assert_cmpstr (preference->category, ==, "c");
  g_assert_cmpstr (preference->name, ==, "n");
  g_assert_cmpstr (preference->value, ==, "");
}

static void
test_presence (void)
{
  static const UcPresence presences[] = { UC_PRESENCE_OFFLINE, UC_PRESENCE_AWAY, UC_PRESENCE_DND,
                                          UC_PRESENCE_ONLINE };
  g_autoptr (UcStatus) status = uc_status_new ();
  g_autoptr (UcStatus) same = uc_status_ref (status);

  g_assert_true (same == status);
  g_assert_cmpstr (status->user_id, ==, "");
  g_assert_cmpint (status->presence, ==, UC_PRESENCE_OFFLINE);
  for (guint i = 0; i < G_N_ELEMENTS (presences); i++)
    g_assert_cmpint (uc_presence_from_string (uc_presence_to_string (presences[i])), ==,
                     presences[i]);
  g_assert_cmpstr (uc_presence_to_string (UC_PRESENCE_DND), ==, "dnd");
  g_assert_cmpint (uc_presence_from_string ("ooo"), ==, UC_PRESENCE_OFFLINE);
  g_assert_cmpint (uc_presence_from_string (NULL), ==, UC_PRESENCE_OFFLINE);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add_func ("/model/preference/preference", test_preference);
  g_test_add_func ("/model/preference/presence", test_presence);
  return g_test_run ();
}
