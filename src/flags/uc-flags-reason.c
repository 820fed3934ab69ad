/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Why a flag is on or off, in words. */

#include "config.h"

#include "uc-flags-private.h"

#include <glib/gi18n-lib.h>

static char *
dup_outcome (const UcFlagRule *rule, UcFlagOutcome outcome)
{
  switch (outcome) {
  case UC_FLAG_ON_BASE:
    return g_strdup (uc_flag_rule_get_percentage (rule) < 100
                         ? _ ("It is being rolled out, and you are among those who have it.")
                         : _ ("It is on for everybody it is meant for, and so for you."));
  case UC_FLAG_ON_GROUP:
    return g_strdup (_ ("You belong to a group that has it early."));
  case UC_FLAG_OFF_NOT_STARTED:
    return g_strdup (_ ("It starts at a later date."));
  case UC_FLAG_OFF_SEGMENT:
    return g_strdup (_ ("It is meant for groups that you do not belong to."));
  case UC_FLAG_OFF_ROLE:
    return g_strdup (_ ("It is meant for roles that you do not have."));
  case UC_FLAG_OFF_PERCENTAGE:
    return g_strdup (_ ("It is being rolled out, and your turn has not come."));
  case UC_FLAG_OFF_DISABLED:
  default:
    return g_strdup (_ ("Your organisation has it turned off."));
  }
}

/**
 * uc_flags_dup_reason:
 *
 * Returns: (transfer full): a translated sentence that says why it is on or off
 */
char *
uc_flags_dup_reason (UcFlags *self, UcFlagId flag)
{
  g_autofree char *variable = NULL;

  g_return_val_if_fail (UC_IS_FLAGS (self) && (guint) flag < UC_N_FLAGS, NULL);

  switch (_uc_flags_find_source (self, flag)) {
  case UC_FLAG_FROM_GUARD:
    /* Translators: %s is the message of an error. */
    return g_strdup_printf (_ ("It failed repeatedly and is off until the next start: %s"),
                            self->flags[flag].trip_reason);
  case UC_FLAG_FROM_ENVIRONMENT:
    variable = _uc_flags_dup_variable (flag);
    /* Translators: %s is the name of an environment variable. */
    return g_strdup_printf (_ ("The environment variable %s says so."), variable);
  case UC_FLAG_FROM_OVERRIDE:
    return g_strdup (_ ("You decided so on this computer."));
  case UC_FLAG_FROM_SERVER:
  case UC_FLAG_FROM_CACHE:
    return dup_outcome (_uc_flags_get_rule (self, flag), self->flags[flag].outcome);
  case UC_FLAG_FROM_DEFAULT:
  default:
    return g_strdup (_ ("The server says nothing about it."));
  }
}
