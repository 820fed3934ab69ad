/* SPDX-License-Identifier: GPL-3.0-or-later */

#define _GNU_SOURCE /* memmem */

#include "config.h"

#include "uc-db-digest.h"
#include "uc-store-migrations-private.h"
#include "uc-store-test.h"
#include "uc-test.h"

#include <string.h>

static UcDb *
open_db (const char *path)
{
  g_autoptr (GError) error = NULL;
  UcDb *db = uc_db_open (path, UC_DB_CREATE, &error);

  g_assert_no_error (error);
  return db;
}

/* The whole schema as text. */
static char *
read_schema (const char *path)
{
  g_autoptr (UcDb) db = open_db (path);
  g_autoptr (GError) error = NULL;
  g_autoptr (GString) text = g_string_new (NULL);
  UcStmt  *stmt = uc_db_prepare (db,
                                 "SELECT type || ' ' || name || ' ' || coalesce (sql, '') FROM "
                                  "sqlite_schema ORDER BY type, name",
                                 &error);
  gboolean has_row;

  g_assert_no_error (error);
  do {
    g_assert_true (uc_stmt_step (stmt, &has_row, &error));
    if (has_row)
      g_string_append_printf (text, "%s\n", uc_stmt_get_text (stmt, 0));
  } while (has_row);
  return g_string_free (g_steal_pointer (&text), FALSE);
}

/* Without what is of no meaning: spaces. */
static char *
squeeze (const char *text)
{
  g_autoptr (GRegex) spaces = g_regex_new ("\\s+|IF NOT EXISTS ", 0, 0, NULL);

  return g_regex_replace_literal (spaces, text, -1, 0, "", 0, NULL);
}

static char *
make_fixture (int version)
{
  g_autofree char *dir = uc_test_dup_temp_dir ();
  char            *path = g_build_filename (dir, "store.db", NULL);
  g_autofree char *name = g_strdup_printf ("schema/%04d.sql", version);
  g_autofree char *sql = uc_test_dup_fixture (name, NULL);
  g_autoptr (UcDb) db = open_db (path);
  g_autoptr (GError) error = NULL;

  uc_db_exec (db, sql, &error);
  g_assert_no_error (error);
  return path;
}

static void
check_messages (UcTestStore *self, int version)
{
  g_autoptr (UcWindow) window = NULL;
  g_autoptr (UcMessage) reacted = uc_test_store_message (self, "p8x00000000000000000000000");
  g_autoptr (UcMessage) saved = uc_test_store_message (self, "p10x0000000000000000000000");
  g_autoptr (UcMessage) pinned = uc_test_store_message (self, "p7x00000000000000000000000");
  g_autoptr (UcMessage) gone = uc_test_store_message (self, "gone0000000000000000000000");
  g_autoptr (UcMessage) reply = uc_test_store_message (self, "reply000000000000000000000");
  guint  n_before = 0;
  gint64 seq = G_MAXINT64;

  do {
    g_clear_pointer (&window, uc_window_free);
    window = uc_test_store_window_at (self, TEST_CHANNEL, UC_WINDOW_BEFORE, seq, 500);
    n_before += window->messages->len;
    seq = ((UcMessage *) g_ptr_array_index (window->messages, 0))->seq;
  } while (window->has_older);
  g_assert_cmpuint (n_before, ==, version >= 2 ? 2503 : 2501);
  g_assert_cmpuint (reacted->post->reactions->len, ==, 1);
  g_assert_true (saved->is_saved);
  g_assert_true (pinned->post->is_pinned);
  g_assert_cmpint (gone->post->delete_at_ms, >, 0);
  g_assert_cmpuint (reply->post->files->len, ==, 1);
  g_assert_cmpstr (reply->post->root_id, ==, saved->post->id);
  g_assert_cmpint (reply->annotation != NULL ? reply->annotation->category : UC_CATEGORY_NONE, ==,
                   version >= 4 ? UC_CATEGORY_INCIDENT : UC_CATEGORY_NONE);
}

static void
check_search (UcTestStore *self)
{
  g_autofree char *one = uc_test_store_search (self, "\"number 1234\"");
  g_autofree char *two = uc_test_store_search (self, "检验");
  g_autofree char *three = uc_test_store_search (self, "gepruft");

  g_assert_cmpstr (one, ==, "message number 1234");
  g_assert_cmpstr (two, ==, "Blutdruck geprüft 检验");
  g_assert_cmpstr (three, ==, "Blutdruck geprüft 检验");
}

