/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "uc-bench-posts.h"
#include "uc-store-test.h"

G_BEGIN_DECLS

/* The benchmarks' organisation in a store: one team, 200 channels of which the first has
 * half of all messages, 2,000 people. It is written as everything is, by batches of
 * pages, once, and kept in the folder UC_BENCH_FOLDER for all benchmarks of a build. */

/* Returns the path of the database with @n_messages, which is made when it is not there;
 * (transfer full). It is only to be read: see uc_bench_store_dup_copy(). */
char    *uc_bench_store_dup_path        (guint        n_messages);
/* The same messages in the first schema, as a program without AI left them. */
char    *uc_bench_store_dup_traditional (guint        n_messages);
/* A copy in a folder that goes with the process. */
char    *uc_bench_store_dup_copy        (const char  *path);
UcTestStore *uc_bench_store_open        (const char  *path);

/* The people, the team and the channels, as one batch. */
UcBatch *uc_bench_store_make_places     (guint        n_messages);
/* Messages @first to @first + @n_page - 1 of @channel, oldest first. */
GPtrArray *uc_bench_store_make_page     (UcBenchWords *words,
                                         guint         channel,
                                         guint         first,
                                         guint         n_page,
                                         guint         n_posts);
/* The page that follows what @batch's store holds of @channel. */
void     uc_bench_store_put_page        (UcBatch     *batch,
                                         guint        channel,
                                         guint        first,
                                         GPtrArray   *posts,
                                         gboolean     is_last);

G_END_DECLS
