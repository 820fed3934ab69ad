/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Files: taken in, found, thrown away. A file lies under its id; the name it came with
 * is only told again. */

#include "config.h"

#include "uc-file-service.h"

#include "uc-id.h"
#include "uc-mime.h"
#include "uc-refusal.h"
#include "uc-sanitize.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <string.h>
#include <unistd.h>

#define MAX_NAME_BYTES 255
#define MAX_EXTENSION  16
/* A file that was never posted is kept this long, and so many go at once. */
#define UNPOSTED_MS G_GINT64_CONSTANT (86400000)
#define MAX_SWEPT   200

/**
 * uc_file_service_dup_path:
 *
 * Returns: (transfer full): where the bytes of a file lie
 */
char *
uc_file_service_dup_path (UcTxn *txn, const char *file_id)
{
  return g_build_filename (txn->site->files_dir, file_id, NULL);
}

/* The name without folders, as it is shown and sent. */
static char *
dup_name (const char *name, GError **error)
{
  const char      *slash = strrchr (name, '/');
  g_autofree char *base = g_strdup (slash != NULL ? slash + 1 : name);

  if (strlen (base) > MAX_NAME_BYTES || *base == '\0') {
    uc_refuse (error, UC_REFUSAL_FILE_NAME);
    return NULL;
  }
  for (char *at = base; *at != '\0'; at++) {
    if (g_ascii_iscntrl (*at) || *at == '\\')
      *at = '_';
  }
  return g_steal_pointer (&base);
}

static char *
dup_extension (const char *name)
{
  const char *dot = strrchr (name, '.');

  if (dot == NULL || strlen (dot + 1) > MAX_EXTENSION)
    return g_strdup ("");
  return g_utf8_strdown (dot + 1, -1);
}

/* A file is safe on the disk when its name is. */
static gboolean
move_file (UcTxn *txn, const char *from, const char *to, GError **error)
{
  int      fd;
  gboolean is_safe;

  if (g_rename (from, to) != 0) {
    g_warning ("Keeping a file: %s", g_strerror (errno));
    uc_refuse (error, UC_REFUSAL_BUSY);
    return FALSE;
  }
  fd = g_open (txn->site->files_dir, O_RDONLY | O_DIRECTORY | O_CLOEXEC, 0);
  is_safe = fd >= 0 && fsync (fd) == 0;
  if (fd >= 0)
    close (fd);
  if (!is_safe)
    uc_refuse (error, UC_REFUSAL_BUSY);
  return is_safe;
}

/**
 * uc_file_service_create:
 *
 * Errors: UC_REFUSAL_PERMISSION, _FILE_NAME, _BUSY
 *
 * Returns: (transfer full) (nullable): what is known of the file
 */
UcFile *
uc_file_service_create (UcTxn *txn, const UcActor *actor, const UcNewFile *fields, GError **error)
{
  g_autoptr (UcFile) file = uc_file_new ();
  g_autofree char *path = NULL;
  char            *name;

  if (!uc_access_need_channel (txn, actor, fields->channel_id, "upload_file", error))
    return NULL;
  name = dup_name (fields->name, error);
  if (name == NULL)
    return NULL;
  g_free (file->id);
  file->id = fields->id != NULL ? g_strdup (fields->id) : uc_id_new ();
  g_free (file->name);
  file->name = name;
  g_free (file->extension);
  file->extension = dup_extension (name);
  g_set_str (&file->user_id, actor->user_id);
  g_set_str (&file->channel_id, fields->channel_id);
  g_set_str (&file->mime_type, uc_mime_from_extension (file->extension));
  file->size_bytes = fields->size;
  file->width = fields->width;
  file->height = fields->height;
  file->create_at_ms = txn->now_ms;
  file->update_at_ms = txn->now_ms;
  path = uc_file_service_dup_path (txn, file->id);
  if (!move_file (txn, fields->path, path, error) || !uc_file_table_insert (txn->db, file, error))
    return NULL;
  return uc_file_table_find (txn->db, file->id, error);
}

/**
 * uc_file_service_find:
 *
 * Before it is posted only its sender has it, then who can read the channel.
 *
 * Errors: UC_REFUSAL_FILE_UNKNOWN, _PERMISSION
 *
 * Returns: (transfer full) (nullable): the file
 */
UcFile *
uc_file_service_find (UcTxn *txn, const UcActor *actor, const char *file_id, GError **error)
{
  g_autoptr (UcFile) file = uc_file_table_find (txn->db, file_id, error);

  if (file == NULL)
    return NULL;
  if (g_str_equal (file->user_id, actor->user_id))
    return g_steal_pointer (&file);
  if (*file->post_id == '\0') {
    if (!uc_access_need_system (actor, "manage_system", error))
      return NULL;
  } else if (!uc_access_need_channel (txn, actor, file->channel_id, "read_channel", error)) {
    return NULL;
  }
  return g_steal_pointer (&file);
}

/**
 * uc_file_service_sweep:
 */
gboolean
uc_file_service_sweep (UcTxn *txn, GError **error)
{
  g_autoptr (GPtrArray) ids =
      uc_file_table_list_waste (txn->db, txn->now_ms - UNPOSTED_MS, MAX_SWEPT, error);

  for (guint i = 0; ids != NULL && i < ids->len; i++) {
    const char      *id = g_ptr_array_index (ids, i);
    g_autofree char *path = uc_file_service_dup_path (txn, id);

    if (g_unlink (path) != 0 && errno != ENOENT)
      g_warning ("Removing a file: %s", g_strerror (errno));
    else if (!uc_file_table_forget (txn->db, id, error))
      return FALSE;
  }
  return ids != NULL;
}