static void
check_outbox (UcTestStore *self, int version)
{
  g_autoptr (GPtrArray) rows = uc_test_store_outbox (self);
  g_autoptr (UcMessage) queued = NULL;
  UcOutboxRow *row;

  g_assert_cmpuint (rows->len, ==, version >= 2 ? 3 : 0);
  if (version < 2)
    return;
  row = g_ptr_array_index (rows, 0);
  g_assert_cmpint (row->state, ==, UC_SEND_IN_DOUBT);
  row = g_ptr_array_index (rows, 1);
  g_assert_cmpint (row->state, ==, UC_SEND_QUEUED);
  g_assert_cmpuint (row->files->len, ==, 1);
  queued = uc_test_store_message (self, "op2");
  g_assert_cmpstr (queued->post->message, ==, "queued");
  g_assert_cmpuint (queued->post->files->len, ==, 1);
}

static void
check_unclassified (UcTestStore *self, int version)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GPtrArray) messages = NULL;

  uc_store_load_unclassified_async (self->store, 10000, NULL, uc_test_result_cb, &result);
  uc_test_wait_result (&result);
  messages = uc_store_load_unclassified_finish (self->store, result, NULL);
  /* All but five system posts, the deleted one, and the one classified already. */
  g_assert_cmpuint (messages->len, ==, version == 1 ? 2496 : version < 4 ? 2498 : 2497);
}

static void
check_rest (UcTestStore *self)
{
  g_autoptr (UcChannelState) state = uc_test_store_channel (self, TEST_CHANNEL);
  g_autoptr (GAsyncResult) result = NULL;
  g_autofree char *draft = NULL;

  g_assert_cmpint (state->channel->total_msg_count, ==, 2500);
  g_assert_cmpint (state->unread, ==, 100);
  g_assert_cmpint (state->mentions, ==, 3);
  g_assert_true (state->is_favourite);
  uc_store_load_draft_async (self->store, TEST_CHANNEL, "", NULL, uc_test_result_cb, &result);
  uc_test_wait_result (&result);
  draft = uc_store_load_draft_finish (self->store, result, NULL);
  g_assert_cmpstr (draft, ==, "half a sentence");
}

static void
check_sound (const char *path)
{
  g_autoptr (UcDb) db = open_db (path);
  g_auto (GStrv) problems = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_true (uc_db_check (db, TRUE, &problems, &error));
  g_assert_null (problems[0]);
  /* The index against the texts, which the check above does not compare. */
  g_assert_true (uc_db_exec (
      db, "INSERT INTO message_words (message_words, rank) VALUES ('integrity-check', 1)", &error));
}

/* -- A store that never was older ----------------------------------------------------------- */

/* What a store of today writes with its messages, and older ones did not. */
#define COUNTED "UPDATE messages SET is_counted = 0 WHERE type = 'system_join_channel'"
#define PLACEHOLDERS                                                                               \
  "INSERT INTO annotations (seq) SELECT seq FROM messages WHERE delete_at_ms = 0 AND type = ''"

/* The same content, but every table made at once. */
static char *
make_never_older (int version)
{
  g_autofree char *name = g_strdup_printf ("schema/%04d.sql", version);
  g_autofree char *sql = uc_test_dup_fixture (name, NULL);
  const char      *content = strstr (sql, "INSERT INTO facts");
  g_autofree char *path = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (UcDb) db = NULL;
  guint              n_migrations;
  const UcMigration *migrations = _uc_store_get_migrations (&n_migrations);

  {
    g_autoptr (UcTestStore) fresh = uc_test_store_new_bare (NULL);

    error = uc_test_store_try_open (fresh);
    g_assert_no_error (error);
    path = g_strdup (fresh->path);
  }
  db = open_db (path);
  uc_db_exec (db, content, &error);
  g_assert_no_error (error);
  if (version == 1)
    uc_db_exec (db, COUNTED, &error);
  if (version < 4)
    uc_db_exec (db, PLACEHOLDERS, &error);
  uc_db_set_user_version (db, migrations[n_migrations - 1].version, &error);
  g_assert_no_error (error);
  g_clear_pointer (&db, uc_db_close);
  {
    /* What was being sent is in doubt from then on. */
    g_autoptr (UcTestStore) self = uc_test_store_new_bare (path);

    error = uc_test_store_try_open (self);
    g_assert_no_error (error);
  }
  return g_steal_pointer (&path);
}

/* Every table but the log of steps, which tells when they ran. */
static void
assert_same_content (const char *path, const char *wanted_path)
{
  g_autoptr (UcDb) db = open_db (path);
  g_autoptr (UcDb) wanted_db = open_db (wanted_path);
  g_autoptr (GError) error = NULL;
  g_auto (GStrv) tables = uc_db_list_tables (wanted_db, &error);

  g_assert_no_error (error);
  g_assert_cmpuint (g_strv_length (tables), >, 15);
  for (gsize i = 0; tables[i] != NULL; i++) {
    UcTableDigest found = { 0, 0 };
    UcTableDigest wanted = { 0, 0 };

    if (g_str_equal (tables[i], "schema_steps"))
      continue;
    g_assert_true (uc_db_digest_table (db, tables[i], NULL, &found, NULL));
    g_assert_true (uc_db_digest_table (wanted_db, tables[i], NULL, &wanted, NULL));
    if (!uc_table_digest_equal (&found, &wanted))
      g_error ("“%s” differs: %" G_GINT64_FORMAT " rows for %" G_GINT64_FORMAT, tables[i],
               found.n_rows, wanted.n_rows);
  }
}

