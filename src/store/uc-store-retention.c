/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Retention: what is older than the policy goes for real. The steps are those that left
 * nothing behind in measurements (zeroing alone does not reach all unused parts of live
 * pages): delete in batches, compact the full-text index, write the file anew, empty
 * the log and see that it was; then the copies beside it.
 *
 * What this means for history: spans are cut where messages went, before the first
 * message goes, so that nothing is claimed complete that is not here. Nobody fetches it
 * back unasked: the fact UC_FACT_KEPT_FROM names the place, at which reading everything
 * (history-all of sync) stops, and of a newest page that nobody asked for what lies
 * before it is left out (uc-store-pages.c). A person who scrolls there sees a hole, and
 * what they look at is fetched again as long as the server has it; so are the root of a
 * thread that goes on and a single old message that is changed on the server. The next
 * run removes these again. */

#include "config.h"

#include "uc-store-retention-private.h"

#include "uc-error.h"
#include "uc-keys-private.h"
#include "uc-row-private.h"
#include "uc-store-care-private.h"
#include "uc-store-facts-private.h"
#include "uc-store-private.h"
#include "uc-store-spans-private.h"

#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>

#define BATCH_ROWS 1000

/* Something was deleted, and what follows on it is not all done yet. */
#define PENDING_FACT "retention_pending"

#define IN_SCOPE " m.seq < :floor AND (:channel = 0 OR m.channel = :channel)"
/* Unsent, or what something unsent works on or answers. */
#define IS_WAITING                                                                                 \
  "((m.id >= 'local:' AND m.id < 'local;')"                                                        \
  " OR EXISTS (SELECT 1 FROM outbox o"                                                             \
  "             WHERE o.post_id = m.id OR o.root_id = m.id OR o.post_key = m.id"                   \
  "                OR (m.is_local = 1 AND o.post_key = m.op_id)))"
#define IS_HELD                                                                                    \
  "EXISTS (SELECT 1 FROM holds h"                                                                  \
  "         WHERE (h.channel_id = ''"                                                              \
  "                OR h.channel_id = (SELECT id FROM channels WHERE channel = m.channel))"         \
  "           AND m.create_at_ms >= h.since_ms"                                                    \
  "           AND (h.until_ms = 0 OR m.create_at_ms <= h.until_ms))"

static const char *COUNT_SQL =
    "SELECT c.channel, c.id, coalesce (nullif (c.display_name, ''), c.name),"
    "       count (*) FILTER (WHERE NOT t.is_held), coalesce (sum (t.n_files)"
    "         FILTER (WHERE NOT t.is_held), 0),"
    "       count (*) FILTER (WHERE t.is_held),"
    "       coalesce (min (t.create_at_ms) FILTER (WHERE NOT t.is_held), 0)"
    "  FROM (SELECT m.channel, m.create_at_ms, " IS_HELD " AS is_held,"
    "               (SELECT count (*) FROM files f WHERE f.seq = m.seq) AS n_files"
    "          FROM messages m NOT INDEXED"
    "         WHERE " IN_SCOPE " AND NOT " IS_WAITING ") t"
    "  JOIN channels c USING (channel)"
    " GROUP BY c.channel"
    " ORDER BY c.channel";
static const char *BATCH_SQL = "SELECT m.seq FROM messages m NOT INDEXED"
                               " WHERE m.seq > :after AND" IN_SCOPE " AND NOT " IS_WAITING
                               " AND NOT " IS_HELD " ORDER BY m.seq LIMIT :limit";
static const char *FILES_SQL = "SELECT id FROM files WHERE seq = :seq ORDER BY file";
static const char *DELETE_SQL = "DELETE FROM messages WHERE seq = :seq";
static const char *CHANNELS_SQL =
    "SELECT c.channel, c.id,"
    "       EXISTS (SELECT 1 FROM holds h WHERE h.channel_id IN ('', c.id))"
    "  FROM channels c WHERE :channel = 0 OR c.channel = :channel"
    " ORDER BY c.channel";
/* What a migration could not carry over may be anything, also what is held. */
static const char *ASIDE_SQL = "DELETE FROM migration_error"
                               " WHERE at_ms < :before AND NOT EXISTS (SELECT 1 FROM holds)";
/* Forgetting each word at once would rewrite the index for every row; the index is
 * compacted and the file written anew in the end, which forgets them all. Both stand in
 * a batch's transaction, so that other deletions always forget at once. */
