/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "uc-thread.h"

static gpointer
ask_cb (gpointer user_data)
{
  return GINT_TO_POINTER (uc_thread_is_main ());
}

static void
test_main (void)
{
  GThread *thread = g_thread_new ("other", ask_cb, NULL);

  g_assert_true (uc_thread_is_main ());
  g_assert_false (GPOINTER_TO_INT (g_thread_join (thread)));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add_func ("/base/thread/main", test_main);
  return g_test_run ();
}
