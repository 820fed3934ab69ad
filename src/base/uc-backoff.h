/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * UcBackoff:
 *
 * How long to wait before the next try: exponential with full jitter, so that
 * many clients that lost one server come back spread out. Plain data; put it in
 * the struct that tries.
 */
typedef struct
{
  guint  base_ms;
  guint  max_ms;
  guint  failures;
  GRand *rand; /* (unowned) (nullable): NULL draws from the process's own source */
} UcBackoff;

void  uc_backoff_init   (UcBackoff *self,
                         guint      base_ms,
                         guint      max_ms,
                         GRand     *rand);
guint uc_backoff_next   (UcBackoff *self);
void  uc_backoff_reset  (UcBackoff *self);

G_END_DECLS
