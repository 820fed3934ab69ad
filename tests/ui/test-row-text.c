/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The text widget of a row: what it measures it draws, Tab goes through its links, Enter
 * follows them. */

#include "config.h"

#include "uc-display.h"
#include "uc-row-text.h"

#include <adwaita.h>

static const char sample[] =
    "Good morning **everybody**, the *round* begins at ~~nine~~ ten. `ward-4` is @anna's, "
    "@ben takes ~emergency. More at https://example.org/handover #round :smile:\n\n"
    "# A heading\n## A smaller one\n"
    "> A quote with **bold** text that is long enough to be wrapped when the window is as "
    "narrow as a telephone\n>\n> > and one inside\n\n"
    "1. first\n2. second\n   - [ ] to do\n   - [x] done\n\n"
    "```c\nint\nmain (void)\n{\n  return uc_application_run_with_a_long_name (argc, argv, \"and "
    "long "
    "arguments that do not fit\");\n}\n```\n"
    "| Bed | Patient | Note |\n|:---|:---:|---:|\n| 1 | A. | waits for the result of the x-ray |\n"
    "| 2 | B. | free |\n\n---\n\nThe end.";

typedef struct {
  GtkWidget *window;
  UcRowText *text;
  UcRunFlags flags;
  char      *target;
  guint      n_more;
} Fixture;

static void
follow_cb (UcRowText *text, guint flags, const char *target, Fixture *fixture)
{
  fixture->flags = flags;
  g_set_str (&fixture->target, target);
}

static void
more_cb (UcRowText *text, Fixture *fixture)
{
  fixture->n_more++;
}

static void
show (Fixture *fixture, const char *message, gsize max_bytes)
{
  const UcMarkdownContext context = { .my_username = "anna", .max_bytes = max_bytes };
  g_autoptr (UcMarkdown) markdown = uc_markdown_parse (message, &context);

  uc_row_text_set_markdown (fixture->text, markdown, "edited");
  uc_display_settle (fixture->window);
}

static void
set_up (Fixture *fixture, gconstpointer data)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);

  fixture->window = adw_window_new ();
  fixture->text = UC_ROW_TEXT (uc_row_text_new ());
  g_signal_connect (fixture->text, "follow", G_CALLBACK (follow_cb), fixture);
  g_signal_connect (fixture->text, "show-more", G_CALLBACK (more_cb), fixture);
  gtk_widget_set_valign (GTK_WIDGET (fixture->text), GTK_ALIGN_START);
  gtk_widget_set_margin_start (GTK_WIDGET (fixture->text), 12);
  gtk_widget_set_margin_end (GTK_WIDGET (fixture->text), 12);
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (fixture->text));
  adw_window_set_content (ADW_WINDOW (fixture->window), box);
  gtk_window_set_default_size (GTK_WINDOW (fixture->window), 700, 760);
  gtk_window_present (GTK_WINDOW (fixture->window));
  uc_display_settle (fixture->window);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  g_object_ref (fixture->text);
  gtk_window_destroy (GTK_WINDOW (fixture->window));
  g_assert_finalize_object (fixture->text);
  g_free (fixture->target);
}

static void
test_look (Fixture *fixture, gconstpointer data)
{
  AdwStyleManager *manager = adw_style_manager_get_default ();
  int              wide;

  show (fixture, sample, 0);
  uc_row_text_select (fixture->text, 20, 60);
  wide = gtk_widget_get_height (GTK_WIDGET (fixture->text));
  uc_display_shot (fixture->window, "row-text-light");
  adw_style_manager_set_color_scheme (manager, ADW_COLOR_SCHEME_FORCE_DARK);
  uc_display_shot (fixture->window, "row-text-dark");
  adw_style_manager_set_color_scheme (manager, ADW_COLOR_SCHEME_DEFAULT);
  gtk_widget_set_direction (GTK_WIDGET (fixture->text), GTK_TEXT_DIR_RTL);
  uc_display_shot (fixture->window, "row-text-rtl");
  gtk_widget_set_direction (GTK_WIDGET (fixture->text), GTK_TEXT_DIR_LTR);
  gtk_window_set_default_size (GTK_WINDOW (fixture->window), 360, 900);
  for (int i = 0; i < 10 && gtk_widget_get_width (fixture->window) != 360; i++)
    uc_display_settle (fixture->window);
  uc_display_settle (fixture->window);
  uc_display_shot (fixture->window, "row-text-360");
  g_assert_cmpint (gtk_widget_get_width (GTK_WIDGET (fixture->text)), <=, 360 - 24);
  g_assert_cmpint (gtk_widget_get_height (GTK_WIDGET (fixture->text)), >, wide);

  show (fixture, ":tada: :smile:", 0);
  uc_display_shot (fixture->window, "row-text-emoji");
}

