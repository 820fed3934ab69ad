/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "uc-context-private.h"

G_BEGIN_DECLS

/* Takes the @index-th file of an operation to the server: in pieces where the server can,
 * so that a break costs the last piece only, else at once. finish: the file's id,
 * (transfer full); *@error_id as of the request that failed. With UC_ERROR_DISABLED a
 * person has stopped it. Nobody's message is changed by it: it may be done again. */
void  _uc_outbox_upload_async (UcContext          *context,
                               const UcOutboxRow  *row,
                               guint               index,
                               GCancellable       *cancellable,
                               GAsyncReadyCallback callback,
                               gpointer            user_data);
char *_uc_outbox_upload_finish (UcContext    *context,
                                GAsyncResult *result,
                                const char  **error_id,
                                GError      **error) G_GNUC_WARN_UNUSED_RESULT;

/* What is remembered of an upload that was begun; to be removed with what it belongs to. */
char *_uc_outbox_upload_dup_fact_key (const char *op_id, guint index) G_GNUC_WARN_UNUSED_RESULT;

/* Whether @file_id at the server is what lies at @file's path. finish gives @file_id. */
void  _uc_outbox_upload_compare_async (UcContext          *context,
                                       const char         *file_id,
                                       UcFile             *file,
                                       const char         *digest,
                                       GCancellable       *cancellable,
                                       GAsyncReadyCallback callback,
                                       gpointer            user_data);
char *_uc_outbox_upload_compare_finish (GAsyncResult *result,
                                        gboolean     *is_same,
                                        GError      **error) G_GNUC_WARN_UNUSED_RESULT;

/* -- The memory of an upload, pure ---------------------------------------------------- */

typedef struct {
  char    *upload_id;   /* (owned) (nullable) */
  gint64   begun_bytes; /* where the piece under way began; -1: none was */
  gboolean is_suspect;  /* the server may have more of it than it says */
} UcUploadMemory;

void     _uc_upload_memory_clear (UcUploadMemory *self);
gboolean _uc_upload_memory_parse (UcUploadMemory *self, const char *text);
char    *_uc_upload_memory_to_text (const UcUploadMemory *self) G_GNUC_WARN_UNUSED_RESULT;
/* The server says where the next piece begins. */
void     _uc_upload_memory_resume (UcUploadMemory *self, gint64 offset_bytes);
/* How long a piece from @offset_bytes on is. */
gint64   _uc_upload_get_piece (gint64 offset_bytes, gint64 size_bytes);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (UcUploadMemory, _uc_upload_memory_clear)

G_END_DECLS
