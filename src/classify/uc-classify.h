/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "uc-annotation.h"

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * UcClassifier:
 *
 * The on-device model: a linear model over hashed words and characters and a few
 * structural features, in one integer pass without allocation. Immutable after
 * loading; any thread.
 */
typedef struct _UcClassifier UcClassifier;

typedef struct {
  UcCategory category;
  UcPriority priority;
  double     confidence; /* of the category, [0,1], calibrated on held-out text */
} UcClassification;

/* Loads the model that ships in the program's resources. */
UcClassifier *uc_classifier_new (GError **error) G_GNUC_WARN_UNUSED_RESULT;
UcClassifier *uc_classifier_new_bytes (GBytes *model, GError **error) G_GNUC_WARN_UNUSED_RESULT;
void          uc_classifier_free (UcClassifier *self);
const char   *uc_classifier_get_name (UcClassifier *self);

UcClassification uc_classifier_classify (UcClassifier *self, const char *text, gsize length);
/* (element-type utf8) the words that weighed most for the category, best first. */
GPtrArray *uc_classifier_explain (UcClassifier *self,
                                  const char   *text,
                                  guint         n_words) G_GNUC_WARN_UNUSED_RESULT;
/* "acknowledge escalate": what can usefully be done about such a message. */
const char *uc_classify_get_actions (UcCategory category, UcPriority priority);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (UcClassifier, uc_classifier_free)

G_END_DECLS
