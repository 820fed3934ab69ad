/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "uc-db.h"
#include "uc-error.h"
#include "uc-store-care.h"
#include "uc-store-holds.h"
#include "uc-store-retention.h"
#include "uc-store-test.h"
#include "uc-test.h"

#include <glib/gstdio.h>
#include <string.h>
#include <utime.h>

#define CANARY  "zitronenfalter"
#define FILE_ID "file0000000000000000000000"
#define KEPT_ID "kept0000000000000000000000"
#define DAY_MS  (G_GINT64_CONSTANT (24) * 60 * 60 * 1000)

typedef struct {
  char *folder;
  char *path;
  char *cache;
} Place;

static void
place_clear (Place *place)
{
  g_free (place->folder);
  g_free (place->path);
  g_free (place->cache);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Place, place_clear)

static void
put_file (const char *folder, const char *name, const char *content, gint64 at_ms)
{
  g_autofree char *path = g_build_filename (folder, name, NULL);
  struct utimbuf   times = { at_ms / 1000, at_ms / 1000 };

  g_assert_true (g_file_set_contents (path, content, -1, NULL));
  g_assert_cmpint (g_utime (path, &times), ==, 0);
}

static gboolean
has_file (const char *folder, const char *name)
{
  g_autofree char *path = g_build_filename (folder, name, NULL);

  return g_file_test (path, G_FILE_TEST_EXISTS);
}

static void
add_file (UcPost *post, const char *id)
{
  UcFile *file = uc_file_new ();

  uc_test_set (&file->id, id);
  uc_test_set (&file->post_id, post->id);
  uc_test_set (&file->name, strcmp (id, FILE_ID) == 0 ? CANARY ".txt" : "kept.txt");
  g_strfreev (post->file_ids);
  post->file_ids = g_strsplit (id, " ", -1);
  g_ptr_array_add (post->files, file);
}

static void
add_reaction (UcPost *post)
{
  UcReaction *reaction = uc_reaction_new ();

  uc_test_set (&reaction->user_id, TEST_BEN);
  uc_test_set (&reaction->post_id, post->id);
  uc_test_set (&reaction->emoji_name, CANARY);
  g_ptr_array_add (post->reactions, reaction);
}

/* A hundred old messages and as many new ones in one channel, all old in another; what
 * hangs on them; a draft, and an edit of an old message that waits to be sent. */
static Place
make_place (const char *edited)
{
  g_autoptr (UcTestStore) self = uc_test_store_new ();
  g_autoptr (GPtrArray) posts = g_ptr_array_new_with_free_func ((GDestroyNotify) uc_post_unref);
  g_autoptr (GPtrArray) others = g_ptr_array_new_with_free_func ((GDestroyNotify) uc_post_unref);
  UcBatch *batch = uc_batch_new ();
  Place    place = { g_path_get_dirname (self->path), g_strdup (self->path), NULL };

  for (int i = -100; i < 100; i++) {
    g_autofree char *name = g_strdup_printf ("post%03d", i + 100);
    g_autofree char *text =
        g_strdup_printf ("%s Nummer %d", i < 0 ? CANARY : "Butterblume", i + 100);
    UcPost *post = uc_test_post (name, TEST_ANNA, i * DAY_MS, text);

    if (i == -50 || i == 50)
      add_file (post, i < 0 ? FILE_ID : KEPT_ID);
    if (i == -40)
      add_reaction (post);
    g_ptr_array_add (posts, post);
  }
  for (int i = -20; i < 0; i++) {
    g_autofree char *name = g_strdup_printf ("other%03d", i + 20);
    UcPost          *post = uc_test_post (name, TEST_BEN, i * DAY_MS, CANARY " anderswo");

    uc_test_set (&post->channel_id, TEST_OTHER);
    g_ptr_array_add (others, post);
  }
  uc_batch_put_page (batch, TEST_CHANNEL, posts, UC_PAGE_LATEST, NULL, TRUE, TRUE);
  uc_batch_put_page (batch, TEST_OTHER, others, UC_PAGE_LATEST, NULL, TRUE, TRUE);
  uc_batch_put_draft (batch, TEST_CHANNEL, "", "Entwurf bleibt");
  if (edited != NULL)
    uc_batch_queue_edit (batch, "edit", edited, "bleibt auch");
  uc_test_store_apply (self, batch);

  place.cache = g_build_filename (place.folder, "cache", NULL);
  g_assert_cmpint (g_mkdir (place.cache, 0700), ==, 0);
  put_file (place.cache, FILE_ID, CANARY, TEST_NOW_MS);
  put_file (place.cache, FILE_ID "-thumbnail", CANARY, TEST_NOW_MS);
  put_file (place.cache, FILE_ID "-preview", CANARY, TEST_NOW_MS);
  put_file (place.cache, KEPT_ID, "kept", TEST_NOW_MS);
  put_file (place.folder, "store.db.20260101T000000000000Z-v3.backup", CANARY,
            TEST_NOW_MS - 300 * DAY_MS);
  put_file (place.folder, "store.db.damaged-20260101T000000000000Z", CANARY,
            TEST_NOW_MS - 300 * DAY_MS);
  put_file (place.folder, "store.db.damaged-20260101T000000000000Z-wal", CANARY,
            TEST_NOW_MS - 300 * DAY_MS);
  return place;
}

