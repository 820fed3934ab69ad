/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "uc-db.h"
#include "uc-store-read.h"
#include "uc-store-search.h"

G_BEGIN_DECLS

typedef struct _UcRead UcRead;

/* On a reader's thread, inside one read transaction. NULL without @error is an answer
 * too. */
typedef gpointer (*UcReadFunc) (UcDb    *db,
                                UcRead  *read,
                                GError **error);

/**
 * UcRead:
 *
 * One question to the store. Made zeroed, filled by the caller.
 */
struct _UcRead
{
  UcReadFunc     func;
  GDestroyNotify free_result;
  gboolean       is_search; /* on the thread for what may take long */
  char          *id;        /* (owned) (nullable) */
  char          *text;      /* (owned) (nullable) */
  GStrv          ids;       /* (owned) (nullable) */
  UcWindowKind   kind;
  UcSearchOrder  order;
  gint64         seq;
  guint          limit;
  guint          limit_ms;    /* how long it may take; 0: as long as it needs */
  GCancellable  *cancellable; /* (unowned) (nullable) set by the job */
};

UcRead  *_uc_read_new    (UcReadFunc           func,
                          gpointer             free_result) G_GNUC_WARN_UNUSED_RESULT;
/* Takes @read. @tag: the public function. */
void     _uc_read_start  (UcStore             *store,
                          UcRead              *read,
                          gpointer             tag,
                          GCancellable        *cancellable,
                          GAsyncReadyCallback  callback,
                          gpointer             user_data);
gpointer _uc_read_finish (UcStore             *store,
                          GAsyncResult        *result,
                          GError             **error);

G_END_DECLS
