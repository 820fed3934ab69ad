/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What holds for the whole server. The client configuration is a file of fixed texts
 * (client-config.json), completed here by what differs between servers. */

#include "config.h"

#include "uc-site.h"

#include "uc-error.h"
#include "uc-json.h"
#include "uc-limits.h"
#include "uc-server-resources.h"

#include <errno.h>
#include <glib/gstdio.h>

#define CONFIG_PATH "/com/example/UnifiedChat/server/client-config.json"

static gboolean
make_folder (const char *data_dir, const char *name, char **path, GError **error)
{
  *path = g_build_filename (data_dir, name, NULL);
  if (g_mkdir_with_parents (*path, 0700) == 0)
    return TRUE;
  g_set_error (error, UC_ERROR, UC_ERROR_STORAGE, "Making the folder %s: %s", *path,
               g_strerror (errno));
  return FALSE;
}

/**
 * uc_site_new:
 * @data_dir: where everything lies; made when absent
 * @site_url: (nullable): the address people use
 * @clock: (transfer none): the time of the server
 *
 * Errors: UC_ERROR_STORAGE
 *
 * Returns: (transfer full) (nullable): the site
 */
UcSite *
uc_site_new (const char *data_dir, const char *site_url, UcClock *clock, GError **error)
{
  g_autoptr (UcSite) self = g_new0 (UcSite, 1);

  self->data_dir = g_strdup (data_dir);
  self->site_url = g_strdup (site_url != NULL ? site_url : "");
  self->clock = g_object_ref (clock);
  self->version_id =
      g_strdup_printf ("%s..%s.false", UC_SITE_API_VERSION, "00000000000000000000000000000001");
  g_resources_register (uc_server_get_resource ());
  if (!make_folder (data_dir, "files", &self->files_dir, error) ||
      !make_folder (data_dir, "pictures", &self->pictures_dir, error) ||
      !make_folder (data_dir, "incoming", &self->incoming_dir, error))
    return NULL;
  return g_steal_pointer (&self);
}

/**
 * uc_site_free:
 * @self: (transfer full):
 */
void
uc_site_free (UcSite *self)
{
  g_free (self->data_dir);
  g_free (self->files_dir);
  g_free (self->pictures_dir);
  g_free (self->incoming_dir);
  g_free (self->site_url);
  g_free (self->version_id);
  g_clear_object (&self->clock);
  g_free (self);
}

static void
copy_members (JsonObject *to, JsonObject *from)
{
  JsonObjectIter iter;
  const char    *name;
  JsonNode      *node;

  json_object_iter_init (&iter, from);
  while (json_object_iter_next (&iter, &name, &node))
    json_object_set_member (to, name, json_node_copy (node));
}

/**
 * uc_site_build_client_config:
 * @is_signed_in: with what only users see
 * @has_no_accounts: the first account is still to be made
 *
 * Returns: (transfer full): the configuration
 */
JsonObject *
uc_site_build_client_config (const UcSite *self, gboolean is_signed_in, gboolean has_no_accounts)
{
  g_autoptr (GBytes) bytes = g_resources_lookup_data (CONFIG_PATH, 0, NULL);
  g_autoptr (JsonNode) node = uc_json_parse_bytes (bytes, NULL);
  JsonObject      *all = json_node_get_object (node);
  JsonObject      *config = json_object_new ();
  g_autofree char *max_file = g_strdup_printf ("%d", UC_SITE_MAX_FILE_BYTES);
  g_autofree char *max_post = g_strdup_printf ("%d", UC_LIMIT_POST_CHARS);

  copy_members (config, uc_json_get_object (all, "anonymous"));
  json_object_set_string_member (config, "Version", UC_SITE_API_VERSION);
  json_object_set_string_member (config, "BuildNumber", UC_VERSION);
  json_object_set_string_member (config, "NoAccounts", has_no_accounts ? "true" : "false");
  if (is_signed_in) {
    copy_members (config, uc_json_get_object (all, "signed_in"));
    json_object_set_string_member (config, "SiteURL", self->site_url);
    json_object_set_string_member (config, "MaxFileSize", max_file);
    json_object_set_string_member (config, "MaxPostSize", max_post);
  }
  return config;
}
