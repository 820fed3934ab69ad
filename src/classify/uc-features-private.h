/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Hashed features fall into 2^15 buckets. */
#define UC_FEATURE_BITS 15
#define UC_N_BUCKETS    (1u << UC_FEATURE_BITS)

/* What is read of a text, and the most features it can give: both bound the work. */
#define UC_FEATURES_MAX_CHARS 1000
#define UC_FEATURES_MAX       8192

/**
 * UcFeatures:
 *
 * The features of one text as buckets, repeats included; lives on the stack.
 */
typedef struct {
  guint   n;
  guint16 buckets[UC_FEATURES_MAX];
} UcFeatures;

/* Called for each word with the bucket of its own feature. */
typedef void (*UcFeatureWordFunc) (guint16     bucket,
                                   const char *word,
                                   gsize       length,
                                   gpointer    user_data);

void _uc_features_extract (UcFeatures       *self,
                           const char       *text,
                           gsize             length,
                           UcFeatureWordFunc on_word,
                           gpointer          user_data);

G_END_DECLS
