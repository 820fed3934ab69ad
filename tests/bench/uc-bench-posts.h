/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "uc-bench-words.h"

#include "uc-post.h"

G_BEGIN_DECLS

#define UC_BENCH_CHANNELS 200
#define UC_BENCH_USERS    2000
#define UC_BENCH_TEAM     "team0000000000000000000000"
/* The times of all messages lie in the two years before. */
#define UC_BENCH_NOW_MS  G_GINT64_CONSTANT (1795176000000)
#define UC_BENCH_SPAN_MS (G_GINT64_CONSTANT (730) * 24 * 3600 * 1000)

/* What the n-th thing is called; (transfer full). */
char   *uc_bench_dup_channel_id  (guint         channel);
char   *uc_bench_dup_user_id     (guint         user);
char   *uc_bench_dup_post_id     (guint         channel,
                                  guint         index);

/* How many of @n_messages lie in @channel: half of them in the first. */
guint   uc_bench_get_n_posts     (guint         n_messages,
                                  guint         channel);
gint64  uc_bench_get_post_time   (guint         channel,
                                  guint         index,
                                  guint         n_posts);
/* A message of @channel with its thread, files, reactions and edits. */
UcPost *uc_bench_make_post       (UcBenchWords *words,
                                  guint         channel,
                                  guint         index,
                                  guint         n_posts);

G_END_DECLS
