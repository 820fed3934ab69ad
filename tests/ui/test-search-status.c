/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What is said about a search that cannot reach its server. */

#include "config.h"

#include "uc-search-status.h"

#include "uc-account-fixture.h"
#include "uc-display.h"
#include "uc-test.h"

static gboolean
is_settled (gpointer user_data)
{
  return uc_search_is_settled (user_data);
}

static void
assert_status (UcSearch *search, const char *expected)
{
  g_autofree char *status = NULL;

  uc_test_wait_until (is_settled, search, 5000);
  status = uc_search_status_dup (search);
  g_assert_cmpstr (status, ==, expected);
}

static void
test_offline (void)
{
  g_autoptr (UcAccountFixture) account = uc_account_fixture_new ();
  g_autoptr (UcSearch) search = uc_search_new (account->session);
  g_autofree char *end = NULL;

  assert_status (search, "");
  uc_search_set_query (search, "pump");
  assert_status (search, "2 messages · Offline: only what is stored here was searched");
  end = uc_search_status_dup_end (search);
  g_assert_cmpstr (end, ==, "No older messages fit");
  uc_search_set_query (search, "meeting");
  assert_status (search, "1 message · Offline: only what is stored here was searched");
  uc_search_set_query (search, "zeppelin");
  assert_status (search, "Offline: only what is stored here was searched");
}

int
main (int argc, char **argv)
{
  uc_display_init (&argc, &argv);
  g_test_add_func ("/ui/search-status/offline", test_offline);

  return g_test_run ();
}
