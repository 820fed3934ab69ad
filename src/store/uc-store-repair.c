/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Puts right what a check found wrong, as far as it can be made anew from what is
 * there. What a person wrote is never taken away: an unsent message shows again, or
 * waits again as not sent; a row without its person or channel gets one without a
 * name. */

#include "config.h"

#include "uc-store-care-private.h"

#include "uc-store-private.h"
#include "uc-store-spans-private.h"
#include "uc-store-unsent-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* A reaction, and what a message is about, mean nothing without the message; a file can
 * still be looked for. The ids are such as a server can be asked for and does not know. */
static const char *const reference_sql[] = {
  "DELETE FROM reactions WHERE NOT EXISTS"
  " (SELECT 1 FROM messages m WHERE m.seq = reactions.seq)",
  "DELETE FROM annotations WHERE NOT EXISTS"
  " (SELECT 1 FROM messages m WHERE m.seq = annotations.seq)",
  "UPDATE files SET seq = NULL WHERE seq IS NOT NULL AND NOT EXISTS"
  " (SELECT 1 FROM messages m WHERE m.seq = files.seq)",
  "DELETE FROM user_words WHERE NOT EXISTS"
  " (SELECT 1 FROM users u WHERE u.user = user_words.user)",
  "INSERT INTO users (user, id)"
  " SELECT lost.user, printf ('lost%022d', lost.user)"
  "   FROM (SELECT user FROM messages UNION SELECT user FROM reactions) lost"
  "   LEFT JOIN users u USING (user) WHERE u.user IS NULL",
  "INSERT INTO channels (channel, id)"
  " SELECT lost.channel, printf ('lost%022d', lost.channel)"
  "   FROM (SELECT channel FROM messages UNION SELECT channel FROM members"
  "         UNION SELECT channel FROM spans) lost"
  "   LEFT JOIN channels c USING (channel) WHERE c.channel IS NULL",
  NULL,
};
static const char *const deleted_text_sql[] = {
  "UPDATE messages SET message = '' WHERE delete_at_ms > 0 AND message <> ''",
  NULL,
};
static const char *WAITS_SQL =
    "UPDATE outbox SET state = 5, reason = :reason"
    " WHERE waits_for IS NOT NULL AND state <> 5"
    "   AND NOT EXISTS (SELECT 1 FROM outbox w WHERE w.op_id = outbox.waits_for)";
static const char *STATE_SQL =
    "UPDATE outbox SET state = 5, reason = :reason WHERE state NOT IN (1, 2, 3, 5)";
static const char *const reaction_mark_sql[] = {
  "UPDATE messages"
  "   SET has_reactions = EXISTS (SELECT 1 FROM reactions r WHERE r.seq = messages.seq)"
  " WHERE has_metadata = 1 AND delete_at_ms = 0"
  "   AND has_reactions <> EXISTS (SELECT 1 FROM reactions r WHERE r.seq = messages.seq)",
  NULL,
};
static const char *const reply_count_sql[] = {
  "UPDATE messages SET reply_count = r.n"
  "  FROM (SELECT root_id, count (*) AS n FROM messages"
  "         WHERE root_id <> '' AND delete_at_ms = 0 AND is_local = 0"
  "         GROUP BY root_id) r"
  " WHERE r.root_id = messages.id AND reply_count < r.n AND delete_at_ms = 0",
  NULL,
};
static const char *const message_count_sql[] = {
  "UPDATE channels SET total_msg_count = m.n"
  "  FROM (SELECT channel, count (*) AS n"
  "          FROM messages JOIN channels c USING (channel)"
  "         WHERE messages.create_at_ms <= counted_at_ms AND messages.delete_at_ms = 0"
  "           AND is_counted = 1 AND messages.id NOT LIKE 'local:%'"
  "         GROUP BY channel) m"
  " WHERE m.channel = channels.channel AND is_joined = 1 AND total_msg_count < m.n",
  NULL,
};
static const char *const placeholder_sql[] = {
  "INSERT INTO annotations (seq)"
  " SELECT seq FROM messages"
  "  WHERE delete_at_ms = 0 AND type NOT LIKE 'system\\_%' ESCAPE '\\'"
  " ON CONFLICT DO NOTHING",
  NULL,
};
static const char *const words_sql[] = {
  "INSERT INTO message_words (message_words) VALUES ('rebuild')",
  NULL,
};

typedef struct {
  const char        *name;
  const char        *remedy;
  const char *const *sql;                        /* (nullable) */
  gboolean (*repair) (UcDb *db, GError **error); /* (nullable) */
} Remedy;

static gboolean
run_with_reason (UcDb *db, const char *sql, const char *reason, GError **error)
{
  UcStmt *stmt = uc_db_prepare (db, sql, error);

  if (stmt == NULL)
    return FALSE;
  uc_stmt_bind_text (stmt, ":reason", reason);
  return uc_stmt_run (stmt, error);
}

