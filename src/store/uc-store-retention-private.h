/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "uc-store-retention.h"

G_BEGIN_DECLS

/* -- uc-store-retention-files.c -------------------------------------------------------- */

/* The names of what lies in a folder of cached files, by the id they begin with. */
GHashTable *_uc_retention_list_cache     (const char *folder) G_GNUC_WARN_UNUSED_RESULT;
/* How many files of @file_id there were; with @is_dry_run they stay. */
gboolean    _uc_retention_remove_cached  (GHashTable  *cache,
                                          const char  *folder,
                                          const char  *file_id,
                                          gboolean     is_dry_run,
                                          gint64      *n_removed,
                                          GError     **error);
/* Backups of the store at @path, and damaged files set aside, last written before
 * @before_ms (or all); those that are newer are counted in @n_left. */
gboolean    _uc_retention_remove_backups (const char        *path,
                                          const UcRetention *retention,
                                          gint64            *n_removed,
                                          gint64            *n_left,
                                          GError           **error);

G_END_DECLS
