/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Where a link leads: to a message here, or out of the program. */

#include "config.h"

#include "uc-conversation-follow.h"

#include "uc-id.h"
#include "uc-sanitize.h"

#include <string.h>

static void
launched_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GError) error = NULL;

  if (!gtk_uri_launcher_launch_finish (GTK_URI_LAUNCHER (source), result, &error) &&
      !g_error_matches (error, GTK_DIALOG_ERROR, GTK_DIALOG_ERROR_DISMISSED))
    g_warning ("Opening a link: %s", error->message);
}

/**
 * uc_conversation_follow_dup_post_id:
 * @uri: a link
 * @site: (nullable): the address of the server
 *
 * Returns: (transfer full) (nullable): the id in `<site>/<team>/pl/<id>`, %NULL for any
 *   other link
 */
char *
uc_conversation_follow_dup_post_id (const char *uri, const char *site)
{
  gsize       length;
  const char *path, *mark;

  if (site == NULL)
    return NULL;
  length = strlen (site);
  while (length > 0 && site[length - 1] == '/')
    length--;
  if (length == 0 || g_ascii_strncasecmp (uri, site, length) != 0 || uri[length] != '/')
    return NULL;

  path = uri + length + 1;
  mark = strchr (path, '/');
  if (mark == NULL || mark == path || !g_str_has_prefix (mark, "/pl/") ||
      !uc_id_is_valid (mark + strlen ("/pl/")))
    return NULL;

  return g_strdup (mark + strlen ("/pl/"));
}

/**
 * uc_conversation_follow_open:
 * @uri: a link
 * @parent: where dialogs belong
 *
 * Opens a link outside, unless it is one that should not be.
 */
void
uc_conversation_follow_open (const char *uri, GtkWidget *parent)
{
  g_autofree char *safe = uc_sanitize_dup_link (uri);
  g_autoptr (GtkUriLauncher) launcher = NULL;
  GtkRoot *root = gtk_widget_get_root (parent);

  if (safe == NULL)
    return;

  launcher = gtk_uri_launcher_new (safe);
  gtk_uri_launcher_launch (launcher, GTK_IS_WINDOW (root) ? GTK_WINDOW (root) : NULL, NULL,
                           launched_cb, NULL);
}
