/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "uc-window-account.h"

#include <adwaita.h>

G_BEGIN_DECLS

/**
 * UcSearchPage:
 *
 * Search over everything stored: results as one types, newest first. A result is
 * opened by the action `win.open-found` with channel and message, in its place in the
 * conversation, while the results stay.
 *
 * Properties: "use-24h"
 */
#define UC_TYPE_SEARCH_PAGE (uc_search_page_get_type ())
G_DECLARE_FINAL_TYPE (UcSearchPage, uc_search_page, UC, SEARCH_PAGE, AdwNavigationPage)

/* NULL: empty. */
void uc_search_page_set_account (UcSearchPage *self, UcWindowAccount *account);
/* @query (nullable): what to search for; NULL keeps what was typed. Takes the focus. */
void uc_search_page_begin (UcSearchPage *self, const char *query);

G_END_DECLS
