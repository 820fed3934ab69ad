/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "uc-db.h"

G_BEGIN_DECLS

/* From a row into a field of a record, which holds "" or NULL before. */
void     _uc_row_take_text     (UcStmt      *stmt,
                                int          column,
                                char       **field);
void     _uc_row_take_nullable (UcStmt      *stmt,
                                int          column,
                                char       **field);
/* NULL is bound as NULL. */
void     _uc_row_bind_nullable (UcStmt      *stmt,
                                const char  *name,
                                const char  *value);
/* Runs a statement that has one parameter; *@value is the first column of the first
 * row, or 0 when there is none. */
gboolean _uc_row_find          (UcDb        *db,
                                const char  *sql,
                                const char  *name,
                                const char  *text,
                                gint64      *value,
                                GError     **error);
/* Runs a statement that has one parameter, for its effect. */
gboolean _uc_row_run           (UcDb        *db,
                                const char  *sql,
                                const char  *name,
                                const char  *text,
                                GError     **error);
gboolean _uc_row_run_int64     (UcDb        *db,
                                const char  *sql,
                                const char  *name,
                                gint64       value,
                                GError     **error);
/* (element-type utf8): the first column of every row of a statement that has one
 * text parameter, or none with @name NULL. */
GPtrArray *_uc_row_list        (UcDb        *db,
                                const char  *sql,
                                const char  *name,
                                const char  *text,
                                GError     **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
