/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The flags of one account. Holds the server's document, knows who the user is, and
 * says of each flag whether it is on. Layers, the highest first: the guard, the
 * environment, the override in the preferences, the document (fresh from the server
 * or from the cache), the built-in default. It fetches and stores nothing. */

#include "config.h"

#include "uc-flags.h"

#include "uc-flags-private.h"

G_DEFINE_FINAL_TYPE (UcFlags, uc_flags, G_TYPE_OBJECT)

enum {
  SIGNAL_CHANGED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

const UcFlagRule *
_uc_flags_get_rule (const UcFlags *self, UcFlagId flag)
{
  return self->document != NULL ? self->document->rules[flag] : NULL;
}

UcFlagSource
_uc_flags_find_source (const UcFlags *self, UcFlagId id)
{
  const UcFlag *flag = &self->flags[id];

  if (flag->trip_reason != NULL)
    return UC_FLAG_FROM_GUARD;
  if (flag->environment != UC_FLAG_UNSET)
    return UC_FLAG_FROM_ENVIRONMENT;
  if (flag->override != UC_FLAG_UNSET)
    return UC_FLAG_FROM_OVERRIDE;
  return _uc_flags_get_rule (self, id) != NULL ? self->source : UC_FLAG_FROM_DEFAULT;
}

static gboolean
find_state (const UcFlags *self, UcFlagId id)
{
  const UcFlag *flag = &self->flags[id];

  switch (_uc_flags_find_source (self, id)) {
  case UC_FLAG_FROM_GUARD:
    return FALSE;
  case UC_FLAG_FROM_ENVIRONMENT:
    return flag->environment;
  case UC_FLAG_FROM_OVERRIDE:
    return flag->override;
  case UC_FLAG_FROM_SERVER:
  case UC_FLAG_FROM_CACHE:
    return uc_flag_outcome_is_on (flag->outcome);
  case UC_FLAG_FROM_DEFAULT:
  default:
    return _uc_flag_is_on_by_default (id);
  }
}

/* Evaluates everything, then tells: a handler may ask about any flag. */
static void
update (UcFlags *self)
{
  UcFlagContext context = {
    .user_id = self->user_id,
    .roles = self->roles,
    .segments = self->document != NULL ? (const char *const *) self->document->segments : NULL,
    .now_ms = self->now_ms,
    .percentage_override = self->percentage_override,
  };
  gboolean has_changed[UC_N_FLAGS] = { FALSE };

  for (guint i = 0; i < UC_N_FLAGS; i++) {
    const UcFlagRule *rule = _uc_flags_get_rule (self, (UcFlagId) i);
    UcFlag           *flag = &self->flags[i];
    gboolean          is_on;

    if (rule != NULL)
      flag->outcome = uc_flag_rule_evaluate (rule, uc_flag_get_name ((UcFlagId) i), &context);
    is_on = find_state (self, (UcFlagId) i);
    has_changed[i] = is_on != flag->is_on;
    flag->is_on = is_on;
  }

  g_object_ref (self);
  for (guint i = 0; i < UC_N_FLAGS; i++) {
    if (has_changed[i])
      g_signal_emit (self, signals[SIGNAL_CHANGED], 0, i);
  }
  g_object_unref (self);
}

static void
uc_flags_finalize (GObject *object)
{
  UcFlags *self = UC_FLAGS (object);

  for (guint i = 0; i < UC_N_FLAGS; i++)
    g_clear_pointer (&self->flags[i].trip_reason, g_free);
  g_clear_pointer (&self->user_id, g_free);
  g_clear_pointer (&self->roles, g_free);
  g_clear_pointer (&self->document, _uc_flags_document_free);
  G_OBJECT_CLASS (uc_flags_parent_class)->finalize (object);
}

static void
uc_flags_class_init (UcFlagsClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = uc_flags_finalize;

  /**
   * UcFlags::changed:
   * @flag_id: a #UcFlagId
   *
   * The flag went on or off. All flags have their new state when it is emitted.
   */
  signals[SIGNAL_CHANGED] = g_signal_new ("changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST,
                                          0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_UINT);
}

static void
uc_flags_init (UcFlags *self)
{
  self->user_id = g_strdup ("");
  self->roles = g_strdup ("");
  self->source = UC_FLAG_FROM_DEFAULT;
  self->percentage_override = _uc_flags_read_percentage ();
  for (guint i = 0; i < UC_N_FLAGS; i++) {
    self->flags[i].environment = _uc_flags_read_environment ((UcFlagId) i);
    self->flags[i].override = UC_FLAG_UNSET;
    self->flags[i].is_on = find_state (self, (UcFlagId) i);
  }
}

/**
 * uc_flags_new:
 *
 * Reads the environment, once.
 *
 * Returns: (transfer full): flags with their defaults
 */
UcFlags *
uc_flags_new (void)
{
  return g_object_new (UC_TYPE_FLAGS, NULL);
}

/**
 * uc_flags_set_user:
 * @self: a #UcFlags
 * @user_id: (nullable): whose flags these are
 * @roles: (nullable): the system roles, space separated
 */
void
uc_flags_set_user (UcFlags *self, const char *user_id, const char *roles)
{
  g_return_if_fail (UC_IS_FLAGS (self));

  g_set_str (&self->user_id, user_id != NULL ? user_id : "");
  g_set_str (&self->roles, roles != NULL ? roles : "");
  update (self);
}

/**
 * uc_flags_take_document:
 * @self: a #UcFlags
 * @document: what `GET flags` or a push gave, or what was kept of it
 * @source: %UC_FLAG_FROM_SERVER or %UC_FLAG_FROM_CACHE
 * @now_ms: the time, for what has not started
 * @is_newer: (out) (optional): whether it replaced the one before
 *
 * Errors: %UC_ERROR_PROTOCOL; the one before stays in force
 *
 * Returns: %TRUE when it is a flags document, newer or not
 */
gboolean
uc_flags_take_document (UcFlags     *self,
                        const char  *document,
                        UcFlagSource source,
                        gint64       now_ms,
                        gboolean    *is_newer,
                        GError     **error)
{
  g_autoptr (UcFlagsDocument) read = NULL;

  g_return_val_if_fail (UC_IS_FLAGS (self) && document != NULL, FALSE);
  g_return_val_if_fail (source == UC_FLAG_FROM_SERVER || source == UC_FLAG_FROM_CACHE, FALSE);

  if (is_newer != NULL)
    *is_newer = FALSE;
  read = _uc_flags_document_parse (document, error);
  if (read == NULL)
    return FALSE;

  self->now_ms = now_ms;
  if (self->document == NULL || read->revision > self->document->revision) {
    g_clear_pointer (&self->document, _uc_flags_document_free);
    self->document = g_steal_pointer (&read);
    self->source = source;
    if (is_newer != NULL)
      *is_newer = TRUE;
  } else if (read->revision == self->document->revision && source == UC_FLAG_FROM_SERVER) {
    self->source = source;
  }
  update (self);
  return TRUE;
}

/**
 * uc_flags_refresh:
 * @self: a #UcFlags
 * @now_ms: the time
 *
 * Turns on what has started since the last time.
 */
void
uc_flags_refresh (UcFlags *self, gint64 now_ms)
{
  g_return_if_fail (UC_IS_FLAGS (self));

  self->now_ms = now_ms;
  update (self);
}

/**
 * uc_flags_set_override:
 * @self: a #UcFlags
 * @flag: which
 * @value: 0 off, 1 on, -1 as the layers below say
 *
 * The user's own choice. A new choice also gives a flag that was tripped another try.
 */
void
uc_flags_set_override (UcFlags *self, UcFlagId flag, int value)
{
  g_return_if_fail (UC_IS_FLAGS (self) && (guint) flag < UC_N_FLAGS);
  g_return_if_fail (value >= -1 && value <= 1);

  if (self->flags[flag].override == value)
    return;
  self->flags[flag].override = value;
  self->flags[flag].guard.n_errors_in_a_row = 0;
  g_clear_pointer (&self->flags[flag].trip_reason, g_free);
  update (self);
}

/**
 * uc_flags_trip:
 * @self: a #UcFlags
 * @flag: what keeps failing
 * @reason: a sentence for the user
 *
 * Turns @flag off for this session.
 */
void
uc_flags_trip (UcFlags *self, UcFlagId flag, const char *reason)
{
  g_return_if_fail (UC_IS_FLAGS (self) && (guint) flag < UC_N_FLAGS);
  g_return_if_fail (reason != NULL);

  g_set_str (&self->flags[flag].trip_reason, reason);
  update (self);
}

/**
 * uc_flags_is_on:
 *
 * Returns: %TRUE when the new way is to be gone
 */
gboolean
uc_flags_is_on (UcFlags *self, UcFlagId flag)
{
  g_return_val_if_fail (UC_IS_FLAGS (self) && (guint) flag < UC_N_FLAGS, FALSE);

  return self->flags[flag].is_on;
}

/**
 * uc_flags_get_source:
 *
 * Returns: the layer that decided
 */
UcFlagSource
uc_flags_get_source (UcFlags *self, UcFlagId flag)
{
  g_return_val_if_fail (UC_IS_FLAGS (self) && (guint) flag < UC_N_FLAGS, UC_FLAG_FROM_DEFAULT);

  return _uc_flags_find_source (self, flag);
}

/**
 * uc_flags_get_rollout:
 * @is_enabled: (out): whether it is on for anybody
 * @percentage: (out): for how many, from 0 to 100
 *
 * Returns: %FALSE when the document does not name @flag
 */
gboolean
uc_flags_get_rollout (UcFlags *self, UcFlagId flag, gboolean *is_enabled, double *percentage)
{
  const UcFlagRule *rule;

  g_return_val_if_fail (UC_IS_FLAGS (self) && (guint) flag < UC_N_FLAGS, FALSE);
  g_return_val_if_fail (is_enabled != NULL && percentage != NULL, FALSE);

  rule = _uc_flags_get_rule (self, flag);
  if (rule == NULL)
    return FALSE;
  *is_enabled = uc_flag_rule_is_enabled (rule);
  *percentage = uc_flag_rule_get_percentage (rule);
  return TRUE;
}

/**
 * uc_flags_has_fallback:
 *
 * Returns: %TRUE when the traditional path may stand in when the new one fails;
 *   %FALSE when the error is to be shown
 */
gboolean
uc_flags_has_fallback (UcFlags *self, UcFlagId flag)
{
  const UcFlagRule *rule;

  g_return_val_if_fail (UC_IS_FLAGS (self) && (guint) flag < UC_N_FLAGS, TRUE);

  rule = _uc_flags_get_rule (self, flag);
  return rule != NULL ? uc_flag_rule_has_fallback (rule) : _uc_flag_has_fallback_by_default (flag);
}

/**
 * uc_flags_is_monitored:
 *
 * Returns: %TRUE when the server wants to know how @flag does
 */
gboolean
uc_flags_is_monitored (UcFlags *self, UcFlagId flag)
{
  const UcFlagRule *rule;

  g_return_val_if_fail (UC_IS_FLAGS (self) && (guint) flag < UC_N_FLAGS, FALSE);

  rule = _uc_flags_get_rule (self, flag);
  return rule != NULL && uc_flag_rule_is_monitored (rule);
}

/**
 * uc_flags_get_revision:
 *
 * Returns: that of the document in force, -1 without one
 */
gint64
uc_flags_get_revision (UcFlags *self)
{
  g_return_val_if_fail (UC_IS_FLAGS (self), -1);

  return self->document != NULL ? self->document->revision : -1;
}

/**
 * uc_flags_dup_document:
 *
 * Returns: (transfer full) (nullable): the document in force, to be kept
 */
char *
uc_flags_dup_document (UcFlags *self)
{
  g_return_val_if_fail (UC_IS_FLAGS (self), NULL);

  return self->document != NULL ? g_strdup (self->document->text) : NULL;
}

UcGuardState *
_uc_flags_get_guard_state (UcFlags *self, UcFlagId flag)
{
  g_assert ((guint) flag < UC_N_FLAGS);

  return &self->flags[flag].guard;
}
