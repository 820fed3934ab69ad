/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* The monotonic clock of a test's process, which timers and back-offs go by. It runs as
 * ever, and can be moved ahead: what was due meanwhile comes at once, in its order.
 * The time of day, which servers compare, stays as it is. A program that names this
 * unit among its sources has the clock; there is nothing to be set up. */
void uc_test_time_skip (guint ms);

G_END_DECLS
