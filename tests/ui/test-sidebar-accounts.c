/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Several accounts at the foot of the sidebar, and what is unread in them. */

#include "config.h"

#include "uc-sidebar-accounts.h"

#include "uc-account-fixture.h"
#include "uc-display.h"
#include "uc-sidebar-me.h"
#include "uc-test.h"

typedef struct {
  UcAccountFixture *one;
  UcAccountFixture *two;
  GListStore       *accounts;
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer data)
{
  fixture->one = uc_account_fixture_new ();
  fixture->two = uc_account_fixture_new ();
  fixture->accounts = g_list_store_new (UC_TYPE_WINDOW_ACCOUNT);
  g_list_store_append (fixture->accounts, fixture->one->account);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  g_object_unref (fixture->accounts);
  uc_account_fixture_free (fixture->one);
  uc_account_fixture_free (fixture->two);
}

static char *
dup_label (GMenuModel *menu, int position)
{
  char *label = NULL;

  g_assert_true (
      g_menu_model_get_item_attribute (menu, position, G_MENU_ATTRIBUTE_LABEL, "s", &label));

  return label;
}

static gboolean
has_name (gpointer user_data)
{
  return uc_window_account_get_me (user_data) != NULL;
}

/* One account needs no choice. */
static void
test_menu (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GMenuModel) alone = NULL;
  g_autoptr (GMenuModel) both = NULL;
  g_autofree char *label = NULL;

  alone = uc_sidebar_accounts_new_menu (G_LIST_MODEL (fixture->accounts));
  g_assert_cmpint (g_menu_model_get_n_items (alone), ==, 1);

  g_list_store_append (fixture->accounts, fixture->two->account);
  uc_test_wait_until (has_name, fixture->one->account, 5000);
  both = uc_sidebar_accounts_new_menu (G_LIST_MODEL (fixture->accounts));
  g_assert_cmpint (g_menu_model_get_n_items (both), ==, 3);
  label = dup_label (both, 0);
  g_assert_cmpstr (label, ==, "Anna Keller on 127.0.0.1:9 (@2)");
}

static void
test_count (Fixture *fixture, gconstpointer data)
{
  gint64 mentions, unread;

  uc_sidebar_accounts_count (G_LIST_MODEL (fixture->accounts), fixture->one->account, &mentions,
                             &unread);
  g_assert_cmpint (mentions, ==, 0);
  g_assert_cmpint (unread, ==, 0);
  g_list_store_append (fixture->accounts, fixture->two->account);
  uc_sidebar_accounts_count (G_LIST_MODEL (fixture->accounts), fixture->one->account, &mentions,
                             &unread);
  g_assert_cmpint (mentions, ==, 2);
  g_assert_cmpint (unread, ==, 6);
}

int
main (int argc, char **argv)
{
  uc_display_init (&argc, &argv);

  g_test_add ("/ui/sidebar-accounts/menu", Fixture, NULL, set_up, test_menu, tear_down);
  g_test_add ("/ui/sidebar-accounts/count", Fixture, NULL, set_up, test_count, tear_down);

  return g_test_run ();
}