static UcRetentionReport *
apply (const Place *place, UcRetention retention)
{
  g_autoptr (GError) error = NULL;
  UcRetentionReport *report;

  retention.before_ms = TEST_NOW_MS;
  retention.cache_folder = place->cache;
  report = uc_store_apply_retention (place->path, &retention, NULL, NULL, &error);
  g_assert_no_error (error);
  return report;
}

static guint
count_in (const char *content, gsize size, const char *word)
{
  guint n = 0;
  gsize length = strlen (word);

  for (gsize i = 0; i + length <= size; i++)
    n += memcmp (content + i, word, length) == 0;
  return n;
}

/* In every file of a folder and of those in it. */
static guint
count_canaries (const char *folder)
{
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name;
  guint       n = 0;

  while ((name = g_dir_read_name (dir)) != NULL) {
    g_autofree char *path = g_build_filename (folder, name, NULL);
    g_autofree char *content = NULL;
    gsize            size;

    if (g_file_test (path, G_FILE_TEST_IS_DIR)) {
      n += count_canaries (path);
    } else {
      g_assert_true (g_file_get_contents (path, &content, &size, NULL));
      n += count_in (content, size, CANARY);
    }
  }
  return n;
}

static char *
dup_answer (const Place *place, const char *sql)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (UcDb) db = uc_db_open (place->path, UC_DB_READ_WRITE, &error);
  UcStmt  *stmt;
  gboolean has_row;
  char    *answer;

  g_assert_no_error (error);
  uc_db_exec (db, "CREATE VIRTUAL TABLE temp.vocabulary USING fts5vocab (main, message_words, row)",
              &error);
  g_assert_no_error (error);
  stmt = uc_db_prepare (db, sql, &error);
  g_assert_no_error (error);
  g_assert_true (uc_stmt_step (stmt, &has_row, &error));
  answer = has_row ? uc_stmt_dup_text (stmt, 0) : NULL;
  uc_stmt_reset (stmt);
  return answer;
}

static void
assert_answer (const Place *place, const char *sql, const char *expected)
{
  g_autofree char *answer = dup_answer (place, sql);

  g_assert_cmpstr (answer, ==, expected);
}

static void
assert_sound (const Place *place)
{
  g_autoptr (GPtrArray) problems = NULL;
  g_autoptr (GError) error = NULL;

  uc_store_check (place->path, &problems, &error);
  g_assert_no_error (error);
  for (guint i = 0; i < problems->len; i++)
    g_test_message ("%s", ((UcProblem *) g_ptr_array_index (problems, i))->text);
  g_assert_cmpuint (problems->len, ==, 0);
}

