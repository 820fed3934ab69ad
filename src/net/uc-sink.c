/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Reads the body of an answer to its end under a byte limit, counted after decoding,
 * so that neither a large body nor a small one that unpacks to a large one fills the
 * memory or the disk. A file appears under its name when it is whole. */

#include "config.h"

#include "uc-sink-private.h"

#include "uc-error.h"
#include "uc-id.h"
#include "uc-resume-private.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>
#include <unistd.h>

#define CHUNK_BYTES (64 * 1024)

struct _UcSink {
  /* input */
  gint64   limit_bytes;
  char    *path;    /* (owned) (nullable) NULL: into memory */
  gboolean may_cut; /* the rest past the limit is left unread instead of refused */
  gboolean is_resumed;

  /* in progress */
  GInputStream  *stream;    /* (owned) while reading */
  GOutputStream *file;      /* (owned) (nullable) */
  char          *temp_path; /* (owned) (nullable) there, and not yet renamed */
  GByteArray    *memory;    /* (owned) */
  guint8        *chunk;     /* (owned) */
  gint64         n_bytes;
  gboolean       is_spoilt; /* what is there is of no use for another time */
  UcSinkProgress progress;
  gpointer       progress_data;
};

static void open_file (GTask *task);
static void read_next (GTask *task);
static void create_cb (GObject *source, GAsyncResult *result, gpointer user_data);
static void read_cb (GObject *source, GAsyncResult *result, gpointer user_data);
static void write_cb (GObject *source, GAsyncResult *result, gpointer user_data);
static void close_cb (GObject *source, GAsyncResult *result, gpointer user_data);
static void settled_cb (GObject *source, GAsyncResult *result, gpointer user_data);

/* @may_cut: what lies past @limit_bytes is left unread; else it is an error. */
UcSink *
_uc_sink_new (gint64 limit_bytes, gboolean may_cut, const char *path)
{
  UcSink *self = g_new0 (UcSink, 1);

  self->limit_bytes = limit_bytes;
  self->may_cut = may_cut;
  self->path = g_strdup (path);
  self->memory = g_byte_array_new ();
  self->chunk = g_malloc (CHUNK_BYTES);
  return self;
}

void
_uc_sink_free (UcSink *self)
{
  if (self == NULL)
    return;

  g_clear_object (&self->file);
  if (self->temp_path != NULL && (!self->is_resumed || self->is_spoilt))
    g_unlink (self->temp_path);
  g_free (self->temp_path);
  g_free (self->path);
  g_clear_object (&self->stream);
  g_clear_pointer (&self->memory, g_byte_array_unref);
  g_free (self->chunk);
  g_free (self);
}

void
_uc_sink_set_resumed (UcSink *self, gint64 offset_bytes)
{
  self->is_resumed = TRUE;
  self->n_bytes = offset_bytes;
}

