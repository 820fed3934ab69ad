/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Finds messages. Words come from the full-text index; operators narrow by columns.
 * What no word index has (signs, emoji, "*part", and everything when the words of a
 * query occur nowhere) is looked for in the texts themselves, newest first, as far as
 * the time goes: that costs nothing until it is asked for, where a trigram index would
 * make the store half as large again.
 *
 * "word*" makes the index gather all that begins so before it gives the first, which for
 * a frequent beginning is most of the store. So the newest texts are glanced at first:
 * what is frequent fills a page there, and what is not is quickly gathered. The texts
 * that an operator leaves are looked through too when they are fewer than those that
 * have the words. */

#include "config.h"

#include "uc-search-run-private.h"

#include "uc-error.h"
#include "uc-search-match-private.h"
#include "uc-search-plan-private.h"
#include "uc-search-rank-private.h"
#include "uc-store-messages-private.h"

#include <string.h>

#define MAX_HITS 200
/* How long texts are looked through when nobody asked for parts of words. */
#define FALLBACK_LIMIT_MS 300
/* How many rows a glance takes, and how many matches are weighed for the best. */
#define GLANCE_ROWS        3000
#define NARROW_GLANCE_ROWS 1000
#define MAX_CANDIDATES     200
/* Where words stand together only now and then, each match has cost many. */
#define MAX_PHRASE_CANDIDATES 100
/* Where operators pass few, each match has cost many rows. */
#define MAX_FILTERED_CANDIDATES 60
#define BYTES_OF_WORD           6

static const char *ANY_SQL = "SELECT 1 FROM message_words WHERE message_words MATCH :match LIMIT 1";
static const char *COUNT_SQL =
    "SELECT count (*)"
    "  FROM (SELECT 1 FROM message_words WHERE message_words MATCH :match LIMIT :many)";

typedef struct {
  /* input */
  UcDb         *db;          /* (unowned) */
  GCancellable *cancellable; /* (unowned) (nullable) */
  UcQuery      *query;       /* (owned) */
  UcSearchOrder order;
  gint64        before_seq;
  guint         limit;

  /* in progress */
  UcSearchNames *names;       /* (owned) what from: and in: stand for */
  UcSearchNarrow narrow;      /* which operator leaves the fewest */
  UcSearchText  *text;        /* (owned) what is looked for in the texts */
  UcSearchText  *marks;       /* (owned) (nullable) what is marked, if that is something else */
  char          *match;       /* (owned) (nullable) for the index */
  guint          rows_left;   /* until a glance is over; 0: it is none */
  gboolean       is_fallback; /* the words are looked for in the texts unasked */

  /* result */
  GPtrArray *hits;       /* (owned) (element-type UcSearchHit) */
  GPtrArray *candidates; /* (owned) (element-type UcSearchCandidate) of RELEVANT */
} Search;

typedef enum {
  WALK_FAILED,
  WALK_FULL,
  WALK_END,
  WALK_GIVEN_UP,
} WalkResult;

static void
search_clear (Search *search)
{
  g_clear_pointer (&search->query, _uc_query_free);
  g_clear_pointer (&search->names, _uc_search_names_free);
  g_clear_pointer (&search->text, _uc_search_text_free);
  g_clear_pointer (&search->marks, _uc_search_text_free);
  g_free (search->match);
  g_clear_pointer (&search->hits, g_ptr_array_unref);
  g_clear_pointer (&search->candidates, g_ptr_array_unref);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Search, search_clear)

/* -- Ways to look ----------------------------------------------------------------------- */

static void
begin (Search *search)
{
  g_clear_pointer (&search->text, _uc_search_text_free);
  g_clear_pointer (&search->marks, _uc_search_text_free);
  g_clear_pointer (&search->match, g_free);
  g_clear_pointer (&search->hits, g_ptr_array_unref);
  g_clear_pointer (&search->candidates, g_ptr_array_unref);
  search->text = _uc_search_text_new ();
  search->rows_left = 0;
  search->hits = g_ptr_array_new_with_free_func ((GDestroyNotify) uc_search_hit_free);
  search->candidates = g_ptr_array_new_with_free_func ((GDestroyNotify) _uc_search_candidate_free);
}

