/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Looks at files before they are taken along: one after the other, in the order in which
 * they were chosen, without waiting for a disk. What cannot go is told at once, not when
 * the message is on its way. */

#include "config.h"

#include "uc-composer-private.h"

#include "uc-format.h"
#include "uc-limits.h"
#include "uc-row-decode.h"
#include "uc-sanitize.h"

#include <glib/gi18n.h>

#define ATTRIBUTES                                                                                 \
  G_FILE_ATTRIBUTE_STANDARD_TYPE "," G_FILE_ATTRIBUTE_STANDARD_SIZE                                \
                                 "," G_FILE_ATTRIBUTE_STANDARD_CONTENT_TYPE                        \
                                 "," G_FILE_ATTRIBUTE_ACCESS_CAN_READ
/* Pixels of a chip's picture. */
#define THUMBNAIL_SIDE 96

/* A file that is looked at, and the place it was chosen for. */
typedef struct {
  GFile *file;  /* (owned) */
  char  *place; /* (owned) */
} Check;

typedef struct {
  UcComposer *composer; /* (owned) */
  GFile      *file;     /* (owned) */
} Thumbnail;

static void check_next (UcComposer *self);

static void
check_free (gpointer data)
{
  Check *check = data;

  g_object_unref (check->file);
  g_free (check->place);
  g_free (check);
}

static void
thumbnail_free (Thumbnail *thumbnail)
{
  g_object_unref (thumbnail->composer);
  g_object_unref (thumbnail->file);
  g_free (thumbnail);
}

static void
composer_file_free (gpointer data)
{
  UcComposerFile *self = data;

  g_object_unref (self->file);
  g_clear_object (&self->thumbnail);
  g_free (self->name);
  g_free (self->content_type);
  g_free (self);
}

GPtrArray *
_uc_composer_new_files (void)
{
  return g_ptr_array_new_with_free_func (composer_file_free);
}

static void
notice (UcComposer *self, const char *text)
{
  g_signal_emit_by_name (self, "notice", text);
}

/* -- Thumbnails ----------------------------------------------------------------------- */

/* The chip may be gone, or shown in another conversation. */
static void
decoded_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Thumbnail  *thumbnail = user_data;
  UcComposer *self = thumbnail->composer;
  g_autoptr (GdkTexture) texture = uc_row_decode_finish (result, NULL);

  for (guint i = 0; texture != NULL && i < self->files->len; i++) {
    UcComposerFile *file = g_ptr_array_index (self->files, i);

    if (file->thumbnail == NULL && g_file_equal (file->file, thumbnail->file)) {
      g_set_object (&file->thumbnail, texture);
      _uc_composer_show_files (self);
    }
  }
  thumbnail_free (thumbnail);
}

static void
want_thumbnail (UcComposer *self, UcComposerFile *file)
{
  g_autofree char *path = g_file_get_path (file->file);
  Thumbnail       *thumbnail;

  if (!g_content_type_is_a (file->content_type, "image/*"))
    return;
  thumbnail = g_new0 (Thumbnail, 1);
  thumbnail->composer = g_object_ref (self);
  thumbnail->file = g_object_ref (file->file);
  uc_row_decode_async (path, THUMBNAIL_SIDE, THUMBNAIL_SIDE, NULL, decoded_cb, thumbnail);
}

/* -- Checks ---------------------------------------------------------------------------- */

/* (nullable) (transfer full): why it cannot go */
static char *
dup_objection (UcComposer *self, GFileInfo *info, const char *name)
{
  const gint64 max_bytes = uc_session_get_max_file_bytes (self->session);

  if (g_file_info_get_file_type (info) == G_FILE_TYPE_DIRECTORY)
    return g_strdup_printf (_ ("“%s” is a folder: pack it into one file first"), name);
  if (g_file_info_get_file_type (info) != G_FILE_TYPE_REGULAR)
    return g_strdup_printf (_ ("“%s” is not a file"), name);
  if (!g_file_info_get_attribute_boolean (info, G_FILE_ATTRIBUTE_ACCESS_CAN_READ))
    return g_strdup_printf (_ ("“%s” cannot be read"), name);
  if (g_file_info_get_size (info) == 0)
    return g_strdup_printf (_ ("“%s” is empty"), name);
  if (max_bytes > 0 && g_file_info_get_size (info) > max_bytes) {
    g_autofree char *size = uc_format_size (g_file_info_get_size (info));
    g_autofree char *limit = uc_format_size (max_bytes);

    /* Translators: a file name and two sizes. */
    return g_strdup_printf (_ ("“%s” is too large (%s): the server takes %s"), name, size, limit);
  }
  return NULL;
}

