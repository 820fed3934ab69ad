/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "uc-backoff.h"
#include "uc-engine-private.h"
#include "uc-stream-private.h"

G_BEGIN_DECLS

/* Shared by the two files of the engine alone. */
struct _UcEngine {
  GObject parent_instance;

  UcContext      *context;   /* (owned) */
  UcSecrets      *secrets;   /* (owned) */
  UcStream       *stream;    /* (owned) */
  UcReader       *reader;    /* (owned) */
  UcOutboxRunner *outbox;    /* (owned) */
  UcFlagSync     *flag_sync; /* (owned) */

  UcSyncState   state;
  char         *reason;  /* (owned) (nullable) */
  GCancellable *attempt; /* (owned) of the connecting under way */
  gboolean      is_attempting;
  gboolean      is_unlocked; /* by hand: no token in the keyring means to sign in again */
  gboolean      has_flags;
  UcBackoff     backoff;
  UcBackoff     socket_backoff;
  gint64        next_try_ms;
  gint64        last_try_us;
  guint         try_id;
  guint         socket_id;
  guint         stable_id;
  guint         flags_id;
};

/* A turn of the state machine; @reason (nullable) is for a person. */
void _uc_engine_take_input (UcEngine *self, UcSyncInput input, const char *reason);
/* Looks whether the account can be used, then for the stream. */
void _uc_engine_attempt (UcEngine *self);

void _uc_engine_init_clocks (UcEngine *self);
/* A connection stands: it will turn out whether it is a good one. */
void   _uc_engine_start_clocks (UcEngine *self);
void   _uc_engine_stop_clocks (UcEngine *self);
void   _uc_engine_wait_to_try (UcEngine *self, gint64 wait_ms);
gint64 _uc_engine_next_wait_ms (UcEngine *self);
/* At once what waits for its time. */
void     _uc_engine_try_now (UcEngine *self);
void     _uc_engine_try_socket_now (UcEngine *self);
void     _uc_engine_wait_for_socket (UcEngine *self);
gboolean _uc_engine_wants_stream (UcEngine *self);
void     _uc_engine_tell_progress (UcEngine *self);

/* Connects what the parts say; the stream's sink is _uc_engine_take_event(). */
void _uc_engine_listen (UcEngine *self);
void _uc_engine_take_event (UcEvent *event, gpointer engine);

G_END_DECLS
