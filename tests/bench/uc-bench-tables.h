/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "uc-db.h"

G_BEGIN_DECLS

/* The newest schema's number. */
guint uc_bench_tables_get_version (void);
/* Brings @db, which is empty, to the first @n_steps schemas of the store. */
void  uc_bench_tables_make        (UcDb  *db,
                                   guint  n_steps);
/* Writes every row of @from into the table of @to with the same name, as far as @to has
 * table and column. */
void  uc_bench_tables_copy        (UcDb  *from,
                                   UcDb  *to);

G_END_DECLS
