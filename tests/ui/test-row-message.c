/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A message row over the real store: what it says, what its actions queue, and that it
 * follows its message. */

#include "config.h"

#include "uc-row-message.h"

#include "uc-conversation-fixture.h"
#include "uc-display.h"
#include "uc-limits.h"
#include "uc-row-text.h"
#include "uc-test.h"

#define LIMIT_MS 10000

typedef struct {
  UcAccountFixture *account;
  UcRowContext     *context;
  UcTimeline       *timeline;
  GtkWidget        *window;
  UcRowMessage     *row;
  guint             request;
  char             *requested;
} Fixture;

static void
request_cb (UcRowContext *context, guint request, UcMessage *message, Fixture *fixture)
{
  fixture->request = request;
  g_set_str (&fixture->requested, message->post->id);
}

static void
open_timeline (Fixture *fixture)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  uc_timeline_open_async (fixture->timeline, NULL, uc_test_result_cb, &result);
  uc_test_wait_result (&result);
  uc_timeline_open_finish (fixture->timeline, result, NULL, &error);
  g_assert_no_error (error);
}

static gboolean
are_known (gpointer user_data)
{
  UcDirectory *directory = user_data;

  return uc_directory_get_user (directory, UC_FIXTURE_ME) != NULL &&
         uc_directory_get_user (directory, UC_FIXTURE_BEN) != NULL &&
         uc_directory_get_user (directory, UC_FIXTURE_CARLA) != NULL;
}

static void
set_up (Fixture *fixture, gconstpointer data)
{
  GtkWidget   *scrolled = gtk_scrolled_window_new ();
  UcDirectory *directory;

  fixture->account = uc_account_fixture_new ();
  uc_conversation_fixture_fill (fixture->account, 3);
  directory = uc_window_account_get_directory (fixture->account->account);
  uc_test_wait_until (are_known, directory, LIMIT_MS);
  fixture->context = uc_row_context_new (fixture->account->session, directory, FALSE);
  g_signal_connect (fixture->context, "request", G_CALLBACK (request_cb), fixture);
  fixture->timeline =
      uc_timeline_new (fixture->account->session, directory, UC_FIXTURE_SURGERY, "");
  open_timeline (fixture);
  fixture->window = gtk_window_new ();
  fixture->row = UC_ROW_MESSAGE (uc_row_message_new (fixture->context));
  gtk_widget_set_valign (GTK_WIDGET (fixture->row), GTK_ALIGN_START);
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scrolled), GTK_POLICY_NEVER,
                                  GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scrolled), GTK_WIDGET (fixture->row));
  gtk_window_set_child (GTK_WINDOW (fixture->window), scrolled);
  gtk_window_set_default_size (GTK_WINDOW (fixture->window), 600, 500);
  gtk_window_present (GTK_WINDOW (fixture->window));
  uc_display_settle (fixture->window);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  g_object_ref (fixture->row);
  gtk_window_destroy (GTK_WINDOW (fixture->window));
  g_assert_finalize_object (fixture->row);
  g_assert_finalize_object (fixture->context);
  /* It may be reading still. */
  g_object_unref (fixture->timeline);
  uc_account_fixture_free (fixture->account);
  g_free (fixture->requested);
}

/* The item whose message begins with @text. */
static UcTimelineItem *
find_item (Fixture *fixture, const char *text)
{
  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (fixture->timeline)); i++) {
    g_autoptr (UcTimelineItem) item = g_list_model_get_item (G_LIST_MODEL (fixture->timeline), i);
    UcMessage *message = uc_timeline_item_get_message (item);

    if (message != NULL && g_str_has_prefix (message->post->message, text))
      return g_steal_pointer (&item);
  }
  g_assert_not_reached ();
}

static void
show (Fixture *fixture, const char *text)
{
  g_autoptr (UcTimelineItem) item = find_item (fixture, text);

  uc_row_message_set_item (fixture->row, NULL);
  uc_row_message_set_item (fixture->row, item);
  uc_display_settle (fixture->window);
}

