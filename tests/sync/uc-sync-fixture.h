/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "uc-context-private.h"

G_BEGIN_DECLS

/* An open store and a context over it, with a server that nobody listens at. */
typedef struct {
  char      *dir;
  UcClock   *clock; /* a fake one */
  UcStore   *store;
  UcApi     *api;
  UcFlags   *flags;
  UcContext *context;
} UcSyncFixture;

#define UC_TEST_ME "3enrnfw7k7y53nb4x7ra9pj4fw"

void uc_sync_fixture_set_up (UcSyncFixture *self, gconstpointer data);
void uc_sync_fixture_tear_down (UcSyncFixture *self, gconstpointer data);

/* Waits until @batch is written. */
void uc_sync_fixture_apply (UcSyncFixture *self, UcBatch *batch);
/* Waits until everything that was given to the store before is written. */
void uc_sync_fixture_flush (UcSyncFixture *self);
/* (nullable) */
char *uc_sync_fixture_load_fact (UcSyncFixture *self, const char *key);
/* (nullable) */
UcMessage *uc_sync_fixture_load_message (UcSyncFixture *self, const char *post_id);
GPtrArray *uc_sync_fixture_load_outbox (UcSyncFixture *self);
GPtrArray *uc_sync_fixture_load_users (UcSyncFixture *self);
GArray    *uc_sync_fixture_load_spans (UcSyncFixture *self, const char *channel_id);

UcChannel *uc_sync_fixture_new_channel (const char *channel_id);
UcPost    *uc_sync_fixture_new_post (const char *post_id,
                                     const char *channel_id,
                                     const char *user_id,
                                     gint64      create_at_ms,
                                     const char *message);

G_END_DECLS
