/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Headings of the sidebar (protocol.md 6.3). */

#include "config.h"

#include "uc-handlers.h"

#include "uc-category-service.h"
#include "uc-json.h"
#include "uc-refusal.h"
#include "uc-text.h"

#define MAX_NAME       64
#define MAX_CATEGORIES 100

static GPtrArray *
list (UcCall *call, UcTxn *txn, GError **error)
{
  return uc_category_service_list (txn, uc_call_get_param (call, "user_id"),
                                   uc_call_get_param (call, "team_id"), error);
}

static JsonArray *
make_order (GPtrArray *categories)
{
  JsonArray *order = json_array_new ();

  for (guint i = 0; i < categories->len; i++) {
    const UcSidebarCategory *category = g_ptr_array_index (categories, i);

    json_array_add_string_element (order, category->id);
  }
  return order;
}

static UcSidebarCategory *
find (GPtrArray *categories, const char *id, GError **error)
{
  for (guint i = 0; i < categories->len; i++) {
    UcSidebarCategory *category = g_ptr_array_index (categories, i);

    if (g_str_equal (category->id, id))
      return category;
  }
  uc_refuse (error, UC_REFUSAL_CATEGORY_UNKNOWN);
  return NULL;
}

static void
push (UcCall *call, UcTxn *txn, const char *event, const char *category_id)
{
  JsonObject *data = json_object_new ();

  if (category_id != NULL)
    json_object_set_string_member (data, "category_id", category_id);
  uc_txn_push_about (txn, uc_call_get_param (call, "user_id"), NULL,
                     uc_call_get_param (call, "team_id"), event, data);
}

gboolean
uc_categories_list (UcCall *call, UcTxn *txn, GError **error)
{
  g_autoptr (GPtrArray) categories = list (call, txn, error);
  g_autoptr (JsonArray) array = json_array_new ();
  JsonObject *answer;

  if (categories == NULL)
    return FALSE;
  for (guint i = 0; i < categories->len; i++) {
    JsonObject *object =
        uc_category_service_to_json (txn, g_ptr_array_index (categories, i), error);

    if (object == NULL)
      return FALSE;
    json_array_add_object_element (array, object);
  }
  answer = json_object_new ();
  json_object_set_array_member (answer, "categories", g_steal_pointer (&array));
  json_object_set_array_member (answer, "order", make_order (categories));
  uc_call_answer_object (call, 200, answer);
  return TRUE;
}

static gboolean
answer_one (UcCall *call, UcTxn *txn, const UcSidebarCategory *category, GError **error)
{
  JsonObject *object = uc_category_service_to_json (txn, category, error);

  if (object == NULL)
    return FALSE;
  uc_call_answer_object (call, 200, object);
  return TRUE;
}

gboolean
uc_categories_get (UcCall *call, UcTxn *txn, GError **error)
{
  g_autoptr (GPtrArray) categories = list (call, txn, error);
  UcSidebarCategory *category = NULL;

  if (categories != NULL)
    category = find (categories, uc_call_get_param (call, "category"), error);
  return category != NULL && answer_one (call, txn, category, error);
}

gboolean
uc_categories_get_order (UcCall *call, UcTxn *txn, GError **error)
{
  g_autoptr (GPtrArray) categories = list (call, txn, error);

  if (categories == NULL)
    return FALSE;
  uc_call_answer_array (call, 200, make_order (categories));
  return TRUE;
}

gboolean
uc_categories_set_order (UcCall *call, UcTxn *txn, GError **error)
{
  g_autoptr (GPtrArray) ids = uc_call_need_strings (call, "order", error);
  g_autoptr (GPtrArray) categories = ids != NULL ? list (call, txn, error) : NULL;
  JsonArray  *order;
  JsonObject *data;

  if (categories == NULL)
    return FALSE;
  for (guint i = 0; i < ids->len; i++) {
    UcSidebarCategory *category = find (categories, g_ptr_array_index (ids, i), error);

    if (category == NULL)
      return FALSE;
    category->position = (int) i * 10;
    if (!uc_category_table_put (txn->db, category, error))
      return FALSE;
  }
  g_clear_pointer (&categories, g_ptr_array_unref);
  categories = list (call, txn, error);
  if (categories == NULL)
    return FALSE;
  order = make_order (categories);
  data = json_object_new ();
  json_object_set_array_member (data, "order", json_array_ref (order));
  uc_txn_push_about (txn, uc_call_get_param (call, "user_id"), NULL,
                     uc_call_get_param (call, "team_id"), "sidebar_category_order_updated", data);
  uc_call_answer_array (call, 200, order);
  return TRUE;
}

