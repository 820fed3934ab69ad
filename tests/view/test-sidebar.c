/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The sidebar over a real store: order, headings, counts, teams, changes in place. */

#include "config.h"

#include "uc-sidebar.h"

#include "uc-sidebar-private.h"
#include "uc-test-model.h"
#include "uc-view-test.h"

#include <string.h>

#define TEST_TEAM_2 "teamtwo0000000000000000000"

typedef struct {
  UcViewTest  *account;
  UcSidebar   *sidebar;
  UcTestModel *watched;
} Fixture;

/* Takes @channel. */
static void
put_channel (Fixture *fixture, UcChannel *channel, const char *team_id, gint64 total)
{
  g_autoptr (UcMember) member = uc_test_member (channel->id);
  UcBatch      *batch = uc_batch_new ();
  static gint64 update_at_ms = 10;

  uc_test_set (&channel->team_id, team_id);
  channel->total_msg_count = total;
  channel->update_at_ms = update_at_ms;
  member->last_update_at_ms = update_at_ms++;
  uc_batch_put_channel (batch, channel);
  uc_batch_put_member (batch, member);
  uc_test_store_apply (fixture->account->store, batch);
  uc_channel_unref (channel);
}

static void
put_open (Fixture *fixture, const char *name, const char *team_id, gint64 total)
{
  g_autofree char *id = uc_test_id (name);

  put_channel (fixture, uc_test_channel (id, name, UC_CHANNEL_OPEN), team_id, total);
}

static void
put_direct (Fixture *fixture, const char *partner_id, gint64 last_post_ms)
{
  g_autofree char *name = g_strdup_printf ("%s__%s", TEST_ME, partner_id);
  g_autofree char *id = uc_test_id (partner_id[0] == 'a' ? "dmanna" : "dmben");
  UcChannel       *channel = uc_test_channel (id, name, UC_CHANNEL_DIRECT);

  uc_test_set (&channel->display_name, "");
  channel->last_post_at_ms = last_post_ms;
  put_channel (fixture, channel, "", 0);
}

static void
set_preference (Fixture *fixture, const char *category, const char *name, const char *value)
{
  g_autoptr (UcPreference) preference = uc_preference_new (TEST_ME, category, name, value);
  UcBatch *batch = uc_batch_new ();

  uc_batch_put_preference (batch, preference);
  uc_test_store_apply (fixture->account->store, batch);
}

static void
put_teams (Fixture *fixture)
{
  g_autoptr (GPtrArray) teams = g_ptr_array_new_with_free_func ((GDestroyNotify) uc_team_unref);
  UcBatch *batch = uc_batch_new ();

  for (int i = 0; i < 2; i++) {
    UcTeam *team = uc_team_new ();

    uc_test_set (&team->id, i == 0 ? TEST_TEAM : TEST_TEAM_2);
    uc_test_set (&team->display_name, i == 0 ? "Clinic" : "Kitchen");
    uc_test_set (&team->name, i == 0 ? "clinic" : "kitchen");
    team->create_at_ms = team->update_at_ms = 1;
    g_ptr_array_add (teams, team);
  }
  uc_batch_replace_teams (batch, teams);
  uc_test_store_apply (fixture->account->store, batch);
}

static void
set_up (Fixture *fixture, gconstpointer data)
{
  UcBatch *batch = uc_batch_new ();

  fixture->account = uc_view_test_new ();
  uc_batch_remove_channel (batch, TEST_CHANNEL);
  uc_batch_remove_channel (batch, TEST_OTHER);
  uc_test_store_apply (fixture->account->store, batch);
  put_teams (fixture);
  put_open (fixture, "ward", TEST_TEAM, 0);
  put_open (fixture, "Ärzte", TEST_TEAM, 0);
  put_open (fixture, "bakery", TEST_TEAM_2, 0);
  put_direct (fixture, TEST_ANNA, 1000);
  put_direct (fixture, TEST_BEN, 2000);
  fixture->sidebar = uc_sidebar_new (fixture->account->session, fixture->account->directory);
  fixture->watched = uc_test_model_watch (G_LIST_MODEL (fixture->sidebar));
  uc_view_test_settle (fixture->account);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  uc_view_test_settle (fixture->account);
  uc_test_model_check (fixture->watched);
  uc_test_model_free (fixture->watched);
  g_assert_finalize_object (fixture->sidebar);
  uc_view_test_free (fixture->account);
}

