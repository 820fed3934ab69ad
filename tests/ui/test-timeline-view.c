/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The timeline's list with rows of random height that depend on the width: whatever
 * happens around what is seen, it stays where it is. */

#include "config.h"

#include "uc-test.h"
#include "uc-timeline-view.h"

#include <math.h>

#define LIMIT_MS 20000

/* -- Items: an area that fills more rows of pixels the narrower it is -------------- */

#define FAKE_TYPE_ITEM (fake_item_get_type ())
G_DECLARE_FINAL_TYPE (FakeItem, fake_item, FAKE, ITEM, GObject)

struct _FakeItem {
  GObject parent_instance;
  int     area;
  guint   revision;
  guint   number;
};

G_DEFINE_FINAL_TYPE (FakeItem, fake_item, G_TYPE_OBJECT)

static void
fake_item_class_init (FakeItemClass *klass)
{
  g_signal_new ("changed", FAKE_TYPE_ITEM, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
fake_item_init (FakeItem *self)
{
}

static FakeItem *
fake_item_new (guint number)
{
  FakeItem *item = g_object_new (FAKE_TYPE_ITEM, NULL);

  item->number = number;
  item->area = g_test_rand_int_range (0, 8) == 0 ? g_test_rand_int_range (100000, 400000)
                                                 : g_test_rand_int_range (8000, 60000);

  return item;
}

static void
fake_item_resize (FakeItem *item, int area)
{
  item->area = area;
  item->revision++;
  g_signal_emit_by_name (item, "changed");
}

/* -- Rows ---------------------------------------------------------------------------- */

#define FAKE_TYPE_ROW (fake_row_get_type ())
G_DECLARE_FINAL_TYPE (FakeRow, fake_row, FAKE, ROW, GtkWidget)

struct _FakeRow {
  GtkWidget parent_instance;
  FakeItem *item;
  int       select_start;
  int       select_end;
};

G_DEFINE_FINAL_TYPE (FakeRow, fake_row, GTK_TYPE_WIDGET)

static GtkSizeRequestMode
fake_row_get_request_mode (GtkWidget *widget)
{
  return GTK_SIZE_REQUEST_HEIGHT_FOR_WIDTH;
}

static void
fake_row_measure (GtkWidget     *widget,
                  GtkOrientation orientation,
                  int            for_size,
                  int           *minimum,
                  int           *natural,
                  int           *minimum_baseline,
                  int           *natural_baseline)
{
  FakeRow *self = FAKE_ROW (widget);

  if (orientation == GTK_ORIENTATION_HORIZONTAL)
    *minimum = *natural = 20;
  else
    *minimum = *natural = self->item != NULL ? 20 + self->item->area / MAX (for_size, 20) : 0;
}

static void
fake_row_class_init (FakeRowClass *klass)
{
  GTK_WIDGET_CLASS (klass)->measure = fake_row_measure;
  GTK_WIDGET_CLASS (klass)->get_request_mode = fake_row_get_request_mode;
}

static void
fake_row_init (FakeRow *self)
{
  gtk_widget_set_focusable (GTK_WIDGET (self), TRUE);
}

static guint n_created, n_bound;

static guint
rows_get_kind (gpointer item, gpointer user_data)
{
  return FAKE_ITEM (item)->number % 3;
}

static guint
rows_get_revision (gpointer item, gpointer user_data)
{
  return FAKE_ITEM (item)->revision;
}

static GtkWidget *
rows_create (guint kind, gpointer user_data)
{
  n_created++;

  return g_object_new (FAKE_TYPE_ROW, NULL);
}

static void
rows_bind (GtkWidget *row, gpointer item, gpointer user_data)
{
  n_bound++;
  FAKE_ROW (row)->item = item;
  g_signal_connect_swapped (item, "changed", G_CALLBACK (gtk_widget_queue_resize), row);
  gtk_widget_queue_resize (row);
}

static void
rows_unbind (GtkWidget *row, gpointer user_data)
{
  g_signal_handlers_disconnect_by_data (FAKE_ROW (row)->item, row);
  FAKE_ROW (row)->item = NULL;
}

static int
rows_get_index_at (GtkWidget *row, double x, double y, gpointer user_data)
{
  return CLAMP ((int) (x / 10), 0, 10);
}

static void
rows_select (GtkWidget *row, int start, int end, gpointer user_data)
{
  FAKE_ROW (row)->select_start = start;
  FAKE_ROW (row)->select_end = end;
}

static char *
rows_dup_text (gpointer item, int start, int end, gpointer user_data)
{
  g_autofree char *text = g_strdup_printf ("item %05u", FAKE_ITEM (item)->number);
  const int        length = strlen (text);

  return g_strndup (text + MIN (start, length), CLAMP (end - start, 0, length - start));
}

static const UcTimelineRows rows = {
  .get_kind = rows_get_kind,
  .get_revision = rows_get_revision,
  .create = rows_create,
  .bind = rows_bind,
  .unbind = rows_unbind,
  .get_index_at = rows_get_index_at,
  .select = rows_select,
  .dup_text = rows_dup_text,
};

/* -- The window -------------------------------------------------------------------- */

typedef struct {
  GtkWindow      *window;
  GtkWidget      *scrolled;
  UcTimelineView *view;
  GtkAdjustment  *adjustment;
  GListStore     *store;
  guint           shown_first;
  guint           shown_last;
  guint           n_frames;
} Fixture;

static void
shown_cb (UcTimelineView *view, guint first, guint last, Fixture *fixture)
{
  fixture->shown_first = first;
  fixture->shown_last = last;
}

static void
after_paint_cb (GdkFrameClock *clock, Fixture *fixture)
{
  fixture->n_frames++;
}

static gboolean
has_frames (gpointer user_data)
{
  Fixture *fixture = user_data;

  if (fixture->n_frames >= 3)
    return TRUE;
  gtk_widget_queue_draw (GTK_WIDGET (fixture->view));

  return FALSE;
}

/* Until everything queued is laid out and drawn. */
static void
settle (Fixture *fixture)
{
  fixture->n_frames = 0;
  uc_test_wait_until (has_frames, fixture, LIMIT_MS);
}

static void
append (Fixture *fixture, guint n)
{
  g_autoptr (GPtrArray) items = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = 0; i < n; i++)
    g_ptr_array_add (items,
                     fake_item_new (g_list_model_get_n_items (G_LIST_MODEL (fixture->store)) + i));
  g_list_store_splice (fixture->store, g_list_model_get_n_items (G_LIST_MODEL (fixture->store)), 0,
                       items->pdata, items->len);
}

static void
prepend (Fixture *fixture, guint n)
{
  g_autoptr (GPtrArray) items = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = 0; i < n; i++)
    g_ptr_array_add (items, fake_item_new (i));
  g_list_store_splice (fixture->store, 0, 0, items->pdata, items->len);
}

