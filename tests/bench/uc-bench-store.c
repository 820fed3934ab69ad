/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Makes the store that the benchmarks share. */

#include "config.h"

#include "uc-bench-store.h"

#include "uc-bench-measure.h"
#include "uc-bench-tables.h"
#include "uc-test.h"

#include <errno.h>
#include <glib/gstdio.h>

/* Raised when what is made changes, so that no older file is taken for it. */
#define EDITION    1
#define SEED       20261120
#define PAGE       200
#define MAX_QUEUED 20
#define LIMIT_MS   600000

/* -- Places and people ------------------------------------------------------------------ */

static void
put_users (UcBatch *batch)
{
  static const char *const first_names[] = { "Anna",  "Ben",   "Carla", "Đặng", "Émile",
                                             "Fatma", "Georg", "Hana",  "李",   "Jürgen" };
  static const char *const last_names[] = { "Sommer", "Keller",  "Österreich", "Nguyen", "Petit",
                                            "Yılmaz", "Schmidt", "Suzuki",     "伟",     "Weiß" };
  g_autoptr (UcUser) me = uc_test_user (TEST_ME, "me.myself", "Mina", "Meyer");

  uc_batch_put_user (batch, me);
  for (guint i = 0; i < UC_BENCH_USERS; i++) {
    g_autofree char *id = uc_bench_dup_user_id (i);
    g_autofree char *name = g_strdup_printf ("user%u", i);
    g_autoptr (UcUser) user = uc_test_user (id, name, first_names[i % 10], last_names[i / 10 % 10]);

    uc_batch_put_user (batch, user);
  }
}

static void
put_channel (UcBatch *batch, guint number, guint n_posts)
{
  static const char *const subjects[] = { "station", "projekt", "support", "release", "équipe" };
  g_autofree char         *id = uc_bench_dup_channel_id (number);
  g_autofree char         *name = g_strdup_printf ("%s-%u", subjects[number % 5], number);
  g_autoptr (UcChannel) channel = uc_test_channel (id, name, UC_CHANNEL_OPEN);
  g_autoptr (UcMember) member = uc_test_member (id);

  uc_test_set (&channel->team_id, UC_BENCH_TEAM);
  channel->last_post_at_ms = uc_bench_get_post_time (number, n_posts - 1, n_posts);
  channel->total_msg_count = channel->total_msg_count_root = n_posts;
  uc_batch_put_channel (batch, channel);
  member->read_msg_count = member->read_msg_count_root = n_posts;
  member->last_viewed_at_ms = member->last_update_at_ms = UC_BENCH_NOW_MS;
  uc_batch_put_member (batch, member);
}

UcBatch *
uc_bench_store_make_places (guint n_messages)
{
  UcBatch *batch = uc_batch_new ();
  g_autoptr (UcTeam) team = uc_team_new ();

  /* Nobody listens there: all is as it is offline. */
  uc_batch_put_fact (batch, "site", "http://127.0.0.1:9");
  uc_batch_put_fact (batch, "user_id", TEST_ME);
  uc_batch_put_fact (batch, "username", "me.myself");
  uc_test_set (&team->id, UC_BENCH_TEAM);
  uc_test_set (&team->name, "lindenhof");
  uc_test_set (&team->display_name, "Lindenhof");
  team->type = 'O';
  team->create_at_ms = team->update_at_ms = 1;
  uc_batch_put_team (batch, team);
  put_users (batch);
  for (guint i = 0; i < UC_BENCH_CHANNELS; i++)
    put_channel (batch, i, uc_bench_get_n_posts (n_messages, i));
  return batch;
}

/* -- Messages ------------------------------------------------------------------------------ */

GPtrArray *
uc_bench_store_make_page (UcBenchWords *words,
                          guint         channel,
                          guint         first,
                          guint         n_page,
                          guint         n_posts)
{
  GPtrArray  *posts = g_ptr_array_new_with_free_func ((GDestroyNotify) uc_post_unref);
  const guint end = MIN (first + n_page, n_posts);

  for (guint i = first; i < end; i++)
    g_ptr_array_add (posts, uc_bench_make_post (words, channel, i, n_posts));
  return posts;
}

void
uc_bench_store_put_page (UcBatch   *batch,
                         guint      channel,
                         guint      first,
                         GPtrArray *posts,
                         gboolean   is_last)
{
  g_autofree char *id = uc_bench_dup_channel_id (channel);
  g_autofree char *anchor = first > 0 ? uc_bench_dup_post_id (channel, first - 1) : NULL;

  if (anchor != NULL)
    uc_batch_put_page (batch, id, posts, UC_PAGE_AFTER, anchor, FALSE, is_last);
  else
    uc_batch_put_page (batch, id, posts, UC_PAGE_LATEST, NULL, TRUE, is_last);
}

typedef struct {
  UcTestStore  *test;
  UcBenchWords *words;
  guint         n_queued;
  guint         n_posts[UC_BENCH_CHANNELS];
  guint         n_done[UC_BENCH_CHANNELS];
} Fill;

static void
applied_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Fill *fill = user_data;
  g_autoptr (GError) error = NULL;

  uc_bench_must (uc_store_apply_finish (UC_STORE (source), result, &error), &error);
  fill->n_queued--;
}

