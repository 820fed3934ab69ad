/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Messages that somebody else found, the server that is, as hits: with the place where
 * words of the query stand, as far as we find them too. */

#include "config.h"

#include "uc-search-hits-private.h"

#include "uc-search-match-private.h"
#include "uc-store-messages-private.h"

static const char *SNIPPET_SQL = "SELECT " UC_SNIPPET " FROM message_words"
                                 " WHERE message_words MATCH :match AND rowid = :seq";

static int
compare_newest_first (gconstpointer a, gconstpointer b)
{
  const UcSearchHit *one = *(const UcSearchHit *const *) a;
  const UcSearchHit *other = *(const UcSearchHit *const *) b;

  return one->message->seq > other->message->seq ? -1 : one->message->seq < other->message->seq;
}

/* @snippet (out) (nullable): NULL when the index has none of the words there. */
static gboolean
read_snippet (UcDb *db, const char *match, gint64 seq, char **snippet, GError **error)
{
  UcStmt  *stmt;
  gboolean has_row;

  *snippet = NULL;
  if (match == NULL)
    return TRUE;
  stmt = uc_db_prepare (db, SNIPPET_SQL, error);
  if (stmt == NULL)
    return FALSE;
  uc_stmt_bind_text (stmt, ":match", match);
  uc_stmt_bind_int64 (stmt, ":seq", seq);
  if (!uc_stmt_step (stmt, &has_row, error))
    return FALSE;
  if (has_row)
    *snippet = uc_stmt_dup_text (stmt, 0);
  uc_stmt_reset (stmt);
  return TRUE;
}

static gboolean
add_hit (UcDb         *db,
         const char   *match,
         UcSearchText *text,
         gint64        seq,
         GPtrArray    *hits,
         GError      **error)
{
  g_autoptr (UcSearchHit) hit = g_new0 (UcSearchHit, 1);

  hit->message = _uc_message_load (db, seq, error);
  if (hit->message == NULL)
    return FALSE;
  if (hit->message->post->delete_at_ms > 0 || hit->message->is_delete_queued)
    return TRUE;
  if (!read_snippet (db, match, seq, &hit->snippet, error))
    return FALSE;
  if (hit->snippet == NULL)
    hit->snippet = _uc_search_text_dup_snippet (text, hit->message->post->message);
  g_ptr_array_add (hits, g_steal_pointer (&hit));
  return TRUE;
}

GPtrArray *
_uc_search_load_hits (UcDb *db, const char *query, const char *const *post_ids, GError **error)
{
  g_autoptr (GPtrArray) hits = g_ptr_array_new_with_free_func ((GDestroyNotify) uc_search_hit_free);
  g_autoptr (GTimeZone) zone = g_time_zone_new_local ();
  g_autoptr (UcQuery) parsed = _uc_query_parse (query, zone, g_get_real_time () / 1000, NULL, NULL);
  g_autoptr (UcSearchText) text = _uc_search_text_new ();
  g_autofree char *match = NULL;

  if (parsed != NULL) {
    match = _uc_search_match_any (parsed->terms);
    _uc_search_match_add_texts (parsed->terms, FALSE, text);
  }
  for (guint i = 0; post_ids[i] != NULL; i++) {
    gint64 seq;

    if (!_uc_message_find (db, post_ids[i], &seq, error))
      return NULL;
    if (seq != 0 && !add_hit (db, match, text, seq, hits, error))
      return NULL;
  }
  g_ptr_array_sort (hits, compare_newest_first);
  return g_steal_pointer (&hits);
}
