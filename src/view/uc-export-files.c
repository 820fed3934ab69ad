/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The folder of an export: its files, and the names in it. Everything is made anew,
 * nothing that is there is opened for writing. */

#include "config.h"

#include "uc-export-private.h"

#include "uc-error.h"
#include "uc-sanitize.h"

#include <errno.h>
#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>
#include <string.h>

#define FILES_FOLDER "files"
/* Leaves room for a month, a number and an extension. */
#define MAX_NAME_BYTES 150

struct _UcExportFolder {
  char          *path;   /* (owned) */
  GHashTable    *names;  /* (owned) set of those that are taken, case folded */
  GHashTable    *copies; /* (owned) id of a file to its path in the folder */
  GOutputStream *out;    /* (owned) (nullable) the file under way */
  char          *out_name;
};

static gboolean
set_error (const char *path, const char *message, GError **error)
{
  g_set_error (error, UC_ERROR, UC_ERROR_STORAGE, _ ("“%s” could not be written: %s"), path,
               message);
  return FALSE;
}

static gboolean
check_empty (const char *path, GError **error)
{
  g_autoptr (GDir) dir = g_dir_open (path, 0, error);

  if (dir == NULL)
    return FALSE;
  if (g_dir_read_name (dir) == NULL)
    return TRUE;
  g_set_error (error, UC_ERROR, UC_ERROR_CONFLICT, _ ("“%s” is there already, and not empty"),
               path);
  return FALSE;
}

static gboolean
make_folder (const char *path, GError **error)
{
  /* One that is there keeps what it is called, and is ours alone from now on. */
  if (g_mkdir (path, 0700) == 0)
    return TRUE;
  if (errno != EEXIST)
    return set_error (path, g_strerror (errno), error);
  if (!g_file_test (path, G_FILE_TEST_IS_DIR) || g_file_test (path, G_FILE_TEST_IS_SYMLINK)) {
    g_set_error (error, UC_ERROR, UC_ERROR_CONFLICT, _ ("“%s” is there already"), path);
    return FALSE;
  }
  if (!check_empty (path, error))
    return FALSE;
  return g_chmod (path, 0700) == 0 || set_error (path, g_strerror (errno), error);
}

UcExportFolder *
_uc_export_folder_make (const char *path, GError **error)
{
  UcExportFolder *self;

  if (!make_folder (path, error))
    return NULL;
  self = g_new0 (UcExportFolder, 1);
  self->path = g_strdup (path);
  self->names = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->copies = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  g_hash_table_add (self->names, g_strdup (FILES_FOLDER));
  g_hash_table_add (self->names, g_strdup ("index"));
  return self;
}

void
_uc_export_folder_free (UcExportFolder *self)
{
  if (self == NULL)
    return;

  g_clear_object (&self->out);
  g_hash_table_unref (self->names);
  g_hash_table_unref (self->copies);
  g_free (self->out_name);
  g_free (self->path);
  g_free (self);
}

static char *
dup_cut (const char *name, gsize max_bytes)
{
  gsize length = strlen (name);

  while (length > max_bytes)
    length = (gsize) (g_utf8_find_prev_char (name, name + length) - name);
  return g_strndup (name, length);
}

/* An export may be carried away on a stick that knows fewer characters. */
static char *
dup_portable (const char *name)
{
  g_autofree char *safe = uc_sanitize_file_name (name);
  char            *portable = dup_cut (safe, MAX_NAME_BYTES);

  return g_strdelimit (portable, "\"<>:|?*", '_');
}

char *
_uc_export_folder_take_name (UcExportFolder *self, const char *wanted)
{
  g_autofree char *base = dup_portable (wanted);
  g_autofree char *name = g_strdup (base);

  for (guint i = 2;; i++) {
    g_autofree char *folded = g_utf8_casefold (name, -1);

    if (!g_hash_table_contains (self->names, folded)) {
      g_hash_table_add (self->names, g_steal_pointer (&folded));
      return g_steal_pointer (&name);
    }
    g_free (name);
    name = g_strdup_printf ("%s-%u", base, i);
  }
}

