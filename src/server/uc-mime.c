/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Types of files by their names. What the sender or the bytes say is not asked. */

#include "config.h"

#include "uc-mime.h"

static const char *const types[][2] = {
  { "7z", "application/x-7z-compressed" },
  { "aac", "audio/aac" },
  { "avi", "video/x-msvideo" },
  { "bmp", "image/bmp" },
  { "bz2", "application/x-bzip2" },
  { "c", "text/plain; charset=utf-8" },
  { "css", "text/css; charset=utf-8" },
  { "csv", "text/csv; charset=utf-8" },
  { "doc", "application/msword" },
  { "docx", "application/vnd.openxmlformats-officedocument.wordprocessingml.document" },
  { "epub", "application/epub+zip" },
  { "flac", "audio/flac" },
  { "gif", "image/gif" },
  { "gz", "application/gzip" },
  { "htm", "text/html; charset=utf-8" },
  { "html", "text/html; charset=utf-8" },
  { "ics", "text/calendar; charset=utf-8" },
  { "jpeg", "image/jpeg" },
  { "jpg", "image/jpeg" },
  { "js", "text/javascript; charset=utf-8" },
  { "json", "application/json" },
  { "log", "text/plain; charset=utf-8" },
  { "m4a", "audio/mp4" },
  { "md", "text/markdown; charset=utf-8" },
  { "mjs", "text/javascript; charset=utf-8" },
  { "mkv", "video/x-matroska" },
  { "mov", "video/quicktime" },
  { "mp3", "audio/mpeg" },
  { "mp4", "video/mp4" },
  { "odp", "application/vnd.oasis.opendocument.presentation" },
  { "ods", "application/vnd.oasis.opendocument.spreadsheet" },
  { "odt", "application/vnd.oasis.opendocument.text" },
  { "oga", "audio/ogg" },
  { "ogg", "audio/ogg" },
  { "ogv", "video/ogg" },
  { "pdf", "application/pdf" },
  { "png", "image/png" },
  { "ppt", "application/vnd.ms-powerpoint" },
  { "pptx", "application/vnd.openxmlformats-officedocument.presentationml.presentation" },
  { "rtf", "application/rtf" },
  { "svg", "image/svg+xml" },
  { "tar", "application/x-tar" },
  { "tif", "image/tiff" },
  { "tiff", "image/tiff" },
  { "txt", "text/plain; charset=utf-8" },
  { "wav", "audio/wav" },
  { "webm", "video/webm" },
  { "webp", "image/webp" },
  { "xls", "application/vnd.ms-excel" },
  { "xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet" },
  { "xml", "text/xml; charset=utf-8" },
  { "xz", "application/x-xz" },
  { "zip", "application/zip" },
};

/**
 * uc_mime_from_extension:
 * @extension: lower case, without the dot
 *
 * Returns: (transfer none): a constant
 */
const char *
uc_mime_from_extension (const char *extension)
{
  for (guint i = 0; i < G_N_ELEMENTS (types); i++) {
    if (g_str_equal (types[i][0], extension))
      return types[i][1];
  }
  return "";
}

/**
 * uc_mime_get_served:
 * @mime_type: one of uc_mime_from_extension()
 *
 * Returns: (transfer none): a constant
 */
const char *
uc_mime_get_served (const char *mime_type)
{
  static const char *const active[] = { "text/html", "text/javascript", "text/css", "text/xml",
                                        "application/xhtml" };

  for (guint i = 0; i < G_N_ELEMENTS (active); i++) {
    if (g_str_has_prefix (mime_type, active[i]))
      return "text/plain; charset=utf-8";
  }
  for (guint i = 0; i < G_N_ELEMENTS (types); i++) {
    if (g_str_equal (types[i][1], mime_type))
      return types[i][1];
  }
  return "application/octet-stream";
}

/**
 * uc_mime_is_inline:
 */
gboolean
uc_mime_is_inline (const char *mime_type)
{
  return g_str_equal (mime_type, "image/png") || g_str_equal (mime_type, "image/jpeg") ||
         g_str_equal (mime_type, "image/gif") || g_str_has_prefix (mime_type, "video/");
}
