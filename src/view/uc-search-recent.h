/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "uc-session.h"

G_BEGIN_DECLS

/**
 * UcSearchRecent:
 *
 * What was searched for lately, the last first. Kept in the account's store, on this
 * computer alone; goes with the account, and whenever it is cleared. Main thread.
 *
 * Signals: "changed" (UcSearchRecent *)
 */
#define UC_TYPE_SEARCH_RECENT (uc_search_recent_get_type ())
G_DECLARE_FINAL_TYPE (UcSearchRecent, uc_search_recent, UC, SEARCH_RECENT, GObject)

UcSearchRecent    *uc_search_recent_new (UcSession *session) G_GNUC_WARN_UNUSED_RESULT;
const char *const *uc_search_recent_get (UcSearchRecent *self);
void               uc_search_recent_add (UcSearchRecent *self, const char *query);
void               uc_search_recent_clear (UcSearchRecent *self);

G_END_DECLS
