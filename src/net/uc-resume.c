/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A download that goes on where an earlier one broke off. A file never changes under its
 * id, so its size is all there is to compare. */

#include "config.h"

#include "uc-resume-private.h"

#include <glib/gstdio.h>
#include <string.h>

char *
_uc_resume_dup_part (const char *path)
{
  return g_strconcat (path, ".part", NULL);
}

gint64
_uc_resume_get_offset (const char *path)
{
  g_autofree char *part = _uc_resume_dup_part (path);
  GStatBuf         info;

  return g_lstat (part, &info) == 0 && S_ISREG (info.st_mode) ? info.st_size : 0;
}

static void
drop_part (const char *path)
{
  g_autofree char *part = _uc_resume_dup_part (path);

  g_unlink (part);
}

/* FALSE when @text is no number that ends at @end. */
static gboolean
take_number (const char **text, char end, gint64 *number)
{
  char *stop;

  if (!g_ascii_isdigit (**text))
    return FALSE;
  *number = g_ascii_strtoll (*text, &stop, 10);
  if (*stop != end)
    return FALSE;
  *text = end != '\0' ? stop + 1 : stop;
  return TRUE;
}

/* "bytes 100-299/300", or a star for an unknown total. */
static gboolean
is_rest (const char *content_range, gint64 offset_bytes, gint64 *total_bytes)
{
  const char *rest = content_range;
  gint64      first;
  gint64      last;

  if (rest == NULL || !g_str_has_prefix (rest, "bytes "))
    return FALSE;
  rest += strlen ("bytes ");
  if (!take_number (&rest, '-', &first) || !take_number (&rest, '/', &last) ||
      first != offset_bytes || last < first)
    return FALSE;
  if (strcmp (rest, "*") == 0)
    return TRUE;
  /* A piece out of the middle is not what was asked for. */
  return take_number (&rest, '\0', total_bytes) && last + 1 == *total_bytes;
}

gboolean
_uc_resume_check (const char *path,
                  guint       status,
                  const char *content_range,
                  gint64     *resume_bytes,
                  gint64     *total_bytes)
{
  gboolean is_part = status == SOUP_STATUS_PARTIAL_CONTENT;

  if (is_part && *resume_bytes > 0 && is_rest (content_range, *resume_bytes, total_bytes))
    return TRUE;
  if (is_part || (status == SOUP_STATUS_REQUESTED_RANGE_NOT_SATISFIABLE && *resume_bytes > 0)) {
    drop_part (path);
    *resume_bytes = 0;
    return FALSE;
  }
  /* A server that does not do this sends all of it. */
  if (SOUP_STATUS_IS_SUCCESSFUL (status))
    *resume_bytes = 0;
  return TRUE;
}
