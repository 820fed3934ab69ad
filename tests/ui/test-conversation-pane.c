/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What is read stays where it is, to the pixel, whatever happens around it: with real
 * rows, a real model and a real store. And the jumps, and the way back. */

#include "config.h"

#include "uc-composer.h"
#include "uc-conversation-fixture.h"
#include "uc-conversation-page.h"
#include "uc-display.h"
#include "uc-row-message.h"
#include "uc-row-note.h"
#include "uc-test.h"
#include "uc-timeline-view.h"

#include <math.h>

#define LIMIT_MS 10000

typedef struct {
  UcAccountFixture   *account;
  GtkWidget          *window;
  UcConversationPage *page;
  UcTimelineView     *view;
  GListModel         *model;
} Fixture;

static GtkWidget *
find (Fixture *fixture, GType type)
{
  return uc_conversation_fixture_find (fixture->window, type);
}

static gboolean
has_rows (gpointer user_data)
{
  return find (user_data, UC_TYPE_ROW_MESSAGE) != NULL;
}

static void
settle (Fixture *fixture)
{
  for (int i = 0; i < 3; i++)
    uc_display_settle (fixture->window);
}

static void
open_surgery (Fixture *fixture)
{
  uc_conversation_page_open (fixture->page, UC_FIXTURE_SURGERY);
  uc_test_wait_until (has_rows, fixture, LIMIT_MS);
  fixture->view = UC_TIMELINE_VIEW (find (fixture, UC_TYPE_TIMELINE_VIEW));
  fixture->model = uc_timeline_view_get_model (fixture->view);
  settle (fixture);
}

static void
set_up (Fixture *fixture, gconstpointer n_plain)
{
  GtkWidget *view = adw_navigation_view_new ();

  fixture->account = uc_account_fixture_new ();
  uc_conversation_fixture_fill (fixture->account, GPOINTER_TO_UINT (n_plain));
  fixture->window = adw_window_new ();
  fixture->page = uc_conversation_page_new (
      fixture->account->session, uc_window_account_get_directory (fixture->account->account),
      uc_window_account_get_sidebar (fixture->account->account));
  adw_navigation_view_push (ADW_NAVIGATION_VIEW (view), ADW_NAVIGATION_PAGE (fixture->page));
  adw_window_set_content (ADW_WINDOW (fixture->window), view);
  gtk_window_set_default_size (GTK_WINDOW (fixture->window), 900, 800);
  gtk_window_present (GTK_WINDOW (fixture->window));
  uc_display_settle (fixture->window);
}

static void
tear_down (Fixture *fixture, gconstpointer n_plain)
{
  g_object_ref (fixture->page);
  gtk_window_destroy (GTK_WINDOW (fixture->window));
  g_assert_finalize_object (fixture->page);
  uc_account_fixture_free (fixture->account);
}

/* -- Measuring --------------------------------------------------------------------------- */

static void
scroll_by (Fixture *fixture, double delta)
{
  GtkAdjustment *adjustment = gtk_scrollable_get_vadjustment (GTK_SCROLLABLE (fixture->view));

  gtk_adjustment_set_value (adjustment, gtk_adjustment_get_value (adjustment) + delta);
  settle (fixture);
}

static int
find_item (Fixture *fixture, UcTimelineItem *item)
{
  for (guint i = 0; i < g_list_model_get_n_items (fixture->model); i++) {
    g_autoptr (UcTimelineItem) other = g_list_model_get_item (fixture->model, i);

    if (other == item)
      return (int) i;
  }
  return -1;
}

/* How far the end of its row is from the lower edge. */
static double
get_distance (Fixture *fixture, UcTimelineItem *item)
{
  const int position = find_item (fixture, item);
  double    y;
  int       height;

  g_assert_cmpint (position, >=, 0);
  g_assert_nonnull (uc_timeline_view_get_row (fixture->view, (guint) position, &y, &height));
  return gtk_widget_get_height (GTK_WIDGET (fixture->view)) - y - height;
}

