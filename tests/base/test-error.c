/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "uc-error.h"

static void
test_transient (void)
{
  static const struct {
    UcErrorCode code;
    gboolean    is_transient;
  } cases[] = {
    { UC_ERROR_OFFLINE, TRUE },    { UC_ERROR_TIMEOUT, TRUE },   { UC_ERROR_RATE_LIMITED, TRUE },
    { UC_ERROR_SERVER, TRUE },     { UC_ERROR_AUTH, FALSE },     { UC_ERROR_FORBIDDEN, FALSE },
    { UC_ERROR_NOT_FOUND, FALSE }, { UC_ERROR_CONFLICT, FALSE }, { UC_ERROR_INVALID, FALSE },
    { UC_ERROR_PROTOCOL, FALSE },  { UC_ERROR_STORAGE, FALSE },  { UC_ERROR_SCHEMA_TOO_NEW, FALSE },
    { UC_ERROR_DISABLED, FALSE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autoptr (GError) error = g_error_new (UC_ERROR, (int) cases[i].code, "case %u", i);

    g_assert_cmpint (uc_error_is_transient (error), ==, cases[i].is_transient);
  }
}

static void
test_foreign (void)
{
  g_autoptr (GError) error = g_error_new (G_IO_ERROR, G_IO_ERROR_TIMED_OUT, "not ours");

  g_assert_false (uc_error_is_transient (error));
  g_assert_false (uc_error_is_transient (NULL));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add_func ("/base/error/transient", test_transient);
  g_test_add_func ("/base/error/foreign", test_foreign);
  return g_test_run ();
}
