/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Takes the place of the C library's clock_gettime() in the program: GLib, which all
 * timers are of, finds this one. */

#define _GNU_SOURCE /* syscall */

#include "config.h"

#include "uc-test-time.h"

#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>

/* What the clock was moved ahead; read from any thread. */
static gint64 skipped_ns;

int clock_gettime (clockid_t clock, struct timespec *time);

int
clock_gettime (clockid_t clock, struct timespec *time)
{
  long   result = syscall (SYS_clock_gettime, clock, time);
  gint64 ahead_ns;

  if (result == 0 && clock == CLOCK_MONOTONIC) {
    ahead_ns = __atomic_load_n (&skipped_ns, __ATOMIC_RELAXED) + time->tv_nsec;
    time->tv_sec += ahead_ns / 1000000000;
    time->tv_nsec = ahead_ns % 1000000000;
  }
  return (int) result;
}

void
uc_test_time_skip (guint ms)
{
  __atomic_add_fetch (&skipped_ns, ms * G_GINT64_CONSTANT (1000000), __ATOMIC_RELAXED);
}
