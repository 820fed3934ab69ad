/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Uploads on their way into the data folder. What was received and not taken by a
 * handler is removed with its part. */

#include "config.h"

#include "uc-receiver.h"

#include "uc-id.h"
#include "uc-image.h"
#include "uc-multipart.h"
#include "uc-refusal.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <unistd.h>

/* A plain field is a name or an id. */
#define MAX_FIELD_BYTES (16 * 1024)
/* What is looked at of a picture: headers may come after much of other data. */
#define MAX_PROBE_BYTES (1024 * 1024)

struct _UcReceiver {
  const UcSite *site;      /* (unowned) */
  UcMultipart  *multipart; /* (owned) (nullable): a raw body has none */
  GPtrArray    *parts;     /* (owned) (element-type UcUploadPart) */
  UcUploadPart *part;      /* (unowned) (nullable): the one being received */
  GString      *value;     /* (owned): of a plain field */
  int           fd;
  gboolean      is_broken;
};

static gboolean
open_file (UcReceiver *self)
{
  g_autofree char *name = uc_id_new ();

  self->part->path = g_build_filename (self->site->incoming_dir, name, NULL);
  self->fd = g_open (self->part->path, O_CREAT | O_EXCL | O_WRONLY | O_CLOEXEC, 0600);
  if (self->fd >= 0)
    return TRUE;
  g_warning ("Receiving a file: %s", g_strerror (errno));
  g_clear_pointer (&self->part->path, g_free);
  return FALSE;
}

static gboolean
begin_cb (const char *field, const char *file_name, gpointer user_data)
{
  UcReceiver *self = user_data;

  self->part = g_new0 (UcUploadPart, 1);
  self->part->field = g_strdup (field);
  self->part->file_name = g_strdup (file_name);
  g_ptr_array_add (self->parts, self->part);
  if (file_name != NULL)
    return open_file (self);
  g_string_truncate (self->value, 0);
  return TRUE;
}

static gboolean
write_all (int fd, const guint8 *data, gsize length)
{
  while (length > 0) {
    gssize n = write (fd, data, length);

    if (n < 0 && errno == EINTR)
      continue;
    if (n <= 0) {
      g_warning ("Receiving a file: %s", g_strerror (errno));
      return FALSE;
    }
    data += n;
    length -= (gsize) n;
  }
  return TRUE;
}

static gboolean
data_cb (const guint8 *data, gsize length, gpointer user_data)
{
  UcReceiver *self = user_data;

  self->part->size += (gint64) length;
  if (self->fd >= 0)
    return write_all (self->fd, data, length);
  g_string_append_len (self->value, (const char *) data, (gssize) length);
  return self->value->len <= MAX_FIELD_BYTES;
}

static gboolean
end_cb (gpointer user_data)
{
  UcReceiver *self = user_data;
  gboolean    is_closed = TRUE;

  if (self->fd >= 0)
    is_closed = close (self->fd) == 0;
  else
    self->part->value = g_utf8_make_valid (self->value->str, (gssize) self->value->len);
  self->fd = -1;
  self->part = NULL;
  return is_closed;
}

static const UcMultipartFuncs funcs = { begin_cb, data_cb, end_cb };

/**
 * uc_receiver_new:
 * @site: (transfer none): where the files go
 * @content_type: (nullable): of the request
 */
UcReceiver *
uc_receiver_new (const UcSite *site, const char *content_type)
{
  UcReceiver *self = g_new0 (UcReceiver, 1);

  self->site = site;
  self->fd = -1;
  self->parts = g_ptr_array_new_with_free_func ((GDestroyNotify) uc_upload_part_free);
  self->value = g_string_new (NULL);
  self->multipart = uc_multipart_new (content_type, &funcs, self);
  if (self->multipart == NULL)
    self->is_broken =
        (content_type != NULL && g_ascii_strncasecmp (content_type, "multipart/", 10) == 0) ||
        !begin_cb ("", "", self);
  return self;
}

/**
 * uc_receiver_push:
 */
gboolean
uc_receiver_push (UcReceiver *self, const guint8 *data, gsize length)
{
  if (self->is_broken)
    return FALSE;
  self->is_broken = self->multipart != NULL ? !uc_multipart_push (self->multipart, data, length)
                                            : !data_cb (data, length, self);
  return !self->is_broken;
}

/* -- Settling ---------------------------------------------------------------------- */

static gboolean
sync_file (const char *path)
{
  int      fd = g_open (path, O_RDONLY | O_CLOEXEC, 0);
  gboolean is_safe = fd >= 0 && fsync (fd) == 0;

  if (fd >= 0)
    close (fd);
  return is_safe;
}

static void
probe_file (UcUploadPart *part)
{
  g_autoptr (GMappedFile) file = g_mapped_file_new (part->path, FALSE, NULL);
  UcImageInfo info;

  if (file == NULL || g_mapped_file_get_length (file) == 0)
    return;
  if (!uc_image_read_info ((const guint8 *) g_mapped_file_get_contents (file),
                           MIN (g_mapped_file_get_length (file), MAX_PROBE_BYTES), &info))
    return;
  part->image_type = g_strdup (info.type);
  part->width = info.width;
  part->height = info.height;
}

static void
settle_in_thread (GTask *task, gpointer source, gpointer task_data, GCancellable *cancellable)
{
  GPtrArray *parts = task_data;

  for (guint i = 0; i < parts->len; i++) {
    UcUploadPart *part = g_ptr_array_index (parts, i);

    if (part->path == NULL)
      continue;
    if (!sync_file (part->path)) {
      GError *error = NULL;

      g_warning ("Keeping a file: %s", g_strerror (errno));
      uc_refuse (&error, UC_REFUSAL_BUSY);
      g_task_return_error (task, error);
      return;
    }
    probe_file (part);
  }
  g_task_return_pointer (task, g_ptr_array_ref (parts), (GDestroyNotify) g_ptr_array_unref);
}

/**
 * uc_receiver_settle_async:
 *
 * Takes the parts out of the receiver.
 */
void
uc_receiver_settle_async (UcReceiver *self, GAsyncReadyCallback callback, gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (NULL, NULL, callback, user_data);
  g_autoptr (GError) error = NULL;

  g_task_set_source_tag (task, uc_receiver_settle_async);
  if (self->multipart == NULL && self->part != NULL)
    self->is_broken = !end_cb (self) || self->is_broken;
  if (self->is_broken || (self->multipart != NULL && !uc_multipart_finish (self->multipart))) {
    uc_refuse (&error, UC_REFUSAL_FILE_READ);
    g_task_return_error (task, g_steal_pointer (&error));
    return;
  }
  g_task_set_task_data (task, g_ptr_array_ref (self->parts), (GDestroyNotify) g_ptr_array_unref);
  g_task_run_in_thread (task, settle_in_thread);
}

/**
 * uc_receiver_settle_finish:
 *
 * Returns: (transfer full) (element-type UcUploadPart) (nullable): what came
 */
GPtrArray *
uc_receiver_settle_finish (GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

/**
 * uc_receiver_free:
 * @self: (transfer full):
 */
void
uc_receiver_free (UcReceiver *self)
{
  if (self->fd >= 0)
    close (self->fd);
  g_clear_pointer (&self->multipart, uc_multipart_free);
  g_ptr_array_unref (self->parts);
  g_string_free (self->value, TRUE);
  g_free (self);
}