static gboolean
can (Fixture *fixture, const char *action)
{
  /* Activating tells; nothing here is activated that changes anything. */
  GtkWidget *widget = GTK_WIDGET (fixture->row);
  GVariant  *target = NULL;

  return gtk_widget_activate_action_variant (widget, action, target);
}

static UcOutboxRow *
take_last_operation (Fixture *fixture, GPtrArray **rows)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  g_clear_pointer (rows, g_ptr_array_unref);
  uc_store_load_outbox_async (fixture->account->store, NULL, uc_test_result_cb, &result);
  uc_test_wait_result (&result);
  *rows = uc_store_load_outbox_finish (fixture->account->store, result, &error);
  g_assert_no_error (error);

  return (*rows)->len > 0 ? (*rows)->pdata[(*rows)->len - 1] : NULL;
}

typedef struct {
  Fixture *fixture;
  UcOpKind kind;
} Wanted;

static gboolean
has_operation (gpointer user_data)
{
  Wanted *wanted = user_data;
  g_autoptr (GPtrArray) rows = NULL;
  UcOutboxRow *row = take_last_operation (wanted->fixture, &rows);

  return row != NULL && row->kind == wanted->kind;
}

static void
wait_operation (Fixture *fixture, UcOpKind kind)
{
  Wanted wanted = { fixture, kind };

  uc_test_wait_until (has_operation, &wanted, LIMIT_MS);
}

static void
test_actions (Fixture *fixture, gconstpointer data)
{
  GtkWidget *row = GTK_WIDGET (fixture->row);

  show (fixture, "**Handover");
  /* Mine already: the same again takes it back. */
  g_assert_true (gtk_widget_activate_action (row, "message.toggle-reaction", "s", "+1"));
  wait_operation (fixture, UC_OP_UNREACT);
  g_assert_true (gtk_widget_activate_action (row, "message.toggle-reaction", "s", "tada"));
  wait_operation (fixture, UC_OP_REACT);
  g_assert_true (gtk_widget_activate_action (row, "message.pin", NULL));
  wait_operation (fixture, UC_OP_UNPIN);
  g_assert_true (gtk_widget_activate_action (row, "message.save", NULL));
  wait_operation (fixture, UC_OP_SAVE);
  g_assert_true (gtk_widget_activate_action (row, "message.mark-unread", NULL));
  wait_operation (fixture, UC_OP_SET_UNREAD);

  g_assert_true (gtk_widget_activate_action (row, "message.reply", NULL));
  g_assert_cmpuint (fixture->request, ==, UC_ROW_REQUEST_REPLY);
  g_assert_true (gtk_widget_activate_action (row, "message.thread", NULL));
  g_assert_cmpuint (fixture->request, ==, UC_ROW_REQUEST_THREAD);
}

static void
test_own (Fixture *fixture, gconstpointer data)
{
  show (fixture, "Coming");
  g_assert_true (can (fixture, "message.edit"));
  g_assert_cmpuint (fixture->request, ==, UC_ROW_REQUEST_EDIT);
  show (fixture, "The x-ray");
  fixture->request = G_MAXUINT;
  can (fixture, "message.edit");
  g_assert_cmpuint (fixture->request, ==, G_MAXUINT);
}

static void
assert_summary (Fixture *fixture, const char *text, const char *const *parts)
{
  g_autoptr (UcTimelineItem) item = find_item (fixture, text);
  g_autofree char *summary = uc_row_message_dup_summary (fixture->context, item);

  for (; *parts != NULL; parts++) {
    if (strstr (summary, *parts) == NULL)
      g_error ("“%s” is not in “%s”", *parts, summary);
  }
}

