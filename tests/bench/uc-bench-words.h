/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * UcBenchWords:
 *
 * Texts as people write them in a chat, the same ones for the same seed: words in the
 * proportions of a language (the n-th most frequent a n-th as often as the first), of
 * several languages, one message in twelve without spaces between words, most of them
 * short.
 */
typedef struct _UcBenchWords UcBenchWords;

UcBenchWords *uc_bench_words_new          (guint32       seed);
void          uc_bench_words_free         (UcBenchWords *self);

char         *uc_bench_words_make_text    (UcBenchWords *self);
/* The word that is the @rank-th most frequent, from 0 on. */
const char   *uc_bench_words_get          (UcBenchWords *self,
                                           guint         rank);
/* A number below @limit, small ones more often, as the words. */
guint         uc_bench_words_pick         (UcBenchWords *self,
                                           guint         limit);
/* TRUE once in @times. */
gboolean      uc_bench_words_happens      (UcBenchWords *self,
                                           guint         times);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (UcBenchWords, uc_bench_words_free)

G_END_DECLS
