/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "uc-db.h"
#include "uc-error.h"
#include "uc-store-test.h"
#include "uc-test.h"

#include <fcntl.h>
#include <glib/gstdio.h>
#include <signal.h>
#include <string.h>
#include <sys/file.h>
#include <sys/resource.h>
#include <unistd.h>

static void
fill (UcTestStore *self)
{
  g_autoptr (UcChannel) channel = uc_test_channel (TEST_CHANNEL, "station-3", UC_CHANNEL_OPEN);
  UcBatch *batch = uc_batch_new ();

  uc_batch_put_channel (batch, channel);
  for (int i = 0; i < 500; i++) {
    g_autofree char *name = g_strdup_printf ("p%dx", i);
    g_autofree char *text = g_strdup_printf ("message number %d of a conversation", i);
    g_autoptr (UcPost) post = uc_test_post (name, TEST_ANNA, i, text);

    uc_batch_put_post (batch, post);
  }
  for (int i = 0; i < 20; i++) {
    g_autofree char *op_id = g_strdup_printf ("op%02d", i);
    g_autofree char *text = g_strdup_printf ("unsent %d", i);
    g_autoptr (UcPost) post = uc_test_provisional (op_id, 1000 + i, text);

    if (i == 1)
      uc_test_set (&post->root_id, "op00");
    uc_batch_queue_post (batch, post);
  }
  uc_batch_outbox_set (batch, "op00", UC_SEND_SENDING, NULL, 0);
  uc_batch_outbox_set (batch, "op02", UC_SEND_FAILED, "refused", 0);
  uc_batch_queue_reaction (batch, "react", "p7x00000000000000000000000", TEST_ME, "+1", TRUE);
  uc_batch_put_draft (batch, TEST_CHANNEL, "", "half a sentence");
  uc_batch_put_fact (batch, "site", "https://chat.example.org");
  uc_batch_put_fact (batch, "since:" TEST_CHANNEL, "12345");
  uc_test_store_apply (self, batch);
}

static void
drop (UcTestStore *self)
{
  if (self->store != NULL)
    g_assert_finalize_object (g_steal_pointer (&self->store));
  uc_test_store_free (self);
}

/* -- One at a time ------------------------------------------------------------------------ */

static void
test_lock (void)
{
  g_autoptr (UcTestStore) first = uc_test_store_new ();
  UcTestStore *second = uc_test_store_new_bare (first->path);
  g_autoptr (GError) error = uc_test_store_try_open (second);
  g_autoptr (GError) again = NULL;

  g_assert_error (error, UC_ERROR, UC_ERROR_CONFLICT);
  uc_test_store_close (first);
  again = uc_test_store_try_open (second);
  g_assert_no_error (again);
  uc_test_store_free (second);
  g_assert_finalize_object (g_steal_pointer (&first->store));
}

static void
test_too_new (void)
{
  g_autofree char *path = NULL;
  UcTestStore     *self;
  g_autoptr (GError) error = NULL;
  g_autofree char *before = NULL;
  g_autofree char *after = NULL;
  gsize            n_before;
  gsize            n_after;

  {
    g_autoptr (UcTestStore) made = uc_test_store_new ();

    path = g_strdup (made->path);
  }
  {
    g_autoptr (UcDb) db = uc_db_open (path, UC_DB_READ_WRITE, NULL);

    g_assert_true (uc_db_set_user_version (db, 999, NULL));
  }
  g_assert_true (g_file_get_contents (path, &before, &n_before, NULL));
  self = uc_test_store_new_bare (path);
  error = uc_test_store_try_open (self);
  g_assert_error (error, UC_ERROR, UC_ERROR_SCHEMA_TOO_NEW);
  drop (self);
  g_assert_true (g_file_get_contents (path, &after, &n_after, NULL));
  g_assert_cmpmem (before, n_before, after, n_after);
}

static void
test_not_open (void)
{
  UcTestStore *self = uc_test_store_new_bare (NULL);
  UcBatch     *batch = uc_batch_new ();
  g_autoptr (GError) error = NULL;
  g_autoptr (UcMessage) message = uc_test_store_message (self, "x");

  g_assert_null (message);
  uc_batch_put_fact (batch, "a", "b");
  error = uc_test_store_apply_failing (self, batch);
  g_assert_error (error, UC_ERROR, UC_ERROR_STORAGE);
  drop (self);
}

