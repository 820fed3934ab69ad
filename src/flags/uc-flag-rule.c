/* SPDX-License-Identifier: GPL-3.0-or-later */

/* One flag of a flags document and its evaluation, as extension-api.md has it: pure,
 * so that client and server come to the same answer for everybody. */

#include "config.h"

#include "uc-flag-rule.h"

#include "uc-json.h"

#include <string.h>

#define MAX_PERCENTAGE 100.0

typedef struct {
  char  *segment; /* "": everybody */
  double percentage;
  gint64 starts_at_ms;
} Group;

struct _UcFlagRule {
  gboolean   is_enabled;
  gboolean   has_fallback;
  gboolean   is_monitored;
  double     percentage;
  gint64     starts_at_ms;
  GStrv      segments; /* empty: everybody */
  GStrv      roles;    /* empty: everybody */
  GPtrArray *groups;   /* (element-type Group) */
};

static void
group_free (Group *group)
{
  g_free (group->segment);
  g_free (group);
}

/* The readers below leave @value alone when the member is absent or null, and are
 * FALSE when it is there and wrong. */

static gboolean
is_absent (JsonObject *object, const char *member)
{
  JsonNode *node = json_object_get_member (object, member);

  return node == NULL || JSON_NODE_HOLDS_NULL (node);
}

static gboolean
read_boolean (JsonObject *object, const char *member, gboolean *value)
{
  /* What is no truth value answers with whatever fallback it is asked with. */
  gboolean is_truth =
      uc_json_get_boolean (object, member, TRUE) == uc_json_get_boolean (object, member, FALSE);

  if (is_truth)
    *value = uc_json_get_boolean (object, member, FALSE);
  return is_truth || is_absent (object, member);
}

static gboolean
read_percentage (JsonObject *object, const char *member, double *value)
{
  if (is_absent (object, member))
    return TRUE;
  *value = uc_json_get_double (object, member, -1);
  return *value >= 0 && *value <= MAX_PERCENTAGE;
}

static gboolean
read_time (JsonObject *object, const char *member, gint64 *value)
{
  if (is_absent (object, member))
    return TRUE;
  *value = uc_json_get_int (object, member, -1);
  return *value >= 0;
}

static gboolean
read_strings (JsonObject *object, const char *member, GStrv *value)
{
  JsonArray *array = uc_json_get_array (object, member);

  g_strfreev (*value);
  *value = uc_json_dup_strings (object, member);
  if (array == NULL)
    return is_absent (object, member);
  /* A list that lost a member would hold for more people than it was meant for. */
  return g_strv_length (*value) == json_array_get_length (array);
}

static gboolean
read_group (UcFlagRule *self, JsonNode *node)
{
  JsonObject *object = JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;
  Group      *group;

  if (object == NULL)
    return FALSE;
  group = g_new0 (Group, 1);
  g_ptr_array_add (self->groups, group);
  group->percentage = MAX_PERCENTAGE;
  group->segment = g_strdup (uc_json_get_string (object, "segment", ""));
  return (is_absent (object, "segment") || uc_json_get_string (object, "segment", NULL) != NULL) &&
         read_percentage (object, "percentage", &group->percentage) &&
         read_time (object, "starts_at", &group->starts_at_ms);
}

static gboolean
read_groups (UcFlagRule *self, JsonObject *object)
{
  JsonArray *array = uc_json_get_array (object, "groups");

  if (array == NULL)
    return is_absent (object, "groups");
  for (guint i = 0; i < json_array_get_length (array); i++) {
    if (!read_group (self, json_array_get_element (array, i)))
      return FALSE;
  }
  return TRUE;
}

/**
 * uc_flag_rule_new_from_json:
 * @object: one member of `flags`
 *
 * Absent members have their defaults, unknown ones are ignored. Any thread.
 *
 * Returns: (transfer full) (nullable): the rule, %NULL when a member has the wrong
 *   type or lies outside its range
 */
UcFlagRule *
uc_flag_rule_new_from_json (JsonObject *object)
{
  g_autoptr (UcFlagRule) self = g_new0 (UcFlagRule, 1);

  g_return_val_if_fail (object != NULL, NULL);

  self->percentage = MAX_PERCENTAGE;
  self->has_fallback = TRUE;
  self->is_monitored = TRUE;
  self->groups = g_ptr_array_new_with_free_func ((GDestroyNotify) group_free);
  if (!read_boolean (object, "enabled", &self->is_enabled) ||
      !read_boolean (object, "fallback_enabled", &self->has_fallback) ||
      !read_boolean (object, "monitoring_enabled", &self->is_monitored) ||
      !read_percentage (object, "rollout_percentage", &self->percentage) ||
      !read_time (object, "starts_at", &self->starts_at_ms) ||
      !read_strings (object, "user_segments", &self->segments) ||
      !read_strings (object, "roles", &self->roles) || !read_groups (self, object))
    return NULL;
  return g_steal_pointer (&self);
}

/**
 * uc_flag_rule_free:
 * @self: (transfer full) (nullable): a rule
 */
