/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "uc-migrate.h"

G_BEGIN_DECLS

/**
 * uc_store_migrate:
 * @path: of a store that nobody has open
 * @options: how it tells of itself
 * @errors: (out) (element-type UcMigrateError): every record that was ever put aside
 *
 * Brings a store to the present schema, as opening it does, see uc_migrate(). Blocks;
 * any thread.
 *
 * Errors: CONFLICT when the store is in use, INVALID for a file that is no store,
 * SCHEMA_TOO_NEW, STORAGE; the store is as it was then
 */
gboolean uc_store_migrate      (const char              *path,
                                const UcMigrateOptions  *options,
                                GPtrArray              **errors,
                                GError                 **error);

/**
 * uc_store_try_migration:
 *
 * As uc_store_migrate(), on a copy beside the store, or in the cache folder where that
 * cannot be written. The copy goes again; the store is only read and may be in use.
 */
gboolean uc_store_try_migration (const char             *path,
                                const UcMigrateOptions  *options,
                                GPtrArray              **errors,
                                GError                 **error);

G_END_DECLS
