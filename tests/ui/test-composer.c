/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The composer never loses what was typed, and does what its keys say. */

#include "config.h"

#include "uc-composer.h"

#include "uc-conversation-fixture.h"
#include "uc-display.h"
#include "uc-limits.h"
#include "uc-test.h"

#include <string.h>

#define LIMIT_MS 10000

typedef struct {
  UcAccountFixture *account;
  GtkWidget        *window;
  UcComposer       *composer;
  GtkTextView      *entry;
  GtkTextBuffer    *buffer;
  guint             n_sent;
  guint             n_edit_last;
  guint             n_leave;
  char             *notice;
} Fixture;

static void
notice_cb (UcComposer *composer, const char *text, Fixture *fixture)
{
  g_set_str (&fixture->notice, text);
}

static void
count_cb (UcComposer *composer, guint *n)
{
  (*n)++;
}

static void
set_up (Fixture *fixture, gconstpointer data)
{
  UcWindowAccount *account;

  fixture->account = uc_account_fixture_new ();
  account = fixture->account->account;
  fixture->window = adw_window_new ();
  fixture->composer = UC_COMPOSER (uc_composer_new (fixture->account->session,
                                                    uc_window_account_get_directory (account),
                                                    uc_window_account_get_sidebar (account)));
  g_signal_connect (fixture->composer, "notice", G_CALLBACK (notice_cb), fixture);
  g_signal_connect (fixture->composer, "sent", G_CALLBACK (count_cb), &fixture->n_sent);
  g_signal_connect (fixture->composer, "edit-last", G_CALLBACK (count_cb), &fixture->n_edit_last);
  g_signal_connect (fixture->composer, "leave", G_CALLBACK (count_cb), &fixture->n_leave);
  gtk_widget_set_valign (GTK_WIDGET (fixture->composer), GTK_ALIGN_END);
  adw_window_set_content (ADW_WINDOW (fixture->window), GTK_WIDGET (fixture->composer));
  gtk_window_set_default_size (GTK_WINDOW (fixture->window), 520, 420);
  uc_composer_set_target (fixture->composer, UC_FIXTURE_TOWN, "");
  uc_composer_set_placeholder (fixture->composer, "Message to Town Square");
  gtk_window_present (GTK_WINDOW (fixture->window));
  uc_display_settle (fixture->window);
  fixture->entry =
      GTK_TEXT_VIEW (uc_conversation_fixture_find (fixture->window, GTK_TYPE_TEXT_VIEW));
  fixture->buffer = gtk_text_view_get_buffer (fixture->entry);
  uc_composer_focus_text (fixture->composer);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  /* A text view that is taken down between a change and its frame trips over itself. */
  uc_display_settle (fixture->window);
  g_object_ref (fixture->composer);
  gtk_window_destroy (GTK_WINDOW (fixture->window));
  g_assert_finalize_object (fixture->composer);
  uc_account_fixture_free (fixture->account);
  g_free (fixture->notice);
}

static void
type (Fixture *fixture, const char *text)
{
  gtk_text_buffer_insert_interactive_at_cursor (fixture->buffer, text, -1, TRUE);
}

static gboolean
press (Fixture *fixture, guint key, GdkModifierType modifiers)
{
  return uc_conversation_fixture_press (GTK_WIDGET (fixture->entry), key, modifiers);
}

static void
assert_text (Fixture *fixture, const char *expected)
{
  g_autofree char *text = uc_composer_dup_text (fixture->composer);

  g_assert_cmpstr (text, ==, expected);
}

static gboolean
is_sent (gpointer user_data)
{
  return ((Fixture *) user_data)->n_sent > 0;
}

static GPtrArray *
load_outbox (Fixture *fixture)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  GPtrArray *rows;

  uc_store_load_outbox_async (fixture->account->store, NULL, uc_test_result_cb, &result);
  uc_test_wait_result (&result);
  rows = uc_store_load_outbox_finish (fixture->account->store, result, &error);
  g_assert_no_error (error);

  return rows;
}

