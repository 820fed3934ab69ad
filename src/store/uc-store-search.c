/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Finds messages. Words come from the full-text index, newest first by its rowid;
 * operators narrow by columns. What no word index has (signs, emoji, "*part", and
 * everything when the words of a query occur nowhere) is looked for in the texts
 * themselves, newest first, as far as the time goes: that costs nothing until it is
 * asked for, where a trigram index would make the store half as large again. */

#include "config.h"

#include "uc-store-search-private.h"

#include "uc-error.h"
#include "uc-keys-private.h"
#include "uc-message.h"
#include "uc-query-private.h"
#include "uc-search-names-private.h"
#include "uc-search-text-private.h"
#include "uc-store-messages-private.h"

#include <glib/gi18n-lib.h>

#define MAX_HITS       200
#define SNIPPET_TOKENS "24"

/* What every row must pass. Marks are only worked out when one is asked for. */
#define FILTERS                                                                                    \
  " AND m.delete_at_ms = 0 AND m.type NOT LIKE 'system\\_%' ESCAPE '\\'"                           \
  " AND m.channel IN (SELECT channel FROM channels WHERE is_joined = 1)"                           \
  " AND (:in IS NULL OR m.channel IN (SELECT value FROM json_each (:in)))"                         \
  " AND (:not_in IS NULL OR m.channel NOT IN (SELECT value FROM json_each (:not_in)))"             \
  " AND (:from IS NULL OR m.user IN (SELECT value FROM json_each (:from)))"                        \
  " AND (:not_from IS NULL OR m.user NOT IN (SELECT value FROM json_each (:not_from)))"            \
  " AND (:categories = 0 OR (:categories >> coalesce (a.category, 0)) & 1 = 1)"                    \
  " AND (:not_categories >> coalesce (a.category, 0)) & 1 = 0"                                     \
  " AND (:priorities = 0 OR (:priorities >> coalesce (a.priority, 0)) & 1 = 1)"                    \
  " AND (:not_priorities >> coalesce (a.priority, 0)) & 1 = 0"                                     \
  " AND (:marks = 0 OR ((m.file_ids <> '')"                                                        \
  "                     + 2 * (instr (m.message, '://') > 0)"                                      \
  "                     + 4 * m.has_reactions"                                                     \
  "                     + 8 * m.is_pinned"                                                         \
  "                     + 16 * EXISTS (SELECT 1 FROM preferences p"                                \
  "                                     WHERE p.category = 'flagged_post' AND p.name = m.id"       \
  "                                       AND p.value = 'true')"                                   \
  "                     + 32 * (m.root_id <> '' OR m.reply_count > 0)"                             \
  "                     + 64 * (m.user <> :me"                                                     \
  "                             AND m.create_at_ms > coalesce ((SELECT mb.last_viewed_at_ms"       \
  "                                                               FROM members mb"                 \
  "                                                              WHERE mb.channel = m.channel), "  \
  "0)"                                                                                             \
  "                            )) & :marks = :wanted)"

#define ANNOTATION           " LEFT JOIN annotations a ON a.seq = m.seq AND a.source > 0"
#define RANGE(column)        " WHERE " column " >= :lo AND " column " < :hi"
#define NEWEST_FIRST(column) " ORDER BY " column " DESC"

/* By words; without words through the channel, through one kind of annotation, or
 * through everything. Each walks one index backwards. */
static const char *WORDS_SQL =
    "SELECT m.seq, snippet (message_words, 0, char (2), char (3), '…', " SNIPPET_TOKENS "),"
    "       m.message"
    "  FROM message_words"
    " CROSS JOIN messages m ON m.seq = message_words.rowid" ANNOTATION
        RANGE ("message_words.rowid") "   AND message_words MATCH :match" FILTERS NEWEST_FIRST (
            "message_words.rowid");
static const char *CHANNEL_SQL = "SELECT m.seq, '', m.message FROM messages m" ANNOTATION RANGE (
    "m.seq") "   AND m.channel = :channel" FILTERS NEWEST_FIRST ("m.seq");