/* After a clean end there is nothing but the database. */
static void
test_clean_end (void)
{
  g_autofree char *path = NULL;
  g_autofree char *wal = NULL;
  g_autofree char *shm = NULL;

  {
    g_autoptr (UcTestStore) self = uc_test_store_new ();

    fill (self);
    path = g_strdup (self->path);
  }
  wal = g_strconcat (path, "-wal", NULL);
  shm = g_strconcat (path, "-shm", NULL);
  g_assert_false (g_file_test (wal, G_FILE_TEST_EXISTS));
  g_assert_false (g_file_test (shm, G_FILE_TEST_EXISTS));
}

/* -- Damage ------------------------------------------------------------------------------- */

static char *
make_filled (void)
{
  g_autoptr (UcTestStore) self = uc_test_store_new ();

  fill (self);
  return g_strdup (self->path);
}

static char *
find_aside (const char *path)
{
  g_autofree char *folder = g_path_get_dirname (path);
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name;

  while ((name = g_dir_read_name (dir)) != NULL) {
    if (strstr (name, ".damaged-") != NULL && !g_str_has_suffix (name, "-wal") &&
        !g_str_has_suffix (name, "-shm"))
      return g_build_filename (folder, name, NULL);
  }
  return NULL;
}

static void
check_salvaged (UcTestStore *self, guint min_ops)
{
  g_autoptr (GPtrArray) rows = uc_test_store_outbox (self);
  g_autofree char *aside = find_aside (self->path);
  g_autoptr (GAsyncResult) result = NULL;
  g_autofree char *draft = NULL;
  g_autoptr (UcWindow) window = uc_test_store_window (self, TEST_CHANNEL, "");
  g_autoptr (GAsyncResult) fact_result = NULL;
  g_autofree char *fact = NULL;

  g_assert_nonnull (aside);
  g_assert_nonnull (uc_store_get_notice (self->store));
  g_assert_cmpuint (rows->len, >=, min_ops);
  uc_store_load_draft_async (self->store, TEST_CHANNEL, "", NULL, uc_test_result_cb, &result);
  uc_test_wait_result (&result);
  draft = uc_store_load_draft_finish (self->store, result, NULL);
  uc_store_load_fact_async (self->store, "since:" TEST_CHANNEL, NULL, uc_test_result_cb,
                            &fact_result);
  uc_test_wait_result (&fact_result);
  fact = uc_store_load_fact_finish (self->store, fact_result, NULL);
  g_assert_null (fact);
  if (min_ops == 0)
    return;

  g_assert_cmpstr (draft, ==, "half a sentence");
  /* What is unsent shows, and can go on. */
  g_assert_cmpuint (window->messages->len, ==, 20);
  for (guint i = 0; i < rows->len; i++) {
    UcOutboxRow *row = g_ptr_array_index (rows, i);

    if (g_str_equal (row->op_id, "op00"))
      g_assert_cmpint (row->state, ==, UC_SEND_IN_DOUBT);
    else if (g_str_equal (row->op_id, "op02"))
      g_assert_cmpint (row->state, ==, UC_SEND_FAILED);
    else
      g_assert_cmpint (row->state, ==, UC_SEND_QUEUED);
    if (g_str_equal (row->op_id, "op01"))
      g_assert_cmpstr (row->waits_for, ==, "op00");
  }
  {
    g_autoptr (UcPost) answer = uc_test_answer ("op00", "sent", 5000, "unsent 0");
    g_autoptr (UcMessage) reply = NULL;
    UcBatch *batch = uc_batch_new ();

    uc_batch_put_pushed_post (batch, answer, FALSE);
    uc_batch_outbox_done (batch, "react", NULL);
    uc_test_store_apply (self, batch);
    reply = uc_test_store_message (self, "op01");
    g_assert_cmpstr (reply->post->root_id, ==, answer->id);
  }
}

static void
test_no_database (void)
{
  g_autofree char *path = make_filled ();
  g_autoptr (UcTestStore) self = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *aside = NULL;
  g_autofree char *content = NULL;

  g_assert_true (g_file_set_contents (path, "not a database, but somebody's words", -1, NULL));
  self = uc_test_store_new_bare (path);
  error = uc_test_store_try_open (self);
  g_assert_no_error (error);
  check_salvaged (self, 0);
  /* Nothing is ever deleted. */
  aside = find_aside (path);
  g_assert_true (g_file_get_contents (aside, &content, NULL, NULL));
  g_assert_cmpstr (content, ==, "not a database, but somebody's words");
}

