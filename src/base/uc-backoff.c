/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Waiting times between tries. It only computes: the caller owns the timer. */

#include "config.h"

#include "uc-backoff.h"

/**
 * uc_backoff_init:
 * @self: where to put it
 * @base_ms: upper bound of the first wait, at least 1
 * @max_ms: upper bound of every wait, at least @base_ms
 * @rand: (nullable): source of the jitter, must outlive @self
 */
void
uc_backoff_init (UcBackoff *self, guint base_ms, guint max_ms, GRand *rand)
{
  g_return_if_fail (self != NULL);
  g_return_if_fail (base_ms > 0 && max_ms >= base_ms);

  *self = (UcBackoff){ .base_ms = base_ms, .max_ms = max_ms, .rand = rand };
}

/**
 * uc_backoff_next:
 * @self: a #UcBackoff
 *
 * Counts one more failure.
 *
 * Returns: how long to wait now, in ms: anything from 0 to
 *   min (max, base * 2^failures), evenly spread
 */
guint
uc_backoff_next (UcBackoff *self)
{
  guint64 bound;
  double  share;

  g_return_val_if_fail (self != NULL, 0);

  /* 31 doublings pass every guint; shifting further would wrap. */
  bound = (guint64) self->base_ms << MIN (self->failures, 31);
  bound = MIN (bound, self->max_ms);
  if (self->failures < G_MAXUINT)
    self->failures++;

  share = self->rand != NULL ? g_rand_double (self->rand) : g_random_double ();
  return (guint) (share * ((double) bound + 1.0));
}

/**
 * uc_backoff_reset:
 * @self: a #UcBackoff
 *
 * Forgets the failures: it worked.
 */
void
uc_backoff_reset (UcBackoff *self)
{
  g_return_if_fail (self != NULL);

  self->failures = 0;
}