static void
test_nothing_left (void)
{
  g_auto (Place) place = make_place (NULL);
  g_autoptr (UcRetentionReport) report = NULL;
  UcRetentionChannel *channel;

  g_assert_cmpuint (count_canaries (place.folder), >, 100);
  report = apply (&place, (UcRetention){ 0 });
  g_assert_cmpint (report->n_messages, ==, 120);
  g_assert_cmpint (report->n_files, ==, 1);
  g_assert_cmpint (report->n_cached_files, ==, 3);
  g_assert_cmpint (report->n_backups, ==, 3);
  g_assert_cmpuint (report->channels->len, ==, 2);
  channel = g_ptr_array_index (report->channels, 0);
  g_assert_cmpstr (channel->channel_id, ==, TEST_CHANNEL);
  g_assert_cmpstr (channel->name, ==, "station-3");
  g_assert_cmpint (channel->oldest_ms, ==, TEST_NOW_MS - 100 * DAY_MS);

  g_assert_cmpuint (count_canaries (place.folder), ==, 0);
  assert_answer (&place, "SELECT count (*) FROM vocabulary WHERE term LIKE 'zitron%'", "0");
  assert_answer (&place, "SELECT doc FROM vocabulary WHERE term = 'butterblume'", "100");
  assert_answer (&place, "SELECT count (*) FROM messages", "100");
  assert_answer (&place, "SELECT count (*) FROM reactions", "0");
  assert_answer (&place, "SELECT group_concat (id) FROM files", KEPT_ID);
  assert_answer (&place, "SELECT count (*) FROM annotations", "100");
  assert_answer (&place, "SELECT text FROM drafts", "Entwurf bleibt");
  assert_answer (&place, "SELECT count (*) FROM facts WHERE key = 'retention_pending'", "0");
  g_assert_true (has_file (place.cache, KEPT_ID));
  assert_sound (&place);
}

/* What is not here is not claimed, and is not asked for by itself. */
static void
test_spans (void)
{
  g_auto (Place) place = make_place (NULL);
  g_autoptr (UcRetentionReport) report = apply (&place, (UcRetention){ 0 });

  assert_answer (&place,
                 "SELECT group_concat (c.name || ' ' || m.message || ' ' || s.reaches_start"
                 "                     || s.reaches_tip)"
                 "  FROM spans s JOIN channels c USING (channel) JOIN messages m ON m.seq = lo_seq",
                 "station-3 Butterblume Nummer 100 01");
  assert_answer (&place,
                 "SELECT m.message FROM facts JOIN messages m ON m.seq = CAST (value AS INTEGER)"
                 " WHERE key = 'kept_from:" TEST_CHANNEL "'",
                 "Butterblume Nummer 100");
  assert_answer (&place,
                 "SELECT CAST (value AS INTEGER) >> 12 FROM facts"
                 " WHERE key = 'kept_from:" TEST_OTHER "'",
                 "1795176000000");
}

static char *
dup_texts (UcTestStore *store, const char *channel_id)
{
  g_autoptr (UcWindow) window = uc_test_store_window (store, channel_id, "");

  return uc_test_window_text (window);
}

/* The newest page of a quiet channel holds old posts too. One that holds nothing else
 * was asked for. */
static void
test_not_back (void)
{
  g_auto (Place) place = make_place (NULL);
  g_autoptr (UcRetentionReport) report = apply (&place, (UcRetention){ 0 });
  g_autoptr (UcTestStore) store = uc_test_store_new_bare (place.path);
  g_autoptr (GError) error = uc_test_store_try_open (store);
  g_autoptr (GPtrArray) posts = g_ptr_array_new_with_free_func ((GDestroyNotify) uc_post_unref);
  g_autofree char *looked_at = NULL;
  g_autofree char *unasked = NULL;
  g_autofree char *after_news = NULL;
  g_autofree char *spans = NULL;
  UcBatch         *batch;

  g_assert_no_error (error);
  for (int i = 0; i < 3; i++) {
    g_autofree char *name = g_strdup_printf ("again%d", i);

    g_ptr_array_add (posts, uc_test_post (name, TEST_BEN, (i - 2) * DAY_MS, name));
    uc_test_set (&((UcPost *) g_ptr_array_index (posts, (guint) i))->channel_id, TEST_OTHER);
  }
  batch = uc_batch_new ();
  uc_batch_put_page (batch, TEST_OTHER, posts, UC_PAGE_NEWS, NULL, TRUE, TRUE);
  uc_test_store_apply (store, batch);
  after_news = dup_texts (store, TEST_OTHER);
  g_assert_cmpstr (after_news, ==, "again2");
  spans = uc_test_store_span_text (store, TEST_OTHER);
  g_assert_cmpstr (spans, ==, "0..0$");

  g_ptr_array_set_size (posts, 2);
  batch = uc_batch_new ();
  uc_batch_put_page (batch, TEST_OTHER, posts, UC_PAGE_NEWS, NULL, TRUE, TRUE);
  uc_test_store_apply (store, batch);
  unasked = dup_texts (store, TEST_OTHER);
  g_assert_cmpstr (unasked, ==, "again2");
  batch = uc_batch_new ();
  uc_batch_put_page (batch, TEST_OTHER, posts, UC_PAGE_LATEST, NULL, TRUE, FALSE);
  uc_test_store_apply (store, batch);
  looked_at = dup_texts (store, TEST_OTHER);
  g_assert_cmpstr (looked_at, ==, "again0|again1|again2");
}

