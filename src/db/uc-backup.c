/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Copies of a whole database, there and back, by SQLite's online API: a file that
 * is copied by other means can be torn, and opening one beside SQLite drops its
 * locks. Also the check that a copy has to pass. */

#include "config.h"

#include "uc-db-private.h"
#include "uc-error.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>
#include <unistd.h>

#define MAX_PROBLEMS 100
#define PIECE_PAGES  1024

typedef struct {
  GCancellable *cancellable; /* (nullable) */
  UcDbCopied    func;        /* (nullable) */
  gpointer      user_data;
} Copy;

/* In one go nobody else can get in between; in pieces somebody can be told, but a
 * write from elsewhere would make it begin anew. */
static int
run_copy (sqlite3_backup *backup, const Copy *copy)
{
  int code;

  if (copy == NULL)
    return sqlite3_backup_step (backup, -1);
  do {
    int n_pages;

    code = sqlite3_backup_step (backup, PIECE_PAGES);
    n_pages = sqlite3_backup_pagecount (backup);
    if (n_pages > 0)
      copy->func (1 - (double) sqlite3_backup_remaining (backup) / n_pages, copy->user_data);
    if (code == SQLITE_OK && g_cancellable_is_cancelled (copy->cancellable))
      code = SQLITE_INTERRUPT;
  } while (code == SQLITE_OK);
  return code;
}

static gboolean
copy_all (UcDb *to, UcDb *from, const Copy *copy, GError **error)
{
  sqlite3_backup *backup =
      sqlite3_backup_init (_uc_db_get_handle (to), "main", _uc_db_get_handle (from), "main");
  int code;
  int end;

  if (backup == NULL)
    return _uc_db_fail (to, sqlite3_extended_errcode (_uc_db_get_handle (to)), error);
  code = run_copy (backup, copy);
  /* finish() repeats a lasting error of the step and undoes what was copied. */
  end = sqlite3_backup_finish (backup);
  if (code == SQLITE_DONE)
    code = end;
  return code == SQLITE_OK || _uc_db_fail (to, code, error);
}

static gboolean
set_file_error (const char *path, int saved_errno, GError **error)
{
  g_set_error (error, UC_ERROR, UC_ERROR_STORAGE, _ ("“%s” could not be written: %s"), path,
               g_strerror (saved_errno));
  return FALSE;
}

