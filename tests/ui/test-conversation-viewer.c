/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Pictures shown large: zoomed, stepped through, copied, and explained when they are not. */

#include "config.h"

#include "uc-conversation-viewer.h"

#include "uc-conversation-fixture.h"
#include "uc-conversation-zoom.h"
#include "uc-display.h"
#include "uc-test.h"

#define LIMIT_MS 10000
#define POST     "picturepostyyyyyyyyyyyyyyy"

typedef struct {
  UcAccountFixture     *account;
  GtkWidget            *window;
  UcConversationViewer *viewer;
  UcConversationZoom   *zoom;
} Fixture;

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

/* They lie here, as if they were still to be sent. */
static UcFile *
new_picture (const char *id, int width, int height)
{
  UcFile *file = uc_file_new ();

  g_set_str (&file->id, id);
  g_set_str (&file->post_id, POST);
  g_set_str (&file->name, id);
  g_set_str (&file->mime_type, "image/png");
  file->local_path = save_png (width, height);
  file->width = width;
  file->height = height;
  return file;
}

static void
put_pictures (Fixture *fixture)
{
  g_autoptr (UcPost) post = uc_post_new ();
  UcBatch    *batch = uc_batch_new ();
  const char *ids[] = { "local:first", "local:second", "local:third", NULL };

  g_set_str (&post->id, POST);
  g_set_str (&post->channel_id, UC_FIXTURE_TOWN);
  g_set_str (&post->user_id, UC_FIXTURE_BEN);
  g_set_str (&post->message, "three pictures");
  post->create_at_ms = UC_CONVERSATION_FIXTURE_MIDDLE_MS;
  post->update_at_ms = post->create_at_ms;
  post->has_metadata = TRUE;
  g_strfreev (post->file_ids);
  post->file_ids = g_strdupv ((GStrv) ids);
  for (guint i = 0; ids[i] != NULL; i++)
    g_ptr_array_add (post->files, new_picture (ids[i], 2000, 1000));
  uc_batch_put_post (batch, post);
  uc_conversation_fixture_apply (fixture->account, batch);
}

static void
set_up (Fixture *fixture, gconstpointer data)
{
  fixture->account = uc_account_fixture_new ();
  put_pictures (fixture);
  fixture->window = adw_window_new ();
  adw_window_set_content (ADW_WINDOW (fixture->window), gtk_label_new ("behind"));
  gtk_window_set_default_size (GTK_WINDOW (fixture->window), 800, 600);
  gtk_window_present (GTK_WINDOW (fixture->window));
  uc_display_settle (fixture->window);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  uc_display_settle (fixture->window);
  gtk_window_destroy (GTK_WINDOW (fixture->window));
  uc_account_fixture_free (fixture->account);
}

static gboolean
is_shown (gpointer user_data)
{
  Fixture *fixture = user_data;

  fixture->zoom = (UcConversationZoom *) uc_conversation_fixture_find (GTK_WIDGET (fixture->viewer),
                                                                       UC_TYPE_CONVERSATION_ZOOM);
  return fixture->zoom != NULL;
}

static void
open_viewer (Fixture *fixture, UcFile *file)
{
  fixture->viewer =
      UC_CONVERSATION_VIEWER (uc_conversation_viewer_new (fixture->account->session, file));
  adw_dialog_present (ADW_DIALOG (fixture->viewer), fixture->window);
  uc_display_settle (fixture->window);
}

static gboolean
press (Fixture *fixture, guint key, GdkModifierType modifiers)
{
  return uc_conversation_fixture_press (GTK_WIDGET (fixture->viewer), key, modifiers);
}

static void
assert_zoom (Fixture *fixture, double expected)
{
  uc_display_settle (fixture->window);
  g_assert_cmpfloat_with_epsilon (uc_conversation_zoom_get_zoom (fixture->zoom), expected, 0.001);
}