static void
set_up (Fixture *fixture, gconstpointer n_items)
{
  GdkFrameClock *clock;

  n_created = n_bound = 0;
  fixture->store = g_list_store_new (FAKE_TYPE_ITEM);
  append (fixture, GPOINTER_TO_UINT (n_items));
  fixture->view = UC_TIMELINE_VIEW (uc_timeline_view_new (&rows, NULL));
  g_object_set (fixture->view, "max-row-width", 4000, NULL);
  g_signal_connect (fixture->view, "shown", G_CALLBACK (shown_cb), fixture);
  uc_timeline_view_set_model (fixture->view, G_LIST_MODEL (fixture->store));
  fixture->scrolled = gtk_scrolled_window_new ();
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (fixture->scrolled),
                                 GTK_WIDGET (fixture->view));
  fixture->adjustment =
      gtk_scrolled_window_get_vadjustment (GTK_SCROLLED_WINDOW (fixture->scrolled));
  fixture->window = GTK_WINDOW (gtk_window_new ());
  gtk_window_set_decorated (fixture->window, FALSE);
  gtk_window_set_child (fixture->window, fixture->scrolled);
  gtk_window_set_default_size (fixture->window, 800, 600);
  gtk_window_present (fixture->window);
  clock = gtk_widget_get_frame_clock (GTK_WIDGET (fixture->window));
  g_signal_connect (clock, "after-paint", G_CALLBACK (after_paint_cb), fixture);
  settle (fixture);
}

