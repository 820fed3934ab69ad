/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Reads files to their end on a thread and sums them up. The tasks have no source
 * object, since a thread may be the last to let go of them. */

#include "config.h"

#include "uc-file-digest-private.h"

#include "uc-error.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>
#include <string.h>
#include <unistd.h>

#define CHUNK_BYTES  (128 * 1024)
#define DIGEST_CHARS 64

typedef struct {
  char  *path;
  gint64 size_bytes;
  char  *digest; /* (nullable) */
} Check;

static void
check_free (gpointer data)
{
  Check *check = data;

  g_free (check->path);
  g_free (check->digest);
  g_free (check);
}

char *
_uc_file_digest_dup_name (const char *op_id, guint index, const char *digest)
{
  return g_strdup_printf ("%s-%u-%s", op_id, index, digest);
}

char *
_uc_file_digest_dup_expected (const char *path)
{
  const char *dash = strrchr (path, '-');

  if (dash == NULL || strlen (dash + 1) != DIGEST_CHARS ||
      strspn (dash + 1, "0123456789abcdef") != DIGEST_CHARS)
    return NULL;
  return g_strdup (dash + 1);
}

static gboolean
set_errno (GError **error)
{
  g_set_error_literal (error, UC_ERROR, UC_ERROR_STORAGE, g_strerror (errno));
  return FALSE;
}

static gboolean
write_all (int fd, const guint8 *bytes, gsize length, GError **error)
{
  while (length > 0) {
    gssize n = write (fd, bytes, length);

    if (n < 0 && errno == EINTR)
      continue;
    if (n < 0)
      return set_errno (error);
    bytes += n;
    length -= (gsize) n;
  }
  return TRUE;
}

/* @to: -1: it is only summed up. */
static char *
sum_up (int from, int to, gint64 *size_bytes, GCancellable *cancellable, GError **error)
{
  g_autoptr (GChecksum) checksum = g_checksum_new (G_CHECKSUM_SHA256);
  g_autofree guint8 *chunk = g_malloc (CHUNK_BYTES);

  *size_bytes = 0;
  for (;;) {
    gssize n = read (from, chunk, CHUNK_BYTES);

    if (g_cancellable_set_error_if_cancelled (cancellable, error))
      return NULL;
    if (n < 0 && errno == EINTR)
      continue;
    if (n < 0) {
      set_errno (error);
      return NULL;
    }
    if (n == 0)
      return g_strdup (g_checksum_get_string (checksum));
    g_checksum_update (checksum, chunk, n);
    *size_bytes += n;
    if (to >= 0 && !write_all (to, chunk, (gsize) n, error))
      return NULL;
  }
}

char *
_uc_file_digest_copy (const char   *from,
                      const char   *to,
                      gint64       *size_bytes,
                      GCancellable *cancellable,
                      GError      **error)
{
  int              in = g_open (from, O_RDONLY | O_CLOEXEC, 0);
  int              out;
  g_autofree char *digest = NULL;

  if (in < 0) {
    set_errno (error);
    return NULL;
  }
  out = g_open (to, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
  if (out < 0) {
    set_errno (error);
    close (in);
    return NULL;
  }
  digest = sum_up (in, out, size_bytes, cancellable, error);
  if (digest != NULL && fsync (out) != 0) {
    set_errno (error);
    g_clear_pointer (&digest, g_free);
  }
  close (in);
  if (close (out) != 0 && digest != NULL) {
    set_errno (error);
    g_clear_pointer (&digest, g_free);
  }
  if (digest == NULL)
    g_unlink (to);
  return g_steal_pointer (&digest);
}

static void
check_in_thread (GTask *task, gpointer source, gpointer task_data, GCancellable *cancellable)
{
  Check           *check = task_data;
  int              fd = g_open (check->path, O_RDONLY | O_CLOEXEC, 0);
  GError          *error = NULL;
  gint64           size_bytes = 0;
  g_autofree char *digest = NULL;

  if (fd < 0) {
    set_errno (&error);
  } else {
    digest = sum_up (fd, -1, &size_bytes, cancellable, &error);
    close (fd);
  }
  if (digest == NULL)
    g_task_return_error (task, error);
  else if (size_bytes != check->size_bytes ||
           (check->digest != NULL && strcmp (digest, check->digest) != 0))
    g_task_return_new_error (task, UC_ERROR, UC_ERROR_STORAGE, _ ("The file has been damaged."));
  else
    g_task_return_boolean (task, TRUE);
}

void
_uc_file_digest_check_async (const char         *path,
                             gint64              size_bytes,
                             const char         *digest,
                             GCancellable       *cancellable,
                             GAsyncReadyCallback callback,
                             gpointer            user_data)
{
  g_autoptr (GTask) task = g_task_new (NULL, cancellable, callback, user_data);
  Check *check = g_new0 (Check, 1);

  g_task_set_source_tag (task, _uc_file_digest_check_async);
  check->path = g_strdup (path);
  check->size_bytes = size_bytes;
  check->digest = g_strdup (digest);
  g_task_set_task_data (task, check, check_free);
  g_task_run_in_thread (task, check_in_thread);
}

gboolean
_uc_file_digest_check_finish (GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, NULL), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}
