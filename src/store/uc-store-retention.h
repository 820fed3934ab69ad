/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* With a channel's id: the fact that says from which key on its history is read without
 * being asked. */
#define UC_FACT_KEPT_FROM "kept_from:"

/**
 * UcRetention:
 *
 * What is to go: messages from before @before_ms, of one conversation or (@channel_id
 * NULL) of all, with reactions, flags, files and what the full-text index knows of them;
 * from @cache_folder (nullable) the files' bytes; beside the store, backups and damaged
 * files that were set aside before @before_ms, with @all_backups the newer ones too,
 * which hold copies of what goes.
 *
 * What stays: what is under legal hold, and everything unsent, with the messages that
 * unsent operations work on or answer.
 */
typedef struct
{
  gint64      before_ms;
  const char *channel_id;   /* (nullable) */
  const char *cache_folder; /* (nullable) */
  gboolean    all_backups;
  gboolean    is_dry_run;   /* only count */
} UcRetention;

typedef struct
{
  char  *channel_id;
  char  *name;
  gint64 n_messages; /* that go */
  gint64 n_files;
  gint64 n_held;     /* that would, if they were not held */
  gint64 oldest_ms;  /* of those that go */
} UcRetentionChannel;

typedef struct
{
  GPtrArray *channels; /* (element-type UcRetentionChannel): where anything goes or is held */
  gint64     n_messages;
  gint64     n_files;
  gint64     n_held;
  gint64     n_cached_files;
  gint64     n_backups;
  gint64     n_backups_left; /* newer ones, which hold copies of what goes */
  gint64     bytes_before;
  gint64     bytes_after;
} UcRetentionReport;

/* On the calling thread, after each batch. */
typedef void (*UcRetentionProgress) (gint64   n_done,
                                     gint64   n_total,
                                     gpointer user_data);

/**
 * uc_store_apply_retention:
 * @path: of a store of this version that nobody has open; with is_dry_run it may be
 * @progress: (nullable):
 *
 * Deletes for real: afterwards no file beside the store holds what went, but for newer
 * backups. Cut off at any point it has deleted whole batches, and the next run sees to
 * what is left of it. Blocks, long; any thread.
 *
 * Returns: (transfer full): what went, or would; CONFLICT when the store is in use,
 *   INVALID for one of an older version, NOT_FOUND for an unknown conversation, STORAGE
 */
UcRetentionReport *uc_store_apply_retention  (const char           *path,
                                              const UcRetention    *retention,
                                              UcRetentionProgress   progress,
                                              gpointer              user_data,
                                              GError              **error) G_GNUC_WARN_UNUSED_RESULT;
void               uc_retention_report_free  (UcRetentionReport    *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (UcRetentionReport, uc_retention_report_free)

G_END_DECLS
