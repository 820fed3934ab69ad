/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "uc-db.h"
#include "uc-post.h"

G_BEGIN_DECLS

/* The place of a post in its channel: its integer key and its neighbours'. */
typedef enum {
  UC_PAGE_NEWEST,
  UC_PAGE_BEFORE,
  UC_PAGE_AFTER,
} UcPageKind;

typedef struct {
  const char *channel_id;
  UcPageKind  kind;
  gint64      seq;        /* BEFORE, AFTER: the post one starts at */
  gboolean    only_roots; /* collapsed threads */
  int         offset;
  int         limit;
} UcPageQuery;

/* NULL and UC_REFUSAL_POST_UNKNOWN; a deleted post only when asked for. In the posts
 * that come out @props is the text as stored, with nothing taken out of it. */
UcPost *uc_post_table_find (UcDb *db, const char *id, gboolean with_deleted, GError **error)
    G_GNUC_WARN_UNUSED_RESULT;
/* The post that was made of an earlier try, by pending id or by op; NULL when new. */
gboolean
uc_post_table_find_earlier (UcDb *db, const UcPost *post, UcPost **earlier, GError **error);
/* 0 when there is none. */
gboolean uc_post_table_find_seq (UcDb       *db,
                                 const char *channel_id,
                                 const char *id,
                                 gint64     *seq,
                                 GError    **error);
/* The first living post written after a moment; 0 when there is none. */
gboolean uc_post_table_find_seq_after (UcDb       *db,
                                       const char *channel_id,
                                       gint64      time_ms,
                                       gboolean    only_roots,
                                       gint64     *seq,
                                       GError    **error);
/* (element-type UcPost), newest first. */
GPtrArray *uc_post_table_list_page (UcDb              *db,
                                    const UcPageQuery *query,
                                    GError           **error) G_GNUC_WARN_UNUSED_RESULT;
GPtrArray *uc_post_table_list_changes (UcDb       *db,
                                       const char *channel_id,
                                       gint64      since_ms,
                                       GError    **error) G_GNUC_WARN_UNUSED_RESULT;
GPtrArray *uc_post_table_list_pinned (UcDb       *db,
                                      const char *channel_id,
                                      GError    **error) G_GNUC_WARN_UNUSED_RESULT;
GPtrArray *uc_post_table_list_flagged (UcDb       *db,
                                       const char *user_id,
                                       const char *channel_id,
                                       const char *team_id,
                                       int         offset,
                                       int         limit,
                                       GError    **error) G_GNUC_WARN_UNUSED_RESULT;
/* Replies of a root, oldest first, without the root. */
GPtrArray *uc_post_table_list_replies (UcDb       *db,
                                       const char *root_id,
                                       GError    **error) G_GNUC_WARN_UNUSED_RESULT;
/* (element-type utf8): who wrote in a thread, newest first. */
GPtrArray *uc_post_table_list_writers (UcDb       *db,
                                       const char *root_id,
                                       GError    **error) G_GNUC_WARN_UNUSED_RESULT;
/* Ids of the living neighbours, "" at the ends. */
gboolean uc_post_table_find_neighbours (UcDb       *db,
                                        const char *channel_id,
                                        gint64      oldest_seq,
                                        gint64      newest_seq,
                                        gboolean    only_roots,
                                        char      **older_id,
                                        char      **newer_id,
                                        GError    **error);
/* The newest change of a channel, for its ETag. */
gboolean
uc_post_table_find_change (UcDb *db, const char *channel_id, gint64 *update_at_ms, GError **error);
gboolean
uc_post_table_count_pinned (UcDb *db, const char *channel_id, gint64 *count, GError **error);
/* Counted posts from a post on: what is unread when that one is. */
gboolean uc_post_table_count_from (UcDb       *db,
                                   const char *channel_id,
                                   gint64      seq,
                                   gint64     *count,
                                   gint64     *count_root,
                                   GError    **error);

gboolean uc_post_table_insert (UcDb *db, const UcPost *post, GError **error);
/* Text, props, pin and the times of a change. */
gboolean uc_post_table_update (UcDb *db, const UcPost *post, GError **error);
/* A reply came or went, a reaction changed: the counters of a root, the mark. */
gboolean uc_post_table_touch (UcDb *db, const char *id, gint64 now_ms, GError **error);
/* Takes the text of a post and of its replies away for good. */
gboolean
uc_post_table_delete (UcDb *db, const char *id, const char *user_id, gint64 now_ms, GError **error);

G_END_DECLS