static void
test_summary (Fixture *fixture, gconstpointer data)
{
  const char *const handover[] = { "Carla Sims", "Handover, night shift", "3 reactions",
                                   "3 replies", NULL };
  const char *const edited[] = { "Anna Keller", "Coming", "edited", NULL };
  const char *const flagged[] = { "Incident", "Critical", NULL };
  const char *const files[] = { "x-ray.png", "report of the radiology", NULL };

  assert_summary (fixture, "**Handover", handover);
  assert_summary (fixture, "Coming", edited);
  assert_summary (fixture, "The x-ray", files);
  g_object_set (fixture->context, "show-flags", TRUE, NULL);
  assert_summary (fixture, "Ventilator", flagged);
}

static gboolean
has_flag (GtkWidget *widget)
{
  if (gtk_widget_has_css_class (widget, "ai-flag"))
    return TRUE;
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child)) {
    if (has_flag (child))
      return TRUE;
  }

  return FALSE;
}

/* Off means that nothing shows. */
static void
test_flags (Fixture *fixture, gconstpointer data)
{
  show (fixture, "Ventilator");
  g_assert_false (has_flag (GTK_WIDGET (fixture->row)));
  g_object_set (fixture->context, "show-flags", TRUE, NULL);
  g_assert_true (has_flag (GTK_WIDGET (fixture->row)));
  g_object_set (fixture->context, "show-flags", FALSE, NULL);
  g_assert_false (has_flag (GTK_WIDGET (fixture->row)));
}

static gboolean
has_grown (gpointer user_data)
{
  Fixture *fixture = user_data;

  uc_display_settle (fixture->window);

  return gtk_widget_get_height (GTK_WIDGET (fixture->row)) > 200;
}

/* An edit shows where it is, at once. */
static void
test_follow (Fixture *fixture, gconstpointer data)
{
  g_autoptr (UcTimelineItem) item = NULL;
  int before;

  show (fixture, "Coming");
  item = find_item (fixture, "Coming");
  before = gtk_widget_get_height (GTK_WIDGET (fixture->row));
  g_assert_cmpint (before, <, 100);
  uc_session_edit (fixture->account->session, uc_timeline_item_get_message (item),
                   "Coming\n- with\n- a\n- list\n- of\n- many\n- things\n- to\n- bring\n- along");
  uc_test_wait_until (has_grown, fixture, LIMIT_MS);
}

/* A long text is cut until it is wanted whole. */
static void
test_long (Fixture *fixture, gconstpointer data)
{
  g_autofree char *word = g_strnfill (30, 'w');
  g_autoptr (GString) text = g_string_new ("Long");
  g_autofree char *id = NULL;
  GtkWidget       *body;
  int              before;

  while (text->len < 2 * UC_LIMIT_SHOWN_BYTES)
    g_string_append_printf (text, " %s", word);
  id = uc_conversation_fixture_post (fixture->account, UC_FIXTURE_BEN, "", text->str);
  uc_display_settle (fixture->window);
  show (fixture, "Long");
  before = gtk_widget_get_height (GTK_WIDGET (fixture->row));
  body = uc_conversation_fixture_find (GTK_WIDGET (fixture->row), UC_TYPE_ROW_TEXT);
  g_signal_emit_by_name (body, "show-more");
  uc_display_settle (fixture->window);
  g_assert_cmpint (gtk_widget_get_height (GTK_WIDGET (fixture->row)), >, before * 3 / 2);
}

static void
test_index (Fixture *fixture, gconstpointer data)
{
  show (fixture, "Coming");
  g_assert_cmpint (uc_row_message_get_index_at (fixture->row, 0, 0), ==, 0);
  g_assert_cmpint (uc_row_message_get_index_at (fixture->row, 590, 300), ==, strlen ("Coming"));
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

  add ("/ui/row-message/actions", test_actions);
  add ("/ui/row-message/own", test_own);
  add ("/ui/row-message/summary", test_summary);
  add ("/ui/row-message/flags", test_flags);
  add ("/ui/row-message/follow", test_follow);
  add ("/ui/row-message/long", test_long);
  add ("/ui/row-message/index", test_index);

  return g_test_run ();
}
