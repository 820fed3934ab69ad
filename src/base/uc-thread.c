/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Tells the main thread from all others. */

/* For gettid(). */
#define _GNU_SOURCE

#include "config.h"

#include "uc-thread.h"

#include <unistd.h>

/**
 * uc_thread_is_main:
 *
 * Any thread.
 *
 * Returns: %TRUE on the thread that main() runs on
 */
gboolean
uc_thread_is_main (void)
{
  return gettid () == getpid ();
}
