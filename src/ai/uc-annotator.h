/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "uc-classify.h"
#include "uc-flags.h"
#include "uc-store-read.h"

G_BEGIN_DECLS

/**
 * UcAnnotator:
 *
 * The annotation queue: while AI mode is on it classifies what the store gains
 * and, slowly and newest first, the history that has placeholders, and writes
 * annotations back as batches. A server's annotation is never overwritten. Off
 * means nothing runs. Main thread; the classifying itself on a GIO thread.
 *
 * Properties: "enabled" (AI mode of the user; also needs the flag ai_mode)
 */
#define UC_TYPE_ANNOTATOR (uc_annotator_get_type ())
G_DECLARE_FINAL_TYPE (UcAnnotator, uc_annotator, UC, ANNOTATOR, GObject)

UcAnnotator *uc_annotator_new         (UcStore     *store,
                                       UcFlags     *flags,
                                       UcClock     *clock) G_GNUC_WARN_UNUSED_RESULT;
void         uc_annotator_set_enabled (UcAnnotator *self,
                                       gboolean     enabled);
gboolean     uc_annotator_is_active   (UcAnnotator *self);

G_END_DECLS
