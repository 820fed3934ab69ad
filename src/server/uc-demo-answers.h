/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "uc-classify.h"

G_BEGIN_DECLS

/**
 * UcDemoAnswers:
 *
 * What the people of the demo answer: a table whose form is told at the top of
 * demo/answers.txt. Main thread.
 */
typedef struct _UcDemoAnswers UcDemoAnswers;

/* UC_ERROR_INVALID names the line. */
UcDemoAnswers *uc_demo_answers_parse (const char *text, GError **error) G_GNUC_WARN_UNUSED_RESULT;
/* The program's own. */
UcDemoAnswers *uc_demo_answers_load (GError **error) G_GNUC_WARN_UNUSED_RESULT;
void           uc_demo_answers_free (UcDemoAnswers *self);

/* What @username answers to @message. */
char *uc_demo_answers_choose (UcDemoAnswers          *self,
                              const char             *username,
                              const char             *message,
                              const UcClassification *about,
                              GRand                  *rand) G_GNUC_WARN_UNUSED_RESULT;

G_DEFINE_AUTOPTR_CLEANUP_FUNC (UcDemoAnswers, uc_demo_answers_free)

G_END_DECLS