static UcTimelineItem *
get_anchor (Fixture *fixture, double *distance)
{
  guint position;

  g_assert_true (uc_timeline_view_get_place (fixture->view, &position, distance));
  return g_list_model_get_item (fixture->model, position);
}

#define assert_still(fixture, anchor, distance)                                                    \
  g_assert_cmpfloat_with_epsilon (get_distance (fixture, anchor), distance, 1.0)

/* The message @step rows from @item, passing over what is none. */
static UcMessage *
get_message (Fixture *fixture, UcTimelineItem *item, int step)
{
  int at = find_item (fixture, item) + step;

  while (at >= 0 && at < (int) g_list_model_get_n_items (fixture->model)) {
    g_autoptr (UcTimelineItem) other = g_list_model_get_item (fixture->model, (guint) at);

    if (uc_timeline_item_get_kind (other) == UC_ITEM_MESSAGE)
      return uc_timeline_item_get_message (other);
    at += step < 0 ? -1 : 1;
  }
  g_assert_not_reached ();
}

static void
put (Fixture *fixture, const UcMessage *message, const char *text, UcFile *file)
{
  static gint64 later = 0;
  g_autoptr (UcPost) post = uc_post_copy (message->post);
  UcBatch *batch = uc_batch_new ();

  post->update_at_ms += ++later * 1000;
  post->edit_at_ms = post->update_at_ms;
  post->has_metadata = TRUE;
  if (text != NULL)
    g_set_str (&post->message, text);
  if (file != NULL) {
    g_set_str (&file->post_id, post->id);
    g_strfreev (post->file_ids);
    post->file_ids = g_strsplit (file->id, " ", -1);
    g_ptr_array_set_size (post->files, 0);
    g_ptr_array_add (post->files, file);
  }
  uc_batch_put_post (batch, post);
  uc_conversation_fixture_apply (fixture->account, batch);
}

static UcFile *
new_picture (const char *id, int width, int height)
{
  UcFile *file = uc_file_new ();

  g_set_str (&file->id, id);
  g_set_str (&file->name, "picture.png");
  g_set_str (&file->extension, "png");
  g_set_str (&file->mime_type, "image/png");
  file->width = width;
  file->height = height;
  file->has_preview = TRUE;
  return file;
}

#define LONG_TEXT                                                                                  \
  "It grew.\n\nAnd grew, over many lines of text that nobody would have wanted to read in one "    \
  "go.\n\n* one\n* two\n* three\n\n> and a word of somebody else\n\nAnd it ended here."

/* -- What happens around it ---------------------------------------------------------------- */

static void
test_edited (Fixture *fixture, gconstpointer n_plain)
{
  g_autoptr (UcTimelineItem) anchor = NULL;
  double distance;

  open_surgery (fixture);
  scroll_by (fixture, -1500);
  anchor = get_anchor (fixture, &distance);
  for (int round = 0; round < 4; round++) {
    /* In view above, above the view, and below. */
    put (fixture, get_message (fixture, anchor, -2), round % 2 == 0 ? LONG_TEXT : "short", NULL);
    put (fixture, get_message (fixture, anchor, -25), round % 2 == 0 ? LONG_TEXT : "short", NULL);
    put (fixture, get_message (fixture, anchor, 3), round % 2 == 0 ? LONG_TEXT : "short", NULL);
    settle (fixture);
    assert_still (fixture, anchor, distance);
  }
}

static void
test_deleted (Fixture *fixture, gconstpointer n_plain)
{
  g_autoptr (UcTimelineItem) anchor = NULL;
  double distance;

  open_surgery (fixture);
  scroll_by (fixture, -1500);
  anchor = get_anchor (fixture, &distance);
  for (int round = 0; round < 4; round++) {
    UcBatch *batch = uc_batch_new ();

    uc_batch_remove_post (batch, get_message (fixture, anchor, -1)->post->id, 1795168900000);
    uc_batch_remove_post (batch, get_message (fixture, anchor, -9)->post->id, 1795168900000);
    uc_batch_remove_post (batch, get_message (fixture, anchor, 2)->post->id, 1795168900000);
    uc_conversation_fixture_apply (fixture->account, batch);
    settle (fixture);
    assert_still (fixture, anchor, distance);
  }
}