static gboolean
begin_glance (Search *search, gboolean only_texts, guint n_rows)
{
  begin (search);
  search->marks = _uc_search_text_new ();
  search->rows_left = n_rows;
  return _uc_search_match_glance (search->query->terms, only_texts, &search->match, search->text,
                                  search->marks);
}

static void
begin_index (Search *search)
{
  begin (search);
  search->match = _uc_search_match_all (search->query->terms);
  _uc_search_match_add_texts (search->query->terms, search->match != NULL, search->text);
}

/* Nothing anywhere has such words: then they may be parts of others. */
static void
begin_fallback (Search *search)
{
  begin (search);
  _uc_search_match_add_texts (search->query->terms, FALSE, search->text);
  search->is_fallback = TRUE;
  uc_db_set_limit (search->db, search->cancellable, FALLBACK_LIMIT_MS);
}

/* -- Walking ---------------------------------------------------------------------------- */

static char *
dup_snippet (Search *search, UcStmt *stmt)
{
  UcSearchText *marks = search->marks != NULL ? search->marks : search->text;

  return search->match != NULL && search->marks == NULL
             ? uc_stmt_dup_text (stmt, UC_SEARCH_COLUMN_SNIPPET)
             : _uc_search_text_dup_snippet (marks, uc_stmt_get_text (stmt, UC_SEARCH_COLUMN_TEXT));
}

/* Takes @snippet. A message of which the outbox holds the deletion is no hit. */
static gboolean
add_hit (Search *search, gint64 seq, char *snippet, GError **error)
{
  g_autoptr (UcSearchHit) hit = g_new0 (UcSearchHit, 1);

  hit->snippet = snippet;
  hit->message = _uc_message_load (search->db, seq, error);
  if (hit->message == NULL)
    return FALSE;
  if (!hit->message->is_delete_queued)
    g_ptr_array_add (search->hits, g_steal_pointer (&hit));
  return TRUE;
}

static void
add_candidate (Search *search, UcStmt *stmt, gint64 seq)
{
  UcSearchCandidate *candidate = _uc_search_candidate_new ();
  UcSearchText      *marks = search->marks != NULL ? search->marks : search->text;
  const char        *text = uc_stmt_get_text (stmt, UC_SEARCH_COLUMN_TEXT);

  candidate->seq = seq;
  candidate->snippet = dup_snippet (search, stmt);
  candidate->n_words = (guint) (strlen (text) / BYTES_OF_WORD);
  candidate->places =
      search->match != NULL && search->marks == NULL
          ? _uc_search_read_places (uc_stmt_get_text (stmt, UC_SEARCH_COLUMN_PLACES))
          : _uc_search_text_find_places (marks, text);
  candidate->is_pinned = uc_stmt_get_int64 (stmt, UC_SEARCH_COLUMN_IS_PINNED) != 0;
  candidate->has_reactions = uc_stmt_get_int64 (stmt, UC_SEARCH_COLUMN_HAS_REACTIONS) != 0;
  candidate->n_replies = (guint) MAX (uc_stmt_get_int64 (stmt, UC_SEARCH_COLUMN_REPLIES), 0);
  g_ptr_array_add (search->candidates, candidate);
}

static gboolean
take_row (Search *search, UcSearchPlan *plan, UcStmt *stmt, GError **error)
{
  const char *text = uc_stmt_get_text (stmt, UC_SEARCH_COLUMN_TEXT);
  gint64      seq = uc_stmt_get_int64 (stmt, UC_SEARCH_COLUMN_SEQ);
  gboolean    passes;

  if (!_uc_search_text_matches (search->text, text))
    return TRUE;
  if (!_uc_search_passes (search->db, plan, seq, &passes, error))
    return FALSE;
  if (!passes)
    return TRUE;
  if (search->order == UC_SEARCH_NEWEST)
    return add_hit (search, seq, dup_snippet (search, stmt), error);
  add_candidate (search, stmt, seq);
  return TRUE;
}

