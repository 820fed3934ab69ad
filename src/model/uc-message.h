/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "uc-types.h"

G_BEGIN_DECLS

/**
 * UcSendState:
 *
 * How far an outgoing operation has come; the states of the outbox.
 */
typedef enum
{
  UC_SEND_NONE,     /* not ours to send: it came from the server */
  UC_SEND_QUEUED,   /* waits for its turn, or for the network */
  UC_SEND_SENDING,  /* under way */
  UC_SEND_IN_DOUBT, /* sent, no usable answer: being looked for */
  UC_SEND_DONE,     /* acknowledged */
  UC_SEND_FAILED,   /* refused for good; retry, edit or discard */
} UcSendState;

/**
 * UcMessage:
 *
 * A post as it lies in the store: with its place in the order, its annotation
 * and, while it is ours to send, how far that has come.
 *
 * @seq is the integer key of the row and carries the time,
 * `create_at_ms << 12 | n`, so that its order is the order of messages. It
 * changes once in the life of a message of our own, when the server's time
 * replaces ours; @key never changes and is what the screen knows the row by.
 */
struct _UcMessage
{
  gint64       seq;
  char        *key;          /* the op id of a message written here, else the post id */
  UcPost      *post;         /* (owned) */
  UcAnnotation *annotation;  /* (owned) (nullable) */
  UcSendState  send_state;
  char        *send_error;   /* (nullable) why FAILED, or what it waits for */
  char        *edit_text;    /* (nullable) text of a queued edit, shown instead */
  gboolean     is_delete_queued;
  gboolean     is_saved;
};

#define UC_SEQ_BITS            12
#define UC_SEQ_FROM_MS(ms)     ((gint64) (ms) << UC_SEQ_BITS)
#define UC_SEQ_TO_MS(seq)      ((gint64) (seq) >> UC_SEQ_BITS)

UcMessage *uc_message_new   (void) G_GNUC_WARN_UNUSED_RESULT;
UcMessage *uc_message_copy  (const UcMessage *self) G_GNUC_WARN_UNUSED_RESULT;
UcMessage *uc_message_ref   (const UcMessage *self);
void       uc_message_unref (UcMessage       *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (UcMessage, uc_message_unref)

G_END_DECLS