static char *
load_draft (Fixture *fixture, const char *channel_id)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  char *text;

  uc_store_load_draft_async (fixture->account->store, channel_id, "", NULL, uc_test_result_cb,
                             &result);
  uc_test_wait_result (&result);
  text = uc_store_load_draft_finish (fixture->account->store, result, &error);
  g_assert_no_error (error);

  return text;
}

/* The text leaves when the store has it, not before; what is typed meanwhile stays. */
static void
test_send (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GPtrArray) rows = NULL;

  g_assert_true (press (fixture, GDK_KEY_Return, 0));
  type (fixture, "Good morning");
  g_assert_true (press (fixture, GDK_KEY_Return, GDK_SHIFT_MASK));
  type (fixture, "everybody");
  g_assert_true (press (fixture, GDK_KEY_Return, 0));
  assert_text (fixture, "Good morning\neverybody");
  /* Again is not twice. */
  g_assert_true (press (fixture, GDK_KEY_Return, 0));
  type (fixture, "next");
  uc_test_wait_until (is_sent, fixture, LIMIT_MS);
  assert_text (fixture, "next");
  g_assert_cmpuint (fixture->n_sent, ==, 1);

  rows = load_outbox (fixture);
  g_assert_cmpuint (rows->len, ==, 1);
  g_assert_cmpstr (((UcOutboxRow *) rows->pdata[0])->message, ==, "Good morning\neverybody");
}

/* By choice Enter breaks the line and Ctrl+Enter sends. */
static void
test_enter (Fixture *fixture, gconstpointer data)
{
  uc_composer_set_send_on_enter (fixture->composer, FALSE);
  type (fixture, "one");
  g_assert_true (press (fixture, GDK_KEY_Return, 0));
  g_assert_true (press (fixture, GDK_KEY_Return, GDK_SHIFT_MASK));
  type (fixture, "two");
  assert_text (fixture, "one\n\ntwo");
  g_assert_true (press (fixture, GDK_KEY_Return, GDK_CONTROL_MASK));
  uc_test_wait_until (is_sent, fixture, LIMIT_MS);
  assert_text (fixture, "");
}

/* What no server takes is not sent, and says so before. */
static void
test_limit (Fixture *fixture, gconstpointer data)
{
  g_autofree char *text = g_strnfill (UC_LIMIT_POST_CHARS + 1, 'x');
  g_autoptr (GPtrArray) rows = NULL;

  type (fixture, text);
  uc_display_settle (fixture->window);
  uc_display_shot (fixture->window, "composer-limit");
  g_assert_true (press (fixture, GDK_KEY_Return, 0));
  assert_text (fixture, text);
  rows = load_outbox (fixture);
  g_assert_cmpuint (rows->len, ==, 0);
}

static gboolean
has_town_draft (gpointer user_data)
{
  Fixture         *fixture = user_data;
  g_autofree char *text = uc_composer_dup_text (fixture->composer);

  return g_str_equal (text, "half a thought");
}

static gboolean
is_draft_saved (gpointer user_data)
{
  g_autofree char *text = load_draft (user_data, UC_FIXTURE_SURGERY);

  return g_strcmp0 (text, "another") == 0;
}

static gboolean
has_no_draft (gpointer user_data)
{
  g_autofree char *text = load_draft (user_data, UC_FIXTURE_TOWN);

  return text == NULL || *text == '\0';
}

static void
test_drafts (Fixture *fixture, gconstpointer data)
{
  type (fixture, "half a thought");
  uc_composer_set_target (fixture->composer, UC_FIXTURE_SURGERY, "");
  assert_text (fixture, "");
  type (fixture, "another");
  /* Without switching, too, after a moment. */
  uc_test_wait_until (is_draft_saved, fixture, LIMIT_MS);
  uc_composer_set_target (fixture->composer, UC_FIXTURE_TOWN, "");
  uc_test_wait_until (has_town_draft, fixture, LIMIT_MS);

  /* Sent: no draft is left. */
  g_assert_true (press (fixture, GDK_KEY_Return, 0));
  uc_test_wait_until (is_sent, fixture, LIMIT_MS);
  uc_test_wait_until (has_no_draft, fixture, LIMIT_MS);

  /* Nobody who writes already is interrupted by a draft that comes late. */
  uc_composer_set_target (fixture->composer, UC_FIXTURE_SURGERY, "");
  type (fixture, "quicker");
  uc_display_settle (fixture->window);
  assert_text (fixture, "quicker");
}