static const char *FORGET_LATER_SQL =
    "INSERT INTO message_words (message_words, rank) VALUES ('secure-delete', 0)";
static const char *FORGET_AT_ONCE_SQL =
    "INSERT INTO message_words (message_words, rank) VALUES ('secure-delete', 1)";
static const char *COMPACT_SQL = "INSERT INTO message_words (message_words) VALUES ('optimize')";

typedef struct {
  /* input */
  UcDb               *db;
  const UcRetention  *retention;
  gint64              channel; /* 0: all */
  gint64              floor_seq;
  UcRetentionProgress progress;
  gpointer            user_data;

  /* in progress */
  GHashTable *cache;    /* (owned) */
  GHashTable *channels; /* (owned) keys of those in which something goes */
  gint64      n_done;

  /* result */
  UcRetentionReport *report; /* (owned) */
} Run;

static void
channel_free (gpointer data)
{
  UcRetentionChannel *channel = data;

  g_free (channel->channel_id);
  g_free (channel->name);
  g_free (channel);
}

void
uc_retention_report_free (UcRetentionReport *self)
{
  if (self == NULL)
    return;

  g_ptr_array_unref (self->channels);
  g_free (self);
}

static void
run_clear (Run *run)
{
  g_clear_pointer (&run->cache, g_hash_table_unref);
  g_clear_pointer (&run->channels, g_hash_table_unref);
  g_clear_pointer (&run->report, uc_retention_report_free);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Run, run_clear)

static void
bind_scope (Run *run, UcStmt *stmt)
{
  uc_stmt_bind_int64 (stmt, ":floor", run->floor_seq);
  uc_stmt_bind_int64 (stmt, ":channel", run->channel);
}

/* -- Counting -------------------------------------------------------------------------- */

static void
read_channel (Run *run, UcStmt *stmt)
{
  UcRetentionChannel *channel = g_new0 (UcRetentionChannel, 1);

  channel->channel_id = uc_stmt_dup_text (stmt, 1);
  channel->name = uc_stmt_dup_text (stmt, 2);
  channel->n_messages = uc_stmt_get_int64 (stmt, 3);
  channel->n_files = uc_stmt_get_int64 (stmt, 4);
  channel->n_held = uc_stmt_get_int64 (stmt, 5);
  channel->oldest_ms = uc_stmt_get_int64 (stmt, 6);
  run->report->n_messages += channel->n_messages;
  run->report->n_files += channel->n_files;
  run->report->n_held += channel->n_held;
  g_ptr_array_add (run->report->channels, channel);
  if (channel->n_messages > 0) {
    gint64 key = uc_stmt_get_int64 (stmt, 0);

    g_hash_table_add (run->channels, g_memdup2 (&key, sizeof key));
  }
}

static gboolean
count (Run *run, GError **error)
{
  UcStmt  *stmt = uc_db_prepare (run->db, COUNT_SQL, error);
  gboolean has_row;

  if (stmt == NULL)
    return FALSE;
  bind_scope (run, stmt);
  do {
    if (!uc_stmt_step (stmt, &has_row, error))
      return FALSE;
    if (has_row)
      read_channel (run, stmt);
  } while (has_row);
  return TRUE;
}

/* -- Deleting -------------------------------------------------------------------------- */

/* Where nothing goes all that was claimed stays true; from a channel without a hold
 * nothing older is read unasked either. */
static gboolean
cut_channel (Run *run, gint64 channel, const char *channel_id, gboolean has_hold, GError **error)
{
  g_autofree char *key = g_strconcat (UC_FACT_KEPT_FROM, channel_id, NULL);
  g_autofree char *value = NULL;
  gint64           cut_seq = run->floor_seq;

  if (g_hash_table_contains (run->channels, &channel)) {
    if (!_uc_spans_cut (run->db, channel, run->floor_seq, &cut_seq, error))
      return FALSE;
  } else if (has_hold) {
    return _uc_fact_put (run->db, key, NULL, error);
  }
  value = g_strdup_printf ("%" G_GINT64_FORMAT, cut_seq);
  return _uc_fact_put (run->db, key, value, error);
}

