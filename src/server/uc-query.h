/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "uc-db.h"

G_BEGIN_DECLS

/**
 * UcBind:
 *
 * A value for a named parameter. A list of them is made by UC_BINDS().
 */
typedef struct {
  const char *name;
  const char *text; /* (nullable): then @number holds */
  gint64      number;
} UcBind;

#define UC_TEXT(parameter, value)                                                                  \
  {                                                                                                \
    .name = parameter, .text = value                                                               \
  }
#define UC_INT(parameter, value)                                                                   \
  {                                                                                                \
    .name = parameter, .number = value                                                             \
  }
/* clang-format off */
#define UC_BINDS(...) ((const UcBind[]) { __VA_ARGS__, { .name = NULL } })
/* clang-format on */

/* Makes a record of the row the statement stands on. */
typedef gpointer (*UcRowFunc) (UcStmt *stmt);

/* The four shapes of a query. @sql must be a constant. */
gboolean uc_query_run (UcDb *db, const char *sql, const UcBind *binds, GError **error);
gboolean
uc_query_number (UcDb *db, const char *sql, const UcBind *binds, gint64 *number, GError **error);
gboolean   uc_query_one (UcDb         *db,
                         const char   *sql,
                         const UcBind *binds,
                         UcRowFunc     read_row,
                         gpointer     *record,
                         GError      **error);
GPtrArray *uc_query_rows (UcDb          *db,
                          const char    *sql,
                          const UcBind  *binds,
                          UcRowFunc      read_row,
                          GDestroyNotify free_row,
                          GError       **error) G_GNUC_WARN_UNUSED_RESULT;
/* The texts of the first column. */
GPtrArray *uc_query_texts (UcDb *db, const char *sql, const UcBind *binds, GError **error)
    G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
