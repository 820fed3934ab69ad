/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What the server says about itself, and its roles (protocol.md 2, 15, 16). */

#include "config.h"

#include "uc-handlers.h"

#include "uc-json.h"
#include "uc-refusal.h"
#include "uc-role.h"
#include "uc-user-table.h"

static const char *const ping_versions[] = { "AndroidLatestVersion", "AndroidMinVersion",
                                             "DesktopLatestVersion", "DesktopMinVersion",
                                             "IosLatestVersion",     "IosMinVersion" };

gboolean
uc_system_ping (UcCall *call, UcTxn *txn, GError **error)
{
  JsonObject *answer = json_object_new ();

  for (guint i = 0; i < G_N_ELEMENTS (ping_versions); i++)
    json_object_set_string_member (answer, ping_versions[i], "");
  json_object_set_string_member (answer, "status", "OK");
  if (uc_call_get_query_flag (call, "get_server_status")) {
    /* That this runs says that the database answers. */
    json_object_set_string_member (answer, "database_status", "OK");
    json_object_set_string_member (answer, "filestore_status", "OK");
    uc_call_add_header (call, "Status", "OK");
    uc_call_add_header (call, "Database_status", "OK");
    uc_call_add_header (call, "Filestore_status", "OK");
  }
  uc_call_answer_object (call, 200, answer);
  return TRUE;
}

/* Old clients ask so, and stock servers insist on it. */
static gboolean
check_format (UcCall *call, UcRefusal refusal, GError **error)
{
  if (g_str_equal (uc_call_get_query (call, "format", ""), "old"))
    return TRUE;
  uc_refuse (error, refusal);
  return FALSE;
}

gboolean
uc_system_get_config (UcCall *call, UcTxn *txn, GError **error)
{
  gint64 count = 0;

  if (!check_format (call, UC_REFUSAL_FORMAT_OLD, error) ||
      !uc_user_table_count (txn->db, TRUE, TRUE, &count, error))
    return FALSE;
  uc_call_answer_object (
      call, 200, uc_site_build_client_config (txn->site, call->session != NULL, count == 0));
  return TRUE;
}

gboolean
uc_system_get_license (UcCall *call, UcTxn *txn, GError **error)
{
  JsonObject *answer;

  if (!check_format (call, UC_REFUSAL_LICENSE_OLD, error))
    return FALSE;
  answer = json_object_new ();
  json_object_set_string_member (answer, "IsLicensed", "false");
  uc_call_answer_object (call, 200, answer);
  return TRUE;
}

gboolean
uc_system_list_zones (UcCall *call, UcTxn *txn, GError **error)
{
  static const char *const zones[] = {
    "Africa/Cairo",        "Africa/Johannesburg", "Africa/Lagos",      "Africa/Nairobi",
    "America/Bogota",      "America/Chicago",     "America/Denver",    "America/Los_Angeles",
    "America/Mexico_City", "America/New_York",    "America/Sao_Paulo", "Asia/Dubai",
    "Asia/Hong_Kong",      "Asia/Jerusalem",      "Asia/Kolkata",      "Asia/Seoul",
    "Asia/Shanghai",       "Asia/Singapore",      "Asia/Tokyo",        "Australia/Sydney",
    "Europe/Athens",       "Europe/Berlin",       "Europe/Istanbul",   "Europe/Lisbon",
    "Europe/London",       "Europe/Madrid",       "Europe/Moscow",     "Europe/Paris",
    "Europe/Rome",         "Europe/Stockholm",    "Europe/Vienna",     "Europe/Warsaw",
    "Europe/Zurich",       "Pacific/Auckland",    "Pacific/Honolulu",  "UTC"
  };
  JsonArray *array = json_array_new ();

  for (guint i = 0; i < G_N_ELEMENTS (zones); i++)
    json_array_add_string_element (array, zones[i]);
  uc_call_answer_array (call, 200, array);
  return TRUE;
}

gboolean
uc_system_get_terms (UcCall *call, UcTxn *txn, GError **error)
{
  uc_refuse (error, UC_REFUSAL_TERMS_UNKNOWN);
  return FALSE;
}

gboolean
uc_system_get_accepted_terms (UcCall *call, UcTxn *txn, GError **error)
{
  uc_refuse (error, UC_REFUSAL_USER_TERMS_UNKNOWN);
  return FALSE;
}

gboolean
uc_roles_list_names (UcCall *call, UcTxn *txn, GError **error)
{
  g_autoptr (GPtrArray) names = uc_call_need_strings (call, "rolenames", error);
  JsonArray *array;

  if (names == NULL)
    return FALSE;
  array = json_array_new ();
  for (guint i = 0; i < names->len; i++) {
    JsonObject *role = uc_role_to_json (g_ptr_array_index (names, i));

    if (role != NULL)
      json_array_add_object_element (array, role);
  }
  uc_call_answer_array (call, 200, array);
  return TRUE;
}

gboolean
uc_roles_get_by_name (UcCall *call, UcTxn *txn, GError **error)
{
  JsonObject *role = uc_role_to_json (uc_call_get_param (call, "role_name"));

  if (role == NULL) {
    uc_refuse (error, UC_REFUSAL_ROLE_NAME_UNKNOWN);
    return FALSE;
  }
  uc_call_answer_object (call, 200, role);
  return TRUE;
}