static char *
dup_rows (GListModel *model)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < g_list_model_get_n_items (model); i++) {
    g_autoptr (UcSidebarItem) item = g_list_model_get_item (model, i);
    gint64 unread = uc_sidebar_item_get_unread (item);

    g_string_append_printf (text, "%s%s%s", i > 0 ? " | " : "",
                            uc_sidebar_item_is_heading (item) ? "# " : "",
                            uc_sidebar_item_get_title (item));
    if (unread > 0)
      g_string_append_printf (text, " %d", (int) unread);
  }
  return g_string_free_and_steal (text);
}

static void
assert_rows (Fixture *fixture, const char *expected)
{
  g_autofree char *rows = NULL;

  uc_view_test_settle (fixture->account);
  uc_test_model_check (fixture->watched);
  rows = dup_rows (G_LIST_MODEL (fixture->sidebar));
  g_assert_cmpstr (rows, ==, expected);
}

static void
test_order (Fixture *fixture, gconstpointer data)
{
  g_autofree char *ward_id = uc_test_id ("ward");
  g_autofree char *bakery_id = uc_test_id ("bakery");
  guint            position = 0;

  g_assert_cmpstr (uc_sidebar_get_team_id (fixture->sidebar), ==, TEST_TEAM);
  assert_rows (fixture,
               "# Channels | ward | Ärzte | # Direct messages | Benedikt Österreich | Anna Ek");
  g_assert_nonnull (uc_sidebar_find (fixture->sidebar, ward_id, &position));
  g_assert_cmpuint (position, ==, 1);
  /* Of another team: known, and not in the list. */
  g_assert_null (uc_sidebar_find (fixture->sidebar, bakery_id, NULL));
  g_assert_nonnull (uc_sidebar_get_state (fixture->sidebar, bakery_id));
  g_assert_null (uc_sidebar_get_state (fixture->sidebar, "nothing"));
}

static void
test_teams (Fixture *fixture, gconstpointer data)
{
  GPtrArray *teams = uc_sidebar_get_teams (fixture->sidebar);

  g_assert_cmpuint (teams->len, ==, 2);
  g_assert_cmpstr (((UcTeam *) teams->pdata[0])->display_name, ==, "Clinic");
  uc_sidebar_set_team_id (fixture->sidebar, TEST_TEAM_2);
  assert_rows (fixture, "# Channels | bakery | # Direct messages | Benedikt Österreich | Anna Ek");

  set_preference (fixture, "teams_order", "", TEST_TEAM_2 "," TEST_TEAM);
  uc_view_test_settle (fixture->account);
  teams = uc_sidebar_get_teams (fixture->sidebar);
  g_assert_cmpstr (((UcTeam *) teams->pdata[0])->display_name, ==, "Kitchen");
  /* What is shown stays. */
  g_assert_cmpstr (uc_sidebar_get_team_id (fixture->sidebar), ==, TEST_TEAM_2);
}

static void
count_cb (GObject *object, GParamSpec *pspec, guint *n)
{
  (*n)++;
}

static void
test_unread_in_place (Fixture *fixture, gconstpointer data)
{
  g_autofree char *id = uc_test_id ("ward");
  UcSidebarItem   *item = uc_sidebar_find (fixture->sidebar, id, NULL);
  guint            n_unread = 0, n_total = 0, n_title = 0;
  gint64           unread, mentions;

  g_signal_connect (item, "notify::unread", G_CALLBACK (count_cb), &n_unread);
  g_signal_connect (item, "notify::title", G_CALLBACK (count_cb), &n_title);
  g_signal_connect (fixture->sidebar, "notify::total-unread", G_CALLBACK (count_cb), &n_total);
  uc_test_model_count (fixture->watched);
  put_open (fixture, "ward", TEST_TEAM, 3);
  assert_rows (fixture,
               "# Channels | ward 3 | Ärzte | # Direct messages | Benedikt Österreich | Anna Ek");
  g_assert_cmpuint (n_unread, ==, 1);
  g_assert_cmpuint (n_title, ==, 0);
  g_assert_cmpuint (n_total, ==, 1);
  g_assert_cmpuint (uc_test_model_count (fixture->watched), ==, 0);
  g_assert_true (uc_sidebar_find (fixture->sidebar, id, NULL) == item);

  put_open (fixture, "bakery", TEST_TEAM_2, 2);
  uc_view_test_settle (fixture->account);
  uc_sidebar_get_totals (fixture->sidebar, TEST_TEAM, &unread, &mentions);
  g_assert_cmpint (unread, ==, 3);
  uc_sidebar_get_totals (fixture->sidebar, TEST_TEAM_2, &unread, NULL);
  g_assert_cmpint (unread, ==, 2);
  uc_sidebar_get_totals (fixture->sidebar, NULL, &unread, NULL);
  g_assert_cmpint (unread, ==, 5);
  g_assert_cmpint (mentions, ==, 0);
}

