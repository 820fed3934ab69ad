/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "uc-token-private.h"

static void
test_usable (void)
{
  g_assert_true (_uc_token_is_usable ("9p1kq7b8ui8btxy1cr8xpqkjyc"));
  g_assert_true (_uc_token_is_usable ("a.b-c_d~e/f+g="));
  g_assert_false (_uc_token_is_usable (""));
  g_assert_false (_uc_token_is_usable ("two words"));
  g_assert_false (_uc_token_is_usable ("a\r\nX-Evil: 1"));
  g_assert_false (_uc_token_is_usable ("umläut"));
  g_assert_false (_uc_token_is_usable ("tab\t"));
}

static void
test_free (void)
{
  _uc_token_free (NULL);
  _uc_token_free (g_strdup ("secret"));
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add_func ("/net/token/usable", test_usable);
  g_test_add_func ("/net/token/free", test_free);
  return g_test_run ();
}
