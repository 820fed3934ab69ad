/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Writes a database anew, so that nothing of what was deleted is left in unused parts of
 * its pages: zeroing alone does not reach all of them. */

#include "config.h"

#include "uc-db-private.h"

#define TEMP_IN_FILE   "PRAGMA temp_store = FILE"
#define TEMP_IN_MEMORY "PRAGMA temp_store = MEMORY"

/**
 * uc_db_vacuum:
 * @self: a connection, outside a transaction
 *
 * Takes as much room again as the file has, and some for the log. The copy that is made
 * meanwhile lies in a file without a name in the folder SQLITE_TMPDIR names, else in
 * one for temporary files: never in memory, whatever its size.
 */
gboolean
uc_db_vacuum (UcDb *self, GError **error)
{
  int      n_attached;
  gboolean is_done;

  if (!uc_db_exec (self, TEMP_IN_FILE, error))
    return FALSE;
  /* SQLite attaches the copy to the connection. */
  n_attached = sqlite3_limit (self->handle, SQLITE_LIMIT_ATTACHED, 1);
  is_done = uc_db_exec (self, "VACUUM", error);
  sqlite3_limit (self->handle, SQLITE_LIMIT_ATTACHED, n_attached);
  return is_done && uc_db_exec (self, TEMP_IN_MEMORY, error);
}
