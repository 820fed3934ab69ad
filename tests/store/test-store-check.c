/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "uc-db.h"
#include "uc-error.h"
#include "uc-store-care.h"
#include "uc-store-test.h"
#include "uc-test.h"

#include <string.h>

static char *
make_store (void)
{
  g_autoptr (UcTestStore) self = uc_test_store_new ();
  g_autoptr (UcPost) post = uc_test_post ("post", TEST_ANNA, 10, "some text");
  g_autoptr (UcPost) mine = uc_test_provisional ("op", 20, "mine");
  g_autoptr (GPtrArray) posts = g_ptr_array_new ();
  UcBatch *batch = uc_batch_new ();

  g_ptr_array_add (posts, post);
  uc_batch_put_page (batch, TEST_CHANNEL, posts, UC_PAGE_LATEST, NULL, TRUE, TRUE);
  uc_batch_queue_post (batch, mine);
  uc_test_store_apply (self, batch);
  return g_strdup (self->path);
}

/* Of which @word (nullable) is a part. */
static guint
count_problems (const char *path, const char *word)
{
  g_autoptr (GPtrArray) problems = NULL;
  g_autoptr (GError) error = NULL;
  guint n = 0;

  uc_store_check (path, &problems, &error);
  g_assert_no_error (error);
  for (guint i = 0; i < problems->len; i++) {
    const UcProblem *problem = g_ptr_array_index (problems, i);

    g_assert_false (problem->is_repaired);
    g_test_message ("%s", problem->text);
    n += word == NULL || strstr (problem->text, word) != NULL;
  }
  return n;
}

static void
test_sound (void)
{
  g_autofree char *path = make_store ();

  g_assert_cmpuint (count_problems (path, NULL), ==, 0);
}

/* Beside a program that has it open: all is looked at, and nothing stays behind. */
static void
test_in_use (void)
{
  g_autoptr (UcTestStore) self = uc_test_store_new ();
  g_autoptr (UcPost) post = uc_test_post ("post", TEST_ANNA, 10, "some text");
  g_autofree char *folder = g_path_get_dirname (self->path);
  g_autoptr (GDir) dir = NULL;
  const char *name;
  UcBatch    *batch = uc_batch_new ();

  uc_batch_put_post (batch, post);
  uc_test_store_apply (self, batch);
  g_assert_cmpuint (count_problems (self->path, NULL), ==, 0);
  {
    g_autoptr (UcDb) db = uc_db_open (self->path, UC_DB_READ_WRITE, NULL);

    g_assert_true (uc_db_exec (db,
                               "INSERT INTO message_words (message_words, rowid, message)"
                               " SELECT 'delete', seq, message FROM messages",
                               NULL));
  }
  g_assert_cmpuint (count_problems (self->path, "full-text"), ==, 1);
  dir = g_dir_open (folder, 0, NULL);
  while ((name = g_dir_read_name (dir)) != NULL)
    g_assert_null (strstr (name, ".backup"));
}

typedef struct {
  const char *sql;
  const char *word;
} Case;

static void
test_wrong (gconstpointer data)
{
  const Case      *wrong = data;
  g_autofree char *path = make_store ();

  {
    g_autoptr (UcDb) db = uc_db_open (path, UC_DB_READ_WRITE, NULL);
    g_autoptr (GError) error = NULL;

    uc_db_exec (db, "PRAGMA foreign_keys = OFF", &error);
    uc_db_exec (db, wrong->sql, &error);
    g_assert_no_error (error);
  }
  g_assert_cmpuint (count_problems (path, wrong->word), >=, 1);
}

static void
test_no_store (void)
{
  g_autofree char *path = make_store ();
  g_autoptr (GPtrArray) problems = NULL;
  g_autoptr (GError) error = NULL;

  {
    g_autoptr (UcDb) db = uc_db_open (path, UC_DB_READ_WRITE, NULL);

    g_assert_true (uc_db_set_user_version (db, 99, NULL));
  }
  g_assert_false (uc_store_check (path, &problems, &error));
  g_assert_error (error, UC_ERROR, UC_ERROR_SCHEMA_TOO_NEW);
  g_clear_error (&error);
  g_assert_true (g_file_set_contents (path, "", 0, NULL));
  g_assert_false (uc_store_check (path, &problems, &error));
  g_assert_error (error, UC_ERROR, UC_ERROR_INVALID);
}

int
main (int argc, char **argv)
{
  static const Case cases[] = {
    { "UPDATE spans SET hi_seq = hi_seq + 1", "ends at no message" },
    { "INSERT INTO spans SELECT channel, lo_seq - 1, hi_seq, 0, 0 FROM spans", "span" },
    { "DELETE FROM outbox", "is not queued" },
    { "DELETE FROM messages WHERE id LIKE 'local:%'", "is not shown" },
    { "UPDATE outbox SET waits_for = 'nobody'", "waits for nothing" },
    { "UPDATE outbox SET state = 9", "unknown state" },
    { "UPDATE messages SET has_reactions = 1 WHERE op_id = ''", "miscounts" },
    { "DROP TRIGGER messages_words_update; UPDATE messages SET message = 'other'", "full-text" },
    { "DELETE FROM users", "refers to nothing" },
  };

  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add_func ("/store/store-check/sound", test_sound);
  g_test_add_func ("/store/store-check/in-use", test_in_use);
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autofree char *path = g_strdup_printf ("/store/store-check/wrong/%d", (int) i);

    g_test_add_data_func (path, &cases[i], test_wrong);
  }
  g_test_add_func ("/store/store-check/no-store", test_no_store);
  return g_test_run ();
}