static void
take (UcComposer *self, Check *check, GFileInfo *info, const char *name)
{
  GPtrArray      *files = _uc_composer_get_files (self, check->place);
  UcComposerFile *file;

  if (files->len >= UC_LIMIT_FILES_PER_POST) {
    self->n_left_out++;
    return;
  }
  file = g_new0 (UcComposerFile, 1);
  file->file = g_object_ref (check->file);
  file->name = g_strdup (name);
  file->content_type = g_strdup (g_file_info_get_content_type (info));
  if (file->content_type == NULL)
    file->content_type = g_content_type_from_mime_type ("application/octet-stream");
  file->size_bytes = g_file_info_get_size (info);
  g_ptr_array_add (files, file);
  want_thumbnail (self, file);
}

static void
queried_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (UcComposer) self = user_data;
  Check           *check = g_queue_pop_head (&self->checks);
  g_autofree char *base = g_file_get_basename (check->file);
  g_autofree char *shown = g_filename_display_name (base);
  g_autofree char *name = uc_sanitize_file_name (shown);
  g_autofree char *objection = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (GFileInfo) info = g_file_query_info_finish (G_FILE (source), result, &error);

  if (info == NULL)
    objection = g_strdup_printf ("“%s”: %s", name, error->message);
  else
    objection = dup_objection (self, info, name);
  if (objection != NULL)
    notice (self, objection);
  else
    take (self, check, info, name);
  check_free (check);
  check_next (self);
}

/* Ten of twenty are taken, and that is said once. */
static void
tell_left_out (UcComposer *self)
{
  g_autofree char *text = NULL;

  if (self->n_left_out == 0)
    return;
  /* Translators: %1$d is how many files a message takes, %2$u how many more there were. */
  text = g_strdup_printf (ngettext ("A message takes at most %1$d files: %2$u was left out",
                                    "A message takes at most %1$d files: %2$u were left out",
                                    self->n_left_out),
                          UC_LIMIT_FILES_PER_POST, self->n_left_out);
  self->n_left_out = 0;
  notice (self, text);
}

static void
check_next (UcComposer *self)
{
  Check *check = g_queue_peek_head (&self->checks);

  if (check == NULL) {
    tell_left_out (self);
    _uc_composer_show_files (self);
    return;
  }
  g_file_query_info_async (check->file, ATTRIBUTES, G_FILE_QUERY_INFO_NONE, G_PRIORITY_DEFAULT,
                           NULL, queried_cb, g_object_ref (self));
}

void
_uc_composer_attach_clear (UcComposer *self)
{
  g_queue_clear_full (&self->checks, check_free);
}

/**
 * uc_composer_attach:
 * @self: a composer
 * @file: a local file
 *
 * Adds a file to the next message, unless it cannot go: ::notice tells why then. It is
 * looked at first, so it is there a moment later.
 */
void
uc_composer_attach (UcComposer *self, GFile *file)
{
  g_autofree char *path = NULL;
  Check           *check;

  g_return_if_fail (UC_IS_COMPOSER (self));
  g_return_if_fail (G_IS_FILE (file));

  if (self->mode == UC_COMPOSER_EDIT) {
    notice (self, _ ("Files cannot be added to a message that was sent"));
    return;
  }
  path = g_file_get_path (file);
  if (path == NULL) {
    notice (self, _ ("Only files on this computer can be attached"));
    return;
  }
  check = g_new0 (Check, 1);
  check->file = g_object_ref (file);
  check->place = _uc_composer_dup_place (self->channel_id, self->root_id);
  g_queue_push_tail (&self->checks, check);
  if (g_queue_get_length (&self->checks) == 1)
    check_next (self);
}
