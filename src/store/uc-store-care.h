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

/* Bytes on the disk: of the store with its log, and of the copies beside it (backups,
 * damaged files that were set aside). Any thread. */
void uc_store_measure (const char *path,
                       guint64    *store_bytes,
                       guint64    *copies_bytes);

/* What can be wrong with a store, in the order in which it is put right. */
typedef enum
{
  UC_PROBLEM_DAMAGE,           /* of the file, or of an index of it */
  UC_PROBLEM_REFERENCE,        /* a row refers to one that is not there */
  UC_PROBLEM_DELETED_TEXT,     /* a deleted message kept its text */
  UC_PROBLEM_UNSENT_HIDDEN,    /* in the outbox, but not shown */
  UC_PROBLEM_UNSENT_UNQUEUED,  /* shown as unsent, but not in the outbox */
  UC_PROBLEM_WAITS_FOR_NOTHING,
  UC_PROBLEM_UNKNOWN_STATE,    /* of an operation in the outbox */
  UC_PROBLEM_UNKNOWN_KIND,
  UC_PROBLEM_REACTION_MARK,    /* says that a message has reactions, or that it has none */
  UC_PROBLEM_REPLY_COUNT,      /* less than the replies that are stored */
  UC_PROBLEM_MESSAGE_COUNT,    /* of a channel, less than the messages that are stored */
  UC_PROBLEM_NO_PLACEHOLDER,   /* a message without an annotation, not even an empty one */
  UC_PROBLEM_SPAN_BEGIN,       /* begins at no message */
  UC_PROBLEM_SPAN_END,
  UC_PROBLEM_SPANS_OVERLAP,
  UC_PROBLEM_SPANS_REACH,      /* not the outermost, and yet to the start or the tip */
  UC_PROBLEM_WORDS,            /* the full-text index differs from the texts */
} UcProblemKind;
#define UC_N_PROBLEM_KINDS 17

/**
 * UcProblem:
 * @text: one line that says what is wrong where
 * @is_repaired: it was put right; never after uc_store_check()
 */
typedef struct
{
  UcProblemKind kind;
  char         *text;
  gboolean      is_repaired;
} UcProblem;

void        uc_problem_free             (UcProblem      *self);
/* "spans-overlap" */
const char *uc_problem_kind_to_string   (UcProblemKind   kind);
/* What uc_store_repair() does about it, or who can. */
const char *uc_problem_kind_get_remedy  (UcProblemKind   kind);

/**
 * uc_store_check:
 * @path: of the store; may be open in another process
 * @problems: (out) (transfer full) (element-type UcProblem): empty when all is well
 *
 * Integrity and references; of a store of this version also the full-text index
 * against the texts, spans against messages, the outbox against what the screen shows,
 * counts and marks. While another program has the store the index is looked at in a
 * copy, which goes again. Blocks; any thread.
 *
 * Errors: SCHEMA_TOO_NEW, INVALID for a file that is no store, STORAGE when it could
 * not be looked at at all
 */
gboolean    uc_store_check              (const char     *path,
                                         GPtrArray     **problems,
                                         GError        **error);

/**
 * uc_store_repair:
 * @path: of a store of this version that nobody has open
 * @problems: (out) (transfer full) (element-type UcProblem): what was found
 * @backup_path: (out): the copy that was made before anything was changed, NULL when
 *   nothing was
 *
 * Checks, backs up, makes anew what can be made from what is there, and checks again.
 * Nothing that a person wrote goes: it is shown again, or kept as not sent. A file that
 * is damaged beyond its indexes is left to the next start of the program, which saves
 * what can be read. Blocks; any thread.
 *
 * Errors: CONFLICT when the store is in use, INVALID also for one of an older version,
 * SCHEMA_TOO_NEW, STORAGE; nothing was changed then
 */
gboolean    uc_store_repair             (const char     *path,
                                         GPtrArray     **problems,
                                         char          **backup_path,
                                         GError        **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (UcProblem, uc_problem_free)

G_END_DECLS