static void
tear_down (Fixture *fixture, gconstpointer n_items)
{
  GdkFrameClock *clock = gtk_widget_get_frame_clock (GTK_WIDGET (fixture->window));

  g_signal_handlers_disconnect_by_data (clock, fixture);
  g_object_ref (fixture->view);
  gtk_window_destroy (fixture->window);
  g_assert_finalize_object (fixture->view);
  g_assert_finalize_object (fixture->store);
}

static guint
get_n (Fixture *fixture)
{
  return g_list_model_get_n_items (G_LIST_MODEL (fixture->store));
}

static int
get_page (Fixture *fixture)
{
  return gtk_widget_get_height (GTK_WIDGET (fixture->view));
}

static void
scroll_by (Fixture *fixture, double delta)
{
  gtk_adjustment_set_value (fixture->adjustment,
                            gtk_adjustment_get_value (fixture->adjustment) + delta);
  settle (fixture);
}

/* The lowest row whose end is seen, and how far that is from the lower edge. */
static FakeItem *
find_anchor (Fixture *fixture, double *distance)
{
  for (guint i = get_n (fixture); i > 0; i--) {
    double     y;
    int        height;
    GtkWidget *row = uc_timeline_view_get_row (fixture->view, i - 1, &y, &height);

    if (row != NULL && y + height <= get_page (fixture)) {
      *distance = get_page (fixture) - y - height;
      return g_object_ref (FAKE_ROW (row)->item);
    }
  }
  g_assert_not_reached ();
}

static void
assert_anchor (Fixture *fixture, FakeItem *item, double distance)
{
  guint           position;
  double          y;
  int             height;
  GtkWidget      *row;
  graphene_rect_t bounds;

  g_assert_true (g_list_store_find (fixture->store, item, &position));
  row = uc_timeline_view_get_row (fixture->view, position, &y, &height);
  g_assert_nonnull (row);
  g_assert_true (FAKE_ROW (row)->item == item);
  g_assert_cmpfloat (fabs (get_page (fixture) - y - height - distance), <=, 1.0);
  /* And so it is drawn. */
  g_assert_true (gtk_widget_compute_bounds (row, GTK_WIDGET (fixture->view), &bounds));
  g_assert_cmpfloat (fabs (get_page (fixture) - bounds.origin.y - bounds.size.height - distance),
                     <=, 1.0);
}

/* Rows stand one below the other, whole, in order, and fill the viewport. */
static void
assert_sound (Fixture *fixture)
{
  double expected = 0, first_top = G_MAXDOUBLE, last_bottom = -G_MAXDOUBLE;
  gint64 before = -1;

  for (guint i = 0; i < get_n (fixture); i++) {
    double     y;
    int        height;
    GtkWidget *row = uc_timeline_view_get_row (fixture->view, i, &y, &height);

    if (row == NULL)
      continue;
    g_assert_true (FAKE_ROW (row)->item ==
                   g_list_model_get_item (G_LIST_MODEL (fixture->store), i));
    g_object_unref (FAKE_ROW (row)->item);
    if (before >= 0) {
      g_assert_cmpint (i, ==, before + 1);
      g_assert_cmpfloat_with_epsilon (y, expected, 0.001);
    } else {
      first_top = y;
      g_assert_true (y <= 0.01 || i == 0);
    }
    before = i;
    expected = last_bottom = y + height;
  }
  g_assert_cmpfloat (last_bottom, >=, get_page (fixture) - 0.01);
  if (first_top > 0.01)
    g_assert_cmpfloat_with_epsilon (last_bottom, get_page (fixture), 0.01);
  g_assert_cmpfloat (gtk_adjustment_get_lower (fixture->adjustment), <=,
                     gtk_adjustment_get_value (fixture->adjustment));
}

/* -- Cases ---------------------------------------------------------------------------- */

