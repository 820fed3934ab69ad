/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "uc-account-runner.h"

#include "uc-annotator.h"

G_BEGIN_DECLS

struct _UcAccountRunner {
  GObject parent_instance;

  char      *folder;   /* (owned) */
  char      *id;       /* (owned) */
  UcSecrets *secrets;  /* (owned) */
  GSettings *settings; /* (owned) */
  UcClock   *clock;    /* (owned) */

  UcStore         *store;     /* (owned) (nullable) until opened */
  UcApi           *api;       /* (owned) (nullable) until the account is known */
  UcFlags         *flags;     /* (owned) (nullable) */
  UcSession       *session;   /* (owned) (nullable) */
  UcAnnotator     *annotator; /* (owned) (nullable) */
  UcWindowAccount *account;   /* (owned) (nullable) */
  guint            connect_id; /* until the session is started */
};

/* uc-account-runner.c */
void _uc_account_runner_start (UcAccountRunner *self, UcApi *api, const char *user_id);
void _uc_account_runner_stop (UcAccountRunner *self);
void _uc_account_runner_open_store (UcAccountRunner    *self,
                                    UcStoreProgress     progress,
                                    gpointer            progress_data,
                                    GAsyncReadyCallback callback,
                                    GTask              *task);

G_END_DECLS
