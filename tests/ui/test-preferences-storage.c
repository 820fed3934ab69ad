/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What an account takes up is told, and what is stored can be taken along. */

#include "config.h"

#include "uc-preferences-storage.h"

#include "uc-account-fixture.h"
#include "uc-display.h"
#include "uc-test.h"

#include <glib/gstdio.h>
#include <string.h>

typedef struct {
  UcAccountFixture *account;
  GtkWidget        *window;
  GtkWidget        *page;
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer data)
{
  AdwDialog *dialog = adw_preferences_dialog_new ();

  fixture->account = uc_account_fixture_new ();
  fixture->window = adw_window_new ();
  gtk_window_set_default_size (GTK_WINDOW (fixture->window), 800, 700);
  adw_window_set_content (ADW_WINDOW (fixture->window), gtk_label_new (NULL));
  gtk_window_present (GTK_WINDOW (fixture->window));
  fixture->page = GTK_WIDGET (uc_preferences_storage_new (fixture->account->session));
  adw_preferences_dialog_add (ADW_PREFERENCES_DIALOG (dialog),
                              ADW_PREFERENCES_PAGE (fixture->page));
  adw_dialog_present (dialog, fixture->window);
  uc_display_settle (fixture->window);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  gtk_window_destroy (GTK_WINDOW (fixture->window));
  uc_account_fixture_free (fixture->account);
}

static GtkWidget *
find (GtkWidget *root, const char *title)
{
  if (ADW_IS_PREFERENCES_ROW (root) &&
      g_str_equal (adw_preferences_row_get_title (ADW_PREFERENCES_ROW (root)), title))
    return root;
  for (GtkWidget *child = gtk_widget_get_first_child (root); child != NULL;
       child = gtk_widget_get_next_sibling (child)) {
    GtkWidget *found = find (child, title);

    if (found != NULL)
      return found;
  }
  return NULL;
}

static gboolean
has_text (GtkWidget *root, const char *part)
{
  if (GTK_IS_LABEL (root) && strstr (gtk_label_get_text (GTK_LABEL (root)), part) != NULL)
    return TRUE;
  for (GtkWidget *child = gtk_widget_get_first_child (root); child != NULL;
       child = gtk_widget_get_next_sibling (child)) {
    if (has_text (child, part))
      return TRUE;
  }
  return FALSE;
}

static gboolean
is_measured (gpointer user_data)
{
  return has_text (find (user_data, "Files and Pictures"), "bytes");
}

static void
test_sizes (Fixture *fixture, gconstpointer data)
{
  const char      *path = uc_store_get_path (fixture->account->store);
  g_autofree char *backup = g_strconcat (path, ".20260101T000000Z-v3.backup", NULL);

  uc_test_wait_until (is_measured, fixture->page, 10000);
  g_assert_true (has_text (find (fixture->page, "Messages"), "kB") ||
                 has_text (find (fixture->page, "Messages"), "MB"));
  g_assert_false (gtk_widget_get_visible (find (fixture->page, "Backups")));
  uc_display_shot (fixture->window, "preferences-storage");

  /* Measured again when it is shown again. */
  g_assert_true (g_file_set_contents (backup, "0123456789", 10, NULL));
  gtk_widget_set_visible (fixture->page, FALSE);
  gtk_widget_set_visible (fixture->page, TRUE);
  uc_display_settle (fixture->window);
  g_assert_true (gtk_widget_get_visible (find (fixture->page, "Backups")));
  g_assert_true (has_text (find (fixture->page, "Backups"), "10"));
}

static gboolean
is_idle (gpointer user_data)
{
  return gtk_widget_get_sensitive (find (user_data, "_Export…"));
}

static char *
dup_only_child (const char *folder)
{
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  g_autofree char *name = g_strdup (g_dir_read_name (dir));

  g_assert_nonnull (name);
  g_assert_null (g_dir_read_name (dir));
  return g_build_filename (folder, name, NULL);
}

static void
test_export (Fixture *fixture, gconstpointer data)
{
  g_autofree char *dir = uc_test_dup_temp_dir ();
  g_autoptr (GFile) parent = g_file_new_for_path (dir);
  g_autofree char *folder = NULL;
  g_autofree char *index = NULL;

  uc_preferences_storage_export (UC_PREFERENCES_STORAGE (fixture->page), parent);
  g_assert_true (gtk_widget_get_visible (find (fixture->page, "Exporting…")));
  g_assert_false (is_idle (fixture->page));
  uc_display_shot (fixture->window, "preferences-storage-exporting");
  /* Once more meanwhile is none. */
  uc_preferences_storage_export (UC_PREFERENCES_STORAGE (fixture->page), parent);
  uc_test_wait_until (is_idle, fixture->page, 10000);
  g_assert_false (gtk_widget_get_visible (find (fixture->page, "Exporting…")));
  folder = dup_only_child (dir);
  index = g_build_filename (folder, "index.html", NULL);
  g_assert_true (g_file_test (index, G_FILE_TEST_IS_REGULAR));
  uc_display_settle (fixture->window);
  g_assert_true (has_text (fixture->window, "exported"));
  uc_display_shot (fixture->window, "preferences-storage-exported");
}

static void
test_failure (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GFile) parent = g_file_new_for_path ("/proc/nowhere");

  uc_preferences_storage_export (UC_PREFERENCES_STORAGE (fixture->page), parent);
  uc_test_wait_until (is_idle, fixture->page, 10000);
  uc_display_settle (fixture->window);
  g_assert_true (has_text (fixture->window, "/proc/nowhere"));
}

/* Nobody waits for it any more. */
static void
test_closed (Fixture *fixture, gconstpointer data)
{
  g_autofree char *dir = uc_test_dup_temp_dir ();
  g_autoptr (GFile) parent = g_file_new_for_path (dir);

  uc_preferences_storage_export (UC_PREFERENCES_STORAGE (fixture->page), parent);
}

static void
add (const char *path, void (*test) (Fixture *, gconstpointer))
{
  g_test_add (path, Fixture, NULL, set_up, test, tear_down);
}

int
main (int argc, char **argv)
{
  uc_display_init (&argc, &argv);

  add ("/ui/preferences-storage/sizes", test_sizes);
  add ("/ui/preferences-storage/export", test_export);
  add ("/ui/preferences-storage/failure", test_failure);
  add ("/ui/preferences-storage/closed", test_closed);

  return g_test_run ();
}
