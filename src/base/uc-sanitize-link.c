/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Which addresses may become links. GUri and the desktop take nearly anything, so
 * the rules stand here, in the order of the parts of an address: web and mail only,
 * nobody's name and password in it, a host that reads as what it is, no odd
 * characters behind it. */

#include "config.h"

#include "uc-sanitize.h"

#include <gio/gio.h>
#include <string.h>

#define MAX_LINK_CHARS 4096
#define MAX_HOST_CHARS 255
/* gen-delims, sub-delims and unreserved marks of RFC 3986. */
#define PATH_MARKS "%:/?#[]@!$&'()*+,;=-._~"

/* Characters that no address needs and that can make it read as another. */
static gboolean
is_deceptive (gunichar c)
{
  return c <= ' ' || c == 0x7F || c == '\\' || c == '"' || c == '<' || c == '>' || c == '`' ||
         (c >= 0x2500 && c <= 0x257F) || !g_unichar_isgraph (c) ||
         g_unichar_type (c) == G_UNICODE_FORMAT || g_unichar_type (c) == G_UNICODE_CONTROL;
}

static gboolean
has_only_path_chars (const char *text)
{
  for (const char *p = text; *p != '\0'; p = g_utf8_next_char (p)) {
    gunichar c = g_utf8_get_char (p);

    if (c < 0x80 ? !(g_ascii_isalnum ((char) c) || strchr (PATH_MARKS, (int) c) != NULL)
                 : !g_unichar_isalnum (c))
      return FALSE;
  }
  return TRUE;
}

/* At least two labels, none empty, and never some letters from ASCII and some not:
 * that is how one name is made to look like another. */
static gboolean
is_honest_host (const char *host)
{
  g_auto (GStrv) labels = g_strsplit (host, ".", -1);
  gboolean has_ascii = FALSE;
  gboolean has_other = FALSE;

  if (g_strv_length (labels) < 2 || g_utf8_strlen (host, -1) > MAX_HOST_CHARS)
    return FALSE;
  for (guint i = 0; labels[i] != NULL; i++) {
    if (*labels[i] == '\0')
      return FALSE;
  }
  for (const char *p = host; *p != '\0'; p = g_utf8_next_char (p)) {
    gunichar c = g_utf8_get_char (p);

    if (c == '.')
      continue;
    if (c < 0x80 ? !(g_ascii_isalnum ((char) c) || c == '-' || c == '_') : !g_unichar_isalnum (c))
      return FALSE;
    has_ascii = has_ascii || c < 0x80;
    has_other = has_other || c >= 0x80;
  }
  return !(has_ascii && has_other);
}

/* The host as it is looked up, so that look-alikes show. */
static char *
dup_shown_host (const char *host)
{
  g_autofree char *lower = g_utf8_strdown (host, -1);

  return g_str_is_ascii (lower) ? g_steal_pointer (&lower) : g_hostname_to_ascii (lower);
}

static gboolean
check_host (const char *host, char **shown_host)
{
  g_autofree char *shown = is_honest_host (host) ? dup_shown_host (host) : NULL;

  if (shown == NULL)
    return FALSE;
  if (shown_host != NULL)
    *shown_host = g_steal_pointer (&shown);
  return TRUE;
}

/* What follows "http://" or "https://". */
static gboolean
check_web (const char *rest, char **shown_host)
{
  gsize            length = strcspn (rest, "/?#");
  g_autofree char *authority = g_strndup (rest, length);
  char            *port = strchr (authority, ':');

  if (strpbrk (authority, "@%[]") != NULL)
    return FALSE;
  if (port != NULL) {
    guint64 number;

    *port++ = '\0';
    if (!g_ascii_string_to_unsigned (port, 10, 1, 65535, &number, NULL))
      return FALSE;
  }
  return has_only_path_chars (rest + length) && check_host (authority, shown_host);
}

/* What follows "mailto:". Parameters other than subject and body could name a file to
 * attach or people to copy in. */
static gboolean
check_mail (const char *rest, char **shown_host)
{
  gsize            length = strcspn (rest, "?");
  g_autofree char *address = g_strndup (rest, length);
  char            *at = strchr (address, '@');
  const char      *query = rest[length] == '?' ? rest + length + 1 : NULL;
  g_auto (GStrv) parts = g_strsplit (query != NULL ? query : "", "&", -1);

  if (at == NULL || at == address || strpbrk (address, ",;%/#") != NULL ||
      strchr (at + 1, '@') != NULL || !has_only_path_chars (rest))
    return FALSE;
  for (guint i = 0; parts[i] != NULL; i++) {
    if (g_ascii_strncasecmp (parts[i], "subject=", 8) != 0 &&
        g_ascii_strncasecmp (parts[i], "body=", 5) != 0)
      return FALSE;
  }
  return check_host (at + 1, shown_host);
}

/**
 * uc_sanitize_link:
 * @uri: (nullable): an address from a message
 * @shown_host: (out) (optional) (transfer full): the host to show before it is
 *   opened, in its ASCII form; set only with %TRUE
 *
 * Any thread.
 *
 * Returns: %TRUE when @uri is a web or mail address that reads as what it is and may
 *   be opened on a click as it stands
 */
gboolean
uc_sanitize_link (const char *uri, char **shown_host)
{
  if (uri == NULL || !g_utf8_validate (uri, -1, NULL) || g_utf8_strlen (uri, -1) > MAX_LINK_CHARS)
    return FALSE;
  for (const char *p = uri; *p != '\0'; p = g_utf8_next_char (p)) {
    if (is_deceptive (g_utf8_get_char (p)))
      return FALSE;
  }

  if (g_ascii_strncasecmp (uri, "https://", 8) == 0)
    return check_web (uri + 8, shown_host);
  if (g_ascii_strncasecmp (uri, "http://", 7) == 0)
    return check_web (uri + 7, shown_host);
  if (g_ascii_strncasecmp (uri, "mailto:", 7) == 0)
    return check_mail (uri + 7, shown_host);
  return FALSE;
}

/**
 * uc_sanitize_dup_link:
 * @uri: (nullable): an address from a message
 *
 * As uc_sanitize_link(), but a mail address loses the parameters it may not have.
 *
 * Returns: (transfer full) (nullable): what to open
 */
char *
uc_sanitize_dup_link (const char *uri)
{
  g_autoptr (GString) kept = g_string_new (NULL);
  g_auto (GStrv) parts = NULL;
  const char *query;

  if (uri == NULL || g_ascii_strncasecmp (uri, "mailto:", 7) != 0)
    return uc_sanitize_link (uri, NULL) ? g_strdup (uri) : NULL;

  query = strchr (uri, '?');
  parts = g_strsplit (query != NULL ? query + 1 : "", "&", -1);
  g_string_append_len (kept, uri, query != NULL ? query - uri : (gssize) strlen (uri));
  for (guint i = 0; parts[i] != NULL; i++) {
    if (g_ascii_strncasecmp (parts[i], "subject=", 8) == 0 ||
        g_ascii_strncasecmp (parts[i], "body=", 5) == 0) {
      g_string_append_c (kept, strchr (kept->str, '?') != NULL ? '&' : '?');
      g_string_append (kept, parts[i]);
    }
  }
  return uc_sanitize_link (kept->str, NULL) ? g_strdup (kept->str) : NULL;
}
