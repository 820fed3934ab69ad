/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "uc-window-account.h"

#include <adwaita.h>

G_BEGIN_DECLS

/**
 * UcSearchPage:
 *
 * Search over everything: results as one types, from the store and from the server, with
 * filters as pills. A result is opened by the action `win.open-found`, or
 * `win.preview-found` to go on in the results, with channel and message; the results stay
 * as they are. With the flag advanced_search off: an entry and the results of the store.
 *
 * |[
 *   UcSearchPage
 *     ├─ UcSearchField ── UcSearchPill…
 *     ├─ order, status, what is wrong
 *     └─ UcSearchHints | UcSearchList ── UcSearchRow… | nothing found
 * ]|
 *
 * Properties: "use-24h", "show-flags"
 */
#define UC_TYPE_SEARCH_PAGE (uc_search_page_get_type ())
G_DECLARE_FINAL_TYPE (UcSearchPage, uc_search_page, UC, SEARCH_PAGE, AdwNavigationPage)

/* NULL: empty. */
void uc_search_page_set_account (UcSearchPage *self, UcWindowAccount *account);
/* @query (nullable): what to search for; NULL keeps what was typed. Takes the focus. */
void uc_search_page_begin (UcSearchPage *self, const char *query);
/* The same in one conversation, or with "" everywhere. The words stay. */
void uc_search_page_begin_in (UcSearchPage *self, const char *channel_id);
/* To the results, else to the field. */
void     uc_search_page_focus_results (UcSearchPage *self);
gboolean uc_search_page_open_next (UcSearchPage *self, int step);

G_END_DECLS
