/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "uc-types.h"

G_BEGIN_DECLS

typedef enum
{
  UC_CATEGORY_NONE, /* not classified */
  UC_CATEGORY_REQUEST,
  UC_CATEGORY_QUESTION,
  UC_CATEGORY_INCIDENT,
  UC_CATEGORY_SCHEDULING,
  UC_CATEGORY_DECISION,
  UC_CATEGORY_UPDATE,
  UC_CATEGORY_SOCIAL,
} UcCategory;
#define UC_N_CATEGORIES 8

typedef enum
{
  UC_PRIORITY_NONE, /* not classified */
  UC_PRIORITY_LOW,
  UC_PRIORITY_NORMAL,
  UC_PRIORITY_HIGH,
  UC_PRIORITY_CRITICAL,
} UcPriority;
#define UC_N_PRIORITIES 5

typedef enum
{
  UC_SOURCE_PLACEHOLDER, /* history not classified yet */
  UC_SOURCE_DEVICE,      /* the on-device model */
  UC_SOURCE_SERVER,      /* props.unified_chat.ai */
  UC_SOURCE_USER,        /* corrected by hand */
} UcAnnotationSource;

/**
 * UcAnnotation:
 *
 * What a message is about and how urgent it is. @confidence lies in [0,1], @model
 * names what decided ("linear-2"), @at_ms says when. Of two annotations of one
 * message the one with the higher source holds.
 */
struct _UcAnnotation
{
  UcCategory         category;
  UcPriority         priority;
  UcAnnotationSource source;
  double             confidence;
  char              *model;
  char              *actions; /* space separated: reply task remind … */
  gint64             at_ms;
};

UcAnnotation *uc_annotation_new         (void) G_GNUC_WARN_UNUSED_RESULT;
UcAnnotation *uc_annotation_ref         (const UcAnnotation *self);
void          uc_annotation_unref       (UcAnnotation       *self);

UcCategory    uc_category_from_string   (const char *word);
const char   *uc_category_to_string     (UcCategory  category);
UcPriority    uc_priority_from_string   (const char *word);
const char   *uc_priority_to_string     (UcPriority  priority);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (UcAnnotation, uc_annotation_unref)

G_END_DECLS