void
uc_flag_rule_free (UcFlagRule *self)
{
  if (self == NULL)
    return;
  g_strfreev (self->segments);
  g_strfreev (self->roles);
  g_clear_pointer (&self->groups, g_ptr_array_unref);
  g_free (self);
}

static gboolean
have_common (const char *const *wanted, const char *const *have)
{
  for (guint i = 0; have != NULL && have[i] != NULL; i++) {
    if (g_strv_contains (wanted, have[i]))
      return TRUE;
  }
  return FALSE;
}

static gboolean
has_role (const char *const *wanted, const char *roles)
{
  g_auto (GStrv) have = g_strsplit (roles != NULL ? roles : "", " ", -1);

  return have_common (wanted, (const char *const *) have);
}

static UcFlagOutcome
evaluate_base (const UcFlagRule *self, const UcFlagContext *context, double bucket)
{
  double percentage =
      context->percentage_override >= 0 ? context->percentage_override : self->percentage;

  if (self->segments[0] != NULL &&
      !have_common ((const char *const *) self->segments, context->segments))
    return UC_FLAG_OFF_SEGMENT;
  if (self->roles[0] != NULL && !has_role ((const char *const *) self->roles, context->roles))
    return UC_FLAG_OFF_ROLE;
  return bucket < percentage ? UC_FLAG_ON_BASE : UC_FLAG_OFF_PERCENTAGE;
}

static gboolean
is_in_group (const Group *group, const UcFlagContext *context, double bucket)
{
  if (context->now_ms < group->starts_at_ms || bucket >= group->percentage)
    return FALSE;
  return *group->segment == '\0' ||
         (context->segments != NULL && g_strv_contains (context->segments, group->segment));
}

/**
 * uc_flag_rule_evaluate:
 * @self: a rule
 * @flag_name: which flag's, in snake_case
 * @context: for whom and when
 *
 * Pure. Any thread.
 *
 * Returns: whether it is on, and why
 */
UcFlagOutcome
uc_flag_rule_evaluate (const UcFlagRule *self, const char *flag_name, const UcFlagContext *context)
{
  UcFlagOutcome outcome;
  double        bucket;

  g_return_val_if_fail (self != NULL && flag_name != NULL && context != NULL, UC_FLAG_OFF_DISABLED);

  if (!self->is_enabled)
    return UC_FLAG_OFF_DISABLED;
  if (context->now_ms < self->starts_at_ms)
    return UC_FLAG_OFF_NOT_STARTED;

  bucket = uc_flag_bucket (flag_name, context->user_id);
  outcome = evaluate_base (self, context, bucket);
  for (guint i = 0; outcome != UC_FLAG_ON_BASE && i < self->groups->len; i++) {
    if (is_in_group (self->groups->pdata[i], context, bucket))
      return UC_FLAG_ON_GROUP;
  }
  return outcome;
}

/**
 * uc_flag_outcome_is_on:
 *
 * Returns: %TRUE for the outcomes that mean on
 */
gboolean
uc_flag_outcome_is_on (UcFlagOutcome outcome)
{
  return outcome == UC_FLAG_ON_BASE || outcome == UC_FLAG_ON_GROUP;
}

/**
 * uc_flag_rule_has_fallback:
 *
 * Returns: %FALSE when an error is to be shown instead of the traditional path
 */
gboolean
uc_flag_rule_has_fallback (const UcFlagRule *self)
{
  return self->has_fallback;
}

/**
 * uc_flag_rule_is_monitored:
 *
 * Returns: %TRUE when its success is to be reported
 */
gboolean
uc_flag_rule_is_monitored (const UcFlagRule *self)
{
  return self->is_monitored;
}

/**
 * uc_flag_rule_is_enabled:
 *
 * Returns: `enabled`, which is on for nobody in particular yet
 */
gboolean
uc_flag_rule_is_enabled (const UcFlagRule *self)
{
  return self->is_enabled;
}

/**
 * uc_flag_rule_get_percentage:
 *
 * Returns: `rollout_percentage`, from 0 to 100
 */
double
uc_flag_rule_get_percentage (const UcFlagRule *self)
{
  return self->percentage;
}

/**
 * uc_flag_bucket:
 * @flag_name: in snake_case
 * @user_id: (nullable): whose
 *
 * Where a person stands in the rollout of a flag: the same always, and another place
 * for each flag. Any thread.
 *
 * Returns: from 0 up to but not 100, in steps of 0.01
 */
double
uc_flag_bucket (const char *flag_name, const char *user_id)
{
  g_autoptr (GChecksum) checksum = g_checksum_new (G_CHECKSUM_SHA256);
  guint8  digest[32];
  gsize   length = sizeof digest;
  guint32 number;

  g_return_val_if_fail (flag_name != NULL, 0);

  g_checksum_update (checksum, (const guchar *) flag_name, -1);
  g_checksum_update (checksum, (const guchar *) ":", 1);
  g_checksum_update (checksum, (const guchar *) (user_id != NULL ? user_id : ""), -1);
  g_checksum_get_digest (checksum, digest, &length);
  memcpy (&number, digest, sizeof number);
  return (double) (GUINT32_FROM_BE (number) % 10000) / 100.0;
}