static gboolean
has_phrase (GPtrArray *terms)
{
  for (guint i = 0; i < terms->len; i++) {
    if (strchr (((const UcTerm *) g_ptr_array_index (terms, i))->text, ' ') != NULL)
      return TRUE;
  }
  return FALSE;
}

static guint
get_max_candidates (const UcQuery *query)
{
  if (!_uc_query_is_plain (query))
    return MAX_FILTERED_CANDIDATES;
  return has_phrase (query->terms) ? MAX_PHRASE_CANDIDATES : MAX_CANDIDATES;
}

static gboolean
is_full (Search *search)
{
  return search->order == UC_SEARCH_NEWEST
             ? search->hits->len >= search->limit
             : search->candidates->len >= get_max_candidates (search->query);
}

static WalkResult
walk (Search *search, UcSearchPlan *plan, GError **error)
{
  UcStmt  *stmt = _uc_search_prepare (search->db, plan, error);
  gboolean has_row = TRUE;

  if (stmt == NULL)
    return WALK_FAILED;
  while (!is_full (search)) {
    if (!uc_stmt_step (stmt, &has_row, error))
      return WALK_FAILED;
    if (!has_row)
      return WALK_END;
    if (!take_row (search, plan, stmt, error))
      return WALK_FAILED;
    if (search->rows_left > 0 && --search->rows_left == 0) {
      uc_stmt_reset (stmt);
      return is_full (search) ? WALK_FULL : WALK_GIVEN_UP;
    }
  }
  uc_stmt_reset (stmt);
  return WALK_FULL;
}

static WalkResult
run (Search *search, GError **error)
{
  UcSearchPlan plan = { search->query, search->names, search->match };

  if (search->marks != NULL)
    plan.read = UC_SEARCH_READ_TEXT;
  else if (search->order == UC_SEARCH_RELEVANT)
    plan.read = UC_SEARCH_READ_PLACES;
  plan.has_text = !_uc_search_text_is_empty (search->text);
  plan.before_seq = search->before_seq;
  plan.narrow = search->narrow;
  return walk (search, &plan, error);
}

static gboolean
has_found (Search *search)
{
  return search->hits->len + search->candidates->len > 0;
}

/* What was found until the time was over is better than nothing; and that words which
 * are nowhere may still be parts of others nobody has asked for. */
static gboolean
run_to_end (Search *search, GError **error)
{
  g_autoptr (GError) local_error = NULL;

  if (run (search, &local_error) != WALK_FAILED ||
      (g_error_matches (local_error, UC_ERROR, UC_ERROR_TIMEOUT) &&
       (has_found (search) || search->is_fallback)))
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&local_error));
  return FALSE;
}

static gboolean
has_any (Search *search, gboolean *has_row, GError **error)
{
  UcStmt *stmt = uc_db_prepare (search->db, ANY_SQL, error);

  if (stmt == NULL)
    return FALSE;
  uc_stmt_bind_text (stmt, ":match", search->match);
  if (!uc_stmt_step (stmt, has_row, error))
    return FALSE;
  uc_stmt_reset (stmt);
  return TRUE;
}

/* -- The whole -------------------------------------------------------------------------- */

static gboolean
choose_narrow (Search *search, GError **error)
{
  UcSearchPlan plan = { search->query, search->names, .before_seq = search->before_seq };

  if (!_uc_search_narrow (search->db, &plan, error))
    return FALSE;
  search->narrow = plan.narrow;
  return TRUE;
}

/* Whether the operators leave no more than there are messages with the words. Of those
 * that leave many only the ones count which leave few of all there is. */
