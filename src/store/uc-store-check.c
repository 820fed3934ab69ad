/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Looks whether a store holds together: as a database, and as what it means. It is
 * the second place that reads tables of all families. */

#include "config.h"

#include "uc-store-care-private.h"

#include "uc-store-private.h"

#include <glib/gstdio.h>
#include <unistd.h>

/* Of each kind so many are told; a repair sees to all of them. */
#define MANY " LIMIT 50"

typedef struct {
  UcProblemKind kind;
  const char   *sql; /* gives a line for each */
} Rule;

static const Rule rules[] = {
  { UC_PROBLEM_DELETED_TEXT,
    "SELECT 'the deleted message ' || id || ' kept its text'"
    "  FROM messages WHERE delete_at_ms > 0 AND message <> '' ORDER BY seq" MANY },

  /* What is unsent shows, and what shows as unsent is queued. */
  { UC_PROBLEM_UNSENT_HIDDEN,
    "SELECT 'the unsent message ' || o.op_id || ' is not shown'"
    "  FROM outbox o LEFT JOIN messages m ON m.op_id = o.op_id AND m.is_local = 1"
    " WHERE o.kind = 0 AND m.seq IS NULL ORDER BY o.number" MANY },
  { UC_PROBLEM_UNSENT_UNQUEUED,
    "SELECT 'the message ' || m.id || ' is not queued'"
    "  FROM messages m LEFT JOIN outbox o ON o.op_id = m.op_id AND o.kind = 0"
    " WHERE m.id >= 'local:' AND m.id < 'local;' AND o.op_id IS NULL ORDER BY m.seq" MANY },
  { UC_PROBLEM_WAITS_FOR_NOTHING,
    "SELECT 'the operation ' || o.op_id || ' waits for nothing'"
    "  FROM outbox o LEFT JOIN outbox w ON w.op_id = o.waits_for"
    " WHERE o.waits_for IS NOT NULL AND o.state <> 5 AND w.op_id IS NULL"
    " ORDER BY o.number" MANY },
  { UC_PROBLEM_UNKNOWN_STATE,
    "SELECT 'the operation ' || op_id || ' has an unknown state, ' || state"
    "  FROM outbox WHERE state NOT IN (1, 2, 3, 5) ORDER BY number" MANY },
  { UC_PROBLEM_UNKNOWN_KIND,
    "SELECT 'the operation ' || op_id || ' is of an unknown kind, ' || kind"
    "  FROM outbox WHERE kind NOT BETWEEN 0 AND 10 ORDER BY number" MANY },

  /* What is kept beside what it sums up. The server knows of replies and messages that
   * are not stored here, so its counts can only be found too low. */
  { UC_PROBLEM_REACTION_MARK,
    "SELECT 'the message ' || m.id || ' miscounts its reactions'"
    "  FROM messages m"
    " WHERE m.has_metadata = 1 AND m.delete_at_ms = 0"
    "   AND m.has_reactions <> EXISTS (SELECT 1 FROM reactions r WHERE r.seq = m.seq)"
    " ORDER BY m.seq" MANY },
  { UC_PROBLEM_REPLY_COUNT,
    "SELECT 'the message ' || m.id || ' counts ' || m.reply_count || ' of ' || r.n || ' replies'"
    "  FROM (SELECT root_id, count (*) AS n FROM messages"
    "         WHERE root_id <> '' AND delete_at_ms = 0 AND is_local = 0"
    "         GROUP BY root_id) r"
    "  JOIN messages m ON m.id = r.root_id"
    " WHERE m.reply_count < r.n AND m.delete_at_ms = 0 ORDER BY m.seq" MANY },
  { UC_PROBLEM_MESSAGE_COUNT,
    "SELECT 'the channel ' || c.id || ' counts ' || c.total_msg_count || ' of ' || m.n ||"
    "       ' messages'"
    "  FROM (SELECT channel, count (*) AS n"
    "          FROM messages JOIN channels USING (channel)"
    "         WHERE messages.create_at_ms <= counted_at_ms AND messages.delete_at_ms = 0"
    "           AND is_counted = 1 AND messages.id NOT LIKE 'local:%'"
    "         GROUP BY channel) m"
    "  JOIN channels c USING (channel)"
    " WHERE c.is_joined = 1 AND c.total_msg_count < m.n ORDER BY c.channel" MANY },
  { UC_PROBLEM_NO_PLACEHOLDER,
    "SELECT 'the message ' || m.id || ' is known to nobody who classifies'"
    "  FROM messages m LEFT JOIN annotations a USING (seq)"
    " WHERE a.seq IS NULL AND m.delete_at_ms = 0 AND m.type NOT LIKE 'system\\_%' ESCAPE '\\'"
    " ORDER BY m.seq" MANY },

  /* Spans of a channel never overlap, and end at messages. */
  { UC_PROBLEM_SPAN_BEGIN, "SELECT 'a span of ' || c.id || ' begins at no message: ' || s.lo_seq"
                           "  FROM spans s JOIN channels c USING (channel)"
                           "  LEFT JOIN messages m ON m.seq = s.lo_seq AND m.channel = s.channel"
                           " WHERE s.lo_seq <> 0 AND m.seq IS NULL ORDER BY 1" MANY },
  { UC_PROBLEM_SPAN_END, "SELECT 'a span of ' || c.id || ' ends at no message: ' || s.hi_seq"
                         "  FROM spans s JOIN channels c USING (channel)"
                         "  LEFT JOIN messages m ON m.seq = s.hi_seq AND m.channel = s.channel"
                         " WHERE s.hi_seq <> 0 AND m.seq IS NULL ORDER BY 1" MANY },
  { UC_PROBLEM_SPANS_OVERLAP,
    "SELECT 'spans of ' || c.id || ' overlap at ' || a.lo_seq"
    "  FROM spans a JOIN spans b USING (channel) JOIN channels c USING (channel)"
    " WHERE a.lo_seq > b.lo_seq AND a.lo_seq <= b.hi_seq ORDER BY 1" MANY },
  { UC_PROBLEM_SPANS_REACH,
    "SELECT 'a span in the middle of ' || c.id || ' claims an end: ' || s.lo_seq"
    "  FROM spans s JOIN channels c USING (channel)"
    " WHERE (s.reaches_start = 1"
    "        AND EXISTS (SELECT 1 FROM spans o"
    "                     WHERE o.channel = s.channel AND o.lo_seq < s.lo_seq))"
    "    OR (s.reaches_tip = 1"
    "        AND EXISTS (SELECT 1 FROM spans o"
    "                     WHERE o.channel = s.channel AND o.lo_seq > s.lo_seq))"
    " ORDER BY 1" MANY },
};

