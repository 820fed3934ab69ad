/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A row of `posts`, for the files that read them by page and by word. */

#include "config.h"

#include "uc-post-row.h"

static void
take_text (char **field, UcStmt *stmt, int column)
{
  g_free (*field);
  *field = uc_stmt_dup_text (stmt, column);
}

/* Returns: (transfer full): a UcPost; @props as stored, pending id left out. */
gpointer
_uc_post_row_read (UcStmt *stmt)
{
  UcPost     *post = uc_post_new ();
  const char *file_ids = uc_stmt_get_text (stmt, 8);

  take_text (&post->id, stmt, 0);
  take_text (&post->channel_id, stmt, 1);
  take_text (&post->user_id, stmt, 2);
  take_text (&post->root_id, stmt, 3);
  take_text (&post->message, stmt, 4);
  take_text (&post->type, stmt, 5);
  take_text (&post->props, stmt, 6);
  take_text (&post->hashtags, stmt, 7);
  if (*file_ids != '\0') {
    g_strfreev (post->file_ids);
    post->file_ids = g_strsplit (file_ids, " ", -1);
  }
  post->is_pinned = uc_stmt_get_int64 (stmt, 9) != 0;
  post->has_reactions = uc_stmt_get_int64 (stmt, 10) != 0;
  post->last_reply_at_ms = uc_stmt_get_int64 (stmt, 11);
  post->create_at_ms = uc_stmt_get_int64 (stmt, 12);
  post->update_at_ms = uc_stmt_get_int64 (stmt, 13);
  post->edit_at_ms = uc_stmt_get_int64 (stmt, 14);
  post->delete_at_ms = uc_stmt_get_int64 (stmt, 15);
  post->reply_count = (int) uc_stmt_get_int64 (stmt, 16);
  return post;
}