gboolean
uc_categories_create (UcCall *call, UcTxn *txn, GError **error)
{
  JsonObject *body = uc_call_need_object (call, "category", error);
  const char *name = uc_json_get_string (body, "display_name", "");
  g_auto (GStrv) channel_ids = uc_json_dup_strings (body, "channel_ids");
  g_autoptr (GPtrArray) present = body != NULL ? list (call, txn, error) : NULL;
  g_autoptr (UcSidebarCategory) category = NULL;

  if (present == NULL)
    return FALSE;
  if (*name == '\0' || !uc_text_fits (name, MAX_NAME) || present->len >= MAX_CATEGORIES) {
    uc_refuse_body (error, "category");
    return FALSE;
  }
  category = uc_category_service_create (txn, uc_call_get_param (call, "user_id"),
                                         uc_call_get_param (call, "team_id"), name, error);
  if (category == NULL ||
      !uc_category_service_set_channels (txn, category, (const char *const *) channel_ids, error))
    return FALSE;
  push (call, txn, "sidebar_category_created", category->id);
  return answer_one (call, txn, category, error);
}

/* Takes what is given of one category. */
static gboolean
change (UcTxn *txn, UcSidebarCategory *category, JsonObject *given, GError **error)
{
  const char *name = uc_json_get_string (given, "display_name", category->display_name);
  g_auto (GStrv) channel_ids = uc_json_dup_strings (given, "channel_ids");

  if (g_str_equal (category->type, "custom") && *name != '\0' && uc_text_fits (name, MAX_NAME))
    g_set_str (&category->display_name, name);
  g_set_str (&category->sorting, uc_json_get_string (given, "sorting", category->sorting));
  category->is_muted = uc_json_get_boolean (given, "muted", category->is_muted);
  category->is_collapsed = uc_json_get_boolean (given, "collapsed", category->is_collapsed);
  return uc_category_table_put (txn->db, category, error) &&
         (!json_object_has_member (given, "channel_ids") ||
          uc_category_service_set_channels (txn, category, (const char *const *) channel_ids,
                                            error));
}

gboolean
uc_categories_change (UcCall *call, UcTxn *txn, GError **error)
{
  JsonObject *body = uc_call_need_object (call, "category", error);
  g_autoptr (GPtrArray) categories = body != NULL ? list (call, txn, error) : NULL;
  UcSidebarCategory *category = NULL;

  if (categories != NULL)
    category = find (categories, uc_call_get_param (call, "category"), error);
  if (category == NULL || !change (txn, category, body, error))
    return FALSE;
  push (call, txn, "sidebar_category_updated", NULL);
  return answer_one (call, txn, category, error);
}

gboolean
uc_categories_change_all (UcCall *call, UcTxn *txn, GError **error)
{
  JsonArray *given = NULL;
  g_autoptr (GPtrArray) categories = NULL;
  g_autoptr (JsonArray) answer = json_array_new ();

  if (call->json != NULL && JSON_NODE_HOLDS_ARRAY (call->json))
    given = json_node_get_array (call->json);
  if (given == NULL) {
    uc_refuse_body (error, "categories");
    return FALSE;
  }
  categories = list (call, txn, error);
  for (guint i = 0; categories != NULL && i < json_array_get_length (given); i++) {
    JsonObject        *row = uc_json_as_object (json_array_get_element (given, i), "", NULL);
    UcSidebarCategory *category = find (categories, uc_json_get_string (row, "id", ""), error);
    JsonObject        *object;

    if (category == NULL || !change (txn, category, row, error))
      return FALSE;
    object = uc_category_service_to_json (txn, category, error);
    if (object == NULL)
      return FALSE;
    json_array_add_object_element (answer, object);
  }
  if (categories == NULL)
    return FALSE;
  push (call, txn, "sidebar_category_updated", NULL);
  uc_call_answer_array (call, 200, g_steal_pointer (&answer));
  return TRUE;
}

gboolean
uc_categories_delete (UcCall *call, UcTxn *txn, GError **error)
{
  g_autoptr (GPtrArray) categories = list (call, txn, error);
  UcSidebarCategory *category = NULL;

  if (categories != NULL)
    category = find (categories, uc_call_get_param (call, "category"), error);
  if (category == NULL)
    return FALSE;
  if (!g_str_equal (category->type, "custom")) {
    uc_refuse_body (error, "category");
    return FALSE;
  }
  if (!uc_category_table_delete (txn->db, category->id, error))
    return FALSE;
  push (call, txn, "sidebar_category_deleted", category->id);
  uc_call_answer_ok (call);
  return TRUE;
}