static void
test_end (Fixture *fixture, gconstpointer n_items)
{
  double y;
  int    height;

  g_assert_true (uc_timeline_view_is_at_end (fixture->view));
  for (int i = 0; i < 12; i++) {
    append (fixture, g_test_rand_int_range (1, 5));
    if (i % 3 == 0) {
      g_autoptr (FakeItem) item =
          g_list_model_get_item (G_LIST_MODEL (fixture->store), get_n (fixture) - 2);

      fake_item_resize (item, g_test_rand_int_range (100, 300000));
    }
    settle (fixture);
    g_assert_nonnull (uc_timeline_view_get_row (fixture->view, get_n (fixture) - 1, &y, &height));
    g_assert_cmpfloat_with_epsilon (y + height, get_page (fixture), 0.01);
    g_assert_true (uc_timeline_view_is_at_end (fixture->view));
    g_assert_cmpuint (fixture->shown_last, ==, get_n (fixture) - 1);
    assert_sound (fixture);
  }

  /* Only scrolling leaves it, and scrolling comes back to it. */
  scroll_by (fixture, -0.4);
  g_assert_false (uc_timeline_view_is_at_end (fixture->view));
  append (fixture, 3);
  settle (fixture);
  g_assert_false (uc_timeline_view_is_at_end (fixture->view));
  for (int i = 0; i < 40 && !uc_timeline_view_is_at_end (fixture->view); i++)
    scroll_by (fixture, 300);
  g_assert_true (uc_timeline_view_is_at_end (fixture->view));
  g_assert_cmpuint (fixture->shown_last, ==, get_n (fixture) - 1);
}

static void
test_prepends (Fixture *fixture, gconstpointer n_items)
{
  scroll_by (fixture, -700);
  for (int i = 0; i < 40; i++) {
    g_autoptr (FakeItem) anchor = NULL;
    double distance;

    anchor = find_anchor (fixture, &distance);
    prepend (fixture, g_test_rand_int_range (1, 60));
    settle (fixture);
    assert_anchor (fixture, anchor, distance);
    assert_sound (fixture);
    if (i % 4 == 0)
      scroll_by (fixture, -g_test_rand_int_range (10, 900));
  }
}

static void
test_growth (Fixture *fixture, gconstpointer n_items)
{
  /* Far from both ends, where nothing else may move what is seen. */
  uc_timeline_view_scroll_to (fixture->view, 100, UC_TIMELINE_BOTTOM, FALSE);
  settle (fixture);
  scroll_by (fixture, -17.5);
  for (int i = 0; i < 40; i++) {
    g_autoptr (FakeItem) anchor = NULL;
    double distance;
    guint  place;

    anchor = find_anchor (fixture, &distance);
    g_assert_true (g_list_store_find (fixture->store, anchor, &place));
    for (int k = -6; k <= 6; k++) {
      g_autoptr (FakeItem) item =
          g_list_model_get_item (G_LIST_MODEL (fixture->store), (guint) MAX ((int) place + k, 0));

      if (item != NULL && g_test_rand_int_range (0, 3) == 0)
        fake_item_resize (item, g_test_rand_int_range (100, 200000));
    }
    /* Removed and added around it as well. */
    if (place > 8) {
      g_autoptr (FakeItem) above = fake_item_new (7);
      g_autoptr (FakeItem) below = fake_item_new (8);

      g_list_store_remove (fixture->store, place - 4);
      g_list_store_insert (fixture->store, place - 2, above);
      g_list_store_insert (fixture->store, place + 1, below);
    }
    settle (fixture);
    assert_anchor (fixture, anchor, distance);
    assert_sound (fixture);
  }
}

static void
test_resize (Fixture *fixture, gconstpointer n_items)
{
  static const int widths[] = { 360, 1200, 500, 360, 1200, 800 };

  scroll_by (fixture, -2500);
  for (guint i = 0; i < G_N_ELEMENTS (widths); i++) {
    g_autoptr (FakeItem) anchor = NULL;
    double distance;

    anchor = find_anchor (fixture, &distance);
    gtk_window_set_default_size (fixture->window, widths[i], i % 2 == 0 ? 600 : 480);
    for (int k = 0; k < 5 && gtk_widget_get_width (GTK_WIDGET (fixture->window)) != widths[i]; k++)
      settle (fixture);
    g_assert_cmpint (gtk_widget_get_width (GTK_WIDGET (fixture->view)), ==, widths[i]);
    settle (fixture);
    assert_anchor (fixture, anchor, distance);
    assert_sound (fixture);
  }
}

