/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Messages that somebody else found, the server that is, as hits: with the place where
 * words of the query stand, as far as we find them too. */

#include "config.h"

#include "uc-search-hits-private.h"

#include "uc-search-among-private.h"
#include "uc-search-match-private.h"
#include "uc-store-messages-private.h"

static int
compare_newest_first (gconstpointer a, gconstpointer b)
{
  const UcSearchHit *one = *(const UcSearchHit *const *) a;
  const UcSearchHit *other = *(const UcSearchHit *const *) b;

  return one->message->seq > other->message->seq ? -1 : one->message->seq < other->message->seq;
}

static gboolean
add_hit (UcDb         *db,
         GHashTable   *snippets,
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
  hit->snippet = g_strdup (g_hash_table_lookup (snippets, &seq));
  if (hit->snippet == NULL)
    hit->snippet = _uc_search_text_dup_snippet (text, hit->message->post->message);
  g_ptr_array_add (hits, g_steal_pointer (&hit));
  return TRUE;
}

/* (element-type gint64): of those that are stored. */
static GArray *
find_seqs (UcDb *db, const char *const *post_ids, GError **error)
{
  g_autoptr (GArray) seqs = g_array_new (FALSE, FALSE, sizeof (gint64));

  for (guint i = 0; post_ids[i] != NULL; i++) {
    gint64 seq;

    if (!_uc_message_find (db, post_ids[i], &seq, error))
      return NULL;
    if (seq != 0)
      g_array_append_val (seqs, seq);
  }
  return g_steal_pointer (&seqs);
}

GPtrArray *
_uc_search_load_hits (UcDb *db, const char *query, const char *const *post_ids, GError **error)
{
  g_autoptr (GPtrArray) hits = g_ptr_array_new_with_free_func ((GDestroyNotify) uc_search_hit_free);
  g_autoptr (GTimeZone) zone = g_time_zone_new_local ();
  g_autoptr (UcQuery) parsed = _uc_query_parse (query, zone, g_get_real_time () / 1000, NULL, NULL);
  g_autoptr (UcSearchText) text = _uc_search_text_new ();
  g_autoptr (GArray) seqs = find_seqs (db, post_ids, error);
  g_autoptr (GHashTable) snippets = NULL;
  g_autofree char *match = NULL;

  if (seqs == NULL)
    return NULL;
  if (parsed != NULL) {
    match = _uc_search_match_any (parsed->terms);
    _uc_search_match_add_texts (parsed->terms, FALSE, text);
  }
  snippets = _uc_search_find_among (db, match, seqs, error);
  if (snippets == NULL)
    return NULL;
  for (guint i = 0; i < seqs->len; i++) {
    if (!add_hit (db, snippets, text, g_array_index (seqs, gint64, i), hits, error))
      return NULL;
  }
  g_ptr_array_sort (hits, compare_newest_first);
  return g_steal_pointer (&hits);
}
