/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "flags-test.h"
#include "uc-error.h"
#include "uc-guard.h"

#define FLAG UC_FLAG_ai_mode
#define NAME "ai_mode"

typedef struct {
  int   primary_code;  /* < 0: works */
  int   fallback_code; /* < 0: works */
  guint n_primary;
  guint n_fallback;
} Paths;

static gboolean
end (int code, GError **error)
{
  if (code < 0)
    return TRUE;
  g_set_error (error, UC_ERROR, code, "code %d", code);
  return FALSE;
}

static gboolean
primary (gpointer user_data, GError **error)
{
  Paths *paths = user_data;

  paths->n_primary++;
  return end (paths->primary_code, error);
}

static gboolean
fallback (gpointer user_data, GError **error)
{
  Paths *paths = user_data;

  paths->n_fallback++;
  return end (paths->fallback_code, error);
}

static gboolean
cancelled (gpointer user_data, GError **error)
{
  g_set_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED, "cancelled");
  return FALSE;
}

static void
assert_counts (UcFlags *flags, guint n_ok, guint n_error, guint n_fallback)
{
  UcGuardCounts counts;

  uc_guard_get_counts (flags, FLAG, &counts);
  g_assert_cmpuint (counts.n_ok, ==, n_ok);
  g_assert_cmpuint (counts.n_error, ==, n_error);
  g_assert_cmpuint (counts.n_fallback, ==, n_fallback);
  g_assert_cmpint (counts.total_us, >=, 0);
}

static void
test_off (void)
{
  g_autoptr (UcFlags) flags = uc_flags_new ();
  g_autoptr (GError) error = NULL;
  Paths paths = { .primary_code = -1, .fallback_code = -1 };

  uc_flags_set_override (flags, FLAG, 0);
  g_assert_true (uc_guard_run (flags, FLAG, primary, fallback, &paths, &error));
  g_assert_no_error (error);
  g_assert_cmpuint (paths.n_primary, ==, 0);
  g_assert_cmpuint (paths.n_fallback, ==, 1);
  /* The traditional way by choice is no falling back. */
  assert_counts (flags, 0, 0, 0);
}

static void
test_on (void)
{
  g_autoptr (UcFlags) flags = uc_flags_new ();
  Paths paths = { .primary_code = -1, .fallback_code = -1 };

  g_assert_true (uc_guard_run (flags, FLAG, primary, fallback, &paths, NULL));
  g_assert_cmpuint (paths.n_primary, ==, 1);
  g_assert_cmpuint (paths.n_fallback, ==, 0);
  assert_counts (flags, 1, 0, 0);
}

static void
test_failing (void)
{
  g_autoptr (UcFlags) flags = uc_flags_new ();
  Paths paths = { .primary_code = UC_ERROR_SERVER, .fallback_code = -1 };

  for (guint i = 0; i < 5; i++) {
    g_autoptr (GError) error = NULL;

    g_assert_true (uc_guard_run (flags, FLAG, primary, fallback, &paths, &error));
    g_assert_no_error (error);
    g_assert_cmpint (uc_flags_is_on (flags, FLAG), ==, i < 2);
  }
  /* Tripped after three: the new way is not tried again. */
  g_assert_cmpuint (paths.n_primary, ==, 3);
  g_assert_cmpuint (paths.n_fallback, ==, 5);
  g_assert_cmpint (uc_flags_get_source (flags, FLAG), ==, UC_FLAG_FROM_GUARD);
  assert_counts (flags, 0, 3, 3);

  /* Switched on again by hand, it has three more. */
  uc_flags_set_override (flags, FLAG, 1);
  g_assert_true (uc_guard_run (flags, FLAG, primary, fallback, &paths, NULL));
  g_assert_true (uc_flags_is_on (flags, FLAG));
  g_assert_cmpuint (paths.n_primary, ==, 4);
}

static void
test_now_and_then (void)
{
  g_autoptr (UcFlags) flags = uc_flags_new ();
  Paths paths = { .fallback_code = -1 };

  for (guint i = 0; i < 12; i++) {
    paths.primary_code = i % 3 == 2 ? -1 : UC_ERROR_SERVER;
    g_assert_true (uc_guard_run (flags, FLAG, primary, fallback, &paths, NULL));
  }
  g_assert_true (uc_flags_is_on (flags, FLAG));
  assert_counts (flags, 4, 8, 8);
}

static void
test_both_fail (void)
{
  g_autoptr (UcFlags) flags = uc_flags_new ();
  g_autoptr (GError) error = NULL;
  Paths paths = { .primary_code = UC_ERROR_SERVER, .fallback_code = UC_ERROR_OFFLINE };

  g_assert_false (uc_guard_run (flags, FLAG, primary, fallback, &paths, &error));
  g_assert_error (error, UC_ERROR, UC_ERROR_OFFLINE);
}

/* fallback_enabled: false shows the error, and the flag stays on. */
static void
test_no_fallback (void)
{
  g_autoptr (UcFlags) flags = uc_flags_new ();
  Paths paths = { .primary_code = UC_ERROR_SERVER, .fallback_code = -1 };

  flags_test_take (flags, 1, NAME, "{\"enabled\":true,\"fallback_enabled\":false}",
                   UC_FLAG_FROM_SERVER);
  for (guint i = 0; i < 5; i++) {
    g_autoptr (GError) error = NULL;

    g_assert_false (uc_guard_run (flags, FLAG, primary, fallback, &paths, &error));
    g_assert_error (error, UC_ERROR, UC_ERROR_SERVER);
  }
  g_assert_cmpuint (paths.n_fallback, ==, 0);
  g_assert_true (uc_flags_is_on (flags, FLAG));
  assert_counts (flags, 0, 5, 0);
}

static void
test_cancelled (void)
{
  g_autoptr (UcFlags) flags = uc_flags_new ();
  Paths paths = { .fallback_code = -1 };

  for (guint i = 0; i < 5; i++) {
    g_autoptr (GError) error = NULL;

    g_assert_false (uc_guard_run (flags, FLAG, cancelled, fallback, &paths, &error));
    g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  }
  g_assert_cmpuint (paths.n_fallback, ==, 0);
  g_assert_true (uc_flags_is_on (flags, FLAG));
  assert_counts (flags, 0, 0, 0);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  flags_test_clear_environment ();
  g_test_add_func ("/flags/guard/off", test_off);
  g_test_add_func ("/flags/guard/on", test_on);
  g_test_add_func ("/flags/guard/failing", test_failing);
  g_test_add_func ("/flags/guard/now-and-then", test_now_and_then);
  g_test_add_func ("/flags/guard/both-fail", test_both_fail);
  g_test_add_func ("/flags/guard/no-fallback", test_no_fallback);
  g_test_add_func ("/flags/guard/cancelled", test_cancelled);
  return g_test_run ();
}
