/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "uc-store-read.h"
#include "uc-store-search.h"

G_BEGIN_DECLS

/* A real store in a folder of its own, for tests: each call waits for its answer. */

#define TEST_ME      "me000000000000000000000000"
#define TEST_ANNA    "anna0000000000000000000000"
#define TEST_BEN     "ben00000000000000000000000"
#define TEST_TEAM    "team0000000000000000000000"
#define TEST_CHANNEL "chan0000000000000000000000"
#define TEST_OTHER   "othr0000000000000000000000"
/* 2026-11-20 12:00 UTC */
#define TEST_NOW_MS G_GINT64_CONSTANT (1795176000000)

typedef struct
{
  UcStore     *store; /* (owned) */
  UcClock     *clock; /* (owned) fake */
  char        *path;  /* (owned) */
  UcChangeSet *last;  /* (owned) (nullable) the last ::changed */
  guint        n_changes;
} UcTestStore;

/* With a team, three people and two channels one is in. */
UcTestStore *uc_test_store_new           (void);
/* Empty. */
UcTestStore *uc_test_store_new_bare      (const char *path);
void         uc_test_store_free          (UcTestStore *self);
void         uc_test_store_reopen        (UcTestStore *self);
/* NULL when it opened. */
GError      *uc_test_store_try_open      (UcTestStore *self);
void         uc_test_store_close         (UcTestStore *self);

/* Takes @batch; the change set of it, or NULL when it changed nothing, is self->last. */
void         uc_test_store_apply         (UcTestStore *self,
                                          UcBatch     *batch);
GError      *uc_test_store_apply_failing (UcTestStore *self,
                                          UcBatch     *batch);

UcWindow    *uc_test_store_window        (UcTestStore *self,
                                          const char  *channel_id,
                                          const char  *root_id);
UcWindow    *uc_test_store_window_at     (UcTestStore  *self,
                                          const char   *channel_id,
                                          UcWindowKind  kind,
                                          gint64        seq,
                                          guint         limit);
/* NULL when there is none. */
UcMessage   *uc_test_store_message       (UcTestStore *self,
                                          const char  *id_or_key);
UcChannelState *uc_test_store_channel    (UcTestStore *self,
                                          const char  *channel_id);
GPtrArray   *uc_test_store_outbox        (UcTestStore *self);
GArray      *uc_test_store_spans         (UcTestStore *self,
                                          const char  *channel_id);
/* "lo..hi" in ms since TEST_NOW_MS, with ^ at the start and $ at the tip, joined by
 * spaces. */
char        *uc_test_store_span_text     (UcTestStore *self,
                                          const char  *channel_id);
/* The texts of a window, joined by "|". */
char        *uc_test_window_text         (UcWindow    *window);
/* The texts found, newest first, joined by "|"; or "! " and the error. */
char        *uc_test_store_search        (UcTestStore *self,
                                          const char  *query);

/* A post by somebody, @at_ms after TEST_NOW_MS; its id is made from @name. */
UcPost      *uc_test_post                (const char  *name,
                                          const char  *user_id,
                                          gint64       at_ms,
                                          const char  *message);
char        *uc_test_id                  (const char  *name);
void         uc_test_set                 (char       **field,
                                          const char  *value);
/* A provisional post of one's own. */
UcPost      *uc_test_provisional         (const char  *op_id,
                                          gint64       at_ms,
                                          const char  *message);
/* What the server makes of it. */
UcPost      *uc_test_answer              (const char  *op_id,
                                          const char  *name,
                                          gint64       at_ms,
                                          const char  *message);
UcChannel   *uc_test_channel             (const char    *id,
                                          const char    *name,
                                          UcChannelType  type);
UcMember    *uc_test_member              (const char  *channel_id);
UcUser      *uc_test_user                (const char  *id,
                                          const char  *username,
                                          const char  *first_name,
                                          const char  *last_name);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (UcTestStore, uc_test_store_free)

G_END_DECLS
