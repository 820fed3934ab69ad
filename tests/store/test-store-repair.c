/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "uc-db.h"
#include "uc-error.h"
#include "uc-store-care.h"
#include "uc-store-test.h"
#include "uc-test.h"

#include <string.h>

/* A thread, a reaction, a deleted message, a file, two unsent messages of which one
 * waits for the other. */
static char *
make_store (void)
{
  g_autoptr (UcTestStore) self = uc_test_store_new ();
  g_autoptr (UcPost) post = uc_test_post ("post", TEST_ANNA, 10, "some text");
  g_autoptr (UcPost) reply = uc_test_post ("reply", TEST_BEN, 20, "a reply");
  g_autoptr (UcPost) gone = uc_test_post ("gone", TEST_BEN, 30, "gone soon");
  g_autoptr (UcPost) last = uc_test_post ("last", TEST_BEN, 40, "more text");
  g_autoptr (UcPost) mine = uc_test_provisional ("op", 50, "mine");
  g_autoptr (UcPost) answer = uc_test_provisional ("op2", 60, "and more of mine");
  g_autoptr (GPtrArray) posts = g_ptr_array_new ();
  UcReaction *reaction = uc_reaction_new ();
  UcFile     *file = uc_file_new ();
  UcBatch    *batch = uc_batch_new ();

  uc_test_set (&reaction->user_id, TEST_BEN);
  uc_test_set (&reaction->post_id, post->id);
  uc_test_set (&reaction->emoji_name, "tada");
  g_ptr_array_add (post->reactions, reaction);
  post->reply_count = 1;
  uc_test_set (&reply->root_id, post->id);
  uc_test_set (&file->name, "plan.txt");
  uc_test_set (&file->local_path, "/nowhere/op-0");
  g_ptr_array_add (mine->files, file);
  uc_test_set (&answer->root_id, mine->id);
  g_ptr_array_add (posts, post);
  g_ptr_array_add (posts, reply);
  g_ptr_array_add (posts, gone);
  g_ptr_array_add (posts, last);
  uc_batch_put_page (batch, TEST_CHANNEL, posts, UC_PAGE_LATEST, NULL, TRUE, TRUE);
  uc_batch_remove_post (batch, gone->id, TEST_NOW_MS + 45);
  uc_batch_queue_post (batch, mine);
  uc_batch_queue_post (batch, answer);
  uc_test_store_apply (self, batch);
  return g_strdup (self->path);
}

static void
harm (const char *path, const char *sql)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (UcDb) db = uc_db_open (path, UC_DB_READ_WRITE, &error);

  g_assert_no_error (error);
  uc_db_exec (db, "PRAGMA foreign_keys = OFF", &error);
  uc_db_exec (db, sql, &error);
  g_assert_no_error (error);
}

static char *dup_answer (const char *path, const char *sql);

/* The root of a small index is its only page: a leaf without cells. */
static void
empty_index (const char *path, const char *name)
{
  static const char empty[] = { 0x0a, 0, 0, 0, 0, 0x10, 0, 0 };
  g_autofree char  *sql =
      g_strdup_printf ("SELECT rootpage FROM sqlite_schema WHERE name = '%s'", name);
  g_autofree char *root = dup_answer (path, sql);
  g_autofree char *content = NULL;
  gsize            size;

  g_assert_true (g_file_get_contents (path, &content, &size, NULL));
  memcpy (content + (g_ascii_strtoll (root, NULL, 10) - 1) * 4096, empty, sizeof empty);
  g_assert_true (g_file_set_contents (path, content, (gssize) size, NULL));
}

static char *
dup_answer (const char *path, const char *sql)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (UcDb) db = uc_db_open (path, UC_DB_READ_ONLY, &error);
  UcStmt  *stmt = uc_db_prepare (db, sql, &error);
  gboolean has_row;
  char    *answer;

  g_assert_no_error (error);
  g_assert_true (uc_stmt_step (stmt, &has_row, &error));
  answer = has_row ? uc_stmt_dup_text (stmt, 0) : NULL;
  uc_stmt_reset (stmt);
  return answer;
}

/* All that a person wrote, wherever it lies. */
static char *
dup_written (const char *path)
{
  return dup_answer (path, "SELECT group_concat (text, '|') FROM ("
                           "  SELECT message AS text FROM messages WHERE message <> ''"
                           "  UNION SELECT message FROM outbox WHERE message <> ''"
                           "  UNION SELECT text FROM drafts ORDER BY 1)");
}

