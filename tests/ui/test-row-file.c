/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A file's row says what it is, and why it is not there. */

#include "config.h"

#include "uc-row-file.h"

#include "uc-conversation-fixture.h"
#include "uc-display.h"
#include "uc-test.h"

#include <string.h>

#define LIMIT_MS 10000

typedef struct {
  UcAccountFixture *account;
  UcRowContext     *context;
  GtkWidget        *window;
  char             *notice;
} Fixture;

static void
notice_cb (UcRowContext *context, const char *text, Fixture *fixture)
{
  g_set_str (&fixture->notice, text);
}

static void
set_up (Fixture *fixture, gconstpointer data)
{
  fixture->account = uc_account_fixture_new ();
  fixture->context =
      uc_row_context_new (fixture->account->session,
                          uc_window_account_get_directory (fixture->account->account), FALSE);
  g_signal_connect (fixture->context, "notice", G_CALLBACK (notice_cb), fixture);
  fixture->window = gtk_window_new ();
  gtk_window_set_default_size (GTK_WINDOW (fixture->window), 360, 120);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  gtk_window_destroy (GTK_WINDOW (fixture->window));
  g_object_unref (fixture->context);
  uc_account_fixture_free (fixture->account);
  g_free (fixture->notice);
}

static UcFile *
new_file (const char *id, const char *name)
{
  UcFile *file = uc_file_new ();

  g_set_str (&file->id, id);
  g_set_str (&file->name, name);
  g_set_str (&file->mime_type, "application/pdf");
  file->size_bytes = 12600000;
  return file;
}

static GtkWidget *
show (Fixture *fixture, UcFile *file, UcSendState send_state, const char *shot)
{
  GtkWidget *row = uc_row_file_new (fixture->context, file, send_state);

  gtk_widget_set_valign (row, GTK_ALIGN_START);
  gtk_window_set_child (GTK_WINDOW (fixture->window), row);
  gtk_window_present (GTK_WINDOW (fixture->window));
  uc_display_settle (fixture->window);
  uc_display_shot (fixture->window, shot);
  return row;
}

static gboolean
has_label (GtkWidget *widget, const char *part)
{
  if (GTK_IS_LABEL (widget) && gtk_widget_get_mapped (widget) &&
      strstr (gtk_label_get_text (GTK_LABEL (widget)), part) != NULL)
    return TRUE;
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    if (has_label (child, part))
      return TRUE;
  return FALSE;
}

static GtkWidget *
find_button (GtkWidget *row, const char *tooltip)
{
  if (GTK_IS_BUTTON (row) && gtk_widget_get_mapped (row) &&
      g_strcmp0 (gtk_widget_get_tooltip_text (row), tooltip) == 0)
    return row;
  for (GtkWidget *child = gtk_widget_get_first_child (row); child != NULL;
       child = gtk_widget_get_next_sibling (child)) {
    GtkWidget *found = find_button (child, tooltip);

    if (found != NULL)
      return found;
  }
  return NULL;
}

static void
test_ready (Fixture *fixture, gconstpointer data)
{
  g_autoptr (UcFile) file =
      new_file ("46redrm3q3gnxfee5iqyoo4ayy", "../../a\u202Efdp.a very long name indeed.pdf");
  GtkWidget *row = show (fixture, file, UC_SEND_NONE, "row-file-ready");

  g_assert_true (has_label (row, "12.6"));
  g_assert_true (has_label (row, "a\uFFFDfdp"));
  g_assert_false (has_label (row, ".."));
  g_assert_nonnull (find_button (row, "Open"));
  g_assert_nonnull (find_button (row, "Save As…"));
}

static void
test_waiting (Fixture *fixture, gconstpointer data)
{
  g_autoptr (UcFile) file = new_file ("local:aaaa:0", "plan.pdf");
  GtkWidget *row;

  g_set_str (&file->local_path, "/nowhere/at/all");
  row = show (fixture, file, UC_SEND_QUEUED, "row-file-waiting");
  g_assert_true (has_label (row, "Waits for the server"));
  g_assert_null (find_button (row, "Open"));
  /* What was parked says so itself. */
  row = show (fixture, file, UC_SEND_FAILED, "row-file-parked");
  g_assert_false (has_label (row, "Waits"));
  g_assert_true (has_label (row, "12.6"));
}

static gboolean
can_retry (gpointer user_data)
{
  return find_button (user_data, "Retry") != NULL;
}

static void
test_failed (Fixture *fixture, gconstpointer data)
{
  g_autoptr (UcFile) file = new_file ("46redrm3q3gnxfee5iqyoo4ayy", "plan.pdf");
  GtkWidget *row = show (fixture, file, UC_SEND_NONE, "row-file-before");

  g_signal_emit_by_name (find_button (row, "Open"), "clicked");
  uc_test_wait_until (can_retry, row, LIMIT_MS);
  uc_display_shot (fixture->window, "row-file-failed");
  g_assert_nonnull (fixture->notice);
  g_assert_true (has_label (row, fixture->notice));
  /* Trying again fails the same way, and can be tried again. */
  g_signal_emit_by_name (find_button (row, "Retry"), "clicked");
  uc_test_wait_until (can_retry, row, LIMIT_MS);
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

  add ("/ui/row-file/ready", test_ready);
  add ("/ui/row-file/waiting", test_waiting);
  add ("/ui/row-file/failed", test_failed);

  return g_test_run ();
}