/* The statement is not stepped while others write: its list is short. */
static gboolean
cut_channels (Run *run, GError **error)
{
  g_autoptr (GArray) keys = g_array_new (FALSE, FALSE, sizeof (gint64));
  g_autoptr (GArray) holds = g_array_new (FALSE, FALSE, sizeof (gboolean));
  g_autoptr (GPtrArray) ids = g_ptr_array_new_with_free_func (g_free);
  UcStmt  *stmt = uc_db_prepare (run->db, CHANNELS_SQL, error);
  gboolean has_row;

  if (stmt == NULL)
    return FALSE;
  uc_stmt_bind_int64 (stmt, ":channel", run->channel);
  do {
    gint64   key;
    gboolean has_hold;

    if (!uc_stmt_step (stmt, &has_row, error))
      return FALSE;
    if (!has_row)
      continue;
    key = uc_stmt_get_int64 (stmt, 0);
    has_hold = uc_stmt_get_int64 (stmt, 2) != 0;
    g_array_append_val (keys, key);
    g_array_append_val (holds, has_hold);
    g_ptr_array_add (ids, uc_stmt_dup_text (stmt, 1));
  } while (has_row);
  for (guint i = 0; i < keys->len; i++) {
    if (!cut_channel (run, g_array_index (keys, gint64, i), g_ptr_array_index (ids, i),
                      g_array_index (holds, gboolean, i), error))
      return FALSE;
  }
  return TRUE;
}

static gboolean
delete_aside (Run *run, gboolean *is_any, GError **error)
{
  if (run->channel != 0)
    return TRUE;
  if (!_uc_row_run_int64 (run->db, ASIDE_SQL, ":before", run->retention->before_ms, error))
    return FALSE;
  *is_any |= uc_db_get_changes (run->db) > 0;
  return TRUE;
}

static gboolean
begin_run (Run *run, GError **error)
{
  gboolean is_any = run->report->n_messages > 0;

  if (!uc_db_begin (run->db, error))
    return FALSE;
  if (delete_aside (run, &is_any, error) &&
      (!is_any || _uc_fact_put (run->db, PENDING_FACT, "1", error)) && cut_channels (run, error))
    return uc_db_commit (run->db, error);
  uc_db_rollback (run->db);
  return FALSE;
}

static GArray *
list_batch (Run *run, gint64 after, GError **error)
{
  g_autoptr (GArray) seqs = g_array_new (FALSE, FALSE, sizeof (gint64));
  UcStmt  *stmt = uc_db_prepare (run->db, BATCH_SQL, error);
  gboolean has_row;

  if (stmt == NULL)
    return NULL;
  bind_scope (run, stmt);
  uc_stmt_bind_int64 (stmt, ":after", after);
  uc_stmt_bind_int64 (stmt, ":limit", BATCH_ROWS);
  do {
    gint64 seq;

    if (!uc_stmt_step (stmt, &has_row, error))
      return NULL;
    seq = uc_stmt_get_int64 (stmt, 0);
    if (has_row)
      g_array_append_val (seqs, seq);
  } while (has_row);
  return g_steal_pointer (&seqs);
}

/* Before their rows: when it is cut off in between they can still be found. */
static gboolean
remove_files (Run *run, gint64 seq, GError **error)
{
  UcStmt  *stmt = uc_db_prepare (run->db, FILES_SQL, error);
  gboolean has_row;

  if (stmt == NULL)
    return FALSE;
  uc_stmt_bind_int64 (stmt, ":seq", seq);
  do {
    if (!uc_stmt_step (stmt, &has_row, error))
      return FALSE;
    if (has_row && !_uc_retention_remove_cached (
                       run->cache, run->retention->cache_folder, uc_stmt_get_text (stmt, 0),
                       run->retention->is_dry_run, &run->report->n_cached_files, error)) {
      uc_stmt_reset (stmt);
      return FALSE;
    }
  } while (has_row);
  return TRUE;
}

static gboolean
delete_rows (Run *run, GArray *seqs, GError **error)
{
  if (!uc_db_exec (run->db, FORGET_LATER_SQL, error))
    return FALSE;
  for (guint i = 0; i < seqs->len; i++) {
    if (!_uc_row_run_int64 (run->db, DELETE_SQL, ":seq", g_array_index (seqs, gint64, i), error))
      return FALSE;
  }
  return uc_db_exec (run->db, FORGET_AT_ONCE_SQL, error);
}

