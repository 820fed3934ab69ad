/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What is unread in several accounts, over real stores. */

#include "config.h"

#include "uc-unread.h"

#include "uc-test-model.h"
#include "uc-view-test.h"

#include <string.h>

/* One of two accounts. */
typedef struct {
  UcViewTest *account;
  UcSidebar  *sidebar;
} Side;

typedef struct {
  Side         sides[2];
  UcUnread    *unread;
  UcTestModel *watched;
} Fixture;

static void
put_channel (Side *side, const char *name, gint64 unread, gint64 mentions, gboolean is_muted)
{
  static gint64    update_at_ms = 10;
  g_autofree char *id = uc_test_id (name);
  g_autoptr (UcChannel) channel = uc_test_channel (id, name, UC_CHANNEL_OPEN);
  g_autoptr (UcMember) member = uc_test_member (id);
  UcBatch *batch = uc_batch_new ();

  uc_test_set (&channel->team_id, TEST_TEAM);
  channel->total_msg_count = 10;
  channel->last_post_at_ms = channel->update_at_ms = member->last_update_at_ms = update_at_ms++;
  member->read_msg_count = 10 - unread;
  member->mention_count = mentions;
  member->is_muted = is_muted;
  uc_batch_put_channel (batch, channel);
  uc_batch_put_member (batch, member);
  uc_test_store_apply (side->account->store, batch);
}

static void
settle (Fixture *fixture)
{
  for (guint i = 0; i < G_N_ELEMENTS (fixture->sides); i++)
    uc_view_test_settle (fixture->sides[i].account);
}

static void
set_up (Fixture *fixture, gconstpointer data)
{
  static const char *const hosts[] = { "one", "two" };

  fixture->unread = uc_unread_new ();
  fixture->watched = uc_test_model_watch (G_LIST_MODEL (fixture->unread));
  for (guint i = 0; i < G_N_ELEMENTS (fixture->sides); i++) {
    Side *side = &fixture->sides[i];

    side->account = uc_view_test_new ();
    side->sidebar = uc_sidebar_new (side->account->session, side->account->directory);
    uc_unread_add_account (fixture->unread, hosts[i], hosts[i], side->sidebar);
  }
  settle (fixture);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  settle (fixture);
  uc_test_model_check (fixture->watched);
  uc_test_model_free (fixture->watched);
  g_assert_finalize_object (fixture->unread);
  for (guint i = 0; i < G_N_ELEMENTS (fixture->sides); i++) {
    g_assert_finalize_object (fixture->sides[i].sidebar);
    uc_view_test_free (fixture->sides[i].account);
  }
}

/* "one/ward two/lab". */
static char *
dup_rows (Fixture *fixture)
{
  GListModel *model = G_LIST_MODEL (fixture->unread);
  g_autoptr (GString) rows = g_string_new (NULL);

  for (guint i = 0; i < g_list_model_get_n_items (model); i++) {
    g_autoptr (UcUnreadItem) item = g_list_model_get_item (model, i);
    UcSidebarItem *conversation = uc_unread_item_get_conversation (item);

    g_assert_cmpstr (uc_unread_item_get_account_id (item), ==,
                     uc_unread_item_get_account_name (item));
    g_string_append_printf (rows, "%s%s/%s", i > 0 ? " " : "", uc_unread_item_get_account_id (item),
                            uc_sidebar_item_get_title (conversation));
  }
  return g_string_free (g_steal_pointer (&rows), FALSE);
}

static void
assert_rows (Fixture *fixture, const char *expected)
{
  g_autofree char *rows = NULL;

  settle (fixture);
  rows = dup_rows (fixture);
  g_assert_cmpstr (rows, ==, expected);
}

/* Mentions first, then the newest, whatever account they are of. */
static void
test_order (Fixture *fixture, gconstpointer data)
{
  assert_rows (fixture, "");
  put_channel (&fixture->sides[0], "ward", 2, 0, FALSE);
  put_channel (&fixture->sides[1], "lab", 1, 0, FALSE);
  put_channel (&fixture->sides[0], "kitchen", 3, 1, FALSE);
  put_channel (&fixture->sides[1], "bakery", 0, 0, FALSE);
  assert_rows (fixture, "one/kitchen two/lab one/ward");
}

static void
test_read_goes (Fixture *fixture, gconstpointer data)
{
  g_autoptr (UcUnreadItem) before = NULL;
  g_autoptr (UcUnreadItem) after = NULL;

  put_channel (&fixture->sides[0], "ward", 2, 0, FALSE);
  put_channel (&fixture->sides[1], "lab", 1, 0, FALSE);
  assert_rows (fixture, "two/lab one/ward");
  before = g_list_model_get_item (G_LIST_MODEL (fixture->unread), 1);
  put_channel (&fixture->sides[1], "lab", 0, 0, FALSE);
  assert_rows (fixture, "one/ward");
  /* The row that stays is the same. */
  after = g_list_model_get_item (G_LIST_MODEL (fixture->unread), 0);
  g_assert_true (after == before);
}

static void
test_muted (Fixture *fixture, gconstpointer data)
{
  put_channel (&fixture->sides[0], "ward", 2, 0, TRUE);
  put_channel (&fixture->sides[0], "lab", 2, 1, TRUE);
  assert_rows (fixture, "one/lab");
}

/* Nothing of an account that was taken out is there any more, at once. */
static void
test_remove_account (Fixture *fixture, gconstpointer data)
{
  g_autofree char *rows = NULL;

  put_channel (&fixture->sides[0], "ward", 2, 0, FALSE);
  put_channel (&fixture->sides[1], "lab", 1, 0, FALSE);
  assert_rows (fixture, "two/lab one/ward");
  uc_unread_remove_account (fixture->unread, "two");
  rows = dup_rows (fixture);
  g_assert_cmpstr (rows, ==, "one/ward");
  put_channel (&fixture->sides[1], "bakery", 1, 0, FALSE);
  assert_rows (fixture, "one/ward");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

  g_test_add ("/view/unread/order", Fixture, NULL, set_up, test_order, tear_down);
  g_test_add ("/view/unread/read-goes", Fixture, NULL, set_up, test_read_goes, tear_down);
  g_test_add ("/view/unread/muted", Fixture, NULL, set_up, test_muted, tear_down);
  g_test_add ("/view/unread/remove-account", Fixture, NULL, set_up, test_remove_account, tear_down);

  return g_test_run ();
}
