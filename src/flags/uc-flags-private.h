/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "uc-flag-rule.h"
#include "uc-flags.h"
#include "uc-guard.h"

G_BEGIN_DECLS

#define UC_FLAG_UNSET -1

/* What the guard keeps beside each flag. */
typedef struct
{
  UcGuardCounts counts;
  guint         n_errors_in_a_row;
} UcGuardState;

typedef struct
{
  UcFlagOutcome outcome;     /* of the document's rule, when there is one */
  int           environment; /* UC_FLAG_UNSET, 0 or 1 */
  int           override;    /* UC_FLAG_UNSET, 0 or 1 */
  char         *trip_reason; /* (owned) (nullable) */
  gboolean      is_on;       /* all layers together, as last announced */
  UcGuardState  guard;
} UcFlag;

/* A flags document, read and found good. */
typedef struct
{
  char       *text;
  gint64      revision;
  GStrv       segments;          /* those the user is in */
  UcFlagRule *rules[UC_N_FLAGS]; /* (nullable) each */
} UcFlagsDocument;

struct _UcFlags
{
  GObject          parent_instance;

  UcFlag           flags[UC_N_FLAGS];
  char            *user_id;
  char            *roles;
  double           percentage_override; /* below 0: none */
  gint64           now_ms;              /* as last told */
  UcFlagsDocument *document;            /* (owned) (nullable) */
  UcFlagSource     source;              /* of it */
};

/* The table. */
gboolean          _uc_flag_is_on_by_default        (UcFlagId         flag);
gboolean          _uc_flag_has_fallback_by_default (UcFlagId         flag);

/* The environment. */
char             *_uc_flags_dup_variable           (UcFlagId         flag) G_GNUC_WARN_UNUSED_RESULT;
int               _uc_flags_read_environment       (UcFlagId         flag);
double            _uc_flags_read_percentage        (void);

/* Documents. */
UcFlagsDocument  *_uc_flags_document_parse         (const char      *text,
                                                    GError         **error) G_GNUC_WARN_UNUSED_RESULT;
void              _uc_flags_document_free          (UcFlagsDocument *self);

/* The layers. */
const UcFlagRule *_uc_flags_get_rule               (const UcFlags   *self,
                                                    UcFlagId         flag);
UcFlagSource      _uc_flags_find_source            (const UcFlags   *self,
                                                    UcFlagId         flag);
UcGuardState     *_uc_flags_get_guard_state        (UcFlags         *self,
                                                    UcFlagId         flag);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (UcFlagsDocument, _uc_flags_document_free)

G_END_DECLS