/* Sent and switched away at once: it arrives, and is no draft of either place. */
static void
test_switch (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GPtrArray) rows = NULL;

  type (fixture, "to town");
  g_assert_true (press (fixture, GDK_KEY_Return, 0));
  uc_composer_set_target (fixture->composer, UC_FIXTURE_SURGERY, "");
  assert_text (fixture, "");
  uc_display_settle (fixture->window);
  rows = load_outbox (fixture);
  g_assert_cmpuint (rows->len, ==, 1);
  g_assert_cmpstr (((UcOutboxRow *) rows->pdata[0])->channel_id, ==, UC_FIXTURE_TOWN);
  assert_text (fixture, "");
  uc_composer_set_target (fixture->composer, UC_FIXTURE_TOWN, "");
  uc_display_settle (fixture->window);
  assert_text (fixture, "");
}

static UcMessage *
make_message (const char *text)
{
  UcMessage *message = uc_message_new ();

  g_set_str (&message->key, "samekeyyyyyyyyyyyyyyyyyyyy");
  g_clear_pointer (&message->post, uc_post_unref);
  message->post = uc_post_new ();
  g_set_str (&message->post->id, "samekeyyyyyyyyyyyyyyyyyyyy");
  g_set_str (&message->post->channel_id, UC_FIXTURE_TOWN);
  g_set_str (&message->post->user_id, UC_FIXTURE_BEN);
  g_set_str (&message->post->message, text);

  return message;
}

static void
test_modes (Fixture *fixture, gconstpointer data)
{
  g_autoptr (UcMessage) message = make_message ("What I **said** before");
  g_autoptr (GPtrArray) rows = NULL;

  g_assert_true (press (fixture, GDK_KEY_Up, 0));
  g_assert_cmpuint (fixture->n_edit_last, ==, 1);
  type (fixture, "half written");
  press (fixture, GDK_KEY_Up, 0);
  g_assert_cmpuint (fixture->n_edit_last, ==, 1);

  uc_composer_edit (fixture->composer, message);
  assert_text (fixture, "What I **said** before");
  uc_display_settle (fixture->window);
  uc_display_shot (fixture->window, "composer-edit");
  g_assert_true (press (fixture, GDK_KEY_Escape, 0));
  assert_text (fixture, "half written");
  g_assert_cmpuint (fixture->n_leave, ==, 0);

  uc_composer_reply (fixture->composer, message);
  assert_text (fixture, "half written");
  uc_display_settle (fixture->window);
  uc_display_shot (fixture->window, "composer-reply");
  g_assert_true (press (fixture, GDK_KEY_Escape, 0));
  g_assert_true (press (fixture, GDK_KEY_Escape, 0));
  g_assert_cmpuint (fixture->n_leave, ==, 1);

  /* A reply goes into the thread. */
  uc_composer_reply (fixture->composer, message);
  g_assert_true (press (fixture, GDK_KEY_Return, 0));
  uc_test_wait_until (is_sent, fixture, LIMIT_MS);
  rows = load_outbox (fixture);
  g_assert_cmpuint (rows->len, ==, 1);
  assert_text (fixture, "");
  g_assert_true (press (fixture, GDK_KEY_Escape, 0));
  g_assert_cmpuint (fixture->n_leave, ==, 2);
}

