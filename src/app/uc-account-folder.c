/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The folders of accounts on disk. Nothing here looks into a store. */

#include "config.h"

#include "uc-account-folder.h"

#include "uc-error.h"

#include <gio/gio.h>
#include <glib/gi18n.h>
#include <glib/gstdio.h>

#define STORE_NAME "store.db"
#define ID_LENGTH  20

/**
 * uc_account_folder_dup_root:
 *
 * Returns: (transfer full): the folder of all accounts
 */
char *
uc_account_folder_dup_root (void)
{
  return g_build_filename (g_get_user_data_dir (), "unified-chat", "accounts", NULL);
}

static int
compare_ids (gconstpointer a, gconstpointer b)
{
  return strcmp (*(const char *const *) a, *(const char *const *) b);
}

/**
 * uc_account_folder_list:
 * @root: the folder of all accounts
 *
 * Returns: (transfer full): ids of the folders in @root that hold a store; empty when
 *   there is no such folder yet
 */
GStrv
uc_account_folder_list (const char *root)
{
  g_autoptr (GPtrArray) ids = g_ptr_array_new_null_terminated (4, g_free, TRUE);
  g_autoptr (GDir) dir = NULL;
  const char *name;

  g_return_val_if_fail (root != NULL, NULL);

  dir = g_dir_open (root, 0, NULL);
  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL) {
    g_autofree char *store = g_build_filename (root, name, STORE_NAME, NULL);

    if (g_file_test (store, G_FILE_TEST_IS_REGULAR))
      g_ptr_array_add (ids, g_strdup (name));
  }
  g_ptr_array_sort (ids, compare_ids);

  return (GStrv) g_ptr_array_free (g_steal_pointer (&ids), FALSE);
}

/**
 * uc_account_folder_dup_id:
 * @site: the server's address
 * @user_id: the user's id there
 *
 * Returns: (transfer full): the name of the account's folder
 */
char *
uc_account_folder_dup_id (const char *site, const char *user_id)
{
  g_autofree char *both = NULL, *sum = NULL;

  g_return_val_if_fail (site != NULL && user_id != NULL, NULL);

  both = g_strconcat (site, "\n", user_id, NULL);
  sum = g_compute_checksum_for_string (G_CHECKSUM_SHA256, both, -1);

  return g_strndup (sum, ID_LENGTH);
}

/**
 * uc_account_folder_make:
 * @folder: an account's folder
 * @error: UC_ERROR_STORAGE
 *
 * Makes @folder and what it lies in.
 *
 * Returns: whether it is there
 */
gboolean
uc_account_folder_make (const char *folder, GError **error)
{
  g_return_val_if_fail (folder != NULL, FALSE);

  if (g_mkdir_with_parents (folder, 0700) == 0)
    return TRUE;
  g_set_error (error, UC_ERROR, UC_ERROR_STORAGE,
               _ ("The folder of the account cannot be made: %s"), g_strerror (errno));

  return FALSE;
}

static gboolean
remove_tree (GFile *file, GError **error)
{
  g_autoptr (GFileEnumerator) children = NULL;
  GFile *child;

  children = g_file_enumerate_children (file, G_FILE_ATTRIBUTE_STANDARD_NAME,
                                        G_FILE_QUERY_INFO_NOFOLLOW_SYMLINKS, NULL, NULL);
  while (children != NULL) {
    if (!g_file_enumerator_iterate (children, NULL, &child, NULL, error))
      return FALSE;
    if (child == NULL)
      break;
    if (g_file_query_file_type (child, G_FILE_QUERY_INFO_NOFOLLOW_SYMLINKS, NULL) ==
        G_FILE_TYPE_DIRECTORY) {
      if (!remove_tree (child, error))
        return FALSE;
    } else if (!g_file_delete (child, NULL, error))
      return FALSE;
  }

  return g_file_delete (file, NULL, error);
}

/**
 * uc_account_folder_remove:
 * @folder: an account's folder, whose store is closed
 * @error: UC_ERROR_STORAGE
 *
 * Removes @folder with all that is in it.
 *
 * Returns: whether it is gone
 */
gboolean
uc_account_folder_remove (const char *folder, GError **error)
{
  g_autoptr (GFile) file = NULL;
  g_autoptr (GError) local = NULL;

  g_return_val_if_fail (folder != NULL, FALSE);

  file = g_file_new_for_path (folder);
  if (remove_tree (file, &local))
    return TRUE;
  g_set_error (error, UC_ERROR, UC_ERROR_STORAGE,
               _ ("The messages on this computer could not be removed: %s"), local->message);

  return FALSE;
}
