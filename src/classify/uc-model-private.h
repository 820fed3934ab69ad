/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "uc-features-private.h"

G_BEGIN_DECLS

/* The model file, little-endian: this head, then for each bucket UC_MODEL_CLASSES
 * weights of 16 bits; the bias of each class stands in the head in the same unit. */
#define UC_MODEL_MAGIC      "UCLINEAR"
#define UC_MODEL_VERSION    1
#define UC_MODEL_CATEGORIES 7
#define UC_MODEL_PRIORITIES 4
#define UC_MODEL_CLASSES    (UC_MODEL_CATEGORIES + UC_MODEL_PRIORITIES)

typedef struct {
  char    magic[8];
  guint32 version;
  guint32 n_buckets;
  guint32 n_classes;
  float   unit;                 /* one step of a weight in log-odds */
  float   category_temperature; /* divides the scores before they become a probability */
  char    name[20];             /* "linear-2", ended by NUL */
  gint32  bias[UC_MODEL_CLASSES];
} UcModelHead;

/* The last of the categories and of the priorities are social and low; the one before
 * low is normal. */
#define UC_MODEL_SOCIAL (UC_MODEL_CATEGORIES - 1)
#define UC_MODEL_NORMAL (UC_MODEL_PRIORITIES - 2)
#define UC_MODEL_LOW    (UC_MODEL_PRIORITIES - 1)

/* Nothing that is only social can be late. What sounds urgent stays so: the category
 * may be the part that is wrong. */
static inline guint
_uc_model_settle_priority (guint category, guint priority)
{
  return category == UC_MODEL_SOCIAL && priority == UC_MODEL_NORMAL ? UC_MODEL_LOW : priority;
}

G_END_DECLS