static void
test_one_row_moves (Fixture *fixture, gconstpointer data)
{
  guint n;

  uc_test_model_count (fixture->watched);
  put_direct (fixture, TEST_ANNA, 3000);
  assert_rows (fixture,
               "# Channels | ward | Ärzte | # Direct messages | Anna Ek | Benedikt Österreich");
  n = uc_test_model_count (fixture->watched);
  g_assert_cmpuint (n, >=, 1);
  g_assert_cmpuint (n, <=, 2);
}

static void
test_favourite (Fixture *fixture, gconstpointer data)
{
  g_autofree char *id = uc_test_id ("ward");

  set_preference (fixture, "favorite_channel", id, "true");
  assert_rows (fixture, "# Favourites | ward | # Channels | Ärzte | # Direct messages | Benedikt "
                        "Österreich | Anna Ek");
  g_assert_true (uc_sidebar_item_is_favourite (uc_sidebar_find (fixture->sidebar, id, NULL)));
  set_preference (fixture, "favorite_channel", id, "false");
  assert_rows (fixture,
               "# Channels | ward | Ärzte | # Direct messages | Benedikt Österreich | Anna Ek");
}

static void
test_hidden (Fixture *fixture, gconstpointer data)
{
  set_preference (fixture, "direct_channel_show", TEST_ANNA, "false");
  assert_rows (fixture, "# Channels | ward | Ärzte | # Direct messages | Benedikt Österreich");
  set_preference (fixture, "direct_channel_show", TEST_ANNA, "true");
  assert_rows (fixture,
               "# Channels | ward | Ärzte | # Direct messages | Benedikt Österreich | Anna Ek");
}

static void
test_renamed (Fixture *fixture, gconstpointer data)
{
  g_autoptr (UcUser) anna = uc_test_user (TEST_ANNA, "anna.ek", "Zara", "Ek");
  UcBatch *batch = uc_batch_new ();

  anna->update_at_ms = 50;
  uc_batch_put_user (batch, anna);
  uc_test_store_apply (fixture->account->store, batch);
  assert_rows (fixture,
               "# Channels | ward | Ärzte | # Direct messages | Benedikt Österreich | Zara Ek");
  put_open (fixture, "ward", TEST_TEAM, 0);
  assert_rows (fixture,
               "# Channels | ward | Ärzte | # Direct messages | Benedikt Österreich | Zara Ek");
}

static void
test_left (Fixture *fixture, gconstpointer data)
{
  g_autofree char *id = uc_test_id ("ward");
  UcBatch         *batch = uc_batch_new ();

  uc_batch_remove_channel (batch, id);
  uc_test_store_apply (fixture->account->store, batch);
  assert_rows (fixture, "# Channels | Ärzte | # Direct messages | Benedikt Österreich | Anna Ek");
  put_open (fixture, "ward", TEST_TEAM, 0);
  assert_rows (fixture,
               "# Channels | ward | Ärzte | # Direct messages | Benedikt Österreich | Anna Ek");
}

static void
test_many_changes (Fixture *fixture, gconstpointer data)
{
  g_autofree char *rows = NULL;

  uc_test_model_count (fixture->watched);
  for (int i = 0; i < 60; i++) {
    g_autofree char *name = g_strdup_printf ("ch%02dx", 59 - i);

    put_open (fixture, name, TEST_TEAM, 0);
  }
  uc_view_test_settle (fixture->account);
  rows = dup_rows (G_LIST_MODEL (fixture->sidebar));
  g_assert_nonnull (strstr (rows, "# Channels | ch00x | ch01x | ch02x"));
  g_assert_nonnull (strstr (rows, "ch59x | ward | Ärzte | # Direct"));
}

