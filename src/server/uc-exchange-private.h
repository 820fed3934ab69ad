/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "uc-exchange.h"
#include "uc-receiver.h"
#include "uc-refusal.h"

G_BEGIN_DECLS

/* What the files of the exchange share. */

typedef void (*UcDetachFunc) (UcExchange *self, SoupServerMessage *message);

struct _UcExchange {
  UcFront           *front;    /* (unowned) */
  SoupServerMessage *message;  /* (unowned) (nullable): NULL once it is over */
  UcCall            *call;     /* (owned) (nullable): what it is in our words */
  GByteArray        *body;     /* (owned) (nullable): a small one */
  UcReceiver        *receiver; /* (owned) (nullable): for a large one */
  gint64             n_received;
  gint64             deadline_us;
  UcDetachFunc       detach;
  guint              detach_id; /* idle: the connection is about to be taken */
  gboolean           is_over;   /* nothing more is done with what comes */
};

/* How long a client may take for each piece of a body or of an answer. */
#define UC_PROGRESS_S 60

void _uc_exchange_set_deadline (UcExchange *self, guint seconds);
/* Calls @func once no function of the library is under way with the message: only then
 * may its connection be taken. The exchange ends with it. */
void _uc_exchange_detach (UcExchange *self, UcDetachFunc func);

/* uc-exchange-request.c: a request in our words. */
UcCall  *_uc_exchange_make_call (UcFront           *front,
                                 SoupServerMessage *message) G_GNUC_WARN_UNUSED_RESULT;
gboolean _uc_exchange_is_socket (UcExchange *self);
void     _uc_exchange_open_socket (UcExchange *self);

/* uc-exchange-answer.c */
void _uc_exchange_refuse (UcExchange *self, UcRefusal refusal);
/* Sends what the call says, and lets the library go on. */
void _uc_exchange_send (UcExchange *self);
/* Answers what the call says before the body was read; the connection ends. */
void _uc_exchange_cut_off (UcExchange *self);
void _uc_exchange_answer_unknown (SoupServerMessage *message);

G_END_DECLS
