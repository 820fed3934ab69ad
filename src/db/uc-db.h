/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

typedef struct _UcDb   UcDb;
typedef struct _UcStmt UcStmt;

typedef enum
{
  UC_DB_READ_WRITE = 0,
  UC_DB_CREATE     = 1 << 0, /* make the file (mode 0600) when absent */
  UC_DB_READ_ONLY  = 1 << 1,
  UC_DB_DAMAGED    = 1 << 2, /* reads what can be read of a damaged file, writes nothing */
} UcDbFlags;

/* One connection: WAL, synchronous=FULL, foreign keys on and read back,
 * DEFENSIVE, trusted_schema off, lowered limits, a busy time-out, extended error
 * codes. A connection belongs to one thread at a time. Errors are
 * UC_ERROR_STORAGE, or UC_ERROR_CONFLICT for a broken UNIQUE constraint. */
UcDb       *uc_db_open              (const char  *path,
                                     UcDbFlags    flags,
                                     GError     **error) G_GNUC_WARN_UNUSED_RESULT;
/* Also says whether it failed because the file is damaged. */
UcDb       *uc_db_open_telling      (const char  *path,
                                     UcDbFlags    flags,
                                     gboolean    *is_damaged,
                                     GError     **error) G_GNUC_WARN_UNUSED_RESULT;
void        uc_db_close             (UcDb        *self);
const char *uc_db_get_path          (UcDb        *self);
/* Whether SQLite has met damage since the file was opened. */
gboolean    uc_db_is_damaged        (UcDb        *self);
/* Whether what failed last found no room on the disk. */
gboolean    uc_db_is_full           (UcDb        *self);

/* Only for schema and pragmas: never with text from outside. */
gboolean    uc_db_exec              (UcDb        *self,
                                     const char  *sql,
                                     GError     **error);

gboolean    uc_db_begin             (UcDb        *self,
                                     GError     **error);
gboolean    uc_db_commit            (UcDb        *self,
                                     GError     **error);
void        uc_db_rollback          (UcDb        *self);
/* Between these all reads see one and the same state. */
gboolean    uc_db_begin_read        (UcDb        *self,
                                     GError     **error);
void        uc_db_end_read          (UcDb        *self);

gint64      uc_db_get_last_rowid    (UcDb        *self);
int         uc_db_get_changes       (UcDb        *self);
gboolean    uc_db_get_user_version  (UcDb        *self,
                                     int         *version,
                                     GError     **error);
gboolean    uc_db_set_user_version  (UcDb        *self,
                                     int          version,
                                     GError     **error);
gboolean    uc_db_checkpoint        (UcDb        *self,
                                     gboolean     truncate,
                                     GError     **error);
/* Writes the file anew, without what was deleted. Log: see uc_db_checkpoint(). */
gboolean    uc_db_vacuum            (UcDb        *self,
                                     GError     **error);
/* Stops a running query from another thread. */
void        uc_db_interrupt         (UcDb        *self);
/* Queries stop with UC_ERROR_TIMEOUT when @cancellable (nullable) is cancelled or
 * @limit_ms (0: no limit) have passed since this call. */
void        uc_db_set_limit         (UcDb         *self,
                                     GCancellable *cancellable,
                                     guint         limit_ms);

/* A prepared statement from the connection's cache, reset and unbound. It is lent
 * until the next uc_db_prepare() of the same text; @sql must be a constant. */
UcStmt     *uc_db_prepare           (UcDb        *self,
                                     const char  *sql,
                                     GError     **error);

/* Backup by SQLite's online API, never by copying files; checked afterwards. */
gboolean    uc_db_backup            (UcDb        *self,
                                     const char  *path,
                                     GError     **error);
/* Puts a backup back: overwrites everything in @self, all or nothing. */
gboolean    uc_db_restore           (UcDb        *self,
                                     const char  *path,
                                     GError     **error);
/* @problems (out): one line each, empty when there are none. */
gboolean    uc_db_check             (UcDb        *self,
                                     gboolean     thorough,
                                     GStrv       *problems,
                                     GError     **error);

/* Each half of the thorough check alone. */
gboolean    uc_db_check_integrity   (UcDb        *self,
                                     GStrv       *problems,
                                     GError     **error);
gboolean    uc_db_check_references  (UcDb        *self,
                                     GStrv       *problems,
                                     GError     **error);

typedef struct
{
  char  *name;
  gint64 n_rows;
} UcTableCount;

/* (element-type UcTableCount) by name: what the file holds. */
GPtrArray  *uc_db_count_tables      (UcDb        *self,
                                     GError     **error) G_GNUC_WARN_UNUSED_RESULT;

/* Binding is by name (":id"); an unknown name is a programmer's mistake. */
void        uc_stmt_bind_text       (UcStmt      *self,
                                     const char  *name,
                                     const char  *value);
void        uc_stmt_bind_int64      (UcStmt      *self,
                                     const char  *name,
                                     gint64       value);
void        uc_stmt_bind_double     (UcStmt      *self,
                                     const char  *name,
                                     double       value);
void        uc_stmt_bind_blob       (UcStmt      *self,
                                     const char  *name,
                                     GBytes      *value);
void        uc_stmt_bind_null       (UcStmt      *self,
                                     const char  *name);

/* uc_stmt_step: @has_row says whether there is a row to read; at the end the
 * statement resets itself. uc_stmt_run: steps to the end, for writes. */
gboolean    uc_stmt_step            (UcStmt      *self,
                                     gboolean    *has_row,
                                     GError     **error);
gboolean    uc_stmt_run             (UcStmt      *self,
                                     GError     **error);
void        uc_stmt_reset           (UcStmt      *self);

/* Columns count from 0, in the order of the SELECT. get_text is never NULL. */
const char *uc_stmt_get_text        (UcStmt      *self,
                                     int          column);
char       *uc_stmt_dup_text        (UcStmt      *self,
                                     int          column) G_GNUC_WARN_UNUSED_RESULT;
gint64      uc_stmt_get_int64       (UcStmt      *self,
                                     int          column);
double      uc_stmt_get_double      (UcStmt      *self,
                                     int          column);
GBytes     *uc_stmt_dup_blob        (UcStmt      *self,
                                     int          column) G_GNUC_WARN_UNUSED_RESULT;
gboolean    uc_stmt_is_null         (UcStmt      *self,
                                     int          column);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (UcDb, uc_db_close)

G_END_DECLS
