/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "uc-db.h"
#include "uc-preference.h"

G_BEGIN_DECLS

/* (element-type UcPreference); of all categories when @category is empty. */
GPtrArray *uc_preference_table_list (UcDb       *db,
                                     const char *user_id,
                                     const char *category,
                                     GError    **error) G_GNUC_WARN_UNUSED_RESULT;
/* NULL without an error when there is none. */
gboolean uc_preference_table_find (UcDb          *db,
                                   const char    *user_id,
                                   const char    *category,
                                   const char    *name,
                                   UcPreference **preference,
                                   GError       **error);
gboolean uc_preference_table_put (UcDb *db, const UcPreference *preference, GError **error);
gboolean uc_preference_table_delete (UcDb *db, const UcPreference *preference, GError **error);

G_END_DECLS