static const char *INDEX_SQL =
    "INSERT INTO message_words (message_words, rank) VALUES ('integrity-check', 1)";

void
uc_problem_free (UcProblem *self)
{
  if (self == NULL)
    return;

  g_free (self->text);
  g_free (self);
}

static void
add (GPtrArray *problems, UcProblemKind kind, const char *text)
{
  UcProblem *problem = g_new0 (UcProblem, 1);

  problem->kind = kind;
  problem->text = g_utf8_make_valid (text, -1);
  g_ptr_array_add (problems, problem);
}

static gboolean
apply_rule (UcDb *db, const Rule *rule, GPtrArray *problems, GError **error)
{
  UcStmt  *stmt = uc_db_prepare (db, rule->sql, error);
  gboolean has_row;

  if (stmt == NULL)
    return FALSE;
  do {
    if (!uc_stmt_step (stmt, &has_row, error))
      return FALSE;
    if (has_row)
      add (problems, rule->kind, uc_stmt_get_text (stmt, 0));
  } while (has_row);
  return TRUE;
}

static gboolean
apply_rules (UcDb *db, GPtrArray *problems, GError **error)
{
  for (gsize i = 0; i < G_N_ELEMENTS (rules); i++) {
    if (!apply_rule (db, &rules[i], problems, error))
      return FALSE;
  }
  return TRUE;
}

