/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib-object.h>

G_BEGIN_DECLS

/**
 * UcClock:
 *
 * Where the program takes its time from, so that a test can set it. The system
 * clock may be read on any thread; a fake one belongs to its test.
 */
#define UC_TYPE_CLOCK (uc_clock_get_type ())
G_DECLARE_FINAL_TYPE (UcClock, uc_clock, UC, CLOCK, GObject)

UcClock *uc_clock_new_system      (void) G_GNUC_WARN_UNUSED_RESULT;
UcClock *uc_clock_new_fake        (gint64 now_ms) G_GNUC_WARN_UNUSED_RESULT;

gint64   uc_clock_get_now_ms      (UcClock *self);
gint64   uc_clock_get_uptime_ms   (UcClock *self);

void     uc_clock_advance         (UcClock *self,
                                   gint64   delta_ms);

G_END_DECLS
