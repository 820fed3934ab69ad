/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What a query says of messages that somebody else found, whose search knows fewer
 * operators than ours, and finds words in a way of its own. */

#include "config.h"

#include "uc-search-judge-private.h"

#include "uc-search-among-private.h"
#include "uc-search-match-private.h"
#include "uc-search-plan-private.h"
#include "uc-store-messages-private.h"

typedef struct {
  UcDb          *db;      /* (unowned) */
  UcQuery       *query;   /* (owned) */
  UcSearchNames *names;   /* (owned) */
  UcSearchText  *text;    /* (owned) what no word index has */
  GHashTable    *wanted;  /* (owned) seqs that have the words */
  GHashTable    *refused; /* (owned) seqs that have words which must not be there */
  gboolean       has_words;
} Judge;

static void
judge_clear (Judge *judge)
{
  g_clear_pointer (&judge->query, _uc_query_free);
  g_clear_pointer (&judge->names, _uc_search_names_free);
  g_clear_pointer (&judge->text, _uc_search_text_free);
  g_clear_pointer (&judge->wanted, g_hash_table_unref);
  g_clear_pointer (&judge->refused, g_hash_table_unref);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Judge, judge_clear)

static gboolean
judge_open (Judge *judge, const char *query, const char *my_user_id, GArray *seqs, GError **error)
{
  g_autoptr (GTimeZone) zone = g_time_zone_new_local ();
  g_autofree char *wanted = NULL;
  g_autofree char *refused = NULL;

  judge->query = _uc_query_parse (query, zone, g_get_real_time () / 1000, NULL, error);
  if (judge->query == NULL)
    return FALSE;
  judge->names = _uc_search_names_resolve (judge->db, judge->query, my_user_id, error);
  if (judge->names == NULL)
    return FALSE;
  judge->text = _uc_search_text_new ();
  _uc_search_match_add_texts (judge->query->terms, TRUE, judge->text);
  wanted = _uc_search_match_wanted (judge->query->terms);
  refused = _uc_search_match_refused (judge->query->terms);
  judge->has_words = wanted != NULL;
  judge->wanted = _uc_search_find_among (judge->db, wanted, seqs, error);
  if (judge->wanted == NULL)
    return FALSE;
  judge->refused = _uc_search_find_among (judge->db, refused, seqs, error);
  return judge->refused != NULL;
}

static gboolean
judge_one (Judge *judge, gint64 seq, UcSearchVerdict *verdict, GError **error)
{
  UcSearchPlan plan = { judge->query, judge->names, .is_unfiltered = TRUE };
  g_autoptr (UcMessage) message = NULL;
  gboolean passes;

  *verdict = UC_VERDICT_REFUSED;
  if (seq == 0 || _uc_search_names_are_unknown (judge->names))
    return TRUE;
  if (!_uc_search_passes (judge->db, &plan, seq, &passes, error))
    return FALSE;
  if (!passes || g_hash_table_contains (judge->refused, &seq))
    return TRUE;
  message = _uc_message_load (judge->db, seq, error);
  if (message == NULL)
    return FALSE;
  if (message->is_delete_queued || !_uc_search_text_matches (judge->text, message->post->message))
    return TRUE;
  *verdict = !judge->has_words || g_hash_table_contains (judge->wanted, &seq) ? UC_VERDICT_FOUND
                                                                              : UC_VERDICT_MISSED;
  return TRUE;
}

GArray *
_uc_search_judge (UcDb              *db,
                  const char        *query,
                  const char        *my_user_id,
                  const char *const *post_ids,
                  GError           **error)
{
  g_auto (Judge) judge = { db };
  g_autoptr (GArray) seqs = g_array_new (FALSE, FALSE, sizeof (gint64));
  g_autoptr (GArray) verdicts = g_array_new (FALSE, FALSE, sizeof (UcSearchVerdict));

  for (guint i = 0; post_ids[i] != NULL; i++) {
    gint64 seq;

    if (!_uc_message_find (db, post_ids[i], &seq, error))
      return NULL;
    g_array_append_val (seqs, seq);
  }
  if (!judge_open (&judge, query, my_user_id, seqs, error))
    return NULL;
  for (guint i = 0; i < seqs->len; i++) {
    UcSearchVerdict verdict;

    if (!judge_one (&judge, g_array_index (seqs, gint64, i), &verdict, error))
      return NULL;
    g_array_append_val (verdicts, verdict);
  }
  return g_steal_pointer (&verdicts);
}
