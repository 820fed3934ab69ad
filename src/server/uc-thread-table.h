/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "uc-db.h"

G_BEGIN_DECLS

/**
 * UcThread:
 *
 * A thread as one of its followers has it.
 */
typedef struct {
  char    *root_id;
  gboolean is_following;
  gint64   last_viewed_at_ms;
  gint64   last_reply_at_ms;
  gint64   reply_count;
  gint64   unread_replies;
  gint64   unread_mentions;
} UcThread;

typedef struct {
  gint64 n_threads;
  gint64 n_unread;
  gint64 n_mentions;
} UcThreadTotals;

typedef struct {
  const char *user_id;
  const char *team_id;
  const char *before; /* a root, or "" */
  const char *after;
  gint64      since_ms;
  gboolean    only_unread;
  int         limit;
} UcThreadQuery;

void uc_thread_free (UcThread *self);

/* NULL without an error when the user never followed it. */
gboolean uc_thread_table_find (UcDb       *db,
                               const char *root_id,
                               const char *user_id,
                               UcThread  **thread,
                               GError    **error);
/* (element-type UcThread), last reply first. */
GPtrArray *uc_thread_table_list (UcDb                *db,
                                 const UcThreadQuery *query,
                                 GError             **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean   uc_thread_table_count (UcDb           *db,
                                  const char     *user_id,
                                  const char     *team_id,
                                  UcThreadTotals *totals,
                                  GError        **error);
/* (element-type utf8): followers. */
GPtrArray *uc_thread_table_list_followers (UcDb       *db,
                                           const char *root_id,
                                           GError    **error) G_GNUC_WARN_UNUSED_RESULT;
/* Does not undo that somebody has stopped following. */
gboolean uc_thread_table_join (UcDb       *db,
                               const char *root_id,
                               const char *user_id,
                               gint64      last_viewed_at_ms,
                               GError    **error);
gboolean uc_thread_table_follow (UcDb       *db,
                                 const char *root_id,
                                 const char *user_id,
                                 gboolean    is_following,
                                 gint64      now_ms,
                                 GError    **error);
gboolean
uc_thread_table_mention (UcDb *db, const char *root_id, const char *user_id, GError **error);
gboolean uc_thread_table_read (UcDb       *db,
                               const char *root_id,
                               const char *user_id,
                               gint64      time_ms,
                               GError    **error);
gboolean uc_thread_table_read_all (UcDb       *db,
                                   const char *user_id,
                                   const char *team_id,
                                   gint64      time_ms,
                                   GError    **error);
gboolean uc_thread_table_read_channel (UcDb       *db,
                                       const char *user_id,
                                       const char *channel_id,
                                       gint64      time_ms,
                                       GError    **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (UcThread, uc_thread_free)

G_END_DECLS
