/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The floor of taking pages: plain INSERTs. */

#include "config.h"

#include "uc-bench-plain.h"

#include "uc-bench-measure.h"

#include <stdlib.h>
#include <string.h>

static const char *MESSAGE_SQL =
    "INSERT INTO messages (seq, id, channel, user, root_id, type, message, props, hashtags,"
    "                      file_ids, override_name, create_at_ms, update_at_ms, edit_at_ms,"
    "                      delete_at_ms, last_reply_at_ms, reply_count, is_pinned, has_reactions,"
    "                      is_from_bot, has_metadata, op_id, is_local, is_counted)"
    " VALUES (:seq, :id, :channel, :user, :root_id, '', :message, '', '', :file_ids, NULL, :at,"
    "         :update_at, :edit_at, 0, 0, :reply_count, :is_pinned, :has_reactions, 0, 1, '', 0, "
    "1)";
static const char *WORDS_SQL = "INSERT INTO message_words (rowid, message) VALUES (:seq, :message)";
static const char *ANNOTATION_SQL = "INSERT INTO annotations (seq) VALUES (:seq)";
static const char *REACTION_SQL = "INSERT INTO reactions (seq, user, emoji_name, create_at_ms)"
                                  " VALUES (:seq, :user, :emoji, :at) ON CONFLICT DO NOTHING";
static const char *FILE_SQL =
    "INSERT INTO files (id, seq, user_id, post_id, channel_id, name, extension, mime_type,"
    "                   size_bytes, width, height, has_preview, create_at_ms, update_at_ms,"
    "                   delete_at_ms)"
    " VALUES (:id, :seq, :user_id, :post_id, :channel_id, :name, :extension, :mime_type, :size,"
    "         :width, :height, :has_preview, :at, :at, 0)";

static UcStmt *
prepare (UcDb *db, const char *sql, gint64 seq)
{
  g_autoptr (GError) error = NULL;
  UcStmt *stmt = uc_db_prepare (db, sql, &error);

  uc_bench_must (stmt != NULL, &error);
  uc_stmt_bind_int64 (stmt, ":seq", seq);
  return stmt;
}

static void
run (UcStmt *stmt)
{
  g_autoptr (GError) error = NULL;

  uc_bench_must (uc_stmt_run (stmt, &error), &error);
}

/* The number in an id of the generator; people are stored in that order, after oneself. */
static gint64
get_user (const char *user_id)
{
  return strtoll (user_id + strlen ("user"), NULL, 10) + 2;
}

static void
insert_message (UcDb *db, const UcPost *post, gint64 seq, gint64 channel)
{
  UcStmt          *stmt = prepare (db, MESSAGE_SQL, seq);
  g_autofree char *file_ids = g_strjoinv (" ", post->file_ids);

  uc_stmt_bind_text (stmt, ":id", post->id);
  uc_stmt_bind_int64 (stmt, ":channel", channel);
  uc_stmt_bind_int64 (stmt, ":user", get_user (post->user_id));
  uc_stmt_bind_text (stmt, ":root_id", post->root_id);
  uc_stmt_bind_text (stmt, ":message", post->message);
  uc_stmt_bind_text (stmt, ":file_ids", file_ids);
  uc_stmt_bind_int64 (stmt, ":at", post->create_at_ms);
  uc_stmt_bind_int64 (stmt, ":update_at", post->update_at_ms);
  uc_stmt_bind_int64 (stmt, ":edit_at", post->edit_at_ms);
  uc_stmt_bind_int64 (stmt, ":reply_count", post->reply_count);
  uc_stmt_bind_int64 (stmt, ":is_pinned", post->is_pinned);
  uc_stmt_bind_int64 (stmt, ":has_reactions", post->has_reactions);
  run (stmt);
  stmt = prepare (db, WORDS_SQL, seq);
  uc_stmt_bind_text (stmt, ":message", post->message);
  run (stmt);
  run (prepare (db, ANNOTATION_SQL, seq));
}

static void
insert_reaction (UcDb *db, const UcReaction *reaction, gint64 seq)
{
  UcStmt *stmt = prepare (db, REACTION_SQL, seq);

  uc_stmt_bind_int64 (stmt, ":user", get_user (reaction->user_id));
  uc_stmt_bind_text (stmt, ":emoji", reaction->emoji_name);
  uc_stmt_bind_int64 (stmt, ":at", reaction->create_at_ms);
  run (stmt);
}

static void
insert_file (UcDb *db, const UcFile *file, gint64 seq)
{
  UcStmt *stmt = prepare (db, FILE_SQL, seq);

  uc_stmt_bind_text (stmt, ":id", file->id);
  uc_stmt_bind_text (stmt, ":user_id", file->user_id);
  uc_stmt_bind_text (stmt, ":post_id", file->post_id);
  uc_stmt_bind_text (stmt, ":channel_id", file->channel_id);
  uc_stmt_bind_text (stmt, ":name", file->name);
  uc_stmt_bind_text (stmt, ":extension", file->extension);
  uc_stmt_bind_text (stmt, ":mime_type", file->mime_type);
  uc_stmt_bind_int64 (stmt, ":size", file->size_bytes);
  uc_stmt_bind_int64 (stmt, ":width", file->width);
  uc_stmt_bind_int64 (stmt, ":height", file->height);
  uc_stmt_bind_int64 (stmt, ":has_preview", file->has_preview);
  uc_stmt_bind_int64 (stmt, ":at", file->create_at_ms);
  run (stmt);
}

void
uc_bench_plain_insert (UcDb *db, GPtrArray *posts, gint64 channel)
{
  g_autoptr (GError) error = NULL;

  uc_bench_must (uc_db_begin (db, &error), &error);
  for (guint i = 0; i < posts->len; i++) {
    const UcPost *post = g_ptr_array_index (posts, i);
    const gint64  seq = post->create_at_ms << 12;

    insert_message (db, post, seq, channel);
    for (guint j = 0; j < post->reactions->len; j++)
      insert_reaction (db, g_ptr_array_index (post->reactions, j), seq);
    for (guint j = 0; j < post->files->len; j++)
      insert_file (db, g_ptr_array_index (post->files, j), seq);
  }
  uc_bench_must (uc_db_commit (db, &error), &error);
}
