/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "uc-db.h"

G_BEGIN_DECLS

typedef enum {
  UC_DIFFERENCE_ONLY_A,
  UC_DIFFERENCE_ONLY_B,
  UC_DIFFERENCE_CHANGED,
} UcDifference;
#define UC_N_DIFFERENCES 3

typedef enum {
  UC_SCHEMA_TABLE,
  UC_SCHEMA_COLUMN,
  UC_SCHEMA_INDEX,
  UC_SCHEMA_TRIGGER,
  UC_SCHEMA_VIEW,
} UcSchemaPart;

/* @a and @b are how each side defines it, NULL where it has none. */
typedef struct {
  UcSchemaPart part;
  UcDifference difference;
  char        *table;
  char        *name;
  char        *a; /* (nullable) */
  char        *b; /* (nullable) */
} UcSchemaDifference;

/* How many sample keys a difference keeps. */
#define UC_MAX_SAMPLE_KEYS 10

/**
 * UcTableComparison:
 *
 * The rows of a table that both sides have, compared by the columns that both have.
 * Where the table has no key in common (@is_keyed FALSE) nobody can say which row is
 * which: then only @is_equal and the numbers of rows mean anything.
 */
typedef struct {
  char      *table;
  gboolean   is_equal;
  gboolean   is_keyed;
  gint64     n_rows_a;
  gint64     n_rows_b;
  gint64     n[UC_N_DIFFERENCES];    /* rows, by UcDifference */
  GPtrArray *keys[UC_N_DIFFERENCES]; /* (element-type utf8) the first few */
} UcTableComparison;

/**
 * UcDbComparison:
 *
 * What sets two databases apart. The tables that stand behind a full-text index are
 * left out: they hold nothing that is not elsewhere.
 */
typedef struct {
  int        version_a;
  int        version_b;
  GPtrArray *schema; /* (element-type UcSchemaDifference) */
  GPtrArray *tables; /* (element-type UcTableComparison) by name */
} UcDbComparison;

UcDbComparison *uc_db_compare (UcDb *a, UcDb *b, GError **error) G_GNUC_WARN_UNUSED_RESULT;
void            uc_db_comparison_free (UcDbComparison *self);
gboolean        uc_db_comparison_is_equal (const UcDbComparison *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (UcDbComparison, uc_db_comparison_free)

G_END_DECLS
