/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The calls that move files and pictures. */

#include "config.h"

#include "uc-request-private.h"

#include "uc-limits.h"

#include <libsoup/soup.h>

/**
 * uc_request_upload_file:
 * @file_name: as others shall see it
 * @path: the local file that is streamed out
 *
 * Uploads one file to a channel; a post made afterwards carries its id.
 */
UcRequest *
uc_request_upload_file (const char *channel_id, const char *file_name, const char *path)
{
  UcRequest *self = _uc_request_new (SOUP_METHOD_POST, "/files?channel_id={id}", channel_id, NULL);

  _uc_request_add_query (self, "filename", file_name);
  self->upload_path = g_strdup (path);
  _uc_request_set_result (self, (UcParseFunc) uc_wire_parse_file_infos,
                          (GDestroyNotify) g_ptr_array_unref);
  return self;
}

/**
 * uc_request_create_upload:
 * @file_name: as others shall see it
 *
 * Announces a file that comes in pieces. Servers that do not have that answer
 * UC_ERROR_NOT_FOUND or UC_ERROR_DISABLED.
 */
UcRequest *
uc_request_create_upload (const char *channel_id, const char *file_name, gint64 size_bytes)
{
  UcRequest *self = _uc_request_new (SOUP_METHOD_POST, "/uploads", NULL);

  _uc_request_take_body (self, uc_wire_build_upload (channel_id, file_name, size_bytes));
  _uc_request_set_result (self, (UcParseFunc) uc_wire_parse_upload,
                          (GDestroyNotify) uc_upload_state_free);
  return self;
}

/**
 * uc_request_upload_state:
 *
 * Asks where the next piece of a file begins.
 */
UcRequest *
uc_request_upload_state (const char *upload_id)
{
  UcRequest *self = _uc_request_new (SOUP_METHOD_GET, "/uploads/{id}", upload_id, NULL);

  _uc_request_set_result (self, (UcParseFunc) uc_wire_parse_upload,
                          (GDestroyNotify) uc_upload_state_free);
  return self;
}

/**
 * uc_request_upload_piece:
 * @path: the local file that is streamed out
 * @offset_bytes: where in it the piece begins: as the server said last
 * @length_bytes: of the piece; a first one that is not the whole file is at least
 *   5 MiB, or the server refuses it
 *
 * Sends one piece of a file.
 */
UcRequest *
uc_request_upload_piece (const char *upload_id,
                         const char *path,
                         gint64      offset_bytes,
                         gint64      length_bytes)
{
  UcRequest *self = _uc_request_new (SOUP_METHOD_POST, "/uploads/{id}", upload_id, NULL);

  self->upload_path = g_strdup (path);
  self->upload_offset = offset_bytes;
  self->upload_length = length_bytes;
  _uc_request_set_result (self, (UcParseFunc) uc_wire_parse_piece, (GDestroyNotify) uc_file_unref);
  return self;
}

/**
 * uc_request_file:
 *
 * Asks what is known of a file.
 */
UcRequest *
uc_request_file (const char *file_id)
{
  UcRequest *self = _uc_request_new (SOUP_METHOD_GET, "/files/{id}/info", file_id, NULL);

  _uc_request_set_result (self, (UcParseFunc) uc_wire_parse_piece, (GDestroyNotify) uc_file_unref);
  return self;
}

/**
 * uc_request_download_file:
 * @variant: "", "thumbnail" or "preview"
 * @path: where the bytes go; nothing stands there until all of them have come
 */
UcRequest *
uc_request_download_file (const char *file_id, const char *variant, const char *path)
{
  UcRequest *self;

  g_return_val_if_fail (variant != NULL, NULL);

  if (*variant == '\0') {
    self = _uc_request_new (SOUP_METHOD_GET, "/files/{id}", file_id, NULL);
    self->limit_bytes = UC_LIMIT_HTTP_FILE_BYTES;
    self->may_resume = TRUE;
  } else {
    self = _uc_request_new (SOUP_METHOD_GET, "/files/{id}/{}", file_id, variant, NULL);
    self->limit_bytes = UC_LIMIT_IMAGE_BYTES;
  }
  self->download_path = g_strdup (path);
  return self;
}

/**
 * uc_request_user_image:
 * @last_picture_update_ms: so that no cache on the way answers with the picture before
 */
UcRequest *
uc_request_user_image (const char *user_id, gint64 last_picture_update_ms, const char *path)
{
  UcRequest *self = _uc_request_new (SOUP_METHOD_GET, "/users/{id}/image", user_id, NULL);

  _uc_request_add_query_int (self, "_", last_picture_update_ms);
  self->limit_bytes = UC_LIMIT_IMAGE_BYTES;
  self->download_path = g_strdup (path);
  return self;
}
