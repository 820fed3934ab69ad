/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Where a redirect may lead: within the origin, and never so that what writes becomes
 * what reads. The token must not follow to another host, port or scheme. Pure. */

#include "config.h"

#include "uc-redirect-private.h"

#include "uc-error.h"

#include <glib/gi18n-lib.h>
#include <libsoup/soup.h>

#include <string.h>

#define STATUS_PERMANENT_REDIRECT 308

gboolean
_uc_redirect_is_one (guint status)
{
  return status == SOUP_STATUS_MOVED_PERMANENTLY || status == SOUP_STATUS_FOUND ||
         status == SOUP_STATUS_SEE_OTHER || status == SOUP_STATUS_TEMPORARY_REDIRECT ||
         status == STATUS_PERMANENT_REDIRECT;
}

static gboolean
is_same_origin (GUri *a, GUri *b)
{
  return g_strcmp0 (g_uri_get_scheme (a), g_uri_get_scheme (b)) == 0 &&
         g_uri_get_host (a) != NULL && g_uri_get_host (b) != NULL &&
         g_ascii_strcasecmp (g_uri_get_host (a), g_uri_get_host (b)) == 0 &&
         g_uri_get_port (a) == g_uri_get_port (b) && g_uri_get_userinfo (b) == NULL;
}

GError *
_uc_redirect_new_error (guint status)
{
  return g_error_new (UC_ERROR, UC_ERROR_PROTOCOL,
                      _ ("The server sends us around in a way that cannot be followed (HTTP %u)."),
                      status);
}

/* @location: (nullable): the header as sent. UC_ERROR_PROTOCOL when it leads to another
 * origin or would change the method. */
GUri *
_uc_redirect_dup_target (GUri       *from,
                         const char *method,
                         guint       status,
                         const char *location,
                         GError    **error)
{
  gboolean is_get = strcmp (method, SOUP_METHOD_GET) == 0;
  g_autoptr (GUri) next =
      location != NULL ? g_uri_parse_relative (from, location, SOUP_HTTP_URI_FLAGS, NULL) : NULL;

  if (next == NULL || !is_same_origin (from, next)) {
    g_set_error (error, UC_ERROR, UC_ERROR_PROTOCOL,
                 _ ("The server sends us elsewhere (HTTP %u): a login page may be in the way."),
                 status);
    return NULL;
  }
  if (!is_get && status != SOUP_STATUS_TEMPORARY_REDIRECT && status != STATUS_PERMANENT_REDIRECT) {
    g_propagate_error (error, _uc_redirect_new_error (status));
    return NULL;
  }
  return g_steal_pointer (&next);
}