/* The page on which a table begins. */
static gint64
find_page (const char *path, const char *table)
{
  g_autoptr (UcDb) db = uc_db_open (path, UC_DB_READ_WRITE, NULL);
  UcStmt  *stmt = uc_db_prepare (db, "SELECT rootpage FROM sqlite_schema WHERE name = :name", NULL);
  gboolean has_row;
  gint64   page;

  uc_stmt_bind_text (stmt, ":name", table);
  g_assert_true (uc_stmt_step (stmt, &has_row, NULL));
  g_assert_true (has_row);
  page = uc_stmt_get_int64 (stmt, 0);
  uc_stmt_reset (stmt);
  return page;
}

static void
spoil_page (const char *path, gint64 page)
{
  g_autofree char *content = NULL;
  gsize            length;

  g_assert_true (g_file_get_contents (path, &content, &length, NULL));
  memset (content + (page - 1) * 4096, 0xa5, 4096);
  g_assert_true (g_file_set_contents (path, content, length, NULL));
}

/* Met while working: the batch fails as a whole, and the next start mends. */
static void
test_damage_at_work (void)
{
  g_autofree char *path = make_filled ();
  g_autoptr (UcPost) post = uc_test_post ("p7x", TEST_ANNA, 7, "edited");
  UcTestStore *self;
  UcBatch     *batch = uc_batch_new ();
  g_autoptr (GError) error = NULL;
  g_autoptr (GError) open_error = NULL;
  g_autoptr (GError) next_error = NULL;

  {
    g_autoptr (UcDb) db = uc_db_open (path, UC_DB_READ_WRITE, NULL);

    g_assert_true (uc_db_exec (db, "INSERT INTO holds VALUES (1, '', 0, 0, 'case 12', 5)", NULL));
  }
  spoil_page (path, find_page (path, "messages"));
  self = uc_test_store_new_bare (path);
  open_error = uc_test_store_try_open (self);
  g_assert_no_error (open_error);
  post->update_at_ms += 100;
  uc_batch_put_fact (batch, "half", "done");
  uc_batch_put_post (batch, post);
  error = uc_test_store_apply_failing (self, batch);
  g_assert_error (error, UC_ERROR, UC_ERROR_STORAGE);
  uc_test_store_free (self);

  self = uc_test_store_new_bare (path);
  next_error = uc_test_store_try_open (self);
  g_assert_no_error (next_error);
  check_salvaged (self, 20);
  uc_test_store_free (self);
  {
    /* What must not be deleted is known still. */
    g_autoptr (UcDb) db = uc_db_open (path, UC_DB_READ_ONLY, NULL);
    UcStmt  *stmt = uc_db_prepare (db, "SELECT reason FROM holds", NULL);
    gboolean has_row = FALSE;

    g_assert_true (uc_stmt_step (stmt, &has_row, NULL));
    g_assert_true (has_row);
    g_assert_cmpstr (uc_stmt_get_text (stmt, 0), ==, "case 12");
    uc_stmt_reset (stmt);
  }

  /* Mended is mended. */
  self = uc_test_store_new_bare (path);
  g_clear_error (&next_error);
  next_error = uc_test_store_try_open (self);
  g_assert_no_error (next_error);
  g_assert_null (uc_store_get_notice (self->store));
  uc_test_store_free (self);
}

/* The outbox itself is hit: its texts stand in the messages too. Whether they were
 * sent is for the person to say. */
static void
test_damaged_outbox (void)
{
  g_autofree char *path = make_filled ();
  g_autoptr (UcTestStore) self = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (GAsyncResult) result = NULL;
  g_autofree char *draft = NULL;
  g_autoptr (GPtrArray) rows = NULL;

  spoil_page (path, find_page (path, "outbox"));
  self = uc_test_store_new_bare (path);
  error = uc_test_store_try_open (self);
  g_assert_no_error (error);
  g_assert_nonnull (uc_store_get_notice (self->store));
  uc_store_load_draft_async (self->store, TEST_CHANNEL, "", NULL, uc_test_result_cb, &result);
  uc_test_wait_result (&result);
  draft = uc_store_load_draft_finish (self->store, result, NULL);
  g_assert_cmpstr (draft, ==, "half a sentence");
  rows = uc_test_store_outbox (self);
  g_assert_cmpuint (rows->len, ==, 20);
  for (guint i = 0; i < rows->len; i++) {
    UcOutboxRow *row = g_ptr_array_index (rows, i);

    g_assert_cmpint (row->state, ==, UC_SEND_FAILED);
    g_assert_true (g_str_has_prefix (row->message, "unsent "));
    g_assert_nonnull (row->reason);
  }
}

