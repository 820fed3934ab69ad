/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A picture has its room before it is here, and keeps it when it never comes. */

#include "config.h"

#include "uc-row-picture.h"

#include "uc-conversation-fixture.h"
#include "uc-display.h"
#include "uc-test.h"

#define LIMIT_MS 10000

typedef struct {
  UcAccountFixture *account;
  UcRowContext     *context;
  GtkWidget        *window;
  guint             n_viewed;
} Fixture;

static void
view_cb (UcRowContext *context, UcFile *file, Fixture *fixture)
{
  fixture->n_viewed++;
}

static void
set_up (Fixture *fixture, gconstpointer data)
{
  fixture->account = uc_account_fixture_new ();
  fixture->context =
      uc_row_context_new (fixture->account->session,
                          uc_window_account_get_directory (fixture->account->account), FALSE);
  g_signal_connect (fixture->context, "view-picture", G_CALLBACK (view_cb), fixture);
  fixture->window = gtk_window_new ();
  gtk_window_set_default_size (GTK_WINDOW (fixture->window), 500, 400);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  gtk_window_destroy (GTK_WINDOW (fixture->window));
  g_object_unref (fixture->context);
  uc_account_fixture_free (fixture->account);
}

static UcFile *
new_file (int width, int height, const char *mime_type)
{
  UcFile *file = uc_file_new ();

  g_set_str (&file->name, "picture.png");
  g_set_str (&file->mime_type, mime_type);
  file->width = width;
  file->height = height;

  return file;
}

static char *
save_png (int width, int height)
{
  g_autofree char *folder = uc_test_dup_temp_dir ();
  char            *path = g_build_filename (folder, "picture.png", NULL);
  g_autoptr (GBytes) bytes = g_bytes_new_take (g_malloc0 (4 * width * height), 4 * width * height);
  g_autoptr (GdkTexture) texture =
      gdk_memory_texture_new (width, height, GDK_MEMORY_R8G8B8A8, bytes, 4 * width);

  g_assert_true (gdk_texture_save_to_png (texture, path));

  return path;
}

static void
test_room (Fixture *fixture, gconstpointer data)
{
  static const struct {
    int width, height, for_width, shown_width, shown_height;
  } cases[] = {
    { 1600, 1000, -1, 380, 237 }, { 1000, 1600, -1, 187, 300 },  { 100, 60, -1, 100, 60 },
    { 4, 4, -1, 40, 40 },         { 1600, 1000, 190, 190, 118 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autoptr (UcFile) file = new_file (cases[i].width, cases[i].height, "image/png");
    g_autoptr (GtkWidget) picture = g_object_ref_sink (uc_row_picture_new (fixture->context, file));
    int width, height;

    gtk_widget_measure (picture, GTK_ORIENTATION_HORIZONTAL, -1, NULL, &width, NULL, NULL);
    gtk_widget_measure (picture, GTK_ORIENTATION_VERTICAL, cases[i].for_width, NULL, &height, NULL,
                        NULL);
    if (cases[i].for_width < 0)
      g_assert_cmpint (width, ==, cases[i].shown_width);
    g_assert_cmpint (height, ==, cases[i].shown_height);
  }
}

static void
test_can_show (Fixture *fixture, gconstpointer data)
{
  g_autoptr (UcFile) png = new_file (10, 10, "image/png");
  g_autoptr (UcFile) sizeless = new_file (0, 0, "image/png");
  g_autoptr (UcFile) svg = new_file (10, 10, "image/svg+xml");
  g_autoptr (UcFile) text = new_file (0, 0, "text/plain");

  g_assert_true (uc_row_picture_can_show (png));
  g_assert_false (uc_row_picture_can_show (sizeless));
  g_assert_false (uc_row_picture_can_show (svg));
  g_assert_false (uc_row_picture_can_show (text));
}

typedef struct {
  UcRowContext *context;
  UcFile       *file;
} Loading;

static gboolean
is_loaded (gpointer user_data)
{
  Loading *loading = user_data;

  return uc_row_images_peek (uc_row_context_get_images (loading->context), loading->file) != NULL;
}

static void
test_load (Fixture *fixture, gconstpointer data)
{
  g_autofree char *path = save_png (800, 400);
  g_autoptr (UcFile) file = new_file (800, 400, "image/png");
  Loading    loading = { fixture->context, file };
  GtkWidget *picture;
  int        width;

  /* Not sent yet: it lies here. */
  g_set_str (&file->local_path, path);
  picture = uc_row_picture_new (fixture->context, file);
  gtk_widget_set_halign (picture, GTK_ALIGN_START);
  gtk_widget_set_valign (picture, GTK_ALIGN_START);
  gtk_window_set_child (GTK_WINDOW (fixture->window), picture);
  gtk_window_present (GTK_WINDOW (fixture->window));
  uc_display_settle (fixture->window);
  width = gtk_widget_get_width (picture);
  g_assert_cmpint (width, ==, 380);
  uc_test_wait_until (is_loaded, &loading, LIMIT_MS);
  uc_display_settle (fixture->window);
  g_assert_cmpint (gtk_widget_get_width (picture), ==, width);

  g_assert_true (uc_conversation_fixture_press (picture, GDK_KEY_Return, 0));
  g_assert_cmpuint (fixture->n_viewed, ==, 1);
}

static gboolean
has_problem (gpointer user_data)
{
  return gtk_widget_get_tooltip_text (user_data) != NULL;
}

static void
test_problem (Fixture *fixture, gconstpointer data)
{
  g_autoptr (UcFile) file = new_file (800, 400, "image/png");
  GtkWidget *picture;
  int        width;

  g_set_str (&file->local_path, "/nowhere/at/all.png");
  picture = uc_row_picture_new (fixture->context, file);
  gtk_widget_set_halign (picture, GTK_ALIGN_START);
  gtk_window_set_child (GTK_WINDOW (fixture->window), picture);
  gtk_window_present (GTK_WINDOW (fixture->window));
  uc_display_settle (fixture->window);
  width = gtk_widget_get_width (picture);
  uc_test_wait_until (has_problem, picture, LIMIT_MS);
  uc_display_settle (fixture->window);
  uc_display_shot (fixture->window, "row-picture-problem");
  g_assert_cmpint (gtk_widget_get_width (picture), ==, width);
  /* Then activating tries again instead of showing nothing large. */
  g_assert_true (uc_conversation_fixture_press (picture, GDK_KEY_Return, 0));
  g_assert_cmpuint (fixture->n_viewed, ==, 0);
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

  add ("/ui/row-picture/room", test_room);
  add ("/ui/row-picture/can-show", test_can_show);
  add ("/ui/row-picture/load", test_load);
  add ("/ui/row-picture/problem", test_problem);

  return g_test_run ();
}
