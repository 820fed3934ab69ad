/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "uc-login-limit.h"

#define NOW G_GINT64_CONSTANT (1763643600000)

static void
fail (UcLoginLimit *limit, const char *address, gint64 now_ms, guint n)
{
  for (guint i = 0; i < n; i++)
    uc_login_limit_note_failure (limit, address, now_ms);
}

static void
test_bucket (void)
{
  g_autoptr (UcLoginLimit) limit = uc_login_limit_new ();
  guint wait_s;

  g_assert_cmpuint (uc_login_limit_check (limit, "192.0.2.1", NOW), ==, 0);
  fail (limit, "192.0.2.1", NOW, 29);
  g_assert_cmpuint (uc_login_limit_check (limit, "192.0.2.1", NOW), ==, 0);
  fail (limit, "192.0.2.1", NOW, 1);
  wait_s = uc_login_limit_check (limit, "192.0.2.1", NOW);
  g_assert_cmpuint (wait_s, ==, 20);
  /* Another address is another matter. */
  g_assert_cmpuint (uc_login_limit_check (limit, "192.0.2.2", NOW), ==, 0);
  g_assert_cmpuint (uc_login_limit_check (limit, "192.0.2.1", NOW + 5000), ==, 15);
  g_assert_cmpuint (uc_login_limit_check (limit, "192.0.2.1", NOW + wait_s * 1000), ==, 0);
  /* One try came back, not all of them. */
  fail (limit, "192.0.2.1", NOW + 20000, 1);
  g_assert_cmpuint (uc_login_limit_check (limit, "192.0.2.1", NOW + 20000), >, 0);
}

static void
test_forgetting (void)
{
  g_autoptr (UcLoginLimit) limit = uc_login_limit_new ();

  fail (limit, "192.0.2.1", NOW, 30);
  g_assert_cmpuint (uc_login_limit_check (limit, "192.0.2.1", NOW + 601000), ==, 0);
  fail (limit, "192.0.2.1", NOW + 601000, 29);
  g_assert_cmpuint (uc_login_limit_check (limit, "192.0.2.1", NOW + 601000), ==, 0);
}

/* Many addresses do not fill the memory, and do not set the one that tries free. */
static void
test_many_addresses (void)
{
  g_autoptr (UcLoginLimit) limit = uc_login_limit_new ();

  fail (limit, "192.0.2.1", NOW, 30);
  for (guint i = 0; i < 30000; i++) {
    g_autofree char *address = g_strdup_printf ("2001:db8:1:%x::1", i);

    uc_login_limit_note_failure (limit, address, NOW);
  }
  g_assert_cmpuint (uc_login_limit_check (limit, "192.0.2.1", NOW), >, 0);
}

/* Who has a network has many addresses. */
static void
test_network (void)
{
  g_autoptr (UcLoginLimit) limit = uc_login_limit_new ();

  for (guint i = 0; i < 30; i++) {
    g_autofree char *address = g_strdup_printf ("2001:db8:1:2::%x", i + 1);

    uc_login_limit_note_failure (limit, address, NOW);
  }
  g_assert_cmpuint (uc_login_limit_check (limit, "2001:db8:1:2:ffff::1", NOW), >, 0);
  g_assert_cmpuint (uc_login_limit_check (limit, "2001:db8:1:3::1", NOW), ==, 0);
  fail (limit, "::ffff:192.0.2.1", NOW, 30);
  g_assert_cmpuint (uc_login_limit_check (limit, "::ffff:192.0.2.2", NOW), ==, 0);
  /* What is no address has a bucket too. */
  fail (limit, "", NOW, 30);
  g_assert_cmpuint (uc_login_limit_check (limit, "", NOW), >, 0);
}

/* A clock that is set back locks nobody out for long. */
static void
test_clock_back (void)
{
  g_autoptr (UcLoginLimit) limit = uc_login_limit_new ();

  fail (limit, "192.0.2.1", NOW, 30);
  g_assert_cmpuint (uc_login_limit_check (limit, "192.0.2.1", NOW - 86400000), <=, 20);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/login-limit/bucket", test_bucket);
  g_test_add_func ("/login-limit/forgetting", test_forgetting);
  g_test_add_func ("/login-limit/many-addresses", test_many_addresses);
  g_test_add_func ("/login-limit/network", test_network);
  g_test_add_func ("/login-limit/clock-back", test_clock_back);
  return g_test_run ();
}
