/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What leaves the program does nothing that nobody asked for. */

#include "config.h"

#include "uc-row-open.h"

#include "uc-conversation-fixture.h"
#include "uc-display.h"
#include "uc-test.h"

#include <glib/gstdio.h>

#define LIMIT_MS 10000

typedef struct {
  char  *dir;
  char  *path;
  GFile *target;
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer data)
{
  g_autofree char *to = NULL;

  fixture->dir = uc_test_dup_temp_dir ();
  fixture->path = g_build_filename (fixture->dir, "fetched", NULL);
  to = g_build_filename (fixture->dir, "chosen.sh", NULL);
  fixture->target = g_file_new_for_path (to);
  g_assert_true (g_file_set_contents (fixture->path, "#!/bin/sh\n", -1, NULL));
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  g_free (fixture->dir);
  g_free (fixture->path);
  g_object_unref (fixture->target);
}

static gboolean
copy (Fixture *fixture, gboolean may_replace, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  uc_row_open_copy_async (fixture->path, fixture->target, may_replace, NULL, uc_test_result_cb,
                          &result);
  return uc_row_open_copy_finish (uc_test_wait_result (&result), error);
}

static void
assert_not_executable (Fixture *fixture)
{
  GStatBuf info;

  g_assert_cmpint (g_stat (g_file_peek_path (fixture->target), &info), ==, 0);
  g_assert_cmpint (info.st_mode & 0111, ==, 0);
}

static void
test_copy (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *content = NULL;

  g_assert_cmpint (g_chmod (fixture->path, 0755), ==, 0);
  g_assert_true (copy (fixture, FALSE, &error));
  assert_not_executable (fixture);

  /* What came there meanwhile stays. */
  g_assert_true (g_file_set_contents (g_file_peek_path (fixture->target), "mine", -1, NULL));
  g_assert_false (copy (fixture, FALSE, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_EXISTS);
  g_clear_error (&error);
  g_assert_true (g_file_get_contents (g_file_peek_path (fixture->target), &content, NULL, NULL));
  g_assert_cmpstr (content, ==, "mine");

  /* What the chooser has asked about goes, and a program does not stay one. */
  g_assert_cmpint (g_chmod (g_file_peek_path (fixture->target), 0755), ==, 0);
  g_assert_true (copy (fixture, TRUE, &error));
  assert_not_executable (fixture);
}

typedef struct {
  GtkWidget *window;
  GtkWidget *dialog;
} Asked;

static gboolean
is_asked (gpointer user_data)
{
  Asked *asked = user_data;

  asked->dialog = (GtkWidget *) adw_window_get_visible_dialog (ADW_WINDOW (asked->window));
  return asked->dialog != NULL;
}

/* A script that calls itself a picture is asked about; saying no opens nothing, and lays
 * nothing out. */
static void
test_asks (Fixture *fixture, gconstpointer data)
{
  Asked            asked = { adw_window_new (), NULL };
  GtkWidget       *child = gtk_label_new ("behind");
  g_autofree char *folder = g_build_filename (fixture->dir, "opened", NULL);
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  adw_window_set_content (ADW_WINDOW (asked.window), child);
  gtk_window_set_default_size (GTK_WINDOW (asked.window), 360, 400);
  gtk_window_present (GTK_WINDOW (asked.window));
  uc_display_settle (asked.window);
  uc_row_open_async (fixture->path, "id", "photo\u202Egnp.png", folder, child, NULL,
                     uc_test_result_cb, &result);
  uc_test_wait_until (is_asked, &asked, LIMIT_MS);
  uc_display_settle (asked.window);
  uc_display_shot (asked.window, "row-open-asks");
  g_assert_cmpstr (adw_alert_dialog_get_default_response (ADW_ALERT_DIALOG (asked.dialog)), ==,
                   "cancel");
  adw_dialog_close (ADW_DIALOG (asked.dialog));
  g_assert_false (uc_row_open_finish (uc_test_wait_result (&result), &error));
  g_assert_error (error, GTK_DIALOG_ERROR, GTK_DIALOG_ERROR_DISMISSED);
  g_assert_false (g_file_test (folder, G_FILE_TEST_EXISTS));
  gtk_window_destroy (GTK_WINDOW (asked.window));
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

  add ("/ui/row-open/copy", test_copy);
  add ("/ui/row-open/asks", test_asks);

  return g_test_run ();
}
