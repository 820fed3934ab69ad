/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "uc-join.h"

#include "uc-error.h"
#include "uc-test.h"

static GTask *
new_task (GAsyncResult **result)
{
  return g_task_new (NULL, NULL, uc_test_result_cb, result);
}

static void
test_all_well (void)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  UcJoin *join = uc_join_new (new_task (&result));
  UcJoin *first = uc_join_part (join);
  UcJoin *second = uc_join_part (join);

  g_assert_true (G_IS_TASK (uc_join_get_task (join)));
  uc_join_done (second, NULL);
  uc_join_release (join);
  g_assert_null (result);
  uc_join_done (first, NULL);

  uc_test_wait_result (&result);
  g_assert_true (g_task_propagate_boolean (G_TASK (result), &error));
  g_assert_no_error (error);
}

static void
test_first_error (void)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  UcJoin *join = uc_join_new (new_task (&result));
  UcJoin *first = uc_join_part (join);
  UcJoin *second = uc_join_part (join);
  UcJoin *third = uc_join_part (join);

  uc_join_release (join);
  uc_join_done (second, g_error_new (UC_ERROR, UC_ERROR_AUTH, "the first"));
  uc_join_done (first, NULL);
  uc_join_done (third, g_error_new (UC_ERROR, UC_ERROR_SERVER, "a later one"));

  uc_test_wait_result (&result);
  g_assert_false (g_task_propagate_boolean (G_TASK (result), &error));
  g_assert_error (error, UC_ERROR, UC_ERROR_AUTH);
  g_assert_cmpstr (error->message, ==, "the first");
}

static void
test_no_parts (void)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  uc_join_release (uc_join_new (new_task (&result)));
  uc_test_wait_result (&result);
  g_assert_true (g_task_propagate_boolean (G_TASK (result), &error));
  g_assert_no_error (error);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add_func ("/base/join/all-well", test_all_well);
  g_test_add_func ("/base/join/first-error", test_first_error);
  g_test_add_func ("/base/join/no-parts", test_no_parts);
  return g_test_run ();
}
