/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * uc_store_restore:
 * @path: of the store; need not exist
 * @backup_path: a file that uc_db_backup() made of a store
 * @kept_path: (out) (optional): where what was there before now lies, NULL when there
 *   was nothing
 *
 * Puts a backup in the place of a store that nobody has open. What was there is kept
 * beside it under another name. Blocks; any thread.
 *
 * Errors: CONFLICT when the store is in use, SCHEMA_TOO_NEW, INVALID for a file that is
 * no store, STORAGE
 */
gboolean uc_store_restore (const char  *path,
                           const char  *backup_path,
                           char       **kept_path,
                           GError     **error);

/**
 * uc_store_check:
 * @path: of the store; may be open in another process
 * @problems: (out) (transfer full): one line each, empty when all is well
 *
 * Integrity and references; of a store of this version also the full-text index
 * against the texts, spans against messages, the outbox against what the screen shows.
 * Blocks; any thread.
 *
 * Errors: SCHEMA_TOO_NEW, INVALID for a file that is no store, STORAGE when it could
 * not be looked at at all
 */
gboolean uc_store_check   (const char  *path,
                           GStrv       *problems,
                           GError     **error);

G_END_DECLS