/* First nothing is known of its size, then it is there. */
static void
test_pictures (Fixture *fixture, gconstpointer n_plain)
{
  g_autoptr (UcTimelineItem) anchor = NULL;
  double distance;

  open_surgery (fixture);
  scroll_by (fixture, -1500);
  anchor = get_anchor (fixture, &distance);
  put (fixture, get_message (fixture, anchor, -1), NULL, new_picture ("above", 0, 0));
  put (fixture, get_message (fixture, anchor, 1), NULL, new_picture ("below", 0, 0));
  settle (fixture);
  assert_still (fixture, anchor, distance);
  put (fixture, get_message (fixture, anchor, -1), NULL, new_picture ("above", 1600, 1200));
  put (fixture, get_message (fixture, anchor, 1), NULL, new_picture ("below", 300, 900));
  settle (fixture);
  assert_still (fixture, anchor, distance);
}

static void
test_resized (Fixture *fixture, gconstpointer n_plain)
{
  static const int widths[] = { 360, 1200, 500, 360, 1200, 900 };
  g_autoptr (UcTimelineItem) anchor = NULL;
  double distance;

  open_surgery (fixture);
  scroll_by (fixture, -1500);
  anchor = get_anchor (fixture, &distance);
  for (guint i = 0; i < G_N_ELEMENTS (widths); i++) {
    uc_conversation_fixture_resize (fixture->window, widths[i], 800);
    settle (fixture);
    assert_still (fixture, anchor, distance);
  }
}

static void
test_posted (Fixture *fixture, gconstpointer n_plain)
{
  g_autoptr (UcTimelineItem) anchor = NULL;
  double distance;

  open_surgery (fixture);
  scroll_by (fixture, -500);
  anchor = get_anchor (fixture, &distance);
  for (int i = 0; i < 6; i++) {
    g_free (uc_conversation_fixture_post (fixture->account, UC_FIXTURE_BEN, "", LONG_TEXT));
    settle (fixture);
    assert_still (fixture, anchor, distance);
    g_assert_false (uc_timeline_view_is_at_end (fixture->view));
  }
}

/* The last message, at the end and not. */
static void
test_grows_at_end (Fixture *fixture, gconstpointer n_plain)
{
  g_autoptr (UcTimelineItem) last = NULL;
  g_autoptr (UcTimelineItem) anchor = NULL;
  double distance;

  open_surgery (fixture);
  g_free (uc_conversation_fixture_post (fixture->account, UC_FIXTURE_BEN, "", "The last."));
  settle (fixture);
  last = g_list_model_get_item (fixture->model, g_list_model_get_n_items (fixture->model) - 1);
  for (int i = 0; i < 4; i++) {
    put (fixture, uc_timeline_item_get_message (last), i % 2 == 0 ? LONG_TEXT : "short", NULL);
    settle (fixture);
    g_assert_true (uc_timeline_view_is_at_end (fixture->view));
    assert_still (fixture, last, 0);
  }
  scroll_by (fixture, -90);
  anchor = get_anchor (fixture, &distance);
  for (int i = 0; i < 4; i++) {
    put (fixture, uc_timeline_item_get_message (last), i % 2 == 0 ? LONG_TEXT LONG_TEXT : LONG_TEXT,
         NULL);
    settle (fixture);
    g_assert_false (uc_timeline_view_is_at_end (fixture->view));
    assert_still (fixture, anchor, distance);
  }
}

/* Below: who is typing, a text of many lines. What is read keeps its place above the
 * lower edge, wherever that is. */
