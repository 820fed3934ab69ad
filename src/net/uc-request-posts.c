/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The calls about posts: pages of history, writing, threads, reactions, search. */

#include "config.h"

#include "uc-request-private.h"

#include <libsoup/soup.h>

static UcRequest *
page_request (UcRequest *self)
{
  _uc_request_set_result (self, (UcParseFunc) uc_wire_parse_post_page,
                          (GDestroyNotify) uc_post_page_free);
  return self;
}

static UcRequest *
post_request (UcRequest *self)
{
  _uc_request_set_result (self, (UcParseFunc) uc_wire_parse_post, (GDestroyNotify) uc_post_unref);
  return self;
}

/**
 * uc_request_posts_latest:
 *
 * The newest posts of a channel.
 */
UcRequest *
uc_request_posts_latest (const char *channel_id, int per_page)
{
  UcRequest *self = _uc_request_new (SOUP_METHOD_GET, "/channels/{id}/posts", channel_id, NULL);

  _uc_request_add_paging (self, 0, per_page);
  return page_request (self);
}

/**
 * uc_request_posts_at:
 * @page: counted from the newest, which is on page 0
 *
 * A page somewhere, without the threads of its posts: to see when they were written. It
 * moves with every post that comes.
 */
UcRequest *
uc_request_posts_at (const char *channel_id, int page, int per_page)
{
  UcRequest *self = _uc_request_new (SOUP_METHOD_GET, "/channels/{id}/posts", channel_id, NULL);

  _uc_request_add_paging (self, page, per_page);
  _uc_request_add_query (self, "skipFetchThreads", "true");
  return page_request (self);
}

/**
 * uc_request_posts_before:
 *
 * The posts next to @post_id, older.
 */
UcRequest *
uc_request_posts_before (const char *channel_id, const char *post_id, int per_page)
{
  UcRequest *self = _uc_request_new (SOUP_METHOD_GET, "/channels/{id}/posts?before={id}",
                                     channel_id, post_id, NULL);

  _uc_request_add_paging (self, 0, per_page);
  return page_request (self);
}

/**
 * uc_request_posts_after:
 *
 * The posts next to @post_id, newer.
 */
UcRequest *
uc_request_posts_after (const char *channel_id, const char *post_id, int per_page)
{
  UcRequest *self = _uc_request_new (SOUP_METHOD_GET, "/channels/{id}/posts?after={id}", channel_id,
                                     post_id, NULL);

  _uc_request_add_paging (self, 0, per_page);
  return page_request (self);
}

/**
 * uc_request_posts_since:
 * @since_ms: server time; must not be 0, which the server takes for "no since"
 *
 * Posts changed after @since_ms, at most 1,000: for edits, deletions and reactions.
 */
UcRequest *
uc_request_posts_since (const char *channel_id, gint64 since_ms)
{
  UcRequest *self = _uc_request_new (SOUP_METHOD_GET, "/channels/{id}/posts", channel_id, NULL);

  _uc_request_add_query_int (self, "since", MAX (since_ms, 1));
  return page_request (self);
}

/**
 * uc_request_posts_unread:
 * @limit_after: at least 1
 *
 * The posts around the first unread one.
 */
UcRequest *
uc_request_posts_unread (const char *channel_id, int limit_before, int limit_after)
{
  UcRequest *self =
      _uc_request_new (SOUP_METHOD_GET, "/users/me/channels/{id}/posts/unread", channel_id, NULL);

  _uc_request_add_query_int (self, "limit_before", limit_before);
  _uc_request_add_query_int (self, "limit_after", limit_after);
  return page_request (self);
}

/**
 * uc_request_thread:
 *
 * A whole thread; the order of the answer is to be distrusted (protocol.md 7.3).
 */
UcRequest *
uc_request_thread (const char *root_id)
{
  return page_request (_uc_request_new (SOUP_METHOD_GET, "/posts/{id}/thread", root_id, NULL));
}