GPtrArray *
_uc_care_find_problems (UcDb *db, gboolean is_present, GError **error)
{
  g_autoptr (GPtrArray) found = g_ptr_array_new_with_free_func ((GDestroyNotify) uc_problem_free);
  g_autoptr (GError) local_error = NULL;
  g_auto (GStrv) damage = NULL;
  g_auto (GStrv) references = NULL;

  if (uc_db_check_integrity (db, &damage, &local_error)) {
    for (guint i = 0; damage[i] != NULL; i++)
      add (found, UC_PROBLEM_DAMAGE, damage[i]);
  } else if (uc_db_is_damaged (db)) {
    add (found, UC_PROBLEM_DAMAGE, local_error->message);
    return g_steal_pointer (&found);
  } else {
    g_propagate_error (error, g_steal_pointer (&local_error));
    return NULL;
  }
  if (uc_db_check_references (db, &references, &local_error)) {
    for (guint i = 0; references[i] != NULL; i++)
      add (found, UC_PROBLEM_REFERENCE, references[i]);
    if (!is_present || apply_rules (db, found, &local_error))
      return g_steal_pointer (&found);
  }
  /* That a damaged file cannot be read to its end is no news. */
  if (found->len > 0)
    return g_steal_pointer (&found);
  g_propagate_error (error, g_steal_pointer (&local_error));
  return NULL;
}

/* SQLite compares the index with the texts by a statement that counts as writing,
 * though it writes nothing. */
gboolean
_uc_care_check_words (UcDb *db, GPtrArray *problems, GError **error)
{
  g_autoptr (GError) local_error = NULL;

  if (uc_db_exec (db, INDEX_SQL, &local_error))
    return TRUE;
  if (!uc_db_is_damaged (db)) {
    g_propagate_error (error, g_steal_pointer (&local_error));
    return FALSE;
  }
  add (problems, UC_PROBLEM_WORDS, "the full-text index differs from the texts");
  return TRUE;
}

/* The program that has the store open must be able to write meanwhile. */
static gboolean
check_words_of_copy (UcDb *db, GPtrArray *problems, GError **error)
{
  static const char *const suffixes[] = { "", "-wal", "-shm" };
  g_autofree char         *path = _uc_care_dup_backup_path (uc_db_get_path (db), "checked");
  UcDb                    *copy = NULL;
  gboolean                 is_checked;

  is_checked = uc_db_backup (db, path, error) &&
               (copy = uc_db_open (path, UC_DB_READ_WRITE, error)) != NULL &&
               _uc_care_check_words (copy, problems, error);
  g_clear_pointer (&copy, uc_db_close);
  for (gsize i = 0; i < G_N_ELEMENTS (suffixes); i++) {
    g_autofree char *file = g_strconcat (path, suffixes[i], NULL);

    g_unlink (file);
  }
  return is_checked;
}

static gboolean
is_damaged (GPtrArray *problems)
{
  return problems->len > 0 &&
         ((UcProblem *) g_ptr_array_index (problems, 0))->kind == UC_PROBLEM_DAMAGE;
}

static gboolean
check (const char *path,
       gboolean    is_writable,
       gboolean    is_ours,
       GPtrArray **problems,
       GError    **error)
{
  g_autoptr (UcDb) db = uc_db_open (path, is_ours ? UC_DB_READ_WRITE : UC_DB_READ_ONLY, error);
  g_autoptr (GPtrArray) found = NULL;
  gboolean is_present;

  if (db == NULL || !_uc_care_check_version (db, &is_present, error) ||
      (found = _uc_care_find_problems (db, is_present, error)) == NULL)
    return FALSE;
  if (is_present && is_writable && !is_damaged (found) &&
      !(is_ours ? _uc_care_check_words (db, found, error) : check_words_of_copy (db, found, error)))
    return FALSE;
  *problems = g_steal_pointer (&found);
  return TRUE;
}

gboolean
uc_store_check (const char *path, GPtrArray **problems, GError **error)
{
  gboolean is_writable = g_access (path, W_OK) == 0;
  int      lock_fd = is_writable ? _uc_store_lock (path, NULL) : -1;
  gboolean is_done;

  g_return_val_if_fail (problems != NULL, FALSE);

  is_done = check (path, is_writable, lock_fd >= 0, problems, error);
  if (lock_fd >= 0)
    _uc_store_unlock (lock_fd);
  return is_done;
}
