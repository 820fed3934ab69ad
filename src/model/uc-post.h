/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "uc-types.h"

G_BEGIN_DECLS

/**
 * UcReaction:
 *
 * One person's emoji on a post. @emoji_name is a short name without colons.
 */
struct _UcReaction
{
  char  *user_id;
  char  *post_id;
  char  *emoji_name;
  gint64 create_at_ms;
};

UcReaction *uc_reaction_new   (void) G_GNUC_WARN_UNUSED_RESULT;
UcReaction *uc_reaction_ref   (const UcReaction *self);
void        uc_reaction_unref (UcReaction       *self);

/**
 * UcFile:
 *
 * A file of a post. @width and @height are 0 unless it is a picture whose size
 * the server knows. @mini_preview is base64 JPEG, (nullable). @local_path is set
 * for files that wait to be sent or lie in the cache, (nullable).
 */
struct _UcFile
{
  char    *id;
  char    *user_id;
  char    *post_id;
  char    *channel_id;
  char    *name;
  char    *extension;
  char    *mime_type;
  char    *mini_preview; /* (nullable) */
  char    *local_path;   /* (nullable) */
  gint64   size_bytes;
  int      width;
  int      height;
  gboolean has_preview;
  gint64   create_at_ms;
  gint64   update_at_ms;
  gint64   delete_at_ms;
};

UcFile *uc_file_new   (void) G_GNUC_WARN_UNUSED_RESULT;
UcFile *uc_file_copy  (const UcFile *self) G_GNUC_WARN_UNUSED_RESULT;
UcFile *uc_file_ref   (const UcFile *self);
void    uc_file_unref (UcFile       *self);

/**
 * UcPost:
 *
 * A post as the API has it. @props and @metadata are JSON texts, "" when absent,
 * so that what this version does not know is kept; what it does know is taken out
 * of them: @reactions, @files (in the order of @file_ids), @op_id
 * (`props.unified_chat.op`), @annotation (`props.unified_chat.ai`).
 * @type is "" for an ordinary post, "system_..." and others per protocol.md 21.
 */
struct _UcPost
{
  char         *id;
  char         *channel_id;
  char         *user_id;
  char         *root_id; /* "" for a root post */
  char         *original_id;
  char         *message;
  char         *type;
  char         *props;
  char         *hashtags;
  char         *pending_post_id;
  char         *op_id;
  char         *override_name; /* (nullable) props.override_username of a webhook */
  GStrv         file_ids;      /* never NULL */
  GPtrArray    *files;         /* (element-type UcFile), never NULL */
  GPtrArray    *reactions;     /* (element-type UcReaction), never NULL */
  UcAnnotation *annotation;    /* (nullable) */
  gint64        create_at_ms;
  gint64        update_at_ms;
  gint64        edit_at_ms;
  gint64        delete_at_ms;
  gint64        last_reply_at_ms;
  int           reply_count;
  gboolean      is_pinned;
  gboolean      has_reactions;
  gboolean      is_from_bot;
  gboolean      has_metadata; /* reactions and files above are the whole truth */
};

UcPost  *uc_post_new            (void) G_GNUC_WARN_UNUSED_RESULT;
UcPost  *uc_post_copy           (const UcPost *self) G_GNUC_WARN_UNUSED_RESULT;
UcPost  *uc_post_ref            (const UcPost *self);
void     uc_post_unref          (UcPost       *self);

gboolean uc_post_is_system      (const UcPost *self);
gboolean uc_post_is_counted     (const UcPost *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (UcReaction, uc_reaction_unref)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (UcFile, uc_file_unref)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (UcPost, uc_post_unref)

G_END_DECLS
