/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Finds messages. Words come from the full-text index; operators narrow by columns.
 * What no word index has (signs, emoji, "*part", and everything when the words of a
 * query occur nowhere) is looked for in the texts themselves, newest first, as far as
 * the time goes: that costs nothing until it is asked for, where a trigram index would
 * make the store half as large again. */

#include "config.h"

#include "uc-search-run-private.h"

#include "uc-error.h"
#include "uc-search-match-private.h"
#include "uc-search-plan-private.h"
#include "uc-store-messages-private.h"

#define MAX_HITS 200
/* How long texts are looked through when nobody asked for parts of words. */
#define FALLBACK_LIMIT_MS 300

static const char *ANY_SQL = "SELECT 1 FROM message_words WHERE message_words MATCH :match LIMIT 1";

typedef struct {
  UcDb          *db;          /* (unowned) */
  GCancellable  *cancellable; /* (unowned) (nullable) */
  UcQuery       *query;       /* (owned) */
  UcSearchNames *names;       /* (owned) what from: and in: stand for */
  UcSearchText  *text;        /* (owned) what is looked for in the texts */
  char          *match;       /* (owned) (nullable) for the index */
  gboolean       is_fallback; /* the words are looked for in the texts unasked */
} Search;

static void
search_clear (Search *search)
{
  g_clear_pointer (&search->query, _uc_query_free);
  g_clear_pointer (&search->names, _uc_search_names_free);
  g_clear_pointer (&search->text, _uc_search_text_free);
  g_free (search->match);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Search, search_clear)

static GPtrArray *
hits_new (void)
{
  return g_ptr_array_new_with_free_func ((GDestroyNotify) uc_search_hit_free);
}

static void
split_terms (Search *search)
{
  GPtrArray *terms = search->query->terms;

  search->match = _uc_search_match_all (terms);
  search->text = _uc_search_text_new ();
  _uc_search_match_add_texts (terms, search->match != NULL, search->text);
}

/* Nothing anywhere has such words: then they may be parts of others. */
static gboolean
fall_back_to_text (Search *search, GError **error)
{
  UcStmt  *stmt = uc_db_prepare (search->db, ANY_SQL, error);
  gboolean has_row;

  if (stmt == NULL)
    return FALSE;
  uc_stmt_bind_text (stmt, ":match", search->match);
  if (!uc_stmt_step (stmt, &has_row, error))
    return FALSE;
  uc_stmt_reset (stmt);
  if (has_row)
    return TRUE;
  g_clear_pointer (&search->match, g_free);
  g_clear_pointer (&search->text, _uc_search_text_free);
  search->text = _uc_search_text_new ();
  _uc_search_match_add_texts (search->query->terms, FALSE, search->text);
  search->is_fallback = TRUE;
  uc_db_set_limit (search->db, search->cancellable, FALLBACK_LIMIT_MS);
  return TRUE;
}

/* -- Running -------------------------------------------------------------------------- */

/* A row that was found; one of which the outbox holds the deletion is none. */
static gboolean
add_hit (Search *search, UcStmt *stmt, gint64 seq, GPtrArray *hits, GError **error)
{
  g_autoptr (UcSearchHit) hit = g_new0 (UcSearchHit, 1);

  hit->message = _uc_message_load (search->db, seq, error);
  if (hit->message == NULL)
    return FALSE;
  if (hit->message->is_delete_queued)
    return TRUE;
  hit->snippet = search->match != NULL
                     ? uc_stmt_dup_text (stmt, 1)
                     : _uc_search_text_dup_snippet (search->text, uc_stmt_get_text (stmt, 2));
  g_ptr_array_add (hits, g_steal_pointer (&hit));
  return TRUE;
}

static gboolean
walk (Search *search, UcSearchPlan *plan, guint limit, GPtrArray *hits, GError **error)
{
  UcStmt  *stmt = _uc_search_prepare (search->db, plan, error);
  gboolean has_row = TRUE;

  if (stmt == NULL)
    return FALSE;
  while (hits->len < limit) {
    gint64   seq;
    gboolean passes;

    if (!uc_stmt_step (stmt, &has_row, error))
      return FALSE;
    if (!has_row)
      return TRUE;
    if (!_uc_search_text_matches (search->text, uc_stmt_get_text (stmt, 2)))
      continue;
    seq = uc_stmt_get_int64 (stmt, 0);
    if (!_uc_search_passes (search->db, plan, seq, &passes, error))
      return FALSE;
    if (passes && !add_hit (search, stmt, seq, hits, error))
      return FALSE;
  }
  uc_stmt_reset (stmt);
  return TRUE;
}

static GPtrArray *
collect (Search *search, gint64 before_seq, guint limit, GError **error)
{
  g_autoptr (GPtrArray) hits = hits_new ();
  g_autoptr (GError) local_error = NULL;
  UcSearchPlan plan = { search->query, search->names, search->match };

  plan.has_text = !_uc_search_text_is_empty (search->text);
  plan.before_seq = before_seq;
  /* What was found until the time was over is better than nothing; and that words
   * which are nowhere may still be parts of others nobody has asked for. */
  if (!walk (search, &plan, limit, hits, &local_error) &&
      (!g_error_matches (local_error, UC_ERROR, UC_ERROR_TIMEOUT) ||
       (hits->len == 0 && !search->is_fallback))) {
    g_propagate_error (error, g_steal_pointer (&local_error));
    return NULL;
  }
  return g_steal_pointer (&hits);
}

GPtrArray *
_uc_search_run (UcDb         *db,
                const char   *query,
                const char   *my_user_id,
                UcSearchOrder order,
                gint64        before_seq,
                guint         limit,
                GCancellable *cancellable,
                GError      **error)
{
  g_auto (Search) search = { 0 };
  g_autoptr (GTimeZone) zone = g_time_zone_new_local ();

  search.db = db;
  search.cancellable = cancellable;
  search.query = _uc_query_parse (query, zone, g_get_real_time () / 1000, NULL, error);
  if (search.query == NULL)
    return NULL;
  search.names = _uc_search_names_resolve (db, search.query, my_user_id, error);
  if (search.names == NULL)
    return NULL;
  if (_uc_search_names_are_unknown (search.names))
    return hits_new ();
  split_terms (&search);
  if (search.match != NULL && !fall_back_to_text (&search, error))
    return NULL;
  return collect (&search, before_seq, MIN (limit, MAX_HITS), error);
}
