/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The way in against the real server, with what goes wrong on it. */

#include "config.h"

#include "uc-sign-in-page.h"

#include "uc-action-probe.h"
#include "uc-display.h"
#include "uc-test-server.h"
#include "uc-test.h"

typedef struct {
  UcTestServer *server;
  char         *username;
  GtkWidget    *window;
  UcSignInPage *page;
  char         *signed_in; /* (nullable) the user's name */
} Fixture;

static void
signed_in_cb (Fixture *fixture, UcSignIn *sign_in)
{
  g_set_str (&fixture->signed_in, uc_sign_in_get_user (sign_in)->username);
}

static void
set_up (Fixture *fixture, gconstpointer data)
{
  GtkWidget *view = adw_navigation_view_new ();

  fixture->server = uc_test_server_new ();
  fixture->username = uc_test_server_add_user (fixture->server, "anna");
  fixture->window = adw_window_new ();
  fixture->page = g_object_new (UC_TYPE_SIGN_IN_PAGE, NULL);
  g_signal_connect_swapped (fixture->page, "signed-in", G_CALLBACK (signed_in_cb), fixture);
  adw_navigation_view_push (ADW_NAVIGATION_VIEW (view), ADW_NAVIGATION_PAGE (fixture->page));
  adw_window_set_content (ADW_WINDOW (fixture->window), view);
  gtk_window_set_default_size (GTK_WINDOW (fixture->window), 420, 640);
  gtk_window_present (GTK_WINDOW (fixture->window));
  uc_display_settle (fixture->window);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  gtk_window_destroy (GTK_WINDOW (fixture->window));
  g_free (fixture->username);
  g_free (fixture->signed_in);
  uc_test_server_free (fixture->server);
}

/* A row by its title; only what can be seen. */
static GtkWidget *
find_row (GtkWidget *root, const char *title)
{
  if (!gtk_widget_get_visible (root))
    return NULL;
  if (ADW_IS_ENTRY_ROW (root) &&
      g_str_equal (adw_preferences_row_get_title (ADW_PREFERENCES_ROW (root)), title))
    return root;
  for (GtkWidget *child = gtk_widget_get_first_child (root); child != NULL;
       child = gtk_widget_get_next_sibling (child)) {
    GtkWidget *found = find_row (child, title);

    if (found != NULL)
      return found;
  }

  return NULL;
}

static void
type_text (Fixture *fixture, const char *title, const char *text)
{
  gtk_editable_set_text (GTK_EDITABLE (find_row (GTK_WIDGET (fixture->page), title)), text);
}

static void
press_enter (Fixture *fixture, const char *title)
{
  g_signal_emit_by_name (find_row (GTK_WIDGET (fixture->page), title), "entry-activated");
}

/* What stands in red; NULL for nothing. */
static const char *
get_error (GtkWidget *root)
{
  if (!gtk_widget_get_visible (root))
    return NULL;
  if (GTK_IS_LABEL (root) && gtk_widget_has_css_class (root, "error"))
    return gtk_label_get_text (GTK_LABEL (root));
  for (GtkWidget *child = gtk_widget_get_first_child (root); child != NULL;
       child = gtk_widget_get_next_sibling (child)) {
    const char *found = get_error (child);

    if (found != NULL)
      return found;
  }

  return NULL;
}

static gboolean
has_error (gpointer user_data)
{
  Fixture *fixture = user_data;

  return get_error (GTK_WIDGET (fixture->page)) != NULL;
}

static gboolean
is_found (gpointer user_data)
{
  Fixture   *fixture = user_data;
  GtkWidget *revealer = uc_action_probe_find (GTK_WIDGET (fixture->page), GTK_TYPE_REVEALER);

  return gtk_revealer_get_reveal_child (GTK_REVEALER (revealer));
}

static gboolean
is_signed_in (gpointer user_data)
{
  return ((Fixture *) user_data)->signed_in != NULL;
}

