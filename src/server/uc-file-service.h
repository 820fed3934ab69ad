/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "uc-access.h"
#include "uc-file-table.h"

G_BEGIN_DECLS

/* Files that people send, without HTTP: for handlers and for the demo. All run on the
 * worker. */

typedef struct {
  const char *id; /* (nullable): a new one */
  const char *channel_id;
  const char *name; /* as the sender has it: made safe here */
  const char *path; /* where its bytes lie; moved from there */
  gint64      size;
  int         width; /* of a picture, else 0 */
  int         height;
} UcNewFile;

/* The file waits for its post: only its sender sees it until then. */
UcFile *uc_file_service_create (UcTxn           *txn,
                                const UcActor   *actor,
                                const UcNewFile *fields,
                                GError         **error) G_GNUC_WARN_UNUSED_RESULT;
/* The file, when the actor may read it. */
UcFile *uc_file_service_find (UcTxn *txn, const UcActor *actor, const char *file_id, GError **error)
    G_GNUC_WARN_UNUSED_RESULT;
char *uc_file_service_dup_path (UcTxn *txn, const char *file_id) G_GNUC_WARN_UNUSED_RESULT;
/* Removes bytes that belong to nothing any more. */
gboolean uc_file_service_sweep (UcTxn *txn, GError **error);

G_END_DECLS