static void
test_marks (Fixture *fixture, gconstpointer data)
{
  GtkTextIter start, end;

  type (fixture, "very grün day");
  gtk_text_buffer_get_iter_at_offset (fixture->buffer, &start, 5);
  gtk_text_buffer_get_iter_at_offset (fixture->buffer, &end, 9);
  gtk_text_buffer_select_range (fixture->buffer, &start, &end);
  g_assert_true (press (fixture, GDK_KEY_b, GDK_CONTROL_MASK));
  assert_text (fixture, "very **grün** day");
  g_assert_true (press (fixture, GDK_KEY_b, GDK_CONTROL_MASK));
  assert_text (fixture, "very grün day");
  g_assert_true (press (fixture, GDK_KEY_i, GDK_CONTROL_MASK));
  assert_text (fixture, "very *grün* day");
}

static gboolean
is_all_seen (gpointer user_data)
{
  Fixture       *fixture = user_data;
  GtkAdjustment *adjustment = gtk_scrollable_get_vadjustment (GTK_SCROLLABLE (fixture->entry));

  uc_display_settle (fixture->window);

  return gtk_adjustment_get_page_size (adjustment) ==
             gtk_widget_get_height (GTK_WIDGET (fixture->entry)) &&
         gtk_adjustment_get_value (adjustment) == 0;
}

/* What was pasted and fits is seen from its first line on. */
static void
test_paste (Fixture *fixture, gconstpointer data)
{
  gdk_clipboard_set_text (gtk_widget_get_clipboard (fixture->window),
                          "one\ntwo\nthree\nfour\nfive\nsix\nseven\neight");
  g_signal_emit_by_name (fixture->entry, "paste-clipboard");
  uc_display_settle (fixture->window);
  assert_text (fixture, "one\ntwo\nthree\nfour\nfive\nsix\nseven\neight");
  uc_test_wait_until (is_all_seen, fixture, LIMIT_MS);
  uc_display_shot (fixture->window, "composer-paste");
}

static gboolean
has_suggestions (gpointer user_data)
{
  Fixture   *fixture = user_data;
  GtkWidget *list = uc_conversation_fixture_find (fixture->window, GTK_TYPE_LIST_BOX);

  return list != NULL && gtk_list_box_get_selected_row (GTK_LIST_BOX (list)) != NULL;
}

static gboolean
has_no_suggestions (gpointer user_data)
{
  return !has_suggestions (user_data);
}

static void
test_complete (Fixture *fixture, gconstpointer data)
{
  type (fixture, "thanks @be");
  uc_test_wait_until (has_suggestions, fixture, LIMIT_MS);
  uc_display_settle (fixture->window);
  uc_display_shot (fixture->window, "composer-complete");
  /* Enter takes it and does not send. */
  g_assert_true (press (fixture, GDK_KEY_Return, 0));
  assert_text (fixture, "thanks @ben.moser ");
  uc_test_wait_until (has_no_suggestions, fixture, LIMIT_MS);

  type (fixture, ":tad");
  uc_test_wait_until (has_suggestions, fixture, LIMIT_MS);
  g_assert_true (press (fixture, GDK_KEY_Tab, 0));
  assert_text (fixture, "thanks @ben.moser 🎉 ");

  /* Escape closes it and leaves nothing else. */
  type (fixture, "~war");
  uc_test_wait_until (has_suggestions, fixture, LIMIT_MS);
  g_assert_true (press (fixture, GDK_KEY_Escape, 0));
  uc_test_wait_until (has_no_suggestions, fixture, LIMIT_MS);
  g_assert_cmpuint (fixture->n_leave, ==, 0);
}

static guint
count_chips (Fixture *fixture)
{
  GtkWidget *box = uc_conversation_fixture_find (fixture->window, ADW_TYPE_WRAP_BOX);
  guint      n = 0;

  for (GtkWidget *child = box != NULL ? gtk_widget_get_first_child (box) : NULL; child != NULL;
       child = gtk_widget_get_next_sibling (child))
    n++;
  return n;
}

static gboolean
has_ten_chips (gpointer user_data)
{
  return count_chips (user_data) == UC_LIMIT_FILES_PER_POST;
}

static gboolean
has_notice (gpointer user_data)
{
  return ((Fixture *) user_data)->notice != NULL;
}

