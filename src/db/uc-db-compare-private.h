/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "uc-db-compare.h"

G_BEGIN_DECLS

/* Adds to @differences (element-type UcSchemaDifference). */
gboolean _uc_db_compare_schema (UcDb *a, UcDb *b, GPtrArray *differences, GError **error);
void     _uc_schema_difference_free (gpointer data);

G_END_DECLS