static void
assert_same_schema (const char *path, const char *wanted_path)
{
  g_autofree char *found = read_schema (path);
  g_autofree char *wanted = read_schema (wanted_path);
  g_autofree char *found_squeezed = squeeze (found);
  g_autofree char *wanted_squeezed = squeeze (wanted);

  g_assert_cmpstr (found_squeezed, ==, wanted_squeezed);
}

/* A store of every version that ever was opens, with everything in it, and is what it
 * would be had it never been older. */
static void
test_upgrade (gconstpointer data)
{
  int              version = GPOINTER_TO_INT (data);
  g_autofree char *path = make_fixture (version);
  g_autofree char *never_older = make_never_older (version);
  {
    g_autoptr (UcTestStore) self = uc_test_store_new_bare (path);
    g_autoptr (GError) error = uc_test_store_try_open (self);

    g_assert_no_error (error);
    g_assert_null (uc_store_get_notice (self->store));
    check_messages (self, version);
    check_search (self);
    check_outbox (self, version);
    check_unclassified (self, version);
    check_rest (self);
  }
  check_sound (path);
  assert_same_schema (path, never_older);
  assert_same_content (path, never_older);
}

/* A record that refers to nothing does not keep a store of before from opening: it is
 * put aside with what it holds, and a person is told. */
static void
test_put_aside (gconstpointer data)
{
  int              version = GPOINTER_TO_INT (data);
  g_autofree char *path = make_fixture (version);
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) errors = NULL;
  const UcMigrateError *entry;
  g_autofree char      *values = NULL;

  {
    g_autoptr (UcDb) db = open_db (path);

    uc_db_exec (db,
                "PRAGMA foreign_keys = OFF;"
                "INSERT INTO reactions VALUES (12, 3, 'wave', 5);"
                "UPDATE messages SET channel = 77 WHERE id = 'p8x00000000000000000000000'",
                &error);
    g_assert_no_error (error);
  }
  {
    g_autoptr (UcTestStore) self = uc_test_store_new_bare (path);

    error = uc_test_store_try_open (self);
    g_assert_no_error (error);
    g_assert_nonnull (
        strstr (uc_store_get_notice (self->store), version < 4 ? "3 records" : "4 records"));
    check_search (self);
    check_outbox (self, version);
    check_rest (self);
  }
  check_sound (path);
  {
    /* Told once. */
    g_autoptr (UcTestStore) self = uc_test_store_new_bare (path);

    error = uc_test_store_try_open (self);
    g_assert_no_error (error);
    g_assert_null (uc_store_get_notice (self->store));
  }
  {
    g_autoptr (UcDb) db = open_db (path);

    errors = uc_migrate_load_errors (db, &error);
  }
  g_assert_no_error (error);
  /* The message, its reaction, its annotation, and the reaction to nothing. */
  g_assert_cmpuint (errors->len, ==, version < 4 ? 3 : 4);
  for (guint i = 0; i < errors->len; i++) {
    entry = g_ptr_array_index (errors, i);
    if (g_str_equal (entry->record, "12 3 wave"))
      values = g_strjoinv (" ", entry->values);
  }
  g_assert_cmpstr (values, ==, "5 'wave' 12 3");
}

/* -- Damage before the update ---------------------------------------------------------------- */

/* A page of the messages is spoilt: the old store is set aside as it is, and what exists
 * nowhere else is saved from it. */
static void
test_spoilt_page (gconstpointer data)
{
  int              version = GPOINTER_TO_INT (data);
  g_autofree char *path = make_fixture (version);
  g_autofree char *content = NULL;
  char            *place;
  gsize            length;

  {
    g_autoptr (UcDb) db = open_db (path);
    g_autoptr (GError) error = NULL;

    uc_db_checkpoint (db, TRUE, &error);
    g_assert_no_error (error);
  }
  g_assert_true (g_file_get_contents (path, &content, &length, NULL));
  place = memmem (content, length, "message number 1234", strlen ("message number 1234"));
  g_assert_nonnull (place);
  memset (content + (place - content) / 4096 * 4096, 0xa5, 4096);
  g_assert_true (g_file_set_contents (path, content, (gssize) length, NULL));
  {
    g_autoptr (UcTestStore) self = uc_test_store_new_bare (path);
    g_autoptr (GError) error = uc_test_store_try_open (self);
    g_autoptr (GAsyncResult) result = NULL;
    g_autofree char *draft = NULL;

    g_assert_no_error (error);
    g_assert_nonnull (strstr (uc_store_get_notice (self->store), "damaged"));
    uc_store_load_draft_async (self->store, TEST_CHANNEL, "", NULL, uc_test_result_cb, &result);
    uc_test_wait_result (&result);
    draft = uc_store_load_draft_finish (self->store, result, NULL);
    g_assert_cmpstr (draft, ==, "half a sentence");
    check_outbox (self, version);
  }
  check_sound (path);
}

