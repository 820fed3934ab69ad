/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

/**
 * UcFlagRule:
 *
 * One flag of a flags document, and its pure evaluation (extension-api.md,
 * "Flags"). Shared by client and server.
 */
typedef struct _UcFlagRule UcFlagRule;

typedef struct
{
  const char         *user_id;
  const char         *roles;    /* space separated */
  const char * const *segments; /* (nullable) */
  gint64              now_ms;
  double              percentage_override; /* < 0: none; UNIFIED_CHAT_ROLLOUT_PERCENTAGE */
} UcFlagContext;

typedef enum
{
  UC_FLAG_ON_BASE,       /* enabled, in the segments, roles and percentage */
  UC_FLAG_ON_GROUP,      /* by one of its groups */
  UC_FLAG_OFF_DISABLED,
  UC_FLAG_OFF_NOT_STARTED,
  UC_FLAG_OFF_SEGMENT,
  UC_FLAG_OFF_ROLE,
  UC_FLAG_OFF_PERCENTAGE,
} UcFlagOutcome;

/* NULL when a member has the wrong type or lies outside its range. */
UcFlagRule   *uc_flag_rule_new_from_json (JsonObject          *object) G_GNUC_WARN_UNUSED_RESULT;
void          uc_flag_rule_free          (UcFlagRule          *self);

UcFlagOutcome uc_flag_rule_evaluate      (const UcFlagRule    *self,
                                          const char          *flag_name,
                                          const UcFlagContext *context);
gboolean      uc_flag_outcome_is_on      (UcFlagOutcome        outcome);
gboolean      uc_flag_rule_has_fallback  (const UcFlagRule    *self);
gboolean      uc_flag_rule_is_monitored  (const UcFlagRule    *self);
gboolean      uc_flag_rule_is_enabled    (const UcFlagRule    *self);
double        uc_flag_rule_get_percentage (const UcFlagRule   *self);

/* [0, 100): first four bytes, big endian, of SHA-256("<flag>:<user>") mod 10000 / 100. */
double        uc_flag_bucket             (const char          *flag_name,
                                          const char          *user_id);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (UcFlagRule, uc_flag_rule_free)

G_END_DECLS
