/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Finds messages. Words come from the full-text index; operators narrow by columns.
 * What no word index has (signs, emoji, "*part", and everything when the words of a
 * query occur nowhere) is looked for in the texts themselves, newest first, as far as
 * the time goes: that costs nothing until it is asked for, where a trigram index would
 * make the store half as large again. */

#include "config.h"

#include "uc-store-search-private.h"

#include "uc-error.h"
#include "uc-search-plan-private.h"
#include "uc-search-text-private.h"
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

/* -- What goes to the index ------------------------------------------------------------- */

/* The end of the group of alternatives that begins at @i. */
static guint
find_group_end (GPtrArray *terms, guint i)
{
  do
    i++;
  while (i < terms->len && ((UcTerm *) g_ptr_array_index (terms, i))->is_or);
  return i;
}

static gboolean
is_for_index (GPtrArray *terms, guint from, guint to)
{
  for (guint i = from; i < to; i++) {
    const UcTerm *term = g_ptr_array_index (terms, i);

    if (term->is_part || !_uc_term_has_words (term))
      return FALSE;
  }
  return TRUE;
}

static void
append_group (GString *match, GPtrArray *terms, guint from, guint to)
{
  g_string_append_c (match, '(');
  for (guint i = from; i < to; i++) {
    const UcTerm *term = g_ptr_array_index (terms, i);

    if (i > from)
      g_string_append (match, " OR ");
    _uc_query_quote (match, term->text, term->is_prefix);
  }
  g_string_append_c (match, ')');
}

/* NULL when no term can be answered by the index. */
static char *
make_match (GPtrArray *terms, gboolean is_negated, const char *separator)
{
  g_autoptr (GString) match = g_string_new (NULL);
  guint end;

  for (guint i = 0; i < terms->len; i = end) {
    const UcTerm *term = g_ptr_array_index (terms, i);

    end = find_group_end (terms, i);
    if (term->is_negated != is_negated || !is_for_index (terms, i, end))
      continue;
    if (match->len > 0)
      g_string_append (match, separator);
    append_group (match, terms, i, end);
  }
  return match->len > 0 ? g_string_free (g_steal_pointer (&match), FALSE) : NULL;
}

/* @only_rest: those that the index cannot answer. */
static UcSearchText *
make_text (GPtrArray *terms, gboolean only_rest)
{
  UcSearchText *text = _uc_search_text_new ();
  guint         end;

  for (guint i = 0; i < terms->len; i = end) {
    end = find_group_end (terms, i);
    if (!only_rest || !is_for_index (terms, i, end))
      _uc_search_text_add_group (text, terms, i, end);
  }
  return text;
}

/* A term that is left out can only be taken from something that is there: without
 * anything for the index to begin with, the texts answer everything. */
static void
split_terms (Search *search)
{
  GPtrArray       *terms = search->query->terms;
  g_autofree char *wanted = make_match (terms, FALSE, " AND ");
  g_autofree char *refused = make_match (terms, TRUE, " OR ");

  search->text = make_text (terms, wanted != NULL);
  if (wanted != NULL && refused != NULL)
    search->match = g_strdup_printf ("(%s) NOT (%s)", wanted, refused);
  else
    search->match = g_steal_pointer (&wanted);
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
  search->text = make_text (search->query->terms, FALSE);
  search->is_fallback = TRUE;
  uc_db_set_limit (search->db, search->cancellable, FALLBACK_LIMIT_MS);
  return TRUE;
}

/* -- Running -------------------------------------------------------------------------- */

static gboolean
walk (Search       *search,
      UcSearchPlan *plan,
      guint         limit,
      GPtrArray    *hits,
      GArray       *seqs,
      GError      **error)
{
  UcStmt  *stmt = _uc_search_prepare (search->db, plan, error);
  gboolean has_row = TRUE;

  if (stmt == NULL)
    return FALSE;
  while (hits->len < limit) {
    const char  *text;
    UcSearchHit *hit;
    gint64       seq;
    gboolean     passes;

    if (!uc_stmt_step (stmt, &has_row, error))
      return FALSE;
    if (!has_row)
      return TRUE;
    text = uc_stmt_get_text (stmt, 2);
    if (!_uc_search_text_matches (search->text, text))
      continue;
    seq = uc_stmt_get_int64 (stmt, 0);
    if (!_uc_search_passes (search->db, plan, seq, &passes, error))
      return FALSE;
    if (!passes)
      continue;
    g_array_append_val (seqs, seq);
    hit = g_new0 (UcSearchHit, 1);
    hit->snippet = plan->match != NULL ? uc_stmt_dup_text (stmt, 1)
                                       : _uc_search_text_dup_snippet (search->text, text);
    g_ptr_array_add (hits, hit);
  }
  uc_stmt_reset (stmt);
  return TRUE;
}

static GPtrArray *
collect (Search *search, gint64 before_seq, guint limit, GError **error)
{
  g_autoptr (GPtrArray) hits = hits_new ();
  g_autoptr (GArray) seqs = g_array_new (FALSE, FALSE, sizeof (gint64));
  g_autoptr (GError) local_error = NULL;
  UcSearchPlan plan = { search->query, search->names, search->match };

  plan.has_text = !_uc_search_text_is_empty (search->text);
  plan.before_seq = before_seq;
  /* What was found until the time was over is better than nothing; and that words
   * which are nowhere may still be parts of others nobody has asked for. */
  if (!walk (search, &plan, limit, hits, seqs, &local_error) &&
      (!g_error_matches (local_error, UC_ERROR, UC_ERROR_TIMEOUT) ||
       (hits->len == 0 && !search->is_fallback))) {
    g_propagate_error (error, g_steal_pointer (&local_error));
    return NULL;
  }
  uc_db_set_limit (search->db, NULL, 0);
  for (guint i = 0; i < hits->len; i++) {
    UcSearchHit *hit = g_ptr_array_index (hits, i);

    hit->message = _uc_message_load (search->db, g_array_index (seqs, gint64, i), error);
    if (hit->message == NULL)
      return NULL;
  }
  return g_steal_pointer (&hits);
}

GPtrArray *
_uc_search_run (UcDb         *db,
                const char   *query,
                const char   *my_user_id,
                gint64        before_seq,
                guint         limit,
                GCancellable *cancellable,
                GError      **error)
{
  g_auto (Search) search = { 0 };
  g_autoptr (GTimeZone) zone = g_time_zone_new_local ();

  search.db = db;
  search.cancellable = cancellable;
  search.query = _uc_query_parse (query, zone, g_get_real_time () / 1000, error);
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
