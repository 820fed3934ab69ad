/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "uc-flags.h"

G_BEGIN_DECLS

/* One way of doing a thing: TRUE when it worked. */
typedef gboolean (*UcGuardFunc) (gpointer   user_data,
                                 GError   **error);

typedef struct
{
  guint  n_ok;
  guint  n_error;
  guint  n_fallback;
  gint64 total_us;
} UcGuardCounts;

/**
 * uc_guard_run:
 *
 * The only way to run a risky path: with @flag on it runs @primary, measures it
 * and on error runs @fallback; after three errors in a row it trips the flag for
 * this session. With @flag off it runs @fallback.
 */
gboolean uc_guard_run        (UcFlags        *flags,
                              UcFlagId        flag,
                              UcGuardFunc     primary,
                              UcGuardFunc     fallback,
                              gpointer        user_data,
                              GError        **error);
void     uc_guard_get_counts (UcFlags        *flags,
                              UcFlagId        flag,
                              UcGuardCounts  *counts);

G_END_DECLS