/* The description of one table is spoilt; the others can still be read. */
static void
test_damaged_schema (void)
{
  g_autofree char *path = make_filled ();
  g_autofree char *content = NULL;
  g_autoptr (UcTestStore) self = NULL;
  g_autoptr (GError) error = NULL;
  gsize length;
  char *place;

  g_assert_true (g_file_get_contents (path, &content, &length, NULL));
  place = memmem (content, length, "CREATE TABLE teams", strlen ("CREATE TABLE teams"));
  g_assert_nonnull (place);
  memcpy (place, "CREATE TABEL teams", strlen ("CREATE TABEL teams"));
  g_assert_true (g_file_set_contents (path, content, length, NULL));
  self = uc_test_store_new_bare (path);
  error = uc_test_store_try_open (self);
  g_assert_no_error (error);
  check_salvaged (self, 20);
}

/* Killed between the renames. */
static void
test_salvage_cut_off (void)
{
  g_autofree char *path = make_filled ();
  g_autofree char *salvaged = g_strconcat (path, ".salvaged", NULL);
  g_autoptr (UcTestStore) self = NULL;
  g_autoptr (GPtrArray) rows = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_cmpint (g_rename (path, salvaged), ==, 0);
  self = uc_test_store_new_bare (path);
  error = uc_test_store_try_open (self);
  g_assert_no_error (error);
  rows = uc_test_store_outbox (self);
  g_assert_cmpuint (rows->len, ==, 21);
}

/* Bits flipped anywhere: never a crash, and what opens can be used. */
static void
test_flipped_bits (void)
{
  g_autofree char *path = make_filled ();
  g_autofree char *content = NULL;
  gsize            length;

  g_assert_true (g_file_get_contents (path, &content, &length, NULL));
  for (int i = 0; i < 25; i++) {
    g_autofree char *dir = uc_test_dup_temp_dir ();
    g_autofree char *copy_path = g_build_filename (dir, "store.db", NULL);
    g_autofree char *copy = g_memdup2 (content, length);
    UcTestStore     *self;
    g_autoptr (GError) error = NULL;

    for (int j = 0; j < 40; j++)
      copy[g_test_rand_int_range (0, (int) length)] ^= (char) (1 << g_test_rand_int_range (0, 8));
    g_assert_true (g_file_set_contents (copy_path, copy, length, NULL));
    self = uc_test_store_new_bare (copy_path);
    error = uc_test_store_try_open (self);
    if (error == NULL) {
      g_autoptr (UcPost) post = uc_test_post ("new", TEST_ANNA, 9999, "new");
      g_autofree char *found = uc_test_store_search (self, "number");
      g_autoptr (GError) apply_error = NULL;
      UcBatch *batch = uc_batch_new ();

      uc_batch_put_post (batch, post);
      apply_error = uc_test_store_apply_failing (self, batch);
      uc_test_store_free (self);
    } else {
      drop (self);
    }
  }
}

/* -- No room, no right ----------------------------------------------------------------------- */

static void
test_full_disk (void)
{
  g_test_trap_subprocess ("/store/store-open/full-disk/subprocess", 0, G_TEST_SUBPROCESS_DEFAULT);
  g_test_trap_assert_passed ();
}

/* A limit on the size of files stands for the disk's end. */
static void
test_full_disk_subprocess (void)
{
  g_autoptr (UcTestStore) self = uc_test_store_new ();
  g_autoptr (UcPost) small = uc_test_post ("small", TEST_ANNA, 10, "small");
  g_autoptr (UcWindow) window = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *text = NULL;
  struct rlimit    limit;
  struct rlimit    no_limit;
  UcBatch         *batch = uc_batch_new ();

  uc_batch_put_post (batch, small);
  uc_test_store_apply (self, batch);

  signal (SIGXFSZ, SIG_IGN);
  getrlimit (RLIMIT_FSIZE, &no_limit);
  limit = no_limit;
  limit.rlim_cur = 400 * 1000;
  g_assert_cmpint (setrlimit (RLIMIT_FSIZE, &limit), ==, 0);
  batch = uc_batch_new ();
  uc_batch_put_draft (batch, TEST_CHANNEL, "", "first in the batch");
  for (int i = 0; i < 5000; i++) {
    g_autofree char *name = g_strdup_printf ("p%dx", i);
    g_autofree char *long_text = g_strnfill (500, 'x');
    g_autoptr (UcPost) post = uc_test_post (name, TEST_ANNA, 100 + i, long_text);

    uc_batch_put_post (batch, post);
  }
  error = uc_test_store_apply_failing (self, batch);
  g_assert_error (error, UC_ERROR, UC_ERROR_STORAGE);
  g_assert_null (self->last);

  /* Nothing of it is there, reading goes on, and with room again so does writing. */
  window = uc_test_store_window (self, TEST_CHANNEL, "");
  text = uc_test_window_text (window);
  g_assert_cmpstr (text, ==, "small");
  {
    g_autoptr (UcChannelState) state = uc_test_store_channel (self, TEST_CHANNEL);

    g_assert_false (state->has_draft);
  }
  g_assert_cmpint (setrlimit (RLIMIT_FSIZE, &no_limit), ==, 0);
  batch = uc_batch_new ();
  uc_batch_put_draft (batch, TEST_CHANNEL, "", "again");
  uc_test_store_apply (self, batch);
}

