/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "uc-db.h"
#include "uc-preference.h"

G_BEGIN_DECLS

/* A user without a row is offline and comes out as such. */
UcStatus *
uc_status_table_find (UcDb *db, const char *user_id, GError **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean uc_status_table_put (UcDb *db, const UcStatus *status, GError **error);
/* (element-type utf8): online by themselves, and idle since @before_ms. */
GPtrArray *
uc_status_table_list_idle (UcDb *db, gint64 before_ms, GError **error) G_GNUC_WARN_UNUSED_RESULT;
/* (element-type utf8): everybody who is not offline. */
GPtrArray *uc_status_table_list_present (UcDb *db, GError **error) G_GNUC_WARN_UNUSED_RESULT;
/* At start nobody is connected. */
gboolean uc_status_table_reset (UcDb *db, GError **error);

G_END_DECLS
