/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "uc-message.h"
#include "uc-store-types.h"
#include "uc-write-private.h"

G_BEGIN_DECLS

typedef struct {
  gboolean    exists;
  UcOpKind    kind;
  UcSendState state;
  char       *user_id;
  char       *post_key;
  char       *message;
  char       *props;
  char       *emoji_name;
  gint64      number;
} UcOpRow;

/* What a row waited for was discarded: sent without that, a reply would stand alone in the
 * channel. It is FAILED, for its text, and stays so. */
#define UC_OUTBOX_IS_ORPHAN                                                                        \
  "(outbox.waits_for IS NOT NULL"                                                                  \
  " AND NOT EXISTS (SELECT 1 FROM outbox w WHERE w.op_id = outbox.waits_for))"

/* -- uc-store-acknowledge.c ------------------------------------------------------- */

void       _uc_op_row_clear          (UcOpRow     *row);
gboolean   _uc_op_row_find           (UcDb        *db,
                                      const char  *op_id,
                                      UcOpRow     *row,
                                      GError     **error);
/* Those that wait for @op_id need not any more. */
gboolean   _uc_outbox_release        (UcWrite     *write,
                                      const char  *op_id,
                                      GError     **error);
/* If @post is what an operation of ours made, that operation is done. */
gboolean   _uc_outbox_acknowledge    (UcWrite     *write,
                                      UcPost      *post,
                                      gboolean    *is_acknowledged,
                                      gint64      *seq,
                                      GError     **error);
/* @op_id, which is in the outbox, made @post. */
gboolean   _uc_outbox_acknowledge_op (UcWrite     *write,
                                      const char  *op_id,
                                      UcPost      *post,
                                      gint64      *seq,
                                      GError     **error);

/* The stream, or a page, shows what an operation under way wants: it is done. What
 * comes after that and says otherwise is later than it, and its answer must not undo
 * that. @reaction (nullable) */
gboolean   _uc_outbox_acknowledge_change (UcWrite *write, const char *post_id, UcOpKind kind,
                                          UcReaction *reaction, GError **error);
gboolean   _uc_outbox_acknowledge_view (UcWrite *write, const char *channel_id, GError **error);

/* -- uc-store-outbox.c --------------------------------------------------------------- */

gboolean   _uc_outbox_is_empty       (UcDb        *db,
                                      gboolean    *is_empty,
                                      GError     **error);
/* Lays what waits to be sent over @message, which is not shared yet. */
gboolean   _uc_outbox_overlay        (UcDb        *db,
                                      UcMessage   *message,
                                      GError     **error);
/* (element-type UcOutboxRow), in order of queueing. */
GPtrArray *_uc_outbox_load           (UcDb        *db,
                                      GError     **error) G_GNUC_WARN_UNUSED_RESULT;
/* The files of one, in order, added to @files. */
gboolean   _uc_outbox_load_files     (UcDb        *db,
                                      const char  *op_id,
                                      GPtrArray   *files,
                                      GError     **error);
/* The message is gone: of what was queued for it only a text is kept, as failed. */
gboolean   _uc_outbox_forget_message (UcWrite     *write,
                                      UcMessage   *message,
                                      GError     **error);
/* On opening: what was under way when the program ended may have arrived. */
gboolean   _uc_outbox_doubt_sending  (UcDb        *db,
                                      GError     **error);
/* Takes one away, with the changes that makes: the message shows itself without it. */
gboolean   _uc_outbox_remove         (UcWrite     *write,
                                      const char  *op_id,
                                      GError     **error);
gboolean   _uc_outbox_set_text       (UcWrite     *write,
                                      const char  *op_id,
                                      const char  *message,
                                      GError     **error);
/* Those that wait for @op_id will never be able to go: replies fail, what works on
 * its message goes with it. */
gboolean   _uc_outbox_orphan         (UcWrite     *write,
                                      const char  *op_id,
                                      GError     **error);
/* Notes that @op_id and its message look different now. */
gboolean   _uc_outbox_record         (UcWrite     *write,
                                      const char  *op_id,
                                      gboolean     is_new,
                                      GError     **error);

/* -- uc-store-outbox-ops.c ------------------------------------------------------------ */

gboolean   _uc_op_outbox_set         (UcWrite *write, const UcOp *op, GError **error);
gboolean   _uc_op_outbox_upload_done (UcWrite *write, const UcOp *op, GError **error);
gboolean   _uc_op_outbox_rebase (UcWrite *write, const UcOp *op, GError **error);
gboolean   _uc_op_outbox_done        (UcWrite *write, const UcOp *op, GError **error);
gboolean   _uc_op_outbox_discard     (UcWrite *write, const UcOp *op, GError **error);
gboolean   _uc_op_outbox_rewrite     (UcWrite *write, const UcOp *op, GError **error);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (UcOpRow, _uc_op_row_clear)

G_END_DECLS
