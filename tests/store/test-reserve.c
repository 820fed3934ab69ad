/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "uc-error.h"
#include "uc-fault-vfs.h"
#include "uc-reserve-private.h"
#include "uc-store-test.h"
#include "uc-test.h"

#include <glib/gstdio.h>

static gint64
get_reserved_bytes (UcTestStore *self)
{
  g_autofree char *path = g_strconcat (self->path, ".reserve", NULL);
  GStatBuf         info;

  if (g_stat (path, &info) != 0)
    return 0;
  /* Blocks, not only a length. */
  g_assert_cmpint (info.st_blocks * 512, >=, info.st_size);
  return info.st_size;
}

static UcBatch *
make_draft (const char *text)
{
  UcBatch *batch = uc_batch_new ();

  uc_batch_put_draft (batch, TEST_CHANNEL, "", text);
  return batch;
}

static char *
load_draft (UcTestStore *self)
{
  g_autoptr (GAsyncResult) result = NULL;

  uc_store_load_draft_async (self->store, TEST_CHANNEL, "", NULL, uc_test_result_cb, &result);
  uc_test_wait_result (&result);
  return uc_store_load_draft_finish (self->store, result, NULL);
}

static void
count_cb (UcStore *store, gpointer user_data)
{
  *(guint *) user_data += 1;
}

/* The disk fills up with one write: that one finds the room that was kept. */
static void
test_found_room (void)
{
  g_autoptr (UcTestStore) self = uc_test_store_new ();
  guint            n_changes = 0;
  g_autofree char *draft = NULL;

  g_signal_connect (self->store, "condition-changed", G_CALLBACK (count_cb), &n_changes);
  g_assert_cmpint (get_reserved_bytes (self), >=, 1024 * 1024);
  g_assert_cmpint (uc_store_get_condition (self->store), ==, UC_STORE_WRITABLE);

  uc_fault_vfs_arm (UC_FAULT_FULL, 1, FALSE, 0);
  uc_test_store_apply (self, make_draft ("just before the end"));
  uc_fault_vfs_disarm ();
  g_assert_true (uc_fault_vfs_has_struck ());
  g_assert_cmpint (get_reserved_bytes (self), ==, 0);
  g_assert_cmpint (uc_store_get_condition (self->store), ==, UC_STORE_FULL);
  g_assert_cmpuint (n_changes, ==, 1);
  draft = load_draft (self);
  g_assert_cmpstr (draft, ==, "just before the end");

  /* With room again it is kept again. */
  uc_test_store_apply (self, make_draft ("later"));
  g_assert_cmpint (get_reserved_bytes (self), >, 0);
  g_assert_cmpint (uc_store_get_condition (self->store), ==, UC_STORE_WRITABLE);
  g_assert_cmpuint (n_changes, ==, 2);
}

/* No room, and none after the reserve: refused as a whole, told once, read on. */
static void
test_no_room (void)
{
  g_autoptr (UcTestStore) self = uc_test_store_new ();
  guint            n_changes = 0;
  g_autofree char *draft = NULL;
  g_autofree char *last = NULL;

  uc_test_store_apply (self, make_draft ("first"));
  g_signal_connect (self->store, "condition-changed", G_CALLBACK (count_cb), &n_changes);
  uc_fault_vfs_arm (UC_FAULT_FULL, 1, TRUE, 0);
  for (int i = 0; i < 3; i++) {
    g_autoptr (GError) error = uc_test_store_apply_failing (self, make_draft ("lost"));

    g_assert_error (error, UC_ERROR, UC_ERROR_STORAGE);
    g_assert_cmpint (uc_store_get_condition (self->store), ==, UC_STORE_FULL);
  }
  g_assert_cmpuint (n_changes, ==, 1);
  draft = load_draft (self);
  g_assert_cmpstr (draft, ==, "first");
  uc_fault_vfs_disarm ();

  uc_test_store_apply (self, make_draft ("again"));
  g_assert_cmpint (uc_store_get_condition (self->store), ==, UC_STORE_WRITABLE);
  last = load_draft (self);
  g_assert_cmpstr (last, ==, "again");
}

/* Another failure does not touch it. */
static void
test_other_failure (void)
{
  g_autoptr (UcTestStore) self = uc_test_store_new ();
  g_autoptr (GError) error = NULL;

  uc_fault_vfs_arm (UC_FAULT_IO_ERROR, 1, TRUE, 0);
  error = uc_test_store_apply_failing (self, make_draft ("lost"));
  uc_fault_vfs_disarm ();
  g_assert_error (error, UC_ERROR, UC_ERROR_STORAGE);
  g_assert_cmpint (get_reserved_bytes (self), >, 0);
  g_assert_cmpint (uc_store_get_condition (self->store), ==, UC_STORE_WRITABLE);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  uc_fault_vfs_install ();
  g_test_add_func ("/store/reserve/found-room", test_found_room);
  g_test_add_func ("/store/reserve/no-room", test_no_room);
  g_test_add_func ("/store/reserve/other-failure", test_other_failure);
  return g_test_run ();
}
