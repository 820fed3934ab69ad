/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The sidebar as a whole: rows, what a click and the menu do, neighbours, teams. */

#include "config.h"

#include "uc-sidebar-page.h"

#include "uc-account-fixture.h"
#include "uc-action-probe.h"
#include "uc-display.h"
#include "uc-sidebar-menu.h"
#include "uc-sidebar-row.h"
#include "uc-test.h"

typedef struct {
  UcAccountFixture *account;
  GtkWidget        *window;
  UcSidebarPage    *page;
  UcActionProbe    *probe;
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer data)
{
  GtkWidget *view = adw_navigation_view_new ();

  fixture->account = uc_account_fixture_new ();
  fixture->window = adw_window_new ();
  fixture->page = g_object_new (UC_TYPE_SIDEBAR_PAGE, NULL);
  adw_navigation_view_push (ADW_NAVIGATION_VIEW (view), ADW_NAVIGATION_PAGE (fixture->page));
  adw_window_set_content (ADW_WINDOW (fixture->window), view);
  gtk_window_set_default_size (GTK_WINDOW (fixture->window), 360, 600);
  fixture->probe = uc_action_probe_new (fixture->window);
  uc_sidebar_page_set_account (fixture->page, fixture->account->account);
  gtk_window_present (GTK_WINDOW (fixture->window));
  uc_display_settle (fixture->window);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  gtk_window_destroy (GTK_WINDOW (fixture->window));
  uc_action_probe_free (fixture->probe);
  uc_account_fixture_free (fixture->account);
}

static UcSidebar *
get_sidebar (Fixture *fixture)
{
  return uc_window_account_get_sidebar (fixture->account->account);
}

static void
test_open (Fixture *fixture, gconstpointer data)
{
  GtkWidget *list = uc_action_probe_find (GTK_WIDGET (fixture->page), GTK_TYPE_LIST_VIEW);
  guint      position;

  uc_display_shot (fixture->window, "sidebar");
  uc_sidebar_find (get_sidebar (fixture), UC_FIXTURE_SURGERY, &position);
  g_signal_emit_by_name (list, "activate", position);
  g_assert_cmpstr (fixture->probe->last, ==, "open-channel '" UC_FIXTURE_SURGERY "'");
  /* A heading opens nothing. */
  g_signal_emit_by_name (list, "activate", 0);
  g_assert_cmpstr (fixture->probe->last, ==, "open-channel '" UC_FIXTURE_SURGERY "'");
}

static void
test_neighbours (Fixture *fixture, gconstpointer data)
{
  static const struct {
    const char *open;
    int         step;
    gboolean    only_unread;
    const char *neighbour;
  } rows[] = {
    { "", 1, FALSE, UC_FIXTURE_WARD },
    { "", -1, FALSE, UC_FIXTURE_DIRECT },
    { UC_FIXTURE_WARD, 1, FALSE, UC_FIXTURE_SURGERY },
    { UC_FIXTURE_WARD, -1, FALSE, UC_FIXTURE_DIRECT },
    { UC_FIXTURE_SURGERY, 1, TRUE, UC_FIXTURE_TOWN },
    { UC_FIXTURE_TOWN, 1, TRUE, UC_FIXTURE_DIRECT },
    { UC_FIXTURE_DIRECT, 1, TRUE, UC_FIXTURE_TOWN },
    /* Open, but of another team. */
    { UC_FIXTURE_LAB, 1, TRUE, UC_FIXTURE_TOWN },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    uc_sidebar_page_set_channel_id (fixture->page, rows[i].open);
    g_assert_cmpstr (
        uc_sidebar_page_find_neighbour (fixture->page, rows[i].step, rows[i].only_unread), ==,
        rows[i].neighbour);
  }
}

/* The labels of a menu, without mnemonics. */
static char *
dup_labels (GMenuModel *model)
{
  GString *labels = g_string_new (NULL);

  for (int i = 0; i < g_menu_model_get_n_items (model); i++) {
    g_autoptr (GMenuModel) section = g_menu_model_get_item_link (model, i, G_MENU_LINK_SECTION);

    for (int j = 0; j < g_menu_model_get_n_items (section); j++) {
      g_autofree char *label = NULL;

      g_menu_model_get_item_attribute (section, j, G_MENU_ATTRIBUTE_LABEL, "s", &label);
      g_string_append_printf (labels, "%s;", label);
    }
  }

  return g_string_free (labels, FALSE);
}

static void
test_menu (Fixture *fixture, gconstpointer data)
{
  static const struct {
    const char *channel_id, *labels;
  } rows[] = {
    { UC_FIXTURE_TOWN, "Mark as _Read;Add to _Favourites;_Mute;_Leave Channel…;" },
    { UC_FIXTURE_WARD, "Remove from _Favourites;_Mute;_Leave Channel…;" },
    { UC_FIXTURE_DIRECT, "Mark as _Read;Add to _Favourites;_Mute;_Close Conversation;" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    UcSidebarItem *item = uc_sidebar_find (get_sidebar (fixture), rows[i].channel_id, NULL);
    g_autoptr (GMenuModel) model = uc_sidebar_menu_new_model (item);
    g_autofree char *labels = dup_labels (model);

    g_assert_cmpstr (labels, ==, rows[i].labels);
  }
}

static gboolean
is_town_read (gpointer user_data)
{
  UcSidebarItem *item = uc_sidebar_find (user_data, UC_FIXTURE_TOWN, NULL);

  return uc_sidebar_item_get_unread (item) == 0 && uc_sidebar_item_get_mentions (item) == 0;
}

static gboolean
is_town_favourite (gpointer user_data)
{
  return uc_sidebar_item_is_favourite (uc_sidebar_find (user_data, UC_FIXTURE_TOWN, NULL));
}

static gboolean
is_town_muted (gpointer user_data)
{
  return uc_sidebar_item_is_muted (uc_sidebar_find (user_data, UC_FIXTURE_TOWN, NULL));
}

/* What the menu does is seen in the list, offline too. */
static void
test_actions (Fixture *fixture, gconstpointer data)
{
  GtkWidget *page = GTK_WIDGET (fixture->page);

  gtk_widget_activate_action (page, "sidebar.mark-read", "s", UC_FIXTURE_TOWN);
  uc_test_wait_until (is_town_read, get_sidebar (fixture), 5000);
  gtk_widget_activate_action (page, "sidebar.add-favourite", "s", UC_FIXTURE_TOWN);
  uc_test_wait_until (is_town_favourite, get_sidebar (fixture), 5000);
  gtk_widget_activate_action (page, "sidebar.mute", "s", UC_FIXTURE_TOWN);
  uc_test_wait_until (is_town_muted, get_sidebar (fixture), 5000);
  uc_display_settle (fixture->window);
  uc_display_shot (fixture->window, "sidebar-muted");
}

static void
test_forget (Fixture *fixture, gconstpointer data)
{
  uc_sidebar_page_set_account (fixture->page, NULL);
  g_assert_null (uc_sidebar_page_find_neighbour (fixture->page, 1, FALSE));
  g_assert_false (gtk_widget_activate_action (GTK_WIDGET (fixture->page), "sidebar.mark-read", "s",
                                              UC_FIXTURE_TOWN));
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

  add ("/ui/sidebar-page/open", test_open);
  add ("/ui/sidebar-page/neighbours", test_neighbours);
  add ("/ui/sidebar-page/menu", test_menu);
  add ("/ui/sidebar-page/actions", test_actions);
  add ("/ui/sidebar-page/forget", test_forget);

  return g_test_run ();
}
