/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "uc-demo-cast.h"
#include "uc-txn.h"

G_BEGIN_DECLS

typedef enum {
  UC_DEMO_ACT_TYPE,
  UC_DEMO_ACT_SAY,
  UC_DEMO_ACT_REACT,
  UC_DEMO_ACT_COME,  /* is at the screen */
  UC_DEMO_ACT_PAUSE, /* is away from it */
  UC_DEMO_ACT_LEAVE,
} UcDemoActKind;

/**
 * UcDemoAct:
 *
 * Something a person of the demo does, on its way to the worker. Which of the fields
 * are set depends on @kind; absent ones are "".
 */
typedef struct {
  UcDemoActKind kind;
  char         *user_id;
  char         *username;
  char         *roles;
  char         *channel_id; /* TYPE, SAY */
  char         *root_id;    /* TYPE, SAY */
  char         *text;       /* SAY: the message; REACT: the emoji */
  char         *post_id;    /* REACT: to what; SAY: what it became, once it has run */
} UcDemoAct;

UcDemoAct *uc_demo_act_new (UcDemoActKind kind, const UcDemoActor *actor) G_GNUC_WARN_UNUSED_RESULT;
void       uc_demo_act_free (UcDemoAct *self);

/* Runs on the worker, by the services that a client's calls end in. */
gboolean uc_demo_act_run (UcDemoAct *self, UcTxn *txn, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (UcDemoAct, uc_demo_act_free)

G_END_DECLS
