/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * UcExportOptions:
 *
 * What is written where. @format is one of uc_export_list_formats(); @channel_id
 * (nullable) limits it to one conversation; @cache_folder (nullable) is where fetched
 * files lie, which go along with @with_files.
 */
typedef struct
{
  const char *store_path;
  const char *folder; /* is made; if it is there, it is empty */
  const char *format;
  const char *channel_id;
  const char *cache_folder;
  gboolean    with_files;
} UcExportOptions;

typedef struct
{
  gint64 n_channels;
  gint64 n_messages;
  gint64 n_files;         /* copied */
  gint64 n_missing_files; /* not on this computer; named in the export */
} UcExportResult;

/* On the calling thread, after each page of the store. */
typedef void (*UcExportProgress) (gint64   n_done,
                                  gint64   n_total,
                                  gpointer user_data);

/* (array zero-terminated=1): "jsonl", "html", "markdown" */
const char *const *uc_export_list_formats (void);

/**
 * uc_export_run:
 * @progress: (nullable):
 * @result: (out caller-allocates): how much it was
 *
 * Writes one's own data from the store to a new folder that only its owner may enter
 * (0700). Needs no server, works beside a program that has the store open, and holds a
 * page of messages in memory at a time. Nothing that exists is overwritten. What was
 * written stays when it is cut off; only a whole export of jsonl has the last line.
 * Blocks, long; any thread.
 *
 * Errors: CONFLICT when the folder is there and not empty, NOT_FOUND for an unknown
 *   conversation, INVALID for an unknown format or a store of an older version, STORAGE;
 *   G_IO_ERROR_CANCELLED
 */
gboolean           uc_export_run          (const UcExportOptions  *options,
                                           UcExportProgress        progress,
                                           gpointer                user_data,
                                           UcExportResult         *result,
                                           GCancellable           *cancellable,
                                           GError                **error);
/* The same on a thread; @progress is called on this one. @options is copied. The task
 * has no source object. */
void               uc_export_run_async    (const UcExportOptions  *options,
                                           UcExportProgress        progress,
                                           gpointer                progress_data,
                                           GCancellable           *cancellable,
                                           GAsyncReadyCallback     callback,
                                           gpointer                user_data);
gboolean           uc_export_run_finish   (GAsyncResult           *result,
                                           UcExportResult         *export_result,
                                           GError                **error);

G_END_DECLS