static void
test_below (Fixture *fixture, gconstpointer n_plain)
{
  g_autoptr (UcTimelineItem) anchor = NULL;
  GtkTextView   *entry;
  GtkTextBuffer *buffer;
  double         distance;
  int            height;

  open_surgery (fixture);
  scroll_by (fixture, -1500);
  anchor = get_anchor (fixture, &distance);
  height = gtk_widget_get_height (GTK_WIDGET (fixture->view));
  entry = GTK_TEXT_VIEW (find (fixture, GTK_TYPE_TEXT_VIEW));
  buffer = gtk_text_view_get_buffer (entry);
  gtk_text_buffer_set_text (buffer, "one\ntwo\nthree\nfour\nfive\nsix", -1);
  settle (fixture);
  g_assert_cmpint (gtk_widget_get_height (GTK_WIDGET (fixture->view)), <, height);
  assert_still (fixture, anchor, distance);
  gtk_text_buffer_set_text (buffer, "", -1);
  settle (fixture);
  assert_still (fixture, anchor, distance);

  /* At the end it stays at the end. */
  uc_conversation_page_jump_newest (fixture->page);
  settle (fixture);
  gtk_text_buffer_set_text (buffer, "one\ntwo\nthree\nfour", -1);
  settle (fixture);
  g_assert_true (uc_timeline_view_is_at_end (fixture->view));
}

static void
test_font (Fixture *fixture, gconstpointer n_plain)
{
  GtkSettings *settings = gtk_settings_get_default ();
  g_autoptr (UcTimelineItem) anchor = NULL;
  double distance;
  int    dpi;

  open_surgery (fixture);
  scroll_by (fixture, -1500);
  anchor = get_anchor (fixture, &distance);
  g_object_get (settings, "gtk-xft-dpi", &dpi, NULL);
  for (int i = 0; i < 4; i++) {
    g_object_set (settings, "gtk-xft-dpi", i % 2 == 0 ? dpi * 3 / 2 : dpi, NULL);
    settle (fixture);
    assert_still (fixture, anchor, distance);
  }
}

/* -- Holes ---------------------------------------------------------------------------------- */

#define HOLE_BEGIN_MS (G_GINT64_CONSTANT (1795168800000) - 1000 * (gint64) 60000)

/* Posts by number, a minute apart, as one page of the channel. */
static void
put_page (Fixture   *fixture,
          int        first,
          int        last,
          UcPageKind kind,
          gboolean   is_start,
          gboolean   is_tip)
{
  g_autoptr (GPtrArray) posts = g_ptr_array_new_with_free_func ((GDestroyNotify) uc_post_unref);
  g_autofree char *anchor_id = g_strdup_printf ("number%020d", last + 1);
  UcBatch         *batch = uc_batch_new ();

  for (int i = first; i <= last; i++) {
    UcPost *post = uc_post_new ();

    g_free (post->id);
    post->id = g_strdup_printf ("number%020d", i);
    g_set_str (&post->channel_id, UC_FIXTURE_TOWN);
    g_set_str (&post->user_id, UC_FIXTURE_BEN);
    g_free (post->message);
    post->message = g_strdup_printf ("Message %d%s", i, i % 3 == 0 ? LONG_TEXT : "");
    post->create_at_ms = post->update_at_ms = HOLE_BEGIN_MS + i * (gint64) 60000;
    post->has_metadata = TRUE;
    g_ptr_array_add (posts, post);
  }
  uc_batch_put_page (batch, UC_FIXTURE_TOWN, posts, kind, kind == UC_PAGE_LATEST ? NULL : anchor_id,
                     is_start, is_tip);
  uc_conversation_fixture_apply (fixture->account, batch);
}

