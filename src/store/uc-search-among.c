/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Asks the full-text index about messages that are known already. In one walk over the
 * stretch of time they lie in: asked one by one, each would gather all that begins with
 * "word*" anew. */

#include "config.h"

#include "uc-search-among-private.h"

#include "uc-search-match-private.h"

static const char *AMONG_SQL = "SELECT rowid, " UC_SNIPPET "  FROM message_words"
                               " WHERE message_words MATCH :match"
                               "   AND rowid >= :lo AND rowid <= :hi"
                               "   AND +rowid IN (SELECT value FROM json_each (:seqs))"
                               " ORDER BY rowid DESC";

static void
bind_seqs (UcStmt *stmt, GArray *seqs)
{
  g_autoptr (GString) list = g_string_new ("[");
  gint64 lo = G_MAXINT64;
  gint64 hi = 0;

  for (guint i = 0; i < seqs->len; i++) {
    gint64 seq = g_array_index (seqs, gint64, i);

    lo = MIN (lo, seq);
    hi = MAX (hi, seq);
    g_string_append_printf (list, "%s%" G_GINT64_FORMAT, i > 0 ? "," : "", seq);
  }
  g_string_append_c (list, ']');
  uc_stmt_bind_int64 (stmt, ":lo", lo);
  uc_stmt_bind_int64 (stmt, ":hi", hi);
  uc_stmt_bind_text (stmt, ":seqs", list->str);
}

GHashTable *
_uc_search_find_among (UcDb *db, const char *match, GArray *seqs, GError **error)
{
  g_autoptr (GHashTable) found =
      g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, g_free);
  UcStmt  *stmt;
  gboolean has_row;

  if (match == NULL || seqs->len == 0)
    return g_steal_pointer (&found);
  stmt = uc_db_prepare (db, AMONG_SQL, error);
  if (stmt == NULL)
    return NULL;
  uc_stmt_bind_text (stmt, ":match", match);
  bind_seqs (stmt, seqs);
  do {
    if (!uc_stmt_step (stmt, &has_row, error))
      return NULL;
    if (has_row) {
      gint64 seq = uc_stmt_get_int64 (stmt, 0);

      g_hash_table_replace (found, g_memdup2 (&seq, sizeof seq), uc_stmt_dup_text (stmt, 1));
    }
  } while (has_row);
  return g_steal_pointer (&found);
}
