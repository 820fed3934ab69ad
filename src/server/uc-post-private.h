/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "uc-channel.h"
#include "uc-member-table.h"
#include "uc-post-service.h"

G_BEGIN_DECLS

/* What the files of the post service share. */

/* uc-post-props.c: what comes in made into what is kept, or NULL and a refusal. */
char *_uc_post_make_props (UcTxn           *txn,
                           const UcActor   *actor,
                           const UcChannel *channel,
                           JsonObject      *props,
                           const char      *message,
                           char           **op_id,
                           GError         **error) G_GNUC_WARN_UNUSED_RESULT;

/* uc-post-calls.c: who is called by a post. */
typedef struct {
  GPtrArray *user_ids; /* (owned) (element-type utf8) members who are called */
  GPtrArray *outside;  /* (owned) (element-type UcAccount) named, but not in the channel */
} UcCalled;

gboolean _uc_post_find_called (UcTxn           *txn,
                               const UcActor   *actor,
                               const UcChannel *channel,
                               const UcPost    *post,
                               UcCalled        *called,
                               GError         **error);
gboolean _uc_post_calls (UcTxn            *txn,
                         const UcChannel  *channel,
                         const UcPost     *post,
                         const UcListener *listener);
void     _uc_called_clear (UcCalled *called);

/* uc-post-notify.c: counters, followers of the thread, and the events. */
gboolean _uc_post_announce (UcTxn           *txn,
                            const UcActor   *actor,
                            const UcChannel *channel,
                            UcPost          *post,
                            gboolean         sets_online,
                            GError         **error);
gboolean _uc_post_push (UcTxn *txn, UcPost *post, const char *event, GError **error);

G_END_DECLS
