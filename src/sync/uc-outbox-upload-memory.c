/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What outlives a break of an upload: its name at the server, and whether the server can
 * be believed about its end. A Mattermost server puts a piece behind what it has and
 * only then notes how much that is: killed in between, it has more than it says, and
 * the file would be whole by number and broken by content. */

#include "config.h"

#include "uc-outbox-upload-private.h"

#include "uc-id.h"

/* What a server takes as a first piece at least. */
#define PIECE_BYTES (5 * 1024 * 1024)

void
_uc_upload_memory_clear (UcUploadMemory *self)
{
  g_clear_pointer (&self->upload_id, g_free);
  self->begun_bytes = -1;
  self->is_suspect = FALSE;
}

gboolean
_uc_upload_memory_parse (UcUploadMemory *self, const char *text)
{
  g_auto (GStrv) words = g_strsplit (text != NULL ? text : "", " ", -1);
  gint64  begun;
  guint64 suspect;

  if (g_strv_length (words) != 3 || !uc_id_is_valid (words[0]) ||
      !g_ascii_string_to_signed (words[1], 10, -1, G_MAXINT64, &begun, NULL) ||
      !g_ascii_string_to_unsigned (words[2], 10, 0, 1, &suspect, NULL))
    return FALSE;
  g_set_str (&self->upload_id, words[0]);
  self->begun_bytes = begun;
  self->is_suspect = suspect != 0;
  return TRUE;
}

char *
_uc_upload_memory_to_text (const UcUploadMemory *self)
{
  return g_strdup_printf ("%s %" G_GINT64_FORMAT " %d", self->upload_id, self->begun_bytes,
                          self->is_suspect);
}

/* Further on than where the broken piece began: what came of it was noted. At the very
 * beginning the server writes over what it has. */
void
_uc_upload_memory_resume (UcUploadMemory *self, gint64 offset_bytes)
{
  if (offset_bytes == 0)
    self->is_suspect = FALSE;
  else if (offset_bytes == self->begun_bytes)
    self->is_suspect = TRUE;
  self->begun_bytes = -1;
}

gint64
_uc_upload_get_piece (gint64 offset_bytes, gint64 size_bytes)
{
  return MIN (PIECE_BYTES, size_bytes - offset_bytes);
}

char *
_uc_outbox_upload_dup_fact_key (const char *op_id, guint index)
{
  return g_strdup_printf ("upload:%s:%u", op_id, index);
}