/**
 * uc_request_post:
 *
 * One post.
 */
UcRequest *
uc_request_post (const char *post_id)
{
  return post_request (_uc_request_new (SOUP_METHOD_GET, "/posts/{id}", post_id, NULL));
}

/**
 * uc_request_create_post:
 * @post: channel, text, root, files, props and the pending id
 */
UcRequest *
uc_request_create_post (const UcPost *post)
{
  UcRequest *self = _uc_request_new (SOUP_METHOD_POST, "/posts", NULL);

  _uc_request_take_body (self, uc_wire_build_post (post));
  return post_request (self);
}

/**
 * uc_request_patch_post:
 *
 * Changes the text of a post.
 */
UcRequest *
uc_request_patch_post (const char *post_id, const char *message)
{
  UcRequest *self = _uc_request_new (SOUP_METHOD_PUT, "/posts/{id}/patch", post_id, NULL);

  _uc_request_take_body (self, uc_wire_build_patch (message));
  return post_request (self);
}

/**
 * uc_request_delete_post:
 *
 * Deletes a post; with a root go its replies.
 */
UcRequest *
uc_request_delete_post (const char *post_id)
{
  return _uc_request_new (SOUP_METHOD_DELETE, "/posts/{id}", post_id, NULL);
}

/**
 * uc_request_pin_post:
 *
 * Pins or unpins a post.
 */
UcRequest *
uc_request_pin_post (const char *post_id, gboolean pin)
{
  return _uc_request_new (SOUP_METHOD_POST, pin ? "/posts/{id}/pin" : "/posts/{id}/unpin", post_id,
                          NULL);
}

/**
 * uc_request_set_unread:
 *
 * Marks the channel of @post_id unread from that post on.
 */
UcRequest *
uc_request_set_unread (const char *post_id)
{
  UcRequest *self =
      _uc_request_new (SOUP_METHOD_POST, "/users/me/posts/{id}/set_unread", post_id, NULL);

  _uc_request_take_body (self, uc_wire_build_set_unread ());
  _uc_request_set_result (self, (UcParseFunc) uc_wire_parse_member,
                          (GDestroyNotify) uc_member_unref);
  return self;
}

/**
 * uc_request_add_reaction:
 * @reaction: one's own
 */
UcRequest *
uc_request_add_reaction (const UcReaction *reaction)
{
  UcRequest *self = _uc_request_new (SOUP_METHOD_POST, "/reactions", NULL);

  _uc_request_take_body (self, uc_wire_build_reaction (reaction));
  return self;
}

/**
 * uc_request_remove_reaction:
 * @reaction: one's own
 */
UcRequest *
uc_request_remove_reaction (const UcReaction *reaction)
{
  return _uc_request_new (SOUP_METHOD_DELETE, "/users/{id}/posts/{id}/reactions/{}",
                          reaction->user_id, reaction->post_id, reaction->emoji_name, NULL);
}

/**
 * uc_request_search_posts:
 * @team_id: (nullable): %NULL searches all teams, which servers before 6.1 cannot
 *   (UC_ERROR_NOT_FOUND); direct channels are searched either way
 * @terms: in the server's own query language
 * @any_word: whether one of the words is enough
 * @zone_offset_s: of the user, for on:, before: and after:
 */
UcRequest *
uc_request_search_posts (const char *team_id,
                         const char *terms,
                         gboolean    any_word,
                         int         zone_offset_s,
                         int         page,
                         int         per_page)
{
  UcRequest *self = team_id != NULL ? _uc_request_new (SOUP_METHOD_POST, "/teams/{id}/posts/search",
                                                       team_id, NULL)
                                    : _uc_request_new (SOUP_METHOD_POST, "/posts/search", NULL);

  _uc_request_take_body (self,
                         uc_wire_build_search (terms, any_word, zone_offset_s, page, per_page));
  return page_request (self);
}