static void
test_password (Fixture *fixture, gconstpointer data)
{
  g_assert_false (is_found (fixture));
  type_text (fixture, "Address", uc_test_server_get_site (fixture->server));
  press_enter (fixture, "Address");
  uc_test_wait_until (is_found, fixture, 10000);

  type_text (fixture, "User Name or Email", fixture->username);
  type_text (fixture, "Password", "not the password");
  press_enter (fixture, "Password");
  uc_test_wait_until (has_error, fixture, 10000);
  g_assert_cmpstr (get_error (GTK_WIDGET (fixture->page)), ==,
                   "The user name or the password is wrong.");
  uc_display_settle (fixture->window);
  uc_display_shot (fixture->window, "sign-in-wrong-password");

  type_text (fixture, "Password", uc_test_server_get_password (fixture->server));
  press_enter (fixture, "Password");
  uc_test_wait_until (is_signed_in, fixture, 10000);
  g_assert_cmpstr (fixture->signed_in, ==, fixture->username);
  g_assert_false (has_error (fixture));
  /* Nothing secret stays in the fields. */
  g_assert_cmpstr (
      gtk_editable_get_text (GTK_EDITABLE (find_row (GTK_WIDGET (fixture->page), "Password"))), ==,
      "");
}

static void
test_token (Fixture *fixture, gconstpointer data)
{
  GtkWidget *kinds;

  uc_sign_in_page_begin (fixture->page, uc_test_server_get_site (fixture->server), NULL);
  uc_test_wait_until (is_found, fixture, 10000);
  kinds = uc_action_probe_find (GTK_WIDGET (fixture->page), ADW_TYPE_TOGGLE_GROUP);
  adw_toggle_group_set_active_name (ADW_TOGGLE_GROUP (kinds), "token");
  g_assert_null (find_row (GTK_WIDGET (fixture->page), "Password"));

  type_text (fixture, "Personal Access Token", "nonsense");
  press_enter (fixture, "Personal Access Token");
  uc_test_wait_until (has_error, fixture, 10000);
  g_assert_nonnull (strstr (get_error (GTK_WIDGET (fixture->page)), "access token"));

  type_text (fixture, "Personal Access Token",
             uc_test_server_get_token (fixture->server, fixture->username));
  press_enter (fixture, "Personal Access Token");
  uc_test_wait_until (is_signed_in, fixture, 10000);
  g_assert_cmpstr (fixture->signed_in, ==, fixture->username);
}

static void
test_no_server (Fixture *fixture, gconstpointer data)
{
  static const struct {
    const char *address, *error;
  } rows[] = {
    { "http://127.0.0.1:9", "No server answers at this address" },
    { "what is this", "" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    uc_sign_in_page_begin (fixture->page, rows[i].address, NULL);
    uc_test_wait_until (has_error, fixture, 20000);
    g_assert_true (g_str_has_prefix (get_error (GTK_WIDGET (fixture->page)), rows[i].error));
    g_assert_false (is_found (fixture));
    uc_display_settle (fixture->window);
    uc_display_shot (fixture->window, "sign-in-no-server");
    /* It goes as soon as something is typed. */
    type_text (fixture, "Address", "chat");
    g_assert_false (has_error (fixture));
  }
}

static void
test_adopting_fails (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = g_error_new_literal (G_IO_ERROR, G_IO_ERROR_FAILED, "Disk on fire");

  uc_sign_in_page_begin (fixture->page, uc_test_server_get_site (fixture->server),
                         fixture->username);
  uc_test_wait_until (is_found, fixture, 10000);
  type_text (fixture, "Password", uc_test_server_get_password (fixture->server));
  press_enter (fixture, "Password");
  uc_test_wait_until (is_signed_in, fixture, 10000);
  uc_sign_in_page_fail (fixture->page, error);
  g_assert_cmpstr (get_error (GTK_WIDGET (fixture->page)), ==, "Disk on fire");
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

  add ("/ui/sign-in-page/password", test_password);
  add ("/ui/sign-in-page/token", test_token);
  add ("/ui/sign-in-page/no-server", test_no_server);
  add ("/ui/sign-in-page/adopting-fails", test_adopting_fails);

  return g_test_run ();
}
