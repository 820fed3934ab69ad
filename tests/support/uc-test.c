/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The loop, the temporary folders and the fixtures that every test uses. */

#include "config.h"

#include "uc-test.h"

#include <glib/gstdio.h>

static GPtrArray *temp_dirs;

static gboolean
limit_cb (gpointer user_data)
{
  gboolean *is_over = user_data;

  *is_over = TRUE;
  return G_SOURCE_CONTINUE;
}

void
uc_test_wait_until (UcTestPredicate predicate, gpointer user_data, guint limit_ms)
{
  gboolean is_over = FALSE;
  guint    limit_id = g_timeout_add (limit_ms, limit_cb, &is_over);

  while (!predicate (user_data) && !is_over)
    g_main_context_iteration (NULL, TRUE);

  g_source_remove (limit_id);
  g_assert_true (predicate (user_data));
}

static gboolean
has_result (gpointer user_data)
{
  GAsyncResult **result = user_data;

  return *result != NULL;
}

GAsyncResult *
uc_test_wait_result (GAsyncResult **result)
{
  uc_test_wait_until (has_result, result, 20000);
  return *result;
}

void
uc_test_result_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  GAsyncResult **slot = user_data;

  g_assert_null (*slot);
  *slot = g_object_ref (result);
}

static void
remove_tree (const char *path)
{
  g_autoptr (GDir) dir =
      g_file_test (path, G_FILE_TEST_IS_SYMLINK) ? NULL : g_dir_open (path, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL) {
    g_autofree char *child = g_build_filename (path, name, NULL);

    remove_tree (child);
  }
  g_remove (path);
}

static void
remove_temp_dirs (void)
{
  for (guint i = 0; i < temp_dirs->len; i++)
    remove_tree (g_ptr_array_index (temp_dirs, i));
  g_clear_pointer (&temp_dirs, g_ptr_array_unref);
}

char *
uc_test_dup_temp_dir (void)
{
  g_autoptr (GError) error = NULL;
  char *path = g_dir_make_tmp ("uc-test-XXXXXX", &error);

  g_assert_no_error (error);
  if (temp_dirs == NULL) {
    temp_dirs = g_ptr_array_new_with_free_func (g_free);
    atexit (remove_temp_dirs);
  }
  g_ptr_array_add (temp_dirs, g_strdup (path));
  return path;
}

char *
uc_test_dup_fixture (const char *name, gsize *length)
{
  const char      *dir = g_getenv ("UC_TEST_FIXTURES");
  g_autofree char *path = g_build_filename (dir != NULL ? dir : "tests/fixtures", name, NULL);
  g_autoptr (GError) error = NULL;
  char *content = NULL;

  g_file_get_contents (path, &content, length, &error);
  g_assert_no_error (error);
  return content;
}