static guint
count_kind (GPtrArray *problems, UcProblemKind kind, gboolean is_repaired)
{
  guint n = 0;

  for (guint i = 0; i < problems->len; i++) {
    const UcProblem *problem = g_ptr_array_index (problems, i);

    n += problem->kind == kind && problem->is_repaired == is_repaired;
  }
  return n;
}

static GPtrArray *
check (const char *path)
{
  g_autoptr (GError) error = NULL;
  GPtrArray *problems = NULL;

  uc_store_check (path, &problems, &error);
  g_assert_no_error (error);
  return problems;
}

static GPtrArray *
repair (const char *path, char **backup_path)
{
  g_autoptr (GError) error = NULL;
  GPtrArray *problems = NULL;

  uc_store_repair (path, &problems, backup_path, &error);
  g_assert_no_error (error);
  return problems;
}

typedef struct {
  const char   *name;
  UcProblemKind kind;
  const char   *harm;       /* SQL, or @ and an index to be emptied */
  gboolean      is_lost;    /* no repair brings this back */
  gboolean      loses_text; /* because the harm itself took one away */
  const char   *sql;
  const char   *answer; /* to @sql after the repair */
} Case;

static const Case cases[] = {
  { "index", UC_PROBLEM_DAMAGE, "@messages_of_channel", FALSE, FALSE,
    "SELECT count (*) FROM messages WHERE channel = 1 AND delete_at_ms = 0", "5" },
  { "person", UC_PROBLEM_REFERENCE, "DELETE FROM users WHERE username = 'anna.ek'", FALSE, FALSE,
    "SELECT u.id LIKE 'lost000%' FROM messages m JOIN users u USING (user)"
    " WHERE m.message = 'some text'",
    "1" },
  { "channel", UC_PROBLEM_REFERENCE, "DELETE FROM channels WHERE id = '" TEST_CHANNEL "'", FALSE,
    FALSE,
    "SELECT count (*) FROM messages m JOIN channels c USING (channel) JOIN members USING (channel)",
    "6" },
  { "message", UC_PROBLEM_REFERENCE, "DELETE FROM messages WHERE message = 'some text'", FALSE,
    TRUE, "SELECT count (*) FROM reactions", "0" },
  { "deleted-text", UC_PROBLEM_DELETED_TEXT,
    "UPDATE messages SET message = 'back again' WHERE delete_at_ms > 0", FALSE, TRUE,
    "SELECT count (*) FROM message_words WHERE message_words MATCH 'again'", "0" },
  { "unsent-hidden", UC_PROBLEM_UNSENT_HIDDEN, "DELETE FROM messages WHERE op_id = 'op'", FALSE,
    FALSE,
    "SELECT m.message || ' ' || m.id || ' ' || f.name FROM messages m JOIN files f USING (seq)"
    " WHERE m.op_id = 'op'",
    "mine local:op plan.txt" },
  { "unsent-unqueued", UC_PROBLEM_UNSENT_UNQUEUED, "DELETE FROM outbox; DELETE FROM outbox_files",
    FALSE, FALSE,
    "SELECT group_concat (o.message || ' ' || o.state || coalesce (' ' || f.local_path, '')"
    "                     || coalesce (' ' || o.waits_for, ''))"
    "  FROM outbox o LEFT JOIN outbox_files f USING (op_id)",
    "mine 5 /nowhere/op-0,and more of mine 5 op" },
  { "waits-for-nothing", UC_PROBLEM_WAITS_FOR_NOTHING,
    "UPDATE outbox SET waits_for = 'nobody' WHERE op_id = 'op2'", FALSE, FALSE,
    "SELECT state || ' ' || waits_for || ' ' || (reason <> '') FROM outbox WHERE op_id = 'op2'",
    "5 nobody 1" },
  { "unknown-state", UC_PROBLEM_UNKNOWN_STATE, "UPDATE outbox SET state = 9", FALSE, FALSE,
    "SELECT min (state) FROM outbox", "5" },
  { "unknown-kind", UC_PROBLEM_UNKNOWN_KIND, "UPDATE outbox SET kind = 77 WHERE op_id = 'op2'",
    TRUE, FALSE, "SELECT kind FROM outbox WHERE op_id = 'op2'", "77" },
  { "reaction-mark", UC_PROBLEM_REACTION_MARK,
    "UPDATE messages SET has_reactions = 1 - has_reactions WHERE delete_at_ms = 0", FALSE, FALSE,
    "SELECT group_concat (message) FROM messages WHERE has_reactions = 1", "some text" },
  { "reply-count", UC_PROBLEM_REPLY_COUNT, "UPDATE messages SET reply_count = 0", FALSE, FALSE,
    "SELECT group_concat (message || reply_count) FROM messages WHERE reply_count > 0",
    "some text1" },
  { "message-count", UC_PROBLEM_MESSAGE_COUNT,
    "UPDATE channels SET total_msg_count = 1,"
    " counted_at_ms = (SELECT create_at_ms FROM messages WHERE message = 'more text')"
    " WHERE id = '" TEST_CHANNEL "'",
    FALSE, FALSE, "SELECT total_msg_count FROM channels WHERE id = '" TEST_CHANNEL "'", "3" },
  { "no-placeholder", UC_PROBLEM_NO_PLACEHOLDER, "DELETE FROM annotations", FALSE, FALSE,
    "SELECT count (*) FROM annotations", "5" },
  { "span-begin", UC_PROBLEM_SPAN_BEGIN, "UPDATE spans SET lo_seq = lo_seq - 7", FALSE, FALSE,
    "SELECT (SELECT message FROM messages WHERE seq = lo_seq) || reaches_start || reaches_tip"
    "  FROM spans",
    "some text01" },
  { "span-end", UC_PROBLEM_SPAN_END, "UPDATE spans SET hi_seq = hi_seq + 7", FALSE, FALSE,
    "SELECT (SELECT message FROM messages WHERE seq = hi_seq) || reaches_start || reaches_tip"
    "  FROM spans",
    "more text10" },
  { "span-of-nothing", UC_PROBLEM_SPAN_END, "UPDATE spans SET lo_seq = 5, hi_seq = 7", FALSE, FALSE,
    "SELECT count (*) FROM spans", "0" },
  { "spans-overlap", UC_PROBLEM_SPANS_OVERLAP,
    "INSERT INTO spans SELECT channel, m.seq, hi_seq, 0, 0"
    "  FROM spans JOIN messages m USING (channel) WHERE m.message = 'a reply'",
    FALSE, FALSE,
    "SELECT group_concat ((SELECT message FROM messages WHERE seq = lo_seq) || reaches_start"
    "                     || reaches_tip) FROM spans",
    "some text11" },
  { "spans-reach", UC_PROBLEM_SPANS_REACH,
    "UPDATE spans SET hi_seq = (SELECT seq FROM messages WHERE message = 'a reply');"
    "INSERT INTO spans SELECT channel, m.seq, m.seq, 1, 1"
    "  FROM spans JOIN messages m USING (channel) WHERE m.message = 'more text'",
    FALSE, FALSE, "SELECT group_concat (reaches_start || reaches_tip) FROM spans", "10,01" },
  { "words", UC_PROBLEM_WORDS,
    "INSERT INTO message_words (message_words, rowid, message)"
    " SELECT 'delete', seq, message FROM messages WHERE message = 'some text'",
    FALSE, FALSE, "SELECT count (*) FROM message_words WHERE message_words MATCH 'some'", "1" },
};

