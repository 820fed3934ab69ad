/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Faults of opening: each has a heading of its own. */

#include "config.h"

#include "uc-account-fault.h"

#include "uc-error.h"

static void
test_faults (void)
{
  static const struct {
    UcErrorCode code;
    const char *title;
  } rows[] = {
    { UC_ERROR_CONFLICT, "Already Open" },
    { UC_ERROR_SCHEMA_TOO_NEW, "Written by a Newer Version" },
    { UC_ERROR_STORAGE, "Messages Cannot Be Opened" },
    { UC_ERROR_PROTOCOL, "Account Cannot Be Opened" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_autoptr (GError) error = g_error_new (UC_ERROR, (int) rows[i].code, "page 7 is damaged");
    g_autofree char *text = NULL;
    const char      *title = NULL;

    uc_account_fault_describe (error, &title, &text);
    g_assert_cmpstr (title, ==, rows[i].title);
    /* What the one who helps will ask for. */
    g_assert_true (g_str_has_suffix (text, "page 7 is damaged"));
  }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

  g_test_add_func ("/app/account-fault/faults", test_faults);

  return g_test_run ();
}
