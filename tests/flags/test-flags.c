/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "flags-test.h"

#include <string.h>

#define ON   "{\"enabled\":true}"
#define OFF  "{\"enabled\":false}"
#define FLAG UC_FLAG_ai_mode
#define NAME "ai_mode"

static void
changed_cb (UcFlags *flags, guint flag, GString *log)
{
  g_string_append_printf (log, "%s=%d ", uc_flag_get_name ((UcFlagId) flag),
                          uc_flags_is_on (flags, (UcFlagId) flag));
}

static void
assert_state (UcFlags *flags, gboolean is_on, UcFlagSource source)
{
  g_assert_cmpint (uc_flags_is_on (flags, FLAG), ==, is_on);
  g_assert_cmpint (uc_flags_get_source (flags, FLAG), ==, source);
}

static void
test_defaults (void)
{
  g_autoptr (UcFlags) flags = uc_flags_new ();
  gboolean is_enabled;
  double   percentage;

  assert_state (flags, TRUE, UC_FLAG_FROM_DEFAULT);
  g_assert_true (uc_flags_is_on (flags, UC_FLAG_realtime_features));
  g_assert_true (uc_flags_is_on (flags, UC_FLAG_virtual_scrolling));
  g_assert_false (uc_flags_is_on (flags, UC_FLAG_performance_monitoring));
  g_assert_cmpint (uc_flags_get_revision (flags), ==, -1);
  g_assert_null (uc_flags_dup_document (flags));
  g_assert_false (uc_flags_get_rollout (flags, FLAG, &is_enabled, &percentage));
  g_assert_true (uc_flags_has_fallback (flags, FLAG));
  g_assert_false (uc_flags_is_monitored (flags, FLAG));
  g_assert_finalize_object (g_steal_pointer (&flags));
}

/* Each layer over the one below, and down again. */
static void
test_layers (void)
{
  g_autoptr (UcFlags) flags = NULL;

  g_setenv ("UNIFIED_CHAT_FLAG_VIRTUAL_SCROLLING", "off", TRUE);
  flags = uc_flags_new ();
  g_unsetenv ("UNIFIED_CHAT_FLAG_VIRTUAL_SCROLLING");

  flags_test_take (flags, 1, NAME, OFF, UC_FLAG_FROM_CACHE);
  assert_state (flags, FALSE, UC_FLAG_FROM_CACHE);
  flags_test_take (flags, 2, NAME, ON, UC_FLAG_FROM_SERVER);
  assert_state (flags, TRUE, UC_FLAG_FROM_SERVER);
  uc_flags_set_override (flags, FLAG, 0);
  assert_state (flags, FALSE, UC_FLAG_FROM_OVERRIDE);
  uc_flags_set_override (flags, FLAG, 1);
  assert_state (flags, TRUE, UC_FLAG_FROM_OVERRIDE);
  uc_flags_trip (flags, FLAG, "failed");
  assert_state (flags, FALSE, UC_FLAG_FROM_GUARD);
  /* A new choice is another try. */
  uc_flags_set_override (flags, FLAG, 1);
  assert_state (flags, FALSE, UC_FLAG_FROM_GUARD);
  uc_flags_set_override (flags, FLAG, -1);
  assert_state (flags, TRUE, UC_FLAG_FROM_SERVER);
  /* A document that does not name it. */
  flags_test_take (flags, 3, "other", ON, UC_FLAG_FROM_SERVER);
  assert_state (flags, TRUE, UC_FLAG_FROM_DEFAULT);

  uc_flags_set_override (flags, UC_FLAG_virtual_scrolling, 1);
  g_assert_false (uc_flags_is_on (flags, UC_FLAG_virtual_scrolling));
  g_assert_cmpint (uc_flags_get_source (flags, UC_FLAG_virtual_scrolling), ==,
                   UC_FLAG_FROM_ENVIRONMENT);
}