static gboolean
press (GtkWidget *widget, guint key)
{
  /* What a key would do, by the widget's own shortcuts. */
  GListModel *controllers = gtk_widget_observe_controllers (widget);
  gboolean    is_done = FALSE;

  for (guint i = 0; i < g_list_model_get_n_items (controllers) && !is_done; i++) {
    g_autoptr (GtkEventController) controller = g_list_model_get_item (controllers, i);

    if (!GTK_IS_SHORTCUT_CONTROLLER (controller))
      continue;
    for (guint k = 0; k < g_list_model_get_n_items (G_LIST_MODEL (controller)) && !is_done; k++) {
      g_autoptr (GtkShortcut) shortcut = g_list_model_get_item (G_LIST_MODEL (controller), k);
      GtkShortcutTrigger *trigger = gtk_shortcut_get_trigger (shortcut);

      if (GTK_IS_KEYVAL_TRIGGER (trigger) &&
          gtk_keyval_trigger_get_keyval (GTK_KEYVAL_TRIGGER (trigger)) == key)
        is_done = gtk_shortcut_action_activate (gtk_shortcut_get_action (shortcut), 0, widget,
                                                gtk_shortcut_get_arguments (shortcut));
    }
  }
  g_object_unref (controllers);

  return is_done;
}

static void
test_keys (Fixture *fixture, gconstpointer data)
{
  GtkWidget *widget = GTK_WIDGET (fixture->text);
  GtkWidget *focus;

  show (fixture, "see https://example.org and @ben\n\n```\ncode\n```", 0);
  g_assert_true (gtk_widget_child_focus (widget, GTK_DIR_TAB_FORWARD));
  g_assert_true (press (widget, GDK_KEY_Return));
  g_assert_cmpuint (fixture->flags & UC_RUN_LINK, !=, 0);
  g_assert_true (g_str_has_prefix (fixture->target, "https://example.org"));
  g_assert_true (gtk_widget_child_focus (widget, GTK_DIR_TAB_FORWARD));
  g_assert_true (press (widget, GDK_KEY_space));
  g_assert_cmpstr (fixture->target, ==, "ben");
  uc_display_shot (fixture->window, "row-text-focus");
  /* Then the button that copies the code. */
  g_assert_true (gtk_widget_child_focus (widget, GTK_DIR_TAB_FORWARD));
  focus = gtk_root_get_focus (GTK_ROOT (fixture->window));
  g_assert_true (GTK_IS_BUTTON (focus));
  g_assert_true (gtk_widget_child_focus (widget, GTK_DIR_TAB_BACKWARD));
  g_assert_true (gtk_root_get_focus (GTK_ROOT (fixture->window)) == widget);
  g_assert_true (gtk_widget_child_focus (widget, GTK_DIR_TAB_FORWARD));
  g_assert_false (gtk_widget_child_focus (widget, GTK_DIR_TAB_FORWARD));

  /* Without anything to follow there is nothing to stop at. */
  show (fixture, "plain", 0);
  g_assert_false (gtk_widget_child_focus (widget, GTK_DIR_TAB_FORWARD));
}

static void
test_cut (Fixture *fixture, gconstpointer data)
{
  g_autofree char *text = g_strnfill (500, 'x');
  GtkWidget       *button;

  show (fixture, text, 100);
  button = gtk_widget_get_last_child (GTK_WIDGET (fixture->text));
  g_assert_true (GTK_IS_BUTTON (button));
  g_signal_emit_by_name (button, "clicked");
  g_assert_cmpuint (fixture->n_more, ==, 1);
  show (fixture, text, 0);
  g_assert_null (gtk_widget_get_last_child (GTK_WIDGET (fixture->text)));
}

int
main (int argc, char **argv)
{
  uc_display_init (&argc, &argv);

  g_test_add ("/ui/row-text/look", Fixture, NULL, set_up, test_look, tear_down);
  g_test_add ("/ui/row-text/keys", Fixture, NULL, set_up, test_keys, tear_down);
  g_test_add ("/ui/row-text/cut", Fixture, NULL, set_up, test_cut, tear_down);

  return g_test_run ();
}