static void
test_case (gconstpointer data)
{
  const Case      *one = data;
  g_autofree char *path = make_store ();
  g_autofree char *before = NULL;
  g_autofree char *after = NULL;
  g_autofree char *answer = NULL;
  g_autofree char *backup = NULL;
  g_autoptr (GPtrArray) found = NULL;
  g_autoptr (GPtrArray) repaired = NULL;
  g_autoptr (GPtrArray) left = NULL;

  if (*one->harm == '@')
    empty_index (path, one->harm + 1);
  else
    harm (path, one->harm);
  before = dup_written (path);
  found = check (path);
  g_assert_cmpuint (count_kind (found, one->kind, FALSE), >=, 1);

  repaired = repair (path, &backup);
  g_assert_cmpuint (count_kind (repaired, one->kind, !one->is_lost), >=, 1);
  g_assert_nonnull (backup);
  g_assert_true (g_file_test (backup, G_FILE_TEST_IS_REGULAR));
  left = check (path);
  for (guint i = 0; i < left->len && !one->is_lost; i++)
    g_test_message ("left: %s", ((UcProblem *) g_ptr_array_index (left, i))->text);
  g_assert_cmpuint (left->len, ==, one->is_lost ? found->len : 0);
  answer = dup_answer (path, one->sql);
  g_assert_cmpstr (answer, ==, one->answer);
  after = dup_written (path);
  if (!one->loses_text)
    g_assert_cmpstr (after, ==, before);
}

