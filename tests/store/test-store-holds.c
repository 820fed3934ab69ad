/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "uc-db.h"
#include "uc-error.h"
#include "uc-store-holds.h"
#include "uc-store-test.h"
#include "uc-test.h"

static char *
make_store (void)
{
  g_autoptr (UcTestStore) self = uc_test_store_new ();

  return g_strdup (self->path);
}

static UcHold *
make_hold (const char *channel_id, gint64 since_ms, gint64 until_ms, const char *reason)
{
  UcHold *hold = g_new0 (UcHold, 1);

  hold->channel_id = g_strdup (channel_id);
  hold->since_ms = since_ms;
  hold->until_ms = until_ms;
  hold->reason = g_strdup (reason);
  hold->set_at_ms = TEST_NOW_MS;
  return hold;
}

static void
test_list (void)
{
  g_autofree char *path = make_store ();
  g_autoptr (UcHold) first = make_hold ("", 0, 0, "Verfahren 1 C 12/26");
  g_autoptr (UcHold) second = make_hold (TEST_CHANNEL, 5, 9, "';DROP TABLE holds");
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) none = uc_store_load_holds (path, &error);
  g_autoptr (GPtrArray) holds = NULL;
  g_autoptr (GPtrArray) left = NULL;
  UcHold *hold;

  g_assert_no_error (error);
  g_assert_cmpuint (none->len, ==, 0);
  g_assert_true (uc_store_add_hold (path, first, &error));
  g_assert_true (uc_store_add_hold (path, second, &error));
  g_assert_no_error (error);
  holds = uc_store_load_holds (path, &error);
  g_assert_cmpuint (holds->len, ==, 2);
  hold = g_ptr_array_index (holds, 1);
  g_assert_cmpint (hold->number, ==, second->number);
  g_assert_cmpstr (hold->channel_id, ==, TEST_CHANNEL);
  g_assert_cmpint (hold->since_ms, ==, 5);
  g_assert_cmpint (hold->until_ms, ==, 9);
  g_assert_cmpstr (hold->reason, ==, "';DROP TABLE holds");
  g_assert_cmpint (hold->set_at_ms, ==, TEST_NOW_MS);

  g_assert_true (uc_store_remove_hold (path, first->number, &error));
  g_assert_no_error (error);
  g_assert_false (uc_store_remove_hold (path, first->number, &error));
  g_assert_error (error, UC_ERROR, UC_ERROR_NOT_FOUND);
  left = uc_store_load_holds (path, NULL);
  g_assert_cmpuint (left->len, ==, 1);
}

static void
test_refusals (void)
{
  g_autoptr (UcTestStore) open = uc_test_store_new ();
  g_autofree char *path = make_store ();
  g_autoptr (UcHold) good = make_hold ("", 0, 0, "because");
  g_autoptr (UcHold) without_reason = make_hold ("", 0, 0, "");
  g_autoptr (UcHold) backwards = make_hold ("", 9, 5, "because");
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) holds = uc_store_load_holds (open->path, &error);

  /* Beside a program that has it open they can be read, and not changed. */
  g_assert_no_error (error);
  g_assert_cmpuint (holds->len, ==, 0);
  g_assert_false (uc_store_add_hold (open->path, good, &error));
  g_assert_error (error, UC_ERROR, UC_ERROR_CONFLICT);
  g_clear_error (&error);
  g_assert_false (uc_store_remove_hold (open->path, 1, &error));
  g_assert_error (error, UC_ERROR, UC_ERROR_CONFLICT);
  g_clear_error (&error);

  g_assert_false (uc_store_add_hold (path, without_reason, &error));
  g_assert_error (error, UC_ERROR, UC_ERROR_INVALID);
  g_clear_error (&error);
  g_assert_false (uc_store_add_hold (path, backwards, &error));
  g_assert_error (error, UC_ERROR, UC_ERROR_INVALID);
  g_clear_error (&error);

  {
    g_autoptr (UcDb) db = uc_db_open (path, UC_DB_READ_WRITE, NULL);

    g_assert_true (uc_db_set_user_version (db, 2, NULL));
  }
  g_assert_false (uc_store_add_hold (path, good, &error));
  g_assert_error (error, UC_ERROR, UC_ERROR_INVALID);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add_func ("/store/store-holds/list", test_list);
  g_test_add_func ("/store/store-holds/refusals", test_refusals);
  return g_test_run ();
}
