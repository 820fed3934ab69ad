/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What Unified Chat adds to the API of Mattermost (extension-api.md). */

#include "config.h"

#include "uc-handlers.h"

#include "uc-flag-service.h"

gboolean
uc_extension_get_manifest (UcCall *call, UcTxn *txn, GError **error)
{
  JsonObject *manifest = json_object_new ();
  JsonArray  *capabilities = json_array_new ();

  json_array_add_string_element (capabilities, "flags");
  json_object_set_int_member (manifest, "version", 1);
  json_object_set_array_member (manifest, "capabilities", capabilities);
  uc_call_answer_object (call, 200, manifest);
  return TRUE;
}

gboolean
uc_extension_get_flags (UcCall *call, UcTxn *txn, GError **error)
{
  JsonObject *document = uc_flag_service_build (txn, error);

  if (document == NULL)
    return FALSE;
  uc_call_answer_object (call, 200, document);
  return TRUE;
}

gboolean
uc_extension_merge_flag (UcCall *call, UcTxn *txn, GError **error)
{
  JsonObject *body = uc_call_need_object (call, "flag", error);

  return body != NULL &&
         uc_flag_service_merge (txn, uc_call_get_param (call, "name"), body, error) &&
         uc_extension_get_flags (call, txn, error);
}

gboolean
uc_extension_reset_flag (UcCall *call, UcTxn *txn, GError **error)
{
  return uc_flag_service_reset (txn, uc_call_get_param (call, "name"), error) &&
         uc_extension_get_flags (call, txn, error);
}
