/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a row says in words, and that it follows its conversation. */

#include "config.h"

#include "uc-sidebar-row.h"

#include "uc-account-fixture.h"
#include "uc-display.h"
#include "uc-test.h"

static char *
dup_summary (GtkWidget *row)
{
  char *summary = NULL;

  g_object_get (row, "summary", &summary, NULL);

  return summary;
}

static GtkWidget *
new_row (UcAccountFixture *fixture, const char *channel_id)
{
  GtkWidget     *row = g_object_ref_sink (uc_sidebar_row_new ());
  UcSidebarItem *item =
      uc_sidebar_find (uc_window_account_get_sidebar (fixture->account), channel_id, NULL);

  uc_sidebar_row_set_item (UC_SIDEBAR_ROW (row), item);

  return row;
}

static void
test_words (void)
{
  static const struct {
    const char *channel_id, *summary;
  } rows[] = {
    { UC_FIXTURE_TOWN, "Town Square, 3 unread messages, 1 mention" },
    { UC_FIXTURE_SURGERY, "Surgery, private channel" },
    { UC_FIXTURE_WARD, "Ward 3" },
    { UC_FIXTURE_DIRECT, "Ben Moser, Offline, 1 unread message, 1 mention" },
  };
  g_autoptr (UcAccountFixture) fixture = uc_account_fixture_new ();

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    GtkWidget       *row = new_row (fixture, rows[i].channel_id);
    g_autofree char *summary = dup_summary (row);

    g_assert_cmpstr (summary, ==, rows[i].summary);
    g_assert_finalize_object (row);
  }
}

typedef struct {
  GtkWidget  *row;
  const char *wanted;
} Wait;

static gboolean
has_summary (gpointer user_data)
{
  Wait            *wait = user_data;
  g_autofree char *summary = dup_summary (wait->row);

  return g_str_equal (summary, wait->wanted);
}

static void
test_follows (void)
{
  g_autoptr (UcAccountFixture) fixture = uc_account_fixture_new ();
  GtkWidget *row = new_row (fixture, UC_FIXTURE_SURGERY);
  Wait       wait = { row, "Surgery, private channel, 1 unread message, 1 mention" };

  uc_account_fixture_post (fixture, UC_FIXTURE_SURGERY, UC_FIXTURE_CARLA, "@anna.keller please",
                           TRUE);
  uc_test_wait_until (has_summary, &wait, 5000);

  /* Unbound it follows no longer. */
  uc_sidebar_row_set_item (UC_SIDEBAR_ROW (row), NULL);
  uc_account_fixture_post (fixture, UC_FIXTURE_SURGERY, UC_FIXTURE_CARLA, "again", FALSE);
  g_assert_true (has_summary (&wait));
  g_assert_finalize_object (row);
}

int
main (int argc, char **argv)
{
  uc_display_init (&argc, &argv);

  g_test_add_func ("/ui/sidebar-row/words", test_words);
  g_test_add_func ("/ui/sidebar-row/follows", test_follows);

  return g_test_run ();
}