gboolean
_uc_export_folder_begin (UcExportFolder *self, const char *name, GError **error)
{
  g_autofree char *path = g_build_filename (self->path, name, NULL);
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (GError) local_error = NULL;
  g_autoptr (GFileOutputStream) stream =
      g_file_create (file, G_FILE_CREATE_PRIVATE, NULL, &local_error);

  if (stream == NULL)
    return set_error (path, local_error->message, error);
  g_clear_object (&self->out);
  self->out = g_buffered_output_stream_new_sized (G_OUTPUT_STREAM (stream), 64 * 1024);
  g_set_str (&self->out_name, path);
  return TRUE;
}

gboolean
_uc_export_folder_write (UcExportFolder *self,
                         GString        *text,
                         GCancellable   *cancellable,
                         GError        **error)
{
  g_autoptr (GError) local_error = NULL;

  if (!g_output_stream_write_all (self->out, text->str, text->len, NULL, cancellable,
                                  &local_error)) {
    if (!g_error_matches (local_error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
      return set_error (self->out_name, local_error->message, error);
    g_propagate_error (error, g_steal_pointer (&local_error));
    return FALSE;
  }
  g_string_truncate (text, 0);
  return TRUE;
}

gboolean
_uc_export_folder_end (UcExportFolder *self, GError **error)
{
  g_autoptr (GError) local_error = NULL;
  gboolean is_closed = g_output_stream_close (self->out, NULL, &local_error);

  g_clear_object (&self->out);
  return is_closed || set_error (self->out_name, local_error->message, error);
}

/* -- Files of messages ------------------------------------------------------------------- */

/* Where the bytes lie on this computer: fetched, or waiting to be sent. */
static char *
dup_source (const UcFile *file, const char *cache_folder)
{
  g_autofree char *cached =
      cache_folder != NULL ? g_build_filename (cache_folder, file->id, NULL) : NULL;

  if (cached != NULL && strchr (file->id, '/') == NULL &&
      g_file_test (cached, G_FILE_TEST_IS_REGULAR))
    return g_steal_pointer (&cached);
  if (file->local_path != NULL && g_file_test (file->local_path, G_FILE_TEST_IS_REGULAR))
    return g_strdup (file->local_path);
  return NULL;
}

static gboolean
copy (UcExportFolder *self,
      const char     *source,
      const char     *path,
      GCancellable   *cancellable,
      GError        **error)
{
  g_autofree char *folder = g_build_filename (self->path, FILES_FOLDER, NULL);
  g_autofree char *target = g_build_filename (self->path, path, NULL);
  g_autoptr (GFile) from = g_file_new_for_path (source);
  g_autoptr (GFile) to = g_file_new_for_path (target);
  g_autoptr (GError) local_error = NULL;

  if (g_mkdir (folder, 0700) != 0 && errno != EEXIST)
    return set_error (folder, g_strerror (errno), error);
  if (g_file_copy (from, to, G_FILE_COPY_NOFOLLOW_SYMLINKS, cancellable, NULL, NULL, &local_error))
    return TRUE;
  if (!g_error_matches (local_error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return set_error (target, local_error->message, error);
  g_propagate_error (error, g_steal_pointer (&local_error));
  return FALSE;
}

gboolean
_uc_export_folder_copy (UcExportFolder *self,
                        const UcFile   *file,
                        const char     *cache_folder,
                        char          **path,
                        GCancellable   *cancellable,
                        GError        **error)
{
  g_autofree char *name = NULL;
  g_autofree char *id = NULL;
  g_autofree char *source = NULL;

  *path = g_strdup (g_hash_table_lookup (self->copies, file->id));
  if (*path != NULL)
    return TRUE;
  source = dup_source (file, cache_folder);
  if (source == NULL)
    return TRUE;
  /* The id keeps equal names apart. */
  name = dup_portable (file->name);
  id = dup_portable (file->id);
  *path = g_strdup_printf (FILES_FOLDER "/%s-%s", id, name);
  if (!copy (self, source, *path, cancellable, error)) {
    g_clear_pointer (path, g_free);
    return FALSE;
  }
  g_hash_table_insert (self->copies, g_strdup (file->id), g_strdup (*path));
  return TRUE;
}
