/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "uc-clock.h"
#include "uc-secrets.h"
#include "uc-session.h"
#include "uc-store-read.h"
#include "uc-store-search.h"

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

/* How the program ends. */
#define UC_EXIT_DONE   0
#define UC_EXIT_FAILED 1
#define UC_EXIT_USAGE  2

/**
 * UcCtl:
 *
 * One run of the command line: its options, the store it works on and, for what
 * needs them, account and session. Whatever fails is told on standard error when it
 * happens; functions then give NULL or FALSE and the run ends with UC_EXIT_FAILED.
 */
typedef struct
{
  const char *command;     /* (unowned) as typed: "store info" */
  const char *arguments;   /* (unowned) for the usage line */
  char       *store_path;  /* (owned) (nullable) --store */
  char       *token_path;  /* (owned) (nullable) --token-store */
  gboolean    wants_json;  /* --json */

  UcClock    *clock;       /* (owned) */
  UcStore    *store;       /* (owned) (nullable) once opened */
  char       *site;        /* (owned) (nullable) of the account */
  char       *user_id;     /* (owned) (nullable) */
  UcApi      *api;         /* (owned) (nullable) */
  UcSecrets  *secrets;     /* (owned) (nullable) */
  UcFlags    *flags;       /* (owned) (nullable) */
  UcSession  *session;     /* (owned) (nullable) */
} UcCtl;

UcCtl      *uc_ctl_new            (const char          *command,
                                   const char          *arguments) G_GNUC_WARN_UNUSED_RESULT;
/* Closes what is open. */
void        uc_ctl_free           (UcCtl               *self);

/* Options of the command (nullable) beside the common ones. What is left stands in
 * @argv from 1 on. FALSE: the run ends now with *@status. */
gboolean    uc_ctl_parse          (UcCtl               *self,
                                   const GOptionEntry  *entries,
                                   int                  min_arguments,
                                   int                  max_arguments,
                                   int                 *argc,
                                   char              ***argv,
                                   int                 *status);
/* Tells how the command is used; gives UC_EXIT_USAGE. */
int         uc_ctl_usage          (UcCtl               *self,
                                   const char          *problem);
/* Tells what failed; gives UC_EXIT_FAILED. @what (nullable) goes before it. */
int         uc_ctl_fail           (UcCtl               *self,
                                   const char          *what,
                                   const GError        *error);

/* @may_create: else a store that is not there is a failure. */
gboolean    uc_ctl_open_store     (UcCtl               *self,
                                   gboolean             may_create);
/* For reads alone, beside a program that has the store open. */
gboolean    uc_ctl_open_store_to_read (UcCtl           *self);
/* For a command that goes on with the file itself. */
gboolean    uc_ctl_close_store    (UcCtl               *self);
/* For the migration of a store: a line on a terminal; NULL where there is none. */
UcStoreProgress uc_ctl_get_progress (void);
/* The account of the open store. */
gboolean    uc_ctl_load_account   (UcCtl               *self);
/* Store, account and a session that is not started. */
gboolean    uc_ctl_open_session   (UcCtl               *self);
/* Starts the session and waits until it is up to date and the outbox holds nothing
 * that can be sent now; gives up when the server is out of reach for @limit_s. */
gboolean    uc_ctl_settle         (UcCtl               *self,
                                   int                  limit_s);
/* Where tokens lie: --token-store, else what the sign-in used, else the keyring. */
gboolean    uc_ctl_choose_secrets (UcCtl               *self);

/* One asynchronous call waited for: hand out uc_wait_cb and the address of this. */
typedef struct
{
  GMainLoop    *loop;   /* (owned) (nullable) while waiting */
  GAsyncResult *result; /* (owned) (nullable) */
} UcWait;

void          uc_wait_cb          (GObject             *source,
                                   GAsyncResult        *result,
                                   gpointer             user_data /* UcWait * */);
GAsyncResult *uc_wait_for         (UcWait              *self);
void          uc_wait_clear       (UcWait              *self);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (UcWait, uc_wait_clear)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (UcCtl, uc_ctl_free)

G_END_DECLS
