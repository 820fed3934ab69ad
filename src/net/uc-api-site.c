/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What a person types or pastes as the address of a server, made into a site URL.
 * Pure. GUri takes far more than this may let through, so host and path are checked
 * here letter by letter. */

#include "config.h"

#include "uc-api.h"

#include "uc-error.h"

#include <glib/gi18n-lib.h>
#include <libsoup/soup.h>

#include <string.h>

#define ADDRESS_MAX_BYTES 1000

static gboolean
is_loopback (const char *host)
{
  g_autoptr (GInetAddress) address = g_inet_address_new_from_string (host);

  if (address != NULL)
    return g_inet_address_get_is_loopback (address);
  return strcmp (host, "localhost") == 0 || g_str_has_suffix (host, ".localhost");
}

/* (nullable): the host in ASCII and lower case; NULL when it cannot be one. */
static char *
dup_clean_host (const char *host)
{
  g_autofree char *lower = NULL;
  g_autofree char *ascii = NULL;
  gsize            length;

  if (host == NULL || *host == '\0')
    return NULL;
  if (g_hostname_is_ip_address (host))
    return g_ascii_strdown (host, -1);

  lower = g_utf8_strdown (host, -1);
  ascii = g_hostname_to_ascii (lower);
  if (ascii == NULL)
    return NULL;
  length = strlen (ascii);
  if (length > 0 && ascii[length - 1] == '.')
    ascii[--length] = '\0';
  if (length == 0 || length > 253 || *ascii == '.' || strstr (ascii, "..") != NULL)
    return NULL;
  for (gsize i = 0; i < length; i++) {
    if (!g_ascii_isalnum (ascii[i]) && ascii[i] != '-' && ascii[i] != '.' && ascii[i] != '_')
      return NULL;
  }
  return g_steal_pointer (&ascii);
}

static gboolean
is_word (const char *segment, const char *const *words)
{
  return g_strv_contains (words, segment);
}

/* The sub-path of the site: pages of the web client below it are cut off, so that an
 * address copied from a browser works. NULL when a part cannot stand in a path. */
static char *
dup_clean_path (const char *path)
{
  static const char *const pages[] = { "api",         "login",   "signup_user_complete",
                                       "select_team", "landing", "admin_console",
                                       NULL };
  /* Below the name of a team. */
  static const char *const team_pages[] = { "channels", "messages", "pl", "threads", NULL };
  g_auto (GStrv) segments = g_strsplit (path, "/", -1);
  g_autoptr (GPtrArray) kept = g_ptr_array_new ();
  GString *clean = g_string_new (NULL);

  for (guint i = 0; segments[i] != NULL; i++) {
    const char *segment = segments[i];

    if (*segment == '\0')
      continue;
    if (strcmp (segment, ".") == 0 || strcmp (segment, "..") == 0 ||
        strspn (segment, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-._~") !=
            strlen (segment)) {
      g_string_free (clean, TRUE);
      return NULL;
    }
    if (is_word (segment, pages))
      break;
    if (is_word (segment, team_pages)) {
      if (kept->len > 0)
        g_ptr_array_set_size (kept, (int) kept->len - 1);
      break;
    }
    g_ptr_array_add (kept, segments[i]);
  }
  for (guint i = 0; i < kept->len; i++)
    g_string_append_printf (clean, "/%s", (const char *) g_ptr_array_index (kept, i));

  return g_string_free (clean, FALSE);
}

static char *
dup_site (GUri *uri, const char *typed_scheme, GError **error)
{
  g_autofree char *host = dup_clean_host (g_uri_get_host (uri));
  g_autofree char *path = dup_clean_path (g_uri_get_path (uri));
  const char      *scheme = typed_scheme;
  int              port = g_uri_get_port (uri);
  gboolean         is_ipv6;
  g_autofree char *port_text = NULL;

  if (host == NULL || path == NULL || g_uri_get_userinfo (uri) != NULL) {
    g_set_error_literal (error, UC_ERROR, UC_ERROR_INVALID,
                         _ ("That is not the address of a server."));
    return NULL;
  }
  /* Only a server on this machine may be spoken to in the clear, and such a one
   * mostly has no certificate. */
  if (scheme == NULL)
    scheme = is_loopback (host) ? "http" : "https";
  if (strcmp (scheme, "http") == 0 && !is_loopback (host)) {
    g_set_error_literal (
        error, UC_ERROR, UC_ERROR_INVALID,
        _ ("An address with http would send the password in the clear; use https."));
    return NULL;
  }

  is_ipv6 = strchr (host, ':') != NULL;
  if (port > 0 && port != (strcmp (scheme, "https") == 0 ? 443 : 80))
    port_text = g_strdup_printf (":%d", port);
  return g_strconcat (scheme, "://", is_ipv6 ? "[" : "", host, is_ipv6 ? "]" : "",
                      port_text != NULL ? port_text : "", path, NULL);
}

/**
 * uc_api_check_site:
 * @typed: what a person typed or pasted
 * @error: UC_ERROR_INVALID with a sentence that says what is wrong
 *
 * Makes a site URL: a scheme where there is none (https, or http for a server on this
 * machine), the host in lower case and ASCII, no slash at the end, no page of the web
 * client. Plain http is refused for any other machine.
 *
 * Returns: (transfer full): the site URL
 */
char *
uc_api_check_site (const char *typed, GError **error)
{
  g_autofree char *text = NULL;
  g_autofree char *address = NULL;
  g_autofree char *scheme = NULL;
  g_autoptr (GUri) uri = NULL;

  g_return_val_if_fail (typed != NULL, NULL);

  text = g_utf8_make_valid (typed, -1);
  g_strstrip (text);
  for (const char *p = text; *p != '\0'; p++) {
    if (g_ascii_isspace (*p) || g_ascii_iscntrl (*p) || *p == '\\' || *p == '<' || *p == '"') {
      *text = '\0';
      break;
    }
  }

  if (*text != '\0' && strlen (text) <= ADDRESS_MAX_BYTES) {
    const char *separator = strstr (text, "://");

    if (separator != NULL) {
      g_autofree char *typed_scheme = g_strndup (text, (gsize) (separator - text));

      scheme = g_ascii_strdown (typed_scheme, -1);
      if (strcmp (scheme, "http") != 0 && strcmp (scheme, "https") != 0) {
        g_set_error_literal (error, UC_ERROR, UC_ERROR_INVALID,
                             _ ("The address of a server begins with https://."));
        return NULL;
      }
      address = g_strdup (text);
    } else {
      address = g_strconcat ("https://", text, NULL);
    }
    uri = g_uri_parse (address, SOUP_HTTP_URI_FLAGS & ~G_URI_FLAGS_SCHEME_NORMALIZE, NULL);
  }
  if (uri == NULL) {
    g_set_error_literal (error, UC_ERROR, UC_ERROR_INVALID,
                         _ ("That is not the address of a server."));
    return NULL;
  }
  return dup_site (uri, scheme, error);
}