static void
test_dry_run (void)
{
  g_auto (Place) place = make_place (NULL);
  guint n_before = count_canaries (place.folder);
  g_autoptr (UcRetentionReport) report = apply (&place, (UcRetention){ .is_dry_run = TRUE });

  g_assert_cmpint (report->n_messages, ==, 120);
  g_assert_cmpint (report->n_cached_files, ==, 3);
  g_assert_cmpint (report->n_backups, ==, 3);
  g_assert_cmpuint (count_canaries (place.folder), ==, n_before);
  assert_answer (&place, "SELECT count (*) FROM messages", "220");
  assert_answer (&place, "SELECT sum (reaches_start) FROM spans", "2");
}

static void
test_one_channel (void)
{
  g_auto (Place) place = make_place (NULL);
  g_autoptr (UcRetentionReport) report = apply (&place, (UcRetention){ .channel_id = TEST_OTHER });
  UcRetention unknown = { .channel_id = TEST_ANNA };
  g_autoptr (GError) error = NULL;

  g_assert_cmpint (report->n_messages, ==, 20);
  assert_answer (&place, "SELECT count (*) FROM messages", "200");
  assert_answer (&place, "SELECT group_concat (key) FROM facts WHERE key LIKE 'kept_from:%'",
                 "kept_from:" TEST_OTHER);
  assert_sound (&place);
  g_assert_null (uc_store_apply_retention (place.path, &unknown, NULL, NULL, &error));
  g_assert_error (error, UC_ERROR, UC_ERROR_NOT_FOUND);
}

static void
hold (const Place *place, const char *channel_id, gint64 since_ms, gint64 until_ms)
{
  g_autoptr (UcHold) one = g_new0 (UcHold, 1);
  g_autoptr (GError) error = NULL;

  one->channel_id = g_strdup (channel_id);
  one->since_ms = since_ms;
  one->until_ms = until_ms;
  one->reason = g_strdup ("because");
  g_assert_true (uc_store_add_hold (place->path, one, &error));
  g_assert_no_error (error);
}

static void
test_hold_channel (void)
{
  g_auto (Place) place = make_place (NULL);
  g_autoptr (UcRetentionReport) report = NULL;

  hold (&place, TEST_OTHER, 0, 0);
  report = apply (&place, (UcRetention){ 0 });
  g_assert_cmpint (report->n_messages, ==, 100);
  g_assert_cmpint (report->n_held, ==, 20);
  assert_answer (&place, "SELECT count (*) FROM messages WHERE message LIKE '%anderswo'", "20");
  /* Its history is as complete as before, and may be read on. */
  assert_answer (&place,
                 "SELECT reaches_start || reaches_tip FROM spans JOIN channels USING (channel)"
                 " WHERE id = '" TEST_OTHER "'",
                 "11");
  assert_answer (&place, "SELECT count (*) FROM facts WHERE key = 'kept_from:" TEST_OTHER "'", "0");
  assert_sound (&place);
}

