/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "uc-batch.h"
#include "uc-db.h"
#include "uc-early-private.h"
#include "uc-recorder-private.h"

G_BEGIN_DECLS

/**
 * UcWrite:
 *
 * What an operation has at hand while a batch is applied; on the writer's thread,
 * inside its transaction.
 */
typedef struct
{
  UcDb       *db;       /* (unowned) */
  UcRecorder *recorder; /* (unowned) */
  gint64      now_ms;   /* when the batch was given */
  gint64      before_seq; /* what a new message stands before, as on a page read
                             backwards; 0: behind all of its millisecond */
  UcEarly    *early;      /* (unowned) */
} UcWrite;

typedef struct _UcOp UcOp;

typedef gboolean (*UcOpFunc) (UcWrite    *write,
                              const UcOp *op,
                              GError    **error);

/**
 * UcOp:
 *
 * One operation of a batch: a function of a family and what it needs. Fields that
 * an operation has no use for are NULL or 0.
 */
struct _UcOp
{
  UcOpFunc       func;
  gpointer       record; /* (owned) (nullable): a record of the model, or an array of them */
  GDestroyNotify free_record;
  char          *op_id;
  char          *channel_id;
  char          *key; /* of a message: post id or key; of a fact: its name */
  char          *user_id;
  char          *text;
  gint64         time_ms;
  gint64         number; /* seq, revision, messages read */
  gint64         mentions;
  int            kind; /* UcOpKind, UcPageKind, UcSendState */
  int            position;
  gboolean       is_on;
  gboolean       reaches_start;
  gboolean       reaches_tip;
};

/* Another operation at the end, to be filled. */
UcOp      *_uc_batch_add     (UcBatch *self,
                              UcOpFunc func);
/* The operations of a batch, in order. (element-type UcOp) */
GPtrArray *_uc_batch_get_ops (UcBatch *self);

/* On the writer's thread. NULL with @error: nothing of it was done. */
UcChangeSet *_uc_batch_apply (UcBatch *self,
                              UcDb    *db,
                              UcEarly *early,
                              gint64   now_ms,
                              GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
