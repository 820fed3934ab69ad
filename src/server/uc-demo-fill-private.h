/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "uc-access.h"
#include "uc-demo-fill.h"

G_BEGIN_DECLS

/* What the parts of the filling share: uc-demo-fill.c makes people and places,
 * uc-demo-history.c lets them talk, uc-demo-settings.c knows what they like. */

typedef struct {
  UcTxn              *txn;           /* (unowned): of the whole */
  const UcDemoScript *script;        /* (unowned) */
  GRand              *rand;          /* (unowned) */
  UcDemoTotals       *totals;        /* (unowned) */
  GDateTime          *day_zero;      /* (owned): the day that is 0 days ago */
  GHashTable         *actors;        /* (owned) (element-type utf8 UcActor): by user name */
  GHashTable         *channel_ids;   /* (owned) (element-type UcDemoConversation utf8) */
  GHashTable         *post_ids;      /* (owned) (element-type UcDemoMessage utf8) */
  GPtrArray          *written_paths; /* (owned) (element-type utf8): files, until it is done */
} UcDemoFilling;

/* One step of the past: the same database, at another time, telling nobody. */
void _uc_demo_step_init (UcTxn *step, UcDemoFilling *self, gint64 time_ms);
void _uc_demo_step_clear (UcTxn *step);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (UcTxn, _uc_demo_step_clear)

const UcActor *_uc_demo_get_actor (UcDemoFilling *self, const char *username);
/* The moment of a day at the clock of the hospital. */
gint64 _uc_demo_get_time (UcDemoFilling *self, guint days_ago, int minute, int second);
/* What has been said, in the order of time. */
gboolean _uc_demo_tell (UcDemoFilling *self, GError **error);
/* Favourites, what is muted, which conversations are in the list. */
gboolean _uc_demo_set_preferences (UcDemoFilling *self, GError **error);

/* What the Rollouts page has to show. */
gboolean _uc_demo_set_rollouts (UcDemoFilling *self, GError **error);

G_END_DECLS
