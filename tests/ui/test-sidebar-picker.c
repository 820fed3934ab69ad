/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Beginning a conversation against the real server: a channel is joined, a person is
 * written to, and without the server it says so. */

#include "config.h"

#include "uc-sidebar-picker.h"

#include "uc-action-probe.h"
#include "uc-display.h"
#include "uc-test-client.h"
#include "uc-test-server.h"
#include "uc-test.h"

#define LIMIT_MS 20000

typedef struct {
  UcTestServer    *server;
  UcTestClient    *client;
  UcWindowAccount *account;
  char            *channel_id; /* one that anna is not in */
  char            *anna;
  char            *ben;
  GtkWidget       *window;
  UcActionProbe   *probe;
  AdwDialog       *dialog;
} Fixture;

static gboolean
has_team (gpointer user_data)
{
  return *uc_sidebar_get_team_id (uc_window_account_get_sidebar (user_data)) != '\0';
}

static void
set_up (Fixture *fixture, gconstpointer data)
{
  const char *site;
  g_autoptr (UcDirectory) directory = NULL;
  g_autoptr (UcSidebar) sidebar = NULL;

  fixture->server = uc_test_server_new ();
  site = uc_test_server_get_site (fixture->server);
  fixture->anna = uc_test_server_add_user (fixture->server, "anna");
  fixture->ben = uc_test_server_add_user (fixture->server, "ben");
  fixture->channel_id = uc_test_server_add_channel (fixture->server, "kitchen", fixture->ben, NULL);
  fixture->client =
      uc_test_client_new (site, uc_test_server_get_user_id (fixture->server, fixture->anna),
                          uc_test_server_get_token (fixture->server, fixture->anna), NULL);
  uc_test_client_settle (fixture->client);
  directory = uc_directory_new (fixture->client->session);
  sidebar = uc_sidebar_new (fixture->client->session, directory);
  fixture->account = uc_window_account_new ("test", site, fixture->client->clock,
                                            fixture->client->session, directory, sidebar);
  uc_test_wait_until (has_team, fixture->account, LIMIT_MS);

  fixture->window = adw_window_new ();
  gtk_window_set_default_size (GTK_WINDOW (fixture->window), 700, 700);
  adw_window_set_content (ADW_WINDOW (fixture->window), gtk_label_new (NULL));
  fixture->probe = uc_action_probe_new (fixture->window);
  gtk_window_present (GTK_WINDOW (fixture->window));
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  gtk_window_destroy (GTK_WINDOW (fixture->window));
  uc_action_probe_free (fixture->probe);
  g_clear_object (&fixture->account);
  uc_test_client_free (fixture->client);
  g_free (fixture->channel_id);
  g_free (fixture->anna);
  g_free (fixture->ben);
  uc_test_server_free (fixture->server);
}

static void
present (Fixture *fixture, UcPickKind kind)
{
  fixture->dialog = uc_sidebar_picker_new (kind, fixture->account);
  adw_dialog_present (fixture->dialog, fixture->window);
  uc_display_settle (fixture->window);
}

static GtkWidget *
get_entry (Fixture *fixture)
{
  return uc_action_probe_find (GTK_WIDGET (fixture->dialog), GTK_TYPE_SEARCH_ENTRY);
}

/* Picks the first row until something has come of it. */
static gboolean
is_picked (gpointer user_data)
{
  Fixture *fixture = user_data;

  if (*fixture->probe->last == '\0')
    g_signal_emit_by_name (get_entry (fixture), "activate");

  return *fixture->probe->last != '\0';
}

static void
type_text (Fixture *fixture, const char *text)
{
  gtk_editable_set_text (GTK_EDITABLE (get_entry (fixture)), text);
  g_signal_emit_by_name (get_entry (fixture), "search-changed");
}

static void
test_channel (Fixture *fixture, gconstpointer data)
{
  g_autofree char *asked = g_strdup_printf ("open-channel '%s'", fixture->channel_id);

  present (fixture, UC_PICK_CHANNEL);
  type_text (fixture, "kitch");
  uc_test_wait_until (is_picked, fixture, LIMIT_MS);
  g_assert_cmpstr (fixture->probe->last, ==, asked);
}

static void
test_person (Fixture *fixture, gconstpointer data)
{
  present (fixture, UC_PICK_PERSON);
  type_text (fixture, fixture->ben);
  uc_test_wait_until (is_picked, fixture, LIMIT_MS);
  g_assert_true (g_str_has_prefix (fixture->probe->last, "open-channel '"));
}

static gboolean
is_empty (gpointer user_data)
{
  Fixture   *fixture = user_data;
  GtkWidget *stack = uc_action_probe_find (GTK_WIDGET (fixture->dialog), GTK_TYPE_STACK);

  return g_strcmp0 (gtk_stack_get_visible_child_name (GTK_STACK (stack)), "empty") == 0;
}

static void
test_nothing (Fixture *fixture, gconstpointer data)
{
  present (fixture, UC_PICK_CHANNEL);
  type_text (fixture, "zeppelin");
  uc_test_wait_until (is_empty, fixture, LIMIT_MS);
  g_signal_emit_by_name (get_entry (fixture), "activate");
  g_assert_cmpstr (fixture->probe->last, ==, "");
}

static const char *
find_error (GtkWidget *root)
{
  if (!gtk_widget_get_visible (root))
    return NULL;
  if (GTK_IS_LABEL (root) && gtk_widget_has_css_class (root, "error"))
    return gtk_label_get_text (GTK_LABEL (root));
  for (GtkWidget *child = gtk_widget_get_first_child (root); child != NULL;
       child = gtk_widget_get_next_sibling (child)) {
    const char *found = find_error (child);

    if (found != NULL)
      return found;
  }

  return NULL;
}

static gboolean
has_error (gpointer user_data)
{
  return find_error (GTK_WIDGET (((Fixture *) user_data)->dialog)) != NULL;
}

static void
test_offline (Fixture *fixture, gconstpointer data)
{
  uc_test_server_kill (fixture->server);
  present (fixture, UC_PICK_CHANNEL);
  uc_test_wait_until (has_error, fixture, LIMIT_MS);
  uc_display_shot (fixture->window, "picker-offline");
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

  add ("/ui/sidebar-picker/channel", test_channel);
  add ("/ui/sidebar-picker/person", test_person);
  add ("/ui/sidebar-picker/nothing", test_nothing);
  add ("/ui/sidebar-picker/offline", test_offline);

  return g_test_run ();
}