/* Every row is visited, one after the other, and few of them live. */
static void
test_wheel (Fixture *fixture, gconstpointer n_items)
{
  guint before, n_max = 0;

  uc_timeline_view_scroll_to (fixture->view, 60000, UC_TIMELINE_TOP, FALSE);
  settle (fixture);
  g_assert_cmpuint (fixture->shown_first, ==, 60000);
  before = fixture->shown_last;
  for (int i = 0; i < 150; i++) {
    const guint first = fixture->shown_first;

    scroll_by (fixture, -130);
    g_assert_cmpuint (fixture->shown_first, <=, first);
    /* Nothing between two views was left out. */
    g_assert_cmpuint (fixture->shown_last, >=, first - 1);
    n_max = MAX (n_max, uc_timeline_view_get_n_live (fixture->view));
  }
  g_assert_cmpuint (fixture->shown_last, <, before);
  for (int i = 0; i < 150; i++) {
    const guint last = fixture->shown_last;

    scroll_by (fixture, 130);
    g_assert_cmpuint (fixture->shown_first, <=, last + 1);
    g_assert_cmpuint (fixture->shown_last, >=, last);
  }
  g_assert_cmpuint (fixture->shown_first, ==, 60000);
  g_assert_cmpuint (n_max, <, 120);
  g_assert_cmpuint (n_created, <, 200);
}

/* The bar drawn to a place far away shows about that place, the ends exactly. */
static void
test_bar (Fixture *fixture, gconstpointer n_items)
{
  GtkAdjustment *adjustment = fixture->adjustment;
  double         lower, upper, y;

  lower = gtk_adjustment_get_lower (adjustment);
  upper = gtk_adjustment_get_upper (adjustment);
  gtk_adjustment_set_value (adjustment, lower + (upper - lower) * 0.25);
  settle (fixture);
  g_assert_cmpuint (fixture->shown_first, >, 15000);
  g_assert_cmpuint (fixture->shown_first, <, 35000);
  assert_sound (fixture);

  gtk_adjustment_set_value (adjustment, gtk_adjustment_get_lower (adjustment));
  settle (fixture);
  g_assert_nonnull (uc_timeline_view_get_row (fixture->view, 0, &y, NULL));
  g_assert_cmpfloat_with_epsilon (y, 0, 0.01);
  g_assert_cmpfloat_with_epsilon (gtk_adjustment_get_lower (adjustment),
                                  gtk_adjustment_get_value (adjustment), 0.01);

  gtk_adjustment_set_value (adjustment, gtk_adjustment_get_upper (adjustment));
  settle (fixture);
  g_assert_true (uc_timeline_view_is_at_end (fixture->view));
  g_assert_cmpuint (n_created, <, 300);
}

/* A value that somebody drags is never taken from under the hand. */
static void
test_value (Fixture *fixture, gconstpointer n_items)
{
  for (int i = 0; i < 20; i++) {
    double value;

    scroll_by (fixture, -g_test_rand_int_range (20, 500));
    value = gtk_adjustment_get_value (fixture->adjustment);
    prepend (fixture, 5);
    append (fixture, 5);
    settle (fixture);
    g_assert_cmpfloat (gtk_adjustment_get_value (fixture->adjustment), ==, value);
  }
}

static void
test_scroll_to (Fixture *fixture, gconstpointer n_items)
{
  double y;
  int    height;

  uc_timeline_view_scroll_to (fixture->view, 100, UC_TIMELINE_CENTER, TRUE);
  settle (fixture);
  g_assert_nonnull (uc_timeline_view_get_row (fixture->view, 100, &y, &height));
  g_assert_true (gtk_widget_has_css_class (
      uc_timeline_view_get_row (fixture->view, 100, NULL, NULL), "highlight"));
  g_assert_cmpfloat_with_epsilon (y, MAX ((get_page (fixture) - height) / 2.0, 0), 1);
  g_assert_false (uc_timeline_view_is_at_end (fixture->view));

  uc_timeline_view_scroll_to (fixture->view, 20, UC_TIMELINE_BOTTOM, FALSE);
  settle (fixture);
  g_assert_nonnull (uc_timeline_view_get_row (fixture->view, 20, &y, &height));
  g_assert_cmpfloat_with_epsilon (y + height, get_page (fixture), 1);

  /* What is seen already does not move. */
  uc_timeline_view_scroll_to (fixture->view, 20, UC_TIMELINE_NEAREST, FALSE);
  settle (fixture);
  g_assert_nonnull (uc_timeline_view_get_row (fixture->view, 20, &y, &height));
  g_assert_cmpfloat_with_epsilon (y + height, get_page (fixture), 1);

  uc_timeline_view_scroll_to_end (fixture->view);
  settle (fixture);
  g_assert_true (uc_timeline_view_is_at_end (fixture->view));
}