static gboolean
is_narrow (Search *search, gboolean *answer, GError **error)
{
  g_autofree char *match = NULL;
  UcStmt          *stmt;
  gboolean         has_row;

  *answer = FALSE;
  if (search->narrow.by == UC_SEARCH_BY_NOTHING || search->narrow.by == UC_SEARCH_BY_LINK ||
      (search->narrow.n >= UC_SEARCH_MANY && search->narrow.by > UC_SEARCH_BY_REACTION))
    return TRUE;
  match = _uc_search_match_wanted (search->query->terms);
  if (match == NULL)
    return TRUE;
  *answer = search->narrow.n < UC_SEARCH_MANY;
  /* To count what begins so it would be gathered. */
  if (_uc_search_match_has_prefix (search->query->terms))
    return TRUE;
  stmt = uc_db_prepare (search->db, COUNT_SQL, error);
  if (stmt == NULL)
    return FALSE;
  uc_stmt_bind_text (stmt, ":match", match);
  uc_stmt_bind_int64 (stmt, ":many", search->narrow.n);
  if (!uc_stmt_step (stmt, &has_row, error))
    return FALSE;
  *answer = uc_stmt_get_int64 (stmt, 0) >= search->narrow.n;
  uc_stmt_reset (stmt);
  return TRUE;
}

/* WALK_GIVEN_UP: not all was looked at. */
static WalkResult
glance (Search *search, GError **error)
{
  gboolean   go_narrow;
  WalkResult result;

  if (!is_narrow (search, &go_narrow, error))
    return WALK_FAILED;
  if (go_narrow &&
      begin_glance (search, TRUE, search->narrow.n < UC_SEARCH_MANY ? 0 : NARROW_GLANCE_ROWS)) {
    result = run (search, error);
    if (result != WALK_GIVEN_UP)
      return result;
  }
  if (!begin_glance (search, FALSE, GLANCE_ROWS))
    return WALK_GIVEN_UP;
  result = run (search, error);
  return result == WALK_END && !has_found (search) ? WALK_GIVEN_UP : result;
}

static gboolean
find (Search *search, GError **error)
{
  gboolean   is_there = TRUE;
  WalkResult result = glance (search, error);

  if (result == WALK_FAILED)
    return FALSE;
  if (result == WALK_FULL || (result == WALK_END && has_found (search)))
    return TRUE;
  begin_index (search);
  /* What was looked through to its end need not be asked for again. */
  if (result != WALK_END && !run_to_end (search, error))
    return FALSE;
  if (has_found (search) || search->match == NULL)
    return TRUE;
  if (!has_any (search, &is_there, error))
    return FALSE;
  if (is_there)
    return TRUE;
  begin_fallback (search);
  return run_to_end (search, error);
}

static gboolean
load_best (Search *search, GError **error)
{
  _uc_search_rank (search->candidates, g_get_real_time () / 1000);
  for (guint i = 0; i < search->candidates->len && search->hits->len < search->limit; i++) {
    UcSearchCandidate *candidate = g_ptr_array_index (search->candidates, i);

    if (!add_hit (search, candidate->seq, g_steal_pointer (&candidate->snippet), error))
      return FALSE;
  }
  return TRUE;
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
  g_auto (Search) search = {
    db, cancellable, NULL, order, before_seq, MIN (limit, MAX_HITS),
  };
  g_autoptr (GTimeZone) zone = g_time_zone_new_local ();

  search.query = _uc_query_parse (query, zone, g_get_real_time () / 1000, NULL, error);
  if (search.query == NULL)
    return NULL;
  search.names = _uc_search_names_resolve (db, search.query, my_user_id, error);
  if (search.names == NULL)
    return NULL;
  /* Without words there is nothing to weigh. */
  if (search.query->terms->len == 0)
    search.order = UC_SEARCH_NEWEST;
  begin (&search);
  if (!_uc_search_names_are_unknown (search.names) &&
      (!choose_narrow (&search, error) || !find (&search, error)))
    return NULL;
  uc_db_set_limit (db, NULL, 0);
  if (search.order == UC_SEARCH_RELEVANT && !load_best (&search, error))
    return NULL;
  return g_steal_pointer (&search.hits);
}
