/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "uc-completion.h"

G_BEGIN_DECLS

/* Takes @insert and @title. */
UcCompletionItem *_uc_completion_item_new (UcCompletionKind kind,
                                           const char      *id,
                                           char            *insert,
                                           char            *title,
                                           const char      *detail) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
