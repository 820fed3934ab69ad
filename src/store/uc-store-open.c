/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Opens an account's database: lock, connection, schema. One process writes to it at a
 * time, whether or not a session bus keeps a second one from starting; who only reads
 * needs no lock. */

#include "config.h"

#include "uc-store-private.h"

#include "uc-error.h"
#include "uc-store-migrations-private.h"
#include "uc-store-outbox-private.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>
#include <sys/file.h>
#include <unistd.h>

#define DAMAGE_MARK "damaged\n"

void
_uc_opened_free (UcOpened *self)
{
  g_clear_pointer (&self->db, uc_db_close);
  if (self->lock_fd >= 0)
    _uc_store_unlock (self->lock_fd);
  g_free (self->notice);
  g_free (self);
}

/* -- The lock ------------------------------------------------------------------------ */

int
_uc_store_lock (const char *path, GError **error)
{
  g_autofree char *lock_path = g_strconcat (path, ".lock", NULL);
  int              fd = open (lock_path, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600);
  int              saved_errno;

  if (fd < 0) {
    saved_errno = errno;
    g_set_error (error, UC_ERROR, UC_ERROR_STORAGE, _ ("“%s” could not be made: %s"), lock_path,
                 g_strerror (saved_errno));
    return -1;
  }
  /* It goes with the process, however that ends. */
  if (flock (fd, LOCK_EX | LOCK_NB) == 0)
    return fd;
  saved_errno = errno;
  close (fd);
  if (saved_errno == EWOULDBLOCK)
    g_set_error (error, UC_ERROR, UC_ERROR_CONFLICT,
                 _ ("The store “%s” is in use by another program"), path);
  else
    g_set_error (error, UC_ERROR, UC_ERROR_STORAGE, _ ("“%s” could not be locked: %s"), lock_path,
                 g_strerror (saved_errno));
  return -1;
}

void
_uc_store_unlock (int lock_fd)
{
  close (lock_fd);
}

void
_uc_store_mark_damaged (int lock_fd)
{
  if (pwrite (lock_fd, DAMAGE_MARK, sizeof DAMAGE_MARK - 1, 0) < 0 || fsync (lock_fd) != 0)
    g_warning ("Noting the damage: %s", g_strerror (errno));
}

gboolean
_uc_store_is_marked (int lock_fd)
{
  char byte;

  return pread (lock_fd, &byte, 1, 0) == 1;
}

static void
clear_mark (int lock_fd)
{
  if (ftruncate (lock_fd, 0) != 0)
    g_warning ("Forgetting the damage: %s", g_strerror (errno));
}

/* -- Opening ------------------------------------------------------------------------- */

static char *
dup_notice (const UcMigrateReport *report)
{
  if (report->n_aside == 0)
    return NULL;
  return g_strdup_printf (
      ngettext ("%u record could not be carried over to this version. It was kept aside: "
                "“unified-chat-ctl store migrate” shows it",
                "%u records could not be carried over to this version. They were kept aside: "
                "“unified-chat-ctl store migrate” shows them",
                report->n_aside),
      report->n_aside);
}

static gboolean
prepare (UcDb *db, const UcMigrateOptions *options, char **notice, GError **error)
{
  guint              n_migrations;
  const UcMigration *migrations = _uc_store_get_migrations (&n_migrations);
  g_autoptr (UcMigrateReport) report = uc_migrate_report_new ();
  UcMigrateOptions reporting = *options;

  reporting.report = report;
  if (!uc_migrate (db, migrations, n_migrations, &reporting, error))
    return FALSE;
  *notice = dup_notice (report);
  return _uc_outbox_doubt_sending (db, error);
}

/* After damage was met every page is looked at before the file is used again. */
static gboolean
is_sound (UcDb *db)
{
  g_auto (GStrv) problems = NULL;
  g_autoptr (GError) error = NULL;

  return uc_db_check (db, TRUE, &problems, &error) && problems[0] == NULL;
}

static UcDb *
open_writable (const char             *path,
               gboolean                is_marked,
               const UcMigrateOptions *options,
               gboolean               *is_damaged,
               char                  **notice,
               GError                **error)
{
  g_autoptr (UcDb) db = uc_db_open_telling (path, UC_DB_CREATE, is_damaged, error);

  if (db == NULL)
    return NULL;
  if (is_marked && !is_sound (db)) {
    *is_damaged = TRUE;
    g_set_error (error, UC_ERROR, UC_ERROR_STORAGE, _ ("The store’s file is damaged"));
    return NULL;
  }
  if (prepare (db, options, notice, error))
    return g_steal_pointer (&db);
  *is_damaged = uc_db_is_damaged (db);
  return NULL;
}

/* An older schema cannot be read by this version's queries. */
static gboolean
check_readable_version (UcDb *db, GError **error)
{
  guint              n_migrations;
  const UcMigration *migrations = _uc_store_get_migrations (&n_migrations);
  int                last = migrations[n_migrations - 1].version;
  int                version;

  if (!uc_migrate_read_version (db, migrations, n_migrations, &version, error))
    return FALSE;
  if (version == last)
    return TRUE;
  g_set_error (error, UC_ERROR, UC_ERROR_STORAGE,
               _ ("The store can only be read, and it is of an older version (%d; this program "
                  "needs %d)"),
               version, last);
  return FALSE;
}

UcOpened *
_uc_store_open_to_read (const char *path, GError **error)
{
  g_autoptr (UcDb) db = uc_db_open (path, UC_DB_READ_ONLY, error);
  UcOpened *opened;

  if (db == NULL || !check_readable_version (db, error))
    return NULL;
  opened = g_new0 (UcOpened, 1);
  opened->db = g_steal_pointer (&db);
  opened->lock_fd = -1;
  opened->is_read_only = TRUE;
  return opened;
}

/* The file is there, and neither it nor its folder may be written. */
static gboolean
is_only_readable (const char *path)
{
  g_autofree char *folder = g_path_get_dirname (path);

  return g_access (path, R_OK) == 0 && (g_access (path, W_OK) != 0 || g_access (folder, W_OK) != 0);
}

UcOpened *
_uc_store_open_db (const char *path, const UcMigrateOptions *options, GError **error)
{
  g_autoptr (UcOpened) opened = NULL;
  g_autoptr (GError) local_error = NULL;
  gboolean is_damaged = FALSE;

  if (is_only_readable (path))
    return _uc_store_open_to_read (path, error);

  opened = g_new0 (UcOpened, 1);
  opened->lock_fd = _uc_store_lock (path, error);
  if (opened->lock_fd < 0 || !_uc_store_finish_salvage (path, error))
    return NULL;
  opened->db = open_writable (path, _uc_store_is_marked (opened->lock_fd), options, &is_damaged,
                              &opened->notice, &local_error);
  if (opened->db == NULL && is_damaged) {
    g_message ("%s", local_error->message);
    opened->db = _uc_store_salvage (path, options, &opened->notice, error);
  } else if (opened->db == NULL) {
    g_propagate_error (error, g_steal_pointer (&local_error));
  }
  if (opened->db == NULL)
    return NULL;
  if (_uc_store_is_marked (opened->lock_fd))
    clear_mark (opened->lock_fd);
  return g_steal_pointer (&opened);
}
