/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Feature flags as the server keeps them. What a rule means is decided in the room
 * flags, which clients share: here a rule is only checked to be one. */

#include "config.h"

#include "uc-flag-service.h"

#include "uc-flag-rule.h"
#include "uc-flag-table.h"
#include "uc-flags.h"
#include "uc-json.h"
#include "uc-refusal.h"

#include <string.h>

#define EVENT     "custom_com.example.unifiedchat_flags_changed"
#define MAX_NAME  64
#define MAX_FLAGS 100
#define MAX_BYTES 16384

static const gboolean defaults[UC_N_FLAGS] = {
#define UC_FLAG(name, default_value, has_fallback, owner, description) default_value,
#include "uc-flag-list.def"
#undef UC_FLAG
};

static const gboolean fallbacks[UC_N_FLAGS] = {
#define UC_FLAG(name, default_value, has_fallback, owner, description) has_fallback,
#include "uc-flag-list.def"
#undef UC_FLAG
};

static JsonObject *
make_default (UcFlagId flag)
{
  JsonObject *object = json_object_new ();

  json_object_set_boolean_member (object, "enabled", defaults[flag]);
  json_object_set_int_member (object, "rollout_percentage", 100);
  json_object_set_array_member (object, "user_segments", json_array_new ());
  json_object_set_array_member (object, "roles", json_array_new ());
  json_object_set_array_member (object, "groups", json_array_new ());
  json_object_set_array_member (object, "variants", json_array_new ());
  json_object_set_boolean_member (object, "fallback_enabled", fallbacks[flag]);
  json_object_set_boolean_member (object, "monitoring_enabled", TRUE);
  json_object_set_int_member (object, "starts_at", 0);
  json_object_set_string_member (object, "description", uc_flag_get_description (flag));
  return object;
}

static void
merge (JsonObject *into, JsonObject *patch)
{
  JsonObjectIter iter;
  const char    *member;
  JsonNode      *node;

  json_object_iter_init (&iter, patch);
  while (json_object_iter_next (&iter, &member, &node)) {
    if (JSON_NODE_HOLDS_NULL (node))
      json_object_remove_member (into, member);
    else
      json_object_set_member (into, member, json_node_copy (node));
  }
}

static JsonObject *
build_flags (UcTxn *txn, GError **error)
{
  g_autoptr (JsonObject) changed = uc_flag_table_list (txn->db, error);
  JsonObject *flags;
  GList      *names;

  if (changed == NULL)
    return NULL;
  flags = json_object_new ();
  for (guint i = 0; i < UC_N_FLAGS; i++)
    json_object_set_object_member (flags, uc_flag_get_name (i), make_default (i));
  names = json_object_get_members (changed);
  for (GList *link = names; link != NULL; link = link->next) {
    JsonObject *rule = uc_json_get_object (flags, link->data);

    if (rule == NULL) {
      rule = json_object_new ();
      json_object_set_object_member (flags, link->data, rule);
    }
    merge (rule, uc_json_get_object (changed, link->data));
  }
  g_list_free (names);
  return flags;
}

/**
 * uc_flag_service_build:
 *
 * Returns: (transfer full) (nullable): the document
 */
JsonObject *
uc_flag_service_build (UcTxn *txn, GError **error)
{
  JsonObject *flags = build_flags (txn, error);
  JsonObject *context;
  JsonObject *document;
  gint64      revision = 0;

  if (flags == NULL)
    return NULL;
  if (!uc_flag_table_get_revision (txn->db, &revision, error)) {
    json_object_unref (flags);
    return NULL;
  }
  context = json_object_new ();
  json_object_set_array_member (context, "segments", json_array_new ());
  document = json_object_new ();
  json_object_set_int_member (document, "revision", revision);
  json_object_set_object_member (document, "context", context);
  json_object_set_object_member (document, "flags", flags);
  return document;
}

static gboolean
announce (UcTxn *txn, GError **error)
{
  g_autoptr (JsonObject) document = NULL;
  g_autofree char *text = NULL;
  JsonObject      *data;

  if (!uc_flag_table_raise_revision (txn->db, error))
    return FALSE;
  document = uc_flag_service_build (txn, error);
  if (document == NULL)
    return FALSE;
  text = uc_json_object_to_text (document);
  data = json_object_new ();
  json_object_set_string_member (data, "flags", text);
  uc_txn_push_to_all (txn, EVENT, data);
  return TRUE;
}

/* Names are snake_case; a dash reads as an underscore. */
static char *
dup_name (const char *name, GError **error)
{
  g_autofree char *snake = g_strdelimit (g_strdup (name), "-", '_');
  gsize            length = strlen (snake);

  if (length > 0 && length <= MAX_NAME && g_ascii_islower (*snake) &&
      strspn (snake, "abcdefghijklmnopqrstuvwxyz0123456789_") == length)
    return g_steal_pointer (&snake);
  uc_refuse (error, UC_REFUSAL_FLAG_UNKNOWN);
  return NULL;
}

/* The rule that would hold, as a whole: NULL when it would be none. */
static gboolean
check_rule (UcTxn *txn, const char *name, JsonObject *changed, GError **error)
{
  g_autoptr (JsonObject) whole = NULL;
  g_autoptr (UcFlagRule) rule = NULL;
  g_autofree char *text = uc_json_object_to_text (changed);
  UcFlagId         flag;

  whole = uc_flag_from_name (name, &flag) ? make_default (flag) : json_object_new ();
  merge (whole, changed);
  rule = uc_flag_rule_new_from_json (whole);
  if (rule != NULL && strlen (text) <= MAX_BYTES)
    return TRUE;
  uc_refuse_named (error, UC_REFUSAL_FLAG_BAD, name);
  return FALSE;
}

/**
 * uc_flag_service_merge:
 *
 * Errors: UC_REFUSAL_FLAG_UNKNOWN, _FLAG_BAD
 */
gboolean
uc_flag_service_merge (UcTxn *txn, const char *given_name, JsonObject *patch, GError **error)
{
  g_autofree char *name = dup_name (given_name, error);
  g_autoptr (JsonObject) all = NULL;
  JsonObject *changed;

  if (name == NULL)
    return FALSE;
  all = uc_flag_table_list (txn->db, error);
  if (all == NULL)
    return FALSE;
  if (!json_object_has_member (all, name)) {
    if (json_object_get_size (all) >= MAX_FLAGS) {
      uc_refuse_named (error, UC_REFUSAL_FLAG_BAD, name);
      return FALSE;
    }
    json_object_set_object_member (all, name, json_object_new ());
  }
  changed = uc_json_get_object (all, name);
  merge (changed, patch);
  return check_rule (txn, name, changed, error) &&
         uc_flag_table_put (txn->db, name, changed, error) && announce (txn, error);
}

/**
 * uc_flag_service_reset:
 *
 * Errors: UC_REFUSAL_FLAG_UNKNOWN
 */
gboolean
uc_flag_service_reset (UcTxn *txn, const char *given_name, GError **error)
{
  g_autofree char *name = dup_name (given_name, error);

  return name != NULL && uc_flag_table_delete (txn->db, name, error) && announce (txn, error);
}
