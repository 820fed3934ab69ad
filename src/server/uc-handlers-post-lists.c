/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Posts in lists: pages of a channel, catching up, threads, what is pinned, saved or
 * unread (protocol.md 7.3). */

#include "config.h"

#include "uc-handlers.h"

#include "uc-id.h"
#include "uc-member-table.h"
#include "uc-post-page.h"
#include "uc-post-service.h"
#include "uc-post-table.h"
#include "uc-refusal.h"

#include <string.h>

#define MAX_WINDOW     200
#define DEFAULT_WINDOW 60

typedef struct {
  UcPageQuery query;
  const char *anchor; /* (nullable) the post given as before or after */
  gint64      since_ms;
} Page;

/* The tag names the query too: two pages of a channel are two things. */
static gboolean
check_etag (UcCall *call, UcTxn *txn, const char *channel_id, gboolean *is_known, GError **error)
{
  g_autofree char *etag = NULL;
  gint64           change_ms = 0;
  guint            query = 0;
  GHashTableIter   iter;
  gpointer         name;
  gpointer         value;

  if (!uc_post_table_find_change (txn->db, channel_id, &change_ms, error))
    return FALSE;
  if (call->query != NULL) {
    g_hash_table_iter_init (&iter, call->query);
    while (g_hash_table_iter_next (&iter, &name, &value))
      query += g_str_hash (name) * 31 + g_str_hash (value);
  }
  etag = g_strdup_printf ("%s.%" G_GINT64_FORMAT ".%x", UC_SITE_API_VERSION, change_ms, query);
  *is_known = uc_call_check_etag (call, etag);
  return TRUE;
}

static gboolean
read_anchor (UcCall *call, UcTxn *txn, Page *page, GError **error)
{
  static const struct {
    const char *name;
    UcPageKind  kind;
  } anchors[] = { { "before", UC_PAGE_BEFORE }, { "after", UC_PAGE_AFTER } };

  for (guint i = 0; i < G_N_ELEMENTS (anchors); i++) {
    const char *id = uc_call_get_query (call, anchors[i].name, "");

    if (*id == '\0')
      continue;
    if (!uc_id_is_valid (id)) {
      uc_refuse_body (error, anchors[i].name);
      return FALSE;
    }
    page->anchor = id;
    page->query.kind = anchors[i].kind;
    if (!uc_post_table_find_seq (txn->db, page->query.channel_id, id, &page->query.seq, error))
      return FALSE;
    /* Nothing lies after a post that does not exist. */
    if (page->query.seq == 0 && page->query.kind == UC_PAGE_AFTER)
      page->query.seq = G_MAXINT64;
    return TRUE;
  }
  return TRUE;
}

static gboolean
read_page (UcCall *call, UcTxn *txn, Page *page, GError **error)
{
  const char *since = uc_call_get_query (call, "since", "");

  memset (page, 0, sizeof *page);
  page->query.channel_id = uc_call_get_param (call, "channel_id");
  page->query.only_roots = uc_call_get_query_flag (call, "collapsedThreads");
  uc_call_get_page (call, &page->query.offset, &page->query.limit);
  if (*since != '\0' &&
      !g_ascii_string_to_signed (since, 10, 0, G_MAXINT64, &page->since_ms, NULL)) {
    uc_refuse_body (error, "since");
    return FALSE;
  }
  return page->since_ms > 0 || read_anchor (call, txn, page, error);
}

static gboolean
answer_since (UcCall *call, UcTxn *txn, const Page *page, GError **error)
{
  g_autoptr (GPtrArray) posts =
      uc_post_table_list_changes (txn->db, page->query.channel_id, page->since_ms, error);
  const UcPostList list = { .posts = posts, .next_post_id = "", .prev_post_id = "" };

  return posts != NULL && uc_post_page_answer (call, txn, &list, error);
}

static gboolean
find_seq (UcTxn *txn, const UcPost *post, gint64 *seq, GError **error)
{
  return uc_post_table_find_seq (txn->db, post->channel_id, post->id, seq, error);
}

