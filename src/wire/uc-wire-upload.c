/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Files that are sent in pieces: what the server says of how far one has come. */

#include "config.h"

#include "uc-wire-private.h"

#include "uc-error.h"
#include "uc-json.h"

/**
 * uc_upload_state_free:
 * @self: (nullable): what was parsed
 */
void
uc_upload_state_free (UcUploadState *self)
{
  if (self == NULL)
    return;

  g_free (self->id);
  g_free (self);
}

static gpointer
read_state (JsonNode *node, const char *path, GError **error)
{
  g_autoptr (UcUploadState) state = g_new0 (UcUploadState, 1);
  JsonObject *object = uc_json_as_object (node, path, error);

  if (object == NULL || !_uc_wire_need_id (object, path, "id", &state->id, error))
    return NULL;
  state->size_bytes = uc_json_get_int (object, "file_size", 0);
  state->offset_bytes = uc_json_get_int (object, "file_offset", -1);
  if (state->size_bytes <= 0 || state->offset_bytes < 0 ||
      state->offset_bytes > state->size_bytes) {
    g_set_error (error, UC_ERROR, UC_ERROR_PROTOCOL, "%s.file_offset: not within the file", path);
    return NULL;
  }
  return g_steal_pointer (&state);
}

/**
 * uc_wire_parse_upload:
 * @body: the server's word on a file that comes in pieces
 *
 * Errors: UC_ERROR_PROTOCOL, also when the place it names lies outside the file.
 *
 * Returns: (transfer full): how far it has come
 */
UcUploadState *
uc_wire_parse_upload (GBytes *body, GError **error)
{
  return _uc_wire_read_one (body, "upload", read_state, error);
}

/**
 * uc_wire_parse_piece:
 * @body: the answer to a piece: empty while others are to follow
 *
 * Returns: (transfer full) (nullable): the file, once it is whole; %NULL without an
 *   error before
 */
UcFile *
uc_wire_parse_piece (GBytes *body, GError **error)
{
  if (g_bytes_get_size (body) == 0)
    return NULL;
  return _uc_wire_read_one (body, "file", (UcWireReader) uc_wire_file_from_json, error);
}

/**
 * uc_wire_build_upload:
 * @channel_id: where the file is to go
 * @file_name: as others shall see it
 * @size_bytes: of the whole file
 *
 * Returns: (transfer full): the body that announces it
 */
char *
uc_wire_build_upload (const char *channel_id, const char *file_name, gint64 size_bytes)
{
  g_autoptr (JsonObject) object = json_object_new ();

  json_object_set_string_member (object, "channel_id", channel_id);
  json_object_set_string_member (object, "filename", file_name);
  json_object_set_int_member (object, "file_size", size_bytes);
  return uc_json_object_to_text (object);
}
