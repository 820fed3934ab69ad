/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The open conversation is the selected row, wherever it goes, and nothing but opening
 * selects. */

#include "config.h"

#include "uc-sidebar-selection.h"

#include "uc-account-fixture.h"
#include "uc-display.h"
#include "uc-test.h"

static UcSidebar *
get_sidebar (UcAccountFixture *fixture)
{
  return uc_window_account_get_sidebar (fixture->account);
}

/* The title of the one selected row; "" for none. */
static const char *
get_selected_title (UcSidebarSelection *selection)
{
  GtkSelectionModel *model = GTK_SELECTION_MODEL (selection);
  const char        *title = "";

  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (selection)); i++) {
    g_autoptr (UcSidebarItem) item = g_list_model_get_item (G_LIST_MODEL (selection), i);

    if (!gtk_selection_model_is_selected (model, i))
      continue;
    g_assert_cmpstr (title, ==, "");
    title = uc_sidebar_item_get_title (item);
  }

  return title;
}

static void
test_follows_channel (void)
{
  g_autoptr (UcAccountFixture) fixture = uc_account_fixture_new ();
  g_autoptr (UcSidebarSelection) selection = uc_sidebar_selection_new (get_sidebar (fixture));
  g_autoptr (GtkBitset) bits = NULL;

  g_assert_cmpstr (get_selected_title (selection), ==, "");
  uc_sidebar_selection_set_channel_id (selection, UC_FIXTURE_SURGERY);
  g_assert_cmpstr (get_selected_title (selection), ==, "Surgery");
  bits = gtk_selection_model_get_selection (GTK_SELECTION_MODEL (selection));
  g_assert_cmpuint (gtk_bitset_get_size (bits), ==, 1);

  /* To the other team and back: the row goes and comes. */
  uc_sidebar_set_team_id (get_sidebar (fixture), UC_FIXTURE_RESEARCH);
  g_assert_cmpstr (get_selected_title (selection), ==, "");
  uc_sidebar_set_team_id (get_sidebar (fixture), UC_FIXTURE_HOSPITAL);
  g_assert_cmpstr (get_selected_title (selection), ==, "Surgery");

  uc_sidebar_selection_set_channel_id (selection, "");
  g_assert_cmpstr (get_selected_title (selection), ==, "");
}

static void
count_cb (GtkSelectionModel *model, guint position, guint n_items, guint *n)
{
  (*n)++;
}

static void
test_tells (void)
{
  g_autoptr (UcAccountFixture) fixture = uc_account_fixture_new ();
  g_autoptr (UcSidebarSelection) selection = uc_sidebar_selection_new (get_sidebar (fixture));
  guint n = 0;

  g_signal_connect (selection, "selection-changed", G_CALLBACK (count_cb), &n);
  uc_sidebar_selection_set_channel_id (selection, UC_FIXTURE_TOWN);
  g_assert_cmpuint (n, ==, 1);
  uc_sidebar_selection_set_channel_id (selection, UC_FIXTURE_TOWN);
  g_assert_cmpuint (n, ==, 1);
  /* The old row and the new one. */
  uc_sidebar_selection_set_channel_id (selection, UC_FIXTURE_DIRECT);
  g_assert_cmpuint (n, ==, 3);
}

static void
test_list_cannot_select (void)
{
  g_autoptr (UcAccountFixture) fixture = uc_account_fixture_new ();
  g_autoptr (UcSidebarSelection) selection = uc_sidebar_selection_new (get_sidebar (fixture));

  uc_sidebar_selection_set_channel_id (selection, UC_FIXTURE_TOWN);
  g_assert_false (gtk_selection_model_select_item (GTK_SELECTION_MODEL (selection), 1, TRUE));
  g_assert_false (gtk_selection_model_unselect_all (GTK_SELECTION_MODEL (selection)));
  g_assert_cmpstr (get_selected_title (selection), ==, "Town Square");
}

static void
add_channels (UcAccountFixture *fixture, guint n_channels)
{
  g_autoptr (GAsyncResult) result = NULL;
  UcBatch *batch = uc_batch_new ();

  for (guint i = 0; i < n_channels; i++) {
    g_autoptr (UcChannel) channel = uc_channel_new ();
    g_autoptr (UcMember) member = uc_member_new ();

    channel->id = (g_free (channel->id), g_strdup_printf ("many%022u", i));
    g_set_str (&channel->team_id, UC_FIXTURE_HOSPITAL);
    g_set_str (&channel->name, channel->id);
    g_set_str (&channel->display_name, channel->id);
    channel->type = UC_CHANNEL_OPEN;
    channel->create_at_ms = channel->update_at_ms = 1;
    uc_batch_put_channel (batch, channel);
    g_set_str (&member->channel_id, channel->id);
    g_set_str (&member->user_id, UC_FIXTURE_ME);
    uc_batch_put_member (batch, member);
  }
  uc_store_apply_async (fixture->store, batch, uc_test_result_cb, &result);
  uc_test_wait_result (&result);
  g_assert_true (uc_store_apply_finish (fixture->store, result, NULL));
}

static gboolean
has_many (gpointer user_data)
{
  return g_list_model_get_n_items (user_data) > 100;
}

/* The first rows at once, the others when there is time, any of them when it is asked for. */
static void
test_grows (void)
{
  g_autoptr (UcAccountFixture) fixture = uc_account_fixture_new ();
  GListModel *sidebar = G_LIST_MODEL (get_sidebar (fixture));
  g_autoptr (UcSidebarSelection) selection = NULL;
  g_autoptr (UcSidebarSelection) other = NULL;
  guint n;

  add_channels (fixture, 120);
  uc_test_wait_until (has_many, sidebar, 10000);
  selection = uc_sidebar_selection_new (get_sidebar (fixture));
  n = g_list_model_get_n_items (G_LIST_MODEL (selection));
  g_assert_cmpuint (n, >, 20);
  g_assert_cmpuint (n, <, 100);
  /* Selected, and out of sight yet. */
  uc_sidebar_selection_set_channel_id (selection, UC_FIXTURE_DIRECT);
  g_assert_cmpstr (get_selected_title (selection), ==, "");
  uc_test_wait_until (has_many, selection, 10000);
  g_assert_cmpstr (get_selected_title (selection), ==, "Ben Moser");

  other = uc_sidebar_selection_new (get_sidebar (fixture));
  uc_sidebar_selection_need (other, 90);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (other)), ==, 91);
  uc_test_wait_until (has_many, other, 10000);
}

int
main (int argc, char **argv)
{
  uc_display_init (&argc, &argv);

  g_test_add_func ("/ui/sidebar-selection/follows-channel", test_follows_channel);
  g_test_add_func ("/ui/sidebar-selection/tells", test_tells);
  g_test_add_func ("/ui/sidebar-selection/list-cannot-select", test_list_cannot_select);

  g_test_add_func ("/ui/sidebar-selection/grows", test_grows);

  return g_test_run ();
}