/* Ids of what lies around a page that is not empty. */
static gboolean
find_around (UcTxn     *txn,
             GPtrArray *posts,
             gboolean   only_roots,
             char     **older_id,
             char     **newer_id,
             GError   **error)
{
  const UcPost *newest = g_ptr_array_index (posts, 0);
  const UcPost *oldest = g_ptr_array_index (posts, posts->len - 1);
  gint64        newest_seq = 0;
  gint64        oldest_seq = 0;

  return find_seq (txn, newest, &newest_seq, error) && find_seq (txn, oldest, &oldest_seq, error) &&
         uc_post_table_find_neighbours (txn->db, newest->channel_id, oldest_seq, newest_seq,
                                        only_roots, older_id, newer_id, error);
}

static gboolean
answer_page (UcCall *call, UcTxn *txn, const Page *page, GError **error)
{
  const UcPageQuery *query = &page->query;
  g_autoptr (GPtrArray) posts = uc_post_table_list_page (txn->db, query, error);
  g_autofree char *older = g_strdup ("");
  g_autofree char *newer = g_strdup ("");
  UcPostList       list = {
          .posts = posts,
          .with_roots = !query->only_roots,
          .with_threads = !uc_call_get_query_flag (call, "skipFetchThreads"),
          .is_collapsed = query->only_roots,
  };

  if (posts == NULL)
    return FALSE;
  if (posts->len > 0) {
    g_clear_pointer (&older, g_free);
    g_clear_pointer (&newer, g_free);
    if (!find_around (txn, posts, query->only_roots, &older, &newer, error))
      return FALSE;
  }
  /* The first page on either side of a post names that post, even a deleted one. */
  if (page->anchor != NULL && query->offset == 0 && query->kind == UC_PAGE_BEFORE)
    g_set_str (&newer, page->anchor);
  if (page->anchor != NULL && query->offset == 0 && query->kind == UC_PAGE_AFTER)
    g_set_str (&older, page->anchor);
  list.next_post_id = newer;
  list.prev_post_id = older;
  return uc_post_page_answer (call, txn, &list, error);
}

gboolean
uc_posts_list (UcCall *call, UcTxn *txn, GError **error)
{
  Page     page;
  gboolean is_known = FALSE;

  if (!read_page (call, txn, &page, error))
    return FALSE;
  if (page.since_ms > 0)
    return answer_since (call, txn, &page, error);
  if (!check_etag (call, txn, page.query.channel_id, &is_known, error))
    return FALSE;
  return is_known || answer_page (call, txn, &page, error);
}

/* A part of the window around the first unread post. */
static GPtrArray *
list_part (UcTxn      *txn,
           const char *channel_id,
           UcPageKind  kind,
           gint64      seq,
           gboolean    only_roots,
           int         limit,
           GError    **error)
{
  const UcPageQuery query = {
    .channel_id = channel_id,
    .kind = kind,
    .seq = seq,
    .only_roots = only_roots,
    .limit = limit,
  };

  return uc_post_table_list_page (txn->db, &query, error);
}

static GPtrArray *
list_window (UcTxn      *txn,
             const char *channel_id,
             gint64      first_seq,
             gboolean    only_roots,
             int         before,
             int         after,
             GError    **error)
{
  g_autoptr (GPtrArray) unread = NULL;
  g_autoptr (GPtrArray) read = NULL;

  if (first_seq == 0)
    return list_part (txn, channel_id, UC_PAGE_NEWEST, 0, only_roots, before, error);
  unread = list_part (txn, channel_id, UC_PAGE_AFTER, first_seq - 1, only_roots, after, error);
  read = list_part (txn, channel_id, UC_PAGE_BEFORE, first_seq, only_roots, before, error);
  if (unread == NULL || read == NULL)
    return NULL;
  for (guint i = 0; i < read->len; i++)
    g_ptr_array_add (unread, uc_post_ref (g_ptr_array_index (read, i)));
  return g_steal_pointer (&unread);
}

