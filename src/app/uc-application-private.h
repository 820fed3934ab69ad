/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "uc-accounts.h"
#include "uc-application.h"
#include "uc-background.h"
#include "uc-demo-runner.h"
#include "uc-main-window.h"

G_BEGIN_DECLS

/* What an account is asked to do, as soon as it runs. */
typedef enum {
  UC_WISH_OPEN,      /* show a message */
  UC_WISH_REPLY,     /* the same, with the focus in the entry */
  UC_WISH_MARK_READ, /* needs no window, like the next */
  UC_WISH_MUTE,
} UcWish;

/* What becomes of the accounts when the window is closed. */
typedef enum {
  UC_STAY_AS_SET,  /* they go on, if the setting "run-in-background" wants it */
  UC_STAY_NEVER,   /* they are closed: the program was started for one window */
  UC_STAY_NO_MORE, /* they are closed: the program is asked to end */
} UcStay;

struct _UcApplication {
  AdwApplication parent_instance;

  GSettings    *settings;   /* (owned) from startup on, like the next five */
  UcClock      *clock;      /* (owned) */
  UcSecrets    *secrets;    /* (owned) */
  char         *root;       /* (owned) where accounts lie */
  UcAccounts   *accounts;   /* (owned) */
  UcBackground *background; /* (owned) */

  UcMainWindow *window;      /* (unowned) (nullable) */
  UcDemoRunner *demo;        /* (owned) (nullable) */
  GCancellable *cancellable; /* (owned) of starting the demo */

  char      *shown_id; /* (owned) the account that the window shows or waits for, "" */
  GPtrArray *wishes;   /* (owned) not granted yet: see uc-application-wishes.c */
  guint      patience_id; /* while the window waits to come up */
  UcStay     stay;
  int        exit_status;
};

/* uc-application-accounts.c: what runs and what the window shows of it. */
void _uc_application_follow_accounts (UcApplication *self);
/* What is here, in a window that is new. */
void _uc_application_begin (UcApplication *self);
/* Begins to open what that will show, while there is no window yet. */
void _uc_application_open_first (UcApplication *self);
void _uc_application_show_account (UcApplication *self, const char *id);
void _uc_application_update_watched (UcApplication *self);
/* Whether somebody sits in front of it, for every account. */
void _uc_application_update_activity (UcApplication *self);
void _uc_application_take_sign_in (UcApplication *self, UcSignIn *sign_in);
void _uc_application_sign_in_again (UcApplication *self);
void _uc_application_sign_out (UcApplication *self);
void _uc_application_try_again (UcApplication *self);

/* uc-application-wishes.c: what notifications ask for, perhaps of a program that was not
 * running any more. */
void       _uc_application_add_wish_actions (UcApplication *self);
void       _uc_application_grant_wishes (UcApplication *self, const char *id);
void       _uc_application_drop_wishes (UcApplication *self, const char *id);
GPtrArray *_uc_application_new_wishes (void) G_GNUC_WARN_UNUSED_RESULT;

/* uc-application.c */
gboolean _uc_application_ensure_window (UcApplication *self);
/* A window that waits for its first account comes up now. */
void     _uc_application_present_late (UcApplication *self);
void     _uc_application_leave (UcApplication *self);

/* uc-application-demo.c */
void     _uc_application_start_demo (UcApplication *self);
gboolean _uc_application_is_demo (UcApplication *self, const char *id);
void     _uc_application_fail_demo (UcApplication *self, const GError *error);

G_END_DECLS