/* Two holes on screen and one at the start, filled in turn, with nothing moving. */
static void
test_holes (Fixture *fixture, gconstpointer n_plain)
{
  g_autoptr (UcTimelineItem) anchor = NULL;
  GtkWidget *hole;
  double     distance;

  put_page (fixture, 100, 101, UC_PAGE_LATEST, FALSE, FALSE);
  put_page (fixture, 200, 201, UC_PAGE_LATEST, FALSE, FALSE);
  put_page (fixture, 300, 340, UC_PAGE_LATEST, FALSE, TRUE);
  uc_conversation_page_open (fixture->page, UC_FIXTURE_TOWN);
  uc_test_wait_until (has_rows, fixture, LIMIT_MS);
  fixture->view = UC_TIMELINE_VIEW (find (fixture, UC_TYPE_TIMELINE_VIEW));
  fixture->model = uc_timeline_view_get_model (fixture->view);
  settle (fixture);
  for (int i = 0; i < 40; i++)
    scroll_by (fixture, -100);
  scroll_by (fixture, 40);
  hole = find (fixture, UC_TYPE_ROW_NOTE);
  g_assert_nonnull (hole);
  uc_display_shot (fixture->window, "conversation-holes");
  anchor = get_anchor (fixture, &distance);
  while (uc_timeline_item_get_kind (anchor) != UC_ITEM_MESSAGE) {
    g_clear_object (&anchor);
    scroll_by (fixture, 30);
    anchor = get_anchor (fixture, &distance);
  }
  g_test_message ("At %s", uc_timeline_item_get_message (anchor)->post->message);
  put_page (fixture, 290, 299, UC_PAGE_BEFORE, FALSE, FALSE);
  settle (fixture);
  assert_still (fixture, anchor, distance);
  put_page (fixture, 150, 199, UC_PAGE_BEFORE, FALSE, FALSE);
  settle (fixture);
  assert_still (fixture, anchor, distance);
  put_page (fixture, 102, 149, UC_PAGE_BEFORE, FALSE, FALSE);
  put_page (fixture, 101, 101, UC_PAGE_BEFORE, FALSE, FALSE);
  settle (fixture);
  assert_still (fixture, anchor, distance);
  put_page (fixture, 202, 289, UC_PAGE_BEFORE, FALSE, FALSE);
  put_page (fixture, 0, 99, UC_PAGE_BEFORE, TRUE, FALSE);
  settle (fixture);
  assert_still (fixture, anchor, distance);
}

/* -- Scrolling ------------------------------------------------------------------------------ */

/* Back through all there is, page by page coming in above: whatever a step shows stands
 * exactly a step lower after it, and nothing moves once one stops. */
static void
test_scrolling_back (Fixture *fixture, gconstpointer n_plain)
{
  GtkAdjustment *adjustment;
  g_autoptr (UcTimelineItem) oldest = NULL;
  guint n_grown = 0;

  open_surgery (fixture);
  adjustment = gtk_scrollable_get_vadjustment (GTK_SCROLLABLE (fixture->view));
  for (int i = 0; i < 300; i++) {
    g_autoptr (UcTimelineItem) anchor = NULL;
    g_autoptr (UcTimelineItem) first = g_list_model_get_item (fixture->model, 0);
    double distance, value;

    if (uc_timeline_item_get_kind (first) == UC_ITEM_START && i > 20)
      break;
    anchor = get_anchor (fixture, &distance);
    value = gtk_adjustment_get_value (adjustment);
    gtk_adjustment_set_value (adjustment, value - 60);
    uc_display_settle (fixture->window);
    g_assert_cmpfloat_with_epsilon (gtk_adjustment_get_value (adjustment), value - 60, 0.01);
    assert_still (fixture, anchor, distance - 60);
    n_grown += first != oldest;
    g_set_object (&oldest, first);
  }
  g_assert_cmpuint (n_grown, >=, 2);
}

/* -- Jumps ----------------------------------------------------------------------------------- */

static gboolean
is_at_end (gpointer user_data)
{
  return uc_timeline_view_is_at_end (((Fixture *) user_data)->view);
}

static gboolean
has_left_end (gpointer user_data)
{
  return !is_at_end (user_data);
}

