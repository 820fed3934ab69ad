/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "uc-db.h"
#include "uc-post.h"

G_BEGIN_DECLS

/* Writes @posts (element-type UcPost) in one transaction as SQLite alone would: every row
 * that the store writes for them, into the same tables with the same indexes, and nothing
 * looked up that is known already. */
void uc_bench_plain_insert (UcDb      *db,
                            GPtrArray *posts,
                            gint64     channel);

G_END_DECLS