static void
wait_for_notice (Fixture *fixture, const char *part)
{
  uc_test_wait_until (has_notice, fixture, LIMIT_MS);
  g_assert_nonnull (strstr (fixture->notice, part));
  g_clear_pointer (&fixture->notice, g_free);
}

static void
test_files (Fixture *fixture, gconstpointer data)
{
  g_autofree char *folder = uc_test_dup_temp_dir ();
  g_autofree char *path = g_build_filename (folder, "a plan for the week.txt", NULL);
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (GPtrArray) rows = NULL;

  g_assert_true (g_file_set_contents (path, "Monday", -1, NULL));
  /* Two more than a message takes: that is said once. */
  for (int i = 0; i < UC_LIMIT_FILES_PER_POST + 2; i++)
    uc_composer_attach (fixture->composer, file);
  uc_test_wait_until (has_ten_chips, fixture, LIMIT_MS);
  wait_for_notice (fixture, "2 were left out");
  uc_display_settle (fixture->window);
  uc_display_shot (fixture->window, "composer-files");

  /* They stay with their conversation. */
  uc_composer_set_target (fixture->composer, UC_FIXTURE_SURGERY, "");
  g_assert_cmpuint (count_chips (fixture), ==, 0);
  g_assert_true (press (fixture, GDK_KEY_Return, 0));
  uc_composer_set_target (fixture->composer, UC_FIXTURE_TOWN, "");
  g_assert_true (press (fixture, GDK_KEY_Return, 0));
  uc_test_wait_until (is_sent, fixture, LIMIT_MS);
  rows = load_outbox (fixture);
  g_assert_cmpuint (rows->len, ==, 1);
  g_assert_cmpuint (((UcOutboxRow *) rows->pdata[0])->files->len, ==, UC_LIMIT_FILES_PER_POST);
  uc_display_settle (fixture->window);
}

/* What cannot go is told when it is chosen, not when the message is under way. */
static void
test_files_refused (Fixture *fixture, gconstpointer data)
{
  g_autofree char *folder = uc_test_dup_temp_dir ();
  g_autofree char *empty_path = g_build_filename (folder, "empty.txt", NULL);
  g_autofree char *gone_path = g_build_filename (folder, "gone.txt", NULL);
  g_autoptr (GFile) no_file = g_file_new_for_path (folder);
  g_autoptr (GFile) empty = g_file_new_for_path (empty_path);
  g_autoptr (GFile) gone = g_file_new_for_path (gone_path);
  g_autoptr (GFile) elsewhere = g_file_new_for_uri ("https://example.org/a.png");

  g_assert_true (g_file_set_contents (empty_path, "", 0, NULL));

  uc_composer_attach (fixture->composer, no_file);
  wait_for_notice (fixture, "folder");
  uc_composer_attach (fixture->composer, empty);
  wait_for_notice (fixture, "empty");
  uc_composer_attach (fixture->composer, gone);
  wait_for_notice (fixture, "gone.txt");
  uc_composer_attach (fixture->composer, elsewhere);
  wait_for_notice (fixture, "on this computer");
  g_assert_cmpuint (count_chips (fixture), ==, 0);
}

static void
add (const char *path, void (*test) (Fixture *, gconstpointer))
{
  g_test_add (path, Fixture, NULL, set_up, test, tear_down);
}

int
main (int argc, char **argv)
{
  /* GTK's accessibility for tests has no function for announcements, and calls it. */
  g_setenv ("GTK_A11Y", "none", TRUE);
  uc_display_init (&argc, &argv);

  add ("/ui/composer/send", test_send);
  add ("/ui/composer/enter", test_enter);
  add ("/ui/composer/limit", test_limit);
  add ("/ui/composer/drafts", test_drafts);
  add ("/ui/composer/switch", test_switch);
  add ("/ui/composer/modes", test_modes);
  add ("/ui/composer/marks", test_marks);
  add ("/ui/composer/paste", test_paste);
  add ("/ui/composer/complete", test_complete);
  add ("/ui/composer/files", test_files);
  add ("/ui/composer/files-refused", test_files_refused);

  return g_test_run ();
}
