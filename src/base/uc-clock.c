/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The time of day and the time since some fixed point, real or set by a test. */

#include "config.h"

#include "uc-clock.h"

struct _UcClock {
  GObject parent_instance;

  gboolean is_fake;
  GMutex   lock;
  gint64   now_ms;    /* guarded by lock; a fake clock's only */
  gint64   uptime_ms; /* likewise */
};

G_DEFINE_FINAL_TYPE (UcClock, uc_clock, G_TYPE_OBJECT)

static void
uc_clock_finalize (GObject *object)
{
  UcClock *self = UC_CLOCK (object);

  g_mutex_clear (&self->lock);
  G_OBJECT_CLASS (uc_clock_parent_class)->finalize (object);
}

static void
uc_clock_class_init (UcClockClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = uc_clock_finalize;
}

static void
uc_clock_init (UcClock *self)
{
  g_mutex_init (&self->lock);
}

/**
 * uc_clock_new_system:
 *
 * Returns: (transfer full): the computer's clock
 */
UcClock *
uc_clock_new_system (void)
{
  return g_object_new (UC_TYPE_CLOCK, NULL);
}

/**
 * uc_clock_new_fake:
 * @now_ms: what it shows, ms since 1970 UTC
 *
 * Returns: (transfer full): a clock that stands until it is advanced
 */
UcClock *
uc_clock_new_fake (gint64 now_ms)
{
  UcClock *self = g_object_new (UC_TYPE_CLOCK, NULL);

  self->is_fake = TRUE;
  self->now_ms = now_ms;
  return self;
}

/**
 * uc_clock_get_now_ms:
 * @self: a #UcClock
 *
 * The time of day; it may jump. Any thread.
 *
 * Returns: ms since 1970 UTC
 */
gint64
uc_clock_get_now_ms (UcClock *self)
{
  g_autoptr (GMutexLocker) locker = NULL;

  g_return_val_if_fail (UC_IS_CLOCK (self), 0);

  if (!self->is_fake)
    return g_get_real_time () / 1000;
  locker = g_mutex_locker_new (&self->lock);
  return self->now_ms;
}

/**
 * uc_clock_get_uptime_ms:
 * @self: a #UcClock
 *
 * For measuring how long something took: it never goes back. Any thread.
 *
 * Returns: ms since some fixed point
 */
gint64
uc_clock_get_uptime_ms (UcClock *self)
{
  g_autoptr (GMutexLocker) locker = NULL;

  g_return_val_if_fail (UC_IS_CLOCK (self), 0);

  if (!self->is_fake)
    return g_get_monotonic_time () / 1000;
  locker = g_mutex_locker_new (&self->lock);
  return self->uptime_ms;
}

/**
 * uc_clock_advance:
 * @self: a fake #UcClock
 * @delta_ms: how far; negative sets the time of day back and leaves the uptime
 */
void
uc_clock_advance (UcClock *self, gint64 delta_ms)
{
  g_autoptr (GMutexLocker) locker = NULL;

  g_return_if_fail (UC_IS_CLOCK (self));
  g_return_if_fail (self->is_fake);

  locker = g_mutex_locker_new (&self->lock);
  self->now_ms += delta_ms;
  self->uptime_ms += MAX (delta_ms, 0);
}