/* A page of older rows that comes at the end is not followed while newer ones are
 * missing. */
static void
test_window (Fixture *fixture, gconstpointer n_items)
{
  g_autoptr (FakeItem) anchor = NULL;
  double distance;

  uc_timeline_view_set_sticks (fixture->view, FALSE);
  settle (fixture);
  g_assert_false (uc_timeline_view_is_at_end (fixture->view));
  anchor = find_anchor (fixture, &distance);
  append (fixture, 50);
  g_list_store_splice (fixture->store, 0, 50, NULL, 0);
  settle (fixture);
  assert_anchor (fixture, anchor, distance);
  assert_sound (fixture);
}

static void
test_replace (Fixture *fixture, gconstpointer n_items)
{
  g_autoptr (GPtrArray) same = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (FakeItem) anchor = NULL;
  double distance;
  guint  n_before;

  scroll_by (fixture, -800);
  anchor = find_anchor (fixture, &distance);
  for (guint i = 0; i < get_n (fixture); i++)
    g_ptr_array_add (same, g_list_model_get_item (G_LIST_MODEL (fixture->store), i));
  n_before = n_bound;
  g_list_store_splice (fixture->store, 0, get_n (fixture), same->pdata, same->len);
  settle (fixture);
  assert_anchor (fixture, anchor, distance);
  g_assert_cmpuint (n_bound, ==, n_before);

  /* Everything is other: no crash, a sound view. */
  g_list_store_remove_all (fixture->store);
  settle (fixture);
  g_assert_false (uc_timeline_view_is_at_end (fixture->view));
  append (fixture, 40);
  settle (fixture);
  assert_sound (fixture);
}

/* Few rows lie at the lower edge and cannot be scrolled. */
static void
test_short (Fixture *fixture, gconstpointer n_items)
{
  double y;
  int    height;

  for (guint i = 0; i < 2; i++) {
    g_autoptr (FakeItem) item = g_list_model_get_item (G_LIST_MODEL (fixture->store), i);

    fake_item_resize (item, 30000);
  }
  settle (fixture);
  g_assert_nonnull (uc_timeline_view_get_row (fixture->view, 1, &y, &height));
  g_assert_cmpfloat_with_epsilon (y + height, get_page (fixture), 0.01);
  g_assert_cmpfloat (gtk_adjustment_get_upper (fixture->adjustment) -
                         gtk_adjustment_get_lower (fixture->adjustment),
                     <=, get_page (fixture) + 0.01);
  scroll_by (fixture, -100);
  g_assert_true (uc_timeline_view_is_at_end (fixture->view));
}

static gboolean
row_has_focus (Fixture *fixture, guint position)
{
  GtkWidget *row = uc_timeline_view_get_row (fixture->view, position, NULL, NULL);

  return row != NULL && gtk_root_get_focus (GTK_ROOT (fixture->window)) == row;
}

static void
test_focus (Fixture *fixture, gconstpointer n_items)
{
  const guint last = get_n (fixture) - 1;
  double      y;
  int         height;

  gtk_widget_grab_focus (GTK_WIDGET (fixture->view));
  uc_timeline_view_focus_row (fixture->view, last);
  settle (fixture);
  g_assert_true (row_has_focus (fixture, last));

  /* The focused row outlives being scrolled away, and is where keys go on from. */
  for (int i = 0; i < 15; i++)
    scroll_by (fixture, -500);
  g_assert_true (row_has_focus (fixture, last));
  uc_timeline_view_focus_row (fixture->view, last - 1);
  settle (fixture);
  g_assert_true (row_has_focus (fixture, last - 1));
  g_assert_nonnull (uc_timeline_view_get_row (fixture->view, last - 1, &y, &height));
  g_assert_cmpfloat (y, <, get_page (fixture));

  uc_timeline_view_focus_row (fixture->view, 0);
  settle (fixture);
  settle (fixture);
  g_assert_true (row_has_focus (fixture, 0));
}