static void
test_read_only (void)
{
  /* Not below the test's own folder, which only its owner can enter. */
  char             dir[] = "/var/tmp/uc-test-XXXXXX";
  g_autofree char *path = NULL;
  g_autofree char *lock = NULL;
  g_autofree char *reserve = NULL;

  g_assert_nonnull (g_mkdtemp (dir));
  path = g_build_filename (dir, "store.db", NULL);
  lock = g_strconcat (path, ".lock", NULL);
  reserve = g_strconcat (path, ".reserve", NULL);
  {
    g_autoptr (UcTestStore) self = uc_test_store_new_bare (path);
    g_autoptr (GError) error = uc_test_store_try_open (self);

    g_assert_no_error (error);
    fill (self);
  }
  g_assert_cmpint (g_chmod (path, 0444), ==, 0);
  g_assert_cmpint (g_chmod (dir, 0555), ==, 0);
  g_setenv ("UC_TEST_READ_ONLY", path, TRUE);
  g_test_trap_subprocess ("/store/store-open/read-only/subprocess", 0, G_TEST_SUBPROCESS_DEFAULT);
  g_test_trap_assert_passed ();
  g_chmod (dir, 0700);
  g_remove (path);
  g_remove (lock);
  g_remove (reserve);
  g_assert_cmpint (g_rmdir (dir), ==, 0);
}

static void
test_read_only_subprocess (void)
{
  g_autoptr (UcTestStore) self = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (GError) apply_error = NULL;
  g_autofree char *found = NULL;
  UcBatch         *batch = uc_batch_new ();

  /* Root may write anywhere. */
  if (geteuid () == 0)
    g_assert_cmpint (setuid (65534), ==, 0);
  self = uc_test_store_new_bare (g_getenv ("UC_TEST_READ_ONLY"));
  error = uc_test_store_try_open (self);
  g_assert_no_error (error);
  g_assert_true (uc_store_is_read_only (self->store));
  found = uc_test_store_search (self, "\"number 77\"");
  g_assert_cmpstr (found, ==, "message number 77 of a conversation");
  uc_batch_put_fact (batch, "a", "b");
  apply_error = uc_test_store_apply_failing (self, batch);
  g_assert_error (apply_error, UC_ERROR, UC_ERROR_STORAGE);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add_func ("/store/store-open/lock", test_lock);
  g_test_add_func ("/store/store-open/too-new", test_too_new);
  g_test_add_func ("/store/store-open/not-open", test_not_open);
  g_test_add_func ("/store/store-open/clean-end", test_clean_end);
  g_test_add_func ("/store/store-open/no-database", test_no_database);
  g_test_add_func ("/store/store-open/damage-at-work", test_damage_at_work);
  g_test_add_func ("/store/store-open/damaged-outbox", test_damaged_outbox);
  g_test_add_func ("/store/store-open/damaged-schema", test_damaged_schema);
  g_test_add_func ("/store/store-open/salvage-cut-off", test_salvage_cut_off);
  g_test_add_func ("/store/store-open/flipped-bits", test_flipped_bits);
  g_test_add_func ("/store/store-open/full-disk", test_full_disk);
  g_test_add_func ("/store/store-open/full-disk/subprocess", test_full_disk_subprocess);
  g_test_add_func ("/store/store-open/read-only", test_read_only);
  g_test_add_func ("/store/store-open/read-only/subprocess", test_read_only_subprocess);
  return g_test_run ();
}
