/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "uc-db.h"
#include "uc-post.h"

G_BEGIN_DECLS

/* A picture of at most this size is its own preview; a larger one has none. */
#define UC_MAX_PREVIEW_BYTES (4 * 1024 * 1024)

/**
 * UcUpload:
 *
 * A file that comes in pieces (`/uploads`).
 */
typedef struct {
  char  *id;
  char  *user_id;
  char  *channel_id;
  char  *name;
  gint64 size;
  gint64 offset;
  gint64 create_at_ms;
} UcUpload;

void uc_upload_free (UcUpload *self);

/* NULL and UC_REFUSAL_FILE_UNKNOWN. In what comes out @channel_id is the real one,
 * which the API does not show. */
UcFile *uc_file_table_find (UcDb *db, const char *id, GError **error) G_GNUC_WARN_UNUSED_RESULT;
/* (element-type UcFile) */
GPtrArray *
uc_file_table_list_post (UcDb *db, const char *post_id, GError **error) G_GNUC_WARN_UNUSED_RESULT;
/* By part of the name, in channels of a user; newest first. */
GPtrArray *uc_file_table_search (UcDb       *db,
                                 const char *user_id,
                                 const char *team_id,
                                 const char *term,
                                 int         limit,
                                 GError    **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean   uc_file_table_insert (UcDb *db, const UcFile *file, GError **error);
/* Ties a file to its post; FALSE in @is_taken when it is another's or used already. */
gboolean uc_file_table_attach (UcDb         *db,
                               const char   *id,
                               const UcPost *post,
                               gboolean     *is_taken,
                               GError      **error);
/* Those of a post and its replies. */
gboolean uc_file_table_delete_post (UcDb *db, const char *post_id, gint64 now_ms, GError **error);
/* (element-type utf8): files whose bytes may go: deleted, or never posted and old. */
GPtrArray *uc_file_table_list_waste (UcDb *db, gint64 before_ms, int limit, GError **error)
    G_GNUC_WARN_UNUSED_RESULT;
gboolean uc_file_table_forget (UcDb *db, const char *id, GError **error);

/* NULL and UC_REFUSAL_UPLOAD_UNKNOWN. */
UcUpload *
uc_file_table_find_upload (UcDb *db, const char *id, GError **error) G_GNUC_WARN_UNUSED_RESULT;
GPtrArray *uc_file_table_list_uploads (UcDb       *db,
                                       const char *user_id,
                                       GError    **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean   uc_file_table_put_upload (UcDb *db, const UcUpload *upload, GError **error);
gboolean   uc_file_table_delete_upload (UcDb *db, const char *id, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (UcUpload, uc_upload_free)

G_END_DECLS
