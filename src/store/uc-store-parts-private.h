/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "uc-reserve-private.h"
#include "uc-store-private.h"

G_BEGIN_DECLS

/* Shared by uc-store.c and uc-store-apply.c alone. */
struct _UcStore {
  GObject parent_instance;

  char            *path;       /* (owned) */
  UcClock         *clock;      /* (owned) */
  UcWorker        *writer;     /* (owned) */
  UcWorker        *reader;     /* (owned) */
  UcWorker        *searcher;   /* (owned) */
  UcReserve       *reserve;    /* (owned) */
  UcEarly         *early;      /* (owned) the writer's alone */
  char            *notice;     /* (owned) (nullable) of the opening */
  int              lock_fd;    /* -1: none */
  gint             committed;  /* atomic: batches */
  guint            emitted;    /* main thread: batches that were told of */
  gint             is_damaged; /* atomic */
  gboolean         is_open;
  gboolean         is_read_only;
  UcStoreCondition told; /* main thread: the last one that was told of */
};

enum {
  UC_STORE_SIGNAL_CHANGED,
  UC_STORE_SIGNAL_CONDITION_CHANGED,
  UC_STORE_N_SIGNALS,
};

/* @changes (nullable) goes with UC_STORE_SIGNAL_CHANGED. */
void _uc_store_emit (UcStore *self, guint signal, UcChangeSet *changes);

G_END_DECLS
