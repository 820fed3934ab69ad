/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The sessions of a user (protocol.md 3.3). */

#include "config.h"

#include "uc-wire-private.h"

#include "uc-json.h"

#include <string.h>

/* "Unknown/0.0" is what a server says of a program that it has never heard of. */
static gboolean
is_known (const char *word)
{
  return *word != '\0' && !g_str_has_prefix (word, "Unknown");
}

/* "Firefox 120, Linux", of what there is. */
static char *
dup_device (JsonObject *props)
{
  const char      *browser = uc_json_get_string (props, "browser", "");
  const char      *os = uc_json_get_string (props, "os", "");
  const char      *platform = uc_json_get_string (props, "platform", "");
  const char      *system = is_known (os) ? os : is_known (platform) ? platform : "";
  g_autofree char *program = g_strdup (is_known (browser) ? browser : "");

  g_strdelimit (program, "/", ' ');
  if (*program != '\0' && *system != '\0')
    return g_strdup_printf ("%s, %s", program, system);
  return g_strdup (*program != '\0' ? program : system);
}

static gpointer
read_login (JsonNode *node, const char *path, GError **error)
{
  g_autoptr (UcLogin) self = uc_login_new ();
  JsonObject *object = uc_json_as_object (node, path, error);
  JsonObject *props;

  if (object == NULL || !_uc_wire_need_id (object, path, "id", &self->id, error))
    return NULL;
  self->create_at_ms = _uc_wire_get_time (object, "create_at");
  self->expires_at_ms = _uc_wire_get_time (object, "expires_at");
  self->last_activity_at_ms = _uc_wire_get_time (object, "last_activity_at");
  props = uc_json_get_object (object, "props");
  if (props != NULL) {
    g_free (self->device);
    self->device = dup_device (props);
    self->is_mobile = _uc_wire_get_truth (props, "isMobile", FALSE);
  }
  return g_steal_pointer (&self);
}

/**
 * uc_wire_parse_logins:
 * @body: a list of sessions
 *
 * Returns: (transfer full) (element-type UcLogin): all of them
 */
GPtrArray *
uc_wire_parse_logins (GBytes *body, GError **error)
{
  return _uc_wire_read_list (body, "sessions", "sessions", read_login,
                             (GDestroyNotify) uc_login_unref, error);
}
