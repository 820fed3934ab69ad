/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Tokens in a file that only its owner can read, for the command line on machines
 * without a secret service. Blocks: for a GIO thread. */

#include "config.h"

#include "uc-secrets-private.h"

#include "uc-error.h"
#include "uc-id.h"

#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>

#include <errno.h>
#include <string.h>
#include <sys/stat.h>

#define FILE_MAX_BYTES (1024 * 1024)

static void
set_storage_error (GError **error, const char *what)
{
  g_set_error (error, UC_ERROR, UC_ERROR_STORAGE, _ ("The file of tokens failed (%s)."), what);
}

/* Site and user may hold what a group's name may not. */
static char *
dup_group (const char *site, const char *user_id)
{
  g_autofree char *both = g_strconcat (site, "\n", user_id, NULL);

  return g_compute_checksum_for_string (G_CHECKSUM_SHA256, both, -1);
}

/* An absent file is an empty one. One that others may read is refused, as a warning
 * that what it holds is known. */
static GKeyFile *
load (const char *path, GError **error)
{
  g_autoptr (GKeyFile) file = g_key_file_new ();
  g_autoptr (GError) cause = NULL;
  GStatBuf info;

  if (g_stat (path, &info) != 0) {
    if (errno == ENOENT)
      return g_steal_pointer (&file);
    set_storage_error (error, g_strerror (errno));
    return NULL;
  }
  if (!S_ISREG (info.st_mode) || info.st_size > FILE_MAX_BYTES) {
    set_storage_error (error, _ ("not a file of tokens"));
    return NULL;
  }
  if ((info.st_mode & 077) != 0) {
    g_set_error (error, UC_ERROR, UC_ERROR_DISABLED,
                 _ ("The file of tokens can be read by others; sign in again after "
                    "“chmod 600 %s”."),
                 path);
    return NULL;
  }
  if (info.st_size > 0 && !g_key_file_load_from_file (file, path, G_KEY_FILE_NONE, &cause)) {
    set_storage_error (error, cause->message);
    return NULL;
  }
  return g_steal_pointer (&file);
}

/* Whole or not at all, and never readable by others, not even for a moment. */
static gboolean
save (GKeyFile *file, const char *path, GError **error)
{
  gsize            length;
  char            *text = g_key_file_to_data (file, &length, NULL);
  g_autofree char *suffix = uc_id_new ();
  g_autofree char *temp_path = g_strdup_printf ("%s.%s", path, suffix);
  g_autoptr (GError) cause = NULL;
  gboolean is_saved = g_file_set_contents_full (temp_path, text, (gssize) length,
                                                G_FILE_SET_CONTENTS_DURABLE, 0600, &cause);

  explicit_bzero (text, length);
  g_free (text);
  if (is_saved && g_rename (temp_path, path) == 0)
    return TRUE;

  set_storage_error (error, cause != NULL ? cause->message : g_strerror (errno));
  g_unlink (temp_path);
  return FALSE;
}

gboolean
_uc_secrets_file_store (const char *path,
                        const char *site,
                        const char *user_id,
                        const char *token,
                        GError    **error)
{
  g_autoptr (GKeyFile) file = load (path, error);
  g_autofree char *group = dup_group (site, user_id);

  if (file == NULL)
    return FALSE;
  g_key_file_set_string (file, group, "site", site);
  g_key_file_set_string (file, group, "user_id", user_id);
  g_key_file_set_string (file, group, "token", token);
  return save (file, path, error);
}

char *
_uc_secrets_file_lookup (const char *path, const char *site, const char *user_id, GError **error)
{
  g_autoptr (GKeyFile) file = load (path, error);
  g_autofree char *group = dup_group (site, user_id);
  char            *token;

  if (file == NULL)
    return NULL;
  token = g_key_file_get_string (file, group, "token", NULL);
  if (token == NULL)
    g_set_error_literal (error, UC_ERROR, UC_ERROR_NOT_FOUND,
                         _ ("There is no token of this account."));
  return token;
}

gboolean
_uc_secrets_file_clear (const char *path, const char *site, const char *user_id, GError **error)
{
  g_autoptr (GKeyFile) file = load (path, error);
  g_autofree char *group = dup_group (site, user_id);

  if (file == NULL)
    return FALSE;
  if (!g_key_file_remove_group (file, group, NULL))
    return TRUE;
  return save (file, path, error);
}
