/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "uc-db.h"

#include <sqlite3.h>

G_BEGIN_DECLS

/* Inside the room only: nobody else sees sqlite3. */

struct _UcDb {
  sqlite3      *handle;      /* (owned) */
  char         *path;        /* (owned) */
  GHashTable   *stmts;       /* (owned) place of the SQL text -> UcStmt */
  GCancellable *cancellable; /* (owned) (nullable) stops the running query */
  gint64        deadline_us; /* monotonic; 0: none */
  int           wal_pages;
  int           last_code;   /* of the last failure */
  gboolean      is_damaged;
};

sqlite3  *_uc_db_get_handle         (UcDb        *self);
/* Also remembers damage. Always FALSE, so that it can be returned. */
gboolean  _uc_db_fail               (UcDb        *self,
                                     int          code,
                                     GError     **error);
/* Statements outside the cache: for text that is made (names of tables). */
UcStmt   *_uc_stmt_new              (UcDb        *db,
                                     const char  *sql,
                                     GError     **error) G_GNUC_WARN_UNUSED_RESULT;
void      _uc_stmt_free             (UcStmt      *self);
void      _uc_stmt_rewind           (UcStmt      *self);
sqlite3_stmt *_uc_stmt_get_handle   (UcStmt      *self);

/* One integer of a pragma or a count. */
gboolean  _uc_db_query_int64        (UcDb        *self,
                                     const char  *sql,
                                     gint64      *value,
                                     GError     **error);
/* Pages in the write-ahead log since it was last emptied. */
int       _uc_db_get_wal_pages      (UcDb        *self);
/* Nothing of this connection may be written back when it closes. */
void      _uc_db_leave_untouched    (UcDb        *self);
gboolean  _uc_db_set_foreign_keys   (UcDb        *self,
                                     gboolean     on,
                                     GError     **error);
/* So that a rename beside @path survives a power cut. */
gboolean  _uc_db_sync_folder        (const char  *path,
                                     GError     **error);
/* How much has been copied, in [0,1]. */
typedef void (*UcDbCopied) (double   part,
                            gpointer user_data);
/* As uc_db_backup(), in pieces: for a database that nobody else writes to. */
gboolean  _uc_db_backup_telling     (UcDb         *self,
                                     const char   *path,
                                     GCancellable *cancellable,
                                     UcDbCopied    func,
                                     gpointer      user_data,
                                     GError      **error);
gboolean  _uc_db_is_backup_sound    (const char   *path);
/* The cutting of words, and what reads the index of words. */
gboolean  _uc_tokenizer_register    (sqlite3     *handle);
gboolean  _uc_places_register       (fts5_api    *api);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (UcStmt, _uc_stmt_free)

G_END_DECLS