/* Every kind has its case. */
static void
test_complete (void)
{
  for (guint kind = 0; kind < UC_N_PROBLEM_KINDS; kind++) {
    gboolean is_there = FALSE;

    for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
      is_there |= cases[i].kind == (UcProblemKind) kind;
    g_assert_true (is_there);
    g_assert_cmpstr (uc_problem_kind_to_string ((UcProblemKind) kind), !=, "");
    g_assert_cmpstr (uc_problem_kind_get_remedy ((UcProblemKind) kind), !=, "");
  }
}

/* Many things at once. */
static void
test_all (void)
{
  static const char *const names[] = { "person",        "deleted-text",
                                       "unsent-hidden", "reply-count",
                                       "span-begin",    "no-placeholder",
                                       "words",         NULL };
  g_autofree char         *path = make_store ();
  g_autofree char         *backup = NULL;
  g_autoptr (GPtrArray) repaired = NULL;
  g_autoptr (GPtrArray) left = NULL;

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++) {
    if (g_strv_contains (names, cases[i].name))
      harm (path, cases[i].harm);
  }
  repaired = repair (path, &backup);
  g_assert_cmpuint (repaired->len, >, 5);
  left = check (path);
  g_assert_cmpuint (left->len, ==, 0);
}

static void
test_sound (void)
{
  g_autofree char *path = make_store ();
  g_autofree char *backup = NULL;
  g_autoptr (GPtrArray) problems = repair (path, &backup);

  g_assert_cmpuint (problems->len, ==, 0);
  g_assert_null (backup);
}

/* Tables cannot be made from nothing: the next start saves what can be read. */
static void
test_damaged (void)
{
  g_autofree char *path = make_store ();
  g_autofree char *lock = g_strconcat (path, ".lock", NULL);
  g_autofree char *backup = NULL;
  g_autofree char *root =
      dup_answer (path, "SELECT rootpage FROM sqlite_schema WHERE name = 'reactions'");
  g_autofree char *content = NULL;
  g_autofree char *mark = NULL;
  g_autoptr (GPtrArray) problems = NULL;
  g_autoptr (UcTestStore) opened = NULL;
  g_autoptr (GError) error = NULL;
  gsize  size;
  gint64 page = g_ascii_strtoll (root, NULL, 10);

  g_assert_true (g_file_get_contents (path, &content, &size, NULL));
  memset (content + (page - 1) * 4096, 0x5a, 4096);
  g_assert_true (g_file_set_contents (path, content, (gssize) size, NULL));
  problems = repair (path, &backup);
  g_assert_cmpuint (count_kind (problems, UC_PROBLEM_DAMAGE, FALSE), >=, 1);
  g_assert_true (g_file_get_contents (lock, &mark, NULL, NULL));
  g_assert_cmpstr (mark, !=, "");

  opened = uc_test_store_new_bare (path);
  error = uc_test_store_try_open (opened);
  g_assert_no_error (error);
  g_assert_nonnull (uc_store_get_notice (opened->store));
}

static void
test_refusals (void)
{
  g_autoptr (UcTestStore) open = uc_test_store_new ();
  g_autofree char *path = make_store ();
  g_autofree char *backup = NULL;
  g_autoptr (GError) error = NULL;
  GPtrArray *problems = NULL;

  g_assert_false (uc_store_repair (open->path, &problems, &backup, &error));
  g_assert_error (error, UC_ERROR, UC_ERROR_CONFLICT);
  g_clear_error (&error);
  harm (path, "PRAGMA user_version = 2");
  g_assert_false (uc_store_repair (path, &problems, &backup, &error));
  g_assert_error (error, UC_ERROR, UC_ERROR_INVALID);
  g_clear_error (&error);
  harm (path, "PRAGMA user_version = 99");
  g_assert_false (uc_store_repair (path, &problems, &backup, &error));
  g_assert_error (error, UC_ERROR, UC_ERROR_SCHEMA_TOO_NEW);
  g_assert_null (backup);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autofree char *path = g_strconcat ("/store/store-repair/", cases[i].name, NULL);

    g_test_add_data_func (path, &cases[i], test_case);
  }
  g_test_add_func ("/store/store-repair/complete", test_complete);
  g_test_add_func ("/store/store-repair/all", test_all);
  g_test_add_func ("/store/store-repair/sound", test_sound);
  g_test_add_func ("/store/store-repair/damaged", test_damaged);
  g_test_add_func ("/store/store-repair/refusals", test_refusals);
  return g_test_run ();
}