gboolean
uc_posts_list_unread (UcCall *call, UcTxn *txn, GError **error)
{
  const char *channel_id = uc_call_get_param (call, "channel_id");
  gint64      before = uc_call_get_query_int (call, "limit_before", DEFAULT_WINDOW);
  gint64      after = uc_call_get_query_int (call, "limit_after", DEFAULT_WINDOW);
  gboolean    only_roots = uc_call_get_query_flag (call, "collapsedThreads");
  gint64      first_seq = 0;
  g_autoptr (UcChannelMember) member = NULL;
  g_autoptr (GPtrArray) posts = NULL;
  g_autofree char *older = NULL;
  g_autofree char *newer = NULL;
  UcPostList       list = { .with_roots = !only_roots, .is_collapsed = only_roots };

  if (after == 0) {
    uc_refuse_url (error, "limit_after");
    return FALSE;
  }
  if (!uc_access_need_channel (txn, &call->actor, channel_id, "read_channel", error) ||
      !uc_member_table_find (txn->db, channel_id, uc_call_get_param (call, "user_id"), &member,
                             error))
    return FALSE;
  /* Never viewed, or nothing unread: the newest posts. */
  if (member != NULL && member->last_viewed_at_ms > 0 &&
      !uc_post_table_find_seq_after (txn->db, channel_id, member->last_viewed_at_ms, only_roots,
                                     &first_seq, error))
    return FALSE;
  posts = list_window (txn, channel_id, first_seq, only_roots, (int) MIN (before, MAX_WINDOW),
                       (int) MIN (after, MAX_WINDOW), error);
  if (posts == NULL)
    return FALSE;
  if (posts->len > 0 && !find_around (txn, posts, only_roots, &older, &newer, error))
    return FALSE;
  list.posts = posts;
  list.with_threads = !uc_call_get_query_flag (call, "skipFetchThreads");
  list.next_post_id = newer != NULL ? newer : "";
  list.prev_post_id = older != NULL ? older : "";
  return uc_post_page_answer (call, txn, &list, error);
}

gboolean
uc_posts_get_thread (UcCall *call, UcTxn *txn, GError **error)
{
  g_autoptr (UcPost) post =
      uc_post_service_find (txn, &call->actor, uc_call_get_param (call, "post_id"), error);
  g_autoptr (UcPost) root = NULL;
  g_autoptr (GPtrArray) posts = NULL;
  UcPostList list = { .next_post_id = "", .prev_post_id = "" };

  if (post == NULL)
    return FALSE;
  root = *post->root_id != '\0' ? uc_post_table_find (txn->db, post->root_id, FALSE, error)
                                : uc_post_ref (post);
  posts = root != NULL ? uc_post_table_list_replies (txn->db, root->id, error) : NULL;
  if (posts == NULL)
    return FALSE;
  g_ptr_array_insert (posts, 0, g_steal_pointer (&root));
  list.posts = posts;
  list.is_collapsed = uc_call_get_query_flag (call, "collapsedThreads");
  return uc_post_page_answer (call, txn, &list, error);
}

gboolean
uc_posts_list_pinned (UcCall *call, UcTxn *txn, GError **error)
{
  g_autoptr (GPtrArray) posts =
      uc_post_table_list_pinned (txn->db, uc_call_get_param (call, "channel_id"), error);
  const UcPostList list = { .posts = posts, .next_post_id = "", .prev_post_id = "" };

  return posts != NULL && uc_post_page_answer (call, txn, &list, error);
}

gboolean
uc_posts_list_flagged (UcCall *call, UcTxn *txn, GError **error)
{
  UcPostList list = { .next_post_id = "", .prev_post_id = "" };
  g_autoptr (GPtrArray) posts = NULL;
  int offset;
  int limit;

  uc_call_get_page (call, &offset, &limit);
  posts = uc_post_table_list_flagged (
      txn->db, uc_call_get_param (call, "user_id"), uc_call_get_query (call, "channel_id", ""),
      uc_call_get_query (call, "team_id", ""), offset, limit, error);
  list.posts = posts;
  return posts != NULL && uc_post_page_answer (call, txn, &list, error);
}

gboolean
uc_posts_set_unread (UcCall *call, UcTxn *txn, GError **error)
{
  JsonObject *answer = NULL;

  if (!uc_post_service_set_unread (txn, &call->actor, uc_call_get_param (call, "post_id"), &answer,
                                   error))
    return FALSE;
  uc_call_answer_object (call, 200, answer);
  return TRUE;
}
