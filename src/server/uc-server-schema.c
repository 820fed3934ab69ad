/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The steps of the server's schema. A step that has been released is frozen. */

#include "config.h"

#include "uc-server-schema.h"

#include "uc-migrate.h"
#include "uc-server-resources.h"

#define FOLDER "/com/example/UnifiedChat/server/migrations/"

static const UcMigration migrations[] = {
  { .version = 1, .name = "0001-organisation", .resource = FOLDER "0001-organisation.sql" },
};

/**
 * uc_server_schema_open:
 * @path: of the file; made when absent
 *
 * Errors: UC_ERROR_STORAGE, UC_ERROR_SCHEMA_TOO_NEW
 *
 * Returns: (transfer full) (nullable): the database
 */
UcDb *
uc_server_schema_open (const char *path, GError **error)
{
  g_autoptr (UcDb) db = NULL;

  g_resources_register (uc_server_get_resource ());
  db = uc_db_open (path, UC_DB_CREATE, error);
  if (db == NULL || !uc_migrate (db, migrations, G_N_ELEMENTS (migrations), NULL, error))
    return NULL;
  return g_steal_pointer (&db);
}
