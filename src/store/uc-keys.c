/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The integer keys of the store. They are small and in order, where the server's ids
 * are long and random. */

#include "config.h"

#include "uc-keys-private.h"

#include "uc-message.h"
#include "uc-row-private.h"

/* Times beyond this, some 35,000 years from now, are nonsense; it keeps keys in range. */
#define MAX_TIME_MS ((gint64) 1 << 50)
#define N_PER_MS    ((gint64) 1 << UC_SEQ_BITS)

/* The first message of a millisecond gets a key in its middle: history is read
 * backwards, so what is found later may have to stand before it. */
#define FIRST_OF_MS (N_PER_MS / 2)

static const char *FIND_USER_SQL = "SELECT user FROM users WHERE id = :id";
static const char *ADD_USER_SQL = "INSERT INTO users (id) VALUES (:id)";
static const char *FIND_CHANNEL_SQL = "SELECT channel FROM channels WHERE id = :id";
static const char *ADD_CHANNEL_SQL = "INSERT INTO channels (id) VALUES (:id)";
static const char *LAST_OF_MS_SQL =
    "SELECT max (seq) FROM messages WHERE seq BETWEEN :first AND :last";
static const char *IS_TAKEN_SQL = "SELECT count (*) FROM messages WHERE seq = :seq";
static const char *MY_ID_SQL = "SELECT coalesce ("
                               "(SELECT value FROM facts WHERE key = 'user_id'),"
                               "(SELECT user_id FROM members ORDER BY channel LIMIT 1), '')";

static gboolean
find_or_add (UcDb       *db,
             const char *find_sql,
             const char *add_sql,
             const char *id,
             gint64     *key,
             GError    **error)
{
  if (!_uc_row_find (db, find_sql, ":id", id, key, error))
    return FALSE;
  if (*key != 0)
    return TRUE;
  if (!_uc_row_run (db, add_sql, ":id", id, error))
    return FALSE;
  *key = uc_db_get_last_rowid (db);
  return TRUE;
}

gboolean
_uc_key_of_user (UcDb *db, const char *id, gint64 *user, GError **error)
{
  return find_or_add (db, FIND_USER_SQL, ADD_USER_SQL, id, user, error);
}

gboolean
_uc_key_of_channel (UcDb *db, const char *id, gint64 *channel, GError **error)
{
  return find_or_add (db, FIND_CHANNEL_SQL, ADD_CHANNEL_SQL, id, channel, error);
}

gboolean
_uc_key_find_channel (UcDb *db, const char *id, gint64 *channel, GError **error)
{
  return _uc_row_find (db, FIND_CHANNEL_SQL, ":id", id, channel, error);
}

gint64
_uc_key_of_ms (gint64 ms)
{
  return UC_SEQ_FROM_MS (CLAMP (ms, 0, MAX_TIME_MS));
}

gint64
_uc_key_last_of_ms (gint64 ms)
{
  return _uc_key_of_ms (ms) + N_PER_MS - 1;
}

gboolean
_uc_key_for_message (UcDb *db, gint64 create_at_ms, gint64 *seq, GError **error)
{
  gint64 first = _uc_key_of_ms (MAX (create_at_ms, 1));

  /* A millisecond with too many messages spills into the next. */
  while (TRUE) {
    UcStmt  *stmt = uc_db_prepare (db, LAST_OF_MS_SQL, error);
    gboolean has_row;

    if (stmt == NULL)
      return FALSE;
    uc_stmt_bind_int64 (stmt, ":first", first);
    uc_stmt_bind_int64 (stmt, ":last", first + N_PER_MS - 1);
    if (!uc_stmt_step (stmt, &has_row, error))
      return FALSE;
    *seq = uc_stmt_is_null (stmt, 0) ? first + FIRST_OF_MS : uc_stmt_get_int64 (stmt, 0) + 1;
    uc_stmt_reset (stmt);
    if (*seq < first + N_PER_MS)
      return TRUE;
    first += N_PER_MS;
  }
}

gboolean
_uc_key_before_message (UcDb    *db,
                        gint64   create_at_ms,
                        gint64   before_seq,
                        gint64  *seq,
                        GError **error)
{
  gint64 first = _uc_key_of_ms (MAX (create_at_ms, 1));

  if (before_seq < first || before_seq >= first + N_PER_MS)
    return _uc_key_for_message (db, create_at_ms, seq, error);

  for (*seq = before_seq - 1; *seq >= first; (*seq)--) {
    UcStmt  *stmt = uc_db_prepare (db, IS_TAKEN_SQL, error);
    gboolean has_row;
    gboolean is_taken;

    if (stmt == NULL)
      return FALSE;
    uc_stmt_bind_int64 (stmt, ":seq", *seq);
    if (!uc_stmt_step (stmt, &has_row, error))
      return FALSE;
    is_taken = uc_stmt_get_int64 (stmt, 0) > 0;
    uc_stmt_reset (stmt);
    if (!is_taken)
      return TRUE;
  }
  return _uc_key_for_message (db, create_at_ms, seq, error);
}

char *
_uc_key_dup_my_id (UcDb *db, GError **error)
{
  UcStmt  *stmt = uc_db_prepare (db, MY_ID_SQL, error);
  gboolean has_row;
  char    *id;

  if (stmt == NULL || !uc_stmt_step (stmt, &has_row, error))
    return NULL;
  id = uc_stmt_dup_text (stmt, 0);
  uc_stmt_reset (stmt);
  return id;
}