static void
test_back (Fixture *fixture, gconstpointer n_plain)
{
  g_autoptr (UcTimelineItem) anchor = NULL;
  double distance;

  open_surgery (fixture);
  scroll_by (fixture, -1234);
  anchor = get_anchor (fixture, &distance);
  while (uc_timeline_item_get_kind (anchor) != UC_ITEM_MESSAGE) {
    g_clear_object (&anchor);
    scroll_by (fixture, -30);
    anchor = get_anchor (fixture, &distance);
  }
  uc_conversation_page_jump_newest (fixture->page);
  uc_test_wait_until (is_at_end, fixture, LIMIT_MS);
  settle (fixture);
  uc_conversation_page_go_back (fixture->page);
  uc_test_wait_until (has_left_end, fixture, LIMIT_MS);
  settle (fixture);
  assert_still (fixture, anchor, distance);
  /* Only once. */
  uc_conversation_page_go_back (fixture->page);
  settle (fixture);
  assert_still (fixture, anchor, distance);
}

static gboolean
is_unread_shown (gpointer user_data)
{
  Fixture   *fixture = user_data;
  GtkWidget *parent = gtk_widget_get_parent (find (fixture, GTK_TYPE_REVEALER));
  guint      n_shown = 0;

  for (GtkWidget *child = gtk_widget_get_first_child (parent); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    n_shown += GTK_IS_REVEALER (child) && gtk_widget_get_valign (child) == GTK_ALIGN_START &&
               gtk_revealer_get_reveal_child (GTK_REVEALER (child));
  return n_shown > 0;
}

static gboolean
has_divider_focus (gpointer user_data)
{
  Fixture   *fixture = user_data;
  GtkWidget *focus = gtk_window_get_focus (GTK_WINDOW (fixture->window));

  return focus != NULL && UC_IS_ROW_MESSAGE (focus) &&
         gtk_widget_has_css_class (focus, "highlight");
}

static void
test_unread (Fixture *fixture, gconstpointer n_plain)
{
  UcBatch *batch = uc_batch_new ();

  uc_batch_set_unread (batch, UC_FIXTURE_SURGERY,
                       UC_CONVERSATION_FIXTURE_MIDDLE_MS - 100 * 7 * (gint64) 60000, 20, 0);
  uc_conversation_fixture_apply (fixture->account, batch);
  open_surgery (fixture);
  g_assert_false (is_unread_shown (fixture));
  uc_conversation_page_jump_newest (fixture->page);
  uc_test_wait_until (is_at_end, fixture, LIMIT_MS);
  uc_test_wait_until (is_unread_shown, fixture, LIMIT_MS);
  uc_display_shot (fixture->window, "conversation-skipped");
  uc_conversation_page_jump_unread (fixture->page);
  uc_test_wait_until (has_divider_focus, fixture, LIMIT_MS);
  settle (fixture);
  uc_display_shot (fixture->window, "conversation-first-unread");
  g_assert_false (is_unread_shown (fixture));
}

static void
add (const char *path, guint n_plain, void (*test) (Fixture *, gconstpointer))
{
  g_test_add (path, Fixture, GUINT_TO_POINTER (n_plain), set_up, test, tear_down);
}

int
main (int argc, char **argv)
{
  /* The toolkit's own context for tests knows no announcements, and falls over them. */
  g_setenv ("GTK_A11Y", "none", TRUE);
  uc_display_init (&argc, &argv);

  add ("/ui/conversation-pane/edited", 150, test_edited);
  add ("/ui/conversation-pane/deleted", 150, test_deleted);
  add ("/ui/conversation-pane/pictures", 150, test_pictures);
  add ("/ui/conversation-pane/resized", 150, test_resized);
  add ("/ui/conversation-pane/posted", 150, test_posted);
  add ("/ui/conversation-pane/grows-at-end", 60, test_grows_at_end);
  add ("/ui/conversation-pane/below", 150, test_below);
  add ("/ui/conversation-pane/font", 150, test_font);
  add ("/ui/conversation-pane/holes", 10, test_holes);
  add ("/ui/conversation-pane/scrolling-back", 600, test_scrolling_back);
  add ("/ui/conversation-pane/back", 150, test_back);
  add ("/ui/conversation-pane/unread", 300, test_unread);

  return g_test_run ();
}
