/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "uc-db.h"

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

/* What administrators have changed of each flag, as JSON objects by name; a flag that
 * is not there is at its default. */
JsonObject *uc_flag_table_list (UcDb *db, GError **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean    uc_flag_table_put (UcDb *db, const char *name, JsonObject *flag, GError **error);
gboolean    uc_flag_table_delete (UcDb *db, const char *name, GError **error);
/* The number of the document, raised by one with each change. */
gboolean uc_flag_table_get_revision (UcDb *db, gint64 *revision, GError **error);
gboolean uc_flag_table_raise_revision (UcDb *db, GError **error);

G_END_DECLS
