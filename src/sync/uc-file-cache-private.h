/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "uc-context-private.h"

G_BEGIN_DECLS

/**
 * UcFileCache:
 *
 * Files and pictures of posts in the account's folder below the user's cache folder:
 * fetched once, evicted by age when there is too much. Main thread.
 */
#define UC_TYPE_FILE_CACHE (uc_file_cache_get_type ())
G_DECLARE_FINAL_TYPE (UcFileCache, uc_file_cache, UC, FILE_CACHE, GObject)

UcFileCache *_uc_file_cache_new (UcContext *context) G_GNUC_WARN_UNUSED_RESULT;

/* @variant: "", "thumbnail", "preview". finish: a local path, (transfer full). */
void  _uc_file_cache_fetch_async (UcFileCache        *self,
                                  const char         *file_id,
                                  const char         *variant,
                                  GCancellable       *cancellable,
                                  GAsyncReadyCallback callback,
                                  gpointer            user_data);
char *_uc_file_cache_fetch_finish (UcFileCache  *self,
                                   GAsyncResult *result,
                                   GError      **error) G_GNUC_WARN_UNUSED_RESULT;

/* Moves @path, the content of @file_id, into the cache. */
void _uc_file_cache_adopt (UcContext *context, const char *file_id, const char *path);
/* Deletes the oldest files of @folder beyond @max_bytes. Any thread. */
void _uc_file_cache_trim (const char *folder, guint64 max_bytes);

G_END_DECLS