/* Both ends are inside. */
static void
test_hold_time (void)
{
  g_auto (Place) place = make_place (NULL);
  g_autoptr (UcRetentionReport) report = NULL;

  hold (&place, "", TEST_NOW_MS - 60 * DAY_MS, TEST_NOW_MS - 50 * DAY_MS);
  report = apply (&place, (UcRetention){ 0 });
  g_assert_cmpint (report->n_held, ==, 11);
  g_assert_cmpint (report->n_messages, ==, 109);
  assert_answer (&place,
                 "SELECT min (message) || ' ' || max (message) FROM messages"
                 " WHERE message LIKE '" CANARY "%'",
                 CANARY " Nummer 40 " CANARY " Nummer 50");
  g_assert_true (has_file (place.cache, FILE_ID));
  assert_sound (&place);
}

/* The message that an edit waits for stays until that has been sent. */
static void
test_unsent_stays (void)
{
  g_autofree char *id = uc_test_id ("post010");
  g_auto (Place) place = make_place (id);
  g_autoptr (UcRetentionReport) report = apply (&place, (UcRetention){ 0 });

  g_assert_cmpint (report->n_messages, ==, 119);
  assert_answer (&place, "SELECT message FROM outbox", "bleibt auch");
  assert_answer (&place, "SELECT message FROM messages WHERE id = 'post0100000000000000000000'",
                 CANARY " Nummer 10");
  assert_sound (&place);
}

/* They hold copies of what goes: told of, and removed when that is wanted. */
static void
test_newer_backups (void)
{
  g_auto (Place) place = make_place (NULL);
  g_autoptr (UcRetentionReport) first = NULL;
  g_autoptr (UcRetentionReport) second = NULL;

  put_file (place.folder, "store.db.20261120T000000000000Z-replaced.backup", CANARY,
            TEST_NOW_MS + DAY_MS);
  put_file (place.folder, "store.db.lock", "", TEST_NOW_MS - 300 * DAY_MS);
  put_file (place.folder, "other.db.backup", "", TEST_NOW_MS - 300 * DAY_MS);
  first = apply (&place, (UcRetention){ 0 });
  g_assert_cmpint (first->n_backups, ==, 3);
  g_assert_cmpint (first->n_backups_left, ==, 1);
  g_assert_cmpuint (count_canaries (place.folder), ==, 1);
  second = apply (&place, (UcRetention){ .all_backups = TRUE });
  g_assert_cmpint (second->n_backups, ==, 1);
  g_assert_cmpuint (count_canaries (place.folder), ==, 0);
  g_assert_true (has_file (place.folder, "store.db.lock"));
  g_assert_true (has_file (place.folder, "other.db.backup"));
}

static void
progress_cb (gint64 n_done, gint64 n_total, gpointer user_data)
{
  gint64 *last = user_data;

  g_assert_cmpint (n_done, >, *last);
  g_assert_cmpint (n_done - *last, <=, 1000);
  g_assert_cmpint (n_total, ==, 2520);
  *last = n_done;
}

static void
test_batches (void)
{
  g_auto (Place) place = make_place (NULL);
  UcRetention retention = { .before_ms = TEST_NOW_MS };
  g_autoptr (UcRetentionReport) report = NULL;
  g_autoptr (GError) error = NULL;
  gint64 n_done = 0;

  {
    g_autoptr (UcDb) db = uc_db_open (place.path, UC_DB_READ_WRITE, NULL);

    uc_db_exec (db,
                "INSERT INTO messages (seq, id, channel, user, root_id, type, message, props,"
                "  hashtags, file_ids, create_at_ms, update_at_ms, edit_at_ms, delete_at_ms,"
                "  last_reply_at_ms, reply_count, is_pinned, has_reactions, is_from_bot,"
                "  has_metadata)"
                " WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 2400)"
                " SELECT i << 12, 'many' || i, 1, 1, '', '', '', '', '', '', i, i, 0, 0, 0, 0, 0,"
                "        0, 0, 1 FROM n",
                &error);
    g_assert_no_error (error);
  }
  report = uc_store_apply_retention (place.path, &retention, progress_cb, &n_done, &error);
  g_assert_no_error (error);
  g_assert_cmpint (n_done, ==, 2520);
}