static void
drag (Fixture *fixture, double x0, double y0, double x1, double y1)
{
  g_autoptr (GListModel) controllers = gtk_widget_observe_controllers (GTK_WIDGET (fixture->view));

  for (guint i = 0; i < g_list_model_get_n_items (controllers); i++) {
    g_autoptr (GtkEventController) controller = g_list_model_get_item (controllers, i);

    if (!GTK_IS_GESTURE_DRAG (controller))
      continue;
    g_signal_emit_by_name (controller, "drag-begin", x0, y0);
    g_signal_emit_by_name (controller, "drag-update", x1 - x0, y1 - y0);
    g_signal_emit_by_name (controller, "drag-end", x1 - x0, y1 - y0);
  }
}

/* Over many rows, scrolled away and back, and copied from the items. */
static void
test_selection (Fixture *fixture, gconstpointer n_items)
{
  g_autofree char *text = NULL;
  g_autofree char *none = NULL;
  g_auto (GStrv) lines = NULL;
  double     y;
  int        height;
  GtkWidget *row;

  for (guint i = 0; i < 3; i++) {
    g_autoptr (FakeItem) item = g_list_model_get_item (G_LIST_MODEL (fixture->store), 100 + i);

    fake_item_resize (item, 40000);
  }
  uc_timeline_view_scroll_to (fixture->view, 100, UC_TIMELINE_TOP, FALSE);
  settle (fixture);
  g_assert_nonnull (uc_timeline_view_get_row (fixture->view, 102, &y, &height));
  drag (fixture, 52, 5, 73, y + 5);
  text = uc_timeline_view_dup_selection (fixture->view);
  lines = g_strsplit (text, "\n", -1);
  g_assert_cmpuint (g_strv_length (lines), ==, 3);
  g_assert_cmpstr (lines[0], ==, "00100");
  g_assert_cmpstr (lines[1], ==, "item 00101");
  g_assert_cmpstr (lines[2], ==, "item 00");
  row = uc_timeline_view_get_row (fixture->view, 101, NULL, NULL);
  g_assert_cmpint (FAKE_ROW (row)->select_end, ==, G_MAXINT);

  /* Older rows above and a trip away change nothing of it. */
  prepend (fixture, 10);
  uc_timeline_view_scroll_to_end (fixture->view);
  settle (fixture);
  uc_timeline_view_scroll_to (fixture->view, 110, UC_TIMELINE_TOP, FALSE);
  settle (fixture);
  row = uc_timeline_view_get_row (fixture->view, 111, NULL, NULL);
  g_assert_cmpint (FAKE_ROW (row)->select_end, ==, G_MAXINT);
  row = uc_timeline_view_get_row (fixture->view, 114, NULL, NULL);
  g_assert_cmpint (FAKE_ROW (row)->select_end, ==, 0);

  uc_timeline_view_clear_selection (fixture->view);
  none = uc_timeline_view_dup_selection (fixture->view);
  g_assert_cmpstr (none, ==, "");
  row = uc_timeline_view_get_row (fixture->view, 111, NULL, NULL);
  g_assert_cmpint (FAKE_ROW (row)->select_end, ==, 0);
}

static void
add (const char *path, guint n_items, void (*func) (Fixture *, gconstpointer))
{
  g_test_add (path, Fixture, GUINT_TO_POINTER (n_items), set_up, func, tear_down);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  gtk_init ();

  add ("/ui/timeline-view/end", 30, test_end);
  add ("/ui/timeline-view/prepends", 60, test_prepends);
  add ("/ui/timeline-view/growth", 200, test_growth);
  add ("/ui/timeline-view/resize", 80, test_resize);
  add ("/ui/timeline-view/wheel", 100000, test_wheel);
  add ("/ui/timeline-view/bar", 100000, test_bar);
  add ("/ui/timeline-view/value", 60, test_value);
  add ("/ui/timeline-view/scroll-to", 200, test_scroll_to);
  add ("/ui/timeline-view/window", 200, test_window);
  add ("/ui/timeline-view/replace", 60, test_replace);
  add ("/ui/timeline-view/short", 2, test_short);
  add ("/ui/timeline-view/focus", 60, test_focus);
  add ("/ui/timeline-view/selection", 200, test_selection);

  return g_test_run ();
}
