/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "uc-account.h"
#include "uc-session.h"

G_BEGIN_DECLS

/**
 * UcTestClient:
 *
 * The rooms of a client put together for a test: an open store in a folder, and a
 * session over it. Waiting runs the main loop.
 */
typedef struct {
  char      *dir;
  UcStore   *store;   /* (owned) */
  UcApi     *api;     /* (owned) */
  UcSecrets *secrets; /* (owned) */
  UcFlags   *flags;   /* (owned) */
  UcClock   *clock;   /* (owned) */
  UcSession *session; /* (owned) */
} UcTestClient;

/* @dir NULL: a new folder. Not started. */
UcTestClient *uc_test_client_new             (const char    *site,
                                              const char    *user_id,
                                              const char    *token,
                                              const char    *dir) G_GNUC_WARN_UNUSED_RESULT;
/* Stops, closes the store. */
void          uc_test_client_free            (UcTestClient  *self);

void          uc_test_client_start           (UcTestClient  *self);
void          uc_test_client_wait_for_state  (UcTestClient  *self,
                                              UcSyncState    state);
/* Starts when it was not, and waits until everything is done. */
void          uc_test_client_settle          (UcTestClient  *self);
/* Waits until the text is stored in the outbox. */
void          uc_test_client_send            (UcTestClient  *self,
                                              const char    *channel_id,
                                              const char    *root_key,
                                              const char    *text);
void          uc_test_client_apply           (UcTestClient  *self,
                                              UcBatch       *batch);
/* The newest messages of a channel without system messages, oldest first. */
GPtrArray    *uc_test_client_load            (UcTestClient  *self,
                                              const char    *channel_id,
                                              guint          limit) G_GNUC_WARN_UNUSED_RESULT;
/* Waits until the newest message of the channel has this text. */
UcMessage    *uc_test_client_wait_for_text   (UcTestClient  *self,
                                              const char    *channel_id,
                                              const char    *text) G_GNUC_WARN_UNUSED_RESULT;
GPtrArray    *uc_test_client_load_outbox     (UcTestClient  *self) G_GNUC_WARN_UNUSED_RESULT;
GArray       *uc_test_client_load_spans      (UcTestClient  *self,
                                              const char    *channel_id) G_GNUC_WARN_UNUSED_RESULT;
/* (nullable) */
UcChannelState *uc_test_client_load_channel  (UcTestClient  *self,
                                              const char    *channel_id) G_GNUC_WARN_UNUSED_RESULT;
void          uc_test_client_wait_outbox_empty (UcTestClient *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (UcTestClient, uc_test_client_free)

G_END_DECLS
