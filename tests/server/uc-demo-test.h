/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "uc-demo-act.h"
#include "uc-demo-cast.h"
#include "uc-dispatch.h"
#include "uc-wire-event.h"

G_BEGIN_DECLS

/**
 * UcDemoTest:
 *
 * A server's worker with the demo organisation in it, without anything that listens.
 * What is committed is gathered in @events, and told to @see.
 */
typedef struct {
  char         *folder;
  UcClock      *clock;
  UcSite       *site;
  UcWorker     *worker;
  UcDispatch   *dispatch;
  UcDemoCast   *cast;   /* (nullable): once it is handed on */
  GPtrArray    *events; /* (element-type UcEvent) */
  UcPublishFunc see;    /* (nullable) */
  gpointer      user_data;
} UcDemoTest;

UcDemoTest *uc_demo_test_new (void) G_GNUC_WARN_UNUSED_RESULT;
void        uc_demo_test_free (UcDemoTest *self);

/* Runs a job and waits for it. */
gboolean uc_demo_test_run (UcDemoTest *self, UcTxnFunc run, gpointer job, GError **error);
/* One act, as somebody's client would do it. */
gboolean uc_demo_test_act (UcDemoTest *self, UcDemoAct *act, GError **error);
/* The id of a channel by its name, or of the direct one of two people. */
char *uc_demo_test_dup_channel (UcDemoTest *self, const char *name) G_GNUC_WARN_UNUSED_RESULT;
char *uc_demo_test_dup_direct (UcDemoTest *self,
                               const char *one,
                               const char *other) G_GNUC_WARN_UNUSED_RESULT;

G_DEFINE_AUTOPTR_CLEANUP_FUNC (UcDemoTest, uc_demo_test_free)

G_END_DECLS
