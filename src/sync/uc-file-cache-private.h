/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "uc-context-private.h"
#include "uc-request-queue-private.h"

G_BEGIN_DECLS

/**
 * UcFileCache:
 *
 * Files and pictures of posts in the account's folder below the user's cache folder:
 * fetched once, and again from where it broke off; those used longest ago go when there
 * is too much. Main thread.
 */
#define UC_TYPE_FILE_CACHE (uc_file_cache_get_type ())
G_DECLARE_FINAL_TYPE (UcFileCache, uc_file_cache, UC, FILE_CACHE, GObject)

UcFileCache *_uc_file_cache_new (UcContext *context) G_GNUC_WARN_UNUSED_RESULT;

/* @variant: "", "thumbnail", "preview"; a picture that is here whole stands for its
 * smaller ones. Who cancels is told at once; the last one who does ends the fetching.
 * finish: a local path, (transfer full). */
void  _uc_file_cache_fetch_async (UcFileCache        *self,
                                  const char         *file_id,
                                  const char         *variant,
                                  UcLane              lane,
                                  GCancellable       *cancellable,
                                  GAsyncReadyCallback callback,
                                  gpointer            user_data);
char *_uc_file_cache_fetch_finish (UcFileCache  *self,
                                   GAsyncResult *result,
                                   GError      **error) G_GNUC_WARN_UNUSED_RESULT;

void _uc_file_cache_set_limit (UcFileCache *self, guint64 max_bytes);
/* finish: bytes. With @do_clear everything goes first. */
void    _uc_file_cache_measure_async (UcFileCache        *self,
                                      gboolean            do_clear,
                                      GCancellable       *cancellable,
                                      GAsyncReadyCallback callback,
                                      gpointer            user_data);
guint64 _uc_file_cache_measure_finish (UcFileCache *self, GAsyncResult *result);

/* Moves @path, the content of @file_id, into the cache. */
void _uc_file_cache_adopt (UcContext *context, const char *file_id, const char *path);

/* -- uc-file-cache-trim.c: any thread that may wait ------------------------------------ */

/* Deletes the files of @folder used longest ago beyond @max_bytes. */
void    _uc_file_cache_trim (const char *folder, guint64 max_bytes);
guint64 _uc_file_cache_measure (const char *folder);
/* Where files lie under their names while another program has them. */
char   *_uc_file_cache_dup_opened_folder (void) G_GNUC_WARN_UNUSED_RESULT;
void    _uc_file_cache_clean_opened (void);

G_END_DECLS
