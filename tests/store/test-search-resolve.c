/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "uc-store-test.h"
#include "uc-test.h"

#define DIRECT "dire0000000000000000000000"

/* @wanted: a list for each token, "a,b" or "-" for none, joined by spaces. */
static void
assert_resolved (UcTestStore *self, const char *query, const char *wanted)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) names = NULL;
  g_autoptr (GString) found = g_string_new (NULL);

  uc_store_resolve_query_async (self->store, query, TEST_ME, NULL, uc_test_result_cb, &result);
  uc_test_wait_result (&result);
  names = uc_store_resolve_query_finish (self->store, result, &error);
  g_assert_no_error (error);
  for (guint i = 0; i < names->len; i++) {
    GStrv            list = g_ptr_array_index (names, i);
    g_autofree char *joined = list != NULL ? g_strjoinv (",", list) : g_strdup ("-");

    g_string_append_printf (found, "%s%s", i > 0 ? " " : "", joined);
  }
  g_assert_cmpstr (found->str, ==, wanted);
}

static void
test_names (void)
{
  g_autoptr (UcTestStore) self = uc_test_store_new ();
  UcBatch *batch = uc_batch_new ();
  g_autoptr (UcChannel) direct =
      uc_test_channel (DIRECT, TEST_ANNA "__" TEST_ME, UC_CHANNEL_DIRECT);
  g_autoptr (UcUser) other = uc_test_user ("annb0000000000000000000000", "anna.b", "Anna", "Berg");

  uc_batch_put_channel (batch, direct);
  uc_batch_put_user (batch, other);
  uc_test_store_apply (self, batch);

  assert_resolved (self, "", "");
  assert_resolved (self, "word has:link", "- -");
  assert_resolved (self, "from:me from:@ben x", "me.myself ben -");
  assert_resolved (self, "from:\"Anna Ek\"", "anna.ek");
  assert_resolved (self, "-from:anna", "anna.ek,anna.b");
  assert_resolved (self, "from:nobody in:nowhere", " ");
  assert_resolved (self, "in:~station-3 in:STATION-3", "station-3 station-3");
  assert_resolved (self, "in:@anna.ek in:\"Anna Ek\" in:@ben", "@anna.ek @anna.ek ");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add_func ("/store/search-resolve/names", test_names);
  return g_test_run ();
}
