/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A few words a second of how far a file is, and none when nothing moves. */

#include "config.h"

#include "uc-file-transfers-private.h"

#include "uc-test.h"

static void
count_cb (UcFileTransfers *transfers, const char *file_id, guint *n)
{
  g_assert_cmpstr (file_id, ==, "one");
  (*n)++;
}

static void
test_told (void)
{
  g_autoptr (UcClock) clock = uc_clock_new_fake (1000);
  g_autoptr (UcFileTransfers) transfers = _uc_file_transfers_new (clock);
  guint  n = 0;
  gint64 done = -1;
  gint64 total = -1;

  g_signal_connect (transfers, "changed", G_CALLBACK (count_cb), &n);
  g_assert_false (_uc_file_transfers_get (transfers, "one", &done, &total));
  _uc_file_transfers_step (transfers, "one", 5, 10);
  _uc_file_transfers_end (transfers, "one");
  g_assert_cmpuint (n, ==, 0);

  _uc_file_transfers_begin (transfers, "one", 1000, NULL);
  g_assert_cmpuint (n, ==, 1);
  /* A second with a hundred steps. */
  for (guint i = 1; i <= 100; i++) {
    uc_clock_advance (clock, 10);
    _uc_file_transfers_step (transfers, "one", i, 0);
  }
  g_assert_cmpuint (n, ==, 5);
  g_assert_true (_uc_file_transfers_get (transfers, "one", &done, &total));
  g_assert_cmpint (done, ==, 100);
  g_assert_cmpint (total, ==, 1000);
  _uc_file_transfers_end (transfers, "one");
  g_assert_cmpuint (n, ==, 6);
  g_assert_false (_uc_file_transfers_get (transfers, "one", &done, &total));
}

static void
test_stopped (void)
{
  g_autoptr (UcClock) clock = uc_clock_new_fake (1000);
  g_autoptr (UcFileTransfers) transfers = _uc_file_transfers_new (clock);
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();

  g_assert_false (_uc_file_transfers_stop (transfers, "one"));
  _uc_file_transfers_begin (transfers, "one", 1000, NULL);
  g_assert_false (_uc_file_transfers_stop (transfers, "one"));
  _uc_file_transfers_begin (transfers, "one", 1000, cancellable);
  g_assert_false (_uc_file_transfers_is_stopped (transfers, "one"));
  g_assert_true (_uc_file_transfers_stop (transfers, "one"));
  g_assert_true (_uc_file_transfers_is_stopped (transfers, "one"));
  g_assert_true (g_cancellable_is_cancelled (cancellable));
  _uc_file_transfers_end (transfers, "one");
  g_assert_false (_uc_file_transfers_is_stopped (transfers, "one"));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

  g_test_add_func ("/sync/file-transfers/told", test_told);
  g_test_add_func ("/sync/file-transfers/stopped", test_stopped);
  return g_test_run ();
}