static gboolean
delete_batch (Run *run, GArray *seqs, GError **error)
{
  for (guint i = 0; i < seqs->len; i++) {
    if (!remove_files (run, g_array_index (seqs, gint64, i), error))
      return FALSE;
  }
  if (run->retention->is_dry_run || seqs->len == 0)
    return TRUE;
  if (!uc_db_begin (run->db, error))
    return FALSE;
  if (!delete_rows (run, seqs, error)) {
    uc_db_rollback (run->db);
    return FALSE;
  }
  return uc_db_commit (run->db, error) && uc_db_checkpoint (run->db, FALSE, error);
}

static gboolean
delete_all (Run *run, GError **error)
{
  gint64 after = G_MININT64;

  while (TRUE) {
    g_autoptr (GArray) seqs = list_batch (run, after, error);

    if (seqs == NULL || !delete_batch (run, seqs, error))
      return FALSE;
    run->n_done += seqs->len;
    if (run->progress != NULL && seqs->len > 0)
      run->progress (run->n_done, run->report->n_messages, run->user_data);
    if (seqs->len < BATCH_ROWS)
      return TRUE;
    after = g_array_index (seqs, gint64, seqs->len - 1);
  }
}

/* -- Leaving nothing behind ------------------------------------------------------------ */

static gboolean
finish_run (Run *run, GError **error)
{
  g_autofree char *pending = NULL;

  if (!_uc_fact_load (run->db, PENDING_FACT, &pending, error))
    return FALSE;
  if (pending == NULL)
    return TRUE;
  return uc_db_exec (run->db, COMPACT_SQL, error) && uc_db_vacuum (run->db, error) &&
         uc_db_checkpoint (run->db, TRUE, error) &&
         _uc_fact_put (run->db, PENDING_FACT, NULL, error) &&
         uc_db_checkpoint (run->db, TRUE, error);
}

static gint64
get_size (const char *path)
{
  GStatBuf info;

  return g_stat (path, &info) == 0 ? (gint64) info.st_size : 0;
}

static gboolean
apply (Run *run, const char *path, GError **error)
{
  const UcRetention *retention = run->retention;
  gboolean           is_dry_run = retention->is_dry_run;

  if (retention->channel_id != NULL) {
    if (!_uc_key_find_channel (run->db, retention->channel_id, &run->channel, error))
      return FALSE;
    if (run->channel == 0) {
      g_set_error (error, UC_ERROR, UC_ERROR_NOT_FOUND, _ ("There is no such conversation"));
      return FALSE;
    }
  }
  run->floor_seq = _uc_key_of_ms (retention->before_ms);
  run->cache = _uc_retention_list_cache (retention->cache_folder);
  run->report->bytes_before = get_size (path);
  if (!count (run, error) || (!is_dry_run && !begin_run (run, error)) || !delete_all (run, error) ||
      (!is_dry_run && !finish_run (run, error)) ||
      !_uc_retention_remove_backups (path, retention, &run->report->n_backups,
                                     &run->report->n_backups_left, error))
    return FALSE;
  run->report->bytes_after = get_size (path);
  return TRUE;
}

static gboolean
open_and_apply (Run *run, const char *path, GError **error)
{
  g_autoptr (UcDb) db =
      _uc_care_open (path, run->retention->is_dry_run ? UC_DB_READ_ONLY : UC_DB_READ_WRITE, error);

  run->db = db;
  return db != NULL && apply (run, path, error);
}

UcRetentionReport *
uc_store_apply_retention (const char         *path,
                          const UcRetention  *retention,
                          UcRetentionProgress progress,
                          gpointer            user_data,
                          GError            **error)
{
  g_auto (Run) run = { .retention = retention, .progress = progress, .user_data = user_data };
  int      lock_fd = -1;
  gboolean is_done;

  g_return_val_if_fail (path != NULL, NULL);
  g_return_val_if_fail (retention != NULL, NULL);

  if (!retention->is_dry_run && (lock_fd = _uc_store_lock (path, error)) < 0)
    return NULL;
  run.report = g_new0 (UcRetentionReport, 1);
  run.report->channels = g_ptr_array_new_with_free_func (channel_free);
  run.channels = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);
  is_done = open_and_apply (&run, path, error);
  if (lock_fd >= 0)
    _uc_store_unlock (lock_fd);
  return is_done ? g_steal_pointer (&run.report) : NULL;
}
