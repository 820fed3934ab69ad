/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Typing a search: what becomes a pill, what stays text, what is told. */

#include "config.h"

#include "uc-search-field.h"
#include "uc-search-pill.h"

#include "uc-account-fixture.h"
#include "uc-action-probe.h"
#include "uc-display.h"
#include "uc-test.h"

#include <adwaita.h>

typedef struct {
  UcAccountFixture *account;
  GtkWidget        *window;
  UcSearchField    *field;
  guint             n_changed;
} Fixture;

static void
changed_cb (Fixture *fixture)
{
  fixture->n_changed++;
}

static void
set_up (Fixture *fixture, gconstpointer data)
{
  fixture->account = uc_account_fixture_new ();
  fixture->window = adw_window_new ();
  fixture->field = g_object_new (UC_TYPE_SEARCH_FIELD, "valign", GTK_ALIGN_START, NULL);
  adw_window_set_content (ADW_WINDOW (fixture->window), GTK_WIDGET (fixture->field));
  gtk_window_set_default_size (GTK_WINDOW (fixture->window), 360, 400);
  uc_search_field_set_account (fixture->field, fixture->account->account);
  g_signal_connect_swapped (fixture->field, "changed", G_CALLBACK (changed_cb), fixture);
  gtk_window_present (GTK_WINDOW (fixture->window));
  uc_search_field_focus (fixture->field);
  uc_display_settle (fixture->window);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  gtk_window_destroy (GTK_WINDOW (fixture->window));
  uc_account_fixture_free (fixture->account);
}

static GtkEditable *
get_text (Fixture *fixture)
{
  return GTK_EDITABLE (uc_action_probe_find (GTK_WIDGET (fixture->field), GTK_TYPE_TEXT));
}

static void
type_text (Fixture *fixture, const char *text)
{
  GtkEditable *editable = get_text (fixture);
  int          position;

  for (const char *at = text; *at != '\0'; at = g_utf8_next_char (at)) {
    position = gtk_editable_get_position (editable);
    gtk_editable_insert_text (editable, at, (int) (g_utf8_next_char (at) - at), &position);
    gtk_editable_set_position (editable, position);
  }
  uc_display_settle (fixture->window);
}

static void
assert_query (Fixture *fixture, const char *query, const char *words, guint n_chips)
{
  g_autofree char *whole = uc_search_field_dup_query (fixture->field);

  g_assert_cmpstr (whole, ==, query);
  g_assert_cmpstr (uc_search_field_get_words (fixture->field), ==, words);
  g_assert_cmpuint (uc_search_field_get_chips (fixture->field)->len, ==, n_chips);
}

static void
assert_label (Fixture *fixture, guint i, const char *expected)
{
  g_autofree char *label = uc_search_field_dup_chip_label (fixture->field, i);

  g_assert_cmpstr (label, ==, expected);
}

/* Key controllers of the text take what the window system would send. */
static void
press_with (Fixture *fixture, guint keyval, GdkModifierType state)
{
  g_autoptr (GListModel) controllers =
      gtk_widget_observe_controllers (GTK_WIDGET (get_text (fixture)));
  guint n_items = g_list_model_get_n_items (controllers);

  for (guint i = 0; i < n_items; i++) {
    g_autoptr (GtkEventController) controller = g_list_model_get_item (controllers, i);
    gboolean is_taken = FALSE;

    if (!GTK_IS_EVENT_CONTROLLER_KEY (controller) ||
        gtk_event_controller_get_propagation_phase (controller) != GTK_PHASE_CAPTURE)
      continue;
    g_signal_emit_by_name (controller, "key-pressed", keyval, 0, state, &is_taken);
    if (is_taken)
      break;
  }
  uc_display_settle (fixture->window);
}

static void
press (Fixture *fixture, guint keyval)
{
  press_with (fixture, keyval, 0);
}

static char *
dup_copied (Fixture *fixture)
{
  GdkClipboard       *clipboard = gtk_widget_get_clipboard (GTK_WIDGET (fixture->field));
  GdkContentProvider *content = gdk_clipboard_get_content (clipboard);
  g_auto (GValue) value = G_VALUE_INIT;

  g_value_init (&value, G_TYPE_STRING);
  if (content == NULL || !gdk_content_provider_get_value (content, &value, NULL))
    return NULL;

  return g_value_dup_string (&value);
}

