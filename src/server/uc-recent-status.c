/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "uc-recent-status.h"

#include "uc-json.h"
#include "uc-preference-table.h"
#include "uc-wire-json.h"

#define CATEGORY "custom_status"
#define NAME     "recent_custom_statuses"
#define MAX_KEPT 5

static gboolean
is_same (JsonObject *one, JsonObject *other)
{
  return g_str_equal (uc_json_get_string (one, "text", ""),
                      uc_json_get_string (other, "text", "")) &&
         g_str_equal (uc_json_get_string (one, "emoji", ""),
                      uc_json_get_string (other, "emoji", ""));
}

static void
push (UcTxn *txn, const UcPreference *row)
{
  g_autoptr (JsonArray) rows = json_array_new ();
  g_autofree char *text = NULL;
  JsonObject      *data = json_object_new ();

  json_array_add_element (rows, uc_wire_preference_to_json (row));
  text = uc_json_array_to_text (rows);
  json_object_set_string_member (data, "preferences", text);
  uc_txn_push_to_user (txn, row->user_id, "preferences_changed", data);
}

/* The list as it was, with @first (nullable) before it and without another like @status. */
static JsonArray *
make_list (const char *old, JsonObject *first, JsonObject *status)
{
  g_autoptr (JsonNode) node = uc_json_parse (old, -1, NULL);
  JsonArray *list = json_array_new ();
  JsonArray *known = NULL;

  if (first != NULL)
    json_array_add_object_element (list, json_object_ref (first));
  if (node != NULL && JSON_NODE_HOLDS_ARRAY (node))
    known = json_node_get_array (node);
  for (guint i = 0; known != NULL && i < json_array_get_length (known); i++) {
    JsonObject *item = uc_json_as_object (json_array_get_element (known, i), "status", NULL);

    if (item != NULL && !is_same (item, status) && json_array_get_length (list) < MAX_KEPT)
      json_array_add_object_element (list, json_object_ref (item));
  }
  return list;
}

static gboolean
change (UcTxn *txn, const char *user_id, JsonObject *first, JsonObject *status, GError **error)
{
  g_autoptr (UcPreference) old = NULL;
  g_autoptr (UcPreference) row = NULL;
  g_autoptr (JsonArray) list = NULL;
  g_autofree char *text = NULL;

  if (!uc_preference_table_find (txn->db, user_id, CATEGORY, NAME, &old, error))
    return FALSE;
  list = make_list (old != NULL ? old->value : "[]", first, status);
  text = uc_json_array_to_text (list);
  row = uc_preference_new (user_id, CATEGORY, NAME, text);
  if (!uc_preference_table_put (txn->db, row, error))
    return FALSE;
  push (txn, row);
  return TRUE;
}

/**
 * uc_recent_status_add:
 *
 * It comes to the front; the oldest is forgotten.
 */
gboolean
uc_recent_status_add (UcTxn *txn, const char *user_id, JsonObject *status, GError **error)
{
  return change (txn, user_id, status, status, error);
}

/**
 * uc_recent_status_remove:
 */
gboolean
uc_recent_status_remove (UcTxn *txn, const char *user_id, JsonObject *status, GError **error)
{
  return change (txn, user_id, NULL, status, error);
}