static void
test_zoom (Fixture *fixture, gconstpointer data)
{
  g_autoptr (UcFile) file = new_picture ("local:second", 2000, 1000);
  double fitting;

  open_viewer (fixture, file);
  uc_test_wait_until (is_shown, fixture, LIMIT_MS);
  uc_display_settle (fixture->window);
  g_assert_true (uc_conversation_zoom_is_fitting (fixture->zoom));
  fitting = uc_conversation_zoom_get_zoom (fixture->zoom);
  g_assert_cmpfloat (fitting, >, 0.1);
  g_assert_cmpfloat (fitting, <, 0.5);

  g_assert_true (press (fixture, GDK_KEY_plus, 0));
  assert_zoom (fixture, fitting * 1.25);
  g_assert_true (press (fixture, GDK_KEY_minus, 0));
  assert_zoom (fixture, fitting);
  g_assert_true (press (fixture, GDK_KEY_1, 0));
  assert_zoom (fixture, 1.0);
  uc_display_shot (fixture->window, "viewer-full");
  for (guint i = 0; i < 100; i++)
    press (fixture, GDK_KEY_plus, 0);
  assert_zoom (fixture, 16.0);
  for (guint i = 0; i < 100; i++)
    press (fixture, GDK_KEY_minus, 0);
  assert_zoom (fixture, 0.05);
  g_assert_true (press (fixture, GDK_KEY_0, 0));
  assert_zoom (fixture, fitting);
  g_assert_true (uc_conversation_zoom_is_fitting (fixture->zoom));

  /* As it fits is less in a narrow window. */
  uc_conversation_fixture_resize (fixture->window, 360, 500);
  uc_display_settle (fixture->window);
  uc_display_shot (fixture->window, "viewer-narrow");
  g_assert_cmpfloat (uc_conversation_zoom_get_zoom (fixture->zoom), <, fitting);
}

typedef struct {
  Fixture    *fixture;
  const char *title;
} Wanted;

static gboolean
has_title (gpointer user_data)
{
  Wanted *wanted = user_data;

  return g_str_equal (adw_dialog_get_title (ADW_DIALOG (wanted->fixture->viewer)), wanted->title);
}

/* The messages around the picture are read first. */
static gboolean
can_press_left (gpointer user_data)
{
  Wanted *wanted = user_data;

  press (wanted->fixture, GDK_KEY_Left, 0);
  return has_title (wanted);
}

static void
test_step (Fixture *fixture, gconstpointer data)
{
  g_autoptr (UcFile) file = new_picture ("local:second", 2000, 1000);
  Wanted first = { fixture, "local:first" };
  Wanted third = { fixture, "local:third" };

  open_viewer (fixture, file);
  uc_test_wait_until (can_press_left, &first, LIMIT_MS);
  /* There is none before it. */
  press (fixture, GDK_KEY_Left, 0);
  g_assert_true (has_title (&first));
  press (fixture, GDK_KEY_Right, 0);
  press (fixture, GDK_KEY_Right, 0);
  press (fixture, GDK_KEY_Right, 0);
  g_assert_true (has_title (&third));

  /* Who reads from the right finds the earlier ones there. */
  gtk_widget_set_direction (GTK_WIDGET (fixture->viewer), GTK_TEXT_DIR_RTL);
  press (fixture, GDK_KEY_Right, 0);
  press (fixture, GDK_KEY_Right, 0);
  g_assert_true (has_title (&first));
}

static gboolean
has_copied (gpointer user_data)
{
  Fixture *fixture = user_data;

  press (fixture, GDK_KEY_c, GDK_CONTROL_MASK);
  return gdk_content_formats_contain_gtype (
      gdk_clipboard_get_formats (gtk_widget_get_clipboard (fixture->window)), GDK_TYPE_TEXTURE);
}

static void
test_copy (Fixture *fixture, gconstpointer data)
{
  g_autoptr (UcFile) file = new_picture ("local:second", 20, 10);

  open_viewer (fixture, file);
  uc_test_wait_until (is_shown, fixture, LIMIT_MS);
  uc_test_wait_until (has_copied, fixture, LIMIT_MS);
}

static gboolean
has_problem (gpointer user_data)
{
  Fixture *fixture = user_data;

  return uc_conversation_fixture_find (GTK_WIDGET (fixture->viewer), ADW_TYPE_STATUS_PAGE) != NULL;
}

/* Nobody answers: that is said, with a way to try again. */
static void
test_problem (Fixture *fixture, gconstpointer data)
{
  g_autoptr (UcFile) file = uc_file_new ();

  g_set_str (&file->id, "46redrm3q3gnxfee5iqyoo4ayy");
  g_set_str (&file->name, "<b>a&b.png");
  file->width = 10;
  file->height = 10;
  open_viewer (fixture, file);
  uc_test_wait_until (has_problem, fixture, LIMIT_MS);
  uc_display_settle (fixture->window);
  uc_display_shot (fixture->window, "viewer-problem");
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

  add ("/ui/conversation-viewer/zoom", test_zoom);
  add ("/ui/conversation-viewer/step", test_step);
  add ("/ui/conversation-viewer/copy", test_copy);
  add ("/ui/conversation-viewer/problem", test_problem);

  return g_test_run ();
}