/* The disk refused, and what is there only fills it; cancelling stays what it is. */
static GError *
dup_storage_error (UcSink *self, const GError *cause)
{
  if (g_error_matches (cause, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return g_error_copy (cause);
  self->is_spoilt = TRUE;
  return g_error_new (UC_ERROR, UC_ERROR_STORAGE, _ ("The file could not be written (%s)."),
                      cause->message);
}

/* @self must live until the callback. Errors of @stream are handed on as they are;
 * those of the file are UC_ERROR_STORAGE, a body over the limit is
 * UC_ERROR_PROTOCOL. finish gives the body, or an empty one when it went to a file. */
void
_uc_sink_read_async (UcSink             *self,
                     GInputStream       *stream,
                     UcSinkProgress      progress,
                     gpointer            progress_data,
                     GCancellable       *cancellable,
                     GAsyncReadyCallback callback,
                     gpointer            user_data)
{
  g_autoptr (GTask) task = g_task_new (NULL, cancellable, callback, user_data);

  g_task_set_source_tag (task, _uc_sink_read_async);
  g_task_set_task_data (task, self, NULL);
  self->stream = g_object_ref (stream);
  self->progress = progress;
  self->progress_data = progress_data;

  if (self->path == NULL)
    read_next (g_steal_pointer (&task));
  else
    open_file (g_steal_pointer (&task));
}

/* Takes @task. */
static void
open_file (GTask *task)
{
  UcSink       *self = g_task_get_task_data (task);
  GCancellable *cancellable = g_task_get_cancellable (task);
  g_autoptr (GFile) file = NULL;

  if (self->is_resumed) {
    self->temp_path = _uc_resume_dup_part (self->path);
    file = g_file_new_for_path (self->temp_path);
    if (self->n_bytes == 0)
      g_unlink (self->temp_path);
    g_file_append_to_async (file, G_FILE_CREATE_PRIVATE, G_PRIORITY_DEFAULT, cancellable, create_cb,
                            task);
  } else {
    g_autofree char *suffix = uc_id_new ();

    self->temp_path = g_strdup_printf ("%s.%s.part", self->path, suffix);
    file = g_file_new_for_path (self->temp_path);
    g_file_create_async (file, G_FILE_CREATE_PRIVATE, G_PRIORITY_DEFAULT, cancellable, create_cb,
                         task);
  }
}

static void
create_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  UcSink *self = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;

  if (self->is_resumed)
    self->file = G_OUTPUT_STREAM (g_file_append_to_finish (G_FILE (source), result, &error));
  else
    self->file = G_OUTPUT_STREAM (g_file_create_finish (G_FILE (source), result, &error));
  if (self->file == NULL) {
    g_clear_pointer (&self->temp_path, g_free);
    g_task_return_error (task, dup_storage_error (self, error));
    return;
  }
  read_next (g_steal_pointer (&task));
}

/* Takes @task. */
static void
read_next (GTask *task)
{
  UcSink *self = g_task_get_task_data (task);

  g_input_stream_read_async (self->stream, self->chunk, CHUNK_BYTES, G_PRIORITY_DEFAULT,
                             g_task_get_cancellable (task), read_cb, task);
}

static void
finish (GTask *task)
{
  UcSink *self = g_task_get_task_data (task);

  if (self->file != NULL) {
    g_output_stream_close_async (self->file, G_PRIORITY_DEFAULT, g_task_get_cancellable (task),
                                 close_cb, g_object_ref (task));
    return;
  }
  g_task_return_pointer (task, g_byte_array_free_to_bytes (g_steal_pointer (&self->memory)),
                         (GDestroyNotify) g_bytes_unref);
}

static void
read_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  GCancellable *cancellable = g_task_get_cancellable (task);
  UcSink       *self = g_task_get_task_data (task);
  GError       *error = NULL;
  gssize        n_read = g_input_stream_read_finish (G_INPUT_STREAM (source), result, &error);

  if (n_read < 0) {
    g_task_return_error (task, error);
    return;
  }
  if (n_read == 0) {
    finish (task);
    return;
  }

  if (self->n_bytes + n_read > self->limit_bytes) {
    if (!self->may_cut) {
      self->is_spoilt = TRUE;
      g_task_return_new_error (
          task, UC_ERROR, UC_ERROR_PROTOCOL,
          _ ("The answer is too large (more than %" G_GINT64_FORMAT " bytes) and was not loaded."),
          self->limit_bytes);
      return;
    }
    n_read = (gssize) (self->limit_bytes - self->n_bytes);
    g_byte_array_append (self->memory, self->chunk, (guint) n_read);
    finish (task);
    return;
  }

  self->n_bytes += n_read;
  if (self->progress != NULL)
    self->progress (self->n_bytes, self->progress_data);

  if (self->file != NULL) {
    g_output_stream_write_all_async (self->file, self->chunk, (gsize) n_read, G_PRIORITY_DEFAULT,
                                     cancellable, write_cb, g_steal_pointer (&task));
  } else {
    g_byte_array_append (self->memory, self->chunk, (guint) n_read);
    read_next (g_steal_pointer (&task));
  }
}

static void
write_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  UcSink *self = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;

  if (!g_output_stream_write_all_finish (G_OUTPUT_STREAM (source), result, NULL, &error)) {
    g_task_return_error (task, dup_storage_error (self, error));
    return;
  }
  read_next (g_steal_pointer (&task));
}

/* Safe on the disk before it has its name: what a power cut left empty would otherwise
 * pass for the file for ever. */
static void
settle_in_thread (GTask *task, gpointer source, gpointer task_data, GCancellable *cancellable)
{
  UcSink  *self = task_data;
  int      fd = g_open (self->temp_path, O_RDONLY | O_CLOEXEC, 0);
  gboolean is_done = fd >= 0 && fsync (fd) == 0 && g_rename (self->temp_path, self->path) == 0;
  int      why = errno;

  if (fd >= 0)
    close (fd);
  if (is_done) {
    g_task_return_boolean (task, TRUE);
    return;
  }
  self->is_spoilt = TRUE;
  g_task_return_new_error (task, UC_ERROR, UC_ERROR_STORAGE,
                           _ ("The file could not be put in its place (%s)."), g_strerror (why));
}

static void
close_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  g_autoptr (GTask) settling = NULL;
  UcSink *self = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;

  if (!g_output_stream_close_finish (G_OUTPUT_STREAM (source), result, &error)) {
    g_task_return_error (task, dup_storage_error (self, error));
    return;
  }
  settling = g_task_new (NULL, NULL, settled_cb, g_object_ref (task));
  g_task_set_source_tag (settling, close_cb);
  g_task_set_task_data (settling, self, NULL);
  g_task_run_in_thread (settling, settle_in_thread);
}

static void
settled_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  UcSink *self = g_task_get_task_data (task);
  GError *error = NULL;

  if (!g_task_propagate_boolean (G_TASK (result), &error)) {
    g_task_return_error (task, error);
    return;
  }
  g_clear_pointer (&self->temp_path, g_free);
  g_task_return_pointer (task, g_bytes_new (NULL, 0), (GDestroyNotify) g_bytes_unref);
}

/* (transfer full): the body; empty when it went into the file. */
GBytes *
_uc_sink_read_finish (UcSink *self, GAsyncResult *result, GError **error)
{
  g_clear_object (&self->stream);
  return g_task_propagate_pointer (G_TASK (result), error);
}