static void
test_revisions (void)
{
  g_autoptr (UcFlags) flags = uc_flags_new ();
  gboolean         is_newer = FALSE;
  g_autofree char *fifth = flags_test_document (5, NAME, OFF);
  g_autofree char *same = flags_test_document (5, NAME, ON);
  g_autofree char *older = flags_test_document (4, NAME, ON);
  g_autofree char *newer = flags_test_document (6, NAME, ON);
  g_autofree char *kept = NULL;

  g_assert_true (uc_flags_take_document (flags, fifth, UC_FLAG_FROM_CACHE, 0, &is_newer, NULL));
  g_assert_true (is_newer);
  g_assert_true (uc_flags_take_document (flags, older, UC_FLAG_FROM_SERVER, 0, &is_newer, NULL));
  g_assert_false (is_newer);
  assert_state (flags, FALSE, UC_FLAG_FROM_CACHE);
  /* The same revision from the server only says that it still holds. */
  g_assert_true (uc_flags_take_document (flags, same, UC_FLAG_FROM_SERVER, 0, &is_newer, NULL));
  g_assert_false (is_newer);
  assert_state (flags, FALSE, UC_FLAG_FROM_SERVER);
  g_assert_true (uc_flags_take_document (flags, fifth, UC_FLAG_FROM_CACHE, 0, &is_newer, NULL));
  assert_state (flags, FALSE, UC_FLAG_FROM_SERVER);
  g_assert_true (uc_flags_take_document (flags, newer, UC_FLAG_FROM_SERVER, 0, &is_newer, NULL));
  g_assert_true (is_newer);
  assert_state (flags, TRUE, UC_FLAG_FROM_SERVER);
  g_assert_cmpint (uc_flags_get_revision (flags), ==, 6);
  kept = uc_flags_dup_document (flags);
  g_assert_cmpstr (kept, ==, newer);
}

static void
test_signal (void)
{
  g_autoptr (UcFlags) flags = uc_flags_new ();
  g_autoptr (GString) log = g_string_new (NULL);

  g_signal_connect (flags, "changed", G_CALLBACK (changed_cb), log);
  flags_test_take (flags, 1, NAME, ON, UC_FLAG_FROM_SERVER);
  g_assert_cmpstr (log->str, ==, "");
  flags_test_take (flags, 2, NAME, OFF ",\"performance_monitoring\":" ON, UC_FLAG_FROM_SERVER);
  g_assert_cmpstr (log->str, ==, "ai_mode=0 performance_monitoring=1 ");
  g_string_truncate (log, 0);
  uc_flags_set_override (flags, FLAG, 0);
  g_assert_cmpstr (log->str, ==, "");
  uc_flags_set_override (flags, FLAG, 1);
  uc_flags_set_override (flags, FLAG, 1);
  g_assert_cmpstr (log->str, ==, "ai_mode=1 ");
  uc_flags_trip (flags, FLAG, "failed");
  uc_flags_trip (flags, FLAG, "again");
  g_assert_cmpstr (log->str, ==, "ai_mode=1 ai_mode=0 ");
}

static void
test_time_and_user (void)
{
  g_autoptr (UcFlags) flags = uc_flags_new ();

  flags_test_take (flags, 1, NAME, "{\"enabled\":true,\"starts_at\":5000}", UC_FLAG_FROM_SERVER);
  assert_state (flags, FALSE, UC_FLAG_FROM_SERVER);
  uc_flags_refresh (flags, 4999);
  assert_state (flags, FALSE, UC_FLAG_FROM_SERVER);
  uc_flags_refresh (flags, 5000);
  assert_state (flags, TRUE, UC_FLAG_FROM_SERVER);

  flags_test_take (flags, 2, NAME, "{\"enabled\":true,\"roles\":[\"system_admin\"]}",
                   UC_FLAG_FROM_SERVER);
  assert_state (flags, FALSE, UC_FLAG_FROM_SERVER);
  uc_flags_set_user (flags, "u", "system_user system_admin");
  assert_state (flags, TRUE, UC_FLAG_FROM_SERVER);
  uc_flags_set_user (flags, NULL, NULL);
  assert_state (flags, FALSE, UC_FLAG_FROM_SERVER);
  /* The document says which segments the user is in. */
  flags_test_take (flags, 3, NAME, "{\"enabled\":true,\"user_segments\":[\"heads\"]}",
                   UC_FLAG_FROM_SERVER);
  assert_state (flags, TRUE, UC_FLAG_FROM_SERVER);
}

static void
test_rollout (void)
{
  g_autoptr (UcFlags) flags = uc_flags_new ();
  gboolean is_enabled = FALSE;
  double   percentage = 0;

  flags_test_take (flags, 1, NAME,
                   "{\"enabled\":true,\"rollout_percentage\":12.5,\"fallback_enabled\":false}",
                   UC_FLAG_FROM_SERVER);
  g_assert_true (uc_flags_get_rollout (flags, FLAG, &is_enabled, &percentage));
  g_assert_true (is_enabled);
  g_assert_cmpfloat (percentage, ==, 12.5);
  g_assert_false (uc_flags_has_fallback (flags, FLAG));
  g_assert_true (uc_flags_is_monitored (flags, FLAG));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  flags_test_clear_environment ();
  g_test_add_func ("/flags/flags/defaults", test_defaults);
  g_test_add_func ("/flags/flags/layers", test_layers);
  g_test_add_func ("/flags/flags/revisions", test_revisions);
  g_test_add_func ("/flags/flags/signal", test_signal);
  g_test_add_func ("/flags/flags/time-and-user", test_time_and_user);
  g_test_add_func ("/flags/flags/rollout", test_rollout);
  return g_test_run ();
}