static gboolean
queue_unsent (UcDb *db, GError **error)
{
  return _uc_unsent_queue (db, db, _ ("Found unsent by a check: see whether it was sent"), error);
}

static gboolean
fail_waiting (UcDb *db, GError **error)
{
  return run_with_reason (db, WAITS_SQL, _ ("The message it belongs to was not sent"), error);
}

static gboolean
fail_unknown (UcDb *db, GError **error)
{
  return run_with_reason (db, STATE_SQL, _ ("Found unsent by a check: see whether it was sent"),
                          error);
}

#define SPANS_REMEDY "spans claim only what messages bear out; the rest is read again when seen"

static const Remedy remedies[UC_N_PROBLEM_KINDS] = {
  [UC_PROBLEM_DAMAGE] = { "damage",
                          "indexes are made anew; what else is damaged the next start of the "
                          "program sets aside, saving what can be read",
                          NULL, NULL },
  [UC_PROBLEM_REFERENCE] = { "reference",
                             "people and channels that are missing get a row without a name; "
                             "reactions and flags of messages that are gone go too",
                             reference_sql, NULL },
  [UC_PROBLEM_DELETED_TEXT] = { "deleted-text", "the text goes", deleted_text_sql, NULL },
  [UC_PROBLEM_UNSENT_HIDDEN] = { "unsent-hidden", "it shows again", NULL, _uc_unsent_show },
  [UC_PROBLEM_UNSENT_UNQUEUED] = { "unsent-unqueued",
                                   "it waits again, as not sent, for a person to decide", NULL,
                                   queue_unsent },
  [UC_PROBLEM_WAITS_FOR_NOTHING] = { "waits-for-nothing",
                                     "it is kept as not sent, for a person to decide", NULL,
                                     fail_waiting },
  [UC_PROBLEM_UNKNOWN_STATE] = { "unknown-state", "it is kept as not sent, for a person to decide",
                                 NULL, fail_unknown },
  [UC_PROBLEM_UNKNOWN_KIND] = { "unknown-kind", "nothing; it can be discarded", NULL, NULL },
  [UC_PROBLEM_REACTION_MARK] = { "reaction-mark", "it is counted again", reaction_mark_sql, NULL },
  [UC_PROBLEM_REPLY_COUNT] = { "reply-count", "it is counted again", reply_count_sql, NULL },
  [UC_PROBLEM_MESSAGE_COUNT] = { "message-count", "it is counted again", message_count_sql, NULL },
  [UC_PROBLEM_NO_PLACEHOLDER] = { "no-placeholder", "it gets a placeholder", placeholder_sql,
                                  NULL },
  [UC_PROBLEM_SPAN_BEGIN] = { "span-begin", SPANS_REMEDY, NULL, _uc_spans_mend_all },
  [UC_PROBLEM_SPAN_END] = { "span-end", SPANS_REMEDY, NULL, _uc_spans_mend_all },
  [UC_PROBLEM_SPANS_OVERLAP] = { "spans-overlap", SPANS_REMEDY, NULL, _uc_spans_mend_all },
  [UC_PROBLEM_SPANS_REACH] = { "spans-reach", SPANS_REMEDY, NULL, _uc_spans_mend_all },
  [UC_PROBLEM_WORDS] = { "words", "the index is made anew from the texts", words_sql, NULL },
};

const char *
uc_problem_kind_to_string (UcProblemKind kind)
{
  g_return_val_if_fail ((guint) kind < UC_N_PROBLEM_KINDS, "");

  return remedies[kind].name;
}

const char *
uc_problem_kind_get_remedy (UcProblemKind kind)
{
  g_return_val_if_fail ((guint) kind < UC_N_PROBLEM_KINDS, "");

  return remedies[kind].remedy;
}

static gboolean
has_kind (GPtrArray *problems, UcProblemKind kind)
{
  gboolean is_found = FALSE;

  for (guint i = 0; !is_found && i < problems->len; i++)
    is_found = ((UcProblem *) g_ptr_array_index (problems, i))->kind == kind;
  return is_found;
}

static GPtrArray *
find_all (UcDb *db, GError **error)
{
  g_autoptr (GPtrArray) problems = _uc_care_find_problems (db, TRUE, error);

  if (problems == NULL)
    return NULL;
  /* Of a file that is damaged itself its index tells nothing. */
  if (!has_kind (problems, UC_PROBLEM_DAMAGE) && !_uc_care_check_words (db, problems, error))
    return NULL;
  return g_steal_pointer (&problems);
}

static gboolean
apply (UcDb *db, const Remedy *remedy, GError **error)
{
  for (guint i = 0; remedy->sql != NULL && remedy->sql[i] != NULL; i++) {
    if (!uc_db_exec (db, remedy->sql[i], error))
      return FALSE;
  }
  return remedy->repair == NULL || remedy->repair (db, error);
}

/* One kind after the other, all or nothing. A later kind may only come to light by the
 * repair of an earlier one, hence the second look in repair_all(). */