/* The whole as one string; of the words alone what is selected of them. */
static void
test_copy (Fixture *fixture, gconstpointer data)
{
  g_autofree char *all = NULL;
  g_autofree char *selected = NULL;
  g_autofree char *unchanged = NULL;

  uc_search_field_set_query (fixture->field, "pump from:ben.moser -in:\"Ward 3\"");
  press_with (fixture, GDK_KEY_c, GDK_CONTROL_MASK);
  all = dup_copied (fixture);
  g_assert_cmpstr (all, ==, "from:ben.moser -in:\"Ward 3\" pump");
  gtk_widget_activate_action (GTK_WIDGET (get_text (fixture)), "selection.select-all", NULL);
  gdk_clipboard_set_text (gtk_widget_get_clipboard (GTK_WIDGET (fixture->field)), "");
  press_with (fixture, GDK_KEY_c, GDK_CONTROL_MASK);
  selected = dup_copied (fixture);
  g_assert_cmpstr (selected, ==, all);
  gtk_editable_select_region (get_text (fixture), 0, 2);
  gdk_clipboard_set_text (gtk_widget_get_clipboard (GTK_WIDGET (fixture->field)), "before");
  press_with (fixture, GDK_KEY_c, GDK_CONTROL_MASK);
  unchanged = dup_copied (fixture);
  g_assert_cmpstr (unchanged, ==, "before");
}

static void
test_typing (Fixture *fixture, gconstpointer data)
{
  g_autofree char *settled = NULL;

  type_text (fixture, "pump from:ben.moser");
  assert_query (fixture, "pump from:ben.moser", "pump from:ben.moser", 0);
  /* Half an operator is not looked for. */
  settled = uc_search_field_dup_settled (fixture->field);
  g_assert_cmpstr (settled, ==, "pump ");
  type_text (fixture, " ");
  assert_query (fixture, "from:ben.moser pump ", "pump ", 1);
  assert_label (fixture, 0, "From Ben Moser");
  type_text (fixture, "now");
  assert_query (fixture, "from:ben.moser pump now", "pump now", 1);
  uc_display_shot (fixture->window, "search-field");
  g_assert_cmpuint (fixture->n_changed, >, 0);

  /* The same once more says nothing more. */
  uc_search_field_add_chip (fixture->field, "from", "ben.moser", FALSE);
  g_assert_cmpuint (uc_search_field_get_chips (fixture->field)->len, ==, 1);
}

static void
test_keys (Fixture *fixture, gconstpointer data)
{
  uc_search_field_set_query (fixture->field, "in:ward-3 has:file");
  assert_query (fixture, "in:ward-3 has:file", "", 2);
  press (fixture, GDK_KEY_BackSpace);
  assert_query (fixture, "in:ward-3", "", 1);
  assert_label (fixture, 0, "In Ward 3");
  type_text (fixture, "x");
  /* Behind a letter it takes the letter, as always. */
  press (fixture, GDK_KEY_BackSpace);
  g_assert_cmpuint (uc_search_field_get_chips (fixture->field)->len, ==, 1);
  press (fixture, GDK_KEY_Left);
  gtk_editable_set_position (get_text (fixture), 0);
  press (fixture, GDK_KEY_Left);
  g_assert_true (gtk_widget_get_ancestor (gtk_root_get_focus (GTK_ROOT (fixture->window)),
                                          UC_TYPE_SEARCH_PILL) != NULL);
  /* Enter finishes what is typed. */
  uc_search_field_set_query (fixture->field, "");
  uc_search_field_focus (fixture->field);
  type_text (fixture, "on:2026-03-01");
  press (fixture, GDK_KEY_Return);
  assert_query (fixture, "on:2026-03-01", "", 1);
}

static gboolean
is_completing (gpointer user_data)
{
  Fixture   *fixture = user_data;
  GtkWidget *list = uc_action_probe_find (GTK_WIDGET (fixture->field), GTK_TYPE_LIST_BOX);

  return list != NULL && gtk_widget_get_mapped (list) &&
         gtk_list_box_get_row_at_index (GTK_LIST_BOX (list), 0) != NULL;
}