static gboolean
has_room (gpointer user_data)
{
  return ((Fill *) user_data)->n_queued < MAX_QUEUED / 2;
}

static gboolean
is_idle (gpointer user_data)
{
  return ((Fill *) user_data)->n_queued == 0;
}

/* The channel that is furthest behind; all grow over the years together. */
static int
find_next (Fill *fill)
{
  double least = 1;
  int    next = -1;

  for (int i = 0; i < UC_BENCH_CHANNELS; i++) {
    const double share = fill->n_done[i] / (double) fill->n_posts[i];

    if (share < least) {
      least = share;
      next = i;
    }
  }
  return next;
}

static void
fill_store (Fill *fill)
{
  int channel;

  while ((channel = find_next (fill)) >= 0) {
    const guint first = fill->n_done[channel];
    const guint n_posts = fill->n_posts[channel];
    g_autoptr (GPtrArray) posts =
        uc_bench_store_make_page (fill->words, (guint) channel, first, PAGE, n_posts);
    UcBatch *batch = uc_batch_new ();

    fill->n_done[channel] += posts->len;
    uc_bench_store_put_page (batch, (guint) channel, first, posts,
                             fill->n_done[channel] == n_posts);
    fill->n_queued++;
    uc_store_apply_async (fill->test->store, batch, applied_cb, fill);
    if (fill->n_queued >= MAX_QUEUED)
      uc_test_wait_until (has_room, fill, LIMIT_MS);
  }
  uc_test_wait_until (is_idle, fill, LIMIT_MS);
}

/* -- Files ----------------------------------------------------------------------------------- */

UcTestStore *
uc_bench_store_open (const char *path)
{
  UcTestStore *test = uc_test_store_new_bare (path);
  g_autoptr (GError) error = uc_test_store_try_open (test);

  uc_bench_must (error == NULL, &error);
  return test;
}

static char *
dup_file (const char *kind, guint n_messages)
{
  const char *folder = g_getenv ("UC_BENCH_FOLDER");
  /* Of this edition and schema: an older one is made anew, not migrated. */
  g_autofree char *name =
      g_strdup_printf ("%s-%d.%u-%u.db", kind, EDITION, uc_bench_tables_get_version (), n_messages);

  if (folder == NULL)
    folder = g_get_user_cache_dir ();
  g_mkdir_with_parents (folder, 0700);
  return g_build_filename (folder, name, NULL);
}

static void
make_store (const char *path, guint n_messages)
{
  g_autoptr (UcBenchWords) words = uc_bench_words_new (SEED);
  g_autoptr (UcTestStore) test = uc_bench_store_open (path);
  Fill fill = { .test = test, .words = words };

  for (guint i = 0; i < UC_BENCH_CHANNELS; i++)
    fill.n_posts[i] = uc_bench_get_n_posts (n_messages, i);
  uc_test_store_apply (test, uc_bench_store_make_places (n_messages));
  fill_store (&fill);
}

/* Made under another name, so that what was cut off is never taken for whole. */
static void
make_once (const char *path, guint n_messages, void (*make) (const char *path, guint n_messages))
{
  g_autofree char *part = g_strconcat (path, ".part", NULL);
  g_autofree char *log = g_strconcat (part, "-wal", NULL);
  g_autofree char *lock = g_strconcat (part, ".lock", NULL);
  g_autofree char *reserve = g_strconcat (part, ".reserve", NULL);

  if (g_file_test (path, G_FILE_TEST_EXISTS))
    return;
  g_printerr ("Making %s ...\n", path);
  g_unlink (part);
  g_unlink (log);
  make (part, n_messages);
  g_unlink (lock);
  g_unlink (reserve);
  if (g_rename (part, path) != 0)
    g_error ("%s: %s", part, g_strerror (errno));
}

char *
uc_bench_store_dup_path (guint n_messages)
{
  char *path = dup_file ("store", n_messages);

  make_once (path, n_messages, make_store);
  return path;
}

static void
make_traditional (const char *path, guint n_messages)
{
  g_autofree char *now = uc_bench_store_dup_path (n_messages);
  g_autoptr (GError) error = NULL;
  g_autoptr (UcDb) from = uc_db_open (now, UC_DB_READ_ONLY, &error);
  g_autoptr (UcDb) to = NULL;

  uc_bench_must (from != NULL, &error);
  to = uc_db_open (path, UC_DB_CREATE, &error);
  uc_bench_must (to != NULL, &error);
  uc_bench_tables_make (to, 1);
  uc_bench_tables_copy (from, to);
}

char *
uc_bench_store_dup_traditional (guint n_messages)
{
  char *path = dup_file ("traditional", n_messages);

  make_once (path, n_messages, make_traditional);
  return path;
}

char *
uc_bench_store_dup_copy (const char *path)
{
  g_autofree char *dir = uc_test_dup_temp_dir ();
  char            *copy = g_build_filename (dir, "store.db", NULL);
  g_autoptr (GFile) from = g_file_new_for_path (path);
  g_autoptr (GFile) to = g_file_new_for_path (copy);
  g_autoptr (GError) error = NULL;

  uc_bench_must (g_file_copy (from, to, G_FILE_COPY_NONE, NULL, NULL, NULL, &error), &error);
  return copy;
}
