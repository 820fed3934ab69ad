/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "uc-category-table.h"
#include "uc-txn.h"

G_BEGIN_DECLS

/* The sidebar of one user in one team. Favourites are the preference of that name and
 * nothing else, so that either way of setting them is the same thing. */

/* (element-type UcSidebarCategory): with the three that everybody has. */
GPtrArray *uc_category_service_list (UcTxn      *txn,
                                     const char *user_id,
                                     const char *team_id,
                                     GError    **error) G_GNUC_WARN_UNUSED_RESULT;
/* One of them with its channels, as the API has it. */
JsonObject        *uc_category_service_to_json (UcTxn                   *txn,
                                                const UcSidebarCategory *category,
                                                GError                 **error) G_GNUC_WARN_UNUSED_RESULT;
UcSidebarCategory *uc_category_service_create (UcTxn      *txn,
                                               const char *user_id,
                                               const char *team_id,
                                               const char *display_name,
                                               GError    **error) G_GNUC_WARN_UNUSED_RESULT;
/* Puts channels into a category, and out of any other. */
gboolean uc_category_service_set_channels (UcTxn                   *txn,
                                           const UcSidebarCategory *category,
                                           const char *const       *channel_ids,
                                           GError                 **error);

G_END_DECLS