/* The rename itself must survive a power cut. */
gboolean
_uc_db_sync_folder (const char *path, GError **error)
{
  g_autofree char *folder = g_path_get_dirname (path);
  int              fd = open (folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  int              code;
  int              saved_errno;

  if (fd < 0)
    return set_file_error (folder, errno, error);
  code = fsync (fd);
  saved_errno = errno;
  close (fd);
  return code == 0 || set_file_error (folder, saved_errno, error);
}

/* With the log that a writer who was cut off has left. */
static void
remove_database (const char *path)
{
  static const char *const suffixes[] = { "", "-wal", "-shm" };

  for (gsize i = 0; i < G_N_ELEMENTS (suffixes); i++) {
    g_autofree char *name = g_strconcat (path, suffixes[i], NULL);

    g_unlink (name);
  }
}

static gboolean
collect (UcDb *self, const char *sql, GPtrArray *problems, GError **error)
{
  g_autoptr (UcStmt) stmt = _uc_stmt_new (self, sql, error);
  gboolean has_row = TRUE;

  if (stmt == NULL)
    return FALSE;
  while (problems->len < MAX_PROBLEMS) {
    if (!uc_stmt_step (stmt, &has_row, error))
      return FALSE;
    if (!has_row)
      return TRUE;
    if (g_strcmp0 (uc_stmt_get_text (stmt, 0), "ok") != 0)
      g_ptr_array_add (problems, uc_stmt_dup_text (stmt, 0));
  }
  return TRUE;
}

/* The file as such. What its rows mean is not a copy's matter: one is also made before
 * that is put right. */
static gboolean
check_file (UcDb *db, GError **error)
{
  g_autoptr (GPtrArray) found = g_ptr_array_new_with_free_func (g_free);
  g_autofree char *first = NULL;

  if (!collect (db, "PRAGMA quick_check (1)", found, error))
    return FALSE;
  if (found->len == 0)
    return TRUE;
  /* One problem may come with a line for each page. */
  first = g_strdup (g_ptr_array_index (found, 0));
  g_strdelimit (first, "\n", '\0');
  g_set_error (error, UC_ERROR, UC_ERROR_STORAGE, _ ("The backup is not sound: %s"), first);
  return FALSE;
}

static gboolean
check_copy (UcDb *db, UcDb *original, GError **error)
{
  int version = 0;
  int wanted = 0;

  if (!check_file (db, error)) {
    /* A faithful copy of a damaged file: that is what has to be mended. */
    if (!check_file (original, NULL))
      original->is_damaged = TRUE;
    return FALSE;
  }
  if (!uc_db_get_user_version (db, &version, error) ||
      !uc_db_get_user_version (original, &wanted, error))
    return FALSE;
  if (version == wanted)
    return TRUE;
  g_set_error (error, UC_ERROR, UC_ERROR_STORAGE, _ ("The backup is not sound: %s"),
               _ ("its version differs"));
  return FALSE;
}

/* One file, without a log: it can be read where nothing can be written. */
static gboolean
write_copy (UcDb *self, const char *path, const Copy *copy, GError **error)
{
  g_autoptr (UcDb) to = uc_db_open (path, UC_DB_CREATE, error);

  return to != NULL && copy_all (to, self, copy, error) &&
         uc_db_exec (to, "PRAGMA journal_mode = DELETE", error);
}

/* As it lies on the disk, not as the one who wrote it remembers it. */
static gboolean
check_written (UcDb *self, const char *path, GError **error)
{
  g_autoptr (UcDb) copy = uc_db_open (path, UC_DB_READ_ONLY, error);

  return copy != NULL && check_copy (copy, self, error);
}

static gboolean
backup_as (UcDb *self, const char *path, const Copy *copy, GError **error)
{
  g_autofree char *part = g_strconcat (path, ".part", NULL);

  if (g_file_test (path, G_FILE_TEST_EXISTS)) {
    g_set_error (error, UC_ERROR, UC_ERROR_CONFLICT, _ ("“%s” exists already"), path);
    return FALSE;
  }
  /* Left by a run that was cut off; nobody has it open. */
  remove_database (part);
  if (!write_copy (self, part, copy, error) || !check_written (self, part, error)) {
    remove_database (part);
    return FALSE;
  }
  if (g_rename (part, path) != 0)
    return set_file_error (path, errno, error);
  return _uc_db_sync_folder (path, error);
}

/**
 * uc_db_backup:
 * @path: an absolute path that does not exist yet (%UC_ERROR_CONFLICT)
 *
 * Writes a complete and checked copy. The file appears under its name only when it
 * is whole.
 */
gboolean
uc_db_backup (UcDb *self, const char *path, GError **error)
{
  return backup_as (self, path, NULL, error);
}

gboolean
_uc_db_backup_telling (UcDb         *self,
                       const char   *path,
                       GCancellable *cancellable,
                       UcDbCopied    func,
                       gpointer      user_data,
                       GError      **error)
{
  Copy copy = { cancellable, func, user_data };

  return backup_as (self, path, &copy, error);
}

gboolean
_uc_db_is_backup_sound (const char *path)
{
  g_autoptr (UcDb) db = uc_db_open (path, UC_DB_READ_ONLY, NULL);

  return db != NULL && check_file (db, NULL);
}

/**
 * uc_db_restore:
 * @path: a file made by uc_db_backup()
 *
 * Overwrites everything in @self in one transaction: all or nothing. The file is
 * checked first.
 */
gboolean
uc_db_restore (UcDb *self, const char *path, GError **error)
{
  g_autoptr (UcDb) from = uc_db_open (path, UC_DB_READ_ONLY, error);

  return from != NULL && check_file (from, error) && copy_all (self, from, NULL, error);
}

static void
take (GPtrArray *found, GStrv *problems)
{
  *problems = (GStrv) g_ptr_array_steal (found, NULL);
  if (*problems == NULL)
    *problems = g_new0 (char *, 1);
}

static gboolean
check_integrity (UcDb *self, gboolean thorough, GPtrArray *found, GError **error)
{
  return collect (self, thorough ? "PRAGMA integrity_check (50)" : "PRAGMA quick_check (50)", found,
                  error);
}

static gboolean
check_references (UcDb *self, GPtrArray *found, GError **error)
{
  return collect (self,
                  "SELECT 'row ' || coalesce (rowid, '?') || ' of ' || \"table\" ||"
                  " ' refers to nothing in ' || \"parent\" FROM pragma_foreign_key_check",
                  found, error);
}

/**
 * uc_db_check_integrity:
 * @problems: (out) (transfer full): one line each, empty when all is well
 *
 * Pages, records, and indexes against their tables.
 */
gboolean
uc_db_check_integrity (UcDb *self, GStrv *problems, GError **error)
{
  g_autoptr (GPtrArray) found = g_ptr_array_new_null_terminated (0, g_free, TRUE);

  if (!check_integrity (self, TRUE, found, error))
    return FALSE;
  take (found, problems);
  return TRUE;
}

/**
 * uc_db_check_references:
 * @problems: (out) (transfer full): one line each, empty when all is well
 *
 * Rows that refer to others that are not there.
 */
gboolean
uc_db_check_references (UcDb *self, GStrv *problems, GError **error)
{
  g_autoptr (GPtrArray) found = g_ptr_array_new_null_terminated (0, g_free, TRUE);

  if (!check_references (self, found, error))
    return FALSE;
  take (found, problems);
  return TRUE;
}

/**
 * uc_db_check:
 * @thorough: compare indexes with their tables too, and the full-text index
 * @problems: (out) (transfer full): one line each, empty when all is well
 *
 * Returns: %FALSE when it could not be checked at all
 */
gboolean
uc_db_check (UcDb *self, gboolean thorough, GStrv *problems, GError **error)
{
  g_autoptr (GPtrArray) found = g_ptr_array_new_null_terminated (0, g_free, TRUE);

  if (!check_integrity (self, thorough, found, error) || !check_references (self, found, error))
    return FALSE;
  take (found, problems);
  return TRUE;
}
