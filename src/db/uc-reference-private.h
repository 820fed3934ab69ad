/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "uc-db.h"

G_BEGIN_DECLS

/* Columns of one table that name a row of another. */
typedef struct
{
  char      *child;
  char      *parent;
  gint64     id;   /* among the child's */
  GPtrArray *from; /* (element-type utf8) */
  GPtrArray *to;   /* (element-type utf8) */
} UcReference;

/* (element-type UcReference): all of the database. */
GPtrArray *_uc_reference_load_all     (UcDb               *db,
                                       GError            **error) G_GNUC_WARN_UNUSED_RESULT;

/* SELECT alias."key", … FROM "table" alias */
GString   *_uc_reference_begin_select (GStrv               keys,
                                       const char         *alias,
                                       const char         *table) G_GNUC_WARN_UNUSED_RESULT;
/* alias."a" = :key0 AND alias."b" = :key1 */
void       _uc_reference_append_key   (GString            *sql,
                                       const char         *alias,
                                       GStrv               keys);
/* c."from" = p."to" AND … */
void       _uc_reference_append_match (GString            *sql,
                                       const UcReference  *reference);
void       _uc_reference_bind_key     (UcStmt             *stmt,
                                       const char *const  *key);
/* (element-type GStrv): each row's columns as texts. */
GPtrArray *_uc_reference_read_keys    (UcStmt             *stmt,
                                       gsize               n_columns,
                                       GError            **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
