/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "uc-account-runner.h"
#include "uc-application.h"
#include "uc-demo-runner.h"
#include "uc-main-window.h"
#include "uc-notifier.h"

G_BEGIN_DECLS

struct _UcApplication {
  AdwApplication parent_instance;

  GSettings *settings; /* (owned) from startup on, like the next two */
  UcClock   *clock;    /* (owned) */
  UcSecrets *secrets;  /* (owned) */
  char      *root;     /* (owned) where accounts lie */

  UcMainWindow    *window;   /* (unowned) (nullable) */
  UcAccountRunner *runner;   /* (owned) (nullable) the account that is shown */
  UcNotifier      *notifier; /* (owned) (nullable) of it */
  UcDemoRunner    *demo;     /* (owned) (nullable) its server, when it is the demo's */

  GCancellable *cancellable; /* (owned) of what is being opened for the window */

  char    *wanted_account; /* (owned) (nullable) being opened, for "Try Again" */
  gboolean is_closing;
  int      exit_status;
};

/* uc-application-accounts.c: what runs and what the window shows of it. */
void _uc_application_begin (UcApplication *self);
void _uc_application_open_account (UcApplication *self, const char *id);
void _uc_application_take_sign_in (UcApplication *self, UcSignIn *sign_in);
void _uc_application_start_demo (UcApplication *self);
void _uc_application_sign_in_again (UcApplication *self);
void _uc_application_sign_out (UcApplication *self);
void _uc_application_try_again (UcApplication *self);
/* Closes what runs; the program ends when that is done. */
void _uc_application_close (UcApplication *self);

G_END_DECLS