/* Somebody who reads an old state keeps the log from being emptied: that is no success,
 * and the next run sees to it although nothing is left to delete. */
static void
test_reader (void)
{
  g_auto (Place) place = make_place (NULL);
  UcRetention retention = { .before_ms = TEST_NOW_MS, .cache_folder = place.cache };
  g_autoptr (UcDb) reader = uc_db_open (place.path, UC_DB_READ_ONLY, NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (UcRetentionReport) report = NULL;
  UcStmt  *stmt;
  gboolean has_row;

  g_assert_true (uc_db_begin_read (reader, NULL));
  stmt = uc_db_prepare (reader, "SELECT count (*) FROM messages", NULL);
  g_assert_true (uc_stmt_step (stmt, &has_row, NULL));
  g_assert_null (uc_store_apply_retention (place.path, &retention, NULL, NULL, &error));
  g_assert_error (error, UC_ERROR, UC_ERROR_STORAGE);
  g_clear_error (&error);
  uc_db_end_read (reader);
  g_clear_pointer (&reader, uc_db_close);
  assert_answer (&place, "SELECT count (*) FROM facts WHERE key = 'retention_pending'", "1");

  report = uc_store_apply_retention (place.path, &retention, NULL, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpint (report->n_messages, ==, 0);
  assert_answer (&place, "SELECT count (*) FROM facts WHERE key = 'retention_pending'", "0");
  g_assert_cmpuint (count_canaries (place.folder), ==, 0);
}

/* Rows that a migration put aside may hold texts too. */
static void
test_aside (void)
{
  g_auto (Place) place = make_place (NULL);
  g_autoptr (UcRetentionReport) report = NULL;
  g_autoptr (GError) error = NULL;

  {
    g_autoptr (UcDb) db = uc_db_open (place.path, UC_DB_READ_WRITE, NULL);

    uc_db_exec (db,
                "INSERT INTO migration_error (number, version, step, table_name, record, reason,"
                "  at_ms) VALUES (1, 4, 'x', 'messages', '1', 'odd', 5);"
                "INSERT INTO migration_aside VALUES (1, 'message', '" CANARY "')",
                &error);
    g_assert_no_error (error);
  }
  report = apply (&place, (UcRetention){ 0 });
  g_assert_cmpuint (count_canaries (place.folder), ==, 0);
}

static void
test_refusals (void)
{
  g_autoptr (UcTestStore) open = uc_test_store_new ();
  UcRetention retention = { .before_ms = TEST_NOW_MS };
  g_autoptr (GError) error = NULL;
  g_autoptr (UcRetentionReport) report = NULL;

  g_assert_null (uc_store_apply_retention (open->path, &retention, NULL, NULL, &error));
  g_assert_error (error, UC_ERROR, UC_ERROR_CONFLICT);
  g_clear_error (&error);
  /* Looking is allowed. */
  retention.is_dry_run = TRUE;
  report = uc_store_apply_retention (open->path, &retention, NULL, NULL, &error);
  g_assert_no_error (error);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add_func ("/store/store-retention/nothing-left", test_nothing_left);
  g_test_add_func ("/store/store-retention/spans", test_spans);
  g_test_add_func ("/store/store-retention/not-back", test_not_back);
  g_test_add_func ("/store/store-retention/dry-run", test_dry_run);
  g_test_add_func ("/store/store-retention/one-channel", test_one_channel);
  g_test_add_func ("/store/store-retention/hold-channel", test_hold_channel);
  g_test_add_func ("/store/store-retention/hold-time", test_hold_time);
  g_test_add_func ("/store/store-retention/unsent-stays", test_unsent_stays);
  g_test_add_func ("/store/store-retention/newer-backups", test_newer_backups);
  g_test_add_func ("/store/store-retention/batches", test_batches);
  g_test_add_func ("/store/store-retention/reader", test_reader);
  g_test_add_func ("/store/store-retention/aside", test_aside);
  g_test_add_func ("/store/store-retention/refusals", test_refusals);
  return g_test_run ();
}
