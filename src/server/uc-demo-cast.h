/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "uc-demo-people.h"
#include "uc-demo-script.h"
#include "uc-txn.h"

G_BEGIN_DECLS

/* A person of the demo and the account they have here. */
typedef struct {
  const UcDemoPerson *person;
  char               *user_id;
  char               *roles;
} UcDemoActor;

/* A scene, and where it plays. */
typedef struct {
  const UcDemoSection *section; /* (unowned): of the cast's script */
  const char          *channel_id;
} UcDemoScene;

/**
 * UcDemoCast:
 *
 * Who of the demo is still here, and what can be played: accounts that were switched
 * off and channels that are gone are left out. Looked up once, on the worker;
 * immutable afterwards.
 */
typedef struct {
  GPtrArray    *actors;      /* (owned) (element-type UcDemoActor) */
  GArray       *scenes;      /* (owned) (element-type UcDemoScene) */
  UcDemoScript *script;      /* (owned): the scenes' */
  GPtrArray    *channel_ids; /* (owned) (element-type utf8) */
} UcDemoCast;

/* @script is (transfer full): scenes. */
UcDemoCast      *
uc_demo_cast_find (UcTxn *txn, UcDemoScript *script, GError **error) G_GNUC_WARN_UNUSED_RESULT;
void uc_demo_cast_free (UcDemoCast *self);

/* NULL for everybody else. */
const UcDemoActor *uc_demo_cast_find_id (UcDemoCast *self, const char *user_id);
const UcDemoActor *uc_demo_cast_find_name (UcDemoCast *self, const char *username);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (UcDemoCast, uc_demo_cast_free)

G_END_DECLS