static const char                                 *CATEGORY_SQL =
    "SELECT m.seq, '', m.message FROM annotations a CROSS JOIN messages m ON m.seq = a.seq" RANGE (
        "a.seq") " AND a.source > 0 AND a.category = :kind" FILTERS NEWEST_FIRST ("a.seq");
static const char                                                  *PRIORITY_SQL =
    "SELECT m.seq, '', m.message FROM annotations a CROSS JOIN messages m ON m.seq = a.seq" RANGE (
        "a.seq") " AND a.source > 0 AND a.priority = :kind" FILTERS NEWEST_FIRST ("a.seq");
static const char                                                  *ALL_SQL =
    "SELECT m.seq, '', m.message FROM messages m" ANNOTATION        RANGE ("m.seq")
        FILTERS                                                     NEWEST_FIRST ("m.seq");
static const char *ANY_SQL = "SELECT 1 FROM message_words WHERE message_words MATCH :match LIMIT 1";

typedef struct {
  UcDb          *db;    /* (unowned) */
  UcQuery       *query; /* (owned) */
  UcSearchNames *names; /* (owned) what from: and in: stand for */
  UcSearchText  *text;  /* (owned) what is looked for in the texts */
  char          *match; /* (owned) (nullable) for the index */
  gint64         before_seq;
  guint          limit;
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

/* NULL when no term can be answered by the index. A term that is left out can only
 * be taken from something that is there. */
static char *
make_match (GPtrArray *terms, gboolean is_negated, const char *separator)
{
  g_autoptr (GString) match = g_string_new (NULL);

  for (guint i = 0; i < terms->len; i = find_group_end (terms, i)) {
    const UcTerm *term = g_ptr_array_index (terms, i);
    guint         end = find_group_end (terms, i);

    if (term->is_negated != is_negated || !is_for_index (terms, i, end))
      continue;
    if (match->len > 0)
      g_string_append (match, separator);
    append_group (match, terms, i, end);
  }
  return match->len > 0 ? g_string_free (g_steal_pointer (&match), FALSE) : NULL;
}

/* The rest of the terms is looked for in the texts. Without anything for the index to
 * begin with that is all of them. */
static void
split_terms (Search *search)
{
  GPtrArray       *terms = search->query->terms;
  g_autofree char *wanted = make_match (terms, FALSE, " AND ");
  g_autofree char *refused = make_match (terms, TRUE, " OR ");

  search->text = _uc_search_text_new ();
  for (guint i = 0; i < terms->len; i = find_group_end (terms, i)) {
    guint end = find_group_end (terms, i);

    if (wanted == NULL || !is_for_index (terms, i, end))
      _uc_search_text_add_group (search->text, terms, i, end);
  }
  if (wanted != NULL && refused != NULL)
    search->match = g_strdup_printf ("(%s) NOT (%s)", wanted, refused);
  else
    search->match = g_steal_pointer (&wanted);
}

/* Nothing anywhere has such words: then they may be parts of others. */
static gboolean
fall_back_to_text (Search *search, GError **error)
{
  GPtrArray *terms = search->query->terms;
  UcStmt    *stmt = uc_db_prepare (search->db, ANY_SQL, error);
  gboolean   has_row;

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
  for (guint i = 0; i < terms->len; i = find_group_end (terms, i))
    _uc_search_text_add_group (search->text, terms, i, find_group_end (terms, i));
  return TRUE;
}

/* -- Running -------------------------------------------------------------------------- */

/* The number of the only bit that is set; -1 when there are none or several. */
static int
get_only_bit (guint bits)
{
  return bits != 0 && (bits & (bits - 1)) == 0 ? g_bit_nth_lsf (bits, -1) : -1;
}

static UcStmt *
prepare (Search *search, GError **error)
{
  const UcQuery *query = search->query;
  gint64         only_channel = _uc_search_names_get_only_channel (search->names);
  int            category = get_only_bit (query->categories);
  int            priority = get_only_bit (query->priorities);
  UcStmt        *stmt;

  if (search->match != NULL) {
    stmt = uc_db_prepare (search->db, WORDS_SQL, error);
    if (stmt != NULL)
      uc_stmt_bind_text (stmt, ":match", search->match);
  } else if (only_channel != 0) {
    stmt = uc_db_prepare (search->db, CHANNEL_SQL, error);
    if (stmt != NULL)
      uc_stmt_bind_int64 (stmt, ":channel", only_channel);
  } else if (category > 0 || priority > 0) {
    stmt = uc_db_prepare (search->db, category > 0 ? CATEGORY_SQL : PRIORITY_SQL, error);
    if (stmt != NULL)
      uc_stmt_bind_int64 (stmt, ":kind", category > 0 ? category : priority);
  } else {
    stmt = uc_db_prepare (search->db, ALL_SQL, error);
  }
  return stmt;
}

static void
bind (Search *search, UcStmt *stmt)
{
  const UcQuery *query = search->query;
  gint64         hi_seq = query->to_ms < G_MAXINT64 ? _uc_key_of_ms (query->to_ms) : G_MAXINT64;

  if (search->before_seq > 0)
    hi_seq = MIN (hi_seq, search->before_seq);
  uc_stmt_bind_int64 (stmt, ":lo", _uc_key_of_ms (query->from_ms));
  uc_stmt_bind_int64 (stmt, ":hi", hi_seq);
  uc_stmt_bind_int64 (stmt, ":categories", query->categories);
  uc_stmt_bind_int64 (stmt, ":not_categories", query->not_categories);
  uc_stmt_bind_int64 (stmt, ":priorities", query->priorities);
  uc_stmt_bind_int64 (stmt, ":not_priorities", query->not_priorities);
  uc_stmt_bind_int64 (stmt, ":marks", query->wanted | query->refused);
  uc_stmt_bind_int64 (stmt, ":wanted", query->wanted);
  _uc_search_names_bind (search->names, stmt);
}

static GPtrArray *
collect (Search *search, GError **error)
{
  g_autoptr (GPtrArray) hits = g_ptr_array_new_with_free_func ((GDestroyNotify) uc_search_hit_free);
  g_autoptr (GArray) seqs = g_array_new (FALSE, FALSE, sizeof (gint64));
  g_autoptr (GError) local_error = NULL;
  UcStmt  *stmt = prepare (search, error);
  gboolean has_row = TRUE;

  if (stmt == NULL)
    return NULL;
  bind (search, stmt);
  while (hits->len < search->limit && has_row) {
    const char  *text;
    UcSearchHit *hit;
    gint64       seq;

    if (!uc_stmt_step (stmt, &has_row, &local_error))
      break;
    text = has_row ? uc_stmt_get_text (stmt, 2) : "";
    if (!has_row || !_uc_search_text_matches (search->text, text))
      continue;
    seq = uc_stmt_get_int64 (stmt, 0);
    g_array_append_val (seqs, seq);
    hit = g_new0 (UcSearchHit, 1);
    hit->snippet = search->match != NULL ? uc_stmt_dup_text (stmt, 1)
                                         : _uc_search_text_dup_snippet (search->text, text);
    g_ptr_array_add (hits, hit);
  }
  uc_stmt_reset (stmt);
  /* What was found until the time was over is better than nothing. */
  if (local_error != NULL &&
      (hits->len == 0 || !g_error_matches (local_error, UC_ERROR, UC_ERROR_TIMEOUT))) {
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
_uc_search_run (UcDb       *db,
                const char *query,
                const char *my_user_id,
                gint64      before_seq,
                guint       limit,
                GError    **error)
{
  g_auto (Search) search = { 0 };
  g_autoptr (GTimeZone) zone = g_time_zone_new_local ();

  search.db = db;
  search.before_seq = before_seq;
  search.limit = MIN (limit, MAX_HITS);
  search.query = _uc_query_parse (query, zone, g_get_real_time () / 1000, error);
  if (search.query == NULL)
    return NULL;
  search.names = _uc_search_names_resolve (db, search.query, my_user_id, error);
  if (search.names == NULL)
    return NULL;
  if (_uc_search_names_are_unknown (search.names))
    return g_ptr_array_new_with_free_func ((GDestroyNotify) uc_search_hit_free);
  split_terms (&search);
  if (search.match != NULL && !fall_back_to_text (&search, error))
    return NULL;
  return collect (&search, error);
}