/* -- The window is closed meanwhile ---------------------------------------------------------- */

typedef struct {
  GCancellable *cancellable;
  double        stop_at;
  double        last;
  gboolean      has_title;
} Watch;

static void
watch_cb (const char *step, double fraction, gpointer user_data)
{
  Watch *watch = user_data;

  g_assert_cmpfloat (fraction, >=, watch->last);
  watch->last = fraction;
  watch->has_title |= g_str_equal (step, "Building the search index");
  if (fraction >= watch->stop_at)
    g_cancellable_cancel (watch->cancellable);
}

/* Cancelled anywhere the opening ends, and the next one goes on. */
static void
test_cancelled (void)
{
  g_autofree char *path = make_fixture (1);
  gboolean         has_title = FALSE;
  int              n_cancelled = 0;

  for (int i = 0; i <= 10; i++) {
    g_autoptr (UcTestStore) self = uc_test_store_new_bare (path);
    g_autoptr (GCancellable) cancellable = g_cancellable_new ();
    g_autoptr (GAsyncResult) result = NULL;
    g_autoptr (GError) error = NULL;
    Watch watch = { cancellable, i / 10.0, 0, FALSE };

    uc_store_open_async (self->store, watch_cb, &watch, cancellable, uc_test_result_cb, &result);
    uc_test_wait_result (&result);
    if (!uc_store_open_finish (self->store, result, &error)) {
      g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
      n_cancelled++;
      g_clear_object (&result);
      g_assert_finalize_object (g_steal_pointer (&self->store));
    }
    has_title |= watch.has_title;
  }
  g_assert_cmpint (n_cancelled, >=, 1);
  g_assert_true (has_title);
  {
    g_autoptr (UcTestStore) self = uc_test_store_new_bare (path);
    g_autoptr (GError) error = uc_test_store_try_open (self);

    g_assert_no_error (error);
    check_messages (self, 1);
    check_search (self);
    check_rest (self);
  }
  check_sound (path);
}

/* What was released does not change. */
static void
test_frozen (void)
{
  g_autofree char *sums_path = g_build_filename (g_getenv ("UC_TEST_FIXTURES"), "..", "..",
                                                 "build-aux", "migrations.sha256", NULL);
  g_autofree char *sums = NULL;
  g_autoptr (GError) error = NULL;
  guint              n_migrations;
  const UcMigration *migrations = _uc_store_get_migrations (&n_migrations);

  g_file_get_contents (sums_path, &sums, NULL, &error);
  g_assert_no_error (error);
  for (guint i = 0; i < n_migrations; i++) {
    g_autoptr (GBytes) sql = g_resources_lookup_data (migrations[i].resource, 0, &error);
    g_autofree char *digest = NULL;
    g_autofree char *line = NULL;

    g_assert_no_error (error);
    g_assert_cmpint (migrations[i].version, ==, i + 1);
    digest = g_compute_checksum_for_bytes (G_CHECKSUM_SHA256, sql);
    line = g_strdup_printf ("%s  src/store/migrations/%s.sql\n", digest, migrations[i].name);
    if (strstr (sums, line) == NULL)
      g_error ("%s was released and has changed, or is not listed", migrations[i].name);
  }
}

int
main (int argc, char **argv)
{
  g_setenv ("TZ", "UTC", TRUE);
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  for (int version = 1; version <= 8; version++) {
    g_autofree char *path = g_strdup_printf ("/store/store-migrations/upgrade/%d", version);

    g_test_add_data_func (path, GINT_TO_POINTER (version), test_upgrade);
  }
  for (int version = 1; version <= 5; version++) {
    g_autofree char *path = g_strdup_printf ("/store/store-migrations/put-aside/%d", version);

    g_test_add_data_func (path, GINT_TO_POINTER (version), test_put_aside);
  }
  for (int version = 1; version <= 5; version++) {
    g_autofree char *path = g_strdup_printf ("/store/store-migrations/spoilt-page/%d", version);

    g_test_add_data_func (path, GINT_TO_POINTER (version), test_spoilt_page);
  }
  g_test_add_func ("/store/store-migrations/cancelled", test_cancelled);
  g_test_add_func ("/store/store-migrations/frozen", test_frozen);
  return g_test_run ();
}