static void
test_completion (Fixture *fixture, gconstpointer data)
{
  type_text (fixture, "from:car");
  uc_test_wait_until (is_completing, fixture, 5000);
  uc_display_shot (fixture->window, "search-field-suggestions");
  press (fixture, GDK_KEY_Return);
  assert_query (fixture, "from:carla.sims", "", 1);
  /* Turned round it stays so. */
  type_text (fixture, "-is:sa");
  uc_test_wait_until (is_completing, fixture, 5000);
  press (fixture, GDK_KEY_Tab);
  assert_query (fixture, "from:carla.sims -is:saved", "", 2);
  assert_label (fixture, 1, "Not saved");
  /* Escape closes, and leaves what was typed. */
  uc_search_field_begin_operator (fixture->field, "in");
  uc_test_wait_until (is_completing, fixture, 5000);
  press (fixture, GDK_KEY_Escape);
  g_assert_false (is_completing (fixture));
  assert_query (fixture, "from:carla.sims -is:saved in:", "in:", 2);
}

static void
test_wrong (Fixture *fixture, gconstpointer data)
{
  GtkWidget *text = GTK_WIDGET (get_text (fixture));
  GtkWidget *pill;

  uc_search_field_set_query (fixture->field, "on:nonsense a OR");
  pill = uc_action_probe_find (GTK_WIDGET (fixture->field), UC_TYPE_SEARCH_PILL);
  uc_search_field_mark_wrong (fixture->field, TRUE, 3, 11);
  g_assert_true (gtk_widget_has_css_class (pill, "wrong"));
  g_assert_null (gtk_text_get_attributes (GTK_TEXT (text)));
  uc_display_shot (fixture->window, "search-field-wrong");
  /* The whole is too long: no filter is to blame. */
  uc_search_field_mark_wrong (fixture->field, TRUE, 0, 16);
  g_assert_false (gtk_widget_has_css_class (pill, "wrong"));
  uc_search_field_mark_wrong (fixture->field, TRUE, 14, 16);
  g_assert_false (gtk_widget_has_css_class (pill, "wrong"));
  g_assert_nonnull (gtk_text_get_attributes (GTK_TEXT (text)));
  uc_search_field_mark_wrong (fixture->field, FALSE, 0, 0);
  g_assert_null (gtk_text_get_attributes (GTK_TEXT (text)));
}

/* Without the flag there are words alone; what was typed stays as one string. */
static void
test_plain (Fixture *fixture, gconstpointer data)
{
  g_autofree char *settled = NULL;

  uc_search_field_set_query (fixture->field, "from:ben.moser pump");
  g_object_set (fixture->field, "advanced", FALSE, NULL);
  assert_query (fixture, "from:ben.moser pump", "from:ben.moser pump", 0);
  type_text (fixture, " has:file ");
  assert_query (fixture, "from:ben.moser pump has:file ", "from:ben.moser pump has:file ", 0);
  settled = uc_search_field_dup_settled (fixture->field);
  g_assert_cmpstr (settled, ==, "from:ben.moser pump has:file ");
  g_object_set (fixture->field, "advanced", TRUE, NULL);
  g_assert_cmpuint (uc_search_field_get_chips (fixture->field)->len, ==, 2);
}

/* Many filters with long names: the field grows, the window does not. */
static void
test_narrow (Fixture *fixture, gconstpointer data)
{
  uc_search_field_set_query (
      fixture->field,
      "in:\"A conversation with a name that goes on and on, for nobody stopped it\" "
      "from:anna.keller before:2026-03-01 category:question has:file words");
  uc_display_settle (fixture->window);
  uc_display_shot (fixture->window, "search-field-narrow");
  g_assert_cmpint (gtk_widget_get_width (fixture->window), <=, 360);
  g_assert_cmpuint (uc_search_field_get_chips (fixture->field)->len, ==, 5);
  uc_search_field_remove_all (fixture->field, "in");
  g_assert_cmpuint (uc_search_field_get_chips (fixture->field)->len, ==, 4);
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

  add ("/ui/search-field/typing", test_typing);
  add ("/ui/search-field/keys", test_keys);
  add ("/ui/search-field/copy", test_copy);
  add ("/ui/search-field/completion", test_completion);
  add ("/ui/search-field/wrong", test_wrong);
  add ("/ui/search-field/plain", test_plain);
  add ("/ui/search-field/narrow", test_narrow);

  return g_test_run ();
}
