/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What a server says about itself: its configuration, whether it lives, and how it
 * refuses. */

#include "config.h"

#include "uc-wire-private.h"

#include "uc-error.h"
#include "uc-json.h"
#include "uc-limits.h"

#include <string.h>

#define DEFAULT_FILE_BYTES (100 * 1024 * 1024)
#define DEFAULT_TYPING_MS  5000

/* All values are texts. Out of the range is as if it were not there. */
static gint64
get_number (JsonObject *object, const char *member, gint64 min, gint64 max, gint64 fallback)
{
  const char *text = uc_json_get_string (object, member, NULL);
  gint64      number;

  if (text != NULL && g_ascii_string_to_signed (text, 10, min, max, &number, NULL))
    return number;
  number = uc_json_get_int (object, member, fallback);
  return number >= min && number <= max ? number : fallback;
}

/**
 * uc_wire_parse_config:
 * @body: the client configuration
 *
 * Any thread.
 *
 * Errors: %UC_ERROR_PROTOCOL, also when there is no version: then it is no chat server
 *
 * Returns: (transfer full): what we read of it
 */
UcServerConfig *
uc_wire_parse_config (GBytes *body, GError **error)
{
  g_autoptr (JsonNode) root = _uc_wire_read_body (body, error);
  JsonObject *object = root != NULL ? uc_json_as_object (root, "config", error) : NULL;
  g_autoptr (UcServerConfig) config = g_new0 (UcServerConfig, 1);

  if (object == NULL || !_uc_wire_need_text (object, "config", "Version", &config->version, error))
    return NULL;

  config->site_name = g_strdup (uc_json_get_string (object, "SiteName", ""));
  config->site_url = g_strdup (uc_json_get_string (object, "SiteURL", ""));
  config->teammate_name_display =
      g_strdup (uc_json_get_string (object, "TeammateNameDisplay", "username"));
  config->has_no_accounts = _uc_wire_get_truth (object, "NoAccounts", FALSE);
  config->has_mfa = _uc_wire_get_truth (object, "EnableMultifactorAuthentication", FALSE);
  config->has_typing = _uc_wire_get_truth (object, "EnableUserTypingMessages", TRUE);
  config->is_open_server = _uc_wire_get_truth (object, "EnableOpenServer", FALSE);
  /* Always on in newer servers; asking one that cannot resume does no harm. */
  config->has_reliable_sockets = _uc_wire_get_truth (object, "EnableReliableWebSockets", TRUE);
  config->has_files = _uc_wire_get_truth (object, "EnableFileAttachments", TRUE);
  config->max_post_chars =
      (int) get_number (object, "MaxPostSize", 1, G_MAXINT, UC_LIMIT_POST_CHARS);
  config->max_file_bytes = get_number (object, "MaxFileSize", 0, G_MAXINT64, DEFAULT_FILE_BYTES);
  config->post_edit_limit_s = (int) get_number (object, "PostEditTimeLimit", -1, G_MAXINT, -1);
  config->typing_interval_ms = (int) get_number (object, "TimeBetweenUserTypingUpdatesMilliseconds",
                                                 1000, 3600 * 1000, DEFAULT_TYPING_MS);
  return g_steal_pointer (&config);
}

/**
 * uc_server_config_free:
 * @self: (transfer full) (nullable): a configuration
 */
void
uc_server_config_free (UcServerConfig *self)
{
  if (self == NULL)
    return;
  g_free (self->version);
  g_free (self->site_name);
  g_free (self->site_url);
  g_free (self->teammate_name_display);
  g_free (self);
}

/**
 * uc_wire_parse_ping:
 * @body: the answer to /system/ping
 *
 * Any thread.
 *
 * Errors: %UC_ERROR_PROTOCOL when it is no such answer, %UC_ERROR_SERVER when the
 *   server says that it is not well
 *
 * Returns: %TRUE when the server lives
 */
gboolean
uc_wire_parse_ping (GBytes *body, GError **error)
{
  g_autoptr (JsonNode) root = _uc_wire_read_body (body, error);
  JsonObject *object = root != NULL ? uc_json_as_object (root, "ping", error) : NULL;
  const char *status;

  if (object == NULL)
    return FALSE;
  status = uc_json_need_string (object, "status", error);
  if (status == NULL) {
    g_prefix_error (error, "ping.");
    return FALSE;
  }
  if (strcmp (status, "OK") != 0) {
    g_set_error (error, UC_ERROR, UC_ERROR_SERVER, "The server says that it is not well");
    return FALSE;
  }
  return TRUE;
}

/**
 * uc_wire_parse_manifest:
 * @body: the answer to the extension's manifest
 *
 * Any thread.
 *
 * Errors: %UC_ERROR_PROTOCOL when it is no manifest, as a page of a server that sends
 *   one for every address
 *
 * Returns: (transfer full): names of capabilities, also of those unknown here
 */
char **
uc_wire_parse_manifest (GBytes *body, GError **error)
{
  g_autoptr (JsonNode) root = _uc_wire_read_body (body, error);
  JsonObject *object = root != NULL ? uc_json_as_object (root, "manifest", error) : NULL;
  gint64      version;

  if (object == NULL)
    return NULL;
  if (!uc_json_need_int (object, "version", &version, error)) {
    g_prefix_error (error, "manifest.");
    return NULL;
  }
  return uc_json_dup_strings (object, "capabilities");
}

/**
 * uc_wire_parse_error:
 * @body: the body of a refusal
 *
 * Any thread.
 *
 * Returns: (transfer full) (nullable): what the server says, %NULL when it was
 *   somebody else who answered
 */
UcWireError *
uc_wire_parse_error (GBytes *body)
{
  g_autoptr (JsonNode) root = _uc_wire_read_body (body, NULL);
  g_autoptr (UcWireError) refusal = NULL;
  JsonObject *object;
  const char *id;
  const char *message;

  if (root == NULL || !JSON_NODE_HOLDS_OBJECT (root))
    return NULL;
  object = json_node_get_object (root);
  id = uc_json_get_string (object, "id", "");
  message = uc_json_get_string (object, "message", NULL);
  if (*id == '\0' || message == NULL)
    return NULL;

  refusal = g_new0 (UcWireError, 1);
  refusal->id = g_strdup (id);
  refusal->message = g_strdup (message);
  refusal->request_id = g_strdup (uc_json_get_string (object, "request_id", ""));
  refusal->status = (int) CLAMP (uc_json_get_int (object, "status_code", 0), 0, 999);
  return g_steal_pointer (&refusal);
}

/**
 * uc_wire_error_free:
 * @self: (transfer full) (nullable): a refusal
 */
void
uc_wire_error_free (UcWireError *self)
{
  if (self == NULL)
    return;
  g_free (self->id);
  g_free (self->message);
  g_free (self->request_id);
  g_free (self);
}