static gboolean
apply_all (UcDb *db, GPtrArray *problems, GError **error)
{
  if (!uc_db_begin (db, error))
    return FALSE;
  for (guint kind = 0; kind < UC_N_PROBLEM_KINDS; kind++) {
    if (has_kind (problems, (UcProblemKind) kind) && !apply (db, &remedies[kind], error)) {
      uc_db_rollback (db);
      return FALSE;
    }
  }
  return uc_db_commit (db, error);
}

/* What is in @before and not in @after any more was put right. */
static void
settle (GPtrArray *before, GPtrArray *after)
{
  for (guint i = 0; i < before->len; i++) {
    UcProblem *problem = g_ptr_array_index (before, i);

    problem->is_repaired = TRUE;
    for (guint j = after->len; j > 0; j--) {
      const UcProblem *left = g_ptr_array_index (after, j - 1);

      if (left->kind == problem->kind && strcmp (left->text, problem->text) == 0) {
        problem->is_repaired = FALSE;
        g_ptr_array_remove_index (after, j - 1);
      }
    }
  }
  g_ptr_array_extend_and_steal (before, g_ptr_array_ref (after));
}

/* An index can be made anew from its table; a table cannot from anything. */
static void
rebuild_indexes (UcDb *db)
{
  g_autoptr (GError) error = NULL;

  if (!uc_db_exec (db, "REINDEX", &error))
    g_message ("The indexes could not be made anew: %s", error->message);
}

/* Where tables are damaged too, what else seems wrong may only seem so: it is left. */
static gboolean
repair_damage (UcDb *db, GPtrArray *problems, gboolean *is_sound, GError **error)
{
  g_autoptr (GPtrArray) after = NULL;

  *is_sound = TRUE;
  if (!has_kind (problems, UC_PROBLEM_DAMAGE))
    return TRUE;
  rebuild_indexes (db);
  after = find_all (db, error);
  if (after == NULL)
    return FALSE;
  *is_sound = !has_kind (after, UC_PROBLEM_DAMAGE);
  if (!*is_sound)
    settle (problems, after);
  return TRUE;
}

static gboolean
repair_all (UcDb *db, GPtrArray *problems, GError **error)
{
  g_autoptr (GPtrArray) between = NULL;
  g_autoptr (GPtrArray) after = NULL;
  gboolean is_sound;

  if (!repair_damage (db, problems, &is_sound, error))
    return FALSE;
  if (!is_sound)
    return TRUE;
  if (!apply_all (db, problems, error) || (between = find_all (db, error)) == NULL ||
      !apply_all (db, between, error) || (after = find_all (db, error)) == NULL)
    return FALSE;
  settle (problems, after);
  return uc_db_checkpoint (db, TRUE, error);
}

static gboolean
is_left (GPtrArray *problems, UcProblemKind kind)
{
  for (guint i = 0; i < problems->len; i++) {
    const UcProblem *problem = g_ptr_array_index (problems, i);

    if (problem->kind == kind && !problem->is_repaired)
      return TRUE;
  }
  return FALSE;
}

static gboolean
repair_locked (const char *path, GPtrArray *problems, UcDb *db, char **backup_path, GError **error)
{
  g_autofree char *backup = _uc_care_dup_backup_path (path, "repaired");
  g_autoptr (GError) local_error = NULL;

  if (problems->len == 0)
    return TRUE;
  if (!uc_db_backup (db, backup, &local_error)) {
    /* Too much is damaged for a copy to be worth anything: nothing is touched. */
    if (has_kind (problems, UC_PROBLEM_DAMAGE))
      return TRUE;
    g_propagate_error (error, g_steal_pointer (&local_error));
    return FALSE;
  }
  *backup_path = g_steal_pointer (&backup);
  return repair_all (db, problems, error);
}

gboolean
uc_store_repair (const char *path, GPtrArray **problems, char **backup_path, GError **error)
{
  g_autoptr (UcDb) db = NULL;
  g_autoptr (GPtrArray) found = NULL;
  gboolean is_done = FALSE;
  int      lock_fd;

  g_return_val_if_fail (path != NULL, FALSE);
  g_return_val_if_fail (problems != NULL && backup_path != NULL, FALSE);

  *backup_path = NULL;
  lock_fd = _uc_store_lock (path, error);
  if (lock_fd < 0)
    return FALSE;
  db = _uc_care_open (path, UC_DB_READ_WRITE, error);
  found = db != NULL ? find_all (db, error) : NULL;
  if (found != NULL)
    is_done = repair_locked (path, found, db, backup_path, error);
  if (is_done && is_left (found, UC_PROBLEM_DAMAGE))
    _uc_store_mark_damaged (lock_fd);
  g_clear_pointer (&db, uc_db_close);
  _uc_store_unlock (lock_fd);
  if (is_done)
    *problems = g_steal_pointer (&found);
  return is_done;
}
