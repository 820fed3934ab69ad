/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "uc-db.h"

G_BEGIN_DECLS

/**
 * UcCompared:
 * @UC_COMPARED_ROWS: every row, in all columns that were there before
 * @UC_COMPARED_COLUMNS: every row, without the columns that a step rewrote
 * @UC_COMPARED_BY_STEP: the step that rewrote the table judged it itself
 */
typedef enum
{
  UC_COMPARED_ROWS,
  UC_COMPARED_COLUMNS,
  UC_COMPARED_BY_STEP,
} UcCompared;

/* One table before and after. @n_before = @n_after + @n_aside unless the step judged
 * it; @digest is of the rows before, and of those after with those put aside. */
typedef struct
{
  char       *name;
  gint64      n_before;
  gint64      n_after;
  gint64      n_aside;
  guint64     digest;
  UcCompared  compared;
} UcMigrateTable;

/* A record that could not be carried over. */
typedef struct
{
  gint64      number;
  int         version;
  char       *step;
  char       *table;
  char       *record;  /* its key */
  char       *reason;
  gint64      at_ms;
  GStrv       columns; /* what it held, */
  GStrv       values;  /* as SQL writes it */
} UcMigrateError;

/* What a migration did. */
typedef struct
{
  int         from_version; /* 0: there was nothing */
  int         to_version;
  gboolean    is_resumed;   /* an earlier one was cut off */
  char       *backup_path;  /* (nullable) */
  GPtrArray  *steps;        /* (element-type utf8) names of those that ran */
  GPtrArray  *tables;       /* (element-type UcMigrateTable) that were compared */
  guint       n_aside;      /* records put aside since the backup */
} UcMigrateReport;

UcMigrateReport *uc_migrate_report_new  (void) G_GNUC_WARN_UNUSED_RESULT;
void             uc_migrate_report_free (UcMigrateReport  *self);

/* (element-type UcMigrateError): every record that was ever put aside, oldest first. */
GPtrArray       *uc_migrate_load_errors (UcDb             *db,
                                         GError          **error) G_GNUC_WARN_UNUSED_RESULT;

G_DEFINE_AUTOPTR_CLEANUP_FUNC (UcMigrateReport, uc_migrate_report_free)

G_END_DECLS
