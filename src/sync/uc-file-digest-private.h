/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* SHA-256 of files, so that what is sent is what was chosen. The copy of a file that
 * waits carries its digest in its name. */

/* "<op>-<index>-<digest>" */
char    *_uc_file_digest_dup_name (const char *op_id,
                                   guint       index,
                                   const char *digest) G_GNUC_WARN_UNUSED_RESULT;
/* (nullable): NULL for a name without one */
char    *_uc_file_digest_dup_expected (const char *path) G_GNUC_WARN_UNUSED_RESULT;
/* Copies @from to @to, which must not exist, and waits until the disk has it. Gives the
 * digest of what was copied. Any thread that may wait. */
char    *_uc_file_digest_copy (const char   *from,
                               const char   *to,
                               gint64       *size_bytes,
                               GCancellable *cancellable,
                               GError      **error) G_GNUC_WARN_UNUSED_RESULT;
/* Whether @path has @size_bytes and @digest (nullable: any). finish: UC_ERROR_STORAGE
 * when it has not, or cannot be read. */
void     _uc_file_digest_check_async (const char         *path,
                                      gint64              size_bytes,
                                      const char         *digest,
                                      GCancellable       *cancellable,
                                      GAsyncReadyCallback callback,
                                      gpointer            user_data);
gboolean _uc_file_digest_check_finish (GAsyncResult *result, GError **error);

G_END_DECLS
