/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "uc-sidebar.h"

G_BEGIN_DECLS

/**
 * UcSearchSuggestion:
 *
 * A value that may follow an operator.
 */
#define UC_TYPE_SEARCH_SUGGESTION (uc_search_suggestion_get_type ())
G_DECLARE_FINAL_TYPE (UcSearchSuggestion, uc_search_suggestion, UC, SEARCH_SUGGESTION, GObject)

/* What follows the colon, without quotes; "" for a day that is to be chosen. */
const char *uc_search_suggestion_get_value (UcSearchSuggestion *self);
const char *uc_search_suggestion_get_title (UcSearchSuggestion *self);
const char *uc_search_suggestion_get_detail (UcSearchSuggestion *self);
const char *uc_search_suggestion_get_icon_name (UcSearchSuggestion *self);
/* "" but for people: whose picture goes with it instead of the icon. */
const char *uc_search_suggestion_get_user_id (UcSearchSuggestion *self);

/**
 * UcSearchSuggest:
 *
 * The values that may follow the operator being typed, as a #GListModel of
 * #UcSearchSuggestion, the likeliest first. Main thread.
 */
#define UC_TYPE_SEARCH_SUGGEST (uc_search_suggest_get_type ())
G_DECLARE_FINAL_TYPE (UcSearchSuggest, uc_search_suggest, UC, SEARCH_SUGGEST, GObject)

UcSearchSuggest *uc_search_suggest_new (UcSession   *session,
                                        UcDirectory *directory,
                                        UcSidebar   *sidebar) G_GNUC_WARN_UNUSED_RESULT;
void             uc_search_suggest_set (UcSearchSuggest *self, const char *name, const char *typed);

G_END_DECLS