/* A random walk: the list is what a sort of all would give. */
static void
test_random (Fixture *fixture, gconstpointer data)
{
  for (int round = 0; round < 200; round++) {
    g_autofree char *name = g_strdup_printf ("r%dx", g_test_rand_int_range (0, 12));
    g_autofree char *id = uc_test_id (name);
    UcBatch         *batch;

    switch (g_test_rand_int_range (0, 6)) {
    case 0:
      put_open (fixture, name, g_test_rand_bit () ? TEST_TEAM : TEST_TEAM_2,
                g_test_rand_int_range (0, 4));
      break;
    case 1:
      batch = uc_batch_new ();
      uc_batch_remove_channel (batch, id);
      uc_test_store_apply (fixture->account->store, batch);
      break;
    case 2:
      set_preference (fixture, "favorite_channel", id, g_test_rand_bit () ? "true" : "false");
      break;
    case 3:
      put_direct (fixture, g_test_rand_bit () ? TEST_ANNA : TEST_BEN,
                  g_test_rand_int_range (1, 9000));
      break;
    case 4:
      uc_sidebar_set_team_id (fixture->sidebar, g_test_rand_bit () ? TEST_TEAM : TEST_TEAM_2);
      break;
    default:
      uc_view_test_settle (fixture->account);
      break;
    }
    if (round % 5 != 0)
      continue;
    uc_view_test_settle (fixture->account);
    uc_test_model_check (fixture->watched);
    for (guint i = 1; i < fixture->sidebar->items->len; i++)
      g_assert_cmpint (_uc_sidebar_item_compare (fixture->sidebar->items->pdata[i - 1],
                                                 fixture->sidebar->items->pdata[i]),
                       <, 0);
    {
      GHashTableIter iter;
      gpointer       item;

      g_hash_table_iter_init (&iter, fixture->sidebar->by_channel);
      while (g_hash_table_iter_next (&iter, NULL, &item)) {
        const UcChannel *channel = uc_sidebar_item_get_channel (item);
        g_autofree char *channel_id = g_strdup (channel->id);
        UcChannelState  *stored = uc_test_store_channel (fixture->account->store, channel_id);
        gboolean         is_here =
            *channel->team_id == '\0' ||
            strcmp (channel->team_id, uc_sidebar_get_team_id (fixture->sidebar)) == 0;

        g_assert_nonnull (stored);
        g_assert_cmpint (stored->unread, ==, uc_sidebar_item_get_unread (item));
        g_assert_cmpint (stored->is_favourite, ==, uc_sidebar_item_is_favourite (item));
        g_assert_cmpint (g_ptr_array_find (fixture->sidebar->items, item, NULL), ==, is_here);
        uc_channel_state_free (stored);
      }
    }
  }
}

static void
assert_switch (Fixture *fixture, const char *text, const char *expected)
{
  g_autoptr (GListModel) found = uc_sidebar_switch_to (fixture->sidebar, text);
  g_autofree char *rows = dup_rows (found);

  g_assert_cmpstr (rows, ==, expected);
}

static void
test_switch (Fixture *fixture, gconstpointer data)
{
  put_open (fixture, "bakery", TEST_TEAM_2, 1);
  put_open (fixture, "backyard", TEST_TEAM, 0);
  uc_view_test_settle (fixture->account);
  /* Over all teams, unread first, then how well it fits. */
  assert_switch (fixture, "ba", "bakery 1 | backyard");
  assert_switch (fixture, "back", "backyard");
  /* A person by name, accents or not, or by user name. */
  assert_switch (fixture, "oster", "Benedikt Österreich");
  assert_switch (fixture, "anna.ek", "Anna Ek");
  assert_switch (fixture, "rd", "backyard | ward");
  assert_switch (fixture, "nothing like it", "");
  assert_switch (fixture, " ",
                 "bakery 1 | Benedikt Österreich | Anna Ek | backyard | ward | Ärzte");
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
#define ADD(path, func) g_test_add ("/view/sidebar/" path, Fixture, NULL, set_up, func, tear_down)
  ADD ("order", test_order);
  ADD ("teams", test_teams);
  ADD ("unread-in-place", test_unread_in_place);
  ADD ("one-row-moves", test_one_row_moves);
  ADD ("favourite", test_favourite);
  ADD ("hidden", test_hidden);
  ADD ("renamed", test_renamed);
  ADD ("left", test_left);
  ADD ("many-changes", test_many_changes);
  ADD ("random", test_random);
  ADD ("switch", test_switch);
#undef ADD
  return g_test_run ();
}
