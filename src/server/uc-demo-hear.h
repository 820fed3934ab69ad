/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "uc-channel.h"
#include "uc-classify.h"
#include "uc-demo-cast.h"
#include "uc-post.h"

G_BEGIN_DECLS

/**
 * UcDemoHeard:
 *
 * Something that somebody of flesh and blood has written, and what is known of the
 * place where it was.
 */
typedef struct {
  UcPost       *post;
  GStrv         mentions;       /* user ids */
  UcChannelType channel_type;   /* from here on: looked up by uc_demo_heard_look() */
  GPtrArray    *member_ids;     /* (nullable) (element-type utf8) */
  char         *root_author_id; /* "" for what is no reply */
} UcDemoHeard;

/* What one person makes of it. */
typedef struct {
  const UcDemoActor *actor;
  const char        *emoji;     /* a constant; NULL: they answer */
  gboolean           in_thread; /* the answer opens a thread, or stays in it */
} UcDemoIntent;

UcDemoHeard *uc_demo_heard_new (const UcPost *post, char **mentions) G_GNUC_WARN_UNUSED_RESULT;
void         uc_demo_heard_free (UcDemoHeard *self);
/* Runs on the worker. */
gboolean uc_demo_heard_look (UcDemoHeard *self, UcTxn *txn, GError **error);

/* Who of @present (element-type UcDemoActor) answers, or reacts, best first; perhaps
 * nobody. (element-type UcDemoIntent) */
GArray *uc_demo_heard_decide (const UcDemoHeard      *self,
                              GPtrArray              *present,
                              const UcClassification *about,
                              GRand                  *rand) G_GNUC_WARN_UNUSED_RESULT;

G_DEFINE_AUTOPTR_CLEANUP_FUNC (UcDemoHeard, uc_demo_heard_free)

G_END_DECLS
