/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Preferences and statuses: what people set for themselves (protocol.md 12, 13). */

#include "config.h"

#include "uc-handlers.h"

#include "uc-id.h"
#include "uc-json.h"
#include "uc-post-table.h"
#include "uc-preference-table.h"
#include "uc-refusal.h"
#include "uc-text.h"
#include "uc-wire-json.h"

#define MAX_KEY   32
#define MAX_VALUE 2000
#define MAX_ROWS  1000

static gboolean
answer_list (UcCall *call, GPtrArray *rows)
{
  JsonArray *array;

  if (rows == NULL)
    return FALSE;
  array = json_array_new ();
  for (guint i = 0; i < rows->len; i++)
    json_array_add_element (array, uc_wire_preference_to_json (g_ptr_array_index (rows, i)));
  uc_call_answer_array (call, 200, array);
  return TRUE;
}

gboolean
uc_preferences_list (UcCall *call, UcTxn *txn, GError **error)
{
  g_autoptr (GPtrArray) rows =
      uc_preference_table_list (txn->db, uc_call_get_param (call, "user_id"), "", error);

  return answer_list (call, rows);
}

gboolean
uc_preferences_list_category (UcCall *call, UcTxn *txn, GError **error)
{
  g_autoptr (GPtrArray) rows = uc_preference_table_list (
      txn->db, uc_call_get_param (call, "user_id"), uc_call_get_param (call, "category"), error);

  if (rows != NULL && rows->len == 0) {
    uc_refuse (error, UC_REFUSAL_PREFERENCE_CATEGORY);
    return FALSE;
  }
  return answer_list (call, rows);
}

gboolean
uc_preferences_get (UcCall *call, UcTxn *txn, GError **error)
{
  g_autoptr (UcPreference) row = NULL;

  if (!uc_preference_table_find (txn->db, uc_call_get_param (call, "user_id"),
                                 uc_call_get_param (call, "category"),
                                 uc_call_get_param (call, "name"), &row, error))
    return FALSE;
  if (row == NULL) {
    uc_refuse (error, UC_REFUSAL_PREFERENCE_UNKNOWN);
    return FALSE;
  }
  uc_call_answer_node (call, 200, uc_wire_preference_to_json (row));
  return TRUE;
}

static gboolean
check_row (UcCall *call, UcTxn *txn, const UcPreference *row, GError **error)
{
  UcRefusal refusal;

  if (!g_str_equal (row->user_id, uc_call_get_param (call, "user_id")))
    refusal = UC_REFUSAL_PREFERENCE_OTHER;
  else if (*row->category == '\0' || !uc_text_fits (row->category, MAX_KEY))
    refusal = UC_REFUSAL_PREFERENCE_BAD_CATEGORY;
  else if (!uc_text_fits (row->name, MAX_KEY))
    refusal = UC_REFUSAL_PREFERENCE_BAD_NAME;
  else if (!uc_text_fits (row->value, MAX_VALUE))
    refusal = UC_REFUSAL_PREFERENCE_BAD_VALUE;
  else
    return TRUE;
  uc_refuse (error, refusal);
  return FALSE;
}

/* Only what exists and can be read can be saved. */
static gboolean
check_flagged (UcCall *call, UcTxn *txn, const UcPreference *row, GError **error)
{
  g_autoptr (UcPost) post = NULL;

  if (!g_str_equal (row->category, "flagged_post"))
    return TRUE;
  post = uc_post_table_find (txn->db, row->name, FALSE, NULL);
  if (post == NULL) {
    uc_refuse_body (error, "preference.name");
    return FALSE;
  }
  return uc_access_need_channel (txn, &call->actor, post->channel_id, "read_channel", error);
}

/* NULL and a refusal unless the body is a list of rows of the user in the path. */
static GPtrArray *
read_rows (UcCall *call, UcTxn *txn, GError **error)
{
  g_autoptr (GPtrArray) rows =
      g_ptr_array_new_with_free_func ((GDestroyNotify) uc_preference_unref);
  JsonArray *array = NULL;

  if (call->json != NULL && JSON_NODE_HOLDS_ARRAY (call->json))
    array = json_node_get_array (call->json);
  if (array == NULL || json_array_get_length (array) > MAX_ROWS) {
    uc_refuse_body (error, "preferences");
    return NULL;
  }
  for (guint i = 0; i < json_array_get_length (array); i++) {
    JsonObject *object = uc_json_as_object (json_array_get_element (array, i), "", NULL);
    g_autoptr (UcPreference) row = uc_preference_new (
        uc_json_get_string (object, "user_id", ""), uc_json_get_string (object, "category", ""),
        uc_json_get_string (object, "name", ""), uc_json_get_string (object, "value", ""));

    if (!check_row (call, txn, row, error))
      return NULL;
    g_ptr_array_add (rows, g_steal_pointer (&row));
  }
  return g_steal_pointer (&rows);
}

/* Favourites are a heading of the sidebar too: clients read the headings again. */
static void
push_sidebar (UcCall *call, UcTxn *txn, GPtrArray *rows)
{
  for (guint i = 0; i < rows->len; i++) {
    const UcPreference *row = g_ptr_array_index (rows, i);

    if (!g_str_equal (row->category, "favorite_channel"))
      continue;
    uc_txn_push_to_user (txn, uc_call_get_param (call, "user_id"), "sidebar_category_updated",
                         json_object_new ());
    return;
  }
}

static void
push_rows (UcCall *call, UcTxn *txn, const char *event, GPtrArray *rows)
{
  g_autoptr (JsonArray) array = json_array_new ();
  g_autofree char *text = NULL;
  JsonObject      *data = json_object_new ();

  for (guint i = 0; i < rows->len; i++)
    json_array_add_element (array, uc_wire_preference_to_json (g_ptr_array_index (rows, i)));
  text = uc_json_array_to_text (array);
  json_object_set_string_member (data, "preferences", text);
  push_sidebar (call, txn, rows);
  uc_txn_push_to_user (txn, uc_call_get_param (call, "user_id"), event, data);
}

gboolean
uc_preferences_put (UcCall *call, UcTxn *txn, GError **error)
{
  g_autoptr (GPtrArray) rows = read_rows (call, txn, error);

  if (rows == NULL)
    return FALSE;
  for (guint i = 0; i < rows->len; i++) {
    const UcPreference *row = g_ptr_array_index (rows, i);

    if (!check_flagged (call, txn, row, error) || !uc_preference_table_put (txn->db, row, error))
      return FALSE;
  }
  push_rows (call, txn, "preferences_changed", rows);
  uc_call_answer_ok (call);
  return TRUE;
}

gboolean
uc_preferences_delete (UcCall *call, UcTxn *txn, GError **error)
{
  g_autoptr (GPtrArray) rows = read_rows (call, txn, error);

  if (rows == NULL)
    return FALSE;
  for (guint i = 0; i < rows->len; i++) {
    const UcPreference *row = g_ptr_array_index (rows, i);

    if (!uc_preference_table_delete (txn->db, row, error))
      return FALSE;
  }
  push_rows (call, txn, "preferences_deleted", rows);
  uc_call_answer_ok (call);
  return TRUE;
}
