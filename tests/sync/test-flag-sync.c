/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Flags documents between store and flags. */

#include "config.h"

#include "uc-flag-sync-private.h"

#include "uc-sync-fixture.h"
#include "uc-test.h"

#define OFF_AT(revision)                                                                           \
  "{\"revision\":" #revision ",\"context\":{\"segments\":[]},"                                     \
  "\"flags\":{\"realtime_features\":{\"enabled\":false}}}"
#define ON_AT(revision)                                                                            \
  "{\"revision\":" #revision ",\"context\":{\"segments\":[]},"                                     \
  "\"flags\":{\"realtime_features\":{\"enabled\":true}}}"

static void
load (UcFlagSync *flag_sync)
{
  g_autoptr (GAsyncResult) result = NULL;

  _uc_flag_sync_load_async (flag_sync, uc_test_result_cb, &result);
  _uc_flag_sync_load_finish (flag_sync, uc_test_wait_result (&result));
}

static gboolean
is_on (UcSyncFixture *fixture)
{
  return uc_flags_is_on (fixture->flags, UC_FLAG_realtime_features);
}

static void
test_cache (UcSyncFixture *fixture, gconstpointer data)
{
  g_autoptr (UcFlagSync) flag_sync = _uc_flag_sync_new (fixture->context);
  UcBatch *batch = uc_batch_new ();

  uc_flags_set_user (fixture->flags, UC_TEST_ME, "system_user");
  load (flag_sync);
  g_assert_true (is_on (fixture));
  g_assert_cmpint (uc_flags_get_source (fixture->flags, UC_FLAG_realtime_features), ==,
                   UC_FLAG_FROM_DEFAULT);

  uc_batch_put_flags (batch, 7, OFF_AT (7));
  uc_sync_fixture_apply (fixture, batch);
  load (flag_sync);
  g_assert_false (is_on (fixture));
  g_assert_cmpint (uc_flags_get_source (fixture->flags, UC_FLAG_realtime_features), ==,
                   UC_FLAG_FROM_CACHE);
  g_assert_false (_uc_flag_sync_has_extension (flag_sync));
}

static char *
load_stored (UcSyncFixture *fixture, gint64 *revision)
{
  g_autoptr (GAsyncResult) result = NULL;

  uc_store_load_flags_async (fixture->store, NULL, uc_test_result_cb, &result);
  return uc_store_load_flags_finish (fixture->store, uc_test_wait_result (&result), revision, NULL);
}

static void
test_pushed (UcSyncFixture *fixture, gconstpointer data)
{
  g_autoptr (UcFlagSync) flag_sync = _uc_flag_sync_new (fixture->context);
  g_autofree char *stored = NULL;
  gint64           revision = 0;

  uc_flags_set_user (fixture->flags, UC_TEST_ME, "system_user");
  _uc_flag_sync_take (flag_sync, OFF_AT (9));
  g_assert_false (is_on (fixture));
  g_assert_true (_uc_flag_sync_has_extension (flag_sync));
  uc_sync_fixture_flush (fixture);
  stored = load_stored (fixture, &revision);
  g_assert_nonnull (stored);
  g_assert_cmpint (revision, ==, 9);

  /* An older one that comes late, and what is none at all. */
  _uc_flag_sync_take (flag_sync, ON_AT (8));
  g_assert_false (is_on (fixture));
  _uc_flag_sync_take (flag_sync, "<html>");
  _uc_flag_sync_take (flag_sync, NULL);
  g_assert_false (is_on (fixture));
  _uc_flag_sync_take (flag_sync, ON_AT (10));
  g_assert_true (is_on (fixture));
}

#define ADD(name, func)                                                                            \
  g_test_add ("/sync/flag-sync/" name, UcSyncFixture, NULL, uc_sync_fixture_set_up, func,          \
              uc_sync_fixture_tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

  ADD ("cache", test_cache);
  ADD ("pushed", test_pushed);
  return g_test_run ();
}
