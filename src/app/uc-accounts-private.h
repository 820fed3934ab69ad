/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "uc-accounts.h"
#include "uc-notifier.h"

G_BEGIN_DECLS

typedef enum {
  UC_PHASE_OPENING, /* its store is being opened, or a sign-in taken over */
  UC_PHASE_RUNNING,
  UC_PHASE_CLOSING,
  UC_PHASE_REOPENING, /* asked for again while it was still closing */
} UcAccountPhase;

typedef struct {
  UcAccounts      *self;     /* (unowned) outlives the entry: it is held */
  UcAccountRunner *runner;   /* (owned) */
  UcNotifier      *notifier; /* (owned) (nullable) while it runs */
  UcAccountPhase   phase;
} UcAccountEntry;

struct _UcAccounts {
  GObject parent_instance;

  GApplication *application; /* (unowned) outlives us */
  GSettings    *settings;    /* (owned) */
  UcSecrets    *secrets;     /* (owned) */
  UcClock      *clock;       /* (owned) */
  char         *root;        /* (owned) */
  GCancellable *cancellable; /* (owned) of what is being opened */
  GHashTable   *entries;     /* (owned) id → Entry */
  GListStore   *running;     /* (owned) */
};

void _uc_account_entry_free (gpointer data);

G_END_DECLS
