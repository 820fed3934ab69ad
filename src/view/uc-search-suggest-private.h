/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "uc-search-suggest.h"

G_BEGIN_DECLS

/* @icon_name is static. */
UcSearchSuggestion *_uc_search_suggestion_new (const char *value,
                                               const char *title,
                                               const char *detail,
                                               const char *user_id,
                                               const char *icon_name) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
